"""What came already counted: the gate's rows equal those of a slow twin, and nothing withheld ever becomes a number."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.world import (
    CATEGORIES,
    FEED_CODES,
    THEMES,
    TOTAL_CATEGORIES,
    TOTAL_FEEDS,
    Totalled,
    World,
    agreement,
    district_code,
    open_agreements,
    random_totals,
    ward_code,
)
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk, QuestionError, ReadDenied, answer
from trigpoint.gate.kinds.totals import STATES
from trigpoint.gate.questions import Question, question_from_words
from trigpoint.gate.show import rows, show

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MEMBER = Viewer("someone", "education", "member")
NRM, ATTENDANCE = TOTAL_FEEDS
NAMES = {len(CATEGORIES) + at: code for at, (code, _) in enumerate(TOTAL_CATEGORIES)}


def asked(world: World, question: Question, viewer: Viewer = MEMBER):
    return answer(viewer, question, AT, Desk(world.version(), world.agreements, lambda *_: None))


def totals_world(totals, finest="point", without_roles=()):
    audience = {"agencies": "all", "roles": "all", "hours": True, "clause": "4"}
    police = agreement(
        "police", audiences=[audience | {"finest": finest, "without_roles": list(without_roles)}]
    )
    return World((), (police, agreement("social_care")), totals=tuple(totals))


def twin(world: World, question: Question, police_to_ward: bool, police_schools: bool):
    """Rows by what is told of them, added up in loops; a cell that is withheld leaves no number behind."""
    sums = defaultdict(lambda: [0, 0, 0, 0])
    across = set()
    for one in world.totals:
        if not matches(one, question) or (one.school and one.feed == NRM and not police_schools):
            continue
        to_ward = question.level == "ward" and (one.feed == ATTENDANCE or police_to_ward)
        place = area(one, to_ward)
        if question.within and not within(one, question.within, one.feed == ATTENDANCE or police_to_ward):
            continue
        if question.period_from and one.ends < question.period_from:
            continue
        if question.period_to and one.starts >= question.period_to:
            continue
        key = (FEED_CODES[one.feed], NAMES[one.category], place, one.starts.isoformat(), one.ends.isoformat())
        early = question.period_from and one.starts < question.period_from
        if early or (question.period_to and one.ends >= question.period_to):
            across.add(key)
            continue
        cell = sums[key]
        cell[0] += 1
        cell[1] += one.count is not None
        cell[2] += one.withheld
        cell[3] += one.count or 0
    return {key: told(*cell) for key, cell in sums.items()}, len(across)


def matches(one: Totalled, question: Question) -> bool:
    carried = {code for bit, code in THEMES if bit in one.themes}
    return (
        (not question.feeds or FEED_CODES[one.feed] in question.feeds)
        and (not question.categories or NAMES[one.category] in question.categories)
        and (not question.themes or bool(carried & set(question.themes)))
    )


def area(one: Totalled, to_ward: bool) -> str:
    if to_ward and one.ward >= 0:
        return ward_code(one.ward)
    return district_code(one.district) if one.district >= 0 else ""


def within(one: Totalled, places, to_ward: bool) -> bool:
    in_ward = to_ward and one.ward >= 0 and ward_code(one.ward) in places
    return in_ward or (one.district >= 0 and district_code(one.district) in places)


def told(cells, with_number, withheld, number):
    if withheld:
        return None, number if with_number else None, withheld, cells
    return (number, number, 0, cells) if with_number else (None, None, 0, cells)


questions = st.fixed_dictionaries(
    {
        "level": st.sampled_from(["ward", "district"]),
        "period_from": st.none() | st.dates(date(2023, 12, 1), date(2024, 4, 1)),
        "period_to": st.none() | st.dates(date(2024, 5, 1), date(2024, 11, 1)),
        "feeds": st.sampled_from([(), (FEED_CODES[NRM],)]),
        "categories": st.just(()) | st.sampled_from([(code,) for code, _ in TOTAL_CATEGORIES]),
        "themes": st.sampled_from([(), (), ("missing",)]),
        "within": st.sampled_from([(), (), ("D1",)]),
    }
)


@given(st.integers(0, 9_999), st.integers(0, 30), questions, st.booleans(), st.booleans())
def test_rows_are_those_of_the_twin(seed, count, words, to_ward, schools):
    world = totals_world(
        random_totals(seed, count), "ward" if to_ward else "district", () if schools else ("school",)
    )
    question = Question("totals", **words)
    found = asked(world, question)
    expected, across = twin(world, question, to_ward, schools)
    got = {
        (row["feed"], row["category"], row["area_code"], row["starts"], row["ends"]): (
            row["count"],
            row["at_least"],
            row["withheld"],
            row["cells"],
        )
        for row in rows(found.columns)
    }
    assert got == expected
    assert len(found) == len(expected), "a row is told twice"
    assert found.about["across"] == across


@given(st.integers(0, 9_999), st.sampled_from(["ward", "district"]))
def test_a_withheld_number_is_never_a_nought_and_never_part_of_a_count(seed, level):
    withheld = tuple(replace(one, count=None, withheld=True) for one in random_totals(seed, 12))
    found = asked(totals_world(withheld), Question("totals", level=level))
    for row in rows(found.columns):
        assert (row["state"], row["count"], row["at_least"]) == ("withheld", None, None)
    assert found.about["withheld_cells"] == len(withheld)
    for line in show(found, "csv").splitlines()[1:]:
        assert ",,,withheld," in line


@given(st.integers(0, 9_999), st.integers(1, 30))
def test_every_cell_is_in_one_row_whatever_the_level(seed, count):
    world = totals_world(random_totals(seed, count))
    for level in ("ward", "district"):
        found = asked(world, Question("totals", level=level))
        assert int(found.columns["cells"].sum()) == count
        known = sum(one.count or 0 for one in world.totals)
        assert sum(number or 0 for number in found.columns["at_least"]) == known


def test_states_say_why_there_is_no_number():
    month = {"starts": date(2024, 1, 1), "ends": date(2024, 1, 31)}
    base = Totalled(NRM, len(CATEGORIES), 2, 0, count=None, **month)
    world = totals_world(
        (
            replace(base, unit=0, count=0),
            replace(base, unit=1, withheld=True),
            replace(base, unit=2),
            replace(base, unit=3, count=7),
            replace(base, unit=3, withheld=True),
        )
    )
    found = asked(world, Question("totals"))
    states = dict(zip(found.columns["area_code"], found.columns["state"], strict=True))
    assert states == {"W00": "told", "W01": "withheld", "W02": "not_applicable", "W03": "part_withheld"}
    assert set(states.values()) == set(STATES)
    assert found.columns["count"] == [0, None, None, None]
    assert found.columns["at_least"] == [0, None, None, 7]


def test_no_agreement_no_totals():
    world = World((), (), totals=random_totals(1, 12))
    with pytest.raises(ReadDenied):
        asked(world, Question("totals"))
    (own,) = {
        row["feed"]
        for row in rows(asked(world, Question("totals"), Viewer("p", "police", "contributor")).columns)
    }
    assert own == FEED_CODES[NRM]


@pytest.mark.parametrize("role", ["frontline", "governance"])
def test_totals_are_not_for_those_who_see_no_records(role):
    with pytest.raises(ReadDenied):
        asked(
            World((), open_agreements(), totals=random_totals(1, 12)),
            Question("totals"),
            Viewer("f", "police", role),
        )


@pytest.mark.parametrize(
    "words",
    [
        {"hours": "8-10"}, {"weekdays": "mon"}, {"role": "school"}, {"detection": "reported"}, {"known": "2024-03-01"},
        {"counted": "events"}, {"within": "Wexby"}, {"level": "street"}, {"level": "cell:9"}, {"level": "lsoa"},
    ],
)  # fmt: skip
def test_what_totals_cannot_be_asked_is_refused(words):
    world = World((), open_agreements(), totals=random_totals(1, 12))
    with pytest.raises(QuestionError):
        asked(world, question_from_words("totals", words))


def test_a_ward_is_not_told_to_those_kept_to_the_district():
    world = totals_world((t for t in random_totals(3, 30) if t.feed == NRM), "district")
    assert set(asked(world, Question("totals")).columns["level"]) <= {"district", "none"}
    with pytest.raises(ReadDenied, match="keeps this to the district"):
        asked(world, Question("totals", within=("W01",), feeds=(FEED_CODES[NRM],)))


@given(st.integers(0, 9_999), st.integers(1, 20), st.integers(1, 2))
def test_in_which_ward_a_number_lies_changes_nothing_for_those_kept_to_the_district(seed, count, step):
    totals = tuple(one for one in random_totals(seed, count) if one.level == 2 and one.unit >= 0)
    moved = tuple(
        replace(one, unit=one.unit // 3 * 3 + (one.unit + step) % 3) if one.feed == NRM else one
        for one in totals
    )
    first, other = totals_world(totals, "district"), totals_world(moved, "district")
    for words in ({}, {"level": "district"}, {"theme": "missing"}, {"within": "D1"}):
        question = question_from_words("totals", words)
        for format in ("json", "csv", "table"):
            assert show(asked(first, question), format) == show(asked(other, question), format)
