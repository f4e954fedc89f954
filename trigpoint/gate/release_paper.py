"""A release as it leaves: one page that needs nothing beside it, and the same as a tagged PDF.

Written from told cells alone. What was withheld is not here, not even why: whoever reads the page cannot tell a small
count from one withheld for another's sake.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape

from trigpoint.core.disclosure.cells import CellKey, Layer
from trigpoint.gate.connection import current_version
from trigpoint.gate.document.typesetting import pdf_bytes
from trigpoint.gate.marking import NO_ADVERSE_USE_SENTENCE
from trigpoint.gate.release_map import CLASSES, map_svg, outlines_of
from trigpoint.gate.release_style import STYLE, TYPST

__all__ = ["WITHHELD_WORD", "Paper", "document_told", "paper_document", "paper_page", "tables_of"]

WITHHELD_WORD = "withheld"
KINDS = {"district": "District", "ward": "Ward", "named_area": "Named area"}


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything a release says. `cells` has each told cell's number, None where withheld; layers are without feeds."""

    number: int
    title: str
    words: Mapping[str, str]
    marking: str
    recipients: tuple[str, ...]
    first_on: date
    end_on: date
    issued_on: date | None
    expires_on: date
    layers: tuple[tuple[str, str, Layer], ...]
    names: Mapping[tuple[str, str], str]
    district_of_ward: Mapping[str, str]
    sources: tuple[str, ...]
    attributions: tuple[str, ...]
    below: int
    round_to: int
    cells: Mapping[CellKey, int | None]

    @property
    def reading(self) -> str:
        """How its numbers are to be read."""
        return (
            f"Numbers are rounded to the nearest {self.round_to}. “{WITHHELD_WORD.capitalize()}” is fewer than "
            f"{self.below}, or a number that would give another away: it may be none. Numbers do not add up, and are "
            "not meant to: one child may be in several places. A place with more reports is not always a place with "
            "more harm. A number told before is told again as it was while fewer than "
            f"{self.below} records have come or gone since."
        )

    @property
    def standing(self) -> tuple[tuple[str, str], ...]:
        issued = day_words(self.issued_on) if self.issued_on else "not issued yet: a draft"
        return (
            ("Marking", self.marking),
            ("For", "; ".join(self.recipients)),
            ("Period", f"{day_words(self.first_on)} to {day_words(self.end_on - timedelta(days=1))}"),
            ("Issued", issued),
            ("Use until", f"{day_words(self.expires_on)}; then delete it"),
            ("Number", f"release {self.number}"),
        )


@dataclass(frozen=True, slots=True)
class ReleaseTable:
    """One layer at one kind of area: a row an area, a column a period; None where withheld."""

    caption: str
    area_word: str
    periods: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]


def tables_of(paper: Paper) -> Iterator[ReleaseTable]:
    """Every told cell, once, in tables by layer. Rows stand by district and name, never by number."""
    for _, name, layer in paper.layers:
        for kind, period in (
            ("district", "quarter"),
            ("district", "month"),
            ("ward", "quarter"),
            ("named_area", "quarter"),
        ):
            found = _of(paper, layer, kind, period)
            if not found:
                continue
            starts = sorted({key.first_on for key in found})
            areas = sorted({key.area for key in found}, key=lambda area: _order(paper, kind, area))
            by_place = {(key.area, key.first_on): told for key, told in found.items()}
            yield ReleaseTable(
                caption=f"{name}, by {KINDS[kind].lower()} and {period}",
                area_word=KINDS[kind],
                periods=tuple(period_words(start, period) for start in starts),
                rows=tuple(
                    (_area_words(paper, kind, area), tuple(by_place[area, start] for start in starts))
                    for area in areas
                ),
            )


def _of(paper: Paper, layer: Layer, kind: str, period: str) -> dict[CellKey, int | None]:
    return {
        key: told
        for key, told in paper.cells.items()
        if (key.layer.themes, key.layer.counts) == (layer.themes, layer.counts)
        and (key.area_kind, key.period_kind) == (kind, period)
    }


def _order(paper: Paper, kind: str, area: str) -> tuple[str, str]:
    district = paper.district_of_ward.get(area, "") if kind == "ward" else ""
    return (paper.names.get(("district", district), ""), paper.names.get((kind, area), area))


def _area_words(paper: Paper, kind: str, area: str) -> str:
    name = paper.names.get((kind, area), area)
    if kind != "ward":
        return name
    return f"{name}, {paper.names.get(('district', paper.district_of_ward[area]), '')}"


def day_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def period_words(start: date, period: str) -> str:
    """ "Oct–Dec 2025", or "Oct 2025"."""
    if period == "month":
        return f"{start:%b %Y}"
    last = date(start.year, start.month + 2, 1)
    return f"{start:%b}–{last:%b %Y}"


def counts_words(layer: Layer) -> str:
    if layer.counts == "people":
        return "Children and young people, at least: as many as the agency that knows most of them knows."
    return "Linked events, not people: these feeds cannot tell who was there."


def _maps(paper: Paper) -> Iterator[tuple[str, str]]:
    """A caption and a picture for each layer: the last quarter, by the finest area that has an outline."""
    version = current_version()
    for _, name, layer in paper.layers:
        kind = "ward" if _of(paper, layer, "ward", "quarter") else "district"
        found = _of(paper, layer, kind, "quarter")
        if not found:
            continue
        last = max(key.first_on for key in found)
        told = {key.area: number for key, number in found.items() if key.first_on == last}
        title = f"{name}, {period_words(last, 'quarter')}, by {kind}"
        outlines = outlines_of(version, kind, sorted(told))
        yield (
            title,
            map_svg(
                outlines,
                told,
                f"Map: {title}",
                "Shaded by the numbers of the table below; white with a dotted edge is withheld.",
            ),
        )


def paper_page(paper: Paper) -> bytes:
    """The whole page as UTF-8: no script, no request to any host, its style inside."""
    draft = "" if paper.issued_on else '<p class="draft">Draft: not approved, not to be passed on.</p>'
    body = [
        f'<p class="marking">{escape(paper.marking)}</p>',
        draft,
        f"<h1>{escape(paper.title)}</h1>",
        f'<p class="lead">{escape(paper.words["purpose"])}</p>',
        "<dl>"
        + "".join(f"<div><dt>{name}</dt><dd>{escape(told)}</dd></div>" for name, told in paper.standing)
        + "</dl>",
        f"<h2>How to read it</h2><p>{escape(paper.reading)}</p><p>{escape(paper.words['use'])}</p>",
        *_page_maps(paper),
        *_page_tables(paper),
        f"<h2>Who to ask</h2><p>{escape(paper.words['ask'])}</p>",
        f"<h2>Where the numbers come from</h2><ul>{_items((*paper.sources, *paper.attributions))}</ul>",
        f"<p>{escape(NO_ADVERSE_USE_SENTENCE)}</p>",
        f'<p class="marking">{escape(paper.marking)}</p>',
    ]
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="robots" content="noindex"><title>{escape(paper.title)}</title><style>{STYLE}</style></head>'
    )
    return f"{head}<body><main>{''.join(body)}</main></body></html>\n".encode()


def _page_maps(paper: Paper) -> Iterator[str]:
    yield "<h2>Maps</h2>"
    swatches = "".join(_swatch(words, fill) for _, words, fill in CLASSES)
    dotted = _swatch(WITHHELD_WORD, "#ffffff", ' stroke-dasharray="2 2"')
    yield f'<ul class="legend">{swatches}{dotted}</ul><div class="maps">'
    for title, svg in _maps(paper):
        yield f"<figure>{svg}<figcaption>{escape(title)}</figcaption></figure>"
    yield "</div>"


def _swatch(words: str, fill: str, edge: str = "") -> str:
    box = f'<rect x="1" y="1" width="14" height="14" fill="{fill}" stroke="#4b5a66"{edge}/>'
    return f'<li><svg viewBox="0 0 16 16" aria-hidden="true">{box}</svg>{escape(words)}</li>'


def _items(told: Sequence[str]) -> str:
    return "".join(f"<li>{escape(one)}</li>" for one in told)


def _page_tables(paper: Paper) -> Iterator[str]:
    layers = {name: layer for _, name, layer in paper.layers}
    last = ""
    for table in tables_of(paper):
        name = table.caption.rpartition(", by ")[0]
        if name != last:
            last = name
            yield f"<h2>{escape(name)}</h2><p>{escape(counts_words(layers[name]))}</p>"
        yield _page_table(table)


def _page_table(table: ReleaseTable) -> str:
    caption = escape(table.caption)
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in (table.area_word, *table.periods))
    rows = "".join(
        f'<tr><th scope="row">{escape(area)}</th>{"".join(_cell(one) for one in told)}</tr>'
        for area, told in table.rows
    )
    return (
        f'<div class="wrap" tabindex="0" role="region" aria-label="{caption}"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(told: int | None) -> str:
    return f'<td class="none">{WITHHELD_WORD}</td>' if told is None else f"<td>{told}</td>"


def paper_document(paper: Paper, *, at: datetime) -> bytes:
    """The same as a PDF that keeps PDF/UA-1, made `at`. Raises DocumentBroken where it would not keep it."""
    told, pictures = document_told(paper)
    return pdf_bytes(TYPST, at=at, told=told, beside=pictures)


def document_told(paper: Paper) -> tuple[dict[str, object], dict[str, bytes]]:
    """Everything the PDF is made of, beside its style: what is told, and pictures by file name."""
    pictures = list(_maps(paper))
    layers = {name: layer for _, name, layer in paper.layers}
    told: dict[str, object] = {
        "title": paper.title,
        "marking": paper.marking,
        "draft": "" if paper.issued_on else "Draft: not approved, not to be passed on.",
        "purpose": paper.words["purpose"],
        "standing": [list(one) for one in paper.standing],
        "reading": [paper.reading, paper.words["use"]],
        "ask": paper.words["ask"],
        "maps": [{"file": f"map{place}.svg", "title": title} for place, (title, _) in enumerate(pictures)],
        "legend": [*([words, fill] for _, words, fill in CLASSES), [WITHHELD_WORD, "#ffffff"]],
        "tables": [_told_table(table, layers) for table in tables_of(paper)],
        "sources": [*paper.sources, *paper.attributions],
        "last": NO_ADVERSE_USE_SENTENCE,
    }
    return told, {f"map{place}.svg": svg.encode() for place, (_, svg) in enumerate(pictures)}


def _told_table(table: ReleaseTable, layers: Mapping[str, Layer]) -> dict[str, object]:
    return {
        "caption": table.caption,
        "counts": counts_words(layers[table.caption.rpartition(", by ")[0]]),
        "head": [table.area_word, *table.periods],
        "rows": [[area, *_words(told)] for area, told in table.rows],
    }


def _words(told: Sequence[int | None]) -> list[str]:
    return [WITHHELD_WORD if one is None else str(one) for one in told]
