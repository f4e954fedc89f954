"""The life of a place that the partnership owns: opened, drawn anew, merged, split, closed. Nothing of it is deleted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "LEVELS",
    "MOST_UNITS",
    "MOVES",
    "STATE_WORDS",
    "Drawn",
    "LiesIn",
    "PlaceMoveRefused",
    "PlaceState",
    "drawn",
    "merged_units",
    "moved",
    "overlapping",
    "same_place",
    "shared",
    "split_units",
]

LEVELS = ("street", "cell:8", "cell:9", "cell:10")
"""What a place is drawn in. Never one point, never an address."""

_FINENESS = ("street", "cell:10", "cell:9", "cell:8")
LiesIn = Callable[[str, str], str]
"""Of a unit and a level of hexagons, larger than it: the hexagon in which the unit's middle lies, "" for none."""

MOST_UNITS = 80
LEAST_SHARED = 0.5


class PlaceState(StrEnum):
    """Where a place stands."""

    OPEN = "open"
    MERGED = "merged"
    SPLIT = "split"
    CLOSED = "closed"


STATE_WORDS: Mapping[PlaceState, str] = {
    PlaceState.OPEN: "Open",
    PlaceState.MERGED: "Merged into another",
    PlaceState.SPLIT: "Split into others",
    PlaceState.CLOSED: "Closed",
}
MOVES: Mapping[PlaceState, tuple[PlaceState, ...]] = {
    PlaceState.OPEN: (PlaceState.MERGED, PlaceState.SPLIT, PlaceState.CLOSED),
    PlaceState.CLOSED: (PlaceState.OPEN,),
    PlaceState.MERGED: (),
    PlaceState.SPLIT: (),
}


class PlaceMoveRefused(ValueError):
    """The place cannot be changed so; the message says why."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """How a place is drawn: codes of one level, ascending, each once. Raises PlaceMoveRefused for none or too many."""

    level: str
    units: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise PlaceMoveRefused(f"A place is drawn in streets or hexagons: choose {', '.join(LEVELS)}.")
        if not self.units:
            raise PlaceMoveRefused("A place has at least one street or hexagon.")
        if len(self.units) > MOST_UNITS:
            raise PlaceMoveRefused(f"A place has at most {MOST_UNITS} streets or hexagons: draw it smaller.")


def drawn(level: str, units: Iterable[str]) -> Drawn:
    """A drawing from codes in any order. Raises PlaceMoveRefused."""
    return Drawn(level, tuple(sorted({one.strip() for one in units} - {""})))


def moved(state: PlaceState, to: PlaceState) -> PlaceState:
    """The state after a move. Raises PlaceMoveRefused for one that there is not."""
    if to not in MOVES[state]:
        raise PlaceMoveRefused(
            f"A place that is {STATE_WORDS[state].lower()} cannot become {STATE_WORDS[to].lower()}."
        )
    return to


def merged_units(places: Sequence[Drawn]) -> Drawn:
    """What a merged place is drawn as: all of them. Raises PlaceMoveRefused for fewer than two, or two levels."""
    if len(places) < 2:
        raise PlaceMoveRefused("Choose the other place that it is merged with.")
    if len({one.level for one in places}) > 1:
        raise PlaceMoveRefused("One is drawn in streets and one in hexagons: draw one anew first.")
    return drawn(places[0].level, (unit for one in places for unit in one.units))


def split_units(whole: Drawn, part: Iterable[str]) -> tuple[Drawn, Drawn]:
    """A part, and what is left of the whole. Raises PlaceMoveRefused unless both have something of it."""
    first = drawn(whole.level, part)
    if strange := set(first.units) - set(whole.units):
        raise PlaceMoveRefused(f"{', '.join(sorted(strange)[:3])} is no part of the place.")
    left = [unit for unit in whole.units if unit not in first.units]
    if not left:
        raise PlaceMoveRefused("Leave something of the place: the part is all of it.")
    return first, drawn(whole.level, left)


def shared(wanted: Drawn, other: Drawn, lies_in: LiesIn) -> tuple[int, int]:
    """How many units of one drawing lie in the other, and of the other in it: of one level the same number twice.

    Of two levels the finer one's units lie in the hexagon that their middle is in.
    """
    if wanted.level == other.level:
        both = len(set(wanted.units) & set(other.units))
        return both, both
    if _FINENESS.index(wanted.level) > _FINENESS.index(other.level):
        of_other, of_wanted = shared(other, wanted, lies_in)
        return of_wanted, of_other
    inside = [code for code in (lies_in(unit, other.level) for unit in wanted.units) if code in other.units]
    return len(inside), len(set(inside))


def overlapping(wanted: Drawn, places: Mapping[int, Drawn], lies_in: LiesIn) -> tuple[int, ...]:
    """Numbers of the places that a drawing shares anything with, ascending."""
    return tuple(number for number, one in sorted(places.items()) if any(shared(wanted, one, lies_in)))


def same_place(wanted: Drawn, places: Mapping[int, Drawn], lies_in: LiesIn) -> int | None:
    """The number of the place that a drawing means: half of the smaller of the two is shared, as `shared` has it.

    Of several the one that shares most, of these the oldest; None where none does.
    """
    alike: dict[int, int] = {}
    for number, one in places.items():
        of_wanted, of_one = shared(wanted, one, lies_in)
        half = of_wanted >= LEAST_SHARED * len(wanted.units) or of_one >= LEAST_SHARED * len(one.units)
        if of_wanted and half:
            alike[number] = of_wanted
    return min(alike, key=lambda number: (-alike[number], number), default=None)
