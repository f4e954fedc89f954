"""Releases as they are told: to those who make and approve them, and to those they are for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from trigpoint.core.disclosure.cells import CellKey, Layer, Within
from trigpoint.core.disclosure.joint import ToldCell
from trigpoint.core.workflow.release import Word
from trigpoint.db.models import Release, ReleaseCell

__all__ = ["LayerTold", "ReleaseTold", "cells_of_release", "told_cells_of", "told_of", "within_of"]


@dataclass(frozen=True, slots=True)
class LayerTold:
    """A layer by its code and name, with what it counts and of which feeds."""

    code: str
    name: str
    layer: Layer


@dataclass(frozen=True, slots=True)
class ReleaseTold:
    """A release without its cells. `removed` gives rule, sentence and records for each rule that took something out.

    `restating` is "due", "made" or "cannot" where rows that it counted are gone; `restates` is the release in whose place
    it stands, `restated_by` the newest that stands in its own.

    `removed` is for those who make and approve it: the numbers in it are in nothing that leaves.
    """

    number: int
    title: str
    audience: str
    audience_title: str
    state: str
    first_on: date
    end_on: date
    districts: tuple[str, ...]
    layers: tuple[LayerTold, ...]
    names: Mapping[tuple[str, str], str]
    feeds: tuple[Mapping[str, str], ...]
    words: Mapping[str, str]
    attributions: tuple[str, ...]
    removed: tuple[Mapping[str, Any], ...]
    withheld: Mapping[str, int]
    recipients: tuple[str, ...]
    marking: str
    expires_on: date
    author: str
    made_at: datetime
    issued_at: datetime | None
    ended_because: str
    given: tuple[Word, ...]
    version: int
    restating: str
    restates: int | None
    restated_by: int | None


def told_of(row: Release) -> ReleaseTold:
    recipe = row.recipe
    return ReleaseTold(
        number=int(row.pk),
        title=row.title,
        audience=row.audience,
        audience_title=recipe["words"]["title"],
        state=row.state,
        first_on=row.first_on,
        end_on=row.end_on,
        districts=tuple(recipe["districts"]),
        layers=tuple(_layer(one) for one in recipe["layers"]),
        names={(kind, code): name for kind, code, name in recipe["names"]},
        feeds=tuple(recipe["feeds"]),
        words=recipe["words"],
        attributions=tuple(recipe["attributions"]),
        removed=tuple(row.removed["rules"]),
        withheld=row.removed["withheld"],
        recipients=tuple(one["agency"] for one in row.recipients),
        marking=row.marking,
        expires_on=row.expires_on,
        author=row.author,
        made_at=row.made_at,
        issued_at=row.issued_at,
        ended_because=row.ended_because,
        given=tuple(Word(one.by, one.agency, one.approved) for one in row.approvals.all()),
        version=row.version,
        restating=row.restating,
        restates=row.restates_id,
        restated_by=max((int(one.pk) for one in row.restated_by.all()), default=None),
    )


def _layer(told: Mapping[str, Any]) -> LayerTold:
    layer = Layer(tuple(told["themes"]), tuple(told["feeds"]), told["counts"])
    return LayerTold(told["code"], told["name"], layer)


def cells_of_release(row: Release) -> tuple[ToldCell, ...]:
    """Every cell that was kept, those that are never told among them."""
    layers = {one.code: one.layer for one in (_layer(told) for told in row.recipe["layers"])}
    return tuple(_cell(one, layers) for one in row.cells.all())


def told_cells_of(row: Release) -> tuple[ToldCell, ...]:
    """The cells that leave: those offered."""
    return tuple(one for one in cells_of_release(row) if one.offered)


def within_of(rows: Iterable[Release]) -> tuple[Within, ...]:
    return tuple(
        Within(
            dict(row.recipe["district_of_ward"]),
            {code: (one[0], one[1]) for code, one in row.recipe["of_piece"].items()},
        )
        for row in rows
    )


def _cell(one: ReleaseCell, layers: Mapping[str, Layer]) -> ToldCell:
    key = CellKey(layers[one.theme], one.first_on, one.period_kind, one.area_kind, one.area)  # type: ignore[arg-type]
    return ToldCell(key, one.told, one.withheld == "small", one.offered)
