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
from trigpoint.core.county.feeds.nicknames import abbreviated, nickname, slipped
from trigpoint.core.county.feeds.wording import NOTHING_SAID, County, Said, streets
from trigpoint.core.county.tables import Bools, Strings

_TELLS_A_PERSON = 0.006
_TOWN_ONLY = 0.25


class Style(NamedTuple):
    """An agency's habits: templates for a street and for a named thing (with weights), vague words, shares."""

    street: Mapping[str, float]
    thing: Mapping[str, float]
    vague: tuple[str, ...]
    names_thing: float
    nicknamed: float
    slips: float
    gives_vague: float
    capitals: bool = False


STYLES: Mapping[str, Style] = {
    "police": Style(
        {"{street}, {town}": 70, "{street_} {town}": 10, "o/s shops {street_}, {town}": 4, "{street}": 10, "rear of {street}, {town}": 6},
        {"{name}, {town}": 50, "o/s {name}, {street}": 18, "{name}, {street}, {town}": 26, "car park {name}": 6},
        ("unknown", "n/k", "in public", "vehicle - location not known", "on foot patrol"),
        0.18, 0.0, 0.01, 0.25, True,
    ),
    "social_care": Style(
        {"{street}, {town}": 46, "{street_}, {town}": 18, "found nr {street_}": 8, "at friends in {street}, {town}": 10, "{street} area": 6, "walking along {street_} in {town}": 12},
        {"{name}": 24, "{name}, {town}": 34, "outside {name}": 16, "near {nick} in {town}": 16, "at {nick}": 10},
        ("returned of own accord", "friend's address", "not disclosed", "unknown", "up London", "at boyfriend's", "in town"),
        0.40, 0.15, 0.03, 0.35,
    ),
    "school": Style(
        {"{street_}": 30, "{street}": 22, "walking home along {street_}": 12, "bus stop {street_}": 14, "alley off {street_}": 12, "top of {street_}": 10},
        {"{nick}": 36, "{name}": 20, "behind {nick}": 12, "behind {name}": 10, "outside {nick}": 12, "by {name}": 10},
        ("gates", "school gate", "online", "playground", "toilets", "the field", "round the back", "on the bus"),
        0.55, 0.55, 0.05, 0.60,
    ),
    "interview": Style(
        {"near {street_}": 16, "{street_}": 20, "{street}, {town}": 22, "a house on {street_}": 18, "{street_} in {town}": 18, "flats off {street_}": 6},
        {"{nick}": 26, "{name}": 20, "round {nick}": 12, "by {name}": 12, "{nick} in {town}": 20, "hung about outside {nick}": 10},
        ("up London", "a flat on the front", "round a mate's", "by the shops", "in town", "someone's car", "didn't want to say", "Nan's"),
        0.55, 0.50, 0.05, 0.75,
    ),
    "youth": Style(
        {"{street}": 40, "{street_}": 30, "{street_} estate": 16, "garages, {street_}": 14},
        {"{name}": 36, "{nick}": 52, "{nick}, {town}": 12},
        ("Central Park", "mobile", "various", "town centre", "outreach - walkabout"),
        0.75, 0.60, 0.03, 0.70,
    ),
    "council": Style(
        {"{street}": 30, "{street}, {town}": 34, "{street_}": 12, "corner of {street_}": 8, "alleyway off {street}": 8, "garages {street_}": 8},
        {"{name}": 34, "{name}, {street}": 26, "car park behind {name}": 14, "behind {nick}, {street_}": 16, "{nick}, {town}": 10},
        ("no address given", "see attached", "whole estate", "various locations", "by the shops", "caller would not say"),
        0.40, 0.20, 0.04, 0.35,
    ),
    "hospital": Style(
        {"{street_}, {town}": 40, "{street}": 20, "street - {street_}": 20, "{town}, {street_}": 20},
        {"outside {name}": 40, "{name} {town}": 30, "{name}": 30},
        ("street", "home", "declined", "out with friends", "park", "pub", "unknown"),
        0.45, 0.15, 0.04, 0.70,
    ),
}  # fmt: skip


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
    habit, count = STYLES[style], len(reports.event)
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
            meant[row] = _named(habit, landmarks, thing[row], town[row], draw)
        else:
            words = _filled(_pick(habit.street, draw[1]), street[row], street[row], town[row], draw[2] < 0.5)
            meant[row] = _Meant(_cased(words, habit, draw[5]), "street", street[row], easting_m, northing_m)
    return _finished(meant, reports, references, hint, rng)


_NOTHING = _Meant("", "", "", float("nan"), float("nan"))


def _finished(
    meant: Sequence[_Meant], reports: Reports, references: Strings, hint: Strings, rng: np.random.Generator
) -> PlaceTexts:
    text = np.array([one.text for one in meant], dtype="U120") if meant else np.zeros(0, dtype="U120")
    telling = (text != "") & (rng.random(len(text)) < _TELLS_A_PERSON)
    added, embedded = _told_of(np.flatnonzero(telling), rng)
    text[telling] = np.array(
        [f"{text[row]}{more}" for row, more in zip(np.flatnonzero(telling), added, strict=True)]
    )
    kept = np.flatnonzero((text != "") & ~telling)
    if len(kept) == 0:
        return PlaceTexts(text, NOTHING_SAID, embedded)
    said = Said(
        row=references[kept],
        text=text[kept],
        town=hint[kept],
        kind=np.array([meant[row].kind for row in kept]),
        ref=np.array([meant[row].ref for row in kept]),
        easting_m=np.array([meant[row].easting_m for row in kept], dtype=np.float64),
        northing_m=np.array([meant[row].northing_m for row in kept], dtype=np.float64),
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


def _named(habit: Style, landmarks: Landmarks, thing: int, town: str, draw: list[float]) -> _Meant:
    kind, name = str(landmarks.kind[thing]), str(landmarks.name[thing])
    shown = f"{name} station" if kind == "station" else name
    called = (
        nickname(kind, shown, str(landmarks.street[thing]), draw[3]) if draw[2] < habit.nicknamed else shown
    )
    words = _filled(_pick(habit.thing, draw[1]), str(landmarks.street[thing]), shown, town, True, called)
    return _Meant(
        _cased(words, habit, draw[5]),
        kind,
        name,
        float(landmarks.easting_m[thing]),
        float(landmarks.northing_m[thing]),
    )


def _filled(template: str, street: str, name: str, town: str, short: bool, nick: str = "") -> str:
    text = template.format(
        street=street,
        street_=abbreviated(street) if short else street,
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
