"""A card: one place, what is known of it, and the question it poses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trigpoint.web.hot_now.classes import PlaceClass
from trigpoint.web.hot_now.minimap import MiniMap
from trigpoint.web.presenters.harm import harm_words
from trigpoint.web.presenters.marks import Mark

__all__ = ["AgencyMark", "Around", "Asked", "Bar", "Card", "Concern", "Steady", "Watched"]


BAR = 4
"""Drawing units from one bar to the next."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One of the months. `height` is 0 to 40 drawing units; `hot` where it is one of the twelve that are tested."""

    month: str
    count: int
    x: int
    height: int
    hot: bool
    silent: bool

    @property
    def y(self) -> int:
        return 40 - self.height


@dataclass(frozen=True, slots=True)
class Around:
    code: str
    label: str
    n: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class AgencyMark:
    """`state` is sees, not, silent or denied; `words` says it."""

    code: str
    name: str
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for the meeting. `href` is where to look, `letter` that of its place, "" for none."""

    rank: int
    rule: str
    title: str
    text: str
    place: str
    owner: str
    told: str
    letter: str
    href: str
    district: str

    @property
    def silent(self) -> bool:
        """It asks about a feed that fell silent."""
        return self.rule == "silent_feed"


@dataclass(frozen=True, slots=True)
class Card:
    """A hotspot that passes the test and may be told with its place. `harm` are its leading themes, with their records."""

    letter: str
    number: int
    name: str
    ward: str
    district: str
    district_code: str
    quadrant: str
    lat: float
    lon: float
    kind: PlaceClass
    joined_only: bool
    since: str
    chance: str
    people: str
    count: int
    harm: tuple[tuple[str, int], ...]
    bars: tuple[Bar, ...]
    breaks: tuple[tuple[int, str], ...]
    around: tuple[Around, ...]
    agencies: tuple[AgencyMark, ...]
    done: str
    question: Asked | None
    question_text: str
    href: str
    question_of: Mapping[str, str]
    map: MiniMap | None
    outline: dict[str, Any] | None

    @property
    def harm_words(self) -> str:
        return harm_words([name for name, _ in self.harm])

    @property
    def bars_words(self) -> str:
        """What the bars show, for those who cannot see them."""
        tested = sum(one.count for one in self.bars if one.hot)
        before = sum(one.count for one in self.bars if not one.hot)
        silent = sum(one.silent for one in self.bars)
        told = f"{before:,} records in the months before, {tested:,} in the twelve tested"
        return f"{told}; {silent} of the months silent." if silent else f"{told}."

    @property
    def bars_wide(self) -> int:
        """Width of the bars together, in drawing units."""
        return len(self.bars) * BAR

    @property
    def seeing(self) -> int:
        return sum(one.state == "sees" for one in self.agencies)

    @property
    def spoken(self) -> str:
        """What the reader hears first."""
        seen = f"{self.seeing} of {len(self.agencies)} agencies"
        return f"{self.letter}, {self.name}, hotspot, {self.kind.words.lower()}, {seen}"


@dataclass(frozen=True, slots=True)
class Watched:
    """A place that rises against its own past and does not pass the test of the twelve months: it has no letter."""

    name: str
    ward: str
    district: str
    district_code: str
    quadrant: str
    kind: PlaceClass
    told: str
    href: str


@dataclass(frozen=True, slots=True)
class Concern:
    """A hotspot told without its place. Of where it lies, only what the gate's answer says."""

    letter: str
    words: str


@dataclass(frozen=True, slots=True)
class Steady:
    """A place that is busy in almost every month, against the county: it has no letter, being no news."""

    name: str
    district: str
    quadrant: str
