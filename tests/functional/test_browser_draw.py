"""A place is drawn by hand, keyboard alone: from the middle of the map and by ticks in its table, then read back."""

import pytest

from tests.functional.test_browser import settled
from tests.functional.test_browser_decide import tab_to

pytestmark = pytest.mark.browser


def test_a_place_is_drawn_by_keyboard_and_its_page_leads_back_to_the_map(visitor):
    page, keys = visitor.page, visitor.page.keyboard
    visitor.sign_in("chair")
    page.goto(f"{visitor.server}/map/?draw=new")
    settled(visitor)
    page.wait_for_selector(".draw-place h2")
    page.locator(".map-holder canvas").first.focus()
    keys.press("Enter")
    page.wait_for_selector(".drawn-units li")
    keys.press("t")
    page.wait_for_selector(".twin tbody input[type=checkbox]")
    page.locator(".twin tbody input:not(:checked)").first.focus()
    keys.press("Space")
    page.wait_for_selector("legend:has-text('It covers 2 hexagons')")
    # names, and what lies on the same ground, have come
    page.wait_for_function(
        "() => !document.querySelector('.drawn-units li')?.textContent.match(/^8[0-9a-f]{14}/)"
    )
    tab_to(visitor, ".draw-place [name=name]", most=250)
    keys.type("Behind the market")
    for box in page.locator(".drawn-beside input").all():
        box.focus()
        keys.press("Space")
    assert visitor.violations() == []
    page.locator(".draw-place [data-key=draw-save]").focus()
    keys.press("Enter")
    page.wait_for_selector("h1:has-text('Behind the market')")
    assert "2 hexagons" in page.locator(".lead").inner_text()
    page.locator("text=Change what it covers").press("Enter")
    page.wait_for_selector(".draw-place h2:has-text('Change what Behind the market covers')")
    assert page.locator(".drawn-units li").count() == 2
