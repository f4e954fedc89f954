"""A release moves: proposed, approved by two people of two agencies, issued; refused or withdrawn with a reason.

Each change is one transaction and one audit event. A release is proved when it is built (`release_building.py`) and again
when it is issued, beside every release that was issued before: to whichever audience.
"""

from datetime import datetime

from django.db import transaction

from trigpoint.changes.accounts import Account, list_accounts
from trigpoint.changes.acting import acting, recorded
from trigpoint.changes.editing import held
from trigpoint.changes.release_papers import paper_of
from trigpoint.changes.release_proof import proved_again
from trigpoint.changes.told_text import told
from trigpoint.core.sharing.duties import DUTIES
from trigpoint.core.workflow.release import ReleaseMoveRefused, ReleaseState, Word, after_word, moved
from trigpoint.db.models import Release, ReleaseApproval
from trigpoint.gate.release_paper import paper_document, paper_page

__all__ = [
    "approve_release",
    "issue_release",
    "propose_release",
    "refuse_release",
    "who_approve",
    "withdraw_release",
]

SHOWN = ("title", "state")


def propose_release(*, number: int, version: int | None = None, by: str, at: datetime) -> None:
    """Put a draft before those who approve. Raises ChangeDenied, ReleaseMoveRefused, ChangedMeanwhile."""
    _move(number, version, ReleaseState.PROPOSED, acting(by, "make_release"), at)


def approve_release(*, number: int, by: str, at: datetime) -> str:
    """Approve; with the second agency's word it is approved. Gives its state. Raises as `refuse_release`."""
    return _word(number, True, "", acting(by, "approve_release"), at)


def refuse_release(*, number: int, reason: str, by: str, at: datetime) -> str:
    """Refuse, saying why. Raises ChangeDenied, ReleaseMoveRefused, TextRefused."""
    why = told(reason, what="the reason", longest=500)
    return _word(number, False, why, acting(by, "approve_release"), at)


def issue_release(*, number: int, version: int | None = None, by: str, at: datetime) -> None:
    """Prove it beside all that were issued before, write its page and its PDF, and open it to those it is for.

    Raises ChangeDenied, ReleaseMoveRefused, ReleaseRefused where it and earlier releases give something away together.
    """
    account = acting(by, "make_release")
    with transaction.atomic():
        row = held(Release, number, version, SHOWN)
        proved_again(row)
        row.state = moved(ReleaseState(row.state), ReleaseState.ISSUED)
        row.issued_at = at
        row.version += 1
        paper = paper_of(row)
        row.page, row.document = paper_page(paper), paper_document(paper, at=at)
        row.save()
        recorded("release.issued", f"release {number}", account, at, {"recipients": row.recipients})


def withdraw_release(*, number: int, reason: str, version: int | None = None, by: str, at: datetime) -> None:
    """Close a draft or an issued release, saying why. Its cells stay: they were told. Raises as `propose_release`."""
    why = told(reason, what="the reason", longest=500)
    _move(number, version, ReleaseState.WITHDRAWN, acting(by, "make_release"), at, why)


def _move(
    number: int, version: int | None, to: ReleaseState, account: Account, at: datetime, because: str = ""
) -> None:
    with transaction.atomic():
        row = held(Release, number, version, SHOWN)
        row.state = moved(ReleaseState(row.state), to)
        row.ended_because = because
        row.version += 1
        row.save()
        recorded(f"release.{to.value}", f"release {number}", account, at, {"reason": because})


def who_approve() -> tuple[tuple[str, str], ...]:
    """User and agency of every open account that may approve releases."""
    return tuple(
        (one.user, one.agency)
        for one in list_accounts()
        if one.active and one.role in DUTIES["approve_release"]
    )


def _word(number: int, approved: bool, reason: str, account: Account, at: datetime) -> str:
    with transaction.atomic():
        row = held(Release, number, None, SHOWN)
        if row.state != ReleaseState.PROPOSED:
            raise ReleaseMoveRefused(f"A release that is {row.state} waits for nobody's word.")
        given = [Word(one.by, one.agency, one.approved) for one in row.approvals.all()]
        row.state = after_word(row.author, given, Word(account.user, account.agency, approved))
        ReleaseApproval.objects.create(
            release=row,
            by=account.user,
            agency=account.agency,
            role=account.role,
            approved=approved,
            reason=reason,
            at=at,
        )
        row.ended_because = reason
        row.version += 1
        row.save()
        event = "release.approved" if approved else "release.refused"
        recorded(event, f"release {number}", account, at, {"state": row.state, "reason": reason})
    return str(row.state)
