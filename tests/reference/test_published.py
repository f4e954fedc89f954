"""Every published value that may be shipped, held against what this machine works out."""

import math

import pytest

from trigpoint.cli.verified import verified_lines
from trigpoint.core.analysis.published.check import Check, run
from trigpoint.core.analysis.published.collected import CHECKS


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.statistic)
def test_a_published_value_is_reached(check):
    assert run(check).within is not False, run(check)


def test_every_check_names_its_source_and_a_tolerance_no_wider_than_it_must_be():
    for check in CHECKS:
        assert check.source
        assert check.tolerance >= 0
        assert check.tolerance <= 0.03 * max(abs(check.published), 0.05) or check.note, check


def test_a_wrong_value_a_missing_one_and_one_without_inputs_are_told_apart():
    wrong = Check("a", "b", 1.0, 0.1, lambda: 2.0)
    unknown = Check("a", "b", 1.0, 0.1, lambda: math.nan)
    absent = Check("a", "b", 1.0, 0.1, None, "asked for")
    found = [run(one) for one in (wrong, unknown, absent)]
    assert [one.within for one in found] == [False, False, None]
    assert list(verified_lines(found))[-1] == (
        "0 within their tolerance, 2 not, 1 whose inputs are not shipped."
    )
