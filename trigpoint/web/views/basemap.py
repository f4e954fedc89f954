"""The base map file, in the byte ranges a map asks for."""

import re
from pathlib import Path
from typing import TypeVar

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags, quote_etag

from trigpoint.gate.basemap import basemap_file

MOST_BYTES = 16 * 1024 * 1024
_Response = TypeVar("_Response", bound=HttpResponseBase)
_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


class RangeNotSatisfiable(ValueError):
    """The range asked for lies outside the file."""


def basemap(request: HttpRequest) -> HttpResponseBase:
    """GET /basemap.pmtiles: 206 for one range, 304 for what the browser has, 200 for the whole file."""
    file = basemap_file()
    if file is None:
        raise Http404
    tag = _tag(file)
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        return _private(HttpResponseNotModified(), tag)
    asked = request.headers.get("Range")
    if asked is None or request.headers.get("If-Range", tag) != tag:
        return _private(FileResponse(file.open("rb"), content_type="application/octet-stream"), tag)
    return _private(_part(file, asked), tag)


def byte_range(asked: str, size: int) -> tuple[int, int]:
    """First and last byte, inclusive, of a single range header over a file of `size` bytes.

    At most MOST_BYTES are given; a client reads Content-Range and asks for the rest.
    Raises RangeNotSatisfiable.
    """
    found = _RANGE.fullmatch(asked.strip())
    if found is None or found.groups() == ("", ""):
        raise RangeNotSatisfiable(asked)
    first_told, last_told = found.groups()
    if first_told == "":
        first, last = max(size - int(last_told), 0), size - 1
    else:
        first = int(first_told)
        last = min(int(last_told), size - 1) if last_told else size - 1
    if first > last or first >= size:
        raise RangeNotSatisfiable(asked)
    return first, min(last, first + MOST_BYTES - 1)


def _part(file: Path, asked: str) -> HttpResponse:
    size = file.stat().st_size
    try:
        first, last = byte_range(asked, size)
    except RangeNotSatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    with file.open("rb") as opened:
        opened.seek(first)
        part = opened.read(last - first + 1)
    return HttpResponse(
        part,
        status=206,
        content_type="application/octet-stream",
        headers={"Content-Range": f"bytes {first}-{last}/{size}"},
    )


def _tag(file: Path) -> str:
    stat = file.stat()
    return quote_etag(f"{file.stem}-{stat.st_size:x}-{stat.st_mtime_ns:x}")


def _private(response: _Response, tag: str) -> _Response:
    response["ETag"] = tag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-cache"
    return response
