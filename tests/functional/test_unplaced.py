"""The unplaced tray of the demo county: who sees which phrases, and what choosing does."""

import re
import urllib.error
import urllib.parse

import pytest

from tests.functional.test_two_viewers import Person, signed_in


@pytest.fixture(scope="module")
def analyst(server):
    return signed_in(server, "analyst")


@pytest.fixture(scope="module")
def contributor(server):
    return signed_in(server, "contributor")


def post(person: Person, path: str, form: dict[str, str], *, token: bool = True) -> tuple[int, str]:
    page = person.get("/account/")[1]
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    sent = {**form, "csrfmiddlewaretoken": found[1]} if token else form
    try:
        with person.opener.open(f"{person.server}{path}", urllib.parse.urlencode(sent).encode()) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def phrases(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'data-phrase="(\d+)"', page)]


def agencies(page: str) -> set[str]:
    return set(re.findall(r'</header>\s*<p class="secondary">([^.]+)\.', page))


def every_phrase(person: Person) -> list[int]:
    """Through all pages of the tray, in its order."""
    first = person.get("/unplaced/")[1]
    pages = re.search(r"Page 1 of (\d+)", first)
    rest = range(2, int(pages[1]) + 1) if pages else range(0)
    return phrases(first) + [
        one for n in rest for one in phrases(person.get("/unplaced/", {"page": str(n)})[1])
    ]


def test_the_analyst_has_phrases_with_candidates_and_their_weights(analyst):
    status, page = analyst.get("/unplaced/")
    assert status == 200
    assert "Until you choose, we carry every candidate at its weight." in page
    assert len(every_phrase(analyst)) == len(set(every_phrase(analyst))) > 0
    assert re.search(r'class="n">\d in 10<', page)
    assert "It looks like a default address." in page


def test_a_contributor_has_its_own_agencys_and_others_have_none(analyst, contributor, server):
    own = every_phrase(contributor)
    assert set(own) < set(every_phrase(analyst))
    assert agencies(contributor.get("/unplaced/")[1]) <= {"Community safety"}
    for name in ("education-member", "frontline", "governance", "chair"):
        person = signed_in(server, name)
        assert person.get("/unplaced/")[0] == 403, name
        assert ">Unplaced" not in person.get("/account/")[1], name


def test_another_agencys_phrase_is_neither_shown_nor_decided(analyst, contributor):
    strange = next(one for one in every_phrase(analyst) if one not in every_phrase(contributor))
    assert contributor.get(f"/unplaced/{strange}/")[0] == 404
    post(contributor, f"/unplaced/{strange}/decide/", {"choice": "leave"})
    assert strange in every_phrase(analyst)


def test_a_choice_takes_the_phrase_away_and_undo_brings_it_back_without_its_words(analyst):
    page = analyst.get("/unplaced/")[1]
    number = int(re.findall(r'data-phrase="(\d+)"[\s\S]*?value="(confirm|leave)"', page)[0][0])
    status, page = post(analyst, f"/unplaced/{number}/decide/", {"choice": "confirm"})
    assert status == 200
    assert "Kept. It counts from the next publication on" in page
    assert number not in every_phrase(analyst)
    assert analyst.get(f"/unplaced/{number}/")[0] == 404
    assert "Undo the last choice" in page
    post(analyst, f"/unplaced/{number}/decide/", {"choice": "undo"})
    assert number in every_phrase(analyst)
    assert "Words no longer kept" in analyst.get(f"/unplaced/{number}/")[1]
    assert "Undo the last choice" not in analyst.get("/unplaced/")[1]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Choose a place, or say that you cannot tell."),
        ({"choice": "point"}, "Give easting and northing in metres"),
        ({"choice": "point", "easting_m": "571200", "northing_m": "north"}, "Give easting and northing"),
        ({"choice": "point", "easting_m": "-5", "northing_m": "194500"}, "not on the national grid"),
        ({"choice": "point", "lon": "nan", "lat": "nan"}, "point needs an easting"),
        ({"choice": "ward|E99999999"}, "There is no ward of that code."),
        ({"choice": "street|nothing"}, "not among the candidates"),
    ],
)
def test_what_cannot_be_chosen_is_said_and_changes_nothing(analyst, form, sentence):
    number = every_phrase(analyst)[-1]
    status, page = post(analyst, f"/unplaced/{number}/decide/", form)
    assert (status, sentence in page) == (200, True)
    assert number in every_phrase(analyst)


def test_a_street_found_by_name_and_a_map_reference_are_places(analyst):
    by_name, by_reference = every_phrase(analyst)[-2:]
    page = analyst.get(f"/unplaced/{by_name}/", {"q": "road"})[1]
    assert "This is it" in page
    assert ">locality" not in page
    lon, lat = re.search(
        r'name="lon" value="([\d.-]+)"><input type="hidden" name="lat" value="([\d.-]+)"', page
    ).groups()
    post(analyst, f"/unplaced/{by_name}/decide/", {"choice": "point", "lon": lon, "lat": lat})
    given = {"choice": "point", "easting_m": "615,929", "northing_m": "383 872"}
    post(analyst, f"/unplaced/{by_reference}/decide/", given)
    assert not {by_name, by_reference} & set(every_phrase(analyst))


def test_a_shared_point_is_judged_once(analyst):
    page = analyst.get("/unplaced/")[1]
    names = ("feed", "easting_m", "northing_m")
    found = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in names}
    before = page.count('class="panel error shared"')
    for wrong in ({}, {"decision": "perhaps"}, {"decision": "real", "feed": "no_such_feed"}):
        assert "Kept." not in post(analyst, "/unplaced/shared-point/", {**found, **wrong})[1]
    page = post(analyst, "/unplaced/shared-point/", {**found, "decision": "default"})[1]
    assert "Kept. It counts from the next publication on." in page
    assert page.count('class="panel error shared"') == before - 1


def test_without_the_forms_token_nothing_is_chosen(analyst):
    number = every_phrase(analyst)[0]
    assert post(analyst, f"/unplaced/{number}/decide/", {"choice": "leave"}, token=False)[0] == 403
    assert number in every_phrase(analyst)
