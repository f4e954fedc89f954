"""What a version makes of places told in words, of points too many share, of mended rows and of the newer layers."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
import shapely

from tests.factories.parquet_deliveries import RECEIVED, candidate, write_delivery
from tests.property.test_store_build import SOUTH, WEST, write_ground
from trigpoint.store.build import AgencyName, PointJudged, ThemeName, WordingKnown, build_store

AT = datetime(2026, 1, 5, tzinfo=UTC)
DIGESTS = {name: bytes([number]) * 16 for number, name in enumerate("abcdef", start=1)}
STREETS = (
    ("S1", "Mill Lane", (100, 100), (100, 300)),
    ("S2", "Mill Lane", (100, 300), (100, 500)),
    ("S3", "High Street", (1500, 200), (1800, 200)),
    ("S4", "High Street", (3200, 1200), (3400, 1200)),
)


def line(start, end):
    return bytes(
        shapely.to_wkb(
            shapely.LineString([(WEST + start[0], SOUTH + start[1]), (WEST + end[0], SOUTH + end[1])])
        )
    )


@pytest.fixture
def ground(tmp_path):
    streets = [{"code": code, "name": name, "wkb": line(start, end)} for code, name, start, end in STREETS]
    schools = [
        {
            "ref": "100",
            "class": "school",
            "name": "Quay High School",
            "easting_m": WEST + 250.0,
            "northing_m": SOUTH + 250.0,
        },
        {
            "ref": "7",
            "class": "police_station",
            "name": "Quay Police Station",
            "easting_m": WEST + 900.0,
            "northing_m": SOUTH + 900.0,
        },
    ]
    homes = [
        {
            "ref": "H",
            "class": "childrens_home",
            "name": "The Limes",
            "restricted": True,
            "easting_m": WEST + 1.0,
            "northing_m": SOUTH + 1.0,
        }
    ]
    return [
        *write_ground(tmp_path),
        write_delivery(tmp_path, 910, "streets", streets, open_feed=True),
        write_delivery(tmp_path, 911, "sites", schools, feed="schools", open_feed=True),
        write_delivery(tmp_path, 912, "sites", homes, feed="homes"),
        write_delivery(
            tmp_path,
            913,
            "sites",
            [
                {
                    "ref": "P",
                    "class": "takeaway",
                    "name": "Secret Grill",
                    "easting_m": WEST + 300.0,
                    "northing_m": SOUTH + 300.0,
                }
            ],
            feed="premises",
        ),
    ]


def build(folder: Path, sources, name="v", **more):
    target = folder / f"{name}.duckdb"
    agencies = [AgencyName("police", "Police", 1)]
    summary = build_store(
        target,
        sources=sources,
        agencies=agencies,
        themes=[ThemeName(0, "asb", "ASB")],
        home_districts=(),
        county="Marlshire",
        built_at=AT,
        threads=1,
        **more,
    )
    return duckdb.connect(str(target), read_only=True), summary


def told(name, **more):
    return candidate(quality=3, **more) | {"wording": DIGESTS[name]}


def records(folder, number, names, **more):
    rows = [{"claims": [told(name)], "period": 202501} for name in names]
    return write_delivery(folder, number, "records", rows, **({"feed": "concerns"} | more))


def known(name, text, town="", decision="", candidates=(), gazetteer=""):
    return WordingKnown("police", DIGESTS[name], text, town, decision, candidates, gazetteer)


def claims(store):
    return store.execute(
        "SELECT (record & 4294967295) >> 6, quality, round(weight, 3), ward, street, site FROM claim ORDER BY ALL"
    ).fetchall()


def placed(store):
    return dict(store.execute("SELECT (number & 4294967295) >> 6, ward FROM counted").fetchall())


def test_what_is_sure_is_placed_and_what_is_not_is_not(ground, tmp_path):
    said = [
        known("a", "on Mill Ln"),
        known("b", "High St"),
        known("c", "xyzzy"),
        known("d", "London"),
        known("e", "opp Quay High"),
    ]
    store, summary = build(tmp_path, [*ground, records(tmp_path, 1, "abcde")], wordings=said)
    wards = placed(store)
    assert wards[1] == wards[5] >= 0
    assert (wards[2], wards[3], wards[4]) == (-1, -1, -1)
    sure = dict(store.execute("SELECT digest, sure FROM wording").fetchall())
    assert [sure[DIGESTS[name]] for name in "abcde"] == [True, False, False, True, True]
    assert len(summary.matched) == 5


def test_a_claim_in_words_weighs_one_whatever_it_may_mean(ground, tmp_path):
    said = [
        known(name, text)
        for name, text in zip(
            "abcdef", ("Mill Ln", "High St", "?", "London", "Ward W00", "the Rec"), strict=True
        )
    ]
    store, _ = build(tmp_path, [*ground, records(tmp_path, 1, "abcdef")], wordings=said)
    sums = store.execute("SELECT record, sum(weight) FROM claim GROUP BY record").fetchall()
    assert [total for _, total in sums] == pytest.approx([1.0] * 6)
    assert store.execute(
        "SELECT quality FROM claim WHERE (record & 4294967295) >> 6 IN (3, 4)"
    ).fetchall() == [(5,), (5,)]


def test_no_name_that_is_not_published_is_ever_matched(ground, tmp_path):
    said = [known("a", "The Limes"), known("b", "Secret Grill")]
    store, summary = build(tmp_path, [*ground, records(tmp_path, 1, "ab")], wordings=said)
    assert [one.candidates for one in summary.matched] == [(), ()]
    assert set(placed(store).values()) == {-1}


def test_a_decision_wins_over_the_text_and_a_wording_left_has_no_place(ground, tmp_path):
    point = {
        "kind": "point",
        "ref": "p",
        "name": "",
        "easting_m": WEST + 3500.0,
        "northing_m": SOUTH + 1500.0,
        "weight": 0.2,
    }
    said = [
        known("a", "Mill Ln", decision="picked", candidates=[point]),
        known("b", "Mill Ln", decision="left", candidates=[point]),
    ]
    store, summary = build(tmp_path, [*ground, records(tmp_path, 1, "ab")], wordings=said)
    wards = placed(store)
    names = dict(store.execute("SELECT id, code FROM area WHERE level = 2").fetchall())
    assert (names[wards[1]], wards[2]) == ("W31", -1)
    assert summary.matched == ()


def test_a_decided_or_matched_wording_needs_its_text_no_more(ground, tmp_path):
    sources = [*ground, records(tmp_path, 1, "abc")]
    said = [known("a", "Mill Ln"), known("b", "High St"), known("c", "Quay High")]
    before, first = build(tmp_path, sources, "one", wordings=said)
    found = {one.digest: one for one in first.matched}
    later = [
        WordingKnown(o.agency, o.digest, "", "", "", found[o.digest].candidates, found[o.digest].gazetteer)
        for o in said
    ]
    after, second = build(tmp_path, sources, "two", wordings=later)
    assert claims(before) == claims(after)
    assert before.sql("FROM wording").fetchall() == after.sql("FROM wording").fetchall()
    assert second.matched == ()


def test_a_gazetteer_that_has_not_changed_is_not_asked_again(ground, tmp_path):
    sources = [*ground, records(tmp_path, 1, "a")]
    _, first = build(tmp_path, sources, "one", wordings=[known("a", "Mill Ln")])
    (match,) = first.matched
    again = known("a", "Mill Ln", candidates=match.candidates, gazetteer=match.gazetteer)
    assert build(tmp_path, sources, "two", wordings=[again])[1].matched == ()
    streets = [{"code": "S9", "name": "New Street", "wkb": line((500, 500), (600, 600))}]
    grown = [
        *sources,
        write_delivery(tmp_path, 990, "streets", streets, open_feed=True, extracted_on=date(2026, 1, 1)),
    ]
    assert len(build(tmp_path, grown, "three", wordings=[again])[1].matched) == 1


def test_another_agency_s_words_and_records_move_nothing_of_this_one_s(ground, tmp_path):
    mine = records(tmp_path, 1, "abcab")
    said = [known("a", "Mill Ln"), known("b", "High St"), known("c", "High St by the pond")]
    theirs = WordingKnown("care", DIGESTS["f"], "High Street", "", "", (), "")
    alone, _ = build(tmp_path, [*ground, mine], "one", wordings=said)
    other = write_delivery(
        tmp_path, 2, "records", [{"claims": [told("f")], "period": 202501}] * 9, feed="visits", agency="care"
    )
    both, _ = build(tmp_path, [*ground, mine, other], "two", wordings=[*said, theirs])
    wanted = (
        "SELECT w.digest, w.records, w.recent, w.sure, w.change FROM wording AS w "
        "JOIN agency AS a ON a.id = w.agency WHERE a.code = 'police' ORDER BY ALL"
    )
    assert alone.execute(wanted).fetchall() == both.execute(wanted).fetchall()


def test_what_is_said_more_often_where_less_is_known_would_change_the_map_more(ground, tmp_path):
    here = [{"claims": [candidate(easting_m=WEST + 1650.0, northing_m=SOUTH + 200.0)], "period": 202501}] * 20
    known_well = write_delivery(tmp_path, 2, "records", here, feed="concerns", extracted_on=date(2025, 6, 2))
    rows = [{"claims": [told(name)], "period": 202502} for name in "abbbc"]
    said = [known("a", "xyzzy"), known("b", "xyzzy two"), known("c", "London")]
    store, _ = build(
        tmp_path,
        [*ground, known_well, write_delivery(tmp_path, 1, "records", rows, feed="concerns")],
        wordings=said,
    )
    change = dict(store.execute("SELECT digest, change FROM wording").fetchall())
    assert change[DIGESTS["b"]] == pytest.approx(3 * change[DIGESTS["a"]])
    assert change[DIGESTS["a"]] == pytest.approx(1 / 21)
    assert change[DIGESTS["c"]] == 0


# --- points that too many share -------------------------------------------------------------------------------


def points(folder, number, shared=30, x=1500.0, y=500.0, role=1):
    many = [candidate(role=role, quality=2, easting_m=WEST + x, northing_m=SOUTH + y)]
    others = [
        [candidate(quality=2, easting_m=WEST + 10.0 * i, northing_m=SOUTH + 1700.0)] for i in range(150)
    ]
    rows = [{"claims": one, "period": 202501} for one in ([many] * shared + others)]
    return write_delivery(folder, number, "records", rows, feed="crime")


def test_a_point_that_too_many_share_is_marked_and_not_moved(ground, tmp_path):
    store, _ = build(tmp_path, [*ground, points(tmp_path, 1)])
    assert store.execute(
        "SELECT easting_m - ?, northing_m - ?, records, near, looks_like FROM shared_point", [WEST, SOUTH]
    ).fetchall() == [(1500, 500, 30, "High Street", "snap_point")]
    assert store.execute("SELECT quality, count(*) FROM counted GROUP BY 1 ORDER BY 1").fetchall() == [
        (2, 150),
        (4, 30),
    ]
    assert set(placed(store).values()) == {
        number for (number,) in store.execute("SELECT DISTINCT ward FROM counted").fetchall()
    }


@pytest.mark.parametrize(("shared", "marked"), [(19, 0), (20, 1)])
def test_fewer_than_twenty_are_not_too_many(ground, tmp_path, shared, marked):
    store, _ = build(tmp_path, [*ground, points(tmp_path, 1, shared)])
    assert store.execute("SELECT count(*) FROM shared_point").fetchone() == (marked,)


def test_beside_a_police_station_a_few_are_enough(ground, tmp_path):
    store, _ = build(tmp_path, [*ground, points(tmp_path, 1, 6, 930.0, 920.0)])
    assert store.execute("SELECT records, near, looks_like FROM shared_point").fetchall() == [
        (6, "Quay Police Station", "default_address")
    ]


def test_what_people_decide_of_a_point_holds(ground, tmp_path):
    sources = [*ground, points(tmp_path, 1)]
    real, _ = build(
        tmp_path, sources, "real", points=[PointJudged("crime", WEST + 1500, SOUTH + 500, "real")]
    )
    assert real.execute("SELECT count(*) FROM counted WHERE quality = 2 AND ward >= 0").fetchone() == (180,)
    default, _ = build(
        tmp_path, sources, "default", points=[PointJudged("crime", WEST + 1500, SOUTH + 500, "default")]
    )
    assert default.execute("SELECT count(*) FROM counted WHERE ward < 0 AND quality = 5").fetchone() == (30,)
    assert default.execute("SELECT DISTINCT role FROM claim WHERE quality = 5").fetchall() == [(10,)]
    assert default.execute("SELECT decision FROM shared_point").fetchall() == [("default",)]


# --- mended rows ----------------------------------------------------------------------------------------------


def with_mends(source, number):
    from dataclasses import replace

    return replace(source, mends=number)


def test_mended_rows_join_the_version_they_were_missing_from_and_go_with_it(ground, tmp_path):
    one = records(tmp_path, 1, "aa")
    mend = with_mends(records(tmp_path, 2, "a", received_at=RECEIVED + timedelta(days=3)), 1)
    both, _ = build(tmp_path, [*ground, one, mend], "both")
    current = "SELECT delivery, known_from FROM record WHERE known_to = TIMESTAMP '9999-12-31' ORDER BY ALL"
    naive = RECEIVED.replace(tzinfo=None)
    assert both.execute(current).fetchall() == [(1, naive), (1, naive), (2, naive + timedelta(days=3))]
    newer = records(tmp_path, 3, "a", received_at=RECEIVED + timedelta(days=9), extracted_on=date(2025, 7, 1))
    after, _ = build(tmp_path, [*ground, one, mend, newer], "after")
    assert [row[0] for row in after.execute(current).fetchall()] == [3]
    gone = after.execute("SELECT DISTINCT known_to FROM record WHERE delivery < 3").fetchall()
    assert gone == [(naive + timedelta(days=9),)]


def test_rows_mended_after_they_were_superseded_were_never_current(ground, tmp_path):
    one = records(tmp_path, 1, "aa")
    newer = records(tmp_path, 2, "a", received_at=RECEIVED + timedelta(days=1), extracted_on=date(2025, 7, 1))
    late = with_mends(records(tmp_path, 3, "a", received_at=RECEIVED + timedelta(days=5)), 1)
    store, _ = build(tmp_path, [*ground, one, newer, late])
    assert store.execute(
        "SELECT count(*) FROM record WHERE delivery = 3 AND known_from = known_to"
    ).fetchone() == (1,)
    assert store.execute(
        "SELECT count(*) FROM record WHERE known_to = TIMESTAMP '9999-12-31'"
    ).fetchone() == (1,)


def test_what_mends_a_delivery_without_an_accepted_row_stands_for_itself(ground, tmp_path):
    mend = with_mends(records(tmp_path, 2, "ab"), 1)
    store, _ = build(tmp_path, [*ground, mend])
    assert store.execute(
        "SELECT count(*) FROM record WHERE known_to = TIMESTAMP '9999-12-31'"
    ).fetchone() == (2,)


# --- the newer layers -----------------------------------------------------------------------------------------


def test_property_numbers_lead_to_their_points(ground, tmp_path):
    layer = write_delivery(
        tmp_path, 20, "uprns", [{"uprn": 10012, "easting_m": WEST + 500.0, "northing_m": SOUTH + 500.0}]
    )
    rows = [{"claims": [candidate() | {"uprn": uprn}], "period": 202501} for uprn in (10012, 99)]
    store, _ = build(tmp_path, [*ground, layer, write_delivery(tmp_path, 1, "records", rows)])
    wards = placed(store)
    assert wards[1] >= 0
    assert wards[2] == -1


def test_a_site_is_found_by_a_reference_it_had_before(ground, tmp_path):
    alias = {"class": "school", "ref": "100", "other_ref": "55", "relation": "predecessor"}
    rows = [{"claims": [candidate(site_class="school", site_ref="55")], "period": 202501}]
    store, _ = build(
        tmp_path,
        [
            *ground,
            write_delivery(tmp_path, 21, "aliases", [alias]),
            write_delivery(tmp_path, 1, "records", rows),
        ],
    )
    assert placed(store)[1] >= 0


def test_totals_deprivation_and_routes_are_held_with_this_version_s_ids(ground, tmp_path):
    totals = [
        {
            "area_level": 2,
            "area_code": "W10",
            "starts": date(2025, 1, 1),
            "ends": date(2025, 3, 31),
            "category": "x",
            "theme_mask": 1,
            "count": 4,
            "suppressed": False,
            "rounded_to": 1,
        },
        {
            "site_class": "school",
            "site_ref": "100",
            "starts": date(2025, 1, 1),
            "ends": date(2025, 1, 7),
            "category": "y",
            "theme_mask": 0,
            "count": None,
            "suppressed": True,
            "rounded_to": 5,
        },
    ]
    depriving = [
        {"area_level": 2, "area_name": "ward w10", "vintage": "2024", "score": 33.0, "rank": 12, "decile": 2}
    ]
    stop = {"ref": "100", "name": "Quay", "easting_m": 1.0, "northing_m": 2.0, "departures": [3] * 72}
    route = {
        "route": "R1",
        "direction": 0,
        "name": "1",
        "mode": "bus",
        "operator": "O",
        "stops": [stop, stop],
    }
    layers = (("totals", totals), ("deprivation", depriving), ("timetable", [route]))
    sources = [write_delivery(tmp_path, 30 + i, kind, rows) for i, (kind, rows) in enumerate(layers)]
    store, _ = build(tmp_path, [*ground, *sources, records(tmp_path, 1, "a")])
    ward = store.execute("SELECT id FROM area WHERE level = 2 AND code = 'W10'").fetchone()[0]
    assert store.execute('SELECT level, unit, site >= 0, "count", suppressed FROM total').fetchall() == [
        (2, ward, False, 4, False),
        (0, -1, True, None, True),
    ]
    assert store.execute(
        "SELECT count(*) FROM total AS t JOIN category AS c ON c.id = t.category"
    ).fetchone() == (2,)
    assert store.execute("SELECT level, id, decile FROM deprivation").fetchall() == [(2, ward, 2)]
    assert store.execute("SELECT route, position, departures[1] FROM route_stop ORDER BY ALL").fetchall() == [
        (0, 0, 3),
        (0, 1, 3),
    ]
    assert store.execute("SELECT code, mode FROM route").fetchall() == [("R1", "bus")]
