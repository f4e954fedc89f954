"""Which months of an agency's feeds came on time, as the ledger of deliveries tells whoever may read it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from trigpoint.core.sharing.viewer import Viewer
from trigpoint.core.workflow.after import YearSpan
from trigpoint.core.workflow.arrivals import Arrived, Sent, arrivals
from trigpoint.gate.denial import ReadDenied
from trigpoint.gate.ledger import DeliveryLine, deliveries
from trigpoint.web.presenters.words import counted

__all__ = ["Arriving", "arriving", "arriving_of", "late_lines"]

CAME = ("accepted", "duplicate")


@dataclass(frozen=True, slots=True)
class Arriving:
    """A month of a feed that came in the year or is of it."""

    agency: str
    feed: str
    month: str
    arrived: Arrived


def arriving(viewer: Viewer, span: YearSpan, at: datetime) -> tuple[Arriving, ...]:
    """Months of the year, by every feed of records of which this viewer may read the lines; none for who reads none."""
    try:
        return arriving_of(deliveries(viewer, at), span)
    except ReadDenied:
        return ()


def arriving_of(lines: Sequence[DeliveryLine], span: YearSpan) -> tuple[Arriving, ...]:
    """From the ledger's lines. A feed's habit is of all its files; told are the months that begin in the year."""
    files: dict[tuple[str, str], list[Sent]] = defaultdict(list)
    for one in lines:
        if one.kind == "records" and one.status in CAME and one.mends is None:
            files[one.agency, one.definition].append(
                Sent(one.extracted_on, one.received_at.date(), one.covers_from)
            )
    return tuple(
        Arriving(agency, feed, f"{one.month:%Y-%m}", one)
        for (agency, feed), sent in sorted(files.items())
        for one in arrivals(sent)
        if span.has(one.month)
    )


def late_lines(found: Sequence[Arriving], agencies: Mapping[str, str]) -> tuple[str, ...]:
    """Agencies of which a month came late, with how many of how many and by how many days at most."""
    told = []
    for code, name in agencies.items():
        own = [one for one in found if one.agency == code]
        late = [one for one in own if one.arrived.late_days]
        if late:
            most = max(one.arrived.late_days for one in late)
            files = counted(len(own), "month of a feed", "months of its feeds")
            told.append(f"{name}: {len(late)} of {files} late, by {counted(most, 'day', 'days')} at most.")
    return tuple(told)
