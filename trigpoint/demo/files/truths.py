"""The planted truths, sealed in a file of the demo's home: only tests and the page that reveals them read it."""

import json
import os
from pathlib import Path

from trigpoint.core.county.records import CountyRecords
from trigpoint.core.county.truths.truth import plainly

TRUTHS = "truths.json"
_FOR_OWNER_ONLY = 0o600


def seal_truths(path: Path, records: CountyRecords) -> None:
    """Write every truth and the letters that this county is too small for, readable by the home's owner alone."""
    told = {"truths": [plainly(truth) for truth in records.truths], "unplanted": dict(records.unplanted)}
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _FOR_OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(told, file, ensure_ascii=False, indent=1, sort_keys=True)
