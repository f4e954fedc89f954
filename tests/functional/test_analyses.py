"""The analyses as pages and as programs read them: who is answered, who must wait, and what a page says first."""

import json
import re

import pytest
from django.test import Client

from tests.factories.small_county import RECORDS
from trigpoint.changes.accounts import open_account
from trigpoint.changes.runs import work_out
from trigpoint.db.models import Run, User
from trigpoint.db.models.run import RunStage
from trigpoint.web.presenters.analyses import ANALYSES

pytestmark = pytest.mark.usefixtures("county")
ROLES = {"analyst": None, "chair": None, "contributor": "community_safety"}
AT_ONCE = ("hotspots", "rates", "times", "silence", "flows", "around")
TOO_SHORT = ("emerging", "shifts")
"""What three months are too few for."""
WITHOUT_A_PLACE = "Say around which place something was done"


@pytest.fixture
def signed_in(at):
    """A client of somebody of that role."""

    def sign_in(role: str) -> Client:
        name = role if role == "analyst" else f"one-{role}"
        if not User.objects.filter(username=name).exists():
            open_account(user=name, role=role, agency=ROLES.get(role), password=None, by="analyst", at=at)
        client = Client()
        client.force_login(User.objects.get(username=name))
        return client

    return sign_in


def page_of(client, url, **words):
    answer = client.get(url, words)
    return answer.status_code, answer.content.decode()


def waiting_for(client, kind="concentration", **words):
    answer = client.get(f"/api/answers/{kind}", {"level": "cell:9", **words})
    assert answer.status_code == 202, answer.content
    return answer.json()


@pytest.mark.parametrize("role", ROLES)
def test_every_analysis_has_a_page_that_answers_or_says_how_far_it_is(signed_in, role):
    client = signed_in(role)
    status, listed = page_of(client, "/analysis/")
    assert status == 200
    for kind, one in ANALYSES.items():
        assert f'href="/analysis/{kind}/"' in listed
        status, page = page_of(client, f"/analysis/{kind}/")
        assert status in ((400,) if kind in TOO_SHORT else (200, 202)), (kind, page)
        assert page.count("<h1") == 1
        if status == 400:
            assert 'role="alert"' in page
        elif status == 202:
            assert "Being worked out" in page
        else:
            assert one.question.replace("'", "&#x27;") in page


@pytest.mark.parametrize("kind", AT_ONCE)
def test_a_page_says_its_sentence_before_its_tables_and_then_how(client, kind):
    status, page = page_of(client, f"/analysis/{kind}/")
    assert status == 200
    finding, method = page.index('class="finding"'), page.index("How this was worked out")
    tables = [found.start() for found in re.finditer("<table", page)]
    assert all(finding < at < method for at in tables)
    assert re.search(r"\bnan\b|_m</th>|None<", page) is None


def test_an_unknown_analysis_is_none(client):
    assert page_of(client, "/analysis/horoscope/")[0] == 404
    assert client.get("/api/answers/horoscope").status_code == 404


def test_an_evaluation_asks_for_its_place_before_it_answers(client):
    status, page = page_of(client, "/analysis/evaluation/")
    assert status == 200
    assert WITHOUT_A_PLACE in page
    status, page = page_of(client, "/analysis/evaluation/", around="E05990001", level="ward")
    assert status == 400
    assert 'role="alert"' in page
    assert 'id="a-start"' in page


def test_a_page_says_what_was_compared_with_and_links_its_places_to_the_map(client):
    for background, words in (("even", "an even spread over the county"), ("records", "all records here")):
        status, page = page_of(client, "/analysis/hotspots/", theme="violence", background=background)
        assert status == 200
        assert f"Tested against {words}" in page
        assert f'value="{background}" selected' in page
    asked = {"theme": "violence", "background": "even", "from": "2026-01-01", "to": "2026-04-01"}
    _, page = page_of(client, "/analysis/hotspots/", **asked)
    link = re.search(r'<a href="(/map/\?[^"]*unit=cell\.[^"]*)">', page)
    assert link is not None
    assert "theme=violence" in link[1]
    assert "background=even" in link[1]


def test_the_map_is_told_what_its_hotspots_were_compared_with(client):
    asked = {"level": "cell:9", "theme": "violence"}
    for background in ("even", "records"):
        found = client.get("/api/hotspots", {**asked, "background": background}).json()
        assert found["about"]["background"] == background
        assert found["about"]["background_why"]
        assert all(one["people"] and one["lon"] and one["code"] for one in found["hotspots"])
        assert len(found["concerns"]) == found["about"]["concerns"]
        assert all(set(one) == {"letter", "people"} for one in found["concerns"])


def test_what_takes_longer_is_worked_out_once_and_then_answered(client):
    waits = waiting_for(client)
    assert waiting_for(client)["run"] == waits["run"]
    assert client.get(waits["progress"]).json()["stage"] == "queued"
    status, page = page_of(client, "/analysis/concentration/", level="cell:9", months_back="all")
    assert status == 202
    assert "Being worked out" in page
    assert work_out.func(run_id=waits["run"]) == "done"
    assert client.get(waits["progress"]).json()["stage"] == "done"
    answer = client.get("/api/answers/concentration", {"level": "cell:9"})
    assert answer.status_code == 200
    assert 0 < answer.json()["about"]["total"] <= RECORDS
    assert page_of(client, "/analysis/concentration/", level="cell:9", months_back="all")[0] == 200


def test_a_page_that_waits_looks_again_by_itself(client):
    answer = client.get("/analysis/concentration/", {"level": "cell:9"})
    assert answer.status_code == 202
    assert int(answer["Refresh"]) > 0


def test_a_run_that_failed_says_so_and_looks_no_more(client):
    waits = waiting_for(client)
    Run.objects.filter(pk=waits["run"]).update(stage=RunStage.FAILED, fault="The disk of the home is full.")
    answer = client.get("/analysis/concentration/", {"level": "cell:9", "months_back": "all"})
    assert answer.status_code == 202
    assert "The disk of the home is full." in answer.content.decode()
    assert not answer.has_header("Refresh")


def test_somebody_elses_run_is_none(client, signed_in):
    waits = waiting_for(client)
    other = signed_in("chair")
    assert other.get(waits["progress"]).status_code == 404
    assert other.post(f"{waits['progress']}/stop").status_code == 404
    assert client.get(waits["progress"]).json()["stage"] == "queued"


def test_a_run_can_be_stopped_and_is_then_not_worked_out(client):
    waits = waiting_for(client)
    stopped = client.post(f"{waits['progress']}/stop")
    assert json.loads(stopped.content)["stage"] == "stopped"
    assert work_out.func(run_id=waits["run"]) == "not waiting"
    assert client.post(f"{waits['progress']}/stop").status_code == 404
    assert client.get("/api/answers/concentration", {"level": "cell:9"}).status_code == 202
