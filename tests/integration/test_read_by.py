"""Whoever writes on a hotspot is told first which agencies, told less than they are, will read of it."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from tests.factories.meeting_home import publish_world
from tests.factories.world import FIRST_DAY, SOUTH_M, WEST_M, Recorded, World, random_records
from tests.integration.test_meeting_freeze import OPEN, adopt, freeze, held_home  # noqa: F401  # the published home
from trigpoint.db.models import Meeting, Minute, Place, User
from trigpoint.web.read_by import read_by_words

HERE = "level=cell:9&background=even&from=2024-01-01&to=2024-07-01&letter=A"
WARD_ONLY = [
    {"agencies": ["police"], "roles": "all", "finest": "point", "hours": True, "clause": "4"},
    {"agencies": "all", "roles": ["chair", "analyst"], "finest": "point", "hours": True, "clause": "4"},
    {"agencies": "all", "roles": "all", "finest": "ward", "hours": True, "clause": "4"},
]
WORDS = "Police will look at the station."


def as_(user):
    client = Client()
    client.force_login(User.objects.get(username=user))
    return client


def thick() -> tuple[Recorded, ...]:
    """The police's records of eight people at one spot and beside it, on as many days."""
    return tuple(
        Recorded(
            feed=1, category=2, day=FIRST_DAY + timedelta(days=n), hour=12, themes=(0,), street=0, token=11 + n % 8,
            easting_m=WEST_M + 2400 + 130 * (n % 4), northing_m=SOUTH_M + 350 + 100 * (n % 3),
        )
        for n in range(150)
    )  # fmt: skip


@pytest.fixture
def sitting(held_home):  # noqa: F811
    publish_world(held_home, World((*random_records(7, 200), *thick()), ()), 2)
    freeze(by="kim", only=())
    return Meeting.objects.get().pk


def offered(kind, query=HERE):
    answer = as_("kim").get(f"/api/{kind}/new?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_where_all_are_told_as_much_nothing_is_said(sitting):
    assert offered("minutes")["read_by"] == offered("decisions")["read_by"] == ""


def test_an_agency_that_is_told_the_ward_alone_is_named_before_it_reads_the_name_of_the_place(sitting):
    adopt(*OPEN[:2], {"agency": "police", "audiences": WARD_ONLY})
    before = offered("minutes")
    assert before["read_by"] == offered("decisions")["read_by"]
    assert "told less than you at this level" in before["read_by"]
    told = {"query": HERE, "text": WORDS, "version": 0}
    assert (
        as_("kim").post("/api/minutes", json.dumps(told), content_type="application/json").status_code == 200
    )
    place = Place.objects.get()
    assert Minute.objects.get().place == place
    for user in ("mo", "kim"):
        document = as_(user).get(f"/meetings/{sitting}/minutes/").content.decode()
        assert place.name in document
        assert WORDS in document
    assert offered("minutes", f"place={place.pk}")["read_by"] == before["read_by"]
    assert offered("minutes", f"item={Meeting.objects.get().agenda.first().pk}")["read_by"] == ""


def test_the_shorter_list_of_agencies_is_named():
    assert read_by_words([], ["Health"]) == ""
    assert read_by_words(["Education"], ["Health", "Police"]).startswith("Education is told less than you")
    assert read_by_words(["Health", "Education"], ["Police", "Housing"]).startswith(
        "Health and Education are told"
    )
    assert read_by_words(["Health", "Education"], ["Police"]).startswith(
        "Every agency but Police is told less"
    )
