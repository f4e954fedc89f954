"""Spark, over the published rows as Parquet, gives every row that DuckDB gives: per question, per viewer, per filter."""

import dataclasses
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import duckdb
import numpy as np
import pytest

from tests.factories.spark_cluster import standalone_cluster, what_is_missing
from tests.factories.world import (
    EPOCH,
    FIRST_DAY,
    LAST_DAY,
    World,
    random_records,
    write_file,
)
from trigpoint.db.models import AuditEvent, Publication
from trigpoint.demo.play import play_county
from trigpoint.gate.ask import Answer, Question, ReadDenied, Viewer, ask
from trigpoint.gate.distributed import ask_distributed, distributed_version
from trigpoint.store.connection import cursor as stored_cursor
from trigpoint.store.counts import fetch_tested, fetch_units, occupied_beyond
from trigpoint.store.coverage import fetch_coverage
from trigpoint.store.distributed import Dataset, DatasetError, connect
from trigpoint.store.notices import fetch_notices
from trigpoint.store.permitted import UNIT_COLUMNS, PermittedFeed, permit_records, permit_sites_and_notices
from trigpoint.store.picture import fetch_columns
from trigpoint.store.questions import Columns, Selection
from trigpoint.store.schema import TABLES
from trigpoint.store.series import fetch_days, fetch_span
from trigpoint.store.sites import fetch_sites
from trigpoint.upkeep.export import write_parquet

pytestmark = pytest.mark.spark

AT = datetime(2024, 7, 5, 12, 0, tzinfo=UTC)
VILLAGE_AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
UNITS = tuple(column for columns in UNIT_COLUMNS for column in columns)
VILLAGERS = (
    Viewer("analyst", "", "analyst"),
    Viewer("police-member", "police", "member"),
    Viewer("education-member", "education", "member"),
)
EVERYTHING = tuple(PermittedFeed(feed, True, (), 6, True) for feed in range(7))
SOMETHING = (
    PermittedFeed(0, False, (7,), 2, False),
    PermittedFeed(2, True, (), 5, False),
    PermittedFeed(4, False, (), 1, False),
    PermittedFeed(5, True, (), 2, False),
    PermittedFeed(6, True, (), 4, False),
)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session on a real cluster: a standalone master and two workers."""
    missing = what_is_missing()
    if missing and os.environ.get("TRIGPOINT_REQUIRE_SPARK") == "1":
        pytest.fail(f"Spark is required and there is {missing}")
    if missing:
        pytest.skip(f"no Spark: {missing}")
    with standalone_cluster(tmp_path_factory.mktemp("spark")) as master:
        session = connect(master, memory="600m", scratch=tmp_path_factory.mktemp("scratch"))
        try:
            yield session
        finally:
            session.stop()


@dataclasses.dataclass(frozen=True)
class Both:
    """One published version, as DuckDB's file and as a dataset for Spark."""

    stored: Callable[[], Any]
    spread: Callable[[], Any]


@pytest.fixture
def published(home, spark, tmp_path) -> Callable[[World], Both]:
    """Publish a world, and write its rows with the real export."""

    def publish(world: World) -> Both:
        write_file(home.store / "1.duckdb", world)
        Publication.objects.create(
            number=1, file_name="1.duckdb", built_at=AT, built_by="tests", records=len(world.records), claims=0,
            deliveries=[], seconds=0.0, base_map="",
        )  # fmt: skip
        directory = write_parquet(tmp_path / "parquet").directory
        dataset = Dataset(spark, directory)
        return Both(lambda: stored_cursor(home.store / "1.duckdb"), dataset.cursor)

    return publish


# the rows of a question


@pytest.mark.parametrize("feeds", [EVERYTHING, SOMETHING, ()], ids=["everything", "something", "nothing"])
def test_every_row_of_every_question_of_records(published, feeds):
    both = published(World(random_records(1, 400), ()))
    grain = 5 if feeds == EVERYTHING else 2
    rng = random.Random(len(feeds))
    selections = [Selection(), *(random_selection(rng, grain) for _ in range(2 if feeds else 0))]
    with (
        closing(permit_records(both.stored(), feeds, grain)) as stored,
        closing(permit_records(both.spread(), feeds, grain)) as spread,
    ):
        for selection in selections:
            for ask in questions_of_records(selection, units_of(grain), rng):
                assert rows(ask(spread)) == rows(ask(stored))


def questions_of_records(
    selection: Selection, units: tuple[str, ...], rng: random.Random
) -> list[Callable[[Any], Columns]]:
    """Every kind once, each as columns."""
    unit = rng.choice(units)
    known = Selection(known_at=selection.known_at)
    every = (
        "agency",
        "feed",
        "category",
        "theme_mask",
        "detection",
        "grade",
        "day",
        "hour",
        "weekday",
        "role",
        *units,
    )
    return [
        lambda cursor: fetch_columns(cursor, selection, every),
        lambda cursor: {"unit": fetch_units(cursor, selection, unit)},
        lambda cursor: dict(zip(("unit", "tested"), fetch_tested(cursor, selection, unit), strict=True)),
        lambda cursor: {"day": fetch_days(cursor, selection)},
        lambda cursor: fetch_coverage(cursor, selection),
        lambda cursor: {"unit": occupied_beyond(cursor, known, unit, 3)},
        lambda cursor: {"span": np.array(fetch_span(cursor, selection) or (-1, -1))},
    ]


@pytest.mark.parametrize("feeds", [EVERYTHING, SOMETHING, ()], ids=["everything", "something", "nothing"])
def test_every_row_of_sites_and_notices_in_order(published, feeds):
    both = published(World(random_records(2, 5), ()))
    asked: list[Callable[[Any], Columns]] = [
        lambda cursor: fetch_sites(cursor, classes=()),
        lambda cursor: fetch_sites(
            cursor, classes=("school", "childrens_home"), within=(("ward", 1), ("ward", 3))
        ),
        lambda cursor: fetch_sites(cursor, classes=(), open_from=FIRST_DAY, open_to=LAST_DAY, feeds=(3, 4)),
        lambda cursor: fetch_notices(cursor, served_by=LAST_DAY),
        lambda cursor: fetch_notices(cursor, served_by=date(2024, 2, 15), within=(("district", 0),)),
    ]
    with (
        closing(permit_sites_and_notices(both.stored(), feeds)) as stored,
        closing(permit_sites_and_notices(both.spread(), feeds)) as spread,
    ):
        for ask in asked:
            assert in_order(ask(spread)) == in_order(ask(stored))


def test_every_table_is_read_back_as_it_was_published(published):
    both = published(World(random_records(3, 60), ()))
    with closing(both.stored()) as stored, closing(both.spread()) as spread:
        for table in sorted(TABLES.keys() - {"meta"}):
            sql = f"SELECT * FROM {table}"
            assert rows(spread.execute(sql).fetchnumpy()) == rows(stored.execute(sql).fetchnumpy()), table
        assert ("publication", "1") in spread.execute("SELECT key, value FROM meta").fetchall()


# whole answers


def test_the_gate_gives_the_same_answers_of_the_village_from_either(home, spark, tmp_path):
    play_county(home.root, seed=2, size="village", at=VILLAGE_AT)
    exported = write_parquet(tmp_path / "parquet")
    spread = distributed_version(spark.sparkContext.master, exported.directory, scratch=tmp_path)
    rng = random.Random(4)
    asked = [(viewer, question) for viewer in VILLAGERS for question in questions_of_the_gate(rng)]
    recorded = AuditEvent.objects.filter(event="question")
    before, with_rows = recorded.count(), 0
    for viewer, question in asked:
        here = told(partial(ask, viewer, question, VILLAGE_AT))
        there = told(partial(ask_distributed, viewer, question, VILLAGE_AT, spread))
        assert there == here, (viewer, question)
        with_rows += len(here[1]) > 0
    assert recorded.count() - before == 2 * len(asked)
    assert with_rows > len(asked) // 2


def questions_of_the_gate(rng: random.Random) -> list[Question]:
    """Every kind of question, with filters drawn by a seed."""
    levels = ("district", "ward", "lsoa", "street", "cell:9")
    return [
        Question("counts", level=rng.choice(levels), **random_filters(rng)),
        Question("series", **random_filters(rng)),
        Question("picture", level=rng.choice(levels), **random_filters(rng)),
        Question("hotspots", level=rng.choice(("street", "cell:8"))),
        Question("coverage"),
        Question("totals", level=rng.choice(("ward", "district"))),
        Question("sites", around="E05900001", radius_m=3000),
        Question("notices", on=date(2026, 6, 1)),
        Question("shapes", level="ward"),
        Question("choices"),
    ]


def random_filters(rng: random.Random) -> dict[str, Any]:
    several = {
        "period_from": date(2025, 1, 1) + timedelta(days=rng.randrange(200)),
        "period_to": date(2026, 10, 31) - timedelta(days=rng.randrange(200)),
        "weekdays": (0, 4, 5),
        "agencies": ("police", "social_care"),
        "themes": ("asb", "missing", "county_lines"),
        "within": ("E05900001",),
        "known": date(2026, 9, 15),
    }
    return {name: value for name, value in several.items() if rng.random() < 0.35}


def told(ask_it: Callable[[], Answer]) -> tuple[object, ...]:
    """All that a viewer is told, or why nothing, in plain values; the columns second."""
    try:
        answer = ask_it()
    except ReadDenied as denied:
        return denied.reason, (), denied.clause
    columns = answer.columns if len(answer) else {}
    return answer.kind, plain(columns), plain(answer.about), plain(answer.parts)


# what a cursor may name


def test_a_restricted_cursor_names_nothing_else(published, tmp_path):
    both = published(World(random_records(5, 20), ()))
    with closing(permit_records(both.spread(), EVERYTHING, 2)) as cursor:
        file = next((tmp_path / "parquet").glob("counted/*/*.parquet"))
        for name in ("counted", "record", "site", f'parquet."{file}"'):
            with pytest.raises(Exception, match="TABLE_OR_VIEW_NOT_FOUND"):
                cursor.execute(f"SELECT * FROM {name}")
        with pytest.raises(Exception, match="UNRESOLVED_COLUMN"):
            cursor.execute("SELECT street FROM permitted_record")


def test_one_request_does_not_see_the_views_of_another(published):
    both = published(World(random_records(6, 50), ()))
    with (
        closing(permit_records(both.spread(), EVERYTHING, 2)) as all_of_it,
        closing(permit_records(both.spread(), (), 2)) as none_of_it,
    ):
        assert fetch_units(none_of_it, Selection(), "ward").size == 0
        assert fetch_units(all_of_it, Selection(), "ward").size > 0


def test_a_dataset_that_lacks_a_table_or_a_column_says_so(spark, tmp_path):
    with duckdb.connect() as store:
        (tmp_path / "site").mkdir()
        store.execute(f"COPY (SELECT 1 AS id) TO '{tmp_path}/site/rows.parquet' (FORMAT parquet)")
    with closing(Dataset(spark, str(tmp_path)).cursor()) as cursor:
        with pytest.raises(DatasetError, match="no table notice"):
            cursor.execute("SELECT id FROM notice")
        with pytest.raises(DatasetError, match="site lacks class, name, ref"):
            cursor.execute("SELECT id FROM site")


def test_a_version_without_records_is_a_dataset_all_the_same(published):
    both = published(World((), ()))
    with closing(permit_records(both.spread(), EVERYTHING, 5)) as cursor:
        assert fetch_units(cursor, Selection(), "cell_9").size == 0
        assert fetch_span(cursor, Selection()) is None


# random filters and plain values


def units_of(grain: int) -> tuple[str, ...]:
    return tuple(column for columns in UNIT_COLUMNS[:grain] for column in columns)


def random_selection(rng: random.Random, grain: int) -> Selection:
    start = (FIRST_DAY - EPOCH).days
    several: dict[str, Any] = {
        "from_day": start + rng.randrange(90),
        "to_day": start + 90 + rng.randrange(90),
        "hours": (22, 23, 0, 1),
        "weekdays": tuple(sorted(rng.sample(range(7), 3))),
        "agencies": (0, 1),
        "feeds": (0, 2),
        "categories": tuple(rng.sample(range(6), 3)),
        "theme_mask": rng.choice((1, 1 << 3, 1 << 63, (1 << 63) | 1)),
        "roles": (0, 1),
        "detections": (1, 2),
        "within": tuple((rng.choice(units_of(grain)), rng.randrange(4)) for _ in range(rng.randrange(1, 4))),
        "known_at": datetime(2024, 7, 1) + timedelta(days=rng.randrange(6)),
    }
    return Selection(**{name: value for name, value in several.items() if rng.random() < 0.3})


def in_order(columns: Columns) -> tuple[list[str], list[tuple[object, ...]]]:
    """Rows as plain tuples, with the names of the columns."""
    values = [[plain(value) for value in _nulls_as_none(column)] for column in columns.values()]
    return list(columns), list(zip(*values, strict=True))


def rows(columns: Columns) -> tuple[list[str], Counter[tuple[object, ...]]]:
    """Rows whatever their order, each with how often it stands there."""
    names, listed = in_order(columns)
    return names, Counter(listed)


def _nulls_as_none(column: np.ndarray) -> list[object]:
    if column.dtype.kind == "M":
        return [None if value == "NaT" else value for value in column.astype("M8[us]").astype(str).tolist()]
    return column.tolist()


def plain(value: object) -> object:
    """A value that compares by ==: NaN is None, arrays and sequences are tuples, bytes are bytes."""
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, Mapping):
        return tuple((key, plain(one)) for key, one in value.items())
    if isinstance(value, list | tuple):
        return tuple(plain(one) for one in value)
    if isinstance(value, bytearray):
        return bytes(value)
    return None if isinstance(value, float) and value != value else value
