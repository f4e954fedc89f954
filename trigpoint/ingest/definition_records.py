"""The part of a definition that says what one row of an agency's file says happened, when and where."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from trigpoint.ingest.codes import DETECTION, GRADE, HANDLING, MARKING, NEVER_PRIMARY, ROLE
from trigpoint.ingest.definition_words import Choice, Ref, Strict


class DateFormat(Strict):
    """A strptime format and what it is precise to."""

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


class When(Strict):
    """When it happened: the first of `start` that is given, and `end` where there is one."""

    start: tuple[Moment, ...] = Field(min_length=1)
    end: Moment | None = None
    formats: tuple[DateFormat, ...] = Field(min_length=1)
    time_formats: tuple[str, ...] = ("%H:%M", "%H:%M:%S")
    midnight: Literal["an hour", "no hour"] = "an hour"
    zone: Literal["local", "utc"] = "local"
    no_end: tuple[str, ...] = ()


class Way(Strict):
    """One way to say where. The first of a claim's ways whose columns are filled is used."""

    quality: int = Field(ge=1, le=5)
    lon: Ref | None = None
    lat: Ref | None = None
    easting: Ref | None = None
    northing: Ref | None = None
    label: Ref | None = None
    label_prefix: str = ""
    site: Ref | None = None
    site_class: str | None = None
    street: Ref | None = None
    town: Ref | None = None
    street_and_town: Ref | None = None
    postcode: Ref | None = None
    area: Ref | None = None
    area_level: Literal["district", "ward", "lsoa"] | None = None
    area_by: Literal["code", "name"] = "code"
    only_when: dict[Ref, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_one_way(self) -> Self:
        ways = [
            self.lon,
            self.easting,
            self.site,
            self.street,
            self.street_and_town,
            self.postcode,
            self.area,
        ]
        if sum(way is not None for way in ways) != 1:
            raise ValueError(
                "a way is exactly one of lon+lat, easting+northing, site, street, postcode, area"
            )
        if (self.lon is None) != (self.lat is None) or (self.easting is None) != (self.northing is None):
            raise ValueError("a point needs both of its columns")
        if (self.area is None) != (self.area_level is None):
            raise ValueError("an area needs area and area_level")
        return self


class Claim(Strict):
    """A place a record gives, and in what role."""

    role: str
    ways: tuple[Way, ...] = Field(min_length=1)

    @field_validator("role")
    @classmethod
    def _role_is_known(cls, role: str) -> str:
        if role not in ROLE:
            raise ValueError(f"must be one of {', '.join(ROLE)}")
        return role

    @model_validator(mode="after")
    def _private_places_stay_vague(self) -> Self:
        for way in self.ways:
            if self.role == "home" and way.postcode is None and way.area is None:
                raise ValueError("a home may only be given by postcode or area: it is kept as an LSOA")
            if self.role == "placement" and way.site is None:
                raise ValueError("a placement may only be given as a site")
        return self

    @property
    def may_be_primary(self) -> bool:
        return ROLE[self.role] not in NEVER_PRIMARY


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
    claims: tuple[Claim, ...]
    token: Token | None = None
