"""Poisson and negative binomial regression of counts on a few yes-or-no factors, by their exact sufficient tallies."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, gammaln, polygamma

__all__ = ["CountModel", "Tallies", "fit_counts"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

_STEPS = 60
_ROUNDS = 60
_CLOSE = 1e-9
_LOOSEST, _TIGHTEST = np.log(1e-4), np.log(1e6)


@dataclass(frozen=True, slots=True, eq=False)
class Tallies:
    """Cells alike in every factor are told together: nothing that a fit needs is lost.

    `rows` bool[p, f] the distinct patterns of factors; `cells` and `events` float64[p], how many cells have the pattern
    and how many events they hold; `values` and `with_value` float64[v], the distinct counts and how many cells hold
    each. Numbers of cells may be weights (a bootstrap's).
    """

    rows: Bools
    cells: Floats
    events: Floats
    values: Floats
    with_value: Floats


@dataclass(frozen=True, slots=True, eq=False)
class CountModel:
    """A fit. `coefficients` float64[1 + k], the intercept first, on the log scale; `dispersion` is α of the variance
    μ + αμ² (0 for Poisson); `log_likelihood` in full; `parameters` how many were fitted, the dispersion among them;
    `bic` −2·log likelihood + parameters·ln(cells), and `aic`."""

    coefficients: Floats
    dispersion: float
    log_likelihood: float
    parameters: int
    cells: float

    @property
    def bic(self) -> float:
        return float(self.parameters * np.log(self.cells) - 2.0 * self.log_likelihood)

    @property
    def aic(self) -> float:
        return float(2.0 * self.parameters - 2.0 * self.log_likelihood)


def fit_counts(
    tallies: Tallies,
    chosen: tuple[int, ...],
    *,
    negative_binomial: bool = False,
    near: CountModel | None = None,
) -> CountModel:
    """Maximum likelihood of counts on the chosen factors: log μ = b₀ + Σ b·x.

    Poisson, or negative binomial with variance μ + αμ² (NB2; Cameron & Trivedi 1998), α fitted too. `near` is a fit of
    about the same, whose α is begun with: it saves time and changes nothing. Raises ValueError
    where there is no event, or where a coefficient cannot be told (a factor without an event, or two that are one).
    """
    design, cells, events = _collapsed(tallies, chosen)
    if events.sum() <= 0:
        raise ValueError("without an event there is nothing to fit")
    coefficients = np.zeros(design.shape[1])
    coefficients[0] = np.log(events.sum() / cells.sum())
    size = np.inf
    if negative_binomial:
        size = 1.0 / near.dispersion if near is not None else _first_size(tallies)
        for _ in range(_ROUNDS):
            coefficients = _coefficients(design, cells, events, coefficients, size)
            before, size = size, _size(tallies, cells, events, np.exp(design @ coefficients), size)
            if abs(np.log(size / before)) < _CLOSE:
                break
    coefficients = _coefficients(design, cells, events, coefficients, size)
    likelihood = _log_likelihood(tallies, cells, events, np.exp(design @ coefficients), size)
    return CountModel(
        coefficients, 1.0 / size, likelihood, coefficients.size + negative_binomial, float(cells.sum())
    )


def _collapsed(tallies: Tallies, chosen: tuple[int, ...]) -> tuple[Floats, Floats, Floats]:
    code = tallies.rows[:, list(chosen)] @ (1 << np.arange(len(chosen), dtype=np.int64))
    kinds, of_row = np.unique(code, return_inverse=True)
    columns = [(kinds >> place & 1).astype(np.float64) for place in range(len(chosen))]
    cells = np.bincount(of_row, tallies.cells).astype(np.float64)
    events = np.bincount(of_row, tallies.events).astype(np.float64)
    held = cells > 0
    return np.column_stack([np.ones(kinds.size), *columns])[held], cells[held], events[held]


def _coefficients(design: Floats, cells: Floats, events: Floats, start: Floats, size: float) -> Floats:
    """Fisher scoring; a step that would worsen the fit is halved."""
    now, best = start, _fit(design, cells, events, start, size)
    for _ in range(_STEPS):
        mean = np.exp(design @ now)
        shrunk = 1.0 / (1.0 + mean / size)
        information = (design * (cells * mean * shrunk)[:, None]).T @ design
        try:
            step = np.linalg.solve(information, design.T @ ((events - cells * mean) * shrunk))
        except np.linalg.LinAlgError as error:
            raise ValueError("a coefficient cannot be told") from error
        then = _fit(design, cells, events, now + step, size)
        while then < best - abs(best) * 1e-12 and np.abs(step).max() > _CLOSE:
            step = step / 2
            then = _fit(design, cells, events, now + step, size)
        now, best = now + step, then
        if np.abs(step).max() < _CLOSE:
            return now
    raise ValueError("a coefficient cannot be told")


def _fit(design: Floats, cells: Floats, events: Floats, coefficients: Floats, size: float) -> float:
    """The part of the log likelihood that the coefficients move."""
    linear = design @ coefficients
    with np.errstate(over="ignore"):
        mean = np.exp(linear)
    if np.isinf(size):
        return float(events @ linear - cells @ mean)
    return float(events @ linear - (events + size * cells) @ np.log1p(mean / size))


def _first_size(tallies: Tallies) -> float:
    """From the moments of the counts: mean² over the variance beyond the mean."""
    mean = tallies.values @ tallies.with_value / tallies.with_value.sum()
    variance = (tallies.values - mean) ** 2 @ tallies.with_value / tallies.with_value.sum()
    return float(np.clip(mean**2 / max(variance - mean, 1e-3 * mean), 1e-3, 1e4))


def _size(tallies: Tallies, cells: Floats, events: Floats, mean: Floats, size: float) -> float:
    """The size 1/α of most likelihood at these means, by Newton on its logarithm; bounded, for counts less spread
    than Poisson's have none."""
    log_size = np.log(size)
    for _ in range(_STEPS):
        r = np.exp(log_size)
        slope = tallies.with_value @ (digamma(tallies.values + r) - digamma(r))
        slope += cells @ (1.0 - np.log1p(mean / r)) - ((events + r * cells) / (r + mean)).sum()
        bend = tallies.with_value @ (polygamma(1, tallies.values + r) - polygamma(1, r))
        bend += cells @ (mean / (r * (r + mean))) + ((events - cells * mean) / (r + mean) ** 2).sum()
        curvature = r * slope + r * r * bend
        step = -r * slope / curvature if curvature < 0 else np.sign(slope)
        after = np.clip(log_size + np.clip(step, -1.0, 1.0), _LOOSEST, _TIGHTEST)
        done = abs(after - log_size) < _CLOSE
        log_size = after
        if done:
            break
    return float(np.exp(log_size))


def _log_likelihood(tallies: Tallies, cells: Floats, events: Floats, mean: Floats, size: float) -> float:
    values, times = tallies.values, tallies.with_value
    factorials = float(times @ gammaln(values + 1.0))
    if np.isinf(size):
        return float(events @ np.log(mean) - cells @ mean) - factorials
    gammas = float(times @ (gammaln(values + size) - gammaln(size) - values * np.log(size)))
    return (
        gammas - factorials + float(events @ np.log(mean) - (events + size * cells) @ np.log1p(mean / size))
    )
