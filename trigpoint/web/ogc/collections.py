"""Which layers there are. They are the same for everybody; what each holds is for the gate to say."""

from dataclasses import dataclass

from trigpoint.gate.words import RESOLUTIONS

__all__ = ["COLLECTIONS", "Collection"]

_COUNTED = (
    "from", "to", "hours", "weekdays", "agency", "feed", "theme", "category", "role", "detection", "within", "known",
    "counted",
)  # fmt: skip
_TESTED = (*_COUNTED, "level", "q", "variant", "background", "test")
COUNTED_WORDS = "Records counted in each, with the filters of the map."


@dataclass(frozen=True, slots=True)
class Collection:
    """One layer: a kind of question, at a level of its own or "", and the part of the answer whose rows are features.

    `words` are the filters it takes, `key` the column that names a feature, or the columns that it is known again by
    where none names it. `dated` is how `datetime` is put: as the question's "period", as when a site was "open", or by
    when a notice was in "force". `geometry` is of schemas.GEOMETRY.
    """

    code: str
    title: str
    description: str
    kind: str
    level: str = ""
    part: str = ""
    key: str | tuple[str, ...] = "code"
    words: tuple[str, ...] = _COUNTED
    dated: str = "period"
    geometry: str = "area"


def _hexagons(resolution: int, across: str) -> Collection:
    described = f"H3 hexagons of resolution {resolution}, about {across} across. {COUNTED_WORDS}"
    return Collection(
        f"hexagons-{resolution}",
        f"Hexagons, {across}",
        described,
        "counts",
        f"cell:{resolution}",
        geometry="hexagon",
    )


_ACROSS = dict(zip(RESOLUTIONS, ("2.4 km", "920 m", "350 m", "130 m"), strict=True))
COLLECTIONS = {
    one.code: one
    for one in (
        Collection("districts", "Districts", COUNTED_WORDS, "counts", "district"),
        Collection("wards", "Wards", COUNTED_WORDS, "counts", "ward"),
        *(_hexagons(resolution, across) for resolution, across in _ACROSS.items()),
        Collection("streets", "Streets", COUNTED_WORDS, "counts", "street", geometry="line"),
        Collection(
            "hotspots",
            "Hotspots",
            "Places that pass the named test against the rest of the county, each with its evidence.",
            "hotspots",
            part="hotspots",
            key="id",
            words=_TESTED,
            geometry="any",
        ),
        Collection(
            "sites",
            "Sites",
            "Mapped places such as schools and stops. Those kept coarse are not among them.",
            "sites",
            key=("class", "ref", "name", "easting_m", "northing_m", "source"),
            words=("from", "to", "class", "within", "around", "radius"),
            dated="open",
            geometry="point",
        ),
        Collection(
            "notices",
            "Notices and orders",
            "Notices and orders, with their state on a day. Those kept to an area have no point.",
            "notices",
            key=("kind", "served", "starts", "ends", "basis", "easting_m", "northing_m", "place", "source"),
            words=("on", "within"),
            dated="force",
            geometry="point",
        ),
    )
}
