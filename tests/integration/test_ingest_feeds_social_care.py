"""Children's social care, return interviews and the board: what their systems write, and what becomes of it."""

from datetime import date, datetime

import pytest

from tests.factories.feed_files import BITS, bring_rows, claims_of, feed_row, one
from tests.factories.ingest_files import put_aside, stored
from trigpoint.ingest.codes import HANDLING, PRECISION, ROLE


@pytest.mark.parametrize("end", ["31/12/9999", "9999-12-31", "9999-12-31 00:00:00.000", ""])
def test_an_episode_that_is_open_ends_where_it_begins(home, tmp_path, end):
    row = feed_row("social_care_missing", miss_missing_episode_end_date=end)
    record = one(bring_rows(tmp_path, "social_care_missing", row))
    assert record["occurred_to"] == record["occurred_from"] == datetime(2026, 3, 4, 21, 15)


def test_midnight_in_the_case_system_is_a_day_without_an_hour(home, tmp_path):
    row = feed_row("social_care_missing", miss_missing_episode_start_date="2026-03-04 00:00:00.000")
    assert one(bring_rows(tmp_path, "social_care_missing", row))["time_precision"] == PRECISION["day"]


def test_missing_and_away_without_authorisation_are_two_things(home, tmp_path):
    away = feed_row("social_care_missing", miss_table_id="M2", miss_missing_episode_type="A")
    receipt = bring_rows(tmp_path, "social_care_missing", feed_row("social_care_missing"), away)
    assert stored(receipt.delivery)["category"].to_pylist() == [
        "missing_from_care",
        "away_without_authorisation",
    ]


def test_an_amended_episode_replaces_itself_and_a_closed_one_is_no_second(home, tmp_path):
    bring_rows(tmp_path, "social_care_missing")
    closed = feed_row("social_care_missing", miss_missing_episode_end_date="2026-03-05 03:00:00.000")
    receipt = bring_rows(tmp_path, "social_care_missing", closed, name="again.csv")
    assert (receipt.accepted, receipt.duplicate) == (1, 0)


def test_a_contact_says_who_told_and_keeps_a_home_at_no_point(home, tmp_path):
    record = one(
        bring_rows(
            tmp_path, "social_care_contacts", feed_row("social_care_contacts", home_postcode="ZA1 2BC")
        )
    )
    assert record["category"] == "contact_from_education"
    assert record["theme_mask"] == BITS["cse"]
    assert claims_of(record) == []


def test_sibling_contacts_stay_as_many_as_they_are(home, tmp_path):
    sibling = feed_row("social_care_contacts", cont_contact_id="C2", cont_person_id="ZZ-000002")
    receipt = bring_rows(tmp_path, "social_care_contacts", feed_row("social_care_contacts"), sibling)
    assert receipt.accepted == 2


def test_an_assessments_factors_are_several_themes_and_no_two_are_merged(home, tmp_path):
    record = one(bring_rows(tmp_path, "social_care_assessment_factors"))
    assert record["category"] == "assessment_extra_familial"
    assert record["theme_mask"] == BITS["missing"] | BITS["hsb"] | BITS["cce"]


@pytest.mark.parametrize(
    ("factors", "themes"),
    [('["11A"]', {"cse"}), ('["24A"]', {"cce"}), ('["13A", "12A"]', {"gangs_syv", "trafficking_nrm"})],
)
def test_each_factor_is_its_own_theme(home, tmp_path, factors, themes):
    row = feed_row("social_care_assessment_factors", cinf_assessment_factors_json=factors)
    record = one(bring_rows(tmp_path, "social_care_assessment_factors", row))
    assert record["theme_mask"] == sum(BITS[theme] for theme in themes)


def test_of_placements_only_the_homes_are_kept_once_each_and_no_foster_carer(home, tmp_path):
    rows = [
        feed_row("social_care_placements"),
        feed_row("social_care_placements", clap_cla_placement_id="P2"),
        feed_row(
            "social_care_placements", clap_cla_placement_id="P3", clap_cla_placement_type="U1",
            clap_cla_placement_urn="", clap_cla_placement_postcode="ZA9 9ZZ",
        ),
        feed_row(
            "social_care_placements", clap_cla_placement_id="P4", clap_cla_placement_type="H5",
            clap_cla_placement_urn="2700001", clap_cla_placement_postcode="ZA3 4BC",
        ),
    ]  # fmt: skip
    receipt = bring_rows(tmp_path, "social_care_placements", *rows)
    assert (receipt.input, receipt.accepted, receipt.quarantined) == (4, 4, 0)
    kept = stored(receipt.delivery)
    assert kept["class"].to_pylist() == ["childrens_home", "other", "other", "supported_accommodation"]
    assert kept["postcode"].to_pylist() == ["ZA12BC", None, None, "ZA34BC"]
    assert kept["restricted"].to_pylist() == [True] * 4
    assert "ZA99ZZ" not in str(kept.to_pylist())


def test_an_interviews_places_are_several_claims_each_in_the_childs_words(home, tmp_path):
    record = one(
        bring_rows(
            tmp_path,
            "return_interviews_rhi",
            feed_row("return_interviews_rhi", places_mentioned="the Rec\nup London"),
        )
    )
    roles = [claim["role"] for claim in claims_of(record)]
    assert roles == [ROLE["met_at"], ROLE["seen_at"], ROLE["unknown"], ROLE["unknown"]]
    assert all("wording" in claim for claim in claims_of(record)[2:])
    assert "the Rec" not in str(record)


@pytest.mark.parametrize(
    ("shared", "handling"),
    [("Y", "p"), ("Yes", "p"), ("N", "c"), ("consent withheld", "c"), ("ask first", "c"), ("", "c")],
)
def test_what_a_child_did_not_agree_to_share_has_a_condition(home, tmp_path, shared, handling):
    row = feed_row("return_interviews_rhi", info_shared_with_police=shared)
    assert one(bring_rows(tmp_path, "return_interviews_rhi", row))["handling"] == HANDLING[handling]


@pytest.mark.parametrize("harm", ["CSE;CL", "CSE\nCL", "CSE; CL"])
def test_several_harms_in_one_cell_are_several_themes(home, tmp_path, harm):
    row = feed_row("return_interviews_rhi", harm_disclosed=harm)
    record = one(bring_rows(tmp_path, "return_interviews_rhi", row))
    assert record["theme_mask"] == BITS["missing"] | BITS["cse"] | BITS["county_lines"]


@pytest.mark.parametrize(
    ("completed", "in_time", "declined", "category"),
    [
        ("06/03/2026", "Y", "", "interview_in_time"),
        ("12/03/2026", "N", "", "interview_completed"),
        ("", "N", "declined", "interview_declined"),
        ("", "", "", "interview_not_completed"),
    ],
)
def test_completed_in_time_completed_declined_and_open_are_four_things(
    home, tmp_path, completed, in_time, declined, category
):
    row = feed_row(
        "return_interviews_rhi", date_rhi_completed=completed, within_72h=in_time, declined_reason=declined
    )
    assert one(bring_rows(tmp_path, "return_interviews_rhi", row))["category"] == category


def test_the_boards_counts_are_rounded_by_quarter_and_small_ones_are_not_nought(home, tmp_path):
    rows = [
        feed_row("safeguarding_board_counts"),
        feed_row("safeguarding_board_counts", measure="Missing from home", count="<5"),
        feed_row("safeguarding_board_counts", district="Total", count="40"),
        feed_row("safeguarding_board_counts", measure="Something new", count="10"),
    ]
    receipt = bring_rows(tmp_path, "safeguarding_board_counts", *rows, accept_reason="two bad rows of four")
    assert (receipt.accepted, receipt.quarantined) == (2, 2)
    kept = stored(receipt.delivery).to_pylist()
    assert [(row["count"], row["suppressed"], row["rounded_to"]) for row in kept] == [
        (35, False, 5),
        (None, True, 5),
    ]
    assert (kept[0]["starts"], kept[0]["ends"]) == (date(2026, 1, 1), date(2026, 3, 31))
    assert len(put_aside(receipt.delivery)) == 2
