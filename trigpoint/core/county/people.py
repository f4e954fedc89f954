"""Residents of each LSOA by single year of age."""

from __future__ import annotations

import numpy as np

from trigpoint.core.county.areas import Divided
from trigpoint.core.county.model import OLDEST_AGE, Population
from trigpoint.core.county.noise import Floats
from trigpoint.core.county.plan import Plan
from trigpoint.core.county.towns import Settlements

# Residents per year of age at knots of age, in arbitrary units: the outline of an English county.
_AGES = (0, 5, 10, 14, 18, 22, 30, 38, 45, 52, 58, 66, 74, 80, 85, 90)
_OUTLINE = (1.02, 1.14, 1.22, 1.22, 1.10, 1.05, 1.25, 1.30, 1.24, 1.38, 1.32, 1.02, 0.98, 0.62, 0.40, 0.85)


def make_population(
    rng: np.random.Generator, plan: Plan, divided: Divided, settlements: Settlements
) -> Population:
    """Totals follow where the towns are; younger near the main centres, older in villages, with chance on both."""
    own = np.bincount(divided.lsoa_of_atom, weights=divided.atoms.people, minlength=len(divided.lsoas.codes))
    total = np.clip(own, own.mean() * 0.45, own.mean() * 2.1) * rng.lognormal(0, 0.05, len(own))
    total = total / total.sum() * plan.people
    shape = _outline() * _leanings(rng, divided, settlements)
    share = shape / shape.sum(axis=1, keepdims=True)
    return Population(rng.poisson(total[:, None] * share).astype(np.int32))


def _outline() -> Floats:
    return np.interp(np.arange(OLDEST_AGE + 1), _AGES, _OUTLINE)


def _leanings(rng: np.random.Generator, divided: Divided, settlements: Settlements) -> Floats:
    """Factors (LSOAs, 91): a youth tilt by town size, a family bulge, a student-age bulge near big centres."""
    age = np.arange(OLDEST_AGE + 1)
    centre = np.column_stack([divided.lsoas.easting_m, divided.lsoas.northing_m])
    towns = settlements.points[: settlements.town_count]
    gap = (
        np.hypot(*(centre[:, None, :] - towns[None, :, :]).T).T
        / settlements.radius_m[: settlements.town_count]
    )
    nearest = gap.min(axis=1)
    urban = np.clip(1.4 - nearest, -0.6, 1.0)
    tilt = 0.35 * urban + rng.normal(0, 0.22, len(centre))
    family = np.exp(rng.normal(0.0, 0.20, len(centre)))
    slope = np.exp(-np.outer(tilt, (age - 42) / 60.0))
    children = np.where(age < 18, 1.0, 0.0) + 0.5 * np.exp(-(((age - 40) / 7.0) ** 2))
    young = np.outer(
        np.maximum(urban, 0) ** 2 * rng.uniform(0, 0.8, len(centre)), np.exp(-(((age - 25) / 5.0) ** 2))
    )
    factors: Floats = slope * (1 + np.outer(family - 1, children)) + young
    return np.maximum(factors, 0.02)
