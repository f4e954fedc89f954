"""The questions for the meeting as cards: what to ask, of whom, what it rests on, and where to look."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trigpoint.gate.answers import Answer
from trigpoint.gate.show import rows
from trigpoint.web.presenters.analyses import ANALYSES
from trigpoint.web.presenters.analysis_cells import said

__all__ = ["Card", "RuleTold", "cards", "evidence_href", "rules_told"]

PAGES = {"counts": "/table", "coverage": "/coverage/", "events": "/events/", "notices": "/map/"}
"""Where the evidence of a question is looked at that is no analysis."""


@dataclass(frozen=True, slots=True)
class Card:
    rank: int
    title: str
    question: str
    place: str
    owner: str
    told: str
    href: str


@dataclass(frozen=True, slots=True)
class RuleTold:
    title: str
    on: bool
    asks: int


def cards(answer: Answer, agencies: Mapping[str, str]) -> tuple[Card, ...]:
    return tuple(_cards(answer, agencies))


def _cards(answer: Answer, agencies: Mapping[str, str]) -> Iterator[Card]:
    for row in rows(answer.columns):
        yield Card(
            rank=row["rank"],
            title=row["title"],
            question=said(row["question"]),
            place=row["place"],
            owner=agencies.get(row["owner"], row["owner"]),
            told=said(row["told"]),
            href=evidence_href(row["kind"], row["words"]),
        )


def evidence_href(kind: str, words: str) -> str:
    """The page that answers the question behind it; "" where there is none."""
    page = f"/analysis/{kind}/" if kind in ANALYSES else PAGES.get(kind, "")
    if page in ("/map/", "/coverage/", "/events/"):
        return page
    return f"{page}?{words}" if page and words else page


def rules_told(answer: Answer) -> tuple[RuleTold, ...]:
    return tuple(RuleTold(row["title"], row["on"], row["asks"]) for row in rows(answer.parts["rules"]))
