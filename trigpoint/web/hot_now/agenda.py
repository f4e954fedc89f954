"""The agenda of places: every question of the gate that the landing page rests on, asked once and put together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trigpoint.gate.answers import Answer
from trigpoint.gate.denial import NotWorkedOut
from trigpoint.gate.quadrants import Quadrant
from trigpoint.gate.show import rows
from trigpoint.web.hot_now.card import Asked, Card, Concern, Steady, Watched
from trigpoint.web.hot_now.changes import Change, changes_between
from trigpoint.web.hot_now.health import AgencyHealth, agency_health
from trigpoint.web.hot_now.links import place_href
from trigpoint.web.hot_now.making import CardMaker
from trigpoint.web.hot_now.period import Months, month_before, months_of
from trigpoint.web.hot_now.places import hotspot_table, steady_of, watched_of
from trigpoint.web.hot_now.questions import questions_of
from trigpoint.web.hot_now.sources import Heard, Sources
from trigpoint.web.presenters.choices import coded
from trigpoint.web.presenters.definition_breaks import definition_breaks
from trigpoint.web.presenters.hotspots import concern_rows
from trigpoint.web.presenters.plain import mapping_list, words

__all__ = ["Agenda", "agenda"]

Row = Mapping[str, Any]


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
        return f"{share} in 100 of the county’s records lie in no district. They are in no test."


def agenda(sources: Sources, choices: Answer, heard: Heard | None = None) -> Agenda:
    """Everything on the page, for the whole county; `heard` is what was asked of the same sources already.

    Raises ReadDenied or QuestionError where no place may be asked.
    """
    heard, months = heard or Heard(sources), months_of(choices, today=sources.today)
    level = {"level": months.test["level"]}
    tested = heard.must("hotspots", {**months.test, **months.words, "geometry": "yes"})
    history = heard.ask("emerging", {**level, "to": months.words["to"]})
    coverage = heard.ask("coverage", months.both_years)
    agencies = _taking_part(tested, sources.agencies)
    codes = {one["name"]: one["code"] for one in coded(choices.parts["districts"])}
    quadrant = {code: one.code for one in sources.quadrants for code in one.districts}
    table = hotspot_table(tested)
    questions = _questions(heard, months, table, codes)
    maker = CardMaker(
        heard=heard,
        months=months,
        tested=tested,
        history=history,
        joint=heard.ask("joint", {**months.test, **months.words}),
        notices=heard.ask("notices", {}),
        coverage=coverage,
        questions=questions,
        agencies=agencies,
        labels={one["code"]: one["name"] for one in coded(choices.parts["classes"])},
        district_codes=codes,
        quadrant=quadrant,
    )
    places = tuple(maker.card(row) for row in table)
    named = [unit for row in table for unit in row["units"]]
    unplaced, total = _unplaced(heard, months)
    return Agenda(
        months=months,
        earlier=month_before(months),
        quadrants=sources.quadrants,
        districts=codes,
        places=places,
        watched=tuple(watched_of(history, months, named, codes, quadrant)),
        steady=tuple(steady_of(history, named, codes, quadrant)),
        concerns=tuple(Concern(str(one["letter"]), str(one["people"])) for one in concern_rows(tested)),
        changes=_changes(heard, months, tested, table),
        questions=questions,
        coverage=coverage,
        agencies=agencies,
        unplaced=unplaced,
        total=total,
        breaks=tuple(one.sentence for one in definition_breaks(tested)),
        tested=tested,
        answers=heard.answers,
        waits=tuple(heard.waits),
        refusals=tuple(dict.fromkeys(heard.refusals)),
    )


def _taking_part(tested: Answer, agencies: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Agencies of whose records some feed is known, permitted or not, in their fixed order."""
    known = {str(one["agency"]) for word in ("feeds", "why") for one in mapping_list(tested.about[word])}
    return tuple(one for one in agencies if one[0] in known)


def _questions(
    heard: Heard, months: Months, table: Sequence[Row], codes: Mapping[str, str]
) -> tuple[Asked, ...] | None:
    found = heard.ask("questions", {"level": months.test["level"], **months.words})
    if found is None:
        return None
    hrefs = {f"{row['name']}, {row['ward']}": (row["letter"], place_href(row, months)) for row in table}
    return questions_of(found, dict(heard.sources.agencies), hrefs, {**_wards(heard), **codes})


def _wards(heard: Heard) -> dict[str, str]:
    """The district's code by the name of a ward: where a question's place lies."""
    shapes = heard.ask("shapes", {"level": "ward"})
    if shapes is None:
        return {}
    return dict(zip(words(shapes.columns["name"]), words(shapes.columns["parent"]), strict=True))


def _changes(heard: Heard, months: Months, tested: Answer, table: Sequence[Row]) -> tuple[Change, ...] | None:
    """Against the same question of a month before, as it was known then."""
    earlier = month_before(months)
    before = heard.ask("hotspots", {**earlier.test, **earlier.words, "known": earlier.today.isoformat()})
    if before is None:
        return None
    hidden = frozenset(
        str(one["district"]) for one in rows(tested.parts["hotspots"]) if one["verdict"] == "few"
    )
    now = [{**row, "href": place_href(row, months)} for row in table]
    return changes_between(hotspot_table(before), now, hidden)


def _unplaced(heard: Heard, months: Months) -> tuple[int, int]:
    """Records of the twelve months that lie in no district, and all of them."""
    counts = heard.ask("counts", {"level": "district", **months.words})
    return (
        (int(str(counts.about["unplaced"])), int(str(counts.about["total"])))
        if counts is not None
        else (0, 0)
    )
