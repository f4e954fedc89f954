"""A preview as it is kept beside its upload: plain values, with the rows of the file only until the decision."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from trigpoint.ingest.preview import Preview

OF_ROWS = frozenset({"sample"})


def without_rows(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The same preview with counts only: what may stay after the decision."""
    return {name: part for name, part in kept.items() if name not in OF_ROWS}


def preview_json(found: Preview) -> dict[str, Any]:
    """{receipt, question, faults, changes, sample: {columns, rows: [{row, cells, verdict, fault}]}}."""
    columns = list(dict.fromkeys(name for row in found.sample for name in row.cells))
    sample = [
        {
            "row": row.row,
            "cells": [row.cells.get(name, "") for name in columns],
            "verdict": row.verdict,
            "fault": f"{row.column}: {row.rule}" if row.rule else "",
        }
        for row in found.sample
    ]
    return {
        "receipt": {**asdict(found.receipt), "messages": list(found.receipt.messages)},
        "question": found.question,
        "faults": [{**asdict(one), "first_rows": list(one.first_rows)} for one in found.faults],
        "changes": [asdict(one) for one in found.changes],
        "sample": {"columns": columns, "rows": sample},
    }
