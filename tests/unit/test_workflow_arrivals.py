"""Which months of a feed came on time, by the feed's own habit."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trigpoint.core.workflow.arrivals import GRACE_DAYS, Sent, arrivals


def monthly(year: int, months: range, wait: int = 8) -> list[Sent]:
    """One file a month, extracted on its first day and received `wait` days later."""
    days = [date(year, month, 1) for month in months]
    return [Sent(day, day + timedelta(days=wait)) for day in days]


def test_a_feed_that_keeps_to_its_habit_is_never_late():
    found = arrivals(monthly(2026, range(2, 9)))
    assert [one.month.month for one in found] == [1, 2, 3, 4, 5, 6, 7]
    assert {one.late_days for one in found} == {0}


def test_a_file_is_late_by_the_days_past_its_usual_wait_and_the_grace():
    late = Sent(date(2026, 9, 1), date(2026, 9, 1) + timedelta(days=8 + GRACE_DAYS + 3))
    assert arrivals([*monthly(2026, range(2, 9)), late])[-1].late_days == 3
    in_grace = Sent(date(2026, 9, 1), date(2026, 9, 1) + timedelta(days=8 + GRACE_DAYS))
    assert arrivals([*monthly(2026, range(2, 9)), in_grace])[-1].late_days == 0


def test_the_first_file_of_a_month_counts_and_a_second_changes_nothing():
    again = Sent(date(2026, 3, 15), date(2026, 6, 1))
    assert arrivals([*monthly(2026, range(2, 6)), again]) == arrivals(monthly(2026, range(2, 6)))


def test_a_month_that_had_no_file_is_late_where_the_next_one_tells_of_it_and_else_not_told():
    kept = [one for one in monthly(2026, range(2, 10)) if one.extracted_on.month != 5]
    assert [one.month.month for one in arrivals(kept)] == [1, 2, 3, 5, 6, 7, 8]
    june = next(one for one in kept if one.extracted_on.month == 6)
    telling = [
        Sent(june.extracted_on, june.received_on, date(2026, 4, 2)) if one is june else one for one in kept
    ]
    april = next(one for one in arrivals(telling) if one.month.month == 4)
    assert april.late_days == 31 - GRACE_DAYS
    assert april.received_on == june.received_on


def test_a_feed_that_sends_each_quarter_is_held_to_quarters():
    quarters = [
        Sent(date(2026, month, 1), date(2026, month, 20), date(2025, 10, 1)) for month in (1, 4, 7, 10)
    ]
    found = arrivals(quarters)
    assert [one.month.month for one in found] == [12, 3, 6, 9]
    assert {one.late_days for one in found} == {0}


def test_nothing_and_a_single_file_are_late_against_nothing():
    assert arrivals([]) == ()
    (only,) = arrivals([Sent(date(2026, 2, 1), date(2026, 12, 1))])
    assert (only.month, only.late_days) == (date(2026, 1, 1), 0)


@given(
    st.lists(
        st.builds(
            Sent,
            st.dates(date(2025, 1, 1), date(2026, 12, 31)),
            st.dates(date(2025, 1, 1), date(2026, 12, 31)),
            st.none() | st.dates(date(2024, 1, 1), date(2026, 12, 31)),
        ),
        max_size=12,
    ),
    st.randoms(),
)
def test_months_come_in_order_once_each_whatever_the_order_of_the_files(files, random):
    found = arrivals(files)
    months = [one.month for one in found]
    assert months == sorted(set(months))
    assert all(one.late_days >= 0 for one in found)
    random.shuffle(files)
    assert arrivals(files) == found
