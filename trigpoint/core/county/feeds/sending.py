"""From what an agency holds to the files it sends: which rows when, what was known by then, which are spoiled."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from trigpoint.core.county.feeds.asb_layouts import ASB_FORMS, american_table, asb_table
from trigpoint.core.county.feeds.breakage import joined, with_broken
from trigpoint.core.county.feeds.forms import FORMS, PLAIN, Form
from trigpoint.core.county.feeds.habits import HABITS, Habit, Periods, periods
from trigpoint.core.county.feeds.wording import Records
from trigpoint.core.county.tables import Ints, Strings, Table

_LATEST_DAYS = 21
"""A period that is not over is sent only if the file would have come within so many days of the history's end."""
_AMERICAN_WEEK = "2025-09-29"
_GONE = 0.03


@dataclass(frozen=True, slots=True)
class Sent:
    """One file as it left the agency. `broken` of its rows are spoiled on purpose (a total at the foot included)."""

    definition: str
    name: str
    form: Form
    table: Table
    broken: int
    covers_to: np.datetime64
    received_on: np.datetime64

    @property
    def rows(self) -> int:
        """Data rows in the file, the total at its foot included."""
        return self.table.rows + (self.form.total is not None)


def sent_files(
    definition: str,
    records: Records,
    first_day: np.datetime64,
    last_day: np.datetime64,
    rng: np.random.Generator,
) -> Iterator[Sent]:
    """Every file of a feed in the order of its periods."""
    habit = HABITS[definition]
    covered = periods(habit.every, first_day, last_day)
    row_period = covered.of(records.filed_at)
    late_period = [covered.of(late.known_at) for late in records.late]
    for number, name in enumerate(covered.names):
        received = covered.last_day[number] + habit.days_after
        if received > last_day + _LATEST_DAYS:
            continue
        rows = _rows_sent(habit, records, row_period, late_period, number)
        if len(rows) == 0:
            continue
        table = _as_known(records, late_period, number, rows)
        sent = Sent(
            definition,
            f"{habit.stem}_{name}",
            FORMS.get(definition, PLAIN),
            table,
            0,
            covered.last_day[number],
            received,
        )
        yield from _finished(sent, habit, records.part[rows] if records.part is not None else None, rng)
        yield from _restated(sent, habit, covered, number, rng)


def _rows_sent(
    habit: Habit, records: Records, row_period: Ints, late_period: list[Ints], number: int
) -> Ints:
    if habit.sends == "whole":
        return np.flatnonzero(row_period <= number)
    again = [
        late.rows[(known == number) & (row_period[late.rows] < number)]
        for late, known in zip(records.late, late_period, strict=True)
    ]
    return np.unique(np.concatenate([np.flatnonzero(row_period == number), *again]))


def _as_known(records: Records, late_period: list[Ints], number: int, rows: Ints) -> Table:
    """The rows with the cells that were known by then."""
    columns = {name: values[rows] for name, values in records.table.columns.items()}
    for late, known in zip(records.late, late_period, strict=True):
        unknown = np.flatnonzero(known > number)
        at = np.searchsorted(rows, late.rows[unknown])
        here = (at < len(rows)) & (rows[np.minimum(at, len(rows) - 1)] == late.rows[unknown])
        for name, before in late.before.items():
            changed = columns[name].astype(np.result_type(columns[name].dtype, before.dtype))
            changed[at[here]] = before[unknown[here]]
            columns[name] = changed
    return Table(columns)


def _finished(sent: Sent, habit: Habit, part: Strings | None, rng: np.random.Generator) -> Iterator[Sent]:
    """The file, or one for each part, with its slips: rows twice, rows under a second number, broken rows."""
    if part is None:
        yield _one(sent, habit, rng)
        return
    districts = sorted(set(part.tolist()))
    for district in districts:
        named = replace(sent, table=sent.table.take(np.flatnonzero(part == district)))
        stem, _, period = sent.name.partition("_")
        yield _one(replace(named, name=f"{stem}_{_slug(district)}_{period}"), habit, rng)


def _one(sent: Sent, habit: Habit, rng: np.random.Generator) -> Sent:
    table = _with_slips(sent.table, habit, rng)
    table, broken = with_broken(table, sent.definition, rng)
    form = sent.form
    if sent.definition == "community_safety_asb":
        layout = str(table.columns["_layout"][0])
        table, form = asb_table(table, layout), ASB_FORMS[layout]
    if sent.definition == "police_crime" and sent.name.endswith(_AMERICAN_WEEK):
        table = american_table(table)
    return replace(sent, table=table, form=form, broken=broken + (form.total is not None))


def _with_slips(table: Table, habit: Habit, rng: np.random.Generator) -> Table:
    twice = np.flatnonzero(rng.random(table.rows) < habit.twice)
    again = np.flatnonzero(rng.random(table.rows) < habit.rekeyed)
    whole = joined(table, table.take(twice)) if len(twice) else table
    if habit.key is None or len(again) == 0:
        return whole
    entered = table.take(again)
    columns = {**entered.columns, habit.key: np.char.add(entered.columns[habit.key], "/R")}
    return joined(whole, Table(columns))


def _restated(
    sent: Sent, habit: Habit, covered: Periods, number: int, rng: np.random.Generator
) -> Iterator[Sent]:
    """The same month sent again with the next, a few rows gone without a word."""
    month = int(str(covered.last_day[number])[5:7])
    if month not in habit.restated or number + 1 >= len(covered.names) or sent.table.rows < 2:
        return
    kept = np.flatnonzero(rng.random(sent.table.rows) >= _GONE)
    received = covered.last_day[number + 1] + habit.days_after
    yield replace(
        sent,
        name=f"{sent.name}_restated",
        table=sent.table.take(kept[kept > 0]),
        covers_to=covered.last_day[number + 1],
        received_on=received,
    )


def _slug(district: str) -> str:
    return district.lower().replace(" ", "-")
