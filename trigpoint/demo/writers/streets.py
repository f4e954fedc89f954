"""Streets, postcodes, greens and the base map's shapes, in the layouts of Ordnance Survey's open products."""

import uuid
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from trigpoint.core.county.model import Geography
from trigpoint.core.county.tables import Strings, table_of
from trigpoint.demo.writers.boundaries import COUNTY_CODE
from trigpoint.demo.writers.csv_files import write_csv
from trigpoint.demo.writers.shapes import write_geopackage

Objects = NDArray[np.object_]

_FUNCTIONS = {
    "A Road": ("A Road", "A Road"),
    "B Road": ("B Road", "B Road"),
    "Minor Road": ("Classified Unnumbered", "Minor Road"),
    "Local Street": ("Unclassified", "Local Road"),
    "Restricted Local Access Road": ("Not Classified", "Restricted Local Access Road"),
}


def write_open_roads(path: Path, geography: Geography) -> int:
    """OS Open Roads: layer road_link (counted) and layer road_node."""
    streets = geography.streets
    count = len(streets.codes)
    nodes = _node_ids(geography)
    kinds = [_FUNCTIONS[road_class] for road_class in streets.road_class]
    numbered = np.array([name if name[:1] in "AB" and name[1:].isdigit() else "" for name in streets.names])
    blank = np.full(count, None, dtype=np.object_)
    columns = {
        "id": np.array(streets.codes),
        "fictitious": np.zeros(count, dtype=np.bool_),
        "road_classification": np.array([kind[0] for kind in kinds]),
        "road_function": np.array([kind[1] for kind in kinds]),
        "form_of_way": np.full(count, "Single Carriageway"),
        "road_classification_number": _given(numbered),
        "name_1": _given(np.where(numbered == "", np.array(streets.names), "")),
        "name_1_lang": blank,
        "name_2": blank,
        "name_2_lang": blank,
        "road_structure": blank,
        "length": streets.length_m.round().astype(np.int32),
        "length_uom": np.full(count, "m"),
        "loop": streets.start_junction == streets.end_junction,
        "primary_route": np.zeros(count, dtype=np.bool_),
        "trunk_road": np.zeros(count, dtype=np.bool_),
        "start_node": nodes[streets.start_junction],
        "end_node": nodes[streets.end_junction],
        "road_number_toid": blank,
        "road_name_toid": blank,
    }
    rows = write_geopackage(path, "road_link", streets.geometries, columns)
    points = shapely.points(streets.junction_easting_m, streets.junction_northing_m)
    degree = np.bincount(
        np.concatenate([streets.start_junction, streets.end_junction]), minlength=len(points)
    )
    form = np.where(degree == 1, "road end", np.where(degree == 2, "pseudo node", "junction"))
    write_geopackage(path, "road_node", points, {"id": nodes, "form_of_road_node": form}, append=True)
    return rows


def _given(words: Strings) -> Objects:
    """The words, with nothing (a null) in place of a blank."""
    return np.array([word or None for word in words.tolist()], dtype=np.object_)


def _node_ids(geography: Geography) -> Strings:
    """Identifiers in the form of the product's own: a UUID each, the same for the same county."""
    space = uuid.uuid5(uuid.NAMESPACE_OID, f"{geography.seed}/{geography.size}")
    count = len(geography.streets.junction_easting_m)
    return np.array([str(uuid.uuid5(space, str(n))).upper() for n in range(count)])


def write_code_point_open(folder: Path, geography: Geography) -> dict[Path, int]:
    """Code-Point Open: no header, one file a postcode area; a few postcodes of lower positional quality."""
    postcodes, wards = geography.postcodes, geography.wards
    codes = np.array(postcodes.codes)
    count = len(codes)
    table = table_of(
        {
            "PC": codes,
            "PQ": np.where(
                np.arange(count) % 53 == 0, "50", np.where(np.arange(count) % 29 == 0, "20", "10")
            ),
            "EA": postcodes.easting_m.round().astype(np.int64),
            "NO": postcodes.northing_m.round().astype(np.int64),
            "CY": np.full(count, "E92000001"),
            "RH": np.full(count, "E19999999"),
            "LH": np.full(count, "E18999999"),
            "CC": np.full(count, COUNTY_CODE),
            "DC": np.array(geography.districts.codes)[wards.parent[postcodes.ward]],
            "WC": np.array(wards.codes)[postcodes.ward],
        }
    )
    areas = np.array(["".join(c for c in code[:2] if c.isalpha()).lower() for code in codes.tolist()])
    paths = {area: folder / f"codepo_{area}.csv" for area in np.unique(areas).tolist()}
    return {path: write_csv(path, table.take(areas == area), header=False) for area, path in paths.items()}


def write_greenspace(path: Path, geography: Geography) -> int:
    """OS Open Greenspace: layer greenspace_site."""
    parks = geography.shapes.get("park", ())
    columns = {
        "id": np.array([f"GREEN{index:06d}" for index in range(len(parks))]),
        "function": np.full(len(parks), "Public Park Or Garden"),
        "distinctive_name_1": np.array([park.name for park in parks], dtype=np.object_),
    }
    shapes = np.array([park.geometry for park in parks], dtype=np.object_)
    return write_geopackage(path, "greenspace_site", shapes, columns)


def write_base_shapes(path: Path, geography: Geography) -> int:
    """What the base map draws: class and name."""
    rows = [(kind, shape.name, shape.geometry) for kind, each in geography.shapes.items() for shape in each]
    columns = {
        "class": np.array([row[0] for row in rows], dtype=np.object_),
        "name": np.array([row[1] for row in rows], dtype=np.object_),
    }
    shapes = np.array([row[2] for row in rows], dtype=np.object_)
    return write_geopackage(path, "base_shapes", shapes, columns)
