"""A delivery's receipt as its page shows it: the equation first, the bar, what to fix, how well placed, earlier files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from trigpoint.gate.ledger import DeliveryLine
from trigpoint.web.presenters.equation import Equation, equation
from trigpoint.web.presenters.upload import FaultRow, where_words
from trigpoint.web.presenters.words import period_words, plain_formats, receipt_title

FIRST_ROWS = 5
BAR_UNITS = 1000
TALLEST = 60.0
PLACED = (
    ("A place somebody confirmed", (1,), ""),
    ("A building or a point", (2,), ""),
    ("A street or named site", (3,), ""),
    ("A postcode or ward", (4,), "coarse"),
    ("Not placed yet", (5, 0), "none"),
)
"""What each quality is called, the qualities under that name, and the look of its bar."""


@dataclass(frozen=True, slots=True)
class PlacedRow:
    label: str
    rows: int
    width: float
    css: str


@dataclass(frozen=True, slots=True)
class EarlierFile:
    """A file of the same feed as a bar: `top` and `height` in a box TALLEST high."""

    number: int
    received_at: datetime
    rows: int
    top: float
    height: float
    here: bool


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    title: str
    line: DeliveryLine
    equation: Equation
    covers: str
    fixes: tuple[FaultRow, ...]
    placed: tuple[PlacedRow, ...]
    earlier: tuple[EarlierFile, ...]


def receipt_page(line: DeliveryLine, earlier: Sequence[DeliveryLine]) -> ReceiptPage:
    return ReceiptPage(
        title=receipt_title(status=line.status, quarantined=line.quarantined),
        line=line,
        equation=equation(
            line.input, line.accepted, line.quarantined, line.duplicate, line.superseded, line.erased
        ),
        covers=period_words(line.covers_from, line.covers_to) if line.covers_from and line.covers_to else "",
        fixes=tuple(
            FaultRow(
                rows=len(fix.rows),
                where=where_words(fix.rows[:FIRST_ROWS], len(fix.rows)),
                column=fix.column,
                rule=fix.rule,
                advice=plain_formats(fix.advice),
            )
            for fix in line.fixes
        ),
        placed=placed_rows(line.qualities),
        earlier=_bars(line, earlier),
    )


def placed_rows(qualities: Sequence[tuple[int, int]]) -> tuple[PlacedRow, ...]:
    """Rows by how well they are placed, each with its share of the longest bar; none where there is nothing to say."""
    rows = dict(qualities)
    counts = [(label, sum(rows.get(one, 0) for one in under), css) for label, under, css in PLACED]
    most = max(n for _, n, _ in counts)
    if not most:
        return ()
    return tuple(PlacedRow(label, n, BAR_UNITS * n / most, css) for label, n, css in counts)


def _bars(line: DeliveryLine, earlier: Sequence[DeliveryLine]) -> tuple[EarlierFile, ...]:
    if len(earlier) < 2:
        return ()
    most = max(one.input for one in earlier) or 1
    heights = [TALLEST * one.input / most for one in earlier]
    return tuple(
        EarlierFile(
            number=one.number,
            received_at=one.received_at,
            rows=one.input,
            top=TALLEST - height,
            height=height,
            here=one.number == line.number,
        )
        for one, height in zip(earlier, heights, strict=True)
    )
