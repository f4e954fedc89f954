"""The SQL of the questions stays in the part of the language that other engines share, and needs none of them."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from string import Formatter

import pytest
import sqlglot
from sqlglot import exp

from trigpoint.store import permitted
from trigpoint.store.distributed import translated
from trigpoint.store.permitted import PermittedFeed, permitted_record_sql
from trigpoint.store.questions import Selection, question_sql

FOLDER = Path(permitted.__file__).parent / "sql" / "questions"
QUESTIONS = sorted(file.stem for file in FOLDER.glob("*.sql"))
WORDS = {"filter": "1 = 1", "permitted": "1 = 1", "by_ward": "1 = 1", "precise": "1 = 1", "tested": "1 = 1"}
NUMBERS = {"level", "resolution", "beyond"}


def filled(name: str) -> str:
    """A question's file, completed with words of the right kind."""
    text = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    asked = {part for _, part, _, _ in Formatter().parse(text) if part}
    return question_sql(name, **{part: WORDS.get(part, "1" if part in NUMBERS else part) for part in asked})


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_can_be_said_to_spark(name):
    here, there = (
        sqlglot.parse_one(filled(name), read="duckdb"),
        sqlglot.parse_one(translated(filled(name)), read="spark"),
    )
    assert not list(here.find_all(exp.Anonymous)), "a function that only one engine may know"
    assert [table.name for table in there.find_all(exp.Table)] == [
        table.name for table in here.find_all(exp.Table)
    ]
    assert there.named_selects == here.named_selects


def test_all_of_a_selection_can_be_said_to_spark():
    everything = Selection(
        from_day=1, to_day=2, hours=(1,), weekdays=(2,), agencies=(3,), feeds=(4,), categories=(5,), theme_mask=6,
        roles=(7,), detections=(8,), within=(("ward", 9), ("cell_9", 4)), known_at=datetime(2024, 7, 3),
    )  # fmt: skip
    said = translated(f"SELECT day FROM permitted_record WHERE {everything.sql}")
    assert "known_from < CAST('2024-07-03 00:00:00' AS TIMESTAMP_NTZ)" in said
    assert not list(sqlglot.parse_one(said, read="spark").find_all(exp.Anonymous))


@pytest.mark.parametrize("mask", [1, 1 << 62, 1 << 63, (1 << 63) | 5, (1 << 64) - 1])
def test_a_mask_of_64_bits_is_the_signed_number_of_the_same_bits(mask):
    said = translated(f"SELECT day FROM permitted_record WHERE {Selection(theme_mask=mask).sql}")
    signed = int.from_bytes(mask.to_bytes(8, "little"), "little", signed=True)
    assert f"(theme_mask & {signed}) <> 0" in said


def test_a_restriction_can_be_said_to_spark():
    sql = permitted_record_sql(
        "counted", (PermittedFeed(1, False, (7,), 2, False), PermittedFeed(2, True, (), 5, True)), 2
    )
    assert translated(sql).startswith("SELECT number, agency, feed, category, theme_mask")
    assert "street" not in translated(sql)


def test_nothing_of_spark_is_imported_until_it_is_used():
    asked = "import trigpoint.store.distributed, sys; print(sorted({'pyspark', 'sqlglot', 'py4j'} & sys.modules.keys()))"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
