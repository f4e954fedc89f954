"""Transitions of actions, questions and places go only where their dicts say; days are read as people type them."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.changes.action_kinds import KindsFault, action_kinds, package_kinds
from trigpoint.core.workflow import action, place, question
from trigpoint.core.workflow.due import DueRefused, due_from

TODAY = date(2026, 11, 22)
LIVES = (
    (action.ActionState, action.MOVES, action.moved, action.MoveRefused),
    (question.QuestionState, question.MOVES, question.settled, question.QuestionMoveRefused),
    (place.PlaceState, place.MOVES, place.moved, place.PlaceMoveRefused),
)


@pytest.mark.parametrize(("states", "moves", "go", "refused"), LIVES)
def test_every_pair_of_states_is_a_move_or_is_refused(states, moves, go, refused):
    assert set(moves) == set(states)
    for state in states:
        for to in states:
            if to in moves[state]:
                assert go(state, to) is to
            else:
                with pytest.raises(refused):
                    go(state, to)


@given(st.lists(st.sampled_from(list(action.ActionState)), max_size=12))
def test_whatever_is_tried_an_action_only_ever_walks_along_its_moves(tried):
    state, walked = action.ActionState.PROPOSED, [action.ActionState.PROPOSED]
    for to in tried:
        try:
            state = action.moved(state, to)
        except action.MoveRefused:
            continue
        walked.append(state)
    assert len(set(walked)) == len(walked), "no state is come to twice"
    assert all(b in action.MOVES[a] for a, b in itertools.pairwise(walked))


@given(st.lists(st.sampled_from(list(action.ActionState)), max_size=12), st.integers(0, 5))
def test_taking_moves_back_walks_the_way_it_came(tried, times):
    walked = [("", action.ActionState.PROPOSED.value)]
    for to in tried:
        try:
            walked.append((walked[-1][1], action.moved(action.ActionState(walked[-1][1]), to).value))
        except action.MoveRefused:
            continue
    forward = list(walked)
    assert action.standing(forward) == tuple(range(len(forward)))
    for _ in range(times):
        back = action.taken_back(walked)
        if back is None:
            assert len(action.standing(walked)) == 1
            break
        walked.append((walked[-1][1], back.value))
        stands = action.standing(walked)
        assert [walked[at] for at in stands] == forward[: len(stands)]
        assert walked[stands[-1]][1] == back


def test_a_walk_that_begins_nowhere_has_nothing_to_take_back():
    assert action.taken_back([]) is None
    assert action.standing([("done", "started")]) == ()


def test_only_what_is_open_can_be_overdue():
    for state in action.ActionState:
        late = action.is_overdue(state, date(2026, 11, 21), TODAY)
        assert late == (action.is_open(state))
        assert not action.is_overdue(state, TODAY, TODAY)
        assert not action.is_overdue(state, None, TODAY)
    assert not action.is_open(action.ActionState.NONE_TAKEN)


units = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8)


@given(units, units)
def test_what_is_merged_can_be_split_again_and_no_unit_is_lost(first, second):
    one, other = place.drawn("street", first), place.drawn("street", second)
    both = place.merged_units([one, other])
    assert set(both.units) == set(first) | set(second)
    if set(first) < set(both.units):
        part, rest = place.split_units(both, first)
        assert sorted(part.units + rest.units) == list(both.units)
    else:
        with pytest.raises(place.PlaceMoveRefused):
            place.split_units(both, first)


@given(units, st.lists(units, max_size=4))
def test_the_same_place_shares_half_of_the_smaller_and_no_other_shares_more(wanted, others):
    drawing = place.drawn("street", wanted)
    places = {number: place.drawn("street", each) for number, each in enumerate(others)}
    found = place.same_place(drawing, places, nowhere)
    shares = {number: len(set(one.units) & set(drawing.units)) for number, one in places.items()}
    alike = [
        number
        for number, one in places.items()
        if shares[number] * 2 >= min(len(one.units), len(drawing.units)) and shares[number]
    ]
    assert (found is None) == (not alike)
    if found is not None:
        assert shares[found] == max(shares[number] for number in alike)
    assert place.overlapping(drawing, places, nowhere) == tuple(n for n, many in shares.items() if many)
    assert place.same_place(place.drawn("cell:9", wanted), places, nowhere) is None


def nowhere(unit, level):
    return ""


def in_hexagon(unit, level):
    """Streets s1a and s1b, and the small hexagon h1, lie in the hexagon H1."""
    return f"H{unit[1]}"


@pytest.mark.parametrize(
    ("wanted", "other", "both", "same"),
    [
        (("street", ["s1a", "s1b"]), ("cell:9", ["H1"]), (2, 1), True),
        (("cell:9", ["H1"]), ("street", ["s1a", "s1b"]), (1, 2), True),
        (("cell:10", ["h1", "h2", "h3"]), ("cell:9", ["H1", "H7", "H8"]), (1, 1), False),
        (("street", ["s1a", "s2a", "s3a"]), ("cell:8", ["H1"]), (1, 1), True),
        (("street", ["s5a"]), ("cell:9", ["H1"]), (0, 0), False),
    ],
)
def test_a_street_lies_in_the_hexagon_of_its_middle_and_half_of_the_smaller_means_the_same_place(
    wanted, other, both, same
):
    drawing, there = place.drawn(*wanted), place.drawn(*other)
    assert place.shared(drawing, there, in_hexagon) == both
    assert place.overlapping(drawing, {4: there}, in_hexagon) == ((4,) if any(both) else ())
    assert place.same_place(drawing, {4: there}, in_hexagon) == (4 if same else None)


@pytest.mark.parametrize(
    ("level", "drawing"), [("ward", ["a"]), ("street", []), ("street", map(str, range(81)))]
)
def test_a_place_is_streets_or_hexagons_and_not_a_whole_town(level, drawing):
    with pytest.raises(place.PlaceMoveRefused):
        place.drawn(level, drawing)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("+2w", date(2026, 12, 6)), ("+ 10 d", date(2026, 12, 2)), ("9 December", date(2026, 12, 9)),
        ("9th dec 2027", date(2027, 12, 9)), ("9/12", date(2026, 12, 9)), ("09/12/27", date(2027, 12, 9)),
        ("3 March", date(2027, 3, 3)), ("22 November", TODAY), ("2026-12-09", date(2026, 12, 9)),
    ],
)  # fmt: skip
def test_a_day_as_people_type_it(text, day):
    assert due_from(text, TODAY) == day


@pytest.mark.parametrize("text", ["", "soon", "31 February", "31/02/2027", "+w", "9 Smarch", "2026-13-01"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(DueRefused):
        due_from(text, TODAY)


def test_the_vocabulary_is_whole():
    kinds = package_kinds()
    assert len({one.code for one in kinds}) == len(kinds)
    assert {one.kind_class for one in kinds} == set(action.CLASSES)
    assert all(
        one.verb and one.what and one.expected.endswith(".") and one.seen.endswith(".") for one in kinds
    )
    assert any("patrol_minutes" in one.measures for one in kinds)


def test_a_home_changes_one_kind_and_adds_another(tmp_path):
    (tmp_path / "actions.yaml").write_text(
        "- {kind: patrol, weeks: 2}\n"
        "- {kind: park_games, label: Games, verb: hold, what: games in the park, class: change-context,"
        " measures: [sessions], weeks: 3, expected: Young people come., seen: How many come.}\n"
    )
    found = action_kinds(tmp_path)
    assert (found["patrol"].weeks, found["patrol"].verb) == (2, "make")
    assert found["park_games"].what == "games in the park"
    assert len(found) == len(package_kinds()) + 1


@pytest.mark.parametrize(
    "text",
    ["kind: patrol", "- {kind: patrol, wheels: 4}", "- {kind: new_one}", "- {kind: patrol, class: punish}",
     "- {kind: patrol, measures: [blows]}", "- {kind: patrol, weeks: 0}", "- {kind: patrol}\n- {kind: patrol}",
     "- {kind: no_action, label: x}", "- [", "- {kind: patrol, weeks: soon}"],
)  # fmt: skip
def test_a_vocabulary_that_cannot_be_meant_is_refused(tmp_path, text):
    (tmp_path / "actions.yaml").write_text(text)
    with pytest.raises(KindsFault):
        action_kinds(tmp_path)


def test_what_may_be_pressed_next_is_what_the_moves_say():
    for state in action.ActionState:
        assert action.moves(state) == action.MOVES[state]
    for state in question.QuestionState:
        assert question.moves(state) == question.MOVES[state]


def test_only_what_changes_the_context_can_be_asked_whether_it_worked():
    changing = {kind.code for kind in package_kinds() if kind.changes_context}
    assert {"detached_youth_work", "closure_notice"} <= changing
    assert "intelligence" not in changing


def test_places_are_merged_by_two_of_one_level_and_split_with_something_left():
    streets, other = place.drawn("street", "ab"), place.drawn("street", "bc")
    assert place.merged_units((streets, other)) == place.drawn("street", "abc")
    assert place.split_units(streets, "a") == (place.drawn("street", "a"), place.drawn("street", "b"))
    for wrong in ((streets,), (streets, place.drawn("cell:9", "c"))):
        with pytest.raises(place.PlaceMoveRefused):
            place.merged_units(wrong)
    for part in ("c", "ab"):
        with pytest.raises(place.PlaceMoveRefused):
            place.split_units(streets, part)
