"""From a place to a decision, from there to the list and to done: by form and by the map's own question."""

from datetime import UTC, date, datetime, timedelta

import h3
import pytest

from trigpoint.changes.accounts import open_account
from trigpoint.changes.actions import ActionRefused, decide, list_actions, move_action, record_dose
from trigpoint.changes.doses import count_dose_again, strike_dose
from trigpoint.changes.editing import ChangedMeanwhile
from trigpoint.changes.named_places import PlaceOverlaps, list_places, open_place, place
from trigpoint.changes.place_edits import merge_places, rename_place, split_place
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.core.workflow.action import NO_ACTION
from trigpoint.db.models import Action, AuditEvent, Meeting, Place, User

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
QUERY = "level=cell:9&background=even&from=2024-01-01&to=2026-10-31"


@pytest.fixture
def table(county):
    """The small county, with a police member and a youth member at the table."""
    open_account(user="officer", role="member", agency="police", password=None, by="analyst", at=AT)
    open_account(user="worker", role="member", agency="youth_service", password=None, by="analyst", at=AT)
    return county


def cells(client, many=2):
    told = client.get("/api/picture?level=cell:9").json()["units"]
    return sorted(code for code, count in zip(told["code"], told["count"], strict=True) if count)[:many]


def opened(client, **more):
    units = more.pop("units", None) or cells(client)
    given = {"name": "Station Parade", "level": "cell:9", "units": units, "owner": "police", "origin": ""}
    return open_place(**given | more, by="analyst", at=AT)


def decided(place_number, **more):
    given = {
        "kind": "patrol", "agency": "police", "what": "", "due_on": AT.date() + timedelta(days=14),
        "expected_change": "", "how_seen": "", "place": place_number, "by": "analyst", "at": AT,
    }  # fmt: skip
    return decide(**given | more)


def events():
    return AuditEvent.objects.exclude(event__in=("question", "signed_in")).count()


def test_an_action_goes_from_the_form_to_done_and_every_move_is_one_event(table, client):
    spot = opened(client)
    answer = client.post("/actions/new/", {"agency": "police", "kind": "patrol", "place": spot, "due": "+2w"})
    action = Action.objects.get()
    assert answer["Location"] == f"/actions/{action.pk}/"
    assert action.what == "make patrols of 15 minutes at the hours that stand out"
    walked = ["started", "evidence_due", "done"]
    for version, state in enumerate(walked, start=1):
        before = events()
        client.post(f"/actions/{action.pk}/move/", {"state": state, "version": version, "note": ""})
        assert events() == before + 1
    action.refresh_from_db()
    assert (action.state, action.version) == ("done", 4)
    assert list(action.steps.values_list("to_state", flat=True)) == ["agreed", *walked]
    assert "Station Parade" in client.get("/actions/?over=yes").content.decode()
    assert client.get(f"/places/{spot}/").status_code == 200


def test_two_who_move_one_action_lose_nothing(table, client):
    number = decided(opened(client))
    client.post(f"/actions/{number}/move/", {"state": "started", "version": 1})
    late = client.post(
        f"/actions/{number}/move/", {"state": "stopped", "note": "The shop has shut.", "version": 1}
    )
    assert late.status_code == 409
    page = late.content.decode()
    assert "started" in page
    assert "The shop has shut." in page
    assert Action.objects.get(pk=number).state == "started"


def test_an_agency_moves_its_own_actions_and_no_other(table, client):
    number = decided(opened(client))
    with pytest.raises(ChangeDenied):
        move_action(number=number, to="started", note="", version=1, by="worker", at=AT)
    move_action(number=number, to="started", note="", version=1, by="officer", at=AT)
    with pytest.raises(ChangeDenied):
        record_dose(number=number, on=AT.date(), sessions=1, by="worker", at=AT)
    record_dose(number=number, on=AT.date(), sessions=2, patrol_minutes=30, by="officer", at=AT)
    told = list_actions(by="worker")[0]
    assert told.done == {"sessions": 2, "patrol_minutes": 30}
    assert told.moves == ()
    assert list_actions(by="officer")[0].moves == ("evidence_due", "stopped")
    with pytest.raises(ChangeDenied):
        decided(told.place, by="officer")


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": 2.0}, {"sessions": 0}, {"sessions": -1}, {"patrol_minutes": 10**6},
        {"sessions": 1, "on": date(2026, 11, 3)},
    ],
)  # fmt: skip
def test_a_dose_that_cannot_be_is_refused(table, client, wrong):
    number = decided(opened(client))
    move_action(number=number, to="started", note="", version=1, by="officer", at=AT)
    with pytest.raises(ActionRefused):
        record_dose(**{"number": number, "on": AT.date(), "by": "officer", "at": AT} | wrong)


def test_a_wrong_dose_is_struck_out_and_counts_again_and_nothing_of_it_is_lost(table, client):
    number = decided(opened(client))
    move_action(number=number, to="started", note="", version=1, by="officer", at=AT)
    right = record_dose(number=number, on=AT.date(), sessions=2, by="officer", at=AT)
    wrong = record_dose(
        number=number, on=AT.date(), sessions=20, note="Twenty by mistake.", by="officer", at=AT
    )
    with pytest.raises(ChangeDenied):
        strike_dose(number=wrong, because="Not theirs.", version=1, by="worker", at=AT)
    before = events()
    client.post(f"/actions/{number}/dose/{wrong}/strike/", {"because": "It was two.", "version": 1})
    assert events() == before + 1
    told = list_actions(by="officer")[0]
    assert told.done["sessions"] == 2
    assert [(one.number, one.struck_because) for one in told.doses] == [(right, ""), (wrong, "It was two.")]
    page = client.get(f"/actions/{number}/").content.decode()
    assert "<s>20 sessions</s>" in page
    assert "It was two." in page
    with pytest.raises(ActionRefused):
        strike_dose(number=wrong, because="Twice.", version=2, by="officer", at=AT)
    with pytest.raises(ActionRefused):
        count_dose_again(number=right, version=1, by="officer", at=AT)
    late = client.post(f"/actions/{number}/dose/{wrong}/strike/", {"do": "again", "version": 1})
    assert late.status_code == 409
    count_dose_again(number=wrong, version=2, by="officer", at=AT)
    assert list_actions(by="officer")[0].done["sessions"] == 22
    kept = AuditEvent.objects.filter(event__in=("dose_struck_out", "dose_counted_again"))
    assert list(kept.order_by("pk").values_list("event", flat=True)) == [
        "dose_struck_out",
        "dose_counted_again",
    ]


def test_a_second_place_on_the_same_ground_is_refused_until_its_writer_says_it_is_another(table, client):
    first, second = cells(client)
    spot = opened(client, units=[first])
    small = sorted(h3.cell_to_children(first, 10))[:2]
    for level, units in (
        ("cell:9", [first, second]),
        ("cell:10", small),
        ("cell:8", [h3.cell_to_parent(first, 8)]),
    ):
        told = {"name": "The bandstand", "level": level, "units": units}
        seen = client.get("/api/places/drawn", {"level": level, "units": ",".join(units)}).json()
        assert [one["number"] for one in seen["overlaps"]] == [spot]
        answer = client.post("/api/places", told, content_type="application/json")
        assert answer.status_code == 400
        assert "“Station Parade” is open" in answer.json()["detail"]
    page = client.post("/places/new/", {"name": "The bandstand", "level": "cell:9", "units": first})
    assert f'name="beside" value="{spot}"' in page.content.decode()
    assert Place.objects.count() == 1
    beside = client.post("/api/places", told | {"beside": [spot]}, content_type="application/json").json()[
        "number"
    ]
    with pytest.raises(PlaceOverlaps):
        opened(client, units=[first])
    shown = client.get(f"/api/places/{spot}").json()
    assert (shown["level"], [one["code"] for one in shown["units"]]) == ("cell:9", [first])
    redrawn = {"level": "cell:9", "units": [first, second], "version": 1, "beside": [beside]}
    assert (
        client.post(f"/api/places/{spot}/units", redrawn, content_type="application/json").status_code == 200
    )
    late = client.post(f"/api/places/{spot}/units", redrawn, content_type="application/json")
    assert late.status_code == 409
    assert "Someone changed this place" in late.json()["detail"]


def test_what_is_planned_lies_on_the_map_at_its_place_until_it_is_done(table, client):
    spot = opened(client)
    number = decided(spot)
    decided(spot, kind=NO_ACTION, agency="", due_on=None, because="The shop there has closed.")
    path = "/api/work?class=planned&from=2024-01-01&to=2026-10-31&level=cell:9"
    [feature] = client.get(path).json()["features"]
    assert feature["properties"]["name"].startswith("Station Parade: ")
    assert (feature["properties"]["class"], feature["properties"]["count"]) == ("planned", 1)
    assert feature["properties"]["last"] == "2026-11-16"
    counts = "/api/overlay-counts?from=2024-01-01&to=2026-10-31&on=2026-10-31"
    assert client.get(counts).json()["classes"]["work_planned"]["n"] == 1
    move_action(number=number, to="stopped", note="The shop has shut.", version=1, by="officer", at=AT)
    assert client.get(path).json()["features"] == []


def test_no_action_says_why_and_is_never_overdue(table, client):
    spot = opened(client)
    number = decided(spot, kind=NO_ACTION, agency="", due_on=None, because="The shop there has closed.")
    told = list_actions(by="analyst", place=spot)[0]
    assert (told.number, told.is_open, told.sentence) == (
        number,
        False,
        "No action at Station Parade, because: The shop there has closed.",
    )
    client.post("/actions/new/", {"none": "yes", "because": "", "place": spot})
    assert Action.objects.count() == 1


def test_what_is_overdue_comes_first(table, client):
    spot = opened(client)
    later, sooner = decided(spot), decided(spot, due_on=AT.date())
    assert [one.number for one in list_actions(by="analyst")] == [sooner, later]
    assert list_actions(by="analyst")[0].is_overdue(AT.date() + timedelta(days=1))


def test_a_merge_and_a_split_keep_every_history_and_every_action(table, client):
    first, second = cells(client)
    one, other = opened(client, units=[first]), opened(client, units=[second], name="The Rec")
    number = decided(one)
    before = events()
    merge_places(number=one, into=other, version=1, by="analyst", at=AT)
    assert events() == before + 1
    assert set(place(number=other, by="analyst").units) == {first, second}
    assert [each.number for each in list_actions(by="analyst", place=other)] == [number]
    parts = split_place(
        number=other, part=[first], part_name="Parade", rest_name="Park", version=2, by="analyst", at=AT
    )
    assert [place(number=each, by="analyst").units for each in parts] == [(first,), (second,)]
    assert {each.number: each.state for each in list_places(by="analyst")} == {
        one: "merged",
        other: "split",
        parts[0]: "open",
        parts[1]: "open",
    }
    assert [step.change for step in place(number=other, by="analyst").history] == [
        "opened",
        "redrawn",
        "split",
    ]


def test_two_who_rename_a_place_see_both_names(table, client):
    spot = opened(client)
    rename_place(number=spot, name="The Parade", version=1, by="analyst", at=AT)
    with pytest.raises(ChangedMeanwhile) as late:
        rename_place(number=spot, name="Station Road", version=1, by="analyst", at=AT)
    assert late.value.now["name"] == "The Parade"
    answer = client.post(f"/places/{spot}/name/", {"name": "Station Road", "version": 1})
    assert answer.status_code == 409
    assert "The Parade" in answer.content.decode()


def hotspot(client):
    told = client.get(f"/api/hotspots?{QUERY}").json()["hotspots"]
    assert told, "the small county has no hotspot"
    return told[0]


def test_the_map_decides_on_a_hotspot_and_opens_its_place_once(table, client):
    sitting = Meeting.objects.create(held_on=date(2027, 1, 20), planned_by="analyst", planned_at=AT)
    spot = hotspot(client)
    query = f"{QUERY}&letter={spot['letter']}"
    offered = client.get(f"/api/decisions/new?{query}").json()
    assert offered["place"] == {"number": None, "name": spot["name"]}
    assert offered["meeting"]["number"] == sitting.pk
    sent = {"query": query, "kind": "patrol", "agency": "police", "due": "+2w"}
    for opens in (True, False):
        kept = client.post("/api/decisions", sent, content_type="application/json").json()
        assert kept["place"]["opened"] is opens
        assert kept["meeting"] == sitting.pk
    assert sorted(spot["units"]) == Place.objects.get().units.split(",")
    assert Action.objects.count() == 2


def test_a_decision_that_is_refused_opens_no_place(table, client):
    query = f"{QUERY}&letter={hotspot(client)['letter']}"
    for wrong in (
        {"agency": "nobody"},
        {"kind": "punish"},
        {"due": "whenever"},
        {"what": "visit Jo Bloggs, 07700 900123"},
    ):
        sent = {"query": query, "kind": "patrol", "agency": "police", "due": "+2w"} | wrong
        answer = client.post("/api/decisions", sent, content_type="application/json")
        assert answer.status_code == 400, wrong
    gone = {"query": f"{QUERY}&letter=ZZ", "kind": "patrol", "agency": "police", "due": "+2w"}
    assert client.post("/api/decisions", gone, content_type="application/json").status_code == 400
    client.force_login(User.objects.get(username="officer"))
    sent = {"query": query, "kind": "patrol", "agency": "police", "due": "+2w"}
    assert client.post("/api/decisions", sent, content_type="application/json").status_code == 403
    assert not Place.objects.exists()
    assert not Action.objects.exists()
