"""Laws of the synthetic county's sites and records, on whole counties and on villages of several seeds."""

import re
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from trigpoint.core.county.events import STREAMS, noted_twice
from trigpoint.core.county.feeds.academies import became_academy, earlier_urn
from trigpoint.core.county.make import make_geography
from trigpoint.core.county.records import FEEDS, CountyRecords, make_records
from trigpoint.core.county.settings import RHYTHMS, day_rates, holding_half, make_settings, school_term
from trigpoint.core.county.tables import NEVER, Table, british_minute, existing, iso_date, table_of, whole

END = date(2026, 10, 31)
NAMES_OF_PEOPLE = re.compile(
    r"surname|forename|first.?name|last.?name|birth|dob|nhs|pupil.?name|child_name|victim|suspect|caller",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def county() -> CountyRecords:
    return make_records(make_geography(11, "county"), 11, end=END)


@pytest.fixture(scope="module")
def village() -> CountyRecords:
    return make_records(make_geography(5, "village"), 5, end=END)


def monthly(instants: np.ndarray) -> np.ndarray:
    """Rows per calendar month, September 2024 first."""
    month = instants.astype("datetime64[M]").astype(np.int64)
    return np.bincount(month - np.datetime64("2024-09", "M").astype(np.int64), minlength=26)


def test_same_seed_gives_the_same_records_and_another_seed_does_not(village: CountyRecords) -> None:
    geography = make_geography(5, "village")
    again = make_records(geography, 5, end=END)
    other = make_records(geography, 6, end=END)
    for name, feed in village.feeds.items():
        for column, values in feed.table.columns.items():
            np.testing.assert_array_equal(values, again.feeds[name].table.columns[column])
    assert any(village.feeds[name].table.rows != other.feeds[name].table.rows for name in FEEDS)


def test_a_feed_has_a_row_for_each_report_and_none_beyond(village: CountyRecords) -> None:
    reports = village.county.history.reports
    rows = {name: feed.table.rows for name, feed in village.feeds.items()}
    noted_by = {
        "education_concerns": "concern",
        "education_exclusions": "exclusion",
        "youth_sessions": "session",
        "community_safety_asb": "asb",
        "police_crime": "crime",
        "probation_cohorts": "probation",
    }
    for feed, stream in noted_by.items():
        assert rows[feed] == len(reports[stream].event), feed
    assert rows["social_care_missing"] == len(reports["missing"].event)
    assert rows["return_interviews_rhi"] == len(reports["interview"].event)


def test_every_row_lies_within_the_months_asked_for(county: CountyRecords) -> None:
    for feed in county.feeds.values():
        days = feed.filed_at.astype("datetime64[D]")
        assert days.min() >= np.datetime64("2024-09-01")
        assert days.max() <= np.datetime64(END)


def test_half_of_events_lie_on_four_to_six_percent_of_streets(county: CountyRecords) -> None:
    scene, events = county.county.scene, county.county.history.events
    share = holding_half(np.bincount(events.segment, minlength=len(scene.segments.name)))
    assert 0.04 <= share <= 0.06


def test_holding_half_of_known_counts() -> None:
    assert holding_half(np.array([1, 1, 1, 1])) == pytest.approx(0.5)
    assert holding_half(np.array([97, 1, 1, 1])) == pytest.approx(0.25)
    assert holding_half(np.zeros(3)) == 0.0


def test_an_eighth_of_events_stand_in_two_feeds(county: CountyRecords) -> None:
    assert 0.10 <= noted_twice(county.county.history) <= 0.14


def test_a_sixth_of_reports_have_no_place_and_a_third_of_interviews(county: CountyRecords) -> None:
    reports = county.county.history.reports
    placed = np.concatenate([one.placed for one in reports.values()])
    assert 0.15 <= 1 - placed.mean() <= 0.21
    assert 0.32 <= 1 - reports["interview"].placed.mean() <= 0.38


def test_a_report_with_a_place_says_it_in_some_column_and_another_only_vaguely(county: CountyRecords) -> None:
    reports, feeds = county.county.history.reports, county.feeds
    told = {
        "missing": ("social_care_missing", "miss_table_id", "found_location_text", ("found_postcode",)),
        "interview": (
            "return_interviews_rhi",
            "rhi_ref",
            "places_mentioned",
            ("met_at_street", "seen_at_postcode"),
        ),
        "crime": ("police_crime", "crime_ref", "location_text", ("easting", "northing")),
        "incident": ("police_incidents", "incident_no", "location", ("easting", "northing")),
        "intelligence": ("police_intelligence", "log_ref", "location_text", ("e", "n")),
        "session": ("youth_sessions", "session_id", "location_name", ("latitude", "longitude")),
    }
    for stream, (feed, key, text, exact) in told.items():
        columns, said, placed = feeds[feed].table.columns, feeds[feed].said, reports[stream].placed
        exactly = np.any([columns[name] != "" for name in exact], axis=0)
        assert (exactly | (columns[text] != ""))[placed].mean() > 0.99, feed
        in_custody = np.char.endswith(columns[text], "POLICE STATION")
        assert not (exactly & ~placed & ~in_custody).any(), feed
        unplaced = set(columns[key][~placed].tolist())
        meant = {
            kind for row, kind in zip(said.row.tolist(), said.kind.tolist(), strict=True) if row in unplaced
        }
        assert meant <= {"", "town"}, feed


def test_complaints_without_a_place_are_put_at_the_civic_centre_or_nowhere(county: CountyRecords) -> None:
    columns = county.feeds["community_safety_asb"].table.columns
    placed, buildings = county.county.history.reports["asb"].placed, county.county.sites.buildings
    centres = set(whole(buildings.easting_m[buildings.kind == "civic_centre"]).tolist())
    given = columns["easting"][~placed]
    assert set(given.tolist()) <= centres | {""}
    assert 0.2 < (given != "").mean() < 0.5
    assert ((columns["easting"] != "") | (columns["street"] != ""))[placed].all()


def test_monthly_volumes_are_those_of_a_county(county: CountyRecords) -> None:
    feeds, last_year = county.feeds, slice(-12, None)
    assert 300 <= monthly(feeds["social_care_missing"].filed_at)[last_year].mean() <= 450
    assert 750 <= monthly(feeds["community_safety_asb"].filed_at)[last_year].mean() <= 1_150
    flagged = feeds["police_crime"].table.columns["ce_flag"] != ""
    assert 80 <= monthly(feeds["police_crime"].filed_at[flagged])[last_year].mean() <= 150
    assert monthly(feeds["police_crime"].filed_at)[last_year].mean() == pytest.approx(1_600, rel=0.15)


def test_schools_are_all_but_silent_in_august(county: CountyRecords) -> None:
    for feed in ("education_concerns", "education_exclusions"):
        counts = monthly(county.feeds[feed].filed_at)
        august, term = counts[[11, 23]], counts[[1, 13, 2, 14, 5, 9, 21]]
        assert august.max() < 0.3 * term.min(), feed
    concerns = monthly(county.feeds["education_concerns"].filed_at)
    assert 5 <= concerns[[11, 23]].mean() <= 30


def test_few_children_account_for_much_of_missing(county: CountyRecords) -> None:
    history = county.county.history
    child = history.events.child[history.reports["missing"].event]
    episodes = np.sort(np.unique(child, return_counts=True)[1])[::-1]
    top = episodes[: round(len(episodes) * 0.1)].sum() / episodes.sum()
    assert 0.40 <= top <= 0.55
    assert 0.45 <= history.children.in_care[child].mean() <= 0.65


def test_a_person_key_is_invented_and_stands_only_where_it_is_declared(village: CountyRecords) -> None:
    for name, feed in village.feeds.items():
        for column, values in feed.table.columns.items():
            has_key = np.char.startswith(values, "ZZ-")
            if has_key.any():
                assert has_key.all(), (name, column)
                assert column in feed.personal, (name, column)


def test_whoever_goes_missing_has_a_key_at_each_agency_that_gives_one(village: CountyRecords) -> None:
    keyed = {
        name: [c for c, v in feed.table.columns.items() if np.char.startswith(v, "ZZ-").any()]
        for name, feed in village.feeds.items()
    }
    assert keyed["social_care_missing"] == ["miss_person_id"]
    assert keyed["education_exclusions"] == ["UPN"]
    assert keyed["return_interviews_rhi"] == ["child_ref"]
    assert keyed["police_missing"] == ["person_ref"]
    assert keyed["police_crime"] == keyed["community_safety_asb"] == []


def test_one_child_has_one_key_in_an_agency_and_another_in_the_next(county: CountyRecords) -> None:
    history, feeds = county.county.history, county.feeds
    child = history.events.child[history.reports["missing"].event]
    keys = feeds["social_care_missing"].table.columns["miss_person_id"]
    pairs = set(zip(child.tolist(), keys.tolist(), strict=True))
    assert len(pairs) == len(set(child.tolist())) == len(set(keys.tolist()))
    interviewed = history.events.child[history.reports["interview"].event]
    told = dict(pairs)
    others = feeds["return_interviews_rhi"].table.columns["child_ref"].tolist()
    assert all(told.get(c) != key for c, key in zip(interviewed.tolist(), others, strict=True))


def test_every_column_for_a_name_or_a_birthday_is_declared_personal(village: CountyRecords) -> None:
    """`Pupil` and the like must never be kept; what is declared here is what the sentinel search looks for."""
    named = [
        (name, column)
        for name, feed in village.feeds.items()
        for column in feed.table.columns
        if NAMES_OF_PEOPLE.search(column) and column not in feed.personal
    ]
    assert named == []
    declared = sum(len(feed.personal) for feed in village.feeds.values())
    assert declared >= 30


def test_references_are_unique(county: CountyRecords) -> None:
    keys = {
        "social_care_missing": "miss_table_id",
        "youth_sessions": "session_id",
        "return_interviews_rhi": "rhi_ref",
        "community_safety_asb": "asb_ref",
        "police_crime": "crime_ref",
    }
    for feed, column in keys.items():
        values = county.feeds[feed].table.columns[column]
        assert len(np.unique(values)) == len(values), feed


def test_crimes_end_after_they_begin_and_are_reported_after_that(county: CountyRecords) -> None:
    columns = county.feeds["police_crime"].table.columns
    begun, until = columns["committed_from_dt"], columns["committed_to_dt"]
    assert (begun <= until).all()
    assert (
        np.char.add(until, "T00:00")[np.char.str_len(until) == 10]
        <= columns["reported_dt"][np.char.str_len(until) == 10]
    ).all()
    assert (until[np.char.str_len(until) == 16] <= columns["reported_dt"][np.char.str_len(until) == 16]).all()


def test_urns_in_records_are_those_of_the_registers(county: CountyRecords) -> None:
    sites = county.county.sites
    earlier = earlier_urn(sites.schools.urn[became_academy(sites.schools)])
    urns = set(whole(sites.schools.urn).tolist()) | set(whole(earlier).tolist()) | {""}
    for feed in ("education_concerns", "education_exclusions"):
        assert set(county.feeds[feed].table.columns["SchoolURN"].tolist()) <= urns
    placements = set(county.feeds["social_care_missing"].table.columns["placement_urn"].tolist())
    assert placements <= set(sites.homes.urn.tolist()) | {""}


def test_sites_come_in_the_numbers_of_a_county(county: CountyRecords) -> None:
    sites = county.county.sites
    assert 500 <= len(sites.schools.urn) <= 700
    assert np.count_nonzero(sites.homes.kind == "Children's home") == pytest.approx(90, abs=10)
    assert np.count_nonzero(sites.homes.kind == "Supported accommodation") == pytest.approx(30, abs=5)
    for kind, count in {"hotel": 120, "bnb": 80, "takeaway": 900}.items():
        assert np.count_nonzero(sites.premises.kind == kind) == pytest.approx(count, rel=0.1)


def test_after_school_the_bus_corridor_and_at_night_the_high_street(county: CountyRecords) -> None:
    events = county.county.history.events
    minute = (events.at - events.at.astype("datetime64[D]")).astype(np.int64)
    weekday = (events.at.astype("datetime64[D]").astype(np.int64) + 3) % 7
    corridor = events.setting == list(RHYTHMS).index("bus_corridor")
    after_school = (minute >= 15 * 60) & (minute < 17 * 60 + 30)
    assert (after_school & (weekday < 5))[corridor].mean() > 0.9
    assert school_term(events.at[corridor].astype("datetime64[D]")).mean() > 0.9
    high_street = events.setting == list(RHYTHMS).index("high_street")
    late_weekend = high_street & ((weekday == 4) | (weekday == 5)) & (minute >= 20 * 60)
    assert late_weekend.sum() > 0.2 * high_street.sum()


def test_settings_are_distributions(county: CountyRecords) -> None:
    for setting in make_settings(county.county.scene, county.county.sites, np.random.default_rng(0)):
        assert setting.segment_weight.min() >= 0
        assert setting.segment_weight.sum() == pytest.approx(1)
        np.testing.assert_allclose(setting.hour_weight.sum(axis=1), 1)


def test_the_seafront_is_busiest_in_high_summer() -> None:
    days = np.arange(np.datetime64("2025-01-01"), np.datetime64("2026-01-01"))
    rate = day_rates(RHYTHMS["seafront"], days, school_term(days))
    month = days.astype("datetime64[M]").astype(np.int64) % 12
    by_month = np.bincount(month, rate) / np.bincount(month)
    assert set(np.argsort(by_month)[-2:].tolist()) == {6, 7}
    assert by_month[7] > 5 * by_month[0]


def test_every_stream_mixes_known_settings() -> None:
    for stream in STREAMS.values():
        assert set(stream.mix) <= set(RHYTHMS)
        assert 0 <= stream.unplaced <= 1
        assert 0 <= stream.day_only <= 1


def test_columns_of_different_lengths_are_no_table() -> None:
    with pytest.raises(ValueError, match="different lengths"):
        Table({"a": np.array(["1"]), "b": np.array(["1", "2"])})


def test_cells_are_spelt_as_agencies_spell_them() -> None:
    at = np.array(["2026-03-04T21:05", "NaT"], dtype="datetime64[m]")
    assert british_minute(at).tolist() == ["04/03/2026 21:05", ""]
    assert iso_date(at).tolist() == ["2026-03-04", ""]
    assert whole(np.array([1.6, np.nan])).tolist() == ["2", ""]
    assert table_of({"n": np.array([1, 2])}).columns["n"].tolist() == ["1", "2"]


@given(st.integers(min_value=0, max_value=40 * 365 * 1440))
@hypothesis_settings(max_examples=200)
def test_no_clock_shows_the_hour_that_spring_skips(minutes: int) -> None:
    at = np.datetime64("2000-01-01T00:00", "m") + np.timedelta64(minutes, "m")
    shown = existing(np.array([at, NEVER]))
    moment = shown[0].astype(object)
    last_sunday = moment.month == 3 and moment.isoweekday() == 7 and moment.day > 24
    assert not (last_sunday and moment.hour == 1)
    assert np.isnat(shown[1])
    assert shown[0] == at or (
        shown[0] - at <= np.timedelta64(60, "m") and moment.hour == 2 and moment.minute == 0
    )


def test_the_skipped_hour_of_2026_becomes_two_o_clock_and_others_stay() -> None:
    at = np.array(["2026-03-29T01:30", "2026-03-22T01:30", "2026-10-25T01:30"], dtype="datetime64[m]")
    assert existing(at).astype(str).tolist() == ["2026-03-29T02:00", "2026-03-22T01:30", "2026-10-25T01:30"]
