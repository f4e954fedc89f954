"""Hotspots through the gate: compared with what, who stands behind them, and concerns about one source without a place."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories.world import Recorded, World, agreement, open_agreements
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.answers import Answer
from trigpoint.gate.ask import Desk, QuestionError, answer
from trigpoint.gate.denial import NotWorkedOut
from trigpoint.gate.questions import DETECTIONS, question_from_words
from trigpoint.gate.shelf import Shelf
from trigpoint.gate.show import FORMATS, show

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ANALYST = Viewer("someone", "police", "analyst")
CARE, POLICE = 0, 1
HERE = (552_480.0, 200_510.0)
MISSING, ASB = 0, 63


def record(number: int, token: int = 0, *, at=HERE, themes=(MISSING,), feed=CARE, day=0, **more) -> Recorded:
    moved = (at[0] + number % 7, at[1] + number % 5)
    return Recorded(
        feed,
        2 * feed,
        date(2024, 1, 1) + timedelta(days=day),
        12,
        themes,
        *moved,
        -1,
        detection=1,
        token=token,
        **more,
    )


def elsewhere(many: int = 80) -> list[Recorded]:
    """Other records, of another theme, all over the county, each of a person of its own."""
    return [
        record(
            i,
            500 + i,
            at=(550_100.0 + 73 * i % 5800, 200_090.0 + 131 * i % 800),
            themes=(ASB,),
            day=100 + i % 60,
        )
        for i in range(many)
    ]


def gathered(tokens, **more) -> list[Recorded]:
    return [record(i, token, day=3 * i, **more) for i, token in enumerate(tokens)]


MANY = gathered(range(1, 31))
ONE_CHILD = gathered([1] * 20 + list(range(2, 12)))
NO_KEYS = gathered([0] * 30)


def world(*records: Recorded) -> World:
    return World((*records, *elsewhere()), open_agreements())


def desk(given: World, **shelf) -> Desk:
    return Desk(given.version(), given.agreements, lambda *_: None, shelf=Shelf(**shelf))


def ask(at_hand: Desk | World, kind: str = "hotspots", **words) -> Answer:
    at_hand = desk(at_hand) if isinstance(at_hand, World) else at_hand
    return answer(ANALYST, question_from_words(kind, {"level": "cell:9", **words}), AT, at_hand)


def cell() -> str:
    code = record(0).cell(9)
    assert code is not None
    return code


def only(answered: Answer) -> dict:
    table = answered.parts["hotspots"]
    assert len(table["id"]) == 1
    return {name: column[0] for name, column in table.items()}


def test_a_place_of_many_people_is_told_with_its_place():
    found = ask(world(*MANY), theme="missing")
    row = only(found)
    assert (row["verdict"], row["people"]) == ("many", "at least 20 people")
    assert (row["people_min_band"], row["people_max_band"]) == ("20 to 49", "20 to 49")
    assert not {"people_min", "people_max"} & set(row)
    assert cell() in row["units"]
    assert row["count"] == 30
    assert row["agencies"] == ["social_care"]
    assert row["qualities"] == [2]
    assert (row["first_month"], row["last_month"]) == ("2024-01", "2024-03")
    assert found.about["concerns"] == 0
    assert found.about["withheld"] == []


def test_where_the_feeds_have_no_keys_the_place_is_told_with_bounds():
    row = only(ask(world(*NO_KEYS), theme="missing"))
    assert row["verdict"] == "cannot tell"
    assert row["people"] == "perhaps fewer than 5 people, perhaps 20 to 49; the feeds cannot tell"
    assert cell() in row["units"]


@pytest.mark.parametrize(("feed", "verdict"), [(2, "cannot tell"), (CARE, "few")])
def test_a_month_of_published_records_is_not_one_date(feed, verdict):
    months = [
        replace(one, feed=feed, category=2 * feed, day=date(2024, 1, 1), day_known=False) for one in NO_KEYS
    ]
    assert only(ask(world(*months), theme="missing"))["verdict"] == verdict


FEW = {
    "one child makes much of it": ONE_CHILD,
    "four people": gathered([1, 2, 3, 4] * 8),
    "on two dates": [replace(one, day=date(2024, 1, 1 + i % 2)) for i, one in enumerate(NO_KEYS)],
}


@pytest.mark.parametrize("records", FEW.values(), ids=FEW)
@pytest.mark.parametrize("level", ["cell:9", "street", "ward"])
def test_a_concern_about_one_source_is_told_without_its_place_in_any_format(records, level):
    streets = [replace(one, street=5) for one in records]
    others = [replace(one, street=one.ward * 2) for one in elsewhere()]
    given = World((*streets, *others), open_agreements())
    q = {"q": "0.5"} if level != "cell:9" else {}
    found = ask(given, theme="missing", level=level, geometry="yes", **q)
    row = only(found)
    assert row["verdict"] == "few"
    assert row["people"].startswith("a concern about one source, for MACE 1")
    assert found.about["concerns"] == 1
    assert "told without a place" in found.about["withheld"][0]
    # what the answer says with the same records of many people is what must be nowhere in this one
    many = [
        replace(one, token=i + 1, day=date(2024, 1, 1) + timedelta(days=i)) for i, one in enumerate(streets)
    ]
    open_row = only(ask(World((*many, *others), open_agreements()), theme="missing", level=level, **q))
    for form in FORMATS:
        shown = show(found, form)
        assert not [code for code in open_row["units"] if f'"{code}"' in shown or f"\n{code}," in shown]
    points = set(zip(found.columns["easting_m"], found.columns["northing_m"], strict=True))
    assert (open_row["easting_m"], open_row["northing_m"]) not in points
    assert str(row["easting_m"]) == "nan"
    assert len(found) == 0
    assert len(found.parts["geometry"]["wkb"]) == len(found) if "geometry" in found.parts else True


def test_beside_a_concern_only_units_of_hotspots_that_are_told_have_rows():
    far = [record(i, 100 + i, at=(555_400.0, 200_500.0), day=2 * i) for i in range(30)]
    found = ask(world(*ONE_CHILD, *far), theme="missing")
    assert sorted(found.parts["hotspots"]["verdict"]) == ["few", "many"]
    told = {code for units in found.parts["hotspots"]["units"] for code in units}
    assert set(found.columns["code"]) == told
    assert cell() not in told
    assert found.columns["hot"].all()
    assert found.about["tested"] > len(found)


def test_narrowing_the_question_does_not_find_a_concern_about_one_source():
    at_hand = desk(world(*ONE_CHILD))
    told = [ask(at_hand, theme="missing", within=place) for place in ("W00", "W02", "D1")]
    rows = [only(one) for one in told]
    assert all(str(row) == str(rows[0]) for row in rows)
    assert len({one.about["concerns"] for one in told}) == 1


def test_which_key_a_person_has_changes_nothing_that_is_told():
    other = [replace(one, token=900 - one.token if one.token else 0) for one in ONE_CHILD]
    for records in (ONE_CHILD, MANY):
        turned = other if records is ONE_CHILD else [replace(one, token=700 + one.token) for one in MANY]
        one, another = (ask(world(*given), theme="missing") for given in (records, turned))
        assert [show(one, form) for form in ("json", "csv", "table")] == [
            show(another, form) for form in ("json", "csv", "table")
        ]


def test_linked_events_count_once_and_one_child_by_two_agencies_at_most_once():
    police = [replace(one, feed=POLICE, category=2) for one in MANY]
    row = only(ask(world(*MANY, *police), theme="missing"))
    assert row["count"] == 30
    assert (row["people_min_band"], row["people_max_band"]) == ("20 to 49", "20 to 49")
    assert row["agencies"] == ["social_care", "police"]
    apart = only(ask(world(*MANY, *police), theme="missing", counted="records"))
    assert (apart["count"], apart["people_min_band"], apart["people_max_band"]) == (
        60,
        "20 to 49",
        "50 or more",
    )


def test_what_our_own_work_discovered_is_counted_and_not_tested():
    found = [replace(one, detection=2, token=0) for one in gathered([0] * 9)]
    given = ask(world(*MANY, *found), theme="missing", counted="records")
    row = only(given)
    assert row["count"] == 30
    assert (row["reported"], row["discovered"], row["referral"], row["unknown"]) == (30, 9, 0, 0)
    assert given.about["not_tested"] == 9
    assert only(ask(world(*MANY), theme="missing"))["discovered"] == 0


def test_how_records_came_to_light_is_told_where_the_agreement_tells_it_and_not_from_anothers_answer():
    found = [replace(one, detection=2, token=0) for one in gathered([0] * 9)]
    closed = tuple(
        agreement(one, fields=["hours", "roles"]) for one in ("open_data", "social_care", "police")
    )
    rows = (*MANY, *found, *elsewhere())
    told = {"open": World(rows, open_agreements()), "closed": World(rows, closed)}
    ways = {
        name: [only(ask(here, theme="missing", counted="records"))[way] for way in DETECTIONS]
        for name, here in told.items()
    }
    assert ways == {"open": [0, 30, 9, 0], "closed": [30, 0, 0, 0]}


def test_what_is_new_says_since_when():
    old = [record(i, 300 + i, at=(555_400.0, 200_500.0), day=i) for i in range(120)]
    new = [record(i, 1 + i, day=120 + i) for i in range(30)]
    found = ask(World((*old, *new), open_agreements()), background="children")
    rows = zip(found.parts["hotspots"]["name"], found.parts["hotspots"]["since"], strict=True)
    assert "2024-04" in [since for _, since in rows] or "2024-05" in found.parts["hotspots"]["since"]


@pytest.mark.parametrize(
    ("words", "background"),
    [
        ({}, "even"), ({"theme": "missing"}, "records"), ({"category": "care_missing_a"}, "records"),
        ({"hours": "8-20"}, "records"), ({"weekdays": "mon-fri"}, "records"), ({"agency": "police"}, "even"),
        ({"theme": "missing", "background": "even"}, "even"), ({"theme": "missing", "test": "moran"}, "even"),
        ({"theme": "missing", "variant": "fixed"}, "even"), ({"background": "children"}, "children"),
    ],
)  # fmt: skip
def test_what_it_compares_with_hangs_on_what_is_asked_and_is_said(words, background):
    about = ask(world(*MANY), **words).about
    assert about["background"] == background
    assert about["background_why"]
    assert (about["stands_on"] != "") == (background == "children")
    shares = {"even": "in all", "records": "of all records", "children": "of the children"}
    assert shares[background] in about["compared_with"]


@pytest.mark.parametrize("words", [{"test": "moran"}, {"variant": "fixed"}])
def test_a_test_that_compares_evenly_only_says_so(words):
    with pytest.raises(QuestionError, match="compares evenly only"):
        ask(world(*MANY), background="children", **words)


def test_where_nobody_knows_how_many_children_live_the_question_is_refused():
    anchors = replace(world(*MANY), anchors=True)
    with pytest.raises(QuestionError, match="Nobody knows here how many children"):
        ask(anchors, level="street", background="children")
    no_ages = replace(world(*MANY), ages=False)
    assert "residents of every age" in ask(no_ages, level="ward", background="children").about["stands_on"]


def test_against_the_other_records_a_busy_place_of_everything_is_not_hot():
    busy = [
        record(i, 700 + i, at=(550_500.0, 200_500.0), themes=((MISSING,) if i % 8 == 0 else (ASB,)))
        for i in range(160)
    ]
    given = world(*MANY, *(replace(one, day=one.day + timedelta(days=i % 90)) for i, one in enumerate(busy)))
    code = busy[0].cell(9)
    evenly, beside = (ask(given, theme="missing", background=one) for one in ("even", "records"))
    z = [dict(zip(one.columns["code"], one.columns["z"], strict=True)) for one in (evenly, beside)]
    assert z[0][code] > 0 > z[1][code]
    assert min(one[cell()] for one in z) > 0
    assert cell() in only(beside)["units"]


def test_wards_are_tested_with_the_wards_beside_them():
    found = ask(world(*MANY), level="ward", theme="missing")
    assert found.columns["code"] == ["W00", "W01", "W02", "W03", "W04", "W05"]
    counts = found.columns["count"].tolist()
    assert found.columns["around"].tolist() == [sum(counts[max(i - 1, 0) : i + 2]) for i in range(6)]
    assert "a ward and those that share a boundary" in found.about["method"]
    assert {"W01", "W02", "W03"} <= set(only(found)["units"])


def test_how_steady_it_is_is_told_when_asked_and_once_it_is_kept():
    at_hand = desk(world(*MANY))
    assert "stays" not in ask(at_hand, theme="missing").columns
    asked = ask(at_hand, theme="missing", stability="yes")
    assert only(asked)["stays"] > 0.9
    assert ((asked.columns["stays"] >= 0) & (asked.columns["stays"] <= 1)).all()
    assert only(ask(at_hand, theme="missing"))["stays"] == only(asked)["stays"]
    assert "stays" not in ask(at_hand, theme="county_lines").columns
    again = ask(world(*MANY), theme="missing", stability="yes")
    assert again.columns["stays"].tolist() == asked.columns["stays"].tolist()


def test_somebody_who_may_not_wait_is_told_that_it_is_worked_out():
    at_hand = desk(world(*MANY), may_wait=False)
    with pytest.raises(NotWorkedOut):
        ask(at_hand, theme="missing", stability="yes")
    assert "stays" not in ask(at_hand, theme="missing").columns
