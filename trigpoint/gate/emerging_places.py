"""Units that touch and are hot, or rising, as places with a name, a history and what stands behind them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.emerging import CATEGORIES, HOT_CATEGORIES
from trigpoint.core.analysis.onset import Onset, find_onsets
from trigpoint.core.analysis.patches import touching_alike
from trigpoint.core.disclosure.people import Judged, People, Verdict
from trigpoint.gate.answers import Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.emerging_test import STEPS_A_YEAR, CountyHistory, step_words
from trigpoint.gate.hotspot_evidence import people_behind, people_words
from trigpoint.gate.units import Units

__all__ = ["Places", "hot_now", "place_series", "place_table", "rising"]

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SEASON_FROM = 0.05
"""A rise that is no more than this unlikely beside the same steps of the year before may be a season."""
VERDICTS = {Verdict.MANY: "many", Verdict.FEW: "few", Verdict.CANNOT_TELL: "cannot tell"}


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """h places, strongest first: `members` positions among the units tested, `peak` the fullest, `counts` int64[h, m].

    `onset` is of the places' own records. `people` and `judged` are of all their records, `lately` of those since they
    rose or became hot: a place is `withheld` bool[h] if either is too few.
    """

    members: tuple[Ints, ...]
    peak: Ints
    counts: Ints
    onset: Onset
    people: People
    judged: Judged
    lately: Judged
    withheld: Bools
    units: int

    @property
    def hides(self) -> Bools:
        """Which units lie in a place that is withheld, bool[units tested]."""
        hidden = np.zeros(self.units, dtype=bool)
        for members, withheld in zip(self.members, self.withheld.tolist(), strict=True):
            hidden[members] |= withheld
        return hidden

    def told(self, inside: Bools) -> list[int]:
        """The places listed where these units are asked about: those that peak in them, and those told without place."""
        return [at for at, peak in enumerate(self.peak.tolist()) if inside[peak] or self.withheld[at]]


def hot_now(county: CountyHistory, units: Units) -> Places:
    """Units of a hot category that touch: those new first, then by the pattern of the peak, then by the records."""
    category = county.result.category
    hot = np.isin(category, HOT_CATEGORIES)
    groups = touching_alike(hot.astype(np.int64), units.neighbours(county.ids))
    found = sorted(
        groups, key=lambda one: (int(category[_peak(county, one)]), -int(county.counts[one].sum()))
    )
    return _places(county, tuple(found), county.result.since)


def rising(county: CountyHistory, units: Units, rate: float) -> Places:
    """Units that touch and have more lately than their own past and the county's steps would give, least likely first."""
    rises = np.nan_to_num(county.onset.q, nan=1.0) <= rate
    groups = touching_alike(rises.astype(np.int64), units.neighbours(county.ids))
    found = sorted(groups, key=lambda one: (float(county.onset.p[one].min()), int(one[0])))
    return _places(county, tuple(found), county.onset.since)


def _peak(county: CountyHistory, members: Ints) -> int:
    held = county.counts[members]
    return int(members[np.lexsort((members, -held.sum(axis=1), -held[:, -1]))[0]])


def _places(county: CountyHistory, members: tuple[Ints, ...], since: NDArray[np.int32]) -> Places:
    peak = np.array([_peak(county, one) for one in members], dtype=np.int64)
    counts = np.array([county.counts[one].sum(axis=0) for one in members], dtype=np.int64)
    counts = counts.reshape(len(members), county.counts.shape[1])
    number = np.zeros(len(county.ids), dtype=np.int64)
    for place, one in enumerate(members, start=1):
        number[one] = place
    of_record = county.place_of_record(number)
    people, judged = people_behind(county.records, of_record, len(members))
    starts = np.append(
        0, np.maximum([int(since[one][since[one] >= 0].min(initial=2**31 - 1)) for one in members], 0)
    )
    starts[starts == 2**31 - 1] = 0
    recent = np.where(county.step >= starts[of_record], of_record, 0)
    _, lately = people_behind(county.records, recent, len(members))
    return Places(
        members=members,
        peak=peak,
        counts=counts,
        onset=find_onsets(counts, county.counts.sum(axis=0), steps_a_year=_a_year(county)),
        people=people,
        judged=judged,
        lately=lately,
        withheld=judged.withheld | lately.withheld,
        units=len(county.ids),
    )


def _a_year(county: CountyHistory) -> int:
    days = (county.edges[1] - county.edges[0]).days
    return STEPS_A_YEAR["week" if days == 7 else "month" if days < 40 else "quarter"]


def place_table(
    asked: Asked, county: CountyHistory, units: Units, places: Places, told: list[int], withheld: Bools
) -> Table:
    """One row a place; one that is withheld has no name, code, ward, units, category, months or coordinates."""
    words = [*step_words(county.edges, asked.question.step), ""]
    result, peaks = county.result, places.peak[told]
    ids = county.ids[peaks]
    onset = places.onset
    new = np.nan_to_num(onset.q, nan=1.0) <= asked.question.q
    table: dict[str, list[Any]] = {
        "id": [one + 1 for one in told],
        "category": [CATEGORIES[one] for one in result.category[peaks].tolist()],
        "name": units.names(ids),
        "ward": _names(units, "ward", units.wards(ids)),
        "district": _names(units, "district", units.districts(ids)),
        "code": units.codes(ids),
        "units": [
            units.codes(county.ids[one[~withheld[one]]]) for one in (places.members[at] for at in told)
        ],
        "count": places.counts[told].sum(axis=1).tolist(),
        "last": places.counts[told, -1].tolist(),
        "since": [words[one] for one in result.since[peaks].tolist()],
        "first_hot": [words[one] for one in result.first_hot[peaks].tolist()],
        "rise_since": [words[int(onset.since[at])] if new[at] else "" for at in told],
        "rise_observed": onset.observed[told].tolist(),
        "rise_expected": onset.expected[told].tolist(),
        "rise_before": onset.before[told].tolist(),
        "rise_p": onset.p[told].tolist(),
        "season_p": onset.season_p[told].tolist(),
        "easting_m": units.points(ids)[0].tolist(),
        "northing_m": units.points(ids)[1].tolist(),
        "sentence": [_sentence(onset, at, bool(new[at]), words) for at in told],
    }
    hidden = places.withheld[told].tolist()
    for name, column in table.items():
        if name in _BLANK:
            table[name] = [
                _BLANK[name] if hide else value for hide, value in zip(hidden, column, strict=True)
            ]
    verdict = np.where(places.lately.withheld, places.lately.verdict, places.judged.verdict)
    table["verdict"] = [VERDICTS[Verdict(int(verdict[at]))] for at in told]
    behind = people_words(places.people, places.judged)
    later = people_words(places.people, places.lately)
    table["people"] = [later[at] if places.lately.withheld[at] else behind[at] for at in told]
    floats = ("rise_expected", "rise_p", "season_p", "easting_m", "northing_m")
    return {
        name: np.array(column, dtype=np.float64) if name in floats else column
        for name, column in table.items()
    }


_BLANK: dict[str, Any] = {
    "category": "", "name": "", "ward": "", "code": "", "units": [], "count": None, "last": None, "since": "",
    "first_hot": "", "rise_since": "", "rise_observed": None, "rise_expected": np.nan, "rise_before": None,
    "rise_p": np.nan, "season_p": np.nan, "easting_m": np.nan, "northing_m": np.nan, "sentence": "",
}  # fmt: skip


def place_series(asked: Asked, county: CountyHistory, parts: dict[str, tuple[Places, list[int]]]) -> Table:
    """part, id, step, count and hot (the peak's bin) of every place told with its place, every step."""
    words = step_words(county.edges, asked.question.step)
    table: dict[str, list[Any]] = {"part": [], "id": [], "step": [], "count": [], "hot": []}
    for part, (places, told) in parts.items():
        for at in told:
            if places.withheld[at]:
                continue
            table["part"] += [part] * len(words)
            table["id"] += [at + 1] * len(words)
            table["step"] += words
            table["count"] += places.counts[at].tolist()
            table["hot"] += county.result.cube.hot[places.peak[at]].tolist()
    return table


def _sentence(onset: Onset, at: int, new: bool, words: list[str]) -> str:
    if not new:
        return "No more lately than its own past and the county's months would give."
    told = (
        f"More since {words[int(onset.since[at])]}: {int(onset.observed[at])} since then, where "
        f"{onset.expected[at]:.0f} would be its share of all its records, these among them, had they come as the "
        "county's did."
    )
    if onset.season_p[at] > SEASON_FROM:
        told += f" It may be a season: {int(onset.year_before[at])} in the same months of the year before."
    return told


def _names(units: Units, level: str, ids: NDArray[np.integer]) -> list[str]:
    names = units.version.areas(level).names
    return [names[number] if number >= 0 else "" for number in ids.tolist()]
