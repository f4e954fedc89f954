"""Every branch of the rooms that decide what is told is run by their own tests: `python -m tests.covered`.

In a run of its own, because what numba compiles cannot be measured: NUMBA_DISABLE_JIT=1, on small cases. Tests marked
`compiled` are left out of it. Only tests that call these rooms directly count, never those of the gate or of pages:
a branch that only a page reaches is a branch nobody has said what to expect of.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("analysis", "disclosure", "sharing", "workflow")
OWN_TESTS = (
    "tests/unit/test_analysis_*.py",
    "tests/unit/test_disclosure_*.py",
    "tests/unit/test_sharing_*.py",
    "tests/unit/test_workflow_*.py",
    "tests/spec/**/test_*.py",
    "tests/reference/test_*.py",
    "tests/property/test_analysis_*.py",
    "tests/property/test_linking.py",
    "tests/property/test_ingest_currency.py",
)

NOT_EVERYWHERE = ("TRIGPOINT_OPEN_DATA", "TRIGPOINT_REFERENCE_DATA")
"""Where files lie that only some machines have: what is covered must not depend on them."""


def own_tests() -> list[str]:
    """The files to run, in order. Raises FileNotFoundError for a pattern that no longer finds any."""
    found: set[str] = set()
    for pattern in OWN_TESTS:
        files = {str(file.relative_to(ROOT)) for file in ROOT.glob(pattern)}
        if not files:
            raise FileNotFoundError(f"no test is called {pattern}: change OWN_TESTS")
        found |= files
    return sorted(found)


def main(arguments: list[str]) -> int:
    measured = ROOT / "build" / "coverage"
    measured.parent.mkdir(exist_ok=True)
    here = {name: told for name, told in os.environ.items() if name not in NOT_EVERYWHERE}
    surroundings = {**here, "NUMBA_DISABLE_JIT": "1", "COVERAGE_FILE": str(measured)}
    source = ",".join(f"trigpoint/core/{room}" for room in ROOMS)
    pytest = ["pytest", "-q", "-m", "not compiled", "--hypothesis-profile=covered", *own_tests(), *arguments]
    for words in (
        ["run", "--branch", f"--source={source}", "-m", *pytest],
        ["report", "--fail-under=100", "--show-missing", "--skip-covered"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "coverage", *words], cwd=ROOT, env=surroundings, check=False
        )
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
