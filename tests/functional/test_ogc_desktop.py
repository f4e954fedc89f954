"""What QGIS and ArcGIS Pro ask, as QGIS 3.22 was seen to ask it and as ArcGIS's documentation says, of the small county."""

import json
import re
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.factories.small_county import WARDS
from tests.functional.test_ogc import WARD_ITEMS, basic, items, make
from trigpoint.gate.marking import NO_ADVERSE_USE_SENTENCE, NOT_ZERO
from trigpoint.web.ogc.collections import COLLECTIONS
from trigpoint.web.ogc.reading import LIMIT, MOST, OWN_WORDS
from trigpoint.web.ogc.schemas import COLUMNS

JSON_TYPES = {"string": str, "date": str, "integer": int, "number": (int, float), "boolean": bool}
SCHEMA_REL = "http://www.opengis.net/def/rel/ogc/1.0/schema"
PART_1 = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"


@pytest.fixture
def program(home):
    """A desktop program: a user name, the token as its password, and nothing else."""
    cache.clear()
    return Client(headers=basic(make(timezone.now()).key))


def followed(page, rel):
    links = [one["href"] for one in page["links"] if one["rel"] == rel]
    return links[0].removeprefix("http://testserver") if links else None


# --- QGIS


def test_filters_of_a_connections_address_stand_in_every_next_page_as_they_were_sent(county, client):
    """QGIS appends them again to a next address in which it does not find them letter by letter."""
    sent = "agency=police&datetime=2026-01-01/2026-02-28"
    page = json.loads(client.get(f"{WARD_ITEMS}?limit=3&{sent}").content)
    found = [one["id"] for one in page["features"]]
    while address := followed(page, "next"):
        assert sent in address
        page = json.loads(client.get(address).content)
        found += [one["id"] for one in page["features"]]
    assert found == [code for code, _, _ in WARDS]
    twice = client.get(f"{WARD_ITEMS}?datetime=2026-01-01&agency=police&datetime=2026-01-01&agency=police")
    assert twice.status_code == 200
    assert client.get(f"{WARD_ITEMS}?datetime=2026-01-01&datetime=2026-01-02").status_code == 400


def test_the_size_of_a_page_is_told_where_qgis_looks_for_it(home, program):
    told = program.get("/ogc/api").json()
    form = told["components"]["parameters"]["limit"]["schema"]
    assert (form["default"], form["maximum"]) == (LIMIT, MOST)


def test_no_filter_of_ours_is_taken_for_a_column(home, program):
    """QGIS 3.36 and later send a filter on a column as a parameter of its name, where one is told in this style."""
    for path in program.get("/ogc/api").json()["paths"].values():
        for one in path["get"]["parameters"]:
            assert "$ref" in one or one.get("explode", True)
    assert not {name for told in COLUMNS.values() for name in told} & set(OWN_WORDS)


def test_the_years_that_qgis_writes_for_an_open_end_are_open_ends(county, client):
    whole = items(client)["numberMatched"]
    for days in ("0000-01-01T00:00:00Z/2026-12-31", "2026-01-01/9999-12-31T00:00:00Z", "../9999-12-31"):
        assert items(client, datetime=days)["numberMatched"] == whole
        assert (
            items(client, url="/ogc/collections/notices/items", datetime=days)["type"] == "FeatureCollection"
        )


def test_the_marking_and_what_it_is_for_are_in_the_metadata_of_every_layer(home, program):
    for one in program.get("/ogc/collections").json()["collections"]:
        assert "OFFICIAL-SENSITIVE" in one["description"]
        assert NOT_ZERO in one["description"]
        rights = [each["title"] for each in one["links"] if each["rel"] == "license"]
        assert rights == [f"OFFICIAL-SENSITIVE. {NO_ADVERSE_USE_SENTENCE}"]


def test_each_layer_says_what_its_columns_are_and_tells_no_others(county, client):
    assert (
        "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/schemas"
        in (client.get("/ogc/conformance").json()["conformsTo"])
    )
    for one in COLLECTIONS.values():
        listed = client.get(f"/ogc/collections/{one.code}").json()
        answer = client.get(followed(listed, SCHEMA_REL))
        assert answer["Content-Type"] == "application/schema+json"
        columns = answer.json()["properties"]
        assert columns.pop("geometry")["x-ogc-role"] == "primary-geometry"
        assert all({"title", "type", "x-ogc-propertySeq"} <= set(column) for column in columns.values())
        for each in items(client, url=f"/ogc/collections/{one.code}/items")["features"]:
            assert set(each["properties"]) <= set(columns)
            for name, value in each["properties"].items():
                kind = JSON_TYPES[COLUMNS[one.kind][name].kind]
                assert value is None or isinstance(value, kind), (one.code, name, value)


def test_nothing_can_be_edited_and_a_program_may_ask_so(county, client):
    answer = client.options(WARD_ITEMS)
    assert (answer.status_code, answer["Allow"]) == (204, "GET, HEAD, OPTIONS")


def test_an_extent_ends_on_the_last_day_and_only_where_the_layer_is_of_a_period(county, client):
    listed = {one["id"]: one["extent"] for one in client.get("/ogc/collections").json()["collections"]}
    (first, last), *_ = listed["wards"]["temporal"]["interval"]
    assert re.fullmatch(r"\d{4}-\d\d-01T00:00:00Z", first)
    assert last == "2026-03-31T23:59:59Z"
    assert "temporal" not in listed["sites"]
    assert "temporal" not in listed["notices"]


# --- ArcGIS Pro: part 1 of the standard; a user name and a password; an extent; the most features; parameters of one's own


def test_arcgis_pro_finds_its_way_from_the_address_it_is_given(county):
    """Server URL and "Server Authentication"; it asks without credentials first, so the challenge must come."""
    cache.clear()
    stranger = Client()
    assert stranger.get("/ogc").status_code == 401
    assert stranger.get("/ogc")["WWW-Authenticate"].startswith("Basic realm=")
    program = Client(headers=basic(make(timezone.now()).key))
    page = program.get("/ogc").json()
    classes = program.get(followed(page, "conformance")).json()["conformsTo"]
    assert {PART_1 + one for one in ("core", "geojson", "oas30")} <= set(classes)
    api = program.get(followed(page, "service-desc")).json()
    (server,) = api["servers"]
    base = urlsplit(server["url"]).path
    for path in api["paths"]:
        if "{" not in path:
            assert program.get(base + path).status_code == 200, path
    for one in program.get(followed(page, "data")).json()["collections"]:
        assert {"id", "title", "extent", "links"} <= set(one)
        assert program.get(followed(one, "self")).status_code == 200
        assert program.get(followed(one, "items"), {"limit": "1"})["Content-Type"] == "application/geo+json"


def test_arcgis_pro_narrows_by_its_extent_and_takes_only_the_most_it_was_told(county, client):
    ((west, south, east, north),) = client.get("/ogc/collections/wards").json()["extent"]["spatial"]["bbox"]
    told = items(client, bbox=f"{west},{south},{east},{north}", limit="2", f="json")
    assert (told["numberReturned"], told["numberMatched"]) == (2, len(WARDS))


def test_custom_request_parameters_may_stand_on_every_address(county, client):
    """ArcGIS Pro sends a connection's own parameters with every request, so documents pass over what only items read."""
    own = {"agency": "police", "from": "2026-01-01"}
    for path in ("/ogc/", "/ogc/api", "/ogc/conformance", "/ogc/collections", "/ogc/collections/wards"):
        assert client.get(path, own).status_code == 200
    assert items(client, **own)["about"]["filters"]["agency"] == ["police"]


def test_every_feature_is_found_again_by_its_name(county, client):
    for one in COLLECTIONS.values():
        path = f"/ogc/collections/{one.code}/items"
        for each in items(client, url=path, limit="3")["features"]:
            assert items(client, url=f"{path}/{each['id']}")["properties"] == each["properties"]
