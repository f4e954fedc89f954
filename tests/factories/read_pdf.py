"""A small reader of the PDF files that this project writes: their pages' words, and what a screen reader is told."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["ReadPdf", "read_pdf"]

_PLAIN = rb"(?:\\.|[^\\()])"
STRING = rb"\((?:" + _PLAIN + rb"|\(" + _PLAIN + rb"*\))*\)"
"""A literal string; brackets inside it that match, one deep, are written as they are."""
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True, slots=True)
class ReadPdf:
    """`pages` are the words of each page; `tags` the kinds of structure; `alts` the alternative texts, in their order."""

    pages: tuple[str, ...]
    tags: frozenset[str]
    alts: tuple[str, ...]
    language: str
    metadata: str

    @property
    def text(self) -> str:
        return "\n".join(self.pages)


def read_pdf(content: bytes) -> ReadPdf:
    """Raises ValueError for a file whose pages are not where such a file keeps them."""
    objects = {
        int(number): body for number, body in re.findall(rb"(\d+) 0 obj(.*?)endobj", content, re.DOTALL)
    }
    pages = [body for body in objects.values() if re.search(rb"/Type\s*/Page\b", body)]
    if not pages:
        raise ValueError("no page was found")
    language = re.search(rb"/Lang\s*(" + STRING + rb")", content)
    return ReadPdf(
        pages=tuple(_page_text(objects, page) for page in pages),
        tags=frozenset(one.decode() for one in re.findall(rb"/S\s*/(\w+)", content)),
        alts=tuple(_told(one) for one in re.findall(rb"/Alt\s*(" + STRING + rb")", content)),
        language=_told(language[1]) if language else "",
        metadata="".join(
            re.findall(rb"<\?xpacket.*?<\?xpacket end", content, re.DOTALL)[0].decode().splitlines()
        ),
    )


def _page_text(objects: dict[int, bytes], page: bytes) -> str:
    resources = _named(objects, page, rb"Resources")
    fonts = dict(re.findall(rb"/(\w+)\s+(\d+) 0 R", _named(objects, resources, rb"Font")))
    letters = {name: _letters(objects, objects[int(number)]) for name, number in fonts.items()}
    drawn = _stream(objects[int(re.search(rb"/Contents\s+(\d+) 0 R", page)[1])])
    return "".join(_shown(drawn, letters))


def _named(objects: dict[int, bytes], body: bytes, name: bytes) -> bytes:
    """The dictionary of that name: beside the others, or an object of its own."""
    apart = re.search(rb"/" + name + rb"\s+(\d+) 0 R", body)
    if apart:
        return objects[int(apart[1])]
    inside = re.search(rb"/" + name + rb"\s*<<(.*?)>>", body, re.DOTALL)
    return inside[1] if inside else b""


def _letters(objects: dict[int, bytes], font: bytes) -> dict[bytes, str]:
    found = re.search(rb"/ToUnicode\s+(\d+) 0 R", font)
    if not found:
        return {}
    table = _stream(objects[int(found[1])])
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(words.decode()).decode("utf-16-be")
        for code, words in re.findall(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>\s", table)
    }


def _stream(body: bytes) -> bytes:
    raw = re.search(rb"stream\r?\n(.*)\r?\nendstream", body, re.DOTALL)
    if not raw:
        raise ValueError("a stream was expected")
    return zlib.decompress(raw[1]) if b"/FlateDecode" in body else raw[1]


def _shown(drawn: bytes, letters: dict[bytes, dict[bytes, str]]) -> Iterator[str]:
    """Words as they are drawn; a new text block begins with a space, since a paragraph's lines are blocks."""
    known: dict[bytes, str] = {}
    for font, begins, literal, hexed in re.findall(
        rb"/(\w+)\s+[\d.]+\s+Tf|(\bBT\b)|(" + STRING + rb")|<([0-9A-Fa-f]+)>", drawn, re.DOTALL
    ):
        if font:
            known = letters.get(font, {})
        elif begins:
            yield " "
        else:
            raw = bytes.fromhex(hexed.decode()) if hexed else _unescaped(literal[1:-1])
            yield "".join(known.get(raw[at : at + 2], "") for at in range(0, len(raw), 2))


def _unescaped(literal: bytes) -> bytes:
    def one(found: re.Match[bytes]) -> bytes:
        told = found[1]
        return bytes([int(told, 8)]) if told[:1].isdigit() else ESCAPES.get(told, told)

    return re.sub(rb"\\([0-7]{1,3}|.)", one, literal, flags=re.DOTALL)


def _told(literal: bytes) -> str:
    raw = _unescaped(literal[1:-1])
    return raw[2:].decode("utf-16-be") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")
