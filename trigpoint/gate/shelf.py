"""Where runs are kept, and how patient whoever asks for one may be."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Progress", "RunStopped", "Shelf"]

Progress = Callable[[int, int], None]
"""Told how much is done, of how much. What it raises stops the run, and nothing is kept."""


class RunStopped(RuntimeError):
    """Raised by a progress to stop a run."""


def _silent(done: int, whole: int) -> None:
    """Nobody is watching."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where runs are kept, and whether one that is not there may be made now.

    `folder` is that of the version in use, None to keep nothing on disk. Without `may_wait` a run that is not kept
    raises NotWorkedOut, and whoever asked can have it made in the background.
    """

    folder: Path | None = None
    may_wait: bool = True
    progress: Progress = field(default=_silent)
