"""Look-ups in the layers loaded so far, for what must be known at once: the LSOA of a home's postcode, how far the
county reaches, and what its places are called.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from trigpoint.db.home import Home
from trigpoint.ingest import layer_files
from trigpoint.ingest.layer_files import Layers
from trigpoint.ingest.surroundings import Extent

Place = tuple[float, float]
"""Easting and northing in metres."""


class Reference:
    """What the layers say when first asked by a delivery; what they said is kept until another layer is accepted."""

    def __init__(self, home: Home) -> None:
        self._home = home

    @cached_property
    def _layers(self) -> Layers:
        return layer_files.accepted_layers(self._home)

    def lsoa_of(self, postcodes: pa.StringArray) -> pa.StringArray:
        """The LSOA in whose newest boundaries each postcode's point lies; null where either layer does not know."""
        encoded = postcodes.dictionary_encode()
        wanted = [postcode for postcode in encoded.dictionary.to_pylist() if postcode]
        if not wanted:
            return pa.nulls(len(postcodes), pa.string())
        found = self._lsoa_at(self._places_of(wanted))
        codes = pa.array([found.get(postcode) for postcode in encoded.dictionary.to_pylist()], pa.string())
        return codes.take(encoded.indices)

    def extent(self) -> Extent | None:
        """How far the county reaches: its districts' bounding box; None where no boundary is loaded."""
        return layer_files.extent(self._home, self._layers)

    def place_names(self) -> frozenset[str]:
        """The names of streets, towns, sites and areas, as the scanner compares them."""
        return layer_files.place_names(self._home, self._layers)

    def _places_of(self, wanted: Sequence[str]) -> dict[str, Place]:
        """The points of the postcodes asked for; the newest extract's where several have one."""
        known = layer_files.postcodes(self._home, self._layers)
        here = known.filter(pc.is_in(known["postcode"], pa.array(wanted, pa.string())))
        if len(here) == 0:
            return {}
        columns = (here[name].to_pylist() for name in ("postcode", "easting_m", "northing_m"))
        places: dict[str, Place] = {}
        for postcode, easting, northing in zip(*columns, strict=True):
            places.setdefault(postcode, (easting, northing))
        return places

    def _lsoa_at(self, places: Mapping[str, Place]) -> dict[str, str]:
        tree, codes = layer_files.lsoas(self._home, self._layers)
        points = shapely.points(np.array(list(places.values()), dtype=np.float64).reshape(-1, 2))
        names = list(places)
        pairs = zip(*tree.query(points, predicate="intersects"), strict=True)
        return {names[int(point)]: codes[int(lsoa)] for point, lsoa in pairs}
