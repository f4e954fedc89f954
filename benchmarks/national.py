"""A country of counties: how long its records take to write, and the five groupings of them on DuckDB and on Spark.

    python -m benchmarks.national [--records N] [--counties N] [--questions N] [--directory FOLDER]

The rows are written county by county as `publish --parquet` writes a version (a run that was stopped goes on where
it was, if `--directory` is given). The filter is a year, 4 of 8 agencies and 8 of 39 categories; the groupings are ward,
street, hexagon, month and hour by weekday. DuckDB reads the Parquet files itself; Spark is a standalone cluster on the
loopback, first with one worker's core, then with two. All must give the same rows before anything is timed.
"""

import argparse
import os
import platform
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from benchmarks.spark_questions import same, seconds
from tests.factories.spark_cluster import standalone_cluster, what_is_missing
from trigpoint.core.county.national import COUNTIES
from trigpoint.core.county.national_rows import CATEGORIES_A_FEED
from trigpoint.demo.national import write_national
from trigpoint.store.distributed import Dataset, connect

END = date(2026, 10, 31)
YEAR = ((date(2025, 1, 1) - date(1970, 1, 1)).days, (date(2026, 1, 1) - date(1970, 1, 1)).days)
AGENCIES, FEEDS = "(0, 1, 3, 5)", (0, 1, 4, 5)
GROUPINGS = {
    "ward": "ward",
    "street": "street",
    "hexagon": "cell_9",
    "month": "day",
    "hour by weekday": "weekday, hour",
}
"""The columns each grouping is asked for by; months are days added up, as the answers of the gate are."""

ENOUGH_FOR_A_COUNTY = 500_000


def questions() -> dict[str, str]:
    categories = [CATEGORIES_A_FEED * feed + kind for feed in FEEDS for kind in (0, 1)]
    where = (
        f"day >= {YEAR[0]} AND day < {YEAR[1]} AND agency IN {AGENCIES} "
        f"AND category IN ({', '.join(str(one) for one in categories)})"
    )
    return {
        name: f"SELECT {keys}, count(*) AS n FROM counted WHERE {where} GROUP BY {keys}"
        for name, keys in GROUPINGS.items()
    }


def write(directory: Path, records: int, counties: int) -> None:
    began, done = time.perf_counter(), 0

    def told(county: int, share: int) -> None:
        nonlocal done
        done += share
        print(
            f"county {county + 1} of {counties}: {done:,} records in {time.perf_counter() - began:,.0f} s, "
            f"peak memory {peak_mb():,.0f} MB",
            flush=True,
        )

    write_national(directory, records=records, seed=1, end=END, counties=counties, told=told)
    held_mb = sum(file.stat().st_size for file in directory.rglob("*.parquet")) / 1e6
    took = time.perf_counter() - began
    print(f"{records:,} records of {counties} counties in {took:,.0f} s, {held_mb:,.0f} MB of Parquet")


def peak_mb() -> float:
    """The most memory this process has held; Spark's processes are their own."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def on_duckdb(directory: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        f"CREATE VIEW counted AS FROM read_parquet('{directory}/counted/*/*.parquet', hive_partitioning=true)"
    )
    return connection


def timed(ask: Callable[[str], dict[str, np.ndarray]], times: int) -> dict[str, np.ndarray]:
    """Seconds of each grouping, once warm, by its name; "all five" is one after another."""
    took = {}
    for name, sql in questions().items():
        ask(sql)
        took[name] = seconds(lambda sql=sql: ask(sql), times)
    took["all five"] = np.sum(list(took.values()), axis=0)
    return took


def agree(ask: Callable[[str], dict[str, np.ndarray]], expected: dict[str, dict[str, np.ndarray]]) -> None:
    for name, sql in questions().items():
        if not same(expected[name], ask(sql)):
            raise SystemExit(f"{name}: Spark's rows are not DuckDB's")


def on_spark(
    directory: Path, folder: Path, master: str, workers: int, expected: Any, times: int
) -> dict[str, np.ndarray]:
    session = connect(master, scratch=folder, memory="900m", cores=workers)
    try:
        cursor = Dataset(session, str(directory)).cursor()

        def ask(sql: str) -> dict[str, np.ndarray]:
            return cursor.execute(sql).fetchnumpy()

        agree(ask, expected)
        return timed(ask, times)
    finally:
        session.stop()


def table(took: dict[str, dict[str, np.ndarray]]) -> None:
    first, *others = took
    for name in (*GROUPINGS, "all five"):
        base = np.median(took[first][name])
        told = [f"{first} {base * 1000:8,.0f} ms (p95 {np.quantile(took[first][name], 0.95) * 1000:,.0f})"]
        for engine in others:
            median = np.median(took[engine][name])
            told.append(f"{engine} {median * 1000:8,.0f} ms ({median / base:.1f} × {first})")
        print(f"{name:<16} " + "   ".join(told))
    if len(others) == 2:
        one, two = (np.median(took[engine]["all five"]) for engine in others)
        print(f"a second worker makes Spark {one / two:.2f} times as fast")


def measure(directory: Path, folder: Path, times: int) -> None:
    here = on_duckdb(directory)

    def ask(sql: str) -> dict[str, np.ndarray]:
        return here.execute(sql).fetchnumpy()

    expected = {name: ask(sql) for name, sql in questions().items()}
    print(f"{sum(expected['ward']['n']):,} records in the filter; load {os.getloadavg()[0]:.1f}")
    took = {"DuckDB": timed(ask, times)}
    missing = what_is_missing()
    if missing:
        print(f"Spark SKIPPED: there is {missing}")
    else:
        with standalone_cluster(folder / "cluster", quick_to_start=False) as master:
            for workers, name in ((1, "Spark, one worker"), (2, "Spark, two workers")):
                took[name] = on_spark(directory, folder, master, workers, expected, times)
    table(took)
    print(f"peak memory {peak_mb():,.0f} MB of this process; load {os.getloadavg()[0]:.1f}")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--records", type=int, default=2_000_000)
    words.add_argument("--counties", type=int, help="43 where there are records enough for them")
    words.add_argument("--questions", type=int, default=7)
    words.add_argument("--directory", type=Path, help="where to write and keep the country")
    words.add_argument("--full", action="store_true", help="a hundred million records")
    told = words.parse_args()
    records = 100_000_000 if told.full else told.records
    counties = told.counties or int(np.clip(records // ENOUGH_FOR_A_COUNTY, 1, COUNTIES))
    print(
        f"{platform.python_version()}, DuckDB {duckdb.__version__}, numpy {np.__version__}, {os.cpu_count()} cores"
    )
    with tempfile.TemporaryDirectory() as folder:
        directory = told.directory or Path(folder, "country")
        write(directory, records, counties)
        measure(directory, Path(folder), told.questions)


if __name__ == "__main__":
    main()
