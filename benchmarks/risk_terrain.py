"""One elastic-net Poisson fit of 50,000 cells × 60 factors beside glum and statsmodels: `python -m benchmarks.risk_terrain`.

All three minimise the same penalised deviance at one penalty, coefficients free of sign on the peers' side where they
cannot be bounded; the world is planted so that the bounded and the free least are one to within the tolerance compared.
Ours is told cells alike in every factor together, and that telling is in its time. statsmodels is fitted
once, at its own tolerance (a tighter one took minutes and did not converge). A difference of the objectives ends the run
with exit 1. With --full the whole model is made too: five folds, both families, fifty bootstrap replicates.
"""

import argparse
import os
import platform
import time
import warnings
from collections.abc import Callable
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.elastic_net import MIXTURE, penalised_path
from trigpoint.core.analysis.risk_factors import factor_distances, risk_factors
from trigpoint.core.analysis.risk_terrain import risk_terrain, tallies_of

SEED, SIDE_CELLS, CELL_M = 20240131, 224, 130.0
SITES = {"school": 500, "hotel": 120, "takeaway": 900, "bus_stop": 2400, "station": 60}
Floats = NDArray[np.float64]


def world():
    rng = np.random.default_rng(SEED)
    axis = np.arange(SIDE_CELLS) * CELL_M
    east, north = (one.ravel() for one in np.meshgrid(axis, axis))
    sites = {kind: rng.uniform(0, axis[-1], (many, 2)) for kind, many in SITES.items()}
    factors = risk_factors(east, north, sites, factor_distances(200.0))
    chosen = [
        at for at, one in enumerate(factors.factors) if (one.kind, one.distance_m) == ("proximity", 300.0)
    ]
    mean = 0.05 * np.exp(factors.present[:, chosen] @ rng.uniform(0.2, 1.0, len(chosen)))
    return rng.poisson(mean * rng.gamma(0.7, 1 / 0.7, mean.size)), factors


def timed(work: Callable[[], Floats], repeats: int) -> tuple[list[float], Floats]:
    work()
    times, answer = [], np.empty(0)
    for _ in range(repeats):
        began = time.perf_counter()
        answer = work()
        times.append((time.perf_counter() - began) * 1e3)
    return times, answer


def show(name: str, times: list[float], peer: float | None = None) -> None:
    ratio = f"{peer / np.median(times):8.1f}x" if peer else ""
    print(
        f"  {name:<44}{np.median(times):11,.1f} ms  p95 {np.percentile(times, 95):11,.1f} ms {ratio}",
        flush=True,
    )


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--full", action="store_true", help="the whole model with its bootstrap too")
    chosen = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    from glum import GeneralizedLinearRegressor
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    packages = ("numpy", "numba", "glum", "statsmodels")
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f};", end=" "
    )
    print(", ".join(f"{name} {version(name)}" for name in packages))
    counts, factors = world()
    present = factors.present
    rows = len(tallies_of(counts, present).rows)
    print(
        f"{present.shape[0]:,} cells × {present.shape[1]} factors, {counts.sum():,} events, {rows:,} distinct cells"
    )
    penalty = float(penalised_path(tallies_of(counts, present)).penalties[10])
    deviation = present.std(axis=0)
    scaled = present / deviation

    def objective(b: Floats) -> float:
        linear = b[0] + scaled @ b[1:]
        weighed = MIXTURE * np.abs(b[1:]).sum() + (1 - MIXTURE) / 2 * (b[1:] ** 2).sum()
        return float(np.mean(np.exp(linear) - counts * linear) + penalty * weighed)

    def ours() -> Floats:
        path = penalised_path(tallies_of(counts, present), np.array([penalty]))
        return np.r_[path.intercepts[0], path.coefficients[0] * deviation]

    def glums() -> Floats:
        model = GeneralizedLinearRegressor(
            family="poisson",
            alpha=penalty,
            l1_ratio=MIXTURE,
            lower_bounds=np.zeros(scaled.shape[1]),
            gradient_tol=1e-7,
        ).fit(scaled, counts)
        return np.r_[model.intercept_, model.coef_]

    def theirs() -> Floats:
        design = np.column_stack([np.ones(len(scaled)), scaled])
        weights = np.r_[0.0, np.full(scaled.shape[1], penalty)]
        fit = GLM(counts, design, family=Poisson()).fit_regularized(alpha=weights, L1_wt=MIXTURE)
        return np.asarray(fit.params)

    mine, own = timed(ours, chosen.repeats)
    peer, answer = timed(glums, chosen.repeats)
    show("elastic net, Trigpoint", mine)
    show("elastic net, glum", peer)
    began = time.perf_counter()
    slow = theirs()
    once = [(time.perf_counter() - began) * 1e3]
    show("elastic net, statsmodels, once", once)
    print(
        f"  glum / ours {np.median(peer) / np.median(mine):.1f}x, statsmodels / ours {once[0] / np.median(mine):.0f}x"
    )
    least = objective(own)
    for name, other in (("glum", answer), ("statsmodels, its signs free", slow)):
        apart = objective(other) - least
        print(f"  objective of {name}: {apart:+.1e} from ours")
        if abs(apart) > (1e-6 if name == "glum" else 1e-3):
            raise SystemExit(1)
    if chosen.full:
        began = time.perf_counter()
        model = risk_terrain(counts, factors, np.random.default_rng(1))
        print(
            f"  whole model, five folds, {50} replicates: {time.perf_counter() - began:.1f} s, {model.chosen}"
        )


if __name__ == "__main__":
    main()
