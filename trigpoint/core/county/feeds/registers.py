"""Registers that are sent whole, as they stood on the day: notices served since are not in it, nor what became of them."""

from collections.abc import Iterator

import numpy as np

from trigpoint.core.county.feeds.breakage import with_broken
from trigpoint.core.county.feeds.forms import FORMS, PLAIN
from trigpoint.core.county.feeds.habits import HABITS, periods
from trigpoint.core.county.feeds.sending import Sent
from trigpoint.core.county.tables import Strings, Table

PERSONAL = {"police_cawn": ("adult_name", "child_name"), "community_safety_closures": ()}
_LATEST_DAYS = 21


def sent_registers(
    definition: str, table: Table, first_day: np.datetime64, last_day: np.datetime64, rng: np.random.Generator
) -> Iterator[Sent]:
    """The register at the end of each of its periods."""
    habit = HABITS[definition]
    covered = periods(habit.every, first_day, last_day)
    for number, name in enumerate(covered.names):
        day = covered.last_day[number]
        received = day + min(habit.days_after, _LATEST_DAYS)
        known = np.flatnonzero(table.columns["served_dt"] <= str(day))
        if len(known) == 0:
            continue
        then, broken = with_broken(_as_of(table.take(known), str(day)), definition, rng)
        form = FORMS.get(definition, PLAIN)
        yield Sent(definition, f"{habit.stem}_{name}", form, then, broken, day, received)


def _as_of(table: Table, day: str) -> Table:
    """The cells as they were on the day: an extension, an expiry, a breach not yet."""
    columns: dict[str, Strings] = dict(table.columns)
    if "extended_to" in columns:
        columns["extended_to"] = np.where(columns["end"] <= day, columns["extended_to"], "")
    if "last_breach_dt" in columns:
        known = columns["last_breach_dt"] <= day
        for name in ("breaches", "last_breach_dt"):
            columns[name] = np.where(known, columns[name], "")
    if "review_dt" in columns:
        over = columns["review_dt"] <= day
        columns["status"] = np.where(
            over, np.where(columns["status"] == "active", "expired", columns["status"]), "active"
        )
    return Table(columns)
