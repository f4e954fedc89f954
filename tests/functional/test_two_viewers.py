"""Two people under different agreements ask the same thing on every surface, of a home that is really served."""

import csv
import io
import json
import re
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar

import pytest

from tests.functional.conftest import surroundings, trigpoint

FINE = {"level": "cell:9", "agency": "police"}
COARSE = {"level": "ward", "agency": "police"}


@dataclass
class Person:
    """Somebody signed in with one click, reading without a browser."""

    name: str
    server: str
    opener: urllib.request.OpenerDirector

    def get(self, path: str, words: dict[str, str] | None = None) -> tuple[int, str]:
        query = f"?{urllib.parse.urlencode(words)}" if words else ""
        try:
            with self.opener.open(f"{self.server}{path}{query}") as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def post(self, path: str, told: dict[str, object]) -> dict[str, object]:
        page = self.get("/account/")[1]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        heads = {"Content-Type": "application/json", "X-CSRFToken": token[1]}
        asked = urllib.request.Request(f"{self.server}{path}", json.dumps(told).encode(), heads)
        with self.opener.open(asked) as answer:
            return json.loads(answer.read())


def signed_in(server: str, name: str) -> Person:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = opener.open(f"{server}/sign-in/demo/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "username": name, "next": "/account/"})
    assert name in opener.open(f"{server}/sign-in/demo/", form.encode()).read().decode()
    return Person(name, server, opener)


@pytest.fixture(scope="module")
def analyst(server):
    return signed_in(server, "analyst")


@pytest.fixture(scope="module")
def educator(server):
    return signed_in(server, "education-member")


def counts_of(csv_text: str) -> dict[str, int]:
    return {row["code"]: int(row["count"]) for row in csv.DictReader(io.StringIO(csv_text))}


def test_what_is_kept_to_the_ward_is_denied_by_hexagon_on_every_surface(analyst, educator, demo_home):
    assert analyst.get("/api/picture", FINE)[0] == 200
    status, told = educator.get("/api/picture", FINE)
    assert status == 403
    assert "keeps this to the ward" in json.loads(told)["sentence"]
    assert "clause 4.3" in json.loads(told)["clause"]
    assert analyst.get("/api/change", FINE)[0] == 200
    assert educator.get("/api/change", FINE)[0] == 403

    status, told = educator.get("/export/counts.csv", FINE)
    assert status == 403
    assert "keeps this to the ward" in told

    status, told = educator.get("/table", FINE)
    assert status == 200
    assert "keeps this to the ward" in told
    assert "<tbody>" not in told

    words = (
        "ask",
        "counts",
        "--level",
        "cell:9",
        "--agency",
        "police",
        "--as",
        educator.name,
        "--format",
        "csv",
    )
    asked = subprocess.run(
        trigpoint(demo_home, *words), env=surroundings(), capture_output=True, text=True, check=False
    )
    assert asked.returncode == 3
    assert "keeps this to the ward" in asked.stderr
    assert asked.stdout == ""


def test_unfiltered_the_same_address_gives_each_their_own_answer(analyst, educator):
    words = {"level": "cell:9"}
    full = json.loads(analyst.get("/api/picture", words)[1])
    part = json.loads(educator.get("/api/picture", words)[1])
    assert 0 < part["about"]["total"] < full["about"]["total"]
    left_out = {one["agency"] for one in part["about"]["why"] if one["agency"]}
    assert "police" in left_out
    assert {one["code"] for one in part["agencies"] if one["count"] is None} == left_out - {
        one["code"] for one in part["agencies"] if one["count"] is not None
    }
    assert all(one["why"] for one in part["agencies"] if one["count"] is None)

    full_rows = counts_of(analyst.get("/export/counts.csv", words)[1])
    part_rows = counts_of(educator.get("/export/counts.csv", words)[1])
    assert sum(full_rows.values()) + full["about"]["unplaced"] == full["about"]["total"]
    assert sum(part_rows.values()) + part["about"]["unplaced"] == part["about"]["total"]
    assert all(count <= full_rows[code] for code, count in part_rows.items())
    assert analyst.get("/table", words)[1] != educator.get("/table", words)[1]


def test_what_both_may_see_is_the_same_for_both(analyst, educator):
    """Of the police's feeds crime, which no record's marking keeps from either; intelligence is not for education."""
    words = COARSE | {"feed": "police_crime"}
    both = counts_of(analyst.get("/export/counts.csv", words)[1])
    assert sum(both.values()) > 0
    assert both == counts_of(educator.get("/export/counts.csv", words)[1])


def test_the_command_line_and_the_download_are_the_same_text(educator, demo_home):
    words = ("ask", "counts", "--level", "ward", "--as", educator.name, "--format", "csv")
    asked = subprocess.run(
        trigpoint(demo_home, *words), env=surroundings(), capture_output=True, text=True, check=True
    )
    assert asked.stdout.split() == educator.get("/export/counts.csv", {"level": "ward"})[1].split()


def test_frontline_and_governance_read_no_counts_of_agencies(server):
    for name in ("frontline", "governance"):
        person = signed_in(server, name)
        status, told = person.get("/api/picture", {"level": "district", "agency": "social_care"})
        assert status == 403, told
        assert person.get("/account/")[0] == 200


@pytest.mark.parametrize(
    ("name", "reason", "menu"),
    [
        (
            "frontline",
            "Frontline teams are served from releases: see Shared with you.",
            {"Planning", "About"},
        ),
        (
            "governance",
            "Information governance sees what was received",
            {"Deliveries", "Coverage", "Releases", "Erasure", "Planning", "About"},
        ),
    ],
)
def test_who_may_see_no_record_is_told_why_in_place_of_a_map(server, name, reason, menu):
    status, page = signed_in(server, name).get("/")
    assert status == 200
    assert reason in page
    assert "map-app" not in page
    assert "not shown to your agency" not in page
    navigation = page[page.index("site-nav") : page.index("</nav>")]
    assert set(re.findall(r">([A-Z][a-z]+)</a>", navigation)) == menu


def test_the_agencies_not_chosen_say_what_they_would_add_and_no_more_than_may_be_known(analyst, educator):
    for person in (analyst, educator):
        alone = json.loads(person.get("/api/picture", {"level": "ward"})[1])
        chosen = json.loads(person.get("/api/picture", {"level": "ward", "agency": "education"})[1])
        assert chosen["agencies"] == alone["agencies"]
        counts = {one["code"]: one["count"] for one in alone["agencies"]}
        assert chosen["about"]["total"] == counts["education"]


def saved_by(person: Person, name: str, query: dict[str, str]) -> str:
    told = {"name": name, "query": urllib.parse.urlencode(query), "shared": True}
    return f"/views/{person.post('/api/views', told)['number']}/"


def test_a_saved_view_is_answered_with_the_rights_of_whoever_opens_it(analyst, educator):
    fine = saved_by(analyst, "Police by hexagon", FINE)
    assert analyst.get(fine)[0] == 200
    status, told = educator.get(fine)
    assert status == 403
    assert "keeps this to the ward" in told
    assert "A saved view holds a question, never its answer." in told
    views = json.loads(educator.get("/api/views")[1])
    assert [one["name"] for one in views if one["url"] == fine] == ["Police by hexagon"]
    assert not {"count", "units", "total"} & {word for one in views for word in one}

    coarse = saved_by(analyst, "Police by ward", COARSE)
    assert educator.get(coarse)[0] == 200
    assert analyst.get(coarse)[0] == 200


def test_a_saved_view_whose_words_are_no_more_says_which(analyst):
    gone = saved_by(analyst, "Old words", {"level": "ward", "theme": "no_longer_a_theme"})
    status, told = analyst.get(gone)
    assert status == 409
    assert "no_longer_a_theme" in told.replace("&#x27;", "'")
