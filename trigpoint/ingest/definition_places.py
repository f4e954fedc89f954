"""The part of a definition that says where: claims, their roles, and the ways in which columns tell a place."""

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from trigpoint.ingest.codes import NEVER_PRIMARY, ROLE
from trigpoint.ingest.definition_words import Ref, Strict

PAIRS = (("lon", "lat"), ("easting", "northing"), ("x", "y"))
SINGLE = (
    "grid_ref",
    "uprn",
    "station",
    "site",
    "street",
    "street_and_town",
    "postcode",
    "area",
    "area_or_sector",
    "text",
)


class Way(Strict):
    """One way to say where. The first of a claim's ways whose columns are filled is used.

    `quality` is what the way deserves at its best: a coordinate that had to be put right gets 3 at most, a grid
    reference of a kilometre 4. `x` and `y` are columns that mix metres with degrees, in either order. `station` is a
    CRS or ATCO code. `area_or_sector` holds area codes, names or postcode sectors (`CM1 2`), as each row pleases.
    `text` is a place in people's own words; `split` parts several of them in one cell, each a claim.
    """

    quality: int = Field(ge=1, le=5)
    lon: Ref | None = None
    lat: Ref | None = None
    easting: Ref | None = None
    northing: Ref | None = None
    x: Ref | None = None
    y: Ref | None = None
    grid_ref: Ref | None = None
    label: Ref | None = None
    label_prefix: str = ""
    uprn: Ref | None = None
    station: Ref | None = None
    site: Ref | None = None
    site_class: str | None = None
    street: Ref | None = None
    town: Ref | None = None
    street_and_town: Ref | None = None
    postcode: Ref | None = None
    area: Ref | None = None
    area_level: Literal["district", "ward", "lsoa"] | None = None
    area_by: Literal["code", "name"] = "code"
    area_or_sector: Ref | None = None
    text: Ref | None = None
    split: str | None = Field(default=None, min_length=1)
    only_when: dict[Ref, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_one_way(self) -> Self:
        if sum(getattr(self, name) is not None for name in (*(first for first, _ in PAIRS), *SINGLE)) != 1:
            raise ValueError(f"a way is exactly one of lon+lat, easting+northing, x+y, {', '.join(SINGLE)}")
        for first, second in PAIRS:
            if (getattr(self, first) is None) != (getattr(self, second) is None):
                raise ValueError("a point needs both of its columns")
        named = self.area if self.area is not None else self.area_or_sector
        if (named is None) != (self.area_level is None):
            raise ValueError("an area needs area (or area_or_sector) and area_level")
        if self.town is not None and self.street is None and self.text is None:
            raise ValueError("town goes with street or text")
        if self.split is not None and self.text is None:
            raise ValueError("split goes with text")
        return self

    @property
    def is_point(self) -> bool:
        """Coordinates in two columns."""
        return any(getattr(self, first) is not None for first, _ in PAIRS)

    @property
    def place_texts(self) -> tuple[Ref, ...]:
        """The columns in which people type where something was."""
        told = (self.street, self.town, self.street_and_town, self.label, self.text)
        return tuple(name for name in told if name is not None)


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
