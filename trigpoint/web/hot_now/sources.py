"""Where the page gets what it says: the gate, asked as somebody, and published ground. No other way leads here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from numpy.typing import NDArray

from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.denial import NotWorkedOut, QuestionError, ReadDenied
from trigpoint.gate.in_place import near_here
from trigpoint.gate.ledger import agency_names
from trigpoint.gate.quadrants import Quadrant, home_quadrants
from trigpoint.gate.street_lines import street_lines
from trigpoint.web.asking import Words, asked
from trigpoint.web.breaks import breaks_for

__all__ = ["Heard", "Sources", "sources_of"]

Lines = Callable[[float, float, float, float], NDArray[Any]]
Near = Callable[[str, Sequence[str], Table], Table]


@dataclass(frozen=True, slots=True)
class Sources:
    """`ask` puts a kind and its words to the gate; `classes` are the colour classes of a level and period, from what
    the asker may see; `lines` the streets in a frame (west, south, east, north, metres); `near` which of some notices are
    in place at units of a level (gate/in_place.py).
    """

    ask: Callable[[str, Words], Answer]
    classes: Callable[[Words], list[int]]
    lines: Lines
    near: Near
    agencies: tuple[tuple[str, str], ...]
    quadrants: tuple[Quadrant, ...]
    today: date


def sources_of(request: HttpRequest) -> Sources:
    """As the person signed in. Raises QuestionError for quadrants that cannot be read."""
    return Sources(
        ask=partial(asked, request, again=True),
        classes=lambda words: breaks_for(request, words).counts,
        lines=street_lines,
        near=near_here,
        agencies=agency_names(),
        quadrants=home_quadrants(),
        today=timezone.localdate(),
    )


@dataclass(slots=True)
class Heard:
    """What was asked on the way, each question once, and what could not be answered: still worked out, or refused."""

    sources: Sources
    waits: list[NotWorkedOut] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    kept: dict[object, Answer | None] = field(default_factory=dict)
    put: list[tuple[str, Words]] = field(default_factory=list)
    classed: dict[object, tuple[Words, list[int]]] = field(default_factory=dict)

    def ask(self, kind: str, told: Words) -> Answer | None:
        """The answer; None where it is still worked out or refused, which is noted."""
        key = (kind, _key(told))
        if key not in self.kept:
            self.kept[key] = self._ask(kind, told)
            self.put.append((kind, told))
        return self.kept[key]

    def must(self, kind: str, told: Words) -> Answer:
        """The answer, without which there is nothing to show. Raises what the gate raises."""
        return self.ask(kind, told) or self.sources.ask(kind, told)

    def classes(self, told: Words) -> list[int]:
        """The colour classes of a level and period."""
        key = _key(told)
        if key not in self.classed:
            self.classed[key] = told, self.sources.classes(told)
        return self.classed[key][1]

    def hears_the_same(self, before: "Heard") -> bool:
        """Put all that was put before, in its order, as long as each answer is the very one given then."""
        was, now = before.sources, self.sources
        if (was.agencies, was.quadrants, was.today) != (now.agencies, now.quadrants, now.today):
            return False
        return (
            all(self.ask(kind, told) is before.ask(kind, told) for kind, told in before.put)
            and not self.waits
            and self.refusals == before.refusals
            and all(self.classes(told) == found for told, found in before.classed.values())
        )

    @property
    def answers(self) -> tuple[Answer, ...]:
        return tuple(one for one in self.kept.values() if one is not None)

    def _ask(self, kind: str, told: Words) -> Answer | None:
        try:
            return self.sources.ask(kind, told)
        except NotWorkedOut as wait:
            self.waits.append(wait)
        except (ReadDenied, QuestionError) as refusal:
            self.refusals.append(str(refusal))
        return None


def _key(told: Words) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((word, str(value)) for word, value in told.items()))


def lists(told: Mapping[str, str]) -> dict[str, list[str]]:
    """Words as an address has them, each a list."""
    return {word: [value] for word, value in told.items()}
