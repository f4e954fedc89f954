"""A small delivery in a home with many before it: `python -m benchmarks.small_deliveries [--earlier 600]`.

20 feeds, by key and by period in turn, each with rows of its own in every delivery; then one more file of 100 rows into
the feed that came first, by a process that has loaded before and by one that has not. The goal is 20 ms beyond its rows,
and that the last delivery is no slower than the first.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

FEEDS = 20
ROWS = 100
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
FIRST_DAY = date(2024, 1, 1)


def write_feeds(folder):
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for number in range(FEEDS):
        base = "police_crime" if number % 2 == 0 else "police_uk_street"
        names.append(f"feed_{number:02}")
        (folder / f"{names[-1]}.yaml").write_text(f"{{extends: {base}}}", encoding="utf-8")
    return names


def write_file(path, feed, number):
    """100 rows: by key ten of them again what the delivery before said; by period a month of its own."""
    day = FIRST_DAY + timedelta(days=number)
    if int(feed[-2:]) % 2 == 0:
        head = "crime_ref,reported_dt,committed_from_dt,committed_to_dt,offence_desc,ce_flag,location_text,easting,northing"
        refs = range(number * 90, number * 90 + ROWS)
        rows = [f"k{ref},,2026-01-01,,Harassment,,,," for ref in refs]
    else:
        head = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context"  # noqa: E501
        month = f"{2000 + number // 12}-{number % 12 + 1:02}"
        rows = [
            f"{n:064x},{month},Marlshire Police,,0.5,51.8,On or near Quay Lane,,,Drugs,," for n in range(ROWS)
        ]
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return day


def bring(folder, feed, number):
    from trigpoint.ingest.load import load

    path = folder / "file.csv"
    day = write_file(path, feed, number)
    began = time.process_time()
    receipt = load(
        definition=feed, path=path, by="bench", at=AT, received_at=datetime(day.year, day.month, day.day, tzinfo=UTC),
        extracted_on=day,
    )  # fmt: skip
    taken = time.process_time() - began
    if receipt.accepted < ROWS - 10:
        raise SystemExit(f"{feed} {number}: {receipt}")
    return 1000 * taken


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--earlier", type=int, default=600)
    told = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="trigpoint-bench-") as folder:
        root = Path(folder) / "home"
        os.environ.update(TRIGPOINT_HOME=str(root), DJANGO_SETTINGS_MODULE="trigpoint.config.settings")
        from trigpoint.upkeep.new_home import write_home

        write_home(root, county="Marlshire", districts=(), owner="analyst", demo=False, at=AT)
        import django

        django.setup()
        from trigpoint.upkeep.prepare import prepare_home

        prepare_home(by="bench", at=AT)
        report(Path(folder), write_feeds(root / "definitions" / "extracts"), told.earlier // FEEDS)
    return 0


def report(folder, feeds, rounds):
    from trigpoint.ingest import known_keys

    taken = [[bring(folder, feed, number) for feed in feeds] for number in range(rounds)]
    print(
        f"{rounds * FEEDS} deliveries of {ROWS} rows in {FEEDS} feeds; medians in ms of processor time a delivery"
    )
    for name, first in (("by key", 0), ("by period", 1)):
        early, late = (
            statistics.median([ms for row in part for ms in row[first::2]])
            for part in (taken[1:6], taken[-5:])
        )
        print(f"  {name:<10} deliveries 2-6 of a feed {early:6.1f}   last five {late:6.1f}")
    known_keys._logs.clear()
    print(f"  by key, the next in a process that knows nothing yet {bring(folder, feeds[0], rounds):6.1f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
