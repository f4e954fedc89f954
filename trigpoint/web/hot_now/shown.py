"""What of the agenda stands on the page: of the whole county or one quadrant, at most six places of each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from trigpoint.gate.denial import QuestionError
from trigpoint.gate.quadrants import Quadrant
from trigpoint.web.hot_now.agenda import Agenda
from trigpoint.web.hot_now.card import Asked, Card, Steady, Watched
from trigpoint.web.hot_now.changes import Change
from trigpoint.web.hot_now.health import AgencyHealth
from trigpoint.web.hot_now.words import in_words

__all__ = ["MOST_OF_A_QUADRANT", "Shown", "few_of_each", "shown"]

MOST_OF_A_QUADRANT = 6
MOST_QUESTIONS = 8
MOST_STEADY = 6


class _Placed(Protocol):
    @property
    def quadrant(self) -> str: ...


T = TypeVar("T", bound=_Placed)


@dataclass(frozen=True, slots=True)
class Shown:
    """`more` are places beyond the six of a quadrant: on the map, not on the page. `sentence` sums it up."""

    quadrant: Quadrant | None
    places: tuple[Card, ...]
    watched: tuple[Watched, ...]
    steady: tuple[Steady, ...]
    health: tuple[AgencyHealth, ...]
    more: int
    changes: tuple[Change, ...] | None
    questions: tuple[Asked, ...] | None
    further_questions: int
    sentence: str

    @property
    def sent_words(self) -> str:
        """How many agencies have sent what was due last, silent ones not."""
        told = [one for one in self.health if one.squares]
        sent = sum(one.latest in ("received", "none") for one in told)
        return f"{in_words(sent)} of {in_words(len(told)).lower()} agencies have sent all that was due."


def shown(agenda: Agenda, code: str) -> Shown:
    """`code` is a quadrant's, "" for the whole county. Raises QuestionError for one that there is not."""
    quadrant = next((one for one in agenda.quadrants if one.code == code), None)
    if code and quadrant is None:
        raise QuestionError(f"There is no quadrant '{code}' here.")
    here = set(quadrant.districts) if quadrant else None
    places = _inside(agenda.places, code)
    told = few_of_each(places)
    room = Counter(one.quadrant for one in told)
    watched = few_of_each(_inside(agenda.watched, code), room)
    asks = agenda.questions
    if asks is not None and here is not None:
        asks = tuple(one for one in asks if one.district in here)
    changes = agenda.changes
    if changes is not None and here is not None:
        changes = tuple(one for one in changes if agenda.districts.get(one.district) in here)
    return Shown(
        quadrant=quadrant,
        places=told,
        watched=watched,
        steady=_inside(agenda.steady, code)[:MOST_STEADY],
        health=agenda.health(here),
        more=len(places) - len(told),
        changes=changes,
        questions=None if asks is None else asks[:MOST_QUESTIONS],
        further_questions=max(len(asks or ()) - MOST_QUESTIONS, 0),
        sentence=_sentence(len(places), len(watched)),
    )


def _inside(places: Sequence[T], code: str) -> tuple[T, ...]:
    return tuple(one for one in places if not code or one.quadrant == code)


def few_of_each(places: Sequence[T], already: Mapping[str, int] | None = None) -> tuple[T, ...]:
    """At most six of each quadrant, in their order; the places of a home without quadrants are all of one."""
    many = Counter(already or ())
    kept: list[T] = []
    for one in places:
        many[one.quadrant] += 1
        if many[one.quadrant] <= MOST_OF_A_QUADRANT:
            kept.append(one)
    return tuple(kept)


def _sentence(places: int, watched: int) -> str:
    if not places:
        told = "Nothing passes the test here"
    else:
        told = f"{in_words(places)} {'place passes' if places == 1 else 'places pass'} the test"
    if watched:
        told += f"; {in_words(watched).lower()} {'is' if watched == 1 else 'are'} being watched"
    return f"{told}."
