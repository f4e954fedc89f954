"""A number that is not told is a thing of its own, never a zero, a blank or a dash."""

from collections.abc import Iterable
from dataclasses import dataclass

from trigpoint.core.disclosure.rules import ReleaseRules

__all__ = ["Withheld", "released", "released_counts"]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A count withheld by disclosure control. It has no number inside, so none can be shown by mistake."""

    below: int

    def __str__(self) -> str:
        return "withheld"

    @property
    def sentence(self) -> str:
        return f"Withheld: fewer than {self.below}. It may or may not be zero."


def released(count: int, rules: ReleaseRules) -> int | Withheld:
    """A whole count as a release may tell it: withheld, or rounded to the nearest step, halves upward.

    One count alone. Rounding protects no table whose cells overlap another's; that takes the joint proof made
    before a release leaves. Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("a count is never negative")
    if count < rules.withhold_below:
        return Withheld(rules.withhold_below)
    return (2 * count + rules.round_to) // (2 * rules.round_to) * rules.round_to


def released_counts(counts: Iterable[int], rules: ReleaseRules) -> tuple[int | Withheld, ...]:
    """Each count as `released` tells it, in order."""
    return tuple(released(int(count), rules) for count in counts)
