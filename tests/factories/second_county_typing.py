"""Names as busy hands type them: shortened, without apostrophes, in any case, a letter or two wrong."""

import random
import re
from functools import cache

_ENDINGS = {
    "Road": ("Rd", "rd.", "Road"), "Street": ("St", "st.", "Str"), "Avenue": ("Ave", "Av", "Avenue"),
    "Close": ("Cl", "Clo", "Close"), "Crescent": ("Cres", "Cresc"), "Drive": ("Dr", "Drv", "Drive"),
    "Gardens": ("Gdns", "Gdn", "gardens"), "Lane": ("Ln", "La", "Lane"), "Terrace": ("Terr", "Tce"),
    "Court": ("Ct", "Crt"), "Place": ("Pl",), "Square": ("Sq",), "Way": ("Wy", "Way"), "Hill": ("Hl", "Hill"),
    "Parade": ("Pde", "Parade"), "Esplanade": ("Esp", "Esplanade"), "Park": ("Pk", "park"),
    "Primary School": ("Primary", "Prim", "Prim Sch", "primary sch", "Pri School"),
    "Pupil Referral Unit": ("PRU", "pru", "P.R.U."), "School": ("School", "Sch", "secondary", "schl"),
    "Recreation Ground": ("Rec", "rec ground", "Rec Grd"), "Playing Field": ("playing fields", "P/Field", "playing fld"),
    "Sports Ground": ("sports grd", "Sports Gd"), "Kebab House": ("kebab shop", "kebabs", "kebab hse"),
    "Fish Bar": ("chippy", "fish bar", "chip shop"), "Chinese Takeaway": ("chinese", "chinese t/a"),
    "Hotel": ("Htl", "hotel"), "Chicken": ("chicken shop", "Chicken"), "Sandwich Bar": ("sandwich bar", "sandwich shop"),
}  # fmt: skip
_STARTS = {
    "Great ": "Gt ", "Little ": "Lt ", "Upper ": "Upr ", "North ": "Nth ", "South ": "Sth ", "Market ": "Mkt ",
    "Victoria ": "Vic ", "Station ": "Stn ", "Jubilee ": "Jub ", "Memorial ": "Mem ", "King George's ": "KG ",
    "Alexandra ": "Alex ", "Recreation ": "Rec ",
}  # fmt: skip
_SHOUTED = {
    "police": 0.5, "community_safety": 0.25, "social_care": 0.03, "education": 0.02, "youth_service": 0.0,
    "return_interviews": 0.0,
}  # fmt: skip
_LOWERED = {
    "police": 0.2, "community_safety": 0.3, "social_care": 0.45, "education": 0.25, "youth_service": 0.7,
    "return_interviews": 0.6,
}  # fmt: skip
_VOWELS = "aeiou"


def typed(name: str, rng: random.Random, words: frozenset[str], *, slip: float = 0.2) -> str:
    """One name as somebody might type it. `words` are the county's own, so that a slip never spells another."""
    name = re.sub(r", .*$", "", name)
    if rng.random() < slip:
        name = _misspelt(name, rng, words)
    if rng.random() < 0.6:
        name = _shortened(name, rng)
    if rng.random() < 0.25:
        for start, short in _STARTS.items():
            if name.startswith(start):
                name = short + name.removeprefix(start)
                break
    return name.replace("'", "") if rng.random() < 0.7 else name


def cased(text: str, agency: str, rng: random.Random) -> str:
    """Text in the case its agency's people type."""
    draw = rng.random()
    if draw < _SHOUTED[agency]:
        return text.upper()
    if draw < _SHOUTED[agency] + _LOWERED[agency]:
        return text.lower()
    return text


def _shortened(name: str, rng: random.Random) -> str:
    for ending, shorter in _ENDINGS.items():
        if name.endswith(" " + ending):
            return name.removesuffix(ending) + rng.choice(shorter)
    return name


def _misspelt(name: str, rng: random.Random, words: frozenset[str]) -> str:
    """One or two letters wrong in the longest word before the last, unless every slip tried spells another word."""
    parts = name.split(" ")
    inner = parts[:-1] or parts
    longest = max(inner, key=len)
    if len(longest) < 5 or not longest.isalpha():
        return name
    wrongs = 2 if len(longest) >= 9 and rng.random() < 0.35 else 1
    for _ in range(8):
        slipped = longest
        for _ in range(wrongs):
            slipped = _slip(slipped, rng)
        if slipped != longest and _nearest_is(longest.lower(), slipped.lower(), words):
            return name.replace(longest, slipped, 1)
    return name


def _slip(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    kind = rng.choice(("drop", "swap", "twice", "vowel"))
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "twice":
        return word[:at] + word[at] + word[at:]
    vowels = [i for i, letter in enumerate(word) if letter in _VOWELS and i > 0]
    if not vowels:
        return word
    at = rng.choice(vowels)
    return word[:at] + rng.choice(_VOWELS) + word[at + 1 :]


def _nearest_is(meant: str, slipped: str, words: frozenset[str]) -> bool:
    """Whether no other word of the county is as near to the slip as the word meant."""
    gap = letters_apart(meant, slipped)
    near = (w for w in words if w != meant and abs(len(w) - len(slipped)) <= gap)
    return all(letters_apart(word, slipped) > gap for word in near)


@cache
def letters_apart(one: str, other: str) -> int:
    """Letters dropped, added, changed or swapped with a neighbour to turn one word into the other."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
