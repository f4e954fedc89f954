"""The soak of evaluations, small: what it invents holds no effect, it would see one, and it goes on where it stopped."""

from dataclasses import replace

import numpy as np
import pytest

from tests.factories.null_closures import (
    CHOICES,
    LEAST_BEFORE,
    WORLDS,
    closure_at,
    judge,
    one_closure,
    reduced,
    tells,
    town,
)
from tests.factories.null_worlds import Size
from tests.soak_evaluations import broken, main
from trigpoint.core.analysis.overdispersion import Overdispersion
from trigpoint.gate.change_panel import LeftOut
from trigpoint.gate.kinds.evaluation_spread import Spread
from trigpoint.gate.kinds.evaluation_words import _together, cautions_of, sentence_of
from trigpoint.web.pack.before_after import could_see_of

SIZE = Size(streets=900, records=9_000)


def closed_in(world, choice="busiest", months=6, seed=3):
    rng = np.random.default_rng(seed)
    return closure_at(town(world, SIZE, rng), choice, months, rng)


@pytest.mark.parametrize("world", WORLDS)
def test_a_closure_has_its_months_and_records_before(world):
    closed = closed_in(world, "any")
    here = closed.counts[closed.ground.circle(closed.ground.treated)].sum(axis=0)
    assert closed.months.after == closed.windows[1] == 6
    assert here[closed.months.start - 6 : closed.months.start].sum() >= LEAST_BEFORE
    assert closed.counts.min() >= 0


def test_a_place_chosen_high_is_higher_than_its_own_past():
    chosen = [closed_in("single", "highest", seed=seed) for seed in range(5)]
    for one in chosen:
        here = one.counts[one.ground.circle(one.ground.treated)].sum(axis=0)[: one.months.start]
        assert here[-3:].mean() > here[:-3].mean()


def test_all_that_goes_is_told_so_that_nothing_told_is_not_blindness():
    closed = closed_in("single", months=6, seed=6)
    found = judge(closed)
    assert found.balanced
    gone = judge(reduced(closed, 1.0, np.random.default_rng(1)))
    assert tells(gone)
    assert "more than chance explains" in sentence_of(gone)
    assert closed.counts.sum() > 0


def test_runs_are_seen_and_widen_the_range():
    of_runs = [judge(closed_in("in runs", months=6, seed=seed)) for seed in range(4)]
    factors = [found.spread.errors[0] for found in of_runs]
    assert np.median(factors) > 1.3
    compared = next(one for one in of_runs if one.evaluation and one.evaluation.displacement)
    assert compared.spread.freedom == 19
    assert compared.before.fall > 0


def test_too_few_places_alike_are_said_to_tell_nothing_of_runs():
    found = next(
        one
        for one in (judge(closed_in("single", "any", seed=seed)) for seed in range(8))
        if one.evaluation and one.evaluation.displacement
    )
    unknown = Spread(None, None, None)
    assert (unknown.errors, unknown.freedom, unknown.promised) == ((1.0, 1.0), np.inf, 1.0)
    assert Spread(Overdispersion(2.0, 9), None, None).errors == (2.0, 2.0)
    words = "Too few places stood alike to learn"
    said = replace(found, spread=unknown)
    assert any(one.startswith(words) for one in cautions_of(said, 6))
    assert not any(one.startswith(words) for one in cautions_of(found, 6))


def test_a_fall_that_was_to_be_seen_and_is_not_is_not_said_to_be_seen():
    found = next(
        one
        for one in (judge(closed_in("single", seed=seed)) for seed in range(8))
        if one.evaluation and one.evaluation.verdict == "cannot_tell"
    )
    told = found.evaluation
    local = replace(told.displacement.local, value=-told.detectable.fall - 1.0)
    wider = replace(found, evaluation=replace(told, displacement=replace(told.displacement, local=local)))
    assert "similar places went up and down more than they did before" in sentence_of(wider)
    assert "would be seen" in sentence_of(found)


def test_an_answer_is_the_same_again_and_the_soak_goes_on_where_it_stopped(tmp_path, capsys):
    where = town("single", SIZE, np.random.default_rng(1))
    one, other = (one_closure(where, "any", 6, np.random.default_rng(2)) for _ in range(2))
    assert one == other
    file = tmp_path / "soak.jsonl"
    command = [
        "--closures",
        "1",
        "--only",
        "single",
        "--streets",
        "400",
        "--records",
        "2000",
        "--resume",
        str(file),
    ]
    main(command)
    lines = file.read_text("utf-8").splitlines()
    assert len(lines) == len(CHOICES) * 2
    file.write_text("\n".join(lines[:3]) + "\n", "utf-8")
    first = capsys.readouterr().out
    main(command)
    assert capsys.readouterr().out == first
    assert sorted(file.read_text("utf-8").splitlines()) == sorted(lines)
    with pytest.raises(SystemExit, match="another run"):
        main([*command, "--seed", "2"])
    assert "| single | any | 6 | 1 |" in first


def test_more_told_than_promised_is_called_broken():
    lines = [
        {"world": "single", "choice": "any", "months": 6, "number": at, "tells": at < 20, "compared": False}
        for at in range(100)
    ]
    assert broken(lines) == ["single, any place, 6 months: 20 of 100"]
    assert broken([one | {"tells": one["number"] < 5} for one in lines]) == []


def test_feeds_that_began_on_one_day_are_told_in_one_sentence():
    def out(sentence):
        return LeftOut(1, "a", -1, 0, "", sentence)

    told = [out(f"{name} sent nothing before May 2024.") for name in ("Absence", "Calls", "Crime")]
    assert _together([*told, out("Crime was silent in June 2024."), told[0]]) == [
        "Absence, Calls and Crime sent nothing before May 2024.",
        "Crime was silent in June 2024.",
    ]


def test_what_could_be_seen_is_said_of_what_is_counted_now_where_a_feed_is_left_out():
    about = {"said_before": "A fall of 9.", "said_when_locked": "Said then: 12.", "feeds_left_out": []}
    assert could_see_of(about) == "Said then: 12."
    assert (
        could_see_of(about | {"feeds_left_out": [{}]})
        == "Said then: 12. Of what is counted now: a fall of 9."
    )
    assert could_see_of(about | {"said_when_locked": ""}) == "A fall of 9."
