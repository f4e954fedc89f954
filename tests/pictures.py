"""The pictures of docs/meeting.md, a month of the meeting: real screens of a demo that is open, taken by hand.

No test, for it would lengthen every run. Give it a demo that nobody else uses: it makes a sense-check of its own, once.
    python -m tests.pictures http://127.0.0.1:8000 [name of a picture …]
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.functional.conftest import CHROMIUM, CHROMIUM_ARGUMENTS, ROOT

FOLDER = ROOT / "docs" / "pictures"
LAPTOP, PHONE = (1280, 800), (390, 844)
PATIENCE_MS = 90_000
COLOURS = 256
PAPER_DPI = 80


@dataclass(frozen=True, slots=True)
class Picture:
    """One screen: who looks, how one gets there, and in what besides light on a laptop it is wanted."""

    name: str
    who: str
    way: Callable[["Looker"], None]
    also: tuple[str, ...] = ()


@dataclass(slots=True)
class Looker:
    """Somebody signed in, at a page of the open demo."""

    page: Any
    address: str

    def at(self, path: str, waits: str = "h1") -> None:
        self.page.goto(self.address + path)
        self.page.wait_for_selector(waits)
        self.page.wait_for_load_state("networkidle")

    def down_to(self, selector: str) -> None:
        """That part at the top of the screen, with a little air above it."""
        found = self.page.locator(selector).first
        found.evaluate("(one) => window.scrollTo(0, one.getBoundingClientRect().top + scrollY - 12)")

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=re.compile(name)).first.click()
        self.page.wait_for_load_state("networkidle")

    def href(self, selector: str) -> str:
        return str(self.page.locator(selector).first.get_attribute("href"))

    def file(self, path: str) -> bytes:
        answer = self.page.request.get(self.address + path, timeout=PATIENCE_MS)
        if not answer.ok:
            raise LookupError(f"{path} answers {answer.status}")
        return bytes(answer.body())


def frozen(one: Looker) -> str:
    """The path of the meeting that is frozen and to come."""
    one.at("/meetings/")
    return one.href(".coming:has-text('Frozen since') h2 a")


def closed(one: Looker) -> str:
    """The path of the first meeting that is over: the longest time has gone since."""
    one.at("/meetings/", ".meetings-over a")
    paths = [each.get_attribute("href") for each in one.page.locator(".meetings-over a").all()]
    return str(min((each for each in paths if re.fullmatch(r"/meetings/\d+/", each)), key=_number))


def _number(path: str) -> int:
    return int(re.findall(r"\d+", path)[0])


def at_item(title: str) -> Callable[[Looker], None]:
    def way(one: Looker) -> None:
        one.at(frozen(one))
        one.page.locator("#agenda a", has_text=title).click()
        one.page.wait_for_selector(f"#in-hand-title:has-text('{title}')")
        one.page.wait_for_load_state("networkidle")
        one.down_to(".meeting-main .in-hand")

    return way


def on_the_map(one: Looker) -> None:
    """The agenda's first place on the map, as pressed on its card."""
    one.at("/", "#agenda:not([data-waits])")
    one.page.locator(".place-card .place-name a").first.click()
    one.page.wait_for_selector(".decide-button")
    one.page.wait_for_selector(".around-place .ring-switch")
    one.page.wait_for_load_state("networkidle")


def deciding(one: Looker) -> None:
    on_the_map(one)
    one.page.keyboard.press("d")
    one.page.wait_for_selector(".decide select[name=agency]:focus")
    for words in ("youth s", "run det", "+3w"):
        one.page.keyboard.type(words)
        one.page.keyboard.press("Tab")


def minuting(one: Looker) -> None:
    on_the_map(one)
    one.page.keyboard.press("m")
    one.page.wait_for_selector(".minutes textarea:focus")


def drawing(one: Looker) -> None:
    on_the_map(one)
    place = one.page.url.split("?")[1]
    one.at(f"/map/?{re.sub(r'(^|&)(chosen|place)=[^&]*', '', place)}&draw=new", ".draw-place h2")
    one.page.wait_for_selector('.evidence:not([aria-busy="true"])')
    one.page.locator(".map-holder canvas").first.focus()
    one.page.keyboard.press("Enter")
    one.page.wait_for_selector(".drawn-units li")
    one.page.wait_for_load_state("networkidle")


def at_place(one: Looker) -> None:
    one.at("/places/")
    one.page.locator("main table a[href^='/places/'], main li a[href^='/places/']").first.click()
    one.page.wait_for_selector("h1")


def evaluated(one: Looker) -> None:
    """An action whose evaluation is due, with its small chart."""
    one.at("/actions/")
    one.page.locator("a[href^='/actions/']", has_text="closure").first.click()
    one.page.wait_for_selector(".before-after")
    one.down_to("h2:has-text('Will we see whether it works?')")


def checked_place(one: Looker) -> None:
    one.at("/sense-check/", "table a")
    one.page.locator("main table a").first.click()
    one.page.wait_for_load_state("networkidle")


def one_check(one: Looker) -> None:
    """A record taken off its place: said once, found again the next time."""
    one.at("/sense-check/", "h2")
    mine = one.page.get_by_role("link", name=re.compile("before and after|What it does|would do"))
    if not one.page.locator("text=Taken for the pictures").count():
        checked_place(one)
        one.page.get_by_role("link", name=re.compile("Something is wrong")).first.click()
        one.page.locator("#o-dispute").check()
        one.page.locator("#reason").select_option("wrong_place")
        one.page.locator("#note").fill("Taken for the pictures: reported from here, but not of here.")
        one.page.get_by_role("button", name="Say so").click()
        one.page.wait_for_load_state("networkidle")
        one.at("/sense-check/", "h2")
    mine.first.click()
    one.page.wait_for_selector("h1:has-text('What it does')")


def told_together(one: Looker) -> None:
    checked_place(one)
    one.at(one.href("a[href^='/sense-check/event/']"))


def releasing(one: Looker) -> None:
    one.at("/releases/new/")
    one.page.locator("input[name=audience]").first.check()
    for box in one.page.locator("input[name=recipient]").all()[:2]:
        box.check()
    one.down_to("h1")


def approving(one: Looker) -> None:
    one.at("/releases/")
    one.page.locator("[aria-label='Waiting for approval'] tbody a").first.click()
    one.page.wait_for_selector("h1:has-text('Release')")


def given(one: Looker) -> None:
    """What the front line opens: the release itself."""
    one.at("/shared/")
    one.at(one.href("article:has-text('team') a[href$='/html/']"))
    one.down_to("h2:has-text('Maps')")


def planning(one: Looker) -> None:
    one.at("/planning/")
    one.page.locator("#p-area").select_option(index=3)
    one.page.get_by_role("button", name="Show").click()
    one.page.wait_for_selector("h2")


def replayed(one: Looker) -> None:
    one.at(f"{closed(one)}replay/")
    one.page.get_by_role("link", name="Ask the same today").click()
    one.page.wait_for_selector("section h2")
    for _ in range(20):
        if not one.page.locator(".notice-line").count():
            break
        one.page.wait_for_timeout(2000)
        one.page.reload()


def presented(one: Looker) -> None:
    one.at(f"/present/?meeting={_number(frozen(one))}", ".slide-title")
    one.page.keyboard.press("ArrowRight")
    one.page.wait_for_timeout(2500)
    one.page.wait_for_load_state("networkidle")


def simply(path: str, waits: str = "h1") -> Callable[[Looker], None]:
    return lambda one: one.at(path, waits)


BOTH = ("dark", "phone")
PICTURES = (
    Picture("calendar", "chair", simply("/meetings/"), ("phone",)),
    Picture("frozen", "chair", lambda one: one.at(frozen(one)), BOTH),
    Picture("item-hot", "chair", at_item("Hot now"), BOTH),
    Picture("minutes-beside-map", "chair", minuting),
    Picture("decide", "chair", deciding, BOTH),
    Picture("place", "chair", at_place, BOTH),
    Picture("draw", "chair", drawing),
    Picture("actions", "chair", simply("/actions/"), BOTH),
    Picture("evaluated", "chair", evaluated, ("dark",)),
    Picture("questions", "chair", simply("/questions/")),
    Picture("in-place", "chair", simply("/enforcement/")),
    Picture("sense-check", "police-member", simply("/sense-check/"), ("phone",)),
    Picture("check-place", "police-member", checked_place),
    Picture("check-one", "police-member", one_check),
    Picture("told-together", "police-member", told_together),
    Picture("erasure", "governance", simply("/erasure/")),
    Picture("papers", "chair", simply("/papers/")),
    Picture("release-new", "analyst", releasing),
    Picture("approval", "governance", approving),
    Picture("shared", "frontline", simply("/shared/")),
    Picture("given", "frontline", given),
    Picture("planning", "frontline", planning, ("phone",)),
    Picture("replay", "chair", replayed),
    Picture("after", "chair", lambda one: one.at(f"{closed(one)}after/")),
    Picture("added", "chair", simply("/added/")),
    Picture("year", "chair", simply("/year/")),
    Picture("presented", "chair", presented),
)


def pack(one: Looker) -> tuple[bytes, int]:
    return one.file(f"/papers/pack.pdf?meeting={_number(frozen(one))}"), 3


def profile(one: Looker) -> tuple[bytes, int]:
    """Made from its form as it stands: boxes left empty stay boxes on the paper."""
    one.at("/papers/")
    one.at(one.href("a[href^='/papers/profile/']"))
    with one.page.expect_download(timeout=PATIENCE_MS) as told:
        one.page.get_by_role("button", name="Make the PDF").click()
    return Path(told.value.path()).read_bytes(), 1


def district(one: Looker) -> tuple[bytes, int]:
    one.at("/papers/")
    return one.file(one.href("a[href^='/papers/district/']")), 1


PAPERS = {"pack-page": pack, "profile-page": profile, "district-page": district}
"""Papers made as the chair, each with the page that is shown."""


def in_few_colours(path: Path) -> None:
    """With 256 colours: a third of the size, and no eye sees it."""
    from PIL import Image

    with Image.open(path) as whole:
        few = whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def signed_in(browser: Any, address: str, who: str, look: str) -> Looker:
    width, height = PHONE if look == "phone" else LAPTOP
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="en-GB",
        reduced_motion="reduce",
        color_scheme="dark" if look == "dark" else "light",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{address}/sign-in/demo/")
    page.locator(f'button[name="username"][value="{who}"]').click()
    page.wait_for_load_state("domcontentloaded")
    return Looker(page, address)


def taken(browser: Any, address: str, picture: Picture, look: str) -> None:
    one = signed_in(browser, address, picture.who, look)
    try:
        picture.way(one)
        path = FOLDER / f"meeting-{picture.name}{'' if look == 'light' else f'-{look}'}.png"
        one.page.screenshot(path=str(path))
        in_few_colours(path)
    finally:
        one.page.context.close()


def set_as_picture(browser: Any, address: str, name: str) -> None:
    """One page of a paper, as poppler's pdftoppm draws it."""
    one = signed_in(browser, address, "chair", "light")
    try:
        content, page = PAPERS[name](one)
    finally:
        one.page.context.close()
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / "paper.pdf"
        paper.write_bytes(content)
        path = FOLDER / f"meeting-{name}"
        words = ["-png", "-r", str(PAPER_DPI), "-f", str(page), "-l", str(page), "-singlefile"]
        subprocess.run(["pdftoppm", *words, str(paper), str(path)], check=True)
    in_few_colours(path.with_suffix(".png"))


def main(address: str, names: list[str]) -> int:
    """Take them all, or those named; gives how many could not be taken."""
    from playwright.sync_api import sync_playwright

    failed = []
    wanted: list[tuple[str, Callable[[Any], None]]] = []
    for one in PICTURES:
        for look in ("light", *one.also):
            wanted.append((one.name, lambda to, one=one, look=look: taken(to, address, one, look)))
    wanted += [(name, lambda to, name=name: set_as_picture(to, address, name)) for name in PAPERS]
    found = next(path for name in CHROMIUM if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(CHROMIUM_ARGUMENTS))
        for name, take in wanted:
            if names and name not in names:
                continue
            try:
                take(browser)
                print(name, flush=True)
            except Exception as trouble:  # the others are wanted all the same
                failed.append(name)
                print(f"{name}: {trouble}", file=sys.stderr, flush=True)
        browser.close()
    return len(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/"), sys.argv[2:]))
