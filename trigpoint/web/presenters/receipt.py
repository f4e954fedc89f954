"""A delivery's receipt as its page shows it: the equation first, the bar, what to fix."""

from dataclasses import dataclass

from trigpoint.gate.ledger import DeliveryLine
from trigpoint.web.presenters.words import period_words, receipt_title

BAR_UNITS = 1000
_PARTS = (
    ("accepted", "accepted"),
    ("quarantined", "quarantined"),
    ("duplicate", "duplicate"),
    ("superseded", "superseded"),
)


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the equation and its stretch of the bar, in thousandths of the bar's width."""

    css: str
    label: str
    rows: int
    bar_from: float
    bar_width: float


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    title: str
    line: DeliveryLine
    terms: tuple[Term, ...]
    balances: bool
    covers: str


def receipt_page(line: DeliveryLine) -> ReceiptPage:
    terms = []
    start = 0.0
    for css, label in _PARTS:
        rows = int(getattr(line, css))
        width = BAR_UNITS * rows / line.input if line.input else 0.0
        terms.append(Term(css=css, label=label, rows=rows, bar_from=start, bar_width=width))
        start += width
    return ReceiptPage(
        title=receipt_title(status=line.status, quarantined=line.quarantined),
        line=line,
        terms=tuple(terms),
        covers=period_words(line.covers_from, line.covers_to) if line.covers_from and line.covers_to else "",
        balances=line.input == sum(term.rows for term in terms),
    )
