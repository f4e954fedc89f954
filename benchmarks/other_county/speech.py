"""How the other county's people write places down: shorter, sloppier, and in words of their own."""

from trigpoint.core.county.feeds.manner import Manner
from trigpoint.core.county.feeds.place_styles import Style

_SHORT = {
    "Road": "Rd.", "Street": "Str", "Avenue": "Av", "Lane": "La", "Close": "Clo", "Crescent": "Cr", "Chase": "Chs",
    "Garth": "Gth", "Villas": "Vlls", "Parade": "Pde", "Court": "Crt", "Mount": "Mt", "Ginnel": "Ginnel", "Way": "Wy",
}  # fmt: skip
_PARKS = {
    "Recreation Ground": ("the rec", "{stem} rec", "{stem} Rec Grd", "rec by the swings"),
    "Rec": ("the rec", "{stem} rec"),
    "Playing Field": ("the fields", "{stem} fields", "{stem} playing flds"),
    "Sports Ground": ("{stem} pitches", "the pitches", "{stem} sports grd"),
    "Common": ("the common", "{stem} cmn"),
    "Gardens": ("the gdns", "{stem} gdns"),
    "Green": ("the green", "{stem} grn"),
    "Park": ("the park", "{stem} pk", "{stem} Prk", "skate park {stem}"),
}  # fmt: skip
_SHOPS = {
    "Fryer": ("chippy", "chip shop", "fish & chip shop"), "Pizzeria": ("pizza shop", "pizza take away"),
    "Grill": ("kebab shop", "the kebabby", "kebab van"), "Peri Peri": ("chicken shop", "peri peri", "PFC"),
    "Wok": ("chinese", "Chinese take away"), "Deli": ("sandwich shop", "the deli"), "Tandoori": ("indian", "curry house"),
}  # fmt: skip

STYLES = {
    "police": Style(
        {
            "{street_} {town}": 30, "{street_} - {town}": 14, "{town}: {street}": 12, "{street}": 12,
            "o/s no 14 {street_}, {town}": 8, "alley r/o {street_} {town}": 8, "{street_} (jcn), {town}": 6,
            "{street_} nr bus stop {town}": 6, "j/w {street}, {town}": 4,
        },
        {
            "{name} {town}": 32, "{name} - {street_}": 20, "opp {name}, {street}": 14, "c/p r/o {name}, {town}": 10,
            "{town}: {name}": 14, "nr {nick} {street_}": 10,
        },
        ("as per log", "location tbc", "in veh", "nfa given", "area search neg", "unk"),
        0.25, 0.10, 0.03, 0.30, True,
    ),
    "social_care": Style(
        {
            "found on {street_}, {town}": 16, "YP picked up {street}, {town}": 14, "{town} - {street_}": 16,
            "located by police {street_} {town}": 14, "c/o friend, {street}, {town}": 10, "{street_}": 12,
            "seen by staff on {street_}": 10, "{street}, {town}": 8,
        },
        {
            "{name} ({town})": 22, "YP located at {name}, {town}": 14, "{nick}, {town}": 20, "nr {nick}": 12,
            "back of {nick}": 12, "staff saw YP at {nick} in {town}": 10, "{name}": 10,
        },
        (
            "returned themselves", "at a friend's - no address given", "YP refused to say", "n/a", "London ?",
            "with boyfriend", "town", "whereabouts not known",
        ),
        0.45, 0.30, 0.05, 0.40,
    ),
    "school": Style(
        {
            "{street_}": 24, "end of {street_}": 14, "cut through by {street_}": 12, "{street_} on way in": 14,
            "waiting on {street}": 12, "bus stop on {street_}": 12, "{street} (walking to school)": 12,
        },
        {
            "{nick}": 28, "by {nick}": 18, "{nick} at lunch": 10, "round the back of {nick}": 14,
            "opp {nick} after school": 10, "{name}": 12, "{nick} again": 8,
        },
        (
            "front gate", "in class", "snapchat", "corridor", "changing rooms", "off site", "school bus",
            "reception", "bike sheds",
        ),
        0.60, 0.70, 0.07, 0.65,
    ),
    "interview": Style(
        {
            "{street_}": 18, "mates house {street_}": 16, "{street_} {town}": 20, "walked about {street_}": 14,
            "some flats on {street}": 12, "{town}, {street}": 12, "end of {street_}": 8,
        },
        {
            "{nick}": 26, "went to {nick}": 14, "chilling at {nick}": 14, "{nick} in {town}": 20, "{name}": 14,
            "met them outside {nick}": 12,
        },
        (
            "London", "dunno", "would not say", "about", "mates", "a car", "Nan's house", "the seaside", "trap house",
            "all over",
        ),
        0.55, 0.65, 0.06, 0.75,
    ),
    "youth": Style(
        {"{street_}": 34, "{street}": 22, "{street_} est": 14, "garages {street_}": 14, "{street_} shops": 16},
        {"{nick}": 50, "{name}": 24, "{nick} ({town})": 16, "{nick} / {street_}": 10},
        ("street based", "minibus", "usual route", "walkabout", "tbc"),
        0.70, 0.70, 0.05, 0.60,
    ),
    "council": Style(
        {
            "{street_}": 26, "{street_}, {town}": 26, "o/s 23 {street}": 12, "{street} / rear garages": 12,
            "footpath to {street_}": 10, "jnct {street_}": 8, "{town}, {street}": 6,
        },
        {
            "{name}": 26, "{name} {street_}": 24, "car pk r/o {name}": 14, "{nick}, {street_}": 18,
            "{nick} {town}": 18,
        },
        ("see photo", "estate wide", "anon", "as before", "outside caller's house", "n/k"),
        0.40, 0.30, 0.05, 0.35,
    ),
    "hospital": Style(
        {"{street_}, {town}": 30, "{street_}": 26, "in street ({street})": 20, "{town} {street}": 24},
        {"o/s {name}": 36, "{nick} {town}": 34, "{name}": 30},
        ("public place", "own home", "refused", "walking home", "pub", "not recorded"),
        0.45, 0.25, 0.05, 0.70,
    ),
}  # fmt: skip


def shortened(street: str) -> str:
    """Station Road as Station Rd. and Fold as it is."""
    stem, _, last = street.rpartition(" ")
    return f"{stem} {_SHORT[last]}" if stem and last in _SHORT else street


def byname(kind: str, name: str, street: str, chance: float) -> str:
    """What those who pass it every day say. `chance` in [0, 1) picks."""
    if kind == "park":
        return _of_park(name, chance)
    if kind == "shop":
        called = next((words for end, words in _SHOPS.items() if name.endswith(end)), (name,))
        word = called[int(chance * len(called))]
        return f"{word} {shortened(street)}" if street and word != name else word
    if kind == "station":
        return f"{name.removesuffix(' station')} stn" if chance < 0.6 else "train station"
    if kind == "school":
        stem = name.split(",")[0].removesuffix(" High School")
        return f"{stem} High" if chance < 0.4 else stem
    if kind == "pub":
        return f"{name.removeprefix('The ')} PH" if chance < 0.5 else name.lower()
    town, _, what = name.partition(" ")
    return {"Police Station": f"{town} nick", "Leisure Centre": "the leisure ctr", "Library": "the lib"}.get(
        what, name
    )


def _of_park(name: str, chance: float) -> str:
    for ending, shapes in _PARKS.items():
        if name.endswith(ending):
            stem = name.removesuffix(ending).strip()
            shape = shapes[int(chance * len(shapes))]
            return shape.format(stem=stem) if stem or "{" not in shape else name
    return name


THEIRS = Manner(STYLES, shortened, byname)
