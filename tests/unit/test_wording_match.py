"""What agencies write of places, matched to a small gazetteer: laws first, then what each wording must come to."""

import itertools
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from trigpoint.core.geography.gazetteer import Area, NamedPoints, StreetSegments, gazetteer_of
from trigpoint.core.geography.wording_hints import hint_of_town
from trigpoint.core.geography.wording_match import MOST_UNSURE, match_wordings
from trigpoint.core.geography.wording_offers import LEAST_ALIKE, Offers, likeness
from trigpoint.core.geography.wording_reading import OWN_WORDS, read_wording
from trigpoint.core.geography.wording_spelling import mended, slips_allowed
from trigpoint.core.geography.wording_words import WHOLE_WORDS, place_words, same_word

STREETS = (
    # name, town, where it begins and ends: a segment each
    ("Station Road", "Wexmere", (0, 0), (400, 0)), ("Station Road", "Wexmere", (400, 0), (700, 0)),
    ("Mill Lane", "Wexmere", (400, 0), (400, 300)), ("High Street", "Wexmere", (0, 100), (0, 500)),
    ("Marine Parade", "Wexmere", (-600, -400), (600, -400)), ("Beech Road", "Wexmere", (100, 600), (300, 600)),
    ("St Mary's Street", "Wexmere", (-300, 0), (-300, 200)), ("Park Road", "Wexmere", (-900, 0), (-900, 300)),
    ("Quay Street", "Marlport", (20_000, 0), (20_300, 0)), ("High Street", "Marlport", (20_000, 100), (20_300, 100)),
    ("Station Road", "Marlport", (20_000, 300), (20_200, 300)), ("Hill Lane", "Marlport", (20_000, 500), (20_000, 700)),
    ("Beach Road", "Marlport", (20_900, 0), (20_900, 300)), ("Netmakers Street", "Marlport", (20_500, 0), (20_500, 200)),
    ("London Road", "Marlport", (19_500, 0), (19_500, 200)),
)  # fmt: skip
SITES = (
    ("takeaway", "Golden Fry Fish Bar", "Wexmere", (200, 12)), ("takeaway", "LIDL Superstore", "Wexmere", (0, 480)),
    ("takeaway", "McDonald's Restaurant", "Marlport", (20_150, 15)),
    ("takeaway", "Spice of Life", "Marlport", (20_150, 110)),
    ("takeaway", "Marlport Kebab House", "Marlport", (20_200, 112)),
    ("school", "Marlport High School", "Marlport", (20_700, 700)),
    ("school", "Wexmere Primary School", "Wexmere", (300, 500)),
    ("school", "St Mary's Church of England Primary School", "Wexmere", (-320, 210)),
    ("park", "Jubilee Recreation Ground", "Wexmere", (-500, 600)), ("park", "Central Park", "Wexmere", (500, 600)),
    ("park", "Central Park", "Marlport", (20_100, 900)), ("station", "Wexmere", "Wexmere", (720, 0)),
    ("bus_stop", "Wexmere Bus Station", "Wexmere", (50, 300)), ("bus_stop", "Wexmere Bus Station", "Wexmere", (70, 310)),
    ("bus_stop", "High Street", "Wexmere", (10, 300)), ("hotel", "Marlport Lodge Hotel", "Marlport", (20_400, 400)),
)  # fmt: skip
AREAS = (
    Area("locality", "wexmere", "Wexmere", 0.0, 200.0, 900.0),
    Area("locality", "marlport", "Marlport", 20_200.0, 300.0, 900.0),
    Area("district", "D1", "Westmark", 0.0, 0.0, 9000.0), Area("district", "D2", "Marlport", 20_000.0, 0.0, 9000.0),
)  # fmt: skip


def named(streets=STREETS, sites=SITES, areas=AREAS):
    district = {"Wexmere": "Westmark", "Marlport": "Marlport", "Farley": "Marlport"}
    start, end = (np.array([one[at] for one in streets], dtype=np.float64).reshape(-1, 2) for at in (2, 3))
    towns, site_towns = [one[1] for one in streets], [one[2] for one in sites]
    return gazetteer_of(
        StreetSegments([one[0] for one in streets], towns, [""] * len(streets), [district[t] for t in towns], start, end,
                       (start + end) / 2),
        NamedPoints([one[0] for one in sites], [one[1][:4] + str(one[3]) for one in sites], [one[1] for one in sites],
                    site_towns, [""] * len(sites), [district[t] for t in site_towns],
                    np.array([one[3] for one in sites], dtype=np.float64).reshape(-1, 2)),
        areas,
    )  # fmt: skip


GAZETTEER = named()


def match(text, town="", gazetteer=GAZETTEER):
    return match_wordings([(text, town)], gazetteer)[0]


SAYABLE = (
    "station road rd st street mill ln lidl chippy rec the behind nr opp high school wexmere marlport london quay 12 j/w "
    "park gates front bus golden fry mcdonald's xyzzy of , & statoin jubilee unknown marine to between"
)
WORDS = st.sampled_from(SAYABLE.split(" "))
WORDINGS = st.tuples(
    st.lists(WORDS, max_size=7).map(" ".join), st.sampled_from(("", "Wexmere", "Marlport", "Nowhere"))
)


# --- laws ----------------------------------------------------------------------------------------------------


@given(said=WORDINGS)
def test_weights_are_a_share_of_belief_and_sure_is_all_of_it(said):
    found = match(*said)
    weights = [one.weight for one in found.candidates]
    assert all(weight > 0 for weight in weights)
    assert sum(weights) <= 1 + 1e-9
    assert weights == sorted(weights, reverse=True)
    assert found.sure == (weights == [1.0])
    assert found.sure or all(weight <= MOST_UNSURE for weight in weights)


@given(said=WORDINGS, seed=st.integers(0, 999))
def test_the_order_of_the_gazetteer_does_not_matter(said, seed):
    shuffled = [list(rows) for rows in (STREETS, SITES, AREAS)]
    for rows in shuffled:
        random.Random(seed).shuffle(rows)
    other = named(*shuffled)
    assert other.fingerprint == GAZETTEER.fingerprint
    assert str(match(*said, other)) == str(match(*said))


@given(said=st.lists(WORDINGS, max_size=5))
def test_one_wording_does_not_depend_on_the_others(said):
    assert str(match_wordings(said, GAZETTEER)) == str([match(*one) for one in said])


@given(said=WORDINGS)
def test_case_and_spaces_do_not_matter(said):
    text, town = said
    assert str(match(f"  {text.upper()} ", town.lower())) == str(match(text, town))


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_at_all_has_an_answer(text, town):
    found = match(text, town)
    assert sum(one.weight for one in found.candidates) <= 1 + 1e-9


def test_a_gazetteer_is_known_by_what_is_in_it():
    assert named(STREETS[1:]).fingerprint != GAZETTEER.fingerprint
    assert named(SITES and STREETS, SITES[1:]).fingerprint != GAZETTEER.fingerprint


# --- the slow obvious twins of what is blocked ------------------------------------------------------------------


@given(st.lists(st.text("abcdehilmnorstw", min_size=1, max_size=10), max_size=6))
def test_mending_by_blocks_of_length_finds_what_comparing_with_every_word_finds(words):
    known = GAZETTEER.words | OWN_WORDS

    def slowly(word):
        if word in known:
            return (word,)
        gaps = {other: OSA.distance(word, other) for other in known | WHOLE_WORDS}
        fewest = min(gaps.values())
        if fewest > slips_allowed(word):
            return ()
        return tuple(sorted({same_word(other) for other, gap in gaps.items() if gap == fewest}))

    assert mended(words, known) == {word: slowly(word) for word in words}


@given(said=WORDINGS)
def test_offers_by_index_are_the_best_of_a_full_scan(said):
    words = place_words(said[0])
    spellings = mended([*words, *place_words(said[1])], GAZETTEER.words | OWN_WORDS)
    reading, hint = (
        read_wording(words, GAZETTEER, spellings),
        hint_of_town(place_words(said[1]), GAZETTEER, spellings),
    )
    offered = Offers(GAZETTEER).find(reading, hint)
    told = tuple(w for w in words if w not in Offers.PASSED_OVER) if not reading.areas else None
    if told is None:
        return
    scan = (
        {at: likeness(told, item, hint, GAZETTEER) for at, item in enumerate(GAZETTEER.items)} if told else {}
    )
    best = max(scan.values(), default=0.0)
    wanted = {at for at, alike in scan.items() if best >= LEAST_ALIKE and alike == best}
    ranked = sorted(offered.shares, key=lambda share: -share[2])
    assert {at for at, _, alike in ranked if alike == ranked[0][2]} == wanted


def test_every_item_within_reach_of_another_is_found_by_its_box():
    for at, limit_m in itertools.product(range(len(GAZETTEER.items)), (10.0, 90.0, 400.0)):
        item, near = GAZETTEER.items[at], GAZETTEER.within(at, limit_m)
        for other, its in enumerate(GAZETTEER.items):
            gap = np.hypot(*(item.points[:, None] - its.points[None]).reshape(-1, 2).T).min()
            assert gap > limit_m or other in near


# --- examples -------------------------------------------------------------------------------------------------

SURE = (
    # text, town, kind, name, a point of it
    ("Station Rd", "Wexmere", "street", "Station Road", (550, 0)),
    ("STATION ROAD", "Marlport", "street", "Station Road", (20_100, 300)),
    ("on Station Rd, Marlport", "", "street", "Station Road", (20_100, 300)),
    ("12 Quay St", "", "street", "Quay Street", (20_150, 0)),
    ("Netmakres St", "Marlport", "street", "Netmakers Street", (20_500, 100)),
    ("St. Mary's St", "Wexmere", "street", "St Mary's Street", (-300, 100)),
    ("chippy on Station Rd", "Wexmere", "site", "Golden Fry Fish Bar", (200, 12)),
    ("kebab shop on High St", "Marlport", "street", "High Street", (20_150, 100)),
    ("Ali's shop on High St", "Marlport", "street", "High Street", (20_150, 100)),
    ("behind Lidl", "Wexmere", "site", "LIDL Superstore", (0, 480)),
    ("golden fry", "Wexmere", "site", "Golden Fry Fish Bar", (200, 12)),
    ("o/s McDonald's Quay St", "", "site", "McDonald's Restaurant", (20_150, 15)),
    ("Maccies, Marlport", "", "site", "McDonald's Restaurant", (20_150, 15)),
    ("opp. Marlport High", "", "site", "Marlport High School", (20_700, 700)),
    ("St Mary's C of E Primary", "Wexmere", "site", "St Mary's Church of England Primary School", (-320, 210)),
    ("nr the Rec", "Wexmere", "site", "Jubilee Recreation Ground", (-500, 600)),
    ("Jubilee rec ground", "", "site", "Jubilee Recreation Ground", (-500, 600)),
    ("Station Rd j/w Mill Ln", "", "junction", "Station Road", (400, 0)),
    ("corner of Mill Lane and Station Road", "Wexmere", "junction", "Mill Lane", (400, 0)),
    ("bus station Wexmere", "", "site", "Wexmere Bus Station", (50, 300)),
    ("Wexmere sta", "", "site", "Wexmere", (720, 0)),
    ("train station", "Wexmere", "site", "Wexmere", (720, 0)),
    ("Central Pk", "Marlport", "site", "Central Park", (20_100, 900)),
    ("somewhere in Wexmere", "", "locality", "Wexmere", (0, 200)),
    ("London Rd", "Marlport", "street", "London Road", (19_500, 100)),
    ("flat above High Street bus stop", "Wexmere", "site", "High Street", (10, 300)),
)  # fmt: skip


@pytest.mark.parametrize(("text", "town", "kind", "name", "point"), SURE, ids=[one[0] for one in SURE])
def test_what_is_clear_is_sure(text, town, kind, name, point):
    found = match(text, town)
    assert [(one.kind, one.name) for one in found.candidates] == [(kind, name)]
    assert found.sure
    one = found.candidates[0]
    at = GAZETTEER.by_ref.get((one.kind, one.ref))
    points = GAZETTEER.items[at].points if at is not None else np.array([[one.easting_m, one.northing_m]])
    assert np.hypot(*(points - point).T).min() < 1.0


@pytest.mark.parametrize(
    "text", ["London", "up London", "in London", "Romford", "train to Croydon", "Station Road, Romford"]
)
def test_what_is_far_away_is_known_to_be_and_has_no_place(text):
    found = match(text, "Wexmere")
    assert [one.kind for one in found.candidates] == ["outside"]
    assert found.sure
    assert np.isnan(found.candidates[0].easting_m)


@pytest.mark.parametrize("text", ["London Road School", "Devon Arms", "Leeds Castle View"])
def test_a_far_name_within_another_name_is_not_far_away(text):
    assert "outside" not in {one.kind for one in match(text, "Wexmere").candidates}


def test_a_county_that_has_a_town_of_a_far_name_means_its_own():
    own = named(areas=(*AREAS, Area("locality", "romford", "Romford", 500.0, 500.0, 300.0)))
    assert match("Romford", "", own).candidates[0].kind == "locality"


UNSURE = (
    # not sure, and what is offered first
    ("Station Rd", "", "Station Road"), ("High Street", "", "High Street"), ("Central Park", "", "Central Park"),
    ("Beech Rd", "Marlport", "Beach Road"), ("the front", "Wexmere", "Marine Parade"),
    ("Hill Ln", "Wexmere", "Mill Lane"), ("Old Station Road", "Wexmere", "Station Road"),
    ("Station Road, Bramblehurst", "", "Station Road"), ("park near Lidl", "Wexmere", "LIDL Superstore"),
    ("Lidl to Golden Fry", "Wexmere", "LIDL Superstore"), ("chippy", "Wexmere", "Golden Fry Fish Bar"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "town", "name"), UNSURE, ids=[f"{one[0]} {one[1]}" for one in UNSURE])
def test_what_may_be_two_things_is_offered_and_not_placed(text, town, name):
    found = match(text, town)
    assert not found.sure
    assert found.candidates[0].name == name


@pytest.mark.parametrize(
    "text", ["", "unknown", "friend's house", "home", "12", "xyzzy", "a flat", "?", "The Crown"]
)
def test_what_names_nothing_has_no_candidates(text):
    assert match(text).candidates == ()


def test_without_a_town_the_longer_street_is_likelier():
    found = match("Station Road")
    assert [round(one.weight, 4) for one in found.candidates] == pytest.approx(
        [0.95 * 2 / 3, 0.95 / 3], abs=1e-3
    )
    assert found.candidates[0].easting_m < 1000


def test_school_gates_offer_the_town_s_schools_alike():
    found = match("gates", "Wexmere")
    assert {one.name for one in found.candidates} == {
        "Wexmere Primary School",
        "St Mary's Church of England Primary School",
    }
    assert len({one.weight for one in found.candidates}) == 1


def test_a_town_s_name_that_is_a_district_s_too_leaves_its_street_in_doubt():
    village = ("High Street", "Farley", (29_000, 5_000), (29_300, 5_000))
    beyond = named((*STREETS, village))
    assert match("High Street", "Marlport").sure
    assert not match("High Street", "Marlport", beyond).sure
    assert match("High Street", "Marlport", beyond).candidates[0].easting_m < 21_000
    assert match("High Street, Marlport", "", beyond).sure


def test_a_long_street_is_cut_to_the_town():
    long = tuple(("Coast Road", town, (x, -2000), (x + 1000, -2000)) for x, town in
                 ((x, "Wexmere" if x < 2000 else "Marlport") for x in range(0, 20_000, 1000)))  # fmt: skip
    coast = named((*STREETS, *long))
    assert not match("Coast Road", "", coast).sure
    ref = match("Coast Road, Wexmere", "", coast).candidates[0].ref
    assert ref.endswith("@wexmere")


def test_columns_must_be_of_one_length():
    sites = NamedPoints([], [], [], [], [], [], np.zeros((0, 2)))
    with pytest.raises(ValueError, match="every name"):
        gazetteer_of(StreetSegments(["A"], [], [], [], *[np.zeros((1, 2))] * 3), sites, [])
