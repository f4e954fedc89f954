"""The two refusals of the gate."""

__all__ = ["QuestionError", "ReadDenied"]


class QuestionError(ValueError):
    """The question cannot be put as it is worded. The message is one sentence for the person who asked."""


class ReadDenied(PermissionError):
    """An agreement, or the viewer's role, does not allow the answer. `reason` is safe to show.

    `clause` reads "police v2 clause 4.2"; it is empty where no agreement was applied.
    """

    def __init__(self, reason: str, clause: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.clause = clause
