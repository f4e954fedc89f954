"""A country of counties as Parquet: its rows, their layout, and that a run that stopped goes on as if it had not."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from trigpoint.core.county import national
from trigpoint.demo.national import AnotherCountry, write_national
from trigpoint.store.schema import STORE_FORMAT, TABLES, create_statements

END = date(2026, 10, 31)
RECORDS = 3_001
COUNTIES = 3


def write(folder: Path, **changed: int) -> int:
    values = {"records": RECORDS, "seed": 1, "counties": COUNTIES} | changed
    return write_national(folder, end=END, size="village", **values)


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("country")
    assert write(folder) == RECORDS
    return folder


def ask(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        for table in ("counted", "area", "street", "cell", "agency", "feed", "category", "theme", "meta"):
            connection.execute(
                f"CREATE VIEW {table} AS FROM read_parquet('{folder}/{table}/**/*.parquet', hive_partitioning=false)"
            )
        return connection.execute(sql).fetchall()


def test_the_country_has_just_the_records_asked_for(country: Path) -> None:
    assert ask(country, "SELECT count(*), count(DISTINCT number) FROM counted") == [(RECORDS, RECORDS)]
    shares = ask(country, "SELECT number >> 32, count(*) FROM counted GROUP BY 1 ORDER BY 1")
    assert [count for _, count in shares] == [1001, 1000, 1000]


@pytest.mark.parametrize(
    "table", ["counted", "area", "street", "cell", "agency", "feed", "category", "theme"]
)
def test_a_table_has_the_columns_and_types_of_a_store_version(country: Path, table: str) -> None:
    with duckdb.connect() as connection:
        for statement in create_statements():
            connection.execute(statement)
        kept = connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE {table})").fetchall()
    assert table in TABLES
    assert ask(country, f"SELECT column_name, column_type FROM (DESCRIBE {table})") == kept


def test_the_dataset_says_the_format_of_the_store(country: Path) -> None:
    assert ask(country, "SELECT value FROM meta WHERE key = 'format'") == [(str(STORE_FORMAT),)]


def test_ids_are_dense_over_the_country_and_named(country: Path) -> None:
    dense = "min(id), max(id) + 1 = count(DISTINCT id), count(*) = count(DISTINCT id)"
    for table in ("street", "agency", "feed", "category"):
        assert ask(country, f"SELECT {dense} FROM {table}") == [(0, True, True)]
    for table, level in (("area", "level"), ("cell", "resolution")):
        assert set(ask(country, f"SELECT {dense} FROM {table} GROUP BY {level}")) == {(0, True, True)}
    for column, table in (
        ("street", "street"),
        ("ward", "area WHERE level = 2"),
        ("cell_9", "cell WHERE resolution = 9"),
    ):
        known = f"SELECT id FROM {table}"
        assert ask(
            country, f"SELECT count(*) FROM counted WHERE {column} >= 0 AND {column} NOT IN ({known})"
        ) == [(0,)]


def test_a_record_lies_in_one_place_at_every_level(country: Path) -> None:
    wrong = "c.ward <> s.ward OR c.district <> s.district"
    assert ask(country, f"SELECT count(*) FROM counted c JOIN street s ON c.street = s.id WHERE {wrong}") == [
        (0,)
    ]
    cells = "SELECT count(DISTINCT h3) = count(*) FROM cell"
    assert ask(country, cells) == [(True,)]
    assert ask(country, "SELECT count(*) FROM counted WHERE street < 0 AND ward >= 0") == [(0,)]


def test_a_file_of_counted_is_in_the_order_of_the_store(country: Path) -> None:
    files = sorted(country.glob("counted/agency=*/county-*.parquet"))
    assert len(files) == COUNTIES * len(list(country.glob("counted/*")))
    for file in files:
        rows = duckdb.sql(f"SELECT agency, category, day, number FROM '{file}'").fetchall()
        assert rows == sorted(rows)
        assert {row[0] for row in rows} <= {int(file.parent.name.partition("=")[2])}


def test_the_same_values_write_the_same_rows(country: Path, tmp_path: Path) -> None:
    write(tmp_path)
    assert contents(tmp_path) == contents(country)


def test_a_run_that_stopped_goes_on_as_if_it_had_not(
    country: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    whole = national.make_national_county

    def stopping(number: int, *values: object, **named: object) -> national.NationalCounty:
        if number == 1 and made.count(1) == 0:
            made.append(number)
            raise KeyboardInterrupt
        made.append(number)
        return whole(number, *values, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("trigpoint.demo.national.make_national_county", stopping)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path)
    assert write(tmp_path) == RECORDS
    assert made == [0, 1, 1, 2]
    assert contents(tmp_path) == contents(country)


def test_two_countries_are_never_mixed(country: Path) -> None:
    with pytest.raises(AnotherCountry, match="other values"):
        write(country, seed=2)


def test_no_county_lies_on_land(country: Path) -> None:
    west, east = ask(country, "SELECT min(easting_m), max(easting_m) FROM street")[0]
    assert -900_000 < float(str(west)) < float(str(east)) < -200_000


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*.parquet"))}
