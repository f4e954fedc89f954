"""What stands around a place, on foot: sites by class against comparable places, and the notices there."""

from dataclasses import dataclass, replace
from typing import Any

import h3
import numpy as np
import shapely
from numpy.typing import NDArray

from trigpoint.core.analysis.surroundings import Compared as Verdict
from trigpoint.core.analysis.surroundings import Comparison, Surroundings, compare_surroundings
from trigpoint.core.geography.network import Positions
from trigpoint.core.geography.reach import Walks, walks_or_straight
from trigpoint.core.geography.walking import WALKING_M_PER_MINUTE
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.comparing import COVARIATES, around_comparables, comparables, described
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.hot_places import hot_places
from trigpoint.gate.in_place import IN_PLACE_M, Ground, near_ground, near_rows, standing, wards_touched
from trigpoint.gate.kinds.around_gaps import gap_matrix, gaps_here, work_gaps
from trigpoint.gate.kinds.around_rings import rings_parts
from trigpoint.gate.kinds.around_work import work_around
from trigpoint.gate.kinds.notices import answer_notices
from trigpoint.gate.kinds.sites import answer_sites
from trigpoint.gate.units import Units, units_of
from trigpoint.gate.walking_ground import cell_outlines, network_of, outlines_of, stretches_of
from trigpoint.gate.within import NO_UNIT, Place
from trigpoint.store.sites import SITE_CLASSES

__all__ = ["answer_around"]

Ids = NDArray[np.integer]

AT_SITE_M = 60.0
"""A notice this near a site, in a straight line, is told beside it: about the depth of a large plot."""

COMPARED_AT = ("cell", "street", "ward")


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """The place asked about: its ground, its stretches of street, its units, and the hotspot it is part of, if any.

    `middle` is the unit that stands for it when places like it are sought; -1 where none does. `wards` are the codes of
    those its units lie in, and of a place that is no unit those its ground touches.
    """

    name: str
    ground: shapely.Geometry
    origins: Positions | None
    ids: Ids
    middle: int
    hotspot: str
    hot: NDArray[np.bool_]
    wards: frozenset[str]


def answer_around(asked: Asked) -> Answer:
    """Columns class, name, easting_m, northing_m, ward_code, distance_m, minutes, way, ref, opened, closed, notice,
    notice_state, notice_ends, attribution: sites within `radius_m` of the place `around`, nearest first.

    `way` is "walk", or "straight line" where no street could tell. A unit that is part of a hotspot at the question's
    level, under its filters, stands for the whole hotspot. Parts: "classes" (count here; mean, low, high, p, q and words
    against comparable places), "notices" (kind, state, dates, distance; those told by area without a distance), "areas"
    (restricted sites counted by area), "work" (sessions and patrols: how often, when last, how far), "gaps" (sentences)
    and, with geometry, "isochrone" and "rings".

    Without `around` the hotspots of the level with the notices around each: see `gap_matrix`.
    """
    if asked.around is None:
        return gap_matrix(asked)
    for one in asked.question.classes:
        if one not in SITE_CLASSES:
            raise QuestionError(
                f"There is no class of site '{one}' to compare: choose {', '.join(SITE_CLASSES)}."
            )
    layers = replace(asked, selection=replace(asked.selection, feeds=(), within=()), within=(), around=None)
    sites, notices = answer_sites(layers), answer_notices(layers)
    spot = _spot(asked, asked.around)
    if spot is None:
        raise QuestionError(f"Nothing is known here of a place '{asked.around.code}'.")
    limit_m = float(asked.question.radius_m)
    walks = _walks(asked, spot, sites.columns, limit_m)
    near = np.flatnonzero(walks.distance_m <= limit_m)
    near = near[np.argsort(walks.distance_m[near], kind="stable")]
    here = Ground(spot.ground, spot.origins, spot.wards)
    columns = _rows(sites.columns, walks, near, notices.columns)
    compared = _compared(asked, spot, sites.columns, near)
    parts = {
        "classes": _classes(asked, columns, compared),
        "notices": near_rows(notices.columns, near_ground(asked.version, here, notices.columns, limit_m)),
        "areas": _areas(asked, spot, sites.parts["areas"]),
        "work": work_around(asked, spot.ground, spot.origins, limit_m),
        **rings_parts(asked, spot.ground, spot.origins, limit_m),
    }
    in_place = near_rows(
        notices.columns, near_ground(asked.version, here, notices.columns, float(IN_PLACE_M))
    )
    gaps = gaps_here(in_place, columns, parts["areas"], walks.walked[near])
    gaps += work_gaps(parts["work"], asked.question.on or asked.at.date())
    parts["gaps"] = {"sentence": gaps}
    about = _about(asked, spot, columns, compared)
    return Answer(
        "around", columns, {**about, "in_place_m": IN_PLACE_M, "in_place": _standing(in_place)}, parts
    )


def _spot(asked: Asked, place: Place) -> Spot | None:
    """The place, or the hotspot it is part of. None where this viewer may know of no such place."""
    units = units_of(asked)
    hot = np.zeros(units.size, dtype=bool)
    hotspot, name = "", place.name
    ids: Ids = np.array([place.id])
    if place.kind == "cell" and place.id != NO_UNIT:
        near = units_of(asked, "cell", h3.get_resolution(place.code)).names(ids)[0]
        name = f"the hexagon near {near}" if near else name
    at_level = place.column == units.column and units.level in COMPARED_AT
    if at_level:
        found = hot_places(asked)
        hot = found.number > 0
        number = int(found.number[place.id]) if place.id != NO_UNIT else 0
        if number:
            hotspot, ids = str(found.table["letter"][number - 1]), found.units[number - 1]
            name = str(found.table["name"][number - 1]) or name
    grounds = _grounds(asked, place, ids)
    if grounds is None:
        return None
    network = network_of(asked.version)
    segments = ids if place.kind == "street" else None
    origins = stretches_of(network, grounds, segments) if network is not None else None
    middle = int(ids[0]) if at_level and len(ids) == 1 else place.id if at_level else -1
    together = shapely.union_all(grounds)
    known = at_level and place.id != NO_UNIT
    wards = frozenset(units.ward_codes(ids)) - {""} if known else wards_touched(asked.version, together)
    return Spot(name, together, origins, ids, middle, hotspot, hot, wards)


def _grounds(asked: Asked, place: Place, ids: Ids) -> NDArray[np.object_] | None:
    if place.kind == "cell" and place.id == NO_UNIT:
        return cell_outlines([place.code])
    if place.id == NO_UNIT:
        return None
    if place.kind == "locality":
        towns = asked.version.localities
        made = np.empty(1, dtype=object)
        made[0] = shapely.Point(towns.easting_m[place.id], towns.northing_m[place.id])
        return made
    resolution = h3.get_resolution(place.code) if place.kind == "cell" else None
    return outlines_of(asked.version, place.kind, resolution, ids)


def _walks(asked: Asked, spot: Spot, points: Table, limit_m: float) -> Walks:
    return walks_or_straight(
        network_of(asked.version),
        spot.origins,
        spot.ground,
        points["easting_m"],
        points["northing_m"],
        limit_m=limit_m,
    )


def _rows(sites: Table, walks: Walks, near: Ids, notices: Table) -> dict[str, Any]:
    taken = {name: [column[at] for at in near.tolist()] for name, column in sites.items()}
    distance_m = walks.distance_m[near]
    latest = _latest_notice(taken, notices)
    return {
        "class": taken["class"],
        "name": taken["name"],
        "easting_m": np.array(taken["easting_m"], dtype=np.float64),
        "northing_m": np.array(taken["northing_m"], dtype=np.float64),
        "ward_code": taken["ward_code"],
        "distance_m": distance_m,
        "minutes": np.ceil(distance_m / WALKING_M_PER_MINUTE),
        "way": ["walk" if walked else "straight line" for walked in walks.walked[near].tolist()],
        "ref": taken["ref"],
        "opened": taken["opened"],
        "closed": taken["closed"],
        **{
            name: [notices[of][at] if at >= 0 else None for at in latest]
            for name, of in (("notice", "kind"), ("notice_state", "state"), ("notice_ends", "ends"))
        },
        "attribution": taken["attribution"],
    }


def _latest_notice(sites: dict[str, list[Any]], notices: Table) -> list[int]:
    """The notice served last at each site, -1 for none. Notices come oldest first; those told by area are at no site."""
    east, north = (np.asarray(notices[name], dtype=np.float64) for name in ("easting_m", "northing_m"))
    latest = []
    for easting_m, northing_m in zip(sites["easting_m"], sites["northing_m"], strict=True):
        there = np.flatnonzero(np.hypot(east - easting_m, north - northing_m) <= AT_SITE_M)
        latest.append(int(there[-1]) if there.size else -1)
    return latest


@dataclass(frozen=True, slots=True, eq=False)
class _Compared:
    """The comparison, class by class in `classes`; None where there is none, and `why` in words."""

    classes: list[str]
    surroundings: Surroundings | None
    comparison: Comparison | None
    why: str


def _compared(asked: Asked, spot: Spot, sites: Table, near: Ids) -> _Compared:
    told = [one for one in SITE_CLASSES if one in set(sites["class"])]
    units = units_of(asked)
    if spot.middle < 0:
        word = asked.around.column.replace("_", ":") if asked.around is not None else ""
        hint = f": ask at the level {word}" if word.partition(":")[0] in COMPARED_AT else ""
        return _Compared(told, None, None, f"Not compared with other places{hint}.")
    known = described(asked, units)
    radius_m = float(asked.question.radius_m)
    comparison = comparables(known, spot.middle, spot.hot, radius_m)
    if comparison is None:
        return _Compared(told, None, None, "Not compared: the place lies beyond the county.")
    number = {one: at for at, one in enumerate(told)}
    kinds = np.array([number[one] for one in sites["class"]], dtype=np.int64)
    placed = np.isfinite(np.asarray(sites["easting_m"], dtype=np.float64))
    points = (np.asarray(sites["easting_m"])[placed], np.asarray(sites["northing_m"])[placed], kinds[placed])
    elsewhere = around_comparables(units, known, comparison, len(spot.ids), points, len(told), radius_m)
    observed = np.bincount(kinds[near], minlength=len(told))
    return _Compared(told, compare_surroundings(observed, elsewhere, rate=asked.question.q), comparison, "")


def _classes(asked: Asked, columns: Table, compared: _Compared) -> Table:
    told, found = compared.classes, compared.surroundings
    count = [list(columns["class"]).count(one) for one in told]
    nearest = [
        min(
            (m for one, m in zip(columns["class"], columns["distance_m"], strict=True) if one == kind),
            default=np.nan,
        )
        for kind in told
    ]
    unknown = np.full(len(told), np.nan)
    measures = {
        name: unknown if found is None else getattr(found, name)
        for name in ("mean", "low", "high", "p_more", "q_more", "p_fewer", "q_fewer")
    }
    many = [SITE_CLASSES[one][1].lower() for one in told]
    words = [compared.why if found is None else found.words(at, many[at]) for at in range(len(told))]
    return {
        "class": told,
        "count": count,
        "nearest_m": np.array(nearest, dtype=np.float64),
        **measures,
        "words": words,
    }


def _standing(near: Table) -> dict[str, object]:
    """How notices stand in IN_PLACE_M of the place, whatever the distance asked: in_force, ends_soon, ended, by_ward."""
    found = standing(near)
    return {
        "in_force": found.in_force, "ends_soon": found.ends_soon, "ended": found.ended, "by_ward": found.by_ward,
    }  # fmt: skip


def _areas(asked: Asked, spot: Spot, areas: Table) -> Table:
    """Restricted sites counted by the ward or the district that the place lies in."""
    wards = asked.version.areas("ward")
    codes = set(wards_touched(asked.version, spot.ground))
    districts = asked.version.areas("district").codes
    codes |= {
        districts[parent]
        for code, parent in zip(wards.codes, wards.parent.tolist(), strict=True)
        if code in codes and parent >= 0
    }
    rows = [at for at, code in enumerate(areas["code"]) if code in codes]
    return {name: [column[at] for at in rows] for name, column in areas.items()}


def _about(asked: Asked, spot: Spot, columns: Table, compared: _Compared) -> dict[str, object]:
    radius_m = asked.question.radius_m
    minutes = radius_m / WALKING_M_PER_MINUTE
    comparison = compared.comparison
    straight = sum(way != "walk" for way in columns["way"])
    unlike = [] if comparison is None else [COVARIATES[at] for at in np.flatnonzero(comparison.unlike)]
    return asked.about(
        total=len(columns["class"]),
        around=spot.name,
        hotspot=spot.hotspot,
        units=len(spot.ids),
        radius_m=radius_m,
        minutes=minutes,
        straight_lines=straight,
        method=_method(asked, straight),
        compared_with=compared.why or _compared_with(units_of(asked), comparison, len(spot.ids)),
        compared=0 if comparison is None else int(comparison.places.size),
        candidates=0 if comparison is None else comparison.candidates,
        balance={} if comparison is None else dict(zip(COVARIATES, comparison.balance.tolist(), strict=True)),
        unlike=unlike,
        unlike_note=f"They differ from it in: {', '.join(unlike)}." if unlike else "",
        sentence=_sentence(asked, spot, columns, compared),
    )


def _method(asked: Asked, straight: int) -> str:
    streets = network_of(asked.version) is not None
    walk = (
        "Distances are walks along the streets, from the nearest street of the place, at 80 metres a minute."
        if streets
        else "No streets are loaded: distances are straight lines, which are shorter than walks."
    )
    few = " Where no street could tell, the line is straight and says so." if streets and straight else ""
    return f"{walk}{few} Sites open at some time in the period."


def _compared_with(units: Units, comparison: Comparison | None, size: int) -> str:
    if comparison is None:
        return ""
    one = "hexagon" if units.resolution is not None else units.level
    of_size = f"groups of {size} {one}s" if size > 1 else f"{one}s"
    return (
        f"{comparison.places.size} {of_size} that are not hot, in the same kind of settlement, and most alike in "
        f"{', '.join(COVARIATES)}; chosen from {comparison.candidates:,}, none near another."
    )


def _sentence(asked: Asked, spot: Spot, columns: Table, compared: _Compared) -> str:
    minutes = asked.question.radius_m / WALKING_M_PER_MINUTE
    what = f"hotspot {spot.hotspot} ({spot.name})" if spot.hotspot else spot.name
    return (
        f"Within {minutes:.0f} minutes' walk of {what}: {_counted(columns)}. {_verdict(compared)} "
        "It says what is near, not that any of it has to do with what was recorded."
    )


def _counted(columns: Table) -> str:
    classes = list(columns["class"])
    counts = {one: classes.count(one) for one in SITE_CLASSES}
    said = [f"{many} {SITE_CLASSES[one][many != 1].lower()}" for one, many in counts.items() if many]
    return ", ".join(said) or "no place that is mapped"


def _verdict(compared: _Compared) -> str:
    found = compared.surroundings
    if found is None:
        return compared.why
    words = [found.words(at, SITE_CLASSES[one][1].lower()) for at, one in enumerate(compared.classes)]
    out = np.isin(found.verdict, (Verdict.MORE, Verdict.FEWER))
    if out.any():
        return "; ".join(words[at] for at in np.flatnonzero(out).tolist()) + "."
    if (found.verdict == Verdict.CANNOT_TELL).any():
        return "Too few places are comparable to say whether that is more than elsewhere."
    return "About what stands around comparable places."
