"""A first draft of a definition, from looking at a sample file. Somebody finishes it: what a file means is not in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from trigpoint.ingest.draft_columns import COUNTED, QUARTER, Looked, listed, look
from trigpoint.ingest.draft_places import ways_of
from trigpoint.ingest.draft_sample import read_sample

HEAD = "# A draft from a sample file. Read every line: the sample cannot say what its columns mean.\n"
CATEGORY_WORDS = (
    "category", "offence", "incident", "opening", "cohort", "measure", "exploitation", "weapon", "risk", "code", "type",
    "reason", "theme", "concern", "concerns", "outcome", "status",
)  # fmt: skip
NOT_CATEGORIES = ("district", "ward", "premise", "premises", "force", "school", "station")
KEY_WORDS = ("ref", "reference", "id", "no", "number", "key", "urn")
START_WORDS = (
    "from",
    "start",
    "occurred",
    "committed",
    "date",
    "dt",
    "when",
    "created",
    "returned",
    "reported",
)
COUNT_WORDS = frozenset({"count", "cases", "sessions", "number", "total", "referrals"})
SPAN_WORDS = {"quarter": "quarter", "month": "month", "week": "week", "year": "year"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A definition's text as YAML, and what somebody must know or decide before it is used. Neither quotes a cell, but
    for the short words of a column of categories."""

    text: str
    remarks: tuple[str, ...]


def draft_definition(path: Path, name: str, agency: str) -> Draft:
    """Look at a file and write a definition named `name` for it, which loads.

    Columns that tell of people are left out, so that they would never be read. Raises LoadRefused where the file is not
    a table with a header.
    """
    sample = read_sample(path)
    columns = tuple(
        look(header, sample.column(place)) for place, header in enumerate(sample.header) if header
    )
    kept = {_own_name(column.header): column for column in columns if column.personal is None}
    token = next((_own_name(c.header) for c in columns if c.is_person_reference), None)
    remarks = [
        f"'{c.header}' is not read: {c.personal}."
        for c in columns
        if c.personal and not c.is_person_reference
    ]
    people = {_own_name(c.header): c for c in columns if c.is_person_reference}
    kept = {own: column for own, column in kept.items() if own not in people}
    told = _totals(kept) or _records(kept, token, remarks)
    if told.get("records", {}).get("token"):
        kept = {**kept, str(token): people[str(token)]}
    told = {"title": name.replace("_", " ").capitalize(), "agency": agency, "format": [sample.format], **told}
    told = _with_columns(told, kept, remarks)
    return Draft(_text(told, remarks), tuple(remarks))


def _own_name(header: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", re.sub(r"([a-z])([A-Z])", r"\1_\2", header).lower()).strip("_")
    return plain if plain[:1].isalpha() else f"column_{plain}"


def _totals(columns: Mapping[str, Looked]) -> dict[str, Any] | None:
    """The file as rows already counted: a span of time, a category, an area or school, and a number; else None."""
    count = _first(columns, lambda c: c.named(*COUNT_WORDS) and c.share(COUNTED.fullmatch) > 0.95)
    span = _first(columns, lambda c: c.named(*SPAN_WORDS) and (c.is_date or c.share(QUARTER.fullmatch) > 0.9))
    area = _first(columns, lambda c: c.named("district", "ward") and not c.is_date)
    site = _first(columns, lambda c: c.named("school") and c.named("urn"))
    if count is None or span is None or (area is None and site is None) or len(columns) > 8:
        return None
    category = _category({own: c for own, c in columns.items() if own not in (count, span, area, site)})
    lasts = next(word for key, word in SPAN_WORDS.items() if columns[span].named(key))
    formats = ["%Y-Q%q"] if not columns[span].is_date else [known for known, _ in columns[span].formats]
    told: dict[str, Any] = {"starts": span, "date_formats": formats, "lasts": lasts, "count": count}
    if site is not None:
        told |= {"site": site, "site_class": "school"}
    else:
        told |= {"area": area, **_area_of(columns[str(area)])}
    chosen, of = _choice(columns, category)
    whole = [str(site or area), span, *([of] if of else [])]
    beside = {own: c for own, c in columns.items() if own not in (*whole, count)}
    more = [own for own, c in beside.items() if listed(c, loosely=True) and not c.named("name", "school")]
    return {
        "kind": "totals",
        "currency": {"by": "key", "key": [*whole, *more]},
        "totals": {**told, "category": chosen},
    }


def _area_of(column: Looked) -> dict[str, str]:
    level = "ward" if column.named("ward") else "district"
    return {
        "area_level": level,
        "area_by": "code" if column.share(re.compile(r"E0\d{7}").fullmatch) > 0.8 else "name",
    }


def _records(columns: Mapping[str, Looked], token: str | None, remarks: list[str]) -> dict[str, Any]:
    start = _start(columns)
    if start is None:
        remarks.append("No column of dates was found: name the one that says when it happened as `start`.")
        start = next(iter(columns), "date")
    key = _key(columns, start)
    if key is None:
        remarks.append("No column numbers the rows: a newer file replaces a whole month, by its dates.")
    ways = ways_of(columns)
    if not ways:
        remarks.append("No column of places was found: nothing of this feed would be on the map.")
    chosen, _ = _choice(columns, _category({own: c for own, c in columns.items() if own not in (start, key)}))
    formats = [{"format": known, "precision": exact} for known, exact in _formats(columns.get(start))]
    when: dict[str, Any] = {"start": [_moment(columns, start)], "formats": formats}
    records: dict[str, Any] = {"when": when, "category": chosen, "marking": "unknown", "claims": ways}
    if token is not None:
        records["token"] = {"column": token, "space": "person"}
        remarks.append(
            "The reference to a person is kept as a keyed token, to count people; take `token` out if not wanted."
        )
    remarks.append(
        "Say which themes the categories are (`themes_by_category`), how records came to be known (`detection`),"
    )
    remarks.append("and the marking: until somebody does, it counts as the most restrictive.")
    return {"kind": "records", "currency": _currency(columns, key, start), "records": records}


def _formats(column: Looked | None) -> Sequence[tuple[str, str]]:
    return column.formats if column is not None and column.formats else (("%Y-%m-%d", "day"),)


def _moment(columns: Mapping[str, Looked], start: str) -> dict[str, str] | str:
    """The date, with the column of times beside it where the dates have none."""
    time = _first(
        columns, lambda c: c.named("time", "start") and c.share(re.compile(r"\d{1,2}:\d{2}").match) > 0.9
    )
    exact = any(precision == "minute" for _, precision in _formats(columns.get(start)))
    return {"date": start, "time": time} if time is not None and not exact and time != start else start


def _start(columns: Mapping[str, Looked]) -> str | None:
    """The column that says when it happened: by its name, else the first of dates."""
    dates = {own: c for own, c in columns.items() if c.is_date and c.filled}
    for word in START_WORDS:
        named = [own for own, c in dates.items() if c.named(word)]
        if named:
            return max(
                named,
                key=lambda own: (len(dates[own].filled) > 0.9 * dates[own].rows, -list(dates).index(own)),
            )
    return next(iter(dates), None)


def _key(columns: Mapping[str, Looked], start: str) -> str | None:
    """The column that numbers the rows: named so, each row its own; the first such."""
    able = {own: c for own, c in columns.items() if c.is_unique and own != start and not c.is_date}
    named = [
        own for own, c in able.items() if c.named(*KEY_WORDS) or c.words[-1].endswith(("ref", "id", "number"))
    ]
    return next(iter(named), None)


def _currency(columns: Mapping[str, Looked], key: str | None, start: str) -> dict[str, Any]:
    if key is not None:
        return {"by": "key", "key": [key]}
    known = [f for f, _ in _formats(columns.get(start)) if f.startswith("%")]
    return {"by": "period", "period": start, "period_formats": known or ["%Y-%m-%d"]}


def _category(columns: Mapping[str, Looked]) -> str | None:
    able = {own: c for own, c in columns.items() if not c.is_date and not c.named(*NOT_CATEGORIES)}
    for word in CATEGORY_WORDS:
        found = next((own for own, c in able.items() if c.named(word) and listed(c, loosely=True)), None)
        if found is not None:
            return found
    return next((own for own, c in able.items() if listed(c)), None)


def _choice(columns: Mapping[str, Looked], category: str | None) -> tuple[Any, str | None]:
    """The words of the column as categories, each its own code; one fixed word where there is no such column."""
    if category is None:
        return "record", None
    codes = {word: _own_name(word)[:60] for word in listed(columns[category], loosely=True)}
    return {"column": category, "values": codes, "blank": "not_given", "otherwise": "other"}, category


def _first(columns: Mapping[str, Looked], fits: Any) -> str | None:
    return next((own for own, column in columns.items() if fits(column)), None)


def _with_columns(told: dict[str, Any], kept: Mapping[str, Looked], remarks: list[str]) -> dict[str, Any]:
    """Only the columns that the draft makes use of; the others are told, so that somebody may add them."""
    used = set(_words_in(told))
    named = {own: column.header for own, column in kept.items() if own in used}
    others = [f"'{column.header}'" for own, column in kept.items() if own not in used]
    if others:
        remarks.append(f"Not used, and so not read: {', '.join(others)}.")
    first = ("title", "kind", "agency", "format")
    rest = {name: part for name, part in told.items() if name not in first}
    return {**{name: told[name] for name in first}, "cadence": "irregular", "columns": named, **rest}


def _words_in(part: Any) -> list[str]:
    if isinstance(part, str):
        return [part]
    entries = [*part, *part.values()] if isinstance(part, dict) else part if isinstance(part, list) else []
    return [word for entry in entries for word in _words_in(entry)]


def _text(told: Mapping[str, Any], remarks: Sequence[str]) -> str:
    """The remarks as comments above the definition: whoever finishes it reads them there."""
    comments = "".join(f"# - {' '.join(remark.split())}\n" for remark in remarks)
    return HEAD + comments + yaml.safe_dump(dict(told), sort_keys=False, allow_unicode=True, width=110)
