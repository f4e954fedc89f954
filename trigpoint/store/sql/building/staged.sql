-- What deliveries say, kind by kind; `version` names the thing a row is a version of (see trigpoint.core.workflow.currency)
-- and `root` the delivery whose version of it that is: its own, or the one whose rows it brings back mended.
CREATE TEMP TABLE staged_records (
    delivery INTEGER, root INTEGER, feed SMALLINT, version BLOB, "row" INTEGER, category VARCHAR, theme_mask UBIGINT,
    detection TINYINT, grade TINYINT, handling TINYINT, marking TINYINT,
    occurred_from TIMESTAMP, occurred_to TIMESTAMP, utc_offset_min SMALLINT, time_precision TINYINT,
    token BIGINT, token_window SMALLINT,
    claims STRUCT(
        role TINYINT, quality TINYINT, candidate TINYINT, weight FLOAT, easting_m DOUBLE, northing_m DOUBLE,
        site_class VARCHAR, site_ref VARCHAR, street_name VARCHAR, town VARCHAR, postcode VARCHAR,
        area_level TINYINT, area_code VARCHAR, area_name VARCHAR, uprn BIGINT, wording BLOB
    )[]
);
CREATE TEMP TABLE staged_areas (
    delivery INTEGER, root INTEGER, feed SMALLINT, version BLOB, "row" INTEGER,
    level TINYINT, code VARCHAR, name VARCHAR, vintage VARCHAR, parent_code VARCHAR, wkb BLOB
);
CREATE TEMP TABLE staged_lookup (
    delivery INTEGER, root INTEGER, feed SMALLINT, version BLOB, "row" INTEGER,
    child_level TINYINT, child_code VARCHAR, child_name VARCHAR,
    parent_level TINYINT, parent_code VARCHAR, parent_name VARCHAR, vintage VARCHAR
);
CREATE TEMP TABLE staged_postcodes (
    delivery INTEGER, root INTEGER, feed SMALLINT, version BLOB, "row" INTEGER,
    postcode VARCHAR, easting_m DOUBLE, northing_m DOUBLE, quality TINYINT,
    ward_code VARCHAR, district_code VARCHAR, ended BOOLEAN
);
CREATE TEMP TABLE staged_sites (
    delivery INTEGER, root INTEGER, feed SMALLINT, version BLOB, "row" INTEGER,
    ref VARCHAR, class VARCHAR, name VARCHAR, easting_m DOUBLE, northing_m DOUBLE,
    district_code VARCHAR, district_name VARCHAR, postcode VARCHAR, locality VARCHAR,
    opened DATE, closed DATE, status VARCHAR, restricted BOOLEAN, kept VARCHAR
);
CREATE TEMP TABLE staged_streets (
    delivery INTEGER, root INTEGER, feed SMALLINT, version BLOB, "row" INTEGER,
    code VARCHAR, name VARCHAR, road_class VARCHAR, start_junction VARCHAR, end_junction VARCHAR,
    town VARCHAR, wkb BLOB
);
CREATE TEMP TABLE staged_shapes (
    delivery INTEGER, root INTEGER, feed SMALLINT, version BLOB, "row" INTEGER, class VARCHAR, name VARCHAR, wkb BLOB
);
CREATE TEMP TABLE staged_population (
    delivery INTEGER, root INTEGER, feed SMALLINT, version BLOB, "row" INTEGER,
    area_level TINYINT, area_code VARCHAR, area_name VARCHAR, vintage VARCHAR,
    people_all DOUBLE, people_10_17 DOUBLE
);
CREATE TEMP TABLE staged_notices (
    delivery INTEGER, root INTEGER, feed SMALLINT, version BLOB, "row" INTEGER,
    kind VARCHAR, status VARCHAR, basis VARCHAR, served_date DATE, starts_date DATE, ends_date DATE,
    easting_m DOUBLE, northing_m DOUBLE, street_name VARCHAR, town VARCHAR, coarse BOOLEAN,
    breaches SMALLINT, last_breach_date DATE
);
CREATE TEMP TABLE staged_totals (
    delivery INTEGER, root INTEGER, feed SMALLINT, version BLOB, "row" INTEGER,
    area_level TINYINT, area_code VARCHAR, area_name VARCHAR, site_class VARCHAR, site_ref VARCHAR,
    starts DATE, ends DATE, category VARCHAR, theme_mask UBIGINT, "count" BIGINT, suppressed BOOLEAN, rounded_to SMALLINT
);
CREATE TEMP TABLE staged_uprns (
    delivery INTEGER, root INTEGER, feed SMALLINT, version BLOB, "row" INTEGER,
    uprn BIGINT, easting_m DOUBLE, northing_m DOUBLE
);
CREATE TEMP TABLE staged_deprivation (
    delivery INTEGER, root INTEGER, feed SMALLINT, version BLOB, "row" INTEGER,
    area_level TINYINT, area_code VARCHAR, area_name VARCHAR, vintage VARCHAR,
    score DOUBLE, rank INTEGER, decile TINYINT, children_rank INTEGER, children_decile TINYINT
);
CREATE TEMP TABLE staged_timetable (
    delivery INTEGER, root INTEGER, feed SMALLINT, version BLOB, "row" INTEGER,
    route VARCHAR, direction TINYINT, name VARCHAR, mode VARCHAR, operator VARCHAR, wkb BLOB,
    stops STRUCT(ref VARCHAR, name VARCHAR, easting_m DOUBLE, northing_m DOUBLE, departures SMALLINT[])[]
);
CREATE TEMP TABLE staged_aliases (
    delivery INTEGER, root INTEGER, feed SMALLINT, version BLOB, "row" INTEGER,
    class VARCHAR, ref VARCHAR, other_ref VARCHAR, relation VARCHAR, since DATE
);
