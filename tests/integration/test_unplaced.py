"""From an agency's words to a place on the map and back: matched at publish, decided once, and never asked again."""

from datetime import date, timedelta

import duckdb
import pytest
import shapely

from tests.factories.parquet_deliveries import candidate, write_delivery
from tests.integration.test_publish import accept
from tests.property.test_store_build import SOUTH, WEST, write_ground
from trigpoint.changes.accounts import open_account
from trigpoint.changes.places import (
    PlaceRefused,
    confirm_wording,
    decide_shared_point,
    leave_wording,
    pick_wording,
    undo_wording,
)
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.db.models import Agency, AuditEvent, SharedPoint, Wording
from trigpoint.gate.ask import ReadDenied, ask
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import rows
from trigpoint.store.connection import let_go_of_others
from trigpoint.upkeep import known_places
from trigpoint.upkeep.publish import publish

TEXTS = {1: "on Mill Ln", 2: "High St", 3: "by the xyzzy"}


def digest(number):
    return bytes([number]) * 16


def streets():
    def one(code, name, x, y):
        line = shapely.LineString([(WEST + x, SOUTH + y), (WEST + x + 100, SOUTH + y)])
        return {"code": code, "name": name, "wkb": bytes(shapely.to_wkb(line))}

    return [
        one("A", "Mill Lane", 200, 200),
        one("B", "High Street", 1200, 200),
        one("C", "High Street", 3200, 200),
    ]


@pytest.fixture
def told(home, at):
    """A published home with three wordings of the police and one of the youth service."""
    ground = write_ground(home.deliveries)
    ground.append(write_delivery(home.deliveries, 902, "streets", streets(), open_feed=True))
    said = [
        {"claims": [candidate(quality=3) | {"wording": digest(n)}], "period": 202501} for n in (1, 2, 2, 3)
    ]
    ground.append(write_delivery(home.deliveries, 1, "records", said, feed="incidents"))
    theirs = [{"claims": [candidate(quality=3) | {"wording": digest(9)}], "period": 202501}]
    ground.append(
        write_delivery(home.deliveries, 2, "records", theirs, feed="sessions", agency="youth_service")
    )
    for source in ground:
        accept(home, at, source)
    kept = [Wording(agency="police", digest=digest(n).hex(), text=text) for n, text in TEXTS.items()]
    kept.append(Wording(agency="youth_service", digest=digest(9).hex(), text="High St"))
    for one in kept:
        one.first_received_at, one.text_until = at, at + timedelta(days=90)
    Wording.objects.bulk_create(kept)
    for code in ("police", "youth_service"):
        Agency.objects.get_or_create(code=code, defaults={"name": code, "position": 1})
    people = (
        ("pat", "contributor", "police"),
        ("yas", "contributor", "youth_service"),
        ("mo", "member", "police"),
    )
    for user, role, agency in people:
        open_account(user=user, role=role, agency=agency, password=None, by="analyst", at=at)
    publish(by="analyst", at=at)
    yield home
    let_go_of_others(None)


def tray(at, user="analyst", role="analyst", agency=""):
    return list(rows(ask(Viewer(user, agency, role), question_from_words("unplaced", {}), at).columns))


def wording(number):
    return Wording.objects.get(digest=digest(number).hex())


def counted(home, publication):
    with duckdb.connect(str(home.store / f"{publication}.duckdb"), read_only=True) as store:
        query = "SELECT number & 4294967295 >> 6, ward FROM counted WHERE number >> 32 = 1 ORDER BY 1"
        names = dict(store.execute("SELECT id, code FROM area WHERE level = 2").fetchall())
        return [names.get(ward) for _, ward in store.execute(query).fetchall()]


def test_a_publication_matches_and_keeps_what_it_found(told):
    assert [one["name"] for one in wording(1).candidates] == ["Mill Lane"]
    assert len(wording(2).candidates) == 2
    assert wording(3).candidates == []
    assert {one.gazetteer for one in Wording.objects.all()} == {wording(1).gazetteer} != {""}
    assert counted(told, 1) == ["W00", None, None, None]


def test_publishing_again_matches_nothing_and_gives_the_same(told, at, monkeypatch):
    asked = []
    monkeypatch.setattr(known_places.Wording.objects, "bulk_update", lambda *told, **_: asked.append(told))
    publish(by="analyst", at=at + timedelta(hours=1))
    assert asked == []
    assert counted(told, 1) == counted(told, 2)


def test_the_tray_holds_what_is_not_sure_for_its_own_people(told, at):
    assert [(one["agency"], one["text"], one["records"]) for one in tray(at)] == [
        ("police", "High St", 2), ("youth_service", "High St", 1), ("police", "by the xyzzy", 1),
    ]  # fmt: skip
    assert [one["text"] for one in tray(at, "yas", "contributor", "youth_service")] == ["High St"]
    with pytest.raises(ReadDenied):
        tray(at, "mo", "member", "police")


def test_a_pick_places_every_record_that_says_it_and_the_words_go(told, at):
    number = wording(2).pk
    second = wording(2).candidates[1]
    pick_wording(wording_id=number, kind=second["kind"], ref=second["ref"], by="pat", at=at)
    decided = wording(2)
    assert (decided.text, decided.decision, decided.decided_by) == ("", "picked", "pat")
    assert number not in {one["id"] for one in tray(at)}
    publish(by="analyst", at=at)
    picked = second["easting_m"]
    assert counted(told, 2) == ["W00", *(["W10" if picked < WEST + 3000 else "W30"] * 2), None]
    event = AuditEvent.objects.get(event="wording_decided")
    assert (event.user, event.subject, event.detail["decision"]) == ("pat", str(number), "picked")
    assert "High" not in str(event.detail)


def test_confirming_takes_the_first_candidate(told, at):
    first = wording(2).candidates[0]
    confirm_wording(wording_id=wording(2).pk, by="analyst", at=at)
    publish(by="analyst", at=at)
    assert counted(told, 2)[1] == ("W10" if first["easting_m"] < WEST + 3000 else "W30")
    with pytest.raises(PlaceRefused, match="Nothing was found"):
        confirm_wording(wording_id=wording(3).pk, by="analyst", at=at)


def test_a_point_on_the_map_and_a_ward_can_be_picked(told, at):
    pick_wording(
        wording_id=wording(3).pk,
        kind="point",
        easting_m=WEST + 2500.0,
        northing_m=SOUTH + 500.0,
        by="analyst",
        at=at,
    )
    pick_wording(wording_id=wording(2).pk, kind="ward", ref="W31", by="analyst", at=at)
    publish(by="analyst", at=at)
    assert counted(told, 2) == ["W00", "W31", "W31", "W20"]


def test_leaving_takes_it_off_the_tray_and_undoing_brings_the_candidates_back(told, at):
    before = wording(2).candidates
    leave_wording(wording_id=wording(2).pk, by="analyst", at=at)
    assert "High St" not in {one["text"] for one in tray(at) if one["agency"] == "police"}
    publish(by="analyst", at=at)
    assert counted(told, 2)[1] is None
    undo_wording(wording_id=wording(2).pk, by="analyst", at=at)
    pick_wording(
        wording_id=wording(2).pk,
        kind="point",
        easting_m=WEST + 1.0,
        northing_m=SOUTH + 1.0,
        by="analyst",
        at=at,
    )
    undo_wording(wording_id=wording(2).pk, by="analyst", at=at)
    publish(by="analyst", at=at)
    assert (wording(2).candidates, wording(2).decision, wording(2).text) == (before, "", "")
    assert wording(2).pk in {one["id"] for one in tray(at)}
    with pytest.raises(PlaceRefused, match="Nothing has been decided"):
        undo_wording(wording_id=wording(2).pk, by="analyst", at=at)


@pytest.mark.parametrize("change", [confirm_wording, leave_wording, undo_wording])
def test_another_agency_s_wording_is_like_one_that_is_not_there(told, at, change):
    messages = set()
    for number in (wording(9).pk, 999_999):
        with pytest.raises(PlaceRefused) as refusal:
            change(wording_id=number, by="pat", at=at)
        messages.add(str(refusal.value))
    assert len(messages) == 1
    assert not AuditEvent.objects.filter(event="wording_decided").exists()
    with pytest.raises(ChangeDenied):
        change(wording_id=wording(1).pk, by="mo", at=at)


@pytest.mark.parametrize("where", [{"kind": "street", "ref": "elsewhere"}, {"kind": "point"}, {"kind": "ward", "ref": "X"},
                                   {"kind": "point", "easting_m": float("nan"), "northing_m": 1.0},
                                   {"kind": "point", "easting_m": 5e9, "northing_m": 1.0}])  # fmt: skip
def test_a_place_that_is_none_is_refused_and_nothing_is_changed(told, at, where):
    with pytest.raises(PlaceRefused):
        pick_wording(wording_id=wording(2).pk, by="analyst", at=at, **where)
    assert (wording(2).decision, wording(2).text) == ("", "High St")


def test_a_shared_point_is_decided_by_those_who_own_the_feed(told, at):
    point = {"definition": "incidents", "easting_m": WEST + 500, "northing_m": SOUTH + 500}
    decide_shared_point(**point, decision="default", by="pat", at=at)
    decide_shared_point(**point, decision="real", by="analyst", at=at)
    assert [(one.decision, one.decided_by) for one in SharedPoint.objects.all()] == [("real", "analyst")]
    assert AuditEvent.objects.filter(event="shared_point_decided").count() == 2
    for told_wrong in ({"by": "yas"}, {"decision": "perhaps"}, {"definition": "nothing"}):
        with pytest.raises(PlaceRefused):
            decide_shared_point(**{**point, "decision": "real", "by": "pat", "at": at, **told_wrong})
    with pytest.raises(ChangeDenied):
        decide_shared_point(**point, decision="real", by="mo", at=at)


def test_a_shared_point_leaves_the_tray_when_it_is_decided(told, at):
    here = [candidate(quality=2, easting_m=WEST + 500.0, northing_m=SOUTH + 500.0)]
    others = [[candidate(quality=2, easting_m=WEST + 20.0 * i, northing_m=SOUTH + 900.0)] for i in range(150)]
    many = [{"claims": one, "period": 202502} for one in [here] * 40 + others]
    accept(
        told,
        at,
        write_delivery(told.deliveries, 3, "records", many, feed="crime", extracted_on=date(2025, 7, 1)),
    )
    publish(by="analyst", at=at)
    asked = ask(Viewer("analyst", "", "analyst"), question_from_words("unplaced", {}), at)
    assert [(one["feed"], one["records"]) for one in rows(asked.parts["shared_points"])] == [("crime", 40)]
    decide_shared_point(
        definition="crime", easting_m=WEST + 500, northing_m=SOUTH + 500, decision="real", by="analyst", at=at
    )
    asked = ask(Viewer("analyst", "", "analyst"), question_from_words("unplaced", {}), at)
    assert list(rows(asked.parts["shared_points"])) == []
