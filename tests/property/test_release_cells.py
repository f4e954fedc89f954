"""The cells of a release against a slow twin, and the hidden law: what may not leave changes nothing that leaves."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.world import (
    FEED_CODES,
    RECORD_FEEDS,
    THEMES,
    World,
    agreement,
    district_code,
    random_records,
    ward_code,
)
from tests.property.test_gate_hidden import AT
from trigpoint.core.disclosure.cells import relations_of
from trigpoint.core.disclosure.protect import protect, still_narrowed
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk
from trigpoint.gate.audiences import Audience, LayerAsked
from trigpoint.gate.denial import QuestionError, ReadDenied
from trigpoint.gate.release_cells import ReleaseTerms, count_release
from trigpoint.gate.release_rules import shipped_release_rules

FEWER = settings(max_examples=max(settings.default.max_examples // 3, 1))
ANALYST = Viewer("analyst", "", "analyst", "safeguarding")
QUARTERS = (date(2024, 1, 1), date(2024, 4, 1))
OPEN = {"audiences": "all", "recipients": "all", "finest": "named_area", "clause": "9"}
SECRETS = {"home", "placement", "reporting_station"}
PRESET = Audience(
    code="teams", title="Teams", areas=("district", "ward", "named_area"), months=True,
    layers=(
        LayerAsked("missing", "Missing", ("missing",), "people"),
        LayerAsked("lines", "Lines", ("county_lines", "missing"), "events"),
    ),
    heading="H", purpose="P", use="U", ask="A", expires_months=4,
)  # fmt: skip
TERMS = ReleaseTerms(PRESET, QUARTERS[0], 2, (), ("education",))
POLICE = FEED_CODES.index("police_crime")


def agreements(*, police=OPEN):
    return (
        agreement("open_data", releases=OPEN),
        agreement("social_care", releases=OPEN),
        agreement("police", **({"releases": police} if police else {})),
    )


def counted(world, terms=TERMS, viewer=ANALYST):
    return count_release(
        viewer, terms, AT, Desk(world.version(), world.agreements, lambda *_: None, exposure=frozenset())
    )


def leaves(one) -> bool:
    """May this record leave? As the rules read, record by record; the world's marks are numbers."""
    return one.handling != 2 and one.marking not in (3, 4) and one.grade != 5 and one.role not in (8, 9, 10)


def current(one) -> bool:
    return one.known_to.year == 9999


def people_twin(world, ward=None, district=None, starts=None, ends=None) -> int:
    """People of one cell: the most that one agency knows, counted by looking at every record."""
    known: dict[int, set[int]] = {}
    keyed = {one.feed for one in world.records if one.token and current(one) and leaves(one)}
    for one in world.records:
        if not (
            current(one)
            and leaves(one)
            and one.token
            and 0 in one.themes
            and one.ward >= 0
            and one.feed in keyed
        ):
            continue
        here = (ward is None or one.ward == ward) and (district is None or one.district == district)
        if here and starts <= one.day < ends:
            known.setdefault(one.agency, set()).add(one.token)
    return max((len(tokens) for tokens in known.values()), default=0)


worlds = st.builds(
    lambda seed, count: World(random_records(seed, count), agreements()),
    st.integers(0, 10_000),
    st.integers(0, 120),
)


@FEWER
@given(world=worlds)
def test_people_of_every_cell_are_those_of_looking_at_every_record(world):
    after = {QUARTERS[0]: QUARTERS[1], QUARTERS[1]: date(2024, 7, 1)}
    found = {one.key: one.count for one in counted(world).cells if one.key.layer.counts == "people"}
    for key, count in found.items():
        if key.period_kind != "quarter":
            continue
        ends = after[key.first_on]
        if key.area_kind == "ward":
            ward = next(n for n in range(6) if ward_code(n) == key.area)
            assert count == people_twin(world, ward=ward, starts=key.first_on, ends=ends)
        if key.area_kind == "district":
            district = next(n for n in range(2) if district_code(n) == key.area)
            assert count == people_twin(world, district=district, starts=key.first_on, ends=ends)


@FEWER
@given(world=worlds)
def test_the_truth_keeps_every_law_that_the_attacker_uses(world):
    found = counted(world)
    cells = found.cells
    for one in relations_of([cell.key for cell in cells], found.within):
        whole, parts = cells[one.whole].count, [cells[part].count for part in one.parts]
        assert max(parts) <= whole
        assert one.law != "sum" or whole == sum(parts)
        assert one.law != "union" or whole <= sum(parts)


@FEWER
@given(world=worlds)
def test_nothing_that_is_withheld_can_be_had(world):
    found, rules = counted(world), shipped_release_rules()
    relations = relations_of([cell.key for cell in found.cells], found.within)
    told = protect(found.cells, relations, rules).told
    assert still_narrowed(found.cells, told, relations, rules) == ()


def same(one, other):
    return (one.cells, one.within, one.layers, one.feeds, one.marking) == (
        other.cells, other.within, other.layers, other.feeds, other.marking,
    )  # fmt: skip


@FEWER
@given(seed=st.integers(0, 10_000), count=st.integers(0, 80))
def test_records_of_a_feed_whose_agreement_is_closed_change_nothing(seed, count):
    world = World(random_records(seed, count), agreements(police=None))
    assert same(counted(world), counted(world.without(POLICE)))


@FEWER
@given(seed=st.integers(0, 10_000), count=st.integers(0, 80))
def test_records_that_may_not_leave_change_no_count(seed, count):
    """Handled C, secret, suspected false, or of where somebody lives: the same cells with and without them."""
    world = World(random_records(seed, count), agreements())
    keeps = replace(world, records=tuple(one for one in world.records if leaves(one)))
    one, other = counted(world), counted(keeps)
    assert [(cell.key, cell.count) for cell in one.cells if cell.key.layer.counts == "people"] == [
        (cell.key, cell.count) for cell in other.cells if cell.key.layer.counts == "people"
    ]
    assert one.marking == other.marking


def test_what_was_taken_out_is_counted_by_rule():
    records = random_records(7, 100)
    found = {
        one.rule: one.records
        for one in counted(World(records, agreements())).removed
        if one.records is not None
    }
    themed = [one for one in records if current(one) and {0, 3} & set(one.themes)]
    assert found["handling"] == sum(one.handling == 2 for one in themed) > 0
    assert found["marking"] == sum(one.marking in (3, 4) and one.handling != 2 for one in themed) > 0


def test_clearance_of_the_originator_lets_handled_records_leave():
    records = random_records(7, 100)
    cleared = replace(TERMS, cleared=frozenset(FEED_CODES[feed] for feed in RECORD_FEEDS))
    found = {one.rule: one.records for one in counted(World(records, agreements()), cleared).removed}
    assert found["handling"] == 0


def test_a_recipient_outside_an_agreement_is_refused_with_its_clause():
    closed = OPEN | {"recipients": ["health"]}
    with pytest.raises(
        ReadDenied, match="education is not among the recipients that police v1 clause 9 allows"
    ):
        counted(World(random_records(1, 20), agreements(police=closed)))


def test_a_feed_kept_from_this_audience_is_left_out_with_its_clause():
    world = World(random_records(1, 20), agreements(police=OPEN | {"finest": "ward"}))
    sentences = [one.sentence for one in counted(world).removed]
    assert any(
        "police v1 clause 9 does not let it into a release for teams by named area" in one
        for one in sentences
    )
    assert all(one.agency != "police" for one in counted(world).feeds)


def test_no_agreement_at_all_lets_nothing_leave():
    world = World(
        random_records(1, 20), tuple(agreement(one) for one in ("open_data", "social_care", "police"))
    )
    with pytest.raises(ReadDenied, match="No agreement lets any record"):
        counted(world)


@pytest.mark.parametrize(
    "parts",
    [
        {"first_on": date(2024, 2, 1)},
        {"quarters": 0},
        {"quarters": 9},
        {"recipients": ()},
        {"districts": ("D9",)},
    ],
)
def test_what_is_no_release_is_refused(parts):
    with pytest.raises(QuestionError):
        counted(World(random_records(1, 5), agreements()), replace(TERMS, **parts))


def test_every_cell_of_the_closed_set_is_there_whatever_was_recorded():
    empty, full = counted(World((), agreements())), counted(World(random_records(3, 120), agreements()))
    offered = [one.key for one in empty.cells if one.offered]
    assert [(k.area_kind, k.area, k.first_on, k.period_kind, k.layer.themes) for k in offered] == [
        (one.key.area_kind, one.key.area, one.key.first_on, one.key.period_kind, one.key.layer.themes)
        for one in full.cells
        if one.offered
    ]
    assert {code for _, code in THEMES} >= {"missing", "county_lines"}
