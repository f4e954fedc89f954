"""From deliveries to links in a version: what is near and soon enough is linked, what is vague never is."""

import itertools
from datetime import UTC, datetime

import duckdb
import pytest

from tests.factories.parquet_deliveries import candidate, square, write_delivery
from trigpoint.store.build import AgencyName, ThemeName, build_store

AT = datetime(2025, 6, 2, tzinfo=UTC)
WHEN = datetime(2025, 3, 4, 15, 30)
POINT = {"easting_m": 550_100.0, "northing_m": 200_100.0}


def record(when=WHEN, precision=0, quality=2, mask=1, east_m=0.0, **where):
    told = where or {"easting_m": POINT["easting_m"] + east_m, "northing_m": POINT["northing_m"]}
    return {
        "occurred_from": when, "occurred_to": when, "time_precision": precision, "theme_mask": mask,
        "claims": [candidate(quality=quality, **told)],
    }  # fmt: skip


@pytest.fixture
def links_of(tmp_path):
    """The links of a version built from one list of records for each feed."""

    built = itertools.count()

    def build(*feeds):
        ward = {"level": 2, "code": "E05000001", "name": "Quay", "vintage": "2024", "parent_code": "E07000001",
                "wkb": square(550_000.0, 200_000.0, 1000.0)}  # fmt: skip
        district = {**ward, "level": 1, "code": "E07000001", "name": "Marl", "parent_code": None}
        sources = [
            write_delivery(tmp_path, 1, "areas", [ward]),
            write_delivery(tmp_path, 2, "areas", [district], feed="d"),
        ]
        sources += [
            write_delivery(tmp_path, 10 + i, "records", rows, feed=f"feed_{i}", agency=f"agency_{i}")
            for i, rows in enumerate(feeds)
        ]
        target = tmp_path / f"{next(built)}.duckdb"
        build_store(
            target, sources=sources, agencies=[AgencyName("police", "Police", 1)], themes=[ThemeName(0, "asb", "ASB")],
            home_districts=(), county="Marlshire", built_at=AT, threads=1,
        )  # fmt: skip
        with duckdb.connect(str(target), read_only=True) as store:
            rows = store.execute('SELECT "first" >> 32, "second" >> 32, probability FROM link').fetchall()
        return [(first, second) for first, second, _ in rows]

    return build


def test_two_agencies_at_one_corner_within_the_hour_are_linked(links_of):
    assert links_of([record()], [record(east_m=20.0)]) == [(10, 11)]


@pytest.mark.parametrize(
    "other",
    [
        record(quality=4),
        record(east_m=400.0),
        record(when=datetime(2025, 3, 4, 23, 30)),
        record(when=datetime(2025, 3, 1), precision=2),
        record(area_level=2, area_code="E05000001"),
        {**record(), "claims": [candidate(role=8, area_level=2, area_code="E05000001")]},
        {**record(), "claims": []},
    ],
    ids=["postcode", "far", "late", "month only", "ward only", "home", "no place"],
)
def test_what_is_vague_or_apart_is_never_linked(links_of, other):
    assert links_of([record()], [other]) == []


def test_one_feed_never_links_to_itself(links_of):
    assert links_of([record(), record()]) == []


def test_a_day_is_compared_with_a_day(links_of):
    day = datetime(2025, 3, 4)
    assert links_of([record(when=day, precision=1)], [record(east_m=5.0)]) == [(10, 11)]
    assert links_of([record(when=datetime(2025, 3, 5), precision=1)], [record(east_m=5.0)]) == []
