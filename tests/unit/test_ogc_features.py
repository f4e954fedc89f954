"""Features from a table, without a home: what names them, which notices `datetime` finds, where they stand in a page."""

from datetime import date

import pytest
import shapely

from trigpoint.gate.export_tables import FlatTable
from trigpoint.web.ogc.collections import COLLECTIONS
from trigpoint.web.ogc.features import feature, page_of
from trigpoint.web.ogc.reading import CRS84, wanted_from

NOTICES = COLLECTIONS["notices"]
POINT = shapely.to_wkb(shapely.Point(607000.0, 383000.0))


def notice(served, starts, ends, shape=POINT, place="MS1"):
    values = {"kind": "cpn", "state": "active", "served": served, "starts": starts, "ends": ends, "basis": "Noise",
              "easting_m": 607000.0, "northing_m": 383000.0, "place": place, "source": "Notices"}  # fmt: skip
    return values, shape


def table(*rows):
    names = rows[0][0]
    return FlatTable(
        "notices",
        {name: tuple(row[name] for row, _ in rows) for name in names},
        tuple(shape for _, shape in rows),
    )


ROWS = table(
    notice("2026-01-02", "2026-01-05", "2026-03-31"),
    notice("2026-02-01", None, None),
    notice("2026-06-01", "2026-06-10", "2026-07-01"),
)


def found(words, rows=ROWS):
    page = page_of(NOTICES, rows, wanted_from(NOTICES, {name: [value] for name, value in words.items()}))
    return [one["properties"]["served"] for one in page.features]


@pytest.mark.parametrize(
    ("days", "served"),
    [
        ("2026-01-04", []),
        ("2026-01-05", ["2026-01-02"]),
        ("2026-03-31", ["2026-01-02", "2026-02-01"]),
        ("2026-04-01/..", ["2026-02-01", "2026-06-01"]),
        ("../2026-02-01", ["2026-01-02", "2026-02-01"]),
        ("2026-04-01/9999-12-31T00:00:00Z", ["2026-02-01", "2026-06-01"]),
        ("../..", ["2026-01-02", "2026-02-01", "2026-06-01"]),
    ],
)
def test_datetime_finds_the_notices_in_force_on_some_day_of_it(days, served):
    assert found({"datetime": days}) == served


def test_datetime_finds_notices_and_leaves_the_day_of_their_state_alone():
    wanted = wanted_from(NOTICES, {"datetime": ["2026-04-01/2026-05-01"], "on": ["2026-02-01"]})
    assert wanted.words == {"on": ["2026-02-01"]}
    assert (wanted.since, wanted.until) == (date(2026, 4, 1), date(2026, 5, 1))


def test_those_with_a_place_stand_first_and_those_without_match_every_box():
    """A program that reads ten features to tell what a layer is of would else take it for a table."""
    rows = table(
        notice("2026-01-01", None, None, shape=None),
        notice("2026-01-02", None, None),
        notice("2026-01-03", None, None, shape=None),
        notice("2026-01-04", None, None),
    )
    assert found({}, rows) == ["2026-01-02", "2026-01-04", "2026-01-01", "2026-01-03"]
    assert found({"bbox": "100,-10,110,10"}, rows) == ["2026-01-01", "2026-01-03"]
    assert found({"bbox": "-8,49,2,60", "limit": "3"}, rows) == ["2026-01-02", "2026-01-04", "2026-01-01"]


def test_a_name_rests_on_what_a_feature_is_and_not_on_where_it_stands_in_a_list():
    alone = feature_names(table(notice("2026-06-01", "2026-06-10", "2026-07-01")))
    assert feature_names(ROWS)[2] == alone[0]
    assert feature(NOTICES, ROWS, alone[0], CRS84)["properties"]["served"] == "2026-06-01"
    assert feature(NOTICES, ROWS, "3", CRS84) is None


def test_a_name_does_not_change_with_the_state_and_twins_are_told_apart():
    one, other = notice("2026-06-01", None, None), notice("2026-06-01", None, None)
    ended = ({**other[0], "state": "ended"}, POINT)
    assert feature_names(table(one)) == feature_names(table(ended))
    first, second = feature_names(table(one, ended))
    assert second == f"{first}-2"


def feature_names(rows):
    wanted = wanted_from(NOTICES, {})
    return [one["id"] for one in page_of(NOTICES, rows, wanted).features]
