"""Read GeoJSON, GeoPackage and zipped Shapefile; geometry comes back in EPSG:27700."""

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
import pyproj
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError

from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.receipt import LoadRefused
from trigpoint.ingest.sheet import Sheet
from trigpoint.ingest.steps.coordinates import to_grid
from trigpoint.ingest.steps.headers import Matched, find_header

SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
LARGEST_UNPACKED_BYTES = 4 << 30


def read_vector(path: Path, name: str, definition: Definition) -> Sheet:
    """The layer's attributes and geometry as a sheet. Raises LoadRefused where the file is none of the three formats."""
    source = _source(path, name)
    layer = _layer(source, definition)
    try:
        fields = [str(field) for field in pyogrio.read_info(source, layer=layer)["fields"]]
        _, matched = find_header(definition, [fields])
        wanted = [fields[place] for place in matched.positions.values()]
        meta, _, geometry, values = pyogrio.raw.read(source, layer=layer, columns=wanted)
    except (DataSourceError, DataLayerError) as fault:
        raise LoadRefused("The file cannot be read as a map layer; it may be damaged.") from fault
    columns = _columns(matched, fields, [str(field) for field in meta["fields"]], values)
    rows = np.arange(1, len(geometry) + 1, dtype=np.int32)
    wkb = _wkb(geometry, str(meta["crs"] or "EPSG:4326"))
    return Sheet(matched.definition, columns, rows, matched.headers, geometry=wkb, vintage=matched.vintage)


def _source(path: Path, name: str) -> Path:
    """What to open, decided by the bytes and not by the name alone: GDAL is never left to guess."""
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(b"SQLite format 3\x00"):
        return _named(path, ".gpkg")
    if start.startswith(b"PK\x03\x04"):
        return _unzipped_shapefile(path)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return _named(path, ".geojson")
    raise LoadRefused(f"{name} is neither GeoJSON, GeoPackage nor a zipped Shapefile.")


def _named(path: Path, suffix: str) -> Path:
    """The same file under the suffix by which the one driver meant is chosen."""
    if path.suffix == suffix:
        return path
    return path.rename(path.with_suffix(suffix))


def _unzipped_shapefile(path: Path) -> Path:
    folder = path.with_name(path.name + ".unzipped")
    folder.mkdir(mode=0o700)
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if Path(m.filename).suffix.lower() in SHAPEFILE_PARTS]
            if sum(member.file_size for member in members) > LARGEST_UNPACKED_BYTES:
                raise LoadRefused("The zipped Shapefile is larger than 4 GB unpacked.")
            for member in members:
                # Only the last part of the name is used, so that no member can climb out of the folder.
                (folder / Path(member.filename).name.lower()).write_bytes(archive.read(member))
    except zipfile.BadZipFile as fault:
        raise LoadRefused("The zip file is damaged or cut short.") from fault
    shapefiles = sorted(folder.glob("*.shp"))
    if len(shapefiles) != 1:
        raise LoadRefused(f"The zip file holds {len(shapefiles)} Shapefiles; it must hold exactly one.")
    return shapefiles[0]


def _layer(source: Path, definition: Definition) -> str:
    try:
        layers = [str(layer[0]) for layer in pyogrio.list_layers(source)]
    except DataSourceError as fault:
        raise LoadRefused("The file cannot be read as a map layer; it may be damaged.") from fault
    if definition.layer in layers:
        return definition.layer
    if len(layers) == 1:
        return layers[0]
    raise LoadRefused(
        f"The file has several layers ({', '.join(layers)}) and none named '{definition.layer}'."
    )


def _columns(
    matched: Matched, fields: list[str], read: list[str], values: list[NDArray[Any]]
) -> dict[str, pa.StringArray]:
    by_field = dict(zip(read, values, strict=True))
    return {name: as_text(by_field[fields[place]]) for name, place in matched.positions.items()}


def as_text(values: NDArray[Any]) -> pa.StringArray:
    """Attribute values as trimmed text: whole numbers without a point, missing ones blank."""
    return pa.array([one_as_text(value) for value in values.tolist()], pa.string())


def one_as_text(value: object) -> str:
    """One cell as trimmed text."""
    if value is None or value != value:  # NaN is the one value unlike itself
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _wkb(geometry: NDArray[np.object_], crs: str) -> pa.BinaryArray:
    try:
        shapes = to_grid(shapely.from_wkb(geometry), crs)
    except (shapely.errors.GEOSException, pyproj.exceptions.CRSError) as fault:
        raise LoadRefused("The layer's geometry or its coordinate system cannot be understood.") from fault
    present = np.array([shape is not None and not shape.is_empty for shape in shapes], dtype=np.bool_)
    return pa.array(np.where(present, shapely.to_wkb(shapes), None), pa.binary())
