"""Look-ups in the layers loaded so far, for what must be known at once: the LSOA of a home's postcode."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from trigpoint.db.home import Home
from trigpoint.ingest.ledger import newest_first
from trigpoint.ingest.surroundings import Extent

Place = tuple[float, float]
"""Easting and northing in metres."""


class Reference:
    """Reads the layers when first asked, at most once a delivery."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lsoas: tuple[shapely.STRtree, list[str]] | None = None

    def lsoa_of(self, postcodes: pa.StringArray) -> pa.StringArray:
        """The LSOA in whose newest boundaries each postcode's point lies; null where either layer does not know."""
        encoded = postcodes.dictionary_encode()
        wanted = [postcode for postcode in encoded.dictionary.to_pylist() if postcode]
        if not wanted:
            return pa.nulls(len(postcodes), pa.string())
        lsoas = self._lsoa_at(self._places_of(wanted))
        found = pa.array([lsoas.get(postcode) for postcode in encoded.dictionary.to_pylist()], pa.string())
        return found.take(encoded.indices)

    def extent(self) -> Extent | None:
        """How far the county reaches: its districts' bounding box; None where no boundary is loaded."""
        return None

    def place_names(self) -> frozenset[str]:
        """The names of streets, towns, sites and areas, as the scanner compares them."""
        return frozenset()

    def _places_of(self, wanted: Sequence[str]) -> dict[str, Place]:
        """The points of the postcodes asked for; the newest extract's where several have one."""
        places: dict[str, Place] = {}
        asked = pa.array(wanted, pa.string())
        for table in newest_first("code_point_open", self._home, ("postcode", "easting_m", "northing_m")):
            here = table.filter(pc.and_(pc.is_in(table["postcode"], asked), pc.is_valid(table["easting_m"])))
            columns = (here[name].to_pylist() for name in ("postcode", "easting_m", "northing_m"))
            places = {**{p: (e, n) for p, e, n in zip(*columns, strict=True)}, **places}
        return places

    def _lsoa_at(self, places: Mapping[str, Place]) -> dict[str, str]:
        tree, codes = self._lsoa_tree()
        points = shapely.points(np.array(list(places.values()), dtype=np.float64).reshape(-1, 2))
        names = list(places)
        pairs = zip(*tree.query(points, predicate="intersects"), strict=True)
        return {names[int(point)]: codes[int(lsoa)] for point, lsoa in pairs}

    def _lsoa_tree(self) -> tuple[shapely.STRtree, list[str]]:
        if self._lsoas is None:
            tables = list(newest_first("ons_lsoa", self._home, ("code", "vintage", "wkb")))
            newest = max((pc.max(table["vintage"]).as_py() or "" for table in tables), default="")
            found: dict[str, bytes] = {}
            for table in tables:
                here = table.filter(pc.equal(table["vintage"], newest))
                columns = (here[name].to_pylist() for name in ("code", "wkb"))
                found = {**dict(zip(*columns, strict=True)), **found}
            self._lsoas = shapely.STRtree(shapely.from_wkb(list(found.values()))), list(found)
        return self._lsoas
