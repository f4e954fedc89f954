"""Reading ahead: what nearly every question needs of the version in use, before anybody asks. It answers nobody."""

import numpy as np

from trigpoint.core.analysis.backgrounds import ChildrenBackground, RecordsBackground
from trigpoint.core.analysis.hotspot import find_hotspots
from trigpoint.core.geography.neighbours import Neighbours
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
    """Find neighbours, children and the walking network, and have the test of hotspots compiled: what a first look needs."""
    version.cell_neighbours(DEFAULT_RESOLUTION)
    version.area_neighbours("ward")
    version.children("cell", DEFAULT_RESOLUTION)
    if not version.streets.anchors:
        version.street_neighbours()
        network_of(version)
    counts = np.array([4, 2, 0, 0, 1, 0], dtype=np.int64)
    beside = np.array([1, 0, 3, 2, 5, 4], dtype=np.int32)
    pairs = Neighbours(np.arange(7, dtype=np.int64), beside)
    for background in (None, RecordsBackground(counts + 1), ChildrenBackground(counts + 1.0)):
        find_hotspots(counts, pairs, q=0.05, background=background)


def work_further_ahead(version: Version) -> None:
    """The other sizes of hexagon, which somebody meets who looks closer. Takes seconds in a large county."""
    for resolution in RESOLUTIONS:
        version.codes("cell", resolution)
        version.cell_neighbours(resolution)
