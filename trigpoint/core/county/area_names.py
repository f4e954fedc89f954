"""What districts, wards and LSOAs are called: after their towns, sides of towns and villages."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from trigpoint.core.county import names
from trigpoint.core.county.atoms import Atoms
from trigpoint.core.county.model import Indices
from trigpoint.core.county.noise import Floats
from trigpoint.core.county.towns import Settlements

_SIDES = ("East", "North East", "North", "North West", "West", "South West", "South", "South East")
_TOWN_WARDS = ("Priory", "Abbey", "Castle", "St Giles", "St Mary's", "Riverside", "Parkside", "Highfields", "Old Heath",
               "Broadway", "Westbourne", "Eastgate", "Hillcrest", "Millbrook", "Newlands", "Southfields")  # fmt: skip
# Which way each of the main town's named wards lies, as east and north shares of its radius.
_MAIN_WARD_AT = {
    "Central": (0.0, 0.0), "Seafront": (0.35, -0.75), "Quays": (0.85, 0.05), "Northgate": (0.4, 0.85),
    "Lantern": (-0.55, 0.8), "Coldharbour": (-0.85, -0.1), "Marsh End": (-0.4, -0.85),
}  # fmt: skip


def district_names(settlements: Settlements) -> list[str]:
    return list(names.DISTRICT_NAMES[: settlements.seat_count])


def ward_names(
    rng: np.random.Generator,
    settlements: Settlements,
    polygons: Any,
    atoms: Atoms,
    ward: Indices,
    district: Indices,
) -> list[str]:
    """A ward mostly in a town is named for its part of the town, any other for its largest village."""
    weight = np.bincount(ward, weights=atoms.people)
    centre = np.column_stack(
        [np.bincount(ward, weights=atoms.people * atoms.points[:, i]) / weight for i in (0, 1)]
    )
    votes = np.zeros((len(weight), len(settlements.names) + 1))
    np.add.at(votes, (ward, atoms.town), atoms.people)
    votes[:, -1] = 1e-9
    place = votes.argmax(axis=1)
    named: list[str] = [""] * len(weight)
    used: set[str] = set()
    if settlements.people[0] > 50_000 or len(weight) <= 7:
        _name_main_wards(settlements, centre, place, named, used)
    for index in np.argsort([-votes[i, place[i]] for i in range(len(weight))]).tolist():
        if not named[index]:
            named[index] = _ward_name(rng, settlements, centre[index], votes[index], used)
            used.add(named[index])
    return named


def _name_main_wards(
    settlements: Settlements, centre: Floats, place: Any, named: list[str], used: set[str]
) -> None:
    own = np.flatnonzero(place == 0)
    for name, share in _MAIN_WARD_AT.items():
        free = [i for i in own.tolist() if not named[i]]
        if not free:
            return
        aim = settlements.points[0] + np.array(share) * settlements.radius_m[0]
        named[min(free, key=lambda i: float(np.hypot(*(centre[i] - aim))))] = name
        used.add(name)


def _ward_name(
    rng: np.random.Generator, settlements: Settlements, at: Floats, votes: Floats, used: set[str]
) -> str:
    best = np.argsort(-votes[:-1], kind="stable")
    ranked = [int(i) for i in best[:8] if votes[i] > 0]
    town = next((i for i in ranked if i < settlements.town_count and votes[i] > 0.4 * votes.sum()), None)
    if town is not None:
        away = at - settlements.points[town]
        side = (
            "Central"
            if np.hypot(*away) < 0.22 * settlements.radius_m[town]
            else _SIDES[round(np.arctan2(away[1], away[0]) / (np.pi / 4)) % 8]
        )
        tail = [str(word) for word in rng.permutation(_TOWN_WARDS)]
        choices = [settlements.names[town]] if settlements.people[town] < 9_000 else []
        choices += [f"{settlements.names[town]} {word}" for word in (side, *tail)]
    else:
        villages = [settlements.names[i] for i in ranked]
        choices = [
            *villages[:1],
            *(f"{villages[0]} and {other}" for other in villages[1:]),
            *(f"{v} Rural" for v in villages),
        ]
    near = cKDTree(settlements.points).query(at, k=min(12, len(settlements.names)))[1]
    choices += [f"{settlements.names[int(i)]} {side}" for i in near for side in (*_SIDES, *_TOWN_WARDS)]
    return next(name for name in choices if name not in used)


def lsoa_names(district_names: list[str], district: Any, ward: Any) -> list[str]:
    """In the manner of the census: district, a number for the ward's group, a letter."""
    named = []
    group: dict[int, dict[int, int]] = {}
    letter: dict[int, int] = {}
    for own_district, own_ward in zip(district.tolist(), ward.tolist(), strict=True):
        numbers = group.setdefault(own_district, {})
        number = numbers.setdefault(own_ward, len(numbers) + 1)
        letter[own_ward] = letter.get(own_ward, -1) + 1
        named.append(f"{district_names[own_district]} {number:03d}{chr(65 + letter[own_ward] % 26)}")
    return named
