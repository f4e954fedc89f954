"""Units that touch and are of one kind, taken together."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csgraph, csr_matrix

from trigpoint.core.geography.neighbours import Neighbours

__all__ = ["touching_alike"]


def touching_alike(kind: NDArray[np.integer], neighbours: Neighbours) -> list[NDArray[np.int64]]:
    """The connected groups of units of the same `kind`, int[n], each ascending; a unit of kind 0 is in none.

    In the order of their first units. Raises ValueError if the lengths differ.
    """
    if kind.shape != (neighbours.units,):
        raise ValueError("there must be one kind for each unit")
    units = np.flatnonzero(kind)
    place = np.cumsum(kind != 0) - 1
    rows = np.repeat(np.arange(kind.size), neighbours.degrees)
    alike = (kind[rows] != 0) & (kind[rows] == kind[neighbours.indices])
    ends = (place[rows[alike]], place[neighbours.indices[alike]])
    graph = csr_matrix((np.ones(ends[0].size, dtype=np.int8), ends), shape=(units.size, units.size))
    groups, group = csgraph.connected_components(graph, directed=False)
    if groups == 0:
        return []
    found = np.split(units[np.argsort(group, kind="stable")], np.cumsum(np.bincount(group))[:-1])
    return sorted(found, key=lambda members: int(members[0]))
