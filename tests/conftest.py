"""What every test may ask for: a real temporary home, the real open data where it is there."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings

hypothesis_settings.register_profile(
    "default", deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
hypothesis_settings.register_profile(
    "soak", parent=hypothesis_settings.get_profile("default"), max_examples=2000
)
# Few examples and always the same ones: what is covered must not depend on luck (tests/covered.py).
hypothesis_settings.register_profile(
    "covered",
    parent=hypothesis_settings.get_profile("default"),
    max_examples=8,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
hypothesis_settings.load_profile("default")

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


DATABASE_FIXTURES = {"db", "transactional_db"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What touches the database is marked, so that it can be run on another one."""
    for item in items:
        if DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")
    if "PYTEST_XDIST_WORKER" in os.environ:
        _long_files_first(items)


def _long_files_first(items: list[pytest.Item]) -> None:
    """The order in which files are handed to workers, so that none is left with a long one when the others are done.

    One file that needs the demo home begins, so that it is built while others are at the laws; then those that need it.
    """
    demo = {item.path for item in items if "demo_home" in getattr(item, "fixturenames", ())}
    first = next((item.path for item in items if item.path in demo), None)

    def turn(item: pytest.Item) -> int:
        if item.path == first:
            return 0
        if "property" in item.path.parts:
            return 1
        return 2 if item.path in demo else 3 if "unit" not in item.path.parts else 4

    items.sort(key=turn)


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def home(tmp_path, settings, transactional_db):
    """An empty home whose tables, agencies and shipped agreement are in place; its owner is `analyst`."""
    from trigpoint.config.home_settings import read_home_settings
    from trigpoint.db.home import current_home
    from trigpoint.upkeep.new_home import write_home
    from trigpoint.upkeep.prepare import prepare_home

    root = tmp_path / "home"
    write_home(root, county="Marlshire", districts=(), owner="analyst", demo=False, at=AT)
    settings.TRIGPOINT_HOME = root
    settings.HOME = read_home_settings(root)
    prepare_home(by="tests", at=AT)
    return current_home()


@pytest.fixture(scope="session")
def open_data() -> Path:
    """The folder of real open data; a test that asks for it skips, saying so, where there is none."""
    told = os.environ.get("TRIGPOINT_OPEN_DATA")
    if not told or not Path(told, "essex").is_dir():
        pytest.skip("no real open data: set TRIGPOINT_OPEN_DATA to the folder that holds essex/")
    return Path(told) / "essex"
