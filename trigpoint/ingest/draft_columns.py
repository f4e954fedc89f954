"""Look at one column of a sample: what it is called, what its cells look like, and what that makes it."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from trigpoint.ingest.steps.person_words import GIVEN
from trigpoint.ingest.steps.scanner import found_in

DATE_FORMATS: tuple[tuple[str, str], ...] = (
    ("%Y-%m-%d %H:%M:%S.000", "minute"),
    ("%Y-%m-%d %H:%M:%S", "minute"),
    ("%Y-%m-%dT%H:%M:%S%z", "minute"),
    ("%Y-%m-%dT%H:%M:%S", "minute"),
    ("%Y-%m-%dT%H:%M", "minute"),
    ("%Y-%m-%d %H:%M", "minute"),
    ("%Y-%m-%d", "day"),
    ("%d/%m/%Y %H:%M:%S", "minute"),
    ("%d/%m/%Y %H:%M", "minute"),
    ("%d/%m/%Y", "day"),
    ("%m/%d/%Y %I:%M:%S %p", "minute"),
    ("%m/%d/%Y %H:%M", "minute"),
    ("%m/%d/%Y", "day"),
    ("%d-%m-%Y", "day"),
    ("%d-%b-%y", "day"),
    ("%d %b %Y", "day"),
    ("%d.%m.%Y", "day"),
    ("%Y-%m", "month"),
)
"""Tried in this order: where day and month cannot be told apart, the British order is meant."""
MONTH_FIRST = "%m/%d"
MOSTLY = 0.9
SOME = 0.03
SHORT_SAMPLE = 12
WEEKDAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? \d{1,2}(st|nd|rd|th)?", re.IGNORECASE)
SERIAL = re.compile(r"[34]\d{4}(\.\d+)?")
TIME = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
COUNTED = re.compile(r"\d{1,3}(,\d{3})*|\d+|<\s?\d+|[cxzk*~]", re.IGNORECASE)
QUARTER = re.compile(r"\d{4}[- ]Q[1-4]", re.IGNORECASE)
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)
SECTOR = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d", re.IGNORECASE)
GRID_REF = re.compile(r"[HNOST][A-HJ-Z] ?\d{2,5} ?\d{2,5}", re.IGNORECASE)
UPRN = re.compile(r"\d{8,12}")
AREA_CODES = {
    "district": re.compile(r"E0[6-9]\d{6}"),
    "ward": re.compile(r"E05\d{6}"),
    "lsoa": re.compile(r"E01\d{6}"),
}
PERSONAL: dict[str, re.Pattern[str]] = {
    "telephone numbers": re.compile(r"(\+44|0)[\d ]{9,12}"),
    "e-mail addresses": re.compile(r"\S+@\S+\.\S+"),
    "NHS numbers": re.compile(r"\d{3} \d{3} \d{4}"),
    "pupil numbers": re.compile(r"[A-Z]\d{11}[\dA-Z]"),
    "National Insurance numbers": re.compile(r"[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]", re.IGNORECASE),
}
PERSON_HEADERS = frozenset(
    {
        "forename", "forenames", "surname", "firstname", "lastname", "dob", "birth", "upn", "nhs", "nino", "phone",
        "mobile", "telephone", "tel", "email", "worker", "caller", "complainant", "licensee", "holder", "victim",
        "suspect", "offender", "subject", "nominal", "handle", "plate", "vrm", "sanitised", "narrative", "mother",
        "father", "parent", "carer", "ethnicity", "gender", "sex", "religion",
    }
)  # fmt: skip
PEOPLE = frozenset(
    {"person", "child", "pupil", "yp", "client", "patient", "individual", "young", "upn", "adult"}
)
PLACES = frozenset(
    {
        "school", "ward", "location", "premises", "station", "street", "site", "district", "area", "establishment", "team",
        "town", "place", "road", "locality", "business", "trading", "building", "file", "code", "category", "event",
    }
)  # fmt: skip
REFERENCE = frozenset({"id", "ref", "reference", "no", "number", "urn", "key", "upn"})


@dataclass(frozen=True, slots=True)
class Looked:
    """What a column looks like. `formats` are strptime formats with their precision; `personal` why it is not read."""

    header: str
    words: tuple[str, ...]
    filled: tuple[str, ...]
    rows: int
    formats: tuple[tuple[str, str], ...]
    personal: str | None

    @property
    def is_date(self) -> bool:
        return bool(self.formats)

    def named(self, *words: str) -> bool:
        """Whether any of the words is in the column's name."""
        return not set(words).isdisjoint(self.words)

    def share(self, fits: Callable[[str], object]) -> float:
        """The share of filled cells that fit; 0 where none is filled."""
        return sum(1 for cell in self.filled if fits(cell)) / len(self.filled) if self.filled else 0.0

    @property
    def different(self) -> int:
        return len(set(self.filled))

    @property
    def is_unique(self) -> bool:
        """Nearly every row has its own word: rows sent again, or broken, aside."""
        return len(self.filled) >= MOSTLY * self.rows and self.different >= MOSTLY * len(self.filled)

    @property
    def is_person_reference(self) -> bool:
        """Whether it numbers people: then it may become a token, and is otherwise not read."""
        telling = self.named(*PEOPLE) and (self.named(*REFERENCE) or self.words[-1].endswith("ref"))
        return telling and not self.named(*PLACES)


def look(header: str, cells: Sequence[str]) -> Looked:
    """Look at one column."""
    filled = tuple(cell for cell in cells if cell)
    words = tuple(words_of(header))
    formats = date_formats(filled, words)
    return Looked(header, words, filled, len(cells), formats, _personal(words, filled, bool(formats)))


def words_of(header: str) -> list[str]:
    """`CrimeReference`, `crime_ref` and `Crime Ref` as words in lower case."""
    parted = re.sub(r"([a-z])([A-Z])", r"\1 \2", header)
    return [word.lower() for word in re.split(r"[^A-Za-z0-9]+", parted) if word]


def date_formats(filled: Sequence[str], words: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The fewest formats that read nearly every cell; none where the column is not one of dates."""
    left, used = list(dict.fromkeys(filled)), []
    total = len(left)
    ordered = _by_evidence(left)
    while left:
        reads = {known: [cell for cell in left if reads_as(cell, known[0])] for known in ordered}
        best = max(ordered, key=lambda known: (len(reads[known]), -ordered.index(known)))
        if len(reads[best]) < max(SOME * total, 1):
            break
        used.append(best)
        read = set(reads[best])
        left = [cell for cell in left if cell not in read]
    if any(word in _DATE_WORDS for word in words) or used:
        used += _odd_formats(left, total)
        left = [cell for cell in left if not (WEEKDAY.fullmatch(cell) or SERIAL.fullmatch(cell))]
    return tuple(used) if used and total and len(left) <= (1 - MOSTLY) * total else ()


_DATE_WORDS = frozenset(
    {"date", "dt", "day", "created", "reported", "removed", "received", "served", "start", "from"}
)


def _odd_formats(left: Sequence[str], total: int) -> list[tuple[str, str]]:
    odd = {"weekday": WEEKDAY, "excel": SERIAL}
    return [
        (name, "day")
        for name, pattern in odd.items()
        if sum(1 for cell in left if pattern.fullmatch(cell)) > SOME * total
    ]


def _by_evidence(cells: Sequence[str]) -> list[tuple[str, str]]:
    """The formats to try: those with the month first only where a day above 12 proves them and none proves the others."""
    first = [int(hit[1]) for cell in cells if (hit := re.match(r"(\d{1,2})/(\d{1,2})/", cell))]
    second = [int(hit[2]) for cell in cells if (hit := re.match(r"(\d{1,2})/(\d{1,2})/", cell))]
    american = any(n > 12 for n in second) and not any(n > 12 for n in first)
    return [known for known in DATE_FORMATS if known[0].startswith(MONTH_FIRST) <= american]


def reads_as(cell: str, format_: str) -> bool:
    """Whether a cell can be read by a format."""
    try:
        datetime.strptime(cell, format_)  # noqa: DTZ007 (only whether it can be read)
    except ValueError:
        return False
    return True


def _personal(words: Sequence[str], filled: Sequence[str], dates: bool) -> str | None:
    """Why a column tells of people, in words that quote nothing of it; None where it does not."""
    named = set(words)
    if named & PERSON_HEADERS:
        return "its name says that it is about a person"
    if named == {"name"} or ("name" in named and not named & PLACES) or (named <= PEOPLE and named):
        return "its name says that it is about a person"
    if named == {"contact"} or ("reported" in named and "by" in named):
        return "its name says that it is about a person"
    if not filled or dates:
        return None
    for what, pattern in PERSONAL.items():
        if _share(filled, pattern.fullmatch) > 0.3 and not named & {"uprn", "easting", "northing"}:
            return f"its cells look like {what}"
    if _share(filled, _like_a_name) > 0.3:
        return "its cells look like people's names"
    long = sum(len(cell) > 40 for cell in filled) > 0.3 * len(filled)
    if long and _share(filled[:200], found_in) > 0.2:
        return "its texts tell of people"
    return None


def _share(cells: Sequence[str], fits: Callable[[str], object]) -> float:
    return sum(1 for cell in cells if fits(cell)) / len(cells)


def _like_a_name(cell: str) -> bool:
    parts = cell.replace(",", " ").split()
    return (
        2 <= len(parts) <= 3
        and any(part.casefold() in GIVEN for part in parts)
        and all(part[0].isupper() and part.isalpha() for part in parts)
    )


def listed(column: Looked, most: int = 40, loosely: bool = False) -> tuple[str, ...]:
    """Its different words, commonest first, where there are few and none tells of a person; else none.

    `loosely` is for a column that is named as one of categories: in a short sample each of its words may stand once.
    """
    counts = Counter(column.filled)
    often = [word for word, _ in counts.most_common()]
    few = len(often) <= max(0.5 * len(column.filled), SHORT_SAMPLE if loosely else 3)
    fit = 0 < len(often) <= most and (loosely or len(often) > 1) and few
    if not fit or any(len(word) > 60 or word.startswith(("[", "{")) for word in often):
        return ()
    if column.share(NUMBER.fullmatch) > 0.5:
        return ()
    return tuple(word for word in often if found_in(word) is None)
