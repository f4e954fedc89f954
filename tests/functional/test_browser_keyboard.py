"""A filter, a comparison and a play, from the first key to the last: no pointer, and the keyboard is never lost."""

import pytest

from tests.functional.test_browser import at_map, settled, words_of

pytestmark = pytest.mark.browser
PERIOD = "from=2026-01-01&to=2026-07-01"
STOPS = 120
"""More stops than any page has: who has not arrived by then never will."""


class Hands:
    """Somebody at the keyboard of a visitor's page."""

    def __init__(self, visitor) -> None:
        self.visitor = visitor

    def on(self, selector: str) -> bool:
        return self.visitor.page.evaluate("one => document.activeElement.matches(one)", selector)

    def to(self, selector: str, *, back: bool = False) -> None:
        for _ in range(STOPS):
            if self.on(selector):
                return
            self.visitor.page.keyboard.press("Shift+Tab" if back else "Tab")
        pytest.fail(f"{selector} cannot be reached by keyboard")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.visitor.page.keyboard.press(key)
        settled(self.visitor)


@pytest.fixture
def hands(visitor) -> Hands:
    at_map(visitor, f"?{PERIOD}&level=ward")
    return Hands(visitor)


def test_a_filter_a_brush_and_a_chip_by_keyboard_alone(hands, visitor):
    hands.to('[data-key="agencies-police"]')
    hands.press("Space")
    assert hands.on('[data-key="agencies-police"]')
    assert words_of(visitor)["agency"] == ["police"]
    hands.to(".week-grid")
    hands.press("ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown", "Enter")
    assert (words_of(visitor)["hours"], words_of(visitor)["weekdays"]) == (["16-17"], ["mon-tue"])
    hands.to('[data-grip="first"]')
    hands.press("ArrowRight")
    assert hands.on('[data-grip="first"]')
    assert words_of(visitor)["from"] == ["2026-02-01"]
    hands.to(".chips .chip", back=True)
    while "hours" in words_of(visitor) or "agency" in words_of(visitor):
        assert hands.on(".chips .chip"), "the chip that went took the keyboard with it"
        hands.press("Enter")
    assert hands.on('.levels-now [aria-pressed="true"]')
    assert words_of(visitor)["from"] == ["2026-02-01"]


def test_past_the_filters_a_comparison_a_typed_day_and_a_play_by_keyboard_alone(hands, visitor):
    hands.to("button.skip-link")
    hands.press("Tab", "Enter")
    assert hands.on('[data-key="back"]')
    hands.to('[data-key="compare"]')
    hands.press("ArrowDown")
    assert words_of(visitor)["compare"] == ["side"]
    hands.to('[data-key="compare-difference"]')
    hands.press("Enter")
    visitor.page.wait_for_selector(".evidence h3:has-text('against')")
    assert hands.on('[data-key="compare-difference"]')
    assert words_of(visitor)["compare"] == ["difference"]
    hands.to('[data-key="compare"]', back=True)
    hands.press("Home")
    assert "with" not in words_of(visitor)

    hands.to('[data-key="play"]', back=True)
    hands.press("Enter")
    assert words_of(visitor)["to"] == ["2026-08-01"], "who wants no motion plays a month at a time"
    visitor.page.emulate_media(reduced_motion="no-preference")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_selector(".play-month:not([hidden])")
    visitor.page.keyboard.press("Space")
    visitor.page.wait_for_selector(".play-month", state="hidden")
    settled(visitor)
    assert hands.on('[data-key="play"]')

    hands.to('[data-key="known"]')
    hands.press("End")
    hands.to('[data-key="known-day"]')
    visitor.page.keyboard.type("01012026")
    assert hands.on('[data-key="known-day"]'), "a day is not taken before it is whole"
    assert "known" not in words_of(visitor)
    hands.press("Enter")
    assert words_of(visitor)["known"] == ["2026-01-01"]
