"""What of a list outlives its bytes: names and ground of places, and which of these are not told any more."""

from trigpoint.changes.lost_places import listed_in, lost_from, with_listed


def hot(letter, units, verdict="many", **more):
    return {
        "letter": letter, "name": f"{letter} Road", "ward": "W", "district": "D", "verdict": verdict, "units": units,
        "count": 117, "people": "20 or more", **more,
    }  # fmt: skip


def content(*rows):
    return {"about": {"level": "street"}, "parts": {"hotspots": list(rows)}}


def test_names_and_ground_are_kept_and_no_figure():
    (one,) = with_listed([], content(hot("A", ["s1", "s2"]), hot("B", [], verdict="few")))
    assert one == {
        "letter": "A", "name": "A Road", "ward": "W", "district": "D", "level": "street", "units": ["s1", "s2"],
    }  # fmt: skip


def test_a_place_that_shrinks_or_changes_its_letter_is_not_lost():
    before = with_listed([], content(hot("A", ["s1", "s2"]), hot("B", ["s3"])))
    assert lost_from(before, content(hot("B", ["s2"]), hot("C", ["s3", "s4"]))) == ()
    (lost,) = lost_from(before, content(hot("A", ["s2"]), hot("B", ["s3"], verdict="few")))
    assert (lost.letter, lost.units) == ("B", ("s3",)), "a concern about one source tells of no place"
    assert [one.letter for one in lost_from(before, {})] == ["A", "B"], "an answer that is gone tells of none"


def test_letters_stay_those_of_the_freeze_when_a_list_is_let_go_twice():
    first = with_listed([], content(hot("A", ["s1"]), hot("B", ["s2"])))
    again = with_listed(first, content(hot("A", ["s2"]), hot("B", ["s9"])))
    assert [(one["letter"], one["units"]) for one in again] == [("A", ["s1"]), ("B", ["s2"]), ("B", ["s9"])]


def test_other_answers_list_no_place():
    assert listed_in({"about": {}, "rows": [{"place": "x"}], "parts": {}}) == ()
