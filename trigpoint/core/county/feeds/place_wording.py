"""How people at each agency write down a place, and what they meant by it.

The texts are written as a caseworker, an officer or a teacher types them: short, from memory, for a colleague who
knows the town. What was meant is kept beside them, to measure matching by; nothing else may read it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from trigpoint.core.county.events import Reports
from trigpoint.core.county.feeds import persons
from trigpoint.core.county.feeds.landmarks import Landmarks, landmarks_of, nearby
from trigpoint.core.county.feeds.manner import Manner
from trigpoint.core.county.feeds.nicknames import slipped
from trigpoint.core.county.feeds.place_styles import Style
from trigpoint.core.county.feeds.wording import NOTHING_SAID, County, Said, streets
from trigpoint.core.county.tables import Bools, Strings

_TELLS_A_PERSON = 0.006
_TOWN_ONLY = 0.25


@dataclass(frozen=True, slots=True)
class PlaceTexts:
    """A text for every report (blank where nothing was written), what was meant, and the people it told of."""

    text: Strings
    said: Said
    embedded: tuple[str, ...]


class _Meant(NamedTuple):
    text: str
    kind: str
    ref: str
    easting_m: float
    northing_m: float


def place_texts(
    county: County,
    reports: Reports,
    style: str,
    references: Strings,
    hint: Strings,
    rng: np.random.Generator,
    *,
    writes: Bools | None = None,
) -> PlaceTexts:
    """What the agency of this style typed for each report.

    `references` name the rows, `hint` is the town or district the row tells besides ("" for none). A report without
    a place gets a vague word, a town, or nothing. `writes` (default all) says which rows have any text.
    """
    manner, count = county.manner, len(reports.event)
    habit = manner.styles[style]
    landmarks = landmarks_of(county)
    near = nearby(landmarks, reports.easting_m, reports.northing_m)
    street, town = (column.tolist() for column in streets(county, reports))
    chance = rng.random((count, 6))
    writes = np.ones(count, dtype=np.bool_) if writes is None else writes
    points = zip(reports.easting_m.tolist(), reports.northing_m.tolist(), strict=True)
    spoken = np.where(
        near.within & (rng.random(near.within.shape) < 0.8), rng.random(near.within.shape), -1.0
    )
    best = spoken.argmax(axis=1)
    thing = np.where(spoken.max(axis=1) > 0, near.at[np.arange(count), best], -1).tolist()
    meant = [_NOTHING] * count
    for row, (easting_m, northing_m) in enumerate(points):
        if not writes[row]:
            continue
        draw = chance[row].tolist()
        if not reports.placed[row]:
            meant[row] = _vague(habit, town[row], county, draw)
        elif thing[row] >= 0 and draw[0] < habit.names_thing:
            meant[row] = _named(manner, habit, landmarks, thing[row], town[row], draw)
        else:
            called = manner.abbreviated(street[row]) if draw[2] < 0.5 else street[row]
            words = _filled(_pick(habit.street, draw[1]), street[row], called, street[row], town[row])
            meant[row] = _Meant(_cased(words, habit, draw[5]), "street", street[row], easting_m, northing_m)
    return _finished(meant, reports, references, hint, rng)


_NOTHING = _Meant("", "", "", float("nan"), float("nan"))


def _finished(
    meant: Sequence[_Meant], reports: Reports, references: Strings, hint: Strings, rng: np.random.Generator
) -> PlaceTexts:
    text = np.array([one.text for one in meant], dtype="U120") if meant else np.zeros(0, dtype="U120")
    telling = np.flatnonzero((text != "") & (rng.random(len(text)) < _TELLS_A_PERSON))
    added, embedded = _told_of(telling, rng)
    for row, more in zip(telling.tolist(), added, strict=True):
        text[row] = f"{text[row]}{more}"
    kept = np.flatnonzero((text != "") & ~np.isin(np.arange(len(text)), telling))
    if len(kept) == 0:
        return PlaceTexts(text, NOTHING_SAID, embedded)
    told = [meant[row] for row in kept.tolist()]
    said = Said(
        row=references[kept],
        text=text[kept],
        town=hint[kept],
        kind=np.array([one.kind for one in told]),
        ref=np.array([one.ref for one in told]),
        easting_m=np.array([one.easting_m for one in told], dtype=np.float64),
        northing_m=np.array([one.northing_m for one in told], dtype=np.float64),
    )
    return PlaceTexts(text, said, embedded)


def _told_of(rows: np.ndarray, rng: np.random.Generator) -> tuple[list[str], tuple[str, ...]]:
    """What a hurried note adds about a person: a name, a telephone, a handle, a plate."""
    who = rng.integers(0, 2**30, len(rows))
    makes = (persons.full_names, persons.telephones, persons.handles, persons.plates)
    shapes = (" with {}", " - call {}", " (snap {})", ", car reg {}")
    kind = rng.integers(0, len(makes), len(rows)).tolist()
    told = [str(makes[k](who[n : n + 1])[0]) for n, k in enumerate(kind)]
    return [shapes[k].format(word) for k, word in zip(kind, told, strict=True)], tuple(told)


def _vague(habit: Style, town: str, county: County, draw: list[float]) -> _Meant:
    if draw[0] >= habit.gives_vague:
        return _NOTHING
    if town and draw[1] < _TOWN_ONLY:
        towns = county.scene.towns
        at = int(np.flatnonzero(towns.name == town)[0])
        words = ("{town}", "somewhere in {town}", "{town} town centre")[int(draw[2] * 3)].format(town=town)
        return _Meant(
            _cased(words, habit, 1.0), "town", town, float(towns.easting_m[at]), float(towns.northing_m[at])
        )
    return _Meant(habit.vague[int(draw[3] * len(habit.vague))], "", "", float("nan"), float("nan"))


def _named(
    manner: Manner, habit: Style, landmarks: Landmarks, thing: int, town: str, draw: list[float]
) -> _Meant:
    kind, name = str(landmarks.kind[thing]), str(landmarks.name[thing])
    shown = f"{name} station" if kind == "station" else name
    street = str(landmarks.street[thing])
    called = manner.nickname(kind, shown, street, draw[3]) if draw[2] < habit.nicknamed else shown
    words = _filled(_pick(habit.thing, draw[1]), street, manner.abbreviated(street), shown, town, called)
    return _Meant(
        _cased(words, habit, draw[5]),
        kind,
        name,
        float(landmarks.easting_m[thing]),
        float(landmarks.northing_m[thing]),
    )


def _filled(template: str, street: str, short: str, name: str, town: str, nick: str = "") -> str:
    text = template.format(
        street=street,
        street_=short,
        name=name,
        nick=nick or name,
        town=town,
    )
    return " ".join(text.replace(" in .", "").removesuffix(" in ").strip(" ,").split()).replace(", ,", ",")


def _cased(text: str, habit: Style, chance: float) -> str:
    if chance < habit.slips:
        text = slipped(text, chance / habit.slips)
    if habit.capitals:
        return text.upper()
    return text.lower() if 0.90 < chance < 0.97 else text


def _pick(choices: Mapping[str, float], chance: float) -> str:
    left = chance * sum(choices.values())
    for template, weight in choices.items():
        left -= weight
        if left < 0:
            return template
    return next(iter(choices))
