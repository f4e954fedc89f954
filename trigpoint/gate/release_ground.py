"""The areas of a release: districts, wards, named areas of 500 metres or more, and the pieces where those overlap."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.disclosure.cells import Within
from trigpoint.gate.version import Version

__all__ = ["REST", "ReleaseGround", "ground_of"]

Ids = NDArray[np.int64]

LEAST_NAMED_M = 500.0
"""A named area smaller than this across is nearly an address: it is part of its ward and of nothing else."""
REST = ""
"""In a piece, in the place of a named area: the rest of the ward."""


@dataclass(frozen=True, slots=True, eq=False)
class ReleaseGround:
    """Codes and names of areas by dense id. `named` is "" for a locality that is not told; `parent` a ward's district."""

    districts: tuple[str, ...]
    wards: tuple[str, ...]
    named: tuple[str, ...]
    parent: Ids
    named_district: Ids
    names: dict[tuple[str, str], str]

    def piece(self, ward: int, locality: int) -> str:
        """The code of the piece of a ward in a named area, or of its rest."""
        named = self.named[locality] if locality >= 0 else REST
        return f"{self.wards[ward]}/{named}"

    def within(self, pieces: Sequence[str]) -> Within:
        district = {ward: self.districts[self.parent[place]] for place, ward in enumerate(self.wards)}
        of_piece = {one: (one.partition("/")[0], one.partition("/")[2]) for one in pieces}
        return Within(district, of_piece)


def ground_of(version: Version) -> ReleaseGround:
    """The ground of a store version, the same for every viewer: it is published geography."""
    districts, wards, places = version.areas("district"), version.areas("ward"), version.localities
    wide = places.radius_m * 2 >= LEAST_NAMED_M
    named = _distinct(
        [name if told else REST for name, told in zip(places.names, wide.tolist(), strict=True)]
    )
    names = {("district", code): name for code, name in zip(districts.codes, districts.names, strict=True)}
    names |= {("ward", code): name for code, name in zip(wards.codes, wards.names, strict=True)}
    names |= {("named_area", code): code for code in named if code}
    parent = wards.parent.astype(np.int64)
    return ReleaseGround(districts.codes, wards.codes, named, parent, places.district.astype(np.int64), names)


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Names with a number behind the second of a kind."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return tuple(found)
