"""Joined and apart: which hotspots only the joined picture shows, what each agency brings, what goes without it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.joint import Joint
from trigpoint.core.analysis.shapley import members_of
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.hotspot_evidence import NEEDED, ONE_SOURCE, evidence_of
from trigpoint.gate.hotspot_test import compared_with, county_test
from trigpoint.gate.joint_agreement import agreement_of
from trigpoint.gate.joint_test import JointTest, joint_test
from trigpoint.gate.kinds.hotspot_words import compared_words, method_words, unit_word
from trigpoint.gate.kinds.hotspots import letter
from trigpoint.gate.runs import Progress, Worked, worked
from trigpoint.gate.tested import left_out_words
from trigpoint.gate.units import Units, units_of
from trigpoint.gate.units_tested import units_inside

__all__ = ["answer_joint"]

VERSION = 3
Bools = NDArray[np.bool_]

METHOD = (
    "Linked events count once, and once in every group of agencies that holds one of those that tell them; an event stands "
    "where all records together place it. The same test is made for all agencies, each alone, each two, and all but each, "
    "and for every group where there are at most ten. A hotspot is seen by a run in which at least one of its units is "
    "hot and the run may tell the place: a concern about one source is seen by none. Shares are Shapley values, over every "
    "group of agencies, of how strongly what the group knows gathers in the hotspot's units; they sum to the whole."
)


def answer_joint(asked: Asked) -> Answer:
    """Columns id, letter, name, ward, district, code, units, count, p, q, alone (agencies that see it by themselves),
    joined_only, in_no_pair, feeds_alone (feeds that do), gone_without (agencies without which nothing of it is left),
    evidence (powers of ten),
    verdict, people, easting_m, northing_m: one row a hotspot of the joined test, strongest first.

    Parts: "shares" (id, letter, agency, share, of_whole, alone, gone, hot_alone, hot_without: shares of its units),
    "agencies" (agency, events, told_alone, hotspots, only_alone, lost_without, left_without), "pairs" (agency, beside,
    hotspots, only_together), "agreement" (agency, beside, s, robust_s, differing: by ward) and, for at most ten
    agencies, "groups" (agencies, shows: ids of the hotspots that asking for the group alone would still show any of,
    concerns: how many of its own it would tell without a place). The test is the county's; within a place, its
    hotspots are listed. A concern about one source is told without its place and its agencies, in every group.
    """
    units = units_of(asked)
    compared = compared_with(asked, units)
    question = asked.question
    parameters = (
        question.level_word, question.q, question.test, question.variant, question.weighting, compared.background,
        # the same categories may be what is left when no concern is counted, and picked by the question
        bool(question.categories),
    )  # fmt: skip
    found = worked(asked, "joint", VERSION, parameters, lambda rng, done: _work(asked, units, done))
    rows = found.tables["hotspots"]
    here = _here(asked, units, rows)
    told = {name: _taken(column, here) for name, column in rows.items() if name not in ("peak", "withheld")}
    kept = set(told["id"])
    shares = found.tables["shares"]
    listed = [at for at, one in enumerate(shares["id"]) if one in kept]
    parts = {
        "shares": {name: _taken(column, listed) for name, column in shares.items()},
        **{name: found.tables[name] for name in ("agencies", "pairs", "agreement")},
        "groups": _groups_here(found.tables["groups"], kept),
    }
    return Answer("joint", told, _about(asked, units, found, here), parts)


def _work(asked: Asked, units: Units, done: Progress) -> Worked:
    made = joint_test(asked, units, county_test(asked, units, *NEEDED), done)
    test, joint, records = made.test, made.joint, made.test.records
    evidence = evidence_of(asked, units, test)
    hidden = evidence.withheld
    tables: dict[str, Table] = {
        "hotspots": _hotspots(units, made, hidden)
        | {"verdict": list(evidence.table["verdict"]), "people": list(evidence.table["people"])},
        "shares": _shares(made, hidden),
        "agencies": {
            "agency": list(made.agencies),
            "events": joint.events,
            "told_alone": joint.told_alone,
            "hotspots": joint.own,
            "only_alone": joint.own_only,
            "lost_without": joint.gone[:, ~hidden].sum(axis=1).astype(np.int64),
            "left_without": joint.left,
        },
        "pairs": _pairs(made, ~hidden),
        "groups": _groups(made, ~hidden),
        "agreement": agreement_of(units, made),
    }
    facts = {
        "total": len(records),
        "unplaced": records.unplaced,
        "not_tested": records.not_tested,
        "tested": test.result.tested,
        "units": len(test.ids),
        "weights": dict(zip(made.agencies, made.weights.tolist(), strict=True)),
        **_told_by_several(made),
    }
    return Worked(tables, facts)


def _hotspots(units: Units, made: JointTest, hidden: Bools) -> dict[str, Any]:
    joint, ids = made.joint, made.test.ids
    hotspots = joint.joined.hotspots
    peaks = np.array([one.peak for one in hotspots], dtype=np.int64)
    at = ids[peaks]
    easting_m, northing_m = (np.where(hidden, np.nan, one) for one in units.points(at))
    wards, districts = units.wards(at), units.districts(at)
    return {
        "id": [one.number for one in hotspots],
        "letter": [letter(one.number) for one in hotspots],
        "peak": at.astype(np.int64),
        "withheld": hidden,
        "name": _unless(hidden, units.names(at)),
        "ward": _unless(hidden, _names(units, "ward", wards)),
        "district": _names(units, "district", districts),
        "code": _unless(hidden, units.codes(at)),
        "units": [
            [] if hide else units.codes(ids[list(one.members)])
            for one, hide in zip(hotspots, hidden.tolist(), strict=True)
        ],
        "count": [one.count for one in hotspots],
        "p": np.array([one.p_min for one in hotspots]),
        "q": np.array([one.q_min for one in hotspots]),
        "alone": _agencies(made, joint.alone > 0, hidden),
        "joined_only": joint.joined_only & ~hidden,
        "in_no_pair": joint.in_no_pair & ~hidden,
        "feeds_alone": _feeds(made, hidden),
        "gone_without": _agencies(made, joint.gone, hidden),
        "evidence": np.where(hidden, np.nan, joint.evidence),
        "easting_m": easting_m,
        "northing_m": northing_m,
    }


def _agencies(made: JointTest, which: Bools, hidden: Bools) -> list[list[str]]:
    """The agencies of each hotspot, `which` bool[agencies, hotspots]; none of one whose place is withheld."""
    return [
        [] if hide else [made.agencies[a] for a in np.flatnonzero(each).tolist()]
        for each, hide in zip(which.T, hidden.tolist(), strict=True)
    ]


def _feeds(made: JointTest, hidden: Bools) -> list[list[str]]:
    """The feeds that see each hotspot by themselves."""
    return [
        [] if hide else [code for code, hot in made.hot_by_feed.items() if hot[list(one.members)].any()]
        for one, hide in zip(made.joint.joined.hotspots, hidden.tolist(), strict=True)
    ]


def _shares(made: JointTest, hidden: Bools) -> Table:
    joint = made.joint
    rows = [
        (h, a) for h in np.flatnonzero(~hidden).tolist() for a in np.argsort(-joint.shares[h], kind="stable").tolist()
    ]  # fmt: skip
    h, a = (np.array([row[place] for row in rows], dtype=np.int64) for place in (0, 1))
    share = joint.shares[h, a]
    return {
        "id": (h + 1).tolist(),
        "letter": [letter(one + 1) for one in h.tolist()],
        "agency": [made.agencies[one] for one in a.tolist()],
        "share": share,
        "of_whole": np.divide(share, joint.evidence[h], out=np.zeros(len(h)), where=joint.evidence[h] > 0),
        "alone": joint.alone[a, h] > 0,
        "gone": joint.gone[a, h],
        "hot_alone": joint.alone[a, h],
        "hot_without": joint.without[a, h],
    }


def _told_by_several(made: JointTest) -> dict[str, int]:
    """Events that more than one agency tells, and how often they are told: what counting each agency would add up."""
    tellers = np.bitwise_count(made.told.tellers)
    return {
        "events_of_several": int(np.count_nonzero(tellers > 1)),
        "tellings_of_several": int(tellers[tellers > 1].sum()),
    }


def _groups(made: JointTest, told: Bools) -> Table:
    """Every group of at least one agency, by the bits of its place: what it still shows of the hotspots `told`."""
    groups = range(1, len(made.joint.stays))
    return {
        "agencies": [[made.agencies[one] for one in members_of(group)] for group in groups],
        "shows": [(np.flatnonzero(made.joint.stays[group] & told) + 1).tolist() for group in groups],
        "concerns": made.joint.unshown[1:],
    }


def _groups_here(groups: Table, kept: set[int]) -> Table:
    return {**groups, "shows": [[one for one in shows if one in kept] for shows in groups["shows"]]}


def _pairs(made: JointTest, told: Bools) -> Table:
    joint: Joint = made.joint
    only = [
        int(np.count_nonzero((joint.pairs[at] > 0) & ~(joint.alone[[a, b]] > 0).any(axis=0) & told))
        for at, (a, b) in enumerate(joint.pair_of)
    ]
    return {
        "agency": [made.agencies[a] for a, _ in joint.pair_of],
        "beside": [made.agencies[b] for _, b in joint.pair_of],
        "hotspots": joint.of_pair,
        "only_together": only,
    }


def _here(asked: Asked, units: Units, rows: Table) -> list[int]:
    """Rows of the places asked about; one that is withheld is listed wherever was asked."""
    peaks = np.asarray(rows["peak"], dtype=np.int64)
    inside = units_inside(asked.within, units, peaks) | np.asarray(rows["withheld"], dtype=np.bool_)
    return np.flatnonzero(inside).tolist()


def _taken(column: Any, places: list[int]) -> Any:
    return column[places] if isinstance(column, np.ndarray) else [column[at] for at in places]


def _unless(hidden: Bools, words: list[str]) -> list[str]:
    return ["" if hide else word for hide, word in zip(hidden.tolist(), words, strict=True)]


def _names(units: Units, level: str, ids: NDArray[np.integer]) -> list[str]:
    names = units.version.areas(level).names
    return [names[number] if number >= 0 else "" for number in ids.tolist()]


def _about(asked: Asked, units: Units, found: Worked, here: list[int]) -> dict[str, object]:
    rows, facts, compared = found.tables["hotspots"], dict(found.facts), compared_with(asked, units)
    concerns = int(np.count_nonzero(rows["withheld"]))
    only = int(np.count_nonzero(np.asarray(rows["joined_only"])[here]))
    weights, tested = facts.pop("weights"), int(facts.pop("units"))
    weighted = asked.question.weighting != "none"
    return asked.about(
        **facts,
        hotspots=len(here) - concerns,
        joined_only=only,
        concerns=concerns,
        withheld=[f"{concerns} of the hotspots are each {ONE_SOURCE}: told without place or agencies."]
        if concerns
        else [],
        q=asked.question.q,
        background=compared.background,
        background_why=compared.why,
        weights=weights if weighted else {},
        weighting=_WEIGHTED
        if weighted
        else "Every event counts once, whoever tells it: no feed is weighted.",
        method=f"{method_words(asked, units, compared)} {METHOD}",
        compared_with=compared_words(units, compared, tested),
        left_out_of_test=left_out_words(asked),
        sentence=_sentence(units, found, here, only),
        within_note="The test is the county's; only what lies in the place asked about is listed."
        if asked.within
        else "",
    )


_WEIGHTED = (
    "Feeds are weighted: an event counts the largest agency's total over its teller's own, in whole numbers up to ten, so "
    "that small feeds are heard. The weights are listed. It asks where agencies agree, not where most happened."
)


def _sentence(units: Units, found: Worked, here: list[int], only: int) -> str:
    if not here:
        return "The joined picture shows no hotspot here."
    agencies = found.tables["agencies"]
    most = max(zip(agencies["lost_without"], agencies["agency"], strict=True), default=(0, ""))
    lost = f" Without {most[1]}, {most[0]} of the county's would go." if most[0] else ""
    many = "1 hotspot" if len(here) == 1 else f"{len(here)} hotspots"
    none = "none of them is" if only == 0 else f"{only} of them {'is' if only == 1 else 'are'}"
    return (
        f"Together the agencies show {many} of {unit_word(units)}s; {none} in no single agency's own picture.{lost} "
        "A share says whose records the evidence rests on, not who works well."
    )
