"""To whom a paper may be given: which agencies are permitted all that it holds, and of the others why not.

A paper is made under the rights of one person and handed to many. Each question behind it is decided again for a member of
each agency, and nothing is read for them. Errs on the side of not giving: being trusted with precise sites counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from trigpoint.core.sharing.agreement import Agreement
from trigpoint.core.sharing.grain import Grain
from trigpoint.core.sharing.policy import FeedGrant, QuestionFacts, decide
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import home_desk
from trigpoint.gate.asked import LONDON
from trigpoint.gate.facts import facts_of
from trigpoint.gate.plans import planned
from trigpoint.gate.questions import Question
from trigpoint.gate.within import find_place

__all__ = ["Distribution", "distribution_of", "reaches"]

_KEPT_BACK = ("without_roles", "without_handling", "without_grades", "without_markings")


@dataclass(frozen=True, slots=True)
class Distribution:
    """Names of agencies: whom it may be given to, and whom not, with why: (owner's words and clause)."""

    given: tuple[str, ...]
    kept_from: tuple[tuple[str, str], ...]

    @property
    def line(self) -> str:
        """For the top of every page."""
        return f"For {', '.join(self.given)} only." if self.given else "For whoever made it, alone."

    @property
    def kept_words(self) -> str:
        """Whom it may not be given to, those with the same reason together; "" where it may go to all."""
        by_why: dict[str, list[str]] = {}
        for name, why in self.kept_from:
            by_why.setdefault(why, []).append(name)
        told = "; ".join(f"{', '.join(names)} ({why})" for why, names in by_why.items())
        return f"Not to be given to: {told}." if told else ""

    @property
    def room_words(self) -> str:
        """The same for a screen that is seen by a room: the agencies, without what is kept from them."""
        names = ", ".join(name for name, _ in self.kept_from)
        return f"In this picture is more than may be shown to: {names}." if names else ""


def distribution_of(
    maker: Viewer, questions: Iterable[Question], seats: Sequence[tuple[str, str]], at: datetime
) -> Distribution:
    """Of the questions behind a paper, for agencies by code and name. Raises QuestionError as `ask` does."""
    desk, on = home_desk(at), at.astimezone(LONDON).date()
    facts = []
    for one in questions:
        question, _ = planned(one, desk.plans)
        within = tuple(find_place(place, desk.version) for place in question.within)
        facts.append(facts_of(question, desk.version, within))
    asked = tuple(dict.fromkeys(facts))
    given, kept_from = [], []
    for code, name in seats:
        why = reaches(maker, code, asked, desk.agreements, on)
        if why:
            kept_from.append((name, why))
        else:
            given.append(name)
    return Distribution(tuple(given), tuple(kept_from))


def reaches(
    maker: Viewer, agency: str, asked: Iterable[QuestionFacts], agreements: Sequence[Agreement], on: date
) -> str:
    """Why a member of the agency may not be given what the maker was told; "" where they may."""
    member = Viewer(user="a member", agency=agency, role="member", purpose=maker.purpose)
    for facts in asked:
        told = decide(maker, facts, agreements, on)
        if not told.allowed:
            continue
        theirs = {one.feed: one for one in decide(member, facts, agreements, on).restrictions.grants}
        for grant in told.restrictions.grants:
            if not _as_much(theirs.get(grant.feed), grant, facts):
                return _why(member, grant, facts, agreements, on)
    return ""


def _as_much(theirs: FeedGrant | None, held: FeedGrant, facts: QuestionFacts) -> bool:
    """Whether a grant gives all that an answer to the question holds of a feed under another."""
    if theirs is None or (held.precise_sites and not theirs.precise_sites and _tells_sites(held, facts)):
        return False
    if min(theirs.finest, Grain.CELL) < min(held.finest, Grain.CELL) and _own_grain(held, facts):
        return False
    if not held.fields <= theirs.fields:
        return False
    return all(getattr(theirs, name) <= getattr(held, name) for name in _KEPT_BACK)


def _own_grain(held: FeedGrant, facts: QuestionFacts) -> bool:
    """Whether the feed is told as finely as its grant says, and not as the question asks."""
    beside = any(one.code == held.feed and one.layer for one in facts.feeds)
    return beside or facts.about != "records"


def _tells_sites(held: FeedGrant, facts: QuestionFacts) -> bool:
    return _own_grain(held, facts)


def _why(
    member: Viewer, held: FeedGrant, facts: QuestionFacts, agreements: Sequence[Agreement], on: date
) -> str:
    """In words, with the clause: what of the feed's owner a member of the agency is told at most."""
    feed = next(one for one in facts.feeds if one.code == held.feed)
    alone = replace(facts, feeds=(feed,), fields=frozenset[str]())
    for grain in sorted(Grain, reverse=True):
        decided = decide(member, replace(alone, grain=grain), agreements, on).restrictions
        if decided.grants:
            clause = f", clause {decided.grants[0].clause}" if decided.grants[0].clause else ""
            told = min(decided.grants[0].finest, grain)
            if told < min(facts.grain, Grain.CELL):
                return f"{feed.owner} records by {_WORDS[told]} only{clause}"
            return f"{feed.owner} records not in full{clause}"
    left = decide(member, facts, agreements, on).restrictions.left_out
    cited = next((one.clause for one in left if one.feed == held.feed), "")
    return f"{feed.owner} records not shared{f', clause {cited}' if cited else ''}"


_WORDS = {
    Grain.DISTRICT: "district",
    Grain.WARD: "ward",
    Grain.LSOA: "small area",
    Grain.STREET: "street",
    Grain.CELL: "hexagon",
    Grain.POINT: "point",
}
