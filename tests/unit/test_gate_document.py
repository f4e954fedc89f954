"""Sources that keep PDF/UA-1 become files; those that break it are refused, in words."""

from datetime import UTC, datetime

import pytest

from trigpoint.gate.document import DocumentBroken, page_pictures, pdf_bytes

AT = datetime(2026, 11, 20, 9, 0, 0, 123456, tzinfo=UTC)
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="#222"/></svg>'
TITLED = '#set document(title: "A meeting")\n= A meeting\n'


def test_a_document_says_its_title_its_language_and_that_it_is_tagged() -> None:
    made = pdf_bytes(TITLED + "Words.", at=AT)
    assert made.startswith(b"%PDF-")
    assert b"/Lang" in made
    assert b"en-GB" in made
    assert b"/MarkInfo" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made


def test_a_picture_without_an_alternative_text_is_refused() -> None:
    with pytest.raises(DocumentBroken, match=r"alt"):
        pdf_bytes(TITLED + '#image("square.svg")', at=AT, beside={"square.svg": SQUARE})
    told = pdf_bytes(TITLED + '#image("square.svg", alt: "A square")', at=AT, beside={"square.svg": SQUARE})
    assert b"/Alt" in told


def test_a_document_without_a_title_is_refused() -> None:
    with pytest.raises(DocumentBroken, match=r"title"):
        pdf_bytes("= A meeting", at=AT)


def test_the_same_source_at_the_same_moment_is_the_same_file() -> None:
    assert pdf_bytes(TITLED, at=AT) == pdf_bytes(TITLED, at=AT)
    with pytest.raises(ValueError, match="time zone"):
        pdf_bytes(TITLED, at=datetime(2026, 11, 20))


def test_words_that_look_like_commands_stay_words() -> None:
    source = TITLED + '#json("told.json").said'
    plain = page_pictures(source, told={"said": "#panic(1) *x* $y$ @z"})
    assert len(plain) == 1
    assert plain[0].startswith(b"\x89PNG")


def test_no_package_is_fetched_from_anywhere() -> None:
    with pytest.raises(DocumentBroken, match="not here"):
        pdf_bytes('#import "@preview/cetz:0.4.2"', at=AT)


def test_what_breaks_is_said() -> None:
    with pytest.raises(DocumentBroken, match="unknown variable"):
        pdf_bytes(TITLED + "#nothing_of_the_kind", at=AT)
