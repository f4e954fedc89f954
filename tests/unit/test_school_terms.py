"""School holidays: the package's are those of the synthetic county; what is no calendar is refused in words."""

from datetime import date, timedelta

import numpy as np
import pytest

from trigpoint.core.county.settings import school_term
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.school_terms import home_school_terms, school_terms_from

SUMMER = {"label": "summer holiday", "days": [[date(2026, 7, 23), date(2026, 9, 2)]]}


def test_the_packages_holidays_are_the_synthetic_countys(home):
    told = home_school_terms()
    free = {
        first + timedelta(days=day)
        for one in told.holidays
        for first, last in one.days
        for day in range((last - first).days + 1)
    }
    days = [
        date(2024, 1, 5) + timedelta(days=day) for day in range((date(2026, 12, 31) - date(2024, 1, 5)).days)
    ]
    term = school_term(np.array(days, dtype="datetime64[D]"))
    assert [
        day for day, on in zip(days, term.tolist(), strict=True) if day.weekday() < 5 and on == (day in free)
    ] == []
    assert told.source


def test_a_home_may_have_its_own(home):
    file = home.definitions / "terms.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        "source: ours\nholidays: {summer: {label: long summer, days: [[2026-07-01, 2026-09-02]]}}\n"
    )
    told = home_school_terms()
    assert (told.source, [one.label for one in told.holidays]) == ("ours", ["long summer"])


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        {"source": "x"},
        {"source": "x", "holidays": {"summer": []}},
        {"source": "x", "holidays": {"summer": SUMMER | {"days": [["2026", "2027"]]}}},
        {"source": "x", "holidays": {"summer": SUMMER | {"days": [[date(2026, 9, 2), date(2026, 7, 23)]]}}},
        {"source": "x", "holidays": {"summer": SUMMER | {"days": SUMMER["days"] * 2}}},
    ],
)
def test_what_is_no_calendar_is_refused(wrong):
    with pytest.raises(QuestionError):
        school_terms_from(wrong)
