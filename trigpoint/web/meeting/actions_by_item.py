"""Actions beneath what they belong to: each once, at its place or its question, and the rest at the end."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trigpoint.changes.actions_told import ActionTold
from trigpoint.changes.meeting_questions import MeetingQuestionTold
from trigpoint.changes.minutes import MinuteTold
from trigpoint.changes.named_places import PlaceTold
from trigpoint.core.workflow.place import PlaceState
from trigpoint.web.meeting.kept import KeptPlace
from trigpoint.web.presenters.actions import ActionRow, action_rows

__all__ = [
    "AskedHere",
    "Group",
    "LeftOut",
    "TakenUp",
    "asked_here",
    "left_out",
    "now_part_of",
    "review",
    "taken_up",
]


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A place of the agenda with what was said and decided of it. `number` is of the named place, None for none."""

    place: KeptPlace
    number: int | None
    said: tuple[MinuteTold, ...]
    actions: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A place that the meeting's list told of, or that it spoke of or decided on under its list, and that the list, as
    it was restated, does not tell of. `letter` is what it had at the freeze, "" where that is not known; `number` is of
    the named place, None where none was opened for it."""

    number: int | None
    name: str
    said: tuple[MinuteTold, ...]
    actions: tuple[ActionRow, ...]
    letter: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class AskedHere:
    """A question of the meeting with the actions that came of it."""

    told: MeetingQuestionTold
    actions: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Actions under one heading; `letter` is "" where it is none of the places that are hot now."""

    letter: str
    title: str
    actions: tuple[ActionRow, ...]

    @property
    def overdue(self) -> bool:
        return any(one.late for one in self.actions)


def now_part_of(places: Sequence[PlaceTold]) -> dict[int, int]:
    """The number of the place that each is now part of: its own, or that which it was merged into."""
    into = {
        one.number: step.other
        for one in places
        if one.state == PlaceState.MERGED
        for step in one.history
        if step.change == "merged" and step.other is not None
    }
    found: dict[int, int] = {}
    for one in places:
        here, seen = one.number, {one.number}
        while (further := into.get(here)) is not None and further not in seen:
            here = further
            seen.add(here)
        found[one.number] = here
    return found


def taken_up(
    places: Sequence[KeptPlace],
    numbers: Mapping[str, int],
    parts: Mapping[int, int],
    minutes: Collection[MinuteTold],
    actions: Sequence[ActionTold],
    today: date,
) -> tuple[TakenUp, ...]:
    """The places in the order of their letters. `numbers` are of named places by letter, `parts` as `now_part_of`."""
    first: set[int] = set()
    found: list[TakenUp] = []
    for one in places:
        number = numbers.get(one.letter)
        mine = (
            number is not None and number not in first
        )  # two letters may lie in one named place: it speaks once
        here = [each for each in actions if mine and _at(each.place, parts) == number]
        said = tuple(
            each for each in minutes if mine and each.text and _at(each.place_number, parts) == number
        )
        found.append(TakenUp(one, number, said, action_rows(here, today)))
        if number is not None:
            first.add(number)
    return tuple(found)


def left_out(
    listed: Collection[int],
    named: Sequence[PlaceTold],
    minutes: Collection[MinuteTold],
    actions: Sequence[ActionTold],
    today: date,
) -> tuple[LeftOut, ...]:
    """The open places of these minutes and actions that are not among the `listed`, by name.

    A place that is over is left out: which of the listed it was is not known any more.
    """
    parts = now_part_of(named)
    found: list[LeftOut] = []
    for one in named:
        if not one.is_open or one.number in listed:
            continue
        said = tuple(each for each in minutes if each.text and _at(each.place_number, parts) == one.number)
        here = [each for each in actions if _at(each.place, parts) == one.number]
        if said or here:
            found.append(LeftOut(one.number, one.name, said, action_rows(here, today)))
    return tuple(found)


def asked_here(
    questions: Sequence[MeetingQuestionTold],
    taken: Sequence[TakenUp | LeftOut],
    actions: Sequence[ActionTold],
    today: date,
) -> tuple[AskedHere, ...]:
    """The questions with their actions, but for those that stand at a place already."""
    placed = {row.told.number for one in taken for row in one.actions}
    left = [one for one in actions if one.number not in placed]
    return tuple(
        AskedHere(one, action_rows((each for each in left if each.question == one.number), today))
        for one in questions
    )


def review(
    taken: Sequence[TakenUp],
    asked: Sequence[AskedHere],
    actions: Sequence[ActionTold],
    today: date,
    gone: Sequence[LeftOut] = (),
) -> tuple[Group, ...]:
    """Every action once: groups with something overdue first, else in the order of the agenda; the rest last."""
    groups = [Group(one.place.letter, one.place.name, one.actions) for one in taken if one.actions]
    groups += [Group("", one.name, one.actions) for one in gone if one.actions]
    groups += [Group("", one.told.text, one.actions) for one in asked if one.actions]
    shown = {row.told.number for one in groups for row in one.actions}
    rest = action_rows((one for one in actions if one.number not in shown), today)
    last = (Group("", "Elsewhere" if groups else "", rest),) if rest else ()
    return (*sorted(groups, key=lambda one: not one.overdue), *last)


def _at(place: int | None, parts: Mapping[int, int]) -> int | None:
    return None if place is None else parts.get(place, place)
