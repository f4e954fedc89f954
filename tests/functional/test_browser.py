"""Journeys through the demo county, in a browser that may ask no other host."""

import csv
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

pytestmark = pytest.mark.browser
PAGES = ("/deliveries/", "/coverage/", "/about/", "/account/", "/table?level=district", "/no-such-page")


def words_of(visitor) -> dict[str, list[str]]:
    return parse_qs(urlsplit(visitor.page.url).query)


def settled(visitor) -> None:
    """Until the picture is painted: the panel names a count and nothing is still being asked."""
    visitor.page.wait_for_load_state("networkidle")
    visitor.page.wait_for_selector('.evidence:not([aria-busy="true"]) .place-name')


def at_map(visitor, query="", name="analyst") -> None:
    visitor.sign_in(name)
    visitor.page.goto(f"{visitor.server}/map/{query}")
    settled(visitor)


def fetched(visitor, path: str):
    return visitor.page.evaluate("async (path) => (await fetch(path)).json()", path)


def press(visitor, selector: str) -> None:
    visitor.page.locator(selector).first.click()
    settled(visitor)


def test_one_press_signs_in_and_the_county_is_there(visitor):
    visitor.page.goto(visitor.server)
    assert urlsplit(visitor.page.url).path == "/sign-in/demo/"
    assert visitor.violations() == []
    visitor.page.locator('button[name="username"][value="analyst"]').click()
    visitor.page.wait_for_selector(".page-title:has-text('Hot now')")
    assert urlsplit(visitor.page.url).path == "/"
    visitor.page.get_by_role("link", name="Map", exact=True).click()
    settled(visitor)
    choices = fetched(visitor, "/api/choices")
    assert visitor.page.locator(".evidence .place-name").inner_text() == choices["county"]
    assert visitor.page.locator(".maplibregl-canvas").count() == 1
    assert "SYNTHETIC COUNTY" in visitor.page.locator(".marking").inner_text()
    assert visitor.violations() == []


def test_levels_and_filters_are_in_the_address_and_back_undoes_them(visitor):
    at_map(visitor)
    press(visitor, '.levels [data-key="ward"]')
    assert words_of(visitor)["level"] == ["ward"]
    press(visitor, '[data-key="agencies-police"]')
    assert words_of(visitor)["agency"] == ["police"]
    assert visitor.page.locator(".chips .chip").count() >= 1
    # Where the map looks is in the address, and no part of the question.
    asked = urlencode({word: told for word, told in words_of(visitor).items() if word != "at"}, doseq=True)
    picture = fetched(visitor, f"/api/picture?{asked}&{year_of(visitor)}")
    shown = visitor.page.locator(".evidence .place .hint").inner_text()
    assert shown.startswith(f"{picture['about']['total']:,} record")
    visitor.page.go_back()
    settled(visitor)
    assert "agency" not in words_of(visitor)
    visitor.page.reload()
    settled(visitor)
    assert visitor.page.locator('.levels [data-key="ward"]').get_attribute("aria-pressed") == "true"


def year_of(visitor) -> str:
    end = fetched(visitor, "/api/choices")["period"][1]
    return f"from={int(end[:4]) - 1}{end[4:]}&to={end}"


def test_the_table_has_the_maps_own_values_and_downloads_them(visitor, tmp_path):
    at_map(visitor, "?level=ward")
    visitor.page.keyboard.press("t")
    visitor.page.wait_for_selector(".twin-units tbody tr")
    rows = visitor.page.locator(".twin-units tbody tr")
    shown = [re.sub(r"\D", "", rows.nth(i).locator("td").first.inner_text()) for i in range(rows.count())]
    picture = fetched(visitor, f"/api/picture?level=ward&{year_of(visitor)}")
    assert sorted(map(int, shown)) == sorted(picture["units"]["count"])
    assert visitor.violations() == []
    with visitor.page.expect_download() as held:
        visitor.page.locator(".twin-units .downloads a", has_text="CSV").click()
    kept = tmp_path / "counts.csv"
    held.value.save_as(kept)
    counts = {row["code"]: int(row["count"]) for row in csv.DictReader(kept.open(encoding="utf-8"))}
    held_units = dict(zip(picture["units"]["code"], picture["units"]["count"], strict=True))
    assert {code: n for code, n in counts.items() if n} == held_units


def test_down_into_a_district_and_back_up_by_the_breadcrumb(visitor):
    at_map(visitor, "?level=district&view=table")
    visitor.page.wait_for_selector(".twin tbody tr")
    press(visitor, ".twin tbody tr th button")
    name = visitor.page.locator(".evidence .place-name").inner_text()
    evidence_says = visitor.page.locator(".evidence .count-line").inner_text()
    assert "record" in evidence_says
    assert visitor.page.locator(".evidence", has_text="Who sees it").count() == 1
    press(visitor, ".evidence .panel-buttons .button >> nth=0")
    assert words_of(visitor)["level"] == ["ward"]
    assert len(words_of(visitor)["within"]) == 1
    assert name in visitor.page.locator(".crumbs").inner_text()
    press(visitor, ".crumbs button.link")
    assert "within" not in words_of(visitor)


def test_the_panel_lists_what_the_test_found_and_opens_its_evidence(visitor):
    at_map(visitor)
    found = fetched(visitor, f"/api/hotspots?level=cell:9&{year_of(visitor)}")["hotspots"]
    visitor.page.wait_for_selector(".evidence .verdict b")
    spots = visitor.page.locator(".evidence .spot")
    assert spots.count() == len(found)
    words = visitor.page.locator(".evidence .verdict").first.inner_text()
    if not found:
        assert "Nothing passes the test here" in words
        return
    spots.first.click()
    visitor.page.wait_for_selector(".evidence .count-line")
    assert visitor.page.locator(".evidence .place-name").inner_text() == found[0]["name"]
    all_of_it = fetched(visitor, f"/api/evidence?level=cell:9&hotspot=1&{year_of(visitor)}")["count"]
    assert f"{all_of_it:,} record" in visitor.page.locator(".evidence .count-line").inner_text()
    if all_of_it != found[0]["count"]:
        taking_part = f"Its {all_of_it:,} records are counted as linked events, of which {found[0]['count']:,} took part."
        assert taking_part in visitor.page.locator(".evidence .verdict").first.inner_text()
    assert visitor.violations() == []


def test_somebody_elses_agreement_shows_in_the_panel(visitor):
    at_map(visitor, "?level=cell", name="education-member")
    gaps = visitor.page.locator(".evidence .gaps").first.inner_text()
    assert "not shown to your agency here" in gaps
    assert "Clause" in gaps


def test_a_receipt_and_the_page_of_a_publication_are_sound_too(visitor):
    visitor.sign_in()
    visitor.page.goto(f"{visitor.server}/deliveries/")
    visitor.page.locator("main tbody a").first.click()
    visitor.page.wait_for_selector("dl.equation")
    assert visitor.violations() == []
    visitor.page.goto(f"{visitor.server}/deliveries/")
    visitor.page.get_by_role("button", name="Publish").click()
    visitor.page.wait_for_selector("[role=status]")
    assert visitor.violations() == []
    visitor.page.wait_for_selector("text=is in use", timeout=120_000)
    assert visitor.violations() == []


@pytest.mark.parametrize("name", ["frontline", "governance"])
def test_a_page_in_place_of_the_map_is_sound(visitor, name):
    visitor.sign_in(name)
    assert visitor.page.locator("h1").inner_text() == "There is nothing for you on the map"
    first = visitor.page.locator("main a").first.get_attribute("href")
    assert (first == "/shared/") == (name == "frontline")
    assert visitor.violations() == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_sound_to_those_who_cannot_see_it(visitor, path):
    visitor.sign_in()
    visitor.page.goto(f"{visitor.server}{path}")
    assert visitor.page.locator("h1").count() == 1
    assert visitor.violations() == []
    visitor.faults[:] = [fault for fault in visitor.faults if "404" not in fault or path != "/no-such-page"]


def test_the_dark_map_is_sound_too(visitor):
    at_map(visitor)
    visitor.page.locator(".theme-toggle").click()
    assert visitor.page.locator("html").get_attribute("data-theme") == "dark"
    assert visitor.violations() == []


@pytest.mark.viewport(390, 844)
@pytest.mark.parametrize(
    "path", ["/", "/map/", "/deliveries/", "/coverage/", "/about/", "/account/", "/sign-in/demo/"]
)
def test_a_phone_never_scrolls_sideways(visitor, path):
    visitor.sign_in()
    visitor.page.goto(f"{visitor.server}{path}")
    visitor.page.wait_for_load_state("networkidle")
    wide = visitor.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390


def test_without_scripts_the_page_is_a_form_and_a_table(chromium, server):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/sign-in/demo/")
    page.locator('button[name="username"][value="analyst"]').click()
    page.goto(f"{server}/map/")
    page.locator("#f-level").select_option("district")
    page.locator('input[name="agency"][value="police"]').check()
    page.get_by_role("button", name="Show").click()
    assert parse_qs(urlsplit(page.url).query)["agency"] == ["police"]
    assert page.locator(".map-fallback table tbody tr").count() >= 1
    assert page.locator('input[name="agency"][value="police"]').is_checked()
    context.close()


def test_a_press_publishes_and_the_page_says_when_it_is_done(visitor):
    visitor.sign_in()
    before = fetched(visitor, "/api/choices")["publication"]
    visitor.page.goto(f"{visitor.server}/deliveries/")
    visitor.page.get_by_role("button", name="Publish").click()
    visitor.page.wait_for_selector("text=is in use", timeout=120_000)
    assert fetched(visitor, "/api/choices")["publication"] == before + 1


def first_hotspot(visitor, level: str):
    """The address of hotspot A of the last twelve months at a zoom, or of the county where nothing passes the test."""
    found = fetched(visitor, f"/api/hotspots?level={level}&{year_of(visitor)}")["hotspots"]
    words = [] if level == "cell:9" else ["level=street"]

    def address(zoom: float) -> str:
        camera = [f"hotspot=1&at={one['lon']:.4f},{one['lat']:.4f},{zoom}" for one in found[:1]]
        return "?" + "&".join(words + camera)

    return address


def test_pictures_for_the_readme(visitor, tmp_path, pictures):
    """Written to docs/pictures where TRIGPOINT_PICTURES=1, of a whole county; looked at by people, not by this test."""
    folder: Path = pictures or tmp_path
    at_map(visitor)
    near, along = (first_hotspot(visitor, level) for level in ("cell:9", "street"))
    receipt = visitor.page.request.get(f"{visitor.server}/deliveries/").text()
    receipts = [int(number) for number in re.findall(r"/deliveries/(\d+)/", receipt)]
    shots = {
        "map-county-light": ("/map/", "light"),
        "map-wards-light": ("/map/?level=ward", "light"),
        "map-hexagons-light": (f"/map/{near(12.4)}", "light"),
        "map-streets-light": (f"/map/{along(14.6)}", "light"),
        "map-hexagons-dark": (f"/map/{near(12.4)}", "dark"),
        "receipt-light": (f"/deliveries/{max(receipts)}/", "light"),
        "coverage-light": ("/coverage/", "light"),
    }
    sizes = {}
    for name, (path, scheme) in shots.items():
        visitor.page.emulate_media(color_scheme=scheme)
        visitor.page.goto(f"{visitor.server}{path}")
        visitor.page.wait_for_load_state("networkidle")
        visitor.page.wait_for_timeout(2500)
        visitor.page.screenshot(path=folder / f"{name}.png")
        sizes[name] = (folder / f"{name}.png").stat().st_size
    assert min(sizes.values()) > 20_000, json.dumps(sizes)
