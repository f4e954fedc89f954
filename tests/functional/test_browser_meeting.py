"""Taking minutes at the meeting, by keyboard: saved on the way, and both texts shown where somebody else wrote meanwhile."""

import re
import time
from datetime import date, timedelta

import pytest

pytestmark = pytest.mark.browser
FREEZE_LIMIT_S = 120


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


def kept_numbers(page) -> list[str]:
    """What each place of "Hot now" says it holds, as the meeting's page shows it."""
    page.locator("#agenda a", has_text="Hot now").click()
    page.wait_for_selector("#in-hand-title:has-text('Hot now')")
    return page.locator(".kept-places li > div > p:nth-of-type(2)").all_inner_texts()


def freeze(page) -> None:
    """Press *Freeze now*; where answers are still worked out, again, as the page says."""
    until = time.monotonic() + FREEZE_LIMIT_S
    while True:
        page.get_by_role("button", name="Freeze now").click()
        page.wait_for_selector(".messages, .stamp:not(.is-open)")
        if page.locator(".stamp:not(.is-open)").count():
            return
        assert "freeze again in a moment" in page.locator(".messages").inner_text()
        assert time.monotonic() < until, "what the freeze waits for is not worked out"
        time.sleep(0.5)


def planned(page, day: date) -> None:
    """A meeting of the whole county on that day, by the form."""
    page.get_by_role("link", name="Meetings", exact=True).first.click()
    page.get_by_text("Plan a meeting").click()
    page.get_by_label("Quadrant").select_option(label="The whole county")
    page.get_by_label("Day").fill(day.isoformat())
    page.get_by_role("button", name="Plan it").click()
    page.wait_for_selector(".stamp.is-open:has-text('Numbers still move')")


def seat_and_minute(page) -> None:
    police = page.locator(".seat", has=page.get_by_text("Police", exact=True))
    police.get_by_label("present").check()
    page.get_by_role("button", name="Save who is here").click()
    page.wait_for_selector(".seat input[value=present]:checked")
    page.locator("#agenda a", has_text="Welcome").click()
    page.get_by_label(re.compile("^Minutes of item")).fill("The marking was read out.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**#minute")
    assert page.get_by_label(re.compile("^Minutes of item")).input_value() == "The marking was read out."


def decided(page) -> str:
    """A decision with an owner and a day, from the meeting's page; gives its sentence."""
    page.get_by_role("link", name="Record a decision").click()
    page.get_by_label("Agency").select_option(label="Youth service")
    page.get_by_label("will", exact=True).select_option("detached_youth_work")
    page.get_by_label("at", exact=True).select_option(index=1)
    page.get_by_label("by", exact=True).fill("+2w")
    page.get_by_role("button", name="Save decision").click()
    page.wait_for_selector("h1:has-text('Youth service will')")
    return page.locator("h1").inner_text()


def asked_and_answered(page, question: str, answer: str) -> None:
    page.get_by_role("link", name="Questions", exact=True).click()
    page.get_by_label("The question", exact=True).fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    mine = page.locator("article.asked", has_text=question)
    mine.get_by_label("Answer").fill(answer)
    mine.get_by_role("button", name="Answered").click()
    mine.wait_for(state="detached")


def at_the_list(page, name: str) -> None:
    """Back to all meetings, and into the one of that name."""
    page.get_by_role("link", name="Meetings", exact=True).first.click()
    page.get_by_role("link", name=name, exact=True).click()


def test_a_meeting_from_its_planning_to_its_replay_by_what_can_be_seen_and_pressed(visitor):
    """A meeting of its own, of the whole county and of yesterday: closed again, it is in nobody's way."""
    visitor.sign_in("chair")
    page, day = visitor.page, date.today() - timedelta(days=1)
    name = f"The county, {day:%-d %B %Y}"
    planned(page, day)
    at_the_list(page, name)
    freeze(page)
    assert "can be shown again" in page.locator(".stamp").inner_text()
    numbers = kept_numbers(page)
    assert numbers
    seat_and_minute(page)
    decision = decided(page)
    asked_and_answered(page, "Who opens the gate by the canal?", "The parks team, at seven.")

    at_the_list(page, name)
    page.locator("#agenda a", has_text="Actions review").click()
    assert decision in page.locator("#in-hand").inner_text()
    page.locator("#agenda a", has_text="Questions to the group").click()
    page.wait_for_selector("#in-hand:has-text('The parks team, at seven.')")
    page.get_by_role("button", name="The meeting was held").click()
    page.get_by_role("checkbox", name="Nothing more is minuted").check()
    page.get_by_role("button", name="Close the meeting").click()
    page.wait_for_selector(".page-meeting:not(:has(#minute))")
    at_the_list(page, name)
    assert kept_numbers(page) == numbers
    assert visitor.violations() == []

    page.get_by_role("link", name="Another meeting").click()
    page.locator(".meetings-over a").first.click()
    assert kept_numbers(page)
    page.get_by_role("link", name="What was kept, and today").click()
    page.wait_for_selector("h1:has-text('What was kept')")
    assert page.locator(".digest").count() >= 3
    page.get_by_role("link", name="Ask the same today").click()
    page.wait_for_selector("section:has(h2:has-text('Hot now')) :text-matches('As frozen')")
    assert visitor.violations() == []
