"""What comes out of the gate: a frozen answer, with nothing lazy in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from trigpoint.gate.denial import QuestionError, ReadDenied

__all__ = ["Answer", "Column", "QuestionError", "ReadDenied", "Table"]

Column = NDArray[Any] | Sequence[Any]
Table = Mapping[str, Column]


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
