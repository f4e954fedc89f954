"""What the scanner stops and what it lets pass. Every name here is invented or the commonest there is."""

import csv

import pytest

from trigpoint.ingest.steps.scanner import found_in, normal_name

TELLS = {
    "a person": [
        "John Smith", "met John Smith at the Rec", "JOHN SMITH", "john smith", "kayleigh", "with Kayleigh behind Lidl",
        "Jayden's house", "jaydens flat", "Mum's house", "mum of J", "nan's flat in Marlport", "Mr Brown", "mrs patel",
        "Miss Jones", "Smith, John", "SMITH John", "J Smith", "J. Smith's flat", "his house", "her flat on Quay Lane",
        "she lives at 12 Quay Lane", "lives with Uncle Bob", "boyfriend's place", "friend's house", "home address",
        "goes by Smiley", "aka Smiley", "known as Ghost", "with Zbigniew Wozniakowski", "Grace Okonkwo",
        "boyfriend Zoltan Kepes behind Lidl", "Victoria Smith", "Mary-Jane Watson", "O'Brien, Sean", "Child A's house",
        "Jack Smith park bench", "PC 1234", "PC Smith", "met Dr Patel", "Tyler from the flats", "flat of Jordan",
        "Victoria's flat", "Jordan Smith", "Mia + Ella", "John Hill", "Jo\u200bhn Smith", "Mohammed A",
    ],
    "a telephone or another number": [
        "07700 900123", "+44 7700 900 123", "(01700) 900123", "call 0770 0900123", "07700-900-123", "943 476 5919",
        "9434765919", "A123456789012", "QQ 12 34 56 C", "seven seven zero oh nine zero zero one two three",
        "UPN H801200001001", "PNC 2010/1234567A", "call 0770 0900123",
    ],
    "a number plate": ["AB12 CDE", "AB12CDE", "ab12cde", "A123 BCD", "W123 BCD", "ABC 123D", "silver car reg AB12"],
    "a date": ["12/03/2010", "12.03.2010", "2010-03-12", "12 March 2010", "3rd of Mar 2010",
        "03-May-2012"],
    "a date of birth": ["DOB unknown", "d.o.b. March", "born in the hospital", "birthday meal"],
    "an address of the web or of mail": ["a.b@example.org", "kay at kay.com", "www.foo.org", "https://x.y/z", "@kayz14"],
    "a handle": ["insta: kayz", "instagram kay.z", "snap: tyler", "snapchat", "sc: lilk", "lil_kay on the bus"],
    "a gang": ["the Marl Street gang", "E7 mandem", "opps block", "roadmen crew", "drug line phone", "dealer line"],
}  # fmt: skip
PLACES = [
    "behind Lidl", "the Rec", "chippy on Station Rd", "12 Quay Lane, Marlport", "St John's Road", "Victoria Park",
    "up London", "a flat on the front", "the George", "The Prince Albert", "King George's Field", "St Mary's Church",
    "Queen Elizabeth Hospital", "McDonald's", "Ali's barbers", "Charlie's Chicken", "WHSmith", "W H Smith",
    "Tesco Express", "Premier Inn Marlport", "A12 BP", "A127 KFC", "CM12 the rec", "B1018 by the pub", "TQ 712 945",
    "TQ71234 94567", "bus station bay 4", "Marks and Spencer", "John Lewis", "multi storey car park level 3",
    "park opp the school", "PC World", "Andrew Close", "Jacob Court", "jordan close", "Holly Bush Lane",
    "woods near Heather Drive", "the children's home on Quay Lane", "Bishop's House", "women's refuge",
    "Jubilee Gardens bandstand", "24 hour garage", "7 Eleven", "100-104 High Street", "platform 2", "Queen's Road rec",
    "the Duke of York", "Grace Road chippy", "Lady Lane skate park", "April Rise", "Summer Lane", "Mark Hall",
    "Marley Court stairwell", "Alexandra gardens toilets", "seafront shelters by the pier", "Nan's cafe",
    "St Edmund's Primary", "Ray Lodge school", "the alley behind Iceland", "youth centre", "Rose and Crown",
    "school gates", "Robert Street", "by the river under the bridge", "Burger King", "Nando's", "Paul's Hill",
    "Francis Street car park", "bench opposite Sam's Chicken", "stairwell of Willow House", "Boys Brigade hall",
    "girls school", "@ the Rec", "Florence Nightingale Ward",
]  # fmt: skip
UNKNOWN_WITHOUT_A_GAZETTEER = 20


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in TELLS.items() for text in texts])
def test_what_tells_of_a_person_is_stopped_and_the_reason_quotes_nothing(rule, text):
    assert found_in(text) == rule
    assert text.lower() not in rule


@pytest.mark.parametrize("text", PLACES)
def test_a_place_passes(text):
    assert found_in(text) is None


def test_a_name_of_the_gazetteer_passes_where_it_stands_whole():
    known = frozenset({normal_name("Rebecca Meade"), normal_name("Bois Hall Gardens"), normal_name("Roman")})
    assert found_in("Rebecca Meade") == "a person"
    for text in ("Rebecca Meade", "behind Rebecca Meade", "Bois Hall Gardens", "Roman"):
        assert found_in(text, lambda: known) is None
    assert found_in("Rebecca Smith on Rebecca Meade", lambda: known) == "a person"


def test_a_street_named_after_somebody_hides_nobody_of_that_name():
    known = frozenset({normal_name("Smith Street"), normal_name("Kayleigh Way"), normal_name("Roman")})
    for text in ("John Smith", "Kayleigh", "Roman Smith", "John Smith, Smith Street"):
        assert found_in(text, lambda: known) == "a person"


def test_the_gazetteer_is_asked_only_where_something_looks_like_a_name():
    def not_asked():
        raise AssertionError("asked")

    assert found_in("behind Lidl on Station Road", not_asked) is None


def test_a_reference_number_is_no_telephone_but_may_name_somebody():
    assert found_in("07700900123", numbers=False) is None
    assert found_in("42/12345/26", numbers=False) is None
    assert found_in("AB12 CDE", numbers=False) is None
    assert found_in("SMITH John 2026-01", numbers=False) == "a person"


def test_real_street_names_pass(open_data):
    """14,291 names. With the gazetteer that has them all must pass; without one a handful may not."""
    path = open_data / "streets" / "derived_police_uk_anchor_points.csv"
    with path.open(encoding="utf-8", newline="") as file:
        names = {row["Location"].removeprefix("On or near ").strip() for row in csv.DictReader(file)}
    known = frozenset(map(normal_name, names))
    assert len(names) == 14_291
    assert [name for name in names if found_in(name, lambda: known)] == []
    assert len([name for name in names if found_in(name)]) <= UNKNOWN_WITHOUT_A_GAZETTEER
