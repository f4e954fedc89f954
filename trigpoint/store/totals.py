"""What came already counted. The cursor must have been given `permitted_total`."""

from datetime import date

import duckdb

from trigpoint.store.questions import Columns, Selection, fetch, in_any, listed, question_sql

__all__ = ["fetch_totals", "totals_sql"]


def totals_sql(selection: Selection, *, by_ward: bool) -> str:
    """The question as it is put to the store. Of the selection, period, categories, themes and places count."""
    parts = [f"ends >= {_day(selection.from_day)}"] if selection.from_day is not None else []
    parts += [f"starts < {_day(selection.to_day)}"] if selection.to_day is not None else []
    parts += [f"category IN {listed(selection.categories)}"] if selection.categories else []
    parts += [f"(theme_mask & {selection.theme_mask:d}) <> 0"] if selection.theme_mask else []
    parts += [in_any(selection.within)] if selection.within else []
    return question_sql("totals", ward="ward" if by_ward else "-1", filter=" AND ".join(parts or ["1 = 1"]))


def fetch_totals(cursor: duckdb.DuckDBPyConnection, selection: Selection, *, by_ward: bool) -> Columns:
    """Totals by feed, category, place and span, [n] each; ward is -1 where none is told or `by_ward` is False.

    `starts` and `ends` are the first and the last day counted; they may reach beyond the period. `counted` is the sum
    of the `told` of the `cells` added up, of which `withheld` were suppressed by whoever counted.
    """
    return fetch(cursor, totals_sql(selection, by_ward=by_ward))


def _day(days: int) -> str:
    return f"DATE '{date.fromordinal(date(1970, 1, 1).toordinal() + days):%Y-%m-%d}'"
