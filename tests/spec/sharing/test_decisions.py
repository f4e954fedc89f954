"""The truth table of sharing is read from decisions.txt: change who sees what there first."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from trigpoint.core.sharing.agreement import agreement_from
from trigpoint.core.sharing.grain import Grain
from trigpoint.core.sharing.policy import FeedAsked, FeedGrant, QuestionFacts, cited, decide
from trigpoint.core.sharing.viewer import Viewer

HERE = Path(__file__).parent
AGREEMENTS = tuple(
    agreement_from(text) for text in yaml.safe_load((HERE / "agreements.yaml").read_text("utf-8"))
)
OWNERS = {
    "crime": "police",
    "intel": "police",
    "cameras": "police",
    "logs": "police",
    "concerns": "education",
    "visits": "youth_service",
    "street": "open_data",
}
FIELDS = {"h": "hours", "r": "roles", "d": "detection"}
MARKS = {
    "c": ("without_handling", "c"),
    "n": ("without_handling", "unknown"),
    "e": ("without_grades", "e"),
    "o": ("without_markings", "official_sensitive"),
    "s": ("without_markings", "secret"),
    "u": ("without_markings", "unknown"),
}
COLUMNS = (
    "role", "for", "purpose", "about", "at", "needs", "feed", "on", "outcome", "clause", "fields", "kept back",
)  # fmt: skip


def read_table() -> list[dict[str, str]]:
    lines = (HERE / "decisions.txt").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if line.strip() and line[0] != "#"]
    header, *body = rows
    if tuple(header) != COLUMNS:
        raise ValueError("decisions.txt has other columns")
    return [dict(zip(COLUMNS, row, strict=True)) for row in body]


def fields(letters: str) -> frozenset[str]:
    return frozenset(FIELDS[letter] for letter in letters if letter != "-")


def kept_back(letters: str) -> dict[str, frozenset[str]]:
    told = [MARKS[letter] for letter in letters if letter != "-"]
    return {name: frozenset(word for of, word in told if of == name) for name, _ in MARKS.values()}


def feed_asked(code: str) -> FeedAsked:
    return FeedAsked(code, code.title(), OWNERS[code], OWNERS[code].title(), OWNERS[code] == "open_data")


def taken(row: dict[str, str], *feeds: str):
    facts = QuestionFacts(
        row["about"], Grain[row["at"].upper()], fields(row["needs"]), tuple(feed_asked(one) for one in feeds)
    )
    viewer = Viewer("someone", row["for"], row["role"], row["purpose"])
    return decide(viewer, facts, AGREEMENTS, date.fromisoformat(row["on"]))


ROWS = read_table()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row[one] for one in COLUMNS[:8] if row[one]))
def test_the_table_is_what_is_decided(row):
    decision = taken(row, row["feed"])
    clause = "" if row["clause"] == "-" else row["clause"]
    if row["outcome"] == "left out":
        assert not decision.allowed
        assert decision.restrictions.grants == ()
        assert decision.clause == clause
        assert decision.reason
        return
    (grant,) = decision.restrictions.grants
    assert decision.allowed
    assert f"granted {grant.finest.word}" == row["outcome"]
    assert cited(grant.agreement, grant.version, grant.clause) == clause
    assert grant.fields == fields(row["fields"])
    told = {name: getattr(grant, name) for name, _ in MARKS.values()}
    assert told == kept_back(row["kept back"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row[one] for one in COLUMNS[:8] if row[one]))
def test_a_feed_is_decided_by_itself_whatever_else_is_asked(row):
    alone = taken(row, row["feed"])
    together = taken(row, *OWNERS)
    mine = [
        one
        for one in (*together.restrictions.grants, *together.restrictions.left_out)
        if one.feed == row["feed"]
    ]
    assert mine == [*alone.restrictions.grants, *alone.restrictions.left_out]
    assert together.allowed == any(isinstance(one, FeedGrant) for one in together.restrictions.grants)


def test_every_rule_has_rows_of_both_outcomes():
    outcomes = {(row["role"], row["outcome"].partition(" ")[0]) for row in ROWS}
    assert {role for role, _ in outcomes} == {
        "analyst",
        "chair",
        "member",
        "contributor",
        "frontline",
        "governance",
    }
    assert len({row["clause"] for row in ROWS}) > 8


def layers_beside(feed: str, **told: str):
    """A question about the records of a feed, with the open data's sites beside it."""
    facts = QuestionFacts(
        "records",
        Grain.DISTRICT,
        frozenset(),
        (feed_asked(feed), replace(feed_asked("street"), layer=True)),
    )
    return decide(Viewer("someone", **told), facts, AGREEMENTS, date(2026, 11, 2))


def test_sites_that_all_may_see_do_not_open_a_question_about_records():
    refused = layers_beside("crime", agency="police", role="frontline")
    assert not refused.allowed
    assert refused.reason.startswith("Frontline teams are served from releases: see Shared with you.")
    assert [one.feed for one in refused.restrictions.grants] == ["street"]
    assert layers_beside("crime", agency="police", role="analyst").allowed
