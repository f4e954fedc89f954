"""The spots of a wording: its candidates followed to segments, sites, points and areas of this version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from trigpoint.core.geography.wording_match import Candidate
from trigpoint.store.build_areas import AreaLevel, Areas
from trigpoint.store.build_places import Streets
from trigpoint.store.build_sites import Sites
from trigpoint.store.build_wordings import CountyNames, Wordings

__all__ = ["WordingPlaces"]

NO_PLACE = 5
"""Quality of a claim, or the part of one, that leads nowhere."""


@dataclass(frozen=True, slots=True)
class WordingSpot:
    """One spot a wording may mean; -1 and NaN where not known. `quality` is that of a claim placed by it."""

    share: float
    quality: int
    easting_m: float = np.nan
    northing_m: float = np.nan
    street: int = -1
    site: int = -1
    district: int = -1
    ward: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class WordingPlaces:
    """Follows wordings, given what they were settled to and what the version holds."""

    wordings: Wordings
    names: CountyNames | None
    areas: Areas
    streets: Streets
    sites: Sites
    most: int

    def spots(self, digest: bytes) -> list[WordingSpot]:
        """The spots of a wording, with shares that sum to 1: what no candidate takes up is nowhere."""
        found: list[WordingSpot] = []
        for candidate in self.wordings.candidates.get(digest, ()):
            found += self._follow(candidate)
        rest = 1.0 - sum(spot.share for spot in found)
        return [*found, WordingSpot(rest, NO_PLACE)] if rest > 1e-9 or not found else found

    def _follow(self, one: Candidate) -> Iterator[WordingSpot]:
        ref, _, town = one.ref.partition("@")
        at = self.names.gazetteer.by_ref.get((one.kind, ref)) if self.names else None
        if one.kind == "street" and at is not None:
            yield from self._along(at, town, one)
        elif one.kind == "site" and at is not None and self.names is not None:
            site = int(self.names.site_ids[self.names.gazetteer.items[at].members[0]])
            x, y = self.sites.points[site]
            yield WordingSpot(one.weight, one.quality, float(x), float(y), site=site)
        elif one.kind in ("district", "ward"):
            yield self._in_area(one)
        elif one.kind == "locality" and np.isfinite(one.easting_m):
            district, _, _ = self.areas.locate(np.array([one.easting_m]), np.array([one.northing_m]))
            yield WordingSpot(one.weight, one.quality, district=int(district[0]))
        elif np.isfinite(one.easting_m) and one.kind != "outside":
            yield WordingSpot(one.weight, one.quality, one.easting_m, one.northing_m)

    def _along(self, at: int, town: str, one: Candidate) -> Iterator[WordingSpot]:
        if self.names is None:
            return
        item = self.names.gazetteer.items[at]
        members = [m for m, its in zip(item.members, item.towns, strict=True) if not town or its == town]
        if not members or len(members) > self.most:
            return
        for segment in self.names.street_ids[members].tolist():
            x, y = self.streets.middle[segment].tolist()
            yield WordingSpot(one.weight / len(members), one.quality, x, y, street=segment)

    def _in_area(self, one: Candidate) -> WordingSpot:
        level: AreaLevel = self.areas.ward if one.kind == "ward" else self.areas.district
        at = level.ids.get(one.ref, -1)
        if at < 0:
            return WordingSpot(one.weight, NO_PLACE)
        if one.kind == "ward":
            return WordingSpot(one.weight, one.quality, ward=at, district=int(level.parent[at]))
        return WordingSpot(one.weight, one.quality, district=at)
