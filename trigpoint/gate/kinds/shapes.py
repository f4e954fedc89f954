"""Outlines of the areas of a level: published geography, the same for every viewer."""

import numpy as np

from trigpoint.gate.answers import Answer
from trigpoint.gate.asked import Asked
from trigpoint.store.shapes import fetch_shapes

__all__ = ["answer_shapes"]


def answer_shapes(asked: Asked) -> Answer:
    """Columns id (dense), code, name, parent (the district's code), easting_m, northing_m, wkb (EPSG:27700)."""
    with asked.version.cursor() as cursor:
        found = fetch_shapes(cursor, asked.question.level)
    districts = asked.version.areas("district").codes
    columns = {
        "id": found["id"],
        "code": found["code"].tolist(),
        "name": found["name"].tolist(),
        "parent": [districts[one] if one >= 0 else "" for one in found["parent"].tolist()],
        "easting_m": found["easting_m"].astype(np.float64),
        "northing_m": found["northing_m"].astype(np.float64),
        "wkb": [bytes(one) for one in found["wkb"].tolist()],
    }
    return Answer("shapes", columns, asked.about(total=len(columns["code"])))
