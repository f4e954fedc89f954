"""Do agencies' pictures agree? Each two compared by how their events lie over the wards."""

import numpy as np

from trigpoint.core.analysis.agreement_of_patterns import pattern_difference, sppt
from trigpoint.gate.answers import Table
from trigpoint.gate.joint_test import JointTest
from trigpoint.gate.units import Units

__all__ = ["agreement_of"]

LEAST_EVENTS = 20
"""An agency with fewer is not compared: its shares of wards are too coarse to disagree."""


def agreement_of(units: Units, made: JointTest) -> Table:
    """Columns agency, beside, s, robust_s, differing: of each two agencies, the one that tells more first.

    s is the share of wards in which the second's share of its events is about the first's (Andresen's index), robust_s
    the same among wards where either tells anything; `differing` the share of these that differ beyond doubt. NaN where
    one of them tells fewer than `LEAST_EVENTS`.
    """
    told = made.told
    ward = units.wards(made.test.ids)[told.unit]
    wards = len(units.version.areas("ward").codes)
    held = [
        np.bincount(ward[(told.tellers >> one & 1).astype(np.bool_) & (ward >= 0)], minlength=wards)
        for one in range(told.agencies)
    ]
    rows = []
    for a, b in made.joint.pair_of:
        base, test = (a, b) if held[a].sum() >= held[b].sum() else (b, a)
        figures = (np.nan, np.nan, np.nan)
        if held[test].sum() >= LEAST_EVENTS:
            found = sppt(held[base], held[test])
            figures = (found.s, found.robust_s, pattern_difference(held[base], held[test]).differing)
        rows.append((made.agencies[base], made.agencies[test], *figures))
    return {
        "agency": [row[0] for row in rows],
        "beside": [row[1] for row in rows],
        **{
            name: np.array([row[at] for row in rows], dtype=np.float64)
            for at, name in ((2, "s"), (3, "robust_s"), (4, "differing"))
        },
    }
