"""The pack as slides: the same words and drawings as on paper, a title and an alternative text on each."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Mm, Pt

from trigpoint.web.pack.paper import picture_png
from trigpoint.web.pack.told_pack import Paper

__all__ = ["pack_slides"]

Json = dict[str, Any]
WIDE, HIGH, EDGE = 338.67, 190.5, 12.0
"""A 16:9 slide and its margin, millimetres."""
INK, PAPER = (RGBColor(*one) for one in ((0x0F, 0x1B, 0x22), (0xFF, 0xFF, 0xFF)))  # type: ignore[no-untyped-call]
FONT = "Arial"
"""Slides cannot bring their font along: one that is on every meeting room's machine."""
MOST_ROWS = 9
MOST_JUDGED = 2
MOST_LETTERS = 620
"""Of a finding beside a map at its usual size, above the chart."""
SMALL, LETTERS_ACROSS = 11.0, 150
"""Points of the smallest words that are read on a slide, and how many letters of them a line takes."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph: its words, whether it is a heading of its own, and its size in points."""

    words: str
    bold: bool = False
    size: float = 16.0


def pack_slides(paper: Paper, at: datetime) -> bytes:
    """At most eight slides. `at` is the moment written into the file."""
    show, told = _empty(paper.told, at), paper.told
    _health(show, told)
    _hot(show, told, paper)
    places = told["places"]
    for few in _shared(places):
        _places(show, told, few, paper)
    _enforcement(show, told)
    _people(show, told, paper)
    _questions(show, told)
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def _shared(places: Sequence[Json]) -> list[Sequence[Json]]:
    """The places on three slides at most."""
    if len(places) <= 3:
        return [[one] for one in places]
    return [places[at : at + 2] for at in range(0, len(places), 2)]


def _empty(told: Json, at: datetime) -> Any:
    show = Presentation()
    show.slide_width, show.slide_height = Mm(WIDE), Mm(HIGH)
    about = show.core_properties
    about.title, about.author, about.language = told["title"], "Trigpoint", "en-GB"
    about.subject, about.keywords, about.comments = told["period"], told["marking"], told["use"]
    about.last_modified_by, about.created, about.modified = (
        "Trigpoint",
        at.replace(tzinfo=None),
        at.replace(tzinfo=None),
    )
    return show


def _slide(show: Any, told: Json, title: str) -> Any:
    """A slide with its title, the marking and for whom above, sources and page below."""
    slide = show.slides.add_slide(show.slide_layouts[5])
    head = slide.shapes.title
    head.left, head.top, head.width, head.height = Mm(EDGE), Mm(13), Mm(WIDE - 2 * EDGE), Mm(16)
    _fill(head.text_frame, [Part(title, bold=True, size=28)])
    head.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    head.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    _text(slide, "Marking", EDGE, 4, WIDE - 2 * EDGE, 8, [
        Part(f"{told['marking']}    {told['distribution']}    {told['stamp']}", bold=True, size=11)
    ])  # fmt: skip
    number = len(show.slides)
    foot = f"{told['marking']}    Page {number}    {told['sources']} {told['use']}"
    _text(slide, "Sources", EDGE, HIGH - 11, WIDE - 2 * EDGE, 8, [Part(foot, size=8)])
    return slide


def _text(
    slide: Any, name: str, left: float, top: float, wide: float, high: float, parts: Sequence[Part]
) -> Any:
    box = slide.shapes.add_textbox(Mm(left), Mm(top), Mm(wide), Mm(high))
    box.name = name
    _fill(box.text_frame, parts)
    return box


def _fill(frame: Any, parts: Sequence[Part]) -> None:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    for at, part in enumerate(parts):
        line = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        line.space_after = Pt(part.size * 0.3)
        run = line.add_run()
        run.text, run.font.size, run.font.bold = part.words, Pt(part.size), part.bold
        run.font.name, run.font.color.rgb, run.font.language_id = FONT, INK, MSO_LANGUAGE_ID.ENGLISH_UK


def _picture(slide: Any, paper: Paper, drawn: Json | None, left: float, top: float, wide: float) -> float:
    """A drawing with its alternative text; where it ends, millimetres from the top."""
    if drawn is None:
        return top
    png = picture_png(paper.pictures[drawn["file"]], wide)
    shape = slide.shapes.add_picture(io.BytesIO(png), Mm(left), Mm(top), width=Mm(wide))
    shape.name = drawn["file"].removesuffix(".svg")
    shape._element._nvXxPr.cNvPr.set("descr", drawn["alt"])
    return top + float(shape.height) / 36000


def _table(
    slide: Any,
    name: str,
    top: float,
    heads: Sequence[str],
    cells: Sequence[Sequence[str]],
    wide: Sequence[float],
) -> None:
    shape = slide.shapes.add_table(
        len(cells) + 1, len(heads), Mm(EDGE), Mm(top), Mm(sum(wide)), Mm(8 * (len(cells) + 1))
    )
    shape.name = name
    shape._element._nvXxPr.cNvPr.set("descr", f"{name}: {', '.join(one for one in heads if one)}.")
    for at, one in enumerate(wide):
        shape.table.columns[at].width = Mm(one)
    for down, row in enumerate([heads, *cells]):
        for across, words in enumerate(row):
            cell = shape.table.cell(down, across)
            cell.fill.solid()
            cell.fill.fore_color.rgb = INK if down == 0 else PAPER
            cell.margin_top = cell.margin_bottom = Mm(0.8)
            _fill(cell.text_frame, [Part(words, bold=down == 0, size=12)])
            if down == 0:
                cell.text_frame.paragraphs[0].runs[0].font.color.rgb = PAPER


def _health(show: Any, told: Json) -> None:
    slide, health = _slide(show, told, told["title"]), told["health"]
    parts = [Part(f"{told['meeting']}. {told['period']}."), Part(health["sentence"], bold=True, size=18)]
    parts += [Part(one) for one in (*told["waiting"], *told["refused"])]
    parts += [Part(one, size=11) for one in told["notes"]]
    parts += [Part(one, size=SMALL) for one in told["kept_from"]]
    _text(slide, "What it is", EDGE, 32, WIDE - 2 * EDGE, 20, parts)
    cells = [[one["name"], one["phrase"]] for one in health["agencies"][:MOST_ROWS]]
    more_lines = sum(len(one) // LETTERS_ACROSS for one in told["kept_from"])
    top = 60.0 + 7 * (len(parts) - 3) + 5 * more_lines
    if cells:
        _table(slide, "Who has sent", top, ("Agency", "Latest"), cells, (90, 110))
    _text(slide, "What could not be placed", 224, top, WIDE - 224 - EDGE, 60, [
        Part("What could not be placed", bold=True), Part(health["unplaced"], size=14),
        Part("Silent, not shown and nothing here are three different things. None of them is zero.", size=14),
    ])  # fmt: skip


def _hot(show: Any, told: Json, paper: Paper) -> None:
    hot = told["hot"]
    slide = _slide(show, told, "Hot now, and what changed")
    end = _picture(slide, paper, hot["map"], EDGE, 34, 150)
    if hot["map"]:
        _text(slide, "About the map", EDGE, end + 1, 150, 8, [Part(hot["map"]["caption"], size=10)])
    parts = [Part(hot["sentence"], bold=True, size=18)]
    parts += [
        Part(f"{one['letter']}  {one['name']}, {one['where']}. {one['kind']}. {one['since']}.", size=14)
        for one in hot["cards"]
    ]
    parts.append(Part(f"Since {hot['since']}", bold=True))
    changes = hot["changes"]
    if changes is None:
        parts.append(Part("Still being worked out.", size=14))
    elif not changes:
        parts.append(Part("Nothing has changed that can be told in words.", size=14))
    parts += [
        Part(f"{one['words']} {one['letter']} {one['name']}".replace("  ", " "), size=14)
        for one in (changes or ())[:6]
    ]
    parts += [
        Part(f"{one['letter']} is {one['words']}. No place is told.", size=12) for one in hot["concerns"]
    ]
    _text(slide, "Places", 170, 34, WIDE - 170 - EDGE, 130, parts)


def _places(show: Any, told: Json, places: Sequence[Json], paper: Paper) -> None:
    if len(places) == 1:
        _whole_place(show, told, places[0], paper)
        return
    slide = _slide(show, told, "Around each place: " + " and ".join(one["letter"] for one in places))
    half = (WIDE - 3 * EDGE) / 2
    for at, one in enumerate(places):
        left = EDGE + at * (half + EDGE)
        parts = [
            Part(f"{one['letter']}  {one['name']}", bold=True, size=18),
            Part(f"{one['where']}. {one['kind']}.", size=11),
        ]
        _text(slide, f"Place {one['letter']}", left, 32, half, 16, parts)
        end = _picture(slide, paper, one["map"], left, 47, half * 0.62)
        if one["map"]:
            _text(
                slide,
                f"About map {one['letter']}",
                left,
                end + 1,
                half,
                8,
                [Part(one["map"]["caption"], size=8)],
            )
        _text(slide, f"Finding {one['letter']}", left, end + 8, half, HIGH - end - 21, _finding(one, 10.5))


def _whole_place(show: Any, told: Json, one: Json, paper: Paper) -> None:
    slide = _slide(show, told, f"{one['letter']}  {one['name']}")
    _text(
        slide,
        "Where",
        EDGE,
        29,
        WIDE - 2 * EDGE,
        8,
        [Part(f"{one['where']}. {one['kind']}. {one['since']}", size=13)],
    )
    end = _picture(slide, paper, one["map"], EDGE, 38, 132)
    if one["map"]:
        _text(slide, "About the map", EDGE, end + 1, 132, 10, [Part(one["map"]["caption"], size=9)])
    _text(slide, "Finding", 152, 38, WIDE - 152 - EDGE, 70, _fitting(one, 14))
    end = _picture(slide, paper, one["months"], 152, 124, 120)
    if one["months"]:
        _text(
            slide,
            "About the months",
            152,
            end + 1,
            WIDE - 152 - EDGE,
            8,
            [Part(one["months"]["note"], size=9)],
        )


def _fitting(one: Json, size: float) -> list[Part]:
    """The finding at that size, or smaller where it has much to say: the last line is the question, and must be read."""
    told = _finding(one, size)
    letters = sum(len(part.words) for part in told)
    return told if letters <= MOST_LETTERS else _finding(one, size * MOST_LETTERS / letters)


def _finding(one: Json, size: float) -> list[Part]:
    seen = "; ".join(
        f"{each['name']} {each['words']}" for each in one["agencies"] if each["count"] is not None
    )
    around = "; ".join(each["words"] for each in one["around"][:3])
    parts = [
        Part(
            " ".join(word for word in (one["lead"], one["chance"], one["people"]) if word),
            bold=True,
            size=size,
        )
    ]
    parts.append(Part(f"Who sees it: {seen or 'nobody of those shown'}. {one['counted']}", size=size))
    if around:
        parts.append(Part(f"Within a ten-minute walk: {around}.", size=size))
    if one["week"]:
        parts.append(Part(f"When: {one['week']['words']}", size=size))
    parts += [Part(f"In place: {line}", size=size) for line in one["in_place"][:1]]
    parts += [Part(line, bold=True, size=size) for line in one["asks"]]
    return parts


def _enforcement(show: Any, told: Json) -> None:
    slide, found = _slide(show, told, "In place around the hotspots"), told["enforcement"]
    if found is None:
        _text(slide, "Notices", EDGE, 34, 200, 20, [Part("Notices are not shown to whoever made this pack.")])
        return
    _text(slide, "Finding", EDGE, 32, WIDE - 2 * EDGE, 10, [Part(found["sentence"], bold=True, size=18)])
    cells = [
        [
            one["letter"],
            one["name"],
            str(one["in_place"]),
            str(one["ends_soon"]),
            str(one["ended"]),
            str(one["by_ward"]),
            "nothing in place" if one["gap"] else "–",
        ]
        for one in found["rows"]
    ]
    if cells:
        _table(
            slide,
            "Notices around the places",
            44,
            ("", "Place", "In force", "Ends soon", "Ended", "In ward only", "Gap"),
            cells,
            (12, 60, 22, 24, 20, 22, 40),
        )
    parts = [Part("Ending soon", bold=True), *(Part(one, size=12) for one in found["ends"][:8])]
    _text(slide, "Ending soon", 222, 44, WIDE - 222 - EDGE, 100, parts)
    source = (
        f"Notices and orders on {found['on']}, within {found['within_m']} metres on foot, or in a straight line where no "
        "street could tell. One told only as somewhere in its ward is counted apart. "
        f"Source: the partners’ registers of notices. {found['idle']}"
    )
    _text(slide, "Source", EDGE, HIGH - 32, WIDE - 2 * EDGE, 16, [Part(source, size=11)])


def _people(show: Any, told: Json, paper: Paper) -> None:
    """What was evaluated on the left, drawn where it can be; what was agreed on the right."""
    slide = _slide(show, told, "Did it work, and what was agreed")
    half = (WIDE - 3 * EDGE) / 2
    _evaluations(slide, told["evaluations"], paper, half)
    actions, lines = told["actions"], [Part("Actions, overdue first", bold=True)]
    if actions is None:
        lines.append(Part("Not shown to whoever made this pack.", size=13))
    else:
        lines += [] if actions["rows"] else [Part("No action is open.", size=13)]
        lines += [Part(_action(one), bold=one["overdue"], size=12) for one in actions["rows"][:MOST_ROWS]]
        more = actions["more"] + max(len(actions["rows"]) - MOST_ROWS, 0)
        lines += [Part(f"{more} more on the page of actions.", size=12)] if more else []
    _text(slide, "Actions", 2 * EDGE + half, 32, half, 140, lines)


def _evaluations(slide: Any, found: Json | None, paper: Paper, wide: float) -> None:
    head, top = [Part("Evaluations", bold=True)], 40.0
    if found is None:
        head.append(Part("Not shown to whoever made this pack.", size=13))
    elif not found["rows"]:
        head.append(Part("No evaluation is open.", size=13))
    _text(slide, "Evaluations", EDGE, 32, wide, 8, head)
    for at, one in enumerate(found["rows"][:MOST_JUDGED] if found else (), start=1):
        _text(slide, f"Evaluation {at}", EDGE, top, wide, 6, [Part(one["title"], bold=True, size=10)])
        end = _picture(slide, paper, one["drawn"], EDGE, top + 6, wide * 0.78)
        _text(slide, f"Evaluation {at} in words", EDGE, end + 1, wide, 14, [Part(one["short"], size=10)])
        top = end + (18 if one["drawn"] else 22)


def _action(one: Json) -> str:
    late = ", overdue" if one["overdue"] else ""
    return f"{one['what']}. {one['place']}: {one['agency']}, by {one['due']}{late}; {one['state']}."


def _questions(show: Any, told: Json) -> None:
    slide, questions = _slide(show, told, "Questions for the meeting"), told["questions"]
    parts = [Part(f"{at}.  {one['text']}", size=15) for at, one in enumerate(questions["rows"][:8], start=1)]
    if questions["waits"]:
        parts.append(Part("The questions of the analysis are still being worked out."))
    _text(slide, "Questions", EDGE, 34, WIDE - 2 * EDGE, 130, parts or [Part("No rule asks anything here.")])
    _text(slide, "Data", EDGE, HIGH - 26, WIDE - 2 * EDGE, 14, [Part(told["method"]["attributions"], size=7)])
