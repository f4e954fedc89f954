"""Sense-checks from what an agency says to what is counted, and back; and who has to agree first."""

from datetime import timedelta

import pytest
import shapely

from tests.factories.parquet_deliveries import candidate, write_delivery
from tests.integration.test_publish import accept
from tests.property.test_store_build import SOUTH, WEST, write_ground
from trigpoint.changes.accounts import open_account
from trigpoint.changes.editing import ChangedMeanwhile, NoSuchThing
from trigpoint.changes.sense_checks import (
    CheckRefused,
    check_place,
    check_record,
    list_checks,
    second_check,
    undo_check,
)
from trigpoint.changes.told_text import TextRefused
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.core.workflow.corrections import Moved
from trigpoint.db.models import AdoptedAgreement, Agency, AuditEvent, Correction, Place, SenseCheck
from trigpoint.gate.ask import ReadDenied, ask
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import rows
from trigpoint.store.connection import let_go_of_others
from trigpoint.upkeep.publish import publish

FAR, NEAR_STATION = (1, 2, 3), (4, 5)
"""Rows of the police in ward W00 and, in W30, beside a police station."""


def line(code, name, x, y):
    shape = shapely.LineString([(WEST + x, SOUTH + y), (WEST + x + 100, SOUTH + y)])
    ends = {"start_junction": f"{code}1", "end_junction": f"{code}2"}
    return {"code": code, "name": name, "wkb": bytes(shapely.to_wkb(shape)), **ends}


def at_point(x, y):
    return {"claims": [candidate(easting_m=float(WEST + x), northing_m=float(SOUTH + y))], "period": 202501}


EVERYTHING = {"agencies": "all", "roles": "all", "finest": "point", "hours": True, "clause": "4"}


def adopt(agency, at, *audiences):
    """An agreement of an agency in force at once; without audiences it shares everything with everybody."""
    text = {
        "code": agency, "version": 1, "title": agency, "agency": agency, "feeds": "all", "fields": "all",
        "purposes": ["safeguarding"], "purposes_clause": "2", "otherwise_clause": "4", "expires": None,
        "audiences": [EVERYTHING | told for told in audiences or ({},)], "clauses": {"2": "purposes", "4": "audiences"},
    }  # fmt: skip
    AdoptedAgreement.objects.filter(code=agency).delete()
    AdoptedAgreement.objects.create(
        code=agency, version=1, text=text, adopted_at=at - timedelta(days=900), adopted_by="analyst"
    )


@pytest.fixture
def told(home, at):
    """A published home with five records of the police, one of the youth service, and a police station."""
    ground = write_ground(home.deliveries)
    streets = [line("A", "Mill Lane", 200, 200), line("B", "Quay Road", 3200, 200)]
    station = {"class": "police_station", "ref": "1", "name": "Quay station", "easting_m": WEST + 3210.0,
               "northing_m": SOUTH + 240.0}  # fmt: skip
    ground.append(write_delivery(home.deliveries, 902, "streets", streets, open_feed=True))
    ground.append(
        write_delivery(home.deliveries, 903, "sites", [station], agency="open_data", open_feed=True)
    )
    police = [
        at_point(210, 205),
        at_point(220, 205),
        at_point(230, 205),
        at_point(3215, 205),
        at_point(3220, 205),
    ]
    ground.append(write_delivery(home.deliveries, 1, "records", police, feed="incidents"))
    ground.append(write_delivery(home.deliveries, 3, "records", [at_point(900, 900)], feed="crimes"))
    ground.append(
        write_delivery(
            home.deliveries, 2, "records", [at_point(211, 206)], feed="sessions", agency="youth_service"
        )
    )
    for source in ground:
        accept(home, at, source)
    for code in ("police", "youth_service", "open_data"):
        Agency.objects.get_or_create(code=code, defaults={"name": code, "position": 1})
    people = (
        ("pat", "contributor", "police"), ("mo", "member", "police"), ("yas", "member", "youth_service"),
        ("gov", "governance", "police"), ("front", "frontline", "police"),
    )  # fmt: skip
    for user, role, agency in people:
        open_account(user=user, role=role, agency=agency, password=None, by="analyst", at=at)
    for agency in ("police", "youth_service"):
        adopt(agency, at)
    publish(by="analyst", at=at)
    yield home
    let_go_of_others(None)


def wards(at, known=None, user="pat"):
    """What the police are told of their own records, by ward, and how many of them are withdrawn."""
    words = {"level": "ward", "agency": "police"} | ({"known": known.date().isoformat()} if known else {})
    viewer = Viewer(user, "police", "contributor")
    answer = ask(viewer, question_from_words("counts", words), at)
    counts = {row["code"]: row["count"] for row in rows(answer.columns) if row["count"]}
    return counts, answer.about.get("withdrawn", 0)


def say(at, row=1, outcome="dispute", reason="out_of_date", by="pat", **more):
    return check_record(delivery=1, row=row, outcome=outcome, reason=reason, by=by, at=at, **more)


def later(at, days):
    return at + timedelta(days=days)


def test_what_is_withdrawn_leaves_from_then_on_is_told_and_comes_back(told, at):
    day = later(at, 3)
    number = say(day)
    assert wards(day) == ({"W00": 4, "W30": 2}, 0), "nothing moves before a publication"
    publish(by="analyst", at=day)
    assert wards(day) == ({"W00": 3, "W30": 2}, 1)
    assert wards(day, known=later(at, 1)) == ({"W00": 4, "W30": 2}, 0)
    undo_check(number=number, by="mo", at=later(at, 5))
    publish(by="analyst", at=later(at, 5))
    assert wards(later(at, 5)) == ({"W00": 4, "W30": 2}, 0)
    assert wards(later(at, 6), known=later(at, 4)) == ({"W00": 3, "W30": 2}, 1), "as it was known in between"
    events = AuditEvent.objects.filter(event__startswith="sense_check.").order_by("pk")
    assert [one.event for one in events] == ["sense_check.made", "sense_check.undone"]


def test_what_nobody_saw_corrected_never_was(told, at):
    number = say(later(at, 3))
    undo_check(number=number, by="pat", at=later(at, 4))
    publish(by="analyst", at=later(at, 5))
    assert wards(later(at, 6), known=later(at, 3)) == ({"W00": 4, "W30": 2}, 0)


def test_a_record_moves_to_where_its_agency_says(told, at):
    say(later(at, 1), reason="wrong_place", to=Moved("ward", "W10"))
    say(later(at, 1), row=2, reason="wrong_place", to=Moved("nowhere"))
    publish(by="analyst", at=later(at, 1))
    assert wards(later(at, 1)) == ({"W00": 2, "W10": 1, "W30": 2}, 0)


def test_at_ones_own_site_a_second_agency_has_to_agree(told, at):
    number = say(later(at, 1), row=NEAR_STATION[0])
    assert SenseCheck.objects.get(pk=number).state == "waiting"
    assert not Correction.objects.exists()
    publish(by="analyst", at=later(at, 1))
    assert wards(later(at, 1)) == ({"W00": 4, "W30": 2}, 0)
    with pytest.raises(CheckRefused, match="Another agency"):
        second_check(number=number, by="mo", at=later(at, 2))
    with pytest.raises(CheckRefused, match="acts for none"):
        second_check(number=number, by="analyst", at=later(at, 2))
    second_check(number=number, by="yas", at=later(at, 2))
    publish(by="analyst", at=later(at, 2))
    assert wards(later(at, 2)) == ({"W00": 4, "W30": 1}, 1)
    assert wards(later(at, 3), known=later(at, 1)) == ({"W00": 4, "W30": 2}, 0)


def test_what_raises_or_only_explains_needs_nobody_else_even_there(told, at):
    for outcome in ("confirm", "clarify"):
        number = say(at, row=NEAR_STATION[0], outcome=outcome, reason="")
        assert SenseCheck.objects.get(pk=number).state == "in_force"
    assert not Correction.objects.exists()


def test_a_place_at_ones_own_site_is_disputed_by_two(told, at):
    said = {"outcome": "dispute", "reason": "seasonal", "at": at}
    own = check_place(units=("B",), unit="street|B", by="mo", **said)
    theirs = check_place(units=("B",), unit="street|B", by="yas", **said)
    elsewhere = check_place(units=("A",), unit="street|A", by="mo", **said)
    states = dict(SenseCheck.objects.values_list("pk", "state"))
    assert states == {own: "waiting", theirs: "in_force", elsewhere: "in_force"}
    named = Place.objects.create(name="Quay", level="street", units="B", opened_by="analyst", opened_at=at)
    of_place = check_place(subject="place", place=named.pk, by="mo", **said)
    assert SenseCheck.objects.get(pk=of_place).state == "waiting"


@pytest.mark.parametrize("by", ["yas", "analyst"])
def test_a_record_is_corrected_by_its_own_agency_alone_and_is_otherwise_like_none(told, at, by):
    with pytest.raises(CheckRefused, match="no such record among those your agency sent"):
        say(at, by=by)
    with pytest.raises(CheckRefused, match="no such record among those your agency sent"):
        say(at, row=99)


@pytest.mark.parametrize("by", ["front", "gov"])
def test_who_is_not_at_the_table_says_nothing(told, at, by):
    with pytest.raises(ChangeDenied):
        say(at, by=by)
    with pytest.raises(ChangeDenied):
        list_checks(by=by, at=at)


def test_only_the_agency_is_told_which_row_it_was(told, at):
    say(at, note="A desk, not a street")
    (own,), (theirs,) = list_checks(by="mo", at=at), list_checks(by="yas", at=at)
    assert (own.delivery, own.row) == (1, 1)
    assert (theirs.delivery, theirs.row) == (None, None)
    assert theirs.note == own.note
    assert own.may.undo
    assert not theirs.may.undo


def test_two_feeds_of_one_agency_can_tell_one_event_and_one_feed_cannot(told, at):
    with pytest.raises(CheckRefused, match="withdraw the one"):
        say(at, reason="same_source", other=(1, 2))
    with pytest.raises(CheckRefused, match="no such record"):
        say(at, reason="same_source", other=(2, 1))
    say(later(at, 1), reason="same_source", other=(3, 1))
    publish(by="analyst", at=later(at, 1))
    viewer = Viewer("pat", "police", "contributor")
    answer = ask(
        viewer, question_from_words("counts", {"counted": "events", "agency": "police"}), later(at, 2)
    )
    assert answer.about["total"] == 5


def test_what_names_somebody_is_refused_and_nothing_is_kept(told, at):
    with pytest.raises(TextRefused):
        say(at, note="It was John Smith, 07700 900123")
    assert not SenseCheck.objects.exists()


def test_whoever_presses_second_is_shown_both(told, at):
    number = say(later(at, 1), row=NEAR_STATION[0])
    undo_check(number=number, version=1, by="mo", at=later(at, 2))
    with pytest.raises(ChangedMeanwhile) as met:
        second_check(number=number, version=1, by="yas", at=later(at, 2))
    assert met.value.now["state"] == "undone"
    with pytest.raises(CheckRefused, match="undone already"):
        second_check(number=number, by="yas", at=later(at, 2))
    with pytest.raises(NoSuchThing):
        second_check(number=number + 1, by="yas", at=at)


def test_a_check_is_taken_back_by_its_agency_or_whoever_holds_the_meeting(told, at):
    first, second = say(at), say(at, row=2)
    with pytest.raises(CheckRefused, match="agency that made it"):
        undo_check(number=first, by="yas", at=at)
    undo_check(number=first, by="pat", at=at)
    undo_check(number=second, by="analyst", at=at)
    assert not Correction.objects.filter(known_to=None).exists()


def test_an_agencys_own_rows_are_told_to_that_agency_alone(told, at):
    question = question_from_words("own_records", {"within": "W00"})
    answer = ask(Viewer("mo", "police", "member"), question, at)
    assert [(row["delivery"], row["row"]) for row in rows(answer.columns)] == [(1, 1), (1, 2), (1, 3), (3, 1)]
    assert {row["street"] for row in rows(answer.columns)} == {"Mill Lane", ""}
    theirs = ask(Viewer("yas", "youth_service", "member"), question, at)
    assert [(row["delivery"], row["row"]) for row in rows(theirs.columns)] == [(2, 1)]
    for viewer in (Viewer("analyst", "", "analyst"), Viewer("front", "police", "frontline")):
        with pytest.raises(ReadDenied, match="row by row"):
            ask(viewer, question, at)


def test_a_check_is_told_as_its_record_is_and_what_is_marked_confidential_goes_at_once(told, at):
    both = {"agencies": ["police"]}, {"without_handling": ["c"]}
    adopt("police", at, *both)
    first = say(later(at, 1), row=1, outcome="confirm", reason="")
    marked = say(later(at, 1), row=2, outcome="mark_confidential", reason="")

    def numbers(by, day):
        return [one.number for one in list_checks(by=by, at=later(at, day))]

    assert numbers("mo", 1) == [marked, first]
    assert numbers("yas", 1) == [first], "before it is published as afterwards"
    publish(by="analyst", at=later(at, 2))
    assert numbers("yas", 2) == [first]
    for change in (second_check, undo_check):
        with pytest.raises(NoSuchThing):
            change(number=marked, by="yas", at=later(at, 2))
    adopt("police", at, both[0], {"agencies": ["open_data"]})
    assert numbers("yas", 3) == []
    assert numbers("mo", 3) == [marked, first]


def test_nobody_seconds_by_any_door_what_is_not_shown_to_them(told, at):
    number = say(
        later(at, 1), row=NEAR_STATION[0], unit="street|B", before={"level": "street", "units": ["B"]}
    )
    adopt("police", at, {"agencies": ["police"]}, {"finest": "ward"})
    (theirs,) = list_checks(by="yas", at=at)
    assert (theirs.placed, theirs.unit, theirs.before, theirs.may.second) == (False, "", {}, False)
    with pytest.raises(CheckRefused, match="not shown"):
        second_check(number=number, by="yas", at=at)
    adopt("police", at, {"agencies": ["police"]}, {"agencies": ["open_data"]})
    with pytest.raises(NoSuchThing):
        second_check(number=number, by="yas", at=at)
    assert SenseCheck.objects.get().state == "waiting"
    assert not Correction.objects.exists()
