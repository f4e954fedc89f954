"""The second step, before anything is checked, kept, shown or logged: references to people become tokens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pyarrow as pa

from trigpoint.ingest import keys
from trigpoint.ingest.receipt import Told, nobody_told
from trigpoint.ingest.sheet import Sheet
from trigpoint.ingest.steps.scrub import scrubbed


@dataclass(frozen=True, slots=True)
class Stripped:
    """A sheet that holds no reference to a person; tokens are 0 where the row has none."""

    sheet: Sheet
    token: pa.Int64Array
    token_window: int
    content: pa.FixedSizeBinaryArray
    key: pa.FixedSizeBinaryArray | None


def strip(
    sheet: Sheet,
    folder: Path,
    received: date,
    place_names: Callable[[], frozenset[str]] = frozenset,
    told: Told = nobody_told,
) -> Stripped:
    """Replace the person column by tokens, empty what tells of people elsewhere, and digest the rows.

    Columns that the definition does not name were never read. `folder` holds the home's keys; `received` decides the
    window whose key makes the tokens; `place_names` are what the scanner lets pass (see `scanner.found_in`); `told` hears
    how far it has come.
    """
    definition = sheet.definition
    sheet = scrubbed(sheet, place_names, lambda share: told(share / 3))
    count = len(sheet.rows)
    token = pa.array([0] * count, pa.int64())
    window = 0
    if definition.records is not None and definition.records.token is not None:
        wanted = definition.records.token
        window = keys.open_window(folder, received)
        secret = keys.token_key(folder, definition.agency, wanted.space, window)
        token = keys.tokens(sheet.text(wanted.column), secret)
        sheet = replace(sheet, columns=_without(sheet.columns, wanted.column))
    return Stripped(sheet, token, window, *_digests(sheet, keys.row_key(folder), told))


def _without(columns: Mapping[str, pa.StringArray], name: str) -> dict[str, pa.StringArray]:
    return {other: values for other, values in columns.items() if other != name}


def _digests(
    sheet: Sheet, secret: bytes, told: Told
) -> tuple[pa.FixedSizeBinaryArray, pa.FixedSizeBinaryArray | None]:
    definition = sheet.definition
    columns = [sheet.text(name) for name in sorted(definition.columns) if name in sheet.columns]
    if sheet.geometry is not None:
        columns.append(pa.array([(wkb or b"").hex() for wkb in sheet.geometry.to_pylist()], pa.string()))
    content = keys.row_digests(columns, secret, "content", lambda share: told((1 + share) / 3))
    if definition.currency.by != "key":
        return content, None
    named = [sheet.text(name) for name in definition.currency.key]
    feed = pa.array([definition.name] * len(sheet.rows), pa.string())
    vintage = pa.array([sheet.vintage] * len(sheet.rows), pa.string())
    return content, keys.row_digests(
        [feed, vintage, *named], secret, "key", lambda share: told((2 + share) / 3)
    )
