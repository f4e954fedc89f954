"""The part of a definition that says what one row of an agency's file says happened, when and where."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from trigpoint.ingest.codes import DETECTION, GRADE, HANDLING, MARKING
from trigpoint.ingest.definition_places import Claim, Way
from trigpoint.ingest.definition_words import Choice, Ref, Strict

__all__ = ["Claim", "DateFormat", "Grading", "Moment", "Records", "ThemeRule", "Token", "Way", "When"]


class DateFormat(Strict):
    """A strptime format and what it is precise to, or one of two words for what strptime cannot read.

    `excel` is a workbook's number of a day (1900 system) written out as a number; `weekday` is a day without a month or
    a year (`Fri 3rd`, `Friday 3 Oct`), resolved near the day that `dates_near` names. A format that ends in `%z` reads
    any of `Z`, `+01:00`, `BST`, `GMT`, `UTC` after the time and turns the reading into local time.
    """

    format: str
    precision: Literal["minute", "day", "month"]


class Moment(Strict):
    """A date, with the time in the same column or in another."""

    date: Ref
    time: Ref | None = None

    @model_validator(mode="before")
    @classmethod
    def _a_bare_word_is_a_date(cls, told: Any) -> Any:
        return {"date": told} if isinstance(told, str) else told


Near = Literal["the delivery", "the file's name"]


class When(Strict):
    """When it happened: the first of `start` that is given, and `end` where there is one.

    `dates_near` says what a date written without month or year lies near: another column of the row, the month in the
    file's name, or (without either) the day on which the delivery was received. A year of 9999 always means no end.
    Formats with the day first and formats with the month first may both be listed: then each column of a file is read
    by whichever its unmistakable dates support, and by the one listed first where it has none.
    """

    start: tuple[Moment, ...] = Field(min_length=1)
    end: Moment | None = None
    formats: tuple[DateFormat, ...] = Field(min_length=1)
    time_formats: tuple[str, ...] = ("%H:%M", "%H:%M:%S")
    midnight: Literal["an hour", "no hour"] = "an hour"
    zone: Literal["local", "utc"] = "local"
    no_end: tuple[str, ...] = ()
    dates_near: Near | Ref = "the delivery"


class ThemeRule(Strict):
    """Themes from a column's words (several words in one cell are split at `split`)."""

    column: Ref
    split: str | None = None
    values: dict[str, tuple[str, ...]]


class Token(Strict):
    """A person's reference, kept only as a keyed token; `space` names whose numbering it is."""

    column: Ref
    space: str


def _words_of(table: Mapping[str, int]) -> Callable[[Choice], Choice]:
    def check(choice: Choice) -> Choice:
        unknown = [word for word in choice.outcomes if word not in table]
        if unknown:
            raise ValueError(f"'{unknown[0]}' is not one of {', '.join(table)}")
        return choice

    return check


class Grading(Strict):
    """A column of intelligence grades: 3x5x2 (`2/C/P`), the older 5x5x5 (`B24`) or their words.

    It decides grade and handling together, so neither may be told beside it; `gsc` is the column of the security
    marking. What cannot be read is treated as the most restrictive (see `trigpoint.ingest.steps.grading`).
    """

    column: Ref
    scheme: Literal["3x5x2_or_legacy"] = "3x5x2_or_legacy"
    gsc: Ref | None = None


class Records(Strict):
    """What one row of an agency's file says happened."""

    when: When
    category: Choice
    category_names: dict[str, str] = Field(default_factory=dict)
    themes: tuple[str, ...] = ()
    themes_by_category: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    theme_rules: tuple[ThemeRule, ...] = ()
    detection: Annotated[Choice, AfterValidator(_words_of(DETECTION))] = Choice(always="unknown")
    grade: Annotated[Choice, AfterValidator(_words_of(GRADE))] = Choice(always="none")
    handling: Annotated[Choice, AfterValidator(_words_of(HANDLING))] = Choice(always="unknown")
    marking: Annotated[Choice, AfterValidator(_words_of(MARKING))] = Choice(always="official")
    grading: Grading | None = None
    claims: tuple[Claim, ...]
    token: Token | None = None

    @model_validator(mode="after")
    def _graded_in_one_way(self) -> Self:
        if self.grading is None:
            return self
        if {"grade", "handling"} & self.model_fields_set:
            raise ValueError("grading decides grade and handling: leave those out")
        if self.grading.gsc is not None and "marking" in self.model_fields_set:
            raise ValueError("grading's gsc decides the marking: leave marking out")
        return self
