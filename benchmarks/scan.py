"""The space-time permutation scan beside its peers: `python -m benchmarks.scan [--full] [--repeats N]`.

The size is that of SaTScan's published figure below: 100,000 events, 12,425 centres, some 49 nested sets each, 104
weeks. SaTScan is found by the path in TRIGPOINT_SATSCAN, its batch program, and skipped with a sentence otherwise; it is
never part of this package. Both sides get the same places, steps and rule for ties. Its best log likelihood ratio must
be ours to 1e-6, and so must that of a plain numpy scan of every cylinder, on a smaller world. Times are wall clock:
ours on one thread, SaTScan's on all cores, its default. --full also has SaTScan make 99 replicates.
"""

import argparse
import math
import os
import platform
import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlogy

from benchmarks.gi_star import _memory_mb, _reset_peak, require
from trigpoint.core.analysis.scan import MODES, Mode, Scanned, scan
from trigpoint.core.analysis.scan_nest import nested
from trigpoint.core.analysis.scan_ratio import bounds_for
from trigpoint.core.analysis.scan_search import Rules, cases_to, search
from trigpoint.core.analysis.scan_zones import zones_within

SEED = 20240131
EVENTS, CENTRES, SETS, WEEKS = 100_000, 12_425, 49, 104
SIDE_M = 60_000.0
RECORDED = "SaTScan 10.3, recorded earlier on a two-core machine, not in this run: first scan 36 s, 0.87 s a replicate"


@dataclass(frozen=True, slots=True, eq=False)
class World:
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    place: NDArray[np.int64]
    step: NDArray[np.int64]
    steps: int
    radius_m: float


def world(events: int, centres: int, sets: int, steps: int) -> World:
    """Places with unlike many events, every place with one at least, and one true burst."""
    rng = np.random.default_rng(SEED)
    x, y = np.round(rng.uniform(0, SIDE_M, (2, centres)), 1)
    weight = rng.gamma(1.5, 1.0, centres)
    place = np.concatenate(
        [np.arange(centres), rng.choice(centres, events - centres, p=weight / weight.sum())]
    )
    step = rng.integers(0, steps, events)
    near = np.hypot(x[place] - SIDE_M / 2, y[place] - SIDE_M / 2) < 1500
    step[near & (rng.random(events) < 0.15)] = steps - 1
    return World(x, y, place, step, steps, math.sqrt(sets / centres * SIDE_M**2 / math.pi))


def ours(given: World, mode: Mode, repeats: int) -> float:
    began = time.perf_counter()
    zones = zones_within(given.x, given.y, given.radius_m, ties="one")
    rules = Rules(given.steps // 2, mode == "prospective", 2)
    place, step = given.place.astype(np.int32), given.step.astype(np.int32)
    made = nested(place, step, np.zeros_like(place), zones, given.steps, 0.5, rules)
    bounds = bounds_for(place.size, 2)
    before = time.perf_counter() - began

    def largest(steps: NDArray[np.int32], enough: float) -> float:
        held = cases_to(made.place, steps, made.nest.cases.shape[0], given.steps, made.begin)
        return float(search(made.nest, held, rules, bounds, 0.0, enough))

    memory_mb = _reset_peak()
    first, best = timed(lambda: largest(step, np.inf), 5)
    rng = np.random.default_rng(1)
    whole, _ = timed(lambda: largest(rng.permutation(step), np.inf), repeats)
    peak_mb = _memory_mb("VmHWM") - memory_mb
    print(f"  {mode}: {zones.places.size / zones.centres:.1f} sets a centre, LLR {best:.6f}")
    show("  Trigpoint, circles and nested sets", np.array([before]))
    show("  Trigpoint, first scan", first)
    show(f"  Trigpoint, a replicate ({repeats})", whole, peak_mb)
    return best


def timed(work: Callable[[], float], repeats: int) -> tuple[NDArray[np.float64], float]:
    work()
    seconds, answer = [], math.nan
    busy = time.thread_time()
    for _ in range(repeats):
        began = time.perf_counter()
        answer = work()
        seconds.append(time.perf_counter() - began)
    print(f"    of this thread's own time, a run: {(time.thread_time() - busy) / repeats:.3f} s")
    return np.array(seconds), answer


def show(name: str, seconds: NDArray[np.float64], peak_mb: float = math.nan) -> None:
    peak = "" if math.isnan(peak_mb) else f"{peak_mb:8,.1f} MB"
    print(
        f"  {name:<44}{np.median(seconds):9.3f} s median {np.percentile(seconds, 95):9.3f} s p95 {peak}",
        flush=True,
    )


def every_cylinder(given: World, mode: Mode) -> float:
    """The largest ratio by looking at every cylinder with numpy: the independent answer."""
    total, best = given.place.size, 0.0
    table = np.zeros((given.x.size, given.steps + 1))
    np.add.at(table, (given.place, given.step + 1), 1)
    held_to = table.cumsum(axis=1)
    through = held_to.sum(axis=0)
    first, last = np.triu_indices(given.steps + 1, 1)
    keep = (last - first <= given.steps // 2) & ((mode != "prospective") | (last == given.steps))
    first, last = first[keep], last[keep]
    for centre in range(given.x.size):
        away = np.round(1000 * np.hypot(given.x - given.x[centre], given.y - given.y[centre]))
        away[centre] = -1
        near = np.lexsort((given.y, given.x, away))
        near = near[away[near] <= round(1000 * given.radius_m)]
        sums = held_to[near].cumsum(axis=0)
        sums = sums[sums[:, -1] <= total / 2]
        cases = sums[:, last] - sums[:, first]
        expected = sums[:, -1:] * (through[last] - through[first]) / total
        beyond = total - cases
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = xlogy(cases, cases / expected) + xlogy(beyond, beyond / (total - expected))
        found = np.where((cases > expected) & (cases >= 2), ratio, 0.0)
        best = max(best, float(found.max(initial=0.0)))
    return best


def satscan(given: World, mode: Mode, replicates: int) -> tuple[float, float] | None:
    """Seconds and the best ratio of SaTScan, or None where it is not to be found."""
    program = os.environ.get("TRIGPOINT_SATSCAN")
    if not program or not Path(program).exists():
        return None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        points = zip(given.x.tolist(), given.y.tolist(), strict=True)
        (folder / "a.geo").write_text(
            "".join(f"{number} {x!r} {y!r}\n" for number, (x, y) in enumerate(points))
        )
        cases = zip(given.place.tolist(), given.step.tolist(), strict=True)
        (folder / "a.cas").write_text("".join(f"{place} 1 {step}\n" for place, step in cases))
        settings = {
            "CaseFile": folder / "a.cas", "CoordinatesFile": folder / "a.geo", "ResultsFile": folder / "a.txt",
            "PrecisionCaseTimes": 4, "StartDate": 0, "EndDate": given.steps - 1, "CoordinatesType": 0,
            "AnalysisType": 4 if mode == "prospective" else 3, "ModelType": 2, "ScanAreas": 1, "TimeAggregationUnits": 4,
            "TimeAggregationLength": 1, "MaxSpatialSizeInPopulationAtRisk": 50, "UseDistanceFromCenterOption": "y",
            "MaxSpatialSizeInDistanceFromCenter": given.radius_m, "MaxTemporalSize": 50,
            "MaxTemporalSizeInterpretation": 0, "MonteCarloReps": replicates, "PValueReportType": 1,
            "MinimumCasesInHighRateClusters": 2, "LogRunToHistoryFile": "n", "OutputGoogleEarthKML": "n",
            "OutputShapefiles": "n", "SuppressWarnings": "y",
        }  # fmt: skip
        words = [f"--{key}={value}" for key, value in settings.items()]
        began = time.perf_counter()
        done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - began
        found = re.search(r"Test statistic\.+: ([\d.]+)", (folder / "a.txt").read_text())
        if done.returncode or not found:
            raise SystemExit(f"SaTScan: {done.stdout[-400:]} {done.stderr[-400:]}")
        return seconds, float(found[1])


def against_satscan(given: World, mode: Mode, best: float, full: bool) -> None:
    first = satscan(given, mode, 0)
    if first is None:
        print("  SaTScan is skipped: TRIGPOINT_SATSCAN does not name its batch program.")
        return
    show("  SaTScan, reading, circles and first scan", np.array([first[0]]))
    require(abs(first[1] - best) <= 1e-6, f"LLR {first[1]:.6f}, SaTScan's")
    if full:
        more = satscan(given, mode, 99)
        if more is not None:
            show("  SaTScan, a replicate (99, all cores)", np.array([(more[0] - first[0]) / 99]))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--full", action="store_true", help="SaTScan's replicates too")
    parser.add_argument("--repeats", type=int, default=30)
    chosen = parser.parse_args(arguments)
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "numba", "scipy"))
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load}; {packages}")
    small, large = world(3000, 250, 25, 30), world(EVENTS, CENTRES, SETS, WEEKS)
    for mode in MODES:
        zones = zones_within(small.x, small.y, small.radius_m, ties="one")
        asked = Scanned(mode=mode, replicates=0)
        rng = np.random.default_rng(0)
        found = (
            scan(small.place, small.step, zones, steps=small.steps, rng=rng, scanned=asked).clusters[0].llr
        )
        plain = every_cylinder(small, mode)
        require(abs(found - plain) <= 1e-9 * plain, f"LLR {plain:.9f} of every cylinder with numpy, {mode}")
    print(f"\n{EVENTS:,} events, {CENTRES:,} centres, {WEEKS} weeks\n  {RECORDED}")
    for mode in MODES:
        against_satscan(large, mode, ours(large, mode, chosen.repeats), chosen.full)


if __name__ == "__main__":
    main()
