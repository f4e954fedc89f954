"""The refusals of the gate, and its two requests for patience."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trigpoint.gate.questions import Question

__all__ = ["BeingMadeAnew", "NotWorkedOut", "QuestionError", "ReadDenied"]


class QuestionError(ValueError):
    """The question cannot be put as it is worded. The message is one sentence for the person who asked."""


class BeingMadeAnew(Exception):
    """Nothing is told for a moment: a version without rows that are gone is being made. Not said is why (decision 0020)."""

    def __init__(self) -> None:
        super().__init__(
            "The facts are being made anew. Until that is done, in a moment, nothing is told from them."
        )


class ReadDenied(PermissionError):
    """An agreement, or the viewer's role, does not allow the answer. `reason` is safe to show.

    `clause` reads "police v2 clause 4.2"; it is empty where no agreement was applied.
    """

    def __init__(self, reason: str, clause: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.clause = clause


class NotWorkedOut(Exception):
    """The answer takes more than a moment, is not kept, and may not be worked out while somebody waits for it.

    `question` is the one to have worked out; once it is, the same question has its answer at once.
    """

    def __init__(self, question: "Question") -> None:
        super().__init__("This takes a little while the first time. It is being worked out.")
        self.question = question
