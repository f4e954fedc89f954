"""The last step: the rows become one immutable file, then one transaction makes them count."""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from trigpoint.ingest.schemas import SCHEMAS, FileFacts
from trigpoint.ingest.sheet import Mask
from trigpoint.ingest.steps.normalise import Normalised
from trigpoint.ingest.steps.settle import Standing
from trigpoint.ingest.steps.strip import Stripped

ROW_GROUP_ROWS = 262_144
BUFFER_BYTES = 1 << 20
HIDDEN = "."
"""Files being written start with this; they are nobody's until they are renamed."""


def accepted_table(stripped: Stripped, stands: Standing, normalised: Normalised, kept: Mask) -> pa.Table:
    """The rows in `kept`, in the file's order and in the columns of their kind."""
    schema = SCHEMAS[stripped.sheet.definition.kind]
    count = len(kept)
    head = {
        "row": pa.array(stripped.sheet.rows),
        "key": stripped.key if stripped.key is not None else pa.nulls(count, pa.binary(16)),
        "content": stripped.content,
        "scope": stands.scope,
        "period": pa.array(stands.period),
    }
    columns = {**head, **normalised.columns}
    whole = pa.table([columns[part.name].cast(part.type) for part in schema], names=schema.names)
    return whole.filter(pa.array(kept)).cast(schema)


def with_facts(table: pa.Table, facts: FileFacts) -> pa.Table:
    """The table with what a reader must know of its feed."""
    return table.replace_schema_metadata({b"trigpoint": json.dumps(facts).encode()})


@dataclass(frozen=True, slots=True)
class Written:
    """A file on its way: written and on the disk, not yet under its name."""

    temporary: Path
    sha256: str

    def take_name(self, final: Path) -> None:
        """Give the file its name, so that it and the folder's entry survive a power cut."""
        self.temporary.replace(final)
        _sync_folder(final.parent)


@contextlib.contextmanager
def written(table: pa.Table | None, folder: Path, name: str) -> Iterator[Written | None]:
    """Write `table`, if there is one, under a hidden name; it goes at the end unless it has taken its own."""
    if table is None:
        yield None
        return
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f"{HIDDEN}{name}.parquet"
    try:
        with temporary.open("wb") as file, pa.output_stream(file, buffer_size=BUFFER_BYTES) as buffered:
            pq.write_table(table, buffered, compression="zstd", row_group_size=ROW_GROUP_ROWS)
            buffered.flush()
            file.flush()
            os.fsync(file.fileno())
        with temporary.open("rb") as written_file:
            digest = hashlib.file_digest(written_file, "sha256").hexdigest()
        yield Written(temporary, digest)
    finally:
        temporary.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # a folder cannot be opened there; the rename itself is written through
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
