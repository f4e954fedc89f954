"""Sheets of an invented feed whose columns and ways of telling a place are the test's own."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.sheet import Sheet


def told_definition(
    columns: Sequence[str], claims: Sequence[Mapping[str, Any]] = (), **more: Any
) -> Definition:
    """A feed of records with the columns `ref`, `day` and those given."""
    records = {
        "when": {"start": ["day"], "formats": [{"format": "%Y-%m-%d", "precision": "day"}]},
        "category": "sighting",
        "claims": list(claims),
        **more.pop("records", {}),
    }
    return Definition.model_validate(
        {
            "name": "invented",
            "title": "Invented",
            "kind": "records",
            "agency": "community_safety",
            "columns": {name: name for name in ("ref", "day", *columns)},
            "currency": {"by": "key", "key": ["ref"]},
            "records": records,
            **more,
        }
    )


def records_sheet(
    cells: Mapping[str, Sequence[str]], claims: Sequence[Mapping[str, Any]] = (), **more: Any
) -> Sheet:
    """Rows of such a feed."""
    count = len(next(iter(cells.values())))
    whole = {"ref": [f"r{n}" for n in range(count)], "day": ["2026-03-04"] * count, **cells}
    return Sheet(
        definition=told_definition([name for name in cells if name not in ("ref", "day")], claims, **more),
        columns={name: pa.array(list(values), pa.string()) for name, values in whole.items()},
        rows=np.arange(1, count + 1, dtype=np.int32),
        headers={},
    )
