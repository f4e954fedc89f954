"""Where a truth lies among the streets that answers tell of, and two small reckonings for the judging."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.resources import files
from math import hypot
from typing import Any

import yaml
from scipy.stats import binomtest

from trigpoint.core.disclosure.rules import release_rules_from
from trigpoint.core.disclosure.suppress import released

__all__ = ["Ground", "as_released", "change_p"]

FARTHEST_M = 1500.0
"""How far from a truth's point the middle of its own street may be."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The streets of a county: name and point (EPSG:27700, metres) of each code."""

    streets: Mapping[str, tuple[str, float, float]]

    @classmethod
    def of(cls, rows: Collection[Mapping[str, Any]]) -> "Ground":
        return cls({one["code"]: (one["name"], one["easting_m"], one["northing_m"]) for one in rows})

    def touches(self, codes: Collection[str], place: Mapping[str, Any]) -> bool:
        """Whether any of the streets is the place's: within its radius or, where its street's middle is not, that street."""
        return not self._own(place).isdisjoint(codes)

    def _own(self, place: Mapping[str, Any]) -> set[str]:
        away_m = {
            code: hypot(east - place["easting_m"], north - place["northing_m"])
            for code, (_, east, north) in self.streets.items()
        }
        near = {code for code, gap_m in away_m.items() if gap_m <= place["radius_m"]}
        named = [code for code, (name, _, _) in self.streets.items() if name in place["streets"]]
        if named and near.isdisjoint(named):
            nearest = min(named, key=lambda code: away_m[code])
            near |= {nearest} if away_m[nearest] <= FARTHEST_M else set()
        return near


def change_p(before: int, after: int) -> float:
    """How likely two counts of like months differ so much by chance (exact, two-sided)."""
    return 1.0 if before + after == 0 else float(binomtest(after, before + after, 0.5).pvalue)


def as_released(count: int) -> str:
    """The count as the shipped rules of a release would tell it alone."""
    text = files("trigpoint").joinpath("definitions", "disclosure.yaml").read_text("utf-8")
    return str(released(count, release_rules_from(yaml.safe_load(text))))
