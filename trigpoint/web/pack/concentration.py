"""How far a district's records lie on few of its streets, and where on that curve one place stands: words and a drawing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from trigpoint.gate.answers import Answer, Column
from trigpoint.web.pack import inks

__all__ = ["Concentrated", "concentrated", "concentration_chart", "concentration_words"]

WIDE, HIGH = 400, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 12.0, 14.0, 52.0
_LETTERS = 14


@dataclass(frozen=True, slots=True)
class Concentrated:
    """The curve of a district, fullest units first, shares of 0 to 1, and one place on it.

    `units` and `events` are the place's, `units_here` and `events_here` the district's; `half` is the least share of
    units that holds half of the events, `half_by_chance` what it would be if they fell anywhere alike.
    """

    district: str
    what: str
    units: int
    events: int
    units_here: int
    events_here: int
    half: float
    half_by_chance: float
    share_of_units: Sequence[float]
    share_of_records: Sequence[float]

    @property
    def at(self) -> tuple[float, float]:
        """The place on the drawing: its share of the units and of the events."""
        return self.units / self.units_here, self.events / self.events_here


def concentrated(
    answer: Answer | None, district: str, level: str, units: int, events: int
) -> Concentrated | None:
    """From an answer to "concentration" within a district; None where nothing was recorded there, or it is not told."""
    if answer is None or not len(answer.columns["value"]):
        return None
    here, told = int(str(answer.about["units"])), int(str(answer.about["total"]))
    if not (0 < units <= here and 0 < events <= told):
        return None
    half, chance = (_floats(answer.columns[name])[1] for name in ("value", "by_chance"))
    curve = answer.parts["curve"]
    return Concentrated(
        district=district,
        what={"street": "streets", "ward": "wards"}.get(level, "hexagons"),
        units=units,
        events=events,
        units_here=here,
        events_here=told,
        half=half,
        half_by_chance=chance,
        share_of_units=_floats(curve["share_of_units"]),
        share_of_records=_floats(curve["share_of_records"]),
    )


def _floats(column: Column) -> list[float]:
    return [float(one) for one in np.asarray(column, dtype=np.float64).tolist()]


def concentration_words(told: Concentrated) -> str:
    """What the drawing shows."""
    across, up = told.at
    return (
        f"Half of what was tested in {told.district} lies on {_percent(told.half)} in 100 of its {told.what}; by chance it "
        f"would be {_percent(told.half_by_chance)}. This place is {told.units:,} of {told.units_here:,} {told.what} "
        f"({_percent(across)} in 100) and has {told.events:,} of {told.events_here:,} events ({_percent(up)} in 100). Few "
        "records always lie on few places: read the curve beside what chance gives."
    )


def _percent(share: float) -> str:
    """A share as a number of a hundred: whole, or with one figure where it is small."""
    return (
        f"{100 * share:.0f}"
        if share >= 0.1
        else f"{100 * share:.1g}"
        if share < 0.01
        else f"{100 * share:.1f}"
    )


def concentration_chart(told: Concentrated) -> bytes:
    """The curve, the even line dashed, half and its crossing, and the place as a ringed point with its words."""
    across, down = WIDE - _LEFT - _RIGHT, HIGH - _TOP - _BOTTOM

    def at(units: float, records: float) -> tuple[float, float]:
        return _LEFT + units * across, HIGH - _BOTTOM - records * down

    pairs = zip(told.share_of_units, told.share_of_records, strict=True)
    curve = "M" + " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*one) for one in pairs))
    (left, base), (right, top) = at(0, 0), at(1, 1)
    x, y = at(*told.at)
    half = at(told.half, 0.5)
    return inks.svg(
        WIDE,
        HIGH,
        *(_grid(at, share) for share in (0.0, 0.5, 1.0)),
        inks.line(f"M{left:.1f} {base:.1f}L{right:.1f} {top:.1f}", inks.INK_2, 1.4, 'stroke-dasharray="6 4"'),
        inks.line(curve, inks.HOT, 3, 'stroke-linejoin="round"'),
        inks.line(f"M{half[0]:.1f} {half[1]:.1f}V{base:.1f}", inks.INK, 1.2, 'stroke-dasharray="2 3"'),
        inks.written(f"half on {_percent(told.half)} in 100", half[0] + 8, half[1] + 34, _LETTERS),
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{inks.PAPER}" stroke="{inks.INK}" stroke-width="2.6"/>',
        inks.written("this place", x + 20, y - 6 if y < base - 16 else base - 8, _LETTERS, weight=700),
        inks.written("if all had as many", right - 6, at(0, 0.36)[1], _LETTERS, inks.INK_2, anchor="end"),
        inks.written(
            f"share of {told.what}, the fullest first, in 100", left, HIGH - 8, _LETTERS, inks.INK_2
        ),
        inks.written("events", left + 6, top + 12, _LETTERS, inks.INK_2),
    )


def _grid(at: Callable[[float, float], tuple[float, float]], share: float) -> str:
    x, base = at(share, 0)
    left, y = at(0, share)
    right, _ = at(1, share)
    anchor = "end" if share == 1 else "middle"
    return (
        inks.line(f"M{left:.1f} {y:.1f}H{right:.1f}", inks.LINE, 1)
        + inks.written(f"{100 * share:.0f}", left - 6, y + 5, _LETTERS, inks.INK_2, anchor="end")
        + inks.written(f"{100 * share:.0f}", x, base + 18, _LETTERS, inks.INK_2, anchor=anchor)
    )
