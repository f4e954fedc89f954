"""Reading ahead: what nearly every question needs of the version in use, before anybody asks. It answers nobody."""

import numpy as np
import shapely

from trigpoint.core.analysis.backgrounds import ChildrenBackground, RecordsBackground
from trigpoint.core.analysis.cube_laws import RecordsOverTime
from trigpoint.core.analysis.emerging import LEAST_STEPS, find_emerging
from trigpoint.core.analysis.hotspot import find_hotspots
from trigpoint.core.geography.neighbours import Neighbours
from trigpoint.core.geography.network import at_points, street_network
from trigpoint.core.geography.walking import nearest_sites, sites_within
from trigpoint.gate.connection import current_version
from trigpoint.gate.denial import BeingMadeAnew, QuestionError
from trigpoint.gate.version import Version
from trigpoint.gate.walking_ground import network_of
from trigpoint.gate.words import DEFAULT_RESOLUTION, RESOLUTIONS

__all__ = ["read_places", "work_ahead", "work_further_ahead"]

AREA_LEVELS = ("district", "ward", "lsoa")


def read_places() -> Version | None:
    """Open the version in use and read its words and places; None where nothing has been published."""
    try:
        version = current_version()
    except (QuestionError, BeingMadeAnew):
        return None
    for level in AREA_LEVELS:
        version.code_places(level)
        version.population(level)
    for level in (*AREA_LEVELS, "street"):
        version.codes(level, None)
    version.codes("cell", DEFAULT_RESOLUTION)
    return version


def work_ahead(version: Version) -> None:
    """Find neighbours, children and the walking network, and have what is compiled compiled: what a first look needs."""
    version.cell_neighbours(DEFAULT_RESOLUTION)
    version.area_neighbours("ward")
    version.children("cell", DEFAULT_RESOLUTION)
    if not version.streets.anchors:
        version.street_neighbours()
        network_of(version)
    _compile()


def _compile() -> None:
    """The tests of a landing page and the walks of a pack, on next to nothing: what they run on is compiled when it first
    runs on a machine, ten seconds in all, and read from beside the program after that."""
    counts = np.array([4, 2, 0, 0, 1, 0], dtype=np.int64)
    beside = np.array([1, 0, 3, 2, 5, 4], dtype=np.int32)
    pairs = Neighbours(np.arange(7, dtype=np.int64), beside)
    for background in (None, RecordsBackground(counts + 1), ChildrenBackground(counts + 1.0)):
        find_hotspots(counts, pairs, q=0.05, background=background)
    over_time = np.tile(counts[:, None], (1, LEAST_STEPS))
    find_emerging(over_time, pairs, background=RecordsOverTime(over_time + 1))
    lane = street_network([shapely.LineString([(0.0, 0.0), (100.0, 0.0)])], [0], [1])
    here = at_points(lane, [50.0], [0.0])
    nearest_sites(lane, here, 1, 80.0)
    sites_within(lane, here, 80.0)


def work_further_ahead(version: Version) -> None:
    """The other sizes of hexagon, which somebody meets who looks closer. Takes seconds in a large county."""
    for resolution in RESOLUTIONS:
        version.codes("cell", resolution)
        version.cell_neighbours(resolution)
