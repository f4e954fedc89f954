"""A Typst source becomes a tagged PDF (PDF/UA-1, which refuses what breaks it) or pictures of its pages.

What is told goes in beside the source, as `told.json` and pictures, and is read there with `json("told.json")` and
`image("map.svg", alt: …)`: words that somebody typed are never markup, so none of them can become a command.
Fonts are the project's own and Typst's own, never the machine's: the same source gives the same pages anywhere.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

__all__ = ["FONT", "LANGUAGE", "DocumentBroken", "page_pictures", "pdf_bytes"]

FONT = "Public Sans"
LANGUAGE = '#set text(lang: "en", region: "GB", font: "Public Sans")\n'
"""Put before every source: a document without its language breaks PDF/UA-1."""
STANDARD: Literal["ua-1"] = "ua-1"
TOLD = "told.json"
_FONTS = Path(__file__).with_name("fonts")
_MAIN = "main.typ"
_OUTSIDE = re.compile(r'(?:import|include)\s*"@')


class DocumentBroken(Exception):
    """A source that Typst or PDF/UA-1 refuses. `hints` are Typst's own words on how to mend it, `where` what it shows of
    the line that breaks.
    """

    def __init__(self, what: str, hints: tuple[str, ...] = (), where: str = "") -> None:
        super().__init__(" ".join((what, *hints)))
        self.what = what
        self.hints = hints
        self.where = where


def pdf_bytes(
    source: str,
    *,
    at: datetime,
    told: Mapping[str, Any] | None = None,
    beside: Mapping[str, bytes] | None = None,
) -> bytes:
    """The document as a tagged PDF that keeps PDF/UA-1, in British English, made `at` (aware).

    `told` is what can be written as JSON; `beside` holds pictures and other sources by file name.
    The source has to set a title (`#set document(title: …)`) and give every picture its alternative text.
    Raises DocumentBroken, in Typst's words, for a source that does not compile or breaks the standard.
    """
    if at.tzinfo is None:
        raise ValueError("A document is made at a moment with a time zone.")
    whole_second = at.astimezone(UTC).replace(microsecond=0)
    made = _made(source, told, beside, format="pdf", pdf_standards=[STANDARD], timestamp=whole_second)
    return made[0]


def page_pictures(
    source: str,
    *,
    told: Mapping[str, Any] | None = None,
    beside: Mapping[str, bytes] | None = None,
    pixels_per_inch: float = 144.0,
) -> tuple[bytes, ...]:
    """Every page as a PNG. A picture carries no alternative text: who shows it has to give one."""
    return _made(source, told, beside, format="png", ppi=pixels_per_inch)


def _made(
    source: str, told: Mapping[str, Any] | None, beside: Mapping[str, bytes] | None, **how: Any
) -> tuple[bytes, ...]:
    files = {**(beside or {}), TOLD: json.dumps(told or {}).encode(), _MAIN: (LANGUAGE + source).encode()}
    _refuse_outside(files)
    try:
        made = typst.Compiler(files, font_paths=_fonts()).compile(**how)  # type: ignore[type-var]
    except typst.TypstError as broken:
        raise DocumentBroken(broken.message, tuple(broken.hints), broken.diagnostic) from broken
    if made is None:
        raise DocumentBroken("Typst gave nothing back.")
    return tuple(made) if isinstance(made, list) else (made,)


def _refuse_outside(files: Mapping[str, bytes]) -> None:
    """A package named in a source would be fetched from another host: the map asks no other host."""
    for name, content in files.items():
        if name.endswith(".typ") and _OUTSIDE.search(content.decode()):
            raise DocumentBroken(f"{name} names a package that is not here.")


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[_FONTS])
