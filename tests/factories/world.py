"""Small invented worlds: a store version written straight from a list of plain records, and no pipeline.

The ground is fixed: two districts, each of three square wards of a kilometre in a row, two LSOAs a ward, a street
grid. The records vary. Whatever a store derives from records (cells beyond the county, anchor points and their
dense ids) is derived here from *all* of them, in order of first appearance, so that hidden records move every id
that they possibly can.
"""

import itertools
import random
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import duckdb
import h3
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from trigpoint.core.geography.crs import to_lonlat, to_national_grid
from trigpoint.core.sharing.agreement import Agreement, agreement_from
from trigpoint.gate.version import Version
from trigpoint.store.schema import CELL_RESOLUTIONS, CURRENT_UNTIL, PIECES, create_statements

WEST_M, SOUTH_M, SIDE_M = 550_000.0, 200_000.0, 1000.0
WARDS, WARDS_A_DISTRICT = 6, 3
EPOCH = date(1970, 1, 1)
FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2024, 6, 30)
ALWAYS = datetime(2024, 7, 1)
FOREVER = datetime.fromisoformat(CURRENT_UNTIL)

AGENCIES = ("social_care", "police", "open_data")
FEEDS = (
    # code, agency, kind, open
    ("care_missing", "social_care", "records", False),
    ("police_crime", "police", "records", False),
    ("police_uk_street", "open_data", "records", True),
    ("schools", "open_data", "sites", True),
    ("homes", "social_care", "sites", False),
    ("police_cawn", "police", "notices", False),
    ("closures", "police", "notices", False),
    ("police_nrm", "police", "totals", False),
    ("attendance", "social_care", "totals", False),
)
RECORD_FEEDS = tuple(place for place, feed in enumerate(FEEDS) if feed[2] == "records")
FEED_CODES = tuple(feed[0] for feed in FEEDS)
CATEGORIES = tuple((f"{FEED_CODES[feed]}_{letter}", feed) for feed in RECORD_FEEDS for letter in "ab")
TOTAL_FEEDS = tuple(place for place, feed in enumerate(FEEDS) if feed[2] == "totals")
TOTAL_CATEGORIES = tuple((f"{FEED_CODES[feed]}_{letter}", feed) for feed in TOTAL_FEEDS for letter in "ab")
THEMES = ((0, "missing"), (3, "county_lines"), (63, "asb"))


@dataclass(frozen=True, slots=True)
class Recorded:
    """One record as a person would write it down: dense feed and category, a day, and where it was, if anywhere.

    `street` is a segment's number, -1 for none; it is ignored in a world of anchors, where the point is the street.
    """

    feed: int
    category: int
    day: date
    hour: int
    themes: tuple[int, ...]
    easting_m: float | None
    northing_m: float | None
    street: int
    role: int = 1
    detection: int = 0
    grade: int = 0
    known_from: datetime = ALWAYS
    known_to: datetime = FOREVER
    day_known: bool = True
    handling: int = 0
    marking: int = 2
    token: int = 0
    exactness: int = 2  # the quality of the place, 1 best to 4, where there is a point
    found_at: int = -1  # a ward beside the one that counts, where somebody was found

    @property
    def agency(self) -> int:
        return AGENCIES.index(FEEDS[self.feed][1])

    @property
    def quality(self) -> int:
        return 5 if self.easting_m is None else self.exactness

    @property
    def ward(self) -> int:
        """The square the point lies in, -1 for none."""
        if self.easting_m is None or self.northing_m is None or not 0 <= self.northing_m - SOUTH_M < SIDE_M:
            return -1
        column = int((self.easting_m - WEST_M) // SIDE_M)
        return column if 0 <= column < WARDS else -1

    @property
    def district(self) -> int:
        return -1 if self.ward < 0 else self.ward // WARDS_A_DISTRICT

    @property
    def lsoa(self) -> int:
        """The lower or the upper half of the ward."""
        if self.ward < 0 or self.northing_m is None:
            return -1
        return 2 * self.ward + int(self.northing_m - SOUTH_M >= SIDE_M / 2)

    def cell(self, resolution: int) -> str | None:
        return (
            None if self.easting_m is None else _cell_at(self.easting_m, self.northing_m or 0.0, resolution)
        )


@cache
def _cell_at(easting_m: float, northing_m: float, resolution: int) -> str:
    lon, lat = to_lonlat(easting_m, northing_m)
    return str(h3.latlng_to_cell(float(lat[0]), float(lon[0]), resolution))


@dataclass(frozen=True, slots=True)
class Facility:
    """A site, in the ward its number says."""

    kind: str
    name: str
    feed: int
    ward: int
    restricted: bool


@dataclass(frozen=True, slots=True)
class Served:
    """A notice, in the ward its number says."""

    kind: str
    feed: int
    ward: int
    coarse: bool
    served: date
    ends: date | None
    status: str = "active"
    breaches: int | None = None
    last_breach: date | None = None


@dataclass(frozen=True, slots=True)
class Worded:
    """A wording of a feed whose place is not sure, said by some records; `number` makes its digest."""

    feed: int
    number: int
    records: int
    change: float
    sure: bool = False

    @property
    def digest(self) -> bytes:
        return bytes([self.feed, self.number]).ljust(16, b"w")


@dataclass(frozen=True, slots=True)
class Shared:
    """A point that many records of a feed share."""

    feed: int
    easting_m: int
    northing_m: int
    records: int


@dataclass(frozen=True, slots=True)
class Totalled:
    """A number somebody counted: of an area (`level` 1 district, 2 ward, 3 LSOA, by its number, -1 for none known), or
    of a school in a district (`level` 0, `school`). `count` is None where it was withheld or does not exist.
    """

    feed: int
    category: int
    level: int
    unit: int
    starts: date
    ends: date
    count: int | None
    withheld: bool = False
    themes: tuple[int, ...] = ()
    school: bool = False
    rounded_to: int = 1

    @property
    def ward(self) -> int:
        """The ward it lies in, -1 where it is of no ward."""
        return {2: self.unit, 3: self.unit // 2}.get(self.level, -1) if self.unit >= 0 else -1

    @property
    def district(self) -> int:
        if self.level in (0, 1):
            return self.unit
        return self.ward // WARDS_A_DISTRICT if self.ward >= 0 else -1


SITES = (
    Facility("school", "Hollow Lane School", 3, 0, False),
    Facility("school", "Mill School", 3, 4, False),
    Facility("childrens_home", "The Limes", 4, 1, True),
    Facility("supported_accommodation", "Quay House", 4, 5, True),
)
NOTICES = (
    Served("cawn", 5, 2, True, date(2024, 2, 1), date(2024, 12, 31)),
    Served("closure", 6, 3, False, date(2024, 3, 1), date(2024, 4, 1)),
)


@dataclass(frozen=True, slots=True)
class World:
    """Records, sites and notices on the fixed ground, and the agreements in force over them."""

    records: tuple[Recorded, ...]
    agreements: tuple[Agreement, ...]
    anchors: bool = False
    sites: tuple[Facility, ...] = SITES
    notices: tuple[Served, ...] = NOTICES
    ages: bool = True
    wordings: tuple[Worded, ...] = ()
    shared: tuple[Shared, ...] = ()
    totals: tuple[Totalled, ...] = ()

    def without(self, *feeds: int) -> "World":
        """The same world had these feeds never sent a record, a site or a notice."""
        return replace(
            self,
            records=tuple(one for one in self.records if one.feed not in feeds),
            sites=tuple(one for one in self.sites if one.feed not in feeds),
            notices=tuple(one for one in self.notices if one.feed not in feeds),
            wordings=tuple(one for one in self.wordings if one.feed not in feeds),
            shared=tuple(one for one in self.shared if one.feed not in feeds),
            totals=tuple(one for one in self.totals if one.feed not in feeds),
        )

    def version(self, number: int = 1) -> Version:
        """The world as an open store version."""
        shelf = next(_shelves)
        connection = _library().cursor()
        connection.execute(f"ATTACH ':memory:' AS {shelf}; USE {shelf}")
        write_world(connection, self, ground="memory")
        weakref.finalize(version := Version(number, partial(_on_shelf, shelf)), _clear, shelf)
        return version


_shelves = (f"world_{number}" for number in itertools.count())


@cache
def _library() -> duckdb.DuckDBPyConnection:
    """One engine for all worlds: starting one costs more than writing a world. The fixed ground is written once."""
    connection = duckdb.connect(":memory:", config={"threads": 1})
    _write_ground(connection)
    return connection


def _on_shelf(shelf: str) -> duckdb.DuckDBPyConnection:
    cursor = _library().cursor()
    cursor.execute(f"USE {shelf}")
    return cursor


def _clear(shelf: str) -> None:
    _library().cursor().execute(f"DETACH {shelf}")


def ward_code(ward: int) -> str:
    return f"W{ward:02d}"


def district_code(district: int) -> str:
    return f"D{district}"


def lsoa_code(lsoa: int) -> str:
    return f"L{lsoa:02d}"


def ward_centre(ward: int) -> tuple[float, float]:
    return WEST_M + (ward + 0.5) * SIDE_M, SOUTH_M + SIDE_M / 2


@cache
def county_cells(resolution: int) -> tuple[str, ...]:
    """Cells whose centre lies in a ward, ascending."""
    box = shapely.box(WEST_M, SOUTH_M, WEST_M + WARDS * SIDE_M, SOUTH_M + SIDE_M)
    easting_m, northing_m = box.exterior.xy
    lon, lat = to_lonlat(easting_m, northing_m)
    around = h3.LatLngPoly([(float(y), float(x)) for x, y in zip(lon, lat, strict=True)])
    near = {cell for one in h3.polygon_to_cells(around, resolution) for cell in h3.grid_disk(one, 1)}
    return tuple(sorted(cell for cell in near if box.contains(shapely.Point(*cell_centre(cell)))))


@cache
def cell_centre(cell: str) -> tuple[float, float]:
    latitude, longitude = h3.cell_to_latlng(cell)
    easting_m, northing_m = to_national_grid(longitude, latitude)
    return float(easting_m[0]), float(northing_m[0])


STREETS_A_WARD = 2
STREETS = WARDS * STREETS_A_WARD
"""Segment s runs along ward s // 2, the lower or the upper; lower ones meet end to end, upper ones too."""


def agreement(agency: str, **parts: Any) -> Agreement:
    """An agreement of an agency that shares everything with everyone for safeguarding, but for what is told."""
    told: dict[str, Any] = {
        "code": agency,
        "version": 1,
        "title": agency,
        "agency": agency,
        "feeds": "all",
        "fields": "all",
        "purposes": ["safeguarding", "meeting"],
        "purposes_clause": "2",
        "audiences": [{"agencies": "all", "roles": "all", "finest": "point", "hours": True, "clause": "4"}],
        "otherwise_clause": "4",
        "expires": None,
        "clauses": {"2": "purposes", "4": "audiences", "5": "sites", "9": "end"},
    }
    return agreement_from(told | parts)


def open_agreements() -> tuple[Agreement, ...]:
    return tuple(agreement(agency) for agency in AGENCIES)


def random_records(seed: int, count: int, feeds: Sequence[int] = RECORD_FEEDS) -> tuple[Recorded, ...]:
    """Records scattered by a seed, thick in one place, some unplaced, some beyond the county, some superseded."""
    rng, marks = random.Random(seed), random.Random(f"marks of {seed}")
    qualities = random.Random(f"qualities of {seed}")
    found = (_marked(_random_record(rng, rng.choice(feeds)), marks) for _ in range(count))
    return tuple(replace(one, exactness=qualities.choice((1, 2, 2, 3, 4))) for one in found)


def _marked(one: Recorded, rng: random.Random) -> Recorded:
    """With handling P or C and a marking: one in six is secret or of no readable marking."""
    handling, marking = rng.choice((0, 0, 1, 2)), rng.choice((0, 1, 2, 2, 2, rng.choice((3, 4))))
    token = rng.choice((0, 1, 1, 2, 3, 4, 5, 6, 7, 8))
    return replace(
        one,
        handling=handling,
        marking=marking,
        token=one.agency * 10 + token if token else 0,
        found_at=rng.randrange(-1, WARDS),
    )


def _random_record(rng: random.Random, feed: int) -> Recorded:
    east, north = WEST_M + rng.uniform(-800, WARDS * SIDE_M + 800), SOUTH_M + rng.uniform(-300, SIDE_M + 300)
    if rng.random() < 0.3:
        east, north = WEST_M + 2600 + rng.choice((0, 40)), SOUTH_M + 500
    placed = rng.random() < 0.85
    superseded = rng.random() < 0.15
    known_from = ALWAYS + timedelta(days=rng.randrange(5))
    return Recorded(
        feed=feed,
        category=rng.choice([place for place, (_, of) in enumerate(CATEGORIES) if of == feed]),
        day=FIRST_DAY + timedelta(days=rng.randrange((LAST_DAY - FIRST_DAY).days + 1)),
        hour=rng.randrange(-1, 24),
        themes=tuple(bit for bit, _ in THEMES if rng.random() < 0.4),
        easting_m=round(east, 1) if placed else None,
        northing_m=round(north, 1) if placed else None,
        street=rng.randrange(-1, STREETS) if placed else -1,
        role=rng.choice((0, 1, 1, 7)),
        detection=rng.choice((0, 1, 2)),
        grade=rng.choice((0, 0, 1, 5)),
        known_from=known_from,
        known_to=known_from + timedelta(days=3) if superseded else FOREVER,
        day_known=rng.random() < 0.9,
    )


def random_totals(seed: int, count: int) -> tuple[Totalled, ...]:
    """Totals of months and quarters, by every level, some withheld, some of no area of the county, some of schools."""
    rng = random.Random(f"totals of {seed}")
    return tuple(_random_total(rng) for _ in range(count))


def _random_total(rng: random.Random) -> Totalled:
    feed = rng.choice(TOTAL_FEEDS)
    level = rng.choice((0, 1, 2, 2, 3))
    month, months = rng.randrange(1, 7), rng.choice((1, 1, 3))
    withheld = rng.random() < 0.25
    places = WARDS // WARDS_A_DISTRICT if level < 2 else WARDS * (level - 1)
    return Totalled(
        feed=feed,
        category=rng.choice(
            [len(CATEGORIES) + at for at, (_, of) in enumerate(TOTAL_CATEGORIES) if of == feed]
        ),
        level=level,
        unit=rng.randrange(-1, places),
        starts=date(2024, month, 1),
        ends=date(2024, month + months, 1) - timedelta(days=1),
        count=None if withheld or rng.random() < 0.1 else rng.choice((0, 5, 12, 40)),
        withheld=withheld,
        themes=tuple(bit for bit, _ in THEMES if rng.random() < 0.4),
        school=level == 0,
        rounded_to=rng.choice((1, 5)),
    )


# writing


@dataclass(slots=True)
class _Ids:
    """Dense ids given out in order of first appearance."""

    known: dict[Any, int] = field(default_factory=dict)

    def of(self, key: Any) -> int:
        return self.known.setdefault(key, len(self.known))


FIXED = ("definition_break", "agency", "feed", "category", "theme", "area", "locality")
VARYING = (
    "record",
    "counted",
    "withdrawn",
    "claim",
    "link",
    "route",
    "route_stop",
    "cell",
    "street",
    "site",
    "notice",
    "population",
    "delivery",
    "wording",
    "said",
    "shared_point",
    "total",
)


def write_file(path: Path, world: World) -> None:
    """Write a world as a store version in a file of its own."""
    with duckdb.connect(str(path)) as connection:
        _write_ground(connection)
        write_world(connection, world)


def _write_ground(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(";".join(create_statements()))
    agencies = [
        {"id": i, "code": code, "name": _title(code), "position": i} for i, code in enumerate(AGENCIES)
    ]
    categories = [
        {"id": i, "code": code, "name": code, "feed": feed}
        for i, (code, feed) in enumerate((*CATEGORIES, *TOTAL_CATEGORIES))
    ]
    _insert(connection, "agency", agencies)
    _insert(connection, "feed", [_feed(i) for i in range(len(FEEDS))])
    _insert(connection, "category", categories)
    _insert(connection, "theme", [{"bit": bit, "code": code, "name": code} for bit, code in THEMES])
    _insert(connection, "area", _areas())
    _insert(connection, "locality", [_locality()])
    _insert(connection, "definition_break", [_break()])


def write_world(connection: duckdb.DuckDBPyConnection, world: World, ground: str = "") -> None:
    """Write what varies; with a ground, a database that holds the fixed tables, first make all tables from it."""
    if ground:
        made = [f"CREATE TABLE {name} AS FROM {ground}.main.{name} LIMIT 0" for name in VARYING]
        seen = [f"CREATE VIEW {name} AS FROM {ground}.main.{name}" for name in FIXED]
        connection.execute(";".join(made + seen))
    cells = {r: _Ids({cell: i for i, cell in enumerate(county_cells(r))}) for r in CELL_RESOLUTIONS}
    anchors = _Ids()
    counted = [
        _counted(number, one, cells, anchors, world.anchors) for number, one in enumerate(world.records)
    ]
    counted.sort(key=lambda row: (row["agency"], row["category"], row["day"], row["number"]))
    _insert(connection, "counted", counted)
    _insert(connection, "record", [_record(row, world.records[row["number"]]) for row in counted])
    _insert(connection, "claim", _claims(world, counted))
    _insert(connection, "link", linked_pairs(world))
    _insert(connection, "population", _population(world.ages))
    _insert(connection, "cell", [row for r in CELL_RESOLUTIONS for row in _cells(r, cells[r])])
    _insert(connection, "street", _anchors(anchors) if world.anchors else _segments())
    _insert(connection, "site", [_site(i, one) for i, one in enumerate(world.sites)])
    _insert(connection, "notice", [_notice(i, one) for i, one in enumerate(world.notices)])
    _insert(connection, "wording", [_wording(one) for one in world.wordings])
    _insert(connection, "said", [{"number": at, "digest": one.digest} for at, one in _told_in_words(world)])
    _insert(connection, "shared_point", [_shared(one) for one in world.shared])
    _insert(connection, "total", [_total(one) for one in world.totals])


_RECORD_COLUMNS = (
    "number", "agency", "feed", "category", "theme_mask", "detection", "grade", "handling", "marking", "token",
    "token_window", "event", "known_from", "known_to",
)  # fmt: skip


def _record(row: Mapping[str, Any], one: Recorded) -> dict[str, Any]:
    """When it happened: by the minute where it has an hour, some for a while, one in eight for days."""
    hour = one.hour if one.day_known else -1
    began = datetime.combine(one.day, datetime.min.time()) + timedelta(
        hours=max(hour, 0), minutes=7 * max(hour, 0) % 60
    )
    lasted = timedelta(minutes=50 * (hour % 4), days=3 * (hour % 8 == 7)) if hour >= 0 else timedelta(0)
    return {name: row[name] for name in _RECORD_COLUMNS} | {
        "delivery": 1, "row": row["number"] + 1, "occurred_from": began, "occurred_to": began + lasted,
        "utc_offset_min": 0, "time_precision": 0 if hour >= 0 else 1 if one.day_known else 2,
        "token_agency": one.agency if one.token else -1,
    }  # fmt: skip


def _claims(world: World, counted: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each placed record's primary claim, and the ward where somebody was found, if anywhere."""
    rows: list[dict[str, Any]] = []
    said = dict(_told_in_words(world))
    for row in counted:
        one = world.records[row["number"]]
        if row["number"] in said:
            rows += _doubtful(row, said[row["number"]].number)
        elif row["role"] >= 0:
            rows.append(_claim(row, row["role"], True, {name: row[name] for name in _CLAIM_UNITS}))
        if one.found_at >= 0:
            units = {"ward": one.found_at, "district": one.found_at // WARDS_A_DISTRICT}
            rows.append(_claim(row, 3, False, units))
    return rows


def _told_in_words(world: World) -> list[tuple[int, Worded]]:
    """Records that have no place but words of their feed, which a world with wordings has for each of them."""
    by_feed = {one.feed: one for one in world.wordings}
    return [
        (at, by_feed[one.feed])
        for at, one in enumerate(world.records)
        if one.easting_m is None and one.feed in by_feed
    ]


def _doubtful(row: Mapping[str, Any], number: int) -> list[dict[str, Any]]:
    """Two wards that the words may mean, each at its middle."""
    rows = []
    for candidate, (ward, weight) in enumerate(((number % WARDS, 0.5), ((number + 1) % WARDS, 0.3))):
        lon, lat = (float(one[0]) for one in to_lonlat(*ward_centre(ward)))
        middles = {one: h3.latlng_to_cell(lat, lon, one) for one in CELL_RESOLUTIONS}
        cells = {
            f"cell_{one}": county_cells(one).index(cell) if cell in county_cells(one) else -1
            for one, cell in middles.items()
        }
        claim = _claim(row, 1, True, cells | {"ward": ward, "district": ward // WARDS_A_DISTRICT})
        rows.append(claim | {"candidate": candidate, "weight": weight, "quality": 3})
    return rows


_CLAIM_UNITS = (
    "district",
    "ward",
    "lsoa",
    "street",
    "locality",
    *(f"cell_{one}" for one in CELL_RESOLUTIONS),
)


def _claim(row: Mapping[str, Any], role: int, primary: bool, units: Mapping[str, int]) -> dict[str, Any]:
    vintages = {f"{name}_vintage": 2024 for name in ("street", "ward", "lsoa", "district", "cell")}
    return {
        "record": row["number"], "role": role, "primary": primary, "quality": row["quality"], "candidate": 0,
        "weight": 1.0, "site": -1, **vintages, **{name: units.get(name, -1) for name in _CLAIM_UNITS},
    }  # fmt: skip


def linked_pairs(world: World) -> list[dict[str, Any]]:
    """Links as publish would find them: each pair of records of two feeds on one day, by those two alone."""
    found = []
    for (i, one), (j, other) in itertools.combinations(enumerate(world.records), 2):
        if one.feed != other.feed and one.day == other.day:
            likely = 0.9 if one.themes == other.themes else 0.6
            found.append(
                {
                    "first": i, "second": j, "feed_first": one.feed, "feed_second": other.feed,
                    "probability": likely, "reason": 0,
                }
            )  # fmt: skip
    return sorted(found, key=lambda row: (-row["probability"], row["first"], row["second"]))


def _break() -> dict[str, Any]:
    return {
        "code": "flag_added", "day": date(2024, 3, 15), "about": False, "title": "A flag is added",
        "text": "Nothing was flagged before.", "feeds": "police_crime", "themes": "county_lines", "levels": "",
    }  # fmt: skip


def _title(code: str) -> str:
    return code.replace("_", " ").title()


def _locality() -> dict[str, Any]:
    return {
        "id": 0, "name": "Wexby", "easting_m": WEST_M + 2500, "northing_m": SOUTH_M + 500, "radius_m": 700.0, "stops": 12,
        "district": 0,
    }  # fmt: skip


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    columns = pa.table(
        {
            name: pa.array(
                [row[name] for row in rows], type=pa.uint64() if name in ("theme_mask", "h3") else None
            )
            for name in rows[0]
        }
    )
    connection.register("incoming", _numbered(columns))
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")


def _numbered(columns: pa.Table) -> pa.Table:
    """Records' numbers as a store gives them out: one that nobody has corrected has the first of its own."""
    for at, name in enumerate(columns.column_names):
        if name in ("number", "record", "event", "first", "second"):
            columns = columns.set_column(at, name, pc.multiply(columns[name], PIECES))
    return columns


def _counted(
    number: int, one: Recorded, cells: Mapping[int, _Ids], anchors: _Ids, anchored: bool
) -> dict[str, Any]:
    street = one.street
    if anchored:
        street = -1 if one.easting_m is None else anchors.of((one.feed, one.easting_m, one.northing_m))
    return {
        "number": number, "agency": one.agency, "feed": one.feed, "category": one.category,
        "theme_mask": sum(1 << bit for bit in one.themes), "detection": one.detection,
        "grade": one.grade, "marking": one.marking, "handling": one.handling,
        "day": (one.day - EPOCH).days, "hour": one.hour,
        "weekday": one.day.weekday() if one.day_known else -1, "role": one.role if one.easting_m is not None else -1,
        "quality": one.quality, "token": one.token, "token_window": 0, "event": number,
        "person": one.token - 1,
        "known_from": one.known_from, "known_to": one.known_to, "district": one.district, "ward": one.ward,
        "lsoa": one.lsoa, "street": street, "locality": 0 if one.ward == 2 else -1,
        **{f"cell_{r}": -1 if one.cell(r) is None else cells[r].of(one.cell(r)) for r in CELL_RESOLUTIONS},
    }  # fmt: skip


def _feed(place: int) -> dict[str, Any]:
    code, agency, kind, is_open = FEEDS[place]
    return {
        "id": place, "code": code, "name": code.replace("_", " ").capitalize(), "agency": AGENCIES.index(agency),
        "kind": kind, "open": is_open, "anchors": False, "attribution": "Open licence" if is_open else None,
        "cadence": "monthly", "terms_only": False,
    }  # fmt: skip


def _areas() -> list[dict[str, Any]]:
    rows = []
    for district in range(WARDS // WARDS_A_DISTRICT):
        west = WEST_M + district * WARDS_A_DISTRICT * SIDE_M
        shape = shapely.box(west, SOUTH_M, west + WARDS_A_DISTRICT * SIDE_M, SOUTH_M + SIDE_M)
        rows.append(_area(1, district, district_code(district), f"District {district}", -1, -1, shape))
    for ward in range(WARDS):
        west = WEST_M + ward * SIDE_M
        shape = shapely.box(west, SOUTH_M, west + SIDE_M, SOUTH_M + SIDE_M)
        rows.append(_area(2, ward, ward_code(ward), f"Ward {ward}", ward // WARDS_A_DISTRICT, -1, shape))
        for half in range(2):
            south = SOUTH_M + half * SIDE_M / 2
            lsoa = 2 * ward + half
            shape = shapely.box(west, south, west + SIDE_M, south + SIDE_M / 2)
            rows.append(
                _area(3, lsoa, lsoa_code(lsoa), f"Area {lsoa}", ward // WARDS_A_DISTRICT, ward, shape)
            )
    return rows


def _area(level: int, place: int, code: str, name: str, parent: int, ward: int, shape: Any) -> dict[str, Any]:
    inside = shape.centroid
    return {
        "level": level, "id": place, "code": code, "name": name, "vintage": 2024, "parent": parent, "ward": ward,
        "easting_m": inside.x, "northing_m": inside.y, "wkb": shapely.to_wkb(shape),
    }  # fmt: skip


def people(ward: int, *, ages: bool) -> float:
    """Residents of a ward; ward 5 has nobody on record."""
    return (100.0 if ages else 1000.0) * (ward + 1)


def _population(ages: bool) -> list[dict[str, Any]]:
    return [
        {
            "level": 2,
            "id": ward,
            "people_all": people(ward, ages=False),
            "people_10_17": people(ward, ages=True) if ages else None,
        }
        for ward in range(WARDS - 1)
    ]


def _cells(resolution: int, ids: _Ids) -> list[dict[str, Any]]:
    inside = len(county_cells(resolution))
    rows = []
    for cell, place in ids.known.items():
        easting_m, northing_m = cell_centre(cell)
        ward = int((easting_m - WEST_M) // SIDE_M) if place < inside else -1
        rows.append({
            "resolution": resolution, "id": place, "h3": h3.str_to_int(cell), "in_county": place < inside,
            "easting_m": easting_m, "northing_m": northing_m, "ward": ward,
            "district": -1 if ward < 0 else ward // WARDS_A_DISTRICT, "near": f"Near {cell[-6:]}",
        })  # fmt: skip
    return rows


def _segments() -> list[dict[str, Any]]:
    rows = []
    for place in range(STREETS):
        ward, upper = divmod(place, STREETS_A_WARD)
        west, north = WEST_M + ward * SIDE_M, SOUTH_M + 250 + 500 * upper
        line = shapely.LineString([(west, north), (west + SIDE_M, north)])
        junction = 100 * upper + ward
        rows.append(
            _street(
                place, f"S{place:02d}", f"Street {place}", "segment", -1, junction, junction + 1, line, ward
            )
        )
    return rows


def _anchors(anchors: _Ids) -> list[dict[str, Any]]:
    rows = []
    for (feed, easting_m, northing_m), place in anchors.known.items():
        code = f"at-{easting_m:.1f}-{northing_m:.1f}-{feed}"
        inside = Recorded(feed, 0, FIRST_DAY, -1, (), easting_m, northing_m, -1)
        point = shapely.Point(easting_m, northing_m)
        rows.append(_street(place, code, f"On or near {code}", "anchor", feed, -1, -1, point, inside.ward))
    return rows


def _street(
    place: int, code: str, name: str, kind: str, feed: int, start: int, end: int, shape: Any, ward: int
) -> dict[str, Any]:
    middle = shape.centroid
    return {
        "id": place, "code": code, "name": name, "road_class": "local", "kind": kind, "feed": feed,
        "start_junction": start, "end_junction": end, "length_m": shape.length, "easting_m": middle.x,
        "northing_m": middle.y, "ward": ward, "district": -1 if ward < 0 else ward // WARDS_A_DISTRICT,
        "locality": 0 if ward == 2 else -1, "wkb": shapely.to_wkb(shape),
    }  # fmt: skip


def _site(place: int, one: Facility) -> dict[str, Any]:
    easting_m, northing_m = ward_centre(one.ward)
    return {
        "id": place, "class": one.kind, "name": one.name, "ref": f"R{place}", "easting_m": easting_m,
        "northing_m": northing_m, "restricted": one.restricted, "kept": "point", "opened": None, "closed": None,
        "ward": one.ward, "lsoa": 2 * one.ward, "district": one.ward // WARDS_A_DISTRICT, "street": -1, "feed": one.feed,
    }  # fmt: skip


def _wording(one: Worded) -> dict[str, Any]:
    return {
        "digest": one.digest, "agency": AGENCIES.index(FEEDS[one.feed][1]), "feed": one.feed, "role": 1,
        "records": one.records, "recent": one.records, "first_day": FIRST_DAY, "last_day": LAST_DAY, "sure": one.sure,
        "decided": False, "change": one.change,
    }  # fmt: skip


def _shared(one: Shared) -> dict[str, Any]:
    return {
        "feed": one.feed, "easting_m": one.easting_m, "northing_m": one.northing_m, "records": one.records,
        "share": 0.1, "near": "Mill Road", "looks_like": "snap_point", "decision": "",
    }  # fmt: skip


def _notice(place: int, one: Served) -> dict[str, Any]:
    easting_m, northing_m = ward_centre(one.ward)
    return {
        "id": place, "kind": one.kind, "status": one.status, "basis": None, "served_date": one.served,
        "starts_date": one.served, "ends_date": one.ends, "easting_m": easting_m + 50, "northing_m": northing_m,
        "coarse": one.coarse, "street": -1, "ward": one.ward, "district": one.ward // WARDS_A_DISTRICT,
        "feed": one.feed, "agency": AGENCIES.index(FEEDS[one.feed][1]), "breaches": one.breaches,
        "last_breach_date": one.last_breach,
    }  # fmt: skip


def _total(one: Totalled) -> dict[str, Any]:
    return {
        "feed": one.feed, "agency": AGENCIES.index(FEEDS[one.feed][1]), "category": one.category,
        "theme_mask": sum(1 << bit for bit in one.themes), "level": one.level, "unit": -1 if one.school else one.unit,
        "site": 0 if one.school else -1, "district": one.district, "starts": one.starts, "ends": one.ends,
        "count": one.count, "suppressed": one.withheld, "rounded_to": one.rounded_to,
    }  # fmt: skip
