"""Papers as files: who is handed one, what is put on record, and that what tells of somebody is refused."""

from tests.factories.read_pdf import read_pdf
from trigpoint.changes.accounts import open_account
from trigpoint.db.models import AuditEvent, User


def test_a_pack_is_handed_out_once_on_record_and_never_kept_by_a_browser(county, client):
    answer = client.get("/papers/pack.pdf")
    assert answer.status_code == 200, answer.content[:500]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    made = read_pdf(answer.content)
    assert 1 <= len(made.pages) <= 8
    assert "analyst" not in made.text
    event = AuditEvent.objects.filter(event="exported").latest("pk")
    assert (event.subject, event.user, event.detail["form"]) == ("pack", "analyst", "pdf")
    assert event.detail["file"] in answer["Content-Disposition"]
    assert client.get("/papers/pack.docx").status_code == 404


def test_a_sheet_is_made_of_a_district_that_there_is(county, client):
    code = client.get("/api/choices").json()["districts"][0]["code"]
    assert len(read_pdf(client.get(f"/papers/district/{code}.pdf").content).pages) == 1
    assert client.get("/papers/district/E99999999.pdf").status_code == 400


def test_a_box_that_tells_of_somebody_is_refused_and_what_was_written_is_kept(county, client):
    written = {"question": "Why here?", "first": "Born 12/03/2011, often seen there"}
    answer = client.post("/papers/profile/A/", written)
    assert answer.status_code == 422
    assert "Why here?" in answer.content.decode()
    assert not AuditEvent.objects.filter(event="exported", subject="profile").exists()


def test_who_has_no_seat_is_handed_nothing(county, client, at):
    open_account(user="frontline", role="frontline", agency=None, password=None, by="analyst", at=at)
    client.force_login(User.objects.get(username="frontline"))
    for path in ("/papers/", "/papers/pack.pdf", "/papers/pack.pptx", "/papers/profile/A/"):
        assert client.get(path).status_code == 403, path
    assert not AuditEvent.objects.filter(event="exported").exists()
