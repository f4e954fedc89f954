"""The pack: hidden records change no word, no line and no letter of it, and it reads back as what it must be."""

import io
import json
from datetime import UTC, date, datetime
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

from tests.factories.read_pdf import read_pdf
from tests.factories.world import RECORD_FEEDS, World, agreement, open_agreements
from tests.property.test_hot_now_hidden import AGENCIES, NOTHING_DRAWN, QUADRANTS
from tests.property.test_hot_now_hidden import gathered as records_gathered
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk, answer
from trigpoint.gate.distribution import distribution_at
from trigpoint.gate.document import DocumentBroken
from trigpoint.gate.in_place import near_units
from trigpoint.gate.questions import question_from_words
from trigpoint.web.hot_now.sources import Sources
from trigpoint.web.pack.before_after import BeforeAfter, Side
from trigpoint.web.pack.district import district_gathered, told_district
from trigpoint.web.pack.gathering import gathered
from trigpoint.web.pack.paper import paper_pdf
from trigpoint.web.pack.profile import BOXES, profile_heard, told_profile
from trigpoint.web.pack.reach import noting, said_of
from trigpoint.web.pack.slides import pack_slides
from trigpoint.web.pack.told_pack import Meeting, Paper, PeoplesWork, told_pack

AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
MARKING = "OFFICIAL-SENSITIVE"
_, POLICE, _ = RECORD_FEEDS
SENSITIVE = 4
MEMBER = Viewer("someone", "social_care", "member")
ANALYST = Viewer("someone", "", "analyst")
HOME = {"county": "Marlshire", "marking": MARKING, "agencies": dict(AGENCIES), "at": AT}
SECRETS = (
    "The Limes",
    "Quay House",
    "childrens_home",
    "Children's home",
    "Supported accommodation",
    "someone",
)
ACTION = {
    "what": "Detached youth work on Fridays",
    "place": "Mill Street",
    "agency": "Youth service",
    "due": "4 August 2024",
    "overdue": True,
    "state": "Agreed",
}
DRAWN = BeforeAfter(
    date(2024, 3, 1),
    6,
    3,
    (Side("At the place", 40, 9, 18, 7, 29), Side("5 similar places, mean", 38, 17), Side("Round it", 12, 6)),
)
EVALUATION = {
    "title": "Mill Street: a closure of the premises, from 1 March 2024",
    "words": "It cannot be told from chance. A fall of less than 20 could not have been seen.",
    "short": "It cannot be told from chance.",
    "drawn": DRAWN,
}
WORK = PeoplesWork(actions=[ACTION] * 40, evaluations=[EVALUATION] * 9)


def sources_of(world: World, viewer: Viewer) -> Sources:
    desk = Desk(world.version(), world.agreements, lambda *_: None)

    def put(kind, words):
        return answer(viewer, question_from_words(kind, words), AT, desk)

    return Sources(
        ask=put,
        classes=lambda _: [1, 2, 3, 5, 8, 13],
        lines=lambda *_: NOTHING_DRAWN,
        near=partial(near_units, desk.version),
        agencies=AGENCIES,
        quadrants=QUADRANTS,
        today=date(2024, 9, 2),
    )


def paper_of(world: World, viewer: Viewer, work: PeoplesWork = WORK) -> Paper:
    sources = sources_of(world, viewer)
    found = gathered(sources, sources.ask("choices", {}), "")
    meeting = Meeting("", date(2024, 9, 20), AT, ("Places are the answers kept when it was frozen.",))
    return told_pack(found, work, meeting, **HOME)


def busy(seed: int = 3) -> World:
    return World(records=records_gathered(seed, 120), agreements=open_agreements())


@pytest.fixture(scope="module")
def paper() -> Paper:
    return paper_of(busy(), ANALYST)


@pytest.fixture(scope="module")
def pdf(paper):
    return read_pdf(paper_pdf(paper, "pack", AT))


@pytest.fixture(scope="module")
def slides(paper):
    return Presentation(io.BytesIO(pack_slides(paper, AT)))


def test_the_last_page_of_a_frozen_pack_says_as_known_when_it_was_frozen(paper):
    known = dict(map(tuple, paper.told["method"]["facts"]))["As known"]
    assert known == f"when it was frozen, {paper.told['stamp'].removeprefix('Frozen ')}"


@settings(max_examples=2, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_what_is_hidden_changes_no_word_and_no_line_of_the_pack(seed):
    expired = agreement("police", expires="2024-09-01", expires_clause="9")
    world = World(records=records_gathered(seed, 90), agreements=(agreement("social_care"), expired))
    with_hidden, never_there = paper_of(world, MEMBER), paper_of(world.without(POLICE), MEMBER)
    assert with_hidden.told == never_there.told
    assert with_hidden.pictures == never_there.pictures


def test_sensitive_sites_are_neither_drawn_nor_named_whoever_makes_the_pack(paper, pdf, slides):
    without = paper_of(busy().without(SENSITIVE), ANALYST)
    assert paper.pictures == without.pictures
    told = json.dumps(paper.told) + pdf.text + " ".join(pdf.alts) + words_of(slides)
    assert [one for one in SECRETS if one in told] == []


def test_the_paper_is_tagged_titled_and_told_to_those_who_cannot_see_it(paper, pdf):
    assert pdf.language == "en-GB"
    assert {"H1", "H2", "P", "Figure", "Table", "TH", "TD", "L", "LI"} <= pdf.tags
    assert "Pack for the meeting, Marlshire" in pdf.metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf.metadata
    assert paper.told["places"], "the records gathered at one street are a hotspot"
    drawn = [
        paper.told["hot"]["map"],
        *(one[name] for one in paper.told["places"] for name in ("map", "months")),
    ]
    drawn += [one["drawn"] for one in paper.told["evaluations"]["rows"]]
    assert sum(one is not None and one["file"].startswith("evaluation") for one in drawn) == 2
    assert {one["alt"] for one in drawn if one} <= set(pdf.alts)
    assert any("At the place: 40 before, 9 after; 18 (7 to 29)" in one for one in pdf.alts)
    assert all(len(one) > 20 for one in pdf.alts)


def test_every_page_says_its_marking_for_whom_it_is_and_where_it_comes_from(pdf, paper):
    places = len(paper.told["places"])
    planned = 5 + (places if places <= 3 else -(-places // 2))
    assert planned <= len(pdf.pages) <= min(planned + 1, 8), (
        "many evaluations and actions may take a page more"
    )
    for number, page in enumerate(pdf.pages, start=1):
        assert page.count(MARKING) >= 2
        assert "Do not forward." in page
        assert "Frozen 2 September 2024, 10:00" in page
        assert "publication 1" in page
        assert f"Page {number} of {len(pdf.pages)}" in page


def test_a_pack_with_more_to_say_than_pages_says_how_much_it_left_out(paper):
    long = {**ACTION, "what": "Detached youth work, every Friday and Saturday, " * 7}
    many = {**paper.told, "actions": {"rows": [long] * 60, "more": 3}}
    made = read_pdf(paper_pdf(Paper(many, paper.pictures), "pack", AT))
    assert len(made.pages) <= 8
    (kept,) = (n for n in (3, 5, 6, 7) if f"{63 - n} more on the page of actions" in made.text)
    assert made.text.count("overdue") == kept + 1, "each line, and the heading above them"


def shared_by_ward_alone(agency: str):
    own = {"agencies": [agency], "roles": "all", "finest": "point", "hours": True, "clause": "4"}
    others = {"agencies": "all", "roles": "all", "finest": "ward", "hours": False, "clause": "5"}
    return agreement(agency, audiences=[own, others])


def given_to(agreements, viewer: Viewer) -> Paper:
    """The pack of a viewer, with whom it may be given to at a table of all agencies of this world."""
    world = World(records=records_gathered(3, 120), agreements=agreements)
    desk = Desk(world.version(), world.agreements, lambda *_: None)
    sources, put = noting(sources_of(world, viewer))
    found = gathered(sources, sources.ask("choices", {}), "")
    paper = told_pack(found, WORK, Meeting("", date(2024, 9, 20), AT), **HOME)
    paper.told.update(said_of(distribution_at(desk, viewer, put, AGENCIES[:2], AT)))
    return paper


def test_a_pack_says_who_is_not_to_have_what_its_maker_may_see_and_by_which_clause():
    agreements = (agreement("social_care"), shared_by_ward_alone("police"), agreement("open_data"))
    paper = given_to(agreements, Viewer("someone", "police", "member"))
    made = read_pdf(paper_pdf(paper, "pack", AT))
    first = " ".join(made.pages[0].split())
    assert (
        "Holds more than these agencies are told at this level: Social care (Police records by ward only, clause 5)."
        in first
    )
    assert "they make it themselves under Papers." in first
    assert all("For Police only. Do not forward." in page for page in made.pages)
    assert len(made.pages) <= 8
    slides = Presentation(io.BytesIO(pack_slides(paper, AT))).slides
    assert "Social care (Police records by ward only, clause 5)" in "\n".join(_words(slides[0]))
    assert all("For Police only." in "\n".join(_words(one)) for one in slides)


def test_a_pack_that_all_who_sit_there_may_see_names_nobody():
    everything = {"agencies": "all", "roles": "all", "finest": "point", "hours": True, "clause": "4"}
    named = {**everything, "with_markings": ["secret", "unknown"]}
    agreements = tuple(agreement(code, audiences=[named]) for code, _ in AGENCIES)
    paper = given_to(agreements, MEMBER)
    assert paper.told["distribution"] == "For all who sit at this meeting. Do not forward."
    assert paper.told["kept_from"] == []


def test_a_drawing_without_its_alternative_text_breaks_the_pack(paper):
    planted = {**paper.told["hot"]["map"], "alt": None}
    broken = Paper({**paper.told, "hot": {**paper.told["hot"], "map": planted}}, paper.pictures)
    with pytest.raises(DocumentBroken, match="alt"):
        paper_pdf(broken, "pack", AT)


def words_of(show) -> str:
    return "\n".join(one for slide in show.slides for one in _words(slide))


def _words(slide):
    for shape in slide.shapes:
        yield shape._element._nvXxPr.cNvPr.get("descr") or ""
        if shape.has_text_frame:
            yield shape.text_frame.text
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


def test_every_slide_has_a_title_a_marking_and_its_drawings_in_words(slides, paper):
    assert 1 <= len(slides.slides) <= 8
    assert slides.core_properties.title == paper.told["title"]
    for slide in slides.slides:
        assert slide.shapes.title.text_frame.text
        assert MARKING in "\n".join(_words(slide))
        pictures = [one for one in slide.shapes if one.shape_type == 13]
        assert all(one._element._nvXxPr.cNvPr.get("descr") for one in pictures)
    drawn = [one for slide in slides.slides for one in slide.shapes if one.shape_type == 13]
    assert len(drawn) >= 4
    assert sum("3 months after 1 March 2024" in one._element._nvXxPr.cNvPr.get("descr") for one in drawn) == 2


def test_slides_and_paper_name_the_same_places_under_the_same_letters(slides, pdf, paper):
    told = words_of(slides)
    for one in paper.told["places"]:
        assert f"{one['letter']}  {one['name']}" in told
        assert one["name"] in pdf.text


def test_a_profile_has_every_heading_and_keeps_its_empty_boxes(paper):
    sources = sources_of(busy(), ANALYST)
    letter = paper.told["places"][0]["letter"]
    found = gathered(sources, sources.ask("choices", {}), "", only=letter)
    boxes = {box.name: "" for box in BOXES} | {"question": "Why here, and why now?"}
    made = read_pdf(
        paper_pdf(
            told_profile(found, found.places[0], profile_heard(found, found.places[0], ()), boxes, **HOME),
            "profile",
            AT,
        )
    )
    assert "Why here, and why now?" in made.text
    for heading in (
        "Question and terms",
        "Scanning",
        "for and against",
        "do not know",
        "Assessment plan",
        "Equality",
    ):
        assert heading in made.text
    assert all(MARKING in page for page in made.pages)


def test_a_district_has_one_page_and_names_only_what_lies_in_it(paper):
    sources = sources_of(busy(), ANALYST)
    found = district_gathered(sources, sources.ask("choices", {}))
    for name, code in found.agenda.districts.items():
        told = told_district(found, code, **HOME)
        made = read_pdf(paper_pdf(told, "district", AT))
        assert len(made.pages) == 1
        assert f"District sheet: {name}" in made.text
        assert {one["letter"] for one in told.told["places"]} == {
            one.letter for one in found.agenda.places if one.district_code == code
        }


def test_shortening_leaves_the_first_lines_and_counts_the_rest(paper):
    from trigpoint.web.pack.shorter import shorter

    lines = {"rows": [replace_what(ACTION, f"{at}") for at in range(9)], "more": 2}
    cut = shorter({**paper.told, "actions": lines}, 5)
    assert [one["what"] for one in cut["actions"]["rows"]] == ["0", "1", "2", "3", "4"]
    assert cut["actions"]["more"] == 6
    assert len(lines["rows"]) == 9


def replace_what(action, what):
    return {**action, "what": what}
