"""Bus routes and railways as lines, with how often they run. Published timetables, the same for everyone."""

import numpy as np
import shapely
from numpy.typing import NDArray

from trigpoint.gate.along import CORRIDOR_M, ROUTE_WORD, outline_along, route_word, routes_called
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.store.routes import fetch_lines

__all__ = ["answer_routes", "often_words"]

DAY_HOURS = (7, 19)
"""The part of a weekday that "every 15 minutes" is about."""
SIMPLIFIED_M = 8.0
METHOD = (
    "Routes of the timetables loaded, each drawn once for both directions. Departures are those of a Monday to Friday from "
    "the stop that has most of them in one direction, 07:00 to 19:00."
)


def answer_routes(asked: Asked) -> Answer:
    """Columns line, name, mode, operator, departures (from 07:00 to 19:00 of a weekday, in one direction), words, feed,
    within (what narrows a question to the route) and wkb (EPSG:27700). One row a line and mode, the most frequent first.
    With `text`, the number or name of a route, part "corridor" (within, name, radius_m, wkb) is the ground along it.
    Raises QuestionError where there is no such route.
    """
    granted = set(asked.restrictions.granted)
    with asked.version.cursor() as cursor:
        found = fetch_lines(cursor, *DAY_HOURS)
    open_here = np.array([feed in granted for feed in found["feed"].tolist()], dtype=bool)
    table = {name: column[open_here] for name, column in found.items()}
    kept = _once(table)
    table = {name: column[kept] for name, column in table.items()}
    departures = table["departures"].astype(np.int64)
    columns = {
        **{name: table[name].tolist() for name in ("line", "name", "mode", "operator", "feed")},
        "within": [
            route_word(str(line), str(name), asked.version)
            for line, name in zip(table["line"], table["name"], strict=True)
        ],
        "departures": departures,
        "words": [often_words(many) for many in departures.tolist()],
        "wkb": [_thinned(bytes(one)) for one in table["wkb"].tolist()],
    }
    parts = {"corridor": _corridor(asked)} if asked.question.text else {}
    return Answer("routes", columns, asked.about(total=len(kept), method=METHOD), parts)


def _corridor(asked: Asked) -> Table:
    """What `within` takes to lie along the route, both directions of it."""
    text = asked.question.text.strip()
    found = routes_called(
        text[len(ROUTE_WORD) :] if text.casefold().startswith(ROUTE_WORD) else text, asked.version
    )
    if not found:
        raise QuestionError(f"There is no bus route or railway line '{text}' in this county.")
    lines = tuple(line for one in found for line in one.lines)
    return {
        "within": [route_word(found[0].code, found[0].name, asked.version)],
        "name": [found[0].name],
        "radius_m": [CORRIDOR_M],
        "wkb": [outline_along(lines, CORRIDOR_M)],
    }


def _once(table: dict[str, NDArray[np.generic]]) -> NDArray[np.intp]:
    """The direction with most departures of every line of a feed, the most frequent line first."""
    order = np.lexsort((table["line"].astype(str), -table["departures"].astype(np.int64)))
    seen: set[tuple[str, str]] = set()
    kept = []
    for at in order.tolist():
        key = (str(table["feed"][at]), str(table["line"][at]))
        if key not in seen:
            seen.add(key)
            kept.append(at)
    return np.array(kept, dtype=np.intp)


def _thinned(wkb: bytes) -> bytes:
    """A line with no more corners than can be seen."""
    return bytes(shapely.to_wkb(shapely.simplify(shapely.from_wkb(wkb), SIMPLIFIED_M)))


def often_words(departures: int) -> str:
    """How often that is between 07:00 and 19:00: "about every 15 minutes"."""
    hours = DAY_HOURS[1] - DAY_HOURS[0]
    if departures == 0:
        return "none on a weekday from 07:00 to 19:00"
    every = hours * 60 / departures
    if every > 90:
        return f"{departures} on a weekday from 07:00 to 19:00"
    step = 5 if every > 12 else 1
    return f"about every {max(1, round(every / step) * step)} minutes"
