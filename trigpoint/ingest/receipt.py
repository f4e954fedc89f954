"""What the way in says about one file: a receipt, a refusal, or a question somebody must answer."""

from dataclasses import asdict, dataclass
from typing import Literal

Status = Literal["accepted", "duplicate", "refused", "waiting"]


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
