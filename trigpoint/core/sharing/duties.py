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
]

DUTIES: dict[Duty, frozenset[str]] = {
    "load": frozenset({"analyst", "contributor"}),
    "publish": frozenset({"analyst"}),
    "manage_accounts": frozenset({"analyst", "governance"}),
    "adopt_agreement": frozenset({"governance"}),
    "define": frozenset({"analyst"}),
    "place": frozenset({"analyst", "contributor"}),
    "evaluate": frozenset({"analyst", "chair"}),
    "read_meetings": frozenset({"analyst", "member", "chair", "contributor"}),
    "hold_meeting": frozenset({"analyst", "chair"}),
    "decide": frozenset({"analyst", "chair"}),
    "act": frozenset({"analyst", "member", "chair", "contributor"}),
    "ask_meeting": frozenset({"analyst", "member", "chair", "contributor"}),
    "sense_check": frozenset({"analyst", "member", "chair", "contributor"}),
    "make_release": frozenset({"analyst"}),
    "approve_release": frozenset({"analyst", "member", "chair", "governance"}),
    "read_releases": frozenset({"analyst", "member", "chair", "contributor", "frontline", "governance"}),
    "erase": frozenset({"governance"}),
    "read_year": frozenset({"analyst", "member", "chair", "contributor", "governance"}),
    "read_contributions": frozenset({"analyst", "governance"}),
}


class ChangeDenied(PermissionError):
    """The person may not make this change; the message is fit for a screen."""


def require_duty(duty: Duty, *, role: str, user: str) -> None:
    """Raise ChangeDenied unless the role carries the duty."""
    if role not in DUTIES[duty]:
        allowed = " or ".join(sorted(DUTIES[duty]))
        raise ChangeDenied(
            f"{user} is {role or 'without a role'}; to {duty.replace('_', ' ')} needs the role {allowed}."
        )


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
