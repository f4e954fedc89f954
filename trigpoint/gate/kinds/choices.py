"""What a viewer can choose from: from definitions and published geography, never from rows."""

from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.words import RESOLUTIONS
from trigpoint.store.sites import SITE_CLASSES, STAFFED_CLASSES

__all__ = ["answer_choices"]


def answer_choices(asked: Asked) -> Answer:
    """Parts agencies, feeds, categories, themes, classes, districts, levels; columns are those of feeds.

    Feeds say in `shown` whether any of it may be told to this viewer, and in `finest` how finely. about.period is
    the span of the permitted records; about.bounds_m the county's (west, south, east, north), of areas' points.
    """
    vocabulary = asked.version.vocabulary
    agencies = {one.id: one for one in vocabulary.agencies}
    records = [one for one in vocabulary.feeds if one.kind == "records"]
    granted = {one.feed: one for one in asked.restrictions.grants}
    feeds: Table = {
        "code": [one.code for one in records],
        "name": [one.name for one in records],
        "agency": [agencies[one.agency].code for one in records],
        "shown": [one.code in granted for one in records],
        "finest": [granted[one.code].finest.word if one.code in granted else None for one in records],
    }
    sending = {one.agency for one in records}
    shown = {one.id for one in records if one.code in granted}
    names = {one.code: one.name for one in vocabulary.categories if one.feed in shown}
    districts = asked.version.areas("district")
    streets = asked.version.streets
    parts: dict[str, Table] = {
        "feeds": feeds,
        "agencies": _coded([(one.code, one.name) for one in vocabulary.agencies if one.id in sending]),
        "categories": _coded(list(names.items())),
        "themes": _coded([(one.code, one.name) for one in vocabulary.themes]),
        "classes": _coded([(code, many) for code, (_, many) in SITE_CLASSES.items()]),
        "staffed": _coded([(code, many) for code, (_, many) in STAFFED_CLASSES.items()]),
        "work": _coded([(one.code, one.many) for one in asked.work]),
        "districts": _coded(list(zip(districts.codes, districts.names, strict=True))),
        "levels": {"code": _levels(asked)},
    }
    has_streets = bool(asked.streets_seen().any())
    kind = "anchor" if streets.anchors else "segment"
    about = asked.about(
        bounds_m=_bounds(asked), has_streets=has_streets, street_kind=kind if has_streets else None
    )
    return Answer("choices", feeds, about, parts)


def _coded(rows: list[tuple[str, str]]) -> Table:
    return {"code": [code for code, _ in rows], "name": [name for _, name in rows]}


def _levels(asked: Asked) -> list[str]:
    areas = [level for level in ("district", "ward", "lsoa") if asked.version.areas(level).codes]
    streets = ["street"] if asked.streets_seen().any() else []
    return [*areas, *streets, *(f"cell:{one}" for one in RESOLUTIONS)]


def _bounds(asked: Asked) -> list[float] | None:
    cells = asked.version.cells(RESOLUTIONS[0])
    if not cells.in_county:
        return None
    easting_m, northing_m = cells.easting_m[: cells.in_county], cells.northing_m[: cells.in_county]
    return [float(easting_m.min()), float(northing_m.min()), float(easting_m.max()), float(northing_m.max())]
