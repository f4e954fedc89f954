"""Latent children of the synthetic county's missing episodes: numbers only, never a name or a date of birth."""

from dataclasses import dataclass

import numpy as np

from trigpoint.core.county.scene import Scene
from trigpoint.core.county.sites import Homes
from trigpoint.core.county.tables import Bools, Floats, Ints

_POOL_PER_CHILD = 2_600 / 140_000
_MONTHS_ACTIVE = 4.8
_MOST_MONTHS = 10
_UNEVENNESS = 1.62
_MOST_UNEVEN = 34.0
_CARE_SHARE = 0.5
_EPISODES_FROM_CARE = 0.55


@dataclass(frozen=True, slots=True)
class Children:
    """Children who go missing: a weight each, the months (first, last) they are at risk, and where they live.

    `home` indexes the homes (-1: lives with family or carers); `segment` is the street they go missing from.
    """

    weight: Floats
    first_month: Ints
    last_month: Ints
    in_care: Bools
    home: Ints
    segment: Ints


def make_children(
    scene: Scene, homes: Homes, where: Floats, months: int, rng: np.random.Generator
) -> Children:
    """Children at risk over the months; `where` is the weight of each street as a family home."""
    count = max(12, round(scene.children * _POOL_PER_CHILD))
    in_care = rng.random(count) < _CARE_SHARE
    house_weight = rng.lognormal(0.0, 0.6, len(homes.urn))
    home = np.where(in_care & (rng.random(count) < 0.85), _pick(house_weight, count, rng), -1)
    family = _pick(where, count, rng)
    first = rng.integers(-6, months, count)
    months_active = np.minimum(np.ceil(rng.exponential(_MONTHS_ACTIVE, count)), _MOST_MONTHS)
    weight = np.minimum(rng.lognormal(0.0, _UNEVENNESS, count), _MOST_UNEVEN)
    return Children(
        weight=_shared_out(weight, months_active, in_care),
        first_month=first,
        last_month=first + months_active.astype(np.int64),
        in_care=in_care,
        home=home,
        segment=np.where(home >= 0, homes.segment[np.maximum(home, 0)], family),
    )


def _shared_out(weight: Floats, months: Floats, in_care: Bools) -> Floats:
    """The weights, scaled so that children in care are expected to have their share of all episodes."""
    expected = np.bincount(in_care, weights=weight * months, minlength=2)
    if expected.min() == 0:
        return weight
    to_care = _EPISODES_FROM_CARE / (1.0 - _EPISODES_FROM_CARE) * expected[0] / expected[1]
    return np.where(in_care, weight * to_care, weight)


def draw_children(children: Children, month: Ints, rng: np.random.Generator) -> Ints:
    """For each episode, by the month it began in (0 the first), the child who went missing."""
    drawn = np.zeros(len(month), dtype=np.int64)
    for each in np.unique(month).tolist():
        active = (children.first_month <= each) & (children.last_month >= each)
        weight = children.weight * np.where(active, 1.0, 1e-4)
        here = month == each
        drawn[here] = _pick(weight, int(here.sum()), rng)
    return drawn


def _pick(weight: Floats, count: int, rng: np.random.Generator) -> Ints:
    return np.searchsorted(np.cumsum(weight / weight.sum()), rng.random(count)).clip(max=len(weight) - 1)
