"""OGC API – Features: the same answers as everywhere, in the shapes the standard names, for whoever has a token."""

import base64
import json
import re
import subprocess
import urllib.parse
from datetime import timedelta

import pyogrio
import pytest
import shapely
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.factories.small_county import SIDE_M, SOUTH_M, WARDS, WEST_M, in_ward
from tests.functional.conftest import surroundings, trigpoint
from tests.functional.test_two_viewers import signed_in
from trigpoint.changes.tokens import MOST_TOKENS, TokenRefused, create_token, holder_of, revoke_token
from trigpoint.db.models import AccessToken, AdoptedAgreement, AuditEvent, User
from trigpoint.web.ogc.collections import COLLECTIONS
from trigpoint.web.ogc.reading import CRS84, GRID_CRS, OWN_WORDS
from trigpoint.web.tokens import REFUSED_A_MINUTE, token_in

WARD_ITEMS = "/ogc/collections/wards/items"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def key(home, now):
    cache.clear()
    return make(now).key


def make(now, days=30):
    return create_token(by="analyst", label="GIS", purpose="meeting", days=days, at=now)


def bearer(key):
    return {"authorization": f"Bearer {key}"}


def basic(key):
    return {"authorization": "Basic " + base64.b64encode(f"anyone:{key}".encode()).decode()}


def items(client, url=WARD_ITEMS, **words):
    answer = client.get(url, words)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


# --- tokens


def test_a_token_is_kept_as_a_digest_and_shown_once(home, key, client):
    kept = AccessToken.objects.get()
    assert key not in json.dumps(list(AccessToken.objects.values()), default=str)
    assert key not in json.dumps(list(AuditEvent.objects.values()), default=str)
    assert len(kept.digest) == 64
    client.force_login(User.objects.get(username="analyst"))
    page = client.post(
        "/account/tokens/", {"label": "QGIS", "days": "7", "purpose": "meeting"}
    ).content.decode()
    shown = re.findall(r"trig_[\w-]+", page)
    assert len(shown) == 1
    again = client.get("/account/").content.decode()
    assert "QGIS" in again
    assert "trig_" not in again
    assert holder_of(shown[0], kept.made_at).user == "analyst"


def test_a_token_ends_by_itself_by_revoking_and_with_the_account(home, now):
    made = make(now, days=7)
    assert holder_of(made.key, now).purpose == "meeting"
    assert holder_of(made.key, now + timedelta(days=7)) is None
    assert holder_of(made.key + "x", now) is None
    revoke_token(number=made.number, by="analyst", at=now)
    assert holder_of(made.key, now) is None
    other = make(now)
    User.objects.filter(username="analyst").update(is_active=False)
    assert holder_of(other.key, now) is None


def test_making_using_and_revoking_are_put_on_record(home, now):
    made = make(now)
    holder_of(made.key, now)
    holder_of(made.key, now)
    revoke_token(number=made.number, by="analyst", at=now)
    events = AuditEvent.objects.filter(event__startswith="token_").values_list("event", "user", "subject")
    assert list(events) == [(f"token_{what}", "analyst", "analyst") for what in ("made", "used", "revoked")]
    assert AccessToken.objects.get().last_used_on == timezone.localdate(now)


def test_nobody_revokes_the_token_of_another(home, now, at):
    from trigpoint.changes.accounts import open_account

    open_account(user="chair", role="chair", agency=None, password=None, by="analyst", at=at)
    made = make(now)
    with pytest.raises(TokenRefused, match="that you may revoke"):
        revoke_token(number=made.number, by="chair", at=now)
    assert holder_of(made.key, now) is not None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"label": " "}, "Give the token a name"),
        ({"purpose": "curiosity"}, "There is no purpose"),
        ({"days": 3650}, "A token lasts"),
    ],
)
def test_a_token_that_cannot_be_made_says_why(home, now, words, told):
    usual = {"by": "analyst", "label": "GIS", "purpose": "meeting", "days": 7, "at": now}
    with pytest.raises(TokenRefused, match=told):
        create_token(**usual | words)
    assert not AccessToken.objects.exists()


def test_there_are_only_so_many_at_once(home, now):
    for _ in range(MOST_TOKENS):
        make(now)
    with pytest.raises(TokenRefused, match="Revoke one"):
        make(now)


def test_a_header_is_read_and_an_address_never(key):
    assert token_in(bearer(key)["authorization"]) == key
    assert token_in(basic(key)["authorization"]) == key
    assert token_in("Basic not-base64!") == ""
    assert token_in("Digest x") is None
    stranger = Client()
    assert stranger.get("/ogc/", headers=bearer(key)).status_code == 200
    assert stranger.get("/ogc/", headers=basic(key)).status_code == 200
    for word in ("token", "access_token", "key", "f"):
        answer = stranger.get("/ogc/", {word: key})
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Basic ")


def test_a_token_opens_the_features_and_nothing_else(key):
    stranger = Client()
    for url in ("/", "/map/", "/api/choices", "/export/counts.csv", "/account/", "/deliveries/", "/ogcx"):
        assert stranger.get(url, headers=bearer(key)).status_code in (302, 401, 404), url
    assert "sessionid" not in stranger.get("/ogc/conformance", headers=bearer(key)).cookies
    assert stranger.post("/ogc/", headers=bearer(key)).status_code in (403, 405)


def test_guessing_is_slowed_and_the_right_token_still_passes(key):
    stranger = Client()
    answers = [stranger.get("/ogc/", headers=bearer("trig_wrong")) for _ in range(REFUSED_A_MINUTE + 2)]
    assert {one.status_code for one in answers[:REFUSED_A_MINUTE]} == {401}
    assert answers[-1].status_code in (401, 429)
    assert stranger.get("/ogc/", headers=bearer(key)).status_code == 200


# --- features


def test_the_question_is_recorded_as_its_holder_asks_and_for_the_tokens_purpose(county, key):
    assert Client().get(WARD_ITEMS, headers=bearer(key)).status_code == 200
    last = AuditEvent.objects.filter(event="question").last()
    assert (last.user, last.purpose, last.subject) == ("analyst", "meeting", "counts ward")


def test_every_layer_is_listed_and_counts_what_ask_counts(county, client):
    listed = client.get("/ogc/collections").json()["collections"]
    assert [one["id"] for one in listed] == list(COLLECTIONS)
    assert all({CRS84, GRID_CRS} == set(one["crs"]) for one in listed)
    for one in COLLECTIONS.values():
        rows = client.get(f"/api/answers/{one.kind}", {"level": one.level} if one.level else {}).json()
        rows = rows["parts"][one.part] if one.part else rows["rows"]
        told = items(client, f"/ogc/collections/{one.code}/items", limit="10000")
        assert [each["properties"].get("count") for each in told["features"]] == [
            each.get("count") for each in rows
        ]
        assert told["numberMatched"] == told["numberReturned"] == len(rows)
        ids = [each["id"] for each in told["features"]]
        assert len(set(ids)) == len(ids)


def test_pages_put_together_are_the_whole(county, client):
    whole = items(client)["features"]
    assert [one["id"] for one in whole] == [code for code, _, _ in WARDS]
    page, found = items(client, limit="3"), []
    while True:
        found += page["features"]
        following = [one["href"] for one in page["links"] if one["rel"] == "next"]
        if not following:
            break
        page = json.loads(client.get(following[0].removeprefix("http://testserver")).content)
    assert found == whole
    assert [one["rel"] for one in page["links"]] == ["self", "collection", "prev"]


def test_a_box_cuts_in_degrees_and_in_metres(county, client):
    first = (WEST_M + 100, SOUTH_M + 100, WEST_M + SIDE_M - 100, SOUTH_M + SIDE_M - 100)
    told = items(client, **{"bbox": ",".join(map(str, first)), "bbox-crs": GRID_CRS})
    assert [one["id"] for one in told["features"]] == [WARDS[0][0]]
    ring = items(client, url=f"{WARD_ITEMS}/{WARDS[2][0]}")["geometry"]["coordinates"][0]
    lon, lat = sum(x for x, _ in ring[:4]) / 4, sum(y for _, y in ring[:4]) / 4
    told = items(client, bbox=f"{lon - 1e-4},{lat - 1e-4},{lon + 1e-4},{lat + 1e-4}")
    assert [one["id"] for one in told["features"]] == [WARDS[2][0]]
    assert items(client, bbox="-180,-90,180,90")["numberMatched"] == len(WARDS)
    assert items(client, bbox="100,-10,110,10")["numberMatched"] == 0
    assert items(client, bbox="170,-90,10,90")["numberMatched"] == len(WARDS)  # over the date line


def test_coordinates_come_in_the_grid_where_that_is_asked(county, client):
    answer = client.get(WARD_ITEMS, {"crs": GRID_CRS, "limit": "1"})
    assert answer["Content-Crs"] == f"<{GRID_CRS}>"
    east = [x for x, _ in json.loads(answer.content)["features"][0]["geometry"]["coordinates"][0]]
    assert (min(east), max(east)) == pytest.approx((WEST_M, WEST_M + SIDE_M), abs=1)
    assert client.get(WARD_ITEMS)["Content-Crs"] == f"<{CRS84}>"


def test_datetime_and_filters_are_the_questions_own(county, client):
    def count(**words):
        return sum(one["properties"]["count"] for one in items(client, **words)["features"])

    whole = sum(in_ward(code) for code, _, _ in WARDS)
    assert count() == count(datetime="../..") == whole
    assert (
        count(datetime="2026-01-01/2026-01-31")
        == count(**{"from": "2026-01-01", "to": "2026-02-01"})
        == whole / 3
    )
    assert count(category="burglary") == len(WARDS) * 3
    told = items(client, category="burglary")
    assert told["about"]["filters"]["category"] == ["burglary"]
    assert told["made"]["marking"] == "OFFICIAL-SENSITIVE"
    assert "not zero" in told["made"]["empty"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"colour": "red"}, "There is no parameter 'colour'"),
        ({"level": "cell:9"}, "There is no parameter 'level'"),
        ({"bbox": "1,2,3"}, "'bbox' is four numbers"),
        ({"bbox": "1,4,3,2"}, "'bbox' is four numbers"),
        ({"bbox": "3,2,1,4", "bbox-crs": GRID_CRS}, "'bbox' is four numbers"),
        ({"bbox": "nan,2,1,4"}, "'bbox' is four numbers"),
        ({"limit": "0"}, "'limit' is a whole number"),
        ({"offset": "-1"}, "'offset' is a whole number"),
        ({"crs": "EPSG:3857"}, "There is no reference system"),
        ({"datetime": "yesterday"}, "is not a day"),
        ({"datetime": "2026-01-31 and more"}, "is not a day"),
        ({"datetime": "2026-02-01/2026-01-01"}, "ends before it begins"),
        ({"datetime": "2026-01-01", "from": "2026-01-01"}, "not both"),
        ({"f": "html"}, "Only f=json"),
        ({"agency": "circus"}, "There is no agency"),
    ],
)
def test_what_cannot_be_asked_is_a_sentence_in_the_standards_shape(county, client, words, told):
    answer = client.get(WARD_ITEMS, words)
    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "description"}
    assert told in answer.json()["description"]


def test_what_is_not_there_is_not_there(county, client):
    assert client.get("/ogc/collections/children").status_code == 404
    assert client.get("/ogc/collections/children/items").status_code == 404
    assert client.get(f"{WARD_ITEMS}/E00000000").status_code == 404
    assert client.get(WARD_ITEMS, {"publication": "7"}).status_code == 409


def test_what_an_agreement_denies_is_denied_here_with_its_reason(county, client, at):
    AdoptedAgreement.objects.update(ended_at=at)
    for code in ("wards", "hotspots"):
        answer = client.get(f"/ogc/collections/{code}/items")
        assert answer.status_code == 403
        assert answer.json()["description"]
        assert "features" not in answer.json()


def test_the_description_names_every_path_and_every_filter(home, key):
    stranger = Client(headers=bearer(key))
    told = json.loads(stranger.get("/ogc/api").content)
    assert told["openapi"].startswith("3.0")
    named = re.findall(r'"\$ref": "#/components/(\w+)/([\w-]+)"', json.dumps(told))
    assert all(name in told["components"][shelf] for shelf, name in named)
    operations = [one["get"]["operationId"] for one in told["paths"].values()]
    assert len(set(operations)) == len(operations)
    for one in COLLECTIONS.values():
        listed = told["paths"][f"/collections/{one.code}/items"]["get"]["parameters"]
        words = {each.get("name") or each["$ref"].rsplit("/", 1)[-1] for each in listed}
        assert {*OWN_WORDS, *one.words} == words
    links = {one["rel"]: one["href"] for one in stranger.get("/ogc/").json()["links"]}
    for rel in set(links) - {"service-doc", "license"}:
        assert stranger.get(links[rel].removeprefix("http://testserver")).status_code == 200
    assert {"self", "service-desc", "service-doc", "conformance", "data", "license"} == set(links)


# --- GDAL, the library beneath QGIS, on a home that is really served


def made_key(person):
    page = person.get("/account/")[1]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    words = {"csrfmiddlewaretoken": token, "label": "GDAL", "days": "7", "purpose": "safeguarding"}
    form = urllib.parse.urlencode(words).encode()
    page = person.opener.open(f"{person.server}/account/tokens/", form).read().decode()
    return re.search(r"trig_[\w-]+", page)[0]


def rows_asked(home, name, *words):
    said = trigpoint(home, "ask", *words, "--as", name, "--format", "json")
    told = subprocess.run(said, env=surroundings(), capture_output=True, text=True, check=True)
    return json.loads(told.stdout)["rows"]


@pytest.fixture
def bearer_for_gdal():
    def use(key):
        pyogrio.set_gdal_config_options({"GDAL_HTTP_AUTH": "BEARER", "GDAL_HTTP_BEARER": key})

    yield use
    pyogrio.set_gdal_config_options({"GDAL_HTTP_AUTH": None, "GDAL_HTTP_BEARER": None})


def test_gdal_reads_the_layers_as_qgis_would(server, demo_home, bearer_for_gdal):
    address = f"OAPIF:{server}/ogc/"
    with pytest.raises(pyogrio.errors.DataSourceError, match="401"):
        pyogrio.list_layers(address)
    key = made_key(signed_in(server, "analyst"))
    bearer_for_gdal(key)
    assert pyogrio.list_layers(address)[:, 0].tolist() == list(COLLECTIONS)
    rows = rows_asked(demo_home, "analyst", "counts", "--level", "ward")
    meta, _, shapes, values = pyogrio.raw.read(address, layer="wards", PAGE_SIZE="3")
    read = dict(zip(meta["fields"].tolist(), values, strict=True))
    assert dict(zip(read["code"], read["count"].tolist(), strict=True)) == {
        one["code"]: one["count"] for one in rows
    }
    assert meta["crs"] == "EPSG:27700"
    inside = shapely.from_wkb(shapes[0]).representative_point()
    box = (inside.x - 1, inside.y - 1, inside.x + 1, inside.y + 1)
    near = pyogrio.raw.read(address, layer="wards", bbox=box)[3][0]
    assert near.tolist() == [read["code"][0]]
    assert len(shapes) == len(rows)


def test_two_viewers_load_the_same_layer_and_each_gets_their_own(server):
    seen = {}
    for name in ("analyst", "education-member"):
        key = made_key(signed_in(server, name))
        meta, _, _, values = pyogrio.raw.read(f"OAPIF:{server}/ogc/", layer="hexagons-9", USERPWD=f"me:{key}")
        seen[name] = int(values[meta["fields"].tolist().index("count")].sum())
    assert 0 < seen["education-member"] < seen["analyst"]
