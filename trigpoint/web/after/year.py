"""A year of the partnership on one page, for the board: districts and counts of work, no street, no site, nobody.

People's work comes from changes/year_told.py; every figure of records from the gate, as whoever reads may know it.
What each word means is in docs/methods/after.md.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from trigpoint.changes.year_told import PlanLine, TakenUp, YearTold
from trigpoint.core.disclosure.suppress import released
from trigpoint.core.workflow.after import (
    LEAST_MONTHS,
    Became,
    Seen,
    YearSpan,
    became_of,
    months_between,
)
from trigpoint.gate.answers import Answer
from trigpoint.gate.kinds.evaluation_words import BEYOND_CHANCE, NOT_THE_WORK, NOT_TOLD_FROM_CHANCE
from trigpoint.gate.landing_questions import month_after
from trigpoint.gate.release_rules import shipped_release_rules
from trigpoint.gate.show import rows
from trigpoint.web.after.arriving import Arriving, late_lines
from trigpoint.web.after.year_work import (
    Tally,
    action_tally,
    check_tally,
    dose_lines,
    doubt_lines,
    lead_lines,
    meeting_tally,
    place_tally,
    question_lines,
    release_lines,
    unmet_lines,
)
from trigpoint.web.hot_now.health import AgencyHealth, agency_health
from trigpoint.web.hot_now.period import Months, months_of
from trigpoint.web.hot_now.places import NOTICE_NAMES
from trigpoint.web.hot_now.sources import Heard
from trigpoint.web.pack.sentences import ABOUT_SOMEBODY, sentence_case
from trigpoint.web.presenters.choices import coded
from trigpoint.web.presenters.definition_breaks import definition_breaks
from trigpoint.web.presenters.plain import mapping_list, whole, words
from trigpoint.web.presenters.words import counted, period_words

__all__ = ["Health", "Year", "coverage_words", "months_over", "released_words", "year_of"]

VERDICTS = {
    "fell": f"records fell beyond similar places, {BEYOND_CHANCE}",
    "spread": f"records fell beyond similar places, {BEYOND_CHANCE}, and around the place too",
    "displaced": "records fell at the place and rose nearby: it moved",
    "perhaps_moved": "records fell at the place; whether it moved nearby cannot be told",
    "rose": f"records rose beyond similar places, {BEYOND_CHANCE}",
    "peak": f"the work began at a peak: {NOT_THE_WORK}",
    "cannot_tell": f"we {NOT_TOLD_FROM_CHANCE}",
    "not_detectable": "not detectable: too few records to see a fall",
    "no_controls": "no place was similar enough to compare with",
    "before": "no month after the start is recorded yet",
}
MOVED = "displaced"
CHANGED = ("fell", "spread", "displaced", "perhaps_moved", "rose")
COMPARED = (*CHANGED, "cannot_tell", "not_detectable")
BY_CHANCE = 20
"""One of so many, at most, is told to have changed where nothing did: what evaluations promise."""
METHOD = (
    "A place is taken up when something is decided on it, at a meeting or between meetings, no action included, or a minute "
    "names it. It counts in the quadrant in which it lies. "
    "Still hot: a street or hexagon of it passes the test of Hot now in the last twelve months of the year that are over. "
    "Gone quiet: it did so before it was taken up and does no more, at least "
    f"{LEAST_MONTHS} whole months are over since, no feed is silent in its district, and no concern there is told without "
    "its place. Moved: an evaluation with comparable places found that records rose nearby. Cannot tell: everything else. "
    "A place comes to a meeting when it is high, and what is high falls by itself: gone quiet says nothing of why."
)


@dataclass(frozen=True, slots=True)
class Health:
    """Who sent through the year, and which definitions changed; `refused` says why that is not told."""

    agencies: tuple[AgencyHealth, ...]
    months: tuple[str, ...]
    changed: tuple[str, ...]
    late: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """The page. Every count of records is as a release would tell it; sentences lead, tables follow."""

    span: YearSpan
    lead: tuple[str, ...]
    meetings: Tally
    places: Tally
    unmet: tuple[str, ...]
    doubts: tuple[str, ...]
    actions: Tally
    dose: tuple[str, ...]
    notices: tuple[str, ...]
    evaluations: tuple[str, ...]
    checks: Tally
    questions: tuple[str, ...]
    releases: tuple[str, ...]
    districts: tuple[tuple[str, str], ...]
    districts_period: str
    health: Health
    publication: str
    feeds: str
    left_out: tuple[str, ...]
    waits: bool
    method: str = METHOD


def year_of(
    told: YearTold,
    span: YearSpan,
    heard: Heard,
    quadrants: Mapping[str, str],
    arriving: Sequence[Arriving] = (),
) -> Year:
    """The page of a year. `quadrants` are names by code, `arriving` the months that came. What may not be known is said in
    its own words."""
    today = heard.sources.today
    choices = heard.ask("choices", {})
    months = months_of(choices, today=min(today, span.end)) if choices is not None else None
    results = _results(told.plans, heard)
    late = late_lines(arriving, dict(heard.sources.agencies))
    became = _became(told.places, months, heard, results)
    counts = _district_counts(span, months, heard)
    evaluated, health = (
        _evaluations(told.plans, results, today, heard),
        _health(span, choices, heard, late),
    )
    return Year(
        span=span,
        lead=lead_lines(told, span, became, today),
        meetings=meeting_tally(told, quadrants),
        places=place_tally(told.places, became, quadrants),
        unmet=unmet_lines(told, quadrants),
        doubts=doubt_lines(became),
        actions=action_tally(told.actions, today),
        dose=dose_lines(told.actions),
        notices=_notices(span, heard),
        evaluations=evaluated,
        checks=check_tally(told.checks),
        questions=question_lines(told),
        releases=release_lines(told),
        districts=_districts(counts, choices),
        districts_period=_period(counts),
        health=health,
        publication=str(counts.about["publication"]) if counts is not None else "",
        feeds=counted(len(mapping_list(counts.about["feeds"])), "feed", "feeds")
        if counts is not None
        else "",
        left_out=_left_out(counts),
        waits=bool(heard.waits),
    )


def _became(
    places: Sequence[TakenUp], months: Months | None, heard: Heard, results: Mapping[int, Answer]
) -> dict[int, tuple[Became, str]]:
    """What each place became, by its number."""
    tested = heard.ask("hotspots", {**months.test, **months.words}) if months is not None else None
    units = _hot_units(tested)
    level = str(tested.about["level"]) if tested is not None else ""
    names = _district_names(heard)
    concerns = {str(one["district"]) for one in _hotspots(tested) if one["verdict"] == "few"}
    silent = _silent_districts(months, heard)
    found = {}
    for one in places:
        is_tested = tested is not None and one.level == level
        seen = Seen(
            hot=bool(units & set(one.units)) if is_tested else None,
            displaced=any(results[plan].about["verdict"] == MOVED for plan in one.plans if plan in results),
            silent=silent is None or one.district in silent,
            concern=names.get(one.district, "") in concerns,
            few_months=months is None or months_between(one.since, months.end) < LEAST_MONTHS,
        )
        if months is not None and became_of(seen)[0] is Became.QUIET:
            seen = replace(seen, was_hot=bool(_hot_before(one.since, months, heard) & set(one.units)))
        found[one.number] = became_of(seen)
    return found


def _hotspots(tested: Answer | None) -> list[dict[str, Any]]:
    return list(rows(tested.parts["hotspots"])) if tested is not None else []


def _hot_units(tested: Answer | None) -> set[str]:
    """Units of the hotspots that are told with their place."""
    return {unit for one in _hotspots(tested) if one["verdict"] != "few" for unit in one["units"]}


def _hot_before(since: date, months: Months, heard: Heard) -> set[str]:
    """The units that passed the same test in the twelve months before a place was taken up."""
    end = since.replace(day=1)
    words_of = {"from": end.replace(year=end.year - 1).isoformat(), "to": end.isoformat()}
    return _hot_units(heard.ask("hotspots", {**months.test, **words_of}))


def _district_names(heard: Heard) -> dict[str, str]:
    choices = heard.ask("choices", {})
    return (
        {one["code"]: one["name"] for one in coded(choices.parts["districts"])} if choices is not None else {}
    )


def _silent_districts(months: Months | None, heard: Heard) -> set[str] | None:
    """Districts in which a feed is silent in one of the last LEAST_MONTHS months; None where that is not told."""
    found = heard.ask("coverage", months.both_years) if months is not None else None
    if found is None or months is None:
        return None
    last = set(months.named[-LEAST_MONTHS:])
    return {
        str(one["district"])
        for one in rows(found.columns)
        if one["state"] == "silent" and one["month"] in last
    }


def _results(plans: Sequence[PlanLine], heard: Heard) -> dict[int, Answer]:
    """Evaluations whose months are over and that may be told, by their plan."""
    over = [one.plan for one in plans if one.ends <= heard.sources.today]
    asked = {plan: heard.ask("evaluation", {"plan": str(plan)}) for plan in dict.fromkeys(over)}
    return {plan: one for plan, one in asked.items() if one is not None}


def _notices(span: YearSpan, heard: Heard) -> tuple[str, ...]:
    """Notices served in the year by kind, over the county. A notice about somebody is told as a release would."""
    found = heard.ask("notices", {"on": min(span.last, heard.sources.today).isoformat()})
    if found is None:
        return ("Notices are not told to you.",)
    served = [one for one in rows(found.columns) if one["served"] and span.has(_day(one["served"]))]
    many = Counter(str(one["kind"]) for one in served)
    return tuple(_notice_line(kind, n) for kind, n in sorted(many.items()))


def _day(told: object) -> date:
    return date.fromisoformat(str(told)[:10])


def _notice_line(kind: str, n: int) -> str:
    name = NOTICE_NAMES.get(kind, kind.replace("_", " "))
    noun = name.split(" ", 1)[1] if name.startswith(("a ", "an ")) else name
    if kind in ABOUT_SOMEBODY:
        return f"{sentence_case(noun)}s: {released_words(n)}."
    return f"{sentence_case(noun)}s: {n:,}."


def released_words(n: int) -> str:
    """A count as a release tells it, in words."""
    told = released(n, shipped_release_rules())
    return f"about {told:,}" if isinstance(told, int) else f"withheld, fewer than {told.below}"


def _evaluations(
    plans: Sequence[PlanLine], results: Mapping[int, Answer], today: date, heard: Heard
) -> tuple[str, ...]:
    """How many came out how, by their verdicts; those that run, and those that are not told."""
    known = {one.plan: one for one in plans}
    many = Counter(str(results[plan].about["verdict"]) for plan in known if plan in results)
    lines = [
        f"{counted(many[code], 'evaluation', 'evaluations')}: {words}."
        for code, words in VERDICTS.items()
        if many[code]
    ]
    lines += _by_chance(many)
    post_hoc = sum(
        str(results[plan].about["planned"]).startswith("Post hoc") for plan in known if plan in results
    )
    if post_hoc:
        lines.append(
            f"{post_hoc} of these {'was' if post_hoc == 1 else 'were'} planned after the work began: post hoc."
        )
    running = sum(one.ends > today for one in known.values())
    untold = sum(one.ends <= today and plan not in results for plan, one in known.items())
    if running:
        lines.append(f"{running} still {'runs' if running == 1 else 'run'}: too early to say.")
    if untold:
        why = "being worked out" if heard.waits else "not told to you"
        lines.append(f"{untold} {'is' if untold == 1 else 'are'} {why}.")
    return tuple(lines)


def _by_chance(many: Mapping[str, int]) -> list[str]:
    """How many of the year's evaluations chance alone would tell a change of; nothing where none was told to have changed.

    Whatever is asked often enough finds something: a board must not read one of fifteen as proof.
    """
    compared, changed = (sum(many[code] for code in codes) for codes in (COMPARED, CHANGED))
    if not changed or compared == 1:
        return []
    expected = round(compared / BY_CHANCE)
    usual = f"about {expected}" if compared >= BY_CHANCE else "less than 1 on average"
    return [
        f"{compared} were compared with similar places; a change is told of {changed}. Had nothing worked anywhere, "
        f"chance alone would tell a change of up to 1 in {BY_CHANCE}: {usual} of these {compared}. It does not say which."
    ]


def _district_counts(span: YearSpan, months: Months | None, heard: Heard) -> Answer | None:
    """Records by district in the whole months of the year that are over."""
    if months is None:
        return None
    end = min(months.end, month_after(span.last))
    if end <= span.first:
        return None
    return heard.ask("counts", {"level": "district", "from": span.first.isoformat(), "to": end.isoformat()})


def _districts(counts: Answer | None, choices: Answer | None) -> tuple[tuple[str, str], ...]:
    """Each district with its records as a release would tell them; those without any are told as withheld, too."""
    if counts is None or choices is None:
        return ()
    held = dict(zip(words(counts.columns["code"]), whole(counts.columns["count"]), strict=True))
    return tuple(
        (one["name"], sentence_case(released_words(held.get(one["code"], 0))))
        for one in coded(choices.parts["districts"])
    )


def _period(counts: Answer | None) -> str:
    told = counts.about["period"] if counts is not None else ()
    if not isinstance(told, Sequence) or len(told) != 2 or not all(told):
        return ""
    start, end = (date.fromisoformat(str(one)) for one in told)
    return period_words(start, end)


def _left_out(counts: Answer | None) -> tuple[str, ...]:
    told = mapping_list(counts.about["why"]) if counts is not None else []
    return tuple(str(one["sentence"]) for one in told)


def _health(span: YearSpan, choices: Answer | None, heard: Heard, late: tuple[str, ...]) -> Health:
    """Month by month; the months of the year that are over, as the coverage answer says."""
    named = months_over(span, heard.sources.today)
    before = len(heard.refusals)
    coverage = heard.ask("coverage", coverage_words(named)) if named else None
    if coverage is None or choices is None:
        why = next(
            iter(heard.refusals[before:]),
            "No month of this year is over, or who has sent is not told to you.",
        )
        return Health((), (), (), late, why)
    names = {one["code"]: one["name"] for one in coded(choices.parts["districts"])}
    found = agency_health(coverage, heard.sources.agencies, named, names)
    changed = tuple(
        f"{one.day:%-d %B %Y}: {one.title}." for one in definition_breaks(coverage) if span.has(one.day)
    )
    return Health(
        tuple(one for one in found if one.squares),
        tuple(f"{date.fromisoformat(one + '-01'):%b}" for one in named),
        changed,
        late,
    )


def months_over(span: YearSpan, today: date) -> list[str]:
    """The months that begin in the span and are over by a day, as 2026-04."""
    found, month = [], span.first if span.first.day == 1 else month_after(span.first)
    while month < span.end and month_after(month) <= today:
        found.append(f"{month:%Y-%m}")
        month = month_after(month)
    return found


def coverage_words(named: Sequence[str]) -> dict[str, str]:
    """Those months and the year before them, so that what a feed usually sends is known."""
    first, last = (date.fromisoformat(f"{named[at]}-01") for at in (0, -1))
    return {"from": first.replace(year=first.year - 1).isoformat(), "to": month_after(last).isoformat()}
