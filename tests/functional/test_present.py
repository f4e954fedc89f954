"""The presentation: nothing that the corridor may not see; and frozen, it asks the server no more."""

import json
import re
import zlib
from hashlib import sha256

import pytest
from django.utils import timezone

from trigpoint.changes.accounts import open_account
from trigpoint.changes.freezing import freeze_meeting
from trigpoint.changes.kept_reading import ASKED_AGAIN
from trigpoint.changes.meetings import plan_meeting
from trigpoint.changes.runs import request_run
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.db.models import KeptAnswer, User
from trigpoint.gate.questions import question_from_words
from trigpoint.web.presenters.corridor import CLASSES_SHOWN, safe

LIMIT = 10
LONGEST_MS = 120_000
TRACED = (
    "/coverage/",
    "/events/",
    "/table?level=ward",
    "/analysis/rates/",
    "/analysis/hotspots/",
    "/unplaced/",
    "/map/",
)


def told_to_the_room(client):
    answer = client.get("/api/present")
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize("role", ["analyst", "chair", "frontline", "governance"])
def test_the_room_is_told_nothing_that_the_corridor_may_not_see(county, client, at, role):
    open_account(user=f"the-{role}", role=role, agency=None, password=None, by="analyst", at=at)
    client.force_login(User.objects.get(username=f"the-{role}"))
    told = told_to_the_room(client)
    assert set(told) == {
        "about",
        "places",
        "questions",
        "changes",
        "health",
        "not_shown",
        "cells",
        "sites",
        "runs",
    }
    text = json.dumps({word: told[word] for word in ("places", "questions", "changes")}).lower()
    for never in (
        "warning notice",
        "cawn",
        "childrens_home",
        "supported_accommodation",
        '"count"',
        "concern",
    ):
        assert never not in text, never
    for place in told["places"]:
        assert safe(place["name"], LIMIT)
        assert safe(place["chance"], LIMIT)
        assert re.search(r"\d", place["people"]) is None
    assert all(safe(one["question"], LIMIT) for one in told["questions"])
    assert set(told["cells"]["class"]) <= {1, 2, 3, 4, 5, 6}
    assert {one["class"] for one in told["sites"]} <= set(CLASSES_SHOWN)
    assert all(set(one) == {"class", "at"} for one in told["sites"])


def test_the_page_is_a_shell_with_its_marking_and_a_way_without_script(county, client):
    page = client.get("/present/?quadrant=south").content.decode()
    assert 'data-leave="/?quadrant=south"' in page
    assert "data-marking=" in page
    assert "<noscript>" in page
    assert client.get("/api/present", {"quadrant": "nowhere"}).status_code == 400


@pytest.mark.parametrize("address", TRACED)
def test_every_page_of_numbers_has_a_route_to_its_trace(county, client, address):
    answer = client.get(address)
    assert answer.status_code == 200, "these are answered at once"
    page = answer.content.decode()
    assert "Where these numbers come from" in page
    assert "Store version" in page


def test_the_api_gives_every_answer_its_trace(county, client):
    picture = client.get("/api/picture", {"level": "ward"}).json()
    assert picture["about"]["trace"]["what"] == "The map and its charts"
    assert client.get("/api/answers/counts", {"level": "ward"}).json()["trace"]["feeds"]
    unit = client.get("/api/evidence", {"level": "ward", "unit": "E05990001"}).json()
    assert unit["trace"][0]["what"] == "Counts by place"


def test_a_run_is_stopped_by_whoever_began_it_and_by_nobody_else(county, client, at):
    viewer = Viewer(user="analyst", agency="", role="analyst", purpose="prevention")
    run = request_run(viewer, question_from_words("scan", {"level": "ward"}), at=at)
    stopped = client.post(f"/analysis/runs/{run}/stop/", follow=True)
    assert "Stopped. Nothing of it is kept" in stopped.content.decode()
    again = client.post(f"/analysis/runs/{run}/stop/", follow=True)
    assert "It had ended already." in again.content.decode()
    other = request_run(
        Viewer("somebody", "", "analyst", "prevention"), question_from_words("scan", {"level": "ward"}), at=at
    )
    assert client.post(f"/analysis/runs/{other}/stop/").status_code == 404


@pytest.mark.browser
@pytest.mark.viewport(1280, 720)
def test_a_frozen_picture_asks_the_server_nothing_and_comes_back_after_a_reload(visitor):
    visitor.sign_in("chair")
    page = visitor.page
    page.goto(f"{visitor.server}/present/")
    page.wait_for_selector(".slide-title", timeout=LONGEST_MS)
    assert visitor.violations() == []
    page.get_by_role("button", name="Freeze the picture").click()
    page.wait_for_selector(".is-frozen", timeout=LONGEST_MS)
    stamp = page.locator(".stamp").inner_text()
    assert re.fullmatch(r"Frozen \d+ \w+, \d\d:\d\d, version \d+", stamp)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    first = page.locator(".slide-title").inner_text()
    for key in ("PageDown", "ArrowRight", "End"):
        page.keyboard.press(key)
    assert page.locator(".slide-title").inner_text() == "Who has sent"
    assert visitor.violations() == []
    page.keyboard.press("Home")
    assert page.locator(".slide-title").inner_text() == first
    assert page.locator(".stamp").inner_text() == stamp
    assert asked == []
    page.reload()
    page.wait_for_selector(".is-frozen", timeout=LONGEST_MS)
    assert page.locator(".stamp").inner_text() == stamp
    page.keyboard.press("Escape")
    page.wait_for_url(f"{visitor.server}/")


@pytest.mark.browser
def test_the_tour_is_offered_once_and_led_by_the_keyboard_and_help_closes_with_escape(visitor):
    visitor.sign_in("chair")
    page = visitor.page
    page.goto(f"{visitor.server}/")
    page.get_by_role("link", name="Take the tour").click()
    page.wait_for_selector(".tour-count:has-text('1 of 8')", timeout=LONGEST_MS)
    assert visitor.violations() == []
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".tour-count:has-text('2 of 8')")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".tour-count:has-text('3 of 8')", timeout=LONGEST_MS)
    assert page.url.startswith(f"{visitor.server}/map/")
    page.keyboard.press("Escape")
    assert page.locator(".tour-card").count() == 0
    page.keyboard.press("?")
    page.wait_for_selector("dialog.help[open]")
    assert visitor.violations() == []
    page.keyboard.press("Escape")
    assert page.locator("dialog.help[open]").count() == 0
    page.goto(f"{visitor.server}/")
    page.wait_for_selector("h1")
    assert page.locator(".tour-offer").count() == 0


def more_than_anybody(permitted: str) -> str:
    """What an asker was permitted, and a feed besides that nobody is shown."""
    told = json.loads(permitted)
    return json.dumps({**told, "a feed besides": next(iter(told.values()))})


def test_a_frozen_meeting_is_shown_as_it_was_kept_and_today_is_a_choice(county, client, at):
    number = plan_meeting(quadrant="", held_on=at.date(), by="analyst", at=at)
    freeze_meeting(number=number, version=1, by="analyst", at=at, may_wait=True, only=("hot-now",))
    kept = KeptAnswer.objects.get(name="hot-now")
    found = client.get("/api/answers/hotspots?level=cell:9&background=even&from=2024-01-01&to=2026-10-31")
    told = {name: found.json()[name] for name in ("about", "rows", "parts")}
    assert told["parts"]["hotspots"], "no place of this county passes the even test"
    for one in told["parts"]["hotspots"]:
        one["name"] = "As it was kept"
    text = json.dumps(told)
    kept.content, kept.digest = zlib.compress(text.encode()), sha256(text.encode()).hexdigest()
    kept.save()
    shown = client.get(f"/api/present?meeting={number}").json()
    assert shown["about"]["notes"] == []
    assert {one["name"] for one in shown["places"]} == {"As it was kept"}
    assert shown["about"]["frozen"]["stamp"] == f"Frozen {timezone.localtime(at):%-d %b %Y %H:%M}"
    today = client.get(f"/api/present?meeting={number}&today=yes").json()
    assert today["about"]["frozen"] is None
    assert "As it was kept" not in {one["name"] for one in today["places"]}
    page = client.get(f"/present/?meeting={number}").content.decode()
    assert f'data-meeting-number="{number}" data-as-frozen' in page
    assert f"/present/?meeting={number}" in client.get(f"/meetings/{number}/").content.decode()
    kept.permitted = more_than_anybody(kept.permitted)
    kept.save()
    notes = client.get(f"/api/present?meeting={number}").json()["about"]["notes"]
    assert notes == [ASKED_AGAIN, "Letters are those of your own list: go by names."]
    open_account(user="front", role="frontline", agency=None, password=None, by="analyst", at=at)
    client.force_login(User.objects.get(username="front"))
    assert client.get(f"/api/present?meeting={number}").status_code == 403
