"""Places that a meeting's list told of and does not any more, since it was restated: their names and ground, no figure.

When the bytes of a list are let go, this much of it stays: the room spoke of these places, and a place that is gone
without a word would be looked for. Which records stood behind them is not kept (docs/decisions/0028).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["LostPlace", "listed_in", "lost_from", "with_listed"]

FEW = "few"
"""The verdict of a concern about one source: it has no place."""


@dataclass(frozen=True, slots=True)
class LostPlace:
    """A place as the list had it. `letter` is that of the list at the freeze, `level` and `units` are its ground."""

    letter: str
    name: str
    ward: str
    district: str
    level: str
    units: tuple[str, ...]


def listed_in(content: Mapping[str, Any]) -> tuple[LostPlace, ...]:
    """The places of a kept answer about hotspots, in the order of their letters; none for any other answer."""
    level = str(content.get("about", {}).get("level", ""))
    return tuple(
        LostPlace(one["letter"], one["name"], one["ward"], one["district"], level, tuple(one["units"]))
        for one in content.get("parts", {}).get("hotspots", ())
        if one["verdict"] != FEW and one["units"]
    )


def with_listed(before: Sequence[Mapping[str, Any]], content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """As it is kept: what was listed before, and what this answer lists besides."""
    known = {unit for one in before for unit in one["units"]}
    further = [one for one in listed_in(content) if known.isdisjoint(one.units)]
    return [*(dict(one) for one in before), *(asdict(one) | {"units": list(one.units)} for one in further)]


def lost_from(listed: Sequence[Mapping[str, Any]], content: Mapping[str, Any]) -> tuple[LostPlace, ...]:
    """Those that share no ground with any place that is still told."""
    told = {unit for one in listed_in(content) for unit in one.units}
    return tuple(
        LostPlace(**{**one, "units": tuple(one["units"])}) for one in listed if told.isdisjoint(one["units"])
    )
