"""Intelligence grades and security markings by rule; what cannot be read is the most restrictive, never a rejection."""

import pytest
from pydantic import ValidationError

from tests.factories.told_sheets import records_sheet, told_definition
from trigpoint.ingest.codes import GRADE, HANDLING, MARKING
from trigpoint.ingest.steps.grading import graded, read_grade


@pytest.mark.parametrize(
    ("cell", "grade", "handling"),
    [
        ("2/C/P", "c", "p"),
        ("2CP", "c", "p"),
        ("1 a c", "a", "c"),
        ("1/B/C (A1 S2)", "b", "c"),
        ("2-D-C A1", "d", "c"),
        ("2/E/P", "e", "p"),
        ("2/C", "c", "c"),
        ("3/A/P", "d", "p"),
        ("3/E/P", "e", "p"),
        ("B24", "b", "c"),
        ("A12", "a", "p"),
        ("E41", "d", "c"),
        ("E/5/1", "e", "c"),
        ("D 1 2", "d", "p"),
        ("B2", "b", "c"),
        ("Reliable", "none", "c"),
        ("not  reliable", "d", "c"),
        ("Known indirectly but corroborated", "b", "c"),
        ("Suspected false", "e", "c"),
        ("", "none", "c"),
    ],
)
def test_a_grade_of_either_scheme_or_in_words(cell, grade, handling):
    assert read_grade(cell) == (grade, handling)


@pytest.mark.parametrize("cell", ["4/C/P", "2/F/P", "F24", "B94", "9", "excellent", "2/C/X", "2C P please"])
def test_what_is_no_grade_is_not_known_and_kept_under_conditions(cell):
    assert read_grade(cell) is None
    sheet = records_sheet({"g": [cell, "2/C/P"]}, records={"grading": {"column": "g"}})
    found = graded(sheet, sheet.definition.records.grading)
    assert found.grade.to_pylist() == [GRADE["d"], GRADE["c"]]
    assert found.handling.to_pylist() == [HANDLING["c"], HANDLING["p"]]
    assert found.notes[0].startswith("1 grades in 'g' could not be read")
    assert cell not in found.notes[0].removeprefix("1 grades in 'g'")


LEGACY = [
    f"{source}{evaluation}{handling}" for source in "ABCDE" for evaluation in "12345" for handling in "12345"
]


def test_a_worse_evaluation_is_never_a_better_grade():
    """Over all 125 grades of 5x5x5: monotone in the evaluation, and D sources no better than any other."""
    for source in "ABCDE":
        grades = [GRADE[read_grade(f"{source}{evaluation}1")[0]] for evaluation in "12345"]
        assert grades == sorted(grades)
        assert all(GRADE[read_grade(f"D{n}1")[0]] >= GRADE[read_grade(f"{source}{n}1")[0]] for n in "12345")
    assert {read_grade(code)[1] for code in LEGACY if code[2] != "2"} == {"c"}


def test_only_an_assessment_of_its_own_scheme_is_taken_for_better_than_doubtful():
    for assessment in "ABCDE":
        told = [GRADE[read_grade(f"{source}/{assessment}/P")[0]] for source in "123"]
        assert told == sorted(told)
        assert told[2] >= GRADE["d"]


@pytest.mark.parametrize(
    ("cell", "marking"),
    [
        ("OFFICIAL", "official"),
        ("Official-Sensitive", "official_sensitive"),
        ("OFFICIAL SENSITIVE", "official_sensitive"),
        ("RESTRICTED", "official_sensitive"),
        ("PROTECT", "official_sensitive"),
        ("Confidential", "secret"),
        ("SECRET", "secret"),
        ("TOP SECRET", "unknown"),
        ("", "unknown"),
        ("internal", "unknown"),
    ],
)
def test_a_marking_nobody_knows_is_the_most_restrictive(cell, marking):
    sheet = records_sheet({"g": ["2/C/P"], "m": [cell]}, records={"grading": {"column": "g", "gsc": "m"}})
    assert graded(sheet, sheet.definition.records.grading).marking.to_pylist() == [MARKING[marking]]


def test_grades_are_told_in_one_way():
    for more in ({"grade": "a"}, {"handling": "p"}):
        with pytest.raises(ValidationError, match="leave those out"):
            told_definition(["g"], records={"grading": {"column": "g"}, **more})
    with pytest.raises(ValidationError, match="leave marking out"):
        told_definition(["g", "m"], records={"grading": {"column": "g", "gsc": "m"}, "marking": "open"})
