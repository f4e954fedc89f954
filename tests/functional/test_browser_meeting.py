"""Taking minutes at the meeting, by keyboard: saved on the way, and both texts shown where somebody else wrote meanwhile."""

import re


def frozen_meeting(visitor) -> str:
    """The address of the demo's meeting that is frozen and not closed."""
    visitor.page.goto(f"{visitor.server}/meetings/")
    found = visitor.page.locator(".coming", has_text="Frozen since").locator("h2 a").first
    return visitor.server + found.get_attribute("href")


def test_minutes_are_saved_by_keyboard_and_never_lost(visitor):
    visitor.sign_in()
    meeting = frozen_meeting(visitor)
    page = visitor.page
    page.goto(meeting)
    text = page.get_by_label(re.compile("^Minutes of item"))
    before = text.input_value()
    text.fill(f"{before} Markings were read out.")
    text.press("Control+Enter")
    page.wait_for_selector(".minute-saved:has-text('Saved at')")
    page.reload()
    assert text.input_value().endswith("Markings were read out.")
    other = page.context.new_page()
    other.goto(meeting)
    text.fill("The first of two texts.")
    text.press("Control+Enter")
    page.wait_for_selector(".minute-saved:has-text('Saved at')")
    other.get_by_label(re.compile("^Minutes of item")).fill("The second of two texts.")
    other.keyboard.press("Control+Enter")
    other.wait_for_selector("h1:has-text('Here are both')")
    assert "The first of two texts." in other.locator("table").inner_text()
    assert "The second of two texts." in other.locator("table").inner_text()
    other.close()
    assert visitor.violations() == []
    visitor.faults[:] = [fault for fault in visitor.faults if "409" not in fault]
