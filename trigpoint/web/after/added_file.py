"""What an agency's feeds added, as rows that a spreadsheet reads: the very words of the page, nothing more."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from trigpoint.gate.asked import LONDON
from trigpoint.gate.receipt_file import plain_cell
from trigpoint.web.after.added import Added

__all__ = ["added_csv"]

HEADS = ("part", "what", "says")


def added_csv(told: Added, *, marking: str, at: datetime) -> bytes:
    """UTF-8 with a mark at its beginning, three columns. Equal pages at one moment give equal bytes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADS)
    for row in _rows(told, marking, at):
        writer.writerow([plain_cell(one) for one in row])
    return out.getvalue().encode("utf-8-sig")


def _rows(told: Added, marking: str, at: datetime) -> Iterator[tuple[str, str, str]]:
    yield "about", "marking", marking
    yield "about", "agency", told.name
    yield "about", "time", told.span.words
    yield "about", "made", f"{at.astimezone(LONDON):%Y-%m-%d %H:%M}"
    yield "about", "publication", told.publication
    yield "about", "how to read it", told.no_score
    for one in told.months:
        yield "sent", one.month, one.sent
        yield "placed in a district", one.month, one.placed
        yield "came", one.month, "; ".join(filter(None, (one.came, one.square.words if one.square else "")))
    for words in told.events:
        yield "events", "", words
    yield "hotspots", told.places_period, told.places_of
    for place in told.places or ():
        seen = "nothing of it would be left without these records" if place.alone else place.share
        yield "hotspots", f"{place.letter} {place.name}, {place.where}", seen
    for part, lines in (
        ("questions of the analysis", told.asked), ("questions put to it", told.put),
        ("sense-checks", told.checks), ("missing", told.missing), ("not told", told.refused),
    ):  # fmt: skip
        for words in lines:
            yield part, "", words
    if told.actions is not None:
        for name, cells in told.actions.rows:
            for head, cell in zip(told.actions.heads, cells, strict=True):
                yield "decisions at its places", f"{name}: {head}", cell
