"""The tables of a store version, and what each column means.

A store version is one DuckDB file that never changes. Dense ids start at 0 and index arrays directly;
-1 means *none* or *not placed at this level*. Instants (`known_from`, `known_to`, `received_at`) are
UTC; `occurred_*` are local clock readings (Europe/London) with the offset beside them. Coordinates are
EPSG:27700 metres; geometry is WKB in EPSG:27700.

`counted` is what questions read: one row per record at its primary claim, in the physical order
(agency, category, day, number), so that a filter on those columns skips whole row groups. Its unit
columns are set only where one unit holds at least 0.9 of the primary claim's candidate weight.
"""

from __future__ import annotations

STORE_FORMAT = 4
"""Raised when a column changes meaning; `meta.format` of every file says which it was built with."""

CURRENT_UNTIL = "9999-12-31 00:00:00"
"""`known_to` of a row that nothing has superseded."""

PLACED_SHARE = 0.9
"""Least share of the primary claim's candidate weight one unit must hold for the record to count there."""

PIECES = 64
"""How many numbers a delivered row has: its own, and one for each piece of its life since somebody corrected it."""

CELL_RESOLUTIONS = (7, 8, 9, 10)
CELL_VINTAGE = 4
"""The H3 grid is fixed for ever in version 4 of its library; the vintage of a cell is that version."""

AREA_LEVELS = {"district": 1, "ward": 2, "lsoa": 3}

_COUNTED = """
        number BIGINT NOT NULL, agency SMALLINT NOT NULL, feed SMALLINT NOT NULL, category SMALLINT NOT NULL,
        theme_mask UBIGINT NOT NULL, detection TINYINT NOT NULL, grade TINYINT NOT NULL,
        marking TINYINT NOT NULL, handling TINYINT NOT NULL,
        day INTEGER NOT NULL,            -- days since 1970-01-01 of occurred_from, local
        hour TINYINT NOT NULL,           -- -1 unless the precision is the minute
        weekday TINYINT NOT NULL,        -- 0 = Monday; -1 where the precision is the month
        role TINYINT NOT NULL,           -- of the primary claim; -1 where the record has none
        quality TINYINT NOT NULL,        -- of the primary claim; 5 where the record has none
        token BIGINT NOT NULL, token_window SMALLINT NOT NULL, event BIGINT NOT NULL,
        person INTEGER NOT NULL,         -- a token's dense id within this version, to count people by; -1 without one
        known_from TIMESTAMP NOT NULL, known_to TIMESTAMP NOT NULL,
        district INTEGER NOT NULL, ward INTEGER NOT NULL, lsoa INTEGER NOT NULL, street INTEGER NOT NULL,
        locality INTEGER NOT NULL,
        cell_7 INTEGER NOT NULL, cell_8 INTEGER NOT NULL, cell_9 INTEGER NOT NULL,
        cell_10 INTEGER NOT NULL"""

TABLES: dict[str, str] = {
    "record": """
        number BIGINT NOT NULL,          -- (delivery << 32) | (row << 6) | piece: in the order of delivery and row;
                                         -- piece 0 is the row as delivered, the others are it corrected
        delivery INTEGER NOT NULL,
        "row" INTEGER NOT NULL,          -- 1-based data row in the delivered file
        agency SMALLINT NOT NULL, feed SMALLINT NOT NULL, category SMALLINT NOT NULL,
        theme_mask UBIGINT NOT NULL,     -- bit of theme.bit
        detection TINYINT NOT NULL,      -- 0 unknown 1 reported 2 discovered 3 referral
        grade TINYINT NOT NULL,          -- 0 none, 1..5 = A..E
        handling TINYINT NOT NULL,       -- 0 unknown 1 P 2 C
        marking TINYINT NOT NULL,        -- 0 open 1 official 2 official-sensitive 3 secret 4 unknown
        occurred_from TIMESTAMP NOT NULL, occurred_to TIMESTAMP NOT NULL,
        utc_offset_min SMALLINT NOT NULL,
        time_precision TINYINT NOT NULL, -- 0 minute 1 day 2 month
        token BIGINT NOT NULL,           -- 0 = the feed has none
        token_agency SMALLINT NOT NULL,  -- -1 where token = 0
        token_window SMALLINT NOT NULL,
        event BIGINT NOT NULL,           -- its own number until linked
        known_from TIMESTAMP NOT NULL, known_to TIMESTAMP NOT NULL""",
    "claim": """
        record BIGINT NOT NULL,
        role TINYINT NOT NULL,           -- 0 unknown 1 occurred 2 missing_from 3 found_at 4 seen_at 5 met_at
                                         -- 6 travel_leg 7 school 8 home 9 placement 10 reporting_station
        "primary" BOOLEAN NOT NULL,
        quality TINYINT NOT NULL,        -- 1 best .. 5 not plottable
        candidate TINYINT NOT NULL,
        weight FLOAT NOT NULL,           -- a claim's candidates sum to 1
        cell_7 INTEGER NOT NULL, cell_8 INTEGER NOT NULL, cell_9 INTEGER NOT NULL, cell_10 INTEGER NOT NULL,
        street INTEGER NOT NULL, ward INTEGER NOT NULL, lsoa INTEGER NOT NULL, district INTEGER NOT NULL,
        locality INTEGER NOT NULL,
        street_vintage SMALLINT NOT NULL, ward_vintage SMALLINT NOT NULL, lsoa_vintage SMALLINT NOT NULL,
        district_vintage SMALLINT NOT NULL, cell_vintage SMALLINT NOT NULL,
        site INTEGER NOT NULL""",
    "counted": _COUNTED,
    "withdrawn": _COUNTED,  # records for as long as a sense-check withdraws them: counted nowhere else
    "agency": """
        id SMALLINT NOT NULL, code VARCHAR NOT NULL, name VARCHAR NOT NULL, position SMALLINT NOT NULL""",
    "feed": """
        id SMALLINT NOT NULL, code VARCHAR NOT NULL, name VARCHAR NOT NULL, agency SMALLINT NOT NULL,
        kind VARCHAR NOT NULL,           -- records | areas | lookup | postcodes | sites | streets | ...
        open BOOLEAN NOT NULL,           -- published open data
        anchors BOOLEAN NOT NULL,        -- its points are anonymised anchor points
        attribution VARCHAR,             -- NULL where none is asked for
        cadence VARCHAR NOT NULL,        -- weekly monthly termly quarterly irregular
        terms_only BOOLEAN NOT NULL      -- sends nothing in school holidays""",
    "category": "id SMALLINT NOT NULL, code VARCHAR NOT NULL, name VARCHAR NOT NULL, feed SMALLINT NOT NULL",
    "theme": "bit TINYINT NOT NULL, code VARCHAR NOT NULL, name VARCHAR NOT NULL",
    "delivery": """
        id INTEGER NOT NULL, feed SMALLINT NOT NULL, received_at TIMESTAMP NOT NULL, extracted_on DATE,
        covers_from DATE, covers_to DATE,  -- half-open, from the rows themselves; NULL for a layer
        records INTEGER NOT NULL""",
    "area": """
        level TINYINT NOT NULL,          -- 1 district 2 ward 3 lsoa
        id INTEGER NOT NULL,             -- dense within the level, in the order of code
        code VARCHAR NOT NULL, name VARCHAR NOT NULL,
        vintage SMALLINT NOT NULL,       -- year; 0 where the layer does not say
        parent INTEGER NOT NULL,         -- district of a ward or LSOA
        ward INTEGER NOT NULL,           -- ward of an LSOA (by its inside point)
        easting_m DOUBLE NOT NULL, northing_m DOUBLE NOT NULL,  -- a point inside
        wkb BLOB NOT NULL""",
    "cell": """
        resolution TINYINT NOT NULL,
        id INTEGER NOT NULL,             -- dense within the resolution: cells in the county first, then
                                         -- cells outside that hold a claim
        h3 UBIGINT NOT NULL,
        in_county BOOLEAN NOT NULL,      -- its centre lies in a ward
        easting_m DOUBLE NOT NULL, northing_m DOUBLE NOT NULL,
        ward INTEGER NOT NULL, district INTEGER NOT NULL,
        near VARCHAR                     -- nearest street, else open site; NULL where neither is loaded""",
    "street": """
        id INTEGER NOT NULL, code VARCHAR NOT NULL, name VARCHAR NOT NULL, road_class VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,           -- 'segment', or 'anchor' where no street layer is loaded
        feed INTEGER NOT NULL,           -- the feed whose records made an anchor known; -1 for a segment
        start_junction BIGINT NOT NULL, end_junction BIGINT NOT NULL,  -- -1 for an anchor
        length_m DOUBLE NOT NULL, easting_m DOUBLE NOT NULL, northing_m DOUBLE NOT NULL,
        ward INTEGER NOT NULL, district INTEGER NOT NULL, locality INTEGER NOT NULL,
        wkb BLOB NOT NULL""",
    "locality": """
        id INTEGER NOT NULL, name VARCHAR NOT NULL, easting_m DOUBLE NOT NULL, northing_m DOUBLE NOT NULL,
        radius_m DOUBLE NOT NULL, stops INTEGER NOT NULL, district INTEGER NOT NULL""",
    "site": """
        id INTEGER NOT NULL, class VARCHAR NOT NULL, name VARCHAR NOT NULL, ref VARCHAR NOT NULL,
        easting_m DOUBLE, northing_m DOUBLE,  -- NULL unless kept = 'point'
        restricted BOOLEAN NOT NULL,
        kept VARCHAR NOT NULL,           -- 'point' | 'district' (only its district is known) | 'none'
        opened DATE, closed DATE,
        ward INTEGER NOT NULL, lsoa INTEGER NOT NULL, district INTEGER NOT NULL, street INTEGER NOT NULL,
        feed SMALLINT NOT NULL""",
    "notice": """
        id INTEGER NOT NULL, kind VARCHAR NOT NULL, status VARCHAR NOT NULL, basis VARCHAR,
        served_date DATE, starts_date DATE, ends_date DATE,
        easting_m DOUBLE, northing_m DOUBLE, coarse BOOLEAN NOT NULL,
        street INTEGER NOT NULL, ward INTEGER NOT NULL, district INTEGER NOT NULL,
        feed SMALLINT NOT NULL, agency SMALLINT NOT NULL,
        breaches SMALLINT, last_breach_date DATE""",
    "wording": """
        digest BLOB NOT NULL,            -- keyed, 16 bytes; the words themselves are in no store
        agency SMALLINT NOT NULL, feed SMALLINT NOT NULL, role TINYINT NOT NULL,
        records INTEGER NOT NULL,        -- current records that say it in this role
        recent INTEGER NOT NULL,         -- of them, in the last 12 months of the agency's records
        first_day DATE NOT NULL, last_day DATE NOT NULL,
        sure BOOLEAN NOT NULL,           -- matched beyond doubt, or decided
        decided BOOLEAN NOT NULL,
        change DOUBLE NOT NULL           -- how much the map would change (docs/methods/places.md)""",
    "said": """
        number BIGINT NOT NULL,          -- a record whose primary claim is told in words
        digest BLOB NOT NULL             -- of those words: records that say the same are placed together""",
    "shared_point": """
        feed SMALLINT NOT NULL, easting_m INTEGER NOT NULL, northing_m INTEGER NOT NULL,  -- to the metre
        records INTEGER NOT NULL,        -- current records whose claim in any open role holds the point
        share DOUBLE NOT NULL,           -- of the feed's records that have a point
        near VARCHAR NOT NULL,           -- the police station or civic centre beside it, else the nearest name
        looks_like VARCHAR NOT NULL,     -- default_address | snap_point
        decision VARCHAR NOT NULL        -- '' | default | real""",
    "total": """
        feed SMALLINT NOT NULL, agency SMALLINT NOT NULL, category SMALLINT NOT NULL, theme_mask UBIGINT NOT NULL,
        level TINYINT NOT NULL,          -- of the area counted: 1 district 2 ward 3 lsoa; 0 where none is told
        unit INTEGER NOT NULL,           -- its id; -1 where none of the county's
        site INTEGER NOT NULL, district INTEGER NOT NULL,
        starts DATE NOT NULL, ends DATE NOT NULL,  -- first and last day counted
        "count" BIGINT,                  -- NULL where withheld or not applicable
        suppressed BOOLEAN NOT NULL, rounded_to SMALLINT NOT NULL""",
    "deprivation": """
        level TINYINT NOT NULL, id INTEGER NOT NULL,
        score DOUBLE, rank INTEGER, decile TINYINT,  -- decile 1 and rank 1 are the most deprived
        children_rank INTEGER, children_decile TINYINT""",
    "route": """
        id INTEGER NOT NULL, feed SMALLINT NOT NULL, code VARCHAR NOT NULL, direction TINYINT NOT NULL,
        name VARCHAR NOT NULL, mode VARCHAR NOT NULL, operator VARCHAR NOT NULL,
        wkb BLOB                         -- LINESTRING; NULL with a single stop""",
    "route_stop": """
        route INTEGER NOT NULL, position SMALLINT NOT NULL, ref VARCHAR NOT NULL, name VARCHAR NOT NULL,
        easting_m DOUBLE, northing_m DOUBLE,
        site INTEGER NOT NULL,           -- the bus stop or station of that reference; -1 where none is loaded
        departures SMALLINT[]            -- [class * 24 + hour]: Monday to Friday, Saturday, Sunday""",
    "population": """
        level TINYINT NOT NULL, id INTEGER NOT NULL,
        people_all DOUBLE,               -- residents; NULL where none could be joined
        people_10_17 DOUBLE              -- NULL where the layer has no ages""",
    "received": """
        feed SMALLINT NOT NULL, district INTEGER NOT NULL,
        month INTEGER NOT NULL,          -- yyyymm of occurred_from
        delivery INTEGER NOT NULL, records INTEGER NOT NULL""",
    "shape": """
        class VARCHAR NOT NULL,          -- land sea neighbour_land built wood park water rail river ...
        name VARCHAR, wkb BLOB NOT NULL  -- for the base map only""",
    "link": """
        "first" BIGINT NOT NULL, "second" BIGINT NOT NULL,  -- numbers of two records that are probably one event
        feed_first SMALLINT NOT NULL, feed_second SMALLINT NOT NULL,
        probability DOUBLE NOT NULL,     -- 0.5..1; the rows stand by it, the likeliest first
        reason SMALLINT NOT NULL         -- see core.analysis.linking.reasons_in_words""",
    "definition_break": """
        code VARCHAR NOT NULL, day DATE NOT NULL,
        about BOOLEAN NOT NULL,          -- not everywhere on that very day
        title VARCHAR NOT NULL, text VARCHAR NOT NULL,
        feeds VARCHAR NOT NULL, themes VARCHAR NOT NULL, levels VARCHAR NOT NULL  -- codes with spaces; '' is all""",
    "meta": "key VARCHAR NOT NULL, value VARCHAR",
}


def create_statements() -> list[str]:
    """One CREATE TABLE per table, in the order of `TABLES`."""
    return [f"CREATE TABLE {name} ({columns}\n)" for name, columns in TABLES.items()]
