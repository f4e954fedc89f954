"""Emerging hotspots: every rule and its precedence as a table, and what cannot be tested."""

import numpy as np
import pytest

from tests.factories.neighbourhoods import from_edges, grid
from trigpoint.core.analysis.cube import judge_cube
from trigpoint.core.analysis.cube_laws import ChildrenOverTime, RecordsOverTime
from trigpoint.core.analysis.emerging import CATEGORIES, categories, find_emerging
from trigpoint.core.analysis.mann_kendall import mann_kendall, overlap_inflation, sen_slope
from trigpoint.core.analysis.onset import find_onsets
from trigpoint.core.analysis.patches import touching_alike

# H hot, C cold, . neither; the oldest step first; + the trend rises, - it falls
CASES = [
    ("............", " ", "3", "no pattern"),
    ("...........H", " ", "3", "new hot spot"),
    ("..........HH", " ", "3", "consecutive hot spot"),
    ("..HHHHHHHHHH", " ", "3", "consecutive hot spot"),  # 10 of 12: 90% of 12 needs 11
    (".HHHHHHHHHHH", " ", "3", "persistent hot spot"),
    ("HHHHHHHHHHHH", "+", "3", "intensifying hot spot"),
    ("HHHHHHHHHHHH", "-", "3", "diminishing hot spot"),
    ("HHHHHHHHHHH.", " ", "3", "historical hot spot"),
    ("HHHHHHHHHHH.", "+", "3", "historical hot spot"),  # hot no more: however it rose
    ("HHHHHHHHHHH.", "-", "3", "historical hot spot"),
    ("..H........H", " ", "3", "sporadic hot spot"),
    ("..H.......HH", "+", "3", "sporadic hot spot"),  # a trend alone makes nothing intensifying
    ("..H.........", " ", "3", "no pattern"),
    ("..H.........", " ", "2", "sporadic hot spot"),  # up to version 2 the last step did not matter
    ("..HC........", " ", "2", "no pattern"),
    ("C..........H", " ", "3", "oscillating hot spot"),  # before new
    ("C.........HH", " ", "3", "oscillating hot spot"),  # before consecutive
    ("C.H.......HH", " ", "3", "oscillating hot spot"),  # before sporadic
    ("CHHHHHHHHHHH", " ", "3", "persistent hot spot"),  # nine tenths goes before oscillating
    ("CHHHHHHHHHHH", "+", "3", "intensifying hot spot"),
    ("CCCCCCCCCCCH", " ", "3", "oscillating hot spot"),  # hot now: never told as historically cold
    ("HHHHHHHHHHHC", " ", "3", "historical hot spot"),  # hot before, cold now: the cold may be silence
    ("...........C", " ", "3", "new cold spot"),
    ("..........CC", " ", "3", "consecutive cold spot"),
    ("CCCCCCCCCCCC", "-", "3", "intensifying cold spot"),  # colder and colder
    ("CCCCCCCCCCCC", "+", "3", "diminishing cold spot"),
    ("CCCCCCCCCCCC", " ", "3", "persistent cold spot"),
    ("CCCCCCCCCCC.", " ", "3", "historical cold spot"),
    ("..C........C", " ", "3", "sporadic cold spot"),
    ("..C.........", " ", "2", "sporadic cold spot"),
    ("H..........C", " ", "3", "oscillating cold spot"),
    ("H..C........", " ", "3", "no pattern"),
]


@pytest.mark.parametrize(("steps", "trend", "version", "expected"), CASES, ids=str)
def test_every_rule_and_which_goes_first(steps: str, trend: str, version: str, expected: str) -> None:
    bins = np.array([list(steps)])
    sign = np.array([{"+": 1, "-": -1, " ": 0}[trend]])
    found = categories(bins == "H", bins == "C", sign, esri_version=version)
    assert CATEGORIES[found[0]] == expected


def test_all_seventeen_categories_are_met_by_the_table() -> None:
    assert len(CATEGORIES) == 17 == len(set(CATEGORIES))
    assert {expected for *_, expected in CASES} == set(CATEGORIES)


@pytest.mark.parametrize(("steps", "needed"), [(10, 9), (12, 11), (24, 22)])
def test_nine_tenths_is_counted_in_whole_steps(steps: int, needed: int) -> None:
    hot = np.zeros((2, steps), dtype=bool)
    hot[0, -needed:], hot[1, -(needed - 1) :] = True, True
    found = categories(hot, np.zeros_like(hot), np.zeros(2, dtype=int))
    assert [CATEGORIES[one] for one in found] == ["persistent hot spot", "consecutive hot spot"]


def test_a_place_that_fills_up_is_told_with_its_month() -> None:
    counts = np.random.default_rng(1).poisson(0.3, (49, 14))
    counts[24, 10:] += 30
    counts[[17, 31], 10:] += 12
    found = find_emerging(counts, grid(7, 7, diagonals=False))
    assert CATEGORIES[found.category[24]] == "consecutive hot spot"
    # its first month is half of a window that reaches a month back
    assert found.since[24] == found.first_hot[24]
    assert found.since[24] in (10, 11)
    assert found.since[0] == found.first_hot[0] == -1
    assert (found.esri_version, found.window, found.back, found.corrected) == ("3", "cube", 1, True)


def test_version_two_corrects_for_nothing_and_finds_more() -> None:
    counts = np.random.default_rng(2).poisson(0.5, (49, 12))
    strict = find_emerging(counts, grid(7, 7), esri_version="3").cube
    loose = find_emerging(counts, grid(7, 7), esri_version="2").cube
    np.testing.assert_array_equal(strict.p_high, loose.p_high)
    assert loose.hot.sum() > strict.hot.sum()
    assert not np.any(strict.hot & ~loose.hot)
    np.testing.assert_array_equal(loose.hot, (loose.p_high <= 0.05) & (loose.around > loose.expected))


def test_a_step_alone_is_never_compared_with_others() -> None:
    counts = np.random.default_rng(3).poisson(0.5, (25, 12))
    busy = counts.copy()
    busy[:, 4] *= 50
    quiet, loud = (find_emerging(one, grid(5, 5), window="step") for one in (counts, busy))
    np.testing.assert_array_equal(np.delete(quiet.cube.p_high, 4, 1), np.delete(loud.cube.p_high, 4, 1))
    assert quiet.back == 0


def test_a_map_that_is_all_alike_cannot_be_tested() -> None:
    found = find_emerging(np.full((4, 10), 3), grid(2, 2))
    assert np.isnan(found.cube.z).all()
    assert np.isnan(found.cube.p_high).all()
    assert found.cube.tested == 0
    assert not found.category.any()
    assert (found.trend_p == 1.0).all()
    assert find_emerging(np.zeros((0, 10), dtype=int), from_edges(0, [])).category.size == 0
    whole = judge_cube([[1, 2]], from_edges(1, []), window="cube", back=1, rate=0.05, corrected=True)
    assert np.isnan(whole.z[0, 1])
    assert not np.isnan(whole.z[0, 0])
    tiny = judge_cube([[1], [2]], from_edges(2, [(0, 1)]), window="cube", back=0, rate=0.05, corrected=True)
    assert np.isnan(tiny.z).all()
    assert (tiny.expected == 3.0).all()


def test_a_window_without_anything_to_compare_with_is_not_tested() -> None:
    counts = np.array([[1, 0], [0, 2], [0, 0]])
    near = from_edges(3, [])
    asked = {"window": "cube", "back": 0, "rate": 0.05, "corrected": True}
    records = judge_cube(
        counts, near, background=RecordsOverTime(np.add(counts, [[1, 1], [0, 0], [0, 0]])), **asked
    )
    np.testing.assert_array_equal(np.isnan(records.p_high), [[False, False], [True, False], [True, True]])
    children = judge_cube(counts, near, background=ChildrenOverTime([4.0, 2.0, 0.0]), **asked)
    np.testing.assert_array_equal(np.isnan(children.p_high), [[False, False], [False, False], [True, True]])
    unknown = judge_cube(counts, near, background=ChildrenOverTime([4.0, 2.0, np.nan]), **asked)
    np.testing.assert_array_equal(unknown.p_high, children.p_high)


def test_what_does_not_fit_is_refused() -> None:
    near = grid(2, 2)
    fits = np.ones((4, 12), dtype=int)
    asked = {"window": "cube", "back": 1, "rate": 0.05, "corrected": True}
    for counts in (np.ones((4, 9), dtype=int), np.ones(12, dtype=int)):
        with pytest.raises(ValueError, match="at least 10 steps"):
            find_emerging(counts, near)
    with pytest.raises(ValueError, match="version"):
        find_emerging(fits, near, esri_version="4")
    with pytest.raises(ValueError, match="cube, neighbourhood, step"):
        find_emerging(fits, near, window="year")
    for back, window in ((-1, "cube"), (1, "step")):
        with pytest.raises(ValueError, match="steps back"):
            judge_cube(fits, near, **asked | {"back": back, "window": window})
    with pytest.raises(ValueError, match="one row"):
        judge_cube(fits[:3], near, **asked)
    for wrong in (fits * 1.5, fits - 2):
        with pytest.raises(ValueError, match="whole counts"):
            judge_cube(wrong, near, **asked)
    for everything in (fits - 1, fits[:3], fits * 2.0):
        with pytest.raises(ValueError, match="number of records"):
            judge_cube(fits, near, background=RecordsOverTime(everything), **asked)
    for children in ([1.0, 2.0], [1.0, 2.0, 3.0, -1.0], [1.0, 2.0, 3.0, np.inf]):
        with pytest.raises(ValueError, match="number of children"):
            judge_cube(fits, near, background=ChildrenOverTime(children), **asked)
    with pytest.raises(ValueError, match="leave it out"):
        judge_cube(fits, near, background=ChildrenOverTime([1.0, 2.0, 3.0, np.nan]), **asked)


def test_trends_of_short_and_broken_series() -> None:
    series = [[np.nan, 1.0, np.nan, 2.0], [3.0, 3.0, 3.0, 3.0], [np.nan] * 4]
    found = mann_kendall(series)
    assert found.s.tolist() == [1, 0, 0]
    assert found.steps.tolist() == [2, 4, 0]
    assert found.z.tolist() == [0.0, 0.0, 0.0]
    assert found.p.tolist() == [1.0, 1.0, 1.0]
    np.testing.assert_array_equal(sen_slope(series), [0.5, 0.0, np.nan])
    assert overlap_inflation([0, 2, 12], 0).tolist() == [1.0, 1.0, 1.0]
    assert overlap_inflation([2], 1).tolist() == [1.0]
    for asked in (mann_kendall, sen_slope):
        with pytest.raises(ValueError, match="two dimensions"):
            asked([1.0, 2.0])
    with pytest.raises(ValueError, match="fewer than none"):
        overlap_inflation([5], -1)


def test_a_summer_like_the_last_is_told_as_a_season() -> None:
    months = np.zeros((2, 26), dtype=int) + 1
    months[0, [9, 10, 11, 21, 22, 23]] += 15
    months[1, 21:] += 15
    county = months.sum(axis=0) + 200
    found = find_onsets(months, county)
    assert (found.q < 0.01).all()
    assert found.since.tolist() == [21, 21]
    assert found.year_before.tolist() == [48 + 2, 5]
    assert found.season_p[0] > 0.4
    assert found.season_p[1] < 1e-6


def test_onsets_where_there_is_nothing_to_tell() -> None:
    found = find_onsets([[0, 0, 0, 0], [2, 1, 0, 3]], [2, 1, 0, 3], steps_a_year=2)
    assert found.since.tolist() == [-1, -1]
    assert np.isnan(found.p).all()
    assert np.isnan(found.season_p).all()
    assert found.observed.tolist() == [0, 0]
    assert found.expected.tolist() == [0.0, 0.0]
    assert found.year_before.tolist() == [-1, -1]
    none_lately = find_onsets([[5, 0, 0, 0]], [50, 50, 0, 50], steps_a_year=1)
    assert none_lately.season_p.tolist() == [1.0]
    for wrong in ([[1.5, 2.0]], [[-1, 2]], [[9, 9]], [1, 2], [[1, 2, 3]]):
        with pytest.raises(ValueError, match="count"):
            find_onsets(wrong, [5, 5])


def test_units_that_touch_and_are_alike_are_one_patch() -> None:
    near = from_edges(7, [(0, 1), (1, 2), (2, 3), (4, 5), (0, 6)])
    patches = touching_alike(np.array([1, 1, 2, 2, 0, 1, 0]), near)
    assert [one.tolist() for one in patches] == [[0, 1], [2, 3], [5]]
    assert touching_alike(np.zeros(7, dtype=int), near) == []
    with pytest.raises(ValueError, match="one kind"):
        touching_alike(np.array([1]), near)
