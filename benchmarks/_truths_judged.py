"""Answers held against the planted truths: found where real, refused where an artefact."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from benchmarks._truths_asked import Row, Told, month_ends
from benchmarks._truths_places import Ground, as_released, change_p

__all__ = ["JUDGES", "Judged", "judge_all", "others_claimed"]

RIGHT, REFUSED, WRONG, MISSED = "right", "refused rightly", "wrong", "missed"
NOT_PLANTED = "not planted"

Truth = Mapping[str, Any]
Answers = Mapping[str, Told]
CLAIMS = ("fell", "spread", "displaced", "perhaps_moved")
"""Verdicts by which a closure is said to have done something, or to have moved it."""
PICTURES = ("year", "half", "quarter")


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict on one letter: what was asked, what was found, and whether that is right."""

    letter: str
    asked: str
    found: str
    verdict: str


def judge_all(told: Mapping[str, Any], answers: Answers, letters: str) -> list[Judged]:
    """One verdict for each of these letters. `told` is what the county's sealed file holds."""
    planted = {one["letter"]: one for one in told["truths"]}
    ground = Ground.of(answers["streets"].rows)
    judged = []
    for letter, (asked, judge) in JUDGES.items():
        if letter not in letters:
            continue
        if letter not in planted:
            reason = told["unplanted"].get(letter, "")
            judged.append(Judged(letter, asked, str(reason), NOT_PLANTED))
            continue
        verdict, found = judge(planted[letter], answers, ground)
        judged.append(Judged(letter, asked, found, verdict))
    return judged


def others_claimed(told: Mapping[str, Any], answers: Answers) -> list[str]:
    """What is claimed beside the planted truths: of closures, and of places told as hotspots."""
    planted, ground = told["truths"], Ground.of(answers["streets"].rows)
    own = [_closure(one, answers, ground) for one in planted if one["letter"] in "ef"]
    others = [one for one in answers["closures"].rows if not any(one is each for each in own)]
    claimed = [f"{one['verdict']} from {one['starts']} in {one['district_code']}" for one in others
               if one["verdict"] in CLAIMS]  # fmt: skip
    lines = [
        f"{len(claimed)} of {len(others)} other closures said to have changed something: {'; '.join(claimed)}"
    ]
    small = [
        place for one in planted for place in (one["where"], *one["others"]) if place["radius_m"] < 1000.0
    ]
    for name in PICTURES:
        shown = [one for one in answers[name].parts["hotspots"] if one["verdict"] != "few"]
        beside = [one for one in shown if not any(ground.touches(one["units"], place) for place in small)]
        lines.append(f"hotspots of the {name}: {len(shown)}, of which {len(beside)} at no planted place")
    return lines


def _shown(answers: Answers, names: tuple[str, ...], ground: Ground, place: Truth) -> list[tuple[str, Row]]:
    """The hotspots, of the answers named, that are told with a place and lie at the truth's."""
    return [
        (name, one)
        for name in names
        for one in answers[name].parts["hotspots"]
        if ground.touches(one["units"], place)
    ]


def _rising(answers: Answers, name: str, ground: Ground, place: Truth) -> Row | None:
    rows = (one for one in answers[name].parts["rising"] if ground.touches(one["units"], place))
    return next(rows, None)


def _raised(answers: Answers, rule: str, place: Truth, names: tuple[str, ...] = ("meeting",)) -> bool:
    """Whether a meeting's question of that rule names a street of the place."""
    return any(
        one["rule"] == rule and any(one["question"].find(street) >= 0 for street in place["streets"])
        for name in names
        for one in answers[name].rows
    )


def _joint(truth: Truth, answers: Answers, ground: Ground) -> tuple[str, str]:
    """Found, with no single feed that sees it."""
    for one in answers["joined_half"].rows:
        if ground.touches(one["units"], truth["where"]):
            alone = ", ".join(one["alone"]) or "no agency"
            feeds = ", ".join(one["feeds_alone"]) or "no feed"
            found = f"{one['count']} events together; alone: {alone}, {feeds}"
            return (WRONG if one["feeds_alone"] else RIGHT), found
    return MISSED, "not among the joined hotspots"


def _school_gate(truth: Truth, answers: Answers, ground: Ground) -> tuple[str, str]:
    """Found, and told to rest on education alone; or not found."""
    shown = _shown(answers, PICTURES, ground, truth["where"])
    if not shown:
        return REFUSED, "not shown as a hotspot"
    alone = all(one["agencies"] == ["education"] for _, one in shown)
    asks = _raised(answers, "one_agency", truth["where"])
    found = f"shown, by {' and '.join(shown[0][1]['agencies'])}"
    found += "; the meeting is asked whether it happens there or is only written down there" if asks else ""
    if alone or asks:
        return RIGHT, found
    rests = [
        one
        for one in (*answers["joined_year"].rows, *answers["joined_half"].rows)
        if ground.touches(one["units"], truth["where"]) and one["gone_without"] == ["education"]
    ]
    return (RIGHT, f"{found}; gone without education alone") if rests else (WRONG, found)


def _one_child(truth: Truth, answers: Answers, ground: Ground) -> tuple[str, str]:
    """Told of as a concern about one source, in its district, without a place anywhere."""
    shown = _shown(answers, (*PICTURES, "after_school"), ground, truth["where"])
    rising = any(_rising(answers, name, ground, truth["where"]) for name in ("history", "summer"))
    if shown or rising:
        return WRONG, "its place is shown"
    few = [
        one
        for name in PICTURES
        for one in answers[name].parts["hotspots"]
        if one["verdict"] == "few" and one["district"] == truth["where"]["district"]
    ]
    if few:
        return REFUSED, f"told without a place: {few[0]['people']}"
    return MISSED, "neither shown nor told of as a concern about one source"


def _new(truth: Truth, answers: Answers, ground: Ground) -> tuple[str, str]:
    """Rising since the month it began, give or take one, and no season."""
    rising = _rising(answers, "history", ground, truth["where"])
    since = rising["rise_since"] if rising else ""
    shown = [one for _, one in _shown(answers, ("year",), ground, truth["where"]) if one["since"]]
    since = since or (shown[0]["since"] if shown else "")
    if not since:
        return MISSED, "not told as new"
    away = abs(_months(since) - _months(truth["from_day"]))
    season = rising is not None and rising["season_p"] is not None and rising["season_p"] > 0.05
    found = f"more since {since} (it began in {truth['from_day'][:7]}){', called a season' if season else ''}"
    return (RIGHT if away <= 1 and not season else WRONG), found


def _months(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7])


def _closure(truth: Truth, answers: Answers, ground: Ground) -> Row | None:
    start = truth["from_day"]
    here = (
        one
        for one in answers["closures"].rows
        if one["starts"] == start and one["place"] and ground.touches([one["place"]], truth["where"])
    )
    return next(here, None)


def _moved(truth: Truth, answers: Answers, ground: Ground) -> tuple[str, str]:
    one = _closure(truth, answers, ground)
    if one is None:
        return MISSED, "its closure is not among the notices"
    verdicts = {"displaced": RIGHT, "fell": WRONG, "spread": WRONG}
    return verdicts.get(one["verdict"], MISSED), f"{one['verdict']}: {one['sentence']}"


def _peak(truth: Truth, answers: Answers, ground: Ground) -> tuple[str, str]:
    one = _closure(truth, answers, ground)
    if one is None:
        return MISSED, "its closure is not among the notices"
    return (WRONG if one["verdict"] in CLAIMS else REFUSED), f"{one['verdict']}: {one['sentence']}"


def _silent(truth: Truth, answers: Answers, ground: Ground) -> tuple[str, str]:
    """Silent since its month, and whoever else is called silent is told."""
    silent = [one for one in answers["silence"].rows if one["verdict"] in ("silent", "probably silent")]
    here = (truth["feeds"][0], truth["expected"]["district"])
    own = next((one for one in silent if (one["feed"], one["district"]) == here), None)
    others = [f"{one['feed']} in {one['district']} since {one['since']}" for one in silent if one is not own]
    beside = f"; also called silent: {', '.join(others)}" if others else "; no other is"
    if own is None:
        return MISSED, f"not called silent{beside}"
    found = f"{own['verdict']} since {own['since']}{beside}"
    return (RIGHT if own["since"] == truth["from_day"][:7] else WRONG), found


def _season(truth: Truth, answers: Answers, ground: Ground) -> tuple[str, str]:
    """Where its rise is told, it is told as the season."""
    rises = [_rising(answers, name, ground, truth["where"]) for name in ("summer", "history")]
    told = [one for one in rises if one is not None]
    if not told:
        return REFUSED, "not told as new, in October or at the end of August"
    season = all(one["season_p"] is not None and one["season_p"] > 0.05 for one in told)
    return (RIGHT if season else WRONG), told[0]["sentence"]


def _corridor(truth: Truth, answers: Answers, ground: Ground) -> tuple[str, str]:
    """The route called, and at least half of its streets hot after school."""
    called = [
        one for one in answers["routes"].parts["routes"] if one["q"] <= 0.05 and (one["ratio"] or 0.0) > 1.0
    ]
    called.sort(key=lambda one: (one["p"], -one["ratio"]))
    numbers = [one["route"] for one in called]
    route = truth["expected"]["route"]
    places = [truth["where"], *truth["others"]]
    hot = sum(bool(_shown(answers, ("after_school",), ground, place)) for place in places)
    rank = f"route {route} is number {numbers.index(route) + 1} of" if route in numbers else "not among"
    found = (
        f"{rank} the {len(called)} routes called (of {len(answers['routes'].parts['routes'])}); {hot} of "
        f"{len(places)} streets hot after school"
    )
    if route in numbers and 2 * hot >= len(places):
        return RIGHT, found
    return MISSED, found


def _border(truth: Truth, answers: Answers, ground: Ground) -> tuple[str, str]:
    """Told as one place."""
    shown = _shown(answers, PICTURES, ground, truth["where"])
    if not shown:
        return MISSED, "not shown in a year, half a year or a quarter"
    asks = _raised(answers, "across_a_border", truth["where"], ("meeting", "meeting_quarter"))
    name, one = shown[-1]
    found = f"one hotspot in the {name}, {one['count']} events; {'said' if asks else 'not said'} to lie across a border"
    return RIGHT, found


def _hearsay(truth: Truth, answers: Answers, ground: Ground) -> tuple[str, str]:
    """Not a hotspot; whether what three agencies copied is said to be one report is told beside."""
    shown = _shown(answers, PICTURES, ground, truth["where"])
    rising = any(_rising(answers, name, ground, truth["where"]) for name in ("history", "summer"))
    circular = answers["events"].about["circular"]
    found = f"{circular} events of the county said to look like one report told round"
    if shown or rising:
        return WRONG, f"shown as a hotspot; {found}"
    return REFUSED, f"no hotspot: grade E is not tested, linked events count once; {found}"


def _operation(truth: Truth, answers: Answers, ground: Ground) -> tuple[str, str]:
    """Not a hotspot of what was reported; seen where discovered records are asked for."""
    shown = _shown(answers, PICTURES, ground, truth["where"])
    rising = any(_rising(answers, name, ground, truth["where"]) for name in ("history", "summer"))
    if shown or rising:
        return WRONG, "shown as a hotspot of the usual test"
    own = _shown(answers, ("discovered",), ground, truth["where"])
    asks = _raised(answers, "found_by_us", truth["where"])
    found = "no hotspot of the usual test"
    found += "; one of discovered records" if own else ""
    found += "; the meeting is asked whether it is found because it is searched" if asks else ""
    return (REFUSED if own or asks else MISSED), found


def _boundary(truth: Truth, answers: Answers, ground: Ground) -> tuple[str, str]:
    """The break is named for wards, and neither ward nor the LSOA is told to have changed."""
    expected = truth["expected"]
    breaks = [one["code"] for one in answers["wards"].about["definition_breaks"]]
    finer = [one["code"] for one in answers["lsoas"].about["definition_breaks"]]
    said = []
    moved = []
    for level, code in (
        ("wards", expected["from_ward_now"]),
        ("wards", expected["to_ward_now"]),
        ("lsoas", expected["lsoa"]),
    ):
        before, after = (_count(answers[f"{level}_{when}"].rows, code) for when in ("before", "after"))
        said.append(f"{before} to {after}")
        moved.append((after - before) if change_p(before, after) < 0.01 else 0)
    rising = {one["code"] for one in answers["ward_history"].parts["rising"]}
    called = rising & {expected["from_ward_now"], expected["to_ward_now"]}
    exchanged = (moved[0] < 0 < moved[1]) or bool(called)
    found = (
        f"losing ward {said[0]}, gaining ward {said[1]}, the LSOA {said[2]}; break named for wards: "
        f"{', '.join(breaks) or 'none'}{', for LSOAs too' if finer else ''}"
    )
    return (RIGHT if breaks and not exchanged and moved[2] == 0 else WRONG), found


def _count(rows: list[Row], code: str) -> int:
    return next((int(one["count"]) for one in rows if one["code"] == code), 0)


def _code(truth: Truth, answers: Answers, ground: Ground) -> tuple[str, str]:
    """Neither theme is told to have shifted, and the change of code is named."""
    rows = {one["theme"]: one for one in answers["shifts"].rows}
    two = [rows[theme] for theme in ("cse", "cce")]
    found = "; ".join(f"{one['theme'].upper()}: {one['verdict']}" for one in two)
    if any(one["verdict"] == "real" for one in two):
        return WRONG, found
    named = all("social_care" in one["changed"] for one in two)
    return (RIGHT if named else REFUSED), found


def _differencing(truth: Truth, answers: Answers, ground: Ground) -> tuple[str, str]:
    """Right only if both hold: of the pictures as known at each pair of adjacent months' ends that the truth names, those
    between which its records came differ by them, for the analyst inside; and two releases of the quarter, as known
    before they came and after, give nobody outside anything away."""
    expected = truth["expected"]
    days = month_ends(truth["from_day"], truth["to_day"])
    known = {day: _count(answers[f"known {day}"].rows, expected["ward"]) for day in days}
    between = (expected["known_after"], expected["known_by"])
    sees_two = between in pairwise(days) and known[between[1]] - known[between[0]] == expected["difference"]
    said = ", then ".join(
        f"{known[day]} (alone {as_released(known[day])})" for day in between if day in known
    )
    released = answers["released"]
    leaks = [str(one["leak"]) for one in released.rows]
    ward = "; ".join(" and ".join(_number(one) for one in both) for both in released.about["ward"])
    told = " and ".join(f"{many} of {of}" for many, of in released.about["told"])
    proof = f"gives away: {'; '.join(leaks[:3])}" if leaks else "both together give nothing away"
    found = f"the analyst sees {said}; two releases tell {told} cells, of the ward's quarter {ward}; {proof}"
    return (MISSED if not sees_two else WRONG if leaks else RIGHT), found


def _number(told: int | None) -> str:
    return "withheld" if told is None else str(told)


Judge = Callable[[Truth, Answers, Ground], tuple[str, str]]
JUDGES: Mapping[str, tuple[str, Judge]] = {
    "a": ("joint, streets, half a year", _joint),
    "b": ("hotspots by their own past; the meeting's questions", _school_gate),
    "c": ("hotspots by their own past", _one_child),
    "d": ("emerging, streets", _new),
    "e": ("evaluation of every closure", _moved),
    "f": ("evaluation of every closure", _peak),
    "g": ("silence", _silent),
    "h": ("emerging, to the end of August and of October", _season),
    "i": ("times along every route; hotspots of 15–17 h, Mon–Fri", _corridor),
    "j": ("hotspots by their own past", _border),
    "k": ("hotspots by their own past; events", _hearsay),
    "l": ("hotspots by their own past; of discovered records", _operation),
    "m": ("counts by ward and by LSOA, before and after", _boundary),
    "n": ("shifts", _code),
    "o": ("counts as known on two days; two releases as known on them", _differencing),
}
"""By letter: what was asked, in words, and how its answer is held against the truth."""
