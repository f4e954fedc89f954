"""Every file of the synthetic county through the real way in: `python -m benchmarks.receipts [--size county] [--seed N]`.

A row for each feed: files, lines written, what the receipts say became of them, how many rows were broken on purpose,
and the lines that no receipt explains. Ends with 1 where a line is unexplained, where a file was refused, or where
quarantine holds another number than was broken. Nothing is published.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

COLUMNS = (
    "files",
    "written",
    "input",
    "accepted",
    "quarantined",
    "broken",
    "duplicate",
    "superseded",
    "unexplained",
)
END = date(2026, 10, 31)
REASON = "The sender was asked: few rows are right for this place and month."


def main(told: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as folder:
        _new_home(Path(folder) / "home")
        files = _written(Path(folder) / "county", told)
        started = time.process_time()
        tally, troubles = _loaded(files)
        seconds = time.process_time() - started
    _show(tally)
    print(
        f"{len(files)} files loaded in {seconds:.1f} s of processor, {1000 * seconds / len(files):.1f} ms a file."
    )
    for trouble in troubles:
        print(trouble)
    wrong = any(row["unexplained"] or row["quarantined"] != row["broken"] for row in tally.values())
    return 1 if troubles or wrong else 0


def _new_home(root: Path) -> None:
    os.environ["TRIGPOINT_HOME"] = str(root)
    os.environ["DJANGO_SETTINGS_MODULE"] = "trigpoint.config.settings"
    from trigpoint.upkeep.new_home import write_home

    now = datetime.now(UTC)
    write_home(root, county="Marlshire", districts=(), owner="analyst", demo=True, at=now)
    import django

    django.setup()
    from trigpoint.upkeep.prepare import prepare_home

    prepare_home(by="benchmark", at=now)


def _written(folder: Path, told: argparse.Namespace):
    from trigpoint.demo.write import write_county

    started = time.process_time()
    written = write_county(folder, seed=told.seed, size=told.size, end=END)
    print(f"{len(written.files)} files written in {time.process_time() - started:.1f} s of processor.")
    return [file for file in written.files if told.only in file.definition]


def _loaded(files):
    tally: dict[str, Counter] = {}
    troubles = []
    for file in files:
        row = tally.setdefault(file.definition, Counter())
        row["files"] += 1
        row["written"] += file.rows
        row["broken"] += file.broken
        trouble = _load(file, row)
        troubles += [trouble] if trouble else []
        row["unexplained"] = (
            row["written"] - row["accepted"] - row["quarantined"] - row["duplicate"] - row["superseded"]
        )
    return tally, troubles


def _load(file, row: Counter) -> str | None:
    from trigpoint.ingest.load import load
    from trigpoint.ingest.receipt import LoadRefused, NeedsDecision

    told = {
        "definition": file.definition,
        "path": file.path,
        "by": "analyst",
        "at": datetime.now(UTC),
        "received_at": file.received_at,
        "extracted_on": file.extracted_on,
    }
    try:
        try:
            receipt = load(**told)
        except NeedsDecision:
            receipt = load(**told, accept_reason=REASON)
    except LoadRefused as refusal:
        return f"{file.path.name}: refused: {refusal}"
    for name in ("input", "accepted", "quarantined", "duplicate", "superseded"):
        row[name] += getattr(receipt, name)
    if receipt.quarantined != file.broken:
        return (
            f"{file.path.name}: {file.broken} broken, {receipt.quarantined} in quarantine: {receipt.messages}"
        )
    return None


def _show(tally: dict[str, Counter]) -> None:
    print(f"{'feed':<32}" + "".join(f"{name:>12}" for name in COLUMNS))
    total: Counter = Counter()
    for definition, row in sorted(tally.items()):
        print(f"{definition:<32}" + "".join(f"{row[name]:>12,}" for name in COLUMNS))
        total.update(row)
    print(f"{'all':<32}" + "".join(f"{total[name]:>12,}" for name in COLUMNS))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", default="village")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--only", default="", help="only definitions with this in their name")
    sys.exit(main(parser.parse_args()))
