"""The pages of the meeting, beside one another: each view gives its own name to `tabs`."""

from trigpoint.core.sharing.duties import DUTIES, Duty

__all__ = ["tabs"]

TABS: tuple[tuple[str, str, Duty], ...] = (
    ("Meetings", "meetings", "read_meetings"),
    ("Places", "places", "read_meetings"),
    ("Actions", "actions", "read_meetings"),
    ("Releases", "releases", "approve_release"),
    ("Questions", "questions", "read_meetings"),
    ("In place", "enforcement", "read_meetings"),
    ("Papers", "papers", "read_meetings"),
    ("Sense-check", "sense_check", "sense_check"),
    ("What feeds added", "added", "read_year"),
    ("The year", "year", "read_year"),
)
"""Each with its label, its address's name, and the duty without which it is not offered."""


def tabs(here: str, role: str) -> dict[str, object]:
    """What `parts/meeting_tabs.html` needs, for a page's context."""
    offered = tuple((label, name) for label, name, duty in TABS if role in DUTIES[duty])
    return {"meeting_tabs": offered, "meeting_tab": here}
