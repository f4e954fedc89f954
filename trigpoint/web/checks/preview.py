"""What a check would do to its place, before it is published: counts and the verdict, as the reader is told them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from trigpoint.changes.check_preview import asked_as_if
from trigpoint.changes.sense_checks import CheckTold
from trigpoint.gate.answers import Answer
from trigpoint.gate.denial import NotWorkedOut, QuestionError, ReadDenied
from trigpoint.gate.questions import question_from_words
from trigpoint.web.asking import Words
from trigpoint.web.asking_softly import asked_softly
from trigpoint.web.checks.figures import NOTED, Figure
from trigpoint.web.hot_now.period import months_of
from trigpoint.web.presenters.hotspots import hotspot_rows
from trigpoint.web.viewer import viewer_of

__all__ = ["Preview", "preview_of"]

Ask = Callable[[str, Words], Answer | None]
COLD = "Not among the places that pass the test"


@dataclass(frozen=True, slots=True)
class Preview:
    """The place now and as it would be. `verdicts` are words, "" where the test cannot be told."""

    rows: tuple[Figure, ...]
    verdict_now: str
    verdict_then: str
    elsewhere: str

    @property
    def turns(self) -> bool:
        return self.verdict_now != self.verdict_then


def preview_of(request: HttpRequest, check: CheckTold) -> Preview | None:
    """None where the check changes nothing that is not published, or its reader may not be told of the place."""
    before = check.before
    units, period = before.get("units"), before.get("period")
    if not isinstance(units, list) or not units or not isinstance(period, Mapping):
        return None
    here = {"level": str(before["level"]), "within": [str(one) for one in units]}
    dated = {str(name): str(told) for name, told in period.items()}

    def now(kind: str, words: Words) -> Answer | None:
        return asked_softly(request, kind, words).answer

    def then(kind: str, words: Words) -> Answer | None:
        try:
            question = question_from_words(kind, words)
            return asked_as_if(
                number=check.number, question=question, viewer=viewer_of(request), at=timezone.now()
            )
        except (ReadDenied, QuestionError, NotWorkedOut):
            return None

    told, would = _figures(now, {**here, **dated}), _figures(then, {**here, **dated})
    if not told or not would:
        return None
    test = _test_words(request, here["level"], dated)
    units_here = set(here["within"])
    return Preview(
        rows=tuple(Figure(words, told[name], would[name]) for name, words in NOTED.items()),
        verdict_now=_verdict(now("hotspots", test), units_here),
        verdict_then=_verdict(then("hotspots", test), units_here),
        elsewhere="Where it lies instead is found when it is published." if check.effect == "moved" else "",
    )


def _figures(ask: Ask, words: Mapping[str, object]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in ("records", "events"):
        answer = ask("counts", {**words, "counted": name})  # type: ignore[dict-item]  # texts and lists of them
        if answer is None:
            return {}
        found[name] = int(str(answer.about["total"]))
        if name == "records":
            found["withdrawn"] = int(str(answer.about.get("withdrawn", 0)))
    return found


def _test_words(request: HttpRequest, level: object, dated: Mapping[str, str]) -> Words:
    choices = asked_softly(request, "choices", {}).answer
    if choices is None:
        return {"level": str(level), **dated}
    months = months_of(choices, today=timezone.localdate())
    return {**months.test, **months.words, **dated, "level": str(level), "geometry": "yes"}


def _verdict(answer: Answer | None, units: set[str]) -> str:
    if answer is None:
        return ""
    for row in hotspot_rows(answer):
        listed = row["units"]
        if isinstance(listed, list | tuple) and units & {str(one) for one in listed}:
            return f"A hotspot: {row['letter']}, {row['name']}"
    return COLD
