"""What a file really is, told by its bytes; its name is only what somebody called it."""

import re
import zipfile
from pathlib import Path

from trigpoint.ingest.receipt import LoadRefused
from trigpoint.ingest.steps.read_zip import FAULTS

HEAD_BYTES = 8192
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACRO_ENDINGS = (".xlsm", ".xltm", ".xlam", ".xlsb", ".docm")
REALLY = {
    "text": "plain text",
    "gzip": "a gzip archive",
    "ole": "an old Office file (.xls, .doc) or a password-protected one",
    "xlsx": "an Excel workbook (.xlsx)",
    "xlsb": "a binary Excel workbook (.xlsb)",
    "ods": "an OpenDocument spreadsheet (.ods)",
    "document": "an Office document that is no spreadsheet",
    "shapefile": "a zipped Shapefile",
    "gtfs": "a zipped timetable (GTFS)",
    "zip": "a zip archive",
    "sqlite": "a database file (GeoPackage or another SQLite file)",
    "json": "JSON",
    "html": "a web page",
    "xml": "XML",
    "pdf": "a PDF",
    "picture": "a picture",
    "parquet": "a Parquet file",
    "program": "a program",
    "archive": "an archive (7z, RAR, bzip2 or xz)",
    "binary": "no text and none of the formats read here",
    "empty": "an empty file",
}
"""How each kind is told in a message."""

_MAGIC = (
    (b"\x1f\x8b", "gzip"),
    (OLE_MAGIC, "ole"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"PAR1", "parquet"),
    (b"MZ\x90", "program"),
    (b"\x7fELF", "program"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
)
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def real_kind(path: Path) -> str:
    """One of the keys of REALLY. Raises LoadRefused for a zip archive that is damaged."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        return "empty"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped_kind(path)
    kind = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    return kind or _text_kind(head)


def _zipped_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {info.filename.replace("\\", "/").lower() for info in archive.infolist()}
    except FAULTS as fault:
        raise LoadRefused(
            "The file is a zip archive that is damaged or cut short. Ask for it again."
        ) from fault
    bare = {name.rsplit("/", 1)[-1] for name in names}
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return "document"
    if any(name.endswith(".shp") for name in bare):
        return "shapefile"
    return "gtfs" if {"stops.txt", "stop_times.txt"} <= bare else "zip"


def _text_kind(head: bytes) -> str:
    if head.startswith(_TEXT_MARKS[1:]) or utf16_without_mark(head):
        return "text"
    start = head.removeprefix(_TEXT_MARKS[0]).lstrip()
    if b"\x00" in head:
        return "binary"
    if re.match(rb"<!doctype html|<html|<table|<head", start, re.IGNORECASE):
        return "html"
    if start.startswith((b"<?xml", b"<!DOCTYPE", b"<!--")) or re.match(rb"<[A-Za-z_][\w.:-]*[\s/>]", start):
        return "xml"
    # A JSON file begins with an object; text that begins with a brace within a cell is not told from one.
    return "json" if start.startswith((b"{", b"[")) else "text"


def utf16_without_mark(head: bytes) -> str | None:
    """The byte order of UTF-16 text that does not say so: every second byte of Western text is 0."""
    pairs = head[: len(head) // 2 * 2][:512]
    if len(pairs) < 8:
        return None
    low, high = pairs[0::2].count(0), pairs[1::2].count(0)
    if low == 0 and high > 0.8 * len(pairs) / 2:
        return "utf-16-le"
    return "utf-16-be" if high == 0 and low > 0.8 * len(pairs) / 2 else None
