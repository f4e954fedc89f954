"""Edits of places: renamed, drawn anew, given an owner, merged, split, closed, opened again. Nothing is deleted.

Each is one transaction, one line of the place's history (one of each place, where there are several) and one audit
event, and says which version its writer saw: whoever saves second is shown both.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from trigpoint.changes.accounts import Account
from trigpoint.changes.acting import acting, recorded
from trigpoint.changes.editing import held
from trigpoint.changes.named_places import (
    LONGEST_NAME,
    PlaceRefused,
    drawing_of,
    known_agency,
    new_place,
    overlaps_of,
    refuse_overlaps,
    step_taken,
)
from trigpoint.changes.place_ground import district_of
from trigpoint.changes.told_text import told
from trigpoint.core.workflow.place import (
    Drawn,
    PlaceMoveRefused,
    PlaceState,
    drawn,
    merged_units,
    moved,
    split_units,
)
from trigpoint.db.models import Place

__all__ = [
    "close_place",
    "merge_places",
    "own_place",
    "redraw_place",
    "rename_place",
    "reopen_place",
    "split_place",
]

SHOWN = ("name", "level", "units", "owner", "state")


def rename_place(*, number: int, name: str, version: int, by: str, at: datetime) -> None:
    """Call a place otherwise. Raises ChangeDenied, ChangedMeanwhile, NoSuchThing, TextRefused, PlaceMoveRefused."""
    account = acting(by, "decide")
    wanted = told(name, what="the name of the place", longest=LONGEST_NAME)
    with transaction.atomic():
        kept = _open_one(number, version)
        before, kept.name = kept.name, wanted
        _saved(kept, "renamed", account, at, {"before": before, "after": wanted})


def redraw_place(
    *,
    number: int,
    level: str,
    units: Sequence[str],
    version: int,
    by: str,
    at: datetime,
    beside: Sequence[int] = (),
) -> None:
    """Draw a place anew. Ground that it did not have before is refused where another open place has it, unless that one
    is among `beside`. Raises as `rename_place`, and PlaceOverlaps.
    """
    account = acting(by, "decide")
    wanted = drawn(level, units)
    with transaction.atomic():
        kept = _open_one(number, version)
        before = {"level": kept.level, "units": kept.units}
        known = {one.number for one in overlaps_of(drawing_of(kept), number)}
        refuse_overlaps(wanted, [*beside, *known], number)
        _draw(kept, wanted)
        after = {"level": kept.level, "units": kept.units}
        _saved(kept, "redrawn", account, at, {"before": before, "after": after})


def own_place(*, number: int, owner: str, version: int, by: str, at: datetime) -> None:
    """Say which agency answers for a place, "" for none. Raises as `rename_place`, and PlaceRefused."""
    account = acting(by, "decide")
    wanted = known_agency(owner)
    with transaction.atomic():
        kept = _open_one(number, version)
        before, kept.owner = kept.owner, wanted
        _saved(kept, "owner", account, at, {"before": before, "after": wanted})


def merge_places(*, number: int, into: int, version: int, by: str, at: datetime) -> None:
    """Make a place part of another, which is drawn as both. Its actions stay its own. Raises as `rename_place`."""
    account = acting(by, "decide")
    if number == into:
        raise PlaceRefused("A place cannot be merged with itself.")
    with transaction.atomic():
        kept, other = _open_one(number, version), _open_one(into, None)
        before = other.units
        _draw(other, merged_units([drawing_of(other), drawing_of(kept)]))
        other.version += 1
        other.save()
        step_taken(other, "redrawn", account, at, {"before": before, "after": other.units}, other=kept)
        kept.state = moved(PlaceState(kept.state), PlaceState.MERGED)
        _saved(kept, "merged", account, at, {"into": other.name, "before": before}, other)


def split_place(
    *,
    number: int,
    part: Sequence[str],
    part_name: str,
    rest_name: str,
    version: int,
    by: str,
    at: datetime,
) -> tuple[int, int]:
    """Make two places of one; gives their numbers, the part's first. Raises as `rename_place`."""
    account = acting(by, "decide")
    with transaction.atomic():
        kept = _open_one(number, version)
        made = [
            new_place(name, drawing, kept.owner, kept.origin, account, at)
            for name, drawing in zip((part_name, rest_name), split_units(drawing_of(kept), part), strict=True)
        ]
        for one in made:
            step_taken(one, "opened", account, at, {"name": one.name, "units": one.units}, other=kept)
        kept.state = moved(PlaceState(kept.state), PlaceState.SPLIT)
        _saved(kept, "split", account, at, {"into": [int(one.pk) for one in made]})
    return int(made[0].pk), int(made[1].pk)


def close_place(*, number: int, version: int, by: str, at: datetime) -> None:
    """Say that a place is no longer talked of. Raises as `rename_place`."""
    _move(number, PlaceState.CLOSED, "closed", version, by, at)


def reopen_place(*, number: int, version: int, by: str, at: datetime) -> None:
    """Talk of a closed place again. Raises as `rename_place`."""
    _move(number, PlaceState.OPEN, "reopened", version, by, at)


def _move(number: int, to: PlaceState, change: str, version: int, by: str, at: datetime) -> None:
    account = acting(by, "decide")
    with transaction.atomic():
        kept = held(Place, number, version, SHOWN)
        kept.state = moved(PlaceState(kept.state), to)
        _saved(kept, change, account, at, {})


def _open_one(number: int, version: int | None) -> Place:
    kept = held(Place, number, version, SHOWN)
    if kept.state != PlaceState.OPEN:
        raise PlaceMoveRefused(f"{kept.name} is not open any more: nothing of it can be changed.")
    return kept


def _draw(kept: Place, wanted: Drawn) -> None:
    kept.level, kept.units, kept.district = wanted.level, ",".join(wanted.units), district_of(wanted)


def _saved(
    kept: Place,
    change: str,
    account: Account,
    at: datetime,
    detail: Mapping[str, object],
    other: Place | None = None,
) -> None:
    kept.version += 1
    kept.save()
    step_taken(kept, change, account, at, detail, other)
    recorded(f"place_{change}", f"place {kept.pk}", account, at, detail)
