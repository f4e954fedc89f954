"""Which cells of a release are told, so that nobody can work out those that are not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trigpoint.core.disclosure.attack import Attacker, Narrowed, narrowed, together
from trigpoint.core.disclosure.cells import AREA_KINDS, Counted, Relation, interval_of
from trigpoint.core.disclosure.rules import ReleaseRules
from trigpoint.core.disclosure.suppress import Withheld, released

__all__ = ["CannotProtect", "Protected", "known_of", "protect", "still_narrowed"]

SMALL, SECONDARY, BEFORE = "small", "secondary", "before"
"""Why a cell is withheld: it is small; it would give another away; with what was told before it would give away that
records came or went between two releases."""


class CannotProtect(RuntimeError):
    """Even with everything withheld that can be, some cell could be worked out. The release must not leave."""


@dataclass(frozen=True, slots=True)
class Protected:
    """Of each cell: the number told or None, and why it is withheld, "" where it is told or was never offered."""

    told: tuple[int | None, ...]
    withheld: tuple[str, ...]


def protect(cells: Sequence[Counted], relations: Sequence[Relation], rules: ReleaseRules) -> Protected:
    """Round, withhold what is small, and withhold more until the attacker finds nothing. Deterministic.

    What earlier releases told stands (`Counted.stands`), what they withheld as small stays withheld, and nothing is told
    anew that could not be true of the same counts as everything told before: so nobody can work out that a record came or
    went between two releases. Of several cells that could be withheld for the one in danger, those beside it go before
    those that hold it, then the smaller number, then the order given. Raises CannotProtect.
    """
    told, why = _first_told(cells, rules)
    for group in together(len(cells), relations):
        inside = {cell: place for place, cell in enumerate(group)}
        own = [_moved(one, inside) for one in relations if one.whole in inside]
        _protect_group([cells[one] for one in group], own, rules, group, told, why)
    return Protected(tuple(told), tuple(why))


def still_narrowed(
    cells: Sequence[Counted], told: Sequence[int | None], relations: Sequence[Relation], rules: ReleaseRules
) -> tuple[Narrowed, ...]:
    """Which cells can be narrowed more than is allowed when these are told; the attacker over all cells at once."""
    known = known_of(cells, told, rules)
    guarded = _guarded(cells, told, rules)
    return narrowed([low for low, _ in known], [high for _, high in known], relations, guarded)


def known_of(
    cells: Sequence[Counted], told: Sequence[int | None], rules: ReleaseRules
) -> tuple[tuple[float, float], ...]:
    """What the attacker knows of each cell by itself, least and most.

    That a withheld cell is small is known (0 to 9): stronger than a reader, who is not told which are small. A cell
    withheld for another's sake, and one that was never offered, may be anything.
    """
    return tuple(_known(cell, number, rules) for cell, number in zip(cells, told, strict=True))


def _known(cell: Counted, told: int | None, rules: ReleaseRules) -> tuple[float, float]:
    if told is not None and told != cell.told_before:
        least, most = interval_of(told, rules)
        low, high = cell.before or (least, most)
        return max(low, least), min(high, most)
    if cell.before is not None:
        return cell.before
    if cell.offered and cell.count < rules.withhold_below:
        return 0, rules.withhold_below - 1
    return 0, float("inf")


def _guarded(cells: Sequence[Counted], told: Sequence[int | None], rules: ReleaseRules) -> list[int]:
    """Small cells, now or before, that nobody was told of, whether they were offered or not."""
    return [
        place
        for place, (cell, number) in enumerate(zip(cells, told, strict=True))
        if number is None
        and cell.told_before is None
        and (cell.was_small or cell.count < rules.withhold_below)
    ]


def _first_told(cells: Sequence[Counted], rules: ReleaseRules) -> tuple[list[int | None], list[str]]:
    ways = [_alone(one, rules) if one.offered else (None, "") for one in cells]
    return [told for told, _ in ways], [why for _, why in ways]


def _alone(cell: Counted, rules: ReleaseRules) -> tuple[int | None, str]:
    """The number told of a cell as far as it alone decides, or None and why."""
    if cell.stands(rules):
        return cell.told_before, ""
    number = released(cell.count, rules)
    if isinstance(number, Withheld):
        return None, SMALL
    least, most = interval_of(number, rules)
    differs = cell.before is not None and (most < cell.before[0] or least > cell.before[1])
    return (None, BEFORE) if differs or cell.told_before is not None else (number, "")


def _protect_group(
    cells: Sequence[Counted],
    relations: Sequence[Relation],
    rules: ReleaseRules,
    places: Sequence[int],
    told: list[int | None],
    why: list[str],
) -> None:
    """Withhold within one group of cells until the attacker finds none there: writes into `told` and `why`."""
    fresh = [one for one, place in enumerate(places) if told[place] not in (None, cells[one].told_before)]
    proposed = [told[one] for one in places]
    earlier = any(one.before for one in cells)
    attacker = Attacker(len(cells), relations)
    gone_before = _impossible(cells, proposed, fresh, attacker, rules) if earlier else []
    for gone in fresh if gone_before is None else gone_before:
        told[places[gone]], why[places[gone]] = None, BEFORE
    if gone_before is None:
        return
    fresh = [one for one in fresh if one not in gone_before]
    found = _first_narrowed(cells, [told[one] for one in places], attacker, rules)
    while found:
        if not fresh:
            raise CannotProtect("a small count could be worked out even with everything beside it withheld")
        gone = min(fresh, key=lambda one: _price(one, found[0].cell, cells, relations))
        told[places[gone]], why[places[gone]] = None, SECONDARY
        fresh.remove(gone)
        found = _first_narrowed(cells, [told[one] for one in places], attacker, rules)


def _impossible(
    cells: Sequence[Counted],
    told: Sequence[int | None],
    fresh: Sequence[int],
    attacker: Attacker,
    rules: ReleaseRules,
) -> list[int] | None:
    """Which of the cells told anew no counts allow beside what was told before and the others told anew.

    Of several that are not possible together the first stand. None where no counts agree with what was told already:
    nothing is to be told anew then, and there is nothing to be narrowed.
    """

    def fits(kept: Sequence[int]) -> bool:
        numbers = [None if one in fresh and one not in kept else number for one, number in enumerate(told)]
        known = known_of(cells, numbers, rules)
        return attacker.possible([low for low, _ in known], [high for _, high in known])

    if not fits(()):
        return None
    kept: list[int] = []
    gone: list[int] = []
    waiting = [list(fresh)] if fresh else []
    while waiting:
        some = waiting.pop()
        if fits([*kept, *some]):
            kept += some
        elif len(some) == 1:
            gone += some
        else:
            middle = len(some) // 2
            waiting += [some[middle:], some[:middle]]
    return gone


def _first_narrowed(
    cells: Sequence[Counted], told: Sequence[int | None], attacker: Attacker, rules: ReleaseRules
) -> tuple[Narrowed, ...]:
    known = known_of(cells, told, rules)
    low, high = [one for one, _ in known], [one for _, one in known]
    return attacker.narrowed(low, high, _guarded(cells, told, rules), first_only=True)


def _price(
    one: int, danger: int, cells: Sequence[Counted], relations: Sequence[Relation]
) -> tuple[int, int, int]:
    """What withholding a cell costs, the least first: how far from the one in danger, how large, its place."""
    beside = any(danger in each.parts and one in each.parts for each in relations)
    touching = any({danger, one} <= {each.whole, *each.parts} for each in relations)
    distance = 0 if beside else 1 if touching else 2
    coarse = -AREA_KINDS.index(cells[one].key.area_kind)
    return (distance, coarse if distance else 0, cells[one].count * 10_000 + one)


def _moved(relation: Relation, inside: Mapping[int, int]) -> Relation:
    return Relation(relation.law, inside[relation.whole], tuple(inside[one] for one in relation.parts))
