"""What one accepted delivery's Parquet file holds, kind by kind: the truth for whoever reads them.

One file per accepted delivery (zstd), named `<delivery id>.parquet`; it holds exactly that delivery's accepted
rows, in the order of the file, and never changes. All coordinates are EPSG:27700 metres; geometry is WKB in
EPSG:27700.

Every kind starts with the same five columns (`HEAD`), which decide what is current:

    row      1-based data row in the delivered file (title lines and the header are not counted)
    key      by-key definitions: a keyed digest of definition + natural key, never the key itself; else null
    content  keyed digest of the stripped row without its person tokens; equal digests = the same content
    scope    by-period definitions: whose rows a newer extract replaces (e.g. the force that reported);
             else null
    period   by-period definitions: yyyymm that a newer extract replaces whole; 0 where there is no period

Which rows are current, and from when to when, is `trigpoint.core.workflow.currency.known_to`: in by-key
definitions a version is one row and its group is `key`; in by-period ones a version is one (delivery, scope,
period), all of whose rows share its fate, and its group is (definition, scope, period). Rows that repeat inside
one by-period file are separate records and are all kept.

The Parquet schema's metadata holds one JSON object under b"trigpoint" (see `FileFacts`): what a reader without
Django or the definitions needs to know of the feed.
"""

from typing import TypedDict

import pyarrow as pa

from trigpoint.ingest.schemas_layers import LAYER_KINDS

HEAD: list[tuple[str, pa.DataType]] = [
    ("row", pa.int32()),
    ("key", pa.binary(16)),
    ("content", pa.binary(16)),
    ("scope", pa.string()),
    ("period", pa.int32()),
]

CANDIDATE = pa.struct(
    [
        # Entries of one record stand claim after claim, the definition's order of roles, so the primary claim
        # is the first one whose role is not home, placement or reporting station. An entry with candidate 0
        # starts a claim; 1, 2, ... are its other candidates; the weights of a claim sum to 1.
        ("role", pa.int8()),
        ("quality", pa.int8()),
        ("candidate", pa.int8()),
        ("weight", pa.float32()),
        # Where: the first of these that is present decides. 1. a point; then any street_name is only its label
        # (of an anonymised anchor where the feed says `anchors`). 2. a site. 3. a street by name, and town where
        # given: all its segments, equal weights. 4. a postcode (a unit, no spaces, or a sector such as "CM12").
        # 5. an area by code, else by exact name. 6. a property by its number. 7. words, as a keyed digest
        # (`trigpoint.ingest.wordings`). 2-7 are references, resolved at publish; what matches nothing is unplaced.
        ("easting_m", pa.float64()),
        ("northing_m", pa.float64()),
        ("site_class", pa.string()),  # null: any class with this reference
        ("site_ref", pa.string()),
        ("street_name", pa.string()),
        ("town", pa.string()),
        ("postcode", pa.string()),
        ("area_level", pa.int8()),  # 1 district 2 ward 3 lsoa
        ("area_code", pa.string()),
        ("area_name", pa.string()),
        # home entries hold area_level + area_code only, placement entries site_class + site_ref only.
        ("uprn", pa.int64()),
        (
            "wording",
            pa.binary(16),
        ),  # such an entry holds no other field of a place; its text is in no Parquet
    ]
)

RECORDS: list[tuple[str, pa.DataType]] = [
    *HEAD,
    ("category", pa.string()),  # code; names are in the file facts
    ("theme_mask", pa.uint64()),  # bits of themes.yaml
    ("detection", pa.int8()),  # 0 unknown 1 reported 2 discovered 3 referral
    ("grade", pa.int8()),  # 0 none 1..5 = A..E
    ("handling", pa.int8()),  # 0 unknown 1 P 2 C
    ("marking", pa.int8()),  # 0 open 1 official 2 official-sensitive 3 secret 4 unknown = most restrictive
    ("occurred_from", pa.timestamp("us")),  # local clock reading, Europe/London
    (
        "occurred_to",
        pa.timestamp("us"),
    ),  # equal to occurred_from where no end is given; a month's or day's own start
    ("utc_offset_min", pa.int16()),  # of occurred_from
    ("time_precision", pa.int8()),  # 0 minute 1 day 2 month, of occurred_from
    ("token", pa.int64()),  # 0 = none
    (
        "token_window",
        pa.int16(),
    ),  # 24-month windows counted from January 2000, by the day of receipt; 0 with token 0
    ("claims", pa.list_(CANDIDATE)),  # empty = no location given
]

AREAS: list[tuple[str, pa.DataType]] = [
    *HEAD,
    ("level", pa.int8()),
    ("code", pa.string()),
    ("name", pa.string()),
    ("vintage", pa.string()),  # "2024"; "" where neither columns nor file name tell
    ("parent_code", pa.string()),  # district of a ward, where the file says
    ("wkb", pa.binary()),
]

LOOKUP: list[tuple[str, pa.DataType]] = [
    *HEAD,
    ("child_level", pa.int8()),
    ("child_code", pa.string()),
    ("child_name", pa.string()),
    ("parent_level", pa.int8()),
    ("parent_code", pa.string()),
    ("parent_name", pa.string()),
    ("vintage", pa.string()),
]

POSTCODES: list[tuple[str, pa.DataType]] = [
    *HEAD,
    ("postcode", pa.string()),  # no spaces
    ("easting_m", pa.float64()),  # null where the publisher has no point (quality 90)
    ("northing_m", pa.float64()),
    ("quality", pa.int8()),  # the publisher's positional quality indicator, as published
    ("ward_code", pa.string()),
    ("district_code", pa.string()),
    ("ended", pa.bool_()),
]

SITES: list[tuple[str, pa.DataType]] = [
    *HEAD,
    ("ref", pa.string()),
    (
        "class",
        pa.string(),
    ),  # school childrens_home supported_accommodation hotel bnb takeaway park bus_stop station
    ("name", pa.string()),  # "" where the publisher redacted it
    ("easting_m", pa.float64()),
    ("northing_m", pa.float64()),
    ("district_code", pa.string()),
    ("district_name", pa.string()),  # as the publisher spells it; matched to district names at publish
    ("postcode", pa.string()),  # no spaces; places the site where it has no point
    ("locality", pa.string()),
    ("opened", pa.date32()),
    ("closed", pa.date32()),
    ("status", pa.string()),  # open | closed | proposed | suspended
    ("restricted", pa.bool_()),
    ("kept", pa.string()),  # point | district (only its district may be known or is known) | none
]

STREETS: list[tuple[str, pa.DataType]] = [
    *HEAD,
    ("code", pa.string()),
    ("name", pa.string()),  # the road's number where it has no name; "" where it has neither
    ("road_class", pa.string()),
    ("start_junction", pa.string()),
    ("end_junction", pa.string()),
    ("town", pa.string()),  # null where the publisher gives none
    ("wkb", pa.binary()),  # LINESTRING
]

SHAPES: list[tuple[str, pa.DataType]] = [
    *HEAD,
    ("class", pa.string()),
    ("name", pa.string()),
    ("wkb", pa.binary()),
]

POPULATION: list[tuple[str, pa.DataType]] = [
    *HEAD,
    ("area_level", pa.int8()),
    ("area_code", pa.string()),
    ("area_name", pa.string()),
    ("vintage", pa.string()),  # of the areas, not of the count
    ("people_all", pa.float64()),
    ("people_10_17", pa.float64()),  # null where the file has no ages
]

NOTICES: list[tuple[str, pa.DataType]] = [
    *HEAD,
    ("ref", pa.binary(16)),  # opaque: a keyed digest of the agency's reference
    ("kind", pa.string()),  # cawn closure cpn pspo dispersal hotel
    ("status", pa.string()),
    ("basis", pa.string()),
    ("served_date", pa.date32()),
    ("starts_date", pa.date32()),
    ("ends_date", pa.date32()),
    ("easting_m", pa.float64()),
    ("northing_m", pa.float64()),
    ("street_name", pa.string()),
    ("town", pa.string()),
    ("coarse", pa.bool_()),  # its point is deliberately imprecise
    ("breaches", pa.int16()),  # how often, as told; null where nothing is
    ("last_breach_date", pa.date32()),
]

SCHEMAS: dict[str, pa.Schema] = {
    kind: pa.schema(columns)
    for kind, columns in {
        "records": RECORDS,
        "areas": AREAS,
        "lookup": LOOKUP,
        "postcodes": POSTCODES,
        "sites": SITES,
        "streets": STREETS,
        "shapes": SHAPES,
        "population": POPULATION,
        "notices": NOTICES,
        **{kind: [*HEAD, *columns] for kind, columns in LAYER_KINDS.items()},
    }.items()
}


class FileFacts(TypedDict):
    """The JSON object under b"trigpoint" in the Parquet schema's metadata."""

    definition: str
    kind: str
    name: str  # the feed's name for people
    agency: str
    currency: str  # "key" | "period"
    open: bool  # published open data
    anchors: bool  # its points are anonymised anchor points
    attribution: str | None
    cadence: str  # weekly | monthly | termly | quarterly | irregular: how often a file is to be expected
    terms_only: bool  # none in school holidays
    categories: dict[str, str]  # code -> name, in the definition's order; empty for layers
    received_at: str  # ISO 8601, UTC
    extracted_on: str  # ISO date
