"""Rows put aside: mended in place and tried again, and never shown to those whose rows they are not."""

import io
import zipfile

import pytest
from django.test import Client

from tests.factories.browser_files import ASB_FEED, SENTINEL, asb_file, asb_row
from trigpoint.changes.deliveries import receive_delivery
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.db.models import AuditEvent, Delivery, User
from trigpoint.gate.ledger import rows_waiting

OWN_WORD = "Pelican Wharf"


@pytest.fixture
def delivered(people, at, tmp_path):
    """Eight sound rows and three put aside, whose street is a word that stands nowhere else."""
    faulty = [asb_row(n, when="never", street=OWN_WORD) for n in (20, 21, 22)]
    path = tmp_path / "asb.csv"
    path.write_bytes(asb_file([asb_row(n) for n in range(8)] + faulty))
    receipt = receive_delivery(definition=ASB_FEED, path=path, by="asb", at=at)
    assert (receipt.accepted, receipt.quarantined) == (8, 3)
    return receipt.delivery


def fields(client, number):
    """The cells of the tray's form, by field name."""
    page = client.get(f"/deliveries/{number}/quarantine/")
    rows = page.context["waiting"].rows
    return {
        f"c-{one.row}-{place}": cell.value for one in rows for place, cell in enumerate(one.cells)
    }, page.content.decode()


def place_of(client, number, header):
    row = client.get(f"/deliveries/{number}/quarantine/").context["waiting"].rows[0]
    return [cell.header for cell in row.cells].index(header)


def test_the_agency_mends_a_row_and_what_still_fails_waits_with_its_new_reason(as_person, delivered):
    asb = as_person("asb")
    told, page = fields(asb, delivered)
    assert "3 rows need you" in page
    assert OWN_WORD in page
    assert SENTINEL not in page
    when, category = place_of(asb, delivered, "reported_dt"), place_of(asb, delivered, "easting")
    told[f"c-9-{when}"] = "04/10/2026 16:00"
    told[f"c-10-{when}"] = "04/10/2026 17:00"
    told[f"c-10-{category}"] = "no number"
    answer = asb.post(
        f"/deliveries/{delivered}/quarantine/", {**told, "reason": "Asked the desk."}, follow=True
    )
    assert "1 row is in. 1 row still needs you." in answer.content.decode()
    rows = answer.context["waiting"].rows
    assert [(one.row, one.column) for one in rows] == [(10, "easting"), (11, "reported_dt")]
    mending = Delivery.objects.get(mends=delivered)
    assert (mending.rows_input, mending.rows_accepted, mending.decided_by) == (2, 1, "asb")
    assert mending.reason == "Asked the desk."
    assert rows_waiting(Viewer("asb", "community_safety", "contributor")) == 2
    assert rows_waiting(Viewer("school", "education", "contributor")) == 0
    assert rows_waiting(Viewer("chair", "", "chair")) == 0


def test_nothing_changed_or_no_longer_there_is_said(as_person, delivered):
    asb = as_person("asb")
    told, _ = fields(asb, delivered)
    for form in (told, {"c-999-0": "x"}, {}):
        answer = asb.post(f"/deliveries/{delivered}/quarantine/", form, follow=True)
        assert "No cell was changed." in answer.content.decode()
    assert not Delivery.objects.filter(mends=delivered).exists()


def test_all_rows_can_be_tried_under_a_mended_definition(as_person, delivered):
    asb = as_person("asb")
    answer = asb.post(f"/deliveries/{delivered}/quarantine/", {"act": "all"}, follow=True)
    assert "0 rows are in. 3 rows still need you." in answer.content.decode()


def test_reading_the_rows_is_on_record(as_person, delivered):
    as_person("asb").get(f"/deliveries/{delivered}/quarantine/")
    seen = AuditEvent.objects.filter(subject=f"rows of delivery {delivered}")
    assert [(one.user, one.event) for one in seen] == [("asb", "question")]


def surfaces(number):
    return (
        f"/deliveries/{number}/",
        f"/deliveries/{number}/quarantine/",
        f"/deliveries/{number}/receipt.json",
        f"/deliveries/{number}/receipt.xlsx",
        "/deliveries/",
        "/deliveries/quarantine/",
        "/deliveries/new/",
        "/",
    )


@pytest.mark.parametrize("name", ["chair", "school", "frontline", "governance"])
def test_no_page_or_file_holds_a_quarantined_cell_for_anybody_else(as_person, delivered, name):
    person = as_person(name)
    for url in surfaces(delivered):
        answer = person.get(url)
        assert answer.status_code in (200, 403, 404), url
        assert OWN_WORD not in plain_text(answer.content), url
    told = {"c-9-1": "04/10/2026 16:00"}
    assert person.post(f"/deliveries/{delivered}/quarantine/", told).status_code in (403, 404)
    assert not Delivery.objects.filter(mends=delivered).exists()


def test_governance_sees_row_numbers_and_rules_and_no_cell(as_person, delivered):
    page = as_person("governance").get(f"/deliveries/{delivered}/quarantine/").content.decode()
    assert "9, 10, 11" in page
    assert "not a date" in page
    assert "<input" not in page.split("<main")[1].split("</main")[0]


def test_the_analyst_sees_every_feeds_rows_and_a_contributor_its_own(as_person, delivered):
    for name in ("analyst", "asb"):
        assert OWN_WORD in as_person(name).get("/deliveries/quarantine/").content.decode()
    page = as_person("school").get("/deliveries/quarantine/").content.decode()
    assert "No row waits." in page


def test_the_receipts_files_hold_cells_for_their_agency_only(as_person, delivered):
    told = as_person("governance").get(f"/deliveries/{delivered}/receipt.json").json()
    assert told["input"] == told["accepted"] + told["quarantined"] + told["duplicate"] + told["superseded"]
    assert [one["row"] for one in told["quarantine"]] == [9, 10, 11]
    for form in ("json", "xlsx"):
        for name in ("asb", "governance"):
            answer = as_person(name).get(f"/deliveries/{delivered}/receipt.{form}")
            assert answer.status_code == 200
            assert f'filename="receipt-{delivered}.{form}"' in answer["Content-Disposition"]
            assert (OWN_WORD in plain_text(answer.content)) == (name == "asb")
            assert SENTINEL not in plain_text(answer.content)
        assert as_person("school").get(f"/deliveries/{delivered}/receipt.{form}").status_code == 404
    assert as_person("asb").get(f"/deliveries/{delivered}/receipt.exe").status_code == 404


def plain_text(content):
    """What a file says, unpacked where it is a workbook."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist())


def test_without_the_forms_token_nothing_is_mended(people, delivered):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="asb"))
    answer = strict.post(f"/deliveries/{delivered}/quarantine/", {"c-9-1": "04/10/2026 16:00"})
    assert answer.status_code == 403
    assert not Delivery.objects.filter(mends=delivered).exists()


def test_the_new_pages_hold_no_inline_script_or_style(as_person, delivered):
    analyst = as_person("analyst")
    for url in (*surfaces(delivered), "/definitions/", "/definitions/new/"):
        if url.endswith((".json", ".xlsx")):
            continue
        page = analyst.get(url).content.decode()
        assert "style=" not in page, url
        assert "<style" not in page, url
        assert "onclick" not in page, url
        for script in page.split("<script")[1:]:
            assert 'src="/static/' in script.split(">")[0], url
