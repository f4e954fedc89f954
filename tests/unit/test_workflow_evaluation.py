"""A plan of an evaluation: what may be done with it when, and how it is marked."""

from dataclasses import replace
from datetime import date

import pytest

from trigpoint.core.workflow.evaluation import (
    PlanState,
    PlanTerms,
    TransitionRefused,
    amendment,
    label,
    locked,
    reported,
)

START, ENDS = date(2026, 1, 15), date(2026, 7, 15)
TERMS = PlanTerms(("A", "B"), "street", START, "theme=missing", 150, 250, 6)


def test_a_plan_is_locked_once_and_reported_once():
    assert locked(PlanState.DRAFT) is PlanState.LOCKED
    assert reported(PlanState.LOCKED, ENDS, ENDS) is PlanState.REPORTED
    for state in (PlanState.LOCKED, PlanState.REPORTED):
        with pytest.raises(TransitionRefused, match="locked already"):
            locked(state)
    with pytest.raises(TransitionRefused, match="reported already"):
        reported(PlanState.REPORTED, ENDS, ENDS)
    with pytest.raises(TransitionRefused, match="Lock the plan first"):
        reported(PlanState.DRAFT, ENDS, ENDS)


def test_it_is_not_reported_before_its_months_are_over():
    with pytest.raises(TransitionRefused, match="15 July 2026"):
        reported(PlanState.LOCKED, ENDS, date(2026, 7, 14))


@pytest.mark.parametrize("state", list(PlanState))
def test_a_draft_is_edited_and_what_was_locked_gets_a_second_plan(state):
    found = amendment(state, TERMS, replace(TERMS, outcome="theme=asb", buffer_m=400))
    assert found.kind == ("edit" if state is PlanState.DRAFT else "post hoc")
    assert found.changed == ("outcome", "buffer_m")
    with pytest.raises(TransitionRefused, match="Nothing"):
        amendment(state, TERMS, replace(TERMS))


@pytest.mark.parametrize("changed", [{"places": ("C",)}, {"level": "ward"}, {"start": date(2026, 2, 1)}])
def test_another_place_or_start_is_other_work_once_a_plan_is_locked(changed):
    assert amendment(PlanState.DRAFT, TERMS, replace(TERMS, **changed)).kind == "edit"
    with pytest.raises(TransitionRefused, match="other work"):
        amendment(PlanState.LOCKED, TERMS, replace(TERMS, **changed))


@pytest.mark.parametrize("wrong", [{"places": ()}, {"months": 0}, {"radius_m": 0}, {"buffer_m": -1}])
def test_terms_must_mean_something(wrong):
    with pytest.raises(ValueError, match="a plan has a place"):
        replace(TERMS, **wrong)


def test_every_plan_is_marked_by_when_it_was_made():
    assert label(START, None).startswith("A draft")
    assert label(START, START) == "Planned before: locked on 15 January 2026, before the work began."
    assert label(START, date(2026, 1, 16)).startswith("Post hoc: locked on 16 January 2026, after")
    assert label(START, START, ("outcome",)).startswith(
        "Post hoc: changed after the plan was locked (outcome)"
    )
