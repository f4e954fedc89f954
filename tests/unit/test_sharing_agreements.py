"""Agreements: read whole or refused, and decided from without a look at any row."""

from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.world import agreement
from trigpoint.core.sharing.agreement import AgreementError, agreement_from
from trigpoint.core.sharing.grain import Grain, grain_of_level
from trigpoint.core.sharing.policy import FeedAsked, QuestionFacts, decide
from trigpoint.core.sharing.viewer import PURPOSES, ROLES, Viewer

TODAY = date(2026, 11, 2)
FEED = FeedAsked("police_crime", "Crime", "police", "Police", False)


def facts(grain=Grain.DISTRICT, about="records", fields=frozenset(), feeds=(FEED,)):
    return QuestionFacts(about, grain, fields, feeds)


viewers = st.builds(
    Viewer, st.just("someone"), st.sampled_from(["", "police", "education"]), st.sampled_from(ROLES),
    st.sampled_from([*PURPOSES, "eviction"]),
)  # fmt: skip
agreements = st.lists(
    st.builds(
        lambda version, finest, purposes, hours, agencies, expires: agreement(
            "police", version=version, purposes=purposes, expires=expires,
            audiences=[{"agencies": agencies, "roles": "all", "finest": finest, "hours": hours, "clause": "4"}],
        ),
        st.integers(1, 3), st.sampled_from([grain.word for grain in Grain]),
        st.sampled_from(["all", ["safeguarding"], []]), st.booleans(),
        st.sampled_from(["all", ["police"], ["education"]]), st.sampled_from([None, "2026-11-01", "2026-11-02"]),
    ),
    max_size=3,
)  # fmt: skip


@given(viewers, agreements, st.sampled_from(Grain))
def test_asking_more_coarsely_never_sees_less(viewer, given_agreements, grain):
    fine = decide(viewer, facts(grain), given_agreements, TODAY)
    for coarser in Grain:
        if coarser <= grain:
            assert decide(viewer, facts(coarser), given_agreements, TODAY).allowed >= fine.allowed


@given(viewers, agreements, st.sampled_from(Grain))
def test_nothing_is_granted_more_finely_than_allowed(viewer, given_agreements, grain):
    for grant in decide(viewer, facts(grain), given_agreements, TODAY).restrictions.grants:
        assert grant.finest >= grain


@given(viewers, agreements)
def test_the_order_of_agreements_decides_nothing(viewer, given_agreements):
    distinct = list({one.version: one for one in given_agreements}.values())
    assert decide(viewer, facts(), distinct, TODAY) == decide(viewer, facts(), distinct[::-1], TODAY)


@given(viewers, agreements)
def test_every_feed_asked_about_is_granted_or_left_out_once(viewer, given_agreements):
    feeds = (FEED, replace(FEED, code="intel"), replace(FEED, code="street", agency="open_data", open=True))
    found = decide(viewer, facts(feeds=feeds), given_agreements, TODAY).restrictions
    assert sorted([*found.granted, *(one.feed for one in found.left_out)]) == [
        "intel",
        "police_crime",
        "street",
    ]


@given(viewers, agreements)
def test_the_finest_grain_told_of_a_feed_is_its_grants(viewer, given_agreements):
    found = decide(viewer, facts(), given_agreements, TODAY).restrictions
    told = {grant.feed: grant.finest for grant in found.grants}
    assert found.finest("police_crime") == told.get("police_crime")
    assert found.finest("a feed nobody asked about") is None


@given(viewers)
def test_places_are_never_denied_and_grant_nothing_by_it(viewer):
    decision = decide(viewer, facts(about="places"), (), TODAY)
    assert decision.allowed
    if not (viewer.role == "contributor" and viewer.agency == "police"):
        assert decision.restrictions.grants == ()


def test_a_question_of_an_empty_home_is_allowed():
    assert decide(Viewer("someone", "", "analyst"), facts(feeds=()), (), TODAY).allowed


def test_the_newest_version_in_force_is_obeyed():
    coarse = [{"agencies": "all", "roles": "all", "finest": "district", "clause": "4"}]
    older, newer = agreement("police", version=1), agreement("police", version=2, audiences=coarse)
    (grant,) = decide(Viewer("a", "education", "member"), facts(), (older, newer), TODAY).restrictions.grants
    assert (grant.version, grant.finest) == (2, Grain.DISTRICT)


def test_the_words_of_a_refusal_name_clause_and_owner():
    ward = agreement(
        "police", audiences=[{"agencies": "all", "roles": "all", "finest": "ward", "clause": "4"}]
    )
    decision = decide(Viewer("a", "education", "member"), facts(Grain.STREET), (ward,), TODAY)
    assert decision.reason == (
        "Crime: not shown to your agency here. Clause 4 of the Police agreement keeps this to the ward."
    )
    assert decision.clause == "police v1 clause 4"


def test_restricted_sites_are_for_the_circle_alone():
    trusting = agreement(
        "police", sensitive_sites={"audiences": [{"agencies": ["police"], "roles": ["chair"]}]}
    )
    inside = decide(Viewer("a", "police", "chair"), facts(), (trusting,), TODAY).restrictions.grants[0]
    outside = decide(Viewer("a", "police", "member"), facts(), (trusting,), TODAY).restrictions.grants[0]
    assert (inside.precise_sites, outside.precise_sites) == (True, False)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"title": None}, "must say its title"),
        ({"purpose": ["meeting"]}, "no part of agreement: 'purpose'"),
        ({"purposes": "meeting"}, "purposes must be a list"),
        ({"fields": ["names"]}, "no field 'names'"),
        ({"audiences": [{"finest": "house"}]}, "no level 'house'"),
        ({"audiences": [{"roles": ["boss"]}]}, "no role 'boss'"),
        ({"audiences": [{"without_roles": ["bed"]}]}, "no location role 'bed'"),
        ({"audiences": [{"clause": "77"}]}, "cites clause 77"),
        ({"expires": "31/03/2027"}, "expires must be a date"),
    ],
)
def test_an_agreement_that_cannot_be_obeyed_is_refused(change, says):
    with pytest.raises(AgreementError, match=says):
        agreement("police", **change)


def test_the_shipped_open_data_agreement_lets_every_member_see_open_data_at_every_level():
    file = files("trigpoint").joinpath("definitions", "agreements", "open_data.yaml")
    shipped = agreement_from(yaml.safe_load(file.read_text("utf-8")))
    street = FeedAsked("police_uk_street", "Street crime", "open_data", "Published open data", True)
    for role in ROLES:
        decision = decide(Viewer("a", "", role), facts(Grain.POINT, feeds=(street,)), (shipped,), TODAY)
        assert decision.allowed, role
    refused = decide(Viewer("a", "", "analyst", "eviction"), facts(feeds=(street,)), (shipped,), TODAY)
    assert refused.clause == "open_data v1 clause 2.1"


def test_levels_are_ordered_from_coarse_to_fine():
    words = ["district", "ward", "lsoa", "street", "cell", "point"]
    assert [grain_of_level(word) for word in words] == sorted(Grain)
    with pytest.raises(ValueError, match="no level"):
        grain_of_level("parish")


def test_a_viewer_has_a_role_a_name_and_a_purpose():
    for wrong in (("a", "", "boss", "meeting"), ("", "", "chair", "meeting"), ("a", "", "chair", "")):
        with pytest.raises(ValueError):
            Viewer(*wrong)
