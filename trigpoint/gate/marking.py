"""The marking that everything told carries, and the sentence on what it is for."""

from trigpoint.db.home import current_home

__all__ = ["DEMO_MARKING", "NOT_ZERO", "NO_ADVERSE_USE_SENTENCE", "REAL_MARKING", "marking_of_home"]

DEMO_MARKING = "SYNTHETIC COUNTY — nothing here is real"
REAL_MARKING = "OFFICIAL-SENSITIVE"
NO_ADVERSE_USE_SENTENCE = (
    "What is shown here is for safeguarding children. "
    "It is not for eviction, exclusion or enforcement against a child."
)
NOT_ZERO = "An empty cell is not known, or withheld. It is not zero."


def marking_of_home() -> str:
    """The marking of this home: a synthetic county says that it is one."""
    return DEMO_MARKING if current_home().demo else REAL_MARKING
