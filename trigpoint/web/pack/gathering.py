"""What a pack is made of: the agenda that *Hot now* asks, with the same letters, and a few questions about each place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.in_place import IN_PLACE_M
from trigpoint.web.hot_now.agenda import Agenda, agenda
from trigpoint.web.hot_now.card import Card
from trigpoint.web.hot_now.minimap import Frame, shapes_by_code
from trigpoint.web.hot_now.places import hotspot_table
from trigpoint.web.hot_now.shown import Shown, shown
from trigpoint.web.hot_now.sources import Heard, Sources, lists
from trigpoint.web.pack.place_map import frame_of
from trigpoint.web.presenters.choices import coded
from trigpoint.web.presenters.plain import whole, words

__all__ = ["Gathered", "PlaceHeard", "gathered", "heard_place"]

Row = Mapping[str, Any]
WALK_M = 800
TALL, WIDE = 1.12, 1.62
"""Width over height of a place's map, where it has a page to itself and where it shares one."""
WHOLE_PAGES = 3
MOST_PLACES = 6


@dataclass(frozen=True, slots=True, eq=False)
class PlaceHeard:
    """A place and the answers about it; None where one is refused or still worked out.

    `units` are the shapes around it (EPSG:27700 metres) with name and class of count, 1 to 6. `near` are the notices in
    place there (gate/in_place.py).
    """

    card: Card
    row: Row
    ground: Any
    frame: Frame | None
    units: tuple[tuple[Any, str, int], ...]
    picture: Answer | None
    county: Answer | None
    around: Answer | None
    near: Table | None


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """`places` are at most six, in the order of their letters; `beyond` how many more pass the test here."""

    agenda: Agenda
    shown: Shown
    places: tuple[PlaceHeard, ...]
    beyond: int
    gaps: Answer | None
    notices: Answer | None
    districts: Answer | None
    labels: Mapping[str, str]
    heard: Heard

    @property
    def answers(self) -> tuple[Answer, ...]:
        return (*self.agenda.answers, *self.heard.answers)

    @property
    def waits(self) -> tuple[Any, ...]:
        return (*self.agenda.waits, *self.heard.waits)

    @property
    def refusals(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.agenda.refusals, *self.heard.refusals)))


def gathered(sources: Sources, choices: Answer, quadrant: str, only: str | None = None) -> Gathered:
    """Of the county or one quadrant. With `only`, a letter, that place alone is looked at closely.

    Raises ReadDenied or QuestionError where no place may be asked, and QuestionError for a quadrant there is not.
    """
    page, heard = agenda(sources, choices), Heard(sources)
    told = shown(page, quadrant)
    chosen = [
        one for one in (told.places if only is None else page.places) if only is None or one.letter == only
    ]
    rows = {row["id"]: row for row in hotspot_table(page.tested)}
    aspect = TALL if len(chosen) <= WHOLE_PAGES else WIDE
    places = tuple(heard_place(heard, page, card, rows[card.number], aspect) for card in chosen[:MOST_PLACES])
    return Gathered(
        agenda=page,
        shown=told,
        places=places,
        beyond=told.more + max(len(chosen) - MOST_PLACES, 0),
        gaps=heard.ask("around", {**page.months.test, **page.months.words, "radius": str(IN_PLACE_M)}),
        notices=heard.ask("notices", {}),
        districts=heard.ask("shapes", {"level": "district"}),
        labels={one["code"]: one["name"] for one in coded(choices.parts["classes"])},
        heard=heard,
    )


def heard_place(heard: Heard, page: Agenda, card: Card, row: Row, aspect: float) -> PlaceHeard:
    """Everything that the gate tells of one place of the agenda; `aspect` is that of its map."""
    months, units = page.months, list(row["units"])
    level = {"level": months.test["level"], **months.words}
    shapes = shapes_by_code(page.tested)
    ground = shapely.union_all([shapes[unit] for unit in units if unit in shapes])
    frame = None if ground.is_empty else frame_of(ground, aspect)
    notices = heard.ask("notices", {})
    groups = ["history", "agency", "week", "detection", "quality", "theme"]
    return PlaceHeard(
        card=card,
        row=row,
        ground=ground,
        frame=frame,
        units=() if frame is None else _counted(heard, level, frame),
        picture=heard.ask("picture", {**level, "within": units, "grouping": groups}),
        county=heard.ask("picture", {**level, "grouping": ["history", months.test["level"]]}),
        around=heard.ask(
            "around",
            {
                **months.test,
                **months.words,
                "around": [row["code"]],
                "radius": [str(WALK_M)],
                "geometry": "yes",
            },
        ),
        near=None if notices is None else heard.sources.near(months.test["level"], units, notices.columns),
    )


def _counted(heard: Heard, level: Mapping[str, str], frame: Frame) -> tuple[tuple[Any, str, int], ...]:
    """The units of the wards that the frame touches, with what they hold in these months."""
    wards = heard.ask("shapes", {"level": "ward"})
    if wards is None:
        return ()
    near = np.flatnonzero(
        shapely.intersects(shapely.from_wkb(list(wards.columns["wkb"])), shapely.box(*frame.box))
    )
    codes = words(wards.columns["code"])
    within = [codes[one] for one in near.tolist()]
    counted = heard.ask("counts", {**level, "within": within, "geometry": "yes"}) if within else None
    if counted is None:
        return ()
    shapes = shapes_by_code(counted)
    classes = np.searchsorted(
        heard.sources.classes(lists(dict(level))), whole(counted.columns["count"]), side="right"
    )
    names = words(counted.columns["name"])
    return tuple(
        (shapes[code], name, int(held))
        for code, name, held in zip(words(counted.columns["code"]), names, classes.tolist(), strict=True)
        if held
    )
