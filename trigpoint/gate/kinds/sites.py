"""Mapped facilities, and how far they are from a place. Those kept coarse are counted by area and nothing more."""

import h3
import numpy as np
from numpy.typing import NDArray

from trigpoint.core.geography.crs import to_national_grid
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.units import units_of
from trigpoint.gate.within import NO_UNIT, Place
from trigpoint.store.questions import Columns
from trigpoint.store.sites import SITE_CLASSES, STAFFED_CLASSES, fetch_sites

__all__ = ["answer_sites", "point_of"]

METHOD = "Sites open at some time in the period. Distances are straight lines, in metres."
_NARROWED = ("district", "ward")


def answer_sites(asked: Asked) -> Answer:
    """Columns class, name, easting_m, northing_m, ward_code, distance_m, ref, kept, opened, closed, attribution, source (the
    name of the layer).

    distance_m is NaN unless the question asks `around` a place; then only sites within its radius are listed.
    Sites without a point have NaN coordinates, are listed only where no `around` is asked, and say so in `kept`.
    Part "areas": code, name, class, count of the restricted sites that may only be counted by area.
    """
    if any(place.kind not in _NARROWED for place in asked.within):
        raise QuestionError("Sites can be asked for within a district or a ward, or around any place.")
    _check_classes(asked.question.classes)
    period = asked.question
    with asked.layers() as cursor:
        found = fetch_sites(
            cursor,
            classes=asked.question.classes,
            feeds=asked.selection.feeds,
            open_from=period.period_from,
            open_to=period.period_to,
            within=tuple((place.column, place.id) for place in asked.within),
        )
    precise = found["kept"] != "area"
    shown = {name: column[precise] for name, column in found.items()}
    distance_m = _distances(asked, shown)
    near = np.ones(len(distance_m), dtype=bool)
    if asked.around is not None:
        near = distance_m <= asked.question.radius_m
    areas = _by_area(asked, {name: column[~precise] for name, column in found.items()})
    about = asked.about(
        total=int(near.sum()),
        kept_coarse=int(np.count_nonzero(~precise)),
        around=asked.around.name if asked.around else None,
        radius_m=asked.question.radius_m if asked.around else None,
        method=METHOD,
    )
    return Answer("sites", _columns(asked, shown, distance_m, near), about, {"areas": areas})


def point_of(asked: Asked, place: Place) -> tuple[float, float] | None:
    """Easting and northing, metres, of the point distances to a place are measured from; None where it has none."""
    if place.kind == "cell":
        # from the code alone: whether the store knows a cell beyond the county follows from its records
        latitude, longitude = h3.cell_to_latlng(place.code)
        easting_m, northing_m = to_national_grid(longitude, latitude)
        return float(easting_m[0]), float(northing_m[0])
    if place.id == NO_UNIT:
        return None
    if place.kind == "locality":
        towns = asked.version.localities
        return float(towns.easting_m[place.id]), float(towns.northing_m[place.id])
    easting_m, northing_m = units_of(asked, place.kind).points(np.array([place.id]))
    return float(easting_m[0]), float(northing_m[0])


def _check_classes(classes: tuple[str, ...]) -> None:
    for one in classes:
        if one not in SITE_CLASSES and one not in STAFFED_CLASSES:
            known = ", ".join((*SITE_CLASSES, *STAFFED_CLASSES))
            raise QuestionError(f"There is no class of site '{one}': choose {known}.")


def _distances(asked: Asked, sites: Columns) -> NDArray[np.float64]:
    easting_m = sites["easting_m"].astype(np.float64)
    if asked.around is None:
        return np.full(easting_m.size, np.nan)
    point = point_of(asked, asked.around)
    if point is None:
        return np.full(easting_m.size, np.inf)
    away: NDArray[np.float64] = np.hypot(
        easting_m - point[0], sites["northing_m"].astype(np.float64) - point[1]
    )
    return away


def _columns(asked: Asked, sites: Columns, distance_m: NDArray[np.float64], near: NDArray[np.bool_]) -> Table:
    order = np.flatnonzero(near)
    if asked.around is not None:
        order = order[np.argsort(distance_m[order], kind="stable")]
    wards = asked.version.areas("ward").codes
    layers = {one.id: one for one in asked.version.vocabulary.feeds}
    taken = {name: column[order] for name, column in sites.items()}
    return {
        "class": taken["class"].tolist(),
        "name": taken["name"].tolist(),
        "easting_m": taken["easting_m"].astype(np.float64),
        "northing_m": taken["northing_m"].astype(np.float64),
        "ward_code": [wards[ward] if ward >= 0 else "" for ward in taken["ward"].tolist()],
        "distance_m": distance_m[order],
        "ref": taken["ref"].tolist(),
        "kept": taken["kept"].tolist(),
        "opened": day_words(taken["opened"]),
        "closed": day_words(taken["closed"]),
        "attribution": [layers[feed].attribution for feed in taken["feed"].tolist()],
        "source": [layers[feed].name for feed in taken["feed"].tolist()],
    }


def _by_area(asked: Asked, sites: Columns) -> Table:
    """Restricted sites counted by the ward, or by the district where the agreement tells no ward."""
    wards, districts = asked.version.areas("ward"), asked.version.areas("district")
    tally: dict[tuple[str, str, str], int] = {}
    for ward, district, kind in zip(
        sites["ward"].tolist(), sites["district"].tolist(), sites["class"].tolist(), strict=True
    ):
        if ward >= 0:
            key = (wards.codes[ward], wards.names[ward], kind)
        elif district >= 0:
            key = (districts.codes[district], districts.names[district], kind)
        else:
            key = ("", "", kind)
        tally[key] = tally.get(key, 0) + 1
    rows = sorted(tally)
    return {
        "code": [row[0] for row in rows],
        "name": [row[1] for row in rows],
        "class": [row[2] for row in rows],
        "count": [tally[row] for row in rows],
    }


def day_words(days: NDArray[np.generic]) -> list[str | None]:
    """Days as "2024-03-14", None where there is none."""
    whole = np.asarray(days).astype("M8[D]")
    return [None if np.isnat(day) else str(day) for day in whole]
