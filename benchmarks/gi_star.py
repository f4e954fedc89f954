"""Gi* and its probabilities beside esda's, in one run: `python -m benchmarks.gi_star [--full] [--repeats N]`.

Both sides get the same counts and the same neighbours, made from a fixed seed: H3 resolution-9 cells over an
Essex-sized disc, and a grid of 307,200 squares. esda's permutations on the grid take minutes and are run once,
with --full only. Every pair of answers is compared, and a difference ends the run with exit 1. Times are wall
clock, one thread on our side and a process a core, its default, on esda's; memory is the peak of this process
during the work above what it held before (Linux only; esda's worker processes are not in it).
"""

import argparse
import ctypes
import gc
import math
import os
import platform
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
from h3.api import basic_int
from numpy.typing import NDArray

from trigpoint.core.analysis.exact import exact_p, exact_p_own_value_fixed
from trigpoint.core.analysis.getis_ord import gi_star
from trigpoint.core.analysis.hotspot import find_hotspots
from trigpoint.core.geography.neighbours import Neighbours, ring_neighbours

SEED = 20240131
PERMUTATIONS = 999
CELLS = 39_421
GRID_ROWS, GRID_COLUMNS = 480, 640

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class World:
    name: str
    counts: NDArray[np.int64]
    neighbours: Neighbours


@dataclass(frozen=True, slots=True)
class Measured:
    median_ms: float
    p95_ms: float
    peak_mb: float
    answer: Floats


def hexagons() -> World:
    disc = basic_int.grid_disk(basic_int.latlng_to_cell(51.77, 0.57, 9), 115)
    cells = np.sort(np.array(disc[:CELLS], dtype=np.uint64))
    places = np.array([basic_int.cell_to_latlng(cell) for cell in cells.tolist()])
    return World(f"{cells.size:,} H3 cells, ring 1", _counts(places), ring_neighbours(cells))


def squares() -> World:
    at = np.arange(GRID_ROWS * GRID_COLUMNS).reshape(GRID_ROWS, GRID_COLUMNS)
    steps = [
        (at[:, 1:], at[:, :-1]),
        (at[1:], at[:-1]),
        (at[1:, 1:], at[:-1, :-1]),
        (at[1:, :-1], at[:-1, 1:]),
    ]
    one, other = (np.concatenate([step[side].ravel() for step in steps]) for side in (0, 1))
    rows, columns = np.concatenate([one, other]), np.concatenate([other, one])
    indptr = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=at.size))])
    near = Neighbours(indptr, columns[np.lexsort((columns, rows))].astype(np.int32))
    places = np.argwhere(at >= 0) / (GRID_ROWS, GRID_COLUMNS)
    return World(f"{near.units:,} grid squares, queen", _counts(places), near)


def _counts(places: Floats) -> NDArray[np.int64]:
    """Skewed counts: mostly none, a dozen towns, and a few single places with very many."""
    rng = np.random.default_rng(SEED)
    spread = (places - places.mean(axis=0)) / places.std(axis=0)
    towns = spread[rng.integers(0, len(spread), 12)]
    near_town = np.exp(-((spread[:, None, :] - towns) ** 2).sum(axis=2) / 0.004).sum(axis=1)
    counts = rng.negative_binomial(0.3, 0.3 / (0.3 + 0.2 + 4.0 * near_town))
    counts[rng.integers(0, len(spread), 20)] += rng.integers(20, 120, 20)
    return counts.astype(np.int64)


def our_z(world: World) -> Callable[[], Floats]:
    return lambda: gi_star(world.counts, world.neighbours).z


def our_p(world: World) -> Callable[[], Floats]:
    star = gi_star(world.counts, world.neighbours)
    around = star.around.astype(np.int64)
    return lambda: exact_p(world.counts, around, star.window_sizes)


def our_p_own_value_fixed(world: World) -> Callable[[], Floats]:
    star = gi_star(world.counts, world.neighbours)
    around = star.around.astype(np.int64)
    return lambda: exact_p_own_value_fixed(world.counts, around, star.window_sizes)


def our_whole_answer(world: World) -> Callable[[], Floats]:
    return lambda: find_hotspots(world.counts, world.neighbours).q


def esda_z(world: World) -> Callable[[], Floats]:
    from esda.getisord import G_Local

    values, weights = world.counts.astype(float), _esda_weights(world.neighbours)
    return lambda: np.asarray(G_Local(values, weights, transform="B", star=True, permutations=0).Zs)


def esda_p(world: World) -> Callable[[], Floats]:
    from esda.getisord import G_Local

    values, weights = world.counts.astype(float), _esda_weights(world.neighbours)
    chosen = {"transform": "B", "star": True, "permutations": PERMUTATIONS, "keep_simulations": False}
    return lambda: np.asarray(G_Local(values, weights, **chosen, seed=SEED).p_sim)


def _esda_weights(near: Neighbours) -> object:
    from libpysal.graph import Graph

    focal = np.repeat(np.arange(near.units), near.degrees)
    return Graph.from_arrays(focal, near.indices.astype(np.int64), np.ones(focal.size))


def measure(work: Callable[[], Floats], repeats: int, *, warm: bool = True) -> Measured:
    """Once to warm and compile, then timed; memory is the peak over the timed runs."""
    if warm:
        work()
    before_mb = _reset_peak()
    times_ms, answer = [], np.empty(0)
    for _ in range(repeats):
        began = time.perf_counter()
        answer = work()
        times_ms.append((time.perf_counter() - began) * 1e3)
    peak_mb = _memory_mb("VmHWM") - before_mb
    return Measured(float(np.median(times_ms)), float(np.percentile(times_ms, 95)), peak_mb, answer)


def _reset_peak() -> float:
    if sys.platform != "linux":
        return math.nan
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
    Path("/proc/self/clear_refs").write_text("5")
    return _memory_mb("VmRSS")


def _memory_mb(field: str) -> float:
    if sys.platform != "linux":
        return math.nan
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field)) / 1024


def show(name: str, measured: Measured, peer: Measured | None = None) -> None:
    ratio = f"{peer.median_ms / measured.median_ms:9,.0f}x" if peer else ""
    times = f"{measured.median_ms:11,.2f} ms {measured.p95_ms:11,.2f} ms"
    print(f"  {name:<38}{times} {measured.peak_mb:9,.1f} MB {ratio}", flush=True)


def require(same: bool, what: str) -> None:
    print(f"  {'same answer' if same else 'DIFFERENT ANSWERS'}: {what}")
    if not same:
        raise SystemExit(1)


def compare(world: World, repeats: int, with_permutations: bool) -> None:
    print(f"\n{world.name}; {world.counts.sum():,} records, largest {world.counts.max()}, ", end="")
    print(f"{(world.counts > 0).sum():,} units not empty")
    print(f"  {'':<38}{'median':>14} {'p95':>14} {'peak':>12} {'ratio':>10}")
    peer_repeats = max(3, repeats // 10)
    theirs = measure(esda_z(world), peer_repeats)
    ours = measure(our_z(world), repeats)
    show("z, esda, binary weights", theirs)
    show("z, Trigpoint", ours, theirs)
    widest = float(np.abs(ours.answer - theirs.answer).max())
    require(widest <= 1e-10, f"z differs by at most {widest:.1e}")
    compare_p(world, repeats, with_permutations)
    whole = measure(our_whole_answer(world), repeats)
    show("z, exact p, q and hotspots, Trigpoint", whole)


def compare_p(world: World, repeats: int, with_permutations: bool) -> None:
    exact, fixed = measure(our_p(world), repeats), measure(our_p_own_value_fixed(world), repeats)
    if not with_permutations:
        show("exact p, full permutation", exact)
        show("exact p, own value fixed", fixed)
        print("  esda's permutations at this size: with --full")
        return
    large = world.counts.size > 100_000
    theirs = measure(esda_p(world), 1 if large else 3, warm=not large)
    show(f"p, esda, {PERMUTATIONS} permutations", theirs)
    show("exact p, full permutation", exact, theirs)
    show("exact p, own value fixed", fixed, theirs)
    # esda folds its p to the nearer tail; every unit within six standard errors and three permutations
    p = np.minimum(fixed.answer, 1 - fixed.answer)
    off = np.abs(theirs.answer - p)
    allowed = 6 * np.sqrt(p * (1 - p) / PERMUTATIONS) + 3 / PERMUTATIONS
    require(bool((off <= allowed).all()), f"own-value-fixed p within sampling error, mean {off.mean():.4f}")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--full", action="store_true", help="esda's permutations on the grid too (minutes)")
    parser.add_argument("--repeats", type=int, default=50)
    chosen = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    packages = ("numpy", "numba", "scipy", "h3", "esda", "libpysal")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores;", end=" ")
    print(", ".join(f"{name} {version(name)}" for name in packages))
    compare(hexagons(), chosen.repeats, with_permutations=True)
    compare(squares(), chosen.repeats, with_permutations=chosen.full)


if __name__ == "__main__":
    main()
