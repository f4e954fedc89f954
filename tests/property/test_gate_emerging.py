"""What the gate says of histories: new places, a concern about one source, silence, and themes that shift."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from tests.factories.world import RECORD_FEEDS, SOUTH_M, WEST_M, Recorded, World, agreement, random_records
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.answers import Answer, QuestionError
from trigpoint.gate.ask import Desk, answer
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import show

AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
CARE, POLICE, STREET = RECORD_FEEDS
MEMBER = Viewer("someone", "education", "member")
GOVERNANCE = Viewer("somebody", "education", "governance")
ALL = (agreement("open_data"), agreement("social_care"), agreement("police"))
MONDAYS = [date(2024, 1, 1) + timedelta(weeks=week) for week in range(26)]
HOT = (WEST_M + 1500.0, SOUTH_M + 500.0)


def record(
    feed: int, day: date, at: tuple[float, float], *, token: int = 0, themes: tuple[int, ...] = ()
) -> Recorded:
    return Recorded(
        feed=feed, category=2 * feed, day=day, hour=12, themes=themes, easting_m=at[0], northing_m=at[1], street=2,
        detection=1, token=token,
    )  # fmt: skip


def spread(seed: int, feed: int, a_week: int = 6) -> list[Recorded]:
    """The same number each week, anywhere in the county."""
    rng = np.random.default_rng(seed)
    days = [monday + timedelta(days=int(rng.integers(7))) for monday in MONDAYS for _ in range(a_week)]
    at = [(WEST_M + rng.uniform(0, 6000), SOUTH_M + rng.uniform(0, 1000)) for _ in days]
    streets = rng.integers(0, 12, len(days)).tolist()
    each = zip(days, at, streets, strict=True)
    return [replace(record(feed, day, one), street=street) for day, one, street in each]


def burst(feed: int, tokens: int, a_week: int = 4, last: int = 7) -> list[Recorded]:
    """So many a week at one place in the last weeks, by so many people."""
    each = [(monday, one) for monday in MONDAYS[-last:] for one in range(a_week)]
    return [
        record(feed, monday + timedelta(days=one), HOT, token=feed * 10_000 + place % tokens + 1)
        for place, (monday, one) in enumerate(each)
    ]


def asked(world: World, kind: str, viewer: Viewer = MEMBER, **words: str) -> Answer:
    desk = Desk(world.version(), world.agreements, lambda *_: None)
    return answer(viewer, question_from_words(kind, words), AT, desk)


def weekly(world: World, viewer: Viewer = MEMBER, **words: str) -> Answer:
    return asked(world, "emerging", viewer, **{"level": "cell:9", "step": "week", "to": "2024-07-01"} | words)


def test_a_place_that_is_new_is_named_with_the_week_it_began() -> None:
    found = weekly(World((*spread(1, POLICE), *burst(POLICE, 28)), ALL))
    rising = found.parts["rising"]
    assert list(rising["rise_since"]) == [MONDAYS[-7].isoformat()]
    assert rising["verdict"] == ["many"]
    assert rising["rise_observed"][0] >= 28
    assert "its share of all its records" in rising["sentence"][0]
    row = list(found.columns["code"]).index(rising["code"][0])
    assert found.columns["rise_since"][row] == MONDAYS[-7].isoformat()
    steps = found.parts["steps"]
    told = [count for part, count in zip(steps["part"], steps["count"], strict=True) if part == "rising"]
    assert sum(told) == rising["count"][0]
    assert (found.about["steps"], found.about["concerns"]) == (26, 0)


def test_every_record_is_in_a_unit_or_is_said_not_to_be() -> None:
    world = World(random_records(3, 200), ALL)
    found = asked(world, "emerging", level="cell:8", step="week", q="0.5", counted="records")
    withheld = sum(one is None for one in found.parts["places"]["count"])
    assert withheld or int(found.columns["count"].sum()) + found.about["unplaced"] == found.about["total"]
    assert sum(found.parts["classes"]["units"].tolist()) >= len(found)


def test_one_child_is_no_place() -> None:
    world = World((*spread(1, POLICE), *burst(POLICE, 1)), ALL)
    named = weekly(World((*spread(1, POLICE), *burst(POLICE, 28)), ALL)).parts["rising"]
    found = weekly(world)
    rising = found.parts["rising"]
    assert rising["verdict"] == ["few"]
    assert (rising["name"], rising["code"], rising["units"], rising["rise_since"]) == ([""], [""], [[]], [""])
    assert np.isnan(rising["easting_m"]).all()
    assert found.about["concerns"] >= 1
    assert "told without a place" in found.about["withheld"][0]
    assert named["code"][0] not in found.columns["code"]
    assert not {"rising"} & set(found.parts["steps"]["part"])
    for form in ("json", "csv", "table"):
        assert named["code"][0] not in show(found, form)


def test_a_viewer_without_the_feed_sees_no_rise() -> None:
    records = (*spread(1, STREET), *spread(2, POLICE), *burst(POLICE, 28))
    everything, less = World(records, ALL), World(records, ALL[:2])
    assert len(weekly(everything).parts["rising"]["id"]) == 1
    assert len(weekly(less).parts["rising"]["id"]) == 0
    known = weekly(less.without(POLICE))
    np.testing.assert_array_equal(weekly(less).columns["p"], known.columns["p"])


@pytest.mark.parametrize("level", ["street", "ward"])
def test_streets_and_wards_have_histories_too(level: str) -> None:
    found = weekly(World((*spread(1, POLICE), *burst(POLICE, 28)), ALL), level=level)
    assert len(found.parts["rising"]["id"]) == 1


@pytest.mark.parametrize(
    "words",
    [
        {"background": "records", "theme": "missing"},
        {"background": "children"},
        {"window": "step"},
        {"esri": "2"},
    ],
)
def test_other_backgrounds_and_rules_answer(words: dict[str, str]) -> None:
    records = [replace(one, themes=(0,)) for one in burst(POLICE, 28)]
    found = weekly(World((*spread(1, POLICE), *spread(2, CARE), *records), ALL), **words)
    assert len(found) > 10
    assert found.about["background"] == words.get("background", "even")


def test_too_few_steps_are_said_to_be_too_few() -> None:
    world = World(tuple(spread(1, POLICE)), ALL)
    with pytest.raises(QuestionError, match="at least 10 months that are over, and there are 6"):
        asked(world, "emerging")
    with pytest.raises(QuestionError, match="weeks, months or quarters"):
        asked(world, "emerging", step="day")
    with pytest.raises(QuestionError, match="at least 10"):
        asked(World((), ALL), "emerging", step="week")


def silent_world(stops: date, keeps: int = 0) -> World:
    """Police tell of district D0 until a day, much of it in one part; street records go on."""
    rng = np.random.default_rng(5)
    each = [
        (month, x) for month in range(1, 7) for x in (*rng.uniform(0, 6000, 30), *rng.uniform(1150, 1850, 40))
    ]
    police = []
    for month, x in each:
        day, token = date(2024, month, int(rng.integers(1, 28))), int(rng.integers(1, 500))
        police.append(record(POLICE, day, (WEST_M + x, SOUTH_M + rng.uniform(200, 800)), token=token))
    kept = [one for one in police if one.day < stops or one.district != 0]
    stray = [one for one in police if one.day >= stops and one.district == 0][:keeps]
    return World((*kept, *stray, *spread(6, STREET)), ALL)


@pytest.mark.parametrize("strays", [0, 1])
def test_a_district_that_stopped_is_told_in_words(strays: int) -> None:
    found = asked(silent_world(date(2024, 5, 1), strays), "silence")
    rows = {
        (feed, district): place
        for place, (feed, district) in enumerate(
            zip(found.columns["feed"], found.columns["district"], strict=True)
        )
    }
    at = rows["police_crime", "D0"]
    assert found.columns["verdict"][at] == "silent"
    assert found.columns["sentence"][at].startswith("Silent, not quiet: Police crime in District 0")
    assert (found.columns["since"][at], found.columns["months"][at]) == ("2024-05", 2)
    assert found.columns["missing"][at] > 50
    assert found.columns["verdict"][rows["police_crime", "D1"]] == "sending"
    assert found.about["silent"] == 1
    assert "places" not in found.parts


def test_hotspots_from_before_the_silence_are_listed_with_what_is_missing() -> None:
    found = asked(silent_world(date(2024, 5, 1)), "silence", level="cell:9").parts["places"]
    assert found["district"] == ["D0"]
    assert found["from_feed"][0] > 0.8 * found["count"][0]
    assert found["hot_now"] == [False]
    assert found["missing"][0] == pytest.approx(found["only_from_feed"][0] / 4 * 2)
    assert "may be the silence" in found["sentence"][0]


def test_former_hotspots_of_one_child_are_counted_and_not_listed() -> None:
    world = silent_world(date(2024, 5, 1))
    alone = replace(world, records=tuple(replace(one, token=7 if one.token else 0) for one in world.records))
    found = asked(alone, "silence", level="cell:9")
    assert len(found.parts["places"]["name"]) == 0
    assert "not listed" in found.about["withheld"][0]


def test_a_month_of_the_whole_feed_is_a_silence_of_the_feed() -> None:
    world = silent_world(date(2024, 6, 1))
    world = replace(
        world, records=tuple(one for one in world.records if one.feed != POLICE or one.day < date(2024, 6, 1))
    )
    found = asked(world, "silence")
    verdicts = [
        v for f, v in zip(found.columns["feed"], found.columns["verdict"], strict=True) if f == "police_crime"
    ]
    assert verdicts == ["silent", "silent"]


def test_governance_is_told_of_silence_by_district_only() -> None:
    world = silent_world(date(2024, 5, 1))
    assert "silent" in asked(world, "silence", GOVERNANCE).columns["verdict"]
    with pytest.raises(QuestionError, match="by district"):
        asked(world, "silence", GOVERNANCE, level="cell:9")


def themed(before: float, after: dict[int, float]) -> World:
    """Forty a month of each feed, a share of them about one theme before, and after by feed; else another theme."""
    rng = np.random.default_rng(8)
    records = []
    for feed in RECORD_FEEDS:
        for month in range(1, 7):
            share = before if month < 4 else after.get(feed, before)
            for _ in range(120):
                theme = 0 if rng.random() < share else 63
                at = (WEST_M + rng.uniform(0, 6000), SOUTH_M + rng.uniform(0, 1000))
                records.append(record(feed, date(2024, month, int(rng.integers(1, 28))), at, themes=(theme,)))
    return World(tuple(records), ALL)


def test_a_shift_that_all_see_is_real_and_one_code_is_not() -> None:
    real = asked(themed(0.2, dict.fromkeys(RECORD_FEEDS, 0.45)), "shifts", theme="missing")
    assert real.columns["verdict"] == ["real"]
    assert len(real.columns["agencies"][0]) == 3
    assert real.columns["low"][0] > 1
    assert (real.about["before"], real.about["after"]) == (["2024-01", "2024-03"], ["2024-04", "2024-06"])
    code = asked(themed(0.2, {CARE: 0.6}), "shifts", theme="missing")
    assert code.columns["verdict"] == ["the code changed"]
    assert (code.columns["changed"], code.columns["moved_to"]) == ([["social_care"]], ["asb"])
    used = dict(zip(code.parts["feeds"]["feed"], code.parts["feeds"]["used"], strict=True))
    assert used == {"care_missing": "code changed", "police_crime": "used", "police_uk_street": "used"}
    assert len(code.parts["stages"]["stage"]) == 4


def test_a_fall_that_is_a_silence_is_told_as_one() -> None:
    world = themed(0.0, {})
    missing = [
        replace(one, themes=(0,)) for one in world.records if one.feed == CARE and one.day < date(2024, 4, 1)
    ]
    missing = [replace(one, known_from=datetime(2024, one.day.month + 1, 5)) for one in missing]
    others = [one for one in world.records if one.feed != CARE]
    found = asked(World((*missing, *others), ALL), "shifts", theme="missing")
    assert found.columns["verdict"] == ["an agency is silent"]
    assert found.about["left_out_for_silence"]
    nobody = asked(World(tuple(others), ALL), "shifts", theme="missing")
    assert nobody.columns["verdict"] == ["no change seen"]
    assert "nobody records it" in nobody.columns["sentence"][0]


def test_too_few_months_make_no_shift() -> None:
    with pytest.raises(QuestionError, match="at least 2 months"):
        asked(themed(0.2, {}), "shifts", start="2024-06-01")
