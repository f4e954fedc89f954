"""A minute-taker minutes a place from the map, keyboard alone, and finds it in the minutes of the meeting."""

import pytest

from tests.functional.test_browser import year_of

pytestmark = pytest.mark.browser


def test_a_minute_is_taken_of_a_place_on_the_map_by_keyboard_alone(visitor):
    visitor.sign_in("chair")
    page = visitor.page
    page.goto(f"{visitor.server}/map/")
    page.wait_for_selector('.evidence:not([aria-busy="true"]) .spot')
    told = page.request.get(f"{visitor.server}/api/hotspots?level=cell:9&{year_of(visitor)}").json()
    spot = told["hotspots"][-1]
    keys = page.keyboard
    page.locator(f'.evidence .spot[data-key="spot-{spot["id"]}"]').focus()
    keys.press("Enter")
    page.wait_for_selector(".minute-button")
    keys.press("m")
    page.wait_for_selector(".minutes textarea:focus")
    name = page.locator(".minutes h2").inner_text()
    assert visitor.violations() == []
    keys.press("Control+A")
    keys.type("Ring 07700 900123 about it.")
    keys.press("Control+Enter")
    page.wait_for_selector(".minutes .decide-trouble:has-text('seems to tell of')")
    keys.press("Control+A")
    keys.type("The bus operator is asked to the next meeting.")
    keys.press("Control+Enter")
    page.wait_for_selector(".minutes-saved:has-text('Saved at')")
    meeting = page.locator(".minutes header a").get_attribute("href")
    keys.press("Escape")
    page.wait_for_selector(".minutes", state="hidden")
    keys.press("m")
    page.wait_for_selector(".minutes textarea:focus")
    assert page.locator(".minutes textarea").input_value() == "The bus operator is asked to the next meeting."
    page.goto(f"{visitor.server}{meeting}minutes/")
    document = page.locator("article").inner_text()
    assert document.count("The bus operator is asked to the next meeting.") == 1
    assert name in document
    visitor.faults[:] = [fault for fault in visitor.faults if "422" not in fault]
