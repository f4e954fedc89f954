"""The slow, obvious twin of the gate: loops over plain records, no SQL, no arrays, no dense ids."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import comb, nan
from zoneinfo import ZoneInfo

from tests.factories.world import (
    AGENCIES,
    CATEGORIES,
    FEED_CODES,
    FEEDS,
    FOREVER,
    STREETS,
    THEMES,
    WARDS,
    Recorded,
    World,
    county_cells,
    district_code,
    lsoa_code,
    ward_code,
)
from tests.factories.world import people as people_of_ward
from trigpoint.core.sharing.agreement import GRADES, HANDLINGS, LOCATION_ROLES, MARKINGS
from trigpoint.core.sharing.policy import FeedGrant
from trigpoint.gate.questions import DETECTIONS, Question


def permitted(world: World, grants: tuple[FeedGrant, ...]) -> list[tuple[Recorded, FeedGrant]]:
    """The records that grants permit, each with the grant it comes under."""
    by_feed = {grant.feed: grant for grant in grants}
    found = []
    for one in world.records:
        grant = by_feed.get(FEED_CODES[one.feed])
        if grant is not None and not kept_back(one, grant):
            found.append((one, grant))
    return found


def kept_back(one: Recorded, grant: FeedGrant) -> bool:
    """Whether what a record says of itself keeps it from this audience."""
    return (
        role_word(one) in grant.without_roles
        or HANDLINGS[one.handling] in grant.without_handling
        or GRADES[one.grade] in grant.without_grades
        or MARKINGS[one.marking] in grant.without_markings
    )


def role_word(one: Recorded) -> str:
    return "none" if one.easting_m is None else LOCATION_ROLES[one.role]


def known(one: Recorded, on: date | None) -> bool:
    """As known at the end of a day in the county, or now."""
    if on is None:
        return one.known_to == FOREVER
    midnight = datetime.combine(on + timedelta(days=1), datetime.min.time(), tzinfo=ZoneInfo("Europe/London"))
    end = midnight.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
    return one.known_from < end <= one.known_to


def hour_told(one: Recorded, grant: FeedGrant) -> int:
    return one.hour if "hours" in grant.fields else -1


def selected(
    world: World, question: Question, grants: tuple[FeedGrant, ...], *, whole_history: bool = False
) -> list[tuple[Recorded, FeedGrant]]:
    return [
        (one, grant)
        for one, grant in permitted(world, grants)
        if passes(one, grant, question, world.anchors, whole_history=whole_history)
    ]


def passes(
    one: Recorded, grant: FeedGrant, question: Question, anchors: bool, *, whole_history: bool = False
) -> bool:
    if not known(one, question.known):
        return False
    if not whole_history:
        if question.period_from and one.day < question.period_from:
            return False
        if question.period_to and one.day >= question.period_to:
            return False
    wanted = (
        (question.hours, hour_told(one, grant)),
        (question.weekdays, one.day.weekday() if one.day_known else -1),
        (question.agencies, AGENCIES[one.agency]),
        (question.feeds, FEED_CODES[one.feed]),
        (question.categories, CATEGORIES[one.category][0]),
        (question.roles, role_word(one)),
        (question.detections, DETECTIONS[one.detection]),
        (question.qualities, "ABCDE"[one.quality - 1]),
    )
    if any(filters and value not in filters for filters, value in wanted):
        return False
    carried = {code for bit, code in THEMES if bit in one.themes}
    if question.themes and not carried & set(question.themes):
        return False
    return not question.within or any(lies_within(one, place, anchors) for place in question.within)


def lies_within(one: Recorded, place: str, anchors: bool) -> bool:
    if place == "Wexby":
        return one.ward == 2
    if place.startswith(("S", "at-")):
        return unit_of(one, "street", None, anchors) == place
    return place in (district_code(one.district), ward_code(one.ward), lsoa_code(one.lsoa))


def unit_of(one: Recorded, level: str, resolution: int | None, anchors: bool) -> str | None:
    """The code of the unit a record lies in; None for none."""
    if level == "cell":
        return one.cell(resolution or 0)
    if level == "street":
        if anchors:
            return (
                None if one.easting_m is None else f"at-{one.easting_m:.1f}-{one.northing_m:.1f}-{one.feed}"
            )
        return None if one.street < 0 else f"S{one.street:02d}"
    number = getattr(one, level)
    return (
        None
        if number < 0
        else {"district": district_code, "ward": ward_code, "lsoa": lsoa_code}[level](number)
    )


def counts(world: World, question: Question, grants: tuple[FeedGrant, ...]) -> tuple[Counter[str], int]:
    """Records in each unit, and how many lie in none."""
    found = units(selected(world, question, grants), question, world.anchors)
    return Counter(unit for unit in found if unit is not None), found.count(None)


def units(records: list[tuple[Recorded, FeedGrant]], question: Question, anchors: bool) -> list[str | None]:
    """The code of each record's unit at the question's level."""
    return [unit_of(one, question.level, question.resolution, anchors) for one, _ in records]


def left_out(one: Recorded, feed: str, district: str, themes: list[str]) -> bool:
    """Whether a record is among those of a feed that cannot be compared: there, or of themes, or all of them."""
    if FEED_CODES[one.feed] != feed:
        return False
    if district and one.district >= 0 and district_code(one.district) != district:
        return False
    return not themes or bool({code for bit, code in THEMES if bit in one.themes} & set(themes))


def months(records: list[tuple[Recorded, FeedGrant]]) -> Counter[str]:
    return Counter(f"{one.day:%Y-%m}" for one, _ in records)


def week(records: list[tuple[Recorded, FeedGrant]]) -> tuple[list[list[int]], int]:
    """Weekday by hour, and how many have no hour or no day."""
    table = [[0] * 24 for _ in range(7)]
    without = 0
    for one, grant in records:
        hour = hour_told(one, grant)
        if hour < 0 or not one.day_known:
            without += 1
        else:
            table[one.day.weekday()][hour] += 1
    return table, without


def by_agency(records: list[tuple[Recorded, FeedGrant]]) -> Counter[str]:
    return Counter(AGENCIES[one.agency] for one, _ in records)


def by_category(records: list[tuple[Recorded, FeedGrant]]) -> Counter[str]:
    return Counter(CATEGORIES[one.category][0] for one, _ in records)


def by_route(records: list[tuple[Recorded, FeedGrant]]) -> Counter[str]:
    """How each came to be known, of feeds that may tell it."""
    return Counter(DETECTIONS[one.detection] for one, grant in records if "detection" in grant.fields)


def by_grade(records: list[tuple[Recorded, FeedGrant]]) -> Counter[str]:
    """How each was assessed, of feeds that may tell how it came to be known."""
    return Counter(GRADES[one.grade] for one, grant in records if "detection" in grant.fields)


def by_quality(records: list[tuple[Recorded, FeedGrant]]) -> Counter[str]:
    return Counter("ABCDE"[one.quality - 1] for one, _ in records)


def by_theme(records: list[tuple[Recorded, FeedGrant]]) -> Counter[str]:
    return Counter(code for one, _ in records for bit, code in THEMES if bit in one.themes)


def every_code(level: str) -> set[str]:
    many = {"district": WARDS // 3, "ward": WARDS, "lsoa": 2 * WARDS}[level]
    code = {"district": district_code, "ward": ward_code, "lsoa": lsoa_code}[level]
    return {code(number) for number in range(many)}


def coverage(records: list[tuple[Recorded, FeedGrant]]) -> Counter[tuple[str, str, str]]:
    return Counter(
        (FEEDS[one.feed][0], district_code(one.district), f"{one.day:%Y-%m}")
        for one, _ in records
        if one.district >= 0
    )


def tested(world: World, question: Question, grants: tuple[FeedGrant, ...]) -> set[str]:
    """The units tested: those of the county, and cells beyond it and anchor points where a permitted record lies."""
    lying = [(one, grant) for one, grant in permitted(world, grants) if known(one, question.known)]
    found = {unit for unit in units(lying, question, world.anchors) if unit is not None}
    if question.level == "cell":
        return set(county_cells(question.resolution or 0)) | found
    if question.level != "street":
        return every_code(question.level)
    return found if world.anchors else {f"S{street:02d}" for street in range(STREETS)}


def may_be_tested(
    world: World, question: Question, grants: tuple[FeedGrant, ...]
) -> list[tuple[Recorded, FeedGrant]]:
    """The records selected that are neither graded E nor discovered by our own work, unless that was asked for."""
    return [
        (one, grant)
        for one, grant in selected(world, question, grants)
        if one.grade != 5 and (question.detections or one.detection != 2)
    ]


def ward_test(
    world: World, question: Question, grants: tuple[FeedGrant, ...]
) -> dict[str, tuple[int, float, float]]:
    """For each ward, with the wards beside it: records there, expected, and the exact upper tail; NaN where not tested."""
    every = replace(question, themes=(), categories=(), hours=(), weekdays=())
    held = Counter(one.ward for one, _ in may_be_tested(world, question, grants) if one.ward >= 0)
    everything = Counter(one.ward for one, _ in may_be_tested(world, every, grants) if one.ward >= 0)
    known = range(WARDS - 1)
    found = {}
    for ward in range(WARDS):
        beside = [one for one in (ward - 1, ward, ward + 1) if 0 <= one < WARDS]
        if question.background == "records":
            around, n = sum(held[one] for one in beside), sum(everything[one] for one in beside)
            found[ward_code(ward)] = around, *_hypergeometric(around, n, held.total(), everything.total())
            continue
        living = {one: Fraction(int(people_of_ward(one, ages=world.ages))) for one in known}
        inside = [one for one in beside if one in known]
        around = sum(held[one] for one in inside) + (held[ward] if ward not in known else 0)
        trials = sum(held[one] for one in known)
        share = sum(living[one] for one in inside) / sum(living.values())
        tested = ward in known and trials and share < 1
        found[ward_code(ward)] = around, *(_binomial(around, share, trials) if tested else (nan, nan))
    return found


def _hypergeometric(x: int, n: int, marked: int, total: int) -> tuple[float, float]:
    if not (0 < n < total and 0 < marked < total):
        return nan, nan
    ways = sum(comb(marked, i) * comb(total - marked, n - i) for i in range(x, min(n, marked) + 1))
    return n * marked / total, float(Fraction(ways, comb(total, n)))


def _binomial(x: int, share: Fraction, trials: int) -> tuple[float, float]:
    tail = sum(comb(trials, i) * share**i * (1 - share) ** (trials - i) for i in range(x, trials + 1))
    return float(trials * share), float(tail)


def people(records: list[Recorded]) -> tuple[int, int]:
    """The fewest and the most people that records may be about, each an event of its own."""
    keys = {(one.agency, one.token) for one in records if one.token}
    most_known = max((sum(key[0] == agency for key in keys) for agency in range(len(AGENCIES))), default=0)
    return most_known, len(keys) + sum(not one.token for one in records)
