"""Nothing of a person stays: every invented name, birthday, identifier, telephone, handle and plate of a village is sought
everywhere in its home after all its files were loaded and published: files, databases, quarantine, logs."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.apps import apps

from trigpoint.db.home import Home
from trigpoint.demo.write import CountyFiles, write_county
from trigpoint.ingest.load import load
from trigpoint.ingest.receipt import NeedsDecision, Receipt
from trigpoint.upkeep.publish import publish

END = date(2026, 10, 31)
FAMILIES = (
    *(
        "abberquill",
        "bostwhistle",
        "crundel",
        "dabberly",
        "ebblethwick",
        "fizzlewick",
        "gropthorne",
        "hubberstock",
    ),
    *(
        "izzelby",
        "jorrocksby",
        "kettlequist",
        "lubberlow",
        "mumblethorp",
        "nobblestack",
        "obberdine",
        "pibblesworth",
    ),
    *(
        "quaggington",
        "rumbleskew",
        "snodgerell",
        "tibblequick",
        "uggleshaw",
        "vubberton",
        "wabblecott",
        "yobblestead",
    ),
    *("zibberly", "clatterbeck", "drizzlecombe", "flubberidge", "grumbleshank", "wimplequist"),
)
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
TRACES = re.compile(
    rf"ZZ-\d|ZZ\d\d [A-Z\d]|@zz|07700 ?900|01632 ?960|\d\d-(?:{MONTHS})-(?:19|20)\d\d|{'|'.join(FAMILIES)}",
    re.IGNORECASE,
)
"""What every sentinel has in it somewhere; where it is found the whole of it is looked for."""
AROUND = 48


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> CountyFiles:
    return write_county(tmp_path_factory.mktemp("village"), seed=5, size="village", end=END)


def test_every_sentinel_leaves_a_trace_that_the_search_follows(village: CountyFiles) -> None:
    assert len(village.sentinels) > 2_000
    assert [one for one in village.sentinels if not TRACES.search(one)] == []


def test_the_files_as_sent_are_full_of_people(village: CountyFiles) -> None:
    """So that a search which finds nothing cannot be one that does not look."""
    sent = [file.path for file in village.files if file.path.suffix == ".csv"]
    assert sum(1 for path in sent if found_in(path.read_bytes().decode("latin-1"), village)) > 150


def test_a_home_that_took_everything_keeps_nobody(village: CountyFiles, home: Home, at: datetime) -> None:
    receipts = [taken(file, at) for file in village.files]
    for file, receipt in zip(village.files, receipts, strict=True):
        assert receipt.input == file.rows, file.path.name
    publish(by="analyst", at=at)
    searched = 0
    for where, text in everything(home.root):
        searched += 1
        assert found_in(text, village) is None, where
    assert searched > len(village.files)


def taken(file, at: datetime) -> Receipt:
    told = {
        "definition": file.definition,
        "path": file.path,
        "by": "analyst",
        "at": at,
        "received_at": file.received_at,
        "extracted_on": file.extracted_on,
    }
    try:
        return load(**told)
    except NeedsDecision:
        return load(**told, accept_reason="A village sends little.")


def found_in(text: str, village: CountyFiles) -> str | None:
    """The kind of trace of a sentinel in the text; never the sentinel itself."""
    for trace in TRACES.finditer(text):
        around = _plain(text[max(trace.start() - AROUND, 0) : trace.end() + AROUND])
        if any(_plain(one) in around for one in village.sentinels):
            return trace.group()[:4]
    return None


def _plain(text: str) -> str:
    return "".join(text.split()).lower()


def everything(root: Path) -> Iterator[tuple[str, str]]:
    """Every file of the home as its bytes and, where they are packed, as what they hold; every row of its database."""
    for path in sorted(root.rglob("*")):
        if not path.is_file():
            continue
        yield f"bytes of {path.relative_to(root)}", path.read_bytes().decode("latin-1")
        if path.suffix == ".parquet":
            yield f"rows of {path.relative_to(root)}", _parquet(path)
        if path.suffix == ".duckdb":
            yield from _store(path)
    for model in apps.get_models():
        rows = "\n".join(str(row) for row in model.objects.values_list())
        yield f"table of {model.__name__}", rows


def _parquet(path: Path) -> str:
    table = pq.read_table(path)
    told = "\n".join(
        str(column.to_pylist()) for column in table.columns if not pa.types.is_floating(column.type)
    )
    return f"{table.schema.metadata}\n{told}"


def _store(path: Path) -> Iterator[tuple[str, str]]:
    with duckdb.connect(str(path), read_only=True) as store:
        names = store.execute("SELECT table_name FROM information_schema.tables").fetchall()
        for (name,) in names:
            columns = store.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = ? AND data_type = 'VARCHAR'",
                [name],
            ).fetchall()
            for (column,) in columns:
                rows = store.execute(f'SELECT DISTINCT "{column}" FROM "{name}"').fetchall()
                yield f"{name}.{column} of {path.name}", "\n".join(str(value) for (value,) in rows)
