"""The attacker, held against every assignment there is, written out one by one."""

import itertools
import random

import pytest

from trigpoint.core.disclosure.attack import (
    LEAST_SPREAD,
    Attacker,
    NotPossible,
    bounds_of,
    narrowed,
    possible,
    together,
)
from trigpoint.core.disclosure.cells import Relation

INF = float("inf")


def agrees(counts, relations):
    for one in relations:
        parts, whole = [counts[part] for part in one.parts], counts[one.whole]
        if one.law == "sum" and whole != sum(parts):
            return False
        if one.law != "sum" and max(parts) > whole:
            return False
        if one.law == "union" and whole > sum(parts):
            return False
    return True


def twin(least, most, relations):
    """The bounds of every cell, by writing out every assignment."""
    ranges = [range(int(low), int(high) + 1) for low, high in zip(least, most, strict=True)]
    fits = [counts for counts in itertools.product(*ranges) if agrees(counts, relations)]
    return [(min(column), max(column)) for column in zip(*fits, strict=True)]


SHAPES = (
    ((0, (1, 2)),),
    ((0, (1, 2, 3)),),
    ((0, (1, 2)), (0, (3, 4))),  # a quarter by wards, and by months
    ((1, (3,)), (2, (3, 4)), (0, (1, 2))),  # a named area across two wards
    ((0, (1, 2)), (1, (3, 4))),
)


@pytest.mark.parametrize("law", ["union", "sum"])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(4))
def test_bounds_are_those_of_writing_out_every_assignment(law, shape, seed):
    rng = random.Random(f"{shape} {law} {seed}")
    relations = [Relation(law, whole, parts) for whole, parts in shape]
    cells = 1 + max(number for whole, parts in shape for number in (whole, *parts))
    while True:
        least = [rng.randrange(0, 9) for _ in range(cells)]
        most = [low + rng.choice((0, 2, 4, 6)) for low in least]
        expected = twin(least, most, relations)
        if expected:
            break
    found = [bounds_of(cell, least, most, relations) for cell in range(cells)]
    assert found == expected


def test_a_district_of_one_withheld_ward_gives_it_away():
    relations = [Relation("union", 0, (1, 2, 3))]
    least, most = [38, 13, 13, 0], [42, 17, 17, 9]
    (found,) = narrowed(least, most, relations, [3])
    assert (found.cell, found.least, found.most) == (3, 4, 9)


def test_events_that_add_up_prove_that_there_is_nobody():
    relations = [Relation("sum", 0, (1, 2, 3))]
    (found,) = narrowed([18, 10, 10, 0], [22, 12, 12, 9], relations, [3])
    assert (found.least, found.most) == (0, 2)
    assert found.most < LEAST_SPREAD


def test_a_second_withheld_ward_hides_the_first():
    relations = [Relation("union", 0, (1, 2, 3))]
    assert narrowed([38, 13, 0, 0], [42, 17, INF, 9], relations, [3]) == ()


def test_nothing_guarded_is_nothing_found():
    assert narrowed([0], [9], [], []) == ()


def test_without_relations_a_small_cell_stays_as_it_is():
    assert bounds_of(0, [0], [9], []) == (0, 9)
    assert narrowed([0], [9], [], [0]) == ()


def test_a_count_without_an_end_has_none():
    relations = [Relation("union", 0, (1, 2))]
    assert bounds_of(1, [0, 0, 0], [INF, INF, 9], relations) == (0, INF)
    assert bounds_of(0, [0, 10, 0], [INF, 12, 9], relations) == (10, 21)


def test_what_no_counts_agree_with_is_said():
    with pytest.raises(NotPossible):
        bounds_of(0, [50, 0, 0], [60, 9, 9], [Relation("union", 0, (1, 2))])


def test_cells_that_bound_one_another_are_attacked_together():
    relations = [Relation("union", 3, (0, 5)), Relation("inside", 5, (4,))]
    assert together(6, relations) == ((0, 3, 4, 5), (1,), (2,))
    assert together(2, []) == ((0,), (1,))
    assert together(0, []) == ()


def one_by_one(least, most, relations, guarded):
    """The slow way: each cell bounded by itself, and never a world of an earlier attack."""
    found = [(cell, *bounds_of(cell, least, most, relations)) for cell in guarded]
    return [(cell, low, high) for cell, low, high in found if low > 0 or high < LEAST_SPREAD]


@pytest.mark.parametrize("law", ["union", "sum"])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(3))
def test_attacking_again_as_cells_are_withheld_finds_what_one_by_one_finds(law, shape, seed):
    rng = random.Random(f"again {shape} {law} {seed}")
    relations = [Relation(law, whole, parts) for whole, parts in shape]
    cells = 1 + max(number for whole, parts in shape for number in (whole, *parts))
    small = [rng.randrange(10) for _ in range(cells)]
    for _, (whole, parts) in reversed(list(enumerate(shape))):
        small[whole] = sum(small[part] for part in parts)
    least = [0.0 if one < 10 else one - 2.0 for one in small]
    most = [9.0 if one < 10 else one + 2.0 for one in small]
    guarded = [cell for cell in range(cells) if small[cell] < 10]
    attacker, told = Attacker(cells, relations), [cell for cell in range(cells) if small[cell] >= 10]
    while True:
        try:
            expected = one_by_one(least, most, relations, guarded)
        except NotPossible:
            with pytest.raises(NotPossible):
                attacker.narrowed(least, most, guarded or [0])
            return
        every = attacker.narrowed(least, most, guarded)
        assert [(one.cell, one.least, one.most) for one in every] == expected
        assert attacker.narrowed(least, most, guarded, first_only=True) == every[:1]
        if not told:
            return
        gone = told.pop(rng.randrange(len(told)))
        least[gone], most[gone] = 0.0, INF


def test_halves_of_people_are_no_world():
    """Three areas of one person or more, each two of three pieces: half a person in each piece would do, and may not."""
    relations = [Relation("union", 3, (0, 1)), Relation("union", 4, (1, 2)), Relation("union", 5, (0, 2))]
    assert narrowed([0, 0, 0, 1, 1, 1], [9] * 6, relations, [0, 1, 2]) == ()
    assert bounds_of(0, [0, 0, 0, 1, 1, 1], [9] * 6, relations) == (0, 9)


def test_two_sums_over_the_same_areas_are_read_together():
    relations = [Relation("sum", 2, (0, 1)), Relation("sum", 3, (0, 1))]
    (found,) = narrowed([0, 0, 4, 4], [9, 2, 9, 4], relations, [0])
    assert (found.cell, found.least, found.most) == (0, 2, 4)


def test_whether_any_counts_agree_is_told_again_from_a_world_that_is_kept():
    attacker = Attacker(3, [Relation("sum", 0, (1, 2))])
    assert attacker.possible([33, 0, 0], [37, 9, INF])
    assert attacker.possible([30, 0, 0], [40, 9, INF])
    assert not attacker.possible([33, 0, 0], [37, 9, 9])
    assert not possible([33, 0, 0], [37, 9, 9], [Relation("sum", 0, (1, 2))])
