"""After a year, and what a feed added: hidden records change no word, and the board reads nothing finer than a district."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.world import RECORD_FEEDS, World, agreement, open_agreements
from tests.property.test_hot_now_hidden import AGENCIES, NOTHING_DRAWN, QUADRANTS
from tests.property.test_hot_now_hidden import gathered as records_gathered
from trigpoint.changes.year_told import ActionLine, CheckLine, MeetingLine, QuestionLine, TakenUp, YearTold
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.core.workflow.action import ActionState
from trigpoint.core.workflow.after import span_of_year
from trigpoint.gate.ask import Desk, answer
from trigpoint.gate.in_place import near_units
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import rows
from trigpoint.web.after.added import added_of
from trigpoint.web.after.added_file import added_csv
from trigpoint.web.after.since import since_at
from trigpoint.web.after.year import year_of
from trigpoint.web.after.year_paper import told_year
from trigpoint.web.hot_now.sources import Heard, Sources

AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
TODAY = date(2024, 9, 2)
SPAN = span_of_year(2024, TODAY)
_, POLICE, _ = RECORD_FEEDS
MEMBER = Viewer("someone", "social_care", "member")
ANALYST = Viewer("someone", "", "analyst")
DECIDED = date(2024, 3, 5)


def heard(world: World, viewer: Viewer) -> Heard:
    desk = Desk(world.version(), world.agreements, lambda *_: None)

    def put(kind, words):
        return answer(viewer, question_from_words(kind, words), AT, desk)

    return Heard(
        Sources(
            ask=put,
            classes=lambda _: [1, 2, 3, 5, 8, 13],
            lines=lambda *_: NOTHING_DRAWN,
            near=partial(near_units, desk.version),
            agencies=AGENCIES,
            quadrants=QUADRANTS,
            today=TODAY,
        )
    )


def busy_units(world: World) -> tuple[str, ...]:
    """The units of the strongest hotspot that an analyst is told with its place, else a street there is."""
    asked = heard(world, ANALYST)
    words = {"level": "street", "background": "past", "from": "2023-09-01", "to": "2024-09-01"}
    told = [one for one in rows(asked.must("hotspots", words).parts["hotspots"]) if one["verdict"] != "few"]
    return tuple(told[0]["units"]) if told else ("S03",)


def a_year(units: tuple[str, ...]) -> YearTold:
    """Three places taken up: two at the busy units, one elsewhere; work on them, a question and a check."""
    places = tuple(
        TakenUp(number, "north", "D0", "street", where, DECIDED, ())
        for number, where in ((1, units), (2, units[:1]), (3, ("S01",)))
    )
    actions = tuple(
        ActionLine(
            number=at, kind="patrol", label="Visible patrols", agency="police", place=at, state=ActionState.STARTED,
            decided_on=DECIDED, due_on=date(2024, 8, 1), done_on=None, planned={"hours": 4}, done={"hours": 2.5},
        )
        for at in (1, 2, 3)
    )  # fmt: skip
    return YearTold(
        meetings=(MeetingLine(1, "north", DECIDED, "closed"),),
        places=places,
        actions=actions,
        questions=(QuestionLine(1, False, "police", 1, "open", 1),),
        checks=(CheckLine("police", "dispute", "seasonal", "in_force"),),
        releases=(),
        plans=(),
    )


def everything(world: World, viewer: Viewer, units: tuple[str, ...]):
    """All that this viewer reads: the board's year, what an agency added, what happened at a place."""
    told = a_year(units)
    names = {one.code: one.name for one in QUADRANTS}
    year = year_of(told, SPAN, heard(world, viewer), names)
    added = added_of("social_care", told, SPAN, heard(world, viewer), ())
    since = since_at(heard(world, viewer), "street", units, DECIDED)
    return year, added, since


@settings(max_examples=2, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_what_is_hidden_changes_no_word_after_a_meeting_or_a_year(seed):
    expired = agreement("police", expires="2024-09-01", expires_clause="9")
    world = World(records=records_gathered(seed, 90), agreements=(agreement("social_care"), expired))
    units = busy_units(World(records=world.records, agreements=open_agreements()))
    with_hidden, never_there = (everything(one, MEMBER, units) for one in (world, world.without(POLICE)))
    assert with_hidden == never_there


def test_the_same_facts_give_the_same_pages_and_bytes():
    world = World(records=records_gathered(3, 120), agreements=open_agreements())
    units = busy_units(world)
    first, second = everything(world, ANALYST, units), everything(world, ANALYST, units)
    assert first == second
    files = [added_csv(one[1], marking="OFFICIAL-SENSITIVE", at=AT) for one in (first, second)]
    assert files[0] == files[1]


def test_the_boards_year_names_no_street_ward_or_site_and_tells_no_small_count_of_records():
    world = World(records=records_gathered(3, 120), agreements=open_agreements())
    units = busy_units(world)
    year, _, _ = everything(world, ANALYST, units)
    told = json.dumps(told_year(year, county="Marlshire", marking="OFFICIAL-SENSITIVE", at=AT).told)
    asked = heard(world, ANALYST)
    wards = [str(one["name"]) for one in rows(asked.must("shapes", {"level": "ward"}).columns)]
    streets = [str(one["name"]) for one in rows(asked.must("counts", {"level": "street"}).columns)]
    finer = {*units, *wards, *streets, "The Limes", "Quay House", "Children's home"} - {""}
    assert [one for one in finer if one in told] == []
    assert [
        one for _, one in year.districts if not one.startswith(("About ", "Withheld, fewer than 10"))
    ] == []
    assert all(int(one.split()[1].replace(",", "")) % 5 == 0 for _, one in year.districts if one[0] == "A")


def test_a_busy_place_is_still_hot_and_every_place_becomes_exactly_one_thing():
    world = World(records=records_gathered(3, 120), agreements=open_agreements())
    year, _, _ = everything(world, ANALYST, busy_units(world))
    cells = dict(year.places.labelled[0][1])
    assert int(cells["Still hot"]) >= 1
    assert sum(int(n) for head, n in cells.items() if head != "All") == int(cells["All"]) == 3
    assert asdict(year)["dose"] == ("Hours: 7.5 of 12 planned, over 3 actions.",)
