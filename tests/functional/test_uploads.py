"""A file brought through the browser: received, read, decided; who may, what is refused, and what is left (nothing)."""

import io
import json
import stat
import zipfile
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory

from tests.factories.browser_files import ASB_FEED, SENTINEL, asb_file, asb_row
from trigpoint.changes.upload_reading import (
    KEPT_DAYS,
    SILENT_S,
    ProgressWriter,
    accept_upload,
    expire_uploads,
    read_upload,
    resume_uploads,
)
from trigpoint.changes.uploads import (
    STALLED_S,
    NoSuchUpload,
    cancel_upload,
    upload_told,
)
from trigpoint.db.models import AuditEvent, Delivery, Upload, User
from trigpoint.ingest.receipt import Cancelled

GOOD = asb_file([asb_row(n) for n in range(12)])
BAD = asb_file([asb_row(n) for n in range(4)] + [asb_row(n, when="never") for n in range(4, 12)])


def sent(content, name="asb.csv", definition=ASB_FEED, **more):
    file = io.BytesIO(content)
    file.name = name
    return {"definition": definition, "file": file, **more}


def brought(client, content=GOOD, **more):
    answer = client.post("/deliveries/new/", sent(content, **more))
    assert answer.status_code == 302, answer.content.decode()
    return Upload.objects.get(pk=answer["Location"].rstrip("/").rsplit("/", 1)[1])


def read(upload):
    read_upload.func(upload_id=str(upload.pk))
    upload.refresh_from_db()
    return upload


def spool_of(home, upload):
    folder = home.spool / str(upload.pk)
    return list(folder.iterdir()) if folder.is_dir() else []


def page_of(client, upload, status=200):
    answer = client.get(f"/deliveries/uploads/{upload.pk}/", follow=True)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_file_is_read_shown_and_accepted_and_then_the_raw_file_is_gone(people, as_person):
    contributor = as_person("asb")
    upload = brought(contributor)
    (raw,) = spool_of(people, upload)
    assert raw.read_bytes() == GOOD
    assert stat.S_IMODE(raw.stat().st_mode) == 0o600
    assert stat.S_IMODE(raw.parent.stat().st_mode) == 0o700
    assert "waits to be read" in page_of(contributor, upload)

    read(upload)
    page = page_of(contributor, upload)
    assert "12 rows would come in." in page
    assert "Quay Lane" in page
    assert SENTINEL not in page
    assert SENTINEL not in json.dumps(upload.preview)
    assert Delivery.objects.count() == 0

    contributor.post(f"/deliveries/uploads/{upload.pk}/decide/", {"decision": "accept"})
    accept_upload.func(upload_id=str(upload.pk))
    upload.refresh_from_db()
    assert (upload.stage, spool_of(people, upload)) == ("done", [])
    assert "sample" not in upload.preview
    line = Delivery.objects.get(pk=upload.delivery)
    assert (line.rows_accepted, line.decided_by, line.file_name) == (12, "asb", "asb.csv")
    assert "The file is in. No row needs you." in page_of(contributor, upload)
    events = list(AuditEvent.objects.filter(event__startswith="upload.").values_list("event", "user"))
    assert events == [("upload.started", "asb"), ("upload.accepted", "asb"), ("upload.done", "asb")]


def test_a_batch_that_looks_wrong_asks_and_is_not_accepted_without_a_reason(people, as_person):
    contributor = as_person("asb")
    upload = read(brought(contributor, BAD))
    page = page_of(contributor, upload)
    assert "This file looks wrong." in page
    assert "8 of 12 rows are faulty" in page
    contributor.post(f"/deliveries/uploads/{upload.pk}/decide/", {"decision": "accept", "reason": "  "})
    upload.refresh_from_db()
    assert upload.stage == "ready"
    answer = contributor.post(
        f"/deliveries/uploads/{upload.pk}/decide/", {"decision": "accept", "reason": "The system failed."}
    )
    accept_upload.func(upload_id=str(upload.pk))
    upload.refresh_from_db()
    line = Delivery.objects.get(pk=upload.delivery)
    assert answer.status_code == 302
    assert (line.rows_accepted, line.rows_quarantined, line.reason) == (4, 8, "The system failed.")


def test_a_refusal_stores_nothing_and_keeps_no_row(people, as_person):
    contributor = as_person("asb")
    upload = read(brought(contributor))
    contributor.post(
        f"/deliveries/uploads/{upload.pk}/decide/", {"decision": "refuse", "reason": "Last month's file."}
    )
    upload.refresh_from_db()
    assert (upload.stage, upload.fault, spool_of(people, upload)) == ("refused", "Last month's file.", [])
    assert "sample" not in upload.preview
    assert Delivery.objects.count() == 0
    again = contributor.post(f"/deliveries/uploads/{upload.pk}/decide/", {"decision": "accept"}, follow=True)
    assert "waits for no decision" in again.content.decode()


def test_cancelling_works_before_during_and_after_the_reading(people, as_person, at):
    contributor = as_person("asb")
    waiting, begun, ready = (brought(contributor) for _ in range(3))
    contributor.post(f"/deliveries/uploads/{waiting.pk}/cancel/")
    assert read_upload.func(upload_id=str(waiting.pk)) == "not waiting"

    Upload.objects.filter(pk=begun.pk).update(stage="reading")
    contributor.post(f"/deliveries/uploads/{begun.pk}/cancel/")
    begun.refresh_from_db()
    assert (begun.stage, begun.cancel_asked) == ("reading", True)
    with pytest.raises(Cancelled):
        ProgressWriter(begun.pk)("reading", 1, 12)
    Upload.objects.filter(pk=begun.pk).update(stage="queued")
    assert read_upload.func(upload_id=str(begun.pk)) == "cancelled"

    read(ready)
    contributor.post(f"/deliveries/uploads/{ready.pk}/cancel/")
    for upload in (waiting, begun, ready):
        upload.refresh_from_db()
        assert (upload.stage, spool_of(people, upload)) == ("cancelled", [])
        assert "cancelled" in page_of(contributor, upload)
    assert Delivery.objects.count() == 0


def test_progress_is_written_at_most_twice_a_second(people, as_person):
    upload = brought(as_person("asb"))
    clock = iter([0.0, 0.2, 0.4, 0.6, 0.8])
    write = ProgressWriter(upload.pk, clock=lambda: next(clock))
    seen = []
    for done in range(1, 6):
        write("checking", done, 5)
        upload.refresh_from_db()
        seen.append(upload.rows_done)
    assert seen == [1, 1, 1, 4, 4]


def test_each_agency_brings_and_sees_only_its_own(people, as_person, at):
    asb, school, analyst = (as_person(name) for name in ("asb", "school", "analyst"))
    assert f'value="{ASB_FEED}"' in asb.get("/deliveries/new/").content.decode()
    assert f'value="{ASB_FEED}"' not in school.get("/deliveries/new/").content.decode()
    refused = school.post("/deliveries/new/", sent(GOOD))
    assert refused.status_code == 400
    assert not list(people.spool.iterdir())

    upload = read(brought(asb))
    assert "Quay Lane" in page_of(analyst, upload)
    for path in ("", "events/"):
        assert school.get(f"/deliveries/uploads/{upload.pk}/{path}").status_code == 404
    assert school.get(f"/api/uploads/{upload.pk}").status_code == 404
    for act in ("decide", "cancel", "restart"):
        assert (
            school.post(f"/deliveries/uploads/{upload.pk}/{act}/", {"decision": "accept"}).status_code == 404
        )
    assert "asb.csv" not in school.get("/deliveries/").content.decode()
    assert "asb.csv" in asb.get("/deliveries/").content.decode()
    with pytest.raises(NoSuchUpload):
        cancel_upload(upload_id=str(upload.pk), by="school", at=at)


@pytest.mark.parametrize("name", ["chair", "frontline"])
def test_who_brings_nothing_cannot_fill_the_disk_either(people, as_person, name):
    person = as_person(name)
    assert person.get("/deliveries/new/").status_code == 403
    assert person.post("/deliveries/new/", sent(GOOD)).status_code == 403
    assert not list(people.spool.iterdir())


def test_without_the_forms_token_nothing_is_kept(people):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="asb"))
    answer = strict.post("/deliveries/new/", sent(GOOD))
    assert answer.status_code == 403
    assert Upload.objects.count() == 0
    assert not list(people.spool.iterdir())
    token = strict.get("/deliveries/new/").context["csrf_token"]
    assert strict.post("/deliveries/new/", sent(GOOD, csrfmiddlewaretoken=str(token))).status_code == 302
    upload = Upload.objects.get()
    for act in ("decide", "cancel", "restart"):
        assert strict.post(f"/deliveries/uploads/{upload.pk}/{act}/").status_code == 403


def test_a_file_that_is_too_large_is_refused_in_words_and_not_kept(people, as_person, settings):
    settings.TRIGPOINT_LARGEST_UPLOAD_BYTES = 1000
    contributor = as_person("asb")
    for content in (b"x" * 1001, b"x" * 200_000):
        answer = contributor.post("/deliveries/new/", sent(content))
        assert answer.status_code == 413
        assert "larger than 1 kB" in answer.content.decode()
    told = contributor.post("/deliveries/new/", sent(b"x" * 1001), headers={"Accept": "application/json"})
    assert (told.status_code, "larger than 1 kB" in told.json()["sentence"]) == (413, True)
    assert not list(people.spool.iterdir())


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"content": b""}, "The file is empty."),
        ({"definition": ""}, "Choose what kind of file it is."),
        ({"received_on": "2126-01-01"}, "lies in the future"),
        ({"received_on": "2026-01-05", "extracted_on": "2026-01-06"}, "cannot have been made after"),
        ({"extracted_on": "soon"}, "valid date"),
    ],
)
def test_what_is_missing_or_impossible_is_said(people, as_person, more, sentence):
    content = more.pop("content", GOOD)
    answer = as_person("asb").post("/deliveries/new/", sent(content, **more))
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not list(people.spool.iterdir())


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<x/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 80_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (bomb(), "asb.xlsx"),
        (b"\x00\x01\x02" * 50, "asb.xlsx"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "asb.csv"),
        (b"PK\x03\x04 nothing else", "asb.xlsx"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(people, as_person, content, name):
    contributor = as_person("asb")
    upload = read(brought(contributor, content, name=name))
    assert upload.stage == "refused"
    assert upload.fault.endswith((".", "?"))
    assert "Traceback" not in upload.fault
    assert "a fault of ours" not in upload.fault
    page = page_of(contributor, upload)
    assert "Nothing of it was stored" in page
    assert spool_of(people, upload) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\me\\a.csv", "a.csv"),
        ("a" * 300 + ".csv", "a" * 116 + ".csv"),
        ("...", "file"),
    ],
)
def test_a_files_name_leads_nowhere(people, as_person, name, kept):
    from trigpoint.changes.incoming import spooled_name

    assert spooled_name(name) == kept


def test_what_nobody_decides_on_expires(people, as_person, at):
    contributor = as_person("asb")
    upload = read(brought(contributor))
    assert expire_uploads(upload.created_at + timedelta(days=KEPT_DAYS) - timedelta(seconds=1)) == 0
    assert expire_uploads(upload.created_at + timedelta(days=KEPT_DAYS, seconds=1)) == 1
    upload.refresh_from_db()
    assert (upload.stage, spool_of(people, upload), "sample" in upload.preview) == ("expired", [], False)
    assert "after seven days" in page_of(contributor, upload)


def test_a_reading_that_was_stopped_can_begin_again(people, as_person):
    contributor = as_person("asb")
    upload = brought(contributor)
    Upload.objects.filter(pk=upload.pk).update(stage="reading")
    contributor.post(f"/deliveries/uploads/{upload.pk}/restart/")
    upload.refresh_from_db()
    assert upload.stage == "reading"
    Upload.objects.filter(pk=upload.pk).update(
        changed_at=upload.changed_at - timedelta(seconds=STALLED_S + 1)
    )
    assert "may have been stopped" in page_of(contributor, upload)
    contributor.post(f"/deliveries/uploads/{upload.pk}/restart/")
    assert read(upload).stage == "ready"


@pytest.mark.parametrize(
    ("stage", "again"), [("queued", read_upload), ("reading", read_upload), ("accepting", accept_upload)]
)
def test_what_a_killed_worker_left_is_begun_again_at_the_next_start(people, as_person, stage, again):
    upload = read(brought(as_person("asb")))
    Upload.objects.filter(pk=upload.pk).update(stage=stage)
    upload.refresh_from_db()
    assert resume_uploads(upload.changed_at + timedelta(seconds=SILENT_S - 1)) == 0
    assert resume_uploads(upload.changed_at + timedelta(seconds=SILENT_S + 1)) == 1
    again.func(upload_id=str(upload.pk))
    upload.refresh_from_db()
    assert upload.stage == ("done" if stage == "accepting" else "ready")


def test_accepting_twice_comes_to_the_same(people, as_person):
    contributor = as_person("asb")
    upload = read(brought(contributor))
    contributor.post(f"/deliveries/uploads/{upload.pk}/decide/", {"decision": "accept"})
    accept_upload.func(upload_id=str(upload.pk))
    assert accept_upload.func(upload_id=str(upload.pk)) == "not waiting"
    assert Delivery.objects.count() == 1


def test_a_file_lost_from_the_spool_is_said(people, as_person):
    contributor = as_person("asb")
    upload = brought(contributor)
    spool_of(people, upload)[0].unlink()
    assert "Bring it again." in read(upload).fault


def test_what_the_poll_tells_holds_no_row(people, as_person):
    contributor = as_person("asb")
    upload = read(brought(contributor))
    told = contributor.get(f"/api/uploads/{upload.pk}").json()
    assert told == {"stage": "ready", "at_work": False, "sentence": "", "done": 0, "all": None}


@pytest.mark.django_db(transaction=True)
def test_events_tell_each_state_once_and_end_with_the_reading(people, as_person):
    import asyncio

    from trigpoint.web.views import upload_events

    upload = brought(as_person("asb"))
    request = RequestFactory().get("/")
    request.user = User.objects.get(username="asb")
    request.session = {}

    async def listened():
        answer = await upload_events.upload_events(request, upload.pk)
        told = []
        async for part in answer.streaming_content:
            told.append(part.decode())
            if len(told) == 2:
                await asyncio.to_thread(Upload.objects.filter(pk=upload.pk).update, stage="ready")
        return answer, told

    answer, told = asyncio.run(listened())
    assert answer["Content-Type"] == "text/event-stream"
    assert told[0].startswith("retry: ")
    stages = [json.loads(part.removeprefix("data: "))["stage"] for part in told[1:]]
    assert stages == ["queued", "ready"]


def test_told_is_a_frozen_value(people, as_person, at):
    upload = brought(as_person("asb"))
    told = upload_told(str(upload.pk), "asb", at)
    with pytest.raises(AttributeError):
        told.stage = "done"


def asked_of(app, *, headers=(), bodies=(b"",)):
    """What an ASGI application sends for one request whose body comes in parts."""
    import asyncio

    parts = [{"type": "http.request", "body": body, "more_body": True} for body in bodies]
    parts[-1]["more_body"] = False
    sent = []

    async def receive():
        return parts.pop(0)

    async def send(message):
        sent.append(message)

    asyncio.run(app({"type": "http", "headers": list(headers)}, receive, send))
    return sent


async def _counts_its_body(scope, receive, send):
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message["body"]), message["more_body"]
    await send({"type": "counted", "size": size})


def test_a_body_larger_than_any_file_is_refused_before_it_is_received():
    from trigpoint.web.receiving import BoundedBody

    app = BoundedBody(_counts_its_body, most_bytes=10)
    assert asked_of(app, bodies=(b"12345", b"67890")) == [{"type": "counted", "size": 10}]
    told = asked_of(app, headers=[(b"content-length", b"11")], bodies=(b"12345678901",))
    assert told[0]["status"] == 413
    assert b"larger than" in told[1]["body"]
    assert asked_of(app, bodies=(b"12345", b"678901")) == []
