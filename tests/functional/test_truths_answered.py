"""A village asked as the analyst asks: what was planted is found where it is real, and refused where it is an artefact.

Nothing asked depends on where a truth lies; the sealed file is read only to hold the answers against it. The county's
fifteen, under seeds not used before, are in `benchmarks/truths.py`.
"""

import json
import time
from datetime import date, timedelta
from math import hypot

import pytest

from tests.functional.test_two_viewers import signed_in

PAST = {"level": "street", "background": "past", "to": "2026-11-01"}
PERIODS = {"year": "2025-11-01", "half": "2026-05-01", "quarter": "2026-08-01"}
WHOLE = {"from": "2024-09-01", "to": "2026-11-01"}
RUN_LIMIT_S = 120
CLAIMS = {"fell", "spread", "displaced", "perhaps_moved"}


@pytest.fixture(scope="module")
def analyst(server):
    return signed_in(server, "analyst")


@pytest.fixture(scope="module")
def truths(demo_home):
    sealed = json.loads((demo_home / "truths.json").read_text(encoding="utf-8"))
    return {one["letter"]: one for one in sealed["truths"]}


def answered(person, kind, **words):
    """The answer, once the worker has it where it takes longer."""
    until = time.monotonic() + RUN_LIMIT_S
    while True:
        status, text = person.get(f"/api/answers/{kind}", words)
        if status != 202 or time.monotonic() > until:
            break
        time.sleep(0.3)
    assert status == 200, text
    return json.loads(text)


@pytest.fixture(scope="module")
def streets(analyst):
    """Name and point of every street, by code."""
    told = answered(analyst, "hotspots", level="street", background="records")
    return {one["code"]: one for one in told["rows"]}


@pytest.fixture(scope="module")
def hotspots(analyst):
    """Hotspots by their own past: of a year, half a year and a quarter."""
    return {
        name: answered(analyst, "hotspots", **PAST, **{"from": start})["parts"]["hotspots"]
        for name, start in PERIODS.items()
    }


@pytest.fixture
def at(streets):
    """The rows that hold a street of the truth's: within its radius, or the nearest of its name."""

    def rows_at(rows, truth):
        place = truth["where"]

        def away_m(code):
            one = streets[code]
            return hypot(one["easting_m"] - place["easting_m"], one["northing_m"] - place["northing_m"])

        own = {code for code in streets if away_m(code) <= place["radius_m"]}
        named = [code for code, one in streets.items() if one["name"] in place["streets"]]
        own |= {min(named, key=away_m)}
        return [one for one in rows if own & set(one["units"])]

    return rows_at


def test_what_is_new_is_told_with_the_month_it_began(analyst, truths, at):
    rising = answered(analyst, "emerging", level="street", **WHOLE)["parts"]["rising"]
    (found,) = at(rising, truths["d"])
    assert found["rise_since"] == truths["d"]["from_day"][:7]
    assert found["season_p"] < 0.05


def test_what_no_feed_sees_alone_is_seen_together(analyst, truths, at):
    joined = answered(analyst, "joint", **PAST, **{"from": PERIODS["half"]})["rows"]
    (found,) = at(joined, truths["a"])
    assert found["feeds_alone"] == []
    (new,) = at(joined, truths["d"])
    assert new["feeds_alone"]


def test_the_school_gate_is_told_to_rest_on_education_alone(hotspots, truths, at):
    (found,) = at(hotspots["year"], truths["b"])
    assert found["agencies"] == ["education"]


def test_one_childs_home_is_told_of_without_its_place(hotspots, truths, at):
    for told in hotspots.values():
        assert at(told, truths["c"]) == []
    few = [one for one in hotspots["year"] if one["verdict"] == "few"]
    assert few
    for one in few:
        assert (one["name"], one["ward"], one["code"], one["units"], one["easting_m"]) == (
            "",
            "",
            "",
            [],
            None,
        )


def test_a_place_cut_by_a_border_is_one_place(hotspots, truths, at):
    assert len(at(hotspots["quarter"], truths["j"])) == 1


@pytest.mark.parametrize("letter", ["k", "l"])
def test_hearsay_and_what_was_found_by_searching_are_no_hotspots(hotspots, truths, at, letter):
    for told in hotspots.values():
        assert at(told, truths[letter]) == []


def test_what_was_found_by_searching_is_seen_where_it_is_asked_for(analyst, truths, at):
    words = {**PAST, "from": PERIODS["year"], "detection": "discovered"}
    told = answered(analyst, "hotspots", **words)["parts"]["hotspots"]
    (found,) = at(told, truths["l"])
    assert found["discovered"] == found["count"] > 0


def test_a_closure_served_at_a_peak_is_not_said_to_have_worked(analyst, truths, at):
    start = truths["f"]["from_day"]
    notices = answered(analyst, "notices")["rows"]
    orders = [
        one | {"units": [one["place"]]}
        for one in notices
        if one["kind"] == "closure" and one["starts"] == start
    ]
    (order,) = at(orders, truths["f"])
    told = answered(analyst, "evaluation", level="street", around=order["place"], start=start)
    assert told["about"]["verdict"] not in CLAIMS
    peak = next(one for one in told["rows"] if one["part"] == "peak")
    assert peak["value"] > 2


def test_new_wards_are_named_where_wards_are_compared_and_the_street_is_as_it_was(analyst, truths):
    def counted(level, start, end):
        told = answered(analyst, "counts", level=level, **{"from": start, "to": end})
        return told["about"]["definition_breaks"], {one["code"]: one["count"] for one in told["rows"]}

    breaks, _ = counted("ward", "2024-09-01", "2026-11-01")
    assert [one["date"] for one in breaks] == [truths["m"]["from_day"]]
    assert counted("lsoa", "2024-09-01", "2026-11-01")[0] == []
    lsoa = truths["m"]["expected"]["lsoa"]
    before = counted("lsoa", "2024-09-01", "2025-05-01")[1][lsoa]
    after = counted("lsoa", "2025-09-01", "2026-05-01")[1][lsoa]
    assert abs(after - before) < 3 * (after + before) ** 0.5


def test_a_new_code_is_no_real_shift(analyst, truths):
    told = {one["theme"]: one["verdict"] for one in answered(analyst, "shifts")["rows"]}
    assert "n" in truths
    assert {told["cse"], told["cce"]} <= {"the code changed", "no change seen", "cannot tell"}


def test_two_records_stand_between_what_was_known_at_two_months_ends(analyst, truths):
    planted = truths["o"]
    truth = planted["expected"]
    after = (date.fromisoformat(planted["from_day"]) + timedelta(days=32)).replace(day=1).isoformat()

    def known(day):
        words = {"from": planted["from_day"], "to": after, "feed": ",".join(planted["feeds"]), "known": day}
        rows = answered(analyst, "counts", level="ward", **words)["rows"]
        return next(one["count"] for one in rows if one["code"] == truth["ward"])

    assert known(truth["known_by"]) - known(truth["known_after"]) == truth["difference"]
