"""Districts, wards and LSOAs: small cells of ground gathered upwards, so that each level nests in the next exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely

from trigpoint.core.county import area_names
from trigpoint.core.county.atoms import Atoms, links_between, made_whole, make_atoms
from trigpoint.core.county.coast import Ground
from trigpoint.core.county.model import Areas, Geography, Indices
from trigpoint.core.county.noise import Floats, displaced, make_waves
from trigpoint.core.county.plan import Plan
from trigpoint.core.county.towns import Settlements


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
    links = links_between(atoms.points)
    district = made_whole(
        _districts_of(rng, plan, settlements, atoms), np.zeros(len(atoms.people), np.int32), links, atoms
    )
    ward = _split_each(rng, atoms, district, _shares(atoms.people, district, plan.ward_count, 0.85, 1))
    ward = made_whole(ward, district, links, atoms)
    lsoa = _split_each(rng, atoms, ward, _shares(atoms.people, ward, plan.lsoa_count, 1.0, 1))
    lsoa = made_whole(lsoa, ward, links, atoms)
    shapes = [_smoothed(_gather(atoms.polygons, lsoa))]
    ward_of_lsoa = _first_of(lsoa, ward)
    district_of_ward = _first_of(ward, district)
    shapes.append(_gather(shapes[0], ward_of_lsoa))
    shapes.append(_gather(shapes[1], district_of_ward))
    named_districts = area_names.district_names(settlements)
    named_wards = area_names.ward_names(rng, settlements, shapes[1], atoms, ward, district_of_ward)
    named_lsoas = area_names.lsoa_names(named_districts, district_of_ward[ward_of_lsoa], ward_of_lsoa)
    districts = _areas("district", "E079", named_districts, shapes[2], np.full(len(shapes[2]), -1))
    return Divided(
        districts=_with_quadrants(districts),
        wards=_areas("ward", "E059", named_wards, shapes[1], district_of_ward),
        lsoas=_areas("lsoa", "E019", named_lsoas, shapes[0], ward_of_lsoa),
        atoms=atoms,
        lsoa_of_atom=lsoa,
    )


def with_lsoa_moved(geography: Geography, lsoa: int, to_ward: int) -> Areas:
    """The wards after a change of boundary: one LSOA passes to another ward; both get new codes and keep their names.

    Wards still nest in districts and are still made of whole LSOAs where `to_ward` lies beside the LSOA in its district.
    """
    wards, lsoas = geography.wards, geography.lsoas
    parent = np.where(np.arange(len(lsoas.codes)) == lsoa, to_ward, lsoas.parent)
    codes, polygons = list(wards.codes), wards.polygons.copy()
    changed = sorted({int(lsoas.parent[lsoa]), to_ward})
    for number, ward in enumerate(changed, start=len(wards.codes) + 1):
        polygons[ward] = shapely.coverage_union_all(lsoas.polygons[parent == ward])
        codes[ward] = f"{wards.codes[ward][:4]}{number:05d}"
    inside = shapely.get_coordinates(shapely.point_on_surface(polygons))
    return Areas(wards.level, tuple(codes), wards.names, polygons, wards.parent, inside[:, 0], inside[:, 1])


def _districts_of(rng: np.random.Generator, plan: Plan, settlements: Settlements, atoms: Atoms) -> Indices:
    """Each town's ground goes with its nearest seat, nearness stretched by the seat's size."""
    fields = [make_waves(rng, 14_000.0, 900.0), make_waves(rng, 14_000.0, 900.0)]
    seats = settlements.points[: settlements.seat_count]
    pull = settlements.people[: settlements.seat_count] ** 0.12

    def nearest(points: Floats) -> Indices:
        moved = displaced(points, fields[0], fields[1]) if plan.has_island else points
        gap = np.hypot(*(moved[:, None, :] - seats[None, :, :]).T).T / pull
        made: Indices = gap.argmin(axis=1).astype(np.int32)
        return made

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
    made: Indices = count.astype(np.int32)
    return made


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
