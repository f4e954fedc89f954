"""Records whose words may mean several places, taken together by what they say."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.worth import Uncertain
from trigpoint.gate.asked import Asked
from trigpoint.gate.hotspot_test import CountyTest, placed_among
from trigpoint.gate.units import Units
from trigpoint.store.claims import fetch_claims, fetch_said
from trigpoint.store.questions import Columns, Selection

__all__ = ["Doubtful", "doubtful_records"]


@dataclass(frozen=True, slots=True, eq=False)
class Doubtful:
    """Groups of records that one agency tells by the same words, in the order of agency and digest."""

    agency: tuple[str, ...]
    digest: tuple[bytes, ...]
    uncertain: Uncertain


def doubtful_records(asked: Asked, units: Units, test: CountyTest) -> Doubtful:
    """The groups of the records that a test takes and that lie in no unit; the test's records have "agency".

    A meaning is a unit tested, its weight the mean over the group's records. What was told in no words is not here.
    """
    records = test.records
    nowhere = records.unit < 0
    number = records.columns["number"][nowhere].astype(np.int64)
    agency = records.columns["agency"][nowhere].astype(np.int64)
    order = np.argsort(number)
    number, agency = number[order], agency[order]
    said, claims = _fetch(asked, units)
    groups = _groups(asked, said, number, agency)
    of_record = {one: at for at, group in enumerate(groups) for one in group[2]}
    return Doubtful(
        tuple(group[0] for group in groups),
        tuple(group[1] for group in groups),
        _uncertain(groups, of_record, claims, placed_among(claims[units.column], units, test.ids)),
    )


_Group = tuple[str, bytes, list[int]]


def _fetch(asked: Asked, units: Units) -> tuple[Columns, Columns]:
    chosen = asked.selection
    known = Selection(known_at=chosen.known_at, without_categories=chosen.without_categories)
    with asked.claims() as cursor:
        claims = fetch_claims(cursor, known, ("number", "weight", units.column), primary=True)
        return fetch_said(cursor, known), claims


def _groups(
    asked: Asked, said: Columns, number: NDArray[np.int64], agency: NDArray[np.int64]
) -> list[_Group]:
    codes = {one.id: one.code for one in asked.version.vocabulary.agencies}
    of = dict(zip(number.tolist(), agency.tolist(), strict=True))
    groups: dict[tuple[str, bytes], list[int]] = {}
    for one, digest in zip(said["number"].tolist(), said["digest"].tolist(), strict=True):
        if one in of:
            groups.setdefault((codes[of[one]], bytes(digest)), []).append(one)
    return [(*key, groups[key]) for key in sorted(groups)]


def _uncertain(
    groups: list[_Group], of_record: dict[int, int], claims: Columns, place: NDArray[np.int64]
) -> Uncertain:
    weights: list[dict[int, float]] = [{} for _ in groups]
    for one, unit, weight in zip(
        claims["number"].tolist(), place.tolist(), claims["weight"].tolist(), strict=True
    ):
        at = of_record.get(one)
        if at is not None and unit >= 0:
            weights[at][unit] = weights[at].get(unit, 0.0) + weight / len(groups[at][2])
    each = [sorted(one.items()) for one in weights]
    return Uncertain(
        np.array([len(group[2]) for group in groups], dtype=np.int64),
        np.cumsum([0, *map(len, each)], dtype=np.int64),
        np.array([unit for one in each for unit, _ in one], dtype=np.int64),
        np.array([weight for one in each for _, weight in one], dtype=np.float64),
    )
