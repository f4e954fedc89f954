"""The pages of the sense-check and of erasure, as an agency, another agency and governance press them."""

import pytest
from django.utils import timezone

from tests.integration.test_sense_checks import adopt, told  # noqa: F401  # the published home
from trigpoint.changes.restating_runs import restate_in_background
from trigpoint.changes.sense_checks import list_checks
from trigpoint.db.models import AdoptedAgreement, Correction, Delivery, Erasure, SenseCheck, User

HERE = {"level": "street", "unit": "A", "from": "2025-01-01", "to": "2025-12-31"}
BESIDE = HERE | {"unit": "B"}


@pytest.fixture
def as_(client, told, at):  # noqa: F811
    def sign_in(user):
        client.force_login(User.objects.get(username=user))
        return client

    return sign_in


def said(page):
    return [str(one) for one in page.context["messages"]]


def test_an_agency_sees_its_own_rows_and_another_only_the_place(as_):
    own = as_("mo").get("/sense-check/place/", HERE)
    assert own.status_code == 200
    assert "1/1" in own.content.decode()
    assert "Mill Lane" in own.content.decode()
    theirs = as_("yas").get("/sense-check/place/", HERE).content.decode()
    assert "2/1" in theirs
    assert "1/1" not in theirs
    assert as_("mo").get("/sense-check/place/").status_code == 404
    assert as_("front").get("/sense-check/place/", HERE).status_code == 403
    assert as_("gov").get("/sense-check/").status_code == 403


def test_a_record_is_checked_by_a_press_and_the_press_is_undone(as_):
    page = as_("mo").get("/sense-check/record/", HERE | {"record": "1/1"})
    assert page.status_code == 200
    assert as_("yas").get("/sense-check/record/", HERE | {"record": "1/1"}).status_code == 404
    words = HERE | {"record": "1/1", "outcome": "dispute", "reason": "wrong_place", "moved_to": "W10"}
    done = as_("mo").post("/sense-check/record/say/", words, follow=True)
    assert said(done) == ["It counts from the next publication on. Undo is beside it."]
    assert Correction.objects.get().value["to"]["code"] == "W10"
    check = SenseCheck.objects.get()
    assert check.before.get("records") == 4, check.before
    shown = as_("mo").get("/sense-check/").content.decode()
    assert "Does not agree" in shown or "does not agree" in shown
    assert "not published yet" in shown
    undone = as_("mo").post(f"/sense-check/{check.pk}/undo/", {"version": 1}, follow=True)
    assert said(undone) == ["Taken back. From the next publication on it is as it was."]


def test_before_it_is_published_a_check_shows_what_it_would_do(as_):
    done = as_("mo").post(
        "/sense-check/record/say/", HERE | {"record": "1/1", "outcome": "withdraw"}, follow=True
    )
    preview = done.context["preview"]
    assert [(one.words, one.before, one.after) for one in preview.rows] == [
        ("records", 4, 3), ("linked events", 3, 2), ("withdrawn by sense-check", 0, 1),
    ]  # fmt: skip
    assert "the next publication will show" in done.content.decode()
    number = SenseCheck.objects.get().pk
    assert as_("yas").get(f"/sense-check/{number}/").context["preview"] is not None
    AdoptedAgreement.objects.filter(code="police").delete()
    assert as_("yas").get(f"/sense-check/{number}/").status_code == 404
    as_("mo").post(f"/sense-check/{number}/undo/", {"version": 1})
    assert "taken back" in as_("mo").get(f"/sense-check/{number}/").content.decode()
    assert as_("mo").get("/sense-check/999/").status_code == 404


def test_an_event_is_merged_and_split_with_a_reason_and_taken_back(as_):
    event = HERE | {"record": "1/1"}
    page = as_("mo").get("/sense-check/event/", event).content.decode()
    assert "No other record of your agency is told with it" in page
    assert as_("yas").get("/sense-check/event/", event).status_code == 404
    words = event | {"subject": "event", "outcome": "merge", "typed_other": "3/1"}
    without = as_("mo").post("/sense-check/record/say/", words, follow=True)
    assert said(without) == ["Say why, in a few words."]
    assert "It is the same event" in without.content.decode(), "back where it was pressed"
    as_("mo").post("/sense-check/record/say/", words | {"note": "One call, logged twice."})
    merged = Correction.objects.get()
    assert (merged.effect, merged.value) == ("same_event", {"other": [3, 1]})
    page = as_("mo").get("/sense-check/event/", event).content.decode()
    assert "One call, logged twice." in page
    as_("mo").post(f"/sense-check/{merged.check_made_id}/undo/", {"version": 1})
    split = event | {"subject": "event", "outcome": "split", "other": "", "note": "Two evenings."}
    as_("mo").post("/sense-check/record/say/", split)
    assert Correction.objects.get(known_to=None).effect == "apart"


def test_what_is_said_wrongly_is_told_and_nothing_is_kept(as_):
    for words, told_back in (
        ({"outcome": "dispute", "reason": "wrong_place", "moved_to": "point", "easting_m": "x"}, "metres"),
        ({"outcome": "dispute", "reason": "same_source"}, "which other record"),
        ({"outcome": "confirm", "record": "1/99"}, "no such record"),
        ({"outcome": "clarify", "note": "John Smith, 07700 900123"}, "tell of"),
    ):
        done = as_("mo").post("/sense-check/record/say/", HERE | {"record": "1/1"} | words)
        assert done.status_code == 302
        told_now = [str(one) for one in as_("mo").get("/sense-check/").context["messages"]]
        assert any(told_back in one for one in told_now)
    assert not SenseCheck.objects.exists()


def test_at_its_own_site_an_agency_waits_and_another_agrees_and_the_last_is_shown_both(as_):
    words = BESIDE | {"record": "1/4", "outcome": "withdraw"}
    done = as_("mo").post("/sense-check/record/say/", words, follow=True)
    assert "second agency" in said(done)[0]
    (check,) = list_checks(by="yas", at=timezone.now(), waiting=True)
    assert check.may.second
    assert "We agree" in as_("yas").get("/sense-check/").content.decode()
    assert "We agree" not in as_("mo").get("/sense-check/").content.decode()
    as_("mo").post(f"/sense-check/{check.number}/undo/", {"version": 1})
    late = as_("yas").post(f"/sense-check/{check.number}/second/", {"version": 1})
    assert late.status_code == 409
    assert not Correction.objects.exists()
    assert as_("yas").post("/sense-check/999/second/", {"version": 1}).status_code == 404


def test_nobody_agrees_to_what_is_not_shown_to_their_agency(as_, at):
    as_("mo").post("/sense-check/record/say/", BESIDE | {"record": "1/4", "outcome": "withdraw"})
    (check,) = list_checks(by="yas", at=timezone.now(), waiting=True)
    adopt("police", at, {"agencies": ["police"]}, {"finest": "ward"})
    done = as_("yas").post(f"/sense-check/{check.number}/second/", {"version": 1}, follow=True)
    assert said(done)[-1] == "Nobody can agree to what is not shown to their agency."
    assert SenseCheck.objects.get().state == "waiting"
    assert not Correction.objects.exists()


def test_a_place_is_checked_by_anybody_at_the_table(as_):
    words = HERE | {"outcome": "dispute", "reason": "one_child", "note": "Told in part 1"}
    done = as_("yas").post("/sense-check/place/say/", words, follow=True)
    assert said(done) == ["Kept, for the meeting to see."]
    assert "This is one child" in done.content.decode() or "this is one child" in done.content.decode()
    nobody = as_("analyst").get("/sense-check/place/", HERE).content.decode()
    assert "your account acts for none" in nobody


def test_another_agency_is_told_nothing_of_a_place_that_it_may_not_see(as_, at):
    adopt("police", at, {"agencies": ["police"]}, {"finest": "ward", "hours": False})
    as_("mo").post(
        "/sense-check/record/say/",
        HERE | {"record": "1/1", "outcome": "clarify", "note": "By the second door."},
    )
    own_page = as_("mo").get("/sense-check/").content.decode()
    assert "Mill Lane" in own_page
    assert "By the second door." in own_page
    (theirs,) = as_("yas").get("/sense-check/").context["made"]
    assert theirs.where == "Of a record that is not shown to your agency so finely"
    assert (theirs.check.note, theirs.figures) == ("", None)
    SenseCheck.objects.update(delivery=None, row=None, before={})  # as an erasure leaves it
    assert as_("yas").get("/sense-check/").context["made"] == []
    assert len(as_("mo").get("/sense-check/").context["made"]) == 1


def test_figures_of_a_check_are_of_its_readers_rights_and_one_child_is_told_without_its_place(as_):
    as_("mo").post("/sense-check/place/say/", HERE | {"outcome": "dispute", "reason": "seasonal"})
    (own,) = as_("mo").get("/sense-check/").context["made"]
    AdoptedAgreement.objects.filter(code="police").delete()
    (theirs,) = as_("yas").get("/sense-check/").context["made"]
    assert own.figures.rows[0].before == 4
    assert theirs.figures.rows[0].before < 4
    assert "records" not in theirs.check.before
    as_("mo").post("/sense-check/place/say/", HERE | {"outcome": "dispute", "reason": "one_child"})
    last = as_("yas").get("/sense-check/").context["made"][0]
    assert (last.where, last.check.unit, last.figures) == ("Told in part 1, without its place", "", None)


def test_governance_erases_and_nobody_else(as_):
    for user in ("mo", "analyst", "front"):
        assert as_(user).get("/erasure/").status_code == 403
        assert (
            as_(user).post("/erasure/erase/", {"delivery": 1, "rows": "1", "reason": "x"}).status_code == 403
        )
    page = as_("gov").get("/erasure/")
    assert "Nothing is due." in page.content.decode()
    wrong = as_("gov").post(
        "/erasure/erase/", {"delivery": "1", "rows": "99", "reason": "asked", "sure": "on"}, follow=True
    )
    assert said(wrong) == ["Delivery 1 holds no row 99."]
    told_words = {
        "delivery": "1",
        "rows": "1, 2",
        "reason": "asked by the agency",
        "what": "rows",
        "sure": "on",
    }
    unread = {word: value for word, value in told_words.items() if word != "sure"}
    assert "tick the box" in said(as_("gov").post("/erasure/erase/", unread, follow=True))[0]
    assert Delivery.objects.get(pk=1).rows_erased == 0
    done = as_("gov").post("/erasure/erase/", told_words, follow=True)
    assert "being published anew" in done.content.decode()
    assert done["Refresh"]
    assert Delivery.objects.get(pk=1).rows_erased >= 2
    moment = as_("mo").get("/sense-check/place/", HERE)
    assert (moment.status_code, moment["Refresh"]) == (503, "3")
    assert as_("mo").get("/api/picture?level=ward").status_code == 503
    restate_in_background.call()
    assert as_("mo").get("/sense-check/place/", HERE).status_code == 200
    assert "It is done" in as_("gov").get("/erasure/restating/").content.decode()
    page = as_("gov").get("/erasure/").content.decode()
    assert "asked by the agency" in page
    tombstone = Erasure.objects.get()
    lift = f"/erasure/{tombstone.pk}/lift/"
    unread = as_("gov").post(lift, {"reason": "erased in error"}, follow=True)
    assert "tick the box" in said(unread)[0]
    assert as_("mo").post(lift, {"reason": "x", "sure": "on"}).status_code == 403
    lifted = as_("gov").post(lift, {"reason": "erased in error", "sure": "on"}, follow=True)
    assert "may come back since" in lifted.content.decode()
    assert as_("mo").post("/erasure/go-on/").status_code == 403
