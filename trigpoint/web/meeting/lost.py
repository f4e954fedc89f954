"""Places that a restated list does not tell of any more, each with what was said and decided of it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from trigpoint.changes.actions_told import ActionTold
from trigpoint.changes.kept_reading import KeptTold
from trigpoint.changes.lost_places import LostPlace
from trigpoint.changes.meetings import MeetingTold
from trigpoint.changes.minutes import MinuteTold
from trigpoint.changes.named_places import PlaceTold
from trigpoint.changes.place_ground import lies_in
from trigpoint.core.workflow.place import Drawn, PlaceMoveRefused, drawn, same_place
from trigpoint.web.meeting.actions_by_item import LeftOut, left_out
from trigpoint.web.meeting.kept import kept_places
from trigpoint.web.meeting.taken_up import numbers_by_letter
from trigpoint.web.presenters.words import day_words

__all__ = ["gone_from", "lost_here", "lost_letter", "why_lost"]


def gone_from(
    of: MeetingTold,
    hot: KeptTold | None,
    districts: Collection[str] | None,
    most: int,
    named: Sequence[PlaceTold],
    minutes: Collection[MinuteTold],
    actions: Sequence[ActionTold],
    today: date,
) -> tuple[LeftOut, ...]:
    """First those that the list itself had, in the order of their letters, then places that were spoken of under it.

    Only for whoever is told that it was restated: to others an erasure they may not know of would show.
    """
    items = {one.number for one in of.agenda if one.item == "hot"}
    if hot is None or hot.restated_at is None or not items:
        return ()
    spoken = _spoken_of(of, hot, items, named, minutes, actions, today) if hot.content is not None else ()
    by_number = {one.number: one for one in spoken}
    known = {one.number: drawn(one.level, one.units) for one in named if one.is_open}
    found: list[LeftOut] = []
    for one in lost_here(hot, districts, most):
        number = _number(one, known)
        same = by_number.pop(number, None)
        there = same or LeftOut(number, one.name, (), ())
        found.append(replace(there, letter=one.letter, where=_where(one)))
    return (*found, *by_number.values())


def lost_here(
    hot: KeptTold | None, districts: Collection[str] | None, most: int | None = None
) -> tuple[LostPlace, ...]:
    """Those of these districts (names; None for every one) among the first so many that are gone."""
    if hot is None:
        return ()
    here = [one for one in hot.lost if districts is None or one.district in districts]
    return tuple(here[:most])


def lost_letter(lost: Sequence[LostPlace], drawing: Drawn) -> str:
    """The letter that the place of this drawing had on the list; "" where it is none of the lost ones."""
    grounds = {at: ground for at, one in enumerate(lost) if (ground := _ground(one)) is not None}
    found = same_place(drawing, grounds, lies_in)
    return "" if found is None else lost[found].letter


def why_lost(hot: KeptTold) -> str:
    """The sentence beside a place that is struck."""
    if hot.restated_at is None:
        return ""
    return f"Not in this list as it was restated on {day_words(hot.restated_at.date())} because {hot.restated_because}."


def _spoken_of(
    of: MeetingTold,
    hot: KeptTold,
    items: Collection[int],
    named: Sequence[PlaceTold],
    minutes: Collection[MinuteTold],
    actions: Sequence[ActionTold],
    today: date,
) -> tuple[LeftOut, ...]:
    """Named places of minutes and decisions that the whole list, as it stands, does not tell of."""
    content = hot.content or {}
    every = kept_places(hot, None, len(content["parts"]["hotspots"]))
    names = {one.name for one in every}
    listed = {
        *numbers_by_letter(hot, every, named).values(),
        *(one.number for one in named if one.name in names),
    }
    said = [one for one in minutes if one.item in items]
    return left_out(listed, named, said, [one for one in actions if one.meeting == of.number], today)


def _number(one: LostPlace, known: dict[int, Drawn]) -> int | None:
    ground = _ground(one)
    return None if ground is None else same_place(ground, known, lies_in)


def _ground(one: LostPlace) -> Drawn | None:
    try:
        return drawn(one.level, one.units)
    except PlaceMoveRefused:
        return None


def _where(one: LostPlace) -> str:
    return ", ".join(part for part in (one.ward, one.district) if part)
