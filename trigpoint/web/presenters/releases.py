"""Releases in words: where each stands, what was taken out, what may be done with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from trigpoint.changes.release_telling import ReleaseTold
from trigpoint.core.sharing.duties import DUTIES
from trigpoint.core.workflow.release import APPROVALS, ReleaseState
from trigpoint.web.presenters.words import clause_in_words

__all__ = [
    "ReleaseLine",
    "feed_lines",
    "moves_of",
    "release_line",
    "removed_lines",
    "still_may_approve",
    "withheld_sentence",
]

STATES = {
    "draft": "Being made",
    "proposed": "Waits for two approvals",
    "approved": "Approved, not issued yet",
    "issued": "Issued",
    "refused": "Refused",
    "withdrawn": "Withdrawn",
}

RESTATING = {"due": "Withdrawn: being restated", "made": "Withdrawn: made again"}
"""Where rows that it counted are gone."""


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """One release as a line of a list."""

    number: int
    title: str
    audience: str
    period: str
    state: str
    recipients: str
    marking: str
    expires_on: date
    over: bool
    approvals: str


def release_line(one: ReleaseTold, agencies: Mapping[str, str], today: date) -> ReleaseLine:
    given = [word for word in one.given if word.approved]
    over = one.state == ReleaseState.ISSUED and one.expires_on < today
    return ReleaseLine(
        number=one.number,
        title=one.title,
        audience=one.audience_title,
        period=f"{one.first_on:%b %Y} to {one.end_on - timedelta(days=1):%b %Y}",
        state="Over" if over else RESTATING.get(one.restating) or STATES[one.state],
        recipients=", ".join(agencies.get(code, code) for code in one.recipients),
        marking=one.marking,
        expires_on=one.expires_on,
        over=over,
        approvals=f"{len(given)} of {APPROVALS}"
        + (f" ({', '.join(agencies.get(word.agency, word.agency) for word in given)})" if given else ""),
    )


def removed_lines(one: ReleaseTold, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """What was taken out, rule by rule; a rule that took nothing out says so."""
    return [
        {
            "rule": str(told["rule"]).capitalize(),
            "sentence": clause_in_words(str(told["sentence"]), titles),
            "records": told["records"],
        }
        for told in one.removed
    ]


def withheld_sentence(one: ReleaseTold) -> str:
    """How many cells are withheld, and why: for the analyst and those who approve, and in nothing that leaves."""
    told = one.withheld
    parts = [f"{told['small']} cells are withheld because they are small or empty"]
    parts += [f"{told['secondary']} more because they would give one of those away"]
    if told["before"]:
        parts += [f"{told['before']} because an earlier release told another number"]
    return ", ".join(parts) + "."


def feed_lines(one: ReleaseTold, titles: Mapping[str, str]) -> tuple[dict[str, str], ...]:
    """Each feed's name and the clause that lets it in, by its agreement's name."""
    return tuple(
        {"name": feed["name"], "words": clause_in_words(feed["clause"], titles)} for feed in one.feeds
    )


def still_may_approve(
    one: ReleaseTold, accounts: Iterable[tuple[str, str]], names: Mapping[str, str]
) -> tuple[str, ...]:
    """Agencies that can still give their word: with an account (user, agency) that may, is not its author's and has not
    spoken, and whose agency has not approved."""
    approved = {word.agency for word in one.given if word.approved}
    spoke = {word.by for word in one.given} | {one.author}
    found = {agency for user, agency in accounts if agency and agency not in approved and user not in spoke}
    return tuple(sorted(names.get(code, code) for code in found))


def moves_of(one: ReleaseTold, *, user: str, role: str) -> frozenset[str]:
    """What this person may do with it now: propose, word (approve or refuse), issue, withdraw."""
    found = set()
    if role in DUTIES["make_release"]:
        found |= {"draft": {"propose", "withdraw"}, "approved": {"issue"}, "issued": {"withdraw"}}.get(
            one.state, set()
        )
    spoke = any(word.by == user for word in one.given)
    if role in DUTIES["approve_release"] and one.state == "proposed" and one.author != user and not spoke:
        found.add("word")
    return frozenset(found)
