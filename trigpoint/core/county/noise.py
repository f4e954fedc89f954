"""Smooth and fractal irregularity, seeded: what keeps the invented county from looking ruled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Waves:
    """A smooth random field over the plane: the sum of a few sine waves of about one wavelength."""

    wave_x: Floats
    wave_y: Floats
    phase: Floats
    amplitude: float

    def at(self, points: Floats) -> Floats:
        """Values (n,) at points (n, 2) in metres; standard deviation is `amplitude`."""
        angle = np.outer(points[:, 0], self.wave_x) + np.outer(points[:, 1], self.wave_y) + self.phase
        total: Floats = np.sin(angle).sum(axis=1) * self.amplitude * np.sqrt(2.0 / len(self.phase))
        return total


def make_waves(rng: np.random.Generator, wavelength_m: float, amplitude: float, count: int = 9) -> Waves:
    heading = rng.uniform(0, 2 * np.pi, count)
    number = 2 * np.pi / (wavelength_m * rng.uniform(0.7, 1.5, count))
    return Waves(
        number * np.cos(heading), number * np.sin(heading), rng.uniform(0, 2 * np.pi, count), amplitude
    )


def displaced(points: Floats, east: Waves, north: Waves) -> Floats:
    """Each point moved by two fields; lines that shared a point still do."""
    return points + np.column_stack([east.at(points), north.at(points)])


def fractal_line(rng: np.random.Generator, points: Floats, spacing_m: float, roughness: float) -> Floats:
    """Midpoint displacement of a polyline until its pieces are about `spacing_m`; ends stay put."""
    line = np.asarray(points, dtype=np.float64)
    while np.hypot(*np.diff(line, axis=0).T).mean() > spacing_m * 1.5:
        step = np.diff(line, axis=0)
        normal = np.column_stack([-step[:, 1], step[:, 0]])
        middle = (line[:-1] + line[1:]) / 2 + normal * (rng.normal(0, roughness, len(step)))[:, None]
        woven = np.empty((len(line) + len(middle), 2))
        woven[0::2], woven[1::2] = line, middle
        line = woven
    return line


def rounded(points: Floats, times: int = 2) -> Floats:
    """Chaikin's corner cutting with the two ends kept."""
    line = np.asarray(points, dtype=np.float64)
    for _ in range(times):
        if len(line) < 3:
            return line
        quarter = 0.75 * line[:-1] + 0.25 * line[1:]
        three = 0.25 * line[:-1] + 0.75 * line[1:]
        woven = np.empty((2 * len(quarter), 2))
        woven[0::2], woven[1::2] = quarter, three
        line = np.vstack([line[:1], woven[1:-1], line[-1:]])
    return line
