"""A receipt's equation and bar: rows in = accepted + quarantined + duplicate + superseded, and what was erased since."""

from dataclasses import dataclass

BAR_UNITS = 1000
PARTS = ("accepted", "quarantined", "duplicate", "superseded", "erased")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the equation and its stretch of the bar, in thousandths of the bar's width."""

    css: str
    label: str
    rows: int
    bar_from: float
    bar_width: float


@dataclass(frozen=True, slots=True)
class Equation:
    rows_in: int
    terms: tuple[Term, ...]

    @property
    def balances(self) -> bool:
        return self.rows_in == sum(term.rows for term in self.terms)


def equation(
    rows_in: int, accepted: int, quarantined: int, duplicate: int, superseded: int, erased: int = 0
) -> Equation:
    """Terms in that order; `erased` is a term only where there is something to tell."""
    terms = []
    start = 0.0
    for css, rows in zip(PARTS, (accepted, quarantined, duplicate, superseded, erased), strict=True):
        if css == "erased" and not rows:
            continue
        width = BAR_UNITS * rows / rows_in if rows_in else 0.0
        terms.append(Term(css=css, label=css, rows=rows, bar_from=start, bar_width=width))
        start += width
    return Equation(rows_in, tuple(terms))
