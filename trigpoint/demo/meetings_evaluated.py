"""The demo's evaluations: closures of last autumn, planned before they began, whose months are over at the coming meeting.

What came of each is not written here: the gate works it out from the records, as for anybody's plan.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from trigpoint.changes.accounts import account_named
from trigpoint.changes.action_kinds import action_kinds
from trigpoint.changes.action_plans import open_action_plan, plan_words
from trigpoint.changes.actions import decide, move_action
from trigpoint.changes.evaluations import lock_plan
from trigpoint.changes.named_places import open_place
from trigpoint.core.sharing.viewer import DEFAULT_PURPOSE, Viewer
from trigpoint.gate.ask import ask
from trigpoint.gate.asked import LONDON
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.kinds.evaluation_ground import moved
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import rows

__all__ = ["play_evaluations"]

CHAIR = "chair"
MOST, MOST_TRIED = 2, 4
MONTHS = 12
EARLIEST_MONTHS, LATEST_MONTHS = 15, MONTHS
AHEAD = timedelta(days=21)
"""So long before the work began it was agreed, and its plan locked two weeks later."""
STILL = timedelta(days=14)
RADIUS_M = 100
RISE_MONTHS = 2
"""A closure follows a rise: the months before the first of them are counted."""


@dataclass(frozen=True, slots=True)
class _Closed:
    """A closure that was served: on which street, from which day."""

    street: str
    name: str
    start: date


def play_evaluations(*, coming: date, at: datetime) -> tuple[int, ...]:
    """Decide, plan and lock as it would have been done at the time; `coming` is the day of the meeting they are due at.

    Gives the plans' numbers: none where no closure of the county can be compared with anything.
    """
    plans: list[int] = []
    for closed in _closures(coming, at)[:MOST_TRIED]:
        plan = _judged(closed, at)
        if plan is not None:
            plans.append(plan)
        if len(plans) == MOST:
            break
    return tuple(plans)


def _closures(coming: date, at: datetime) -> list[_Closed]:
    """Those whose months after the start are over by the meeting, the street with most records first."""
    viewer = Viewer(user="analyst", agency="", role="analyst", purpose="meeting")
    if ask(viewer, question_from_words("choices", {}), at).about["street_kind"] == "anchor":
        return []  # no place is drawn by what stands for streets there
    first, last = moved(coming, -EARLIEST_MONTHS), moved(coming, -LATEST_MONTHS)
    notices = rows(ask(viewer, question_from_words("notices", {}), at).columns)
    served = {one.street: one for one in _served(notices) if first <= one.start <= last}
    if not served:
        return []
    span = {"from": moved(first, -RISE_MONTHS).isoformat(), "to": last.isoformat()}
    counts = ask(viewer, question_from_words("counts", {"level": "street", "within": [*served], **span}), at)
    held = {str(one["code"]): int(one["count"]) for one in rows(counts.columns)}
    return sorted(served.values(), key=lambda one: (-held.get(one.street, 0), one.street))


def _served(notices: Iterable[Mapping[str, Any]]) -> Iterator[_Closed]:
    for one in notices:
        if one["kind"] == "closure" and one["kept"] == "point" and one["place"] and one["starts"]:
            yield _Closed(
                str(one["place"]), str(one["place_name"]), date.fromisoformat(str(one["starts"])[:10])
            )


def _judged(closed: _Closed, at: datetime) -> int | None:
    """The plan of one closure, locked before it began; None where nothing could be compared with it."""
    began = datetime.combine(closed.start, at.astimezone(LONDON).time(), tzinfo=LONDON)
    agreed, locked = began - AHEAD, began - AHEAD / 3
    if not _comparable(closed, locked):
        return None
    number = _agreed(closed, due=(at + STILL).date(), at=agreed)
    plan = open_action_plan(
        number=number, start=closed.start, version=1, by=CHAIR, at=agreed, radius_m=RADIUS_M, months=MONTHS
    )
    lock_plan(number=plan, by=CHAIR, at=locked)
    move_action(number=number, to="started", note="", version=2, by=CHAIR, at=began)
    move_action(number=number, to="evidence_due", note="", version=3, by=CHAIR, at=began + timedelta(days=2))
    return plan


def _agreed(closed: _Closed, *, due: date, at: datetime) -> int:
    """The action at a place of its own."""
    kind = action_kinds()["closure_notice"]
    spot = open_place(
        name=closed.name.split(",")[0], level="street", units=[closed.street], owner="community_safety",
        origin="", by=CHAIR, at=at,
    )  # fmt: skip
    return decide(
        kind=kind.code, agency="community_safety", what="apply for a closure of the premises", place=spot, due_on=due,
        expected_change=kind.expected, how_seen=kind.seen, by=CHAIR, at=at,
    )  # fmt: skip


def _comparable(closed: _Closed, at: datetime) -> bool:
    """Whether any place stood alike enough by then for the plan to be locked."""
    words = {"radius": [str(RADIUS_M)], "months": [str(MONTHS)]}
    words |= plan_words("street", (closed.street,), closed.start)
    chair = account_named(CHAIR)
    viewer = Viewer(chair.user, chair.agency, chair.role, DEFAULT_PURPOSE)
    try:
        return bool(ask(viewer, question_from_words("evaluation", words), at).about["balanced"])
    except QuestionError:
        return False
