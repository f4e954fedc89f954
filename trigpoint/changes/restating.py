"""What is erased or withdrawn leaves what was kept, too: answers that rested on it are made again, and say so."""

import zlib
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from trigpoint.changes.accounts import Account, account_named
from trigpoint.changes.kept_lines import as_known_then, asker_of, columns_of, digest_of, question_kept
from trigpoint.core.sharing.duties import DUTIES, ChangeDenied
from trigpoint.db.audit import record_event
from trigpoint.db.models import Delivery, KeptAnswer
from trigpoint.gate.denial import QuestionError, ReadDenied
from trigpoint.gate.frozen_answers import Taken, take

__all__ = ["GONE", "restate"]

GONE = '{"gone": true}\n'
"""In the place of an answer that cannot be made any more."""
LONGEST = 300
REASONS = "; "
"""Between the reasons of an answer that was restated more than once."""


def restate(*, deliveries: Collection[int], because: str, by: str, at: datetime) -> tuple[int, ...]:
    """Make every kept answer that rests on one of the deliveries again, from the rows that are left. Gives the meetings.

    Call it once a version without the rows is published. The question is the same, as known when it was frozen, under
    the rights that its asker has today; the bytes that were kept go for good, and the audit keeps both digests. Raises
    ChangeDenied where `by` neither erases nor publishes, nor sent all of the deliveries.
    """
    wanted = set(deliveries)
    account = _may_restate(by, wanted)
    lines = [one for one in KeptAnswer.objects.order_by("pk") if wanted & set(one.rests_on)]
    made = [(line, _again(line, at)) for line in lines]
    with transaction.atomic():
        for line, taken in made:
            _put(line, taken, because[:LONGEST], account, at, wanted)
    return tuple(sorted({int(line.meeting_id) for line in lines}))


def _again(line: KeptAnswer, at: datetime) -> Taken | None:
    """The answer from the rows that are left; None where there is none to be had any more."""
    try:
        question = question_kept(line) if line.kind == "evaluation" else as_known_then(line)
        return take(asker_of(line), question, at, may_wait=True)
    except (ReadDenied, QuestionError):
        return None


def _put(
    line: KeptAnswer,
    taken: Taken | None,
    because: str,
    account: Account,
    at: datetime,
    deliveries: Collection[int],
) -> None:
    before = line.digest
    gone = {"content": zlib.compress(GONE.encode()), "digest": digest_of(GONE), "rests_on": []}
    for name, value in (columns_of(taken) if taken else gone).items():
        setattr(line, name, value)
    before_this = [one for one in line.restated_because.split(REASONS) if one]
    reasons = REASONS.join(dict.fromkeys([*before_this, because]))
    line.picture, line.restated_at, line.restated_because = None, at, reasons[:LONGEST]
    line.save()
    record_event(
        event="kept_answer.restated", at=at, user=account.user, agency=account.agency, role=account.role,
        subject=f"meeting {line.meeting_id} {line.name}",
        detail={
            "digest_before": before, "digest": line.digest, "because": because, "deliveries": sorted(deliveries),
        },
    )  # fmt: skip


def _may_restate(by: str, deliveries: Collection[int]) -> Account:
    account = account_named(by)
    if account.role in DUTIES["erase"] | DUTIES["publish"]:
        return account
    senders = set(Delivery.objects.filter(pk__in=deliveries).values_list("agency", flat=True))
    if account.role != "contributor" or senders != {account.agency}:
        raise ChangeDenied(f"{by} neither erases nor publishes: what was kept stays.")
    return account
