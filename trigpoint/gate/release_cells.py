"""The cells of a release, counted from the records that may leave: restrict before, control after.

Counted here, and nowhere told: the counts go to `core/disclosure/protect.py`, and only what it tells leaves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.disclosure.cells import AreaKind, CellKey, Counted, Layer, PeriodKind, Within, quarter_of
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk, decided
from trigpoint.gate.asked import EPOCH, Asked
from trigpoint.gate.audiences import Audience, LayerAsked
from trigpoint.gate.denial import QuestionError, ReadDenied
from trigpoint.gate.events import leading
from trigpoint.gate.people import people_of
from trigpoint.gate.questions import Question, question_from_words
from trigpoint.gate.release_feeds import (
    Clause,
    Removed,
    feeds_for,
    marking_of,
    records_for,
    refused_recipients,
)
from trigpoint.gate.release_ground import REST, ReleaseGround, ground_of
from trigpoint.store.picture import fetch_columns
from trigpoint.store.questions import Columns

__all__ = ["MOST_QUARTERS", "CountedRelease", "ReleaseTerms", "count_release"]

Ids = NDArray[np.int64]
MOST_QUARTERS = 8


@dataclass(frozen=True, slots=True)
class ReleaseTerms:
    """What a release is made of: for whom, from the first day of which quarter, how many quarters, which districts
    (none: all), to which agencies, the feeds whose records under conditions their originator has cleared, and the day at
    whose end its records were known (None: as known now).

    Raises QuestionError for a day that begins no quarter, no quarter or too many, or no recipient.
    """

    audience: Audience
    first_on: date
    quarters: int
    districts: tuple[str, ...]
    recipients: tuple[str, ...]
    cleared: frozenset[str] = frozenset()
    known_on: date | None = None

    def __post_init__(self) -> None:
        if self.first_on != quarter_of(self.first_on):
            raise QuestionError("A release begins with a quarter: 1 January, April, July or October.")
        if not 1 <= self.quarters <= MOST_QUARTERS:
            raise QuestionError(f"A release has 1 to {MOST_QUARTERS} quarters.")
        if not self.recipients:
            raise QuestionError("Say which agencies the release is for.")

    @property
    def starts(self) -> tuple[date, ...]:
        return tuple(_after(self.first_on, 3 * number) for number in range(self.quarters))

    @property
    def months(self) -> tuple[date, ...]:
        return tuple(_after(self.first_on, number) for number in range(3 * self.quarters))

    @property
    def end_on(self) -> date:
        return _after(self.first_on, 3 * self.quarters)


@dataclass(frozen=True, slots=True, eq=False)
class CountedRelease:
    """Counts of every cell, before anything is rounded or withheld: for `changes` alone, never for a page.

    `layers` gives each layer its code; `removed` what was taken out, by rule; `names` of areas by kind and code.
    """

    cells: tuple[Counted, ...]
    within: Within
    layers: tuple[tuple[LayerAsked, Layer], ...]
    names: dict[tuple[str, str], str]
    feeds: tuple[Clause, ...]
    removed: tuple[Removed, ...]
    attributions: tuple[str, ...]
    marking: str
    publication: int


def count_release(viewer: Viewer, terms: ReleaseTerms, at: datetime, desk: Desk) -> CountedRelease:
    """Count the cells of a release, as the analyst who makes it; the gate records the question.

    Raises ReadDenied where no feed may go into it, or a recipient is outside an agreement; QuestionError for what
    cannot be asked.
    """
    asked = decided(viewer, _question(terms, desk), at, desk)
    allowed, refused = feeds_for(asked, terms.audience, desk.agreements)
    if not allowed:
        raise ReadDenied("No agreement lets any record into this release.")
    if outside := refused_recipients(terms.recipients, allowed, desk.agreements):
        raise ReadDenied(" ".join(outside))
    kept, removed = records_for(asked, allowed, terms.cleared)
    ground = ground_of(asked.version)
    read = _Read.of(kept, ground, "named_area" in terms.audience.areas)
    layers = tuple((one, read.layer(one, allowed)) for one in terms.audience.layers)
    districts = _districts(terms, ground)
    pieces = read.pieces()
    cells = [
        cell
        for _, layer in layers
        for cell in _cells_of_layer(read.chosen(layer), layer, terms, ground, districts, pieces)
    ]
    return CountedRelease(
        cells=tuple(cells),
        within=ground.within(sorted(pieces)),
        layers=layers,
        names=ground.names,
        feeds=allowed,
        removed=(*refused, *removed, *read.not_counted(layers)),
        attributions=tuple(str(one) for one in _listed(kept.about()["attributions"])),
        marking=marking_of(kept),
        publication=asked.version.number,
    )


def _question(terms: ReleaseTerms, desk: Desk) -> Question:
    themes = {theme for layer in terms.audience.layers for theme in layer.themes}
    known = {one.code for one in desk.version.vocabulary.themes}
    level = "street" if terms.audience.finest == "named_area" else "ward"
    words = {
        "level": level,
        "from": terms.first_on.isoformat(),
        "to": terms.end_on.isoformat(),
        "theme": sorted(themes & known),
        **({"known": terms.known_on.isoformat()} if terms.known_on else {}),
    }
    return question_from_words("counts", words)


@dataclass(frozen=True, slots=True, eq=False)
class _Chosen:
    """What one layer counts: for people a row a record with its person and holder, for events a row an event."""

    day: Ids
    ward: Ids
    locality: Ids
    person: Ids
    holder: Ids
    people: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """The records that may leave: their columns, persons, and which feeds have a key of a person."""

    asked: Asked
    ground: ReleaseGround
    columns: Columns
    person: Ids
    holder: Ids
    keyed: frozenset[str]

    @classmethod
    def of(cls, asked: Asked, ground: ReleaseGround, named_areas: bool) -> "_Read":
        names = ("number", "agency", "feed", "day", "theme_mask", "ward")
        with asked.records() as cursor:
            columns = fetch_columns(
                cursor, asked.selection, (*names, *(("locality",) if named_areas else ()))
            )
        if not named_areas:
            columns["locality"] = np.full(columns["number"].size, -1, dtype=np.int64)
        known = people_of(asked, columns["number"].astype(np.int64))
        codes = {one.id: one.code for one in asked.version.vocabulary.feeds}
        keyed = frozenset(codes[int(one)] for one in np.unique(columns["feed"][known.person >= 0]))
        return cls(
            asked, ground, columns, known.person.astype(np.int64), known.holder.astype(np.int64), keyed
        )

    def layer(self, told: LayerAsked, allowed: Sequence[Clause]) -> Layer:
        people = told.counts == "people"
        feeds = tuple(sorted(one.feed for one in allowed if (one.feed in self.keyed) == people))
        return Layer(told.themes, feeds, told.counts)

    def _of_layer(self, layer: Layer) -> NDArray[np.bool_]:
        bits = {one.code: one.bit for one in self.asked.version.vocabulary.themes}
        mask = np.uint64(sum(1 << bits[one] for one in layer.themes if one in bits))
        ids = [one.id for one in self.asked.version.vocabulary.feeds if one.code in layer.feeds]
        themed = (self.columns["theme_mask"].astype(np.uint64) & mask) != 0
        return np.asarray(themed & np.isin(self.columns["feed"], ids))

    def chosen(self, layer: Layer) -> _Chosen:
        rows = np.flatnonzero(self._of_layer(layer) & (self.columns["ward"] >= 0))
        if layer.counts == "people":
            rows = rows[self.person[rows] >= 0]
        else:
            rows = rows[leading(self.asked, {name: one[rows] for name, one in self.columns.items()}, "ward")]
        column = {name: self.columns[name][rows].astype(np.int64) for name in ("day", "ward", "locality")}
        return _Chosen(
            column["day"],
            column["ward"],
            self._told_localities(column["locality"]),
            self.person[rows],
            self.holder[rows],
            layer.counts == "people",
        )

    def _told_localities(self, locality: Ids) -> Ids:
        told = np.array([bool(name) for name in self.ground.named], dtype=bool)
        if not told.size:
            return np.full(locality.size, -1, dtype=np.int64)
        return np.where((locality >= 0) & told[np.maximum(locality, 0)], locality, -1)

    def pieces(self) -> dict[str, tuple[int, int]]:
        """Every piece that a street lies in or a record was placed in, by its code; none without named areas."""
        if "locality" not in self.columns or not np.any(self.columns["locality"] >= 0):
            return {}
        streets = self.asked.version.streets
        ward = np.concatenate([streets.ward.astype(np.int64), self.columns["ward"].astype(np.int64)])
        local = np.concatenate([streets.locality.astype(np.int64), self.columns["locality"].astype(np.int64)])
        local = self._told_localities(local)[ward >= 0]
        pairs = np.unique(np.column_stack([ward[ward >= 0], local]), axis=0).tolist()
        whole = [(ward, -1) for ward in range(len(self.ground.wards))]
        return {self.ground.piece(*pair): (pair[0], pair[1]) for pair in [*whole, *map(tuple, pairs)]}

    def not_counted(self, layers: Iterable[tuple[LayerAsked, Layer]]) -> tuple[Removed, ...]:
        nowhere = keyless = 0
        for _, layer in layers:
            inside = self._of_layer(layer)
            nowhere += int(np.sum(inside & (self.columns["ward"] < 0)))
            keyless += int(np.sum(inside & (self.columns["ward"] >= 0) & (self.person < 0))) * (
                layer.counts == "people"
            )
        return (
            Removed(
                "no ward",
                "Records whose ward is not known are in no cell: wards cover their district.",
                nowhere,
            ),
            Removed(
                "no key", "Records that cannot be told apart by person are in no count of people.", keyless
            ),
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Areas:
    """The areas of one kind that are counted, dense id and code each, and the unit of each row among their ids."""

    kind: AreaKind
    codes: tuple[tuple[int, str], ...]
    unit: Ids
    offered: bool = True


def _cells_of_layer(
    chosen: _Chosen,
    layer: Layer,
    terms: ReleaseTerms,
    ground: ReleaseGround,
    districts: Sequence[int],
    pieces: dict[str, tuple[int, int]],
) -> Iterator[Counted]:
    """Every cell of the closed set, those that nothing was counted in among them."""
    kinds = _kinds(chosen, terms, ground, districts, pieces)
    quarter = _period_of(chosen.day, terms.starts)
    for areas in kinds:
        yield from _cells(areas, layer, "quarter", terms.starts, _counts(chosen, areas.unit, quarter))
    if terms.audience.months:
        month = _period_of(chosen.day, terms.months)
        yield from _cells(kinds[0], layer, "month", terms.months, _counts(chosen, kinds[0].unit, month))


def _cells(
    areas: _Areas,
    layer: Layer,
    period: PeriodKind,
    starts: Sequence[date],
    counts: Mapping[tuple[int, int], int],
) -> Iterator[Counted]:
    for place, start in enumerate(starts):
        for number, code in areas.codes:
            key = CellKey(layer, start, period, areas.kind, code)
            yield Counted(key, counts.get((number, place), 0), areas.offered)


def _kinds(
    chosen: _Chosen,
    terms: ReleaseTerms,
    ground: ReleaseGround,
    districts: Sequence[int],
    pieces: dict[str, tuple[int, int]],
) -> tuple[_Areas, ...]:
    """Districts first; wards always, because whoever reads a release may ask what lies between its cells."""
    wards = tuple(
        (one, code) for one, code in enumerate(ground.wards) if int(ground.parent[one]) in districts
    )
    found = [
        _Areas(
            "district", tuple((one, ground.districts[one]) for one in districts), ground.parent[chosen.ward]
        ),
        _Areas("ward", wards, chosen.ward, "ward" in terms.audience.areas),
    ]
    if "named_area" not in terms.audience.areas:
        return tuple(found)
    named = tuple(
        (one, code)
        for one, code in enumerate(ground.named)
        if code != REST and int(ground.named_district[one]) in districts
    )
    inside = ({one for one, _ in wards}, {one for one, _ in named})
    of_pieces = tuple(
        (_piece_number(*pair), code)
        for code, pair in sorted(pieces.items())
        if pair[0] in inside[0] or pair[1] in inside[1]
    )
    return (
        *found,
        _Areas("named_area", named, chosen.locality),
        _Areas("piece", of_pieces, _piece_number(chosen.ward, chosen.locality), False),
    )


MOST_NAMED = 1_000_000


def _piece_number(ward: Any, locality: Any) -> Any:
    """One number for a ward and a locality (-1 for none): whole numbers, or arrays of them."""
    return ward * MOST_NAMED + locality + 1


def _counts(chosen: _Chosen, unit: Ids, period: Ids) -> dict[tuple[int, int], int]:
    """Of each unit and period that has any: events, or the most people that one holder of keys knows."""
    inside = (unit >= 0) & (period >= 0)
    if not chosen.people:
        found, times = np.unique(np.column_stack([unit[inside], period[inside]]), axis=0, return_counts=True)
        return {(int(one), int(when)): int(many) for (one, when), many in zip(found, times, strict=True)}
    rows = np.column_stack([unit, period, chosen.holder, chosen.person])[inside]
    known, people = np.unique(np.unique(rows, axis=0)[:, :3], axis=0, return_counts=True)
    least: dict[tuple[int, int], int] = {}
    for (one, when, _), many in zip(known.tolist(), people.tolist(), strict=True):
        least[one, when] = max(least.get((one, when), 0), many)
    return least


def _period_of(day: Ids, starts: Sequence[date]) -> Ids:
    """The place of the period each day lies in; -1 before the first. The question lets in no day after the last."""
    first = np.array([(start - EPOCH).days for start in starts], dtype=np.int64)
    return np.searchsorted(first, day, side="right").astype(np.int64) - 1


def _districts(terms: ReleaseTerms, ground: ReleaseGround) -> tuple[int, ...]:
    unknown = sorted(set(terms.districts) - set(ground.districts))
    if unknown:
        raise QuestionError(f"There is no district '{unknown[0]}'.")
    chosen = terms.districts or ground.districts
    return tuple(place for place, code in enumerate(ground.districts) if code in chosen)


def _after(day: date, months: int) -> date:
    number = 12 * day.year + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()
