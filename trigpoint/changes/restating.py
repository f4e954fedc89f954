"""What is erased or withdrawn leaves what was kept, too: answers that rested on it are made again, and say so."""

import json
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Min

from trigpoint.changes.accounts import Account, account_at_work
from trigpoint.changes.kept_lines import (
    as_known_then,
    asker_of,
    columns_of,
    digest_of,
    question_kept,
    unpacked,
)
from trigpoint.changes.lost_places import with_listed
from trigpoint.core.sharing.duties import DUTIES, ChangeDenied
from trigpoint.db.audit import record_event
from trigpoint.db.models import Delivery, KeptAnswer
from trigpoint.gate.denial import QuestionError, ReadDenied
from trigpoint.gate.frozen_answers import Taken, take

__all__ = ["GONE", "Restating", "being_restated", "restate", "restate_what_is_aside", "set_aside"]

GONE = '{"gone": true}\n'
"""In the place of an answer that cannot be made any more."""
LONGEST = 300
REASONS = "; "
"""Between the reasons of an answer that was restated more than once."""


@dataclass(frozen=True, slots=True)
class Restating:
    """How far the answers of meetings have come that are made again: `done` of `whole`, in so many `meetings`."""

    done: int
    whole: int
    meetings: int


def restate(*, deliveries: Collection[int], because: str, by: str, at: datetime) -> tuple[int, ...]:
    """Make every kept answer that rests on one of the deliveries again, from the rows that are left. Gives the meetings.

    Call it once a version without the rows is published. Raises as `set_aside`.
    """
    meetings = set_aside(deliveries=deliveries, because=because, by=by, at=at)
    restate_what_is_aside(at=at)
    return meetings


def set_aside(*, deliveries: Collection[int], because: str, by: str, at: datetime) -> tuple[int, ...]:
    """Let go of the bytes of every kept answer that rests on one of the deliveries: nobody is given them any more.

    They are to be made again once a version without the rows is published (`restate_what_is_aside`). Gives the
    meetings. Raises ChangeDenied where `by` neither erases nor publishes, nor sent all of the deliveries.
    """
    wanted = set(deliveries)
    account = _may_restate(by, wanted)
    lines = [one for one in KeptAnswer.objects.order_by("pk") if wanted & set(one.rests_on)]
    with transaction.atomic():
        for line in lines:
            line.listed = _listed(line)
            line.content, line.picture = b"", None
            line.set_aside_at, line.set_aside_because = at, _reasons(line.set_aside_because, because)
            line.set_aside_by = account.user
            line.save()
            detail = {"digest": line.digest, "because": because, "deliveries": sorted(wanted)}
            _record("kept_answer.set_aside", line, account, at, detail)
    return tuple(sorted({int(line.meeting_id) for line in lines}))


def restate_what_is_aside(*, at: datetime) -> int:
    """Make again what was set aside, each in a transaction of its own; how many that were. Safe to call again.

    The question is the same, as known when it was frozen, under the rights that its asker has today; the audit keeps
    both digests.
    """
    aside = list(KeptAnswer.objects.exclude(set_aside_at=None).order_by("pk"))
    for line in aside:
        taken = _again(line, at)
        with transaction.atomic():
            _put(line, taken, account_at_work(line.set_aside_by), at)
    return len(aside)


def being_restated() -> Restating | None:
    """How far it has come; None where nothing is set aside."""
    aside = KeptAnswer.objects.exclude(set_aside_at=None)
    since = aside.aggregate(since=Min("set_aside_at"))["since"]
    if since is None:
        return None
    done = KeptAnswer.objects.filter(set_aside_at=None, restated_at__gte=since).count()
    left = aside.count()
    return Restating(done, done + left, aside.values("meeting").distinct().count())


def _again(line: KeptAnswer, at: datetime) -> Taken | None:
    """The answer from the rows that are left; None where there is none to be had any more."""
    try:
        question = question_kept(line) if line.kind == "evaluation" else as_known_then(line)
        return take(asker_of(line), question, at, may_wait=True)
    except (ReadDenied, QuestionError):
        return None


def _listed(line: KeptAnswer) -> list[dict[str, object]]:
    """What its list told of: names and ground, so that a place is not missed without a word."""
    return with_listed(line.listed, json.loads(unpacked(line))) if line.set_aside_at is None else line.listed


def _put(line: KeptAnswer, taken: Taken | None, account: Account, at: datetime) -> None:
    before, because = line.digest, line.set_aside_because
    gone = {"content": zlib.compress(GONE.encode()), "digest": digest_of(GONE), "rests_on": []}
    for name, value in (columns_of(taken) if taken else gone).items():
        setattr(line, name, value)
    line.restated_at, line.restated_because = at, _reasons(line.restated_because, because)
    line.set_aside_at, line.set_aside_because, line.set_aside_by = None, "", ""
    line.save()
    detail = {"digest_before": before, "digest": line.digest, "because": because}
    _record("kept_answer.restated", line, account, at, detail)


def _reasons(before: str, because: str) -> str:
    return REASONS.join(dict.fromkeys(one for one in (*before.split(REASONS), because) if one))[:LONGEST]


def _record(
    event: str, line: KeptAnswer, account: Account, at: datetime, detail: Mapping[str, object]
) -> None:
    record_event(
        event=event, at=at, user=account.user, agency=account.agency, role=account.role,
        subject=f"meeting {line.meeting_id} {line.name}", detail=detail,
    )  # fmt: skip


def _may_restate(by: str, deliveries: Collection[int]) -> Account:
    account = account_at_work(by)
    if account.role in DUTIES["erase"] | DUTIES["publish"]:
        return account
    senders = set(Delivery.objects.filter(pk__in=deliveries).values_list("agency", flat=True))
    if account.role != "contributor" or senders != {account.agency}:
        raise ChangeDenied(f"{by} neither erases nor publishes: what was kept stays.")
    return account
