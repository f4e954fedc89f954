"""All the truths, planted one after another, the hardest to place first."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np

from trigpoint.core.county.events import History
from trigpoint.core.county.model import Areas, Geography
from trigpoint.core.county.scene import Scene
from trigpoint.core.county.sites import Sites
from trigpoint.core.county.tables import Ints
from trigpoint.core.county.truths import (
    a_joint_hotspot,
    b_school_gate,
    c_one_child,
    d_new_hotspot,
    e_displacement,
    f_regression,
    g_silence,
    h_seafront,
    i_after_school,
    j_across_the_border,
    k_circular,
    l_operation,
    m_ward_boundary,
    n_new_code,
    o_differencing,
)
from trigpoint.core.county.truths.planting import Closure, Planting
from trigpoint.core.county.truths.truth import CannotPlant, Truth

Planter = Callable[[Planting, np.random.Generator], Planting]

PLANTERS: Mapping[str, Planter] = {
    "g": g_silence.plant,
    "c": c_one_child.plant,
    "b": b_school_gate.plant,
    "h": h_seafront.plant,
    "i": i_after_school.plant,
    "j": j_across_the_border.plant,
    "m": m_ward_boundary.plant,
    "e": e_displacement.plant,
    "a": a_joint_hotspot.plant,
    "d": d_new_hotspot.plant,
    "k": k_circular.plant,
    "l": l_operation.plant,
    "o": o_differencing.plant,
    "f": f_regression.plant,
    "n": n_new_code.plant,
}
"""In the order of planting: the district that goes silent, what needs a site or a boundary, then the rest."""


@dataclass(frozen=True, slots=True)
class Planted:
    """The county with its truths, in the order of their letters, and why any that was asked for is missing.

    `closures` are the orders that the register of closures must list. `later_wards` are the wards from May 2025 on.
    """

    scene: Scene
    history: History
    truths: tuple[Truth, ...]
    unplanted: Mapping[str, str]
    closures: tuple[Closure, ...]
    later_wards: Areas
    later_ward_of_lsoa: Ints


def plant_all(
    geography: Geography,
    scene: Scene,
    sites: Sites,
    history: History,
    seed: int,
    letters: Collection[str] = tuple(PLANTERS),
    planters: Mapping[str, Planter] = PLANTERS,
) -> Planted:
    """Plant the truths of the letters. Each draws by itself, so that a change to one leaves what others draw.

    `planters` are another county's ways to plant them, in its order of planting.
    """
    parents = geography.lsoas.parent.astype(np.int64)
    county = Planting(geography, scene, sites, history, geography.wards, parents)
    missing = {}
    for letter, plant in planters.items():
        if letter not in letters:
            continue
        try:
            county = plant(county, np.random.default_rng([seed, ord(letter)]))
        except CannotPlant as reason:
            missing[letter] = str(reason)
    return Planted(
        county.scene,
        county.history,
        tuple(sorted(county.truths, key=lambda truth: truth.letter)),
        missing,
        county.closures,
        county.later_wards,
        county.later_ward_of_lsoa,
    )
