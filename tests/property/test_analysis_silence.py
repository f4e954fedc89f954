"""Laws of silence, over feeds that Hypothesis makes up."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from trigpoint.core.analysis.silence import find_silence, verdicts

few = settings(deadline=None, max_examples=30)
Feed = tuple[NDArray[np.int64], NDArray[np.bool_]]


@st.composite
def feeds(draw: st.DrawFn) -> Feed:
    districts, months = draw(st.integers(1, 5)), draw(st.integers(1, 14))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    received = rng.poisson(rng.gamma(1.0, 3.0, (districts, 1)), (districts, months))
    received[rng.random(received.shape) < draw(st.floats(0, 0.6))] = 0
    return received, rng.random(months) < 0.9


@few
@given(feeds(), st.randoms(use_true_random=False))
def test_the_order_of_the_districts_changes_nothing(one: Feed, random: object) -> None:
    received, due = one
    order = list(range(len(received)))
    random.shuffle(order)  # type: ignore[attr-defined]
    before, after = find_silence(received, due), find_silence(received[order], due)
    for name in ("silent", "expected", "run_silent", "run_chance", "missing", "since", "run"):
        np.testing.assert_allclose(
            getattr(after, name), getattr(before, name)[order], atol=1e-7, err_msg=name
        )


@few
@given(feeds())
def test_chances_are_chances_and_whoever_sent_was_not_silent(one: Feed) -> None:
    received, due = one
    found = find_silence(received, due)
    # fewer than twenty are usual here, so that one record is no stray
    received = np.where(received.max(axis=1, keepdims=True) < 20, received, 0)
    for chances in (found.silent, found.chance_none, found.run_silent, found.run_chance, found.whole):
        known = chances[~np.isnan(chances)]
        assert ((known >= 0) & (known <= 1)).all()
    assert not found.silent[(received > 0) & due].any()
    assert (np.isnan(found.silent) == ~due).all()
    assert ((found.since < 0) == (found.run == 0)).all()
    assert ((verdicts(found) == 0) == (found.run == 0)).all()
    assert (found.missing >= 0).all()
    assert found.dispersion >= 0


@few
@given(feeds())
def test_what_was_said_is_never_silence_and_a_longer_run_never_less_surprising(one: Feed) -> None:
    received, due = one
    said = np.ones(received.shape, dtype=bool)
    assert not np.nan_to_num(find_silence(received, due, said=said).silent).any()
    found = find_silence(received, due)
    longer = find_silence(
        np.column_stack([received, np.zeros(len(received), dtype=int)]), np.append(due, True)
    )
    both = (found.run > 0) & ~np.isnan(found.run_chance) & ~np.isnan(longer.run_chance)
    assert (longer.run[both] == found.run[both] + 1).all()
