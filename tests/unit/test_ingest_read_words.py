"""Encodings, and text that was read in the wrong one before it came here."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.factories.reading_files import SAME, TEXT, places
from trigpoint.ingest.steps.read import read
from trigpoint.ingest.steps.read_words import LOST_RULE, mended_text

WESTERN = "äöüéèêñçÅØŵŷ–—‘’“”…•€™£°½"


def misread(word, times=1):
    """What a program makes of UTF-8 that it takes for Windows-1252, byte by byte."""
    for _ in range(times):
        letters = []
        for byte in word.encode():
            try:
                letters.append(bytes([byte]).decode("cp1252"))
            except UnicodeDecodeError:
                letters.append(chr(byte))
        word = "".join(letters)
    return word


def may_be_misread(word):
    """Whether a word could itself have come of misreading another: then nobody can say where to stop reading it back."""
    try:
        return word.encode("cp1252").decode("utf-8") != word
    except UnicodeError:
        return False


@given(st.text(st.sampled_from(WESTERN + "abc ,.-"), max_size=20), st.integers(1, 3))
def test_what_was_misread_is_read_back_exactly(word, times):
    assume(not may_be_misread(word))
    once_more = mended_text(misread(word, times))
    assert once_more == mended_text(word)


@given(st.text(st.sampled_from(WESTERN), max_size=1), st.text("abc -", max_size=8))
def test_a_single_western_letter_among_plain_ones_is_never_touched(letter, plain):
    word = f"{plain}{letter}{plain or '.'}"
    assert mended_text(word) == word


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("Education â€“ College", "Education – College"),
        ("CafÃ© Row", "Café Row"),
        ("Â£5", "£5"),
        ("donâ€™t", "don’t"),
        ("â€œQuayâ€\x9d", "“Quay”"),
        ("Café â€“ Row", "Café – Row"),
        ("Ã¢â‚¬â€œ", "–"),
        ("ÄÖÜ straße", "ÄÖÜ straße"),
        ("Ã", "Ã"),
        ("", ""),
    ],
)
def test_examples(word, told):
    assert mended_text(word) == told


def sheet_of(tmp_path, raw, **more):
    path = tmp_path / "raw"
    path.write_bytes(raw)
    return read(path, "f.csv", places(**more))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_every_encoding_gives_the_same_cells(tmp_path, encoding):
    sheet = sheet_of(tmp_path, TEXT.encode(encoding))
    assert list(zip(sheet.text("code").to_pylist(), sheet.text("name").to_pylist(), strict=True)) == SAME


def test_mended_cells_are_counted_in_a_note(tmp_path):
    sheet = sheet_of(tmp_path, "Area Code,Name\nW1,CafÃ© Row\nW2,plain\n".encode())
    assert sheet.text("name").to_pylist() == ["Café Row", "plain"]
    assert sheet.notes == (
        "1 cells had been read in the wrong encoding before they came here; they were mended exactly.",
    )
    assert sheet.faults == ()


def test_two_encodings_in_one_file_give_the_same_letters(tmp_path):
    raw = b"Area Code,Name\nW1," + "Café".encode() + b"\nW2," + "Café".encode("cp1252") + b"\n"
    assert sheet_of(tmp_path, raw).text("name").to_pylist() == ["Café", "Café"]


def test_lost_letters_put_a_row_aside_only_where_the_column_is_compared(tmp_path):
    raw = "Area Code,Name\nW\ufffd,a\nW2,b \ufffd c\nW3,d\n".encode()
    sheet = sheet_of(tmp_path, raw)
    assert [(fault.column, fault.rule, fault.mask.tolist()) for fault in sheet.faults] == [
        ("Area Code", LOST_RULE, [True, False, False])
    ]
    assert sheet.notes == (
        "1 cells have letters that were lost before they came here (shown as \ufffd); they are kept so.",
    )


def test_plain_text_is_left_as_it_is(tmp_path):
    sheet = sheet_of(tmp_path, b"Area Code,Name\nW1,a\n")
    assert (sheet.notes, sheet.faults) == ((), ())
    assert np.array_equal(sheet.rows, [1])
