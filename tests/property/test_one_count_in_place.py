"""One distance and one count: whatever room tells what is in place at a hotspot tells the same notices of it."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest
from pptx import Presentation

from tests.factories.world import Served, World, agreement, open_agreements
from tests.property.test_hot_now_hidden import AGENCIES, NOTHING_DRAWN, QUADRANTS, gathered
from tests.property.test_pack_hidden import HOME, WORK, shared_by_ward_alone
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk, answer
from trigpoint.gate.in_place import IN_PLACE_M, near_units, standing
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import rows
from trigpoint.web.hot_now.sources import Sources
from trigpoint.web.pack.gathering import gathered as pack_gathered
from trigpoint.web.pack.slides import pack_slides
from trigpoint.web.pack.told_pack import Meeting, told_pack

AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
ENDS = {"active": None, "soon": date(2024, 9, 20), "over": date(2024, 7, 1)}
NOTICES = tuple(
    Served(kind, feed, ward, coarse, date(2024, 3, 1), ENDS[state])
    for ward in range(6)
    for kind, feed, coarse, state in (
        ("closure", 6, False, "active"), ("cpn", 6, False, "soon"), ("pspo", 6, False, "over"),
        ("closure", 6, False, "over"), ("cawn", 5, True, "active"),
    )
)  # fmt: skip
ANALYST = (Viewer("someone", "", "analyst"), open_agreements())
BY_WARD = (
    Viewer("someone", "social_care", "member"),
    (agreement("social_care"), shared_by_ward_alone("police"), agreement("open_data")),
)


def desk_with_notices_along(world: World, agreements, step_m: int) -> Desk:
    """The notices of each ward put along its middle, `step_m` apart: some near the end of a street, far from its middle."""
    version = replace(world, agreements=agreements).version()
    with version.cursor() as cursor:
        cursor.execute(
            "UPDATE notice SET easting_m = easting_m + ? * (rank - 2), northing_m = northing_m + 230 FROM "
            "(SELECT rowid AS row, row_number() OVER (PARTITION BY ward ORDER BY rowid) AS rank FROM notice) "
            "WHERE notice.rowid = row AND easting_m IS NOT NULL",
            [step_m],
        )
    return Desk(version, agreements, lambda *_: None)


def rooms(desk: Desk, viewer: Viewer):
    """What each room tells of each place that passes the landing page's test, by its letter."""

    def put(kind, words):
        return answer(viewer, question_from_words(kind, words), AT, desk)

    sources = Sources(
        ask=put, classes=lambda _: [1, 2, 3, 5, 8, 13], lines=lambda *_: NOTHING_DRAWN,
        near=partial(near_units, desk.version), agencies=AGENCIES, quadrants=QUADRANTS, today=AT.date(),
    )  # fmt: skip
    found = pack_gathered(sources, put("choices", {}), "")
    paper = told_pack(found, WORK, Meeting("", None, None), **HOME)
    months = found.agenda.months
    test = {**months.test, **months.words}
    matrix = {row["letter"]: row for row in rows(put("around", {**test, "radius": str(IN_PLACE_M)}).columns)}
    notices = put("notices", {}).columns
    for place, told in zip(found.places, paper.told["places"], strict=True):
        letter = place.card.letter
        units, level = list(place.row["units"]), months.test["level"]
        panel = put("around", {**test, "around": place.row["code"], "radius": "800"}).about["in_place"]
        table = next(one for one in paper.told["enforcement"]["rows"] if one["letter"] == letter)
        yield {
            "card": place.card.done,
            "matrix": tuple(matrix[letter][name] for name in ("in_place", "ends_soon", "ended", "by_ward")),
            "panel": tuple(panel[name] for name in ("in_force", "ends_soon", "ended", "by_ward")),
            "pack": tuple(table[name] for name in ("in_place", "ends_soon", "ended", "by_ward")),
            "page": counts(standing(near_units(desk.version, level, units, notices))),
            "lines": told["in_place"],
            "slides": slides_row(paper, letter),
        }


def counts(found):
    return (found.in_force, found.ends_soon, found.ended, found.by_ward)


def slides_row(paper, letter: str) -> tuple[str, ...]:
    """The row of a letter in the slides' table of what is in place."""
    for slide in Presentation(io.BytesIO(pack_slides(paper, AT))).slides:
        for shape in slide.shapes:
            if not shape.has_table:
                continue
            told = [[cell.text for cell in row.cells] for row in shape.table.rows]
            if "In force" in told[0]:
                return next(tuple(row) for row in told if row[0].startswith(letter))
    raise AssertionError("no slide tells what is in place")


def card_says(told: str) -> tuple[int, int | None]:
    """How many are in force by a card's words, and how many ended, where it says so."""
    if told.startswith("In force"):
        others = re.search(r", and (\d+) others?\.", told)
        return 1 + int(others[1] if others else 0), None
    ended = re.search(r"(\d+) ended", told)
    return 0, int(ended[1]) if ended else int("Last:" in told)


@pytest.mark.parametrize(("viewer", "agreements"), [ANALYST, BY_WARD], ids=["analyst", "by ward"])
@pytest.mark.parametrize("step_m", [0, 240])
@pytest.mark.parametrize("anchors", [False, True], ids=["streets", "no streets"])
def test_every_room_tells_the_same_notices_of_the_same_place(viewer, agreements, step_m, anchors):
    world = World(records=gathered(3, 120), agreements=agreements, notices=NOTICES, anchors=anchors)
    told = list(rooms(desk_with_notices_along(world, agreements, step_m), viewer))
    assert told
    for room in told:
        assert room["matrix"] == room["panel"] == room["pack"] == room["page"]
        in_force, soon, ended, by_ward = room["matrix"]
        says, over = card_says(room["card"])
        assert says == in_force
        assert over in (None, ended)
        assert ("told, not where" in room["card"]) == (by_ward > 0)
        assert any("No notice is told to be in force" in one for one in room["lines"]) == (not in_force)
        if ended:
            assert any(f"{ended} notice" in one and "ended" in one for one in room["lines"])
        assert [str(in_force), str(soon), str(ended)] == list(room["slides"][2:5])


def test_a_notice_beside_the_end_of_a_street_is_near_the_whole_of_it():
    """More than the distance from the middle of the street in a straight line, and 260 m from its end: it counts."""
    agreements = open_agreements()
    world = World(records=gathered(3, 120), agreements=agreements, notices=NOTICES)
    together, apart = (
        [room["matrix"][0] for room in rooms(desk_with_notices_along(world, agreements, step_m), ANALYST[0])]
        for step_m in (0, 240)
    )
    assert sum(apart) > sum(together) > 0
