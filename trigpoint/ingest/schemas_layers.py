"""What further kinds of delivery hold beside the five columns every kind starts with (see `schemas`)."""

import pyarrow as pa

WEEKDAY_CLASSES = ("monday to friday", "saturday", "sunday")
HOURS = 24
DEPARTURES = len(WEEKDAY_CLASSES) * HOURS

TOTALS: list[tuple[str, pa.DataType]] = [
    # Of an area, of a site, or of a site and the area it lies in.
    ("area_level", pa.int8()),  # 1 district 2 ward 3 lsoa; null where only a site is told
    ("area_code", pa.string()),
    ("area_name", pa.string()),  # where the file names areas rather than coding them
    ("site_class", pa.string()),  # null: any class with this reference
    ("site_ref", pa.string()),
    ("starts", pa.date32()),  # first day counted
    ("ends", pa.date32()),  # last day counted
    ("category", pa.string()),  # code; names are in the file facts
    ("theme_mask", pa.uint64()),  # bits of themes.yaml
    ("count", pa.int64()),  # null where suppressed or not applicable: never 0 in its place
    ("suppressed", pa.bool_()),  # a number is there and was withheld because it is small
    ("rounded_to", pa.int16()),  # 1: as counted
]

UPRNS: list[tuple[str, pa.DataType]] = [
    ("uprn", pa.int64()),
    ("easting_m", pa.float64()),
    ("northing_m", pa.float64()),
]

DEPRIVATION: list[tuple[str, pa.DataType]] = [
    ("area_level", pa.int8()),
    ("area_code", pa.string()),
    ("area_name", pa.string()),
    ("vintage", pa.string()),  # of the areas
    ("score", pa.float64()),  # higher is more deprived; null where the file has none
    ("rank", pa.int32()),  # 1 is most deprived
    ("decile", pa.int8()),  # 1 is most deprived
    ("children_rank", pa.int32()),  # of children in families on low incomes (IDACI)
    ("children_decile", pa.int8()),
]

STOP = pa.struct(
    [
        ("ref", pa.string()),  # ATCO or CRS code
        ("name", pa.string()),
        ("easting_m", pa.float64()),
        ("northing_m", pa.float64()),
        # Departures by class of day and hour in the timetable's fullest week: [class * 24 + hour], classes as in
        # WEEKDAY_CLASSES. Of Monday to Friday the most on any of the five days. 25:10 counts at 1 of the same class.
        ("departures", pa.list_(pa.int16(), DEPARTURES)),
    ]
)

TIMETABLE: list[tuple[str, pa.DataType]] = [
    ("route", pa.string()),
    ("direction", pa.int8()),
    ("name", pa.string()),
    ("mode", pa.string()),  # bus rail other
    ("operator", pa.string()),
    (
        "wkb",
        pa.binary(),
    ),  # LINESTRING: the commonest course, else straight from stop to stop; null with one stop
    ("stops", pa.list_(STOP)),  # in the order of the commonest trip, then those that only other trips serve
]

ALIASES: list[tuple[str, pa.DataType]] = [
    ("class", pa.string()),  # of the site
    ("ref", pa.string()),
    ("other_ref", pa.string()),
    ("relation", pa.string()),  # successor: other_ref came after ref; predecessor: before; other: neither
    ("since", pa.date32()),
]

LAYER_KINDS: dict[str, list[tuple[str, pa.DataType]]] = {
    "totals": TOTALS,
    "uprns": UPRNS,
    "deprivation": DEPRIVATION,
    "timetable": TIMETABLE,
    "aliases": ALIASES,
}
