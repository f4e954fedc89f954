"""The same county on every surface: the page, its table, the API, the downloads and the ledger agree to the record."""

import csv
import io
import json

import pytest
from django.core.management import call_command

from tests.factories.small_county import (
    DISTRICTS,
    HEADER,
    MONTHS,
    RECORDS,
    VIOLENCE,
    WARDS,
    WITHOUT_PLACE,
    in_ward,
)
from trigpoint.changes.accounts import open_account
from trigpoint.changes.deliveries import receive_delivery
from trigpoint.db.models import AuditEvent, Delivery, User

PLACED = RECORDS - len(MONTHS) * WITHOUT_PLACE
BUSIEST = "E05990001"


def asked(client, url, **words):
    answer = client.get(url, words)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_every_surface_agrees_to_the_record(county, client):
    picture = asked(client, "/api/picture", level="ward")
    by_ward = dict(zip(picture["units"]["code"], picture["units"]["count"], strict=True))
    assert by_ward == {code: in_ward(code) for code, _, _ in WARDS}
    assert (picture["about"]["total"], picture["about"]["unplaced"]) == (RECORDS, RECORDS - PLACED)
    assert picture["about"]["why"][0]["sentence"].startswith("3 records have no place as fine as this level")

    rows = list(
        csv.DictReader(io.StringIO(client.get("/export/counts.csv", {"level": "ward"}).content.decode()))
    )
    assert {row["code"]: int(row["count"]) for row in rows} == by_ward

    page = client.get("/map/").content.decode()
    assert f"{RECORDS} records, 1 January 2026 to 31 March 2026." in page
    assert "3 records have no place as fine as this level. They are in the total." in page
    for code, name, _ in WARDS:
        assert f'<td>{code}</td><th scope="row">{name}</th><td class="num">{in_ward(code)}</td>' in page

    ledger = client.get("/deliveries/").content.decode()
    assert ledger.count("police_uk_street") == len(MONTHS)
    for grouping in ("district", "cell:8"):
        told = asked(client, "/api/picture", level=grouping)
        assert sum(told["units"]["count"]) == PLACED
        assert sum(told["months"]["count"]) == RECORDS


def test_months_agencies_categories_and_the_week_add_up(county, client):
    picture = asked(client, "/api/picture", level="cell:9", category="burglary")
    assert picture["months"]["month"] == list(MONTHS)
    total = picture["about"]["total"]
    assert sum(picture["months"]["count"]) == total
    assert sum(one["count"] for one in picture["agencies"]) == total
    categories = {one["code"]: one["count"] for one in picture["categories"]}
    assert categories.pop("burglary") == total
    other = asked(client, "/api/picture", level="cell:9", category="violence_and_sexual_offences")
    assert {code: n for code, n in categories.items() if n} == {
        "violence_and_sexual_offences": other["about"]["total"]
    }
    hours = sum(sum(day) for day in picture["week"]["counts"])
    assert hours + picture["week"]["without_hour"] == total
    assert picture["units"]["id"] is None


def test_filters_never_move_the_classes(county, client):
    whole = asked(client, "/api/picture", level="ward")["about"]["breaks"]
    part = asked(client, "/api/picture", level="ward", category="burglary")["about"]["breaks"]
    assert whole == part
    assert whole[0] == 1
    assert whole == sorted(set(whole))


def test_a_period_before_every_record_is_all_zeros(county, client):
    picture = asked(client, "/api/picture", **{"level": "ward", "from": "2020-01-01", "to": "2020-02-01"})
    assert (picture["about"]["total"], picture["units"]["code"]) == (0, [])


def test_the_peak_is_a_hotspot_and_its_evidence_adds_up(county, client):
    found = asked(client, "/api/hotspots", level="cell:9", theme="violence", background="even")
    assert [one["letter"] for one in found["hotspots"]] == ["A"]
    peak = found["hotspots"][0]
    assert 0 < peak["count"] <= len(MONTHS) * VIOLENCE[BUSIEST]
    assert set(peak["units"]) == set(found["hot"])
    evidence = asked(
        client, "/api/evidence", level="cell:9", theme="violence", background="even", hotspot="1"
    )
    assert evidence["count"] == peak["count"] == sum(evidence["months"]["count"])
    assert sum(one["count"] for one in evidence["agencies"]) == peak["count"]
    assert evidence["subtitle"] == "Quay ward, Westmark"
    assert evidence["test"]["hot"] is True
    assert evidence["test"]["p"] == peak["p"]
    assert "Tested against every hexagon of the county" in evidence["test"]["detail"]


def test_the_evidence_of_a_cell_is_that_of_the_test(county, client):
    found = asked(client, "/api/hotspots", level="cell:9", theme="violence", background="even")
    code = found["hotspots"][0]["code"]
    evidence = asked(client, "/api/evidence", level="cell:9", theme="violence", background="even", unit=code)
    assert evidence["test"]["p"] == found["hotspots"][0]["p"]
    assert evidence["count"] == sum(evidence["months"]["count"]) > 0


def test_a_ward_is_not_tested_and_the_panel_says_so(county, client):
    evidence = asked(client, "/api/evidence", level="ward", unit=BUSIEST)
    assert (evidence["title"], evidence["subtitle"]) == ("Quay", "Ward in Westmark")
    assert evidence["count"] == in_ward(BUSIEST)
    assert "not by ward" in evidence["test"]["sentence"]
    assert evidence["test"]["p"] is None


def test_a_hotspot_that_is_no_longer_there_is_said_to_be_gone(county, client):
    answer = client.get("/api/evidence", {"level": "cell:9", "hotspot": "99"})
    assert answer.status_code == 400
    assert "not among the places that pass" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"level": "nonsense"}, "There is no level"),
        ({"colour": "red"}, "There is no filter"),
        ({"from": "2026-02-01", "to": "2026-01-01"}, "not after it begins"),
        ({"agency": "circus"}, "There is no agency"),
        ({"hours": "morning"}, "hours"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence_everywhere(county, client, words, told):
    for url in ("/api/picture", "/export/counts.csv"):
        answer = client.get(url, words)
        assert answer.status_code == 400
        assert told in answer.content.decode().replace("&#x27;", "'")
    assert "Traceback" not in client.get("/table", words).content.decode()


def test_the_page_says_in_its_place_what_its_filters_cannot_show(county, client):
    page = client.get("/map/", {"agency": "circus"})
    assert page.status_code == 200
    assert "There is no agency" in page.content.decode()


def test_shapes_are_kept_until_the_next_publication(county, client, at):
    first = client.get("/api/shapes/ward")
    shapes = json.loads(first.content)
    assert [one["properties"]["code"] for one in shapes["features"]] == [code for code, _, _ in WARDS]
    assert [one["id"] for one in shapes["features"]] == [0, 1, 2, 3]
    assert {one["properties"]["parent"] for one in shapes["features"]} == {code for code, _ in DISTRICTS}
    assert first["Cache-Control"] == "private, no-cache"
    assert client.get("/api/shapes/ward", headers={"if-none-match": first["ETag"]}).status_code == 304
    from trigpoint.changes.versions import publish_version

    publish_version(by="analyst", at=at)
    assert client.get("/api/shapes/ward", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_search_finds_a_ward_and_says_where_it_is(county, client):
    found = asked(client, "/api/search", q="quay")
    assert (found[0]["kind"], found[0]["code"], found[0]["detail"]) == ("ward", BUSIEST, "Westmark")
    west, south, east, north = found[0]["bbox"]
    assert west < found[0]["lon"] < east
    assert south < found[0]["lat"] < north


def test_what_is_typed_into_the_search_box_is_kept_nowhere(county, client):
    asked(client, "/api/search", q="27 Acacia Avenue")
    assert not any("Acacia" in json.dumps(event.detail) + event.subject for event in AuditEvent.objects.all())


def test_choices_are_whole_months_and_name_no_host(county, client):
    choices = asked(client, "/api/choices")
    assert choices["period"] == ["2026-01-01", "2026-04-01"]
    assert choices["street_kind"] == "anchor"
    assert "http" not in json.dumps(choices["basemap"])


def test_open_data_carries_its_attributions_and_its_caution(county, client):
    for page in ("/", "/map/", "/about/"):
        told = client.get(page).content.decode()
        assert "Open Government Licence" in told
        assert "recorded crime at anonymised points" in told
    about = asked(client, "/api/picture", level="ward")["about"]
    assert any("anonymised points" in line for line in about["attributions"])
    for place in (
        {"level": "ward", "unit": BUSIEST},
        {"level": "cell:9", "theme": "violence", "background": "even", "hotspot": "1"},
    ):
        lines = asked(client, "/api/evidence", **place)["attributions"]
        assert any("anonymised points" in line for line in lines)
        assert len(lines) == len(set(lines)) > 1


def test_the_base_map_is_sent_in_ranges(county, client):
    (county.basemap / "base.pmtiles").write_bytes(bytes(range(256)) * 8)
    part = client.get("/basemap.pmtiles", headers={"range": "bytes=250-259"})
    assert part.status_code == 206
    assert part["Content-Range"] == "bytes 250-259/2048"
    assert part.content == bytes([250, 251, 252, 253, 254, 255, 0, 1, 2, 3])
    whole = client.get("/basemap.pmtiles")
    assert b"".join(whole.streaming_content) == bytes(range(256)) * 8
    assert client.get("/basemap.pmtiles", headers={"range": "bytes=9999-"}).status_code == 416
    assert client.get("/basemap.pmtiles", headers={"if-none-match": part["ETag"]}).status_code == 304
    stale = client.get("/basemap.pmtiles", headers={"range": "bytes=0-1", "if-range": '"older"'})
    assert stale.status_code == 200
    stale.close()


def test_every_question_is_in_the_audit_with_its_purpose(county, client):
    AuditEvent.objects.filter(event="question").count()
    client.post("/account/", {"purpose": "evaluation"})
    asked(client, "/api/picture", level="ward")
    last = AuditEvent.objects.filter(event="question", subject="picture ward").last()
    assert (last.user, last.role, last.purpose, last.allowed) == ("analyst", "analyst", "evaluation", True)


def test_without_an_audit_there_is_no_answer(county, client, monkeypatch):
    from django.db import connection

    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE db_auditevent RENAME TO db_auditevent_away")
    try:
        for url in ("/api/picture?level=ward", "/export/counts.csv", "/deliveries/", "/coverage/"):
            assert client.get(url).status_code == 500, url
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE db_auditevent_away RENAME TO db_auditevent")


def test_a_receipt_leads_with_its_equation_and_balances(county, client):
    month = Delivery.objects.filter(definition="police_uk_street").latest("pk")
    page = client.get(f"/deliveries/{month.pk}/").content.decode()
    assert "The file is in. No row needs you." in page
    rows = RECORDS // len(MONTHS)
    assert f"<dd>{rows}</dd><dt>rows in</dt>" in page
    assert "It balances." in page
    assert client.get("/deliveries/999999/").status_code == 404


def test_a_receipt_says_what_to_fix_and_quotes_no_row(county, client, at, tmp_path):
    file = tmp_path / "2026-04-small-street.csv"
    sound = (
        "Westmark Police",
        "Westmark Police",
        "0.5",
        "51.8",
        "On or near Zebra Passage",
        "",
        "",
        "Burglary",
        "",
        "",
    )
    rows = [(f"{n:064x}", "2026-04", *sound) for n in range(6)]
    rows[1] = (*rows[1][:5], "northerly", *rows[1][6:])
    rows[4] = (*rows[4][:5], "northerly", *rows[4][6:])
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([HEADER, *rows])
    receipt = receive_delivery(
        definition="police_uk_street", path=file, by="analyst", at=at, accept_reason="the rest is sound"
    )
    assert (receipt.input, receipt.accepted, receipt.quarantined) == (6, 4, 2)
    page = client.get(f"/deliveries/{receipt.delivery}/").content.decode()
    assert "2 rows need you" in page
    assert "not a coordinate</strong>" in page
    assert "Write both coordinates as plain numbers. Rows 2, 5." in page
    assert "northerly" not in page
    assert "Zebra" not in page


def test_several_places_are_one_question(county, client):
    wards = [code for code, _, _ in WARDS[:2]]
    whole = asked(client, "/api/picture", level="ward", within=wards)
    assert dict(zip(whole["units"]["code"], whole["units"]["count"], strict=True)) == {
        code: in_ward(code) for code in wards
    }
    events = AuditEvent.objects.filter(event="question", subject="picture ward")
    assert events.last().detail["question"]["within"] == wards
    before = AuditEvent.objects.filter(event="question").count()
    evidence = asked(
        client, "/api/evidence", level="cell:9", theme="violence", background="even", hotspot="1"
    )
    assert (
        len(
            asked(client, "/api/hotspots", level="cell:9", theme="violence", background="even")["hotspots"][
                0
            ]["units"]
        )
        > 1
    )
    kinds = [
        one.detail["kind"] for one in AuditEvent.objects.filter(event="question").order_by("pk")[before:]
    ]
    assert sorted(kinds) == ["choices", "hotspots", "hotspots", "picture", "picture", "sites"]
    assert evidence["count"] > 0


def test_names_of_units_come_when_they_are_asked_for(county, client):
    assert "name" not in asked(client, "/api/picture", level="cell:9")["units"]
    named = asked(client, "/api/picture", level="cell:9", names="yes")["units"]
    assert set(named["name"]) == {"High Street"}
    assert len(named["name"]) == len(named["code"])


def test_a_series_left_open_is_whole_months_inside_a_place_too(county, client):
    for within in ({}, {"within": BUSIEST}):
        told = json.loads(client.get("/export/series.json", within).content)
        assert told["about"]["period"] == ["2026-01-01", "2026-04-01"]
        assert [row["month"] for row in told["rows"]] == list(MONTHS)


def test_only_those_who_publish_can_ask_for_it_and_see_its_progress(county, client, at):
    asked_for = client.post("/deliveries/publish/")
    assert asked_for.status_code == 302
    again = client.post("/deliveries/publish/")
    assert again["Location"] == asked_for["Location"]
    waiting = client.get(asked_for["Location"])
    assert "Waiting to start" in waiting.content.decode()
    assert waiting["Refresh"] == "2"
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    number = asked_for["Location"].rstrip("/").split("/")[-1]
    told = client.get(f"/api/tasks/{number}").json()
    assert (told["stage"], told["finished"], told["publication"]) == ("done", True, 2)

    open_account(user="member", role="member", agency=None, password=None, by="analyst", at=at)
    client.force_login(User.objects.get(username="member"))
    assert client.post("/deliveries/publish/").status_code == 403
    assert client.get(asked_for["Location"]).status_code == 403
    assert client.get(f"/api/tasks/{number}").status_code == 403
    assert '<button class="button">Publish' not in client.get("/deliveries/").content.decode()


def test_frontline_staff_do_not_read_the_ledger(county, client, at):
    open_account(user="worker", role="frontline", agency=None, password=None, by="analyst", at=at)
    client.force_login(User.objects.get(username="worker"))
    answer = client.get("/deliveries/")
    assert answer.status_code == 403
    assert "not open to your role" in answer.content.decode()
    event = AuditEvent.objects.filter(user="worker", event="question").last()
    assert event.allowed is False


def test_an_empty_home_says_what_to_do(home, client):
    client.force_login(User.objects.get(username="analyst"))
    assert "Nothing has been published yet" in client.get("/").content.decode()
    assert "No file has come in yet" in client.get("/deliveries/").content.decode()
    assert client.get("/about/").status_code == 200
    told = client.get("/api/choices")
    assert told.status_code == 400
    assert "Nothing has been published" in told.json()["detail"]
