"""The one function that records an event. Without it nothing is answered and nothing is changed."""

from collections.abc import Mapping
from datetime import datetime

from trigpoint.db.models import AuditEvent


def record_event(
    *,
    event: str,
    at: datetime,
    user: str,
    allowed: bool = True,
    agency: str = "",
    role: str = "",
    purpose: str = "",
    subject: str = "",
    clause: str = "",
    detail: Mapping[str, object] | None = None,
) -> int:
    """Append one event and return its number. Raises whatever the database raises: the caller must not go on."""
    recorded = AuditEvent.objects.create(
        event=event,
        at=at,
        user=user,
        allowed=allowed,
        agency=agency,
        role=role,
        purpose=purpose,
        subject=subject,
        clause=clause,
        detail=dict(detail or {}),
    )
    return int(recorded.pk)
