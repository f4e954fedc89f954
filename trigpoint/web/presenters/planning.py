"""Planning for a family: what releases tell of one area, what is around it, and which agencies to ask."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trigpoint.changes.release_telling import ReleaseTold
from trigpoint.core.disclosure.joint import ToldCell
from trigpoint.gate.answers import Answer
from trigpoint.gate.release_paper import WITHHELD_WORD, counts_words, period_words

__all__ = [
    "AREA_KINDS",
    "AreaChoice",
    "KnownLine",
    "agencies_behind",
    "areas_of",
    "around_lines",
    "known_lines",
]

Shared = Sequence[tuple[ReleaseTold, tuple[ToldCell, ...]]]
AREA_KINDS = ("ward", "named_area")
AROUND = {
    "school": ("school", "schools"),
    "library": ("library", "libraries"),
    "leisure_centre": ("leisure centre", "leisure centres"),
    "park": ("park", "parks"),
    "hospital": ("hospital", "hospitals"),
    "station": ("station", "stations"),
    "bus_stop": ("bus stop", "bus stops"),
    "police_station": ("police station", "police stations"),
}
"""What is told of what is around: of everyday places, from open layers, and by number only where there are many."""
NAMED = 6


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """An area that some release tells: `value` is "ward|CODE"."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class KnownLine:
    """One layer of one release in this area: what it counts, and each period with its number or "withheld"."""

    name: str
    counts: str
    release: str
    periods: tuple[tuple[str, str], ...]


def areas_of(shared: Shared) -> dict[str, list[AreaChoice]]:
    """The areas that can be chosen, by kind in words, each once and by name."""
    found: dict[str, dict[str, str]] = {kind: {} for kind in AREA_KINDS}
    for one, cells in shared:
        for cell in cells:
            kind, code = cell.key.area_kind, cell.key.area
            if kind in found:
                found[kind][code] = one.names.get((kind, code), code)
    words = {"ward": "Wards", "named_area": "Named areas"}
    return {
        words[kind]: [
            AreaChoice(f"{kind}|{code}", name) for code, name in sorted(areas.items(), key=lambda it: it[1])
        ]
        for kind, areas in found.items()
        if areas
    }


def known_lines(shared: Shared, kind: str, code: str) -> list[KnownLine]:
    """What every release shared with the reader tells of an area, layer by layer."""
    found = []
    for one, cells in shared:
        for layer in one.layers:
            told = [
                c for c in cells if (c.key.layer, c.key.area_kind, c.key.area) == (layer.layer, kind, code)
            ]
            periods = tuple(
                (
                    period_words(c.key.first_on, c.key.period_kind),
                    WITHHELD_WORD if c.told is None else f"about {c.told}",
                )
                for c in sorted(told, key=lambda c: c.key.first_on)
            )
            if periods:
                found.append(
                    KnownLine(
                        layer.name,
                        counts_words(layer.layer),
                        f"{one.audience_title}, release {one.number}",
                        periods,
                    )
                )
    return found


def agencies_behind(shared: Shared) -> list[str]:
    """Codes of the agencies whose feeds are behind those releases."""
    return sorted({str(feed["agency"]) for one, _ in shared for feed in one.feeds})


def around_lines(sites: Answer, ward: str) -> list[tuple[str, str]]:
    """How many everyday places of each kind the ward has, with their names where they are few."""
    columns = sites.columns
    rows: Iterable[tuple[str, str]] = (
        (str(kind), str(name))
        for kind, name, at in zip(columns["class"], columns["name"], columns["ward_code"], strict=True)
        if at == ward and kind in AROUND
    )
    named: Mapping[str, list[str]] = {}
    counts: Counter[str] = Counter()
    names: dict[str, list[str]] = dict(named)
    for kind, name in rows:
        counts[kind] += 1
        names.setdefault(kind, []).append(name)
    return [_around(kind, counts[kind], sorted(names[kind])) for kind in AROUND if counts[kind]]


def _around(kind: str, many: int, names: Sequence[str]) -> tuple[str, str]:
    words = f"{many} {AROUND[kind][many != 1]}"
    listed = "; ".join(filter(None, (name.strip(" ,") for name in names)))
    return (words, listed if many <= NAMED else "")
