"""The laws of the freeze: nothing moves what was kept, nobody is given more than they are permitted, and what is
erased leaves it."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.factories.meeting_home import AT, DELIVERIES, adopt, deliver, publish_world
from tests.factories.world import World, random_records
from trigpoint.changes.accounts import open_account
from trigpoint.changes.freezing import freeze_meeting, restate
from trigpoint.changes.kept_pictures import KeptPicture
from trigpoint.changes.kept_reading import kept_answers
from trigpoint.changes.meetings import close_meeting, hold_meeting, meeting, plan_meeting
from trigpoint.changes.restating import Restating, being_restated, restate_what_is_aside, set_aside
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.core.workflow.meeting import MeetingRefused
from trigpoint.db.models import AuditEvent, KeptAnswer, Meeting
from trigpoint.gate.ask import ask
from trigpoint.gate.marking import marking_of_home
from trigpoint.gate.show import json_text
from trigpoint.store.connection import let_go_of_others

ALL = {"agencies": "all", "roles": "all", "finest": "point", "hours": True, "clause": "4"}
ANALYST = {**ALL, "roles": ["analyst"]}
OPEN = ({"agency": "open_data"}, {"agency": "social_care"}, {"agency": "police"})
LATER = AT + timedelta(days=9)
POLICE = DELIVERIES["police_crime"]
PAST = ("hot-now", "coverage", "notices", "silences")


def world(hidden: bool = True) -> World:
    """Records thick in one place; without the police's where they are not `hidden` but gone."""
    records = random_records(7, 300)
    return World(tuple(one for one in records if hidden or one.feed != 1), ())


@pytest.fixture
def held_home(home, at):
    """A home with a world published, and a planned meeting of the whole county."""
    deliver()
    adopt(*OPEN)
    publish_world(home, world(), 1)
    for user, role, agency in (
        ("mo", "member", "social_care"),
        ("gov", "governance", None),
        ("kim", "chair", None),
    ):
        open_account(user=user, role=role, agency=agency, password=None, by="analyst", at=AT)
    plan_meeting(quadrant="", held_on=date(2024, 7, 10), by="analyst", at=AT)
    yield home
    let_go_of_others(None)


def freeze(number: int | None = None, **more):
    number = number or Meeting.objects.get().pk
    told = {"by": "analyst", "at": AT, "may_wait": True, "only": PAST} | more
    return freeze_meeting(number=number, version=Meeting.objects.get(pk=number).version, **told)


def draw(tested, districts, quadrant):
    """A map of a kind: it says what it was drawn from."""
    return (KeptPicture("", f"<svg><desc>{len(tested.columns['code'])} units</desc></svg>", "All of them."),)


def test_a_picture_is_kept_with_its_answer_and_goes_to_nobody_who_is_not_given_that(held_home):
    freeze(draw=draw)
    told = told_to("analyst")
    assert {name for name, one in told.items() if one.pictures} == {"hot-now"}
    kept = told["hot-now"].pictures
    assert (kept.on, kept.marking) == (AT.date(), marking_of_home())
    assert kept.maps[0].svg == f"<svg><desc>{len(told['hot-now'].content['rows'])} units</desc></svg>"
    adopt(*OPEN[:2], {"agency": "police", "audiences": [ANALYST]})
    assert told_to("analyst")["hot-now"].pictures == kept
    mo = told_to("mo")["hot-now"]
    assert (mo.way == "kept", mo.picture) == (False, None)


def test_an_erasure_reaches_the_picture_before_and_after_the_answer_is_made_again(held_home):
    freeze(draw=draw)
    set_aside(deliveries=[POLICE], because="rows were erased", by="gov", at=LATER)
    assert KeptAnswer.objects.get(name="hot-now").picture is None
    assert told_to("analyst")["hot-now"].picture is None
    publish_world(held_home, world(hidden=False), 2)
    restate_what_is_aside(at=LATER)
    assert told_to("analyst")["hot-now"].picture is None
    assert told_to("analyst")["hot-now"].restated_because == "rows were erased"


def test_what_is_drawn_changes_no_kept_byte(held_home):
    freeze(draw=draw)
    with_pictures = bytes_kept()
    KeptAnswer.objects.all().delete()
    Meeting.objects.update(state="planned", frozen_at=None)
    freeze()
    assert bytes_kept() == with_pictures


def bytes_kept():
    return {one.name: (bytes(one.content), one.digest, one.permitted) for one in KeptAnswer.objects.all()}


def told_to(user, at=LATER):
    found = kept_answers(number=Meeting.objects.get().pk, by=user, at=at, may_wait=True)
    return {one.name: one for one in found}


def test_the_replay_is_what_was_answered(held_home):
    freeze()
    for name, one in told_to("analyst", AT).items():
        now = json.loads(json_text(ask(Viewer("analyst", "", "analyst", "meeting"), one.question, AT)))
        assert one.way == "kept"
        assert one.content == now, name
    recipe = meeting(number=Meeting.objects.get().pk, by="analyst").recipe
    assert recipe["publication"] == 1
    assert [one["code"] for one in recipe["agreements"]] == ["open_data", "police", "social_care"]
    assert {"disclosure", "definitions", "program", "methods", "clauses", "thresholds"} <= set(recipe)


def test_nothing_that_comes_later_changes_a_kept_byte(held_home):
    freeze()
    kept, before = bytes_kept(), Meeting.objects.values().get()
    answers = {name: one.content for name, one in told_to("analyst").items()}
    late = random_records(8, 60)
    publish_world(held_home, World((*world().records, *late), ()), 2)
    adopt(*OPEN[:2])
    adopt(*OPEN)
    assert bytes_kept() == kept
    assert {name: one.content for name, one in told_to("analyst").items()} == answers
    number = before["id"]
    with pytest.raises(MeetingRefused, match="frozen already"):
        freeze(number)
    hold_meeting(number=number, version=2, by="analyst", at=LATER)
    close_meeting(number=number, version=3, by="analyst", at=LATER)
    after = Meeting.objects.values().get()
    assert {name: after[name] for name in ("frozen_at", "publication_id", "recipe")} == {
        name: before[name] for name in ("frozen_at", "publication_id", "recipe")
    }
    assert bytes_kept() == kept


@pytest.mark.parametrize(
    "police",
    [
        None,
        {"audiences": [ANALYST, {**ALL, "finest": "ward"}]},
        {"audiences": [ANALYST, {**ALL, "without_roles": ["home"]}]},
        {"audiences": [ANALYST, {**ALL, "without_markings": ["official_sensitive"]}]},
        {"audiences": [ANALYST]},
        {"purposes": ["meeting"]},
        {"expires": "2024-07-06", "expires_clause": "9"},
    ],
)
def test_nobody_permitted_less_is_given_a_kept_answer_of_more(held_home, police):
    """Whatever the police hide from a member after or before the freeze, the member never reads the kept bytes."""
    freeze()
    adopt(*OPEN[:2], *([{"agency": "police"} | police] if police else []))
    told = told_to("mo")
    assert told["hot-now"].way != "kept"
    assert all(one.digest == "" for one in told.values() if one.way != "kept")


def test_what_the_hidden_do_not_change_is_the_same_without_them(held_home):
    """A member who may not see the police's records reads the very same of a meeting with and without any."""
    freeze()
    adopt(*OPEN[:2], {"agency": "police", "audiences": [ANALYST]})
    with_them = told_to("mo")
    publish_world(held_home, world(hidden=False), 2)
    without = told_to("mo")
    for name in PAST:
        one, other = with_them[name], without[name]
        assert (one.way, one.why) == (other.way, other.why)
        if one.content is not None:
            assert {**one.content["about"], "publication": 0} == {**other.content["about"], "publication": 0}
            assert one.content["rows"] == other.content["rows"]


def test_what_is_erased_leaves_what_was_kept(held_home):
    freeze()
    kept = bytes_kept()
    publish_world(held_home, world(hidden=False), 2)
    number = Meeting.objects.get().pk
    with pytest.raises(ChangeDenied):
        restate(deliveries=[POLICE], because="a row was erased", by="mo", at=LATER)
    assert restate(deliveries=[POLICE], because="a row was erased", by="gov", at=LATER) == (number,)
    after, told = bytes_kept(), told_to("analyst")
    restated = {name for name in kept if kept[name] != after[name]}
    assert "hot-now" in restated
    for name in restated:
        assert told[name].restated_because == "a row was erased"
        assert kept[name][0] != after[name][0]
    viewer, question = Viewer("analyst", "", "analyst", "meeting"), told["hot-now"].question
    fresh = json.loads(json_text(ask(viewer, replace(question, known=AT.date()), LATER)))
    assert told["hot-now"].content == fresh
    adopt(*OPEN[:2], {"agency": "police", "audiences": [ANALYST]})
    assert all((one.restated_at, one.restated_because) == (None, "") for one in told_to("mo").values())
    events = AuditEvent.objects.filter(event="kept_answer.restated")
    stub = events.get(subject=f"meeting {number} hot-now").detail
    assert (stub["digest_before"], stub["digest"]) == (kept["hot-now"][1], after["hot-now"][1])


def test_what_was_restated_twice_says_both_reasons(held_home):
    freeze(only=("hot-now",))
    for because in ("rows were erased", "a delivery was withdrawn", "rows were erased"):
        restate(deliveries=[POLICE], because=because, by="gov", at=LATER)
    assert told_to("analyst")["hot-now"].restated_because == "rows were erased; a delivery was withdrawn"


def test_what_is_set_aside_is_given_to_nobody_until_it_is_made_again(held_home):
    freeze()
    digest = KeptAnswer.objects.get(name="hot-now").digest
    assert being_restated() is None
    set_aside(deliveries=[POLICE], because="rows were erased", by="gov", at=LATER)
    told = told_to("analyst")["hot-now"]
    assert (told.way, told.content, told.digest) == ("being restated", None, "")
    assert "rows were erased" in told.why
    aside = KeptAnswer.objects.exclude(set_aside_at=None).count()
    assert bytes(KeptAnswer.objects.get(name="hot-now").content) == b""
    assert being_restated() == Restating(done=0, whole=aside, meetings=1)
    adopt(*OPEN[:2], {"agency": "police", "audiences": [ANALYST]})
    assert told_to("mo")["hot-now"].way == "asked again", "whoever may not see it is not told that it is gone"
    publish_world(held_home, world(hidden=False), 2)
    assert restate_what_is_aside(at=LATER) == aside
    assert restate_what_is_aside(at=LATER) == 0
    assert being_restated() is None
    told = told_to("analyst")["hot-now"]
    assert (told.way, told.restated_because) == ("kept", "rows were erased")
    aside_event = AuditEvent.objects.get(event="kept_answer.set_aside", subject__endswith="hot-now")
    assert aside_event.detail["digest"] == digest != told.digest


def test_answers_that_do_not_rest_on_it_stay(held_home):
    freeze()
    kept = bytes_kept()
    assert restate(deliveries=[999], because="nothing of ours", by="gov", at=LATER) == ()
    assert bytes_kept() == kept
    assert not AuditEvent.objects.filter(event="kept_answer.restated").exists()


def test_a_freeze_played_for_an_earlier_day_asks_as_known_then(held_home):
    freeze(known=date(2024, 7, 3), only=("hot-now",))
    one = told_to("analyst")["hot-now"]
    assert one.question.known == date(2024, 7, 3)
    assert one.content["about"]["known"] == "2024-07-03"
    assert Meeting.objects.get().frozen_at.date() == date(2024, 7, 3)


def test_only_the_chair_and_the_analyst_freeze(held_home):
    with pytest.raises(ChangeDenied):
        freeze(by="mo")
    with pytest.raises(ChangeDenied):
        kept_answers(number=1, by="gov", at=AT)
    assert not KeptAnswer.objects.exists()
    freeze(by="kim")
    assert {one.asker["role"] for one in KeptAnswer.objects.all()} == {"chair"}
