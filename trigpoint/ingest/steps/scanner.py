"""Whether a text tells of a person: telephones, plates, handles, dates of birth, identifiers, people and gangs.

Patterns and word lists, so that the answer is the same everywhere and can be explained. It errs towards stopping a
text: what is stopped loses its place, what slips through may name a child. A name that stands in no list, written
without capitals, and with nothing beside it that gives it away, is not seen; that is why the texts that pass are
still kept apart, shown to few and deleted.
"""

import re
from collections.abc import Callable

from rapidfuzz.distance import OSA

from trigpoint.core.geography.streets import normal_street_name
from trigpoint.ingest.steps.person_words import (
    BEFORE,
    CHAINS,
    DWELLINGS,
    FAMILY,
    FUNCTION,
    GIVEN,
    GIVEN_TOO,
    OWNERS,
    SITES,
    STREETS,
)
from trigpoint.ingest.steps.telling_patterns import (
    GRID_REFERENCE,
    OF_NUMBERS,
    OF_SOMEBODY,
    OF_WORDS,
    PEOPLE_BEFORE,
    POSSESSED,
    RULES,
)

normal_name = normal_street_name
"""How a gazetteer's name is compared."""
LONGEST_NAME_WORDS = 6
LEAST_LETTERS = 4
SLIPPED = (
    "road", "street", "avenue", "lane", "drive", "close", "court", "place", "square", "gardens", "crescent",
    "terrace", "grove", "green", "view", "parade", "passage", "school", "field", "station", "playing", "park",
)  # fmt: skip
"""Words of places that are recognised with one letter wrong."""
PLACE_WORDS = STREETS | SITES
_ALL_GIVEN = GIVEN | GIVEN_TOO

_PRIVATE = frozenset({"house", "flat", "home", "gaff", "bedsit", "bedroom", "room", "caravan"})
_SIMPLE = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_SIGNS = re.compile(r"\b[A-Z]\b")
_CUES = (
    _ALL_GIVEN
    | PEOPLE_BEFORE
    | frozenset(DWELLINGS.split("|"))
    | {"door"}
    | {f"{name}s" for name in _ALL_GIVEN}
)
"""Without one of these words, an apostrophe or an initial, nothing below can find anybody."""
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+\w*|[,;:.()/!?–-]")


def found_in(
    text: str, place_names: Callable[[], frozenset[str]] = frozenset, numbers: bool = True
) -> str | None:
    """What a text tells besides a place, in words that quote nothing of it; None where it tells of a place only.

    `place_names` are the gazetteer's names by `normal_name`, asked for only where something looks like somebody's
    name. Without `numbers` the rules that reference numbers would break are left out.
    """
    tidy = " ".join(_plain(text).split())
    told = GRID_REFERENCE.sub(" ", tidy)
    words = frozenset(_SIMPLE.findall(told.lower()))
    digits = _DIGIT.search(told) is not None
    for rule in RULES:
        if (
            (digits or not rule.needs_digit)
            and (rule.hints is None or not rule.hints.isdisjoint(words))
            and (numbers or rule.tells not in OF_NUMBERS)
            and rule.pattern.search(told)
        ):
            return None if rule.tells in OF_WORDS and normal_name(tidy) in place_names() else rule.tells
    if _CUES.isdisjoint(words) and "'" not in tidy and _SIGNS.search(tidy) is None:
        return None
    return "a person" if _names_somebody(tidy, place_names) else None


def _plain(text: str) -> str:
    """Without the invisible characters that could part a name, and with one kind of apostrophe."""
    if not (text.isascii() and text.isprintable()):
        text = "".join(one for one in text if one.isprintable() or one.isspace()).replace("’", "'")
    return text.replace("`", "'")


def _names_somebody(text: str, place_names: Callable[[], frozenset[str]]) -> bool:
    tokens = [token.group() for token in _TOKEN.finditer(text)]
    words = [_bare(token) for token in tokens]
    suspects = [n for n in range(len(words)) if _looks_like_somebody(tokens, words, n)]
    spans = [(n, n + 1) for n in suspects] + _dwellings(text, tokens, words)
    spans += _pairs_after_people(text, tokens, words)
    return any(not _in_gazetteer(tokens, words, first, last, place_names) for first, last in spans)


def _bare(token: str) -> str:
    """A word as it stands in the lists: small, without its possessive."""
    return re.sub(r"'s?$", "", token.lower())


def _looks_like_somebody(tokens: list[str], words: list[str], n: int) -> bool:
    word = words[n]
    if _family_then_given(tokens, words, n) or _initial_and_family(tokens, words, n):
        return True
    given, given_too = _is_in(word, GIVEN), _is_in(word, GIVEN_TOO)
    if not (given or given_too) or _place_follows(tokens, words, n):
        return False
    before = words[n - 1] if n else ""
    following = words[n + 1] if n + 1 < len(words) else ""
    named_in_full = following in FAMILY or (
        _is_capitalised(tokens[n]) and _could_be_family(tokens, words, n + 1)
    )
    if before in BEFORE or (before == "the" and not (given and named_in_full)):
        return False
    return given or named_in_full


def _is_in(word: str, names: frozenset[str]) -> bool:
    return word in names or ("-" in word and any(part in names for part in word.split("-")))


def _is_place_word(word: str) -> bool:
    """A place's word, or one of the commonest of them with a single slip of the pen."""
    if word in PLACE_WORDS:
        return True
    if len(word) < LEAST_LETTERS or word in FAMILY:
        return False
    return any(OSA.distance(word, other, score_cutoff=1) <= 1 for other in SLIPPED)


def _is_capitalised(token: str) -> bool:
    """Begins with a capital and goes on without: in a text all of capitals they say nothing."""
    return token[:1].isupper() and not token.isupper()


def _could_be_family(tokens: list[str], words: list[str], n: int) -> bool:
    """A capitalised word that is neither a place's word nor one of the little ones."""
    return (
        n < len(words)
        and _is_capitalised(tokens[n])
        and words[n] not in FUNCTION
        and not _is_place_word(words[n])
        and not _place_follows(tokens, words, n)
    )


def _place_follows(tokens: list[str], words: list[str], n: int) -> bool:
    """A place's word comes next, or within three words with a capital, with nothing between that parts them."""
    if words[n + 1 : n + 2] and _is_place_word(words[n + 1]):
        # John Hill is somebody, John Hill Road and John's Hill are not.
        if words[n] in GIVEN and words[n + 1] in FAMILY and "'" not in tokens[n]:
            return words[n + 2 : n + 3] != [] and words[n + 2] in PLACE_WORDS
        house = words[n + 1] in {"house", "home", "flat"}
        return not house or tokens[n + 1][:1].isupper()
    for at in range(n + 2, min(n + 4, len(words))):
        if words[at - 1] in FUNCTION or not words[at - 1][:1].isalnum():
            return False
        if _is_place_word(words[at]):
            return tokens[at][:1].isupper() or not any(token[:1].isupper() for token in tokens[n:at])
    return False


def _family_then_given(tokens: list[str], words: list[str], n: int) -> bool:
    """`Smith, John` and `SMITH John`."""
    at = n + 2 if words[n + 1 : n + 2] == [","] else n + 1
    if words[n] not in FAMILY or at >= len(words) or _place_follows(tokens, words, n):
        return False
    return _is_in(words[at], _ALL_GIVEN) and not _place_follows(tokens, words, at)


def _initial_and_family(tokens: list[str], words: list[str], n: int) -> bool:
    """`J Smith` and `J. Smith`, but not `W H Smith`."""
    at = n + 2 if words[n + 1 : n + 2] == ["."] else n + 1
    if len(tokens[n]) != 1 or not tokens[n].isupper() or at >= len(words) or words[at] not in FAMILY:
        return False
    chain = n > 0 and tokens[n - 1] == "W"
    return not chain and not _place_follows(tokens, words, at)


def _dwellings(text: str, tokens: list[str], words: list[str]) -> list[tuple[int, int]]:
    """Somebody's house, flat or room, as the span of words that names it."""
    spans = []
    for hit in (*POSSESSED.finditer(text), *OF_SOMEBODY.finditer(text)):
        owner = _bare(hit.group(1))
        at = len(_TOKEN.findall(text[: hit.start(1)]))
        saint = at > 0 and words[at - 1] in BEFORE
        building = hit.re is POSSESSED and hit.group(2)[:1].isupper() and owner not in GIVEN
        if owner not in OWNERS and not saint and not building:
            spans.append((at, min(at + 2, len(words))))
    for n in range(len(words) - 1):
        if (
            tokens[n + 1] in _PRIVATE
            and words[n][-1:] == "s"
            and words[n] not in OWNERS
            and words[n][:-1] in _ALL_GIVEN
        ):
            spans.append((n, n + 2))
    return spans


def _pairs_after_people(text: str, tokens: list[str], words: list[str]) -> list[tuple[int, int]]:
    """Two capitalised words that no list knows, after `with`, `met`, `boyfriend` and the like."""
    spans = []
    for n in range(1, len(words) - 1):
        both = _is_capitalised(tokens[n]) and _could_be_family(tokens, words, n + 1)
        named = both and words[n] not in PLACE_WORDS and words[n] not in FUNCTION
        if named and words[n - 1] in PEOPLE_BEFORE:
            spans.append((n, n + 2))
    return spans


def _in_gazetteer(
    tokens: list[str], words: list[str], first: int, last: int, place_names: Callable[[], frozenset[str]]
) -> bool:
    """Whether some name of the gazetteer covers these words where they stand (and, of a pair, both), or what follows
    a name that is a thing's as often is itself a name of the gazetteer (`Robin, Marlport`)."""
    pair = last - first == 1 and last < len(words) and words[first] in _ALL_GIVEN and words[last] in FAMILY
    need = last + 1 if pair else last
    names = place_names()
    if words[first] in GIVEN_TOO and not pair and normal_name(" ".join(tokens[last : last + 1])) in names:
        return True
    for start in range(max(0, need - LONGEST_NAME_WORDS), first + 1):
        for end in range(need, min(len(words), start + LONGEST_NAME_WORDS) + 1):
            name = normal_name(" ".join(tokens[start:end]))
            if name in names or name in CHAINS:
                return True
    return False
