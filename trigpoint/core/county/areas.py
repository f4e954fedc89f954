"""Districts, wards and LSOAs: small cells of ground gathered upwards, so that each level nests in the next exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import Delaunay, cKDTree

from trigpoint.core.county import names
from trigpoint.core.county.coast import Ground
from trigpoint.core.county.model import Areas, Indices
from trigpoint.core.county.noise import Floats, displaced, make_waves
from trigpoint.core.county.plan import Plan
from trigpoint.core.county.towns import Settlements

_SIDES = ("East", "North East", "North", "North West", "West", "South West", "South", "South East")
_TOWN_WARDS = ("Priory", "Abbey", "Castle", "St Giles", "St Mary's", "Riverside", "Parkside", "Highfields", "Old Heath",
               "Broadway", "Westbourne", "Eastgate", "Hillcrest", "Millbrook", "Newlands", "Southfields")  # fmt: skip
# Which way each of the main town's named wards lies, as east and north shares of its radius.
_MAIN_WARD_AT = {
    "Central": (0.0, 0.0), "Seafront": (0.35, -0.75), "Quays": (0.85, 0.05), "Northgate": (0.4, 0.85),
    "Lantern": (-0.55, 0.8), "Coldharbour": (-0.85, -0.1), "Marsh End": (-0.4, -0.85),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Atoms:
    """Cells of ground: polygons tile the county; `people` are guesses that only weigh them; `town` −1 in open country."""

    polygons: Any
    points: Floats
    people: Floats
    town: Indices


@dataclass(frozen=True, slots=True)
class Divided:
    """The three levels, and the LSOA of each atom."""

    districts: Areas
    wards: Areas
    lsoas: Areas
    atoms: Atoms
    lsoa_of_atom: Indices


def divide(
    rng: np.random.Generator, plan: Plan, ground: Ground, settlements: Settlements, quarters: Any
) -> Divided:
    """Atoms to districts by their towns, districts to wards and wards to LSOAs by weighted clustering."""
    atoms = make_atoms(rng, plan, ground, settlements, quarters)
    links = _links(atoms.points)
    district = _whole(
        _districts_of(rng, plan, settlements, atoms), np.zeros(len(atoms.people), np.int32), links, atoms
    )
    ward = _split_each(rng, atoms, district, _shares(atoms.people, district, plan.ward_count, 0.85, 1))
    ward = _whole(ward, district, links, atoms)
    lsoa = _split_each(rng, atoms, ward, _shares(atoms.people, ward, plan.lsoa_count, 1.0, 1))
    lsoa = _whole(lsoa, ward, links, atoms)
    shapes = [_smoothed(_gather(atoms.polygons, lsoa))]
    ward_of_lsoa = _first_of(lsoa, ward)
    district_of_ward = _first_of(ward, district)
    shapes.append(_gather(shapes[0], ward_of_lsoa))
    shapes.append(_gather(shapes[1], district_of_ward))
    district_names = _district_names(plan, settlements)
    ward_names = _ward_names(rng, settlements, shapes[1], atoms, ward, district_of_ward)
    lsoa_names = _lsoa_names(district_names, district_of_ward[ward_of_lsoa], ward_of_lsoa)
    districts = _areas("district", "E079", district_names, shapes[2], np.full(len(shapes[2]), -1))
    return Divided(
        districts=_with_quadrants(districts),
        wards=_areas("ward", "E059", ward_names, shapes[1], district_of_ward),
        lsoas=_areas("lsoa", "E019", lsoa_names, shapes[0], ward_of_lsoa),
        atoms=atoms,
        lsoa_of_atom=lsoa,
    )


def make_atoms(
    rng: np.random.Generator, plan: Plan, ground: Ground, settlements: Settlements, quarters: Any
) -> Atoms:
    """Voronoi cells, fine where people live; a cell the sea cuts in two becomes two."""
    points, people, town = _seed_points(rng, plan, ground, settlements, quarters)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(points), extend_to=ground.frame, ordered=True)
    )
    whole = shapely.covers(ground.county, cells)
    cells[~whole] = shapely.intersection(cells[~whole], ground.county)
    parts, source = shapely.get_parts(cells, return_index=True)
    polygonal = shapely.get_type_id(parts) == 3
    parts, source = parts[polygonal], source[polygonal]
    size = shapely.area(parts)
    order = np.lexsort((-size, source))
    parts, source = parts[order], source[order]
    head = np.append(True, source[1:] != source[:-1])
    inside = shapely.get_coordinates(shapely.point_on_surface(parts))
    inside[head] = points[source[head]]
    return Atoms(parts, inside, np.where(head, people[source], 0.01), town[source].astype(np.int32))


def _seed_points(
    rng: np.random.Generator, plan: Plan, ground: Ground, settlements: Settlements, quarters: Any
) -> tuple[Floats, Floats, Indices]:
    step = plan.mesh_spacing_m * 0.52
    east = np.arange(plan.west_m - 0.1 * plan.width_m, plan.west_m + 1.1 * plan.width_m, step)
    north = np.arange(plan.south_m - 0.1 * plan.height_m, plan.south_m + 1.1 * plan.height_m, step)
    grid = np.stack(np.meshgrid(east, north), axis=-1).reshape(-1, 2)
    groups = [grid + rng.uniform(-0.45, 0.45, grid.shape) * step]
    people = [np.full(len(grid), 5.0)]
    town = [np.full(len(grid), -1)]
    each = plan.people / plan.lsoa_count / 10
    for index, centre in enumerate(settlements.points):
        count = int(max(5, settlements.people[index] / each))
        reach = settlements.radius_m[index] * 1.08 * np.sqrt(rng.random(count))
        turn = rng.uniform(0, 2 * np.pi, count)
        groups.append(centre + np.column_stack([np.cos(turn), np.sin(turn)]) * reach[:, None])
        closeness = np.exp(-((reach / settlements.radius_m[index]) ** 2)) * rng.lognormal(0, 0.25, count)
        people.append(closeness / closeness.sum() * settlements.people[index])
        town.append(np.full(count, index))
    points, weight, place = np.vstack(groups), np.concatenate(people), np.concatenate(town)
    keep = shapely.contains_xy(ground.county, points[:, 0], points[:, 1])
    return points[keep], weight[keep], place[keep]


def _districts_of(rng: np.random.Generator, plan: Plan, settlements: Settlements, atoms: Atoms) -> Indices:
    """Each town's ground goes with its nearest seat, nearness stretched by the seat's size."""
    fields = [make_waves(rng, 14_000.0, 900.0), make_waves(rng, 14_000.0, 900.0)]
    seats = settlements.points[: settlements.seat_count]
    pull = settlements.people[: settlements.seat_count] ** 0.12

    def nearest(points: Floats) -> Indices:
        moved = displaced(points, fields[0], fields[1]) if plan.has_island else points
        gap = np.hypot(*(moved[:, None, :] - seats[None, :, :]).T).T / pull
        return gap.argmin(axis=1).astype(np.int32)

    of_town = nearest(settlements.points)
    of_town[: len(seats)] = np.arange(len(seats))
    return np.where(atoms.town >= 0, of_town[atoms.town], nearest(atoms.points)).astype(np.int32)


def _shares(people: Floats, group: Indices, total: int, power: float, least: int) -> Indices:
    """How many parts each group gets so that they add to `total`: by people, at least `least`."""
    weight = np.bincount(group, weights=people) ** power
    room = np.bincount(group)
    ideal = weight / weight.sum() * total
    count = np.clip(np.floor(ideal), least, room).astype(np.int64)
    while count.sum() < total:
        count[np.argmax(np.where(count < room, ideal - count, -np.inf))] += 1
    while count.sum() > total:
        count[np.argmin(np.where(count > least, ideal - count, np.inf))] -= 1
    return count.astype(np.int32)


def _split_each(rng: np.random.Generator, atoms: Atoms, group: Indices, count: Indices) -> Indices:
    result = np.empty(len(group), dtype=np.int32)
    base = 0
    members = np.split(np.argsort(group, kind="stable"), np.cumsum(np.bincount(group))[:-1])
    for own, parts in zip(members, count.tolist(), strict=True):
        label = _clusters(rng, atoms.points[own], atoms.people[own], parts)
        result[own] = label + base
        base += int(label.max()) + 1
    return result


def _clusters(rng: np.random.Generator, points: Floats, weight: Floats, count: int) -> Indices:
    """Lloyd's clustering with people as weights; no cluster is empty, crowded ones give way."""
    if count == 1:
        return np.zeros(len(points), dtype=np.int32)
    share = weight / weight.sum()
    seeds = points[rng.choice(len(points), count, replace=False, p=share)].copy()
    strength = np.ones(count)
    label = np.zeros(len(points), dtype=np.int32)
    for _ in range(14):
        gap = ((points[:, None, :] - seeds[None, :, :]) ** 2).sum(axis=2) * strength
        label = gap.argmin(axis=1).astype(np.int32)
        held = np.bincount(label, weights=weight, minlength=count)
        for lost in np.flatnonzero(held < weight.sum() / count * 0.02):
            seeds[lost] = points[np.argmax(gap[np.arange(len(points)), label] * weight)]
        full = held > 0
        for axis in (0, 1):
            mean = np.bincount(label, weights=weight * points[:, axis], minlength=count)
            seeds[full, axis] = mean[full] / held[full]
        strength = np.clip(strength * (np.maximum(held, 1) / held.mean()) ** 0.25, 0.4, 2.5)
    label = ((points[:, None, :] - seeds[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
    return np.unique(label, return_inverse=True)[1].astype(np.int32)


def _links(points: Floats) -> NDArray[np.int64]:
    """Pairs of neighbouring atoms (n, 2)."""
    corners = Delaunay(points).simplices
    pairs = np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]])
    return np.unique(np.sort(pairs, axis=1), axis=0).astype(np.int64)


def _whole(label: Indices, within: Indices, links: NDArray[np.int64], atoms: Atoms) -> Indices:
    """Bits cut off from the main part of their area go to a neighbour in the same area above."""
    label = label.copy()
    for _ in range(4):
        same = links[label[links[:, 0]] == label[links[:, 1]]]
        graph = coo_matrix((np.ones(len(same)), same.T), shape=(len(label),) * 2)
        _, part = connected_components(graph, directed=False)
        weight = np.bincount(part, weights=atoms.people)
        best = np.zeros(int(label.max()) + 1)
        np.maximum.at(best, label, weight[part])
        stray = weight[part] < best[label]
        if not stray.any():
            break
        both = np.vstack([links, links[:, ::-1]])
        move = both[stray[both[:, 0]] & ~stray[both[:, 1]] & (within[both[:, 0]] == within[both[:, 1]])]
        label[move[:, 0]] = label[move[:, 1]]
    return label


def _first_of(child: Indices, parent: Indices) -> Indices:
    found = np.empty(int(child.max()) + 1, dtype=np.int32)
    found[child] = parent
    return found


def _gather(polygons: Any, group: Indices) -> Any:
    order = np.argsort(group, kind="stable")
    ends = np.cumsum(np.bincount(group))[:-1]
    return np.array(
        [shapely.coverage_union_all(part) for part in np.split(polygons[order], ends)], dtype=object
    )


def _smoothed(polygons: Any) -> Any:
    """The stair-steps of the cells taken off shared boundaries; the coast and border stay, the tiling stays exact."""
    return shapely.coverage_simplify(polygons, 110.0, simplify_boundary=False)


def _areas(
    level: Literal["district", "ward", "lsoa"], prefix: str, named: list[str], shapes: Any, parent: Any
) -> Areas:
    inside = shapely.get_coordinates(shapely.point_on_surface(shapes))
    codes = tuple(f"{prefix}{number:05d}" for number in range(1, len(shapes) + 1))
    return Areas(
        level, codes, tuple(named), shapes, np.asarray(parent, dtype=np.int32), inside[:, 0], inside[:, 1]
    )


def _with_quadrants(districts: Areas) -> Areas:
    """North and South are the three districts at each end, West the three westernmost of the rest, Mid the others."""
    count = len(districts.codes)
    label = np.full(count, "Mid", dtype=object)
    third = count // 4
    order = np.argsort(districts.northing_m)
    label[order[:third]], label[order[count - third :]] = "South", "North"
    rest = order[third : count - third]
    label[rest[np.argsort(districts.easting_m[rest])][:third]] = "West"
    return Areas(
        districts.level, districts.codes, districts.names, districts.polygons, districts.parent,
        districts.easting_m, districts.northing_m, tuple(str(word) for word in label),
    )  # fmt: skip


def _district_names(plan: Plan, settlements: Settlements) -> list[str]:
    return list(names.DISTRICT_NAMES[: settlements.seat_count])


def _ward_names(
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


def _lsoa_names(district_names: list[str], district: Any, ward: Any) -> list[str]:
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
