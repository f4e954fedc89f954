"""A filter changes: how long until the map shows it, at hexagon level, 800 × 600, drawn in software.

Times come from the page's own measures: from the answer's text to the frame that shows it, and from the request. Every
change is made by the page's own controls, one after another, each when the one before has been drawn and tested; then
many in a row without waiting, of which one request at a time may be under way and the last must be painted. Last, how long
a first visit waits for the map and for the landing page. A server that has just been started first works ahead for half a
minute; a meeting asks one that has been up all day, so the changes begin when that is done.
"""

import argparse
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import TextIO

import numpy as np

from benchmarks._first_paint import first_paints
from benchmarks._signed_in import LONGEST_MS, sign_in

ARGUMENTS = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
)
MAP_PX = (800, 600)
GOALS_MS = {"answer-to-painted": {50: 100}, "asked-to-painted": {50: 150, 95: 250}}
"""By the measure's name: percentiles and the most they may be."""
PLACES = {"the county": "/map/?level=cell", "a town": "/map/?level=cell&at={lon},{lat},11.6"}
SETTLED_MS = 350
BRUSHED = 12
START_LIMIT_S = 60
REST_LIMIT_S = 180
REST_AFTER_S = 20
"""The server leaves its first visitor fifteen seconds alone before it works further ahead."""
BUSY_AT_REST = 0.05


@dataclass
class Driver:
    """A page, and what it is still waiting for."""

    page: object
    waiting: set[object] = field(default_factory=set)
    asked: int = 0
    pictures: int = 0
    most_pictures: int = 0

    def watch(self) -> None:
        self.page.on("request", self._begun)
        self.page.on("requestfinished", self._ended)
        self.page.on("requestfailed", self._ended)

    def _begun(self, request) -> None:
        self.waiting.add(request)
        self.asked += "/api/" in request.url
        self.pictures += "/api/picture" in request.url
        self.most_pictures = max(self.most_pictures, self.pictures)

    def _ended(self, request) -> None:
        self.waiting.discard(request)
        self.pictures -= "/api/picture" in request.url

    def settle(self) -> None:
        """Until nothing has been asked for a moment: longer than the page itself waits before it tests."""
        quiet_since, give_up = time.monotonic(), time.monotonic() + LONGEST_MS / 1000
        while time.monotonic() - quiet_since < SETTLED_MS / 1000 and time.monotonic() < give_up:
            self.page.wait_for_timeout(50)
            if self.waiting:
                quiet_since = time.monotonic()

    def clear(self) -> None:
        self.page.evaluate("() => { performance.clearMeasures(); performance.clearResourceTimings(); }")

    def painted(self) -> dict[str, float]:
        """The measures of the change just made, and how long its request took."""
        self.page.wait_for_function(
            "() => performance.getEntriesByName('trigpoint:asked-to-painted').length", timeout=LONGEST_MS
        )
        return self.page.evaluate(
            """() => ({
              'answer-to-painted': performance.getEntriesByName('trigpoint:answer-to-painted')[0].duration,
              'asked-to-painted': performance.getEntriesByName('trigpoint:asked-to-painted')[0].duration,
              'request': performance.getEntriesByType('resource').filter((e) => e.name.includes('/api/picture'))[0].duration,
            })"""
        )


def changes(page):
    """The controls in turn, over and over; each press is another filter than the one before."""
    return cycle(
        [
            ("theme", lambda: _tick(page, "themes", 0)),
            ("agency", lambda: _tick(page, "agencies", 0)),
            ("period", lambda: _key(page, '[data-grip="first"]', "ArrowLeft")),
            ("hours", lambda: _brush(page, (15, 0), (16, 4))),
            ("theme", lambda: _tick(page, "themes", 1)),
            ("agency", lambda: _tick(page, "agencies", -1)),
            ("hours", lambda: page.locator(".week-grid").press("Escape")),
            ("theme", lambda: _tick(page, "themes", 0)),
            ("period", lambda: _key(page, '[data-grip="first"]', "ArrowRight")),
            ("agency", lambda: _tick(page, "agencies", 0)),
            ("theme", lambda: _tick(page, "themes", 1)),
            ("agency", lambda: _tick(page, "agencies", -1)),
        ]
    )


def _tick(page, facet: str, place: int) -> None:
    page.locator(f'input[data-key^="{facet}-"]').nth(place).click()


def _key(page, selector: str, key: str) -> None:
    page.locator(selector).press(key)


def _brush(page, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Drag over the week from one (hour, day) to another. The grid's drawing is 243.6 wide, 18 before the first hour."""
    grid = page.locator(".week-grid")
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    scale = box["width"] / 243.6
    middles = [
        (box["x"] + (18 + (hour + 0.5) * 9.4) * scale, box["y"] + (day + 0.5) * 12 * scale)
        for hour, day in (first, last)
    ]
    page.mouse.move(*middles[0])
    page.mouse.down()
    page.mouse.move(*middles[1], steps=3)
    page.mouse.up()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--home", type=Path, help="a demo home; without it one is built for this, a whole county"
    )
    parser.add_argument(
        "--changes", type=int, default=60, help="how many filter changes, half of them over a town"
    )
    parser.add_argument("--full", action="store_true", help="four times as many")
    told = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        print("Not measured: there is no Chromium on this machine (apt-get install chromium).")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        home = told.home or _build(Path(folder) / "home")
        with served(home) as address:
            print(_rest(), flush=True)
            measure(address, chromium, told.changes * (4 if told.full else 1))
    return 0


def measure(address: str, chromium: str, many: int) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        print(
            f"Python {platform.python_version()}, Chromium {browser.version} drawing in software, {os.cpu_count()} cores,"
            f" load before {_load()}"
        )
        page = browser.new_context(locale="en-GB", reduced_motion="reduce").new_page()
        sign_in(page, address)
        driver = Driver(page)
        driver.watch()
        taken = [each for place in PLACES for each in _over(driver, address, place, (many + 1) // 2)]
        brushed = _brushed(driver)
        first = list(first_paints(browser, address))
        browser.close()
    _say("all", taken)
    for kind in sorted({each["kind"] for each in taken}):
        _say(f"  {kind}", [each for each in taken if each["kind"] == kind])
    print(f"{driver.asked / len(taken):.1f} requests a change, first visits included; load after {_load()}")
    for name, goals in GOALS_MS.items():
        for percentile, goal_ms in goals.items():
            found = float(np.percentile([each[name] for each in taken], percentile))
            word = "median" if percentile == 50 else f"p{percentile}"
            print(
                f"goal {name} {word} ≤ {goal_ms} ms: {'met' if found <= goal_ms else 'NOT met'}, {found:.0f} ms"
            )
    for line in (brushed, *first):
        print(line)


def _over(driver: Driver, address: str, place: str, many: int) -> list[dict[str, object]]:
    """Changes made with the camera over the county or over its busiest place, the first two to warm up."""
    page = driver.page
    lon, lat = _busiest(page) if "{lon}" in PLACES[place] else (0.0, 0.0)
    page.goto(address + PLACES[place].format(lon=round(lon, 4), lat=round(lat, 4)))
    page.wait_for_selector(".evidence .verdict b", state="attached")
    _fit_panel(page)
    driver.settle()
    taken: list[dict[str, object]] = []
    for turn, (kind, act) in enumerate(islice(changes(page), many + 2)):
        driver.clear()
        act()
        found = driver.painted()
        if turn >= 2:
            taken.append({"kind": kind, **found})
        driver.settle()
    level = page.locator(".legend-marks").inner_text()
    _say(f"{place} ({level})", taken)
    return taken


def _brushed(driver: Driver) -> str:
    """The period moved many times in a row, as fast as keys come: what was under way at once, and what was painted."""
    page = driver.page
    driver.most_pictures = driver.pictures
    driver.clear()
    page.locator('[data-grip="first"]').focus()
    for _ in range(BRUSHED):
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(30)
    driver.settle()
    asked, begins = page.evaluate(
        """() => [
          performance.getEntriesByType('resource').filter((e) => e.name.includes('/api/picture')).map((e) => e.name).at(-1),
          new URL(location.href).searchParams.get('from'),
        ]"""
    )
    last = f"from={begins}" in asked and page.evaluate(
        "() => performance.getEntriesByName('trigpoint:asked-to-painted').length > 0"
    )
    fine = last and driver.most_pictures <= 1
    return (
        f"brushed {BRUSHED} times in a row: at most {driver.most_pictures} pictures asked for at once, "
        f"the last {'painted' if last else 'NOT painted'}; goal one at once: {'met' if fine else 'NOT met'}"
    )


def _busiest(page) -> tuple[float, float]:
    """The first hotspot, where there is one; else the middle of the county."""
    return page.evaluate(
        """async () => {
          const { bbox, period } = await (await fetch('/api/choices')).json();
          const found = await (await fetch(`/api/hotspots?level=cell:9&from=${period[0]}&to=${period[1]}`)).json();
          const spot = found.hotspots[0];
          return spot ? [spot.lon, spot.lat] : [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2];
        }"""
    )


def _fit_panel(page) -> None:
    """Make the window as large as gives the map its 800 × 600."""
    page.set_viewport_size({"width": 1470, "height": 780})
    box = page.locator(".stage").bounding_box()
    size = {"width": round(1470 + MAP_PX[0] - box["width"]), "height": round(780 + MAP_PX[1] - box["height"])}
    page.set_viewport_size(size)
    box = page.locator(".stage").bounding_box()
    if (round(box["width"]), round(box["height"])) != MAP_PX:
        raise SystemExit(f"the map is {box['width']} by {box['height']}, not {MAP_PX}")


def _say(name: str, taken: list[dict[str, object]]) -> None:
    parts = []
    for measure_name in (*GOALS_MS, "request"):
        times = [float(each[measure_name]) for each in taken]
        parts.append(f"{measure_name} median {np.median(times):4.0f}, p95 {np.percentile(times, 95):4.0f} ms")
    print(f"{name}: {len(taken)} changes; " + "; ".join(parts))


def _load() -> str:
    return " ".join(f"{each:.1f}" for each in os.getloadavg())


def _build(home: Path) -> Path:
    print("building a county …", flush=True)
    subprocess.run([*_trigpoint(home), "demo", "--no-serve"], check=True, stdout=subprocess.DEVNULL)
    return home


def _trigpoint(home: Path) -> list[str]:
    return [sys.executable, "-m", "trigpoint.cli", "--home", str(home)]


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The home's address on a free port of the loopback, while it is served."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryFile("w+") as said:
        words = [*_trigpoint(home), "serve", "--port", str(port)]
        process = subprocess.Popen(words, stdout=said, stderr=subprocess.STDOUT)
        try:
            _wait_until_open(port, process, said)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _rest() -> str:
    """Waits until the machine has nothing to do, and says how long that took."""
    began, quiet = time.monotonic(), 0
    time.sleep(REST_AFTER_S)
    if not Path("/proc/stat").exists():
        time.sleep(REST_LIMIT_S - REST_AFTER_S)
        return f"no /proc here to see when the server rests: waited {REST_LIMIT_S} s"
    while quiet < 3 and time.monotonic() - began < REST_LIMIT_S:
        quiet = quiet + 1 if _busy_share(2.0) < BUSY_AT_REST else 0
    word = "at rest" if quiet == 3 else "NOT at rest"
    return f"server and machine {word} {time.monotonic() - began:.0f} s after the start"


def _busy_share(over_s: float) -> float:
    """The share of all processors' time that was used meanwhile."""
    before = _ticks()
    time.sleep(over_s)
    idle, every = (now - then for now, then in zip(_ticks(), before, strict=True))
    return 1 - idle / max(every, 1)


def _ticks() -> tuple[int, int]:
    """Idle and all, since the machine started."""
    ticks = [int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return ticks[3] + ticks[4], sum(ticks)


def _wait_until_open(port: int, process: subprocess.Popen, said: TextIO) -> None:
    give_up = time.monotonic() + START_LIMIT_S
    while process.poll() is None and time.monotonic() < give_up:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    said.seek(0)
    raise SystemExit(f"the home cannot be served:\n{said.read()}")


if __name__ == "__main__":
    sys.exit(main())
