"""Look-ups in the layers loaded so far, for what must be known at once: the LSOA of a home's postcode."""

import numpy as np
import pyarrow as pa
import shapely

from trigpoint.db.home import Home
from trigpoint.ingest.ledger import newest_first


class Reference:
    """Reads the layers when first asked, once a delivery."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._points: dict[str, tuple[float, float]] | None = None
        self._lsoas: tuple[shapely.STRtree, list[str]] | None = None

    def lsoa_of(self, postcodes: pa.StringArray) -> pa.StringArray:
        """The LSOA in whose newest boundaries each postcode's point lies; null where either layer does not know."""
        encoded = postcodes.dictionary_encode()
        wanted = encoded.dictionary.to_pylist()
        points = self._postcode_points()
        lsoas = self._lsoa_at([points.get(postcode) for postcode in wanted])
        return pa.array(lsoas, pa.string()).take(encoded.indices)

    def _postcode_points(self) -> dict[str, tuple[float, float]]:
        if self._points is None:
            self._points = {}
            for table in newest_first("code_point_open", self._home, ("postcode", "easting_m", "northing_m")):
                columns = (table.column(name).to_pylist() for name in table.column_names)
                found = {p: (e, n) for p, e, n in zip(*columns, strict=True) if e is not None}
                self._points = {**found, **self._points}
        return self._points

    def _lsoa_tree(self) -> tuple[shapely.STRtree, list[str]]:
        if self._lsoas is None:
            tables = list(newest_first("ons_lsoa", self._home, ("code", "vintage", "wkb")))
            newest = max((v for table in tables for v in table["vintage"].to_pylist()), default="")
            found: dict[str, bytes] = {}
            for table in tables:
                for code, vintage, wkb in zip(*(column.to_pylist() for column in table.columns), strict=True):
                    if vintage == newest:
                        found.setdefault(code, wkb)
            self._lsoas = shapely.STRtree(shapely.from_wkb(list(found.values()))), list(found)
        return self._lsoas

    def _lsoa_at(self, points: list[tuple[float, float] | None]) -> list[str | None]:
        tree, codes = self._lsoa_tree()
        asked = [number for number, point in enumerate(points) if point is not None]
        where = shapely.points(
            np.array([points[number] for number in asked], dtype=np.float64).reshape(-1, 2)
        )
        found: list[str | None] = [None] * len(points)
        for number, place in zip(*tree.query(where, predicate="intersects"), strict=True):
            found[asked[int(number)]] = codes[int(place)]
        return found
