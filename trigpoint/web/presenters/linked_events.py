"""Events that two or more feeds tell: who, where, how surely, and which look like one report told round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from trigpoint.core.sharing.grain import Grain
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.reasons import told_why
from trigpoint.web.presenters.plain import feed_codes, numbers, plain, texts, whole, words
from trigpoint.web.presenters.words import attribution_lines, counted

__all__ = ["ROWS_A_PAGE", "EventsPage", "Told", "events_page", "finest_for_all", "sure_words"]

ROWS_A_PAGE = 100
TOLD_ROUND = (
    "Where at least three agencies tell an event and at most one of them had it at first hand, it looks like one "
    "report told round: a question to ask those agencies, never a reason to strike a record out."
)
SURE = ((0.9, "Very likely"), (0.7, "Likely"), (0.0, "More likely than not"))


@dataclass(frozen=True, slots=True)
class Told:
    """One event. `ward` is blank where places are not told so finely or none of its records has one."""

    month: str
    district: str
    ward: str
    agencies: tuple[str, ...]
    records: int
    sure: str
    reason: str
    told_round: bool


@dataclass(frozen=True, slots=True)
class EventsPage:
    sentence: str
    rows: tuple[Told, ...]
    page: int
    pages: int
    by_ward: bool
    told_round: str
    method: str
    cannot_show: tuple[str, ...]
    attributions: tuple[str, ...]


def events_page(
    answer: Answer, *, agencies: Mapping[str, str], areas: Mapping[str, str], page: int
) -> EventsPage:
    """One page of an answer to `events`. `agencies` are names by code in their fixed order, `areas` names by code.

    A page number beyond either end becomes the nearest page there is.
    """
    n = len(words(answer.columns["month"]))
    pages = max(1, -(-n // ROWS_A_PAGE))
    shown = min(max(page, 1), pages)
    first = (shown - 1) * ROWS_A_PAGE
    return EventsPage(
        sentence=_sentence(answer, n),
        rows=_rows(answer.columns, slice(first, first + ROWS_A_PAGE), agencies, areas),
        page=shown,
        pages=pages,
        by_ward=answer.about["level"] == "ward",
        told_round=TOLD_ROUND,
        method=str(answer.about["method"]),
        cannot_show=tuple(one["sentence"] for one in told_why(answer.about)),
        attributions=tuple(attribution_lines(texts(answer.about["attributions"]), feed_codes(answer))),
    )


def finest_for_all(feeds: Table) -> str:
    """The level at which no feed that a viewer may see is left out: "ward", or "district" where one is kept to it.

    `feeds` is the part of that name in an answer to `choices`.
    """
    finest = [
        Grain[str(one).upper()]
        for one, shown in zip(plain(feeds["finest"]), plain(feeds["shown"]), strict=True)
        if shown and one
    ]
    return "ward" if all(one >= Grain.WARD for one in finest) else "district"


def sure_words(probability: float) -> str:
    """How surely records tell one event, in words and out of a hundred; rounded down, so that it never says certain."""
    word = next(word for least, word in SURE if probability >= least)
    return f"{word}, {min(int(probability * 100), 99)} in 100"


def _rows(
    table: Table, shown: slice, agencies: Mapping[str, str], areas: Mapping[str, str]
) -> tuple[Told, ...]:
    columns = (
        words(table["month"])[shown],
        words(table["district_code"])[shown],
        words(table["ward_code"])[shown],
        words(table["agencies"])[shown],
        whole(table["records"])[shown],
        numbers(table["probability"], 4)[shown],
        words(table["reason"])[shown],
        plain(table["circular"])[shown],
    )
    return tuple(
        Told(
            month=f"{date.fromisoformat(f'{month}-01'):%B %Y}",
            district=areas.get(district, district),
            ward=areas.get(ward, ward),
            agencies=tuple(name for code, name in agencies.items() if code in told.split()),
            records=records,
            sure=sure_words(probability or 0.0),
            reason=reason,
            told_round=bool(told_round),
        )
        for month, district, ward, told, records, probability, reason, told_round in zip(
            *columns, strict=True
        )
    )


def _sentence(answer: Answer, several: int) -> str:
    records, events, told_round = (int(str(answer.about[word])) for word in ("total", "events", "circular"))
    if not records:
        return "No record was received for what was asked."
    tell = "tells" if records == 1 else "tell"
    first = f"{counted(records, 'record', 'records')} {tell} {counted(events, 'event', 'events')}."
    if not several:
        return f"{first} None is told by two or more feeds."
    second = f"{several:,} {'is' if several == 1 else 'are'} told by two or more feeds"
    third = (
        f"{told_round or 'none'} of them {'look' if told_round > 1 else 'looks'} like one report told round"
    )
    return f"{first} {second}; {third}."
