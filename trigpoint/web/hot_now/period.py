"""The months that the page is about, and those it was about a meeting ago."""

from dataclasses import dataclass
from datetime import date, timedelta

from trigpoint.gate.answers import Answer
from trigpoint.web.presenters.choices import last_year, whole_months

__all__ = ["Months", "month_before", "months_of"]

TEST = {"level": "street", "background": "past"}
"""The one test that names places and gives them their letters (docs/decisions/0017)."""


@dataclass(frozen=True, slots=True)
class Months:
    """Twelve whole months that are over, half-open, and the first day of the twenty-four that the bars draw."""

    first: date
    end: date
    bars_from: date
    today: date

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def words(self) -> dict[str, str]:
        return {"from": self.first.isoformat(), "to": self.end.isoformat()}

    @property
    def both_years(self) -> dict[str, str]:
        return {"from": self.bars_from.isoformat(), "to": self.end.isoformat()}


def months_of(choices: Answer, *, today: date) -> Months:
    """The last twelve months of what may be seen that are over by `today`, or all of it where it is shorter."""
    span = whole_months(choices, today=today)
    first, end = last_year(span, today=today)
    return Months(first, end, max(span[0], _months_earlier(first, 12)), today)


def month_before(months: Months) -> Months:
    """What the page was about a month before: its own twelve months, on the same day of the month."""
    first, end = (_months_earlier(day, 1) for day in (months.first, months.end))
    return Months(first, end, _months_earlier(months.bars_from, 1), _months_earlier(months.today, 1))


def _months_earlier(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))
