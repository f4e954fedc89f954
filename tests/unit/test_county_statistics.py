"""The generated county's statistics lie in the ranges that its design estimates, for two seeds."""

from datetime import date

import numpy as np
import pytest
from scipy import stats

from trigpoint.core.county.events import STREAMS, History, noted_twice, unplaced_share
from trigpoint.core.county.feeds.wording import County
from trigpoint.core.county.make import make_geography
from trigpoint.core.county.records import make_county, make_planted
from trigpoint.core.county.settings import holding_half, school_term

END = date(2026, 10, 31)
MONTHLY = {
    "missing": (300, 450),
    "concern": (90, 190),
    "exclusion": (60, 160),
    "session": (140, 200),
    "asb": (850, 1_150),
    "crime": (1_400, 1_800),
    "probation": (50, 80),
    "incident": (900, 1_150),
    "intelligence": (180, 240),
    "ae": (50, 70),
    "btp": (50, 70),
    "contact": (400, 540),
    "cme": (20, 50),
    "interview": (180, 270),
}
"""Least and most notes a month in the last year, its own and those of other agencies' happenings."""


@pytest.fixture(scope="module", params=[1, 4])
def county(request: pytest.FixtureRequest) -> County:
    geography = make_geography(request.param, "county")
    return make_planted(geography, make_county(geography, request.param, end=END), request.param)[0]


@pytest.fixture(scope="module")
def history(county: County) -> History:
    return county.history


def last_year(history: History, stream: str) -> np.ndarray:
    at = history.reports[stream].at
    return at[at >= (np.datetime64("2025-11-01"))]


def late_days(history: History, stream: str) -> np.ndarray:
    notes = history.reports[stream]
    return (notes.reported_at - notes.at).astype(float) / 1440


@pytest.mark.parametrize("stream", sorted(MONTHLY))
def test_a_feed_has_its_volume(history: History, stream: str) -> None:
    least, most = MONTHLY[stream]
    assert least <= len(last_year(history, stream)) / 12 <= most


def test_every_stream_has_a_volume_to_be_held_to() -> None:
    assert set(MONTHLY) == {*STREAMS, "interview"}


def test_few_streets_hold_half_of_everything(county: County) -> None:
    count = len(county.scene.segments.name)
    events = np.bincount(county.history.events.segment, minlength=count)
    assert 0.04 <= holding_half(events) <= 0.06


def test_concentration_is_beyond_what_chance_makes(county: County) -> None:
    """The generalised Gini of Bernasco and Steenbeek (2017), against streets of equal chance."""

    def gini(counts: np.ndarray) -> float:
        ordered = np.sort(counts)
        rank = np.arange(1, len(counts) + 1)
        plain = 2 * (rank * ordered).sum() / (len(counts) * ordered.sum()) - (len(counts) + 1) / len(counts)
        return max(len(counts) / ordered.sum(), 1) * (plain - 1) + 1

    count = len(county.scene.segments.name)
    events = np.bincount(county.history.events.segment, minlength=count)
    even = np.random.default_rng(0).multinomial(events.sum(), np.full(count, 1 / count))
    assert gini(events) > 0.6 > 3 * gini(even) / 2


def test_a_tenth_of_the_children_have_half_the_episodes(history: History) -> None:
    child = history.events.child[history.reports["missing"].event]
    episodes = np.sort(np.unique(child, return_counts=True)[1])[::-1]
    assert 0.46 <= episodes[: round(len(episodes) / 10)].sum() / episodes.sum() <= 0.55
    assert (episodes == 1).mean() > 0.25


def test_some_hundred_and_fifty_children_go_missing_in_a_month(history: History) -> None:
    notes = history.reports["missing"]
    month = notes.at.astype("datetime64[M]")
    children = [len(np.unique(history.events.child[notes.event[month == one]])) for one in np.unique(month)]
    assert 135 <= np.mean(children) <= 175


def test_more_than_half_of_missing_is_from_care(history: History) -> None:
    child = history.events.child[history.reports["missing"].event]
    assert 0.50 <= history.children.in_care[child].mean() <= 0.60


def test_one_home_has_twenty_episodes_in_a_month(history: History) -> None:
    notes = history.reports["missing"]
    home = history.children.home[history.events.child[notes.event]]
    month = notes.at.astype("datetime64[M]").astype(int)
    placed = home >= 0
    counts = np.unique(np.column_stack([home[placed], month[placed]]), axis=0, return_counts=True)[1]
    assert counts.max() >= 20


def test_an_eighth_of_what_happens_is_noted_by_two(history: History) -> None:
    assert 0.10 <= noted_twice(history) <= 0.14


def test_a_sixth_of_notes_have_no_place_and_a_third_of_interviews(history: History) -> None:
    assert 0.15 <= unplaced_share(history) <= 0.21
    assert 0.32 <= 1 - history.reports["interview"].placed.mean() <= 0.38


def test_intelligence_is_graded_as_estimated(history: History) -> None:
    grade = history.reports["intelligence"].grade
    assert (grade == "2/C/P").mean() == pytest.approx(0.55, abs=0.03)
    assert (np.char.find(grade, "/E/") > 0).mean() == pytest.approx(0.03, abs=0.015)
    assert np.char.endswith(grade, "/P").mean() == pytest.approx(0.70, abs=0.03)
    for stream, notes in history.reports.items():
        assert stream == "intelligence" or (notes.grade == "").all(), stream


def test_a_fifth_of_flags_come_a_month_late_or_more(history: History) -> None:
    notes = history.reports["crime"]
    days = (notes.flagged_at - notes.reported_at).astype(float) / 1440
    assert (days >= 30).mean() == pytest.approx(0.20, abs=0.02)
    assert ((days == 0) | (days >= 29.9)).all()
    assert days.max() <= 121


def test_agencies_are_as_quick_as_their_way_of_working(history: History) -> None:
    median = {stream: float(np.median(late_days(history, stream))) for stream in MONTHLY}
    assert median["incident"] < 0.05
    assert median["asb"] < 0.5
    assert 0.1 < median["crime"] < 1
    assert 1.5 < median["intelligence"] < 4
    assert 5 < median["cme"] < 16
    assert median["interview"] > 1.5
    assert 0.02 <= (late_days(history, "intelligence") >= 29).mean() <= 0.08


def test_evenings_and_weekends_are_busier_out_of_doors(history: History) -> None:
    at = last_year(history, "asb")
    day = at.astype("datetime64[D]")
    hour = (at - day).astype(int) // 60
    weekday = (day.astype(int) + 3) % 7
    assert 0.5 < ((hour >= 17) & (hour < 24)).mean() < 0.8
    assert ((hour >= 3) & (hour < 7)).mean() < 0.05
    counts = np.bincount(weekday, minlength=7)
    assert counts[4:6].mean() > 1.15 * counts[:4].mean()
    assert stats.chisquare(counts).pvalue < 1e-6


def test_schools_write_on_school_days(history: History) -> None:
    notes = history.reports["concern"]
    own = notes.take(notes.own)
    assert school_term(own.at.astype("datetime64[D]")).mean() > 0.9
    august = own.at.astype("datetime64[M]") == np.datetime64("2025-08")
    assert august.sum() < 30


def test_railway_police_note_what_happens_by_stations(county: County) -> None:
    notes, stations = county.history.reports["btp"], county.scene.stations
    gaps = np.hypot(
        notes.easting_m[:, None] - stations.easting_m, notes.northing_m[:, None] - stations.northing_m
    ).min(axis=1)
    assert (gaps < 500).mean() > 0.95


def test_most_notes_are_near_what_they_are_of(history: History) -> None:
    """Another agency's point is some metres off, its own is where it happened."""
    for stream, notes in history.reports.items():
        off_m = np.hypot(
            notes.easting_m - history.events.easting_m[notes.event],
            notes.northing_m - history.events.northing_m[notes.event],
        )
        assert off_m.max() <= 25.001, stream
        assert (off_m[notes.own] == 0).all(), stream
