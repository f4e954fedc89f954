"""An agency's own records, row by row, for that agency alone: what it is asked to check before a meeting."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.sharing.agreement import GRADES, LOCATION_ROLES
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import EPOCH, Asked
from trigpoint.gate.events import of_events
from trigpoint.gate.questions import DETECTIONS, QUALITIES
from trigpoint.store.own_rows import delivery_and_row, fetch_own_rows

__all__ = ["answer_own_records"]

MOST = 500
METHOD = (
    "The rows that your own agency sent and that count at the place asked about, latest first, at most "
    f"{MOST} of them. No other agency is told them row by row."
)
_UNITS = ("district", "ward", "street")


def answer_own_records(asked: Asked) -> Answer:
    """Columns delivery, row, day (ISO), hour (None where not told), feed, category, detection, grade, role, quality,
    street, ward, district_code, event_delivery, event_row: one row a record, latest first; rows that have the last two in
    common are told as one event. `about.total` counts those listed.

    Names are "" where the record is not placed so finely. Only feeds of the viewer's own agency are ever permitted
    here (core/sharing/policy.py).
    """
    with asked.records() as cursor:
        found = fetch_own_rows(cursor, asked.selection, _UNITS, MOST)
    vocabulary = asked.version.vocabulary
    feeds = {one.id: one.code for one in vocabulary.feeds}
    categories = {one.id: one.name for one in vocabulary.categories}
    delivery, row = delivery_and_row(found["number"])
    event_delivery, event_row = delivery_and_row(of_events(asked, found["number"].astype(np.int64)))
    columns: Table = {
        "delivery": delivery,
        "row": row,
        "day": [(EPOCH + timedelta(days=int(day))).isoformat() for day in found["day"].tolist()],
        "hour": [int(hour) if hour >= 0 else None for hour in found["hour"].tolist()],
        "feed": [feeds[one] for one in found["feed"].tolist()],
        "category": [categories[one] for one in found["category"].tolist()],
        "detection": [DETECTIONS[one] for one in found["detection"].tolist()],
        "grade": [GRADES[one] for one in found["grade"].tolist()],
        "role": [LOCATION_ROLES[one] if one >= 0 else "" for one in found["role"].tolist()],
        "quality": [QUALITIES[one - 1] for one in found["quality"].tolist()],
        "street": _names(found["street"], asked.version.streets.names),
        "ward": _names(found["ward"], asked.version.areas("ward").names),
        "district_code": _names(found["district"], asked.version.areas("district").codes),
        "event_delivery": event_delivery,
        "event_row": event_row,
    }
    return Answer("own_records", columns, asked.about(total=int(found["number"].size), method=METHOD))


def _names(ids: NDArray[np.integer], names: Sequence[str]) -> list[str]:
    return [names[one] if one >= 0 else "" for one in ids.tolist()]
