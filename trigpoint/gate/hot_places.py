"""The hotspots that a question's other filters find, for kinds that ask what is around them."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.kinds.hotspots import answer_hotspots
from trigpoint.gate.selecting import selection_of
from trigpoint.gate.units import Units, units_of

__all__ = ["HotPlaces", "county_hotspots", "hot_places", "ids_of"]

Ids = NDArray[np.integer]


@dataclass(frozen=True, slots=True, eq=False)
class HotPlaces:
    """Hotspots whose place may be told, as the answer about hotspots tells them: h of them, strongest first.

    `table` are their rows; `units` the dense ids of each one's units; `number` of a unit is its hotspot's place in the
    table plus one, int64[units of the level], 0 where it is in none that may be told. `compared_with` and `withheld` are
    what the answer says of them.
    """

    table: Table
    units: tuple[Ids, ...]
    number: NDArray[np.int64]
    compared_with: str
    withheld: tuple[str, ...]


def county_hotspots(asked: Asked) -> Asked:
    """The question about the county's hotspots at the same level, under the same filters and decision.

    Only feeds of records take part, so that the test is the very one that a question about hotspots recalls.
    """
    question = replace(
        asked.question, kind="hotspots", counted="", around=None, within=(), classes=(), on=None, radius_m=0,
        geometry=False, stability=False,
    )  # fmt: skip
    records = {one.id for one in asked.version.vocabulary.feeds if one.kind == "records"}
    return replace(
        asked,
        question=question,
        permitted=tuple(one for one in asked.permitted if one.feed in records),
        selection=selection_of(question, asked.version, (), asked.exposure),
        within=(),
        around=None,
    )


def hot_places(asked: Asked) -> HotPlaces:
    """The hotspots found under the question's filters, wherever it is narrowed to."""
    county = county_hotspots(asked)
    key = ("hot places", county.permitted, county.question, county.selection)
    return asked.version.recall(key, lambda: _placed(answer_hotspots(county), units_of(county)))


def _placed(answer: Answer, units: Units) -> HotPlaces:
    table = answer.parts["hotspots"]
    told = [at for at, code in enumerate(table["code"]) if code]
    members = tuple(ids_of(units, table["units"][at]) for at in told)
    number = np.zeros(units.size, dtype=np.int64)
    for place, ids in enumerate(members):
        number[ids] = place + 1
    kept = {name: [column[at] for at in told] for name, column in table.items()}
    withheld = answer.about.get("withheld")
    said = tuple(str(one) for one in withheld) if isinstance(withheld, list) else ()
    return HotPlaces(kept, members, number, str(answer.about["compared_with"]), said)


def ids_of(units: Units, codes: list[str]) -> NDArray[np.int64]:
    """Dense ids of units by their codes."""
    version = units.version
    if units.resolution is not None:
        places = version.cell_places(units.resolution)
        return np.array([places[int(code, 16)] for code in codes], dtype=np.int64)
    known = version.code_places(units.level)
    return np.array([known[code] for code in codes], dtype=np.int64)
