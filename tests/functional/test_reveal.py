"""The page that reveals what was planted: in a demo home for whoever is signed in, in a real home for nobody."""

import html
import json
import re
import sqlite3
from contextlib import closing
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.functional.test_two_viewers import signed_in

LOOKED = "SELECT count(*) FROM db_auditevent WHERE event = 'truths.revealed' AND user = 'analyst'"


@pytest.fixture(scope="module")
def analyst(server):
    return signed_in(server, "analyst")


@pytest.fixture(scope="module")
def sealed(demo_home):
    return json.loads((demo_home / "truths.json").read_text(encoding="utf-8"))


def test_every_truth_is_told_with_its_letter_sentence_and_findings(analyst, sealed):
    status, page = analyst.get("/demo/truths/")
    page = html.unescape(page)
    assert status == 200
    assert re.findall(r'<tr id="truth-(\w)"', page) == sorted(one["letter"] for one in sealed["truths"])
    for truth in sealed["truths"]:
        for words in (truth["title"], truth["sentence"], truth["asks"]):
            assert words in page, truth["letter"]
        for what in truth["expected"]:
            assert f"{what.replace('_', ' ')}: " in page
    for letter, reason in sealed["unplanted"].items():
        assert f"{letter}: {reason}" in page
    assert len(sealed["truths"]) + len(sealed["unplanted"]) == 15


def test_every_link_opens_the_map_at_the_place_and_in_the_time(analyst, sealed):
    page = html.unescape(analyst.get("/demo/truths/")[1])
    links = re.findall(r'href="(/map/\?[^"]+)">Open the map there', page)
    assert len(links) == len(sealed["truths"])
    truths = sorted(sealed["truths"], key=lambda one: one["letter"])
    for link, truth in zip(links, truths, strict=True):
        words = parse_qs(urlsplit(link).query)
        assert words["from"] == [truth["from_day"]]
        assert words["to"][0] > truth["to_day"]
        if truth["where"]["radius_m"] < 50_000:
            assert words["unit"] == [f"cell.{truth['where']['cell']}"]
    for link in (links[0], links[-1]):
        status, opened = analyst.get(link)
        assert status == 200
        assert "cannot be asked" not in opened


def test_the_place_of_a_truth_holds_records_in_its_time(analyst, sealed):
    """The joined hotspot (a): the hexagon that its link selects is one where something is counted."""
    truth = next(one for one in sealed["truths"] if one["letter"] == "a")
    words = {"level": "cell:9", "from": truth["from_day"], "to": "2026-11-01"}
    status, told = analyst.get("/export/counts.csv", words)
    assert status == 200
    assert truth["where"]["cell"] in told


def test_the_demo_leads_there_and_the_audit_says_who_looked(analyst, demo_home):
    assert 'href="/demo/truths/"' in analyst.get("/deliveries/")[1]
    assert 'href="/demo/truths/"' in analyst.get("/about/")[1]
    database = sqlite3.connect(f"file:{demo_home / 'trigpoint.sqlite3'}?mode=ro", uri=True)
    with closing(database):
        (before,) = database.execute(LOOKED).fetchone()
        assert analyst.get("/demo/truths/")[0] == 200
        (after,) = database.execute(LOOKED).fetchone()
    assert after == before + 1


def test_a_visitor_signs_in_first(server):
    import urllib.request

    with urllib.request.urlopen(f"{server}/demo/truths/") as answer:
        assert urlsplit(answer.url).path == "/sign-in/demo/"


@pytest.mark.django_db
def test_a_real_home_has_no_such_page_and_no_way_to_it(as_person):
    client = as_person("analyst")
    assert client.get("/demo/truths/").status_code == 404
    assert b"/demo/truths/" not in client.get("/about/").content


@pytest.mark.django_db
def test_a_file_of_truths_alone_makes_no_demo(as_person, home):
    (home.root / "truths.json").write_text('{"truths": [], "unplanted": {}}', encoding="utf-8")
    assert as_person("analyst").get("/demo/truths/").status_code == 404


@pytest.mark.browser
def test_the_page_is_accessible_and_a_link_paints_the_map(visitor):
    visitor.sign_in("analyst")
    visitor.page.goto(f"{visitor.server}/demo/truths/")
    assert visitor.page.locator("tbody tr").count() >= 10
    assert visitor.violations() == []
    visitor.page.locator('tbody a:has-text("Open the map there")').first.click()
    visitor.page.wait_for_load_state("networkidle")
    visitor.page.wait_for_selector('.evidence:not([aria-busy="true"]) .place-name')
    assert "unit" in parse_qs(urlsplit(visitor.page.url).query)
