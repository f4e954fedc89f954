"""Whatever people try with an action: only allowed moves are kept, each with one step, one event and one version more."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import AT
from trigpoint.changes.accounts import open_account
from trigpoint.changes.actions import ActionRefused, decide, move_action, record_dose
from trigpoint.changes.editing import ChangedMeanwhile
from trigpoint.changes.told_text import TextRefused
from trigpoint.core.sharing.duties import DUTIES, ChangeDenied
from trigpoint.core.workflow.action import MOVES, ActionState
from trigpoint.db.models import Action, AuditEvent

WHO = {"analyst": ("analyst", ""), "officer": ("member", "police"), "worker": ("member", "youth_service")}
REFUSED = (ActionRefused, ChangedMeanwhile, ChangeDenied, TextRefused)
tries = st.lists(
    st.tuples(
        st.sampled_from(["move", "dose"]),
        st.sampled_from(list(ActionState)),
        st.sampled_from(list(WHO)),
        st.booleans(),
        st.sampled_from(["", "It rained."]),
    ),
    min_size=1,
    max_size=10,
)


@pytest.fixture
def table(home):
    for user, (role, agency) in WHO.items():
        if user != "analyst":
            open_account(user=user, role=role, agency=agency, password=None, by="analyst", at=AT)


def tried(number, act, to, who, fresh, note):
    version = Action.objects.get(pk=number).version
    if act == "dose":
        record_dose(number=number, on=AT.date(), sessions=1, by=who, at=AT)
    else:
        move_action(number=number, to=to, note=note, version=version if fresh else version + 1, by=who, at=AT)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(tries)
def test_what_is_kept_is_allowed_and_on_record_and_what_is_refused_changes_nothing(table, attempts):
    number = decide(
        kind="patrol", agency="police", what="", due_on=date(2026, 12, 1), expected_change="", how_seen="",
        proposed=True, by="analyst", at=AT,
    )  # fmt: skip
    for act, to, who, fresh, note in attempts:
        before, events = Action.objects.filter(pk=number).values().get(), AuditEvent.objects.count()
        steps = Action.objects.get(pk=number).steps.count()
        try:
            tried(number, act, to, who, fresh, note)
        except REFUSED:
            assert Action.objects.filter(pk=number).values().get() == before
            assert AuditEvent.objects.count() == events
            continue
        after = Action.objects.get(pk=number)
        role, agency = WHO[who]
        assert AuditEvent.objects.count() == events + 1
        assert role in DUTIES["decide"] or agency == "police"
        if act == "move":
            assert after.state in MOVES[ActionState(before["state"])]
            assert (after.version, after.steps.count()) == (before["version"] + 1, steps + 1)
            assert fresh
        else:
            assert before["state"] in (ActionState.STARTED, ActionState.EVIDENCE_DUE)
