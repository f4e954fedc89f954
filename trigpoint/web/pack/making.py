"""From a request to a paper: asked under the maker's own rights, put on record, and named."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from trigpoint.changes.kept_reading import KeptTold
from trigpoint.changes.meetings import MeetingTold, list_meetings, meeting
from trigpoint.changes.papers import hand_out
from trigpoint.changes.runs import request_run
from trigpoint.gate.answers import Answer
from trigpoint.gate.ask import ask
from trigpoint.gate.asked import LONDON
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.export import Exported
from trigpoint.gate.ledger import agency_names
from trigpoint.gate.marking import marking_of_home
from trigpoint.gate.questions import question_from_words
from trigpoint.web.asking import Words, asked
from trigpoint.web.hot_now.sources import Sources, sources_of
from trigpoint.web.meeting.as_frozen import as_frozen
from trigpoint.web.pack.district import district_gathered, told_district
from trigpoint.web.pack.frozen import kept_notes
from trigpoint.web.pack.gathering import Gathered, gathered
from trigpoint.web.pack.paper import paper_pdf
from trigpoint.web.pack.people import done_there, peoples_work
from trigpoint.web.pack.profile import profile_heard, told_profile
from trigpoint.web.pack.reach import noting, whom_for
from trigpoint.web.pack.slides import pack_slides
from trigpoint.web.pack.told_pack import Meeting, Paper, told_pack
from trigpoint.web.viewer import viewer_of

__all__ = ["FORMS", "district_file", "pack_file", "profile_file"]

FORMS = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


@dataclass(frozen=True, slots=True)
class _For:
    """The meeting a pack is for; None where none is planned yet."""

    told: MeetingTold | None
    quadrant: str


def pack_file(request: HttpRequest, form: str, *, number: int | None, quadrant: str) -> Exported:
    """The pack of a meeting, or of the coming one of a quadrant ("" for the county). Raises as the gate does."""
    at, viewer = timezone.now(), viewer_of(request)
    of = _meeting_of(viewer.user, number, quadrant)
    sources, kept = as_frozen(request, of.told)
    sources, put = noting(sources)
    found = gathered(sources, asked(request, "choices", {}), of.quadrant)
    quadrant_here = found.shown.quadrant
    here = quadrant_here.districts if quadrant_here else None
    work = peoples_work(viewer.user, found.heard, sources.today, here)
    paper = told_pack(found, work, _told_meeting(found, of.told, kept), **_home(), at=at)
    paper.told.update(whom_for(request, put, of.told, at))
    _begin_what_waits(request, found)
    return _handed(
        request,
        paper,
        "pack",
        form,
        "-".join(filter(None, ("pack", of.quadrant or "county", "made-by", viewer.role, viewer.agency))),
        at,
        of.told.number if of.told else None,
    )


def profile_file(request: HttpRequest, letter: str, boxes: dict[str, str]) -> Exported:
    """The problem profile of the place with that letter. Raises QuestionError where there is none."""
    at = timezone.now()
    sources, put = noting(_also_slow(request, sources_of(request)))
    found = gathered(sources, asked(request, "choices", {}), "", only=letter)
    if not found.places:
        raise QuestionError(f"There is no place {letter} that passes the test today.")
    place, by = found.places[0], viewer_of(request).user
    done = done_there(by, found.agenda.months.test["level"], list(place.row["units"]))
    paper = told_profile(found, place, profile_heard(found, place, done), boxes, **_home(), at=at)
    paper.told.update(whom_for(request, put, None, at))
    _begin_what_waits(request, found)
    return _handed(request, paper, "profile", "pdf", f"problem-profile-{place.card.name}", at, None)


def _also_slow(request: HttpRequest, sources: Sources) -> Sources:
    """The same, waiting for how concentrated one district is: a fraction of a second, which a paper has."""

    def ask_it(kind: str, words: Words) -> Answer:
        if kind != "concentration":
            return sources.ask(kind, words)
        return ask(viewer_of(request), question_from_words(kind, words), timezone.now())

    return replace(sources, ask=ask_it)


def district_file(request: HttpRequest, code: str) -> Exported:
    """The sheet of a district. Raises QuestionError where there is none."""
    at = timezone.now()
    sources, put = noting(sources_of(request))
    found = district_gathered(sources, asked(request, "choices", {}))
    paper = told_district(found, code, **_home(), at=at)
    paper.told.update(whom_for(request, put, None, at))
    _begin_what_waits(request, found)
    return _handed(request, paper, "district", "pdf", str(paper.told["title"]), at, None)


def _meeting_of(user: str, number: int | None, quadrant: str) -> _For:
    """The meeting named, else the next that is not over."""
    if number is not None:
        told = meeting(number=number, by=user)
        return _For(told, told.quadrant)
    today = timezone.localdate()
    coming = [one for one in list_meetings(by=user) if one.quadrant == quadrant and one.held_on >= today]
    return _For(min(coming, key=lambda one: one.held_on, default=None), quadrant)


def _told_meeting(found: Gathered, of: MeetingTold | None, kept: tuple[KeptTold, ...]) -> Meeting:
    quadrant = found.shown.quadrant.name if found.shown.quadrant else ""
    if of is None:
        return Meeting(quadrant, None, None)
    return Meeting(quadrant, of.held_on, of.frozen_at, notes=kept_notes(kept))


def _home() -> dict[str, Any]:
    return {
        "county": settings.TRIGPOINT_COUNTY,
        "marking": marking_of_home(),
        "agencies": dict(agency_names()),
    }


def _begin_what_waits(request: HttpRequest, found: Gathered) -> None:
    for wait in found.waits:
        request_run(viewer_of(request), wait.question, at=timezone.now())


def _handed(
    request: HttpRequest, paper: Paper, template: str, form: str, name: str, at: datetime, number: int | None
) -> Exported:
    """The file, once it is on record that it is made."""
    content = pack_slides(paper, at) if form == "pptx" else paper_pdf(paper, template, at)
    marking = str(paper.told["marking"]).split("—")[0]
    words = f"{paper.told['county']} {name} {at.astimezone(LONDON):%Y-%m-%d} {marking}"
    file = f"{re.sub(r'[^a-z0-9]+', '-', words.lower()).strip('-')}.{form}"
    hand_out(
        viewer_of(request),
        paper=template,
        form=form,
        file=file,
        publication=int(paper.told["publication"]),
        meeting=number,
        at=at,
    )
    return Exported(file, FORMS[form], content)
