"""Time on the map, by visible controls only: play, two periods, and the map as it was known."""

import pytest

from tests.functional.test_browser import at_map, fetched, settled, words_of

pytestmark = pytest.mark.browser
PERIOD = "from=2026-05-01&to=2026-11-01"


def chosen(visitor, label: str, starts: str) -> None:
    """The first option that begins with these words."""
    box = visitor.page.get_by_role("combobox", name=label)
    words = box.locator("option").all_inner_texts()
    box.select_option(label=next(one for one in words if one.startswith(starts)))


def test_two_periods_side_by_side_and_as_a_difference(visitor):
    at_map(visitor, f"?{PERIOD}&level=district")
    chosen(visitor, "Compare periods", "A year before")
    visitor.page.wait_for_selector(".map-second canvas")
    assert words_of(visitor)["with"] == ["2025-05-01..2025-11-01"]
    assert visitor.page.locator(".map-title").all_inner_texts() == ["May to Oct 2026", "May to Oct 2025"]
    settled(visitor)

    visitor.page.get_by_role("button", name="Difference").click()
    visitor.page.wait_for_selector(".evidence h3:has-text('against')")
    assert words_of(visitor)["compare"] == ["difference"]
    assert visitor.page.locator(".map-second").is_hidden()
    assert "cannot be compared" in visitor.page.locator(".legend").inner_text()
    assert visitor.violations() == []

    visitor.page.keyboard.press("t")
    told = fetched(visitor, f"/api/change?{PERIOD}&level=district&with=2025-05-01..2025-11-01")
    rows = visitor.page.locator(".twin tbody tr").all_inner_texts()
    assert len(rows) == len(told["units"]["code"])
    for row in rows:
        name, earlier, later, *_ = row.split("\t")
        at = told["units"]["name"].index(name)
        assert (int(earlier.replace(",", "")), int(later.replace(",", ""))) == (
            told["units"]["earlier"][at],
            told["units"]["later"][at],
        )
    visitor.page.locator('.chips [data-key="comparing"]').click()
    settled(visitor)
    assert "with" not in words_of(visitor)
    assert visitor.page.locator(".evidence h3:has-text('against')").count() == 0


def test_the_months_play_by_keyboard_and_a_pause_stays_in_the_address(visitor):
    visitor.page.emulate_media(reduced_motion="no-preference")
    at_map(visitor, "?from=2025-07-01&to=2025-08-01&level=district")
    visitor.page.keyboard.press(".")
    settled(visitor)
    assert words_of(visitor)["from"] == ["2025-08-01"]
    visitor.page.keyboard.press("p")
    # a slow machine may paint no frame while one very month is told
    visitor.page.wait_for_selector(".play-month b:text-matches('(October|November|December) 2025|2026')")
    visitor.page.keyboard.press("p")
    visitor.page.wait_for_selector(".play-month", state="hidden")
    settled(visitor)
    assert words_of(visitor)["from"][0] >= "2025-10-01"
    assert words_of(visitor)["to"][0] > words_of(visitor)["from"][0]
    visitor.page.keyboard.press(",")
    settled(visitor)


def test_with_reduced_motion_play_is_one_step(visitor):
    visitor.page.emulate_media(reduced_motion="reduce")
    at_map(visitor, "?from=2025-07-01&to=2025-08-01&level=district")
    visitor.page.keyboard.press("p")
    settled(visitor)
    assert words_of(visitor)["from"] == ["2025-08-01"]
    assert visitor.page.locator(".play-month").is_hidden()


def test_as_known_on_a_day_is_stamped_and_says_what_came_since(visitor):
    at_map(visitor, f"?{PERIOD}&level=district&known=2026-09-30")
    stamp = visitor.page.locator(".known-stamp")
    assert "As known on 30 September 2026" in stamp.inner_text()
    then, now = (
        fetched(visitor, f"/api/picture?{PERIOD}&level=district{known}")["about"]["total"]
        for known in ("&known=2026-09-30", "")
    )
    visitor.page.wait_for_selector(".evidence h3:has-text('What was known then')")
    told = visitor.page.locator(".evidence").inner_text()
    assert f"{then:,} records were known then. {now - then:,} more records have come" in told
    chosen(visitor, "As known on", "As known today")
    settled(visitor)
    assert stamp.is_hidden()
    assert "known" not in words_of(visitor)
    assert visitor.violations() == []
