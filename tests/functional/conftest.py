"""A demo home built by the real pipeline, a real server on the loopback, a real browser that may go nowhere else."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[2]
BUILT_FRONT_END = ROOT / "trigpoint/web/static/trigpoint/dist/manifest.json"
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
)
START_LIMIT_S = 60


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "viewport(width, height): the size of the visitor's screen, CSS pixels"
    )


def required_or_skip(reason: str) -> None:
    """Skip, saying why; where the browser's tests are required (TRIGPOINT_REQUIRE_BROWSER=1), fail instead."""
    if os.environ.get("TRIGPOINT_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


TESTS_OWN = ("DJANGO_SETTINGS_MODULE", "TRIGPOINT_HOME", "TRIGPOINT_LOOPBACK")


def surroundings() -> dict[str, str]:
    """The environment a user's own shell would have: without what the tests' settings put into this process, except
    where compiled loops are kept."""
    return {name: value for name, value in os.environ.items() if name not in TESTS_OWN}


def trigpoint(home: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "trigpoint.cli", "--home", str(home), *words]


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A village: files written, loaded and published as `trigpoint demo` does it.

    A county where pictures are wanted; the demo home at TRIGPOINT_DEMO_HOME, a copy nobody else uses, where it is named.
    """
    if built_before := os.environ.get("TRIGPOINT_DEMO_HOME"):
        return Path(built_before)
    home = tmp_path_factory.mktemp("demo") / "home"
    if "PYTEST_XDIST_WORKER" not in os.environ:
        build_demo(home)
        return home
    # The workers of one run share their parent folder: the first of them builds, each has a copy of its own.
    shared = tmp_path_factory.getbasetemp().parent / "demo-home"
    with FileLock(shared.with_suffix(".lock")):
        if not shared.exists():
            building = shared.with_suffix(".building")
            shutil.rmtree(building, ignore_errors=True)
            build_demo(building)
            building.rename(shared)
    shutil.copytree(shared, home, symlinks=True)
    return home


def build_demo(home: Path) -> None:
    size = "county" if os.environ.get("TRIGPOINT_PICTURES") == "1" else "village"
    words = trigpoint(home, "demo", "--size", size, "--no-serve")
    built = subprocess.run(words, env=surroundings(), capture_output=True, text=True, check=False)
    if built.returncode != 0:
        pytest.fail(f"the demo home could not be built:\n{built.stdout}\n{built.stderr}")


@pytest.fixture(scope="session")
def server(demo_home: Path) -> Iterator[str]:
    """The address of the demo home, served with its worker as `trigpoint serve` does it."""
    port = _free_port()
    log = (demo_home.parent / "server.log").open("w+", encoding="utf-8")
    words = trigpoint(demo_home, "serve", "--port", str(port))
    process = subprocess.Popen(
        words, env=surroundings(), stdout=log, stderr=subprocess.STDOUT, start_new_session=True
    )
    try:
        _wait_until_open(port, process, log.name)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        log.close()


@pytest.fixture(scope="session")
def pictures() -> Path | None:
    """Where pictures for the README are kept; None unless they are wanted (TRIGPOINT_PICTURES=1)."""
    if os.environ.get("TRIGPOINT_PICTURES") != "1":
        return None
    folder = ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    """Where the county is kept once it is built: the home's folder, and the rows of its database."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def county(kept, tmp_path, at, client, settings, transactional_db, request):
    """The small county, brought in and published by the first test and set up from its copy for the others."""
    from django.core.management import call_command

    from tests.factories.small_county import publish_small_county
    from trigpoint.config.home_settings import read_home_settings
    from trigpoint.db.home import current_home
    from trigpoint.db.models import User

    rows, folder = kept / "rows.json", kept / "home"
    if not rows.exists():
        request.getfixturevalue("home")
        publish_small_county(tmp_path / "files", by="analyst", at=at)
        shutil.copytree(settings.TRIGPOINT_HOME, folder)
        call_command("dumpdata", "db", output=str(rows), verbosity=0)
    else:
        settings.TRIGPOINT_HOME = tmp_path / "home"
        shutil.copytree(folder, settings.TRIGPOINT_HOME)
        settings.HOME = read_home_settings(settings.TRIGPOINT_HOME)
        call_command("createcachetable", verbosity=0)
        call_command("loaddata", str(rows), verbosity=0)
    client.force_login(User.objects.get(username="analyst"))
    return current_home()


@pytest.fixture
def people(home, at):
    """An empty home with a contributor of two agencies, a chair, somebody of the front line and of governance."""
    from trigpoint.changes.accounts import open_account

    for user, role, agency in (
        ("asb", "contributor", "community_safety"),
        ("school", "contributor", "education"),
        ("chair", "chair", None),
        ("frontline", "frontline", None),
        ("governance", "governance", None),
    ):
        open_account(user=user, role=role, agency=agency, password=None, by="analyst", at=at)
    return home


@pytest.fixture
def as_person(people):
    """A client that one of `people`, or the analyst, has signed in with."""
    from django.test import Client

    from trigpoint.db.models import User

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=name))
        return client

    return signed_in


@dataclass
class Visitor:
    """A page of the browser, and everything it did that a page should not."""

    page: object
    server: str
    elsewhere: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def sign_in(self, name: str = "analyst") -> None:
        self.page.goto(f"{self.server}/sign-in/demo/")
        self.page.locator(f'button[name="username"][value="{name}"]').click()
        self.page.wait_for_load_state("domcontentloaded")

    def violations(self) -> list[str]:
        """What axe-core finds wrong with the page as it stands, one line a fault."""
        if not AXE.is_file():
            required_or_skip("axe-core is not installed: run npm ci in frontend")
        if not self.page.evaluate("() => Boolean(window.axe)"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "async () => (await axe.run(document, {resultTypes: ['violations'], elementRef: false})).violations"
            ".map(({id, nodes}) => ({id, nodes: nodes.map(({target, failureSummary}) => ({target, failureSummary}))}))"
        )
        return [
            f"{each['id']}: {node['target']} {node['failureSummary']}"
            for each in found
            for node in each["nodes"]
        ]


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    """A browser, for one module at a time: Playwright's loop must be gone before other tests touch the database."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        required_or_skip("no Chromium: apt-get install chromium")
    if not BUILT_FRONT_END.is_file():
        required_or_skip("the front end is not built: run npm run build in frontend")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(CHROMIUM_ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium, server, request) -> Iterator[Visitor]:
    """Somebody at a laptop of 1440 × 900, or as the test's `viewport` marker says."""
    marker = request.node.get_closest_marker("viewport")
    width, height = marker.args if marker else (1440, 900)
    context = chromium.new_context(
        viewport={"width": width, "height": height}, locale="en-GB", reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    one = Visitor(page=page, server=server)
    here = urlsplit(server).netloc
    page.on("request", lambda asked: _note_elsewhere(one, asked.url, here))
    page.on("pageerror", lambda fault: one.faults.append(str(fault)))
    page.on("console", lambda told: one.faults.append(told.text) if told.type == "error" else None)
    yield one
    context.close()
    assert one.elsewhere == [], "a page asked another host"
    assert one.faults == [], "a page broke"


def _note_elsewhere(one: Visitor, url: str, here: str) -> None:
    parts = urlsplit(url)
    if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != here:
        one.elsewhere.append(url)


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def _wait_until_open(port: int, process: "subprocess.Popen[bytes]", log: str) -> None:
    until = time.monotonic() + START_LIMIT_S
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{Path(log).read_text(encoding='utf-8')}")
