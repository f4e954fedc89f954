"""Education and youth work: terms, school numbers, odd dates, withheld numbers, sessions in which nothing was seen."""

from datetime import date, datetime

import pytest

from tests.factories.feed_files import BITS, bring_rows, claims_of, feed_row, one
from tests.factories.ingest_files import stored
from trigpoint.ingest.codes import ROLE


@pytest.mark.parametrize("start", ["01/09/2025", "1-Sep-25"])
def test_an_exclusion_is_at_its_school_by_its_number_and_not_by_laestab(home, tmp_path, start):
    record = one(
        bring_rows(tmp_path, "education_exclusions", feed_row("education_exclusions", StartDate=start))
    )
    assert record["occurred_from"] == datetime(2025, 9, 1)
    assert record["theme_mask"] == BITS["exclusion_attendance"] | BITS["weapons"]
    (claim,) = claims_of(record)
    assert (claim["role"], claim["site_class"], claim["site_ref"]) == (ROLE["school"], "school", "900100")


def test_captions_above_the_header_are_passed_over(home, tmp_path):
    from tests.factories.ingest_files import bring, csv_text

    row = feed_row("education_exclusions")
    captions = ["Pupil", "", "School", "", "Exclusion", *[""] * (len(row) - 5)]
    path = tmp_path / "captions.csv"
    path.write_text(csv_text(captions, [list(row), list(row.values())]), encoding="utf-8")
    assert (one(bring("education_exclusions", path)))["category"] == "permanent_exclusion"


def test_a_month_restated_with_a_row_gone_is_what_stands(home, tmp_path):
    rows = [feed_row("education_exclusions", UPN=f"ZZ-{n:06d}") for n in range(20)]
    bring_rows(tmp_path, "education_exclusions", *rows)
    receipt = bring_rows(
        tmp_path, "education_exclusions", *rows[:18], name="restated.csv", extracted_on=date(2026, 12, 1)
    )
    assert (receipt.accepted, receipt.duplicate) == (18, 0)


@pytest.mark.parametrize("removed", ["04/03/2026", "46085", "4-Mar-26", "2026-03-04"])
def test_a_day_may_be_a_spreadsheets_own_number(home, tmp_path, removed):
    row = feed_row("education_cme", removed_from_roll=removed)
    assert one(bring_rows(tmp_path, "education_cme", row))["occurred_from"] == datetime(2026, 3, 4)


def test_a_child_missing_education_is_counted_at_the_ward_and_not_at_the_school(home, tmp_path):
    ward, school = claims_of(one(bring_rows(tmp_path, "education_cme")))
    assert (ward["role"], ward["area_name"], ward["area_level"]) == (ROLE["unknown"], "Marl Quay", 2)
    assert (school["role"], school["site_ref"]) == (ROLE["school"], "900100")


def test_attendance_is_counted_by_school_and_week_and_c_is_not_nought(home, tmp_path):
    rows = [
        feed_row("education_attendance"),
        feed_row("education_attendance", code="N", sessions="c"),
        feed_row("education_attendance", code="U", sessions="x"),
        feed_row("education_attendance", code="PA", sessions="190"),
    ]
    receipt = bring_rows(tmp_path, "education_attendance", *rows, name="attendance.tsv")
    kept = stored(receipt.delivery).to_pylist()
    assert [(row["count"], row["suppressed"]) for row in kept] == [
        (42, False),
        (None, True),
        (None, False),
        (190, False),
    ]
    assert (kept[0]["site_ref"], kept[0]["site_class"]) == ("900100", "school")
    assert (kept[0]["starts"], kept[0]["ends"]) == (date(2026, 3, 2), date(2026, 3, 8))
    assert (kept[0]["category"], kept[3]["category"]) == ("unauthorised_absence", "persistent_absence")


def test_a_week_restated_replaces_that_schools_week(home, tmp_path):
    bring_rows(tmp_path, "education_attendance", name="first.tsv")
    receipt = bring_rows(
        tmp_path, "education_attendance", feed_row("education_attendance", sessions="44"), name="second.tsv"
    )
    assert (receipt.accepted, receipt.duplicate) == (1, 0)


def test_a_concern_is_where_its_words_say_before_its_school(home, tmp_path):
    occurred, school = claims_of(one(bring_rows(tmp_path, "education_concerns")))
    assert occurred["role"] == ROLE["occurred"]
    assert "wording" in occurred
    assert (school["role"], school["site_ref"]) == (ROLE["school"], "900100")


def test_a_school_without_a_number_is_told_by_its_name(home, tmp_path):
    row = feed_row("education_concerns", SchoolURN="", Location_text="")
    (school,) = claims_of(one(bring_rows(tmp_path, "education_concerns", row)))
    assert school["role"] == ROLE["school"]
    assert "wording" in school


@pytest.mark.parametrize(
    ("told", "category"),
    [
        ("Y", "session_with_concern"),
        ("Yes", "session_with_concern"),
        ("1", "session_with_concern"),
        ("N", "session_without_concern"),
        ("No", "session_without_concern"),
        ("", "session_without_concern"),
    ],
)
def test_a_session_in_which_nothing_was_seen_is_kept(home, tmp_path, told, category):
    row = feed_row("youth_sessions", concerns=told, yp_contacts="0", theme_notes="")
    assert one(bring_rows(tmp_path, "youth_sessions", row))["category"] == category


@pytest.mark.parametrize("told", ["2026-03-06", "06/03/2026", "Fri 6th"])
def test_a_day_of_the_week_lies_in_the_week_beside_it(home, tmp_path, told):
    record = one(bring_rows(tmp_path, "youth_sessions", feed_row("youth_sessions", date=told)))
    assert record["occurred_from"] == datetime(2026, 3, 6, 17, 30)


def test_a_session_without_a_position_is_told_by_its_nickname_and_its_patch(home, tmp_path):
    row = feed_row("youth_sessions", latitude="", longitude="")
    (claim,) = claims_of(one(bring_rows(tmp_path, "youth_sessions", row)))
    assert claim["role"] == ROLE["seen_at"]
    assert "wording" in claim
