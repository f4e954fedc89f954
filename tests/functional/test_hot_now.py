"""The landing page: what it says to whom, that its letters are the map's, and a visitor's way from it to the map."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from trigpoint.changes.accounts import open_account
from trigpoint.db.models import User
from trigpoint.gate.landing_questions import ON_STREETS
from trigpoint.gate.standing import standing_questions

LONGEST_MS = 120_000


def told(client):
    answer = client.get("/api/agenda")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_an_empty_home_says_what_to_do(home, client):
    client.force_login(User.objects.get(username="analyst"))
    page = client.get("/")
    assert page.status_code == 200
    assert "Nothing has been published yet" in page.content.decode()


def test_letters_are_those_of_the_answer_behind_the_map(county, client):
    agenda = told(client)
    about = agenda["about"]["period"]
    words = {**ON_STREETS, "from": about[0], "to": about[1]}
    found = client.get("/api/hotspots", words).json()
    assert [one["letter"] for one in agenda["places"]] == [one["letter"] for one in found["hotspots"]]
    assert [one["letter"] for one in agenda["concerns"]] == [one["letter"] for one in found["concerns"]]
    by_letter = {one["letter"]: one for one in found["hotspots"]}
    for place in agenda["places"]:
        query = parse_qs(urlsplit(place["href"]).query)
        assert query["hotspot"] == [str(by_letter[place["letter"]]["id"])]
        assert {word: query[word][0] for word in words} == words


def test_the_shape_that_the_presentation_reads(county, client):
    agenda = told(client)
    assert set(agenda) == {
        "about", "quadrants", "places", "watched", "concerns", "changes", "questions", "health", "waiting", "refused",
        "runs",
    }  # fmt: skip
    assert agenda["about"]["trace"]["feeds"]
    assert [len(one["months"]) for one in agenda["health"] if one["months"]]


def test_quadrants_of_the_home_are_switched_and_others_refused(county, client):
    assert 'class="quadrants"' not in client.get("/").content.decode()
    choices = client.get("/api/choices").json()["districts"]
    lines = "".join(
        f"- {{code: part{at}, name: Part {at}, districts: [{one['code']}]}}\n"
        for at, one in enumerate(choices)
    )
    (county.definitions / "quadrants.yaml").write_text(lines, encoding="utf-8")
    page = client.get("/", {"quadrant": "part0"}).content.decode()
    assert "Hot now in Part 0 quadrant" in page
    assert page.count('href="?quadrant=') == len(choices)
    assert client.get("/", {"quadrant": "nowhere"}).status_code == 400


@pytest.mark.parametrize("role", ["frontline", "governance"])
def test_nobody_is_led_to_a_page_that_is_not_open_to_them(county, client, at, role):
    open_account(user="one", role=role, agency=None, password=None, by="analyst", at=at)
    client.force_login(User.objects.get(username="one"))
    page = client.get("/")
    assert page.status_code == 200
    links = re.findall(r'href="(/[^"?]*)', page.content.decode())
    assert links
    assert all(client.get(link).status_code < 400 for link in links if "/static/" not in link)


def test_what_takes_long_on_the_page_is_worked_out_ahead():
    ahead = [
        (one.kind, one.level, one.background, one.period_from, one.period_to)
        for one in standing_questions(date(2024, 1, 1), date(2026, 1, 1), today=date(2026, 1, 20))
    ]
    year = (date(2025, 1, 1), date(2026, 1, 1))
    assert ("joint", "street", "past", *year) in ahead
    assert ("questions", "street", "", *year) in ahead


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chair_goes_from_a_card_to_its_place_on_the_map(visitor, scheme):
    visitor.page.emulate_media(color_scheme=scheme)
    visitor.sign_in("chair")
    assert urlsplit(visitor.page.url).path == "/"
    visitor.page.wait_for_selector("#agenda:not([data-waits])", timeout=LONGEST_MS)
    assert visitor.violations() == []
    cards = visitor.page.locator(".place-card .place-name a")
    heading = visitor.page.locator(".hot-head .lead").inner_text()
    if cards.count() == 0:
        assert "Nothing passes the test here" in heading
        return
    card = visitor.page.locator(".place-card").first
    name, letter = cards.first.inner_text(), card.locator(".plate").inner_text()
    # the whole card is the link: what is pressed at the question is the link laid over it
    card.locator(".place-question").click(force=True)
    visitor.page.wait_for_selector(f".evidence .place-name:has-text('{name}')")
    assert urlsplit(visitor.page.url).path == "/map/"
    if letter:
        assert visitor.page.locator(".evidence .plate").first.inner_text() == letter


@pytest.mark.browser
@pytest.mark.viewport(320, 700)
def test_the_smallest_phone_never_scrolls_the_agenda_sideways(visitor):
    visitor.sign_in("chair")
    visitor.page.wait_for_selector("#agenda")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert visitor.violations() == []
    assert visitor.page.locator(".hot-bottom a").count() == 4


@pytest.mark.browser
def test_without_scripts_the_agenda_is_whole(chromium, server):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/sign-in/demo/")
    page.locator('button[name="username"][value="analyst"]').click()
    assert page.locator("h1").inner_text().startswith("Hot now in")
    page.locator(".quadrants a").nth(1).click()
    assert "quadrant=" in page.url
    assert page.locator(".rail-title").count() == 3
    context.close()


def test_a_browser_is_shown_the_frame_first_and_the_whole_page_from_then_on(county, client, monkeypatch):
    monkeypatch.setattr("trigpoint.web.views.hot_now._put_together", set())
    browser = {"HTTP_SEC_FETCH_MODE": "navigate"}
    first = client.get("/", {"quadrant": ""}, **browser).content.decode()
    assert 'data-waits="first"' in first
    assert "whole=yes" in first
    assert "place-card" not in first
    whole = client.get("/", {"whole": "yes"}, **browser).content.decode()
    assert 'data-waits="first"' not in whole
    assert 'data-waits="first"' not in client.get("/", **browser).content.decode()
