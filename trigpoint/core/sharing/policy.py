"""The one decision: what this viewer may be told in answer to this question, and under which clause.

Pure: the same viewer, question, agreements and day give the same decision. It is taken from the agreements
alone and never from rows, so that what it says cannot move when hidden records move.

For each feed the question asks about, in this order, the first that applies:

1. a contributor sees the rows of their own agency in full: one's own rows are not shared;
2. governance and frontline see of records, and are offered, only what is published openly (governance: coverage of all);
3. no agreement in force covers the feed: left out;
4. the purpose is not among the agreement's: left out, with its clause;
5. no audience of the agreement fits the viewer: left out, with its clause;
6. the audience is kept to a coarser place, or from a column, than the question needs: left out, with its clause;
7. otherwise granted, within the audience's limits.

Within a granted feed, records are kept back one by one: those of a role, handling, grade or marking that the audience is
not shown, and, where the agreement does not name them, those marked secret and those whose marking nobody can read
(only the owner's own people and analysts see them unnamed). Which they are is never told, nor how many.

A question all of whose feeds are left out is denied, with the first reason; sites and notices beside the records it
is about do not save it, for they would answer another question. A question about no feed at all (an empty home) is
allowed and finds nothing. One about places (searching, outlines, lists of choices) is never
denied: with nothing granted it is answered from published geography and vocabulary alone. Rows one by one ("own_rows")
are for those who act for the agency that sent them, at the table or behind it, and for nobody else. What agencies wrote in
their own words is no part of any agreement: analysts see it, because somebody must say what it means, and of each
agency its own contributors.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from trigpoint.core.sharing.agreement import BY_NAME_ONLY, FIELDS, Agreement, Audience
from trigpoint.core.sharing.duties import DUTIES
from trigpoint.core.sharing.grain import Grain
from trigpoint.core.sharing.viewer import PURPOSES, Viewer

__all__ = ["Decision", "FeedAsked", "FeedGrant", "LeftOut", "QuestionFacts", "Restrictions", "decide"]


@dataclass(frozen=True, slots=True)
class FeedAsked:
    """A feed that a question asks about. `open` is published open data; `owner` is the agency's name for people.

    `layer` is a feed of sites or notices beside the records a question is about: how finely the records are told does
    not leave it out, since what is told of it keeps to its own grain.
    """

    code: str
    name: str
    agency: str
    owner: str
    open: bool
    layer: bool = False


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """What a decision needs to know of a question, and no more.

    `about` is "records", "coverage", "layers" (sites and notices), "places" (searching, outlines, choices), "words"
    (what agencies wrote of places) or "own_rows" (an agency's own records, row by row).
    `grain` is the finest place that the answer, or a filter on it, would tell; `fields` the columns of `FIELDS`
    that it needs.
    """

    about: str
    grain: Grain
    fields: frozenset[str]
    feeds: tuple[FeedAsked, ...]


@dataclass(frozen=True, slots=True)
class FeedGrant:
    """What may be told of one feed, and the clause that allows it. `without_…` are records it is told without."""

    feed: str
    finest: Grain
    fields: frozenset[str]
    without_roles: frozenset[str]
    precise_sites: bool
    agreement: str
    version: int
    clause: str
    without_handling: frozenset[str] = frozenset()
    without_grades: frozenset[str] = frozenset()
    without_markings: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A feed that may not be told, in words that are safe to show."""

    feed: str
    agency: str
    sentence: str
    agreement: str
    version: int
    clause: str


@dataclass(frozen=True, slots=True)
class Restrictions:
    """Everything that separates one viewer's answer from another's. Hashable: it is part of every cache key."""

    grants: tuple[FeedGrant, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def granted(self) -> tuple[str, ...]:
        return tuple(grant.feed for grant in self.grants)

    def finest(self, feed: str) -> Grain | None:
        """The finest grain granted of a feed; None where it was not granted."""
        return next((grant.finest for grant in self.grants if grant.feed == feed), None)


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed within restrictions, or denied for a reason. `clause` reads "agreement v1 clause 4.2", or is empty."""

    allowed: bool
    restrictions: Restrictions
    reason: str = ""
    clause: str = ""


OWN_ROWS = "own rows"
"""In the place of an agreement's code: the viewer's own agency sent these."""


def decide(viewer: Viewer, question: QuestionFacts, agreements: Iterable[Agreement], on: date) -> Decision:
    """Decide on a question asked on a day. See the module for the rules."""
    known = sorted(agreements, key=lambda one: (one.code, -one.version))
    outcomes = [_for_feed(viewer, question, feed, known, on) for feed in question.feeds]
    grants = tuple(one for one in outcomes if isinstance(one, FeedGrant))
    left_out = tuple(one for one in outcomes if isinstance(one, LeftOut))
    restrictions = Restrictions(grants, left_out)
    beside = {feed.code for feed in question.feeds if feed.layer}
    refused = [one for one in left_out if one.feed not in beside]
    heard = any(one.feed not in beside for one in grants)
    if heard or not refused or question.about == "places":
        return Decision(True, restrictions)
    first = refused[0]
    return Decision(False, restrictions, first.sentence, cited(first.agreement, first.version, first.clause))


def cited(agreement: str, version: int, clause: str) -> str:
    """A clause as it is written everywhere: "police v2 clause 4.2"; empty where no agreement was applied."""
    if not agreement or agreement == OWN_ROWS:
        return agreement
    return f"{agreement} v{version}" + (f" clause {clause}" if clause else "")


def _for_feed(
    viewer: Viewer, question: QuestionFacts, feed: FeedAsked, agreements: list[Agreement], on: date
) -> FeedGrant | LeftOut:
    if viewer.role == "contributor" and viewer.agency == feed.agency:
        return _own(feed)
    if question.about == "words":
        return _words(viewer, feed)
    if question.about == "own_rows":
        return _own_rows(viewer, feed)
    refusal = _by_role(viewer, question, feed)
    if refusal:
        return LeftOut(feed.code, feed.agency, refusal, "", 0, "")
    covering = [one for one in agreements if one.agency == feed.agency and one.covers(feed.code)]
    if viewer.role == "governance" and question.about == "coverage":
        return _coverage_only(feed)
    in_force = [one for one in covering if one.in_force(on)]
    if not in_force:
        return _not_in_force(feed, covering, on)
    return _under(in_force[0], viewer, question, feed)


def _own(feed: FeedAsked) -> FeedGrant:
    everything = frozenset(FIELDS)
    return FeedGrant(feed.code, Grain.POINT, everything, frozenset(), True, OWN_ROWS, 0, "")


def _words(viewer: Viewer, feed: FeedAsked) -> FeedGrant | LeftOut:
    if viewer.role == "analyst":
        return FeedGrant(feed.code, Grain.POINT, frozenset(FIELDS), frozenset(), False, "", 0, "")
    sentence = f"{feed.name}: what people wrote of a place is for analysts and for the agency itself."
    return LeftOut(feed.code, feed.agency, sentence, "", 0, "")


def _own_rows(viewer: Viewer, feed: FeedAsked) -> FeedGrant | LeftOut:
    if viewer.agency == feed.agency and viewer.role in DUTIES["sense_check"]:
        return _own(feed)
    sentence = f"{feed.name}: an agency's records are told row by row to that agency alone."
    return LeftOut(feed.code, feed.agency, sentence, "", 0, "")


def _coverage_only(feed: FeedAsked) -> FeedGrant:
    nothing: frozenset[str] = frozenset()
    return FeedGrant(
        feed.code, Grain.DISTRICT, nothing, nothing, False, "", 0, "", without_markings=BY_NAME_ONLY
    )


def _by_role(viewer: Viewer, question: QuestionFacts, feed: FeedAsked) -> str:
    if feed.open:
        return ""
    if viewer.role == "frontline":
        return "Frontline teams are served from releases: see Shared with you."
    if viewer.role == "governance" and question.about in ("records", "places"):
        return "Information governance sees what was received, not records on the map. See Who saw what."
    return ""


def _not_in_force(feed: FeedAsked, covering: list[Agreement], on: date) -> LeftOut:
    ended = [one for one in covering if one.expires is not None and one.expires < on]
    if not ended:
        sentence = f"{feed.name}: left out. No agreement in force covers it."
        return LeftOut(feed.code, feed.agency, sentence, "", 0, "")
    last = max(ended, key=lambda one: (one.expires or on, one.version))
    day = last.expires or on
    sentence = f"{feed.name}: left out. The {_of(feed)} agreement ended on {day.day} {day:%B %Y}."
    return LeftOut(feed.code, feed.agency, sentence, last.code, last.version, last.expires_clause)


def _under(
    agreement: Agreement, viewer: Viewer, question: QuestionFacts, feed: FeedAsked
) -> FeedGrant | LeftOut:
    if agreement.purposes is not None and viewer.purpose not in agreement.purposes:
        ends = f"does not allow this purpose: {PURPOSES.get(viewer.purpose, viewer.purpose)}."
        return _left_out(feed, agreement, agreement.purposes_clause, ends)
    audience = agreement.audience_for(viewer)
    if audience is None:
        return _left_out(feed, agreement, agreement.otherwise_clause, "does not name your agency and role.")
    grant = _grant(agreement, audience, viewer, feed)
    ends = "" if feed.layer else _beyond(grant, question)
    return _left_out(feed, agreement, audience.clause, ends) if ends else grant


def _grant(agreement: Agreement, audience: Audience, viewer: Viewer, feed: FeedAsked) -> FeedGrant:
    fields = agreement.fields if audience.hours else agreement.fields - {"hours"}
    return FeedGrant(
        feed=feed.code,
        finest=audience.finest,
        fields=fields,
        without_roles=audience.without_roles,
        precise_sites=agreement.trusts_with_sites(viewer),
        agreement=agreement.code,
        version=agreement.version,
        clause=audience.clause,
        without_handling=audience.without_handling,
        without_grades=audience.without_grades,
        without_markings=audience.without_markings | _unnamed_markings(audience, viewer, feed),
    )


def _unnamed_markings(audience: Audience, viewer: Viewer, feed: FeedAsked) -> frozenset[str]:
    if viewer.role == "analyst" or viewer.agency == feed.agency:
        return frozenset()
    return BY_NAME_ONLY - audience.with_markings


_PLACE_WORDS = {
    Grain.DISTRICT: "district",
    Grain.WARD: "ward",
    Grain.LSOA: "small area",
    Grain.STREET: "street",
}
_FIELD_WORDS = {
    "hours": "keeps back the hour of the day.",
    "roles": "keeps back what a place was to the record.",
    "detection": "keeps back how a record came to be made.",
}


def _beyond(grant: FeedGrant, question: QuestionFacts) -> str:
    """How the question asks for more than the grant gives; empty if it does not."""
    if question.grain > grant.finest:
        return f"keeps this to the {_PLACE_WORDS.get(grant.finest, grant.finest.word)}."
    refused = sorted(question.fields - grant.fields, key=FIELDS.index)
    return _FIELD_WORDS[refused[0]] if refused else ""


def _left_out(feed: FeedAsked, agreement: Agreement, clause: str, ends: str) -> LeftOut:
    subject = f"Clause {clause} of the {_of(feed)} agreement" if clause else f"The {_of(feed)} agreement"
    sentence = f"{feed.name}: not shown to your agency here. {subject} {ends}"
    return LeftOut(feed.code, feed.agency, sentence, agreement.code, agreement.version, clause)


def _of(feed: FeedAsked) -> str:
    return feed.owner
