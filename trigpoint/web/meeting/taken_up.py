"""What the meeting's places are: the hotspots it kept, and the named places that these are."""

from collections.abc import Sequence

from trigpoint.changes.kept_reading import KeptTold
from trigpoint.changes.named_places import PlaceTold
from trigpoint.changes.place_ground import lies_in
from trigpoint.core.workflow.place import Drawn, PlaceMoveRefused, drawn, same_place
from trigpoint.web.meeting.kept import KeptPlace

__all__ = ["letter_of", "numbers_by_letter"]


def letter_of(told: KeptTold | None, places: Sequence[KeptPlace], drawing: Drawn) -> str:
    """The letter of the kept place that the drawing means; "" where it means none of them."""
    drawings = dict(enumerate(_drawings(told, places)))
    number = same_place(drawing, {at: one for at, one in drawings.items() if one is not None}, lies_in)
    return "" if number is None else places[number].letter


def numbers_by_letter(
    told: KeptTold | None, places: Sequence[KeptPlace], named: Sequence[PlaceTold]
) -> dict[str, int]:
    """The number of the named place that each kept place is; those that no place was opened for are left out."""
    known = {one.number: drawn(one.level, one.units) for one in named if one.is_open}
    pairs = zip(places, _drawings(told, places), strict=True)
    found = {one.letter: same_place(drawing, known, lies_in) for one, drawing in pairs if drawing is not None}
    return {letter: number for letter, number in found.items() if number is not None}


def _drawings(told: KeptTold | None, places: Sequence[KeptPlace]) -> list[Drawn | None]:
    """How each is drawn; None for what no place can be drawn as."""
    level = str(told.content["about"].get("level", "")) if told is not None and told.content else ""
    return [_drawing(level, one.units) for one in places]


def _drawing(level: str, units: Sequence[str]) -> Drawn | None:
    try:
        return drawn(level, units)
    except PlaceMoveRefused:
        return None
