"""A paper that is handed out is put on record as what it is: which, for whom, of which publication."""

from datetime import datetime

from trigpoint.core.sharing.duties import Duty, require_duty
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.db.audit import record_event

__all__ = ["hand_out"]


def hand_out(
    viewer: Viewer,
    *,
    paper: str,
    form: str,
    file: str,
    publication: int,
    meeting: int | None,
    at: datetime,
    duty: Duty = "read_meetings",
) -> int:
    """Record that a paper is made for somebody, and give the event's number. Every question behind it has its own line.

    Raises ChangeDenied for whoever has not the duty, a seat at the meeting unless another is named; then nothing may
    leave.
    """
    require_duty(duty, role=viewer.role, user=viewer.user)
    return record_event(
        event="exported",
        at=at,
        user=viewer.user,
        agency=viewer.agency,
        role=viewer.role,
        purpose=viewer.purpose,
        subject=paper,
        detail={"form": form, "file": file, "publication": publication, "meeting": meeting},
    )
