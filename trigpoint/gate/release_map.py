"""A small map of released cells: areas shaded by what is told of them, and by nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import shapely

from trigpoint.gate.version import Version
from trigpoint.store.shapes import fetch_outlines

__all__ = ["CLASSES", "Outlines", "class_of", "map_svg", "outlines_of"]

WIDTH = 480
STEPS = 400
"""Outlines are drawn to this fraction of the map's width."""
CLASSES = (
    (10, "10 to 20", "#d4e3ee"),
    (25, "25 to 45", "#9dbfd6"),
    (50, "50 to 95", "#5b8fb3"),
    (100, "100 or more", "#23577c"),
)
"""From how many, in words, and the colour: lighter is fewer. Told numbers are multiples of five or more."""
WITHHELD = "#ffffff"


@dataclass(frozen=True, slots=True)
class Outlines:
    """Areas as SVG paths by code, in one frame of `WIDTH` by `height`."""

    paths: Mapping[str, str]
    height: int


def outlines_of(version: Version, level: str, codes: Sequence[str]) -> Outlines:
    """Outlines of some districts or wards, drawn with fewer points; neighbours keep their shared edge."""
    wanted = set(codes)
    known = version.areas(level).codes
    with version.cursor() as cursor:
        shapes = fetch_outlines(cursor, level)
    places = [place for place, code in enumerate(known) if code in wanted]
    if not places:
        return Outlines({}, 0)
    west, south, east, north = shapely.total_bounds(shapes[places]).tolist()
    drawn = shapely.coverage_simplify(shapes[places], (east - west) / STEPS)
    scale = WIDTH / max(east - west, 1.0)
    height = max(1, round((north - south) * scale))
    paths = {
        known[place]: _path(shape, west, north, scale) for place, shape in zip(places, drawn, strict=True)
    }
    return Outlines(paths, height)


def class_of(told: int) -> int:
    """The place in `CLASSES` of a told number."""
    return max(place for place, (least, _, _) in enumerate(CLASSES) if told >= least)


def map_svg(outlines: Outlines, told: Mapping[str, int | None], title: str, words: str) -> str:
    """Areas shaded by class; what is withheld is white with a dotted edge. Titled and described for screen readers.

    `told` has each area's number, None where withheld. Nothing else is in the picture: no place, no road, no point.
    """
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title, {chr(34): "&quot;"})}" '
        f'viewBox="-2 -2 {WIDTH + 4} {outlines.height + 4}">',
        f"<title>{escape(title)}</title><desc>{escape(words)}</desc>",
    ]
    for code, path in sorted(outlines.paths.items()):
        number = told.get(code)
        fill = WITHHELD if number is None else CLASSES[class_of(number)][2]
        dotted = ' stroke-dasharray="2 2"' if number is None else ""
        parts.append(f'<path d="{path}" fill="{fill}" stroke="#4b5a66" stroke-width="0.7"{dotted}/>')
    return "".join((*parts, "</svg>"))


def _path(shape: shapely.Geometry, west: float, north: float, scale: float) -> str:
    rings = [
        ring
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    ]
    return "".join(
        "M"
        + "L".join(f"{(x - west) * scale:.1f} {(north - y) * scale:.1f}" for x, y in ring.coords[:-1])
        + "Z"
        for ring in rings
    )
