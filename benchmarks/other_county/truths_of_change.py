"""Truths about a change in the other county: (e) (f) (g) (m) (n) (o)."""

from dataclasses import replace

import numpy as np
from scipy.spatial import cKDTree

from benchmarks.other_county.hand import months, streets_round, strewn, uneven
from benchmarks.other_county.truths_of_places import agencies_of, feeds_of
from trigpoint.core.county.areas import with_lsoa_moved
from trigpoint.core.county.reporting import words
from trigpoint.core.county.tables import Bools, Ints
from trigpoint.core.county.truths.ground import open_ground, quiet_spot, spot_at, where, whole_county
from trigpoint.core.county.truths.m_ward_boundary import movable_lsoas
from trigpoint.core.county.truths.planting import (
    Closure,
    Planting,
    Spot,
    add,
    as_date,
    clear,
    each_month,
    moments,
    month_end,
    month_start,
    take_ground,
    with_reports,
    with_truth,
)  # fmt: skip
from trigpoint.core.county.truths.truth import CannotPlant, Truth

_USUAL, _PEAK = (1, 3, 3), (7, 7, 8)
_CLOSED_E, _CLOSED_F, _SILENT_FROM, _CODE_FROM = 12, 17, 15, 11
_HAPPENED, _FIRST, _SECOND = 20, 21, 22
_WHY_E = "no two free streets lie 250 metres apart"


def displaced(planting: Planting, rng: np.random.Generator) -> Planting:
    """(e) A partial closure of a guest house in month 12: nine a month there become one, and eight begin 250 metres off."""
    pairs = _a_walk_apart(planting)
    wanted = np.zeros(len(planting.scene.segments.name), dtype=np.bool_)
    wanted[pairs.ravel()] = True
    segment = quiet_spot(planting, rng, among=wanted, radius_m=320.0, why=_WHY_E).segment
    partners = pairs[(pairs == segment).any(axis=1)]
    other = int(rng.choice(np.where(partners[:, 0] == segment, partners[:, 1], partners[:, 0])))
    here, there = spot_at(planting, segment, 105.0), spot_at(planting, other, 105.0)
    county = clear(clear(planting, here), there)
    for stream, (before, after) in {"incident": (4, 0), "asb": (3, 1), "crime": (2, 0)}.items():
        county = _stepped(county, stream, here.segment, (before, after), rng)
        county = _stepped(county, stream, there.segment, (after, before - (stream == "asb")), rng)
    start = month_start(county, _CLOSED_E) + 3
    closure = Closure(
        "PC0417", here.segment, start, start + 91, start + 152, "Guest house", "Sexual exploitation"
    )
    told = Truth(
        letter="e", title="Round the corner", question=9, where=replace(where(county, [here.segment]), radius_m=105.0),
        sentence="The guest house was closed and went quiet; eight records a month began 250 metres away instead.",
        from_day=as_date(closure.start), to_day=as_date(month_end(county, 26)),
        feeds=("police_incidents", "community_safety_asb", "police_crime", "community_safety_closures"),
        agencies=("police", "community_safety"),
        expected={
            "closure": closure.ref, "here_a_month_before": 9, "here_a_month_after": 1, "there_a_month_before": 1,
            "there_a_month_after": 8, "moved_share_at_least": 0.7,
        },
        others=(replace(where(county, [there.segment]), radius_m=105.0),),
    )  # fmt: skip
    return with_truth(take_ground(replace(county, closures=(*county.closures, closure)), here, there), told)


def no_effect(planting: Planting, rng: np.random.Generator) -> Planting:
    """(f) Five places of seven a quarter with one bad quarter of 22; one is closed at its height, to no effect."""
    county, spots = planting, list[Spot]()
    for _ in range(5):
        try:
            spot = quiet_spot(county, rng)
        except CannotPlant:
            if len(spots) < 2:
                raise
            break
        county, spots = take_ground(_ups_and_downs(clear(county, spot), spot, rng), spot), [*spots, spot]
    start = month_start(county, _CLOSED_F)
    closure = Closure(
        "PC0583", spots[0].segment, start, start + 91, start + 91, "Licensed premises", "Disorder"
    )
    told = Truth(
        letter="f", title="It would have calmed down anyway", question=9, where=where(county, [spots[0].segment]),
        sentence="Records fell by two thirds after the closure, and by as much in four like places that stayed open.",
        from_day=as_date(start), to_day=as_date(month_end(county, 26)),
        feeds=("police_incidents", "community_safety_asb", "police_crime", "community_safety_closures"),
        agencies=("police", "community_safety"),
        expected={
            "closure": closure.ref, "quarter_before": sum(_PEAK), "quarter_after": sum(_USUAL),
            "usual_quarter": sum(_USUAL), "comparable_places": len(spots) - 1, "effect": 0,
        },
        others=tuple(where(county, [spot.segment]) for spot in spots[1:]),
    )  # fmt: skip
    return with_truth(replace(county, closures=(*county.closures, closure)), told)


def silent_team(planting: Planting, rng: np.random.Generator) -> Planting:
    """(g) The youth service's team in one district sends no sheet from month 15 on; the other teams do."""
    scene, notes = planting.scene, planting.history.reports["session"]
    if len(scene.wards.district_code) < 2:
        raise CannotPlant("there is one district only, and none beside it to compare with")
    of = scene.wards.district[scene.segments.ward[planting.history.events.segment[notes.event]]]
    district = int(np.argsort(-np.bincount(of, minlength=len(scene.wards.district_code)))[rng.integers(1, 5)])
    start = month_start(planting, _SILENT_FROM)
    before = int(((of == district) & (notes.at < start)).sum())
    kept = notes.take(~((of == district) & (notes.at >= start)))
    county = with_reports(planting, {**planting.history.reports, "session": kept})
    inside = np.flatnonzero(scene.wards.district[scene.segments.ward] == district)
    name = str(scene.wards.district_name[district])
    told = Truth(
        letter="g", title="No sheets from one team", question=5,
        feeds=feeds_of("session"), agencies=agencies_of("session"),
        where=replace(where(county, inside, 30_000.0), streets=()),
        sentence=f"The youth team in {name} has sent nothing since month 14: nobody knows whether anything fell.",
        from_day=as_date(start), to_day=as_date(month_end(county, 26)),
        expected={
            "district": str(scene.wards.district_code[district]), "a_month_before": round(before / 14, 1),
            "records_since": 0, "months_silent": 12,
        },
    )  # fmt: skip
    return with_truth(replace(county, silent_district=district), told)


def moved_boundary(planting: Planting, rng: np.random.Generator) -> Planting:
    """(m) Seven a month on two streets of an LSOA that changes wards in May 2025."""
    geography, of_segment = planting.geography, planting.geography.streets.lsoa.astype(np.int64)
    movable, gains = movable_lsoas(planting)
    spot = quiet_spot(
        planting,
        rng,
        among=np.isin(of_segment, movable[::-1]),
        why="no free street lies in an LSOA that could pass on",
    )
    lsoa = int(of_segment[spot.segment])
    old, new = int(geography.lsoas.parent[lsoa]), int(gains[lsoa])
    county = clear(planting, spot)
    streets = streets_round(county, spot, 80.0, 3)
    streets = streets[of_segment[streets] == lsoa]
    counts = {"incident": 3, "asb": 3, "missing": 1}
    for stream, count in counts.items():
        county = strewn(county, stream, uneven(county, 1, [count] * 26, rng, (11.0, 23.0)), streets, rng)
    later = with_lsoa_moved(geography, lsoa, new)
    of_lsoa = np.where(np.arange(len(geography.lsoas.codes)) == lsoa, new, geography.lsoas.parent)
    scene = replace(county.scene, later_ward=of_lsoa[of_segment], later_ward_code=np.array(later.codes))
    county = replace(county, later_wards=later, later_ward_of_lsoa=of_lsoa, scene=scene)
    names, codes = geography.wards.names, geography.wards.codes
    told = Truth(
        letter="m", title="New lines on the map", question=11, where=where(county, streets),
        feeds=feeds_of(*counts), agencies=agencies_of(*counts),
        sentence=f"In May 2025 part of {names[old]} passed to {names[new]}; what happens on these streets is as it was.",
        from_day=as_date(scene.later_from), to_day=as_date(county.history.last_day),
        expected={
            "lsoa": geography.lsoas.codes[lsoa], "from_ward": codes[old], "to_ward": codes[new],
            "from_ward_now": later.codes[old], "to_ward_now": later.codes[new], "a_month_throughout": 7,
        },
    )  # fmt: skip
    return with_truth(take_ground(county, spot), told)


def new_code(planting: Planting, rng: np.random.Generator) -> Planting:
    """(n) From month 11 on social care may tick criminal exploitation; before, it ticked the sexual one for both."""
    notes, start = planting.history.reports["contact"], month_start(planting, _CODE_FROM)
    before = notes.at < start
    if min(before.sum(), (~before).sum()) * 0.14 < 1:
        raise CannotPlant("too few contacts are known for one of them to be about criminal exploitation")
    chance, open_to = rng.random(len(before)), np.isin(notes.theme, ("", "CSE", "CCE"))
    sexual, criminal = open_to & (chance < 0.085), open_to & (chance >= 0.085) & (chance < 0.235)
    theme = np.where(
        sexual | (criminal & before), "CSE", np.where(criminal, "CCE", np.where(open_to, "", notes.theme))
    )
    county = with_reports(
        planting, {**planting.history.reports, "contact": replace(notes, theme=words(theme))}
    )
    shares = {
        f"{code.lower()}_share_{when}": round(float((theme[period] == code).mean()), 3)
        for when, period in (("before", before), ("after", ~before)) for code in ("CSE", "CCE")
    }  # fmt: skip
    both = {
        f"both_share_{w}": round(shares[f"cse_share_{w}"] + shares[f"cce_share_{w}"], 3)
        for w in ("before", "after")
    }
    told = Truth(
        letter="n", title="A box that was not on the form", question=11, where=whole_county(county),
        sentence="Criminal exploitation has a box of its own since month 11; sexual and criminal together are as before.",
        from_day=as_date(start), to_day=as_date(county.history.last_day),
        feeds=("social_care_contacts", "social_care_assessment_factors"), agencies=("social_care",),
        expected={"code_from": as_date(start).isoformat(), **shares, **both},
    )  # fmt: skip
    return with_truth(county, told)


def differencing(planting: Planting, rng: np.random.Generator) -> Planting:
    """(o) Two grooming offences of month 20 that reach the police in month 22, alone of their ward and month."""
    spot = quiet_spot(planting, rng)
    county = clear(planting, spot)
    ward = int(county.scene.segments.ward[spot.segment])
    county = _written_by(county, _of_month(county, ward), None)
    days = months(county, _HAPPENED, _HAPPENED)
    short = max(5 - int(_of_month(county, ward).sum()), 0)
    county = add(county, "crime", moments(days[:25], short, rng), spot.segment, rng, prompt=True, kind="8L")
    timely = int(_of_month(county, ward).sum())
    known = len(county.history.events.at)
    county = add(
        county, "crime", moments(days, 2, rng), spot.segment, rng, prompt=True, kind="88A", theme="CSE"
    )
    late = month_start(county, _SECOND).astype("datetime64[m]") + np.timedelta64(9 * 1440 + 600, "m")
    county = _written_by(county, county.history.reports["crime"].event >= known, late)
    told = Truth(
        letter="o", title="One release minus another", question=12, where=where(county, [spot.segment]),
        sentence=f"The release after month {_FIRST} has {timely} crimes of this ward for month {_HAPPENED}, the next "
        f"{timely + 2}: the difference is two children.",
        from_day=as_date(days[0]), to_day=as_date(month_end(county, _SECOND)),
        feeds=feeds_of("crime"), agencies=agencies_of("crime"),
        expected={
            "ward": where(county, [spot.segment]).wards[0], "month": _HAPPENED, "first_release": timely,
            "second_release": timely + 2, "difference": 2, "known_after": as_date(month_end(county, _FIRST)).isoformat(),
            "known_by": as_date(month_end(county, _SECOND)).isoformat(),
        },
    )  # fmt: skip
    return with_truth(take_ground(county, spot), told)


def _stepped(
    planting: Planting, stream: str, segment: int, a_month: tuple[int, int], rng: np.random.Generator
) -> Planting:
    before, after = a_month
    counts = dict.fromkeys(range(1, _CLOSED_E), before) | dict.fromkeys(range(_CLOSED_E, 27), after)
    at = each_month(planting, counts, rng, (18.0, 23.9))
    return strewn(planting, stream, at, np.array([segment]), rng)


def _a_walk_apart(planting: Planting) -> Ints:
    """Pairs of free town segments whose middles lie 225 to 275 metres apart."""
    segments = planting.scene.segments
    chosen = np.flatnonzero((segments.town >= 0) & open_ground(planting))
    at = np.column_stack([segments.easting_m[chosen], segments.northing_m[chosen]])
    pairs = cKDTree(at).query_pairs(275.0, output_type="ndarray")
    found: Ints = chosen[pairs[np.hypot(*(at[pairs[:, 0]] - at[pairs[:, 1]]).T) > 225.0]]
    return found


def _ups_and_downs(planting: Planting, spot: Spot, rng: np.random.Generator) -> Planting:
    quarters = np.concatenate([rng.permutation(_USUAL) for _ in range(9)])
    quiet = _CLOSED_F - 1 - len(_PEAK)
    counts = np.concatenate(
        [quarters[:quiet], rng.permutation(_PEAK), quarters[-(26 - _CLOSED_F + 1) - 2 :]]
    )[:26]
    at = uneven(planting, 1, counts.tolist(), rng, (13.0, 23.0))
    turn = rng.choice(3, len(at), p=[0.45, 0.35, 0.2])
    for which, stream in enumerate(("incident", "asb", "crime")):
        planting = strewn(planting, stream, at[turn == which], np.array([spot.segment]), rng)
    return planting


def _of_month(planting: Planting, ward: int) -> Bools:
    """Which crime notes are of the ward (by their event's street) and of the month of (o)."""
    notes = planting.history.reports["crime"]
    of = planting.scene.segments.ward[planting.history.events.segment[notes.event]]
    first, last = month_start(planting, _HAPPENED), month_end(planting, _HAPPENED)
    return np.asarray((of == ward) & (notes.at >= first) & (notes.at < last + 1), dtype=np.bool_)


def _written_by(planting: Planting, chosen: Bools, when: np.datetime64 | None) -> Planting:
    """The chosen crimes written down at that instant, or within four hours where none is given."""
    notes = planting.history.reports["crime"]
    then = notes.at + np.timedelta64(240, "m") if when is None else when
    changed = replace(
        notes,
        reported_at=np.where(chosen, then, notes.reported_at),
        flagged_at=np.where(chosen, then, notes.flagged_at),
    )
    return with_reports(planting, {**planting.history.reports, "crime": changed})
