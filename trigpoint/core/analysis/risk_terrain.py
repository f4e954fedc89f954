"""Risk terrain modelling: which features of a place go with more of what is recorded, and how much more."""

from collections.abc import Callable
from dataclasses import dataclass
from math import comb, log

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.count_model import CountModel, Tallies, fit_counts
from trigpoint.core.analysis.elastic_net import penalised_path
from trigpoint.core.analysis.risk_factors import Factor, Factors

__all__ = ["RiskTerrain", "relative_risk", "relative_risk_value", "risk_terrain", "tallies_of"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FOLDS = 5
REPLICATES = 50


@dataclass(frozen=True, slots=True, eq=False)
class RiskTerrain:
    """What was chosen of `tried` factors, k of them, over `cells` cells holding `events` events.

    `chosen` the factors, the largest risk first, with `coefficient` float64[k] (log scale) and `value` float64[k], the
    relative risk value exp(coefficient). `inclusion` float64[k]: in what share of bootstrap replicates the very factor
    was chosen again, `class_inclusion` the same of its class, by whatever kind and distance; NaN without replicates.
    `others` are classes not chosen, with the share of replicates that chose them. `model` is the fit, `other_bic` the
    BIC of the model of the other family, `null_bic` that of no factor in the model's own family; `screened` how
    many factors the penalised fit left. `relative` float64[cells] is each cell's risk over that of one with no factor.
    """

    chosen: tuple[Factor, ...]
    coefficient: Floats
    value: Floats
    inclusion: Floats
    class_inclusion: Floats
    others: tuple[tuple[str, float], ...]
    model: CountModel
    negative_binomial: bool
    other_bic: float
    null_bic: float
    tried: int
    screened: int
    cells: int
    events: int
    relative: Floats


def risk_terrain(
    counts: Ints,
    factors: Factors,
    rng: np.random.Generator,
    *,
    folds: NDArray[np.integer] | None = None,
    replicates: int = REPLICATES,
    tried_weighs: float = 1.0,
    progress: Callable[[int, int], None] | None = None,
) -> RiskTerrain:
    """Choose factors as RTMDx does, and say how firmly each is chosen.

    `counts` int64[cells]. 1. An elastic-net Poisson fit of all factors, coefficients never below 0 (a factor is one of
    *risk*), its penalty by cross-validation over `folds` (0..K−1 for each cell; five random ones if not given): those
    with a coefficient are kept. 2. From no factor, one is added or dropped at a time as long as the Bayesian
    information criterion falls, at most one kind and distance of each class, none below 0. Twice, Poisson and negative
    binomial: the lower is the model. To BIC is added `tried_weighs` · 2 ln C(factors tried, factors chosen), so that
    among sixty factors one by luck is not taken for a finding (Chen & Chen 2008, Biometrika 95: 759–771); 0 is RTMDx's
    plain BIC. 3. Both steps again, at the same penalty, on `replicates` bootstrap samples of cells.

    Sources, and how it misleads: docs/methods/facilities.md (Caplan & Kennedy 2011; Zou & Hastie 2005, J. R. Statist.
    Soc. B 67: 301–320). Raises ValueError where there is no event or the counts do not fit the factors.
    """
    if counts.shape != (factors.present.shape[0],) or not np.issubdtype(counts.dtype, np.integer):
        raise ValueError("there must be one whole count for each cell")
    if counts.size == 0 or counts.min() < 0 or counts.max() == 0:
        raise ValueError("without an event there is no risk to tell")
    patterns = _Patterns.of(factors.present)
    fold = rng.permutation(counts.size) % FOLDS if folds is None else np.asarray(folds)
    if fold.shape != counts.shape:
        raise ValueError("every cell needs its fold")
    whole = patterns.tallies(counts, np.ones(counts.size))
    parts = [patterns.tallies(counts, (fold == one).astype(np.float64)) for one in np.unique(fold)]
    penalty, kept = _screened(whole, parts)
    choice = _Choice(factors.factors, tried_weighs)
    model, picked, other_bic = choice.best(whole, kept)
    again = []
    for done in range(replicates):
        if progress is not None:
            progress(done, replicates)
        weights = rng.multinomial(counts.size, np.full(counts.size, 1.0 / counts.size)).astype(np.float64)
        again.append(_again(patterns.tallies(counts, weights), penalty, choice))
    return _told(factors, counts, model, picked, other_bic, len(kept), again, whole)


def relative_risk_value(coefficient: float) -> float:
    """How many times the risk of a cell without the factor one with it has, all else alike: exp β."""
    return float(np.exp(coefficient))


def relative_risk(coefficients: Floats, present: NDArray[np.generic]) -> Floats:
    """Each cell's risk over that of a cell with no factor, exp(b₀ + Σ bx)/exp(b₀), float64[cells].

    `coefficients` float64[k], without the intercept; `present` [cells, k].
    """
    risk: Floats = np.exp(np.asarray(present, dtype=np.float64) @ np.asarray(coefficients, dtype=np.float64))
    return risk


def tallies_of(counts: Ints, present: Bools) -> Tallies:
    """What a fit of the counts on these factors needs: cells alike in every factor told together."""
    return _Patterns.of(present).tallies(counts, np.ones(counts.size))


@dataclass(frozen=True, slots=True, eq=False)
class _Patterns:
    """The distinct rows of the factors, and which of them each cell has."""

    rows: Bools
    of_cell: NDArray[np.intp]

    @classmethod
    def of(cls, present: Bools) -> "_Patterns":
        packed = np.packbits(np.column_stack([present, np.ones(len(present), dtype=np.bool_)]), axis=1)
        as_one = np.ascontiguousarray(packed).view(np.dtype((np.void, packed.shape[1]))).ravel()
        _, first, of_cell = np.unique(as_one, return_index=True, return_inverse=True)
        return cls(present[first], of_cell)

    def tallies(self, counts: Ints, weights: Floats) -> Tallies:
        """Of the cells as often as they are weighed."""
        with_value = np.bincount(counts, weights).astype(np.float64)
        values = np.flatnonzero(with_value)
        cells, events = (
            np.bincount(self.of_cell, each, minlength=len(self.rows)).astype(np.float64)
            for each in (weights, weights * counts)
        )
        return Tallies(self.rows, cells, events, values.astype(np.float64), with_value[values])


def _screened(whole: Tallies, parts: list[Tallies]) -> tuple[float, list[int]]:
    """The penalty whose fits tell the events of the fold left out best, and the factors it leaves a coefficient."""
    path = penalised_path(whole)
    lost = np.zeros(path.penalties.size)
    for part in parts:
        rest = _without(whole, part)
        if rest.events.sum() > 0:
            lost += penalised_path(rest, path.penalties).deviance(part)
    best = int(lost.argmin()) if path.penalties.size else 0
    kept = np.flatnonzero(path.coefficients[best]).tolist() if path.penalties.size else []
    return float(path.penalties[best]) if path.penalties.size else 0.0, kept


def _without(whole: Tallies, part: Tallies) -> Tallies:
    return Tallies(
        whole.rows, whole.cells - part.cells, whole.events - part.events, whole.values, whole.with_value
    )


@dataclass(frozen=True, slots=True)
class _Choice:
    """How factors are chosen among those tried."""

    factors: tuple[Factor, ...]
    tried_weighs: float

    def best(self, tallies: Tallies, kept: list[int]) -> tuple[CountModel, tuple[int, ...], float]:
        """The model of the better family, its factors, and the BIC of the other."""
        poisson, spread = (self._stepwise(tallies, kept, family) for family in (False, True))
        (model, picked), (other, _) = sorted((poisson, spread), key=lambda one: self._criterion(*one))
        return model, picked, other.bic

    def _stepwise(
        self, tallies: Tallies, kept: list[int], negative_binomial: bool
    ) -> tuple[CountModel, tuple[int, ...]]:
        """One factor added or dropped at a time, whichever lowers the criterion most, until none does."""
        now: tuple[CountModel, tuple[int, ...]]
        now = (fit_counts(tallies, (), negative_binomial=negative_binomial), ())
        while True:
            near = self._nearby(now[1], kept)
            tried = ((_fit(tallies, some, negative_binomial, now[0]), some) for some in near)
            fits = [(fit, some) for fit, some in tried if fit is not None]
            best = min(fits, key=lambda one: self._criterion(*one), default=None)
            if best is None or self._criterion(*best) >= self._criterion(*now) - 1e-9:
                return now
            now = best

    def _nearby(self, picked: tuple[int, ...], kept: list[int]) -> list[tuple[int, ...]]:
        """With one factor more, of a class that has none yet, or with one fewer."""
        used = {self.factors[one].site_class for one in picked}
        more = [(*picked, one) for one in kept if self.factors[one].site_class not in used]
        return more + [tuple(one for one in picked if one != gone) for gone in picked]

    def _criterion(self, model: CountModel, picked: tuple[int, ...]) -> float:
        return model.bic + self.tried_weighs * 2.0 * log(comb(len(self.factors), len(picked)))


def _fit(
    tallies: Tallies, chosen: tuple[int, ...], negative_binomial: bool, near: CountModel
) -> CountModel | None:
    """The fit, unless one of its coefficients cannot be told or is no risk."""
    if chosen and tallies.events[tallies.rows[:, chosen[-1]]].sum() in (0.0, tallies.events.sum()):
        return None
    try:
        model = fit_counts(tallies, chosen, negative_binomial=negative_binomial, near=near)
    except ValueError:
        return None
    return model if (model.coefficients[1:] > 0).all() else None


def _again(tallies: Tallies, penalty: float, choice: _Choice) -> tuple[int, ...]:
    """What would have been chosen of a bootstrap sample."""
    if penalty <= 0 or tallies.events.sum() <= 0:
        return ()
    path = penalised_path(tallies, np.array([penalty]))
    return choice.best(tallies, np.flatnonzero(path.coefficients[0]).tolist())[1]


def _told(
    factors: Factors, counts: Ints, model: CountModel, picked: tuple[int, ...], other_bic: float, screened: int,
    again: list[tuple[int, ...]], whole: Tallies,
) -> RiskTerrain:  # fmt: skip
    order = sorted(range(len(picked)), key=lambda at: -model.coefficients[1 + at])
    chosen = [picked[at] for at in order]
    coefficient = model.coefficients[1:][order]
    classes = [{factors.factors[one].site_class for one in each} for each in again]
    every = sorted({one.site_class for one in factors.factors})
    times = {name: sum(name in each for each in classes) / max(len(again), 1) for name in every}
    named = tuple(factors.factors[one] for one in chosen)
    taken = {one.site_class for one in named}
    included = [sum(one in each for each in again) / len(again) if again else np.nan for one in chosen]
    spread = model.dispersion > 0
    return RiskTerrain(
        named, coefficient, np.exp(coefficient), np.array(included, dtype=np.float64),
        np.array([times[one.site_class] if again else np.nan for one in named], dtype=np.float64),
        tuple((name, times[name]) for name in every if name not in taken and again),
        model, spread, other_bic, fit_counts(whole, (), negative_binomial=spread).bic,
        len(factors.factors), screened, counts.size, int(counts.sum()),
        relative_risk(coefficient, factors.present[:, chosen]),
    )  # fmt: skip
