"""Places that the partnership owns: what they are, and how one is opened. Edits lie in place_edits.py.

A place is drawn in streets or hexagons. Whoever sits at the table may read which places there are; what is recorded
there is for the gate to say, to each as they may know it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from trigpoint.changes.accounts import Account
from trigpoint.changes.acting import acting, recorded
from trigpoint.changes.editing import NoSuchThing
from trigpoint.changes.place_ground import district_of, lies_in, ward_name_of
from trigpoint.changes.told_text import told
from trigpoint.core.workflow.place import STATE_WORDS, Drawn, PlaceState, drawn, overlapping, same_place
from trigpoint.db.models import Agency, Place, PlaceChange

__all__ = [
    "PlaceOverlaps",
    "PlaceRefused",
    "PlaceStep",
    "PlaceTold",
    "list_places",
    "open_place",
    "place",
    "place_drawn_at",
    "places_overlapping",
]

LONGEST_NAME = 120


class PlaceRefused(ValueError):
    """The place cannot be kept as asked; the message says why."""


class PlaceOverlaps(PlaceRefused):
    """Open places lie where one is drawn, and its writer did not say that it is another. `places` are those."""

    def __init__(self, places: Sequence["PlaceTold"]) -> None:
        names = ", ".join(f"“{one.name}”" for one in places)
        one = len(places) == 1
        super().__init__(
            f"{names} {'is' if one else 'are'} open and {'shares' if one else 'share'} ground with it. "
            f"Go on with {'it' if one else 'one of them'}, merge them, or say that this is another place."
        )
        self.places = tuple(places)


@dataclass(frozen=True, slots=True)
class PlaceStep:
    """What happened to a place. `other` is the number of the other place of a merge or a split."""

    change: str
    detail: Mapping[str, object]
    other: int | None
    agency: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PlaceTold:
    """A place as whoever sits at the table reads it. `ward` is a name, `district` a code."""

    number: int
    name: str
    level: str
    units: tuple[str, ...]
    ward: str
    district: str
    owner: str
    origin: str
    state: str
    state_words: str
    opened_at: datetime
    version: int
    history: tuple[PlaceStep, ...]

    @property
    def is_open(self) -> bool:
        return self.state == PlaceState.OPEN


def list_places(*, by: str) -> tuple[PlaceTold, ...]:
    """Every place, open ones first, by name. Raises ChangeDenied for somebody with no seat at the table."""
    acting(by, "read_meetings")
    places = [place_told(one) for one in Place.objects.prefetch_related("history")]
    return tuple(sorted(places, key=lambda one: (not one.is_open, one.name.casefold(), one.number)))


def place(*, number: int, by: str) -> PlaceTold:
    """One place with its history. Raises NoSuchThing, ChangeDenied."""
    acting(by, "read_meetings")
    found = Place.objects.filter(pk=number).first()
    if found is None:
        raise NoSuchThing(f"There is no place {number}.")
    return place_told(found)


def place_drawn_at(*, level: str, units: Sequence[str], by: str) -> PlaceTold | None:
    """The open place that such a drawing means, in streets or hexagons: it shares half of the smaller of the two."""
    acting(by, "read_meetings")
    places = _open_places()
    wanted = drawn(level, units)
    number = same_place(wanted, {key: drawing_of(one) for key, one in places.items()}, lies_in)
    return None if number is None else place_told(places[number])


def places_overlapping(
    *, level: str, units: Sequence[str], by: str, without: int | None = None
) -> tuple[PlaceTold, ...]:
    """Open places that share ground with such a drawing, the oldest first; `without` is the number of one to leave out."""
    acting(by, "read_meetings")
    return overlaps_of(drawn(level, units), without)


def _open_places() -> dict[int, Place]:
    return {int(one.pk): one for one in Place.objects.filter(state=PlaceState.OPEN)}


def overlaps_of(wanted: Drawn, without: int | None = None) -> tuple[PlaceTold, ...]:
    """`places_overlapping`, for those who may read places already."""
    places = {key: one for key, one in _open_places().items() if key != without}
    drawings = {key: drawing_of(one) for key, one in places.items()}
    return tuple(place_told(places[number]) for number in overlapping(wanted, drawings, lies_in))


def refuse_overlaps(wanted: Drawn, beside: Sequence[int], without: int | None = None) -> None:
    """Raise PlaceOverlaps where an open place lies there that is not among `beside`, those its writer let stand."""
    found = [one for one in overlaps_of(wanted, without) if one.number not in beside]
    if found:
        raise PlaceOverlaps(found)


def open_place(
    *,
    name: str,
    level: str,
    units: Sequence[str],
    owner: str,
    origin: str,
    by: str,
    at: datetime,
    beside: Sequence[int] = (),
) -> int:
    """Draw a place; gives its number. `owner` is an agency's code or empty, `origin` the question it came from or empty.

    `beside` are numbers of open places on the same ground that its writer knows of and means to keep apart. Raises
    ChangeDenied, PlaceMoveRefused for units that are no place, PlaceOverlaps, PlaceRefused, TextRefused.
    """
    account = acting(by, "decide")
    wanted = drawn(level, units)
    with transaction.atomic():
        refuse_overlaps(wanted, beside)
        opened = new_place(name, wanted, owner, origin, account, at)
        step_taken(opened, "opened", account, at, {"name": opened.name, "units": opened.units})
        detail: dict[str, object] = {
            "name": opened.name,
            "level": opened.level,
            "units": opened.units,
            "owner": opened.owner,
        }
        detail |= {"beside": sorted(beside)} if beside else {}
        recorded("place_opened", f"place {opened.pk}", account, at, detail)
    return int(opened.pk)


def new_place(name: str, drawing: Drawn, owner: str, origin: str, account: Account, at: datetime) -> Place:
    """A place's line, saved; its caller writes history and audit."""
    return Place.objects.create(
        name=told(name, what="the name of the place", longest=LONGEST_NAME),
        level=drawing.level,
        units=",".join(drawing.units),
        district=district_of(drawing),
        owner=known_agency(owner),
        origin=origin[:2000],
        opened_by=account.user,
        opened_at=at,
    )


def known_agency(code: str) -> str:
    """The code, or "" for none. Raises PlaceRefused for one that there is not."""
    if code and not Agency.objects.filter(code=code).exists():
        raise PlaceRefused(f"There is no agency '{code}'.")
    return code


def step_taken(
    changed: Place,
    change: str,
    account: Account,
    at: datetime,
    detail: Mapping[str, object],
    other: Place | None = None,
) -> None:
    """One line of a place's history."""
    PlaceChange.objects.create(
        place=changed, change=change, other=other, detail=dict(detail), by=account.user, agency=account.agency,
        at=at,
    )  # fmt: skip


def drawing_of(kept: Place) -> Drawn:
    return drawn(kept.level, kept.units.split(","))


def place_told(kept: Place) -> PlaceTold:
    drawing = drawing_of(kept)
    return PlaceTold(
        number=int(kept.pk),
        name=kept.name,
        level=kept.level,
        units=drawing.units,
        ward=ward_name_of(drawing),
        district=kept.district,
        owner=kept.owner,
        origin=kept.origin,
        state=kept.state,
        state_words=STATE_WORDS[PlaceState(kept.state)],
        opened_at=kept.opened_at,
        version=kept.version,
        history=tuple(
            PlaceStep(one.change, one.detail, one.other_id, one.agency, one.at) for one in kept.history.all()
        ),
    )
