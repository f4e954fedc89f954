"""Many people at the map at once: `python -m benchmarks.people_at_once [--home DIR] [--people 20] [--minutes 5]`.

Each signs in and then makes one interaction every three seconds: mostly another filter, sometimes another level, a
place's evidence, the hotspots of a new filter, or the landing, each asked as the page itself would ask. Goals: 95 of 100
within half a second, no error, and the server's memory flat after the first minute. A refusal in words (400, 403) is an
answer: it is timed, counted apart and no error.
"""

import argparse
import gzip
import http.client
import json
import os
import platform
import random
import re
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import numpy as np

from benchmarks.map_paint import _build, served

GOAL_P95_MS, GROWTH_MB = 500.0, 64.0
EVERY_S = 3.0
READERS = ("analyst", "chair", "member")
GRAINS = ("district", "ward", "lsoa", "street", "cell", "point")
LEVELS = ("cell:8", "cell:8", "cell:9", "ward", "district", "street")


@dataclass
class Person:
    """One signed-in session on a connection of its own; `took` holds (kind, ms) of each interaction."""

    address: str
    seed: int
    cookies: dict[str, str] = field(default_factory=dict)
    took: list[tuple[str, float]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    spots: list[int] = field(default_factory=list)
    spots_of: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.line = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)

    def ask(self, path: str, method: str = "GET", body: str | None = None) -> tuple[int, bytes]:
        headers = {
            "Accept-Encoding": "gzip",
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
        }
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": self.address}
        self.line.request(method, path, body, headers)
        reply = self.line.getresponse()
        told = reply.read()
        for header in reply.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: one.value for name, one in SimpleCookie(header).items()}
        if reply.headers.get("Content-Encoding") == "gzip":
            told = gzip.decompress(told)
        return reply.status, told

    def sign_in(self) -> None:
        _, page = self.ask("/sign-in/demo/")
        token = page.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        cast = re.findall(r'name="username" value="([a-z_0-9-]+)"', page.decode())
        readers = [name for name in cast if name.startswith(READERS)]
        body = urlencode({"csrfmiddlewaretoken": token, "username": readers[self.seed % len(readers)]})
        status, _ = self.ask("/sign-in/demo/", "POST", body)
        if status != 302:
            raise SystemExit(f"signing in was answered with {status}")
        choices = json.loads(self.ask("/api/choices")[1])
        self.themes = [one["code"] for one in choices["themes"]]
        self.finest: dict[str, int] = {}
        for feed in choices["feeds"]:
            if feed["shown"]:
                fine = GRAINS.index(feed["finest"])
                self.finest[feed["agency"]] = max(fine, self.finest.get(feed["agency"], 0))
        self.agencies = [one["code"] for one in choices["agencies"] if one["code"] in self.finest]
        year, rest = choices["period"][1][:4], choices["period"][1][4:]
        self.period = {"from": f"{int(year) - 1}{rest}", "to": choices["period"][1]}
        self.words: dict[str, str] = {"level": "cell:8"}

    def interact(self) -> None:
        """One interaction, timed as its slowest request; the picture first, as on the page."""
        kind = self.chance.choices(
            ("filter", "level", "hotspots", "evidence", "landing"), (60, 15, 10, 10, 5)
        )[0]
        began = time.perf_counter()
        status, told = self.ask(getattr(self, f"_{kind}")())
        self.took.append((kind, (time.perf_counter() - began) * 1000))
        if status in (400, 403) and b'"sentence"' in told:
            self.refusals.append(f"{kind} was refused: {json.loads(told)['sentence']}")
        elif status not in (200, 202):
            self.faults.append(f"{kind} was answered with {status}: {told[:120]!r}")
        elif kind == "hotspots" and status == 200:
            self.spots = [one["id"] for one in json.loads(told)["hotspots"]]
            self.spots_of = dict(self.words)

    def _question(self, **words: str) -> str:
        """An agency that may be told no finer than its wards is taken out where hexagons are asked for."""
        told = self.period | self.words | words
        fine = GRAINS.index(told["level"].partition(":")[0])
        if "agency" in told and self.finest[told["agency"]] < fine:
            del told["agency"]
        return urlencode(told)

    def _filter(self) -> str:
        name, among = self.chance.choice((("theme", self.themes), ("agency", self.agencies)))
        self.words.pop(name, None)
        if self.chance.random() < 0.7:
            self.words[name] = self.chance.choice(among)
        if self.chance.random() < 0.3:
            self.words["hours"] = f"{self.chance.randrange(0, 12)}-{self.chance.randrange(12, 24)}"
        return f"/api/picture?{self._question()}"

    def _level(self) -> str:
        self.words["level"] = self.chance.choice(LEVELS)
        return f"/api/picture?{self._question()}"

    def _hotspots(self) -> str:
        self.words.pop("hours", None)
        return f"/api/hotspots?{self._question(level='cell:9')}"

    def _evidence(self) -> str:
        """Of a hotspot of the filters it was found with: on the page the numbers of others are gone."""
        if not self.spots or self.words | {"level": ""} != self.spots_of | {"level": ""}:
            return self._hotspots()
        return f"/api/evidence?{self._question(level='cell:9', hotspot=str(self.chance.choice(self.spots)))}"

    def _landing(self) -> str:
        return "/"


def live(person: Person, until: float) -> None:
    time.sleep(person.chance.uniform(0, EVERY_S))
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            person.interact()
        except (OSError, http.client.HTTPException, ValueError, KeyError) as fault:
            person.faults.append(f"{type(fault).__name__}: {fault}")
            person.line.close()
        time.sleep(max(0.0, EVERY_S - (time.monotonic() - began)))


def server_mb() -> float:
    """Memory of every process that this one started and those started by them, by what the kernel says."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents.setdefault(
                    int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1]), []
                ).append(int(folder.name))
            except OSError:
                continue
    pids, found = [os.getpid()], 0.0
    while pids:
        for child in parents.get(pids.pop(), ()):
            pids.append(child)
            held = Path(f"/proc/{child}/statm").read_text().split()[1]
            found += int(held) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return found


def measure(address: str, people: int, minutes: float) -> int:
    crowd = [Person(address, seed) for seed in range(people)]
    for person in crowd:
        person.sign_in()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}")
    until = time.monotonic() + minutes * 60
    threads = [threading.Thread(target=live, args=(person, until), daemon=True) for person in crowd]
    for thread in threads:
        thread.start()
    memory = []
    while any(thread.is_alive() for thread in threads):
        memory.append(server_mb())
        time.sleep(min(30.0, max(1.0, until - time.monotonic())))
    return _say(crowd, memory, minutes)


def _say(crowd: list[Person], memory: list[float], minutes: float) -> int:
    took = [one for person in crowd for one in person.took]
    faults = [fault for person in crowd for fault in person.faults]
    refusals = [told for person in crowd for told in person.refusals]
    for kind in ("all", *sorted({kind for kind, _ in took})):
        times = [ms for of, ms in took if kind in ("all", of)]
        print(
            f"{kind:<10}{len(times):>6} interactions; median {np.median(times):5.0f}, "
            f"p95 {np.percentile(times, 95):5.0f}, most {max(times):5.0f} ms"
        )
    settled = memory[min(2, len(memory) - 1)]
    print(f"memory of the server, every half minute, MB: {' '.join(f'{one:.0f}' for one in memory)}")
    print(
        f"{len(crowd)} people, {minutes:g} minutes, {len(faults)} errors, {len(refusals)} refusals in words; "
        f"load after {os.getloadavg()[0]:.1f}"
    )
    for told in [*faults[:5], *refusals[:5]]:
        print(f"  {told}")
    p95 = float(np.percentile([ms for _, ms in took], 95))
    met = p95 <= GOAL_P95_MS and not faults and memory[-1] - settled <= GROWTH_MB
    print(f"goal p95 ≤ {GOAL_P95_MS:.0f} ms, no error, memory flat: {'met' if met else 'NOT met'}")
    return 0 if met else 1


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--home", type=Path, help="a demo home; without it a whole county is built for this")
    words.add_argument("--people", type=int, default=20)
    words.add_argument("--minutes", type=float, default=5.0)
    words.add_argument("--full", action="store_true")
    told = words.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        served(told.home or _build(Path(folder) / "home")) as address,
    ):
        return measure(address, min(told.people, 50), min(told.minutes, 15.0))


if __name__ == "__main__":
    sys.exit(main())
