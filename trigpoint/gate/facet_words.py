"""How we came to know of a record, and how well it is placed: the entries that filters offer, in plain words."""

from trigpoint.core.sharing.agreement import GRADES
from trigpoint.gate.questions import DETECTIONS, QUALITIES

__all__ = [
    "GRADE_NAMES",
    "QUALITY_NAMES",
    "ROUTES",
    "ROUTE_NAMES",
    "grade_entries",
    "quality_entries",
    "route_entries",
]

ROUTES = ("reported", "discovered", "referral", "unknown")
"""In the order of the reader: first what others told us, then what our own work found."""
ROUTE_NAMES = {
    "reported": "Reported",
    "discovered": "Discovered by our own work",
    "referral": "Referral",
    "unknown": "Not known",
}
QUALITY_NAMES = {
    "A": "A place somebody confirmed",
    "B": "A building or a point",
    "C": "A street or named site",
    "D": "A postcode or ward",
    "E": "Not placed yet",
}
GRADE_NAMES = {
    "none": "Not graded",
    "a": "Known directly to the source",
    "b": "Known indirectly, corroborated",
    "c": "Known indirectly",
    "d": "Not known",
    "e": "Suspected false",
}
"""The assessment of 3x5x2; that of an older 5x5x5 is mapped to it at the door (ingest/steps/grading.py)."""


def route_entries() -> list[tuple[int, str, str]]:
    """The store's number, code and name of each way of detection."""
    return [(DETECTIONS.index(code), code, ROUTE_NAMES[code]) for code in ROUTES]


def quality_entries() -> list[tuple[int, str, str]]:
    """The store's number, code and name of each quality of a place, best first."""
    return [(number, code, QUALITY_NAMES[code]) for number, code in enumerate(QUALITIES, start=1)]


def grade_entries() -> list[tuple[int, str, str]]:
    """The store's number, code and name of each grade of a record, the best first, then those that have none."""
    return [(GRADES.index(code), code, GRADE_NAMES[code]) for code in (*GRADES[1:], GRADES[0])]
