"""To whom a paper may be given: which agencies are permitted all that it holds, and of the others why not.

A paper is made under the rights of one person and handed to many. Each question behind it is decided again for a member of
each agency, and nothing is read for them. Errs on the side of not giving: being trusted with precise sites counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from trigpoint.core.sharing.agreement import Agreement
from trigpoint.core.sharing.grain import Grain
from trigpoint.core.sharing.policy import FeedAsked, FeedGrant, QuestionFacts, decide
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk, home_desk
from trigpoint.gate.asked import LONDON
from trigpoint.gate.facts import facts_of
from trigpoint.gate.plans import planned
from trigpoint.gate.questions import Question
from trigpoint.gate.within import find_place

__all__ = ["Distribution", "distribution_at", "distribution_of", "kept_out_of", "reasons"]

_KEPT_BACK = ("without_roles", "without_handling", "without_grades", "without_markings")


@dataclass(frozen=True, slots=True)
class Distribution:
    """Names of agencies: whom it may be given to, and from whom it is kept, each with every reason (`reasons`)."""

    given: tuple[str, ...]
    kept_from: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def line(self) -> str:
        """For the head of every page: short, whoever it is."""
        if not self.kept_from:
            return "For all who sit at this meeting."
        if not self.given:
            return "For whoever made it, alone."
        if len(self.given) <= MOST_IN_HEAD:
            return f"For {_and(self.given)} only."
        return f"For the {len(self.given)} agencies named on page 1."

    @property
    def words(self) -> tuple[str, ...]:
        """For the first page: whom it may be given to, and whom not and why; nothing where all may have it."""
        if not self.kept_from:
            return ()
        given = f"It may be given to {_and(self.given)}. " if len(self.given) > MOST_IN_HEAD else ""
        told = "; ".join(f"{_and(names)} ({why})" for why, names in _together(self.kept_from))
        return (
            f"{given}Holds more than these agencies are told at this level: {told}. "
            "Their own copy: they make it themselves under Papers.",
        )

    @property
    def room_words(self) -> str:
        """The same for a screen that a room sees: agencies, and not what is kept from them. The shorter list of the two."""
        names = tuple(name for name, _ in self.kept_from)
        if not names:
            return ""
        if self.given and len(self.given) < len(names):
            return (
                f"Made for {_and(self.given)}: it holds more than the other agencies are told at this level."
            )
        return f"Holds more than these agencies are told at this level: {_and(names)}."


MOST_IN_HEAD = 2
"""Names that fit beside the marking and the day."""


def _and(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _together(kept_from: Iterable[tuple[str, tuple[str, ...]]]) -> list[tuple[str, list[str]]]:
    """One reason for each agency, so that as few reasons as may be are told: the one that keeps most back first."""
    left, found = dict(kept_from), []
    while left:
        reasons = [why for every in left.values() for why in every]
        most = max(reasons, key=reasons.count)
        names = [name for name, every in left.items() if most in every]
        found.append((most, names))
        left = {name: every for name, every in left.items() if name not in names}
    return found


def distribution_of(
    maker: Viewer, questions: Iterable[Question], seats: Sequence[tuple[str, str]], at: datetime
) -> Distribution:
    """Of the questions behind a paper, for agencies by code and name. Raises QuestionError as `ask` does."""
    return distribution_at(home_desk(at), maker, questions, seats, at)


def distribution_at(
    desk: Desk, maker: Viewer, questions: Iterable[Question], seats: Sequence[tuple[str, str]], at: datetime
) -> Distribution:
    """As `distribution_of`, with what it needs handed in."""
    on, facts = at.astimezone(LONDON).date(), []
    for one in questions:
        question, _ = planned(one, desk.plans)
        within = tuple(find_place(place, desk.version) for place in question.within)
        facts.append(facts_of(question, desk.version, within))
    asked = tuple(dict.fromkeys(facts))
    given: list[str] = []
    kept_from: list[tuple[str, tuple[str, ...]]] = []
    for code, name in seats:
        why = reasons(maker, code, asked, desk.agreements, on)
        if why:
            kept_from.append((name, why))
        else:
            given.append(name)
    return Distribution(tuple(given), tuple(kept_from))


def kept_out_of(
    maker: Viewer, question: Question, seats: Sequence[tuple[str, str]], at: datetime
) -> tuple[str, ...]:
    """Names of the agencies whose members are not told, at the question's level, every feed that the maker is.

    Less strict than `distribution_of`: of a feed that both are told it does not matter that one is told less. For a
    place that the answer names, and not for its figures. Raises QuestionError as `ask` does.
    """
    desk, on = home_desk(at), at.astimezone(LONDON).date()
    put, _ = planned(question, desk.plans)
    facts = facts_of(put, desk.version, tuple(find_place(one, desk.version) for one in put.within))
    told = decide(maker, facts, desk.agreements, on)
    if not told.allowed:
        return ()
    feeds = set(told.restrictions.granted)
    found = []
    for code, name in seats:
        member = Viewer(user="a member", agency=code, role="member", purpose=maker.purpose)
        theirs = decide(member, facts, desk.agreements, on)
        if not theirs.allowed or feeds - set(theirs.restrictions.granted):
            found.append(name)
    return tuple(found)


def reasons(
    maker: Viewer, agency: str, asked: Iterable[QuestionFacts], agreements: Sequence[Agreement], on: date
) -> tuple[str, ...]:
    """Why a member of the agency may not be given what the maker was told, each reason once; none where they may."""
    member = Viewer(user="a member", agency=agency, role="member", purpose=maker.purpose)
    found: dict[str, None] = {}
    for facts in asked:
        told = decide(maker, facts, agreements, on)
        if not told.allowed:
            continue
        theirs = {one.feed: one for one in decide(member, facts, agreements, on).restrictions.grants}
        for grant in told.restrictions.grants:
            if not _as_much(theirs.get(grant.feed), grant, facts):
                found[_why(member, grant, facts, agreements, on)] = None
    return tuple(found)


def _as_much(theirs: FeedGrant | None, held: FeedGrant, facts: QuestionFacts) -> bool:
    """Whether a grant gives all that an answer to the question holds of a feed under another."""
    if theirs is None or not held.fields <= theirs.fields:
        return False
    if _own_grain(held, facts):
        if held.precise_sites and not theirs.precise_sites:
            return False
        if min(theirs.finest, Grain.CELL) < min(held.finest, Grain.CELL):
            return False
    # what is published openly has no record that somebody keeps back, although an analyst is told of all markings
    return _feed(held, facts).open or all(getattr(theirs, name) <= getattr(held, name) for name in _KEPT_BACK)


def _own_grain(held: FeedGrant, facts: QuestionFacts) -> bool:
    """Whether the feed is told as finely and exactly as its grant says, and not as the question asks."""
    return _feed(held, facts).layer or facts.about != "records"


def _feed(held: FeedGrant, facts: QuestionFacts) -> FeedAsked:
    return next(one for one in facts.feeds if one.code == held.feed)


def _why(
    member: Viewer, held: FeedGrant, facts: QuestionFacts, agreements: Sequence[Agreement], on: date
) -> str:
    """In words, with the clause: what of the feed's owner a member of the agency is told at most."""
    feed = _feed(held, facts)
    alone = replace(facts, feeds=(feed,), fields=frozenset[str]())
    for grain in sorted(Grain, reverse=True):
        for theirs in decide(member, replace(alone, grain=grain), agreements, on).restrictions.grants:
            told = min(theirs.finest, grain)
            if told < min(held.finest, Grain.CELL):
                return f"{feed.owner} records by {_WORDS[told]} only{_cited(theirs.clause)}"
            return f"{feed.owner} records {_without(theirs, held, agreements)}"
    left = decide(member, facts, agreements, on).restrictions.left_out
    return f"{feed.owner} records not shared{_cited(next((one.clause for one in left if one.feed == held.feed), ''))}"


def _without(theirs: FeedGrant, held: FeedGrant, agreements: Sequence[Agreement]) -> str:
    """What one is told less than the other, of records told as finely."""
    if "hours" in held.fields - theirs.fields:
        return f"without the hour{_cited(theirs.clause)}"
    more_back = any(getattr(theirs, name) - getattr(held, name) for name in _KEPT_BACK)
    if held.precise_sites and not theirs.precise_sites and not more_back:
        under = (one for one in agreements if (one.code, one.version) == (theirs.agreement, theirs.version))
        return f"without exact places{_cited(next((one.sensitive_clause for one in under), ''))}"
    return f"not in full{_cited(theirs.clause)}"


def _cited(clause: str) -> str:
    return f", clause {clause}" if clause else ""


_WORDS = {
    Grain.DISTRICT: "district",
    Grain.WARD: "ward",
    Grain.LSOA: "small area",
    Grain.STREET: "street",
    Grain.CELL: "hexagon",
    Grain.POINT: "point",
}
