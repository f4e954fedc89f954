"""Every page and state, to those who cannot see it and to those with a narrow or enlarged screen."""

import pytest

from tests.functional.test_browser import settled, year_of

pytestmark = pytest.mark.browser
PAGES = (
    "/",
    "/joint/",
    "/journeys/",
    "/present/",
    "/analysis/",
    "/analysis/silence/",
    "/analysis/concentration/",
    "/coverage/",
    "/events/",
    "/deliveries/",
    "/deliveries/new/",
    "/deliveries/quarantine/",
    "/unplaced/",
    "/papers/",
    "/places/",
    "/places/1/",
    "/places/new/",
    "/actions/",
    "/actions/1/",
    "/actions/new/",
    "/questions/",
    "/enforcement/",
    "/definitions/",
    "/definitions/new/",
    "/releases/",
    "/releases/new/",
    "/releases/1/",
    "/shared/",
    "/planning/",
    "/meetings/",
    "/sense-check/",
    "/sense-check/1/",
    "/meetings/1/minutes/",
    "/meetings/1/replay/",
    "/meetings/1/after/",
    "/added/",
    "/year/",
    "/meetings/3/",
    "/account/",
    "/demo/truths/",
    "/about/",
    "/about/api/",
    "/table?level=district",
    "/no-such-page",
)
COMPARED = "with=2025-05-01..2025-11-01&from=2026-05-01&to=2026-11-01"
MAPS = (
    "?level=street",
    "?level=ward&measure=rate",
    "?level=district&measure=people",
    f"?level=district&{COMPARED}&compare=side",
    f"?level=district&{COMPARED}&compare=difference&view=table",
)
MENUS = ("More", "Take it out", "Saved views")
FULL = (1440, 900)
NARROW = ((640, 450), (390, 844), (320, 568))
"""Half of 1280 is that screen at 200% zoom; then two phones."""


def faults_here(visitor, state: str) -> list[str]:
    """What axe-core finds, and how far the page reaches past a narrow screen, each with the state it was found in."""
    found = [f"{state}: {one}" for one in visitor.violations()]
    for width, height in NARROW:
        visitor.page.set_viewport_size({"width": width, "height": height})
        wide = visitor.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => done(document.documentElement.scrollWidth)))"
        )
        if wide > width:
            found.append(f"{state}: {wide} px wide on {width} px")
    visitor.page.set_viewport_size({"width": FULL[0], "height": FULL[1]})
    return found


def told_whole(visitor) -> None:
    """Until nothing on the page says that it is still being filled."""
    visitor.page.wait_for_function("() => !document.querySelector('[aria-busy=\"true\"]')")


def of_pages(visitor, paths) -> list[str]:
    found = []
    for path in paths:
        visitor.page.goto(f"{visitor.server}{path}")
        told_whole(visitor)
        assert visitor.page.locator("h1").count() >= 1, path
        found += faults_here(visitor, path)
    return found


def checks_of_an_agency(visitor) -> list[str]:
    """Addresses of a place to check, of one of its records and of that record's event, as the queue leads to them."""
    visitor.page.goto(f"{visitor.server}/sense-check/")
    place = visitor.page.locator("td a", has_text="Does this fit").first
    found = [place.get_attribute("href")]
    place.click()
    for words in ("Something is wrong", "The event", "Told with"):
        links = visitor.page.locator("td a", has_text=words)
        if links.count():
            found.append(links.first.get_attribute("href"))
    return found


def of_menus(visitor) -> list[str]:
    """On the map: each menu open by itself, then help, which closes by Escape and gives the focus back."""
    found = []
    for name in MENUS:
        summary = visitor.page.locator("summary", has_text=name).first
        summary.click()
        told_whole(visitor)
        found += faults_here(visitor, f"{name} open")
        summary.click()
    button = visitor.page.get_by_role("button", name="Help", exact=True)
    button.click()
    found += faults_here(visitor, "help open")
    visitor.page.keyboard.press("Escape")
    assert button.evaluate("(one) => document.activeElement === one")
    return found


def of_the_map(visitor) -> list[str]:
    """At hexagons: a hotspot chosen where there is one, dark, as a table; then its other levels, measures and times."""
    visitor.page.goto(f"{visitor.server}/map/")
    settled(visitor)
    found = [*faults_here(visitor, "map"), *of_menus(visitor)]
    told = visitor.page.request.get(f"{visitor.server}/api/hotspots?level=cell:9&{year_of(visitor)}").json()
    if told["hotspots"]:
        visitor.page.locator(".evidence .spot").first.click()
        visitor.page.wait_for_selector(".evidence .count-line")
        found += faults_here(visitor, "hotspot chosen")
        visitor.page.keyboard.press("d")
        visitor.page.wait_for_selector(".decide select[name=agency]")
        found += faults_here(visitor, "deciding")
        visitor.page.keyboard.press("Escape")
    visitor.page.locator(".theme-toggle").click()
    found += faults_here(visitor, "dark")
    visitor.page.keyboard.press("t")
    visitor.page.wait_for_selector(".twin tbody tr")
    found += faults_here(visitor, "dark table")
    visitor.page.locator(".theme-toggle").click()
    for words in MAPS:
        visitor.page.goto(f"{visitor.server}/map/{words}")
        settled(visitor)
        found += faults_here(visitor, words)
    return found


def without_the_missing_page(visitor) -> None:
    """The browser tells of every answer 404; here it was asked for."""
    visitor.faults[:] = [fault for fault in visitor.faults if "404" not in fault]


@pytest.mark.viewport(*FULL)
def test_every_page_and_state_is_sound_and_never_wider_than_the_screen(visitor):
    visitor.sign_in()
    found = [*of_pages(visitor, PAGES), *of_the_map(visitor)]
    assert found == []
    without_the_missing_page(visitor)


@pytest.mark.viewport(*FULL)
def test_what_the_front_line_reads_is_sound_too(visitor):
    visitor.sign_in("frontline")
    assert (
        of_pages(visitor, ("/", "/shared/", "/shared/1/html/", "/planning/", "/coverage/", "/about/")) == []
    )
    visitor.faults[:] = [fault for fault in visitor.faults if "403" not in fault]


@pytest.mark.viewport(*FULL)
def test_what_an_agency_checks_and_what_governance_erases_is_sound(visitor):
    visitor.sign_in("police-member")
    checked = checks_of_an_agency(visitor)
    assert len(checked) >= 3, "a place, a record and an event"
    assert of_pages(visitor, checked) == []
    visitor.sign_in("governance")
    assert of_pages(visitor, ("/erasure/", "/erasure/restating/", "/audit/")) == []
