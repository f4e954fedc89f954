"""What a store version must say of its deliveries, whatever they hold and in whatever order they came."""

import tempfile
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.parquet_deliveries import candidate, square, write_delivery
from trigpoint.store.build import AgencyName, ThemeName, build_store

WEST, SOUTH, WARD_M = 560_000, 210_000, 1000
WARDS = {f"W{i}{j}": (WEST + i * WARD_M, SOUTH + j * WARD_M) for i in range(4) for j in range(2)}
DISTRICT = {code: ("D1" if code < "W20" else "D2") for code in WARDS}
POSTCODES = {"ZZ11AA": (WEST + 500, SOUTH + 500), "ZZ11AB": (WEST + 1500, SOUTH + 500)}
FEW = settings(max_examples=max(8, settings.default.max_examples // 5))
"""A version takes half a second to build, so these laws see fewer worlds than others."""

AT = datetime(2026, 1, 5, tzinfo=UTC)
NEVER_PRIMARY = {8, 9, 10}


def write_ground(folder, first=900, wards=WARDS):
    """Boundaries and postcodes of a county of two districts and eight wards."""
    rows = [
        {"level": 2, "code": code, "name": f"Ward {code}", "vintage": "2024", "parent_code": DISTRICT[code],
         "wkb": square(*corner, WARD_M)}
        for code, corner in wards.items()
    ]  # fmt: skip
    codes = [
        {
            "postcode": code,
            "easting_m": float(x),
            "northing_m": float(y),
            "ward_code": "",
            "district_code": "",
        }
        for code, (x, y) in POSTCODES.items()
    ]
    return [
        write_delivery(folder, first, "areas", rows),
        write_delivery(folder, first + 1, "postcodes", codes),
    ]


def build(folder, sources, name="v"):
    target = folder / f"{name}.duckdb"
    summary = build_store(
        target, sources=sources, agencies=[AgencyName("police", "Police", 1)], themes=[ThemeName(0, "asb", "ASB")],
        home_districts=(), county="Marlshire", built_at=AT, threads=1,
    )  # fmt: skip
    return target, summary


@pytest.fixture(scope="module")
def _warm():
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), write_ground(Path(folder)))


# --- the slow obvious twin ---------------------------------------------------------------------------------


def ward_at(x, y):
    held = [c for c, (w, s) in sorted(WARDS.items()) if w <= x <= w + WARD_M and s <= y <= s + WARD_M]
    return held[0] if held else None


def spots(entry):
    """(share, ward, district) of everything one entry may mean."""
    if entry["easting_m"] is not None:
        ward = ward_at(entry["easting_m"], entry["northing_m"])
        return [(1.0, ward, DISTRICT.get(ward))]
    if entry["postcode"] in POSTCODES:
        ward = ward_at(*POSTCODES[entry["postcode"]])
        return [(1.0, ward, DISTRICT[ward])]
    if entry["postcode"] == "ZZ11":
        return [(0.5, w, DISTRICT[w]) for w in map(lambda p: ward_at(*p), POSTCODES.values())]
    if entry["area_level"] == 2 and entry["area_code"] in WARDS:
        return [(1.0, entry["area_code"], DISTRICT[entry["area_code"]])]
    if entry["area_level"] == 1 and entry["area_code"] in DISTRICT.values():
        return [(1.0, None, entry["area_code"])]
    return [(1.0, None, None)]


def counted_slowly(claims):
    """The ward and district at which a record counts, or None."""
    groups = []
    for entry in claims:
        if entry["candidate"] == 0:
            groups.append([])
        groups[-1].append(entry)
    primary = next((g for g in groups if g[0]["role"] not in NEVER_PRIMARY), [])
    held = {1: Counter(), 2: Counter()}
    for entry in primary:
        for share, ward, district in spots(entry):
            held[2][ward] += entry["weight"] * share
            held[1][district] += entry["weight"] * share
    return tuple(
        next((unit for unit, weight in held[level].items() if unit and weight >= 0.9 - 1e-6), None)
        for level in (2, 1)
    )


def known_slowly(deliveries):
    """(delivery, row) -> (known_from, known_to or None) by comparing every version with every other."""
    versions = defaultdict(list)
    for number, (received, extracted, rows) in deliveries.items():
        for i, row in enumerate(rows, start=1):
            thing = row.get("key") or (row.get("scope"), row["period"])
            versions[thing].append(((extracted, received, number), received, (number, i)))
    known = {}
    for said in versions.values():
        for newness, received, row in said:
            newer = [other for new, other, _ in said if new > newness]
            known[row] = (received, max(min(newer), received) if newer else None)
    return known


# --- generated worlds --------------------------------------------------------------------------------------

coordinates = st.tuples(st.integers(WEST - 500, WEST + 4500), st.integers(SOUTH - 500, SOUTH + 2500))
wheres = st.one_of(
    coordinates.map(lambda p: {"easting_m": float(p[0]), "northing_m": float(p[1])}),
    st.sampled_from([*POSTCODES, "ZZ11", "ZZ99ZZ"]).map(lambda c: {"postcode": c}),
    st.sampled_from([*WARDS, "W99"]).map(lambda c: {"area_level": 2, "area_code": c}),
    st.sampled_from(["D1", "D2", "D9"]).map(lambda c: {"area_level": 1, "area_code": c}),
)


@st.composite
def claim_lists(draw):
    claims = []
    for role in draw(st.lists(st.sampled_from([1, 2, 3, 8, 9, 10]), max_size=3)):
        parts = draw(st.sampled_from([(1.0,), (1.0,), (0.95, 0.05), (0.5, 0.5), (0.6, 0.3, 0.1)]))
        claims += [candidate(role=role, candidate=i, weight=w, **draw(wheres)) for i, w in enumerate(parts)]
    return claims


@st.composite
def deliveries(draw, keyed):
    told = {}
    for number in range(1, draw(st.integers(1, 4)) + 1):
        received = AT + timedelta(days=draw(st.integers(0, 4)))
        extracted = date(2026, 1, draw(st.integers(1, 4)))
        rows = []
        for i in range(draw(st.integers(1, 5))):
            head = (
                {"key": bytes([i]) * 16, "period": 0}
                if keyed
                else {
                    "scope": draw(st.sampled_from(["north", None])),
                    "period": draw(st.sampled_from([202501, 202502])),
                }
            )
            rows.append({**head, "claims": draw(claim_lists())})
        told[number] = (received, extracted, rows)
    return told


def write_all(folder, told):
    return [
        write_delivery(
            folder, number, "records", rows, feed="seen", received_at=received, extracted_on=extracted
        )
        for number, (received, extracted, rows) in told.items()
    ]


@pytest.mark.usefixtures("_warm")
@pytest.mark.parametrize("keyed", [True, False])
@given(data=st.data())
@FEW
def test_every_row_counts_where_the_slow_twin_says_and_when(keyed, data):
    told = data.draw(deliveries(keyed))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        target, summary = build(folder, [*write_all(folder, told), *write_ground(folder)])
        with duckdb.connect(str(target), read_only=True) as store:
            rows = store.execute(
                "SELECT r.delivery, r.row, w.code, d.code, c.known_from, c.known_to FROM counted AS c "
                "JOIN record AS r USING (number) "
                "LEFT JOIN area AS w ON w.level = 2 AND w.id = c.ward "
                "LEFT JOIN area AS d ON d.level = 1 AND d.id = c.district"
            ).fetchall()
    known = known_slowly(told)
    expected = {
        row: (*counted_slowly(told[row[0]][2][row[1] - 1]["claims"]), known_from, known_to)
        for row, (known_from, known_to) in known.items()
        if known_to is None or known_to > known_from
    }
    forever = datetime(9999, 12, 31)
    found = {
        (delivery, row): (
            ward,
            district,
            start.replace(tzinfo=UTC),
            None if end == forever else end.replace(tzinfo=UTC),
        )
        for delivery, row, ward, district, start, end in rows
    }
    assert found == expected
    assert summary.records == sum(len(rows) for _, _, rows in told.values())


@pytest.mark.usefixtures("_warm")
@given(data=st.data())
@FEW
def test_each_level_and_its_unplaced_add_up_to_the_records(data):
    told = data.draw(deliveries(keyed=False))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        target, summary = build(folder, [*write_all(folder, told), *write_ground(folder)])
        with duckdb.connect(str(target), read_only=True) as store:
            for level in ("district", "ward", "lsoa", "street", "cell_7", "cell_8", "cell_9", "cell_10"):
                counts = store.execute(f"SELECT {level}, count(*) FROM counted GROUP BY 1").fetchall()
                assert sum(n for _, n in counts) == summary.counted
            weights = store.execute(
                'SELECT record, sum(weight) FROM claim WHERE "primary" GROUP BY record'
            ).fetchall()
            assert all(weight == pytest.approx(1, abs=1e-5) for _, weight in weights)
            nested = store.execute(
                "SELECT count(*) FROM counted JOIN area ON level = 2 AND id = counted.ward WHERE parent <> district"
            ).fetchone()
            assert nested == (0,)


def facts_by_code(target):
    """Everything that a version says of its records, with codes in place of dense ids and delivery numbers."""
    with duckdb.connect(str(target), read_only=True) as store:
        return Counter(
            store.execute(
                "SELECT cat.code, c.role, c.quality, c.known_from, c.known_to, w.code, d.code, h.h3 FROM counted AS c "
                "JOIN category AS cat ON cat.id = c.category "
                "LEFT JOIN area AS w ON w.level = 2 AND w.id = c.ward "
                "LEFT JOIN area AS d ON d.level = 1 AND d.id = c.district "
                "LEFT JOIN cell AS h ON h.resolution = 9 AND h.id = c.cell_9"
            ).fetchall()
        )


@pytest.mark.usefixtures("_warm")
@given(data=st.data())
@FEW
def test_the_order_of_loading_does_not_matter(data):
    told = data.draw(deliveries(keyed=True))
    # Two deliveries alike in date and receipt are told apart by their numbers alone; let none be.
    instants = {number: AT + timedelta(hours=number) for number in told}
    told = {n: (instants[n], extracted, rows) for n, (_, extracted, rows) in told.items()}
    turned = dict(zip(told, reversed(list(told.values())), strict=True))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        first, _ = build(Path(one), [*write_all(Path(one), told), *write_ground(Path(one))])
        late_ground = [*write_ground(Path(other), first=0x100)]
        second, _ = build(Path(other), [*late_ground, *write_all(Path(other), turned)])
        assert facts_by_code(first) == facts_by_code(second)


# --- examples ----------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def query(target, sql):
    with duckdb.connect(str(target), read_only=True) as store:
        return store.execute(sql).fetchall()


def point(x, y, **more):
    return [candidate(easting_m=float(WEST + x), northing_m=float(SOUTH + y), **more)]


def test_counted_lies_in_the_order_of_agency_category_day(folder):
    days = [datetime(2025, 1, 1 + d) for d in (5, 2, 9, 1, 2)]
    rows = [{"occurred_from": day, "category": "ab"[i % 2], "period": 202501} for i, day in enumerate(days)]
    target, _ = build(folder, [write_delivery(folder, 1, "records", rows, categories={"a": "A", "b": "B"})])
    order = query(target, "SELECT agency, category, day, number FROM counted")
    assert order == sorted(order)
    assert len(order) == 5


def test_without_streets_the_feeds_anchors_are_the_street_level(folder):
    rows = [{"claims": point(10, 10, street_name="Mill Lane")}, {"claims": point(10, 10, street_name="Mill Lane")},
            {"claims": point(10, 10, street_name="Supermarket")}, {"claims": point(400, 900)}]  # fmt: skip
    anchored = write_delivery(folder, 1, "records", rows, anchors=True, open_feed=True)
    target, _ = build(folder, [anchored, *write_ground(folder)])
    assert query(target, "SELECT name, kind, feed FROM street ORDER BY name") == [
        ("Mill Lane", "anchor", 2), ("Supermarket", "anchor", 2),
    ]  # fmt: skip
    counts = query(
        target,
        "SELECT s.name, count(*) FROM counted LEFT JOIN street s ON s.id = street GROUP BY 1 ORDER BY 1",
    )
    assert counts == [("Mill Lane", 2), ("Supermarket", 1), (None, 1)]


def test_an_anchor_of_a_closed_feed_names_no_cell(folder):
    rows = [{"claims": point(10, 10, street_name="Mill Lane")}]
    closed = write_delivery(folder, 1, "records", rows, anchors=True, open_feed=False)
    target, _ = build(folder, [closed, *write_ground(folder)])
    assert query(target, "SELECT count(near), count(*) > 0 FROM cell") == [(0, True)]


def test_a_named_street_without_a_point_is_all_its_segments(folder):
    streets = [
        {"code": f"S{i}", "name": name, "road_class": "Local Road", "start_junction": f"j{i}",
         "end_junction": f"j{i + 1}", "town": town, "wkb": line}
        for i, (name, town, line) in enumerate([
            ("Mill Lane", "Mere", _line(100, 100, 300, 100)), ("Mill Lane", "Mere", _line(300, 100, 900, 100)),
            ("Mill Lane", "Ford", _line(3100, 100, 3300, 100)), ("Far Road", "Ford", _line(9000, 100, 9300, 100)),
        ])
    ]  # fmt: skip
    rows = [{"claims": [candidate(street_name="MILL LN.", town="Mere")]}, {"claims": [candidate(street_name="Mill Lane")]},
            {"claims": point(310, 150, street_name="Mill Lane")}]  # fmt: skip
    sources = [write_delivery(folder, 1, "records", rows), write_delivery(folder, 2, "streets", streets)]
    target, _ = build(folder, [*sources, *write_ground(folder)])
    assert query(target, "SELECT code, kind, start_junction, end_junction FROM street ORDER BY id") == [
        ("S0", "segment", 0, 1), ("S1", "segment", 1, 2), ("S2", "segment", 2, 3),
    ]  # fmt: skip
    found = query(
        target,
        "SELECT street, w.code FROM counted LEFT JOIN area w ON level = 2 AND w.id = counted.ward ORDER BY number",
    )
    assert found == [(-1, "W00"), (-1, None), (1, "W00")]
    assert query(target, "SELECT street, round(weight, 3) FROM claim ORDER BY record, candidate")[:2] == [
        (0, 0.5),
        (1, 0.5),
    ]


def _line(x1, y1, x2, y2):
    import shapely

    return bytes(shapely.to_wkb(shapely.LineString([(WEST + x1, SOUTH + y1), (WEST + x2, SOUTH + y2)])))


def test_home_and_placement_keep_no_street_and_no_cell(folder):
    site = {"class": "childrens_home", "ref": "9", "easting_m": float(WEST + 500), "northing_m": float(SOUTH + 500),
            "restricted": True}  # fmt: skip
    rows = [{"claims": [candidate(role=9, site_class="childrens_home", site_ref="9")]}]
    sources = [write_delivery(folder, 1, "records", rows), write_delivery(folder, 2, "sites", [site])]
    target, _ = build(folder, [*sources, *write_ground(folder)])
    assert query(target, 'SELECT site, cell_10, street, ward >= 0, "primary" FROM claim') == [
        (0, -1, -1, True, False)
    ]
    assert query(target, "SELECT ward, role FROM counted") == [(-1, -1)]


def test_a_site_kept_by_district_has_no_point(folder):
    sites = [
        {"class": "childrens_home", "ref": "1", "district_name": "d1", "kept": "district", "easting_m": 1.0,
         "northing_m": 1.0, "postcode": "ZZ11AA"},
        {"class": "school", "ref": "2", "postcode": "ZZ11AB", "name": "Ford School"},
        {"class": "station", "ref": "3", "easting_m": 100_000.0, "northing_m": 20_000.0},
        {"class": "childrens_home", "ref": "4", "district_name": "MARLSHIRE", "kept": "district"},
        {"class": "childrens_home", "ref": "5", "district_name": "Elsewhere", "kept": "district"},
    ]  # fmt: skip
    target, _ = build(folder, [write_delivery(folder, 1, "sites", sites), *write_ground(folder)])
    assert query(target, "SELECT class, kept, easting_m, district, ward FROM site ORDER BY id") == [
        ("childrens_home", "district", None, 0, -1), ("childrens_home", "none", None, -1, -1),
        ("school", "point", WEST + 1500.0, 0, 2),
    ]  # fmt: skip


def test_population_is_summed_only_where_every_lsoa_is_known(folder):
    lsoas = [
        {"level": 3, "code": f"L{code}{k}", "name": f"{DISTRICT[code]} 00{k}A", "vintage": "2021",
         "wkb": square(x, y + k * 500, 500)}
        for code, (x, y) in WARDS.items() for k in (0, 1)
    ]  # fmt: skip
    people = [
        {"area_level": 3, "area_code": row["code"], "area_name": row["name"], "vintage": "2021",
         "people_all": 100.0 + i, "people_10_17": 10.0}
        for i, row in enumerate(lsoas) if row["code"] != "LW301"
    ]  # fmt: skip
    sources = [
        write_delivery(folder, 1, "areas", lsoas, feed="lsoas"),
        write_delivery(folder, 2, "population", people),
    ]
    target, _ = build(folder, [*sources, *write_ground(folder)])
    wards = dict(
        query(
            target, "SELECT code, people_all FROM population p JOIN area a USING (level, id) WHERE level = 2"
        )
    )
    slow = {code: sum(p["people_all"] for p in people if p["area_code"][1:4] == code) for code in WARDS}
    assert wards == {code: None if code == "W30" else total for code, total in slow.items()}
    young = query(target, "SELECT sum(people_10_17) FROM population WHERE level = 3")
    assert young == [(150.0,)]


def test_an_empty_version_can_be_read(folder):
    target, summary = build(folder, [])
    assert (summary.records, summary.claims) == (0, 0)
    assert query(target, "SELECT count(*) FROM cell") == [(0,)]


def test_only_the_newest_vintage_of_a_level_is_the_level(folder):
    old = [{"level": 2, "code": "OLD", "name": "Old", "vintage": "2013", "wkb": square(WEST, SOUTH, 9000)}]
    target, _ = build(
        folder, [*write_ground(folder), write_delivery(folder, 1, "areas", old, feed="old_wards")]
    )
    assert {code for (code,) in query(target, "SELECT code FROM area WHERE level = 2")} == set(WARDS)
    assert np.array(query(target, "SELECT vintage FROM area WHERE level = 2")).tolist() == [[2024]] * 8


def test_an_older_vintage_loaded_later_takes_nothing_away(folder):
    ground = write_ground(folder)
    old = [
        {"key": bytes([i]) * 16, "level": 2, "code": code, "name": "Old", "vintage": "2013",
         "wkb": square(x, y, WARD_M)}
        for i, (code, (x, y)) in enumerate(WARDS.items())
    ]  # fmt: skip
    new = [{**row, "vintage": "2024", "name": "New"} for row in old]
    sources = [
        write_delivery(folder, 1, "areas", new, feed="wards"),
        write_delivery(folder, 2, "areas", old, feed="wards", extracted_on=date(2026, 1, 1)),
    ]
    target, _ = build(folder, [*sources, ground[1]])
    assert query(target, "SELECT name, count(*) FROM area WHERE level = 2 GROUP BY name") == [("New", 8)]


def test_figures_of_an_older_vintage_are_placed_by_its_own_boundaries(folder):
    def lsoas(vintage, prefix, rows):
        return [
            {"level": 3, "code": f"{prefix}{i}", "name": "", "vintage": vintage, "wkb": square(x, y, size)}
            for i, (x, y, size) in enumerate(rows)
        ]

    whole = [(x, y, WARD_M) for x, y in WARDS.values()]
    halves = [(x, y + half * 500, 500) for x, y in WARDS.values() for half in (0, 1)]
    people = [
        {"area_level": 3, "area_code": f"A{i}", "area_name": "", "vintage": "2011", "people_all": 50.0 + i}
        for i in range(len(whole))
    ]
    sources = [
        write_delivery(folder, 1, "areas", lsoas("2011", "A", whole), feed="old_lsoas"),
        write_delivery(folder, 2, "areas", lsoas("2021", "B", halves), feed="new_lsoas"),
        write_delivery(folder, 3, "population", people),
    ]
    target, _ = build(folder, [*sources, *write_ground(folder)])
    wards = query(target, "SELECT people_all FROM population WHERE level = 2 ORDER BY id")
    assert [people for (people,) in wards] == [50.0 + i for i in range(8)]
    assert query(target, "SELECT count(people_all), count(*) FROM population WHERE level = 3") == [(0, 16)]
    assert query(target, "SELECT value FROM meta WHERE key = 'population:lsoa'") != []
