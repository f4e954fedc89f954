"""The pack in words and drawings: what stands on each of its pages, for paper and for slides alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import shapely

from trigpoint.gate.asked import LONDON
from trigpoint.gate.in_place import IN_PLACE_M, NOTHING, standing
from trigpoint.gate.marking import NO_ADVERSE_USE_SENTENCE
from trigpoint.gate.show import rows
from trigpoint.web.hot_now.places import NOTICE_NAMES
from trigpoint.web.hot_now.words import in_words
from trigpoint.web.pack.before_after import before_after_chart, before_after_words
from trigpoint.web.pack.county_map import Lettered, county_map
from trigpoint.web.pack.gathering import Gathered, PlaceHeard
from trigpoint.web.pack.sentences import ABOUT_SOMEBODY
from trigpoint.web.pack.told_place import told_place
from trigpoint.web.presenters.evidence import attributions_of
from trigpoint.web.presenters.plain import mapping_list
from trigpoint.web.presenters.trace import AS_KNOWN, trace_of
from trigpoint.web.presenters.words import counted, day_words

__all__ = ["Meeting", "Paper", "PeoplesWork", "told_pack"]

Json = dict[str, Any]
MOST_PAGES = 8
MOST_ACTIONS, MOST_QUESTIONS, MOST_ENDING, MOST_EVALUATIONS = 12, 8, 10, 4
MOST_DRAWN = 2
STATES = {
    "received": "sent",
    "part": "part silent",
    "silent": "silent",
    "closed": "never sends",
    "none": "not due",
}


@dataclass(frozen=True, slots=True)
class Meeting:
    """What the paper is for. `quadrant` is its name, "" for the county; `held_on` and `frozen_at` None where not known;
    `notes` are sentences on what it is made from.
    """

    quadrant: str
    held_on: date | None
    frozen_at: datetime | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeoplesWork:
    """What people do, as lines that may be shown to the maker; None where that is no part of the maker's duties.

    An evaluation has title, words, short (its words for a slide) and drawn, a `BeforeAfter` or None.
    """

    actions: Sequence[Json] | None = None
    evaluations: Sequence[Json] | None = None
    questions: Sequence[Json] = field(default_factory=tuple)
    ends_before: date | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that is told, as JSON has it, and its drawings: SVG by file name."""

    told: Json
    pictures: Mapping[str, bytes]


def told_pack(
    gathered: Gathered,
    work: PeoplesWork,
    meeting: Meeting,
    *,
    county: str,
    marking: str,
    agencies: Mapping[str, str],
    at: datetime,
) -> Paper:
    """The pack. `agencies` are names by code, `at` the moment it is made."""
    pictures: dict[str, bytes] = {}
    told = {
        **told_head(gathered, meeting, county=county, marking=marking, at=at),
        "most_pages": MOST_PAGES,
        "health": _health(gathered),
        "hot": _hot(gathered, meeting, pictures),
        "places": [told_place(gathered, one, pictures) for one in gathered.places],
        "enforcement": _enforcement(gathered, work),
        "evaluations": _some(_evaluations(work, pictures), MOST_EVALUATIONS),
        "actions": _some(work.actions, MOST_ACTIONS),
        "questions": _questions(gathered, work),
        "method": told_method(gathered, agencies, meeting.frozen_at),
    }
    return Paper(told, pictures)


def told_head(gathered: Gathered, meeting: Meeting, *, county: str, marking: str, at: datetime) -> Json:
    """What stands on every page: marking, for whom, when, and of which months."""
    months, where = gathered.agenda.months, f"{meeting.quadrant} quadrant" if meeting.quadrant else county
    made = _moment(at)
    frozen = meeting.frozen_at
    return {
        "marking": marking,
        "county": county,
        "where": where,
        "title": f"Pack for the meeting, {where}",
        "meeting": f"Meeting of {day_words(meeting.held_on)}"
        if meeting.held_on
        else "For the coming meeting",
        "distribution": f"For the meeting, {where}. Do not forward.",
        "kept_from": [],
        "stamp": f"Frozen {_moment(frozen)}" if frozen else f"Made {made}",
        "notes": list(meeting.notes),
        "made": made,
        "period": f"{day_words(months.first)} to {day_words(months.last_day)}",
        "publication": str(gathered.agenda.tested.about["publication"]),
        "sources": f"Sources: {_feeds(gathered)} counted in the test, to {day_words(months.last_day)}, "
        f"publication {gathered.agenda.tested.about['publication']}.",
        "use": NO_ADVERSE_USE_SENTENCE,
        "waiting": [
            "Part of this was still being worked out when the paper was made and is left out. "
            "Make it again in a few minutes."
        ]
        if gathered.waits
        else [],
        "refused": list(gathered.refusals),
    }


def _feeds(gathered: Gathered) -> str:
    return counted(len(mapping_list(gathered.agenda.tested.about["feeds"])), "feed", "feeds")


def _moment(at: datetime) -> str:
    """ "23 November 2026, 14:05", of the county's clock."""
    return f"{day_words(at.astimezone(LONDON).date())}, {at.astimezone(LONDON):%H:%M}"


def _health(gathered: Gathered) -> Json:
    shown, months = gathered.shown, gathered.agenda.months
    return {
        "sentence": shown.sent_words,
        "months": [f"{date.fromisoformat(f'{one}-01'):%b}" for one in months.named],
        "agencies": [
            {
                "name": one.name,
                "phrase": one.phrase,
                "warn": one.warn,
                "squares": [each.state for each in one.squares],
                "words": [STATES.get(each.state, each.state) for each in one.squares],
            }
            for one in shown.health
        ],
        "unplaced": gathered.agenda.unplaced_words,
        "breaks": list(gathered.agenda.breaks),
    }


def _hot(gathered: Gathered, meeting: Meeting, pictures: dict[str, bytes]) -> Json:
    shown, agenda = gathered.shown, gathered.agenda
    cards = [
        {
            "letter": one.letter,
            "name": one.name,
            "where": ", ".join(word for word in (one.ward, one.district) if word),
            "kind": one.kind.words,
            "since": one.since,
            "people": one.people,
            "seen": f"{one.seeing} of {len(one.agencies)}",
        }
        for one in shown.places
    ]
    changes = [
        {
            "words": one.words,
            "letter": one.letter,
            "name": ", ".join(word for word in (one.name, one.district) if word),
        }
        for one in shown.changes or ()
    ]
    return {
        "sentence": shown.sentence,
        "cards": cards,
        "changes": None if shown.changes is None else changes,
        "since": day_words(agenda.earlier.today),
        "watched": [
            {"name": ", ".join(word for word in (one.name, one.district) if word), "told": one.told}
            for one in shown.watched[:4]
        ],
        "steady": [f"{one.name}, {one.district}" for one in shown.steady],
        "concerns": [{"letter": one.letter, "words": one.words} for one in agenda.concerns],
        "beyond": gathered.beyond,
        "map": _county_map(gathered, pictures),
    }


def _county_map(gathered: Gathered, pictures: dict[str, bytes]) -> Json | None:
    if gathered.districts is None or not len(gathered.districts):
        return None
    columns = gathered.districts.columns
    shapes = shapely.from_wkb(list(columns["wkb"])).tolist()
    districts = [
        (str(code), str(name), shape)
        for code, name, shape in zip(columns["code"], columns["name"], shapes, strict=True)
    ]
    quadrant = gathered.shown.quadrant
    here = frozenset(quadrant.districts) if quadrant else None
    middles = {row.card.number: row.row for row in gathered.places}
    lettered = [
        Lettered(one.letter, middles[one.number]["easting_m"], middles[one.number]["northing_m"])
        for one in gathered.shown.places
        if one.number in middles
    ]
    pictures["county.svg"] = county_map(districts, here, lettered, 440, 330)
    named = "; ".join(f"{one.card.letter} in {one.card.district or 'no district'}" for one in gathered.places)
    return {
        "file": "county.svg",
        "alt": f"Map of the districts with a letter where each place lies: {named or 'no place'}.",
        "caption": "Districts of the county; a letter stands where each place is. "
        "Boundaries: Office for National Statistics.",
    }


def _enforcement(gathered: Gathered, work: PeoplesWork) -> Json | None:
    if gathered.gaps is None or gathered.notices is None:
        return None
    table = [_in_place(one) for one in gathered.places]
    return {
        "sentence": _gap_words(sum(one["gap"] for one in table), len(table)),
        "within_m": IN_PLACE_M,
        "rows": table,
        "idle": _idle_words(sum(bool(one["gap"]) for one in rows(gathered.gaps.parts["notices"]))),
        "caution": str(gathered.gaps.about["sentence"]).split(". ", 2)[-1],
        "ends": _ending(gathered, work),
        "on": day_words(date.fromisoformat(str(gathered.gaps.about["on"]))),
    }


def _gap_words(gaps: int, places: int) -> str:
    if not places:
        return "No place passes the test here."
    if not gaps:
        return f"Every place has a notice in force within {IN_PLACE_M} metres."
    have = "has" if gaps == 1 else "have"
    return f"{in_words(gaps)} of {in_words(places).lower()} {have} no notice told to be in force within {IN_PLACE_M} metres."


def _in_place(place: PlaceHeard) -> Json:
    """The notices in place at one of the papers' places, counted on its own ground, whatever its letter is today."""
    found = standing(place.near) if place.near is not None else NOTHING
    straight = " straight" if found.way == "straight line" else ""
    return {
        "letter": place.card.letter,
        "name": place.card.name,
        "in_place": found.in_force,
        "by_ward": found.by_ward,
        "ends_soon": found.ends_soon,
        "ended": found.ended,
        "nearest": f"{round(found.nearest_m, -1):.0f} m{straight}" if found.in_force else "",
        "gap": not found.in_force,
    }


def _idle_words(idle: int) -> str:
    if not idle:
        return "Every notice in force in the county has some concern around it."
    return f"{counted(idle, 'notice', 'notices')} in force in the county with no concern around."


def _ending(gathered: Gathered, work: PeoplesWork) -> list[str]:
    """Notices that end soon, the first first, by kind and district alone: what is about somebody has no place here."""
    if gathered.notices is None:
        return []
    names = {code: name for name, code in gathered.agenda.districts.items()}
    quadrant = gathered.shown.quadrant
    here = set(quadrant.districts) if quadrant else None
    soon = [
        one
        for one in rows(gathered.notices.columns)
        if one["state"] == "ends_soon" and one["ends"] and (here is None or one["district_code"] in here)
    ]
    counts: dict[tuple[str, str, str], int] = {}
    for one in soon:
        if one["kind"] in ABOUT_SOMEBODY:
            continue
        key = (str(one["ends"])[:10], str(one["kind"]), str(one["district_code"]))
        counts[key] = counts.get(key, 0) + 1
    told = []
    if warned := sum(one["kind"] in ABOUT_SOMEBODY for one in soon):
        told.append(
            f"{counted(warned, 'warning notice ends', 'warning notices end')} soon: the agency that served them knows which."
        )
    for (ends, kind, district), n in sorted(counts.items())[:MOST_ENDING]:
        name = NOTICE_NAMES.get(kind, kind).split(" ", 1)[-1]
        many = f"{n} × {name}" if n > 1 else name[:1].upper() + name[1:]
        told.append(
            f"{day_words(date.fromisoformat(ends))}: {many}, {names.get(district, 'district not told')}."
        )
    if len(counts) > MOST_ENDING:
        told.append(f"{len(counts) - MOST_ENDING} more on the page of notices.")
    return told


def _evaluations(work: PeoplesWork, pictures: dict[str, bytes]) -> list[Json] | None:
    """The first of them with their small charts: a page has no room for more."""
    if work.evaluations is None:
        return None
    lines = []
    for at, one in enumerate(work.evaluations, start=1):
        drawn = one["drawn"] if at <= MOST_DRAWN else None
        if drawn is not None:
            pictures[f"evaluation-{at}.svg"] = before_after_chart(drawn)
        chart = drawn and {"file": f"evaluation-{at}.svg", "alt": before_after_words(drawn)}
        lines.append({**one, "drawn": chart})
    return lines


def _some(lines: Sequence[Json] | None, most: int) -> Json | None:
    return None if lines is None else {"rows": list(lines[:most]), "more": max(len(lines) - most, 0)}


def _questions(gathered: Gathered, work: PeoplesWork) -> Json:
    asked = gathered.shown.questions
    found = [
        {
            "text": one.text,
            "owner": one.owner,
            "told": one.told,
            "letter": one.letter,
            "place": one.place,
        }
        for one in asked or ()
    ]
    lines = [*work.questions, *found]
    further = gathered.shown.further_questions + max(len(lines) - MOST_QUESTIONS, 0)
    return {"rows": lines[:MOST_QUESTIONS], "more": further, "waits": asked is None}


def told_method(gathered: Gathered, agencies: Mapping[str, str], frozen_at: datetime | None = None) -> Json:
    """How the places were found, which feeds told of them under which clause, and what is no part of the figures.

    An answer kept by a freeze was asked as of "now", and its now is the moment of the freeze.
    """
    tested = gathered.agenda.tested
    trace = trace_of(tested, agencies)
    kept = frozen_at is not None and not tested.about.get("known")
    known = f"when it was frozen, {_moment(frozen_at)}" if frozen_at and kept else ""
    by_agency: dict[str, list[str]] = {}
    for one in trace.feeds:
        by_agency.setdefault(one.agency, []).append(one.name)
    return {
        "facts": [[label, known if known and label == AS_KNOWN else said] for label, said in trace.facts],
        "methods": [list(one) for one in trace.methods],
        "feeds": [f"{agency}: {', '.join(names)}" for agency, names in by_agency.items()],
        "left_out": list(trace.left_out),
        "attributions": _each_once(attributions_of(gathered.answers)),
    }


def _each_once(lines: Sequence[str]) -> str:
    """Sentences of several attributions, each once."""
    sentences = [one.strip().rstrip(".") for line in lines for one in line.split(". ")]
    return ". ".join(dict.fromkeys(one for one in sentences if one)) + "."
