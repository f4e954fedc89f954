"""Streets to draw under a picture: published geography, the same for everybody who is signed in."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from trigpoint.gate.connection import current_version
from trigpoint.store.shapes import fetch_street_shapes

__all__ = ["street_lines"]

Shapes = NDArray[np.object_]


def street_lines(west_m: float, south_m: float, east_m: float, north_m: float) -> Shapes:
    """Every street that touches a frame, shapely lines in EPSG:27700 metres; none where streets are anchor points.

    Anchor points stand for records, so they are no ground to draw. Raises QuestionError where nothing is published.
    """
    version = current_version()
    if version.streets.anchors:
        return np.empty(0, dtype=object)
    tree = version.recall(("street lines",), lambda: _tree(version))
    found: Shapes = tree.geometries.take(tree.query(shapely.box(west_m, south_m, east_m, north_m)))
    return found


def _tree(version: Any) -> shapely.STRtree:
    with version.cursor() as cursor:
        wkb = fetch_street_shapes(cursor)
    return shapely.STRtree(shapely.from_wkb([bytes(one) for one in wkb.tolist()]))
