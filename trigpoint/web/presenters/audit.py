"""The audit in people's words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from trigpoint.changes.audit_told import AuditLine
from trigpoint.web.presenters.words import clause_in_words, counted

__all__ = ["GROUP_WORDS", "ROLE_WORDS", "ShownLine", "shown_line"]

GROUP_WORDS = {
    "questions": "Questions asked",
    "refused": "Refused",
    "files": "Files taken away",
    "sign_ins": "Sign-ins",
    "releases": "Releases",
    "erasure": "Erasure and retention",
    "rights": "Accounts, tokens and agreements",
    "audit": "This page read",
    "changes": "Other changes",
}
ROLE_WORDS = {
    "analyst": "Analyst", "chair": "Chair", "contributor": "Contributor", "frontline": "Frontline",
    "governance": "Information governance", "member": "Member",
}  # fmt: skip
_EVENTS = {
    "audit_read": "Read this page",
    "exported": "Took a file of an answer away",
    "rows_exported": "Took published rows away",
    "release.opened": "Opened a release",
    "signed_in": "Signed in",
    "sign_in_failed": "Could not sign in",
    "delivery.accepted": "A file was accepted",
    "delivery.duplicate": "A file was known already",
    "delivery.refused": "A file was refused",
    "delivery.waiting": "A file waits for a decision",
    "erasure.rows": "Rows were erased",
    "erasure.delivery": "A delivery was withdrawn",
    "erasure.retention": "Rows were kept no longer",
    "erasure.lifted": "Erased rows may come back",
    "meeting.closed": "A meeting was closed",
    "meeting.frozen": "A meeting was frozen",
    "meeting.held": "A meeting was held",
    "meeting.item_done": "An item of the agenda was done",
    "meeting.minute_taken": "A minute was taken",
    "meeting.planned": "A meeting was planned",
    "meeting.seat": "Who was there was noted",
    "meeting.step": "A step of the timetable was done",
    "action_decided": "An action was decided",
    "action_moved": "An action went on",
    "agreement_adopted": "An agreement was adopted",
    "account_opened": "An account was opened",
    "upload.started": "A file was brought",
    "published": "A version was published",
    "sense_check.made": "A sense-check was made",
    "sense_check.seconded": "A sense-check was agreed to",
    "sense_check.undone": "A sense-check was taken back",
}
_KINDS = {
    "counts": "how many records", "series": "records over time", "hotspots": "hotspots", "sites": "sites",
    "notices": "notices", "picture": "the map", "places": "a search for a place", "shapes": "outlines",
    "choices": "what can be chosen", "own_records": "their own agency's records", "around": "what is around a place",
    "work": "work of our own", "questions": "questions for the meeting", "events": "linked events",
}  # fmt: skip
_NUMBERED = re.compile(r"[a-z][a-z-]* \d+")
"""A subject that is shown: what sort of thing, and its number. Others may hold what somebody wrote."""
_LEVELS = {"district": "by district", "ward": "by ward", "lsoa": "by small area", "street": "by street"}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of the page."""

    at: datetime
    who: str
    agency: str
    role: str
    what: str
    where: str
    purpose: str
    allowed: bool
    clause: str


def shown_line(
    one: AuditLine, agencies: Mapping[str, str], areas: Mapping[str, str], titles: Mapping[str, str]
) -> ShownLine:
    """Districts and wards by name; streets and hexagons as so many, because the page is not the map."""
    return ShownLine(
        at=one.at,
        who=one.user,
        agency=agencies.get(one.agency, ""),
        role=ROLE_WORDS.get(one.role, ""),
        what=_what(one),
        where=_where(one, areas),
        purpose=one.purpose.replace("_", " ").capitalize(),
        allowed=one.allowed,
        clause=clause_in_words(one.clause, titles),
    )


def _what(one: AuditLine) -> str:
    if one.kind:
        level = _LEVELS.get(one.level.partition(":")[0], "by hexagon")
        return f"Asked for {_KINDS.get(one.kind, one.kind.replace('_', ' '))}, {level}"
    words = _EVENTS.get(one.event) or one.event.replace(".", ": ").replace("_", " ").capitalize()
    return f"{words} ({one.subject})" if _NUMBERED.fullmatch(one.subject) else words


def _where(one: AuditLine, areas: Mapping[str, str]) -> str:
    named = [areas[code] for code in one.places if code in areas]
    others = len(one.places) - len(named)
    rest = [counted(others, "street or hexagon", "streets or hexagons")] if others else []
    return ", ".join([*named, *rest])
