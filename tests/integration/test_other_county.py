"""The second county is one: other names, the sea elsewhere, its files taken whole, and every truth in it to be found."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
import shapely

from benchmarks.other_county.county import PLANTERS, other_county, planted_in
from benchmarks.other_county.ground import other_ground
from trigpoint.core.county.events import History
from trigpoint.core.county.make import make_geography
from trigpoint.core.county.settings import school_term
from trigpoint.core.county.tables import Bools
from trigpoint.core.county.truths.plant import PLANTERS as FIRST
from trigpoint.core.county.truths.plant import Planted
from trigpoint.core.county.truths.truth import Truth, Where
from trigpoint.demo.write import CountyFile, CountyFiles, write_county
from trigpoint.ingest.load import load
from trigpoint.ingest.receipt import NeedsDecision, Receipt

END = date(2026, 10, 31)
SEED = 31
EVERY = ("missing", "concern", "session", "asb", "crime", "incident", "intelligence", "ae")


class Near(NamedTuple):
    """Notes near a place and in a period: their instants, children, codes and grades."""

    at: np.ndarray
    child: np.ndarray
    kind: np.ndarray
    grade: np.ndarray

    def __len__(self) -> int:
        return len(self.at)

    def when(self, chosen: Bools) -> "Near":
        return Near(*(column[chosen] for column in self))


@pytest.fixture(scope="module")
def planted() -> Planted:
    return planted_in(other_ground(SEED, "county"), SEED, end=END)[1]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> CountyFiles:
    folder = tmp_path_factory.mktemp("other")
    return write_county(folder, seed=6, size="village", end=END, make=other_county)


def near(history: History, stream: str, places: tuple[Where, ...], truth: Truth | None = None) -> Near:
    notes, day = history.reports[stream], history.reports[stream].at.astype("datetime64[D]")
    chosen = np.zeros(len(day), dtype=np.bool_)
    for where in places:
        away_m = np.hypot(notes.easting_m - where.easting_m, notes.northing_m - where.northing_m)
        chosen |= away_m <= where.radius_m
    if truth is not None:
        chosen &= (day >= np.datetime64(truth.from_day)) & (day <= np.datetime64(truth.to_day))
    return Near(notes.at, history.events.child[notes.event], notes.kind, notes.grade).when(
        chosen & notes.placed
    )


def joined(history: History, places: tuple[Where, ...], truth: Truth | None = None) -> Near:
    parts = [near(history, stream, places, truth) for stream in EVERY]
    return Near(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def before_and_after(history: History, where: Where, start: date) -> tuple[int, int]:
    at = joined(history, (where,)).at
    return int((at < np.datetime64(start)).sum()), int((at >= np.datetime64(start)).sum())


def joint(history: History, truth: Truth) -> bool:
    counts = [len(near(history, stream, (truth.where,), truth)) for stream in EVERY]
    return max(counts) <= 4 and sum(count >= 2 for count in counts) >= 6 and sum(counts) >= 17


def school(history: History, truth: Truth) -> bool:
    own = [len(near(history, stream, (truth.where,), truth)) for stream in ("concern", "exclusion")]
    return own == [130, 62] and len(joined(history, (truth.where,), truth)) <= 132


def one_child(history: History, truth: Truth) -> bool:
    notes = near(history, "missing", (truth.where,), truth)
    return len(notes) == 40 and len(set(notes.child.tolist())) == 1


def new(history: History, truth: Truth) -> bool:
    before, after = before_and_after(history, truth.where, truth.from_day)
    return before <= 3 and 42 <= after <= 45


def moved(history: History, truth: Truth) -> bool:
    here, there = (before_and_after(history, one, truth.from_day) for one in (truth.where, *truth.others))
    return here[0] > 90 and here[1] < 20 and there[0] < 20 and there[1] > 110


def unmoved(history: History, truth: Truth) -> bool:
    day = np.datetime64(truth.from_day, "M")
    quarters = []
    for where in (truth.where, *truth.others):
        month = (joined(history, (where,)).at.astype("datetime64[M]") - day).astype(int)
        quarters.append([((month >= first) & (month < first + 3)).sum() for first in (-6, -3, 0)])
    return len(quarters) == 5 and all(
        5 <= usual <= 9 and [peak, then] == [22, 7] for usual, peak, then in quarters
    )


def silent(history: History, truth: Truth) -> bool:
    return float(str(truth.expected["a_month_before"])) > 5 and truth.feeds == ("youth_sessions",)


def summer(history: History, truth: Truth) -> bool:
    month = joined(history, (truth.where,)).at.astype("datetime64[M]")
    summers = [(month == np.datetime64(f"{year}-{of}")).sum() for year in (2025, 2026) for of in ("07", "08")]
    return bool(min(summers) >= 12 and sum(summers) > 0.5 * len(month))


def after_school(history: History, truth: Truth) -> bool:
    at = joined(history, (truth.where, *truth.others)).at
    minute = (at - at.astype("datetime64[D]")).astype(int)
    within = school_term(at.astype("datetime64[D]")) & (minute >= 915) & (minute <= 1020)
    return len(at) >= 150 and 0.85 < within.mean() < 1.0


def two_sides(history: History, truth: Truth) -> bool:
    return len(joined(history, (truth.where,), truth)) == 15 and len(truth.others) == 2


def hearsay(history: History, truth: Truth) -> bool:
    grades = near(history, "intelligence", (truth.where,), truth).grade
    copies = [len(near(history, stream, (truth.where,), truth)) for stream in ("session", "concern")]
    return int((np.char.find(grades, "/E/") >= 0).sum()) == 8 and len(grades) == 11 and copies == [3, 3]


def operation(history: History, truth: Truth) -> bool:
    notes = near(history, "crime", (truth.where,))
    found = notes.when(np.isin(notes.kind, ("92D", "10D")))
    months = np.unique(found.at.astype("datetime64[M]"), return_counts=True)[1].tolist()
    return months == [12, 17, 23, 26] and len(notes) - len(found) == 26


def boundary(history: History, truth: Truth) -> bool:
    return (
        7 * 26 <= len(joined(history, (truth.where,))) <= 7 * 28
        and truth.expected["from_ward"] != truth.expected["to_ward"]
    )


def code(history: History, truth: Truth) -> bool:
    told = truth.expected
    both = abs(float(str(told["both_share_before"])) - float(str(told["both_share_after"])))
    return told["cce_share_before"] == 0.0 and both < 0.02


def given_away(history: History, truth: Truth) -> bool:
    notes = near(history, "crime", (truth.where,))
    return (notes.kind == "88A").sum() == 2 and truth.expected["difference"] == 2


PRESENT: Mapping[str, Callable[[History, Truth], bool]] = dict(
    a=joint, b=school, c=one_child, d=new, e=moved, f=unmoved, g=silent, h=summer, i=after_school, j=two_sides,
    k=hearsay, l=operation, m=boundary, n=code, o=given_away,
)  # fmt: skip


@pytest.mark.parametrize("letter", sorted(PRESENT))
def test_every_truth_is_planted(planted: Planted, letter: str) -> None:
    (truth,) = (one for one in planted.truths if one.letter == letter)
    assert PRESENT[letter](planted.history, truth)


def test_it_has_the_fifteen_truths_of_the_first_under_the_same_headings(planted: Planted) -> None:
    assert set(PLANTERS) == set(FIRST)
    assert not planted.unplanted
    assert all(truth.sentence.endswith(".") and truth.expected for truth in planted.truths)


def test_no_youth_session_is_told_of_the_silent_district(planted: Planted) -> None:
    (truth,) = (one for one in planted.truths if one.letter == "g")
    notes, scene = planted.history.reports["session"], planted.scene
    of = scene.wards.district[scene.segments.ward[planted.history.events.segment[notes.event]]]
    here = notes.at[scene.wards.district_code[of] == truth.expected["district"]]
    assert 0 < len(here) == (here < np.datetime64(truth.from_day)).sum()


def test_the_ground_is_another_and_nothing_in_it_has_the_first_county_s_names() -> None:
    first, other = make_geography(SEED, "village"), other_ground(SEED, "village")
    assert not {town.name for town in first.towns} & {town.name for town in other.towns}
    assert not any(first.name in name or first.towns[0].name in name for name in other.streets.names)
    assert shapely.is_valid(other.wards.polygons).all()
    inside = shapely.points(other.wards.easting_m, other.wards.northing_m)
    assert shapely.covers(other.wards.polygons, inside).all()


def test_a_seed_makes_the_same_county_again() -> None:
    (_, one), (_, again) = other_county(6, "village", END), other_county(6, "village", END)
    assert one.truths == again.truths
    for name, feed in one.feeds.items():
        for column, values in feed.table.columns.items():
            np.testing.assert_array_equal(values, again.feeds[name].table.columns[column])


def test_what_is_broken_is_held_and_everything_else_is_taken(
    written: CountyFiles, home: object, at: datetime
) -> None:
    last = {file.definition: file for file in written.files}
    chosen = [file for file in written.files if file.broken or last[file.definition] == file]
    for file in chosen:
        receipt = received(file, at)
        assert (receipt.input, receipt.quarantined) == (file.rows, file.broken), file.path.name


def received(file: CountyFile, at: datetime) -> Receipt:
    def taken(reason: str | None) -> Receipt:
        return load(
            definition=file.definition, path=Path(file.path), by="analyst", at=at, accept_reason=reason,
            received_at=file.received_at, extracted_on=file.extracted_on,
        )  # fmt: skip

    try:
        return taken(None)
    except NeedsDecision:
        return taken("A village sends little.")
