"""Making a card: which answers each part of it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from trigpoint.gate.answers import Answer
from trigpoint.gate.in_place import IN_PLACE_M
from trigpoint.gate.outlines import lonlat_geometry
from trigpoint.gate.show import rows
from trigpoint.web.hot_now.card import BAR, AgencyMark, Around, Asked, Bar, Card
from trigpoint.web.hot_now.classes import class_of
from trigpoint.web.hot_now.health import silent_months, silent_now
from trigpoint.web.hot_now.links import place_href
from trigpoint.web.hot_now.minimap import MiniMap, frame_around, mini_map, shapes_by_code
from trigpoint.web.hot_now.period import Months
from trigpoint.web.hot_now.places import (
    NEAR_M,
    agency_marks,
    around_of,
    bars_of,
    category_of,
    named_notices,
    rise_of,
)
from trigpoint.web.hot_now.sources import Heard, lists
from trigpoint.web.hot_now.words import (
    NOT_ASKED,
    chance_words,
    done_words,
    people_words,
    question_words,
    since_words,
)
from trigpoint.web.presenters.definition_breaks import definition_breaks
from trigpoint.web.presenters.harm import leading_themes
from trigpoint.web.presenters.plain import mapping_list, words

__all__ = ["CardMaker"]

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CardMaker:
    """What the cards have in common. An answer that is None is still worked out, or refused: its part stays empty."""

    heard: Heard
    months: Months
    tested: Answer
    history: Answer | None
    joint: Answer | None
    notices: Answer | None
    coverage: Answer | None
    questions: tuple[Asked, ...] | None
    agencies: tuple[tuple[str, str], ...]
    labels: Mapping[str, str]
    district_codes: Mapping[str, str]
    quadrant: Mapping[str, str]

    def card(self, row: Row) -> Card:
        """The card of a row of the answer that named the places."""
        months, units = self.months, list(row["units"])
        district = self.district_codes.get(row["district"], "")
        rise = rise_of(self.history, units)
        question = next((one for one in self.questions or () if one.letter == row["letter"]), None)
        place = self._ground(units)
        picture = self._picture(units)
        bars, breaks = self._bars(picture, row, district)
        return Card(
            letter=row["letter"],
            number=row["id"],
            name=row["name"],
            ward=row["ward"],
            district=row["district"],
            district_code=district,
            quadrant=self.quadrant.get(district, ""),
            lat=row["lat"],
            lon=row["lon"],
            kind=class_of(rise, category_of(self.history, units), first_month=months.named[0]),
            joined_only=self._joined_only(row["id"]),
            since=since_words(rise, row["since"]),
            chance=chance_words(row["p"]),
            people=people_words(row),
            count=row["count"],
            harm=leading_themes(picture) if picture is not None else (),
            bars=bars,
            breaks=breaks,
            around=self._around(row),
            agencies=self._marks(row, district),
            done=self._done(units),
            question=question,
            question_text=self._asks(row, question),
            href=place_href(row, months),
            question_of={**months.test, **months.words, "hotspot": str(row["id"])},
            map=self._map(place),
            outline=lonlat_geometry([shapely.to_wkb(place)])[0],
        )

    def _ground(self, units: list[str]) -> Any:
        shapes = shapes_by_code(self.tested)
        return shapely.union_all([shapes[unit] for unit in units if unit in shapes])

    def _asks(self, row: Row, question: Asked | None) -> str:
        if question is not None:
            return question_words(question.text, row["name"], row["ward"])
        return NOT_ASKED if self.questions is not None else ""

    def _picture(self, units: list[str]) -> Answer | None:
        """The months of a place and its themes, in one answer."""
        put = {
            "level": self.months.test["level"],
            **self.months.words,
            "within": units,
            "grouping": ["history", "theme"],
        }
        return self.heard.ask("picture", put)

    def _bars(
        self, picture: Answer | None, row: Row, district: str
    ) -> tuple[tuple[Bar, ...], tuple[tuple[int, str], ...]]:
        if picture is None:
            return (), ()
        silent: frozenset[str] = frozenset()
        if self.coverage is not None:
            silent = silent_months(self.coverage, row["agencies"], district)
        return bars_of(picture, self.months, silent), _break_marks(picture, self.months)

    def _done(self, units: list[str]) -> str:
        """What is in place, in a sentence or two."""
        if self.notices is None:
            return ""
        near = self.heard.sources.near(self.months.test["level"], units, self.notices.columns)
        return done_words(named_notices(near), IN_PLACE_M)

    def _joined_only(self, number: int) -> bool:
        told = rows(self.joint.columns) if self.joint is not None else ()
        return any(one["id"] == number and one["joined_only"] for one in told)

    def _around(self, row: Row) -> tuple[Around, ...]:
        put = {**self.months.words, "around": [row["code"]], "radius": [str(NEAR_M)]}
        sites = self.heard.ask("sites", put)
        return around_of(sites, self.labels) if sites is not None else ()

    def _marks(self, row: Row, district: str) -> tuple[AgencyMark, ...]:
        shown = {str(one["agency"]) for one in mapping_list(self.tested.about["feeds"])}
        silent: frozenset[str] = frozenset()
        if self.coverage is not None:
            silent = silent_now(self.coverage, district, self.months.named[-1])
        return agency_marks(row, self.agencies, silent=silent, shown=shown)

    def _map(self, place: Any) -> MiniMap | None:
        """The units of the wards that the frame touches, with what they hold in these months."""
        if place.is_empty:
            return None
        wards = self._wards_touching(frame_around(place).box)
        level = self.months.test["level"]
        put = {"level": level, **self.months.words, "within": wards, "geometry": "yes"}
        counted = self.heard.ask("counts", put) if wards else None
        if counted is None:
            return None
        sources = self.heard.sources
        breaks = self.heard.classes(lists({"level": level, **self.months.words}))
        return mini_map(place, counted, breaks if place.area else [1, *breaks[-4:]], sources.lines)

    def _wards_touching(self, box: tuple[float, float, float, float]) -> list[str]:
        shapes = self.heard.ask("shapes", {"level": "ward"})
        if shapes is None:
            return []
        near = np.flatnonzero(shapely.intersects(_outlines(shapes), shapely.box(*box)))
        codes = words(shapes.columns["code"])
        return [codes[one] for one in near.tolist()]


@lru_cache(maxsize=4)
def _outlines(shapes: Answer) -> NDArray[np.object_]:
    """Read once for all the cards of a page."""
    found: NDArray[np.object_] = shapely.from_wkb(list(shapes.columns["wkb"]))
    return found


def _break_marks(picture: Answer, months: Months) -> tuple[tuple[int, str], ...]:
    """Where among the bars a definition changed, and its title."""
    at = {month: place for place, month in enumerate(months.drawn)}
    found = definition_breaks(picture)
    return tuple((at[f"{one.day:%Y-%m}"] * BAR, one.title) for one in found if f"{one.day:%Y-%m}" in at)
