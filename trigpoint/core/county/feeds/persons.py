"""Plainly invented people for the columns that agencies really send: names, dates of birth, telephones, handles, plates.

Given names are common ones, family names are compounds nobody bears, telephones lie in the ranges kept for fiction,
identifiers begin with ZZ. Every value made is a sentinel: none may be found anywhere in a home afterwards.
"""

import numpy as np

from trigpoint.core.county.tables import Ints, Strings

_GIVEN = (
    *(
        "Aaliyah",
        "Adam",
        "Aisha",
        "Alfie",
        "Amelia",
        "Archie",
        "Ava",
        "Bailey",
        "Bethany",
        "Callum",
        "Charlie",
    ),
    *(
        "Chloe",
        "Connor",
        "Daisy",
        "Daniel",
        "Demi",
        "Dylan",
        "Ella",
        "Ellie",
        "Ethan",
        "Freddie",
        "Freya",
        "Grace",
    ),
    *(
        "Hannah",
        "Harley",
        "Harry",
        "Holly",
        "Ibrahim",
        "Isla",
        "Jack",
        "Jayden",
        "Jessica",
        "Jordan",
        "Kai",
        "Kayleigh",
    ),
    *(
        "Keira",
        "Kian",
        "Layla",
        "Leah",
        "Leo",
        "Lewis",
        "Lily",
        "Logan",
        "Lola",
        "Maisie",
        "Mason",
        "Megan",
        "Mia",
    ),
    *(
        "Mohammed",
        "Nathan",
        "Niamh",
        "Noah",
        "Oliver",
        "Olivia",
        "Oscar",
        "Paige",
        "Poppy",
        "Reece",
        "Riley",
        "Ruby",
    ),
    *("Ryan", "Sam", "Sienna", "Skye", "Tayla", "Theo", "Toby", "Tyler", "Yusuf", "Zara"),
)
_FAMILY_FIRST = (
    *(
        "Abberquill",
        "Bostwhistle",
        "Crundel",
        "Dabberly",
        "Ebblethwick",
        "Fizzlewick",
        "Gropthorne",
        "Hubberstock",
    ),
    *(
        "Izzelby",
        "Jorrocksby",
        "Kettlequist",
        "Lubberlow",
        "Mumblethorp",
        "Nobblestack",
        "Obberdine",
        "Pibblesworth",
    ),
    *(
        "Quaggington",
        "Rumbleskew",
        "Snodgerell",
        "Tibblequick",
        "Uggleshaw",
        "Vubberton",
        "Wabblecott",
        "Yobblestead",
    ),
    *("Zibberly", "Clatterbeck", "Drizzlecombe", "Flubberidge", "Grumbleshank", "Wimplequist"),
)
_FAMILY_LAST = ("", "son", "er", "sby", "-Zibb", "ock", "ett", "ing", "ard", "low")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HANDLES = ("zzghost", "zzlil", "zzreal", "zzbigman", "zzxo", "zztrap", "zzkid", "zzcrew")


def full_names(who: Ints, *, salt: int = 0) -> Strings:
    """A given and a family name for each person number, always the same for the same number and salt."""
    mixed = _mixed(who, salt)
    first, rest = mixed % len(_GIVEN), mixed // len(_GIVEN)
    stem, ending = rest % len(_FAMILY_FIRST), rest // len(_FAMILY_FIRST) % len(_FAMILY_LAST)
    return np.array(
        [
            f"{_GIVEN[g]} {_FAMILY_FIRST[f]}{_FAMILY_LAST[e]}"
            for g, f, e in zip(first.tolist(), stem.tolist(), ending.tolist(), strict=True)
        ],
        dtype=np.str_,
    )


def birthdays(who: Ints, *, first_year: int = 2008, years: int = 8) -> Strings:
    """A date of birth for each person number as 03-May-2012, a shape in which nothing else in the county is written."""
    mixed = _mixed(who, 17)
    year, month, day = first_year + mixed % years, mixed // 64 % 12, mixed // 1024 % 28 + 1
    parts = zip(year.tolist(), month.tolist(), day.tolist(), strict=True)
    return np.array([f"{d:02d}-{_MONTHS[m]}-{y}" for y, m, d in parts], dtype=np.str_)


def telephones(who: Ints) -> Strings:
    """Mobile numbers in 07700 900xxx and landlines in 01632 960xxx, the ranges kept for drama."""
    mixed = _mixed(who, 31)
    pairs = zip((mixed % 3).tolist(), (mixed // 4 % 1000).tolist(), strict=True)
    return np.array(
        [f"01632 960{n:03d}" if kind == 0 else f"07700 900{n:03d}" for kind, n in pairs], dtype=np.str_
    )


def handles(who: Ints) -> Strings:
    """Social media handles such as @zzghost_1234."""
    mixed = _mixed(who, 43)
    pairs = zip((mixed % len(_HANDLES)).tolist(), (mixed // 8 % 10_000).tolist(), strict=True)
    return np.array([f"@{_HANDLES[h]}_{n:04d}" for h, n in pairs], dtype=np.str_)


def plates(who: Ints) -> Strings:
    """Number plates such as ZZ26 QKX: no area code begins with Z."""
    mixed = _mixed(who, 59)
    letters = "ABCDEFGHJKLMNOPRSTUVWXYZ"
    count = len(letters)
    rows = zip(
        (mixed % 7 + 19).tolist(),
        (mixed // 8 % count).tolist(),
        (mixed // 256 % count).tolist(),
        (mixed // 8192 % count).tolist(),
        strict=True,
    )
    return np.array([f"ZZ{y} {letters[a]}{letters[b]}{letters[c]}" for y, a, b, c in rows], dtype=np.str_)


def health_numbers(who: Ints) -> Strings:
    """Identifiers such as ZZ99 123 4567, which no health service gives out."""
    mixed = _mixed(who, 71)
    pairs = zip((mixed % 1000).tolist(), (mixed // 1000 % 10_000).tolist(), strict=True)
    return np.array([f"ZZ99 {a:03d} {b:04d}" for a, b in pairs], dtype=np.str_)


def _mixed(who: Ints, salt: int) -> Ints:
    """Person numbers scattered over 31 bits, so that neighbours have nothing in common."""
    scattered = (np.asarray(who, dtype=np.uint64) + np.uint64(salt * 7_919 + 1)) * np.uint64(2_654_435_761)
    scattered ^= scattered >> np.uint64(15)
    return np.asarray(
        (scattered * np.uint64(2_246_822_519) >> np.uint64(9)) % np.uint64(2**31), dtype=np.int64
    )
