"""A meeting at the page on joint insight and on journeys: turn an agency off, see what goes, ask who must be asked."""

import pytest

pytestmark = pytest.mark.browser
LONGEST_MS = 120_000


def opened(visitor, path: str, selector: str) -> None:
    visitor.page.goto(f"{visitor.server}{path}")
    visitor.page.wait_for_selector(selector, timeout=LONGEST_MS)


def test_an_agency_is_turned_off_and_on_by_keyboard_and_the_address_keeps_it(visitor):
    visitor.sign_in("chair")
    visitor.page.get_by_role("link", name="Joint insight", exact=True).click()
    visitor.page.wait_for_selector(".insight-headline + .insight-lead", timeout=LONGEST_MS)
    headline = visitor.page.locator(".insight-headline")
    together = headline.inner_text()
    assert visitor.violations() == []
    switches = visitor.page.get_by_role("switch")
    assert switches.count() >= 2
    police = visitor.page.get_by_role("switch", name="Police", exact=True)
    police.focus()
    visitor.page.keyboard.press("Space")
    assert police.get_attribute("aria-checked") == "false"
    assert headline.inner_text().startswith("Without Police, we lose ")
    assert "off=police" in visitor.page.url
    assert visitor.page.evaluate("document.activeElement.getAttribute('aria-label')") == "Police"
    gone = visitor.page.locator(".matrix tr.is-gone").count()
    assert visitor.page.locator(".plate.on-map.is-gone").count() == gone
    assert visitor.violations() == []
    visitor.page.reload()
    visitor.page.wait_for_selector(".insight-headline + .insight-lead", timeout=LONGEST_MS)
    assert headline.inner_text().startswith("Without Police, we lose ")
    visitor.page.get_by_role("button", name="All on").click()
    assert headline.inner_text() == together
    visitor.page.get_by_role("button", name="Each alone").click()
    assert "alone" in headline.inner_text()
    visitor.page.keyboard.press("t")
    rows = visitor.page.locator(".twin tbody tr")
    assert rows.count() == visitor.page.locator(".matrix tbody tr").count()
    assert visitor.violations() == []


def test_journeys_are_drawn_told_and_listed_and_an_area_keeps_its_own(visitor):
    visitor.sign_in()
    opened(visitor, "/journeys/", ".insight-finding .ways, .insight-finding .insight-headline")
    assert visitor.violations() == []
    visitor.page.get_by_role("button", name="Home, where it happened").click()
    visitor.page.wait_for_selector(".insight-lead:has-text('Home')")
    assert "flow=home" in visitor.page.url
    visitor.page.get_by_role("button", name="Station", exact=True).click()
    visitor.page.wait_for_selector("text=Ending within 400 m of a station")
    visitor.page.get_by_role("button", name="Table").click()
    assert visitor.page.locator(".twin table").count() == 1
    assert visitor.violations() == []
    area = visitor.page.evaluate(
        "fetch('/api/shapes/district').then(r => r.json()).then(s => s.features[0].properties)"
    )
    opened(visitor, f"/journeys/?within={area['code']}", f".chip:has-text('{area['name']}')")
    visitor.page.locator(".chip").click()
    visitor.page.wait_for_selector("text=Press an area on the map")
    assert "within" not in visitor.page.url


@pytest.mark.viewport(390, 844)
@pytest.mark.parametrize("path", ["/joint/", "/journeys/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_neither_page_is_wider_than_a_phone(visitor, path, scheme):
    visitor.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    visitor.sign_in()
    opened(visitor, path, ".insight-lead, .insight-finding .trace")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert visitor.violations() == []


@pytest.mark.parametrize("path", ["/joint/", "/journeys/"])
def test_who_may_see_no_record_is_told_so(visitor, path):
    visitor.sign_in("frontline")
    visitor.page.goto(f"{visitor.server}{path}")
    assert "There is nothing for you" in visitor.page.locator("h1").inner_text()
