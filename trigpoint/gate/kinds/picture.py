"""Several groupings of the same records, in one pass over them and one line of the audit."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.tally import by_month, by_theme, by_unit, by_week_hour
from trigpoint.gate.answers import Answer, Column, Table
from trigpoint.gate.asked import EPOCH, Asked
from trigpoint.gate.events import counts_events, leading, of_events
from trigpoint.gate.facet_words import grade_entries, quality_entries, route_entries
from trigpoint.gate.held import are_few, columns_of, tallied_of
from trigpoint.gate.kinds.counts import METHOD, denominator_words, rates
from trigpoint.gate.kinds.geometry import geometry_part
from trigpoint.gate.kinds.series import first_month, month_words, months_of
from trigpoint.gate.questions import GROUPINGS
from trigpoint.gate.silent_months import silent_months
from trigpoint.gate.unit_people import PEOPLE_COLUMNS, check_people, people_sentence, people_table
from trigpoint.gate.units import Units, units_of
from trigpoint.gate.words import parse_level
from trigpoint.store.questions import Columns, Selection

__all__ = ["answer_picture"]

_COLUMNS = {
    "history": ("day",), "month": ("day",), "agency": ("agency",), "theme": ("theme_mask",),
    "category": ("category",), "week": ("weekday", "hour"), "detection": ("detection", "feed"), "quality": ("quality",),
    "grade": ("grade", "feed"),
}  # fmt: skip
_OWN_FILTERS: dict[str, dict[str, object]] = {
    "agency": {"agencies": ()}, "theme": {"theme_mask": 0}, "category": {"categories": (), "without_categories": ()},
    "week": {"hours": (), "weekdays": ()}, "detection": {"detections": ()}, "quality": {"qualities": ()},
}  # fmt: skip
"""What each facet does not obey, without a filter: its counts say what ticking another entry would show."""
_AT_EACH = frozenset({"agency", "detection", "quality"})
"""Facets at each of whose entries an event counts that several entries tell."""

Source = Callable[[tuple[str, ...]], Columns]
"""Gives the columns of a picture's records, to be added up: a row each, or rows that stand for "many"."""


def answer_picture(asked: Asked) -> Answer:
    """Parts, each a table; `columns` are those of `units`, where units were asked for.

    units     id, code, count, rate_per_1000 (and name where names are asked for; name, easting_m, northing_m of
              anchor points; people_class, people_least, people_most where people are measured); counted ones only
    history   month, count: all filters but the period    month     month, count: in the period
    silent    month, feed: beside the history, which feeds asked about were silent in which of its months
    agency, category, theme  code, name, count: a record has one agency and one category, and any number of themes.
              Each obeys every filter but its own, so that an entry not chosen says what choosing it would add
    detection, quality  code, name, count: how we came to know, and how well it is placed. `about.without_route` are
              the records of feeds whose agreement keeps back how they came to be known: they are in no entry
    grade     code, name, count: how the information was assessed, told where how it came to be known is told;
              `about.without_grade` are the records of feeds that keep it back
    left_out  agency, sentence: why an agency has no count
    week      weekday, counts (24 of each), without the filters of hours and weekdays; `about.without_hour` are the
              records that have no hour
    district, ward, lsoa, street, cell:9  as units, at that level
    """
    check_people(asked.question)
    groupings = asked.question.groupings or GROUPINGS
    found, inside = _fetch(asked, groupings)
    about: dict[str, object] = {
        "total": _many(_as_counted(asked, inside(_columns_for(asked, groupings[0])))),
        "unplaced": 0,
        "method": METHOD,
    }
    parts: dict[str, Table] = {}
    for grouping in groupings:
        if grouping in _OWN_FILTERS:
            parts |= _facet(asked, grouping, inside, about)
        elif grouping == "grade":
            parts |= {"grade": _grades(asked, _as_counted(asked, inside(_COLUMNS[grouping])), about)}
        elif grouping in _SIMPLE:
            source = found if grouping == "history" else inside
            counted = _as_counted(asked, source(_COLUMNS[grouping]))
            parts[grouping] = _SIMPLE[grouping](asked, counted)
            parts |= {"silent": silent_months(asked)} if grouping == "history" else {}
        else:
            parts |= _units(asked, grouping, inside, about)
    return Answer("picture", parts.get("units", {}), asked.about(**about), parts)


def _fetch(asked: Asked, groupings: tuple[str, ...]) -> tuple[Source, Source]:
    """The records of all the history, where it is asked for, and of the period.

    Rows are fetched once for all groupings where each record is looked at; else the store adds up each grouping.
    """
    selection = asked.selection
    whole = _whole_history(selection) if "history" in groupings else selection
    if not _by_record(asked, whole):
        return (
            lambda names: tallied_of(asked, whole, names),
            lambda names: tallied_of(asked, selection, names),
        )
    columns = {column for one in groupings for column in _columns_for(asked, one)} | set(_number(asked))
    columns |= set(PEOPLE_COLUMNS if asked.question.measure == "people" else ())
    found = columns_of(asked, whole, tuple(sorted(columns)))
    inside = found if whole == selection else _in_period(found, selection)
    return (lambda _: found), (lambda _: inside)


def _by_record(asked: Asked, selection: Selection) -> bool:
    """Whether a picture looks at every record: for the events they tell, for the people, or because they are few."""
    if counts_events(asked) or asked.question.measure == "people":
        return True
    return are_few(asked, selection)


def _columns_for(asked: Asked, grouping: str) -> tuple[str, ...]:
    return _COLUMNS.get(grouping, ()) or (_units_for(asked, grouping).column,)


def _in_period(found: Columns, selection: Selection) -> Columns:
    inside = np.ones(found["day"].size, dtype=bool)
    if selection.from_day is not None:
        inside &= found["day"] >= selection.from_day
    if selection.to_day is not None:
        inside &= found["day"] < selection.to_day
    places = np.flatnonzero(inside)
    return {name: column.take(places) for name, column in found.items()}


def _many(columns: Columns) -> int:
    """How many records the rows stand for."""
    if "many" in columns:
        return int(columns["many"].sum())
    return int(next(iter(columns.values())).size)


def _whole_history(selection: Selection) -> Selection:
    return replace(selection, from_day=None, to_day=None)


def _number(asked: Asked) -> tuple[str, ...]:
    return ("number",) if counts_events(asked) else ()


def _as_counted(asked: Asked, columns: Columns, *, unit: str | None = None, grouping: str = "") -> Columns:
    """The columns of every record, or of those that stand for linked events.

    An event told by two agencies counts at each of them, and has the themes of all of its records.
    """
    if not counts_events(asked):
        return columns
    chosen = leading(asked, columns, unit, within=grouping if grouping in _AT_EACH else None)
    found = {name: column[chosen] for name, column in columns.items()}
    if grouping == "theme":
        found["theme_mask"] = _all_themes(of_events(asked, columns["number"]), columns["theme_mask"])
    return found


def _all_themes(event: NDArray[np.int64], mask: NDArray[np.generic]) -> NDArray[np.uint64]:
    """The themes of all records of each event, uint64[events]."""
    distinct, place = np.unique(event, return_inverse=True)
    themes = np.zeros(len(distinct), dtype=np.uint64)
    np.bitwise_or.at(themes, place, mask.astype(np.uint64))
    return themes


def _facet(asked: Asked, grouping: str, inside: Source, about: dict[str, object]) -> dict[str, Table]:
    """One facet; fetched by itself only where the question has a filter of its own."""
    by, columns = asked, inside(_COLUMNS[grouping])
    if any(getattr(asked.selection, name) for name in _OWN_FILTERS[grouping]):
        by = (asked.of_every_agency or asked) if grouping == "agency" else asked
        by = replace(by, selection=replace(by.selection, **_OWN_FILTERS[grouping]))  # type: ignore[arg-type]
        read = columns_of if _by_record(by, by.selection) else tallied_of
        columns = read(by, by.selection, (*_COLUMNS[grouping], *_number(by)))
    columns = _as_counted(by, columns, grouping=grouping)
    if grouping == "week":
        week, about["without_hour"] = _week(columns)
        return {"week": week}
    if grouping == "agency":
        return {"agency": _agency(by, columns), "left_out": _left_out(by)}
    if grouping == "detection":
        told = _route_told(by, columns)
        about["without_route"] = _many({name: one[~told] for name, one in columns.items()})
        shown = {name: one[told] for name, one in columns.items()}
        return {"detection": _entries(shown, "detection", route_entries())}
    if grouping == "quality":
        return {"quality": _entries(columns, "quality", quality_entries())}
    return {grouping: _SIMPLE[grouping](by, columns)}


def _route_told(by: Asked, columns: Columns) -> NDArray[np.bool_]:
    """Whether it may be told of each record how it came to be known, bool[n]: that is the agreements' to say."""
    return np.isin(columns["feed"], by.feeds_telling("detection"))


def _grades(asked: Asked, inside: Columns, about: dict[str, object]) -> Table:
    told = _route_told(asked, inside)
    about["without_grade"] = _many({name: one[~told] for name, one in inside.items()})
    return _entries({name: one[told] for name, one in inside.items()}, "grade", grade_entries())


def _entries(columns: Columns, name: str, entries: list[tuple[int, str, str]]) -> Table:
    held = _by_id(columns, name, {one for one, _, _ in entries})
    if sum(held.values()) != sum(held[one] for one, _, _ in entries):
        raise ValueError("a record has a way of detection, a quality or a grade that does not exist")
    return _named(
        [code for _, code, _ in entries],
        [name for _, _, name in entries],
        [held[one] for one, _, _ in entries],
    )


def _units_for(asked: Asked, grouping: str) -> Units:
    return units_of(asked) if grouping == "units" else units_of(asked, *parse_level(grouping))


def _units(asked: Asked, grouping: str, inside: Source, about: dict[str, object]) -> dict[str, Table]:
    units = _units_for(asked, grouping)
    everything = inside((units.column,))
    counted = _as_counted(asked, everything, unit=units.column)
    counts, unplaced = by_unit(counted[units.column], units.size, counted.get("many"))
    ids = units.in_order(np.flatnonzero(counts))
    table: dict[str, Column] = {
        "id": ids if units.numbered else [None] * len(ids),
        "code": units.codes(ids),
        "count": counts[ids],
        "rate_per_1000": rates(units, counts)[ids],
    }
    if grouping == "units" and asked.question.measure == "people":
        table |= people_table(asked, units, everything, ids)
        about["people_sentence"] = people_sentence(units.level)
    anchors = units.level == "street" and units.version.streets.anchors
    if anchors or asked.question.names:
        table["name"] = units.names(ids)
    if anchors:
        table["easting_m"], table["northing_m"] = units.points(ids)
    if grouping != "units":
        return {grouping: table}
    about |= {"unplaced": unplaced, "denominator": denominator_words(units)}
    return {"units": table} | geometry_part(asked, units, ids)


def _history(asked: Asked, found: Columns) -> Table:
    span = asked.span()
    if span is None:
        return {"month": [], "count": []}
    first, last = (first_month(EPOCH.fromordinal(EPOCH.toordinal() + day)) for day in span)
    return {
        "month": month_words(first, last - first + 1),
        "count": by_month(found["day"], first, last - first + 1, found.get("many")),
    }


def _month(asked: Asked, inside: Columns) -> Table:
    first, months = months_of(*asked.period())
    counts = by_month(inside["day"], first, months, inside.get("many"))
    return {"month": month_words(first, months), "count": counts}


def _agency(asked: Asked, inside: Columns) -> Table:
    named = asked.version.vocabulary.agencies
    counts = _by_id(inside, "agency", {one.id for one in named})
    agencies = {
        one.agency for one in asked.version.vocabulary.feeds if one.code in asked.restrictions.granted
    }
    kept = [one for one in named if one.id in agencies]
    return _named([one.code for one in kept], [one.name for one in kept], [counts[one.id] for one in kept])


def _left_out(asked: Asked) -> Table:
    left_out = asked.restrictions.left_out
    return {"agency": [one.agency for one in left_out], "sentence": [one.sentence for one in left_out]}


def _category(asked: Asked, inside: Columns) -> Table:
    vocabulary = asked.version.vocabulary
    counts = _by_id(inside, "category", {one.id for one in vocabulary.categories})
    feeds = {one.id for one in vocabulary.feeds if one.code in asked.restrictions.granted}
    sums: dict[str, int] = {}
    names: dict[str, str] = {}
    for one in vocabulary.categories:
        if one.feed in feeds:
            sums[one.code] = sums.get(one.code, 0) + counts[one.id]
            names.setdefault(one.code, one.name)
    return _named(list(sums), [names[code] for code in sums], list(sums.values()))


def _theme(asked: Asked, inside: Columns) -> Table:
    themes = asked.version.vocabulary.themes
    masks = np.asarray(inside["theme_mask"], dtype=np.uint64)
    bits = np.array([one.bit for one in themes], dtype=np.uint64)
    counts = by_theme(masks, bits, inside.get("many"))
    return _named([one.code for one in themes], [one.name for one in themes], counts.tolist())


def _week(inside: Columns) -> tuple[Table, int]:
    counts, without_hour = by_week_hour(inside["weekday"], inside["hour"], inside.get("many"))
    return {"weekday": list(range(7)), "counts": counts.tolist()}, without_hour


def _by_id(columns: Columns, name: str, known: set[int]) -> Mapping[int, int]:
    counts, missing = by_unit(columns[name], max(known, default=-1) + 1, columns.get("many"))
    if missing:
        raise ValueError(f"a record has no {name}")
    return dict(enumerate(counts.tolist()))


def _named(codes: list[str], names: list[str], counts: list[int]) -> Table:
    return {"code": codes, "name": names, "count": np.array(counts, dtype=np.int64)}


_SIMPLE = {"history": _history, "month": _month, "category": _category, "theme": _theme}
