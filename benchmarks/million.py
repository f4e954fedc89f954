"""A million records from files to a published version: `python -m benchmarks.million [--records N] [--keep DIR]`.

Ten files in the layout of the police extract, 256 wards, 12,000 streets, all made from a fixed seed, then the real
`load` and `publish` in a new home with cold kernels. Nearly every record has a point of its own, which is the worst
case: whatever is worked out once for a distinct point is worked out a million times. Goals: load and publish in 60
seconds and 2 GB. The published version is then asked for its total, which must be the number written.
"""

import argparse
import csv
import os
import resource
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import shapely
from pyogrio.raw import write

from benchmarks._progress import Watched

WEST, SOUTH, SIDE_M, ACROSS = 540_000.0, 180_000.0, 60_000.0, 16
STREETS = 12_000
OFFENCES = (
    "Assault with injury", "Harassment", "Possession of controlled drugs", "Robbery of personal property",
    "Criminal damage", "Child abduction", "Public order", "Modern slavery",
)  # fmt: skip
AGREEMENTS = Path(__file__).resolve().parents[1] / "trigpoint" / "demo" / "agreements"
GOAL_S, GOAL_MB = 60.0, 2_000.0


def column(values):
    return np.array(values, dtype=object)


def write_ground(folder, rng):
    """Wards as a square grid in four districts, and streets in the Open Roads layout."""
    size = SIDE_M / ACROSS
    spots = [(i, j) for i in range(ACROSS) for j in range(ACROSS)]
    boxes = [
        shapely.box(WEST + i * size, SOUTH + j * size, WEST + (i + 1) * size, SOUTH + (j + 1) * size)
        for i, j in spots
    ]
    codes = [f"E05{i:03}{j:03}" for i, j in spots]
    districts = [f"E0700000{1 + (i >= ACROSS // 2) + 2 * (j >= ACROSS // 2)}" for i, j in spots]
    wards, roads = folder / "wards_2024.gpkg", folder / "roads.gpkg"
    columns = [column(codes), column([f"Ward {c}" for c in codes]), column(districts)]
    write(
        str(wards), shapely.to_wkb(np.array(boxes)), columns, ["WD24CD", "WD24NM", "LAD24CD"],
        crs="EPSG:27700", geometry_type="Polygon", driver="GPKG", layer="wards",
    )  # fmt: skip
    middles = np.column_stack(
        [rng.uniform(WEST, WEST + SIDE_M, STREETS), rng.uniform(SOUTH, SOUTH + SIDE_M, STREETS)]
    )
    turn, length = rng.uniform(0, 2 * np.pi, STREETS), rng.uniform(60, 400, STREETS)
    reach = np.column_stack([np.cos(turn), np.sin(turn)]) * length[:, None] / 2
    lines = shapely.linestrings(np.stack([middles - reach, middles + reach], axis=1))
    names = [f"{'Abcdefghij'[n % 10]}{n // 40} Road" for n in range(STREETS)]
    columns = {
        "id": [f"s{n}" for n in range(STREETS)], "name_1": names, "road_classification_number": [""] * STREETS,
        "road_function": ["Local Road"] * STREETS, "start_node": [f"j{n}" for n in range(STREETS)],
        "end_node": [f"j{n + 1}" for n in range(STREETS)],
    }  # fmt: skip
    write(str(roads), shapely.to_wkb(lines), [column(c) for c in columns.values()], list(columns), crs="EPSG:27700",
          geometry_type="LineString", driver="GPKG", layer="road_link")  # fmt: skip
    return [("ons_wards", wards), ("os_open_roads", roads)], middles, names


def write_records(folder, rng, records, parts, middles, names):
    """Each record lies within 40 m of a street's middle and names that street, or another one in a tenth."""
    begin = datetime(2024, 1, 1, tzinfo=UTC)
    files = []
    for part in range(parts):
        count = records // parts
        street = rng.integers(0, STREETS, count)
        points = np.round(middles[street] + rng.uniform(-40, 40, (count, 2)), 1)
        named = np.where(rng.random(count) < 0.1, rng.integers(0, STREETS, count), street)
        minutes = rng.integers(0, 2 * 365 * 24 * 60, count)
        offence = rng.integers(0, len(OFFENCES), count)
        file = folder / f"crime_{part}.csv"
        with file.open("w", newline="", encoding="utf-8") as out:
            rows = csv.writer(out)
            rows.writerow(["crime_ref", "reported_dt", "committed_from_dt", "committed_to_dt", "offence_desc",
                           "ce_flag", "location_text", "easting", "northing"])  # fmt: skip
            for n in range(count):
                when = (begin + timedelta(minutes=int(minutes[n]))).strftime("%Y-%m-%dT%H:%M")
                rows.writerow([f"X{part:02}{n:07}", when, when, "", OFFENCES[offence[n]], "",
                               names[named[n]], points[n, 0], points[n, 1]])  # fmt: skip
        files.append(("police_crime", file))
    return files


def open_home(root):
    from trigpoint.upkeep.new_home import write_home

    now = datetime.now(UTC)
    write_home(root, county="Marlshire", districts=(), owner="analyst", demo=False, at=now)
    shutil.copytree(AGREEMENTS, root / "definitions" / "agreements", dirs_exist_ok=True)
    os.environ["TRIGPOINT_HOME"] = str(root)
    os.environ["DJANGO_SETTINGS_MODULE"] = "trigpoint.config.settings"
    import django

    django.setup()
    from trigpoint.upkeep.prepare import prepare_home

    prepare_home(by="analyst", at=now)


def measure(root, files):
    from trigpoint.ingest.load import load
    from trigpoint.upkeep.publish import publish

    began = time.perf_counter()
    watched = Watched()
    for definition, file in files:
        load(
            definition=definition, path=file, by="analyst", at=datetime.now(UTC), accept_reason="benchmark",
            progress=watched,
        )  # fmt: skip
    watched.mark()
    loaded = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    result = publish(by="analyst", at=datetime.now(UTC))
    done = time.perf_counter()
    print(f"load    {loaded - began:7.1f} s   peak so far {memory:,.0f} MB; {watched}")
    print(
        f"publish {done - loaded:7.1f} s   peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:,.0f} MB"
    )
    with duckdb.connect(str(root / "store" / result.file_name), read_only=True) as store:
        found = store.execute(
            "SELECT count(*), count(*) FILTER (ward >= 0), count(*) FILTER (street >= 0) FROM counted"
        ).fetchone()
    return done - began, found


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--records", type=int, default=1_000_000)
    words.add_argument("--files", type=int, default=10)
    words.add_argument("--full", action="store_true")
    words.add_argument(
        "--keep", type=Path, metavar="DIR", help="leave the home there, for benchmarks.answers"
    )
    told = words.parse_args()
    rng = np.random.default_rng(20260102)
    with tempfile.TemporaryDirectory() as name:
        folder, root = Path(name), told.keep or Path(name, "home")
        ground, middles, names = write_ground(folder, rng)
        files = write_records(folder, rng, told.records, told.files, middles, names)
        open_home(root)
        seconds, (records, in_ward, on_street) = measure(root, ground + files)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"{records:,} records counted, {in_ward:,} in a ward, {on_street:,} on a street")
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"{time.process_time():.1f} s of processor time in all; load of the machine {load:.1f}")
    print(f"together {seconds:.1f} s (goal {GOAL_S:.0f}), peak {megabytes:,.0f} MB (goal {GOAL_MB:,.0f})")
    right = records == told.records // told.files * told.files
    return 0 if right and seconds <= GOAL_S and megabytes <= GOAL_MB else 1


if __name__ == "__main__":
    sys.exit(main())
