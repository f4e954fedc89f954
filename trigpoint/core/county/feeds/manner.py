"""How a county's people speak of places: the agencies' habits and the short forms, held together as one value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from trigpoint.core.county.feeds.nicknames import abbreviated, nickname
from trigpoint.core.county.feeds.place_styles import STYLES, Style


@dataclass(frozen=True, slots=True)
class Manner:
    """A way of writing places down. `styles` has every agency of STYLES; `abbreviated` shortens a street's name;
    `nickname(kind, name, street, chance)` is what those who know a thing call it, `chance` in [0, 1) picks."""

    styles: Mapping[str, Style]
    abbreviated: Callable[[str], str]
    nickname: Callable[[str, str, str, float], str]


OURS = Manner(STYLES, abbreviated, nickname)
