"""Truths about single places in the other county: (a) (b) (c) (d) (h) (i) (j) (k) (l)."""

from dataclasses import replace

import numpy as np
import shapely
from scipy.spatial import cKDTree

from benchmarks.other_county.hand import (
    FRI_SAT,
    THU_TO_SAT,
    WED_TO_SAT,
    months,
    on,
    streets_round,
    strewn,
    uneven,
)
from trigpoint.core.county.settings import school_term
from trigpoint.core.county.tables import Bools, Ints
from trigpoint.core.county.truths.c_one_child import least_missing, moved_in
from trigpoint.core.county.truths.ground import SPOT_M, cell_of, gaps, open_ground, quiet_spot, spot_at, where
from trigpoint.core.county.truths.j_across_the_border import a_crossing
from trigpoint.core.county.truths.planting import (
    Planting,
    Spot,
    add,
    as_date,
    clear,
    each_month,
    last_days,
    moments,
    month_end,
    month_start,
    take_ground,
    with_truth,
)  # fmt: skip
from trigpoint.core.county.truths.truth import FEEDS_OF, CannotPlant, Truth, Where

_JOINT = {"missing": 3, "asb": 4, "session": 2, "incident": 3, "ae": 3, "concern": 2}
_NEW = {"asb": 2, "incident": 2, "session": 1, "intelligence": 1}
_SUMMER = (1, 1, 1, 3, 4, 6, 13, 15, 4, 1, 0, 1)
_OPERATIONS = {14: 12, 18: 17, 22: 23, 25: 26}
_EPISODES = {20: 7, 21: 10, 22: 13, 23: 10}


def feeds_of(*streams: str) -> tuple[str, ...]:
    """The feeds that tell some streams."""
    return tuple(FEEDS_OF[stream][0] for stream in streams)


def agencies_of(*streams: str) -> tuple[str, ...]:
    """The agencies that send those feeds, each once."""
    return tuple(dict.fromkeys(FEEDS_OF[stream][1] for stream in streams))


def joint(planting: Planting, rng: np.random.Generator) -> Planting:
    """(a) Seventeen different happenings in five months by a park, two to four in each of six feeds, weekend evenings."""
    spot = quiet_spot(planting, rng, among=_by_a_park(planting))
    county, streets = clear(planting, spot), streets_round(planting, spot, 70.0, 2)
    days = last_days(county, 150)[:-5]
    late, taught = on(days, (*FRI_SAT, 6)), days[school_term(days)]
    for stream, count in _JOINT.items():
        when, hours = (taught, (12.0, 17.0)) if stream == "concern" and len(taught) else (late, (17.0, 23.5))
        county = strewn(
            county, stream, moments(when, count, rng, hours), streets, rng, prompt=stream != "missing"
        )
    total = sum(_JOINT.values())
    told = Truth(
        letter="a", title="By the park at weekends", question=3, where=where(county, streets),
        feeds=feeds_of(*_JOINT), agencies=agencies_of(*_JOINT),
        sentence=f"Six feeds hold two to four records each beside this park; together they are {total} in five months.",
        from_day=as_date(days[0]), to_day=as_date(days[-1]),
        expected={"records": total, "feeds": len(_JOINT), "most_in_one_feed": 4, "linked_events": total},
    )  # fmt: skip
    return with_truth(take_ground(county, spot), told)


def school_gate(planting: Planting, rng: np.random.Generator) -> Planting:
    """(b) A school of a smaller town that logs all it hears at its own address over fourteen months."""
    schools, scene = planting.sites.schools, planting.scene
    older = np.flatnonzero((schools.phase != "primary") & np.isnat(schools.closed))
    at = schools.segment[older]
    free = older[(gaps(planting, at) > SPOT_M) & open_ground(planting)[at] & (scene.segments.town[at] != 0)]
    if len(free) == 0:
        raise CannotPlant(
            "every school for older children outside the largest town stands on ground already taken"
        )
    school = int(rng.choice(free))
    spot = spot_at(planting, int(schools.segment[school]))
    county = clear(planting, spot)
    days = months(county, 13, 26)
    days = days[school_term(days)]
    county = strewn(
        county, "concern", moments(days, 130, rng, (8.4, 16.2)), np.array([spot.segment]), rng, hours_lost=0.4
    )
    county = add(county, "exclusion", moments(days, 62, rng, (9.0, 15.0)), spot.segment, rng)
    county = add(county, "asb", moments(months(county, 13, 26), 2, rng), spot.segment, rng)
    told = Truth(
        letter="b", title="Everything happens at school", question=3, where=where(county, [spot.segment]),
        sentence=f"{schools.name[school]} writes its own address on every form; two complaints to the council are all "
        "that anybody else has.",
        from_day=as_date(days[0]), to_day=as_date(days[-1]), feeds=(FEEDS_OF["concern"][0], FEEDS_OF["exclusion"][0]),
        agencies=("education",),
        expected={
            "concerns": 130, "exclusions": 62, "records_of_other_agencies": 2, "school_urn": int(schools.urn[school]),
            "school": str(schools.name[school]), "ward": str(scene.wards.code[scene.segments.ward[spot.segment]]),
        },
    )  # fmt: skip
    return with_truth(take_ground(county, spot), told)


def one_child(planting: Planting, rng: np.random.Generator) -> Planting:
    """(c) Forty episodes in four months from one place of supported accommodation, mostly in the afternoon, one child's."""
    homes = planting.sites.homes
    ours = np.flatnonzero(np.isnat(homes.closed) & (homes.kind == "Supported accommodation"))
    free = ours[(gaps(planting, homes.segment[ours]) > SPOT_M) & open_ground(planting)[homes.segment[ours]]]
    if len(free) == 0:
        raise CannotPlant("no supported accommodation stands on free ground")
    home = int(rng.choice(free))
    spot, child = spot_at(planting, int(homes.segment[home])), least_missing(planting)
    county = clear(moved_in(planting, child, home), spot)
    at = each_month(county, _EPISODES, rng, (13.0, 21.0))
    county = add(county, "missing", at, spot.segment, rng, child=np.full(len(at), child), also=("interview",))
    told = Truth(
        letter="c", title="One tenant", question=6, where=where(county, [spot.segment]),
        sentence="One child in supported accommodation went missing forty times in four months; nobody else did here.",
        from_day=as_date(month_start(county, 20)), to_day=as_date(month_end(county, 23)),
        feeds=("social_care_missing", "return_interviews_rhi"), agencies=("social_care", "return_interviews"),
        expected={
            "episodes": len(at), "people": 1, "most_in_a_month": max(_EPISODES.values()), "home_urn": str(homes.urn[home]),
        },
    )  # fmt: skip
    return with_truth(take_ground(county, spot), told)


def new_place(planting: Planting, rng: np.random.Generator) -> Planting:
    """(d) Six a month in four feeds from month 20 on, Wednesday to Saturday, over three streets; two in all before."""
    spot = quiet_spot(planting, rng)
    county, streets = clear(planting, spot), streets_round(planting, spot, 110.0, 3)
    total = 0
    for stream, count in _NEW.items():
        at = uneven(county, 20, [count] * 7, rng, (15.5, 22.5), WED_TO_SAT)
        county, total = strewn(county, stream, at, streets, rng), total + len(at)
    county = add(county, "crime", moments(months(county, 3, 15), 2, rng), spot.segment, rng)
    told = Truth(
        letter="d", title="New since the spring", question=1, where=where(county, streets),
        feeds=feeds_of(*_NEW), agencies=agencies_of(*_NEW),
        sentence="Two crimes were all that was recorded here until month 20; since then it has been six records a month.",
        from_day=as_date(month_start(county, 20)), to_day=as_date(county.history.last_day),
        expected={"before": 2, "a_month_since": sum(_NEW.values()), "records": total, "first_month": 20},
    )  # fmt: skip
    return with_truth(take_ground(county, spot), told)


def seafront(planting: Planting, rng: np.random.Generator) -> Planting:
    """(h) Two streets of the front, busy on July and August afternoons, a little from Easter."""
    if not planting.scene.segments.seafront.any():
        raise CannotPlant("no street lies on the front")
    spot = quiet_spot(planting, rng, among=planting.scene.segments.seafront)
    county, streets = clear(planting, spot), streets_round(planting, spot, 90.0, 2)
    first = int(month_start(county, 1).astype("datetime64[M]").astype(np.int64))
    counts = [_SUMMER[(first + number) % 12] for number in range(26)]
    at = uneven(county, 1, counts, rng, (11.0, 20.0), (3, 4, 5, 6))
    streams = ("incident", "ae", "asb", "missing")
    turn = rng.choice(4, len(at), p=[0.35, 0.1, 0.4, 0.15])
    for which, stream in enumerate(streams):
        county = strewn(county, stream, at[turn == which], streets, rng)
    told = Truth(
        letter="h", title="The beach in summer", question=1, where=where(county, streets),
        feeds=feeds_of(*streams), agencies=agencies_of(*streams),
        sentence="These two streets by the beach fill up each July and August and empty again.",
        from_day=as_date(county.history.first_day), to_day=as_date(county.history.last_day),
        expected={
            "records": len(at), "july_and_august_a_month": 14.0, "november_to_march_a_month": 0.8, "summers": 2,
        },
    )  # fmt: skip
    return with_truth(take_ground(county, spot), told)


def after_school(planting: Planting, rng: np.random.Generator) -> Planting:
    """(i) Five stops of one route, one record in three school days there between 15:15 and 17:00, a few at other hours."""
    route, segments = _five_stops(planting)
    spots = [spot_at(planting, segment, 70.0) for segment in segments.tolist()]
    county = planting
    for spot in spots:
        county = clear(county, spot)
    every = months(county, 1, 26)
    days = every[school_term(every)]
    streams = ("incident", "concern", "asb", "session")
    at = moments(days, round(0.36 * len(days)), rng, (15.3, 16.9))
    turn = rng.choice(4, len(at), p=[0.3, 0.3, 0.3, 0.1])
    for which, stream in enumerate(streams):
        county = strewn(county, stream, at[turn == which], segments, rng, hours_lost=0.0)
    stray = moments(every, round(0.09 * len(at)), rng, (18.5, 23.0))
    county = strewn(county, "asb", stray, segments, rng, hours_lost=0.0)
    rounds = tuple(replace(where(county, [one]), radius_m=70.0) for one in segments.tolist())
    told = Truth(
        letter="i", title="The ride home", question=8, where=rounds[0], others=rounds[1:],
        feeds=feeds_of(*streams), agencies=agencies_of(*streams),
        sentence=f"Along five stops of route {route} nine records in ten fall between 15:15 and 17:00 on school days.",
        from_day=as_date(days[0]), to_day=as_date(days[-1]),
        expected={
            "records": len(at) + len(stray), "share_in_the_window": round(len(at) / (len(at) + len(stray)), 3),
            "route": route, "streets": len(segments),
        },
    )  # fmt: skip
    return with_truth(take_ground(county, *spots), told)


def across_the_border(planting: Planting, rng: np.random.Generator) -> Planting:
    """(j) Nine records one side of a boundary and six the other in fourteen weeks, in four feeds."""
    level = "ward" if len(planting.scene.wards.district_code) < 2 else "district"
    areas = planting.geography.wards if level == "ward" else planting.geography.districts
    crossing = a_crossing(planting, areas, rng)
    (east, north), (other_east, other_north) = crossing.points
    spot = Spot((east + other_east) / 2, (north + other_north) / 2, 130.0, crossing.segment)
    county = clear(planting, spot)
    days = last_days(county, 98)[:-7]
    sides = {"missing": (2, 1), "asb": (3, 2), "incident": (3, 2), "session": (1, 1)}
    for stream, counts in sides.items():
        for point, count in zip(crossing.points, counts, strict=True):
            at = moments(on(days, THU_TO_SAT), count, rng, (16.0, 23.0))
            county = add(county, stream, at, crossing.segment, rng, prompt=True, centre=point)
    names = tuple(areas.names[area] for area in crossing.areas)
    told = Truth(
        letter="j", title="Two halves", question=1, feeds=feeds_of(*sides), agencies=agencies_of(*sides),
        sentence=f"{names[0]} has nine records of one place and {names[1]} the other six, in fourteen weeks.",
        where=_point(county, crossing.segment, (spot.easting_m, spot.northing_m)),
        from_day=as_date(days[0]), to_day=as_date(days[-1]),
        expected={"records": 15, "each_side": 6, "boundary": level, "sides": names},
        others=tuple(_point(county, crossing.segment, point) for point in crossing.points),
    )  # fmt: skip
    return with_truth(take_ground(county, spot), told)


def hearsay(planting: Planting, rng: np.random.Generator) -> Planting:
    """(k) Eight logs assessed E, and three reports that police, youth workers and a school all write down."""
    spot = quiet_spot(planting, rng)
    county = clear(planting, spot)
    days = last_days(county, 100)[:-10]
    for grade, count in (("2/E/P", 3), ("3/E/C", 3), ("2/E/C", 2)):
        at = moments(days, count, rng, (10.0, 22.0))
        county = add(county, "intelligence", at, spot.segment, rng, prompt=True, grade=grade, theme="CL")
    taught = days[school_term(days)]
    at = moments(taught if len(taught) else days, 3, rng, (16.0, 19.0))
    county = add(
        county,
        "intelligence",
        at,
        spot.segment,
        rng,
        also=("session", "concern"),
        prompt=True,
        grade="2/D/P",
        theme="CL",
    )
    told = Truth(
        letter="k", title="Everybody has heard it", question=3, where=where(county, [spot.segment]),
        feeds=feeds_of("intelligence", "session", "concern"), agencies=agencies_of("intelligence", "session", "concern"),
        sentence="Eight logs are assessed as suspected false; the other nine records are three reports, told three times.",
        from_day=as_date(days[0]), to_day=as_date(days[-1]),
        expected={
            "records": 17, "suspected_false": 8, "linked_events": 11, "independent_reports": 3, "agencies_a_report": 3,
        },
    )  # fmt: skip
    return with_truth(take_ground(county, spot), told)


def operation(planting: Planting, rng: np.random.Generator) -> Planting:
    """(l) Four weekends of stop and search, each finding more, drugs and blades; the public reports one a month."""
    spot = quiet_spot(planting, rng)
    county, streets = clear(planting, spot), streets_round(planting, spot, 60.0, 2)
    for number, count in _OPERATIONS.items():
        days = month_start(county, number) + 6 + np.arange(12)
        at = moments(on(days, THU_TO_SAT), count, rng, (20.0, 23.9))
        drugs = rng.random(len(at)) < 0.75
        for kind, chosen in (("92D", drugs), ("10D", ~drugs)):
            county = strewn(county, "crime", at[chosen], streets, rng, hours_lost=0.0, prompt=True, kind=kind)
    reported = each_month(county, dict.fromkeys(range(1, 27), 1), rng, (9.0, 22.0))
    county = strewn(county, "crime", reported, streets, rng, prompt=True, kind="58C")
    total = sum(_OPERATIONS.values())
    told = Truth(
        letter="l", title="Weekends of searching", question=4, where=where(county, streets),
        feeds=feeds_of("crime"), agencies=agencies_of("crime"),
        sentence=f"{total} possession offences here come of four operations; what people report has not changed.",
        from_day=as_date(month_start(county, 14) + 6), to_day=as_date(month_start(county, 25) + 17),
        expected={
            "discovered": total, "discovered_by_operation": tuple(_OPERATIONS.values()),
            "operations_in_months": tuple(_OPERATIONS), "reported_a_month": 1,
        },
    )  # fmt: skip
    return with_truth(take_ground(county, spot), told)


def _by_a_park(planting: Planting) -> Bools:
    """Streets of settlements within 120 metres of a park."""
    segments, parks = planting.scene.segments, planting.scene.parks.shape
    if len(parks) == 0:
        return np.asarray(segments.town >= 0)
    middles = cKDTree(np.column_stack([segments.easting_m, segments.northing_m]))
    near = middles.query_ball_point(shapely.get_coordinates(shapely.centroid(parks)), 120.0)
    beside = np.zeros(len(segments.name), dtype=np.bool_)
    beside[[one for group in near for one in group]] = True
    return np.asarray(beside & (segments.town >= 0))


def _five_stops(planting: Planting) -> tuple[str, Ints]:
    """Five streets in a row of the last route with as many free ones, off the county's busiest corridor if it can be."""
    geography, town = planting.geography, planting.scene.segments.town >= 0
    for apart in (True, False):
        for route in reversed(geography.bus.routes):
            stops = dict.fromkeys(geography.bus.stops.street[route.inbound].tolist())
            free = [one for one in stops if town[one] and not (apart and one in planting.scene.corridor)]
            chosen = np.array(free, dtype=np.int64)
            chosen = chosen[(gaps(planting, chosen) > 70.0) & open_ground(planting)[chosen]]
            if len(chosen) >= 5:
                return route.number, chosen[:5]
    raise CannotPlant("no bus route has five stops on free streets")


def _point(planting: Planting, segment: int, point: tuple[float, float]) -> Where:
    told = where(planting, [segment], 130.0)
    return replace(told, easting_m=point[0], northing_m=point[1], cell=cell_of(*point))
