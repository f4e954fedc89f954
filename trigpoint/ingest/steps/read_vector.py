"""Read GeoJSON, GeoPackage and zipped Shapefile; geometry comes back in EPSG:27700."""

import re
import sqlite3
import warnings
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError

from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.receipt import LoadRefused, Progress
from trigpoint.ingest.sheet import Sheet
from trigpoint.ingest.steps.headers import Matched, find_header
from trigpoint.ingest.steps.read_geometry import grid_shapes
from trigpoint.ingest.steps.read_progress import STEP
from trigpoint.ingest.steps.read_zip import LAYER, opened, unpack

SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
LARGEST_LAYER_BYTES = 4 << 30
"""The largest national layers (streets, green spaces) are 3 GB."""
LARGEST_GEOJSON_BYTES = 512 << 20
"""GeoJSON is held in memory whole, many times over, while it is read; larger layers come as GeoPackage."""
MOST_LAYER_NAMES = 10
DAMAGED = "The file cannot be read as a map layer; it may be damaged."
GDAL_FAULTS = (
    DataSourceError, DataLayerError, FeatureError, FieldError, GeometryError, RuntimeError, ValueError, OverflowError,
    OSError, UnboundLocalError,
)  # fmt: skip
"""What pyogrio raises for a damaged layer; the last one for a .prj file that is no text."""
DRIVERS = {"sqlite": "GPKG", "json": "GeoJSON", "shapefile": "ESRI Shapefile"}
"""By what the bytes are. The driver is named in full where GDAL lets one, and what it then opened with is compared."""
_CRS_ELSEWHERE = re.compile(rb'"(?:crs|\\u00[0-9a-fA-F]{2}[^"]{0,20})"\s*:\s*\{', re.IGNORECASE)
_CRS_NAMED = re.compile(rb'"crs"\s*:\s*\{\s*(?:"type"\s*:\s*"name"|"properties"\s*:\s*\{\s*"name"\s*:)')


def read_vector(path: Path, kind: str, definition: Definition, progress: Progress) -> Sheet:
    """The layer's attributes and geometry as a sheet. Raises LoadRefused where the file is none of the three formats.

    `kind` is what the file really is: sqlite, json or shapefile.
    """
    progress(STEP, 0, None)
    source = _source(path, kind)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            meta, matched, fields, geometry, values = _read(source, kind, definition)
    except GDAL_FAULTS as fault:
        if isinstance(fault, LoadRefused):
            raise
        raise LoadRefused(DAMAGED) from fault
    count = len(geometry) if geometry is not None else len(values[0]) if values else 0
    progress(STEP, count, count)
    columns = _columns(matched, fields, [str(field) for field in meta["fields"]], values)
    wkb, faults = grid_shapes(geometry, meta["crs"], definition.crs, kind, count)
    rows = np.arange(1, count + 1, dtype=np.int32)
    return Sheet(
        matched.definition,
        columns,
        rows,
        matched.headers,
        geometry=wkb,
        vintage=matched.vintage,
        faults=faults,
    )


def _source(path: Path, kind: str) -> str:
    """What GDAL is told to open: one driver, one plain file on this disk."""
    real = path.resolve(strict=True)
    limit = LARGEST_GEOJSON_BYTES if kind == "json" else LARGEST_LAYER_BYTES
    if real.stat().st_size > limit:
        raise LoadRefused(
            f"The map layer is larger than {limit / (1 << 30):g} GB. Cut it to the county first."
        )
    if kind == "sqlite":
        _refuse_other_databases(real)
        return f"GPKG:{real}"
    if kind == "json":
        _refuse_foreign_crs(real)
        return f"GeoJSON:{real}"
    return str(_unzipped_shapefile(real))


def _refuse_other_databases(path: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            layers = database.execute("SELECT count(*) FROM gpkg_contents").fetchone()[0]
    except (sqlite3.Error, UnicodeDecodeError) as fault:
        raise LoadRefused("The file is a database but no GeoPackage, or it is damaged.") from fault
    if not layers:
        raise LoadRefused("The GeoPackage holds no layer.")


def _refuse_foreign_crs(path: Path) -> None:
    """A coordinate system given by a link would be fetched; only a name is understood here."""
    raw = path.read_bytes()
    if len(_CRS_ELSEWHERE.findall(raw)) > len(_CRS_NAMED.findall(raw)):
        raise LoadRefused(
            "The GeoJSON gives its coordinate system in a way that is not read here (a link, perhaps). Save it in "
            "longitude and latitude, without `crs`."
        )


def _unzipped_shapefile(path: Path) -> Path:
    folder = path.with_name("unpacked")
    folder.mkdir(mode=0o700)
    with opened(path, LAYER) as archive:
        for member in archive.infolist():
            name = Path(member.filename.replace("\\", "/"))
            hidden = name.name.startswith(".") or "__MACOSX" in name.parts
            if name.suffix.lower() not in SHAPEFILE_PARTS or hidden or member.is_dir():
                continue
            target = folder / name.name.lower()
            if target.exists():
                raise LoadRefused(
                    "The zip file holds several Shapefiles of one name; it must hold exactly one."
                )
            unpack(archive, member, target)
    shapefiles = sorted(folder.glob("*.shp"))
    if len(shapefiles) != 1:
        raise LoadRefused(f"The zip file holds {len(shapefiles)} Shapefiles; it must hold exactly one.")
    missing = [part for part in (".shx", ".dbf") if not shapefiles[0].with_suffix(part).exists()]
    if missing:
        raise LoadRefused(
            f"The Shapefile lacks its {' and '.join(missing)} file. Zip all its parts together."
        )
    return shapefiles[0]


def _read(
    source: str, kind: str, definition: Definition
) -> tuple[dict[str, Any], Matched, list[str], NDArray[np.object_] | None, list[NDArray[Any]]]:
    layer = _layer(source, definition)
    told = pyogrio.read_info(source, layer=layer)
    if told["driver"] != DRIVERS[kind]:
        raise LoadRefused(DAMAGED)
    fields = [str(field) for field in told["fields"]]
    _, matched = find_header(definition, [fields])
    wanted = [fields[place] for place in matched.positions.values()]
    meta, _, geometry, values = pyogrio.raw.read(source, layer=layer, columns=wanted)
    return meta, matched, fields, geometry, values


def _layer(source: str, definition: Definition) -> str:
    layers = [str(layer[0]) for layer in pyogrio.list_layers(source)]
    if definition.layer in layers:
        return definition.layer
    if len(layers) == 1:
        return layers[0]
    shown = ", ".join(layers[:MOST_LAYER_NAMES])
    raise LoadRefused(f"The file has several layers ({shown}) and none named '{definition.layer}'.")


def _columns(
    matched: Matched, fields: list[str], read: list[str], values: list[NDArray[Any]]
) -> dict[str, pa.StringArray]:
    by_field = dict(zip(read, values, strict=True))
    return {name: as_text(by_field[fields[place]]) for name, place in matched.positions.items()}


def as_text(values: NDArray[Any]) -> pa.StringArray:
    """Attribute values as trimmed text: whole numbers without a point, missing ones blank."""
    return pa.array([one_as_text(value) for value in values.tolist()], pa.string())


def one_as_text(value: object) -> str:
    """One attribute as trimmed text."""
    if value is None or value != value:  # NaN is the one value unlike itself
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace").strip()
    return str(value).strip().encode("utf-8", errors="replace").decode("utf-8")
