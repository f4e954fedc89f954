"""What people decided before the visitor came: default addresses known as such, a row mended. The rest is left to try."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from trigpoint.changes.places import decide_shared_point
from trigpoint.changes.quarantine import mend_rows, waiting_rows
from trigpoint.core.county.feeds.positions import building_points
from trigpoint.core.county.feeds.wording import County
from trigpoint.ingest.receipt import Receipt

_MENDED = {
    "cont_contact_source_code": "10",
    "risk": "Medium",
    "concerns": "N",
    "miss_missing_episode_type": "M",
}
"""Columns in which a word nobody knows can be put right after a telephone call, and the word it was."""
_LOOKED_AT = 12


def decide_default_addresses(county: County, *, by: str, at: datetime) -> int:
    """Half of the civic centres are known to stand for "no address given"; returns how many. The others wait."""
    east, north, _ = building_points(county, "civic_centre")
    known = np.flatnonzero(np.isfinite(east))[: max(len(east) // 2, 1)]
    for district in known.tolist():
        decide_shared_point(
            definition="community_safety_asb",
            easting_m=int(east[district]),
            northing_m=int(north[district]),
            decision="default",
            by=by,
            at=at,
        )
    return len(known)


def mend_one(receipts: Sequence[Receipt], *, by: str, at: datetime) -> Receipt | None:
    """Mend the newest row that one word mends; None where there is none among the newest deliveries with broken rows."""
    held = [receipt for receipt in reversed(receipts) if receipt.quarantined]
    for receipt in held[:_LOOKED_AT]:
        for row in waiting_rows(delivery=receipt.delivery, by=by, at=at):
            if row.column in _MENDED:
                cells = {row.row: {row.column: _MENDED[row.column]}}
                told = "The sender was rung up and said what was meant."
                return mend_rows(delivery=receipt.delivery, cells=cells, by=by, at=at, reason=told)
    return None
