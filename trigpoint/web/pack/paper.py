"""A paper as a tagged PDF, and its drawings as pictures for slides."""

from datetime import datetime
from functools import cache
from importlib.resources import files

from trigpoint.gate.document import DocumentBroken, page_pictures, pdf_bytes
from trigpoint.web.pack.shorter import shorter
from trigpoint.web.pack.told_pack import Paper

__all__ = ["paper_pdf", "picture_png"]

TOO_LONG = "more pages than there may be"
"""What a template says of itself when it runs over."""
ROOM = (7, 6, 5, 3)
"""How many lines a list may keep, tried in this order."""
_SHARED = ("house.typ", "place.typ")


def paper_pdf(paper: Paper, template: str, at: datetime) -> bytes:
    """The paper set by `typst/<template>.typ`, keeping PDF/UA-1 and its number of pages: where it has more to say than
    there is room for, its lists are cut and say so. Raises DocumentBroken where it cannot be set at all.
    """
    source = _source(f"{template}.typ")
    for most in (None, *ROOM):
        told = paper.told if most is None else shorter(paper.told, most)
        try:
            return pdf_bytes(source, at=at, told=told, beside=_beside(paper))
        except DocumentBroken as broken:
            if TOO_LONG not in broken.what or most == ROOM[-1]:
                raise
    raise DocumentBroken(TOO_LONG)


def paper_pages(paper: Paper, template: str) -> tuple[bytes, ...]:
    """The same pages as PNG, to look at."""
    return page_pictures(
        _source(f"{template}.typ"), told=paper.told, beside=_beside(paper), pixels_per_inch=110
    )


def picture_png(svg: bytes, wide_mm: float, pixels_per_inch: float = 200.0) -> bytes:
    """A drawing as PNG, `wide_mm` across."""
    source = (
        "#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
        f'#image("picture.svg", width: {wide_mm:g}mm)'
    )
    return page_pictures(source, beside={"picture.svg": svg}, pixels_per_inch=pixels_per_inch)[0]


def _beside(paper: Paper) -> dict[str, bytes]:
    return {**paper.pictures, **{name: _source(name).encode() for name in _SHARED}}


@cache
def _source(name: str) -> str:
    return files("trigpoint.web.pack").joinpath("typst", name).read_text("utf-8")
