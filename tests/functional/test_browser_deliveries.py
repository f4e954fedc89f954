"""A contributor brings a file, an analyst goes through the tray, in a browser that may ask no other host."""

import re

import pytest

from tests.factories.browser_files import SENTINEL, asb_file, asb_row

pytestmark = pytest.mark.browser
NEW_PAGES = (
    "/deliveries/new/",
    "/deliveries/quarantine/",
    "/definitions/",
    "/definitions/new/",
    "/unplaced/",
)


def october(first, *, faulty=3):
    """A file of rows that no other test has brought."""
    sound = [asb_row(first + n, when=f"{1 + n % 28:02d}/10/2026 {n % 24:02d}:10") for n in range(30)]
    return asb_file([*sound, *(asb_row(first + 50 + n, when="31/13/2026") for n in range(faulty))])


@pytest.fixture
def file(tmp_path, request):
    """A file whose rows carry numbers of this test's own."""
    kept = tmp_path / "asb-october.csv"
    kept.write_bytes(october(sum(map(ord, request.node.name)) * 100))
    return kept


def choose(visitor, file):
    visitor.page.goto(f"{visitor.server}/deliveries/new/")
    visitor.page.select_option("#id_definition", "community_safety_asb")
    visitor.page.set_input_files("#bring-file", file)
    visitor.page.get_by_role("button", name="Read the file").click()


def dark(visitor):
    visitor.page.emulate_media(color_scheme="dark")
    found = visitor.violations()
    visitor.page.emulate_media(color_scheme="light")
    return found


def test_a_file_is_brought_read_seen_accepted_and_mended(visitor, file):
    visitor.sign_in("contributor")
    choose(visitor, file)
    visitor.page.wait_for_selector("#decide-title", timeout=60_000)
    assert visitor.page.locator("h1").inner_text() == "30 rows would come in. 3 would need you."
    assert SENTINEL not in visitor.page.content()
    assert visitor.violations() == []
    assert dark(visitor) == []
    visitor.page.get_by_role("button", name="Accept").click()
    visitor.page.wait_for_selector(".faults", timeout=60_000)
    assert visitor.page.locator("h1").inner_text() == "The file is in. 3 rows need you."
    assert visitor.violations() == []
    assert dark(visitor) == []
    visitor.page.get_by_role("link", name="See the rows: reported_dt, not a date").click()
    box = visitor.page.get_by_label("reported_dt, to be mended").first
    assert visitor.page.locator("fieldset.mend").count() == 3
    assert visitor.violations() == []
    assert dark(visitor) == []
    box.fill("30/10/2026 10:00")
    visitor.page.get_by_role("button", name="Try the changed rows again").click()
    visitor.page.wait_for_selector(".messages")
    assert "1 row is in. They count" in visitor.page.locator(".messages").inner_text()
    assert visitor.page.locator("fieldset.mend").count() == 2


def test_a_file_is_dropped_and_refused_for_its_size_before_it_is_sent(visitor, file):
    visitor.sign_in("contributor")
    visitor.page.goto(f"{visitor.server}/deliveries/new/")
    visitor.page.evaluate("document.querySelector('form.bring').dataset.mostBytes = '10'")
    dropped = visitor.page.evaluate_handle(
        "() => { const t = new DataTransfer(); t.items.add(new File(['a,b\\n1,2\\n3,4\\n'], 'a.csv')); return t; }"
    )
    visitor.page.dispatch_event(".drop", "drop", {"dataTransfer": dropped})
    assert visitor.page.evaluate("document.querySelector('#bring-file').files[0].name") == "a.csv"
    visitor.page.select_option("#id_definition", "community_safety_asb")
    visitor.page.get_by_role("button", name="Read the file").click()
    assert "larger than" in visitor.page.locator("#bring-fault").inner_text()
    assert visitor.page.evaluate("document.activeElement.id") == "bring-fault"
    assert visitor.violations() == []


def test_what_is_no_table_ends_in_a_sentence(visitor, tmp_path):
    strange = tmp_path / "picture.csv"
    strange.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 500)
    visitor.sign_in("contributor")
    choose(visitor, strange)
    visitor.page.wait_for_selector("text=Nothing of it was stored", timeout=60_000)
    assert visitor.page.locator("h1").inner_text() == "The file was not taken"
    assert visitor.violations() == []


def test_a_file_is_brought_without_scripts(chromium, server, file):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/sign-in/demo/")
    page.locator('button[name="username"][value="contributor"]').click()
    page.goto(f"{server}/deliveries/new/")
    page.select_option("#id_definition", "community_safety_asb")
    page.set_input_files("#bring-file", file)
    page.get_by_role("button", name="Read the file").click()
    page.wait_for_selector("#decide-title", timeout=60_000)
    page.locator("#reason").fill("Not the right month.")
    page.get_by_role("button", name="Refuse").click()
    assert "Not the right month." in page.locator("main").inner_text()
    context.close()


def test_the_tray_is_gone_through_by_keyboard_and_a_point_is_picked_on_the_map(visitor):
    visitor.sign_in()
    visitor.page.goto(f"{visitor.server}/unplaced/")
    visitor.page.wait_for_selector(".pick-map canvas")
    assert visitor.violations() == []
    assert dark(visitor) == []
    many = visitor.page.locator(".phrase").count()
    visitor.page.keyboard.press("j")
    visitor.page.keyboard.press("j")
    second = visitor.page.locator(".phrase").nth(1)
    assert second.evaluate("one => one === document.activeElement")
    visitor.page.keyboard.press("0")
    assert second.locator('input[value="leave"]').is_checked()
    visitor.page.wait_for_load_state("networkidle")
    visitor.page.locator(".pick-map canvas").click(position={"x": 120, "y": 90})
    assert second.locator('input[value="point"]').is_checked()
    assert re.match(r"5\d\.\d+, -?\d", second.locator(".picked").inner_text())
    number = second.get_attribute("data-phrase")
    second.locator("button.keep").click()
    visitor.page.wait_for_selector(".messages")
    assert visitor.page.locator(f'[data-phrase="{number}"]').count() == 0
    visitor.page.keyboard.press("u")
    visitor.page.wait_for_selector("text=is taken back")
    assert visitor.page.locator(".phrase").count() in (many, many - 1)


def test_a_definition_follows_its_text(visitor, file):
    visitor.sign_in()
    visitor.page.goto(f"{visitor.server}/definitions/new/")
    visitor.page.fill("#id_name", "browser_draft")
    visitor.page.select_option("#id_agency", "community_safety")
    visitor.page.set_input_files("#sample-file", file)
    visitor.page.get_by_role("button", name="Look at it").click()
    visitor.page.wait_for_selector("#trial .share-bar")
    assert visitor.violations() == []
    assert dark(visitor) == []
    text = visitor.page.locator("#draft-text")
    whole = text.input_value()
    text.fill(whole.replace("kind: records", "kind: nothing"))
    visitor.page.wait_for_selector("#trial .trial-fault")
    assert "It cannot be used yet" in visitor.page.locator("#trial-said").inner_text()
    text.fill(whole)
    visitor.page.wait_for_selector("#trial .share-bar")
    visitor.page.get_by_role("button", name="Give up").click()
    visitor.page.wait_for_selector("text=New from a sample")


@pytest.mark.parametrize("path", NEW_PAGES)
def test_every_new_page_is_sound_light_and_dark(visitor, path):
    visitor.sign_in()
    visitor.page.goto(f"{visitor.server}{path}")
    assert visitor.page.locator("h1").count() == 1
    assert visitor.violations() == []
    assert dark(visitor) == []


def test_coverage_of_one_district_is_sound_too(visitor):
    visitor.sign_in()
    visitor.page.goto(f"{visitor.server}/coverage/")
    visitor.page.select_option("#c-district", index=1)
    visitor.page.select_option("#c-months", "all")
    visitor.page.get_by_role("button", name="Show").click()
    assert visitor.page.locator(".coverage tbody tr").count() > 3
    assert visitor.violations() == []
    assert dark(visitor) == []


@pytest.mark.viewport(390, 844)
@pytest.mark.parametrize("path", NEW_PAGES)
def test_a_phone_never_scrolls_sideways_on_a_new_page(visitor, path):
    visitor.sign_in()
    visitor.page.goto(f"{visitor.server}{path}")
    visitor.page.wait_for_load_state("networkidle")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390


LOOKS = (("light", "light", 1280, 800), ("dark", "dark", 1280, 800), ("phone", "light", 390, 844))


def pictured(visitor, folder, name):
    """The page as it stands: light, dark, and on a phone. The smallest file's size in bytes."""
    sizes = []
    for look, scheme, width, height in LOOKS:
        visitor.page.emulate_media(color_scheme=scheme)
        visitor.page.set_viewport_size({"width": width, "height": height})
        visitor.page.wait_for_timeout(1500)
        kept = folder / f"{name}-{look}.png"
        visitor.page.screenshot(path=kept)
        sizes.append(kept.stat().st_size)
    visitor.page.emulate_media(color_scheme="light")
    visitor.page.set_viewport_size({"width": 1280, "height": 800})
    return min(sizes)


def test_pictures_of_what_comes_in(visitor, tmp_path, pictures, file):
    """Written to docs/pictures where TRIGPOINT_PICTURES=1; looked at by people, not by this test."""
    folder = pictures or tmp_path
    visitor.sign_in()
    sizes = {}
    for name, path in (
        ("coverage", "/coverage/"),
        ("unplaced", "/unplaced/"),
        ("deliveries", "/deliveries/"),
        ("bring", "/deliveries/new/"),
    ):
        visitor.page.goto(f"{visitor.server}{path}")
        visitor.page.wait_for_load_state("networkidle")
        sizes[name] = pictured(visitor, folder, name)
    choose(visitor, file)
    visitor.page.wait_for_selector("#decide-title", timeout=60_000)
    sizes["preview"] = pictured(visitor, folder, "preview")
    visitor.page.get_by_role("button", name="Accept").click()
    visitor.page.wait_for_selector(".faults", timeout=60_000)
    sizes["receipt"] = pictured(visitor, folder, "receipt")
    visitor.page.get_by_role("link", name="quarantine", exact=True).click()
    sizes["quarantine"] = pictured(visitor, folder, "quarantine")
    assert min(sizes.values()) > 8_000, sizes
