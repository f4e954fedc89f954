"""Quiet or silent: a chain worked out by hand, months that say nothing, and histories made to be known."""

from itertools import pairwise, product

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from trigpoint.core.analysis.silence import VERDICTS, find_silence, verdicts

EVERY = np.ones(24, dtype=bool)


def county(seed: int, mean: float = 8.0, districts: int = 6, months: int = 24) -> NDArray[np.int64]:
    return np.random.default_rng(seed).poisson(mean, (districts, months))


def told(received: NDArray[np.int64], due: NDArray[np.bool_] = EVERY, **more: object) -> list[str]:
    return [VERDICTS[one] for one in verdicts(find_silence(received, due, **more))]  # type: ignore[arg-type]


def naive(
    row: NDArray[np.int64], due: NDArray[np.bool_], none: float, begins: float, goes_on: float
) -> list[float]:
    """Every path of reporting and silence, weighed one by one."""
    at_first = begins / (begins + 1 - goes_on)
    weights = np.zeros(len(row))
    whole = 0.0
    for path in product([0, 1], repeat=len(row)):
        weight = at_first if path[0] else 1 - at_first
        for before, after in pairwise(path):
            stays = goes_on if before else begins
            weight *= stays if after else 1 - stays
        for state, held, is_due in zip(path, row, due, strict=True):
            if held:
                weight *= 1 - state
            elif is_due:
                weight *= 1.0 if state else none
        weights += weight * np.array(path)
        whole += weight
    return list(weights / whole)


@pytest.mark.parametrize("row", [[3, 0, 4, 0, 0, 2, 0, 0, 0], [0, 0, 1, 0, 2, 0, 0, 0, 1]], ids=str)
def test_the_chain_is_every_path_weighed(row: list[int]) -> None:
    held = np.array([row, [3] * 9, [2] * 9])
    due = np.array([True] * 4 + [False] + [True] * 4)
    found = find_silence(held, due)
    assert not (found.whole > 0.1).any()
    one = found.history
    by_hand = naive(held[0], due, float(np.nanmax(found.chance_none[0])), one.begins, one.goes_on)
    # beside its own chain a district is silent where the whole feed is
    whole = np.nan_to_num(found.whole)
    expected = [0.0 if held[0, t] else 1 - (1 - by_hand[t]) * (1 - whole[t]) for t in range(9)]
    np.testing.assert_allclose(found.silent[0][due], np.array(expected)[due], atol=1e-9)


def test_the_chance_of_none_is_the_negative_binomials() -> None:
    rng = np.random.default_rng(1)
    received = rng.negative_binomial(2.0, 2.0 / (2.0 + 10.0), (30, 36))
    found = find_silence(received, np.ones(36, dtype=bool))
    assert found.dispersion == pytest.approx(0.5, rel=0.25)
    mean, size = found.expected[0, 0], 1 / found.dispersion
    assert found.chance_none[0, 0] == pytest.approx(stats.nbinom.pmf(0, size, size / (size + mean)), rel=1e-9)
    even = find_silence(np.full((2, 24), 4), EVERY)
    assert even.dispersion == 0.0
    assert even.chance_none[0, 0] == pytest.approx(np.exp(-4))


def test_a_district_that_stopped_is_silent_with_what_is_missing() -> None:
    received = county(2)
    received[3, 14:] = 0
    found = find_silence(received, EVERY)
    assert told(received) == ["sending"] * 3 + ["silent"] + ["sending"] * 2
    assert (found.since[3], found.run[3]) == (14, 10)
    assert found.run_silent[3] > 0.999
    assert found.run_chance[3] < 1e-12
    assert found.missing[3] == pytest.approx(10 * received[3, :14].mean(), rel=1e-3)
    assert (found.silent[3, 14:] > 0.999).all()
    assert not found.silent[received > 0].any()
    assert not found.missing[found.run == 0].any()


def test_one_silent_for_more_than_half_of_its_history_is_no_yardstick_for_itself() -> None:
    received = county(3)
    received[0, 8:] = 0
    assert told(received)[0] == "silent"
    assert find_silence(received, EVERY).expected[0, 0] == pytest.approx(received[0, :8].mean(), rel=1e-3)


def test_where_few_are_usual_none_is_quiet() -> None:
    received = county(4)
    received[2] = np.arange(24) % 5 == 0
    received[2, 21:] = 0
    found = find_silence(received, EVERY)
    assert told(received)[2] == "quiet"
    assert found.run_chance[2] > 0.3


def test_a_middling_run_cannot_be_told() -> None:
    received = county(5, mean=2.0)
    received[1, -3:] = 0
    verdict = told(received)[1]
    assert verdict in ("cannot tell", "probably silent")
    received[1, -6:] = 0
    assert told(received)[1] == "silent"


def test_bursts_make_none_less_surprising() -> None:
    rng = np.random.default_rng(6)
    steady, bursts = county(6, 4.0), rng.negative_binomial(0.7, 0.7 / 4.7, (6, 24))
    steady[0, -1], bursts[0, -1] = 0, 0
    assert find_silence(steady, EVERY).silent[0, -1] > 5 * find_silence(bursts, EVERY).silent[0, -1]


def test_a_feed_with_gaps_is_believed_to_have_another() -> None:
    reliable = county(7, 3.0)
    patchy = reliable.copy()
    for row, month in ((1, 2), (2, 6), (3, 9), (4, 11), (5, 15)):
        patchy[row, month : month + 3] = 0
    for one in (reliable, patchy):
        one[0, -1] = 0
    calm, worn = find_silence(reliable, EVERY), find_silence(patchy, EVERY)
    assert worn.history.gaps >= 4
    assert calm.history.gaps <= 1
    assert worn.history.begins > calm.history.begins
    assert worn.silent[0, -1] > calm.silent[0, -1]


def test_months_in_which_nothing_was_due_say_nothing() -> None:
    received = county(8)
    due = EVERY.copy()
    due[[10, 11, 22, 23]] = False
    received[:, ~due] = 0
    found = find_silence(received, due)
    assert told(received, due) == ["sending"] * 6
    assert np.isnan(found.silent[:, ~due]).all()
    assert np.isnan(found.expected[:, ~due]).all()
    assert np.isnan(found.whole[~due]).all()
    received[0, 9] = received[0, 12] = 0
    assert find_silence(received, due).run.tolist() == [0] * 6


def test_zero_that_was_said_is_no_silence() -> None:
    received = county(9)
    received[0, 20:] = 0
    said = np.zeros(received.shape, dtype=bool)
    said[0, 20:] = True
    found = find_silence(received, EVERY, said=said)
    assert told(received, said=said)[0] == "sending"
    assert not found.silent[0, 20:].any()
    assert found.expected[0, 0] == pytest.approx(received[0].mean())
    said[0, 23] = False
    assert find_silence(received, EVERY, said=said).run[0] == 1


def test_the_whole_feed_silent_is_silence_where_few_are_usual_too() -> None:
    received = county(10)
    received[5] = np.arange(24) % 4 == 0
    alone = received.copy()
    alone[5, -2:] = 0
    received[:, -2:] = 0
    found = find_silence(received, EVERY)
    assert (found.whole[-2:] > 0.99).all()
    assert told(received) == ["silent"] * 6
    assert told(alone)[5] == "quiet"


def test_a_stray_record_ends_no_silence_where_many_are_usual() -> None:
    received = county(13, 60.0)
    received[2, 12:] = 0
    received[2, [15, 20, 23]] = [1, 2, 1]
    found = find_silence(received, EVERY)
    assert told(received)[2] == "silent"
    assert (found.since[2], found.run[2]) == (12, 12)
    assert found.missing[2] == pytest.approx(12 * received[2, :12].mean() - 4, rel=1e-3)
    received[2, 18] = 30
    assert find_silence(received, EVERY).since[2] == 19
    few = county(14, 6.0)
    few[2, 12:] = 0
    few[2, 20] = 1
    assert find_silence(few, EVERY).since[2] == 21


def test_a_record_for_a_month_not_yet_due_is_reporting() -> None:
    received = county(15, 60.0)
    due = EVERY.copy()
    due[23] = False
    received[1, 20:] = [0, 0, 0, 1]
    assert told(received, due)[1] == "sending"


def test_without_any_record_there_is_no_yardstick() -> None:
    received = county(11)
    received[4] = 0
    found = find_silence(received, EVERY)
    assert told(received)[4] == "cannot tell"
    assert np.isnan(found.run_silent[4])
    assert np.isnan(found.expected[4]).all()
    nothing_due = find_silence(received, ~EVERY)
    assert np.isnan(nothing_due.run_silent).all()
    assert nothing_due.since.tolist() == [-1] * 6
    assert nothing_due.history.months == 0
    empty = find_silence(np.zeros((2, 3), dtype=int), EVERY[:3])
    assert (empty.history.begins, empty.history.goes_on) == (0.5 / 50, 2 / 3)


def test_what_does_not_fit_is_refused() -> None:
    for received, due in (
        (county(1), EVERY[:5]),
        (-county(1), EVERY),
        (county(1)[0], EVERY),
        (county(1)[:0], EVERY),
    ):
        with pytest.raises(ValueError, match="one row a district"):
            find_silence(received, due)
    with pytest.raises(ValueError, match="what was said"):
        find_silence(county(1), EVERY, said=np.zeros((1, 24), dtype=bool))


def test_chances_are_about_as_often_right_as_they_say() -> None:
    # gaps by the very chances assumed, of a feed that sends two a month: where told about x, about x are silent
    rng = np.random.default_rng(12)
    told_chance, was_silent = [], []
    for _ in range(12):
        silent = np.zeros((12, 40), dtype=bool)
        for month in range(1, 40):
            silent[:, month] = rng.random(12) < np.where(silent[:, month - 1], 2 / 3, 0.02)
        received = np.where(silent, 0, rng.poisson(2.0, (12, 40)))
        found = find_silence(received, np.ones(40, dtype=bool))
        told_chance.append(found.silent[received == 0])
        was_silent.append(silent[received == 0])
    chance, truth = np.concatenate(told_chance), np.concatenate(was_silent)
    for low, high in ((0.0, 0.2), (0.2, 0.7), (0.7, 1.01)):
        within = (chance >= low) & (chance < high)
        assert truth[within].mean() == pytest.approx(chance[within].mean(), abs=0.12)
