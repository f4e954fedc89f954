"""Questions that the analysis offers, each known by its rule, place and words, so that one is not asked twice."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trigpoint.changes.meeting_questions import MeetingQuestionTold
from trigpoint.gate.answers import Answer
from trigpoint.gate.show import rows
from trigpoint.web.presenters.analysis_cells import said
from trigpoint.web.presenters.analysis_questions import evidence_href

__all__ = ["Offered", "evidence_link", "offered", "question_key"]


@dataclass(frozen=True, slots=True)
class Offered:
    """One question of the analysis; `evidence` are the words behind it, "kind?query"; `district` its code,
    empty where it is of none."""

    key: str
    rule: str
    title: str
    text: str
    place: str
    owner: str
    owner_name: str
    told: str
    evidence: str
    href: str
    district: str


def offered(
    answer: Answer | None, asked: Iterable[MeetingQuestionTold], agencies: Mapping[str, str]
) -> list[Offered]:
    """What the analysis asks and nobody has put to the meeting yet, the first to ask first."""
    known = {one.key for one in asked if one.is_open}
    found = [_one(row, agencies) for row in rows(answer.columns)] if answer is not None else []
    return [one for one in found if one.key not in known]


def question_key(row: Mapping[str, object]) -> str:
    """What tells a question of the analysis from every other: its rule, place and words."""
    seed = "\n".join((str(row["rule"]), str(row["place"]), said(str(row["question"]))))
    return hashlib.sha256(seed.encode()).hexdigest()[:40]


def evidence_link(evidence: str) -> str:
    """The page that answers what is behind a question; "" where there is none."""
    kind, _, words = evidence.partition("?")
    return evidence_href(kind, words) if kind else ""


def _one(row: Mapping[str, object], agencies: Mapping[str, str]) -> Offered:
    text = said(str(row["question"]))
    owner, kind, words = (str(row[name]) for name in ("owner", "kind", "words"))
    return Offered(
        key=question_key(row),
        rule=str(row["rule"]),
        title=str(row["title"]),
        text=text,
        place=str(row["place"]),
        owner=owner if owner in agencies or not agencies else "",
        owner_name=agencies.get(owner, owner),
        told=_sentence(said(str(row["told"]))),
        evidence=f"{kind}?{words}",
        href=evidence_href(kind, words),
        district=str(row.get("district") or ""),
    )


def _sentence(told: str) -> str:
    """As a sentence: a capital and a full stop."""
    return told[:1].upper() + told[1:] + ("" if told.endswith((".", "?")) or not told else ".")
