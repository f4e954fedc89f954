"""Answers as text: the columns that are promised, and nothing a spreadsheet would run."""

import csv
import io
import json
import math
from datetime import UTC, datetime

import numpy as np
import pytest

from tests.factories.world import World, open_agreements, random_records
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.answers import Answer
from trigpoint.gate.ask import Desk, QuestionError, answer
from trigpoint.gate.asked import NOTHING_RECEIVED
from trigpoint.gate.kinds.hotspots import letter
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import csv_text, geojson_text, json_text, plain, show, table_text

AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
WORLD = World(random_records(5, 120), open_agreements())
DESK = Desk(WORLD.version(3), WORLD.agreements, lambda *_: None)


def asked(kind, desk=DESK, **words):
    return answer(Viewer("someone", "police", "analyst"), question_from_words(kind, words), AT, desk)


def read(text):
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        ("counts", "code name count rate_per_1000"),
        ("series", "month count"),
        (
            "hotspots",
            "code name easting_m northing_m ward_code count around expected z p q hot hotspot",
        ),
        ("sites", "class name easting_m northing_m ward_code distance_m"),
        ("coverage", "feed district month expected received"),
    ],
)
def test_the_first_columns_of_a_csv_are_as_promised(kind, columns):
    header = csv_text(asked(kind)).splitlines()[0].split(",")
    assert header[: len(columns.split())] == columns.split()


@pytest.mark.parametrize("kind", ["counts", "series", "hotspots", "sites", "coverage"])
def test_csv_and_json_say_the_same(kind):
    found = asked(kind)
    told = json.loads(json_text(found))
    lines = read(csv_text(found))
    assert len(told["rows"]) == len(lines) == len(found)
    for row, line in zip(told["rows"], lines, strict=True):
        assert {name: "" if value is None else str(value) for name, value in row.items()} == line


def test_what_an_answer_says_of_itself():
    about = json.loads(
        json_text(asked("counts", level="street", **{"from": "2024-02-01", "to": "2024-05-01"}))
    )["about"]
    assert about["period"] == ["2024-02-01", "2024-05-01"]
    assert about["level"] == "street"
    assert about["publication"] == 3
    assert about["unplaced"] > 0
    assert {one["code"] for one in about["feeds"]} == {"care_missing", "police_crime", "police_uk_street"}
    assert about["attributions"] == ["Open licence"]


LAYERS = ("areas", "postcodes", "streets", "population", "shapes", "sites", "notices")


@pytest.mark.parametrize(
    ("kind", "words", "named"),
    [
        ("counts", {"level": "ward"}, {"areas", "postcodes", "population"}),
        ("counts", {"level": "street"}, {"areas", "postcodes", "population", "streets"}),
        ("counts", {"level": "ward", "within": "Wexby"}, {"areas", "postcodes", "population", "streets"}),
        ("series", {}, {"areas", "postcodes"}),
        ("hotspots", {}, {"areas", "postcodes", "streets"}),
        ("sites", {}, {"areas", "sites"}),
        ("picture", {"level": "ward"}, set(LAYERS)),
    ],
)
def test_the_licences_named_are_those_of_what_an_answer_rests_on(kind, words, named):
    version = WORLD.version()
    with version.cursor() as cursor:
        cursor.execute("CREATE OR REPLACE TABLE feed_seen AS FROM feed")
        first = cursor.execute("SELECT max(id) + 1 FROM feed").fetchone()[0]
        cursor.execute("DROP VIEW feed; ALTER TABLE feed_seen RENAME TO feed")
        for number, layer in enumerate(LAYERS, first):
            cursor.execute(
                "INSERT INTO feed (id, code, name, agency, kind, open, attribution) VALUES (?, ?, ?, 2, ?, true, ?)",
                [number, f"layer_{layer}", layer, layer, layer],
            )
            cursor.execute("INSERT INTO delivery (feed) VALUES (?)", [number])
    told = asked(kind, desk=Desk(version, WORLD.agreements, lambda *_: None), **words)
    assert set(told.about["attributions"]) == named | {"Open licence"}


def test_a_name_cannot_become_a_formula():
    nasty = ["=1+1", "+44", "-2", "@x", "\tx", "plain"]
    found = Answer("sites", {"name": nasty, "count": [-1, 2, 3, 4, 5, 6]}, {})
    lines = read(csv_text(found))
    assert [line["name"] for line in lines] == ["'=1+1", "'+44", "'-2", "'@x", "'\tx", "plain"]
    assert lines[0]["count"] == "-1"


def test_what_is_not_known_is_null_or_empty_and_never_nan():
    found = Answer("counts", {"code": ["a"], "rate_per_1000": np.array([math.nan])}, {"x": math.inf})
    assert json.loads(json_text(found))["rows"] == [{"code": "a", "rate_per_1000": None}]
    assert read(csv_text(found)) == [{"code": "a", "rate_per_1000": ""}]
    assert plain({"x": (np.int64(3), np.bool_(True), float("nan"))}) == {"x": [3, True, None]}


@pytest.mark.parametrize(
    ("kind", "level", "shape"),
    [
        ("counts", "ward", "Polygon"),
        ("counts", "street", "LineString"),
        ("counts", "cell:9", "Polygon"),
        ("hotspots", "cell:9", "Polygon"),
        ("sites", "ward", "Point"),
    ],
)
def test_geojson_is_in_degrees_and_has_a_feature_a_row(kind, level, shape):
    found = asked(kind, level=level, geometry="yes")
    told = json.loads(geojson_text(found))
    assert len(told["features"]) == len(found) > 0
    for feature in told["features"]:
        assert feature["geometry"]["type"] == shape
        lon, lat = np.array(feature["geometry"]["coordinates"]).reshape(-1, 2).T
        assert -8 < lon.min() <= lon.max() < 2
        assert 49 < lat.min() <= lat.max() < 61


def test_a_series_has_no_outlines():
    with pytest.raises(QuestionError, match="no outlines"):
        geojson_text(asked("series"))


def test_a_table_leads_with_rows_and_ends_with_what_it_is_about():
    text = table_text(asked("counts"))
    assert text.splitlines()[0].split() == ["code", "name", "count", "rate_per_1000"]
    assert "Denominator: residents aged 10–17" in text
    assert "no place as fine as this level" in text


def test_an_unknown_format_is_refused():
    with pytest.raises(QuestionError, match="no format 'pdf'"):
        show(asked("counts"), "pdf")


def test_letters_go_on_after_z():
    assert [letter(number) for number in (1, 2, 26, 27, 52, 53, 703)] == [
        "A",
        "B",
        "Z",
        "AA",
        "AZ",
        "BA",
        "AAA",
    ]


@pytest.mark.parametrize("kind", ["counts", "series", "hotspots", "coverage", "picture"])
def test_nothing_received_is_not_told_as_nothing_having_happened(kind):
    level = {"hotspots": "cell:9", "coverage": "district"}.get(kind, "ward")
    none = asked(kind, level=level, **{"from": "1999-01-01", "to": "1999-03-01"})
    assert none.about["total"] == 0
    assert none.about["silence"] == NOTHING_RECEIVED
    assert NOTHING_RECEIVED in table_text(none)
    assert "silence" not in asked(kind, level=level).about
