"""The partnership's work of a year, counted: meetings, places, actions and their days, dose, checks, questions, releases.

Pure: the same year gives the same tables. Counts are of work, never of people.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trigpoint.changes.year_told import ActionLine, CheckLine, TakenUp, YearTold
from trigpoint.core.workflow.action import MEASURES, NO_ACTION
from trigpoint.core.workflow.after import BECAME_WORDS, TIMELY_WORDS, Became, Timely, YearSpan, timely
from trigpoint.core.workflow.sense_check import OUTCOMES
from trigpoint.web.pack.sentences import sentence_case
from trigpoint.web.presenters.words import counted

__all__ = [
    "Tally",
    "action_tally",
    "check_tally",
    "dose_lines",
    "doubt_lines",
    "lead_lines",
    "meeting_tally",
    "place_tally",
    "question_lines",
    "release_lines",
    "unmet_lines",
]

Became_of = Mapping[int, tuple[Became, str]]
STATES = {"in_force": "Stands", "waiting": "Waits for a second agency", "undone": "Taken back"}
QUESTION_STATES = {
    "open": "Open",
    "answered": "Answered",
    "actioned": "Became an action",
    "dropped": "Not asked any more",
}


@dataclass(frozen=True, slots=True)
class Tally:
    """A table of counts: each row a name and a cell for each head, the last of them the row's sum."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def labelled(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """Each row with its cells beside their heads."""
        return tuple((name, tuple(zip(self.heads, cells, strict=True))) for name, cells in self.rows)


def lead_lines(
    told: YearTold, span: YearSpan, became: Mapping[int, tuple[Became, str]], today: date
) -> tuple[str, ...]:
    held = sum(one.state in ("held", "closed") for one in told.meetings)
    many = Counter(one for one, _ in became.values())
    places = [
        f"{many[one]} {words}"
        for one, words in (
            (Became.STILL_HOT, "still hot"), (Became.QUIET, "gone quiet"), (Became.MOVED, "moved"),
            (Became.CANNOT_TELL, "where we cannot tell"),
        )
        if many[one]
    ]  # fmt: skip
    work = [one for one in told.actions if one.kind != NO_ACTION]
    stood = Counter(_timely(one, today) for one in work)
    done = stood[Timely.IN_TIME] + stood[Timely.LATE]
    lines = [
        f"{counted(held, 'meeting was', 'meetings were')} held and {counted(len(became), 'place', 'places')} taken up"
        f"{': ' + ', '.join(places) if places else ''}.",
        f"{counted(len(work), 'action was', 'actions were')} decided: {done} done, {stood[Timely.IN_TIME]} of them in time; "
        f"{stood[Timely.OVERDUE]} open and overdue.",
    ]
    if span.to_date:
        lines.append("The year still runs: this is what is known to date.")
    return tuple(lines)


def meeting_tally(told: YearTold, quadrants: Mapping[str, str]) -> Tally:
    heads = ("Held", "Not held", "All")
    found = []
    for code, name in _quadrants(quadrants, {one.quadrant for one in told.meetings}):
        here = [one for one in told.meetings if one.quadrant == code]
        held = sum(one.state in ("held", "closed") for one in here)
        found.append((name, (held, len(here) - held)))
    return _summed(heads, found)


def _quadrants(names: Mapping[str, str], used: set[str]) -> list[tuple[str, str]]:
    """Quadrants in the home's order, then what is of none of them, by code and name."""
    known = list(names.items())
    other = sorted(used - set(names))
    return [*known, *((code, code or "The county") for code in other)]


def place_tally(
    places: Sequence[TakenUp], became: Mapping[int, tuple[Became, str]], quadrants: Mapping[str, str]
) -> Tally:
    found = []
    for code, name in _quadrants(quadrants, {one.quadrant for one in places}):
        many = Counter(became[one.number][0] for one in places if one.quadrant == code)
        found.append((name, tuple(many[one] for one in Became)))
    return _summed((*(BECAME_WORDS[one] for one in Became), "All"), found)


def unmet_lines(told: YearTold, quadrants: Mapping[str, str]) -> tuple[str, ...]:
    """Where places were taken up though no meeting of their quadrant was held in the year; () for nowhere.

    A meeting of the county, without a quadrant, was held everywhere."""
    held = {one.quadrant for one in told.meetings if one.state in ("held", "closed")}
    taken = {one.quadrant for one in told.places}
    names = [name for code, name in quadrants.items() if code in taken - held]
    if not names or "" in held:
        return ()
    listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    return (
        f"{listed}: no meeting was held there in this year. These places were taken up between meetings, "
        "or at a meeting of another quadrant.",
    )


def doubt_lines(became: Mapping[int, tuple[Became, str]]) -> tuple[str, ...]:
    """Why it cannot be told of how many."""
    many = Counter(why for one, why in became.values() if one is Became.CANNOT_TELL)
    return tuple(f"{counted(n, 'place', 'places')}: {why}." for why, n in sorted(many.items()))


def _timely(one: ActionLine, today: date) -> Timely:
    return timely(one.state, one.due_on, one.done_on, today)


def action_tally(actions: Sequence[ActionLine], today: date) -> Tally:
    """Kinds by how they stand to their day, the commonest kind first."""
    kinds: dict[str, Counter[Timely]] = {}
    for one in actions:
        kinds.setdefault(one.label, Counter())[_timely(one, today)] += 1
    order = sorted(kinds.items(), key=lambda each: (-each[1].total(), each[0]))
    found = [(label, tuple(many[one] for one in Timely)) for label, many in order]
    return _summed((*(TIMELY_WORDS[one] for one in Timely), "All"), found)


def _summed(heads: tuple[str, ...], found: Sequence[tuple[str, tuple[int, ...]]]) -> Tally:
    """Each row with its sum, and below them all of them together."""
    told = [(name, (*each, sum(each))) for name, each in found]
    whole_table = tuple(sum(each[at] for _, each in told) for at in range(len(heads)))
    every = [*told, ("All", whole_table)] if len(told) > 1 else told
    return Tally(heads, tuple((name, tuple(f"{one:,}" for one in each)) for name, each in every))


def dose_lines(actions: Sequence[ActionLine]) -> tuple[str, ...]:
    """What was done of what was planned, over the actions for which a dose was planned; and what was done unplanned."""
    lines = []
    for measure, name in MEASURES.items():
        planned = [one for one in actions if one.planned.get(measure)]
        wanted = sum(one.planned[measure] for one in planned)
        done = sum(one.done.get(measure, 0) for one in planned)
        beside = sum(one.done.get(measure, 0) for one in actions if not one.planned.get(measure))
        if planned:
            lines.append(
                f"{sentence_case(name)}: {_figure(done)} of {_figure(wanted)} planned, over "
                f"{counted(len(planned), 'action', 'actions')}."
            )
        if beside:
            lines.append(f"{sentence_case(name)}: {_figure(beside)} without a plan.")
    return tuple(lines)


def _figure(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")


def check_tally(checks: Sequence[CheckLine]) -> Tally:
    found = [
        (
            OUTCOMES[code].words,
            tuple(sum(one.outcome == code and one.state == state for one in checks) for state in STATES),
        )
        for code in OUTCOMES
        if any(one.outcome == code for one in checks)
    ]
    return _summed((*STATES.values(), "All"), found)


def question_lines(told: YearTold) -> tuple[str, ...]:
    many = Counter(one.state for one in told.questions)
    lines = [f"{name}: {many[code]}." for code, name in QUESTION_STATES.items() if many[code]]
    again = sum(one.state == "open" and one.carried > 0 for one in told.questions)
    if again:
        lines.append(
            f"Of those open, {again} {'has' if again == 1 else 'have'} come back at a later meeting already."
        )
    return tuple(lines)


def release_lines(told: YearTold) -> tuple[str, ...]:
    many = Counter(one.audience for one in told.releases)
    gone = Counter(one.audience for one in told.releases if one.withdrawn)
    return tuple(
        f"{audience}: {n}{f', {gone[audience]} of them withdrawn since' if gone[audience] else ''}."
        for audience, n in sorted(many.items())
    )
