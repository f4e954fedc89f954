"""A release beside those before it: what they tell together.

Somebody who keeps every release knows all of their cells. What was told stands, and whatever is told anew must be true of
the same counts as all that was told before, so that nobody can prove that a record came or went between two releases: the
attacker is given the cells of all releases as if nothing had changed, and must find counts that agree with them, and no
small cell narrowed. An attacker who knows only that counts grew has more counts to choose from, those among them, and so
can narrow no more; for how much a cell grew there is always none to choose.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trigpoint.core.disclosure.attack import possible, together
from trigpoint.core.disclosure.cells import (
    CellKey,
    Counted,
    Layer,
    Relation,
    Within,
    interval_of,
    relations_of,
)
from trigpoint.core.disclosure.protect import known_of, still_narrowed
from trigpoint.core.disclosure.rules import ReleaseRules

__all__ = ["Finding", "ToldCell", "beside", "joined_within", "joint_findings"]


@dataclass(frozen=True, slots=True)
class ToldCell:
    """A cell as a release told it: `told` None where withheld or never offered; `small` where its count was small."""

    key: CellKey
    told: int | None
    small: bool
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """What several releases give away together.

    `kind` is "differs" (a cell told as two numbers, or after it was withheld as small), "narrowed" (a small cell can be
    worked out) or "changed" (no counts are true of all of them: records came or went).
    """

    kind: str
    key: CellKey


def beside(
    new: Sequence[Counted], earlier: Iterable[Sequence[ToldCell]], rules: ReleaseRules
) -> tuple[Counted, ...]:
    """The new cells with what was told of them before, and beside them the other cells of earlier releases.

    Of those the count is not known here: a told one stands by what it told, a small one by nobody.
    """
    past = _past(earlier)
    touched = {(one.key.layer, _quarter(one.key)) for one in new}
    own = {one.key for one in new}
    joined = [_counted(one.key, past.get(one.key, ()), one.count, one.offered, rules) for one in new]
    others = [
        _counted(key, cells, _least_of(cells, rules), False, rules)
        for key, cells in sorted(past.items())
        if key not in own and _touches(key, touched)
    ]
    return (*joined, *others)


def joined_within(known: Iterable[Within]) -> Within:
    """The ground of several releases as one."""
    districts: dict[str, str] = {}
    pieces: dict[str, tuple[str, str]] = {}
    for one in known:
        districts |= one.district_of_ward
        pieces |= one.of_piece
    return Within(districts, pieces)


def joint_findings(
    releases: Sequence[Sequence[ToldCell]], within: Within, rules: ReleaseRules
) -> tuple[Finding, ...]:
    """What somebody who has all of these releases could work out through the last of them. Empty: it may leave."""
    if not releases:
        return ()
    past, newest = _past(releases[:-1]), {one.key: one for one in releases[-1]}
    keys = sorted({*past, *newest})
    cells = [_standing(key, past.get(key, ()), newest.get(key), rules) for key in keys]
    told = [newest[key].told if key in newest else None for key in keys]
    differs = [
        Finding("differs", one.key)
        for one, number in zip(cells, told, strict=True)
        if _differs(one, number, rules)
    ]
    return (*differs, *_together(cells, told, set(newest), relations_of(keys, within), rules))


def _together(
    cells: Sequence[Counted],
    told: Sequence[int | None],
    newest: set[CellKey],
    relations: Sequence[Relation],
    rules: ReleaseRules,
) -> Iterable[Finding]:
    """What each group of cells that the last release touches gives away."""
    for group in together(len(cells), relations):
        chosen, numbers = [cells[one] for one in group], [told[one] for one in group]
        if newest.isdisjoint(one.key for one in chosen):
            continue
        inside = {cell: place for place, cell in enumerate(group)}
        own = [
            Relation(one.law, inside[one.whole], tuple(inside[part] for part in one.parts))
            for one in relations
            if one.whole in inside
        ]
        known = known_of(chosen, numbers, rules)
        if not possible([low for low, _ in known], [high for _, high in known], own):
            yield from (
                Finding("changed", one.key)
                for one, number in zip(chosen, numbers, strict=True)
                if number not in (None, one.told_before) and not _differs(one, number, rules)
            )
            continue
        found = still_narrowed(chosen, numbers, own, rules)
        yield from (Finding("narrowed", chosen[one.cell].key) for one in found)


def _past(releases: Iterable[Sequence[ToldCell]]) -> dict[CellKey, tuple[ToldCell, ...]]:
    """Every cell of earlier releases with what each told of it, oldest first."""
    found: dict[CellKey, tuple[ToldCell, ...]] = {}
    for cells in releases:
        for one in cells:
            found[one.key] = (*found.get(one.key, ()), one)
    return found


def _counted(
    key: CellKey, past: Sequence[ToldCell], count: int, offered: bool, rules: ReleaseRules
) -> Counted:
    """A cell with what earlier releases let one hold it for."""
    numbers = [one.told for one in past if one.told is not None]
    ways = [interval_of(one, rules) for one in numbers]
    before: tuple[float, float] | None = None
    if ways:
        before = (min(low for low, _ in ways), max(high for _, high in ways))
    elif any(one.offered for one in past):
        small = any(one.offered and one.small for one in past)
        before = (0, rules.withhold_below - 1 if small else float("inf"))
    return Counted(
        key, count, offered, before, numbers[-1] if numbers else None, any(one.small for one in past)
    )


def _standing(
    key: CellKey, past: Sequence[ToldCell], newest: ToldCell | None, rules: ReleaseRules
) -> Counted:
    """A cell as it stands when its count is not known: by what was told, and by whether it was small."""
    now = () if newest is None else (newest,)
    return _counted(key, past, _least_of(now, rules), newest is not None and newest.offered, rules)


def _least_of(cells: Sequence[ToldCell], rules: ReleaseRules) -> int:
    """A count in the place of one that is not known: none for a small cell, else the least that is not small."""
    return 0 if any(one.small for one in cells) else rules.withhold_below


def _differs(one: Counted, number: int | None, rules: ReleaseRules) -> bool:
    if number is None:
        return False
    if one.told_before is not None:
        return number != one.told_before
    return one.before is not None and interval_of(number, rules)[0] > one.before[1]


def _touches(key: CellKey, touched: set[tuple[Layer, tuple[int, int]]]) -> bool:
    return any(
        quarter == _quarter(key) and (layer == key.layer or layer.holds(key.layer) or key.layer.holds(layer))
        for layer, quarter in touched
    )


def _quarter(key: CellKey) -> tuple[int, int]:
    return key.first_on.year, (key.first_on.month - 1) // 3
