"""One town's bones: radial roads, rings between them, an old heart and a ragged rim."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from trigpoint.core.county.blocks import TownGround, TownLine, build
from trigpoint.core.county.mesh import Gates
from trigpoint.core.county.noise import Floats


def lay_town(
    rng: np.random.Generator,
    index: int,
    centre: Floats,
    radius_m: float,
    gates: Gates,
    grades: list[int],
    dry: Any,
) -> TownGround:
    """Streets of one town on the ground `dry` (land clear of water). `grades` is each radial's road grade."""
    ground = TownGround()
    order = np.argsort(gates.angle)
    spokes = [_spoke(rng, centre, gates.angle[i], gates.radius_m[i]) for i in order]
    rim = _rim(rng, centre, radius_m)
    rings = _ring_shares(radius_m)
    heart = rings[0] * rng.uniform(0.85, 1.2, len(spokes))
    through = _through(rng, [grades[i] for i in order])
    for place, i in enumerate(order):
        stop = 0.82 if grades[i] == 3 else 1.0
        way = spokes[place](np.linspace(heart[place], stop, 13))
        ground.lines.append(TownLine(way, min(grades[i], 2), "radial", index))
        if place in through:
            way = spokes[place](np.linspace(0, heart[place], 5))
            ground.lines.append(TownLine(way, min(grades[i], 2), "high", index))
    _lay_heart(rng, ground, index, radius_m, spokes, heart, through, (dry, rim))
    for place in range(len(spokes)):
        after = (place + 1) % len(spokes)
        shares = [share + rng.uniform(-0.05, 0.05, 2) for share in rings]
        shares[0], shares[-1] = heart[[place, after]], np.array([1.25, 1.25])
        _lay_sector(rng, ground, index, radius_m, spokes[place], spokes[after], shares, (dry, rim))
    return ground


def _through(rng: np.random.Generator, grades: list[int]) -> list[int]:
    """Places of the three or four radials that reach the middle, well apart, main roads first; the rest stop short."""
    count = len(grades)
    wanted = 4 if count > 6 else 3
    best = sorted(range(count), key=lambda place: (grades[place], rng.random()))[0]
    return sorted({(best + round(k * count / wanted)) % count for k in range(wanted)})


def _lay_heart(
    rng: np.random.Generator, ground: TownGround, index: int, radius_m: float, spokes: list[Any], heart: Floats,
    through: list[int], bounds: tuple[Any, Any],
) -> None:  # fmt: skip
    """The old town inside the first ring, in the pieces the main streets leave."""
    count = len(spokes)
    for place, left in enumerate(through):
        right = through[(place + 1) % len(through)]
        steps = (right - left) % count or count
        ring = []
        for k in range(steps):
            one, two = (left + k) % count, (left + k + 1) % count
            arc = _arc(spokes[one], spokes[two], heart[[one, two]])
            ring.append(arc if k == steps - 1 else arc[:-1])
        out = spokes[left](np.linspace(0, heart[left], 6))[:-1]
        back = spokes[right](np.linspace(heart[right], 0, 6))[1:-1]
        build(rng, ground, index, radius_m, 0.05, shapely.Polygon(np.vstack([out, *ring, back])), bounds)


def _rim(rng: np.random.Generator, centre: Floats, radius_m: float) -> Any:
    """The ragged edge of the built-up ground: lobes, and green fingers between them."""
    turn = np.linspace(0, 2 * np.pi, 73)[:-1]
    reach = np.full(len(turn), 1.0)
    for waves, size in ((2, 0.11), (3, 0.10), (5, 0.09), (9, 0.06), (17, 0.04)):
        reach += size * np.sin(waves * turn + rng.uniform(0, 2 * np.pi)) * rng.uniform(0.6, 1.3)
    ring = centre + np.column_stack([np.cos(turn), np.sin(turn)]) * (radius_m * reach)[:, None]
    return shapely.Polygon(ring)


def _ring_shares(radius_m: float) -> list[float]:
    if radius_m > 1500:
        return [0.17, 0.40, 0.70, 1.0]
    return [0.30, 0.66, 1.0] if radius_m > 850 else [0.48, 1.0]


def _spoke(rng: np.random.Generator, centre: Floats, angle: float, length_m: float) -> Any:
    """A radial road as a function of its share run, leaning a little as old roads do; straight at the gate."""
    lean = rng.uniform(-0.22, 0.22)
    wobble = rng.uniform(-0.07, 0.07)

    def along(share: Floats) -> Floats:
        share = np.asarray(share, dtype=np.float64)
        turn = angle + lean * (1 - share) * share * 2 + wobble * np.sin(3 * np.pi * share)
        points: Floats = centre + (np.stack([np.cos(turn), np.sin(turn)], -1) * (share * length_m)[..., None])
        return points

    return along


def _arc(left: Any, right: Any, share: Floats) -> Floats:
    """A curved way from one radial to the next, bulging like a ring."""
    start, end = left(np.array([share[0]]))[0], right(np.array([share[1]]))[0]
    middle = left(np.array([0.0]))[0]
    blend = np.linspace(0, 1, 9)[:, None]
    chord = start * (1 - blend) + end * blend
    reach = np.hypot(*(start - middle)) * (1 - blend[:, 0]) + np.hypot(*(end - middle)) * blend[:, 0]
    away = chord - middle
    length = np.maximum(np.hypot(away[:, 0], away[:, 1]), 1.0)
    bulge = 0.72 * reach + 0.28 * length
    line: Floats = middle + away * (bulge / length)[:, None]
    line[0], line[-1] = start, end
    return line


def _lay_sector(
    rng: np.random.Generator, ground: TownGround, index: int, radius_m: float, left: Any, right: Any,
    shares: list[Floats], bounds: tuple[Any, Any],
) -> None:  # fmt: skip
    inner = shares[0]
    grade = 1 if radius_m > 1500 else 2
    ground.lines.append(TownLine(_arc(left, right, inner), grade, "ring", index))
    for ring, outer in enumerate(shares[1:], start=1):
        last = ring == len(shares) - 1
        far = _arc(left, right, outer)
        near = _arc(left, right, inner)
        side_right = right(np.linspace(outer[1], inner[1], 6))[1:-1]
        side_left = left(np.linspace(inner[0], outer[0], 6))[1:-1]
        polygon = shapely.Polygon(np.vstack([far, side_right, near[::-1], side_left]))
        if not last:
            ground.lines.append(TownLine(far, 2, "ring", index))
        if not (last and rng.random() < 0.04):
            build(rng, ground, index, radius_m, float((inner.mean() + outer.mean()) / 2), polygon, bounds)
        inner = outer
