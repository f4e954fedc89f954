"""Which role may change what. What each may *see* is for agreements (policy.py); this is the other half."""

from typing import Literal

Duty = Literal[
    "load",
    "publish",
    "manage_accounts",
    "adopt_agreement",
    "define",
    "place",
    "evaluate",
    "read_meetings",
    "hold_meeting",
    "decide",
    "act",
    "ask_meeting",
    "sense_check",
    "make_release",
    "approve_release",
    "read_releases",
    "erase",
    "read_year",
    "read_contributions",
    "read_audit",
]

DUTIES: dict[Duty, frozenset[str]] = {
    "load": frozenset({"analyst", "contributor"}),
    "publish": frozenset({"analyst"}),
    "manage_accounts": frozenset({"analyst", "governance"}),
    "adopt_agreement": frozenset({"governance"}),
    "define": frozenset({"analyst"}),
    "place": frozenset({"analyst", "contributor"}),
    "evaluate": frozenset({"analyst", "chair"}),
    "read_meetings": frozenset({"analyst", "member", "chair"}),
    "hold_meeting": frozenset({"analyst", "chair"}),
    "decide": frozenset({"analyst", "chair"}),
    "act": frozenset({"analyst", "member", "chair"}),
    "ask_meeting": frozenset({"analyst", "member", "chair"}),
    "sense_check": frozenset({"analyst", "member", "chair", "contributor"}),
    "make_release": frozenset({"analyst"}),
    "approve_release": frozenset({"analyst", "member", "chair", "governance"}),
    "read_releases": frozenset({"analyst", "member", "chair", "contributor", "frontline", "governance"}),
    "erase": frozenset({"governance"}),
    "read_year": frozenset({"analyst", "member", "chair", "contributor", "governance"}),
    "read_contributions": frozenset({"analyst", "governance"}),
    "read_audit": frozenset({"governance"}),
}

DUTY_WORDS: dict[Duty, str] = {
    "load": "Bringing in files",
    "publish": "Publishing",
    "manage_accounts": "Managing accounts",
    "adopt_agreement": "Adopting agreements",
    "define": "Writing definitions of feeds",
    "place": "Saying where a place is",
    "evaluate": "Planning evaluations",
    "read_meetings": "Reading what the meeting keeps",
    "hold_meeting": "Holding the meeting",
    "decide": "Recording decisions",
    "act": "Saying how an action stands",
    "ask_meeting": "Putting questions to the meeting",
    "sense_check": "Saying whether a place fits what one knows",
    "make_release": "Making releases",
    "approve_release": "Approving releases",
    "read_releases": "Reading releases",
    "erase": "Erasing rows",
    "read_year": "Reading the year",
    "read_contributions": "Reading what feeds added",
    "read_audit": "Reading who saw what",
}
"""Each duty as what somebody does."""

_MANY = {
    "analyst": "analysts", "chair": "chairs", "contributor": "contributors", "frontline": "frontline teams",
    "governance": "information governance", "member": "members of the meeting",
}  # fmt: skip
NO_ROLE = "has no role"
_ONE = {
    "analyst": "is an analyst's", "chair": "is a chair's", "contributor": "is a contributor's",
    "frontline": "is a frontline team's", "governance": "is information governance's",
    "member": "is a meeting member's",
}  # fmt: skip


class ChangeDenied(PermissionError):
    """The person may not make this change; the message is fit for a screen."""


def require_duty(duty: Duty, *, role: str, user: str) -> None:
    """Raise ChangeDenied unless the role carries the duty."""
    if role not in DUTIES[duty]:
        of = _ONE.get(role, NO_ROLE)
        raise ChangeDenied(f"{DUTY_WORDS[duty]} is for {_whom(duty)}. The account {user} {of}.")


def _whom(duty: Duty) -> str:
    *most, last = [words for role, words in _MANY.items() if role in DUTIES[duty]]
    return f"{', '.join(most)} and {last}" if most else last


def require_own_feed(*, role: str, user: str, agency: str, owner: str) -> None:
    """Raise ChangeDenied when a contributor brings a file of another agency: each writes only its own rows."""
    if role == "contributor" and agency != owner:
        raise ChangeDenied(f"{user} contributes for {agency or 'no agency'}; this feed belongs to {owner}.")


def require_contribution_of(agency: str, *, role: str, user: str, own: str) -> None:
    """Raise ChangeDenied unless the page on what an agency's feeds added is for this person.

    It is for the agency's own people at the table, and for those who look after every feed; agencies are not held
    against each other.
    """
    if role in DUTIES["read_contributions"] or (role in DUTIES["read_year"] and agency and own == agency):
        return
    raise ChangeDenied(
        f"What {agency or 'an agency'} added is told to its own people, to analysts and to information governance; "
        f"{user} acts for {own or 'no agency'}."
    )
