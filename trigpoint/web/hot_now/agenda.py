"""The agenda of places: every question of the gate that the landing page rests on, asked once and put together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from django.http import HttpRequest
from django.utils import timezone

from trigpoint.gate.answers import Answer
from trigpoint.gate.denial import NotWorkedOut, QuestionError, ReadDenied
from trigpoint.gate.ledger import agency_names
from trigpoint.gate.outlines import lonlat_geometry
from trigpoint.gate.quadrants import Quadrant, home_quadrants
from trigpoint.gate.show import rows
from trigpoint.web.asking import Words, asked
from trigpoint.web.breaks import breaks_for
from trigpoint.web.hot_now.card import BAR, Asked, Card, Concern, Steady, Watched
from trigpoint.web.hot_now.changes import Change, changes_between
from trigpoint.web.hot_now.classes import class_of
from trigpoint.web.hot_now.health import AgencyHealth, agency_health, silent_months, silent_now
from trigpoint.web.hot_now.links import place_href
from trigpoint.web.hot_now.minimap import frame_around, mini_map, shapes_by_code
from trigpoint.web.hot_now.period import Months, month_before, months_of
from trigpoint.web.hot_now.places import (
    NEAR_M,
    agency_marks,
    around_of,
    bars_of,
    category_of,
    hotspot_table,
    near_notices,
    rise_of,
    steady_of,
    watched_of,
)
from trigpoint.web.hot_now.questions import questions_of
from trigpoint.web.hot_now.words import (
    NOT_ASKED,
    chance_words,
    done_words,
    people_words,
    question_words,
    since_words,
)
from trigpoint.web.presenters.choices import coded
from trigpoint.web.presenters.definition_breaks import definition_breaks
from trigpoint.web.presenters.hotspots import concern_rows
from trigpoint.web.presenters.plain import mapping_list, words

__all__ = ["Agenda", "agenda"]

Row = Mapping[str, Any]


@dataclass(slots=True)
class Heard:
    """What was asked on the way, and what could not be answered: still worked out, or refused, in words."""

    request: HttpRequest
    waits: list[NotWorkedOut] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    kept: dict[object, Answer | None] = field(default_factory=dict)

    def ask(self, kind: str, told: Words) -> Answer | None:
        """The answer, asked once; None where it is still worked out or refused, which is noted."""
        key = (kind, tuple(sorted((word, str(value)) for word, value in told.items())))
        if key not in self.kept:
            self.kept[key] = self._ask(kind, told)
        return self.kept[key]

    def _ask(self, kind: str, told: Words) -> Answer | None:
        try:
            answer = asked(self.request, kind, told)
        except NotWorkedOut as wait:
            self.waits.append(wait)
            return None
        except (ReadDenied, QuestionError) as refusal:
            self.refusals.append(str(refusal))
            return None
        self.answers.append(answer)
        return answer


@dataclass(frozen=True, slots=True)
class Agenda:
    """The page. `tested` is the answer that named the places; `earlier` its months a meeting ago.

    `districts` are codes by name. `changes` and `questions` are None while they are worked out or refused.
    """

    months: Months
    earlier: Months
    quadrants: tuple[Quadrant, ...]
    districts: Mapping[str, str]
    places: tuple[Card, ...]
    watched: tuple[Watched, ...]
    steady: tuple[Steady, ...]
    concerns: tuple[Concern, ...]
    changes: tuple[Change, ...] | None
    questions: tuple[Asked, ...] | None
    coverage: Answer | None
    agencies: tuple[tuple[str, str], ...]
    unplaced: int
    total: int
    breaks: tuple[str, ...]
    tested: Answer
    answers: tuple[Answer, ...]
    waits: tuple[NotWorkedOut, ...]
    refusals: tuple[str, ...]

    def health(self, here: Collection[str] | None = None) -> tuple[AgencyHealth, ...]:
        """Who has sent, of the districts `here`, all where none are named; nothing where that may not be known."""
        if self.coverage is None:
            return ()
        inside = {code: name for name, code in self.districts.items() if here is None or code in here}
        return agency_health(self.coverage, self.agencies, self.months.named, inside)

    @property
    def unplaced_words(self) -> str:
        """Of how many records in the twelve months it is that they have no place."""
        if not self.total:
            return "No record in these months."
        share = round(100 * self.unplaced / self.total)
        return f"{share} in 100 lie in no district. They are in no test."


def agenda(request: HttpRequest, choices: Answer) -> Agenda:
    """Everything on the page, for the whole county. Raises ReadDenied or QuestionError where no place may be asked."""
    months = months_of(choices, today=timezone.localdate())
    heard = Heard(request)
    tested = asked(request, "hotspots", {**months.test, **months.words, "geometry": "yes"})
    return _Made(heard, months, choices, tested).agenda()


@dataclass(slots=True)
class _Made:
    """The answers that several parts of the page look at, each asked once."""

    heard: Heard
    months: Months
    choices: Answer
    tested: Answer
    agencies: tuple[tuple[str, str], ...] = ()
    history: Answer | None = None
    joint: Answer | None = None
    notices: Answer | None = None
    coverage: Answer | None = None
    questions: tuple[Asked, ...] | None = None
    district_codes: Mapping[str, str] = field(default_factory=dict)
    quadrant: Mapping[str, str] = field(default_factory=dict)
    shapes: Mapping[str, Any] = field(default_factory=dict)

    def agenda(self) -> Agenda:
        months, heard = self.months, self.heard
        level = {"level": months.test["level"]}
        taking_part = {
            str(one["agency"]) for word in ("feeds", "why") for one in mapping_list(self.tested.about[word])
        }
        self.agencies = tuple(one for one in agency_names() if one[0] in taking_part)
        districts = coded(self.choices.parts["districts"])
        self.district_codes = {one["name"]: one["code"] for one in districts}
        quadrants = home_quadrants()
        self.quadrant = {code: one.code for one in quadrants for code in one.districts}
        self.history = heard.ask("emerging", {**level, "to": months.words["to"]})
        self.joint = heard.ask("joint", {**months.test, **months.words})
        self.notices = heard.ask("notices", {})
        self.coverage = heard.ask("coverage", months.both_years)
        self.shapes = shapes_by_code(self.tested)
        table = hotspot_table(self.tested)
        asks = heard.ask("questions", {**level, **months.words})
        wards = self._wards()
        hrefs = {f"{row['name']}, {row['ward']}": (row["letter"], place_href(row, months)) for row in table}
        self.questions = questions_of(asks, dict(self.agencies), hrefs, wards) if asks is not None else None
        cards = tuple(self._card(row) for row in table)
        named = [unit for row in table for unit in row["units"]]
        counts = heard.ask("counts", {"level": "district", **months.words})
        return Agenda(
            months=months,
            earlier=month_before(months),
            quadrants=quadrants,
            districts=self.district_codes,
            places=cards,
            watched=tuple(watched_of(self.history, months, named, self.district_codes, self.quadrant)),
            steady=tuple(steady_of(self.history, named, self.district_codes, self.quadrant)),
            concerns=tuple(
                Concern(str(one["letter"]), str(one["people"])) for one in concern_rows(self.tested)
            ),
            changes=self._changes(table),
            questions=self.questions,
            coverage=self.coverage,
            agencies=self.agencies,
            unplaced=int(str(counts.about["unplaced"])) if counts is not None else 0,
            total=int(str(counts.about["total"])) if counts is not None else 0,
            breaks=tuple(one.sentence for one in definition_breaks(self.tested)),
            tested=self.tested,
            answers=(self.tested, *heard.answers),
            waits=tuple(heard.waits),
            refusals=tuple(dict.fromkeys(heard.refusals)),
        )

    def _wards(self) -> dict[str, str]:
        """The district's code by the name of a ward or of itself: where a question's place lies."""
        shapes = self.heard.ask("shapes", {"level": "ward"})
        wards = (
            dict(zip(words(shapes.columns["name"]), words(shapes.columns["parent"]), strict=True))
            if shapes
            else {}
        )
        return wards | dict(self.district_codes)

    def _changes(self, table: Sequence[Row]) -> tuple[Change, ...] | None:
        earlier = month_before(self.months)
        put = {**earlier.test, **earlier.words, "known": earlier.today.isoformat()}
        before = self.heard.ask("hotspots", put)
        if before is None:
            return None
        hidden = frozenset(
            str(one["district"]) for one in rows(self.tested.parts["hotspots"]) if one["verdict"] == "few"
        )
        now = [{**row, "href": place_href(row, self.months)} for row in table]
        return changes_between(hotspot_table(before), now, hidden)

    def _card(self, row: Row) -> Card:
        months, units = self.months, list(row["units"])
        district = self.district_codes.get(row["district"], "")
        rise = rise_of(self.history, units)
        question = next((one for one in self.questions or () if one.letter == row["letter"]), None)
        picture = self.heard.ask(
            "picture",
            {"level": months.test["level"], **months.words, "within": units, "grouping": ["history"]},
        )
        silent = (
            silent_months(self.coverage, row["agencies"], district)
            if self.coverage is not None
            else frozenset()
        )
        place = shapely.union_all([self.shapes[unit] for unit in units if unit in self.shapes])
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
            bars=bars_of(picture, months, silent) if picture is not None else (),
            breaks=_break_marks(picture, months) if picture is not None else (),
            around=self._around(row),
            agencies=self._marks(row, district),
            done=done_words(near_notices(self.notices, row), NEAR_M) if self.notices is not None else "",
            question=question,
            question_text=question_words(question.text, row["name"], row["ward"])
            if question
            else self._no_question(),
            href=place_href(row, months),
            question_of={**months.test, **months.words, "hotspot": str(row["id"])},
            map=self._map(place, row),
            outline=lonlat_geometry([shapely.to_wkb(place)])[0],
        )

    def _no_question(self) -> str:
        return NOT_ASKED if self.questions is not None else ""

    def _joined_only(self, number: int) -> bool:
        told = rows(self.joint.columns) if self.joint is not None else ()
        return any(one["id"] == number and one["joined_only"] for one in told)

    def _around(self, row: Row) -> tuple[Any, ...]:
        put = {**self.months.words, "around": [row["code"]], "radius": [str(NEAR_M)]}
        sites = self.heard.ask("sites", put)
        labels = {one["code"]: one["name"] for one in coded(self.choices.parts["classes"])}
        return around_of(sites, labels) if sites is not None else ()

    def _marks(self, row: Row, district: str) -> tuple[Any, ...]:
        shown = {str(one["agency"]) for one in mapping_list(self.tested.about["feeds"])}
        silent = (
            silent_now(self.coverage, district, self.months.named[-1])
            if self.coverage is not None
            else frozenset()
        )
        return agency_marks(row, self.agencies, silent=silent, shown=shown)

    def _map(self, place: Any, row: Row) -> Any:
        """The streets of the wards that the frame touches, with what they hold in these months."""
        if place.is_empty:
            return None
        wards = self._wards_touching(frame_around(place).box)
        level = self.months.test["level"]
        put = {"level": level, **self.months.words, "within": wards, "geometry": "yes"}
        counted = self.heard.ask("counts", put) if wards else None
        if counted is None:
            return None
        breaks = breaks_for(self.heard.request, {"level": [level], **_lists(self.months.words)}).counts
        return mini_map(place, counted, breaks if place.area else [1, *breaks[-4:]])

    def _wards_touching(self, box: tuple[float, float, float, float]) -> list[str]:
        shapes = self.heard.ask("shapes", {"level": "ward"})
        if shapes is None:
            return []
        outlines = shapely.from_wkb(list(shapes.columns["wkb"]))
        near = np.flatnonzero(shapely.intersects(outlines, shapely.box(*box)))
        codes = words(shapes.columns["code"])
        return [codes[one] for one in near.tolist()]


def _break_marks(picture: Answer, months: Months) -> tuple[tuple[int, str], ...]:
    """Where among the bars a definition changed, and its title."""
    at = {month: place for place, month in enumerate(months.drawn)}
    found = definition_breaks(picture)
    return tuple((at[f"{one.day:%Y-%m}"] * BAR, one.title) for one in found if f"{one.day:%Y-%m}" in at)


def _lists(told: Mapping[str, str]) -> dict[str, list[str]]:
    return {word: [value] for word, value in told.items()}
