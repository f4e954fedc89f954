"""Walking distances beside scipy, igraph and pandana, in one run: `python -m benchmarks.walking [--repeats N]`.

A street network of 60,000 junctions over an Essex-sized area, made from a fixed seed: towns that thin out, a tree
that joins everything and the shorter of the other links. Two questions: the nearest 5 of 550 sites for every
junction, and all of 3,000 sites within 800 metres' walk of each. Sites stand on junctions here, because that is
what the peers can do. Every pair of answers is compared, and a difference ends the run with exit 1. pandana is under
a licence we do not ship: it is measured where TRIGPOINT_PANDANA names a folder to import it from.
"""

import argparse
import os
import platform
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import dijkstra, minimum_spanning_tree
from scipy.spatial import Delaunay

from benchmarks.gi_star import Measured, measure, require, show
from trigpoint.core.geography.network import Positions, StreetNetwork, street_network
from trigpoint.core.geography.walking import nearest_sites, sites_within

SEED = 20240131
JUNCTIONS, ACROSS_M = 60_000, 60_000.0
NEAREST, FEW_SITES, MANY_SITES, WITHIN_M = 5, 550, 3_000, 800.0
CHUNK = 250
"""Rows of scipy's dense answer held at once where a limit makes most of them empty."""
SAME_M = 0.01

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class World:
    network: StreetNetwork
    graph: sparse.csr_matrix
    at: Floats


def world() -> World:
    rng = np.random.default_rng(SEED)
    at = _scattered(rng)
    links = _links(at)
    lines = shapely.linestrings(at[links])
    network = street_network(lines, links[:, 0], links[:, 1])
    shape = (JUNCTIONS, JUNCTIONS)
    graph = sparse.csr_matrix((network.cost_m, network.target, network.indptr), shape=shape)
    return World(network, graph, at)


def _scattered(rng: np.random.Generator) -> Floats:
    towns = rng.uniform(0, ACROSS_M, (40, 2))
    spread_m = rng.uniform(600, 2500, 40)
    town = rng.integers(0, 40, JUNCTIONS)
    at = towns[town] + rng.normal(0, 1, (JUNCTIONS, 2)) * spread_m[town, None]
    country = rng.random(JUNCTIONS) < 0.2
    at[country] = rng.uniform(0, ACROSS_M, (int(country.sum()), 2))
    return np.asarray(at)


def _links(at: Floats) -> NDArray[np.int64]:
    """A tree over the triangulation's shortest sides, and of the other sides those that are short for their ends."""
    corners = Delaunay(at).simplices
    sides = np.sort(np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]]), axis=1)
    sides = np.unique(sides, axis=0)
    length_m = np.hypot(*(at[sides[:, 0]] - at[sides[:, 1]]).T)
    whole = sparse.csr_matrix((length_m, (sides[:, 0], sides[:, 1])), shape=(len(at), len(at)))
    tree = minimum_spanning_tree(whole).tocoo()
    in_tree = np.sort(np.column_stack([tree.row, tree.col]), axis=1)
    mean_m = np.zeros(len(at))
    np.add.at(mean_m, sides.ravel(), np.repeat(length_m, 2))
    mean_m /= np.bincount(sides.ravel(), minlength=len(at))
    short = length_m < 0.95 * mean_m[sides].min(axis=1)
    return np.unique(np.concatenate([in_tree, sides[short]]), axis=0)


def sites_at(network: StreetNetwork, junctions: NDArray[np.integer]) -> Positions:
    """Sites that stand on junctions: at the start or the end of any segment there."""
    first = np.full(network.junctions, -1)
    first[network.end] = np.arange(network.end.size)
    ending = first.copy()
    first[network.start] = np.arange(network.start.size)
    segment = first[junctions]
    at_end = network.start[segment] != junctions
    segment = np.where(at_end, ending[junctions], segment)
    along_m = np.where(at_end, network.length_m[segment], 0.0)
    places = np.arange(junctions.size, dtype=np.int32)
    return Positions(places, segment.astype(np.int32), along_m, along_m, np.zeros(places.size), places.size)


def scipy_nearest(ground: World, sites: NDArray[np.integer]) -> Callable[[], Floats]:
    def work() -> Floats:
        away_m = dijkstra(ground.graph, directed=False, indices=sites)
        return np.sort(np.partition(away_m, NEAREST - 1, axis=0)[:NEAREST], axis=0).T

    return work


def scipy_within(ground: World, sites: NDArray[np.integer]) -> Callable[[], Floats]:
    def work() -> Floats:
        found = []
        for first in range(0, sites.size, CHUNK):
            away_m = dijkstra(
                ground.graph, directed=False, indices=sites[first : first + CHUNK], limit=WITHIN_M
            )
            site, node = np.nonzero(np.isfinite(away_m))
            found.append(np.column_stack([node, site + first, away_m[site, node]]))
        return _in_order(np.concatenate(found))

    return work


def igraph_nearest(ground: World, sites: NDArray[np.integer]) -> Callable[[], Floats]:
    import igraph  # type: ignore[import-untyped]

    links = np.column_stack([ground.network.start, ground.network.end])
    graph = igraph.Graph(n=JUNCTIONS, edges=links.tolist())
    length_m = ground.network.length_m.tolist()

    def work() -> Floats:
        away_m = np.array(graph.distances(source=sites.tolist(), weights=length_m))
        return np.sort(np.partition(away_m, NEAREST - 1, axis=0)[:NEAREST], axis=0).T

    return work


def pandana_nearest(ground: World, sites: NDArray[np.integer]) -> Callable[[], Floats] | None:
    """None, with a sentence, where pandana is not to be had."""
    folder = os.environ.get("TRIGPOINT_PANDANA")
    if folder:
        sys.path.append(folder)
    try:
        import pandana  # type: ignore[import-not-found]
        import pandas as pd  # type: ignore[import-untyped]
    except ImportError:
        print("  pandana: skipped, since TRIGPOINT_PANDANA names no folder it can be imported from")
        return None
    near, at = ground.network, ground.at
    made = pandana.Network(
        pd.Series(at[:, 0]), pd.Series(at[:, 1]), pd.Series(near.start), pd.Series(near.end),
        pd.DataFrame({"metres": near.length_m}), twoway=True,
    )  # fmt: skip
    far_m = 60_000.0
    east, north = pd.Series(at[sites, 0]), pd.Series(at[sites, 1])

    def work() -> Floats:
        made.set_pois("sites", far_m, NEAREST, east, north)
        return np.asarray(made.nearest_pois(far_m, "sites", num_pois=NEAREST))

    return work


def our_nearest(ground: World, sites: NDArray[np.integer]) -> Callable[[], Floats]:
    at = sites_at(ground.network, sites)
    return lambda: nearest_sites(ground.network, at, NEAREST).distance_m


def our_within(ground: World, sites: NDArray[np.integer]) -> Callable[[], Floats]:
    at = sites_at(ground.network, sites)

    def work() -> Floats:
        found = sites_within(ground.network, at, WITHIN_M)
        node = np.repeat(np.arange(ground.network.junctions), np.diff(found.indptr))
        return np.column_stack([node, found.site, found.distance_m])

    return work


def _in_order(rows: Floats) -> Floats:
    return rows[np.lexsort((rows[:, 1], rows[:, 0]))]


def compare_nearest(ground: World, sites: NDArray[np.integer], repeats: int) -> None:
    print(f"\nNearest {NEAREST} of {sites.size} sites for each junction")
    ours = measure(our_nearest(ground, sites), repeats)
    peers = {"scipy, dijkstra and partition": scipy_nearest(ground, sites)}
    peers["igraph, distances and partition"] = igraph_nearest(ground, sites)
    pandana = pandana_nearest(ground, sites)
    peers |= {"pandana, set_pois and nearest_pois": pandana} if pandana else {}
    for name, work in peers.items():
        theirs = measure(work, max(1, repeats // 10), warm=False)
        show(name, theirs)
        show("  Trigpoint, k labels", ours, theirs)
        widest = float(np.abs(ours.answer - theirs.answer).max())
        require(widest <= SAME_M, f"distances differ by at most {widest:.1e} m")


def compare_within(ground: World, sites: NDArray[np.integer], repeats: int) -> None:
    print(f"\nAll of {sites.size} sites within {WITHIN_M:g} m of each junction")
    ours = measure(our_within(ground, sites), repeats)
    theirs: Measured = measure(scipy_within(ground, sites), max(3, repeats // 10))
    show("scipy, dijkstra with a limit", theirs)
    show("  Trigpoint", ours, theirs)
    same = ours.answer.shape == theirs.answer.shape
    require(same and bool((ours.answer[:, :2] == theirs.answer[:, :2]).all()), f"{len(ours.answer):,} pairs")
    widest = float(np.abs(ours.answer[:, 2] - theirs.answer[:, 2]).max())
    require(widest <= SAME_M, f"distances differ by at most {widest:.1e} m")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--repeats", type=int, default=20)
    chosen = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    packages = ("numpy", "numba", "scipy", "igraph", "shapely")
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f};", end=" "
    )
    print(", ".join(f"{name} {version(name)}" for name in packages))
    ground = world()
    near = ground.network
    print(
        f"{near.junctions:,} junctions, {near.start.size:,} segments of {near.length_m.mean():.0f} m on average"
    )
    print(f"  {'':<38}{'median':>14} {'p95':>14} {'peak':>12} {'ratio':>10}")
    rng = np.random.default_rng(SEED)
    compare_nearest(ground, rng.choice(JUNCTIONS, FEW_SITES, replace=False), chosen.repeats)
    compare_within(ground, rng.choice(JUNCTIONS, MANY_SITES, replace=False), chosen.repeats)


if __name__ == "__main__":
    main()
