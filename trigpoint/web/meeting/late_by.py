"""Who exactly is late, where the definition says "each agency" or "action owners": by what was opened, answered, begun."""

from collections.abc import Collection, Mapping
from datetime import date

from trigpoint.changes.actions_told import ActionTold
from trigpoint.changes.looking import looked_at
from trigpoint.changes.meetings import MeetingTold
from trigpoint.core.workflow.action import ActionState
from trigpoint.core.workflow.meeting import NotLooked, not_looked
from trigpoint.web.meeting.kept import KeptPlace

__all__ = ["checked_words", "late_by", "started_words"]

NOT_BEGUN = (ActionState.PROPOSED, ActionState.AGREED)


def late_by(
    of: MeetingTold,
    places: Collection[KeptPlace],
    actions: Collection[ActionTold],
    names: Mapping[str, str],
    today: date,
    by: str,
) -> dict[str, str]:
    """Words for the steps that are late, by the step's name."""
    late = {one.name for one in of.steps if one.late(today)}
    found: dict[str, str] = {}
    if "checked" in late:
        found["checked"] = _checked(of, places, names, by)
    if "started" in late:
        found["started"] = started_words([one for one in actions if one.meeting == of.number])
    return {name: words for name, words in found.items() if words}


def _checked(of: MeetingTold, places: Collection[KeptPlace], names: Mapping[str, str], by: str) -> str:
    if of.frozen_at is None:
        return "nobody can look before the freeze"
    expected = sorted({agency for one in places for agency in one.agencies if agency in names})
    units = {unit for one in places for unit in one.units}
    looked = looked_at(units=units, meeting=of.number, since=of.frozen_at, by=by)
    return checked_words(not_looked(expected, looked.opened, looked.answered), bool(expected), names)


def checked_words(left: NotLooked, queue: bool, names: Mapping[str, str]) -> str:
    """Who has opened nothing of their queue, and who has opened it and said nothing. "" where nobody has a queue."""
    if not queue:
        return ""
    said = []
    if left.nothing:
        said.append(f"nothing opened by {_listed([names[one] for one in left.nothing])}")
    if left.only_opened:
        said.append(f"opened and nothing said by {_listed([names[one] for one in left.only_opened])}")
    return "; ".join(said) or "every agency has looked, and nobody has marked it done"


def started_words(actions: Collection[ActionTold]) -> str:
    """Whose actions of this meeting have not begun; that none has is said, too."""
    left = sorted({one.agency_name for one in actions if one.state in NOT_BEGUN and one.agency_name})
    return (
        f"not begun by {_listed(left)}" if left else "nothing is left to begin, and nobody has marked it done"
    )


def _listed(names: Collection[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
