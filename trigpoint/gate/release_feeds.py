"""Which records may leave the room: feeds by their agreements, records one by one, what is taken out and why."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from trigpoint.core.sharing.agreement import (
    GRADES,
    HANDLINGS,
    LOCATION_ROLES,
    MARKINGS,
    Agreement,
)
from trigpoint.core.sharing.policy import FeedGrant, cited
from trigpoint.gate.asked import Asked
from trigpoint.gate.audiences import Audience
from trigpoint.store.permitted import PermittedFeed
from trigpoint.store.picture import fetch_columns

__all__ = ["Clause", "Removed", "feeds_for", "marking_of", "records_for", "refused_recipients"]

PRIVATE_ROLES = ("home", "placement", "reporting_station")
"""What a place was to records that are never released: where somebody lives, or told it."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out under one rule: how many records, and why. `records` is None where none was counted."""

    rule: str
    sentence: str
    records: int | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """The clause that lets a feed go into the release."""

    feed: str
    name: str
    agency: str
    agreement: str
    clause: str


def feeds_for(
    asked: Asked, audience: Audience, agreements: Iterable[Agreement]
) -> tuple[tuple[Clause, ...], tuple[Removed, ...]]:
    """The feeds that may go into a release for this audience, and those that may not, in words with their clause.

    Only feeds that the releasing analyst was granted are looked at: `asked` says what else was left out.
    """
    adopted = {(one.code, one.version): one for one in agreements}
    vocabulary = asked.version.vocabulary
    named = {one.code: one for one in vocabulary.feeds}
    agencies = {one.id: one.code for one in vocabulary.agencies}
    allowed, refused = [], [Removed("agreement", one.sentence) for one in asked.restrictions.left_out]
    for grant in sorted(asked.restrictions.grants, key=lambda one: one.feed):
        feed, agreement = named[grant.feed], adopted.get((grant.agreement, grant.version))
        if sentence := _refusal(feed.name, grant, agreement, audience):
            refused.append(Removed("agreement", sentence))
        elif agreement is not None and agreement.releases is not None:
            clause = cited(agreement.code, agreement.version, agreement.releases.clause)
            allowed.append(Clause(feed.code, feed.name, agencies[feed.agency], agreement.code, clause))
    return tuple(allowed), tuple(refused)


def _refusal(name: str, grant: FeedGrant, agreement: Agreement | None, audience: Audience) -> str:
    if agreement is None or agreement.releases is None:
        return f"{name}: its agreement says nothing of releases, so none of it is released."
    if agreement.releases.allows(audience.code, audience.finest):
        return ""
    clause = cited(agreement.code, agreement.version, agreement.releases.clause)
    finest = audience.finest.replace("_", " ")
    return f"{name}: {clause} does not let it into a release for {audience.title.lower()} by {finest}."


def refused_recipients(
    recipients: Sequence[str], allowed: Sequence[Clause], agreements: Iterable[Agreement]
) -> tuple[str, ...]:
    """Sentences on recipients whom an agreement behind the release does not name."""
    adopted = {one.code: one for one in agreements if one.releases is not None}
    found = []
    for clause in {one.agreement: one for one in allowed}.values():
        releases = adopted[clause.agreement].releases
        found += [
            f"{agency} is not among the recipients that {clause.clause} allows."
            for agency in recipients
            if releases is not None and not releases.reaches(agency)
        ]
    return tuple(sorted(found))


def records_for(
    asked: Asked, allowed: Sequence[Clause], cleared: frozenset[str]
) -> tuple[Asked, tuple[Removed, ...]]:
    """The question with only the records that may leave, and how many each rule took out, in the order applied.

    `cleared` are feeds whose originator's clearance of records under conditions is recorded.
    """
    feeds = {one.code: one.id for one in asked.version.vocabulary.feeds}
    known = {feeds[one.feed] for one in allowed}
    kept = replace(asked, permitted=tuple(one for one in asked.permitted if one.feed in known))
    cleared_ids = {feeds[code] for code in cleared if code in feeds}
    removed = []
    for rule, sentence, narrow in _rules(cleared_ids):
        narrower = replace(kept, permitted=tuple(narrow(one) for one in kept.permitted))
        gone = _counted(kept) - _counted(narrower)
        removed.append(Removed(rule, sentence, gone))
        kept = narrower
    return kept, tuple(removed)


Narrow = Callable[[PermittedFeed], PermittedFeed]


def _rules(cleared: set[int]) -> tuple[tuple[str, str, Narrow], ...]:
    conditions = HANDLINGS.index("c")
    roles = tuple(LOCATION_ROLES.index(one) for one in PRIVATE_ROLES)
    markings = (MARKINGS.index("secret"), MARKINGS.index("unknown"))

    def by_conditions(one: PermittedFeed) -> PermittedFeed:
        more = () if one.feed in cleared else (conditions,)
        return replace(one, without_handling=_with(one.without_handling, more))

    return (
        (
            "handling",
            "Records handled C stay in the room until the agency they come from has cleared them, and that is recorded.",
            by_conditions,
        ),
        (
            "marking",
            "Records marked secret, or with a marking nobody can read, are never released.",
            lambda one: replace(one, without_markings=_with(one.without_markings, markings)),
        ),
        (
            "grade",
            "Intelligence suspected to be false is never released.",
            lambda one: replace(one, without_grades=_with(one.without_grades, (GRADES.index("e"),))),
        ),
        (
            "private place",
            "Records of where somebody lives, is placed or reported it are never released.",
            lambda one: replace(one, without_roles=_with(one.without_roles, roles)),
        ),
    )


def marking_of(kept: Asked) -> str:
    """The highest marking among the records that are released, never lower than official."""
    sensitive = MARKINGS.index("official_sensitive")
    without = tuple(
        replace(one, without_markings=_with(one.without_markings, (sensitive,))) for one in kept.permitted
    )
    has_some = _counted(replace(kept, permitted=without)) < _counted(kept)
    return "OFFICIAL-SENSITIVE" if has_some else "OFFICIAL"


def _counted(asked: Asked) -> int:
    with asked.records() as cursor:
        return int(fetch_columns(cursor, asked.selection, ("number",))["number"].size)


def _with(values: tuple[int, ...], more: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted({*values, *more}))
