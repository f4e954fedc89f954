"""The demo's sense-checks: what fits, what needs a word, a hotspot disputed, a dispute that waits for a second agency."""

from datetime import datetime

from trigpoint.changes.own_sites import record_at_own_site
from trigpoint.changes.sense_checks import check_place, check_record
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import ask
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import rows

__all__ = ["play_checks"]

LOOKED_AT = 80
"""So many of an agency's latest records are looked through for one at a site of its own."""


def play_checks(*, meeting: int | None, at: datetime) -> tuple[int, ...]:
    """Made by the functions that people use. Gives their numbers; nothing of them moves a figure."""
    made = []
    police = _latest("police-member", "police", at)
    if police:
        made.append(
            _say(police[0], "confirm", "", "Known to the neighbourhood team.", "police-member", meeting, at)
        )
    if len(police) > 1:
        made.append(
            _say(
                police[1], "clarify", "", "Which of the two entrances is meant?", "police-member", meeting, at
            )
        )
    for row in _latest("education-member", "education", at):
        if record_at_own_site("education", *row):
            made.append(
                _say(
                    row,
                    "dispute",
                    "out_of_date",
                    "Told again in the new return.",
                    "education-member",
                    meeting,
                    at,
                )
            )
            break
    streets = _streets(at)[:1]
    if streets:
        made.append(
            check_place(
                units=streets,
                unit=f"street|{streets[0]}",
                outcome="dispute",
                reason="seasonal",
                note="The fair was there for a week.",
                meeting=meeting,
                by="youth-member",
                at=at,
            )
        )
    return tuple(made)


def _say(
    row: tuple[int, int], outcome: str, reason: str, note: str, by: str, meeting: int | None, at: datetime
) -> int:
    return check_record(
        delivery=row[0], row=row[1], outcome=outcome, reason=reason, note=note, meeting=meeting, by=by, at=at
    )


def _latest(user: str, agency: str, at: datetime) -> list[tuple[int, int]]:
    """Delivery and row of an agency's latest records, in the first district that has any."""
    viewer = Viewer(user, agency, "member")
    districts = ask(viewer, question_from_words("shapes", {"level": "district"}), at).columns["code"]
    for code in districts:
        told = ask(viewer, question_from_words("own_records", {"within": str(code)}), at)
        if len(told):
            found = [(int(one["delivery"]), int(one["row"])) for one in rows(told.columns)]
            return found[:LOOKED_AT]
    return []


def _streets(at: datetime) -> list[str]:
    """Codes of streets on which something is counted for the youth service's member."""
    viewer = Viewer("youth-member", "youth_service", "member")
    told = ask(viewer, question_from_words("counts", {"level": "street", "agency": "youth_service"}), at)
    return sorted(str(one["code"]) for one in rows(told.columns) if one["count"])
