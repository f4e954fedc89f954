"""Linked views in a browser: one filter moves all of them, acts are taken back, and a question is kept under a name."""

import pytest

from tests.functional.test_browser import at_map, fetched, press, settled, words_of, year_of

pytestmark = pytest.mark.browser


def total(visitor) -> str:
    return visitor.page.locator(".evidence .place .hint").inner_text()


def test_route_and_quality_filter_every_view_and_are_taken_back_by_key_and_by_chip(visitor):
    at_map(visitor, "?level=ward")
    before = total(visitor)
    press(visitor, '[data-key="detections-reported"]')
    press(visitor, '[data-key="qualities-B"]')
    words = words_of(visitor)
    assert (words["detection"], words["quality"]) == (["reported"], ["B"])
    told = fetched(visitor, f"/api/picture?level=ward&detection=reported&quality=B&{year_of(visitor)}")
    assert total(visitor).startswith(f"{told['about']['total']:,} record")
    assert visitor.page.locator(".chips .chip:not(.clear)").count() == 2

    visitor.page.keyboard.press("Control+z")
    settled(visitor)
    assert "quality" not in words_of(visitor)
    visitor.page.keyboard.press("Control+Shift+z")
    settled(visitor)
    assert words_of(visitor)["quality"] == ["B"]
    visitor.page.go_back()
    settled(visitor)
    assert "quality" not in words_of(visitor)
    press(visitor, '.chips [data-key="detections-reported"]')
    assert total(visitor) == before
    assert visitor.violations() == []


def test_a_view_is_kept_under_a_name_and_opened_again(visitor):
    at_map(visitor, "?level=ward&measure=people&theme=missing")
    assert "People, at least, in a ward" in visitor.page.locator(".legend-title").inner_text()
    visitor.page.get_by_text("Saved views").click()
    visitor.page.get_by_label("Save this view as").fill("Missing, by people")
    visitor.page.get_by_role("button", name="Save", exact=True).click()
    link = visitor.page.get_by_role("link", name="Missing, by people")
    link.wait_for()
    assert visitor.violations() == []
    visitor.page.goto(f"{visitor.server}/map/")
    settled(visitor)
    visitor.page.get_by_text("Saved views").click()
    link.click()
    settled(visitor)
    words = words_of(visitor)
    assert (words["theme"], words["measure"], words["level"]) == (["missing"], ["people"], ["ward"])
    visitor.page.get_by_text("Saved views").click()
    visitor.page.get_by_role("button", name="Delete: Missing, by people").click()
    link.wait_for(state="detached")


def test_escape_goes_up_one_from_a_ward_to_its_district_to_the_county(visitor):
    at_map(visitor, "?level=ward&view=table")
    ward = fetched(visitor, "/api/shapes/ward")["features"][0]["properties"]
    visitor.page.goto(f"{visitor.server}/map/?within={ward['code']}")
    settled(visitor)
    visitor.page.locator(".crumbs li:nth-child(3)").wait_for()
    visitor.page.keyboard.press("Escape")
    settled(visitor)
    assert (words_of(visitor)["within"], words_of(visitor)["level"]) == ([ward["parent"]], ["ward"])
    visitor.page.keyboard.press("Escape")
    settled(visitor)
    assert "within" not in words_of(visitor)
    assert words_of(visitor)["level"] == ["district"]
