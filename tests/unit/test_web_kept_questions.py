"""Of the questions kept, a meeting asks those of its own districts and of none, and what it adopted once."""

from datetime import UTC, datetime

from trigpoint.changes.kept_reading import KeptTold
from trigpoint.gate.questions import Question
from trigpoint.web.meeting.kept import kept_questions
from trigpoint.web.presenters.meeting_questions import question_key

AT = datetime(2026, 11, 1, tzinfo=UTC)


def row(place, **more):
    return {"rule": "new_hotspot", "place": place, "question": f"Why {place}?", "owner": "police"} | more


HERE, THERE, COUNTY, OLD = (
    row("Station Road", district="E1"),
    row("Mill Lane", district="E2"),
    row("", district=""),
    row("Kept before districts were told"),
)


def places(districts, adopted=()):
    content = {"rows": [THERE, HERE, COUNTY, OLD]}
    told = KeptTold("questions", Question("questions"), "kept", content, "", AT, "", None, "", None)
    asked = kept_questions(told, {"police": "Police"}, 8, districts=districts, adopted=adopted)
    return [one["place"] for one in asked]


def test_a_quadrant_asks_its_own_and_the_countys():
    assert places({"E1"}) == [HERE["place"], COUNTY["place"], OLD["place"]]
    assert places(None) == [THERE["place"], HERE["place"], COUNTY["place"], OLD["place"]]


def test_what_was_kept_without_a_district_is_of_that_of_its_place():
    old, lost = row("Mill Lane, Harbour"), row("Nowhere Lane, Vanished")
    told = KeptTold(
        "questions", Question("questions"), "kept", {"rows": [old, lost, row("")]}, "", AT, "", None, "", None
    )
    names = {"Harbour": "E2", "Eastmere": "E2"}
    here = kept_questions(told, {}, 8, districts={"E1"}, of_names=names)
    assert [(one["place"], bool(one["note"])) for one in here] == [(lost["place"], True), ("", False)]
    there = kept_questions(told, {}, 8, districts={"E2"}, of_names=names)
    assert next((one["place"], bool(one["note"])) for one in there) == (old["place"], False)


def test_what_was_adopted_is_not_asked_twice():
    assert places({"E1"}, {question_key(HERE)}) == [COUNTY["place"], OLD["place"]]
