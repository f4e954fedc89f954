"""What an agency's feeds added: for its own people, and for those who look after every feed. Never beside another's.

Counts of records and events are told as a release would tell them, because the page is there to be handed on; a share of
a place says whose records the evidence rests on, and is no score (docs/methods/after.md, joint.md).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trigpoint.changes.year_told import CheckLine, TakenUp, YearTold
from trigpoint.core.workflow.after import YearSpan
from trigpoint.core.workflow.sense_check import OUTCOMES
from trigpoint.gate.answers import Answer
from trigpoint.gate.landing_questions import month_after
from trigpoint.gate.show import rows
from trigpoint.web.after.arriving import Arriving
from trigpoint.web.after.year import coverage_words, months_over, released_words
from trigpoint.web.after.year_work import Tally, action_tally
from trigpoint.web.hot_now.health import Square, agency_health
from trigpoint.web.hot_now.period import Months, months_of
from trigpoint.web.hot_now.sources import Heard
from trigpoint.web.presenters.analysis_cells import said
from trigpoint.web.presenters.choices import coded
from trigpoint.web.presenters.plain import mapping_list, whole, words
from trigpoint.web.presenters.words import counted, day_words

__all__ = ["Added", "MonthSent", "RestsOn", "added_of"]

MOST_QUESTIONS = 8
LEAST_SHARE = 0.005
"""Of a place's evidence: less is told as none."""
NO_SCORE = (
    "A share says whose records the evidence for a place rests on. It is no mark of how well anybody works: a small feed "
    "has small shares, and a place that only one agency sees may be the one that matters. Agencies are not compared here."
)


@dataclass(frozen=True, slots=True)
class MonthSent:
    """One month: what the feeds did, when files came, and how many records were sent and placed, in words."""

    month: str
    square: Square | None
    came: str
    sent: str
    placed: str


@dataclass(frozen=True, slots=True)
class RestsOn:
    """A hotspot of which the agency told a part. `alone` is that nothing of it would be left without the agency."""

    letter: str
    name: str
    where: str
    share: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Added:
    """The page. A list is None where its viewer may not be told of it, and `refused` says why; empty means none."""

    agency: str
    name: str
    span: YearSpan
    lead: tuple[str, ...]
    months: tuple[MonthSent, ...]
    events: tuple[str, ...]
    places: tuple[RestsOn, ...] | None
    places_of: str
    places_period: str
    asked: tuple[str, ...]
    put: tuple[str, ...]
    checks: tuple[str, ...]
    actions: Tally | None
    missing: tuple[str, ...]
    refused: tuple[str, ...]
    waits: bool
    publication: str
    no_score: str = NO_SCORE


def added_of(
    agency: str, told: YearTold, span: YearSpan, heard: Heard, arriving: Sequence[Arriving]
) -> Added:
    """Of one agency in a year or a part of it. `arriving` are months that came, of this agency."""
    today, names = heard.sources.today, dict(heard.sources.agencies)
    choices = heard.ask("choices", {})
    months = months_of(choices, today=min(today, span.end)) if choices is not None else None
    named = months_over(span, today)
    sent = _sent(agency, named, heard)
    placed, squares = _placed(agency, named, heard, choices)
    joint = heard.ask("joint", {**months.test, **months.words}) if months is not None else None
    places = _rests_on(joint, agency)
    here = _where_a_source(agency, told.places, months, heard)
    actions = [one for one in told.actions if one.place in here] if here is not None else None
    by_month = tuple(_month(one, squares, sent, placed, arriving) for one in named)
    return Added(
        agency=agency,
        name=names.get(agency, agency),
        span=span,
        lead=_lead(names.get(agency, agency), sent, places, len(actions or ())),
        months=by_month,
        events=_events(joint, agency),
        places=places,
        places_of=_of_all(joint, places),
        places_period=f"{day_words(months.first)} to {day_words(months.last_day)}"
        if months is not None
        else "",
        asked=_asked(heard, months, places),
        put=_put(told, agency),
        checks=_checks([one for one in told.checks if one.agency == agency]),
        actions=action_tally(actions, today) if actions is not None else None,
        missing=_missing(sent, placed, squares, arriving),
        refused=_refused(heard, agency),
        waits=bool(heard.waits),
        publication=str(choices.about["publication"]) if choices is not None else "",
    )


def _sent(agency: str, named: Sequence[str], heard: Heard) -> dict[str, int] | None:
    """Records by month, with a place or without; None where that is not told."""
    if not named:
        return None
    first, last = (date.fromisoformat(f"{named[at]}-01") for at in (0, -1))
    put = {"agency": agency, "from": first.isoformat(), "to": month_after(last).isoformat()}
    found = heard.ask("series", put)
    if found is None or not _tells_of(found, agency):
        return None
    return dict(zip(words(found.columns["month"]), whole(found.columns["count"]), strict=True))


def _placed(
    agency: str, named: Sequence[str], heard: Heard, choices: Answer | None
) -> tuple[dict[str, int] | None, tuple[Square, ...]]:
    """Records that lie in a district by month, and a square for each month."""
    found = heard.ask("coverage", coverage_words(named)) if named else None
    if found is None or choices is None:
        return None, ()
    own = {str(one["code"]) for one in mapping_list(found.about["feeds"]) if one["agency"] == agency}
    many: Counter[str] = Counter({one: 0 for one in named})
    for feed, month, n in zip(
        words(found.columns["feed"]),
        words(found.columns["month"]),
        whole(found.columns["received"]),
        strict=True,
    ):
        if feed in own and month in many:
            many[month] += n
    districts = {one["code"]: one["name"] for one in coded(choices.parts["districts"])}
    (health,) = agency_health(found, ((agency, ""),), named, districts)
    return (dict(many) if own else None), health.squares


def _refused(heard: Heard, agency: str) -> tuple[str, ...]:
    """Refusals, and which feeds of the agency are in none or not all of it."""
    why = [one for answer in heard.answers for one in mapping_list(answer.about.get("why", ()))]
    own = (str(one["sentence"]) for one in why if one.get("agency") == agency)
    return tuple(dict.fromkeys((*heard.refusals, *own)))


def _tells_of(answer: Answer, agency: str) -> bool:
    """Whether a feed of the agency is in the answer: what is left out of it is no nought."""
    return any(one["agency"] == agency for one in mapping_list(answer.about["feeds"]))


def _month(
    month: str,
    squares: Sequence[Square],
    sent: Mapping[str, int] | None,
    placed: Mapping[str, int] | None,
    arriving: Sequence[Arriving],
) -> MonthSent:
    spoken = f"{date.fromisoformat(f'{month}-01'):%B %Y}"
    square = next((one for one in squares if one.words.startswith(f"{spoken}:")), None)
    return MonthSent(
        month=spoken,
        square=square,
        came=_came([one for one in arriving if one.month == month]),
        sent=released_words(sent.get(month, 0)) if sent is not None else "not told to you",
        placed=released_words(placed.get(month, 0)) if placed is not None else "not told to you",
    )


def _came(files: Sequence[Arriving]) -> str:
    if not files:
        return ""
    late = [one.arrived.late_days for one in files if one.arrived.late_days]
    if not late:
        return "on time" if len(files) == 1 else f"all {len(files)} feeds on time"
    return f"{len(late)} of {counted(len(files), 'feed', 'feeds')} late, by {counted(max(late), 'day', 'days')} at most"


def _rests_on(joint: Answer | None, agency: str) -> tuple[RestsOn, ...] | None:
    """Hotspots told with their place of whose evidence the agency has a share, in the order of their letters."""
    if joint is None or not _tells_of(joint, agency):
        return None
    shares = {
        one["id"]: float(one["of_whole"]) for one in rows(joint.parts["shares"]) if one["agency"] == agency
    }
    return tuple(
        RestsOn(
            letter=str(one["letter"]),
            name=str(one["name"]),
            where=", ".join(filter(None, (str(one["ward"]), str(one["district"])))),
            share=_share(shares[one["id"]]),
            alone=agency in one["gone_without"],
        )
        for one in rows(joint.columns)
        if one["verdict"] != "few" and shares.get(one["id"], 0.0) >= LEAST_SHARE
    )


def _share(share: float) -> str:
    """A share in words that a room understands; finer would say more than is known."""
    edges = (
        (0.9, "nearly all"),
        (0.6, "most"),
        (0.4, "about half"),
        (0.28, "about a third"),
        (0.18, "about a fifth"),
    )
    return next((words for edge, words in edges if share >= edge), "a smaller part")


def _of_all(joint: Answer | None, places: Sequence[RestsOn] | None) -> str:
    if joint is None or places is None:
        return ""
    every = sum(one["verdict"] != "few" for one in rows(joint.columns))
    alone = sum(one.alone for one in places)
    return (
        f"{len(places)} of {counted(every, 'hotspot', 'hotspots')} of the joined picture "
        f"{'rests' if len(places) == 1 else 'rest'} on these records in part; {alone} would not be seen without them."
    )


def _events(joint: Answer | None, agency: str) -> tuple[str, ...]:
    """Linked events that it told, and those that nobody else did."""
    found = [] if joint is None else [one for one in rows(joint.parts["agencies"]) if one["agency"] == agency]
    return tuple(
        f"Linked events it told of: {released_words(int(one['events']))}. Of these, told by it alone: "
        f"{released_words(int(one['told_alone']))}."
        for one in found
    )


def _where_a_source(
    agency: str, places: Sequence[TakenUp], months: Months | None, heard: Heard
) -> set[int] | None:
    """Places taken up at which the agency has records in the twelve months; None where that is told of none of them."""
    if months is None:
        return None
    found, asked = set(), False
    for one in places:
        put = {"level": one.level, **months.words, "within": list(one.units), "grouping": ["agency"]}
        picture = heard.ask("picture", put)
        if picture is not None and _tells_of(picture, agency):
            asked = True
            table = picture.parts["agency"]
            held = dict(zip(words(table["code"]), whole(table["count"]), strict=True))
            found |= {one.number} if held.get(agency) else set()
    return found if asked else None


def _asked(heard: Heard, months: Months | None, places: Sequence[RestsOn] | None) -> tuple[str, ...]:
    """Questions of the analysis about the places of which it told a part."""
    if months is None or not places:
        return ()
    found = heard.ask("questions", {"level": months.test["level"], **months.words})
    if found is None:
        return ()
    names = {f"{one.name}, {one.where.split(', ')[0]}" for one in places}
    told = [said(str(one["question"])) for one in rows(found.columns) if str(one["place"]) in names]
    more = len(told) - MOST_QUESTIONS
    return (*told[:MOST_QUESTIONS], *((f"And {more} more.",) if more > 0 else ()))


def _put(told: YearTold, agency: str) -> tuple[str, ...]:
    """What meetings asked of it, and what came back."""
    own = [one for one in told.questions if one.asked_of == agency]
    if not own:
        return ()
    open_ones = sum(one.state == "open" for one in own)
    return (f"{counted(len(own), 'question was', 'questions were')} put to it; {open_ones} still open.",)


def _checks(checks: Sequence[CheckLine]) -> tuple[str, ...]:
    many = Counter(one.outcome for one in checks if one.state != "undone")
    taken_back = sum(one.state == "undone" for one in checks)
    lines = [f"{one.words}: {many[code]}." for code, one in OUTCOMES.items() if many[code]]
    return (*lines, *((f"Taken back: {taken_back}.",) if taken_back else ()))


def _lead(
    name: str, sent: Mapping[str, int] | None, places: Sequence[RestsOn] | None, actions: int
) -> tuple[str, ...]:
    lines = []
    if sent is not None:
        total = sum(sent.values())
        lines.append(f"{name} told the partnership of {_records(total)} in the months below.")
    if places:
        alone = sum(one.alone for one in places)
        lines.append(
            f"{counted(len(places), 'hotspot rests', 'hotspots rest')} on them in part"
            f"{f'; {alone} would not be seen without them' if alone else ''}."
        )
    if actions:
        lines.append(
            f"{counted(actions, 'decision was', 'decisions were')} made about places where they are among the sources."
        )
    return tuple(lines)


def _records(n: int) -> str:
    told = released_words(n)
    return f"{told} records" if told.startswith("about") else "fewer than ten records, or none,"


def _missing(
    sent: Mapping[str, int] | None,
    placed: Mapping[str, int] | None,
    squares: Sequence[Square],
    arriving: Sequence[Arriving],
) -> tuple[str, ...]:
    """What could not be used: records without a place, months that came late, months that were silent."""
    lines = []
    share = _unplaced_share(sent, placed)
    if share:
        lines.append(share)
    late = [one for one in arriving if one.arrived.late_days]
    if late:
        lines.append(f"{counted(len(late), 'file', 'files')} came late by the feed’s own habit.")
    silent = [one.words.split(":")[0] for one in squares if one.state in ("silent", "part")]
    if silent:
        lines.append(f"Silent, not quiet, wholly or in some districts: {', '.join(silent)}.")
    return tuple(lines)


def _unplaced_share(sent: Mapping[str, int] | None, placed: Mapping[str, int] | None) -> str:
    """Of a hundred records how many lie in no district, to the nearest five; nothing where there are too few to say."""
    if sent is None or placed is None:
        return ""
    total, lie = sum(sent.values()), sum(placed.get(month, 0) for month in sent)
    if not released_words(total).startswith("about") or lie > total:
        return ""
    share = round(20 * (total - lie) / total) * 5
    if share == 0:
        return "Nearly every record could be placed in a district."
    return f"About {share} in 100 records have no place in a district, and are in no test of places."
