"""What the decision needs to know of a question: what it is about, how finely, by which columns, of which feeds."""

from trigpoint.core.sharing.grain import Grain, grain_of_level
from trigpoint.core.sharing.policy import FeedAsked, QuestionFacts
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.kind_rules import rule_of
from trigpoint.gate.questions import GROUPINGS, Question
from trigpoint.gate.version import Version
from trigpoint.gate.within import Place

__all__ = ["facts_of", "question_grain"]

_FEED_KINDS = {
    "sites": {"sites"},
    "notices": {"notices"},
    "routes": {"timetable"},
    "places": {"records", "sites"},
    "shapes": set[str](),
    "totals": {"totals"},
    "around": {"records", "sites", "notices"},
    "facilities": {"records", "sites"},
    "questions": {"records", "sites", "notices"},
    "flows": {"records", "sites"},
}


def facts_of(question: Question, version: Version, within: tuple[Place, ...]) -> QuestionFacts:
    """The facts of a question whose places have been found. Raises QuestionError for an unknown agency or feed.

    Agencies and feeds choose among records; the sites and notices beside them are everybody's.
    """
    vocabulary = version.vocabulary
    _check(question.agencies, {one.code: one.name for one in vocabulary.agencies}, "agency")
    _check(question.feeds, {one.code: one.name for one in vocabulary.feeds}, "feed")
    agencies = {one.id: one for one in vocabulary.agencies}
    kinds = _FEED_KINDS.get(question.kind, {"records"})
    about = rule_of(question.kind).about
    beside = {"sites", "notices"} if about == "records" else set[str]()
    feeds = tuple(
        FeedAsked(
            one.code,
            one.name,
            agencies[one.agency].code,
            agencies[one.agency].name,
            one.open,
            one.kind in beside,
        )
        for one in vocabulary.feeds
        if one.kind in kinds
        and (one.kind in beside or not question.feeds or one.code in question.feeds)
        and (one.kind in beside or not question.agencies or agencies[one.agency].code in question.agencies)
    )
    return QuestionFacts(about, question_grain(question, within), _fields(question), feeds)


def question_grain(question: Question, within: tuple[Place, ...]) -> Grain:
    """The finest place that the answer, or what it is narrowed to, would tell."""
    rule = rule_of(question.kind)
    levels = [grain_of_level(question.level) if rule.told else Grain.DISTRICT]
    if question.kind == "picture":
        groupings = question.groupings or GROUPINGS
        levels += [grain_of_level(question.level)] if "units" in groupings else []
        levels += [
            grain_of_level(one.partition(":")[0]) for one in groupings if one.partition(":")[0] in _LEVELS
        ]
    if question.kind == "times" and (question.around or question.text):
        levels += [Grain.CELL]
    if rule.about != "places":
        levels += [place.grain for place in within]
    return max(levels)


_LEVELS = frozenset({"district", "ward", "lsoa", "street", "cell"})


def _fields(question: Question) -> frozenset[str]:
    # a flow tells what each place was to its records
    roles = question.roles or question.kind == "flows"
    needed = {"hours": question.hours, "roles": roles, "detection": question.detections}
    return frozenset(name for name, filters in needed.items() if filters)


def _check(codes: tuple[str, ...], known: dict[str, str], what: str) -> None:
    for code in codes:
        if code not in known:
            among = ", ".join(sorted(known)) or "none yet"
            raise QuestionError(f"There is no {what} '{code}': choose from {among}.")
