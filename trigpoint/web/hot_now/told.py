"""The agenda as JSON: what the presentation page is made of. The shape stands in docs/decisions/0017."""

from typing import Any

from trigpoint.web.hot_now.agenda import Agenda
from trigpoint.web.hot_now.card import Asked, Card
from trigpoint.web.presenters.trace import trace_json

__all__ = ["agenda_json"]

Json = dict[str, Any]
ABOUT = (
    "publication",
    "period",
    "filters",
    "feeds",
    "clauses",
    "method",
    "compared_with",
    "sentence",
    "withheld",
)


def agenda_json(agenda: Agenda, agencies: dict[str, str]) -> Json:
    """{about, quadrants, places, watched, concerns, changes, questions, health, waiting, refused}.

    `changes` and `questions` are null while they are still worked out.
    """
    return {
        "about": _about(agenda, agencies),
        "quadrants": [
            {"code": one.code, "name": one.name, "districts": list(one.districts)} for one in agenda.quadrants
        ],
        "places": [_place(one) for one in agenda.places],
        "watched": [_watched(one) for one in agenda.watched],
        "concerns": [{"letter": one.letter, "words": one.words} for one in agenda.concerns],
        "changes": None if agenda.changes is None else [_change(one) for one in agenda.changes],
        "questions": None if agenda.questions is None else [_question(one) for one in agenda.questions],
        "health": [_health(one) for one in agenda.health()],
        "waiting": [str(one) for one in agenda.waits],
        "refused": list(agenda.refusals),
    }


def _about(agenda: Agenda, agencies: dict[str, str]) -> Json:
    return {
        **{word: agenda.tested.about[word] for word in ABOUT},
        "trace": trace_json(agenda.tested, agencies),
        "since": agenda.earlier.today.isoformat(),
        "unplaced": agenda.unplaced,
        "total": agenda.total,
        "breaks": list(agenda.breaks),
    }


def _place(card: Card) -> Json:
    return {
        "letter": card.letter,
        "name": card.name,
        "ward": card.ward,
        "district": card.district,
        "quadrant": card.quadrant,
        "lat": card.lat,
        "lon": card.lon,
        "class": card.kind.code,
        "class_words": card.kind.words,
        "class_means": card.kind.means,
        "joined_only": card.joined_only,
        "since": card.since,
        "chance_words": card.chance,
        "people_words": card.people,
        "harm": [{"name": name, "count": count} for name, count in card.harm],
        "count": card.count,
        "months": [
            {"month": one.month, "count": one.count, "hot": one.hot, "silent": one.silent}
            for one in card.bars
        ],
        "around": [{"class": one.code, "label": one.label, "n": one.n} for one in card.around],
        "agencies": [{"code": one.code, "name": one.name, "state": one.state} for one in card.agencies],
        "done": card.done,
        "question": card.question_text,
        "href": card.href,
        "question_words": dict(card.question_of),
        "outline": card.outline,
    }


def _watched(one: Any) -> Json:
    names = ("name", "ward", "district", "quadrant", "told", "href")
    return {name: getattr(one, name) for name in names}


def _change(one: Any) -> Json:
    names = ("kind", "words", "letter", "name", "ward", "district", "href")
    return {name: getattr(one, name) for name in names}


def _question(one: Asked) -> Json:
    names = ("rank", "title", "text", "place", "owner", "told", "letter", "href", "district")
    return {name: getattr(one, name) for name in names}


def _health(one: Any) -> Json:
    squares = [{"state": each.state, "words": each.words} for each in one.squares]
    return {"code": one.code, "name": one.name, "phrase": one.phrase, "warn": one.warn, "months": squares}
