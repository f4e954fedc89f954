"""What a meeting that is not frozen yet would keep, asked now for whoever looks: live, and not kept."""

import json
from collections.abc import Collection

from django.http import HttpRequest
from django.utils import timezone

from trigpoint.changes.kept_reading import KeptTold, Way
from trigpoint.changes.runs import request_run
from trigpoint.gate.denial import NotWorkedOut, QuestionError, ReadDenied
from trigpoint.gate.landing_questions import questions_to_keep
from trigpoint.gate.meeting_terms import home_terms
from trigpoint.gate.questions import Question
from trigpoint.gate.show import json_text
from trigpoint.web.asking import asked
from trigpoint.web.viewer import viewer_of

__all__ = ["live_answers"]

WAIT = "This is being worked out. Load the page again in a minute."


def live_answers(request: HttpRequest, names: Collection[str]) -> tuple[KeptTold, ...]:
    """Of the answers that a freeze keeps those so named, as this person is answered today. What takes long is begun."""
    try:
        choices = asked(request, "choices", {})
    except (ReadDenied, QuestionError):
        return ()
    today, months = timezone.localdate(), home_terms().recent_months
    wanted = questions_to_keep(choices, today=today, months=months, known=None)
    return tuple(_live(request, name, question) for name, question in wanted if name in names)


def _live(request: HttpRequest, name: str, question: Question) -> KeptTold:
    now = timezone.now()
    content, why = None, ""
    way: Way = "live"
    try:
        content = json.loads(json_text(asked(request, question.kind, question.to_dict())))
    except NotWorkedOut as wait:
        request_run(viewer_of(request), wait.question, at=now)
        way, why = "being worked out", WAIT
    except (ReadDenied, QuestionError) as refusal:
        way, why = "refused", str(refusal)
    return KeptTold(name, question, way, content, why, now, "", None, "", None)
