"""The SQL of the questions: portable, and able to name only what is permitted."""

from datetime import datetime
from importlib.resources import files

import duckdb
import pytest

from tests.factories.world import World, open_agreements, random_records, write_file
from trigpoint.store.connection import cursor, let_go_of_others
from trigpoint.store.counts import counts_sql
from trigpoint.store.permitted import UNIT_COLUMNS, PermittedFeed, permit_records, permitted_record_sql
from trigpoint.store.picture import picture_sql
from trigpoint.store.questions import Selection, in_any, listed, question_sql
from trigpoint.store.schema import CELL_RESOLUTIONS

WHOLE = PermittedFeed(feed=1, hours=True, without_roles=(), places=6, precise_sites=True)
FULL = Selection(
    from_day=19000, to_day=20000, hours=(15, 16), weekdays=(0, 4), agencies=(1,), feeds=(2, 3), categories=(4,),
    theme_mask=5, roles=(1,), detections=(1,), known_at=datetime(2024, 7, 1, 23),
    within=(("ward", 3), ("cell_8", 7), ("ward", 5)),
)  # fmt: skip


@pytest.fixture
def stored(tmp_path):
    path = tmp_path / "1.duckdb"
    write_file(path, World(random_records(1, 30), open_agreements()))
    yield path
    let_go_of_others(None)


def test_a_prepared_cursor_can_name_nothing_but_what_is_permitted(stored):
    prepared = permit_records(cursor(stored), (WHOLE,), 2)
    assert prepared.execute("SELECT DISTINCT feed FROM permitted_record").fetchall() == [(1,)]
    for table in ("counted", "record", "claim", "site", "main.counted", "area"):
        with pytest.raises(duckdb.CatalogException):
            prepared.execute(f"SELECT * FROM {table}")


def test_columns_finer_than_the_question_are_not_there(stored):
    for grain, columns in enumerate(UNIT_COLUMNS, start=1):
        prepared = permit_records(cursor(stored), (WHOLE,), grain)
        prepared.execute(f"SELECT {', '.join(columns)} FROM permitted_record")
        for finer in UNIT_COLUMNS[grain:]:
            with pytest.raises(duckdb.BinderException):
                prepared.execute(f"SELECT {finer[0]} FROM permitted_record")


def test_persons_and_marks_of_records_are_never_among_the_columns(stored):
    prepared = permit_records(cursor(stored), (WHOLE,), 5)
    for column in ("token", "token_window", "event", "handling", "marking"):
        with pytest.raises(duckdb.BinderException):
            prepared.execute(f"SELECT {column} FROM permitted_record")


def test_nothing_permitted_is_nothing_found(stored):
    prepared = permit_records(cursor(stored), (), 5)
    assert prepared.execute("SELECT count(*) FROM permitted_record").fetchone() == (0,)


def test_one_request_does_not_see_what_another_may(stored):
    mine, other = permit_records(cursor(stored), (WHOLE,), 5), permit_records(cursor(stored), (), 5)
    assert mine.execute("SELECT count(*) > 0 FROM permitted_record").fetchone() == (True,)
    assert other.execute("SELECT count(*) > 0 FROM permitted_record").fetchone() == (False,)


def test_unit_columns_are_those_of_the_store():
    assert [column for columns in UNIT_COLUMNS for column in columns][-4:] == [
        f"cell_{one}" for one in CELL_RESOLUTIONS
    ]


def test_an_empty_list_is_refused():
    with pytest.raises(ValueError, match="empty"):
        listed(())
    with pytest.raises(ValueError, match="empty"):
        in_any(())


def test_several_places_are_one_condition():
    assert in_any((("ward", 3), ("cell_8", 7), ("ward", 5))) == "(ward IN (3, 5) OR cell_8 IN (7))"


RECORD_QUESTIONS = {
    "counts": counts_sql(FULL, "ward"),
    "picture": picture_sql(FULL, ("ward", "day", "theme_mask")),
    "series": question_sql("series", filter=FULL.sql),
    "span": question_sql("span", filter=FULL.sql),
    "coverage": question_sql("coverage", filter=FULL.sql),
    "tested": question_sql("tested", unit="cell_9", tested="detection <> 2", filter=FULL.sql),
    "occupied": question_sql("occupied", unit="cell_9", beyond="7", filter=FULL.sql),
}


@pytest.mark.parametrize("name", RECORD_QUESTIONS)
def test_questions_of_records_read_only_permitted_records_and_translate(name):
    sqlglot = pytest.importorskip("sqlglot")
    parsed = sqlglot.parse_one(RECORD_QUESTIONS[name], dialect="duckdb")
    assert {table.name for table in parsed.find_all(sqlglot.exp.Table)} == {"permitted_record"}
    translated = sqlglot.transpile(
        RECORD_QUESTIONS[name], read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE
    )
    assert len(translated) == 1


def test_the_restriction_translates_too():
    sqlglot = pytest.importorskip("sqlglot")
    kept_back = PermittedFeed(
        feed=2, hours=False, without_roles=(7,), places=3, precise_sites=False,
        without_handling=(0, 2), without_grades=(5,), without_markings=(3, 4),
    )  # fmt: skip
    sql = permitted_record_sql("counted", (WHOLE, kept_back), 5)
    sqlglot.transpile(sql, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)


def test_every_file_says_first_what_it_answers():
    folder = files("trigpoint.store").joinpath("sql", "questions")
    for file in folder.iterdir():
        assert file.read_text("utf-8").startswith("-- "), file.name
