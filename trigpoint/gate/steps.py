"""Steps of time: whole weeks, months or quarters that are over."""

from datetime import date, timedelta

from trigpoint.gate.denial import QuestionError

__all__ = ["last_steps", "step_start"]


def step_start(day: date, step: str) -> date:
    """The first day of the week (Monday), month or quarter that a day lies in; the day itself for days."""
    if step == "day":
        return day
    if step == "week":
        return day - timedelta(days=day.weekday())
    month = day.month if step == "month" else day.month - (day.month - 1) % 3
    return day.replace(month=month, day=1)


def last_steps(end: date, step: str, number: int) -> tuple[date, ...]:
    """The first days of the last `number` steps that are over by `end`, ascending, and the day after the last.

    `end` is the first day that is not counted. Raises QuestionError where the calendar does not reach back so far.
    """
    edges = [step_start(end, step)]
    try:
        for _ in range(number):
            edges.append(step_start(edges[-1] - timedelta(days=1), step))
    except OverflowError:
        raise QuestionError("The steps reach back before the calendar begins.") from None
    return tuple(reversed(edges))
