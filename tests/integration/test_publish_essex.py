"""The real files of Essex, loaded and published: the figures that the record itself gives."""

import pytest

from trigpoint.ingest.load import load
from trigpoint.store.connection import cursor
from trigpoint.upkeep.publish import publish

DISTRICTS = ("E06000033", "E06000034", *(f"E070000{n}" for n in range(66, 78)))

pytestmark = pytest.mark.open_data


@pytest.fixture
def essex(home, settings, open_data, at):
    from dataclasses import replace

    settings.HOME = replace(settings.HOME, districts=DISTRICTS)
    months = [open_data / f"police/2024-0{m}/2024-0{m}-essex-street.csv" for m in (1, 2, 3, 4)]
    load(
        definition="ons_districts",
        path=open_data / "boundaries/LAD_DEC_24_UK_BSC.geojson",
        by="analyst",
        at=at,
    )
    load(definition="ons_wards", path=open_data / "boundaries/wards_may2024_essex.gpkg", by="analyst", at=at)
    for month in months:
        load(definition="police_uk_street", path=month, by="analyst", at=at)
    publish(by="analyst", at=at)
    return cursor(home.store / "1.duckdb")


def test_nothing_is_dropped_and_each_unplaced_record_is_known(essex):
    records, without_place, outside = essex.execute(
        "SELECT count(*), count(*) FILTER (role = -1), count(*) FILTER (role >= 0 AND ward = -1) FROM counted"
    ).fetchone()
    assert (records, without_place, outside) == (52_837, 1_394, 129)
    assert essex.execute("SELECT level, count(*) FROM area GROUP BY level ORDER BY level").fetchall() == [
        (1, 14),
        (2, 257),
    ]
    busiest = essex.execute(
        "SELECT a.code, count(*) AS n FROM counted c JOIN area a ON a.level = 2 AND a.id = c.ward "
        "GROUP BY a.code ORDER BY n DESC LIMIT 1"
    ).fetchone()
    assert busiest == ("E05015473", 1_272)
