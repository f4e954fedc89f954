"""Run the benchmarks: `python -m benchmarks [NAME …] [--full]`. Each prints its own versions, sizes and ratios."""

import platform
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
LONG = frozenset({"truths"})
"""Those that build whole counties: run where they are named, or with --full."""


def names() -> list[str]:
    return sorted(file.stem for file in FOLDER.glob("*.py") if not file.stem.startswith("_"))


def main(words: list[str]) -> int:
    options = [word for word in words if word.startswith("--")]
    wanted = [word for word in words if not word.startswith("--")] or [
        name for name in names() if name not in LONG or "--full" in options
    ]
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        print(f"No benchmark called {', '.join(unknown)}. There are: {', '.join(names())}.")
        return 2
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    failed = [name for name in wanted if _run(name, options)]
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def _run(name: str, options: list[str]) -> int:
    print(f"\n=== {name}", flush=True)
    return subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *options], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
