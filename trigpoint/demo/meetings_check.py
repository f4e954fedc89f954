"""The demo's sense-checks: what fits, what needs a word, a hotspot disputed, a dispute that waits for a second agency."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from trigpoint.changes.own_sites import record_at_own_site
from trigpoint.changes.sense_checks import check_place, check_record
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import ask
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import rows

__all__ = ["play_checks"]

LOOKED_AT = 80
"""So many of an agency's latest records are looked through for one at a site of its own."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A record of an agency's own, and the ward it lies in: "" where it has none."""

    delivery: int
    row: int
    ward: str


def play_checks(*, meeting: int | None, at: datetime) -> tuple[int, ...]:
    """Made by the functions that people use. Gives their numbers; nothing of them moves a figure."""
    wards, made = _wards(at), []
    said = partial(_say, wards=wards, meeting=meeting, at=at)
    police = _latest("police-member", "police", at)
    if police:
        made.append(said(police[0], "confirm", "", "Known to the neighbourhood team.", "police-member"))
    if len(police) > 1:
        made.append(said(police[1], "clarify", "", "Which of the two entrances is meant?", "police-member"))
    for row in _latest("education-member", "education", at):
        if record_at_own_site("education", row.delivery, row.row):
            made.append(
                said(row, "dispute", "out_of_date", "Told again in the new return.", "education-member")
            )
            break
    for code, name in _streets(at)[:1]:
        made.append(
            check_place(
                units=[code],
                unit=f"street|{code}",
                outcome="dispute",
                reason="seasonal",
                note="The fair was there for a week.",
                before=_there("street", code, name),
                meeting=meeting,
                by="youth-member",
                at=at,
            )
        )
    return tuple(made)


def _say(
    row: _Row, outcome: str, reason: str, note: str, by: str, *, wards: Mapping[str, str], meeting: int | None,
    at: datetime,
) -> int:  # fmt: skip
    code = wards.get(row.ward, "")
    return check_record(
        delivery=row.delivery, row=row.row, outcome=outcome, reason=reason, note=note, meeting=meeting, by=by, at=at,
        unit=f"ward|{code}" if code else "", before=_there("ward", code, row.ward) if code else None,
    )  # fmt: skip


def _there(level: str, code: str, name: str) -> dict[str, object]:
    """Which place was meant, as the page keeps it; without figures, which hang on who looks."""
    return {"level": level, "units": [code], "period": {}, "name": name}


def _wards(at: datetime) -> dict[str, str]:
    """Codes of wards by their names."""
    told = ask(Viewer("analyst", "", "analyst"), question_from_words("shapes", {"level": "ward"}), at)
    return {str(one["name"]): str(one["code"]) for one in rows(told.columns)}


def _latest(user: str, agency: str, at: datetime) -> list[_Row]:
    """An agency's latest records, in the first district that has any."""
    viewer = Viewer(user, agency, "member")
    districts = ask(viewer, question_from_words("shapes", {"level": "district"}), at).columns["code"]
    for code in districts:
        told = ask(viewer, question_from_words("own_records", {"within": str(code)}), at)
        if len(told):
            found = [
                _Row(int(one["delivery"]), int(one["row"]), str(one["ward"])) for one in rows(told.columns)
            ]
            return found[:LOOKED_AT]
    return []


def _streets(at: datetime) -> list[tuple[str, str]]:
    """Codes and names of named streets on which something is counted for the youth service's member."""
    viewer = Viewer("youth-member", "youth_service", "member")
    told = ask(viewer, question_from_words("counts", {"level": "street", "agency": "youth_service"}), at)
    return sorted(
        (str(one["code"]), str(one["name"])) for one in rows(told.columns) if one["count"] and one["name"]
    )
