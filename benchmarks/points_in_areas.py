"""A million points into 270 wards, beside geopandas and shapely: `python -m benchmarks.points_in_areas [--full]`.

The wards are Voronoi cells with wiggly shared edges (about 360 vertices each), made from a fixed seed over an
Essex-sized square. Both sides must agree on every point before anything is timed; points on a shared edge belong
to the lowest ward that holds them on both. Goal: at least 5 times as fast as geopandas' spatial join, no mismatch.
"""

import argparse
import importlib.metadata
import resource
import statistics
import sys
import time

import geopandas
import numpy as np
import shapely

from trigpoint.core.geography.areas import area_locator

POINTS, WARDS, SIDE_M = 1_000_000, 270, 60_000.0
GOAL = 5.0


def wards(rng):
    """Voronoi cells whose edges are bent alike on both sides: each is split and shifted by a field of waves."""
    frame = shapely.box(0, 0, SIDE_M, SIDE_M)
    cells = shapely.voronoi_polygons(shapely.MultiPoint(rng.uniform(0, SIDE_M, (WARDS, 2))), extend_to=frame)
    straight = [shapely.segmentize(cell.intersection(frame), 45.0) for cell in cells.geoms]

    def bent(xy):
        x, y = xy.T
        return np.column_stack([x + 60 * np.sin(y / 130) + 25 * np.sin(x / 47), y + 60 * np.sin(x / 150)])

    return [shapely.transform(cell, bent) for cell in straight]


def by_geopandas(frame, points):
    joined = geopandas.sjoin(points, frame, predicate="intersects", how="left")
    return joined["index_right"].groupby(level=0).min().fillna(-1).to_numpy(dtype=np.int32)


def timed(work, repeats):
    seconds = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds), max(seconds)


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--full", action="store_true")
    words.add_argument("--repeats", type=int, default=5)
    told = words.parse_args()
    rng = np.random.default_rng(20260101)
    polygons = wards(rng)
    corners = shapely.get_coordinates(polygons)
    x, y = rng.uniform(-1000, SIDE_M + 1000, (2, POINTS))
    x[: len(corners) // 10], y[: len(corners) // 10] = corners[: len(corners) // 10].T
    frame = geopandas.GeoDataFrame(geometry=polygons)
    points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(x, y))
    versions = ", ".join(
        f"{n} {importlib.metadata.version(n)}" for n in ("shapely", "geopandas", "numba", "numpy")
    )
    print(
        f"{versions}; {POINTS:,} points, {len(polygons)} wards, {len(corners) // len(polygons)} vertices each"
    )
    area_locator(polygons[:1]).locate(x[:1], y[:1])
    build = timed(lambda: area_locator(polygons), told.repeats)
    locator = area_locator(polygons)
    mismatches = int((locator.locate(x, y) != by_geopandas(frame, points)).sum())
    ours = timed(lambda: locator.locate(x, y), told.repeats)
    theirs = timed(lambda: by_geopandas(frame, points), told.repeats if told.full else 2)
    print(f"mismatches: {mismatches}")
    for name, (middle, worst) in (("build once", build), ("label grid", ours), ("geopandas", theirs)):
        print(f"{name:12} median {middle * 1e3:9.1f} ms   worst {worst * 1e3:9.1f} ms")
    ratio = theirs[0] / ours[0]
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"ratio {ratio:.1f} (goal {GOAL:.0f}); peak memory {megabytes:,.0f} MB")
    return 0 if mismatches == 0 and ratio >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
