"""What the accepted layers say of the county, read once in a process for every set of layers that has been accepted.

Their files never change, so the set of their numbers says whether anything is new.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

from trigpoint.db.home import Home
from trigpoint.db.models.delivery import Delivery, DeliveryStatus
from trigpoint.ingest.codes import AREA_LEVEL
from trigpoint.ingest.ledger import newest_first
from trigpoint.ingest.steps.scanner import found_in, normal_name
from trigpoint.ingest.surroundings import Extent

Layers = tuple[tuple[int, str], ...]
"""Number and kind of each accepted delivery of a layer."""
NAMED_IN = {
    "areas": ("name",),
    "lookup": ("child_name", "parent_name"),
    "streets": ("name", "town"),
    "sites": ("name", "locality"),
    "shapes": ("name",),
}
"""Where each kind of layer has names of places."""
POSTCODE_LAYERS = ("code_point_open", "onspd")
"""Those in use first; the second has terminated ones too."""
FILES_KEPT = 256
"""A county's layers are a few dozen files."""
SETS_KEPT = 4
"""A process serves one home; more than one set is known only while layers come in."""


def accepted_layers(home: Home) -> Layers:
    """The layers accepted so far, in the order they were."""
    told = Delivery.objects.filter(status=DeliveryStatus.ACCEPTED, kind__in=[*NAMED_IN, "postcodes"])
    return tuple(told.order_by("pk").values_list("pk", "kind"))


def _tables(home: Home, layers: Layers, kind: str, columns: tuple[str, ...]) -> Iterator[pa.Table]:
    for number, of_kind in layers:
        file = home.deliveries / f"{number}.parquet"
        if of_kind == kind and file.exists():  # an erased or wholly repeated delivery has none
            yield pq.read_table(file, columns=list(columns))


@lru_cache(maxsize=SETS_KEPT)
def place_names(home: Home, layers: Layers) -> frozenset[str]:
    """Every name of a place in the layers, by `normal_name`.

    Registers of businesses hold some that bear their owner's name and nothing else: those say nothing of a place, and
    a site that may be known to few lends its name to nobody.
    """
    files = ((home.deliveries / f"{number}.parquet", kind) for number, kind in layers if kind in NAMED_IN)
    # An erased or wholly repeated delivery has none.
    found = frozenset().union(*(_names_in(file, kind) for file, kind in files if file.exists()))
    without_article = {name.removeprefix("the ") for name in found}
    return frozenset((found | without_article) - {""})


@lru_cache(maxsize=FILES_KEPT)
def _names_in(file: Path, kind: str) -> frozenset[str]:
    """The names in one delivery's file."""
    columns = NAMED_IN[kind]
    more = ("restricted",) if kind == "sites" else ()
    table = pq.read_table(file, columns=[*columns, *more])
    rows = table.filter(pc.invert(table["restricted"])) if more else table
    found: set[str] = set()
    for column in columns:
        names = pc.unique(rows[column].drop_null()).to_pylist()
        found |= {normal_name(name) for name in names if kind != "sites" or not _is_somebody(name)}
    return frozenset(found)


def _is_somebody(name: str) -> bool:
    return len(name.split()) <= 3 and found_in(name, numbers=False) == "a person"


@lru_cache(maxsize=SETS_KEPT)
def extent(home: Home, layers: Layers) -> Extent | None:
    """The bounding box of the county's districts, else of its wards, else of the LSOAs; None without any of them."""
    for level in ("district", "ward", "lsoa"):
        boxes = [
            box
            for table in _tables(home, layers, "areas", ("level", "code", "parent_code", "wkb"))
            if len(box := _boxes(table.filter(pc.equal(table["level"], AREA_LEVEL[level])), home, level))
        ]
        if boxes:
            west, south, east, north = np.concatenate(boxes).T
            return float(west.min()), float(south.min()), float(east.max()), float(north.max())
    return None


def _boxes(areas: pa.Table, home: Home, level: str) -> NDArray[np.float64]:
    """Bounds of the areas that lie in the county, shape (n, 4)."""
    if home.districts and level != "lsoa":
        column = "code" if level == "district" else "parent_code"
        areas = areas.filter(pc.is_in(areas[column], pa.array(home.districts, pa.string())))
    shapes = shapely.from_wkb(areas["wkb"].drop_null().to_numpy(zero_copy_only=False))
    bounds = np.asarray(shapely.bounds(shapes), dtype=np.float64).reshape(-1, 4)
    return bounds[np.isfinite(bounds).all(axis=1)]


@lru_cache(maxsize=SETS_KEPT)
def lsoas(home: Home, layers: Layers) -> tuple[shapely.STRtree, list[str]]:
    """The newest vintage of LSOAs, with their codes."""
    tables = list(newest_first("ons_lsoa", home, ("code", "vintage", "wkb")))
    newest = max((pc.max(table["vintage"]).as_py() or "" for table in tables), default="")
    found: dict[str, bytes] = {}
    for table in tables:
        here = table.filter(pc.equal(table["vintage"], newest))
        columns = (here[name].to_pylist() for name in ("code", "wkb"))
        found = {**dict(zip(*columns, strict=True)), **found}
    return shapely.STRtree(shapely.from_wkb(list(found.values()))), list(found)


@lru_cache(maxsize=SETS_KEPT)
def postcodes(home: Home, layers: Layers) -> pa.Table:
    """Postcodes with their points, the newest extract first, of those that lie where there are LSOAs."""
    tree, _ = lsoas(home, layers)
    tables = [
        table.filter(_inside(table, shapely.total_bounds(tree.geometries)))
        for definition in POSTCODE_LAYERS
        for table in newest_first(definition, home, ("postcode", "easting_m", "northing_m"))
    ]
    return pa.concat_tables(tables) if tables else pa.table({"postcode": pa.array([], pa.string())})


def _inside(table: pa.Table, bounds: NDArray[np.float64]) -> pa.ChunkedArray:
    west, south, east, north = bounds.tolist()
    x, y = table["easting_m"], table["northing_m"]
    across = pc.and_(pc.greater_equal(x, west), pc.less_equal(x, east))
    return pc.fill_null(pc.and_(across, pc.and_(pc.greater_equal(y, south), pc.less_equal(y, north))), False)
