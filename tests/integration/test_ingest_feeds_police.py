"""Police, transport police, probation, health and youth justice: codes, grades, clocks, owners and small numbers."""

from datetime import date, datetime

import pytest

from tests.factories.feed_files import BITS, bring_rows, claims_of, feed_row, one
from tests.factories.ingest_files import bring, csv_text, put_aside, stored
from trigpoint.ingest.codes import DETECTION, GRADE, HANDLING, MARKING, PRECISION


def test_a_crime_is_read_by_its_words_and_without_them_by_its_code(home, tmp_path):
    by_code = feed_row("police_crime", crime_ref="42/2/26", offence_desc="")
    receipt = bring_rows(tmp_path, "police_crime", feed_row("police_crime"), by_code)
    kept = stored(receipt.delivery).to_pylist()
    assert [record["category"] for record in kept] == ["drug_trafficking"] * 2
    assert {record["detection"] for record in kept} == {DETECTION["discovered"]}
    assert {record["theme_mask"] for record in kept} == {BITS["drugs_supply"] | BITS["county_lines"]}


@pytest.mark.parametrize(
    "code", ["105A", "8N", "8L", "92D", "10D", "34B", "58C", "22B", "88A", "13", "106", "66"]
)
def test_every_home_office_code_of_these_offences_is_known(home, tmp_path, code):
    record = one(
        bring_rows(tmp_path, "police_crime", feed_row("police_crime", ho_code=code, offence_desc=""))
    )
    assert record["category"] != "other_offence"


def test_a_flag_added_weeks_later_and_a_crime_cancelled_replace_the_row(home, tmp_path):
    plain = feed_row("police_crime", ce_flag="")
    assert one(bring_rows(tmp_path, "police_crime", plain))["theme_mask"] == BITS["drugs_supply"]
    flagged = one(
        bring_rows(tmp_path, "police_crime", feed_row("police_crime", ce_flag="CCE"), name="later.csv")
    )
    assert flagged["theme_mask"] == BITS["drugs_supply"] | BITS["cce"]
    cancelled = feed_row("police_crime", ce_flag="", outcome="Cancelled/No crime")
    record = one(bring_rows(tmp_path, "police_crime", cancelled, name="last.csv"))
    assert (record["category"], record["theme_mask"]) == ("cancelled", 0)


def test_a_window_of_weeks_is_kept_as_one(home, tmp_path):
    row = feed_row("police_crime", committed_from_dt="2026-06-01T08:00", committed_to_dt="2026-07-03T22:40")
    record = one(bring_rows(tmp_path, "police_crime", row))
    assert (record["occurred_to"] - record["occurred_from"]).days == 32


def test_nought_nought_is_no_place_and_the_words_are_asked(home, tmp_path):
    (claim,) = claims_of(
        one(bring_rows(tmp_path, "police_crime", feed_row("police_crime", easting="0", northing="0")))
    )
    assert "wording" in claim


def test_the_reporting_tools_dates_are_american(home, tmp_path):
    row = {
        "CrimeReference": "42/7/26", "ReportedDateTime": "07/04/2026 10:00:00 AM", "CommittedFrom": "07/03/2026 09:05:00 PM",
        "CommittedTo": "07/03/2026 10:40:00 PM", "HOCode": "34B", "OffenceDescription": "Robbery of personal property",
        "CEFlag": "", "LocationText": "", "PremiseType": "Street", "Easting": "560100", "Northing": "200200", "Beat": "B1",
        "District": "Marl", "Outcome": "",
    }  # fmt: skip
    path = tmp_path / "bi.csv"
    path.write_text(csv_text(list(row), [list(row.values())]), encoding="utf-8")
    record = one(bring("police_crime", path))
    assert record["occurred_from"] == datetime(2026, 7, 3, 21, 5)
    assert record["occurred_to"] == datetime(2026, 7, 3, 22, 40)


def test_the_command_systems_universal_time_becomes_the_clock_on_the_wall(home, tmp_path):
    record = one(bring_rows(tmp_path, "police_incidents"))
    assert record["occurred_from"] == datetime(2026, 7, 4, 22, 30)
    assert record["utc_offset_min"] == 60
    winter = feed_row("police_incidents", incident_no="2", created="2026-01-04T21:30:00Z")
    assert one(bring_rows(tmp_path, "police_incidents", winter))["occurred_from"] == datetime(
        2026, 1, 4, 21, 30
    )


@pytest.mark.parametrize(
    ("opening", "closing", "category"),
    [
        ("Concern for safety", "", "concern_for_safety"),
        ("Concern for safety", "ASB nuisance", "nuisance_incident"),
        ("Violence", "Error or duplicate", "no_incident"),
        ("Violence", "No trace on arrival", "violence_incident"),
        ("Weapon seen", "", "weapon_incident"),
        ("Theft", "", "other_incident"),
    ],
)
def test_an_incident_is_what_it_turned_out_to_be(home, tmp_path, opening, closing, category):
    row = feed_row("police_incidents", opening_code=opening, closing_code=closing)
    assert one(bring_rows(tmp_path, "police_incidents", row))["category"] == category


@pytest.mark.parametrize(
    ("risk", "category"),
    [
        ("High", "missing_high_risk"),
        ("NAR", "missing_no_apparent_risk"),
        ("Absent", "absent"),
        ("", "missing_risk_unknown"),
    ],
)
def test_absent_is_not_a_level_of_risk(home, tmp_path, risk, category):
    record = one(bring_rows(tmp_path, "police_missing", feed_row("police_missing", risk=risk)))
    assert record["category"] == category
    assert record["theme_mask"] == BITS["missing"] | BITS["cce"]


def test_another_forces_row_is_not_ours_to_keep(home, tmp_path):
    rows = [feed_row("police_missing", mp_ref=f"MP{n}") for n in range(5)]
    theirs = feed_row("police_missing", mp_ref="MP9", force="Wexshire")
    receipt = bring_rows(tmp_path, "police_missing", *rows, theirs)
    assert (receipt.accepted, receipt.quarantined) == (5, 1)
    (aside,) = put_aside(receipt.delivery).to_pylist()
    assert aside["column"] == "force"
    assert "another agency" in aside["rule"]


@pytest.mark.parametrize(
    ("grade", "letter", "handling"),
    [("2/B/P", "b", "p"), ("1/A/C", "a", "c"), ("3/E/P", "e", "p"), ("2/D/C", "d", "c")],
)
def test_intelligence_has_its_grade_and_its_handling(home, tmp_path, grade, letter, handling):
    record = one(bring_rows(tmp_path, "police_intelligence", feed_row("police_intelligence", grade=grade)))
    assert (record["grade"], record["handling"]) == (GRADE[letter], HANDLING[handling])


@pytest.mark.parametrize(
    ("gsc", "marking"),
    [
        ("OFFICIAL", "official"),
        ("OFFICIAL-SENSITIVE", "official_sensitive"),
        ("SECRET", "secret"),
        ("", "unknown"),
        ("TOP DRAWER", "unknown"),
    ],
)
def test_a_marking_that_nobody_can_read_is_the_most_restrictive(home, tmp_path, gsc, marking):
    record = one(bring_rows(tmp_path, "police_intelligence", feed_row("police_intelligence", gsc=gsc)))
    assert record["marking"] == MARKING[marking]


def test_an_older_grade_is_mapped_and_the_logs_words_are_nowhere(home, tmp_path):
    receipt = bring_rows(tmp_path, "police_intelligence", feed_row("police_intelligence", grade="B24"))
    record = one(receipt)
    assert record["grade"] == GRADE["b"]
    assert record["theme_mask"] == BITS["county_lines"] | BITS["drugs_supply"]
    left = [file for file in home.root.rglob("*") if file.is_file()]
    assert not [file for file in left if b"Sentinel" in file.read_bytes()]


def test_gangs_are_a_theme_and_nothing_more(home, tmp_path):
    record = one(bring_rows(tmp_path, "police_intelligence", feed_row("police_intelligence", theme="Gangs")))
    assert record["theme_mask"] == BITS["gangs_syv"]


def test_referrals_are_counted_by_month_and_fewer_than_five_are_not_nought(home, tmp_path):
    row = one(bring_rows(tmp_path, "police_nrm"))
    assert (row["count"], row["suppressed"], row["area_name"]) == (None, True, "Marl")
    assert (row["starts"], row["ends"]) == (date(2026, 3, 1), date(2026, 3, 31))
    assert row["theme_mask"] == BITS["trafficking_nrm"] | BITS["county_lines"]


def test_an_incident_on_the_railway_is_at_its_station(home, tmp_path):
    record = one(bring_rows(tmp_path, "transport_police_incidents"))
    (claim,) = claims_of(record)
    assert (claim["site_class"], claim["site_ref"]) == ("station", "MRP")
    assert (record["category"], record["theme_mask"]) == ("rail_county_lines", BITS["county_lines"])
    assert record["occurred_from"] == datetime(2026, 3, 4, 16, 10)


@pytest.mark.parametrize(("place", "kind"), [("E05999001", "area_code"), ("ZM1 2", "postcode")])
def test_a_case_is_at_a_ward_or_a_postcode_sector(home, tmp_path, place, kind):
    row = feed_row("probation_cohorts", ward_or_postcode_sector=place)
    (claim,) = claims_of(one(bring_rows(tmp_path, "probation_cohorts", row)))
    assert claim[kind] == place.replace(" ", "")


@pytest.mark.parametrize("body", ["CRC", "NPS"])
def test_the_two_bodies_before_2021_are_read_too(home, tmp_path, body):
    row = {body if name == "pdu" else name: cell for name, cell in feed_row("probation_cohorts").items()}
    assert one(bring_rows(tmp_path, "probation_cohorts", row))["category"] == "county_lines_cohort"


@pytest.mark.parametrize(("confidence", "quality"), [("high", 2), ("low", 4)])
def test_a_departments_geocode_is_as_good_as_it_says(home, tmp_path, confidence, quality):
    row = feed_row("health_ae", geocode_confidence=confidence)
    record = one(bring_rows(tmp_path, "health_ae", row))
    (claim,) = claims_of(record)
    assert claim["quality"] == quality
    assert record["theme_mask"] == BITS["violence"] | BITS["weapons"]
    assert (record["occurred_from"], record["time_precision"]) == (
        datetime(2026, 3, 4, 23, 40),
        PRECISION["minute"],
    )


def test_without_a_geocode_the_patients_words_say_where(home, tmp_path):
    row = feed_row("health_ae", geocode_confidence="none", easting="", northing="")
    (claim,) = claims_of(one(bring_rows(tmp_path, "health_ae", row)))
    assert "wording" in claim


def test_health_and_youth_justice_send_counts_some_of_them_withheld(home, tmp_path):
    health = one(bring_rows(tmp_path, "health_totals"))
    assert (health["count"], health["suppressed"], health["category"]) == (
        None,
        True,
        "sexual_health_exploitation",
    )
    justice = one(bring_rows(tmp_path, "youth_justice_cases"))
    assert (justice["area_level"], justice["area_code"], justice["suppressed"]) == (2, "E05999001", True)
    assert justice["category"] == "weapon_cases"


def test_two_measures_of_one_service_are_never_one_number(home, tmp_path):
    attended = feed_row("health_totals", measure="Under 16 attendances", count="26")
    receipt = bring_rows(tmp_path, "health_totals", feed_row("health_totals"), attended)
    assert len(set(stored(receipt.delivery)["category"].to_pylist())) == 2
