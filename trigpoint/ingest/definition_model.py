"""The schema of a definition. Every name of a column in it is one of the definition's own `columns`."""

from collections.abc import Iterator
from functools import cached_property
from typing import Literal, Self

from pydantic import BaseModel, Field, model_validator

from trigpoint.ingest.definition_layers import (
    Aliases,
    Areas,
    Deprivation,
    Lookup,
    Notices,
    Population,
    Postcodes,
    Shapes,
    Sites,
    Streets,
    Timetable,
    Totals,
    Uprns,
)
from trigpoint.ingest.definition_records import Records, Way
from trigpoint.ingest.definition_words import Choice, Column, Pattern, Ref, Strict

Kind = Literal[
    "records",
    "areas",
    "lookup",
    "postcodes",
    "sites",
    "streets",
    "shapes",
    "population",
    "notices",
    "totals",
    "uprns",
    "deprivation",
    "timetable",
    "aliases",
]
Format = Literal["csv", "workbook", "vector", "xml", "gtfs"]
Cadence = Literal["weekly", "monthly", "quarterly", "termly", "irregular"]


class Currency(Strict):
    """What a newer extract replaces: rows with the same key, or all rows of the same scope and period.

    `by: period` with neither scope nor period: a newer file replaces the older one whole.
    """

    by: Literal["key", "period"]
    key: tuple[Ref, ...] = ()
    scope: Ref | None = None
    scope_pattern: Pattern | None = None
    period: Ref | None = None
    period_formats: tuple[str, ...] = ("%Y-%m",)

    @model_validator(mode="after")
    def _a_key_has_columns(self) -> Self:
        if (self.by == "key") != bool(self.key):
            raise ValueError("by: key needs the key's columns; by: period has none")
        return self


class Layout(Strict):
    """What differs when the same kind of file comes in another publisher's columns."""

    columns: dict[str, Column]
    records: Records | None = None
    lookup: Lookup | None = None
    sites: Sites | None = None
    population: Population | None = None
    totals: Totals | None = None
    deprivation: Deprivation | None = None


class Definition(Strict):
    """One kind of file, from its format to its facts.

    `record` is the element of an XML file that is one row, `crs` the coordinate system of a map layer that does not
    say its own. `owner` gives the agency whose row it is; rows of another agency than the definition's go to quarantine.
    `cadence` is how often a file is expected, `terms_only` where none is in school holidays, `expected_by_district`
    where every district sends its own.
    """

    name: str
    title: str
    kind: Kind
    agency: str
    format: tuple[Format, ...] = ("csv",)
    layer: str | None = None
    header: bool = True
    record: str | None = None
    crs: str | None = None
    cadence: Cadence = "irregular"
    terms_only: bool = False
    expected_by_district: bool = False
    owner: Choice | None = None
    columns: dict[str, Column] = Field(default_factory=dict)
    layouts: dict[str, Layout] = Field(default_factory=dict)
    currency: Currency
    vintage_in_name: Pattern | None = None
    open: bool = False
    anchors: bool = False
    attribution: str | None = None
    records: Records | None = None
    areas: Areas | None = None
    lookup: Lookup | None = None
    postcodes: Postcodes | None = None
    sites: Sites | None = None
    streets: Streets | None = None
    shapes: Shapes | None = None
    population: Population | None = None
    notices: Notices | None = None
    totals: Totals | None = None
    uprns: Uprns | None = None
    deprivation: Deprivation | None = None
    timetable: Timetable | None = None
    aliases: Aliases | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        for variant in self.variants:
            if getattr(variant, variant.kind) is None:
                raise ValueError(f"kind is {self.kind}, so a section named {self.kind} is needed")
            strangers = sorted(set(variant.named) - set(variant.columns))
            if strangers:
                raise ValueError(f"'{strangers[0]}' is used but is not one of its columns")
        if self.owner is not None and self.agency not in self.owner.outcomes:
            raise ValueError("owner must say which words stand for the definition's own agency")
        return self

    @cached_property
    def variants(self) -> tuple["Definition", ...]:
        """The definition once for every layout it can read; itself where it has one only."""
        if not self.layouts:
            return (self,)
        return tuple(self._with(layout) for layout in self.layouts.values())

    def _with(self, layout: Layout) -> "Definition":
        told: dict[str, object] = {name: getattr(layout, name) for name in layout.model_fields_set}
        return self.model_copy(update={**told, "layouts": {}, "columns": {**self.columns, **layout.columns}})

    @property
    def named(self) -> tuple[str, ...]:
        """Every column the definition makes use of."""
        parts = (getattr(self, self.kind), self.currency, self.owner)
        return tuple(name for part in parts for name in _refs(part))

    @property
    def themes_used(self) -> tuple[str, ...]:
        """The themes its records or totals can have, in any of its layouts."""
        return tuple(
            theme for variant in self.variants for theme in _themes(variant.records or variant.totals)
        )

    @property
    def place_texts(self) -> tuple[str, ...]:
        """The columns in which people type where something was."""
        if self.anchors:
            return ()
        parts: list[Way | Notices] = [w for c in self.records.claims for w in c.ways] if self.records else []
        parts += [self.notices] if self.notices else []
        named = [(part.street, part.town, part.street_and_town) for part in parts]
        labels = [part.label for part in parts if isinstance(part, Way)]
        return tuple(dict.fromkeys(name for name in (*sum(named, ()), *labels) if name is not None))

    @property
    def categories(self) -> dict[str, str]:
        """The codes records or totals of this definition can have in any of its layouts, with their names."""
        found: dict[str, str] = {}
        for variant in self.variants:
            for code, name in _named(variant.records or variant.totals).items():
                found.setdefault(code, name)
        return found


def _named(told: Records | Totals | None) -> dict[str, str]:
    """The codes of a section's categories with their names: as it says, else the agency's own word, else the code."""
    if told is None:
        return {}
    words = {code: text for text, code in reversed(told.category.values.items())}
    return {
        code: told.category_names.get(code) or words.get(code) or code.replace("_", " ").capitalize()
        for code in told.category.outcomes
    }


def _themes(told: Records | Totals | None) -> Iterator[str]:
    """The themes that a section names."""
    if told is None:
        return
    yield from told.themes
    for themes in told.themes_by_category.values():
        yield from themes
    for rule in told.theme_rules if isinstance(told, Records) else ():
        for themes in rule.values.values():
            yield from themes


def _refs(part: object) -> Iterator[str]:
    """The column names used anywhere inside a section."""
    if isinstance(part, Ref):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _refs(getattr(part, name))
    elif isinstance(part, tuple | dict):
        for entry in part:
            yield from _refs(entry)
