"""A delivery's receipt as its page shows it: the equation first, the bar, what to fix."""

from dataclasses import dataclass

from trigpoint.gate.ledger import DeliveryLine
from trigpoint.web.presenters.words import period_words, receipt_title

BAR_UNITS = 1000
FIRST_ROWS = 5
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
class FixRow:
    """One kind of fault as the page lists it; `where` are the numbers of the first few rows."""

    rows: int
    where: str
    column: str
    rule: str
    advice: str


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    title: str
    line: DeliveryLine
    terms: tuple[Term, ...]
    balances: bool
    covers: str
    fixes: tuple[FixRow, ...]


def _where(rows: tuple[int, ...]) -> str:
    shown = ", ".join(f"{row:,}" for row in rows[:FIRST_ROWS])
    return f"{shown}, …" if len(rows) > FIRST_ROWS else shown


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
        fixes=tuple(
            FixRow(len(fix.rows), _where(fix.rows), fix.column, fix.rule, fix.advice) for fix in line.fixes
        ),
        balances=line.input == sum(term.rows for term in terms),
    )
