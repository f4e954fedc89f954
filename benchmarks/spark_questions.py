"""The same questions of the same records on DuckDB and on Spark, to see where one machine stops being enough.

    python -m benchmarks.spark_questions [--records N] [--questions N]

One file of DuckDB against its rows as Parquet on a standalone Spark cluster of two workers with a core each, on this
machine. Both cursors are restricted alike; both sides must give the same rows before anything is timed. What is timed
is fetching the columns of a filter (a year, 5 of 14 agencies, 8 of 40 categories) and the units of every record.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from benchmarks.five_groupings import write_store
from tests.factories.spark_cluster import standalone_cluster, what_is_missing
from trigpoint.store.connection import cursor
from trigpoint.store.counts import fetch_units
from trigpoint.store.distributed import Dataset, connect
from trigpoint.store.permitted import PermittedFeed, permit_records
from trigpoint.store.picture import fetch_columns
from trigpoint.store.questions import Selection

FEEDS = (PermittedFeed(0, True, (), 5, True),)
FIRST_DAY = 19_358  # 1 January 2023
YEAR = Selection(
    from_day=FIRST_DAY + 365, to_day=FIRST_DAY + 730, agencies=(0, 1, 2, 3, 4), categories=tuple(range(8))
)
COLUMNS = ("ward", "street", "cell_9", "day", "hour", "weekday")
QUESTIONS: dict[str, Callable[[Any], dict[str, np.ndarray]]] = {
    "a filter's columns": lambda at: fetch_columns(at, YEAR, COLUMNS),
    "every record's ward": lambda at: {"ward": fetch_units(at, Selection(), "ward")},
}


def write_dataset(store: Path, directory: Path) -> float:
    """The questions' table as `publish --parquet` writes it; seconds."""
    began = time.perf_counter()
    with duckdb.connect(str(store), read_only=True) as connection:
        connection.execute(
            f"COPY counted TO '{directory}/counted' (FORMAT parquet, PARTITION_BY (agency), WRITE_PARTITION_COLUMNS true)"
        )
    return time.perf_counter() - began


def same(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> bool:
    """The same rows, in whatever order."""
    ordered = [np.lexsort([column for column in rows.values()]) for rows in (one, other)]
    return all(np.array_equal(one[name][ordered[0]], other[name][ordered[1]]) for name in one)


def seconds(ask: Callable[[], object], times: int) -> np.ndarray:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        took.append(time.perf_counter() - began)
    return np.array(took)


def compare(store: Path, spread: Dataset, times: int) -> None:
    with (
        closing(permit_records(cursor(store), FEEDS, 5)) as here,
        closing(permit_records(spread.cursor(), FEEDS, 5)) as there,
    ):
        for name, ask in QUESTIONS.items():
            rows = ask(here)
            if not same(rows, ask(there)):
                raise SystemExit(f"{name}: Spark's rows are not DuckDB's")
            took = [seconds(lambda at=at, ask=ask: ask(at), times) for at in (here, there)]
            told = ", ".join(
                f"{engine} median {np.median(t) * 1000:.0f} ms, p95 {np.quantile(t, 0.95) * 1000:.0f} ms"
                for engine, t in zip(("DuckDB", "Spark"), took, strict=True)
            )
            print(f"{name} ({len(next(iter(rows.values()))):,} rows): {told}")


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--records", type=int, default=2_000_000)
    words.add_argument("--questions", type=int, default=11)
    words.add_argument("--full", action="store_true", help="ten million records")
    told = words.parse_args()
    records = 10_000_000 if told.full else told.records
    missing = what_is_missing()
    if missing:
        print(f"SKIPPED: there is {missing}")
        return
    with tempfile.TemporaryDirectory() as folder:
        store, dataset = Path(folder, "1.duckdb"), Path(folder, "parquet")
        dataset.mkdir()
        write_store(store, records)
        took = write_dataset(store, dataset)
        parquet_mb = sum(file.stat().st_size for file in dataset.rglob("*.parquet")) / 1e6
        print(
            f"{records:,} records; file {store.stat().st_size / 1e6:.0f} MB, Parquet {parquet_mb:.0f} MB in {took:.1f} s"
        )
        print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        with standalone_cluster(Path(folder, "cluster"), quick_to_start=False) as master:
            session = connect(master, scratch=Path(folder), memory="900m")
            try:
                compare(store, Dataset(session, str(dataset)), told.questions)
            finally:
                session.stop()


if __name__ == "__main__":
    main()
