"""A published value, and what we get from the same inputs."""

import math
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Check", "Checked", "run"]


@dataclass(frozen=True, slots=True)
class Check:
    """One figure somebody else has printed.

    `ours` works it out from the inputs, or is None where they may not be shipped; `tolerance` is absolute, in the
    figure's own unit: half of its last printed digit, unless `note` says why it is wider.
    """

    statistic: str
    source: str
    published: float
    tolerance: float
    ours: Callable[[], float] | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A check that was run. `ours` and `difference` are NaN, and `within` None, where the inputs are not shipped."""

    check: Check
    ours: float
    difference: float
    within: bool | None


def run(check: Check) -> Checked:
    """Work the figure out and compare it. A NaN of ours never lies within the tolerance."""
    if check.ours is None:
        return Checked(check, math.nan, math.nan, None)
    ours = float(check.ours())
    difference = ours - check.published
    return Checked(check, ours, difference, abs(difference) <= check.tolerance)
