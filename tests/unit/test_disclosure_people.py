"""How many people can stand behind a place: laws over invented people, a slow twin, and the three verdicts."""

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.core.disclosure.people import (
    People,
    PeopleRules,
    Reason,
    Verdict,
    band_words,
    bounds_words,
    judge,
    people_bounds,
    people_rules_from,
)

untimed = settings(deadline=None)
COLUMNS = ("hotspot", "person", "agency", "window", "event", "day")
Row = tuple[int, int, int, int, int, int]


@st.composite
def told(draw: st.DrawFn) -> list[Row]:
    """Records of any keys and links at all, in three hotspots and none."""
    lies = draw(st.lists(st.integers(-1, 2), min_size=1, max_size=6))
    one = st.tuples(
        st.integers(0, len(lies) - 1),
        st.integers(-1, 3),
        st.integers(0, 2),
        st.integers(0, 1),
        st.integers(0, 3),
    )
    rows = draw(st.lists(one, max_size=14))
    return [(lies[event], person, agency, window, event, day) for event, person, agency, window, day in rows]


def bounds(rows: list[Row], hotspots: int = 3) -> People:
    columns = np.array(rows, dtype=np.int64).reshape(-1, 6).T
    return people_bounds(**dict(zip(COLUMNS, columns, strict=True)), hotspots=hotspots)


def as_rows(people: People) -> list[tuple[object, ...]]:
    parts = (
        people.people_min,
        people.people_max,
        people.events,
        people.dates,
        people.top_share,
        people.alike_share,
    )
    return list(zip(*(np.nan_to_num(one, nan=-1.0).tolist() for one in parts), strict=True))


def twin(rows: list[Row], hotspots: int = 3) -> list[tuple[object, ...]]:
    """The definition, read off one hotspot at a time with sets."""
    found = []
    for here in range(hotspots):
        lying = [row for row in rows if row[0] == here]
        events: dict[int, set[Row]] = {}
        for row in lying:
            key = (row[2], row[3], row[1])
            events.setdefault(row[4], set()).update({key} if row[1] >= 0 else set())
        keys = sorted(set().union(*events.values()))
        often = {key: sum(key in held for held in events.values()) for key in keys}
        beside = {key: set().union(*(held for held in events.values() if key in held)) for key in keys}
        counted = set()
        for key in keys:
            for knower in {one[:2] for one in beside[key]}:
                same = {one for one in beside[key] if one[:2] == knower}
                counted |= {key, *same} if len(same) > 1 else set()
        counted |= {key for held in events.values() if len(held) == 1 for key in held}
        apart = set(counted)
        for held in events.values():
            if held:
                counted.add(min(held, key=lambda key: (key not in apart, -often[key], key)))
        knowers = {one[:2] for one in keys}
        least = max((sum(one[:2] == knower for one in keys) for knower in knowers), default=0)
        most = len(counted) + sum(not held for held in events.values())
        share = max(often.values(), default=0) / len(events) if events else -1.0
        alike = len({event for event, held in events.items() if held & leading(events, keys, often)})
        days, made = len({row[5] for row in lying}), alike / len(events) if events else -1.0
        found.append((least, max(most, least), len(events), days, share, made))
    return found


def leading(events: dict[int, set[Any]], keys: list[Any], often: dict[Any, int]) -> set[Any]:
    """The keys of most events of each knower, where they are three and more than two fifths of what it tells."""
    found = set()
    for knower in {key[:2] for key in keys}:
        mine = [key for key in keys if key[:2] == knower]
        tells = sum(any(key in held for key in mine) for held in events.values())
        most = max(often[key] for key in mine)
        if most >= 3 and most > 0.4 * tells:
            found |= {key for key in mine if often[key] == most}
    return found


@untimed
@given(told())
def test_the_bounds_are_the_slow_obvious_ones(rows: list[Row]) -> None:
    assert as_rows(bounds(rows)) == twin(rows)


@untimed
@given(told(), st.randoms(use_true_random=False))
def test_neither_the_order_of_records_nor_the_names_of_keys_matter(rows: list[Row], random: object) -> None:
    people = list(range(4))
    random.shuffle(people)  # type: ignore[attr-defined]
    renamed = [(r[0], people[r[1]] if r[1] >= 0 else -1, *r[2:4], r[4] + 9, r[5] - 40) for r in rows]
    random.shuffle(renamed)  # type: ignore[attr-defined]
    before, after = bounds(rows), bounds(renamed)
    np.testing.assert_array_equal(before.people_min, after.people_min)
    np.testing.assert_array_equal(before.events, after.events)
    np.testing.assert_array_equal(before.dates, after.dates)
    np.testing.assert_array_equal(before.top_share, after.top_share)


@dataclass(frozen=True)
class County:
    """What happened, and as it was told: `about` is who each event was about."""

    about: dict[int, int]
    rows: list[Row]


@st.composite
def counties(draw: st.DrawFn) -> County:
    """Events about one person each; agencies tell some of them, with their own key of the person or with none."""
    about = dict(enumerate(draw(st.lists(st.integers(0, 5), min_size=1, max_size=10))))
    rows = []
    for event, person in about.items():
        tellers = draw(st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=1, max_size=3))
        rows += [
            (0, (person * 7 + agency) % 11 if keyed else -1, agency, 0, event, event)
            for agency, keyed in tellers
        ]
    return County(about, rows)


@untimed
@given(counties())
def test_the_people_there_are_never_outside_the_bounds(county: County) -> None:
    found = bounds(county.rows, 1)
    assert found.people_min[0] <= len(set(county.about.values())) <= found.people_max[0]
    assert found.people_max[0] <= len(county.about)


@untimed
@given(told(), st.integers(0, 2), st.integers(0, 3))
def test_a_record_without_a_key_adds_one_at_most_and_only_to_the_most(
    rows: list[Row], agency: int, day: int
) -> None:
    before, after = bounds(rows), bounds([*rows, (0, -1, agency, 0, 99, day)])
    np.testing.assert_array_equal(after.people_min, before.people_min)
    assert after.people_max[0] in (before.people_max[0], before.people_max[0] + 1)
    np.testing.assert_array_equal(after.people_max[1:], before.people_max[1:])


def test_one_event_told_by_three_agencies_is_one_person_at_most() -> None:
    found = bounds([(0, 4, 0, 0, 1, 5), (0, 9, 1, 0, 1, 5), (0, -1, 2, 0, 1, 5)], 1)
    assert as_rows(found) == [(1, 1, 1, 1, 1.0, 0.0)]


def test_keys_of_two_windows_may_be_one_person() -> None:
    found = bounds([(0, 4, 0, 0, 1, 5), (0, 4, 0, 1, 2, 800)], 1)
    assert (found.people_min[0], found.people_max[0]) == (1, 2)


def test_the_key_that_makes_most_stands_for_the_events_it_shares() -> None:
    # one agency knows one child in four events; the other three gave each event a child of its own window
    rows = [(0, 1, 0, 0, event, event) for event in range(4)] + [
        (0, event, 1, event, event, event) for event in range(4)
    ]
    found = bounds(rows, 1)
    assert (found.people_min[0], found.people_max[0], found.top_share[0]) == (1, 1, 1.0)


def test_where_links_contradict_keys_both_count() -> None:
    # the first agency tells two children apart in what the second gives one key
    found = bounds([(0, 1, 0, 0, 1, 1), (0, 7, 1, 0, 1, 1), (0, 2, 0, 0, 2, 2), (0, 7, 1, 0, 2, 2)], 1)
    assert (found.people_min[0], found.people_max[0]) == (2, 3)


def test_two_children_in_one_event_are_two() -> None:
    found = bounds([(0, 1, 0, 0, 1, 1), (0, 2, 0, 0, 1, 1), (0, 7, 1, 0, 1, 1)], 1)
    assert found.people_min[0] == 2
    assert found.people_max[0] >= 2


def test_no_records_are_no_people() -> None:
    found = bounds([], 2)
    assert found.people_max.tolist() == [0, 0]
    assert np.isnan(found.top_share).all()
    assert judge(found, PeopleRules()).withheld.all()


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ([[0], [1], [0], [0], [1], [1, 2]], "needs a hotspot"),
        ([[3], [1], [0], [0], [1], [1]], "does not exist"),
        ([[0, 1], [1, 1], [0, 0], [0, 0], [5, 5], [1, 1]], "in two hotspots"),
    ],
)
def test_what_does_not_fit_together_is_refused(columns: list[list[int]], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        people_bounds(*(np.array(one) for one in columns), hotspots=2)


def people(least: int, most: int, events: int, dates: int, share: float, alike: float = 0.0) -> People:
    whole = [np.array([one]) for one in (least, most, events, dates)]
    return People(*whole, np.array([share]), np.array([alike]))


@pytest.mark.parametrize(
    ("found", "verdict", "reason"),
    [
        (people(5, 9, 20, 9, 0.40), Verdict.MANY, Reason.ENOUGH),
        (people(5, 9, 20, 9, 0.41), Verdict.FEW, Reason.ONE_PERSON),
        (people(11, 40, 40, 30, 0.75), Verdict.FEW, Reason.ONE_PERSON),
        (people(5, 30, 49, 30, 0.38, 0.41), Verdict.FEW, Reason.MAY_BE_ONE),
        (people(5, 30, 49, 30, 0.38, 0.40), Verdict.MANY, Reason.ENOUGH),
        (people(2, 4, 20, 9, 0.3), Verdict.FEW, Reason.FEW_PEOPLE),
        (people(3, 17, 20, 9, 0.2), Verdict.CANNOT_TELL, Reason.NOT_KNOWN),
        (people(0, 6, 6, 2, 0.0), Verdict.FEW, Reason.TOO_LITTLE),
        (people(0, 6, 6, 3, 0.0), Verdict.CANNOT_TELL, Reason.NOT_KNOWN),
        (people(0, 6, 4, 3, 0.0), Verdict.FEW, Reason.TOO_LITTLE),
    ],
)
def test_the_three_verdicts(found: People, verdict: Verdict, reason: Reason) -> None:
    judged = judge(found, PeopleRules())
    assert (judged.verdict[0], judged.reason[0]) == (verdict, reason)
    assert judged.withheld[0] == (verdict == Verdict.FEW)


@untimed
@given(told(), st.integers(5, 9), st.floats(0.05, 0.4), st.integers(3, 6))
def test_tighter_rules_never_show_more(rows: list[Row], least: int, share: float, dates: int) -> None:
    found = bounds(rows)
    loose, tight = judge(found, PeopleRules()), judge(found, PeopleRules(least, share, dates))
    assert not np.any(loose.withheld & ~tight.withheld)


def test_rules_may_be_tighter_and_never_looser() -> None:
    for rules in ((4, 0.4, 3), (5, 0.5, 3), (5, 0.0, 3), (5, 0.4, 2)):
        with pytest.raises(ValueError, match="a place is shown from 5 people"):
            PeopleRules(*rules)


def test_the_rules_are_read_from_the_definition() -> None:
    assert people_rules_from({}) == PeopleRules()
    assert people_rules_from({"people": {"least": 8, "most_share": 0.3, "least_dates": 4}}) == PeopleRules(
        8, 0.3, 4
    )
    shipped = yaml.safe_load(files("trigpoint").joinpath("definitions", "disclosure.yaml").read_text("utf-8"))
    assert people_rules_from(shipped) == PeopleRules()
    for wrong in ({"people": 5}, {"people": {"least": 8}}):
        with pytest.raises(ValueError, match="must say least"):
            people_rules_from(wrong)


def test_a_number_of_people_in_words() -> None:
    words = [band_words(number) for number in (0, 4, 5, 9, 10, 19, 20, 49, 50, 900)]
    assert words == [
        "fewer than 5", "fewer than 5", "5 to 9", "5 to 9", "10 to 19", "10 to 19", "20 to 49", "20 to 49",
        "50 or more", "50 or more",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="never fewer"):
        band_words(-1)


@pytest.mark.parametrize(
    ("least", "most", "enough", "words"),
    [
        (5, 5, True, "at least 5 people"),
        (27, 131, True, "at least 20 people"),
        (117, 300, True, "at least 50 people"),
        (3, 13, False, "perhaps fewer than 5 people, perhaps 10 to 19; the feeds cannot tell"),
        (0, 85, False, "perhaps fewer than 5 people, perhaps 50 or more; the feeds cannot tell"),
        (5, 7, False, "5 to 9 people; the feeds cannot tell"),
    ],
)
def test_how_many_there_can_be_is_told_in_bands_alone(
    least: int, most: int, enough: bool, words: str
) -> None:
    assert bounds_words(band_words(least), band_words(most), enough=enough) == words


def test_one_child_known_to_three_agencies_under_three_keys_is_not_told_as_a_place() -> None:
    """No key makes two fifths of it, and nothing links what the agencies tell: the places and hours they write differ."""
    child = [
        (0, 0, agency, 0, 100 * agency + n, n)
        for agency, times in enumerate((12, 11, 10))
        for n in range(times)
    ]
    others = [(0, 1 + n, 0, 0, 900 + n, 40 + n) for n in range(6)]
    found = bounds([*child, *others], hotspots=1)
    assert found.top_share[0] < 0.4
    assert found.people_min[0] == 7
    assert judge(found, PeopleRules()).reason[0] == Reason.MAY_BE_ONE


def test_many_children_known_to_three_agencies_are_a_place() -> None:
    rows = [(0, n // 2, agency, 0, 100 * agency + n, n) for agency in range(3) for n in range(12)]
    assert judge(bounds(rows, hotspots=1), PeopleRules()).reason[0] == Reason.ENOUGH
