"""`trigpoint ask totals` of the demo county: numbers as their agencies told them, by agreement, in every format."""

import csv
import io
import json
import subprocess

import pytest

from tests.functional.conftest import surroundings, trigpoint


def ask(home, *words):
    return subprocess.run(
        trigpoint(home, "ask", "totals", *words),
        env=surroundings(),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def whole(demo_home):
    return json.loads(ask(demo_home, "--as", "analyst", "--format", "json").stdout)


def test_every_feed_of_totals_is_there_and_some_of_it_withheld(whole):
    assert {row["feed"] for row in whole["rows"]} == {
        "education_attendance", "health_totals", "police_nrm", "safeguarding_board_counts", "youth_justice_cases",
    }  # fmt: skip
    withheld = [row for row in whole["rows"] if row["state"] == "withheld"]
    assert len(withheld) > 10
    assert all(row["count"] is None and row["at_least"] is None for row in withheld)
    assert whole["about"]["withheld_cells"] == sum(row["withheld"] for row in whole["rows"])


def test_schools_are_told_by_district_alone(whole):
    levels = {row["level"] for row in whole["rows"] if row["feed"] == "education_attendance"}
    assert levels <= {"district", "none"}
    assert {row["level"] for row in whole["rows"] if row["feed"] == "youth_justice_cases"} & {"ward"}


def test_the_spreadsheet_says_withheld_and_leaves_the_number_empty(demo_home):
    told = ask(demo_home, "--as", "analyst", "--feed", "youth_justice_cases", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(told.stdout)))
    assert rows
    assert all((row["count"] == "") == (row["state"] != "told") for row in rows)


def test_a_member_kept_to_the_district_is_told_no_ward(demo_home):
    told = ask(demo_home, "--as", "education-member", "--feed", "youth_justice_cases", "--format", "json")
    rows = json.loads(told.stdout)["rows"]
    assert rows
    assert {row["level"] for row in rows} <= {"district", "none"}


def test_the_front_line_and_governance_are_told_none(demo_home):
    for name in ("frontline", "governance"):
        told = ask(demo_home, "--as", name)
        assert told.returncode != 0
        assert told.stdout == ""
