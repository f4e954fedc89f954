"""Whether each planted truth is really there, by little statistics of their own: counts, and tests of scipy.

Each check reads only notes that have a place (what the feeds carry) and what the truth says of itself, and answers yes
or no. Asked of a county in which nothing was planted, it must answer no.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from scipy import stats

from trigpoint.core.county.events import History, Reports
from trigpoint.core.county.model import Areas, Geography
from trigpoint.core.county.scene import Scene
from trigpoint.core.county.settings import school_term
from trigpoint.core.county.sites import Sites
from trigpoint.core.county.tables import Table
from trigpoint.core.county.truths.truth import Truth, Where

SQUARE_M = 500.0
EVERYWHERE = ("missing", "concern", "session", "asb", "crime", "incident", "intelligence", "ae")


@dataclass(frozen=True)
class Told:
    """What a check may read: the county's notes and registers, its ground, and its wards from May 2025."""

    geography: Geography
    scene: Scene
    sites: Sites
    history: History
    closures: Table
    later_wards: Areas

    def notes(self, stream: str) -> Reports:
        notes = self.history.reports[stream]
        return notes.take(notes.placed)

    def near(self, stream: str, where: Where) -> Reports:
        notes = self.notes(stream)
        away = np.hypot(notes.easting_m - where.easting_m, notes.northing_m - where.northing_m)
        return notes.take(away <= where.radius_m)

    def all_near(self, where: Where, streams: tuple[str, ...] = ()) -> Reports:
        return together([self.near(stream, where) for stream in streams or tuple(self.history.reports)])

    def month(self, at: np.ndarray) -> np.ndarray:
        """The month of each instant, the history's first being 1."""
        return (at.astype("datetime64[M]") - self.history.first_day.astype("datetime64[M]")).astype(int) + 1

    def monthly(self, notes: Reports) -> np.ndarray:
        """Notes a month, the first month first."""
        return np.bincount(self.month(notes.at) - 1, minlength=26)


def together(parts: list[Reports]) -> Reports:
    return Reports(*(np.concatenate([getattr(part, name) for part in parts]) for name in Reports.__slots__))


def within(notes: Reports, truth: Truth) -> Reports:
    day = notes.at.astype("datetime64[D]")
    return notes.take((day >= np.datetime64(truth.from_day)) & (day <= np.datetime64(truth.to_day)))


def chance(told: Told, truth: Truth, streams: tuple[str, ...], count: int) -> float:
    """How likely so many would be found somewhere in the county if notes fell evenly over its squares with streets."""
    notes = within(together([told.notes(stream) for stream in streams]), truth)
    segments = told.scene.segments
    squares = len(np.unique(np.column_stack([segments.easting_m, segments.northing_m]) // SQUARE_M, axis=0))
    expected = len(notes.at) / (squares * SQUARE_M**2) * np.pi * truth.where.radius_m**2
    return float(min(1.0, squares * stats.poisson.sf(count - 1, expected)))


def a_joint(told: Told, truth: Truth) -> bool:
    counts = {one: len(within(told.near(one, truth.where), truth).at) for one in EVERYWHERE}
    alone = all(chance(told, truth, (one,), count) > 0.005 for one, count in counts.items())
    few = all(2 <= count <= 4 for count in counts.values())
    return few and alone and chance(told, truth, EVERYWHERE, sum(counts.values())) < 0.02


def b_school(told: Told, truth: Truth) -> bool:
    school = len(within(told.all_near(truth.where, ("concern", "exclusion")), truth).at)
    others = tuple(one for one in told.history.reports if one not in ("concern", "exclusion"))
    return school >= 150 and len(within(told.all_near(truth.where, others), truth).at) == 0


def c_one_child(told: Told, truth: Truth) -> bool:
    episodes = within(told.near("missing", truth.where), truth)
    child = told.history.events.child[episodes.event]
    homes = told.sites.homes.urn[told.history.children.home[child]]
    months = told.monthly(episodes)
    return (
        len(episodes.at) == truth.expected["episodes"]
        and len(np.unique(child)) == 1
        and bool((homes == truth.expected["home_urn"]).all())
        and months.max() >= 20
    )


def d_new(told: Told, truth: Truth) -> bool:
    months = told.monthly(told.all_near(truth.where))
    first = int(truth.expected["first_month"]) - 1
    return months[:first].sum() == 0 and months[first:].min() >= 5 and months[first:].sum() >= 50


def e_displaced(told: Told, truth: Truth) -> bool:
    """The weighted displacement quotient of Bowers and Johnson (2003), the rest of the county being the control."""
    streams = ("crime", "asb", "incident")
    start = np.datetime64(truth.from_day)

    def split(notes: Reports) -> tuple[int, int]:
        return int((notes.at < start).sum()), int((notes.at >= start).sum())

    before, after = split(told.all_near(truth.where, streams))
    beside_before, beside_after = split(told.all_near(truth.others[0], streams))
    control = split(together([told.notes(one) for one in streams]))
    success = after / control[1] - before / control[0]
    if success >= 0 or before < 100:
        return False
    quotient = (beside_after / control[1] - beside_before / control[0]) / success
    return -1.2 < quotient < -0.6 and _registered(told, truth)


def f_regression(told: Told, truth: Truth) -> bool:
    """It fell beyond chance after the closure, no more than comparable places did, and to its usual level."""
    start = int(told.month(np.array([truth.from_day], dtype="datetime64[m]"))[0]) - 1

    def quarters(where: Where) -> tuple[int, int, float]:
        months = told.monthly(told.all_near(where))
        return (
            months[start - 3 : start].sum(),
            months[start : start + 3].sum(),
            months[: start - 3].mean() * 3,
        )

    before, after, usual = quarters(truth.where)
    others = np.array([quarters(where)[:2] for where in truth.others]).sum(axis=0)
    if before < 15 or stats.poisson_means_test(int(before), 1, int(after), 1).pvalue > 0.05:
        return False
    beside = stats.fisher_exact([[before, after], others.tolist()]).pvalue
    return beside > 0.2 and abs(after - usual) <= 3 and _registered(told, truth)


def g_silent(told: Told, truth: Truth) -> bool:
    start, scene = np.datetime64(truth.from_day), told.scene
    district = list(scene.wards.district_code).index(str(truth.expected["district"]))

    def split(stream: str) -> tuple[int, int]:
        notes = told.history.reports[stream]
        ward = scene.segments.ward[told.history.events.segment[notes.event]]
        here = scene.wards.district[ward] == district
        return int((here & (notes.at < start)).sum()), int((here & (notes.at >= start)).sum())

    silent_before, silent_after = split("asb")
    others = np.array([split(stream) for stream in ("crime", "incident")]).sum(axis=0) / np.array([14, 12])
    return silent_before >= 14 * 15 and silent_after == 0 and bool(0.75 < others[1] / others[0] < 1.33)


def h_summer(told: Told, truth: Truth) -> bool:
    notes = told.all_near(truth.where)
    months = told.monthly(notes)
    calendar = (np.arange(26) + int(told.history.first_day.astype("datetime64[M]").astype(int))) % 12 + 1
    high, low = months[np.isin(calendar, (7, 8))], months[np.isin(calendar, (11, 12, 1, 2, 3))]
    return len(notes.at) >= 100 and high.min() >= 10 and high.mean() > 8 * low.mean()


def i_after_school(told: Told, truth: Truth) -> bool:
    notes = together([told.all_near(where) for where in (truth.where, *truth.others)])
    notes = notes.take(~notes.day_only)
    day = notes.at.astype("datetime64[D]")
    minute = (notes.at - day).astype(int)
    inside = school_term(day) & (minute >= 15 * 60 + 15) & (minute <= 17 * 60)
    return len(notes.at) >= 150 and inside.mean() > 0.9


def j_border(told: Told, truth: Truth) -> bool:
    areas = told.geography.districts if truth.expected["boundary"] == "district" else told.geography.wards
    notes = within(told.all_near(truth.where), truth)
    sides = [
        int(
            shapely.contains_xy(
                areas.polygons[areas.names.index(name)], notes.easting_m, notes.northing_m
            ).sum()
        )
        for name in truth.expected["sides"]
    ]
    alone = min(chance(told, truth, EVERYWHERE, side) for side in sides)
    return min(sides) >= 6 and alone > 0.05 and chance(told, truth, EVERYWHERE, sum(sides)) < 0.01


def k_hearsay(told: Told, truth: Truth) -> bool:
    notes = within(told.all_near(truth.where), truth)
    false = np.char.find(notes.grade, "/E/") >= 0
    rest = notes.take(~false)
    origins = np.unique(np.column_stack([rest.easting_m.round(), rest.northing_m.round()]), axis=0)
    return len(notes.at) == 16 and false.sum() == 10 and len(rest.at) == 6 and len(origins) == 2


def l_operation(told: Told, truth: Truth) -> bool:
    """Discoveries come in three ten-day runs, ever more of them; what is reported is as even as chance makes it."""
    notes = told.near("crime", truth.where)
    found = notes.take(notes.kind == "92D")
    reported = told.monthly(notes.take(notes.kind != "92D"))
    day = (
        found.at.astype("datetime64[D]") - found.at.astype("datetime64[M]").astype("datetime64[D]")
    ).astype(int)
    months = told.monthly(found)
    runs = months[months > 0]
    even = reported.sum() > 0 and stats.chisquare(reported).pvalue > 0.05
    rising = len(runs) == 3 and bool((np.diff(runs) > 0).all())
    return even and rising and bool((day < 10).all()) and found.at.size >= 60


def m_boundary(told: Told, truth: Truth) -> bool:
    """The street is even over time; old polygons put it in one ward and the new ones in another."""
    notes = told.all_near(truth.where)
    start = np.datetime64(truth.from_day)
    before, after = int((notes.at < start).sum()), int((notes.at >= start).sum())
    months = told.month(np.array([start.astype("datetime64[m]")]))[0] - 1
    even = stats.binomtest(before, before + after, months / 26).pvalue > 0.05 if before + after else False
    point = shapely.Point(truth.where.easting_m, truth.where.northing_m)
    wards = [
        areas.codes[int(np.flatnonzero(shapely.covers(areas.polygons, point))[0])]
        for areas in (told.geography.wards, told.later_wards)
    ]
    return (
        even
        and before + after >= 140
        and wards == [truth.expected["from_ward"], truth.expected["to_ward_now"]]
    )


def n_code(told: Told, truth: Truth) -> bool:
    notes = told.history.reports["contact"]
    before = notes.at < np.datetime64(truth.from_day)
    shares = [
        [float((notes.theme[part] == code).mean()) for code in ("CSE", "CCE")] for part in (before, ~before)
    ]
    return shares[0][1] == 0 and shares[1][1] > 0.05 and abs(sum(shares[0]) - sum(shares[1])) < 0.03


def o_differencing(told: Told, truth: Truth) -> bool:
    notes, scene = told.history.reports["crime"], told.scene
    of = scene.wards.code[scene.segments.ward[told.history.events.segment[notes.event]]]
    period = notes.take((of == truth.expected["ward"]) & (told.month(notes.at) == truth.expected["month"]))
    first = period.reported_at < np.datetime64(str(truth.expected["known_after"])) + 1
    second = period.reported_at < np.datetime64(str(truth.expected["known_by"])) + 1
    given_away = period.take(second & ~first)
    return bool(first.sum() >= 5 and len(given_away.at) == 2 and (given_away.theme == "CSE").all())


def _registered(told: Told, truth: Truth) -> bool:
    """The register lists the closure, at the place and from the day that the truth tells."""
    columns = told.closures.columns
    row = np.flatnonzero(columns["ref"] == truth.expected["closure"])
    return (
        len(row) == 1
        and columns["start"][row[0]] == truth.from_day.isoformat()
        and abs(float(columns["easting"][row[0]]) - truth.where.easting_m) < 1
    )


CHECKS: Mapping[str, Callable[[Told, Truth], bool]] = {
    "a": a_joint,
    "b": b_school,
    "c": c_one_child,
    "d": d_new,
    "e": e_displaced,
    "f": f_regression,
    "g": g_silent,
    "h": h_summer,
    "i": i_after_school,
    "j": j_border,
    "k": k_hearsay,
    "l": l_operation,
    "m": m_boundary,
    "n": n_code,
    "o": o_differencing,
}
