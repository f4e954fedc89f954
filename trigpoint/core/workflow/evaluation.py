"""The life of an evaluation's plan: drafted, locked before the work is judged, and reported once.

What was locked stays as it was. Somebody may still want another outcome, ring or length: that is a second plan, marked
"post hoc", which stands beside the first and never in its place.
"""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Literal

__all__ = [
    "Amendment",
    "PlanState",
    "PlanTerms",
    "TransitionRefused",
    "amendment",
    "label",
    "locked",
    "reported",
]


class PlanState(StrEnum):
    """Where a plan stands."""

    DRAFT = "draft"
    LOCKED = "locked"
    REPORTED = "reported"


class TransitionRefused(ValueError):
    """The plan cannot go that way; the message says why."""


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """What is promised. `places` are unit codes of one `level`; `outcome` is which records count, in the words of a URL.

    `radius_m` is the reach of the work, `buffer_m` the ring beyond it in which it may turn up, `months` how many are
    compared before and after. Raises ValueError for no place, no month, or a distance that is negative.
    """

    places: tuple[str, ...]
    level: str
    start: date
    outcome: str
    radius_m: int
    buffer_m: int
    months: int

    def __post_init__(self) -> None:
        if not self.places or self.months < 1 or self.radius_m < 1 or self.buffer_m < 0:
            raise ValueError(
                "a plan has a place, at least one month, a radius and a ring that is not negative"
            )


@dataclass(frozen=True, slots=True)
class Amendment:
    """`changed` are the names of the terms that differ. "edit" changes a draft; "post hoc" makes a second plan."""

    kind: Literal["edit", "post hoc"]
    changed: tuple[str, ...]


_FIXED = ("places", "level", "start")


def locked(state: PlanState) -> PlanState:
    """Lock a draft. Raises TransitionRefused for a plan that is locked already."""
    if state is not PlanState.DRAFT:
        raise TransitionRefused("This plan is locked already: what it promised cannot be promised again.")
    return PlanState.LOCKED


def reported(state: PlanState, ends: date, on: date) -> PlanState:
    """Report a locked plan whose months are over: `ends` is the first day after them.

    Raises TransitionRefused for a draft, a plan reported before, or a day too early.
    """
    if state is PlanState.DRAFT:
        raise TransitionRefused("Lock the plan first: what was not promised cannot be kept.")
    if state is PlanState.REPORTED:
        raise TransitionRefused("This plan was reported already.")
    if on < ends:
        raise TransitionRefused(f"Its months are not over before {ends:%-d %B %Y}.")
    return PlanState.REPORTED


def amendment(state: PlanState, first: PlanTerms, wanted: PlanTerms) -> Amendment:
    """What changing the terms means. Raises TransitionRefused where nothing changes, and where a locked plan would be
    of another place or another start: that is other work, and needs a plan of its own."""
    changed = tuple(
        one.name for one in fields(first) if getattr(first, one.name) != getattr(wanted, one.name)
    )
    if not changed:
        raise TransitionRefused("Nothing is changed.")
    if state is PlanState.DRAFT:
        return Amendment("edit", changed)
    if any(name in _FIXED for name in changed):
        raise TransitionRefused("Another place or another start is other work: open a plan of its own.")
    return Amendment("post hoc", changed)


def label(start: date, locked_on: date | None, changed: tuple[str, ...] = ()) -> str:
    """How an answer that follows the plan must be marked. `changed` are the terms that a post hoc plan changed."""
    if locked_on is None:
        return "A draft: nothing is promised yet."
    if changed:
        return f"Post hoc: changed after the plan was locked ({', '.join(changed)}). The first plan stands beside it."
    if locked_on > start:
        return f"Post hoc: locked on {locked_on:%-d %B %Y}, after the work began."
    return f"Planned before: locked on {locked_on:%-d %B %Y}, before the work began."
