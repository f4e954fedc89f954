"""What lies over the map, in a browser: around a hotspot, a symbol's panel by keyboard, silence, gaps both ways."""

import pytest

from tests.functional.test_browser import at_map, fetched, settled, words_of

pytestmark = pytest.mark.browser
FIRST_WALK_MS = 60_000
"""The first walk of a server makes its street network and compiles what walks it."""
SHOWN = "school,hotel,notice_cpn,notice_closure,work_session,childrens_home"


def test_a_group_asks_what_is_around_a_hotspot_and_sees_how_far_one_walks(visitor):
    at_map(visitor, f"?show={SHOWN}")
    page = visitor.page
    page.wait_for_selector(".spots .spot")
    name = page.locator(".spots .spot b").first.inner_text()
    page.locator(".spots .spot").first.click()
    page.wait_for_selector(".around-place .ring-switch", timeout=FIRST_WALK_MS)
    assert page.locator(".evidence .place-name").inner_text() == name
    assert "walk" in page.locator(".around-place h3").first.inner_text()
    page.locator('.around-place [data-key="walk-10"]').click()
    page.wait_for_selector(".ring-name:has-text('10-minute walk')")
    assert words_of(visitor)["walk"] == ["10"]
    assert page.locator(".ring-name").all_inner_texts() == ["5 minutes", "10-minute walk"]
    assert page.locator(".compared-box b").count() > 0
    page.wait_for_load_state("networkidle")
    assert visitor.violations() == []
    page.locator('.around-place [data-key="walk-null"]').click()
    page.wait_for_selector(".ring-name", state="detached")
    assert "walk" not in words_of(visitor)


def test_every_overlay_is_read_without_the_map_and_by_keyboard_alone(visitor):
    at_map(visitor, f"?level=ward&view=table&show={SHOWN}")
    page = visitor.page
    page.wait_for_selector(".twin-overlays tbody tr")
    heads = page.locator(".twin-overlays th[scope=col]").all_inner_texts()
    assert heads == ["Class", "Name", "Where", "State", "Dates"]
    assert "Quiet or silent?" in page.locator(".twin-units th[scope=col]").all_inner_texts()
    kept = page.locator('.twin-overlays tr:has-text("Children\'s home") td').all_inner_texts()
    assert any("somewhere in" in words for words in kept)
    assert visitor.violations() == []
    link = page.locator(".twin-overlays tbody button").first
    name = link.inner_text()
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".symbol-panel:not([hidden])")
    assert name in page.locator(".symbol-panel").inner_text()
    assert page.evaluate("document.activeElement.className") == "symbol-panel"
    page.keyboard.press("Escape")
    page.wait_for_selector(".symbol-panel", state="hidden")


def test_silence_is_hatched_where_it_is_and_the_gaps_are_told_both_ways(visitor):
    at_map(visitor, f"?from=2025-11-01&to=2026-11-01&show={SHOWN}")
    page = visitor.page
    silent = fetched(visitor, "/api/silence?from=2025-11-01&to=2026-11-01")["areas"]
    assert page.locator(".silence-plate").count() == len(silent)
    if silent:
        page.locator(".silence-plate").first.press("Enter")
        page.wait_for_selector(".symbol-panel:has-text('silent, not quiet')")
        page.keyboard.press("Escape")
    page.locator(".in-place summary").first.click()
    page.wait_for_selector(".in-place .ring-switch")
    settled(visitor)
    words = page.locator(".in-place").inner_text()
    assert "no notice in force" in words
    assert "no concern around" in words
    assert visitor.violations() == []
