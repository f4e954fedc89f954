"""The unplaced tray: phrases whose place is not sure, the most telling first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trigpoint.gate.answers import Answer
from trigpoint.gate.show import rows
from trigpoint.web.presenters.words import counted

PAGE = 20
LOOKS = {
    "default_address": "It looks like a default address.",
    "snap_point": "It looks like a point that records were moved to.",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place the phrase could mean; `choice` is what the form says of it, `tenths` its weight in words."""

    place: int
    kind: str
    ref: str
    name: str
    weight: float
    lon: float | None
    lat: float | None

    @property
    def choice(self) -> str:
        return "confirm" if self.place == 1 else f"{self.kind}|{self.ref}"

    @property
    def tenths(self) -> str:
        tenth = round(10 * self.weight)
        return f"{tenth} in 10" if tenth else "less than 1 in 10"


@dataclass(frozen=True, slots=True)
class Phrase:
    id: int
    text: str
    town: str
    agency: str
    feeds: str
    records: int
    records_words: str
    change: str
    candidates: tuple[Candidate, ...]

    @property
    def said(self) -> str:
        return f"“{self.text}”" if self.text else "Words no longer kept"


@dataclass(frozen=True, slots=True)
class SharedPoint:
    feed: str
    feed_name: str
    easting_m: int
    northing_m: int
    records: int
    sentence: str
    near: str


@dataclass(frozen=True, slots=True)
class TrayPage:
    title: str
    sentence: str
    phrases: tuple[Phrase, ...]
    shared: tuple[SharedPoint, ...]
    page: int
    pages: int
    waiting: int


def tray_page(answer: Answer, agencies: Mapping[str, str], page: int) -> TrayPage:
    phrases = [_phrase(one, agencies) for one in rows(answer.columns)]
    feeds = {str(one["code"]): str(one["name"]) for one in _mappings(answer.about.get("feeds"))}
    shared = tuple(_shared(one, feeds) for one in rows(answer.parts.get("shared_points", {})))
    pages = max(-(-len(phrases) // PAGE), 1)
    page = min(max(page, 1), pages)
    return TrayPage(
        title="Unplaced tray",
        sentence=_sentence(phrases),
        phrases=tuple(phrases[(page - 1) * PAGE : page * PAGE]),
        shared=shared,
        page=page,
        pages=pages,
        waiting=len(phrases) + len(shared),
    )


def choosable(found: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Places found by name that a phrase can be said to mean, each with what the form says of it.

    An area is chosen as an area. A town is no place that anything can be put at: choose its district or a street.
    """
    return [
        {**one, "choice": f"{one['kind']}|{one['code']}" if one["kind"] in ("district", "ward") else "point"}
        for one in found
        if one["kind"] != "locality"
    ]


def waiting_in(answer: Answer) -> int:
    """Phrases and shared points that wait."""
    return len(answer) + len(answer.parts["shared_points"]["feed"])


def phrase_of(answer: Answer, agencies: Mapping[str, str], number: int) -> Phrase | None:
    """The phrase of that number; None where it is not in the tray of this viewer."""
    return next((_phrase(one, agencies) for one in rows(answer.columns) if one["id"] == number), None)


def phrases_of(answer: Answer, agencies: Mapping[str, str], feed: str) -> tuple[Phrase, ...]:
    """The phrases that one feed uses, the most telling first."""
    return tuple(_phrase(one, agencies) for one in rows(answer.columns) if feed in one["feed"])


def _phrase(one: Mapping[str, Any], agencies: Mapping[str, str]) -> Phrase:
    feeds = one["feed"]
    return Phrase(
        id=int(one["id"]),
        text=one["text"] or "",
        town=one["town"] or "",
        agency=agencies.get(one["agency"], one["agency"]),
        feeds=", ".join(feeds) if isinstance(feeds, list) else str(feeds),
        records=int(one["records"]),
        records_words=counted(int(one["records"]), "record", "records"),
        change=_change_words(int(one["recent"]), float(one["change"])),
        candidates=tuple(_candidate(i, told) for i, told in enumerate(one["candidates"], start=1)),
    )


def _change_words(recent: int, change: float) -> str:
    if not recent:
        return "None of them lies in the last twelve months."
    lie = f"{counted(recent, 'lies', 'lie')} in the last twelve months."
    return lie if change > 0 else f"{lie} No candidate has a point on the map."


def _candidate(place: int, told: Mapping[str, Any]) -> Candidate:
    lon, lat = told.get("lon"), told.get("lat")
    return Candidate(
        place=place,
        kind=str(told["kind"]),
        ref=str(told["ref"]),
        name=str(told["name"]),
        weight=float(told["weight"]),
        lon=None if lon is None else float(lon),
        lat=None if lat is None else float(lat),
    )


def _shared(one: Mapping[str, Any], feeds: Mapping[str, str]) -> SharedPoint:
    near = str(one.get("near") or "")
    looks = LOOKS.get(str(one.get("looks_like")), "")
    many = int(one["records"])
    at = f": near {near}" if near else ""
    return SharedPoint(
        feed=str(one["feed"]),
        feed_name=feeds.get(str(one["feed"]), str(one["feed"])),
        easting_m=round(float(one["easting"])),
        northing_m=round(float(one["northing"])),
        records=many,
        sentence=f"{counted(many, 'record shares', 'records share')} one point{at}. {looks}".strip(),
        near=near,
    )


def _sentence(phrases: Sequence[Phrase]) -> str:
    if not phrases:
        return "Every place we were told in words is placed, or left as it is."
    records = sum(one.records for one in phrases)
    return (
        f"{counted(records, 'record is', 'records are')} not placed, in "
        f"{counted(len(phrases), 'phrase', 'phrases')}. Those that would most change the map come first. "
        "Until you choose, we carry every candidate at its weight."
    )


def _mappings(told: object) -> list[Mapping[str, Any]]:
    return [one for one in told if isinstance(one, Mapping)] if isinstance(told, list | tuple) else []
