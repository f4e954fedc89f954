"""Whatever is done to a file's bytes or name, reading it ends in a sheet or in a refusal, and in little memory."""

import contextlib
import hashlib
import io
import resource
import warnings
import zipfile
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.reading_files import EVERY, TEXT, definition_for, zipped
from trigpoint.ingest.receipt import LoadRefused
from trigpoint.ingest.sheet import Sheet
from trigpoint.ingest.steps.read import read
from trigpoint.ingest.steps.read_zip import FAULTS

MOST_GROWTH_KB = 600_000
"""What all readings of one format together may add to the process at its largest."""
INSERTED = (
    b"", b"\x00", b"\xff\xfe", b'"', b"\n", b",", b"<!DOCTYPE x>", b"<!ENTITY a SYSTEM 'file:///etc/passwd'>",
    b"/vsizip/", b"NaN", b"1e999", b"\xef\xbf\xbd", b"PK\x03\x04", b"999999999999999999", b"-1", b"XFD1048576",
)  # fmt: skip


@cache
def original(name):
    return EVERY[name]()


class Spoilt(bytes):
    """Bytes that do not fill the screen when a test fails; the seed that Hypothesis prints makes them again."""

    def __repr__(self):
        return f"<{len(self)} bytes, SHA-256 {hashlib.sha256(self).hexdigest()[:12]}>"


@st.composite
def mutations(draw, name):
    """The bytes of the file after one to four mishaps."""
    raw = original(name)
    for _ in range(draw(st.integers(1, 4))):
        raw = draw(st.sampled_from(MISHAPS))(draw, raw)
    return Spoilt(raw)


def truncated(draw, raw):
    return raw[: draw(st.integers(0, len(raw)))]


def beheaded(draw, raw):
    return raw[draw(st.integers(0, min(len(raw), 64))) :]


def flipped(draw, raw):
    if not raw:
        return raw
    changed = bytearray(raw)
    for _ in range(draw(st.integers(1, 12))):
        changed[draw(st.integers(0, len(raw) - 1))] ^= draw(st.integers(1, 255))
    return bytes(changed)


def spliced(draw, raw):
    at, to = sorted((draw(st.integers(0, len(raw))), draw(st.integers(0, len(raw)))))
    return raw[:at] + draw(st.sampled_from(INSERTED) | st.binary(max_size=12)) + raw[to:]


def inserted(draw, raw):
    at = draw(st.integers(0, len(raw)))
    return raw[:at] + draw(st.sampled_from(INSERTED)) * draw(st.integers(1, 3)) + raw[at:]


def reencoded(draw, raw):
    wide = draw(st.sampled_from(["utf-8", "utf-16", "utf-32", "cp1252", "utf-16-le", "cp500"]))
    return raw.decode("latin-1").encode(wide, errors="replace")


def followed(draw, raw):
    return raw + draw(st.sampled_from([raw, TEXT.encode(), b"\n" * 50, b"\x00" * 50]))


def within(draw, raw):
    """A mishap to one file of an archive, which is then packed again without fault."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = {info.filename: archive.read(info) for info in archive.infolist()}
    except FAULTS:
        return raw
    if not members:
        return raw
    name = draw(st.sampled_from(sorted(members)))
    members[name] = draw(st.sampled_from(OUTSIDE))(draw, members[name])
    return zipped(members)


OUTSIDE = (truncated, flipped, spliced, inserted, reencoded, followed)
MISHAPS = (
    within,
    within,
    within,
    truncated,
    beheaded,
    flipped,
    flipped,
    spliced,
    inserted,
    reencoded,
    followed,
)


@pytest.mark.parametrize("name", EVERY)
def test_the_file_as_made_is_read(tmp_path, name):
    path = tmp_path / "raw"
    path.write_bytes(original(name))
    assert read(path, name, definition_for(name)).count == (1 if name.startswith("lines") else 2)


@pytest.mark.parametrize("name", EVERY)
def test_a_spoilt_file_is_a_sheet_or_a_refusal(tmp_path_factory, name):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    @given(mutations(name), st.just(name) | st.sampled_from(sorted(EVERY)))
    def spoilt(raw, called):
        path = tmp_path_factory.mktemp("spoilt") / "raw"
        path.write_bytes(raw)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheet = None
            with contextlib.suppress(LoadRefused):
                sheet = read(path, called, definition_for(called))
            if sheet is not None:
                assert isinstance(sheet, Sheet)
                assert all(len(values) == len(sheet.rows) for values in sheet.columns.values())
                assert len(sheet.rows) + len(sheet.ragged) == sheet.count

    spoilt()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_GROWTH_KB
