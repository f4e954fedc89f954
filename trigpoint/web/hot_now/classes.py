"""What kind of hotspot a place is, in one word: from the test of months and from its own past."""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["CLASSES", "PlaceClass", "class_of"]

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PlaceClass:
    """`words` is the badge; `means` the sentence behind it; `glyph` an SVG path in a box of 16 by 16, stroked."""

    code: str
    words: str
    means: str
    glyph: str


_ALL = (
    PlaceClass("new", "New", "It began in these months; nothing was recorded here before.", "M8 2v12M2 8h12"),
    PlaceClass(
        "rising", "Rising", "It has had more since it began to rise than its own past gives.", "M2 13 8 7l2 2 4-5M10 4h4v4"
    ),
    PlaceClass(
        "intensifying", "Intensifying", "Hot in almost every month, more so lately.", "M2 13l3-4 2 2 3-5 2 1 2-4M10 3h4v4"
    ),
    PlaceClass("persistent", "Persistent", "Hot in almost every month, without a trend.", "M2 6h12M2 10h12"),
    PlaceClass("consecutive", "Consecutive", "Hot without a break up to the last month.", "M2 12h4M6 8h4M10 4h4"),
    PlaceClass("diminishing", "Diminishing", "Hot in almost every month, and less so lately.", "M2 3l6 6 2-2 4 5M10 12h4V8"),
    PlaceClass("sporadic", "Sporadic", "Hot on and off, and hot in the last month.", "M3 13V8M6.5 13V4M10 13V10M13.5 13V6"),
    PlaceClass("oscillating", "Oscillating", "Hot now, and colder than others at times.", "M1 11c3-10 4-10 7-3s4 5 7-3"),
    PlaceClass("historical", "Historical", "Hot in almost every month but the last.", "M8 2a6 6 0 1 0 6 6M8 4v4l3 2"),
    PlaceClass("above", "Above its past", "More in these months than its own past gives.", "M2 13h12M5 9l3-5 3 5"),
    PlaceClass("watched", "Watched", "Close, and not named a hotspot.", "M8 2a6 6 0 1 0 .1 0"),
)  # fmt: skip
CLASSES = {one.code: one for one in _ALL}


def class_of(rise: Row | None, category: str, *, first_month: str) -> PlaceClass:
    """The class of a hotspot. `rise` is its row among the places that rise, if any; `category` that of its peak.

    A rise that lasts as long as the period cannot be seen to begin: it is then told by its months. `first_month`
    is the first of the period, as 2025-11.
    """
    if rise is not None and str(rise["rise_since"]) > first_month:
        return CLASSES["rising" if rise["rise_before"] else "new"]
    return CLASSES.get(category.removesuffix(" hot spot"), CLASSES["above"])
