"""How corrections lie over one record: its life cut into pieces, in each of which one set of them is in force.

A correction never edits what a delivery said. It is known from an instant on, until another where it was undone; as
known at any other instant the record is as it was delivered. What is in force at an instant is a set: the order in
which corrections are given here does not matter, and where two say different things of one record the one known later
stands (of two known at the same instant, the one with the higher number).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

__all__ = ["AS_DELIVERED", "EFFECTS", "Correction", "Laid", "Moved", "Piece", "laid_by", "pieces_of"]

EFFECTS = ("withdrawn", "moved", "role", "same_event", "apart", "confidential", "discovered")
"""What a correction can do to a record: it leaves, lies elsewhere or nowhere, its place is of another role, it tells
the same event as another record or does not, its handling code becomes C, it was found by our own work."""

Record = tuple[int, int]
"""A record as its delivery and row name it, in every publication."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a record lies instead: a point in EPSG:27700 metres, a "ward" or "district" by its code, or "nowhere"."""

    kind: str
    code: str = ""
    easting_m: float | None = None
    northing_m: float | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of one record, as the database keeps it. `number` tells two of the same instant apart.

    `known_from` and `known_to` are naive UTC; `known_to` is None while it is in force.
    """

    number: int
    record: Record
    effect: str
    known_from: datetime
    known_to: datetime | None = None
    to: Moved | None = None
    role: int = -1
    other: Record | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """What is in force over a record at some instant.

    `same` are records that tell the same event, `apart` those that do not; `alone` is apart from every other.
    """

    withdrawn: bool = False
    to: Moved | None = None
    role: int = -1
    confidential: bool = False
    discovered: bool = False
    alone: bool = False
    same: frozenset[Record] = field(default_factory=frozenset)
    apart: frozenset[Record] = field(default_factory=frozenset)


AS_DELIVERED = Laid()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a record's life, half-open (naive UTC), and what is in force over it throughout."""

    known_from: datetime
    known_to: datetime
    laid: Laid


def pieces_of(
    known_from: datetime, known_to: datetime, corrections: Iterable[Correction]
) -> tuple[Piece, ...]:
    """The life of a record in as few pieces as tell it, in the order of time; empty where it has no length."""
    told = sorted(corrections, key=lambda one: (one.known_from, one.number))
    inside = {
        instant
        for one in told
        for instant in (one.known_from, one.known_to)
        if instant is not None and known_from < instant < known_to
    }
    cuts = [known_from, *sorted(inside), known_to]
    pieces: list[Piece] = []
    for start, end in pairwise(cuts):
        if start >= end:
            continue
        laid = laid_by(one for one in told if _stands(one, start))
        if pieces and pieces[-1].laid == laid:
            pieces[-1] = replace(pieces[-1], known_to=end)
        else:
            pieces.append(Piece(start, end, laid))
    return tuple(pieces)


def laid_by(in_force: Iterable[Correction]) -> Laid:
    """What corrections in force make of a record together, the earliest known first."""
    laid = AS_DELIVERED
    for one in in_force:
        laid = replace(laid, **_changed(laid, one))
    return laid


def _stands(one: Correction, instant: datetime) -> bool:
    return one.known_from <= instant and (one.known_to is None or instant < one.known_to)


def _changed(laid: Laid, one: Correction) -> dict[str, Any]:
    other = frozenset({one.other} if one.other else ())
    match one.effect:
        case "withdrawn" | "confidential" | "discovered":
            return {one.effect: True}
        case "moved":
            return {"to": one.to}
        case "role":
            return {"role": one.role}
        case "same_event":
            return {"same": laid.same | other, "apart": laid.apart - other}
        case "apart" if one.other is None:
            return {"alone": True, "same": frozenset()}
        case "apart":
            return {"same": laid.same - other, "apart": laid.apart | other}
    raise ValueError(f"a correction has no effect {one.effect!r}; the effects are {', '.join(EFFECTS)}")
