"""A file to take away: asked of the gate like everything else, and put on record a second time as what it is."""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from trigpoint.core.sharing.viewer import Viewer
from trigpoint.db.audit import record_event
from trigpoint.db.home import current_home
from trigpoint.gate.answers import Answer
from trigpoint.gate.ask import ask
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.export_tables import FlatTable, flat_tables
from trigpoint.gate.export_words import Made, about_lines, file_name, made_by
from trigpoint.gate.geopackage import geopackage_bytes
from trigpoint.gate.questions import Question
from trigpoint.gate.receipt_file import plain_cell
from trigpoint.gate.shelf import Progress
from trigpoint.gate.show import csv_text, geojson_text, json_text
from trigpoint.gate.workbook import workbook_bytes

__all__ = ["FORMS", "SHAPED_FORMS", "Exported", "export", "file_of", "outlined"]

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = {
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
    "xlsx": _WORKBOOK,
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
    "json": "application/json",
}
"""Each form of a file with its media type. `zip` holds CSV files, one a table, and what they are about."""
SHAPED_FORMS = frozenset({"geojson", "gpkg"})
_OUTLINED = frozenset({"counts", "hotspots", "emerging", "density", "picture"})
"""Kinds whose rows have outlines to ask for."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A file, whole: its name, its media type and its bytes."""

    name: str
    media_type: str
    content: bytes


def export(
    viewer: Viewer,
    question: Question,
    form: str,
    at: datetime,
    *,
    may_wait: bool = True,
    progress: Progress | None = None,
) -> Exported:
    """Ask, record that a file is made, and make it. Raises as `ask`, and QuestionError for a form that there is not.

    Two audit events: the question, and `exported` with the form and how many rows. If either cannot be recorded,
    nothing leaves.
    """
    if form not in FORMS:
        raise QuestionError(f"There is no format '{form}': choose {', '.join(FORMS)}.")
    if form in SHAPED_FORMS:
        question = outlined(question)
    answer = ask(viewer, question, at, may_wait=may_wait, progress=progress)
    made = made_by(viewer, at)
    whole = file_of(answer, form, made, current_home().cache)
    record_event(
        event="exported",
        at=at,
        user=viewer.user,
        agency=viewer.agency,
        role=viewer.role,
        purpose=viewer.purpose,
        subject=f"{question.kind} {question.level_word}",
        detail={
            "form": form,
            "file": whole.name,
            "rows": len(answer),
            "publication": answer.about["publication"],
        },
    )
    return whole


def outlined(question: Question) -> Question:
    """The same question with outlines beside its rows, where its kind has any."""
    return replace(question, geometry=True) if question.kind in _OUTLINED else question


def file_of(answer: Answer, form: str, made: Made, folder: Path) -> Exported:
    """The file of an answer, from the answer and `made` alone: equal answers make equal bytes.

    A GeoPackage is written in a directory of its own under `folder`, and read back.
    """
    content = _content(answer, form, made, folder)
    return Exported(file_name(answer, made, form), FORMS[form], content)


def _content(answer: Answer, form: str, made: Made, folder: Path) -> bytes:
    if form == "csv":
        return csv_text(answer).encode()
    if form == "json":
        return json_text(answer, made.to_dict()).encode()
    if form == "geojson":
        return geojson_text(answer, made.to_dict()).encode()
    about, tables = about_lines(answer, made), flat_tables(answer, shapes=form in SHAPED_FORMS)
    if form == "xlsx":
        return workbook_bytes(tables, about, made.at)
    if form == "gpkg":
        return geopackage_bytes(tables, about, made.at, folder=folder)
    return _zip(tables, about, made.at)


def _zip(tables: Sequence[FlatTable], about: Sequence[tuple[str, str]], at: datetime) -> bytes:
    """CSV files that a spreadsheet reads as UTF-8, one a table, and `about.csv`."""
    names, values = (tuple(column) for column in zip(*about, strict=True))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for table in (FlatTable("about", {"what": names, "says": values}), *tables):
            entry = zipfile.ZipInfo(f"{table.name.replace(' ', '_')}.csv", at.timetuple()[:6])
            packed.writestr(entry, _table_csv(table).encode("utf-8-sig"), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _table_csv(table: FlatTable) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows(_csv_row(row) for row in zip(*table.columns.values(), strict=True))
    return out.getvalue()


def _csv_row(row: Sequence[object]) -> list[object]:
    return ["" if one is None else plain_cell(one) if isinstance(one, str) else one for one in row]
