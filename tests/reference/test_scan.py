"""The scan against what SaTScan prints. The files are nobody's to give away: TRIGPOINT_REFERENCE_DATA says where they are.

The folder holds satscan_test1.cas and .geo, satscan_test3.cas and .geo (PredictCode, University of Leeds) and
NYCfever.cas and .geo (SaTScan's sample data), as published.
"""

import os
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from trigpoint.core.analysis.published.check import Check, run
from trigpoint.core.analysis.published.scan import CHECKS
from trigpoint.core.analysis.scan import Cluster, Scanned, scan
from trigpoint.core.analysis.scan_zones import Ties, zones_within

EARTH_M = 6_371_000.0


@pytest.mark.parametrize(
    "check", [one for one in CHECKS if one.ours is not None], ids=lambda one: one.statistic
)
def test_published_figures_come_out(check: Check) -> None:
    assert run(check).within


def rows(name: str) -> list[list[str]]:
    folder = os.environ.get("TRIGPOINT_REFERENCE_DATA")
    file = Path(folder or ".") / name
    if not folder or not file.exists():
        pytest.skip(f"TRIGPOINT_REFERENCE_DATA names no folder with {name}")
    return [line.split() for line in file.read_text().splitlines() if line.strip()]


def read(name: str) -> tuple[list[str], NDArray[np.float64], NDArray[np.int64], list[str]]:
    """Codes of places, their points, the place of each case, and when it was."""
    places, cases = rows(f"{name}.geo"), rows(f"{name}.cas")
    codes = [row[0] for row in places]
    at = np.array([codes.index(row[0]) for row in cases for _ in range(int(row[1]))])
    when = [row[2] for row in cases for _ in range(int(row[1]))]
    return codes, np.array([[float(one) for one in row[1:3]] for row in places]), at, when


def generic(
    name: str, ties: Ties, most_m: float, replicates: int = 0
) -> tuple[list[str], tuple[Cluster, ...]]:
    codes, points, at, when = read(name)
    result = scan(
        at, np.array(when, dtype=int), zones_within(points[:, 0], points[:, 1], most_m, ties=ties), steps=1001,
        rng=np.random.default_rng(7), scanned=Scanned(mode="prospective", replicates=replicates),
    )  # fmt: skip
    return codes, result.clusters


def test_satscan_test3() -> None:
    codes, clusters = generic("satscan_test3", "one", 50.0)
    first = clusters[0]
    assert {codes[place] for place in first.places} == {"21", "6", "22", "11"}
    assert (first.radius_m, first.first, first.last, first.observed) == (20.0, 930, 1000, 10)
    assert first.expected == pytest.approx(5.46, abs=1e-12)
    assert first.llr == pytest.approx(1.622161, abs=5e-7)


def test_satscan_test1_with_its_rule_for_ties_and_its_second_cluster() -> None:
    codes, clusters = generic("satscan_test1", "one", 1e4, replicates=999)
    first, second = clusters[:2]
    assert {codes[place] for place in first.places} == {"23", "6", "16"}
    assert (first.first, first.last, first.observed) == (993, 1000, 3)
    assert first.llr == pytest.approx(3.352053, abs=5e-7)
    assert ([codes[place] for place in second.places], second.observed, second.first) == (["10"], 4, 962)
    assert second.llr == pytest.approx(2.715606, abs=5e-7)
    # SaTScan: 0.202 and 0.581 from 248 replicates; six standard errors of both
    assert abs(first.p - 0.202) < 6 * np.sqrt(0.25 * 0.75 * (1 / 248 + 1 / 999))
    assert abs(second.p - 0.581) < 6 * np.sqrt(0.25 * (1 / 248 + 1 / 999))


def test_satscan_test1_with_all_equally_far_places_together() -> None:
    _, clusters = generic("satscan_test1", "all", 1e4)
    assert clusters[0].llr == pytest.approx(3.009922, abs=5e-7)


def test_new_york_fever() -> None:
    codes, points, at, when = read("NYCfever")
    latitude, longitude = np.radians(points).T
    x = EARTH_M * longitude * np.cos(latitude.mean())
    zones = zones_within(x, EARTH_M * latitude, 3000.0, ties="one")
    days = [tuple(map(int, day.split("/"))) for day in when]
    step = np.array([(date(*day) - date(2001, 11, 1)).days for day in days])
    asked = Scanned(mode="prospective", longest=7, replicates=0)
    clusters = scan(at, step, zones, steps=24, rng=np.random.default_rng(7), scanned=asked).clusters
    found = [(codes[one.centre], one.first, one.observed) for one in clusters[:1]]
    assert found == [("11418", 21, 4)]
    assert len(clusters[0].places) == 9
    for one, llr in zip(clusters, (3.845418, 3.164201, 2.137259), strict=False):
        assert one.llr == pytest.approx(llr, abs=5e-7)
