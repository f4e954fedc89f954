"""What names a hexagon: a street or a public place, and never a home, however near it stands."""

import csv
import json

import pytest

from tests.factories.small_county import SIDE_M, SOUTH_M, WARDS, WEST_M
from trigpoint.changes.deliveries import receive_delivery
from trigpoint.changes.versions import publish_version
from trigpoint.core.geography.crs import to_lonlat
from trigpoint.db.models import Publication
from trigpoint.store.connection import cursor, let_go_of_others

WIDE_M = len(WARDS) * SIDE_M


@pytest.fixture
def received(home, tmp_path, at):
    """Boundaries of one square, without a street: whatever is received beside them must name its hexagons."""
    corners_m = [(0, 0), (WIDE_M, 0), (WIDE_M, SIDE_M), (0, SIDE_M), (0, 0)]
    lon, lat = to_lonlat([WEST_M + x for x, _ in corners_m], [SOUTH_M + y for _, y in corners_m])
    square = {"type": "Polygon", "coordinates": [list(zip(lon.tolist(), lat.tolist(), strict=True))]}
    told = {
        "ons_districts": {"LAD24CD": "E07990001", "LAD24NM": "Westmark"},
        "ons_wards": {"WD24CD": "E05990001", "WD24NM": "Quay", "LAD24CD": "E07990001"},
    }
    for definition, properties in told.items():
        feature = {"type": "Feature", "properties": properties, "geometry": square}
        path = tmp_path / f"{definition}_2024.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
        receive_delivery(definition=definition, path=path, by="analyst", at=at)

    def receive(definition, rows):
        path = tmp_path / f"{definition}.csv"
        with path.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened).writerows(rows)
        receipt = receive_delivery(definition=definition, path=path, by="analyst", at=at)
        assert receipt.accepted == len(rows) - 1

    yield receive
    let_go_of_others(None)


def near_names(home, at) -> set[str | None]:
    publish_version(by="analyst", at=at)
    path = home.store / Publication.objects.latest("number").file_name
    opened = cursor(path)
    assert opened.execute("SELECT count(*) FROM cell").fetchone()[0] > 1000
    return {name for (name,) in opened.execute("SELECT DISTINCT near FROM cell").fetchall()}


HOMES = [
    ("URN", "class", "name", "easting", "northing", "opened", "closed"),
    *(
        (f"H{n}", kind, f"Home {n}", WEST_M + 200 + 500 * n, SOUTH_M + 1000, "2020-01-01", "")
        for n, kind in enumerate(["Children's home", "Supported accommodation"] * 7)
    ),
]


def test_homes_alone_leave_every_hexagon_without_a_name(home, received, at):
    received("homes", HOMES)
    assert near_names(home, at) == {None}


def test_beside_a_school_no_hexagon_is_named_after_a_home(home, received, at):
    received("homes", HOMES)
    lon, lat = to_lonlat([WEST_M + 100], [SOUTH_M + 100])
    header = ("URN", "SCHNAME", "PCODE", "TOWN", "SCHTYPE", "PHASE", "LATITUDE", "LONGITUDE")
    school = ("100001", "Quay School", "ZZ1 1ZZ", "Westmark", "Academy", "Secondary", lat[0], lon[0])
    received("schools", [header, school])
    assert near_names(home, at) == {"Quay School"}
