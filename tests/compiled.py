"""Where compiled loops are kept for every process of every run over the same sources."""

import hashlib
from pathlib import Path

__all__ = ["compiled_loops"]

ROOT = Path(__file__).resolve().parents[1]


def compiled_loops() -> Path:
    """A folder for each state of the sources: numba looks at a loop's own file only, not at those that it calls.

    Compiling anew takes each process half a minute, and a run has dozens of processes.
    """
    digest = hashlib.sha256()
    for source in sorted((ROOT / "trigpoint" / "core").rglob("*.py")):
        digest.update(source.read_bytes())
    return ROOT / "build" / "compiled" / digest.hexdigest()[:12]
