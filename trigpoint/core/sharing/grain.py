"""How finely a place is told: the order in which an agreement's geography is compared with a question's."""

from enum import IntEnum

__all__ = ["Grain", "grain_of_level"]


class Grain(IntEnum):
    """Coarse to fine. An agreement that allows one grain allows every coarser one.

    Cells rank as one, whatever their resolution: a large hexagon crosses ward boundaries, and set beside wards
    it cuts them into smaller pieces.
    """

    DISTRICT = 1
    WARD = 2
    LSOA = 3
    STREET = 4
    CELL = 5
    POINT = 6

    @property
    def word(self) -> str:
        return self.name.lower()


def grain_of_level(level: str) -> Grain:
    """The grain a level of the map needs. Raises ValueError for a word that is no level."""
    try:
        return Grain[level.upper()]
    except KeyError:
        raise ValueError(f"there is no level {level!r}") from None
