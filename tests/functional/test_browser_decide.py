"""A minute-taker records a decision on a hotspot from the map, keyboard alone: what was saved is what was typed."""

import re
import time

import pytest

from tests.functional.test_browser import settled, year_of

pytestmark = pytest.mark.browser


def tab_to(visitor, selector, most=80):
    """Press Tab until the focus is there."""
    for _ in range(most):
        if visitor.page.evaluate("(one) => document.activeElement?.matches(one) ?? false", selector):
            return
        visitor.page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {selector}")


def test_a_decision_is_recorded_from_the_map_by_keyboard_alone(visitor):
    visitor.sign_in("chair")
    visitor.page.goto(f"{visitor.server}/map/")
    settled(visitor)
    told = visitor.page.request.get(f"{visitor.server}/api/hotspots?level=cell:9&{year_of(visitor)}").json()
    assert told["hotspots"], "no hexagon of this home passes the test"
    spot = told["hotspots"][0]
    began = time.monotonic()
    keys = visitor.page.keyboard
    tab_to(visitor, ".evidence .spot", most=250)
    keys.press("Enter")
    visitor.page.wait_for_selector(".decide-button")
    keys.press("d")
    visitor.page.wait_for_selector(".decide select[name=agency]:focus")
    keys.press("Control+Enter")
    visitor.page.wait_for_selector(".decide select[name=kind]:focus")
    assert (
        visitor.page.locator(".decide-sentence + .decide-trouble").inner_text()
        == "Choose what is to be done."
    )
    keys.press("Shift+Tab")
    keys.type("youth s")
    keys.press("Tab")
    keys.type("run det")
    keys.press("Tab")
    keys.type("+3w")
    keys.press("Tab")
    keys.press("Control+A")
    keys.type("run six sessions after school")
    keys.press("Control+Enter")
    visitor.page.wait_for_selector(".decide h2:has-text('is saved')")
    print(f"from the map to the saved decision: {time.monotonic() - began:.1f} s")
    number = re.search(r"\d+", visitor.page.locator(".decide h2").inner_text())
    assert number is not None
    kept = visitor.page.locator(".decide-kept").inner_text()
    assert kept.startswith(f"Youth service will run six sessions after school at {spot['name']}. By ")
    assert visitor.page.locator(".decide a").first.inner_text() == spot["name"]
    tab_to(visitor, ".decide a")
    keys.press("Enter")
    visitor.page.wait_for_selector("h1.page-title")
    told = visitor.page.locator(f'.table.actions th a[href="/actions/{number[0]}/"]').inner_text()
    assert told == f"Youth service will run six sessions after school at {spot['name']}."
    assert visitor.violations() == []
