"""Town blocks: a piece of ground between main streets cut up the way each age built."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from trigpoint.core.county.noise import Floats

Block = list[complex]
# Two blocks and the street between them.
Cut = tuple[Block, Block, Block]
# Quarter: (outer edge as a share of the radius, block width, block length, crookedness in radians, name style)
_QUARTERS = (
    (0.20, 84.0, 150.0, 0.16, "core"),
    (0.50, 98.0, 255.0, 0.05, "terrace"),
    (0.76, 150.0, 330.0, 0.10, "suburb"),
    (9.00, 205.0, 380.0, 0.20, "estate"),
)


@dataclass(frozen=True, slots=True)
class TownLine:
    """One street before it is cut at junctions. `grade` 0 A, 1 B, 2 minor, 3 local, 4 restricted."""

    points: Floats
    grade: int
    style: str
    town: int


@dataclass(slots=True)
class TownGround:
    """What one town is made of while it is being laid out."""

    lines: list[TownLine] = field(default_factory=list)
    greens: list[Any] = field(default_factory=list)
    quarters: list[Any] = field(default_factory=list)


def build(
    rng: np.random.Generator, ground: TownGround, index: int, radius_m: float, share: float, polygon: Any,
    bounds: tuple[Any, Any],
) -> None:  # fmt: skip
    """Fill one piece between rings and radials: clip it to dry ground within the rim, then cut it into blocks."""
    dry, rim = bounds
    polygon = shapely.make_valid(polygon)
    wet = not shapely.covers(dry, polygon)
    for bound in (dry, rim):
        if not shapely.covers(bound, polygon):
            polygon = shapely.intersection(polygon, bound)
    share = share if radius_m > 1500 else 0.25 + share * 0.72
    quarter = next(q for q in _QUARTERS if share < q[0])
    for part in shapely.get_parts(polygon):
        if part.geom_type != "Polygon" or part.area < 8_000:
            continue
        ground.quarters.append(part)
        ring = shapely.get_coordinates(shapely.simplify(part.exterior, 4.0))[:-1]
        _cut(rng, ground, index, [complex(x, y) for x, y in ring], quarter)
        if wet:
            _edge_road(ground, index, part, dry, (2, "shore"))
        if rng.random() < 0.4:
            _edge_road(ground, index, part, rim, (3, quarter[4]))


def _edge_road(ground: TownGround, index: int, part: Any, bound: Any, kind: tuple[int, str]) -> None:
    """Where the town meets water, and here and there where it meets the fields, a street follows the edge."""
    edge = shapely.intersection(part.exterior, shapely.buffer(shapely.boundary(bound), 2.0))
    for line in shapely.get_parts(shapely.line_merge(edge)):
        if line.geom_type == "LineString" and line.length > 120:
            way = shapely.get_coordinates(shapely.simplify(line, 6.0))
            ground.lines.append(TownLine(way, kind[0], kind[1], index))


def _cut(
    rng: np.random.Generator,
    ground: TownGround,
    index: int,
    block: Block,
    quarter: tuple[Any, ...],
) -> None:
    _, width, length, crooked, style = quarter
    width, length = width * rng.uniform(0.88, 1.2), length * rng.uniform(0.85, 1.2)
    park_chance = {"core": 0.015, "terrace": 0.03, "suburb": 0.05, "estate": 0.06}[style]
    turn = rng.normal(0, crooked * 0.8)
    stack = [(block, 0)]
    while stack:
        piece, depth = stack.pop()
        area = _area(piece)
        if 12_000 < area < 110_000 and rng.random() < park_chance:
            ground.greens.append(shapely.Polygon([(p.real, p.imag) for p in piece]))
            continue
        along = _main_direction(piece) * np.exp(1j * (turn * (depth < 2) + rng.normal(0, crooked * 0.35)))
        span, across = _extent(piece, along), _extent(piece, along * 1j)
        if span[1] - span[0] < across[1] - across[0]:
            along, span, across = along * 1j, across, (-span[1], -span[0])
        long_m, wide_m = span[1] - span[0], across[1] - across[0]
        if long_m > length * 1.25 or (long_m > length * 0.8 and wide_m > width * 3.2):
            cut = _halves(piece, along, _where(rng, span, length))
        elif wide_m > width * 1.45:
            cut = _halves(piece, along * 1j, _where(rng, across, width))
        else:
            cut = None
        if cut is None:
            if style in ("suburb", "estate") and area > 9_000:
                _add_close(rng, ground, index, piece, along, wide_m)
            continue
        one, two, chord = _curved(rng, cut) if style in ("suburb", "estate") else cut
        grade = 2 if area > 450_000 else (4 if style == "core" and rng.random() < 0.12 else 3)
        ground.lines.append(TownLine(_way(chord), grade, style, index))
        stack.extend([(one, depth + 1), (two, depth + 1)])


def _way(points: Block) -> Floats:
    return np.array([[p.real, p.imag] for p in points])


def _where(rng: np.random.Generator, span: tuple[float, float], unit: float) -> float:
    strips = max(2, round((span[1] - span[0]) / unit))
    return span[0] + (span[1] - span[0]) * (strips // 2 + rng.uniform(-0.13, 0.13)) / strips


def _area(block: Block) -> float:
    return abs(sum((a.conjugate() * b).imag for a, b in zip(block, block[1:] + block[:1], strict=True))) / 2


def _main_direction(block: Block) -> complex:
    """The direction most of the outline runs in, sides and ends counted alike."""
    total = 0j
    for a, b in zip(block, block[1:] + block[:1], strict=True):
        step = b - a
        size = abs(step)
        if size > 0:
            total += size * (step / size) ** 4
    return complex(np.exp(1j * np.angle(total) / 4))


def _extent(block: Block, along: complex) -> tuple[float, float]:
    runs = [(p * along.conjugate()).real for p in block]
    return min(runs), max(runs)


def _halves(block: Block, along: complex, at: float) -> Cut | None:
    """Cut across `along` at position `at`; None where the cut would not make just two pieces."""
    sides = [(p * along.conjugate()).real - at for p in block]
    low: Block = []
    high: Block = []
    ends: list[complex] = []
    for p, q, d, e in zip(block, block[1:] + block[:1], sides, sides[1:] + sides[:1], strict=True):
        (low if d < 0 else high).append(p)
        if (d < 0) != (e < 0):
            meet = p + (q - p) * (d / (d - e))
            low.append(meet)
            high.append(meet)
            ends.append(meet)
    if len(ends) != 2 or abs(ends[0] - ends[1]) < 25:
        return None
    return low, high, ends


def _curved(rng: np.random.Generator, cut: Cut) -> Cut:
    """The street between two new blocks bent into a shallow arc that both blocks share."""
    one, two, (start, end) = cut
    step = end - start
    room = min(_area(one), _area(two)) / abs(step)
    bow = float(np.clip(rng.normal(0, 0.11) * abs(step), -0.3 * room, 0.3 * room))
    side = 1j * step / abs(step) * bow
    inside = [start + step * t + side * 4 * t * (1 - t) for t in (0.2, 0.4, 0.6, 0.8)]
    return _with_arc(one, start, end, inside), _with_arc(two, start, end, inside), [start, *inside, end]


def _with_arc(block: Block, start: complex, end: complex, inside: Block) -> Block:
    """The arc's points put between its ends, which are next to each other in the block."""
    first, last = block.index(start), block.index(end)
    if (first + 1) % len(block) == last:
        return block[: first + 1] + inside + block[first + 1 :]
    return block[: last + 1] + inside[::-1] + block[last + 1 :]


def _add_close(
    rng: np.random.Generator, ground: TownGround, index: int, block: Block, along: complex, wide_m: float
) -> None:
    """A close or two into the middle of a deep block, some with a crook at the end."""
    if wide_m < 95 or rng.random() < 0.25:
        return
    edges = sorted(zip(block, block[1:] + block[:1], strict=True), key=lambda e: -abs(e[1] - e[0]))
    for start, end in edges[: 1 + int(rng.random() < 0.4)]:
        if abs(end - start) < 90:
            continue
        foot = start + (end - start) * rng.uniform(0.35, 0.65)
        inward = (end - start) / abs(end - start) * 1j
        middle = sum(block) / len(block)
        if ((middle - foot) * inward.conjugate()).real < 0:
            inward = -inward
        reach = wide_m * rng.uniform(0.42, 0.62)
        tip = foot + inward * reach
        way = [foot, foot + inward * reach * 0.6, tip]
        if rng.random() < 0.5:
            way = [foot, foot + inward * reach * 0.75, tip + inward * 1j * rng.choice([-1, 1]) * reach * 0.45]
        ground.lines.append(TownLine(np.array([[p.real, p.imag] for p in way]), 3, "close", index))
