"""Small cells of ground, fine where people live, from which every area is gathered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import Delaunay

from trigpoint.core.county.coast import Ground
from trigpoint.core.county.model import Indices
from trigpoint.core.county.noise import Floats
from trigpoint.core.county.plan import Plan
from trigpoint.core.county.towns import Settlements


@dataclass(frozen=True, slots=True)
class Atoms:
    """Cells of ground: polygons tile the county; `people` are guesses that only weigh them; `town` −1 in open country."""

    polygons: Any
    points: Floats
    people: Floats
    town: Indices


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


def links_between(points: Floats) -> NDArray[np.int64]:
    """Pairs of neighbouring atoms (n, 2)."""
    corners = Delaunay(points).simplices
    pairs = np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]])
    return np.unique(np.sort(pairs, axis=1), axis=0).astype(np.int64)


def made_whole(label: Indices, within: Indices, links: NDArray[np.int64], atoms: Atoms) -> Indices:
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
