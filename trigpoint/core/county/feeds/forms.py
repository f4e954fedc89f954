"""What a file looks like around its rows: kind of file, lines above the header, a row at the foot, which cells are dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Suffix = Literal["csv", "tsv", "xlsx", "ods"]


@dataclass(frozen=True, slots=True)
class Form:
    """`title` lines stand above the header, `captions` are a line of group headings right above it.

    In workbooks the columns in `dates` hold date cells wherever the text is an ISO date, those in `numbers` numbers.
    `total` names a column that is summed in a row at the foot.
    """

    suffix: Suffix = "csv"
    encoding: str = "utf-8"
    title: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    sheet: str = "Sheet1"
    dates: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    total: str | None = None


PLAIN = Form()
FORMS: Mapping[str, Form] = {
    "social_care_missing": Form(encoding="utf-8-sig"),
    "education_exclusions": Form(captions=("Pupil", "", "School", "", "Exclusion", "", "", "", "")),
    "education_attendance": Form("tsv"),
    "youth_sessions": Form(
        "xlsx",
        title=("Youth Service - detached and centre-based sessions", "Please do not alter the columns"),
        sheet="Sessions",
        dates=("week_commencing", "date"),
        numbers=("yp_contacts", "latitude", "longitude"),
    ),
    "return_interviews_rhi": Form("ods", sheet="RHI log"),
    "safeguarding_board_counts": Form(
        "xlsx",
        title=("Safeguarding board: quarterly return", "Figures are rounded to 5", "Source: partner returns"),
        numbers=("count",),
        total="count",
    ),
    "health_totals": Form(total="count"),
    "youth_justice_cases": Form(
        "xlsx", title=("Youth justice service", "Cases opened in the quarter, by ward"), numbers=("cases",)
    ),
}
"""The form of each feed that is not plain CSV."""
