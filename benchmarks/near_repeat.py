"""Near repeats beside pointpats', in one run: `python -m benchmarks.near_repeat [--repeats N] [--full]`.

Places about a dozen towns and days of two years, from a fixed seed; one band of distance and one of days, which is what
pointpats has, 99 permutations. pointpats compares every record with every other, so it gets 2,000 records; with --full
ours is also timed on 100,000 in bands, with 999. Observed and expected must be the same; both p are drawn.
"""

import argparse
import os
import platform
import warnings
from importlib.metadata import version

import numpy as np

from benchmarks.gi_star import measure, require, show
from trigpoint.core.analysis.near_repeat import near_repeats

SEED, REPLICATES = 20240131, 99
NEAR_M, NEAR_DAYS = 200, 7


def records(number):
    rng = np.random.default_rng(SEED)
    middles = rng.uniform(0, 60_000, (12, 2))
    places = np.round(middles[rng.integers(0, 12, number)] + rng.normal(0, 2_000, (number, 2)))
    return places, rng.integers(0, 730, number)


def ours(places, days, edges_m, edges_days, replicates):
    def count():
        found = near_repeats(
            *places.T, days, edges_m, edges_days, replicates=replicates, rng=np.random.default_rng(SEED)
        )
        return np.array([found.observed[0, 0], found.expected[0, 0], found.p[0, 0]])

    return count


def pointpats_knox(places, days):
    from pointpats.spacetime import Knox

    def count():
        np.random.seed(SEED)
        found = Knox(places, days[:, None], delta=NEAR_M, tau=NEAR_DAYS, permutations=REPLICATES)
        return np.array([found.observed[0, 0], found.expected[0, 0], found.p_sim])

    return count


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--repeats", type=int, default=5)
    chosen = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    packages = ("numpy", "numba", "scipy", "pointpats")
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f};", end=" "
    )
    print(", ".join(f"{name} {version(name)}" for name in packages))
    places, days = records(2_000)
    print(f"\n{len(days):,} records, {NEAR_M} m, {NEAR_DAYS} days, {REPLICATES} permutations")
    print(f"  {'':<38}{'median':>14} {'p95':>14} {'peak':>12} {'ratio':>10}")
    # both of pointpats' limits are included; ours end before the upper
    edges = (0.0, float(np.nextafter(NEAR_M, NEAR_M + 1))), (0, NEAR_DAYS + 1)
    theirs = measure(pointpats_knox(places, days), 3)
    mine = measure(ours(places, days, *edges, REPLICATES), chosen.repeats)
    show("pointpats, Knox", theirs)
    show("Trigpoint", mine, theirs)
    same = np.allclose(mine.answer[:2], theirs.answer[:2], rtol=1e-9)
    require(same, f"observed {mine.answer[0]:.0f}, expected {mine.answer[1]:.4f}")
    if chosen.full:
        places, days = records(100_000)
        bands = (0.0, 1.0, 100.0, 200.0, 400.0), (0, 1, 8, 15, 29)
        show(
            "Trigpoint, 100,000 records, 16 bands, 999",
            measure(ours(places, days, *bands, 999), 1, warm=False),
        )


if __name__ == "__main__":
    main()
