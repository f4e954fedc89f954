"""Minutes from the map: kept with their place, standing under their item, refused beside the field, and never lost."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from trigpoint.changes.actions import decide
from trigpoint.changes.freezing import freeze_meeting
from trigpoint.changes.meetings import plan_meeting
from trigpoint.changes.minutes import write_minute
from trigpoint.changes.named_places import list_places, open_place
from trigpoint.db.models import KeptAnswer, Meeting, Minute, Place


@pytest.fixture
def frozen(county, client, at):
    """A meeting of the whole county, frozen, with the answers that need no run."""
    number = plan_meeting(quadrant="", held_on=at.date(), by="analyst", at=at)
    freeze_meeting(number=number, version=1, by="analyst", at=at, may_wait=True, only=("hot-now",))
    return Meeting.objects.get(pk=number)


def a_cell(client) -> str:
    told = client.get("/api/picture?level=cell:9").json()["units"]
    return min(code for code, count in zip(told["code"], told["count"], strict=True) if count)


def offered(client, query):
    answer = client.get(f"/api/minutes/new?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def written(client, query, text, version=0):
    told = json.dumps({"query": query, "text": text, "version": version})
    return client.post("/api/minutes", told, content_type="application/json")


def test_a_minute_of_a_hexagon_opens_its_place_and_stands_in_the_document(frozen, client):
    query = f"unit={a_cell(client)}&unit_level=cell:9"
    before = offered(client, query)
    assert (before["text"], before["version"], before["place"]) == ("", 0, None)
    kept = written(client, query, "The park staff are asked to the next meeting.").json()
    assert kept["place"]["opened"] is True
    assert Place.objects.get().name == before["name"]
    now = offered(client, query)
    assert (now["text"], now["version"]) == ("The park staff are asked to the next meeting.", 1)
    assert written(client, query, "They come.", 1).json()["version"] == 2
    shown = client.get(f"/meetings/{frozen.pk}/" + (f"?item={now['item']}" if now["item"] else ""))
    assert shown.content.decode().count("They come.") == 1
    document = client.get(f"/meetings/{frozen.pk}/minutes/").content.decode()
    assert document.count("They come.") == 1


def test_a_place_with_an_item_of_its_own_is_minuted_there_and_any_other_besides(frozen, client, at):
    one, other = (
        open_place(name=name, level="cell:9", units=[code], owner="", origin="", by="analyst", at=at)
        for name, code in zip(("The Rec", "Mill Lane"), sorted_cells(client), strict=True)
    )
    own = frozen.agenda.get(item="prevention")
    own.place_id = one
    own.save()
    frozen.agenda.filter(item="hot").delete()
    assert offered(client, f"place={one}")["item"] == own.pk
    assert offered(client, f"place={other}")["stands"] == "Places taken up besides"
    written(client, f"place={one}", "Lights are mended.")
    written(client, f"place={other}", "Quiet since May.")
    assert set(Minute.objects.values_list("item", "place")) == {(own.pk, one), (None, other)}
    document = client.get(f"/meetings/{frozen.pk}/minutes/").content.decode()
    besides = document.index("Places taken up besides")
    assert document.index("Lights are mended.") < besides < document.index("Quiet since May.")


def test_a_place_that_a_restated_list_tells_of_no_more_stands_there_with_what_was_decided(frozen, client, at):
    cell = sorted_cells(client)[0]
    told = KeptAnswer.objects.get(name="hot-now")
    place = open_place(
        name="The old pier", level="cell:9", units=[cell], owner="", origin="", by="analyst", at=at
    )
    hot = frozen.agenda.get(item="hot")
    write_minute(meeting=frozen.pk, item=hot.pk, place=place, text="The lamp is out.", by="analyst", at=at)
    decide(
        kind="patrol", agency="police", what="walk the pier", due_on=date(2030, 1, 2), expected_change="",
        how_seen="", by="analyst", at=at, meeting=frozen.pk, place=place,
    )  # fmt: skip
    pages = (f"/meetings/{frozen.pk}/?item={hot.pk}", f"/meetings/{frozen.pk}/minutes/")
    gone = "Not in this list as it was restated on 5 July 2030 because rows were erased."
    for page in pages:
        assert gone not in client.get(page).content.decode()
    told.restated_at, told.restated_because = datetime(2030, 7, 5, 9, tzinfo=UTC), "rows were erased"
    told.save()
    for page in pages:
        after = client.get(page).content.decode()
        item = after[after.index(gone) :]
        assert item.index("The lamp is out.") < item.index("will walk the pier at The old pier.")
        assert after.count("The lamp is out.") == 1
    assert client.get(pages[1]).content.decode().count("will walk the pier at The old pier.") == 1
    permitted = json.loads(told.permitted)
    told.permitted = json.dumps({**permitted, "a feed besides": next(iter(permitted.values()))})
    told.save()
    for page in pages:
        assert "restated" not in client.get(page).content.decode(), (
            "who may not read what was kept is not told of an erasure"
        )


def sorted_cells(client):
    told = client.get("/api/picture?level=cell:9").json()["units"]
    return sorted(code for code, count in zip(told["code"], told["count"], strict=True) if count)[:2]


def test_what_names_somebody_is_refused_and_opens_no_place(frozen, client):
    refused = written(client, f"unit={a_cell(client)}&unit_level=cell:9", "Ring 07700 900123 about it.")
    assert refused.status_code == 422
    assert "seems to tell of" in refused.json()["detail"]
    assert not Place.objects.exists()
    assert not Minute.objects.exists()
    assert written(client, f"unit={a_cell(client)}&unit_level=cell:9", " ").status_code == 422
    assert not list_places(by="analyst")


def test_two_who_write_of_one_place_are_each_shown_the_others_words(frozen, client):
    query = f"unit={a_cell(client)}&unit_level=cell:9"
    written(client, query, "The first of two.")
    late = written(client, query, "The second of two.")
    assert late.status_code == 409
    assert (late.json()["now"], late.json()["version"]) == ("The first of two.", 1)
    assert Minute.objects.get().text == "The first of two."
    assert written(client, query, "Both of them.", 1).status_code == 200


def test_with_nothing_chosen_it_is_of_the_item_in_hand(frozen, client, at):
    told = offered(client, "")
    first = frozen.agenda.first()
    assert (told["item"], told["about_place"]) == (first.pk, False)
    write_minute(meeting=frozen.pk, item=first.pk, text="Markings were read out.", by="analyst", at=at)
    assert offered(client, f"item={first.pk}")["text"] == "Markings were read out."
    assert client.get("/api/minutes/new?item=999999").status_code == 404


def test_what_is_no_place_cannot_be_minuted(frozen, client):
    for query in ("unit=E05000001&unit_level=ward", "unit=8928308280fffff&unit_level=cell:9"):
        assert client.get(f"/api/minutes/new?{query}").status_code == 400


@pytest.mark.parametrize("name", ["asb", "school", "frontline", "governance"])
def test_only_who_holds_the_meeting_takes_minutes(as_person, name):
    who: Client = as_person(name)
    assert who.get("/api/minutes/new").status_code == 403
    assert written(who, "", "A word.").status_code == 403


def test_the_map_says_which_meeting_is_on_to_who_takes_its_minutes(frozen, client):
    page = client.get("/map/").content.decode()
    assert re.search(r'data-minutes="/api/minutes" data-meeting-on="The county, [^"]+"', page)
    Meeting.objects.update(state="closed")
    assert "data-minutes" not in client.get("/map/").content.decode()
    assert client.get("/api/minutes/new").status_code == 400
