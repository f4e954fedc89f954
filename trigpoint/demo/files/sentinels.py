"""Every invented name, date of birth, identifier, telephone, handle and plate that the county's files hold."""

import numpy as np

from trigpoint.core.county.feeds.registers import PERSONAL
from trigpoint.core.county.records import CountyRecords

SHORTEST = 6
"""A shorter value might stand somewhere by chance."""


def sentinels_of(records: CountyRecords) -> frozenset[str]:
    """All of them: none may be found in a home once the files are loaded."""
    found: set[str] = set()
    for feed in records.feeds.values():
        found |= {value for name in feed.personal for value in np.unique(feed.table.columns[name]).tolist()}
        found |= set(feed.embedded)
    for name, table in records.registers.items():
        found |= {v for column in PERSONAL[name] for v in np.unique(table.columns[column]).tolist()}
    return frozenset(value for value in found if len(value) >= SHORTEST)
