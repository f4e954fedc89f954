"""The words every section of a definition is made of: columns, choices, theme and agency entries."""

import re
from collections.abc import Collection
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    field_validator,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema


class Strict(BaseModel):
    """Frozen, and a misspelt entry is an error rather than an entry ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Ref(str):
    """The definition's own name for a column."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls._checked, core_schema.str_schema())

    @classmethod
    def _checked(cls, name: str) -> Self:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            raise ValueError("a column's own name is lower case letters, digits and underscores")
        return cls(name)


def _valid_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as fault:
        raise ValueError(f"is not a valid pattern ({fault})") from fault
    return pattern


Pattern = Annotated[str, AfterValidator(_valid_pattern)]


class Theme(Strict):
    """A theme keeps its bit for ever: facts already stored hold it."""

    code: str
    name: str
    bit: int = Field(ge=0, le=63)


class Agency(Strict):
    """A member of the partnership, or the publisher of open data. `ask` is the role to ask about an area, for releases."""

    code: str
    name: str
    position: int = Field(ge=0)
    ask: str = ""


class Break(Strict):
    """A day from which a count changes because a definition did. `about`: not everywhere on that very day.

    It concerns the feeds and layers named, of those records the themes named (none: all of them), and at the levels of
    the map named (none: all).
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    date: date
    about: bool = False
    feeds: tuple[str, ...] | Literal["all"]
    themes: tuple[str, ...] = ()
    levels: tuple[Literal["district", "ward", "lsoa", "street"], ...] = ()
    title: str
    text: str

    def concerns(self, feed: str, themes: Collection[str]) -> bool:
        """Whether a series of this feed, filtered to these themes (none: all), has this break."""
        of_feed = self.feeds == "all" or feed in self.feeds
        return of_feed and (not self.themes or not themes or bool(set(self.themes) & set(themes)))


class Column(Strict):
    """How to find a column in the file: by header, alias or pattern, or by its place where there is no header.

    A pattern's group `yy` tells the vintage of the areas (WD24CD: 2024). `json` is for a cell that holds JSON: where
    in it the value lies, names and `*` (every entry of a list) joined by dots; several values are joined by ";".
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    header: str | None = None
    aliases: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    required: bool = True
    json_path: str | None = Field(default=None, alias="json")

    @model_validator(mode="before")
    @classmethod
    def _a_bare_word_is_a_header(cls, told: Any) -> Any:
        return {"header": told} if isinstance(told, str | int) else told

    @field_validator("header", mode="before")
    @classmethod
    def _headers_may_be_numbers(cls, told: Any) -> Any:
        return str(told) if isinstance(told, int) else told

    @property
    def shown(self) -> str:
        """What to call it in a message."""
        return self.header or (self.aliases or self.patterns)[0]


class Case(Strict):
    """`then` where every named column matches its pattern (case is ignored)."""

    when: dict[Ref, Pattern]
    then: str


class Choice(Strict):
    """One word from: a fixed word, a column's values, or cases tried in order; `otherwise` for the rest.

    With neither a fixed word nor `otherwise`, a value that is not listed puts the row in quarantine. `blank` is for
    an empty cell; without it an empty cell counts as not listed.
    """

    always: str | None = None
    column: Ref | None = None
    values: dict[str, str] = Field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    blank: str | None = None
    otherwise: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _a_bare_word_is_fixed(cls, told: Any) -> Any:
        return {"always": told} if isinstance(told, str) else told

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if sum([self.always is not None, self.column is not None, bool(self.cases)]) != 1:
            raise ValueError("say exactly one of always, column (with values), cases")
        return self

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Every word it can give, in the definition's order."""
        told = [self.always, *self.values.values(), *(case.then for case in self.cases)]
        return tuple(dict.fromkeys(word for word in [*told, self.blank, self.otherwise] if word is not None))
