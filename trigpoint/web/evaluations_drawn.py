"""The small chart of an evaluation on a page: the drawing of the pack, and the same in figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from trigpoint.web.pack.before_after import BeforeAfter, before_after, before_after_chart

__all__ = ["Drawn", "drawn_of"]


@dataclass(frozen=True, slots=True)
class Drawn:
    """For `parts/before_after.html`."""

    svg: SafeString
    told: BeforeAfter


def drawn_of(counted: Sequence[Mapping[str, Any]], about: Mapping[str, Any]) -> Drawn | None:
    """From rows and words of an answer to "evaluation", told now or kept; None where no month after is over."""
    told = before_after(counted, about)
    # The chart escapes its own words, and holds nothing that somebody typed.
    return None if told is None else Drawn(mark_safe(before_after_chart(told).decode()), told)
