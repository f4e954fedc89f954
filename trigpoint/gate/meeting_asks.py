"""What each rule asks of hotspots: one function a rule, evidence in, questions out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.meeting_questions import Raised
from trigpoint.core.geography.neighbours import Neighbours
from trigpoint.gate.borders import districts_reached
from trigpoint.gate.hot_places import ids_of
from trigpoint.gate.meeting_evidence import Evidence
from trigpoint.gate.meeting_rules import MeetingRule
from trigpoint.gate.questions import DETECTIONS
from trigpoint.gate.units import Units, units_of
from trigpoint.gate.version import Version

__all__ = ["Asking", "districts_told", "of_hotspots"]

ALONE = 0.9
"""An agency whose share of a hotspot is this large tells it alone, whatever a record or two of others say."""
OUR_OWN = 0.5
"""From this share on, what our own work discovered makes a place."""
ONLY_SEASON_P = 0.05
"""A rise that last year's same months explain at this p is a season."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asking:
    """Rules with the words to say them in, and what agencies are called."""

    rules: Mapping[str, MeetingRule]
    agencies: Mapping[str, str]
    districts: Mapping[str, str] = field(default_factory=dict)
    """Codes of districts by their names, their own codes, and the codes of their wards."""

    def raised(
        self,
        rule: str,
        subject: str,
        strength: float,
        *,
        owner: str = "",
        place: str = "",
        evidence: tuple[str, str] = ("", ""),
        told: str = "",
        many: bool = False,
        of: str = "",
        **facts: object,
    ) -> Raised:
        """A question in the rule's words. `owner` is used where the rule names no agency itself; `of` is the name or
        code of its district, or the code of its ward."""
        words = self.rules[rule]
        text = words.many if many and words.many else words.text
        named = words.owner if words.owner in self.agencies else owner
        said = text.format(place=place, **facts)
        held = min(max(strength, 0.0), 1.0)
        return Raised(
            rule, subject, held, said, named, place, evidence, told, self.districts.get(of, "")
        )  # fmt: skip

    def name(self, agency: str) -> str:
        return self.agencies.get(agency, agency)

    def names(self, agencies: list[str]) -> str:
        """Agencies in words: "Police, Education and Social care"."""
        told = [self.name(one) for one in agencies]
        return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}" if told else "nobody"


def districts_told(version: Version) -> dict[str, str]:
    """The code of the district that a name or code of a district, or the code of a ward, means."""
    districts, wards = version.areas("district"), version.areas("ward")
    codes = districts.codes
    of_wards = zip(wards.codes, wards.parent.tolist(), strict=True)
    return {
        **dict(zip(districts.names, codes, strict=True)),
        **dict(zip(codes, codes, strict=True)),
        **{code: codes[at] for code, at in of_wards if at >= 0},
    }


def of_hotspots(found: Evidence, asking: Asking) -> Iterator[Raised]:
    """Every question that hotspots raise. A place that may not be told is asked about without it."""
    answer = found.hotspots
    if answer is None:
        return
    every = Evidence.rows_of(answer.parts["hotspots"])
    query = _query(answer)
    told = [row for row in every if row["code"]]
    shares = _shares(found)
    most = {code: agency for code, (agency, _) in shares.items()}
    yield from _one_source(len(every) - len(told), asking, query)
    for row in told:
        owner = most.get(row["code"], "")
        yield from _of_one(row, owner, shares, asking, query)
        yield from _across(found, row, asking, owner, query)
    yield from _joined_only(found, asking, most)
    yield from _new(found, asking, most)
    yield from _gaps(found, asking, most)
    yield from _found_by_us(found, asking, most)


def _of_one(
    row: Row, owner: str, shares: Mapping[str, tuple[str, float]], asking: Asking, query: tuple[str, str]
) -> Iterator[Raised]:
    place, code = _place(row), str(row["code"])
    about: dict[str, Any] = {"owner": owner, "place": place, "of": row["district"], "evidence": query}
    if row["verdict"] == "cannot tell":
        yield asking.raised(
            "one_or_many",
            code,
            0.8,
            told=row["people"],
            **about,
        )
    if len(row["agencies"]) == 1:
        only = row["agencies"][0]
        told = f"All {row['count']:,} records tested are told by {asking.name(only)}."
        yield asking.raised(
            "one_agency", code, 1.0, agency=asking.name(only), told=told, **{**about, "owner": only}
        )


def _found_by_us(found: Evidence, asking: Asking, most: Mapping[str, str]) -> Iterator[Raised]:
    """Places that are hot only with what our own work discovered: of these at least half of what is recorded."""
    level = found.at_level()
    answer = found.put("hotspots", key="with what we discovered", detections=DETECTIONS, **level)
    if answer is None or found.asked.question.detections:
        return
    for row in Evidence.rows_of(answer.parts["hotspots"]):
        ways = row["reported"] + row["discovered"] + row["referral"] + row["unknown"]
        share = row["discovered"] / ways if ways else 0.0
        if row["code"] and share >= OUR_OWN:
            yield asking.raised(
                "found_by_us", str(row["code"]), share, owner=most.get(row["code"], (row["agencies"] or [""])[0]),
                place=_place(row), of=row["district"], evidence=_query(answer), share=f"{share:.0%}",
                told=f"{row['discovered']:,} of {ways:,} discovered by our own work; the usual test leaves them out.",
            )  # fmt: skip


def _across(
    found: Evidence, row: Row, asking: Asking, owner: str, query: tuple[str, str]
) -> Iterator[Raised]:
    units = units_of(found.asked)
    ids = ids_of(units, row["units"])
    ids = np.union1d(ids, _busy_beside(found, units, ids))
    districts = districts_reached(units, ids)
    if len(districts) > 1:
        names = [found.asked.version.areas("district").names[one] for one in districts]
        yield asking.raised(
            "across_a_border", str(row["code"]), 0.9, owner=owner, place=_place(row), of=row["district"], evidence=query,
            districts=" and ".join(names), told=f"{len(row['units'])} of its units, in {len(districts)} districts",
        )  # fmt: skip


def _busy_beside(found: Evidence, units: Units, ids: NDArray[np.integer]) -> NDArray[np.integer]:
    """Units that touch a hotspot's and hold records tested: a border does not end what goes on there."""
    answer = found.hotspots
    if answer is None or (units.level == "street" and units.version.streets.anchors):
        return ids[:0]
    near = _touching(units)
    beside = np.unique(np.concatenate([near.indices[near.indptr[one] : near.indptr[one + 1]] for one in ids]))
    counts = dict(zip(answer.columns["code"], answer.columns["count"], strict=True))
    busy = [counts.get(code, 0) > 0 for code in units.codes(beside)]
    return np.asarray(beside[np.array(busy, dtype=bool)])


def _touching(units: Units) -> Neighbours:
    if units.resolution is not None:
        return units.version.cell_neighbours(units.resolution)
    if units.level == "street":
        return units.version.street_neighbours()
    return units.version.area_neighbours(units.level)


def _one_source(concerns: int, asking: Asking, query: tuple[str, str]) -> Iterator[Raised]:
    if concerns:
        told = "Told without a place: one source makes too much of it."
        yield asking.raised(
            "one_source", "one source", 1.0, n=concerns, many=concerns > 1, evidence=query, told=told
        )


def _joined_only(found: Evidence, asking: Asking, most: Mapping[str, str]) -> Iterator[Raised]:
    answer = found.joint
    if answer is None:
        return
    shares = Evidence.rows_of(answer.parts["shares"])
    for row in Evidence.rows_of(answer.columns):
        if not (row["joined_only"] and row["code"]):
            continue
        tellers = [one["agency"] for one in shares if one["id"] == row["id"] and one["of_whole"] > 0]
        yield asking.raised(
            "joined_only", str(row["code"]), 0.95, owner=most.get(row["code"], ""), place=_place(row), of=row["district"],
            evidence=_query(answer), agencies=asking.names(tellers),
            told=f"{row['count']:,} records of {len(tellers)} agencies",
        )  # fmt: skip


def _new(found: Evidence, asking: Asking, most: Mapping[str, str]) -> Iterator[Raised]:
    level = {key: value for key, value in found.at_level().items() if key != "background"}
    answer = found.put("emerging", period_from=None, period_to=found.asked.question.period_to, **level)
    if answer is None:
        return
    for row in Evidence.rows_of(answer.parts["rising"]):
        if not row["code"]:
            continue
        seasonal = row["season_p"] is not None and row["season_p"] > ONLY_SEASON_P
        rule = "the_season" if seasonal else "new_hotspot"
        yield asking.raised(
            rule, str(row["code"]), 0.9, owner=most.get(row["code"], ""), place=_place(row), of=row["district"],
            evidence=_query(answer), since=row["rise_since"], told=str(row["sentence"]),
        )  # fmt: skip


def _gaps(found: Evidence, asking: Asking, most: Mapping[str, str]) -> Iterator[Raised]:
    answer = found.gaps
    if answer is None:
        return
    distance = answer.about["radius_m"]
    for row in Evidence.rows_of(answer.columns):
        code = str(row["code"])
        if row["gap"] and not row["by_ward"]:
            yield asking.raised(
                "nothing_in_place", code, 0.9, owner=most.get(code, ""), place=_place(row), of=row["district"],
                evidence=_query(answer), distance=distance,
                told="No notice in force near it, and none told only by its ward.",
            )  # fmt: skip


def _shares(found: Evidence) -> dict[str, tuple[str, float]]:
    """The agency that makes most of each hotspot, by its code, and its share of the whole."""
    answer = found.joint
    if answer is None:
        return {}
    shares = Evidence.rows_of(answer.parts["shares"])
    best: dict[str, tuple[str, float]] = {}
    for row in Evidence.rows_of(answer.columns):
        of_it = [one for one in shares if one["id"] == row["id"]]
        if of_it and row["code"]:
            top = max(of_it, key=lambda one: (one["of_whole"], one["agency"]))
            best[row["code"]] = top["agency"], float(top["of_whole"])
    return best


def _place(row: Row) -> str:
    return (
        f"{row['name']}, {row['ward'] or row['district']}"
        if row["ward"] or row["district"]
        else str(row["name"])
    )


def _query(answer: Any) -> tuple[str, str]:
    return answer.kind, _words(answer.about["filters"])


def _words(filters: Mapping[str, Any]) -> str:
    return urlencode(filters, doseq=True)
