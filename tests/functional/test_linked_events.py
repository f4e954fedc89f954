"""Counting records or linked events, and the page of what is told more than once: two viewers, and the browser."""

import html
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.factories.small_county import publish_small_county
from tests.functional.test_two_viewers import signed_in
from trigpoint.db.models import User

WORDS = {"level": "ward"}
EVENTS = {**WORDS, "counted": "events"}
VIEWERS = ("analyst", "education-member")


@pytest.fixture(scope="module")
def viewers(server):
    return {name: signed_in(server, name) for name in VIEWERS}


def answered(person, path, words):
    status, text = person.get(path, words)
    assert status == 200, text
    return json.loads(text)


def content(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def page_of(person, words=None, path="/events/"):
    status, text = person.get(path, words or {})
    assert status == 200
    return html.unescape(text)


@pytest.mark.parametrize("name", VIEWERS)
def test_the_switch_counts_what_the_gate_counts_on_every_surface(viewers, name):
    person = viewers[name]
    period = dict(zip(("from", "to"), answered(person, "/api/choices", {})["period"], strict=True))
    records = answered(person, "/api/picture", {**WORDS, **period})["about"]
    events = answered(person, "/api/picture", {**EVENTS, **period})
    told = answered(person, "/export/events.json", {**WORDS, **period})
    exported = answered(person, "/export/counts.json", {**EVENTS, **period})
    assert (records["counted"], events["about"]["counted"]) == ("records", "events")
    assert told["about"]["total"] == records["total"] > events["about"]["total"] == told["about"]["events"]
    assert exported["about"]["total"] == events["about"]["total"]
    assert sum(events["months"]["count"]) == events["about"]["total"]
    units = dict(zip(events["units"]["code"], events["units"]["count"], strict=True))
    assert {one["code"]: one["count"] for one in exported["rows"] if one["count"]} == units
    table = page_of(person, {**EVENTS, **period}, "/table")
    assert f"{events['about']['total']:,} linked events" in table
    assert '<th scope="col" class="num">Linked events</th>' in table
    assert re.search(r'value="events" checked', table)
    assert re.search(r'value="records" checked', page_of(person, WORDS, "/table"))


def test_the_classes_of_the_map_do_not_move_with_what_is_counted(viewers):
    one, other = (answered(viewers["analyst"], "/api/picture", words)["about"] for words in (WORDS, EVENTS))
    assert one["breaks"] == other["breaks"]


def test_evidence_and_hotspots_count_events_too(viewers):
    person = viewers["analyst"]
    unit = answered(person, "/api/picture", EVENTS)["units"]
    code, count = max(zip(unit["code"], unit["count"], strict=True), key=lambda one: one[1])
    told = answered(person, "/api/evidence", {**EVENTS, "unit": code})
    assert told["counted"] == "events"
    assert sum(told["months"]["count"]) == told["count"] <= count
    tested = answered(person, "/api/hotspots", {"level": "cell:9", "counted": "events"})
    assert tested["about"]["counted"] == "events"


def test_a_way_of_counting_that_there_is_not_is_refused(viewers):
    status, told = viewers["analyst"].get("/api/picture", {**WORDS, "counted": "children"})
    assert status == 400
    assert "way of counting" in json.loads(told)["sentence"]


@pytest.mark.parametrize("name", VIEWERS)
def test_each_reads_how_often_their_own_records_tell_one_event(viewers, name):
    person = viewers[name]
    usual = {"analyst": "ward", "education-member": "district"}[name]
    gate = answered(person, "/export/events.json", {"level": usual})
    page = page_of(person, {"months": "all"})
    about = gate["about"]
    assert f"{about['total']:,} records tell {about['events']:,} events." in page
    assert f"{len(gate['rows'])} are told by two or more feeds" in page
    assert page.count('<td class="sure">') == min(len(gate["rows"]), 100) > 0
    assert ("kept to it" in page) == (usual == "district")


def test_two_viewers_are_told_of_what_each_may_see(viewers):
    full, part = (page_of(viewers[name], {"months": "all"}) for name in VIEWERS)
    assert full.count('<td class="sure">') > part.count('<td class="sure">')
    by_ward = page_of(viewers["education-member"], {"months": "all", "level": "ward"})
    assert "keeps this to the district" in by_ward
    assert by_ward.count('<td class="sure">') <= part.count('<td class="sure">')


def test_a_district_and_the_last_months_narrow_the_page_without_scripts(viewers):
    person = viewers["analyst"]
    every = page_of(person, {"months": "all"})
    lately = page_of(person)
    assert 0 < lately.count('<td class="sure">') < every.count('<td class="sure">')
    districts = [one["code"] for one in answered(person, "/api/choices", {})["districts"]]
    narrowed = [page_of(person, {"months": "all", "district": code}) for code in districts]
    outside = every.count("<td>In no district</td>")
    assert sum(one.count('<td class="sure">') for one in narrowed) + outside == every.count(
        '<td class="sure">'
    )
    astray = page_of(person, {"district": "nowhere", "level": "street", "page": "x"})
    assert content(astray) == content(lately)


def test_nothing_on_the_page_numbers_a_record(viewers):
    header = viewers["analyst"].get("/export/events.csv", WORDS)[1].splitlines()[0]
    assert header == "month,district_code,ward_code,records,agencies,probability,reason,circular"


@pytest.mark.parametrize("name", ["frontline", "governance"])
def test_who_may_see_no_record_is_told_why_and_sees_no_link(server, name):
    person = signed_in(server, name)
    assert person.get("/events/")[0] == 403
    assert "/events/" not in page_of(person, path="/about/")


def test_coverage_and_the_method_lead_there(viewers):
    for path in ("/coverage/", "/about/"):
        assert 'href="/events/"' in page_of(viewers["analyst"], path=path)
    assert re.search(r'href="/coverage/" aria-current="page">Coverage', page_of(viewers["analyst"]))


BREAK = """
- code: system
  date: 2026-02-10
  about: false
  feeds: all
  themes: []
  title: The police change their system
  text: Some categories are split in two.
"""
SENTENCE = (
    "From 10 February 2026: The police change their system. Before and after cannot be compared. "
    "Some categories are split in two."
)


def test_a_change_of_definition_is_named_on_the_chart_and_under_the_table(home, at, tmp_path, client):
    (home.definitions / "breaks.yaml").write_text(BREAK, encoding="utf-8")
    publish_small_county(tmp_path / "files", by="analyst", at=at)
    client.force_login(User.objects.get(username="analyst"))
    mark = {
        "day": "2026-02-10", "about": False, "name": "The police change their system", "sentence": SENTENCE
    }  # fmt: skip
    picture = client.get("/api/picture", WORDS).json()
    assert picture["months"]["breaks"] == [mark]
    unit = picture["units"]["code"][0]
    assert client.get("/api/evidence", {**WORDS, "unit": unit}).json()["months"]["breaks"] == [mark]
    assert SENTENCE in html.unescape(client.get("/table", WORDS).content.decode())
    after = client.get("/table", {**WORDS, "from": "2026-03-01", "to": "2026-04-01"}).content.decode()
    assert "cannot be compared" not in after


def settled(visitor):
    visitor.page.wait_for_load_state("networkidle")
    visitor.page.wait_for_selector('.evidence:not([aria-busy="true"]) .place-name')


@pytest.mark.browser
def test_one_press_counts_linked_events_and_back_counts_records(visitor):
    visitor.sign_in()
    visitor.page.goto(f"{visitor.server}/map/?level=ward")
    settled(visitor)
    records = visitor.page.locator(".evidence .place .hint").inner_text()
    visitor.page.locator('[data-key="counted-events"]').click()
    visitor.page.wait_for_selector(".evidence .place .hint:has-text('linked events')")
    settled(visitor)
    assert parse_qs(urlsplit(visitor.page.url).query)["counted"] == ["events"]
    words = visitor.page.locator(".evidence .place .hint").inner_text()
    assert number_in(words) < number_in(records)
    assert visitor.page.locator(".legend-title").inner_text().startswith("Linked events in a ward")
    assert "Linked events a month" in visitor.page.locator(".period").inner_text()
    assert visitor.violations() == []
    visitor.page.locator('.chips [data-key="counted"]').click()
    visitor.page.wait_for_selector(".evidence .place .hint:has-text('records')")
    assert "counted" not in visitor.page.url
    visitor.page.go_back()
    visitor.page.wait_for_selector(".evidence .place .hint:has-text('linked events')")


def number_in(words: str) -> int:
    return int(re.sub(r"\D", "", words.split(".")[0]))


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/events/?months=all", "/coverage/", "/table?level=ward&counted=events"])
def test_the_pages_are_sound_in_light_and_dark(visitor, path, scheme):
    visitor.sign_in()
    visitor.page.emulate_media(color_scheme=scheme)
    visitor.page.goto(f"{visitor.server}{path}")
    assert visitor.page.locator("h1").count() == 1
    assert visitor.violations() == []


@pytest.mark.browser
@pytest.mark.viewport(390, 844)
def test_a_phone_never_scrolls_the_page_of_events_sideways(visitor):
    visitor.sign_in()
    visitor.page.goto(f"{visitor.server}/events/?months=all")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert visitor.violations() == []
