"""The months that the page is about, and those it was about a meeting ago."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from trigpoint.gate.answers import Answer
from trigpoint.gate.landing_questions import landing_test, whole_months
from trigpoint.web.presenters.choices import last_year

__all__ = ["Months", "month_before", "months_of"]


@dataclass(frozen=True, slots=True)
class Months:
    """Twelve whole months that are over, half-open, and the first day of the twenty-four that the bars draw."""

    first: date
    end: date
    bars_from: date
    today: date
    test: Mapping[str, str]

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def words(self) -> dict[str, str]:
        return {"from": self.first.isoformat(), "to": self.end.isoformat()}

    @property
    def named(self) -> list[str]:
        """The twelve months, as 2026-04."""
        return self.drawn[self.drawn.index(f"{self.first:%Y-%m}") :]

    @property
    def drawn(self) -> list[str]:
        """The months of the bars, as 2026-04."""
        start, end = (day.year * 12 + day.month - 1 for day in (self.bars_from, self.end))
        return [f"{one // 12}-{one % 12 + 1:02d}" for one in range(start, end)]

    @property
    def both_years(self) -> dict[str, str]:
        return {"from": self.bars_from.isoformat(), "to": self.end.isoformat()}


def months_of(choices: Answer, *, today: date) -> Months:
    """The last twelve months of what may be seen that are over by `today`, or all of it where it is shorter."""
    span = whole_months(choices, today=today)
    first, end = last_year(span, today=today)
    return Months(first, end, max(span[0], _months_earlier(first, 12)), today, landing_test(choices))


def month_before(months: Months) -> Months:
    """What the page was about a month before: its own twelve months, on the same day of the month."""
    return replace(
        months,
        first=_months_earlier(months.first, 1),
        end=_months_earlier(months.end, 1),
        bars_from=_months_earlier(months.bars_from, 1),
        today=_months_earlier(months.today, 1),
    )


def _months_earlier(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))
