"""What the way in says about one file: a receipt, a refusal, or a question somebody must answer."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Literal

Status = Literal["accepted", "duplicate", "refused", "waiting"]
Progress = Callable[[str, int, int | None], None]
"""Told the step (reading, checking, comparing, storing), how many rows are done, and of how many if that is known."""


Told = Callable[[float], None]
"""Told which share of a step is done, from 0 to 1. What it raises (Cancelled) stops the step."""


def nobody_told(share: float) -> None:
    """A step that nobody watches."""


def untold(step: str, done: int, all: int | None) -> None:
    """The progress of a load that nobody watches."""


class Cancelled(Exception):
    """Raised from a load's `progress` by somebody who no longer wants the file: it stops, and nothing is stored."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """input = accepted + quarantined + duplicate + superseded, always. `unplaced` counts accepted rows without a place."""

    delivery: int
    definition: str
    file: str
    sha256: str
    input: int
    accepted: int
    quarantined: int
    duplicate: int
    superseded: int
    unplaced: int
    status: Status
    messages: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.input != self.accepted + self.quarantined + self.duplicate + self.superseded:
            raise ValueError("a receipt must balance")

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


class LoadRefused(ValueError):
    """The file or the request is wrong. The message is for the person who asked; it quotes no row."""


class NeedsDecision(Exception):
    """Nothing was stored: the batch looks wrong, and somebody must say why it should be accepted all the same."""

    def __init__(self, receipt: Receipt, question: str) -> None:
        super().__init__(question)
        self.receipt = receipt
        self.question = question
