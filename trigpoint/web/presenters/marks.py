"""The map's symbols for pages drawn by the server: the paths of frontend/src/map/glyphs.ts, held to it by a law."""

from dataclasses import dataclass

__all__ = ["OUTLINES", "Mark", "mark_of"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Shape is the group, glyph the class. All paths lie in a box of 24 by 24."""

    shape: str
    fill: str = ""
    stroke: str = ""
    letter: str = ""

    @property
    def outline(self) -> str:
        return OUTLINES[self.shape]


OUTLINES = {
    "circle": "M12 2.5a9.5 9.5 0 1 1 0 19a9.5 9.5 0 1 1 0-19Z",
    "square": "M6 3.5h12A2.5 2.5 0 0 1 20.5 6v12a2.5 2.5 0 0 1-2.5 2.5H6A2.5 2.5 0 0 1 3.5 18V6A2.5 2.5 0 0 1 6 3.5Z",
    "diamond": "M12 1.4 22.6 12 12 22.6 1.4 12Z",
}
_MARKS = {
    "school": Mark(
        "circle",
        fill="M12 6.6 18.8 10 12 13.4 5.2 10ZM8.2 12.7v2.6c2 1.8 5.6 1.8 7.6 0v-2.6L12 14.6Z",
    ),
    "hotel": Mark(
        "circle",
        stroke="M6.2 8v8.2M6.2 14.2h11.6M17.8 16.2v-3.8a1.6 1.6 0 0 0-1.6-1.6h-5.4v3.2",
        fill="M8.6 10.4a1.3 1.3 0 1 1-.01 0Z",
    ),
    "bnb": Mark("circle", letter="BB"),
    "takeaway": Mark(
        "circle",
        stroke="M8.2 7v3a1.6 1.6 0 0 0 3.2 0V7M9.8 7v10M14.4 17v-4.6M14.4 12.4V7c1.6.5 2.2 2.4 2 5.2Z",
    ),
    "park": Mark("circle", fill="M12 5.8 16.2 11h-1.7l2.7 3.6h-4.1V18h-2.2v-3.4H6.8L9.5 11H7.8Z"),
    "station": Mark("square", stroke="M7.2 10h9.4M14 7.4 16.8 10M16.8 14H7.4M10 16.6 7.2 14"),
    "bus_stop": Mark(
        "square",
        fill="M8.2 6.4h7.6A1.2 1.2 0 0 1 17 7.6v8.2h-1v1.8h-1.8v-1.8H9.8v1.8H8v-1.8H7V7.6a1.2 1.2 0 0 1 1.2-1.2Z"
        "M8.5 8.2v3.6h7V8.2ZM8.6 13.2v1.3h1.5v-1.3ZM13.9 13.2v1.3h1.5v-1.3Z",
    ),
}


def mark_of(code: str) -> Mark:
    """The symbol of a class of places; its first letter in a circle where it has none of its own."""
    return _MARKS.get(code) or Mark("circle", letter=code[:1].upper())
