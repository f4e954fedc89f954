"""The street network: laid lines cut at every junction, thinned at barriers, joined up and bent a little."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from trigpoint.core.county.coast import Ground
from trigpoint.core.county.noise import Floats, displaced, make_waves
from trigpoint.core.county.streets import Laid

IntArray = NDArray[np.int64]
SNAP_M = 0.5
MERGE_M = 9.0
# Ways important enough for a bridge wherever they meet rail or river.
_BRIDGED = ("radial", "high", "country")


@dataclass(frozen=True, slots=True)
class Network:
    """Street segments cut at junctions, before names and areas. `line` is the index of the street it was cut from."""

    geometries: Any
    line: IntArray
    start: IntArray
    end: IntArray
    junctions: Floats


def cut_network(rng: np.random.Generator, laid: Laid, ground: Ground, rails: list[Any]) -> Network:
    """Node every crossing, drop what crosses rail or water without being worth a bridge, keep one network, bend it."""
    raw = _line_array(laid)
    pieces = shapely.get_parts(shapely.union_all(raw, grid_size=SNAP_M))
    line = _source_line(pieces, raw)
    pieces, line = pieces[line >= 0], line[line >= 0]
    pieces, start, end, kept = _contracted(pieces)
    line = line[kept]
    grade = np.array([street.grade for street in laid.lines])[line]
    bridged = np.array([street.style in _BRIDGED for street in laid.lines])[line]
    passing = ~(
        _stopped(rng, pieces, np.where(bridged, 0, grade), ground, rails) | _at_sea(pieces, grade, ground)
    )
    passing[passing] = _giant(start[passing], end[passing])
    bent = _bend(rng, pieces[passing])
    used, ends = np.unique(np.concatenate([start[passing], end[passing]]), return_inverse=True)
    half = len(bent)
    return Network(bent, line[passing], ends[:half], ends[half:], _where_ends_lie(len(used), bent, ends))


def _contracted(pieces: Any) -> tuple[Any, IntArray, IntArray, IntArray]:
    """Junctions a few metres apart become one, at the busiest; returns pieces, their ends, and which were kept.

    Without this a street crossed by two side streets not quite opposite each other would hold a piece too short to
    see, and dropping such pieces would cut it in two.
    """
    start, end, at = _junctions(pieces)
    short = shapely.length(pieces) < MERGE_M
    graph = coo_matrix((np.ones(int(short.sum())), (start[short], end[short])), shape=(len(at), len(at)))
    _, group = connected_components(graph, directed=False)
    degree = np.bincount(np.concatenate([start, end]), minlength=len(at))
    busiest = np.lexsort((-degree, group))
    chief = busiest[np.unique(group[busiest], return_index=True)[1]]
    spot = at[chief]
    start, end = group[start], group[end]
    kept = np.flatnonzero(~short & (start != end))
    points, owner = shapely.get_coordinates(pieces[kept], return_index=True)
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    last = np.append(first[1:], len(points)) - 1
    points[first], points[last] = spot[start[kept]], spot[end[kept]]
    return shapely.linestrings(points, indices=owner), start[kept], end[kept], kept


def _line_array(laid: Laid) -> Any:
    points = np.vstack([line.points for line in laid.lines])
    index = np.repeat(np.arange(len(laid.lines)), [len(line.points) for line in laid.lines])
    return shapely.linestrings(points, indices=index)


def _source_line(pieces: Any, raw: Any) -> IntArray:
    """Index of the street each piece was cut from, the more important where two run together; −1 if none."""
    middle = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    piece, source = shapely.STRtree(raw).query(middle, predicate="dwithin", distance=SNAP_M * 2)
    line = np.full(len(pieces), len(raw))
    np.minimum.at(line, piece, source)
    line[line == len(raw)] = -1
    found: IntArray = line.astype(np.int64)
    return found


def _stopped(
    rng: np.random.Generator, pieces: Any, rank: IntArray, ground: Ground, rails: list[Any]
) -> NDArray[np.bool_]:
    """Most local streets, and some of the minor roads, end at railways and rivers."""
    barriers = shapely.union_all([*rails, *(line for _, line in ground.rivers)])
    shapely.prepare(barriers)
    chance = np.select([rank >= 3, rank == 2], [0.88, 0.25], 0.0)
    stopped: NDArray[np.bool_] = shapely.intersects(barriers, pieces) & (rng.random(len(pieces)) < chance)
    return stopped


def _at_sea(pieces: Any, grade: IntArray, ground: Ground) -> NDArray[np.bool_]:
    """Only A and B roads have bridges over tidal water or cross another county's corner."""
    shapely.prepare(ground.county)
    wet: NDArray[np.bool_] = ~shapely.covers(ground.county, pieces) & (grade >= 2)
    wet[wet] = shapely.length(shapely.difference(pieces[wet], ground.county)) > 60
    return wet


def _junctions(pieces: Any) -> tuple[IntArray, IntArray, Floats]:
    ends = np.vstack([shapely.get_coordinates(shapely.get_point(pieces, i)) for i in (0, -1)])
    found, index = np.unique(np.round(ends / SNAP_M).astype(np.int64), axis=0, return_inverse=True)
    index = index.ravel().astype(np.int64)
    return index[: len(pieces)], index[len(pieces) :], (found * SNAP_M).astype(np.float64)


def _giant(start: IntArray, end: IntArray) -> NDArray[np.bool_]:
    """Mask of the segments in the largest connected part."""
    count = int(max(start.max(), end.max())) + 1
    graph = coo_matrix((np.ones(len(start)), (start, end)), shape=(count, count))
    _, part = connected_components(graph, directed=False)
    mask: NDArray[np.bool_] = part[start] == np.bincount(part[start]).argmax()
    return mask


def _bend(rng: np.random.Generator, pieces: Any) -> Any:
    """Two gentle waves through the whole county; junctions move with their streets."""
    fields = [
        make_waves(rng, 1100.0, 22.0),
        make_waves(rng, 1100.0, 22.0),
        make_waves(rng, 420.0, 7.0),
        make_waves(rng, 420.0, 7.0),
    ]
    dense = shapely.segmentize(pieces, 45.0)

    def bend(points: Floats) -> Floats:
        return displaced(displaced(points, fields[0], fields[1]), fields[2], fields[3]).round(1)

    return shapely.transform(dense, bend)


def _where_ends_lie(count: int, bent: Any, ends: IntArray) -> Floats:
    """Where each junction lies now: the ends of the streets that meet there."""
    moved = np.empty((count, 2))
    half = len(bent)
    moved[ends[:half]] = shapely.get_coordinates(shapely.get_point(bent, 0))
    moved[ends[half:]] = shapely.get_coordinates(shapely.get_point(bent, -1))
    return moved
