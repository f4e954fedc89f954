"""Who saw and changed what, for information governance: lines of the audit, without anything that a record told.

Of a question its kind, level, places and purpose are told, of a change its name and number. Answers are in no line, and what
people wrote is left where it is. Reading the audit stands in the audit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from trigpoint.changes.accounts import account_named
from trigpoint.core.sharing.duties import require_duty
from trigpoint.db.audit import record_event
from trigpoint.db.models import AuditEvent

__all__ = ["GROUPS", "MOST", "AuditLine", "AuditRead", "Unusual", "read_audit"]

LONDON = ZoneInfo("Europe/London")
MOST = 50
"""Lines of one page."""
USUAL_DAYS = 28
TIMES_USUAL, LEAST_UNUSUAL = 3, 30
"""A day is told as unusual from so many questions on, and so many times what an account asks on a day on which it asks."""


def _begins(*words: str) -> Q:
    found = Q()
    for word in words:
        found |= Q(event__startswith=word)
    return found


_QUESTIONS, _FILES = Q(event="question"), _begins("exported", "rows_exported", "release.opened")
_SIGN_INS, _ERASED = (
    _begins("signed_in", "sign_in"),
    _begins("erasure.", "keys.", "upload.expired", "wordings.expired"),
)
_RELEASES, _RIGHTS = _begins("release."), _begins("account", "agreement", "token")
_READ = Q(event="audit_read")
GROUPS: Mapping[str, Q] = {
    "questions": _QUESTIONS,
    "refused": Q(allowed=False),
    "files": _FILES,
    "sign_ins": _SIGN_INS,
    "releases": _RELEASES,
    "erasure": _ERASED,
    "rights": _RIGHTS,
    "audit": _READ,
    "changes": ~(_QUESTIONS | _FILES | _SIGN_INS | _RELEASES | _ERASED | _RIGHTS | _READ),
}
"""What somebody may look for."""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line. `kind`, `level` and `places` (codes) are of a question, "" and empty for anything else."""

    number: int
    at: datetime
    user: str
    agency: str
    role: str
    purpose: str
    event: str
    subject: str
    allowed: bool
    clause: str
    kind: str
    level: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unusual:
    """An account that asked far more on a day than it does on a usual one."""

    user: str
    day: date
    questions: int
    usual: float


@dataclass(frozen=True, slots=True)
class AuditRead:
    """One page of lines, the latest first, of `whole` that were looked for; what each agency and role did meanwhile."""

    lines: tuple[AuditLine, ...]
    whole: int
    page: int
    pages: int
    by_role: tuple[Mapping[str, Any], ...]
    unusual: tuple[Unusual, ...]


def read_audit(
    *,
    first: date,
    last: date,
    group: str = "",
    agency: str = "",
    role: str = "",
    page: int = 1,
    by: str,
    at: datetime,
) -> AuditRead:
    """What happened from one day to another, both with it. Raises ChangeDenied; what is not known finds nothing."""
    account = account_named(by)
    require_duty("read_audit", role=account.role, user=by)
    asked = {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "group": group,
        "agency": agency,
        "role": role,
    }
    record_event(
        event="audit_read", at=at, user=account.user, agency=account.agency, role=account.role, purpose="audit",
        detail={name: word for name, word in asked.items() if word},
    )  # fmt: skip
    days = _between(first, last)
    found = days.filter(GROUPS.get(group, Q()))
    found = found.filter(agency=agency) if agency else found
    found = found.filter(role=role) if role else found
    whole = found.count()
    pages = max(1, -(-whole // MOST))
    page = min(max(1, page), pages)
    lines = found.order_by("-at", "-pk")[(page - 1) * MOST : page * MOST]
    return AuditRead(tuple(_told(one) for one in lines), whole, page, pages, _by_role(days), _unusual(last))


def _between(first: date, last: date) -> QuerySet[AuditEvent]:
    from_instant = datetime.combine(first, time.min, LONDON)
    return AuditEvent.objects.filter(
        at__gte=from_instant, at__lt=datetime.combine(last + timedelta(days=1), time.min, LONDON)
    )


def _told(one: AuditEvent) -> AuditLine:
    is_question = one.event == "question"
    asked = one.detail.get("question", {}) if is_question else {}
    within = asked.get("within", ())
    return AuditLine(
        number=int(one.pk), at=one.at, user=one.user, agency=one.agency, role=one.role, purpose=one.purpose,
        event=one.event, subject="" if is_question else one.subject, allowed=one.allowed, clause=one.clause,
        kind=str(one.detail.get("kind", "")) if is_question else "", level=str(asked.get("level", "")),
        places=(within,) if isinstance(within, str) else tuple(str(place) for place in within),
    )  # fmt: skip


def _by_role(days: QuerySet[AuditEvent]) -> tuple[Mapping[str, Any], ...]:
    counted = days.exclude(role="").values("agency", "role").annotate(
        questions=Count("pk", filter=_QUESTIONS),
        refused=Count("pk", filter=Q(allowed=False)),
        files=Count("pk", filter=_FILES),
        people=Count("user", distinct=True),
    )  # fmt: skip
    return tuple(counted.order_by("agency", "role"))


def _unusual(day: date) -> tuple[Unusual, ...]:
    """Of the last day alone, against the days before it on which the account asked at all."""
    asked = _between(day - timedelta(days=USUAL_DAYS), day).filter(_QUESTIONS)
    counted = (
        asked.annotate(day=TruncDate("at", tzinfo=LONDON))
        .values_list("user", "day")
        .annotate(many=Count("pk"))
    )
    before: dict[str, list[int]] = {}
    now: dict[str, int] = {}
    for user, on, many in counted:
        if on == day:
            now[user] = many
        else:
            before.setdefault(user, []).append(many)
    found = [Unusual(user, day, many, float(median(before.get(user, [0])))) for user, many in now.items()]
    return tuple(
        sorted(
            (one for one in found if one.questions >= max(LEAST_UNUSUAL, TIMES_USUAL * one.usual)),
            key=lambda one: (-one.questions, one.user),
        )
    )
