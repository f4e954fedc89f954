"""Short forms, nicknames and slips of the pen: what a place is called by those who pass it every day."""

_SHORT = {
    "Road": "Rd",
    "Street": "St",
    "Avenue": "Ave",
    "Lane": "Ln",
    "Close": "Cl",
    "Drive": "Dr",
    "Crescent": "Cres",
    "Gardens": "Gdns",
    "Terrace": "Terr",
    "Place": "Pl",
    "Court": "Ct",
}
_SHOPS = {
    "Fish Bar": ("chippy", "fish and chip shop", "fish bar"),
    "Kebab House": ("kebab shop", "kebab house"),
    "Chicken": ("chicken shop", "chicken place"),
    "Pizza": ("pizza place", "pizza shop"),
    "Chinese Takeaway": ("Chinese", "chinese takeaway"),
    "Sandwich Bar": ("sandwich shop", "sandwich bar"),
    "Spice": ("Indian", "curry house"),
}
_PARKS = {
    "Recreation Ground": ("the Rec", "{stem} Rec", "{stem} rec ground"),
    "Rec": ("the Rec", "{stem} rec"),
    "Playing Field": ("the playing field", "{stem} field", "{stem} playing fields"),
    "Sports Ground": ("{stem} sports ground", "{stem} playing fields"),
    "Common": ("the common", "{stem} common"),
    "Gardens": ("{stem} gardens", "the gardens"),
    "Green": ("the green", "{stem} green"),
    "Park": ("the park", "{stem} Park", "{short} park"),
}
_LEAST = 4


def abbreviated(street: str) -> str:
    """Station Road as Station Rd."""
    stem, _, last = street.rpartition(" ")
    return f"{stem} {_SHORT[last]}" if stem and last in _SHORT else street


def nickname(kind: str, name: str, street: str, chance: float) -> str:
    """What those who know it say; the name itself where nobody shortens it. `chance` in [0, 1) picks."""
    if kind == "park":
        return _of(name, _PARKS, chance)
    if kind == "shop":
        return _shop(name, street, chance)
    if kind == "station":
        return f"{name.removesuffix(' station')} train stn" if chance < 0.4 else "the station"
    if kind == "school":
        stem = name.split(",")[0].removesuffix(" School")
        return stem if len(stem) >= _LEAST and chance < 0.6 else name
    if kind == "pub":
        return name.removeprefix("The ") + (" pub" if chance < 0.7 else "")
    return name.rpartition(" ")[2].lower() if chance < 0.3 else name


def slipped(text: str, chance: float) -> str:
    """The text with one letter left out, doubled or exchanged with the next. `chance` in [0, 1) picks which."""
    places = [n for n in range(1, len(text) - 1) if text[n].isalpha() and text[n + 1].isalpha()]
    if len(places) < _LEAST:
        return text
    at = places[int(chance * len(places))]
    kind = int(chance * 997) % 3
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _of(name: str, endings: dict[str, tuple[str, ...]], chance: float) -> str:
    for ending, shapes in endings.items():
        if name.endswith(ending):
            stem = name.removesuffix(ending).strip()
            shape = shapes[int(chance * len(shapes))]
            return shape.format(stem=stem, short=stem[:4]) if stem or "{" not in shape else name
    return name


def _shop(name: str, street: str, chance: float) -> str:
    for ending, called in _SHOPS.items():
        if name.endswith(ending):
            word = called[int(chance * len(called))]
            return f"{word} on {abbreviated(street)}" if street else word
    return name
