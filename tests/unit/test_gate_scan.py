"""The scan through the gate: what is found when, whose days count, and what is told without its place."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from tests.factories.world import Recorded, World, open_agreements, ward_code
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.answers import Answer
from trigpoint.gate.ask import Desk, answer
from trigpoint.gate.denial import NotWorkedOut
from trigpoint.gate.kinds.scan_run import step_starts
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.shelf import Shelf
from trigpoint.gate.show import FORMATS, show

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ANALYST = Viewer("someone", "police", "analyst")
CARE, POLICE = 0, 1
HERE, THERE = (552_480.0, 200_510.0), (555_480.0, 200_510.0)
FIRST = date(2024, 1, 1)
SAME = {"level": "cell:9", "replicates": "99", "radius": "600", "from": "2024-01-01", "to": "2024-07-01"}


def record(number: int, day: int, *, at=HERE, feed=CARE, token: int = 0, **more) -> Recorded:
    moved = (at[0] + number % 5, at[1] + number % 3)
    return Recorded(
        feed, 2 * feed, FIRST + timedelta(days=day), 12, (0,), *moved, -1, detection=1, token=token, **more
    )


def all_over(**more) -> list[Recorded]:
    """Ten places with twelve records each, spread evenly over the half-year, each of a person of its own."""
    return [
        record(i, (15 * i + 7 * place) % 180, at=(550_200.0 + 570 * place, 200_300.0 + 40 * place),
               token=1000 + 50 * place + i, **more)
        for place in range(10) for i in range(12)
    ]  # fmt: skip


def burst(tokens=range(1, 13), *, day: int = 60, **more) -> list[Recorded]:
    return [record(i, day + i % 5, token=token, **more) for i, token in enumerate(tokens)]


def desk(*records: Recorded, **shelf) -> Desk:
    given = World(records, open_agreements())
    return Desk(given.version(), given.agreements, lambda *_: None, shelf=Shelf(**shelf))


def ask(at_hand: Desk, **words) -> Answer:
    return answer(ANALYST, question_from_words("scan", {**SAME, **words}), AT, at_hand)


def first(found: Answer) -> dict:
    return {name: column[0] for name, column in found.columns.items()}


BURST = desk(*all_over(), *burst())
STREETS = desk(*(replace(one, street=one.ward) for one in (*all_over(), *burst())))


def test_a_burst_is_found_with_its_place_its_days_and_its_people():
    found = ask(BURST)
    row = first(found)
    assert record(0, 0).cell(9) in row["units"]
    assert row["first_day"] <= "2024-03-01" <= "2024-03-05" <= row["last_day"]
    assert row["observed"] >= 12
    assert row["ratio"] == pytest.approx(row["observed"] / row["expected"])
    assert row["p"] <= 0.05
    assert (row["verdict"], row["agencies"], row["rank"]) == ("many", ["social_care"], 1)
    assert np.isnan(row["recurrence_days"])
    assert (
        found.about["scanned"] + found.about["outside_steps"] + found.about["unplaced"]
        == found.about["total"]
        == 132
    )
    assert found.about["clear"] == 1
    assert f"{row['observed']} were recorded" in str(found.about["sentence"])


def test_the_same_question_has_the_same_answer_and_shows_in_every_way():
    one, other = ask(BURST), ask(desk(*all_over(), *burst()))
    for format in FORMATS:
        assert show(one, format) == show(other, format)


def test_a_prospective_scan_finds_what_lasts_to_the_end_and_how_often_chance_would():
    ended = ask(BURST, mode="prospective", months="1")
    assert all(day == "2024-06-30" for day in ended.columns["last_day"])
    assert not np.any(ended.columns["p"] <= 0.05)
    lasting = ask(desk(*all_over(), *burst(day=172)), mode="prospective", months="1")
    row = first(lasting)
    assert row["p"] <= 0.05
    assert row["recurrence_days"] == pytest.approx(7 / row["p"])
    assert row["last_day"] == "2024-06-30"


def test_without_an_end_a_prospective_scan_ends_with_the_last_record():
    found = ask(desk(*all_over(), *burst(day=160)), mode="prospective", **{"to": ""})
    last = max(one.day for one in (*all_over(), *burst(day=160)))
    assert all(day == last.isoformat() for day in found.columns["last_day"])
    assert len(found) > 0


@pytest.mark.parametrize("tokens", [[1] * 12, [1, 2, 3] * 4])
def test_a_cluster_of_few_people_is_a_concern_about_one_source_and_has_no_place(tokens):
    found = ask(desk(*all_over(), *burst(tokens, day=60)), level="cell:10", radius="100")
    row = first(found)
    assert row["verdict"] == "few"
    assert (row["name"], row["code"], row["ward"], row["units"]) == ("", "", "", [])
    for name in ("easting_m", "northing_m", "radius_m", "expected", "ratio", "llr"):
        assert np.isnan(row[name])
    assert found.about["withheld"]
    assert "concern about one source" in str(found.about["sentence"])
    code = record(0, 0).cell(10)
    for format in FORMATS:
        assert code not in show(found, format)
    elsewhere = ask(desk(*all_over(), *burst(tokens, day=60)), level="cell:10", radius="100", within="W05")
    assert first(elsewhere) == row or (first(elsewhere)["verdict"], first(elsewhere)["p"]) == (
        "few",
        row["p"],
    )


def test_asked_within_a_place_the_scan_is_the_countys_and_lists_what_lies_there():
    county, here = ask(BURST), ask(BURST, within=ward_code(record(0, 0).ward))
    assert first(here)["p"] == first(county)["p"]
    assert {*here.columns["ward"]} == {first(county)["ward"]}
    assert here.about["scanned"] == county.about["scanned"]


def test_records_known_by_month_only_are_left_out_or_make_months_the_steps():
    few = ask(
        desk(*all_over(), *burst(), *(replace(one, day_known=False) for one in burst(range(50, 60), day=31)))
    )
    assert (few.about["step"], few.about["day_not_known"]) == ("week", 10)
    assert "10 records" in str(few.about["step_note"])
    monthly = [replace(one, day_known=False) for one in (*all_over(), *burst())]
    months = ask(desk(*monthly))
    assert (months.about["step"], months.about["day_not_known"], months.about["scanned"]) == ("month", 0, 132)
    assert "steps are months" in str(months.about["step_note"])
    assert ask(desk(*monthly), step="quarter").about["step"] == "quarter"


def test_a_feed_that_falls_silent_in_the_whole_county_makes_no_cluster_and_is_named():
    police = [one for one in all_over(feed=POLICE) if one.day < date(2024, 4, 1)]
    # more of the police's in the west, so that without them the east would look busier than its share
    west = [record(i, 2 * i % 90, at=(550_300.0, 200_400.0), feed=POLICE, token=3000 + i) for i in range(60)]
    found = ask(desk(*all_over(), *police, *west))
    assert not np.any(found.columns["p"] <= 0.05)
    late = [
        silent for silent, day in zip(found.columns["silent_feeds"], found.columns["first_day"], strict=True)
        if day >= "2024-04-02"
    ]  # fmt: skip
    assert all(silent == ["police_crime"] for silent in late)


def test_by_ward_and_by_street_too_and_with_ties_one_by_one():
    for words in ({"level": "ward", "radius": "1500"}, {"level": "street"}, {"ties": "one"}):
        found = ask(STREETS, **words)
        assert len(found) > 0
        assert found.about["places"] > 1


def test_where_nothing_was_received_nothing_is_a_cluster():
    found = ask(desk(), **{"from": "", "to": ""})
    assert len(found) == 0
    assert "does not say that nothing" in str(found.about["sentence"])


def test_whoever_may_not_wait_is_told_that_it_is_not_worked_out():
    with pytest.raises(NotWorkedOut):
        ask(desk(*all_over(), may_wait=False))


def test_steps_are_whole_at_the_end():
    start, end = date(2024, 1, 10), date(2024, 7, 1)
    day = (start - date(1970, 1, 1)).days
    assert step_starts(start, end, "day").size - 1 == 173
    weeks = step_starts(start, end, "week")
    assert (np.diff(weeks) == 7).all()
    assert weeks[-1] == day + 173
    assert weeks[0] - day == 173 % 7
    months = step_starts(start, end, "month")
    assert months[0] == day
    assert np.diff(months).tolist() == [22, 29, 31, 30, 31, 30]
    assert np.diff(step_starts(date(2023, 11, 1), end, "quarter")).tolist() == [91, 91]
    assert step_starts(start, date(2024, 1, 20), "month").tolist() == [day, day + 10]
