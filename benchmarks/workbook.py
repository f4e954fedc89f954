"""100,000 rows of a workbook from file to published: `python -m benchmarks.workbook [--records N]`.

The police extract's layout with a point and a street for every row, as an .xlsx file made from a fixed seed with dates
as real dates and points as numbers, then the real `load` and `publish`. The layers that publishing needs are loaded, and
published once, before the clock starts: this is a home in use, whose kernels are compiled. Goals: 10 seconds, 2 GB.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import xlsxwriter

from benchmarks._progress import Watched
from benchmarks.million import OFFENCES, STREETS, open_home, write_ground

HEADER = ["crime_ref", "reported_dt", "committed_from_dt", "committed_to_dt", "offence_desc", "ce_flag",
          "location_text", "easting", "northing"]  # fmt: skip
GOAL_S, GOAL_MB = 10.0, 2_000.0


def write_workbook(file, rng, records, middles, names):
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    shown = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet = book.add_worksheet("Crimes")
    sheet.write_row(0, 0, ["Recorded crime"])
    sheet.write_row(2, 0, HEADER)
    street = rng.integers(0, STREETS, records)
    points = np.round(middles[street] + rng.uniform(-40, 40, (records, 2)), 1)
    minutes = rng.integers(0, 2 * 365 * 24 * 60, records)
    offence = rng.integers(0, len(OFFENCES), records)
    for n in range(records):
        when = datetime(2024, 1, 1) + timedelta(minutes=int(minutes[n]))  # noqa: DTZ001 (a clock reading)
        sheet.write_string(n + 3, 0, f"X{n:08}")
        sheet.write_datetime(n + 3, 1, when, shown)
        sheet.write_datetime(n + 3, 2, when, shown)
        sheet.write_string(n + 3, 4, OFFENCES[offence[n]])
        sheet.write_string(n + 3, 6, names[street[n]])
        sheet.write_number(n + 3, 7, points[n, 0])
        sheet.write_number(n + 3, 8, points[n, 1])
    book.close()


def measure(root, ground, file):
    from trigpoint.ingest.load import load
    from trigpoint.upkeep.publish import publish

    for definition, path in ground:
        load(definition=definition, path=path, by="analyst", at=datetime.now(UTC), accept_reason="benchmark")
    publish(by="analyst", at=datetime.now(UTC))
    watched = Watched()
    began, worked = time.perf_counter(), time.process_time()
    receipt = load(
        definition="police_crime", path=file, by="analyst", at=datetime.now(UTC), accept_reason="benchmark",
        progress=watched,
    )  # fmt: skip
    watched.mark()
    loaded, load_worked = time.perf_counter(), time.process_time() - worked
    result = publish(by="analyst", at=datetime.now(UTC))
    done = time.perf_counter()
    print(f"load    {loaded - began:6.1f} s ({load_worked:.1f} s of processor time)   {watched}")
    print(
        f"publish {done - loaded:6.1f} s ({time.process_time() - worked - load_worked:.1f} s of processor time)"
    )
    with duckdb.connect(str(root / "store" / result.file_name), read_only=True) as store:
        counted = store.execute("SELECT count(*) FROM counted").fetchone()[0]
    return done - began, time.process_time() - worked, receipt, counted


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--records", type=int, default=100_000)
    words.add_argument("--full", action="store_true")
    told = words.parse_args()
    rng = np.random.default_rng(20260103)
    with tempfile.TemporaryDirectory() as name:
        folder, root = Path(name), Path(name, "home")
        ground, middles, names = write_ground(folder, rng)
        file = folder / "crimes.xlsx"
        write_workbook(file, rng, told.records, middles, names)
        open_home(root)
        own = root / "definitions" / "extracts" / "police_crime.yaml"
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text("{extends: police_crime, format: [csv, workbook]}\n", encoding="utf-8")
        seconds, worked, receipt, counted = measure(root, ground, file)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"{receipt.accepted:,} rows of {receipt.input:,} accepted, {counted:,} records counted")
    print(f"{worked:.1f} s of processor time; load of the machine {load:.1f}")
    print(f"together {seconds:.1f} s (goal {GOAL_S:.0f}), peak {megabytes:,.0f} MB (goal {GOAL_MB:,.0f})")
    right = counted == receipt.accepted == told.records
    return 0 if right and seconds <= GOAL_S and megabytes <= GOAL_MB else 1


if __name__ == "__main__":
    sys.exit(main())
