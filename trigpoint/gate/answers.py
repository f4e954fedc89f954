"""What comes out of the gate: frozen answers, or one of two refusals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

__all__ = ["Answer", "Column", "QuestionError", "ReadDenied", "Table"]

Column = NDArray[np.generic] | Sequence[object]
Table = Mapping[str, Column]


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


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """An answer, whole: nothing in it reads the store again.

    `columns` are the rows, as columns of one length in the order they are shown; in a float column NaN means
    not known, and for a rate that no population is known. `about` says what the answer is an answer to: period,
    level, total, unplaced, publication, feeds, method, compared_with, denominator, why, clauses, attributions.
    `parts` are further tables, by name, each with columns of its own.
    """

    kind: str
    columns: Table
    about: Mapping[str, object]
    parts: Mapping[str, Table] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))
