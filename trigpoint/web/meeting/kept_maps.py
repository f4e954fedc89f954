"""The maps that a freeze keeps, drawn as the pack's are: where the meeting's places lie, and each with its streets."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from trigpoint.changes.kept_pictures import KeptPicture
from trigpoint.gate.answers import Answer
from trigpoint.gate.meeting_terms import home_terms
from trigpoint.gate.quadrants import home_quadrants
from trigpoint.gate.show import rows
from trigpoint.gate.street_lines import street_lines
from trigpoint.web.hot_now.minimap import shapes_by_code
from trigpoint.web.pack.county_map import Lettered, county_map
from trigpoint.web.pack.place_map import Ground, frame_of, place_map
from trigpoint.web.presenters.breaks import breaks
from trigpoint.web.presenters.plain import whole, words

__all__ = ["draw_kept"]

WIDE, HIGH = 520, 400
Row = Mapping[str, Any]


def draw_kept(tested: Answer, districts: Answer, quadrant: str) -> tuple[KeptPicture, ...]:
    """What the meeting's page shows and no more: its places together, then each. None where there is no place.

    A concern about one source has no place, and stands on none of them.
    """
    shapes = shapes_by_code(tested)
    codes, names = words(districts.columns["code"]), words(districts.columns["name"])
    here = next((frozenset(one.districts) for one in home_quadrants() if one.code == quadrant), None)
    named = frozenset(name for code, name in zip(codes, names, strict=True) if here is None or code in here)
    told = [
        one for one in rows(tested.parts["hotspots"]) if one["verdict"] != "few" and one["district"] in named
    ]
    places = [
        (one, ground)
        for one in told[: home_terms().most_places]
        if not (
            ground := shapely.union_all([shapes[unit] for unit in one["units"] if unit in shapes])
        ).is_empty
    ]
    if not places:
        return ()
    outlines = shapely.from_wkb(list(districts.columns["wkb"])).tolist()
    every = list(zip(codes, names, outlines, strict=True))
    around = _Counted(tested, shapes)
    return (_all(places, every, here), *(_one(row, ground, around) for row, ground in places))


class _Counted:
    """The units of an answer with their names and the classes of their counts."""

    def __init__(self, tested: Answer, shapes: Mapping[str, Any]) -> None:
        counts = whole(tested.columns["count"])
        self._classes = np.searchsorted(breaks(counts), counts, side="right").tolist()
        self._names = words(tested.columns["name"])
        self._shapes = list(shapes.values())
        self._tree = shapely.STRtree(self._shapes)

    def within(self, box: tuple[float, float, float, float]) -> list[tuple[Any, str, int]]:
        near = sorted(self._tree.query(shapely.box(*box)).tolist())
        return [(self._shapes[at], self._names[at], self._classes[at]) for at in near if self._classes[at]]


def _all(
    places: Sequence[tuple[Row, Any]], districts: Sequence[tuple[str, str, Any]], here: frozenset[str] | None
) -> KeptPicture:
    lettered = [_lettered(row["letter"], ground) for row, ground in places]
    named = ", ".join(f"{row['letter']} {row['name']}, {row['district']}" for row, _ in places)
    svg = county_map(districts, here, lettered, WIDE, HIGH)
    return KeptPicture("", svg.decode(), f"Map of the districts with the places: {named}.")


def _lettered(letter: str, ground: Any) -> Lettered:
    middle = shapely.point_on_surface(ground)
    return Lettered(letter, middle.x, middle.y)


def _one(row: Row, ground: Any, around: _Counted) -> KeptPicture:
    frame = frame_of(ground, WIDE / HIGH)
    drawn = Ground(row["letter"], ground, around.within(frame.box), street_lines(*frame.box), (), None)
    alt = (
        f"Map of {row['letter']}, {row['name']}, {row['ward']}, {row['district']}: the place outlined, "
        "coloured by how many records each part of it holds."
    )
    return KeptPicture(row["letter"], place_map(drawn, frame, WIDE, HIGH).decode(), alt)
