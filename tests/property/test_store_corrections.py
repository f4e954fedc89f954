"""Corrections laid over a version: what counts when, against a slow twin; and that undoing one leaves no trace."""

import random
import tempfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.parquet_deliveries import candidate, write_delivery
from tests.property.test_store_build import (
    AT,
    DISTRICT,
    SOUTH,
    WARDS,
    WEST,
    counted_slowly,
    known_slowly,
    point,
    ward_at,
    write_all,
    write_ground,
)
from trigpoint.core.workflow.corrections import EFFECTS, Correction, Moved
from trigpoint.store.build import AgencyName, SourceError, ThemeName, build_store

FEW = settings(max_examples=max(4, settings.default.max_examples // 10))
"""Each example builds three versions."""
FOREVER = datetime(9999, 12, 31)
T0 = AT.replace(tzinfo=None)
MADE = T0 + timedelta(days=10)
"""After every delivery; corrections are made and undone from then on, an hour apart."""


def build(folder, sources, corrections=(), name="v"):
    target = folder / f"{name}.duckdb"
    summary = build_store(
        target, sources=sources, agencies=[AgencyName("police", "Police", 1)], themes=[ThemeName(0, "asb", "ASB")],
        home_districts=(), county="Marlshire", built_at=AT, threads=1, corrections=corrections,
    )  # fmt: skip
    return target, summary


def hour(n):
    return MADE + timedelta(hours=n)


places = st.one_of(
    st.tuples(st.integers(WEST, WEST + 4000), st.integers(SOUTH, SOUTH + 2000)).map(
        lambda p: Moved("point", easting_m=p[0] + 0.5, northing_m=p[1] + 0.5)
    ),
    st.sampled_from([*WARDS]).map(lambda code: Moved("ward", code)),
    st.just(Moved("district", "D1")),
    st.just(Moved("nowhere")),
)


@st.composite
def worlds(draw):
    """Two deliveries of a feed that supersede one another in part, and corrections of their rows."""
    told = {}
    for number in (1, 2):
        rows = [{"key": bytes([i]) * 16, "claims": draw(claims())} for i in range(draw(st.integers(1, 4)))]
        told[number] = (AT + timedelta(days=number), AT.date() + timedelta(days=number), rows)
    made = [
        Correction(
            number, (draw(st.sampled_from([1, 1, 2, 3])), draw(st.integers(1, 4))), draw(st.sampled_from(EFFECTS)),
            hour(since := draw(st.integers(-300, 5))),
            draw(st.sampled_from([None, hour(since + 3)])),
            to=draw(places), role=draw(st.sampled_from([1, 3, 8, 9, 10])), other=(2, 1),
        )
        for number in range(draw(st.integers(0, 5)))
    ]  # fmt: skip
    return told, made


@st.composite
def claims(draw):
    told = []
    for role in draw(st.lists(st.sampled_from([1, 2, 8, 9, 10]), max_size=2)):
        x, y = draw(st.integers(WEST, WEST + 4000)), draw(st.integers(SOUTH, SOUTH + 2000))
        told += [candidate(role=role, easting_m=float(x), northing_m=float(y))]
    return told


def at_moved(to):
    if to.kind == "point":
        ward = ward_at(to.easting_m, to.northing_m)
        return ward, DISTRICT.get(ward)
    return (to.code, DISTRICT[to.code]) if to.kind == "ward" else (None, to.code or None)


def slowly(told, made, instant):
    """(delivery, row) -> (withdrawn, ward, district, handling, detection) of every record known at an instant."""
    found = {}
    for row, (known_from, known_to) in known_slowly(told).items():
        start, end = (one.replace(tzinfo=None) if one else FOREVER for one in (known_from, known_to))
        if not start <= instant < end:
            continue
        here = [
            c for c in sorted(made, key=lambda c: (c.known_from, c.number))
            if c.record == row and c.known_from <= instant and (c.known_to is None or instant < c.known_to)
        ]  # fmt: skip
        claims = told[row[0]][2][row[1] - 1]["claims"]
        open_at = next((i for i, one in enumerate(claims) if one["role"] not in (8, 9, 10)), None)
        where = counted_slowly(claims)
        moved = [c.to for c in here if c.effect == "moved"]
        roles = [c.role for c in here if c.effect == "role"]
        if moved:
            where = at_moved(moved[-1])
        if roles and roles[-1] in (8, 9, 10) and (moved or open_at is not None):
            # what is left says where, where anything does
            rest = [one for i, one in enumerate(claims) if i != open_at]
            where = counted_slowly(rest)
        has = {c.effect for c in here}
        found[row] = (
            "withdrawn" in has, *where, 2 if "confidential" in has else 0, 2 if "discovered" in has else 1,
        )  # fmt: skip
    return found


def facts(target, instant):
    """The same of a version."""
    asked = (
        "SELECT c.number >> 32, (c.number & 4294967295) >> 6, {gone}, w.code, d.code, c.handling, c.detection "
        "FROM {table} AS c LEFT JOIN area AS w ON w.level = 2 AND w.id = c.ward "
        "LEFT JOIN area AS d ON d.level = 1 AND d.id = c.district WHERE c.known_from <= ? AND ? < c.known_to"
    )
    with duckdb.connect(str(target), read_only=True) as store:
        rows = [
            row
            for table in ("counted", "withdrawn")
            for row in store.execute(
                asked.format(table=table, gone=str(table == "withdrawn").lower()), [instant, instant]
            ).fetchall()
        ]
    assert len({row[:2] for row in rows}) == len(rows), "a record is known twice at one instant"
    return {row[:2]: row[2:] for row in rows}


def everything(target):
    """Every row of every table that tells of records."""
    with duckdb.connect(str(target), read_only=True) as store:
        return {
            table: Counter(store.execute(f"SELECT * FROM {table}").fetchall())
            for table in (
                "record",
                "claim",
                "counted",
                "withdrawn",
                "received",
                "delivery",
                "link",
                "shared_point",
            )
        }


@given(worlds(), st.integers(0, 2**32))
@FEW
def test_every_instant_is_as_the_twin_says_and_the_order_of_corrections_does_not_matter(world, seed):
    told, made = world
    shuffled = random.Random(seed).sample(made, len(made))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = [*write_all(folder, told), *write_ground(folder)]
        target, summary = build(folder, sources, made)
        turned, _ = build(folder, sources, shuffled, "turned")
        plain, _ = build(folder, sources, (), "plain")
        assert everything(target) == everything(turned)
        instants = {T0 + timedelta(days=n) for n in range(4)} | {c.known_from for c in made}
        instants |= {c.known_to for c in made if c.known_to} | {hour(2), hour(400)}
        for instant in instants:
            expected = slowly(told, made, instant)
            assert facts(target, instant) == expected
            # totals are conserved, but for what is withdrawn, which is told
            assert facts(plain, instant).keys() == expected.keys()
        first = min((c.known_from for c in made), default=hour(0)) - timedelta(seconds=1)
        assert facts(target, first) == facts(plain, first)
        assert summary.withdrawn == sum(gone for gone, *_ in slowly(told, made, hour(400)).values())
        assert summary.records == sum(len(rows) for _, _, rows in told.values())
        assert everything(target)["received"] == everything(plain)["received"]
        assert everything(target)["delivery"] == everything(plain)["delivery"]


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def query(target, sql):
    with duckdb.connect(str(target), read_only=True) as store:
        return store.execute(sql).fetchall()


def two_feeds(folder, apart_m=5):
    """One event told by two feeds, near enough to be linked unless somebody says otherwise."""
    return [
        write_delivery(folder, 1, "records", [{"key": b"a" * 16, "claims": point(100, 100)}], feed="seen"),
        write_delivery(folder, 2, "records", [{"key": b"b" * 16, "claims": point(100 + apart_m, 100)}], feed="heard"),
        *write_ground(folder),
    ]  # fmt: skip


LINKED = 'SELECT "first" >> 32, "second" >> 32, probability FROM link AS l JOIN record AS a ON a.number = l."first" ' \
    'JOIN record AS b ON b.number = l."second" WHERE {when} BETWEEN a.known_from AND a.known_to ' \
    "AND {when} BETWEEN b.known_from AND b.known_to"  # fmt: skip


def links(target, when):
    return query(target, LINKED.format(when=f"TIMESTAMP '{when}'"))


@pytest.mark.parametrize("other", [(2, 1), None])
def test_a_link_that_somebody_says_is_none_goes_from_then_on_and_not_before(folder, other):
    sources = two_feeds(folder)
    split = Correction(1, (1, 1), "apart", hour(0), other=other)
    target, _ = build(folder, sources, [split])
    assert len(links(target, hour(-1))) == 1
    assert links(target, hour(1)) == []


def test_two_records_that_somebody_says_are_one_event_are_linked_from_then_on_and_not_before(folder):
    sources = two_feeds(folder, apart_m=900)
    merged = Correction(1, (1, 1), "same_event", hour(0), other=(2, 1))
    target, _ = build(folder, sources, [merged])
    assert links(target, hour(-1)) == []
    assert links(target, hour(1)) == [(1, 2, 1.0)]
    undone, _ = build(
        folder, sources, [Correction(1, (1, 1), "same_event", hour(0), hour(3), other=(2, 1))], "u"
    )
    assert links(undone, hour(4)) == []


def test_records_of_one_feed_are_never_one_event(folder):
    rows = [{"key": b"a" * 16, "claims": point(100, 100)}, {"key": b"b" * 16, "claims": point(100, 100)}]
    sources = [write_delivery(folder, 1, "records", rows, feed="seen"), *write_ground(folder)]
    target, _ = build(folder, sources, [Correction(1, (1, 1), "same_event", hour(0), other=(1, 2))])
    assert query(target, "SELECT count(*) FROM link") == [(0,)]


def test_a_withdrawn_record_leaves_its_neighbours_where_they_were(folder):
    """A point shared by just enough records stays marked when one of them is withdrawn."""
    shared = [{"key": bytes([i]) * 16, "claims": point(100, 100)} for i in range(20)]
    alone = [{"key": bytes([100 + i]) * 16, "claims": point(200 + 10 * i, 300)} for i in range(30)]
    sources = [write_delivery(folder, 1, "records", [*shared, *alone], feed="seen"), *write_ground(folder)]
    plain, _ = build(folder, sources, (), "plain")
    target, _ = build(folder, sources, [Correction(1, (1, 1), "withdrawn", hour(0))])
    quality = (
        "SELECT number, quality FROM counted WHERE number & 63 = 0 AND number >> 6 & 67108863 > 1 ORDER BY 1"
    )
    assert query(target, quality) == query(plain, quality)
    assert query(target, "SELECT records FROM shared_point") == query(
        plain, "SELECT records FROM shared_point"
    )


def test_a_home_never_becomes_a_place_of_an_event(folder):
    rows = [{"key": b"a" * 16, "claims": point(100, 100, role=9)}]
    sources = [write_delivery(folder, 1, "records", rows, feed="seen"), *write_ground(folder)]
    target, _ = build(folder, sources, [Correction(1, (1, 1), "role", hour(0), role=1)])
    assert query(target, "SELECT DISTINCT role, cell_9 FROM claim") == [(9, -1)]


def test_more_pieces_than_numbers_are_refused(folder):
    rows = [{"key": b"a" * 16, "claims": point(100, 100)}]
    sources = [write_delivery(folder, 1, "records", rows, feed="seen"), *write_ground(folder)]
    many = [Correction(n, (1, 1), "withdrawn", hour(2 * n), hour(2 * n + 1)) for n in range(40)]
    with pytest.raises(SourceError, match="corrected more than"):
        build(folder, sources, many)


def test_undoing_everything_leaves_what_is_told_now_as_it_was(folder):
    rows = [{"key": bytes([i]) * 16, "claims": point(100 * i, 100)} for i in range(1, 5)]
    sources = [write_delivery(folder, 1, "records", rows, feed="seen"), *write_ground(folder)]
    undone = [Correction(n, (1, n), effect, hour(0), hour(5), Moved("ward", "W30"), 3)
              for n, effect in enumerate(("withdrawn", "moved", "role", "confidential"), start=1)]  # fmt: skip
    plain, _ = build(folder, sources, (), "plain")
    target, summary = build(folder, sources, undone)
    assert summary.withdrawn == 0
    told = "SELECT number >> 6, ward, district, street, cell_9, role, quality, handling FROM counted WHERE {} ORDER BY ALL"
    now = f"known_to = TIMESTAMP '{FOREVER}'"
    assert query(target, told.format(now)) == query(plain, told.format(now))
    before = f"known_from < TIMESTAMP '{hour(-1)}' AND known_to > TIMESTAMP '{hour(-1)}'"
    assert query(target, told.format(before)) == query(plain, told.format(before))
