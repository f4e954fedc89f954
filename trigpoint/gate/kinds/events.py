"""Linked events: which happenings two or more feeds tell, how surely, and which look like one report told round."""

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.circular import (
    FIRST_HAND,
    LEAST_AGENCIES,
    NO_MINUTE_TOLD,
    ROUND_MIN,
    circular_events,
    first_hand,
)
from trigpoint.core.analysis.linking import Links, among, reasons_in_words
from trigpoint.core.sharing.grain import Grain
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import EPOCH, Asked
from trigpoint.gate.events import events_of, of_events
from trigpoint.store.links import fetch_links
from trigpoint.store.questions import Columns
from trigpoint.store.times import NO_MINUTE, fetch_times

__all__ = ["answer_events"]

METHOD = (
    "Records of different feeds that lie within 250 metres and, where both know the hour, within 6 hours, else on the "
    "same day, are linked where their distance, time and themes make one event at least as likely as two (fixed "
    "weights). They are never merged. An event looks circular where at least "
    f"{LEAST_AGENCIES} agencies tell it and at most one of them had it at first hand ({FIRST_HAND}), "
    f"or where as many give it the very same minute, no multiple of {ROUND_MIN}."
)
_COLUMNS = ("number", "agency", "feed", "day", "detection", "grade", "district")


def answer_events(asked: Asked) -> Answer:
    """Columns month, district_code, ward_code (blank where places are not told so finely), records, agencies (codes,
    joined by a space), probability (of the least sure link), reason and circular: one row for each event that two or
    more of the records asked about tell, latest first. `about.singles` are the records that nothing is linked to.
    """
    wards = asked.grain >= Grain.WARD
    with asked.times() as cursor:
        columns = fetch_times(cursor, asked.selection, (*_COLUMNS, *(("ward",) if wards else ())))
    with asked.records() as cursor:
        links = fetch_links(cursor)
    event = of_events(asked, columns["number"])
    order = np.lexsort((columns["number"], event))
    columns, event = {name: column[order] for name, column in columns.items()}, event[order]
    starts = np.flatnonzero(np.diff(event, prepend=-1) != 0)
    sizes = np.diff(np.append(starts, len(event)))
    several = np.flatnonzero(sizes >= 2)
    several = several[np.argsort(-columns["day"][starts[several]], kind="stable")]
    table = _table(asked, columns, event, links, [(starts[i], starts[i] + sizes[i]) for i in several])
    about = asked.about(
        total=len(event), singles=int(np.count_nonzero(sizes == 1)), events=len(starts), method=METHOD,
        circular=int(np.count_nonzero(np.asarray(table["circular"]))),
    )  # fmt: skip
    return Answer("events", table, about)


def _table(
    asked: Asked, columns: Columns, event: NDArray[np.int64], links: Links, spans: list[tuple[int, int]]
) -> Table:
    codes = {one.id: one.code for one in asked.version.vocabulary.agencies}
    minute = np.where(columns["start_min"] == NO_MINUTE, NO_MINUTE_TOLD, columns["start_min"])
    direct = first_hand(columns["detection"], columns["grade"])
    circular = set(circular_events(event, columns["agency"], direct, minute).tolist())
    surest = _least_sure(asked, links)
    rows = [(int(event[start]), slice(start, end)) for start, end in spans]
    return {
        "month": [
            f"{EPOCH.fromordinal(EPOCH.toordinal() + int(columns['day'][s][0])):%Y-%m}" for _, s in rows
        ],
        "district_code": [_first_code(asked, "district", columns, s) for _, s in rows],
        "ward_code": [_first_code(asked, "ward", columns, s) if "ward" in columns else "" for _, s in rows],
        "records": [s.stop - s.start for _, s in rows],
        "agencies": [" ".join(codes[a] for a in sorted(set(columns["agency"][s].tolist()))) for _, s in rows],
        "probability": np.array([surest[one][0] for one, _ in rows], dtype=np.float64),
        "reason": [", ".join(dict.fromkeys(reasons_in_words(surest[one][1]))) for one, _ in rows],
        "circular": [one in circular for one, _ in rows],
    }


def _first_code(asked: Asked, level: str, columns: Columns, rows: slice) -> str:
    """The area of the event's first record that has one."""
    placed = [int(number) for number in columns[level][rows] if number >= 0]
    return str(asked.version.areas(level).codes[placed[0]]) if placed else ""


def _least_sure(asked: Asked, links: Links) -> dict[int, tuple[float, int]]:
    """Probability and reason of the least sure link inside each event of the permitted records."""
    events = events_of(asked)
    known = among(links.first, events.number) & among(links.second, events.number)
    of_first = of_events(asked, links.first[known])
    inside = of_first == of_events(asked, links.second[known])
    told = zip(
        of_first[inside].tolist(), links.probability[known][inside].tolist(),
        links.reason[known][inside].tolist(), strict=True,
    )  # fmt: skip
    least: dict[int, tuple[float, int]] = {}
    for one, probability, reason in told:
        if one not in least or probability < least[one][0]:
            least[one] = (probability, reason)
    return least
