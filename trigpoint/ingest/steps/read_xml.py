"""Read XML whose records are elements with plain children, such as the published food hygiene ratings."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree as safe_xml
import numpy as np
import pyarrow as pa
from defusedxml.common import DefusedXmlException

from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.receipt import LoadRefused, Progress
from trigpoint.ingest.sheet import Sheet
from trigpoint.ingest.steps.headers import Matched, find_header
from trigpoint.ingest.steps.read_progress import BLOCK_ROWS, STEP

LARGEST_XML_BYTES = 512 << 20
"""The ratings of one council are some 2 MB, of all Britain some 500 MB."""
DEEPEST = 32
"""Elements within elements. A record is three or four deep; a parser's stack is not endless."""
MOST_NAMES = 2_000
"""Different paths of elements within a record; more is no table."""


def read_xml(path: Path, definition: Definition, progress: Progress) -> Sheet:
    """Every `definition.record` element a row, its columns the paths of its leaves (`Geocode/Longitude`).

    A column is found by its path, or by its last name where only one path ends in it. Raises LoadRefused.
    """
    if definition.record is None:
        raise LoadRefused(
            f"{definition.name} does not say which element is a record. Add `record: <element>` to it."
        )
    if path.stat().st_size > LARGEST_XML_BYTES:
        raise LoadRefused(
            f"The XML file is larger than {LARGEST_XML_BYTES >> 20} MB. Bring one council's at a time."
        )
    try:
        records = _records(path, definition.record, progress)
    except LoadRefused:
        raise
    except DefusedXmlException as fault:
        raise LoadRefused(
            "The XML declares entities or a document type, which can pull in other files. Ask for it without."
        ) from fault
    except (ParseError, ValueError, LookupError, RecursionError) as fault:
        raise LoadRefused("The XML is damaged or cut short. Ask for the file again.") from fault
    if not records:
        raise LoadRefused(
            f"The XML has no element named {definition.record}, so it holds no record of {definition.name}."
        )
    return _sheet(records, definition)


def _records(path: Path, wanted: str, progress: Progress) -> list[dict[str, str]]:
    records: list[dict[str, str]] = []
    depth = 0
    for event, element in safe_xml.iterparse(str(path), events=("start", "end"), forbid_dtd=True):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise LoadRefused(f"The XML is more than {DEEPEST} elements deep, which no list of records is.")
        if event == "end" and _bare(element.tag) == wanted:
            records.append(dict(_leaves(element, "")))
            element.clear()
            if len(records) % BLOCK_ROWS == 0:
                progress(STEP, len(records), None)
    return records


def _bare(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def _leaves(element: Element, above: str) -> Iterator[tuple[str, str]]:
    for child in element:
        path = f"{above}{_bare(child.tag)}"
        if len(child):
            yield from _leaves(child, f"{path}/")
        else:
            yield path, (child.text or "").strip()


def _sheet(records: list[dict[str, str]], definition: Definition) -> Sheet:
    paths = list(dict.fromkeys(path for record in records for path in record))
    if len(paths) > MOST_NAMES:
        raise LoadRefused(
            f"The XML's records have more than {MOST_NAMES:,} different elements; they are no table."
        )
    matched = _matched(paths, definition)
    columns = {
        name: pa.array([record.get(paths[place], "") for record in records], pa.string())
        for name, place in matched.positions.items()
    }
    rows = np.arange(1, len(records) + 1, dtype=np.int32)
    return Sheet(matched.definition, columns, rows, matched.headers, vintage=matched.vintage)


def _matched(paths: list[str], definition: Definition) -> Matched:
    last = [path.rsplit("/", 1)[-1] for path in paths]
    plain = [name if last.count(name) == 1 else path for name, path in zip(last, paths, strict=True)]
    try:
        return find_header(definition, [paths])[1]
    except LoadRefused:
        return find_header(definition, [plain])[1]
