"""An answer as text: a table for people, CSV, JSON, GeoJSON. Commands, exports and the API all write it here."""

import csv
import io
import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.outlines import feature_geometry
from trigpoint.gate.reasons import counted_noun, told_why

__all__ = [
    "FORMATS",
    "about_json",
    "csv_text",
    "geojson_text",
    "json_text",
    "plain",
    "rows",
    "show",
    "table_text",
]

FORMATS = ("table", "json", "csv", "geojson")
NOT_SHOWN = frozenset({"wkb", "geometry"})
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
TABLE_ROWS = 60


def show(answer: Answer, format: str = "table") -> str:
    """The answer in one of `FORMATS`, ending with a line break. Raises QuestionError for another format."""
    writers = {"table": table_text, "json": json_text, "csv": csv_text, "geojson": geojson_text}
    if format not in writers:
        raise QuestionError(f"There is no format '{format}': choose {', '.join(FORMATS)}.")
    return writers[format](answer)


_AS_THEY_ARE = frozenset({str, int, bool, type(None)})
"""Most of what an answer holds, by the hundred thousand: nothing further is looked at."""


def plain(value: Any) -> Any:
    """A value as JSON has it: numpy's numbers as numbers, NaN and infinity as null, all else as it is."""
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, np.ndarray):
        whole = value.dtype.kind in "iub" or (value.dtype.kind == "f" and bool(np.isfinite(value).all()))
        return value.tolist() if whole else [plain(one) for one in value.tolist()]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def rows(table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a table, values as `plain`; outlines are left out."""
    columns = {name: plain(column) for name, column in table.items() if name not in NOT_SHOWN}
    for values in zip(*(list(column) for column in columns.values()), strict=True):
        yield dict(zip(columns, values, strict=True))


def json_text(answer: Answer, made: Mapping[str, str] | None = None) -> str:
    """{"about": …, "rows": […]} and, where there are further tables, "parts": {name: […]}; `made` for a file."""
    whole: dict[str, Any] = {**_made(made), "about": about_json(answer), "rows": list(rows(answer.columns))}
    parts = {name: list(rows(part)) for name, part in answer.parts.items() if name not in NOT_SHOWN}
    if parts:
        whole["parts"] = parts
    return json.dumps(whole, ensure_ascii=False, allow_nan=False) + "\n"


def _made(made: Mapping[str, str] | None) -> dict[str, Any]:
    return {} if made is None else {"made": dict(made)}


def about_json(answer: Answer) -> Any:
    """What an answer says of itself, as JSON has it, with why something is left out."""
    why = {"why": told_why(answer.about)} if "why" in answer.about else {}
    return plain({**answer.about, **why})


def csv_text(answer: Answer) -> str:
    """Rows only, under their names. What is not known is empty. Text cannot become a formula in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = {name: plain(column) for name, column in answer.columns.items() if name not in NOT_SHOWN}
    writer.writerow(columns)
    for values in zip(*columns.values(), strict=True):
        writer.writerow([_cell(value) for value in values])
    return out.getvalue()


def geojson_text(answer: Answer, made: Mapping[str, str] | None = None) -> str:
    """A FeatureCollection in longitude and latitude, one feature a row, `about` beside it.

    Raises QuestionError for kinds that have no place, and where outlines were not asked for with the question.
    """
    geometries = feature_geometry(answer)
    features = [
        {"type": "Feature", "properties": row, "geometry": geometry}
        for row, geometry in zip(rows(answer.columns), geometries, strict=True)
    ]
    whole = {"type": "FeatureCollection", **_made(made), "about": about_json(answer), "features": features}
    return json.dumps(whole, ensure_ascii=False, allow_nan=False) + "\n"


def table_text(answer: Answer) -> str:
    """Aligned columns for a terminal: what matters first, and the first rows of it, then what the answer is about."""
    named = [name for name in _FIRST.get(answer.kind, ()) if name in answer.parts]
    tables = [answer.parts[name] for name in named] or [answer.columns]
    lines: list[str] = []
    for title, table in zip(named or [""], tables, strict=True):
        lines += ["", f"{title.capitalize()}:"] if len(tables) > 1 else []
        lines += _table_lines(table)
    return "\n".join([*lines, *_about_lines(answer)]).lstrip("\n") + "\n"


_FIRST = {"hotspots": ("hotspots",), "emerging": ("rising", "places")}
"""The parts that a table shows in place of the rows, where these are every unit of the county."""


def _table_lines(table: Table) -> Iterator[str]:
    found = [{name: _short(value) for name, value in row.items()} for row in rows(table)]
    yield from _aligned(found[:TABLE_ROWS])
    if len(found) > TABLE_ROWS:
        yield f"… and {len(found) - TABLE_ROWS:,} more rows: --format csv gives all of them."


def _aligned(found: list[dict[str, str]]) -> Iterator[str]:
    if not found:
        yield "Nothing to list."
        return
    widths = {name: max(len(name), *(len(row[name]) for row in found)) for name in found[0]}
    yield "  ".join(name.ljust(width) for name, width in widths.items()).rstrip()
    for row in found:
        yield "  ".join(row[name].ljust(width) for name, width in widths.items()).rstrip()


def _about_lines(answer: Answer) -> Iterator[str]:
    about = answer.about
    start, end = about["period"] if isinstance(about["period"], list) else (None, None)
    yield ""
    yield f"{about.get('total', 0):,} {counted_noun(about) if 'unplaced' in about else 'in all'}"
    if about.get("silence"):
        yield str(about["silence"])
    if start:
        yield f"From {start} to before {end}. Publication {about['publication']}."
    for name in ("denominator", "compared_with", "sentence"):
        if about.get(name):
            yield f"{name.replace('_', ' ').capitalize()}: {about[name]}"
    yield from _beside(about)
    for one in told_why(about):
        yield one["sentence"]
    for attribution in about["attributions"] if isinstance(about["attributions"], list) else ():
        yield str(attribution)


_NOTES = ("said_before", "said_when_locked", "silence_note", "step_note", "cold_note", "unlike_note", "note")
_SAID_BESIDE = ("cautions", "withheld", "passed_over", "not_compared")


def _beside(about: Mapping[str, object]) -> Iterator[str]:
    """What whoever reads the sentence out must know with it."""
    yield from (str(about[name]) for name in _NOTES if about.get(name))
    for name in _SAID_BESIDE:
        told = about.get(name)
        yield from (str(one) for one in told) if isinstance(told, list | tuple) else ()


def _short(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list):
        return str(len(value))
    return str(value)


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list):
        return " ".join(str(one) for one in value)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value
