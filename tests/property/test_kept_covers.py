"""Who may read a kept answer: only whoever is permitted at least as much, of every feed and in every respect."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from trigpoint.core.sharing.agreement import FIELDS, GRADES, HANDLINGS, LOCATION_ROLES, MARKINGS
from trigpoint.core.sharing.grain import Grain
from trigpoint.core.sharing.policy import FeedGrant
from trigpoint.gate.frozen_answers import covers, permitted_text

FEEDS = ("care_missing", "police_crime", "schools")


def some_of(words):
    return st.frozensets(st.sampled_from(words))


def grants_of(feed):
    return st.builds(
        FeedGrant, feed=st.just(feed), finest=st.sampled_from(list(Grain)), fields=some_of(FIELDS),
        without_roles=some_of(LOCATION_ROLES), precise_sites=st.booleans(), agreement=st.just("a"), version=st.just(1),
        clause=st.just("4"), without_handling=some_of(HANDLINGS), without_grades=some_of(GRADES),
        without_markings=some_of(MARKINGS),
    )  # fmt: skip


MANY = st.sets(st.sampled_from(FEEDS)).flatmap(
    lambda feeds: st.tuples(*(grants_of(feed) for feed in sorted(feeds)))
)


def less(grant):
    """Every way in which a grant may be narrower by one step."""
    if grant.finest > Grain.DISTRICT:
        yield replace(grant, finest=Grain(min(grant.finest, Grain.CELL) - 1))
    if grant.precise_sites:
        yield replace(grant, precise_sites=False)
    yield from (replace(grant, fields=grant.fields - {one}) for one in sorted(grant.fields))
    for name, words in (
        ("without_roles", LOCATION_ROLES), ("without_handling", HANDLINGS), ("without_grades", GRADES),
        ("without_markings", MARKINGS),
    ):  # fmt: skip
        kept_back = getattr(grant, name)
        yield from (replace(grant, **{name: kept_back | {one}}) for one in words if one not in kept_back)


@given(MANY)
def test_the_same_grants_cover_and_no_narrower_ones(grants):
    text = permitted_text(grants)
    assert covers(grants, text)
    for place, grant in enumerate(grants):
        others = (*grants[:place], *grants[place + 1 :])
        assert not covers(others, text)
        for narrower in less(grant):
            assert not covers((*others, narrower), text)
            assert covers(grants, permitted_text((*others, narrower)))


@given(MANY, MANY, MANY)
def test_who_covers_somebody_covers_whomever_they_cover(one, other, third):
    if covers(one, permitted_text(other)) and covers(other, permitted_text(third)):
        assert covers(one, permitted_text(third))
