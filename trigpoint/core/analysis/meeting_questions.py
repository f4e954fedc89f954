"""Questions for the meeting: which of all that could be asked to ask first, and of a place not everything at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["MOST_OF_A_SUBJECT", "Raised", "Rule", "ranked"]

MOST_OF_A_SUBJECT = 2
"""More questions about one place than this are an interrogation; the others come when these are answered."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that raises questions. `weight` is how much its questions matter beside others', above 0."""

    code: str
    weight: float
    on: bool = True


@dataclass(frozen=True, slots=True)
class Raised:
    """A question a rule raised. `subject` is what it is about (a place, a feed in a district), the same for every rule.

    `strength` is 0 to 1, how plainly the evidence raises it; `text` the question; `owner` the agency that could answer
    it; `evidence` the kind and words of the question behind it, so that anybody can look; `told` what it rests on;
    `district` the code of the district it is of, empty where it is of none.
    """

    rule: str
    subject: str
    strength: float
    text: str
    owner: str
    place: str
    evidence: tuple[str, str]
    told: str
    district: str = ""


def ranked(
    raised: Iterable[Raised], rules: Mapping[str, Rule], *, most_of_a_subject: int = MOST_OF_A_SUBJECT
) -> tuple[Raised, ...]:
    """The questions to ask, first things first: by the rule's weight times the strength, then by rule and subject.

    A rule that is off asks nothing. What one rule asks of one subject twice is asked once, as its stronger evidence
    has it; of one subject no more than `most_of_a_subject` questions are asked. The order of `raised` changes nothing.
    Raises ValueError for a rule that is not known, or a strength outside 0 to 1.
    """
    strongest: dict[tuple[str, str], Raised] = {}
    for one in sorted(raised, key=lambda one: (-one.strength, one.text, one.owner, one.evidence)):
        if one.rule not in rules:
            raise ValueError(f"there is no rule {one.rule!r}")
        if not 0.0 <= one.strength <= 1.0:
            raise ValueError("a strength lies between 0 and 1")
        if rules[one.rule].on:
            strongest.setdefault((one.rule, one.subject), one)
    ordered = sorted(
        strongest.values(), key=lambda one: (-rules[one.rule].weight * one.strength, one.rule, one.subject)
    )
    return tuple(_few_of_each(ordered, most_of_a_subject))


def _few_of_each(ordered: Iterable[Raised], most: int) -> Iterable[Raised]:
    asked: dict[str, int] = defaultdict(int)
    for one in ordered:
        asked[one.subject] += 1
        if asked[one.subject] <= most:
            yield one
