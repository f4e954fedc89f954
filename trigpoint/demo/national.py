"""Write a country of invented counties as Parquet, in the layout of published rows, one county after another.

`counted` is partitioned by agency with a file a county; the tables that name its ids have a file a county or, where
they are the country's, one. Tables that questions on counts do not read (records, claims, sites, notices and the
others) are not written. A run that was stopped goes on with the county it was at; memory is that of one county.
"""

import json
import os
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from trigpoint.core.county.model import Size
from trigpoint.core.county.national import COUNTIES, FirstIds, make_national_county
from trigpoint.core.county.national_rows import AGENCIES, CATEGORIES_A_FEED, THEMES
from trigpoint.core.county.streams import STREAMS
from trigpoint.core.county.truths.truth import FEEDS_OF

STORE_FORMAT = 4
"""The format of a store version whose tables these are; a test holds it to the store's own."""

_ROW_GROUP = 122_880
_MARKS = "_written"
"""The folder of the marks of counties that are whole; readers pass over names with an underscore."""


class AnotherCountry(ValueError):
    """The folder holds a country of other values; going on would mix the two."""


def write_national(
    directory: Path,
    *,
    records: int,
    seed: int,
    end: date,
    counties: int = COUNTIES,
    size: Size = "county",
    told: Callable[[int, int], None] = lambda county, records: None,
) -> int:
    """Write the country and return how many records it has: exactly `records`, shared evenly over the counties.

    Counties that are there already are left as they are. `told` is called with each county's number and records when
    it is whole. Raises AnotherCountry where the folder's counties were written with other values.
    """
    values = {"records": records, "seed": seed, "end": end.isoformat(), "counties": counties, "size": size}
    (directory / _MARKS).mkdir(parents=True, exist_ok=True)
    first, total = FirstIds(), 0
    for number in range(counties):
        share = records // counties + (number < records % counties)
        mark = directory / _MARKS / f"county-{number:02d}.json"
        after = _already(mark, values)
        if after is None:
            made = make_national_county(
                number, share, first, seed=seed, last_day=np.datetime64(end, "D"), size=size
            )
            _write_county(directory, number, made.tables)
            after = made.after
            _whole(mark, partial(_write_text, json.dumps({"of": values, "after": after})))
        told(number, share)
        first, total = after, total + share
    for name, table in _country().items():
        _whole(directory / name / "rows.parquet", partial(pq.write_table, table))
    return total


def _already(mark: Path, values: Mapping[str, Any]) -> FirstIds | None:
    if not mark.exists():
        return None
    kept = json.loads(mark.read_text(encoding="utf-8"))
    if kept["of"] != values:
        raise AnotherCountry(f"{mark.parent.parent} holds a country of other values. Choose an empty folder.")
    return FirstIds(*kept["after"])


def _write_county(directory: Path, number: int, tables: Mapping[str, pa.Table]) -> None:
    counted = tables["counted"]
    agency = counted["agency"].to_numpy()
    bounds = np.searchsorted(agency, np.arange(len(AGENCIES) + 1, dtype=agency.dtype))
    for one, (start, stop) in enumerate(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)):
        part = counted.slice(start, stop - start)
        _write(directory / "counted" / f"agency={one}" / f"county-{number:02d}.parquet", part)
    for name in ("area", "street", "cell"):
        _write(directory / name / f"county-{number:02d}.parquet", tables[name])


def _write(path: Path, table: pa.Table) -> None:
    _whole(path, lambda to: pq.write_table(table, to, compression="zstd", row_group_size=_ROW_GROUP))


def _write_text(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8")


def _whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    write(part)
    os.replace(part, path)


def _country() -> dict[str, pa.Table]:
    """The tables that are the country's: agencies, feeds, categories, themes, and what the dataset is."""
    streams = list(STREAMS)
    small, tiny = pa.int16(), pa.int8()
    agency = [AGENCIES.index(FEEDS_OF[stream][1]) for stream in streams]
    categories = [(stream, kind) for stream in range(len(streams)) for kind in range(CATEGORIES_A_FEED)]
    count = len(streams)
    return {
        "agency": pa.table(
            {
                "id": pa.array(range(len(AGENCIES)), small),
                "code": list(AGENCIES),
                "name": [code.replace("_", " ").capitalize() for code in AGENCIES],
                "position": pa.array(range(len(AGENCIES)), small),
            }
        ),
        "feed": pa.table(
            {
                "id": pa.array(range(count), small),
                "code": [FEEDS_OF[stream][0] for stream in streams],
                "name": [FEEDS_OF[stream][0].replace("_", " ").capitalize() for stream in streams],
                "agency": pa.array(agency, small),
                "kind": ["records"] * count,
                "open": [False] * count,
                "anchors": [False] * count,
                "attribution": pa.array([None] * count, pa.string()),
                "cadence": ["monthly"] * count,
                "terms_only": [STREAMS[stream].term_only for stream in streams],
            }
        ),
        "category": pa.table(
            {
                "id": pa.array(range(len(categories)), small),
                "code": [f"{streams[stream]}_{kind}" for stream, kind in categories],
                "name": [f"{streams[stream].capitalize()}, kind {kind}" for stream, kind in categories],
                "feed": pa.array([stream for stream, _ in categories], small),
            }
        ),
        "theme": pa.table(
            {
                "bit": pa.array(range(THEMES), tiny),
                "code": [f"t{bit}" for bit in range(THEMES)],
                "name": [f"Theme {bit}" for bit in range(THEMES)],
            }
        ),
        "meta": pa.table({"key": ["format", "publication"], "value": [str(STORE_FORMAT), "1"]}),
    }
