"""A meeting's way through the analyses: what hotspots are compared with on the map, then the questions to ask."""

from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.browser
LONGEST_MS = 120_000


def answered(visitor, path: str) -> None:
    """Go there, and wait where the worker must first work it out: the page comes back by itself."""
    visitor.page.goto(f"{visitor.server}{path}")
    visitor.page.wait_for_selector(".finding", timeout=LONGEST_MS)


def test_a_background_chosen_on_the_map_changes_what_is_said(visitor):
    visitor.sign_in()
    visitor.page.goto(f"{visitor.server}/map/")
    said = visitor.page.locator(".compared")
    visitor.page.wait_for_selector(".compared:has-text('Tested against')")
    usual = said.inner_text()
    assert usual.startswith("Tested against ")
    assert visitor.page.locator("#tested-against").input_value() == ""
    visitor.page.locator("#tested-against").select_option("children")
    visitor.page.wait_for_selector(".compared:has-text('the children living here')")
    assert said.inner_text() != usual
    assert parse_qs(urlsplit(visitor.page.url).query)["background"] == ["children"]
    assert visitor.violations() == []
    visitor.page.reload()
    visitor.page.wait_for_selector("#tested-against")
    assert visitor.page.locator("#tested-against").input_value() == "children"
    visitor.page.go_back()
    visitor.page.wait_for_selector(".compared:has-text('Tested against'):not(:has-text('the children'))")
    assert said.inner_text() == usual


def test_the_questions_are_cards_that_lead_to_what_is_behind_them(visitor):
    visitor.sign_in("chair")
    visitor.page.get_by_role("link", name="Ask", exact=True).click()
    visitor.page.wait_for_selector(".analyses")
    assert visitor.violations() == []
    visitor.page.get_by_role("link", name="What should we ask each other?").click()
    visitor.page.wait_for_selector(".finding", timeout=LONGEST_MS)
    assert visitor.violations() == []
    cards = visitor.page.locator(".question-card")
    assert cards.count() > 0
    assert visitor.page.locator(".question-words").first.inner_text().strip().endswith("?")
    visitor.page.locator(".theme-toggle").click()
    assert visitor.page.locator("html").get_attribute("data-theme") == "dark"
    assert visitor.violations() == []
    behind = cards.locator("a").first
    href = behind.get_attribute("href")
    behind.click()
    visitor.page.wait_for_url(f"**{urlsplit(href).path}*")
    assert visitor.page.locator("h1").count() == 1


@pytest.mark.viewport(390, 844)
@pytest.mark.parametrize("kind", ["hotspots", "rates", "silence", "shifts"])
def test_no_analysis_is_wider_than_a_phone(visitor, kind):
    visitor.sign_in()
    answered(visitor, f"/analysis/{kind}/")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert visitor.violations() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_answer_is_sound_in_light_and_dark(visitor, scheme):
    visitor.page.emulate_media(color_scheme=scheme)
    visitor.sign_in()
    answered(visitor, "/analysis/hotspots/?background=records")
    assert "Tested against all records here" in visitor.page.locator(".answer-notes").first.inner_text()
    assert visitor.violations() == []


@pytest.mark.parametrize("kind", ["hotspots", "rates"])
def test_who_may_see_no_record_is_told_so(visitor, kind):
    visitor.sign_in("frontline")
    refused = visitor.page.goto(f"{visitor.server}/analysis/{kind}/")
    assert refused.status == 403
    assert visitor.page.locator("table").count() == 0
    assert visitor.violations() == []
    visitor.faults[:] = [fault for fault in visitor.faults if "403" not in fault]


def test_without_scripts_a_background_is_chosen_in_a_form(chromium, server):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/sign-in/demo/")
    page.locator('button[name="username"][value="analyst"]').click()
    page.goto(f"{server}/analysis/hotspots/")
    page.locator("#a-background").select_option("past")
    page.get_by_role("button", name="Ask").click()
    assert "the place's own past" in page.locator(".answer-notes").first.inner_text()
    context.close()
