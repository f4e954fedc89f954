"""Write the synthetic county's files, in the agencies' and publishers' own layouts.

Everything in them is invented. CSV is UTF-8 with one header row and plain line feeds unless the table says otherwise.
Blank means not given. `Street, Town` means one text such as `Station Road, Wexmere`, or blank.

Reference layers (loaded first, in this order)

file                              definition            columns
--------------------------------  --------------------  ---------------------------------------------------------------
layers/lad_2024.geojson           ons_districts         LAD24CD LAD24NM (EPSG:4326)
layers/ward_lookup_2024.csv       ward_district_lookup  (BOM) WD24CD WD24NM WD24NMW LAD24CD LAD24NM LAD24NMW CTYUA24CD
                                                        CTYUA24NM CTYUA24NMW RGN24CD RGN24NM RGN24NMW CTRY24CD CTRY24NM
                                                        CTRY24NMW ObjectId
layers/wards_2024.geojson         ons_wards             WD24CD WD24NM LAD24CD LAD24NM (EPSG:4326)
layers/lsoa_2021.geojson          ons_lsoa              LSOA21CD LSOA21NM (EPSG:4326)
layers/codepo_<area>.csv          code_point_open       no header, one file per postcode area: postcode ("ZA1 2BC"),
                                                        quality, easting, northing, country, NHS region, NHS HA, county,
                                                        district, ward
layers/naptan_stops.csv           naptan_stops          the 43 columns of NaPTAN Stops.csv (bus stops)
layers/rail_stations.csv          rail_stations         stationName lat long crsCode iataAirportCode constituentCountry
layers/gias_schools.csv           schools_gias          (cp1252, dates dd-mm-yyyy) URN, LA (code), LA (name),
                                                        EstablishmentNumber, EstablishmentName, TypeOfEstablishment
                                                        (code|name), EstablishmentStatus (code|name), OpenDate, CloseDate,
                                                        PhaseOfEducation (code|name), StatutoryLowAge, StatutoryHighAge,
                                                        Street, Locality, Town, County (name), Postcode,
                                                        DistrictAdministrative (code|name), AdministrativeWard (code|name),
                                                        Easting, Northing
layers/ofsted_providers.csv       ofsted_providers      (BOM, three title lines, then the 2025 header) addresses REDACTED
layers/homes.csv                  homes                 URN class name easting northing opened closed (class is
                                                        "Children's home" or "Supported accommodation"; dates yyyy-mm-dd)
layers/food_hygiene.csv           food_hygiene          FHRSID LocalAuthorityBusinessID BusinessName BusinessType
                                                        BusinessTypeID AddressLine1..4 PostCode RatingValue RatingKey
                                                        RatingDate LocalAuthorityCode LocalAuthorityName SchemeType
                                                        NewRatingPending Longitude Latitude. BusinessType is
                                                        "Hotel/bed & breakfast/guest house" (both; a hotel's name holds
                                                        "Hotel" or "Lodge", a B&B's "Guest House" or "B&B") or
                                                        "Takeaway/sandwich shop"
layers/population_lsoa.csv        population_lsoa       lsoa21_name lsoa21_code total_population 0 1 ... 89 90+
layers/os_open_roads.gpkg         os_open_roads         layer road_link: id fictitious road_classification road_function
                                                        form_of_way road_classification_number name_1 name_1_lang name_2
                                                        name_2_lang road_structure length length_uom loop primary_route
                                                        trunk_road start_node end_node road_number_toid road_name_toid;
                                                        layer road_node: id form_of_road_node (EPSG:27700)
layers/greenspace.gpkg            greenspace            layer greenspace_site: id function distinctive_name_1 (EPSG:27700;
                                                        function "Public Park Or Garden", "Play Space", ...)
layers/base_shapes.gpkg           base_shapes           layer base_shapes: class name (EPSG:27700; class is one of sea land
                                                        neighbour_land built wood park water rail river)
transport/{bus,rail}_gtfs.zip      (none reads it yet)   agency stops routes trips stop_times calendar shapes

Records: one file a month (probation: one a quarter)

file                              definition               columns
--------------------------------  -----------------------  ------------------------------------------------------------
csc_missing_<yyyy-mm>.csv         social_care_missing      miss_table_id miss_person_id miss_missing_episode_start_date
                                                           miss_missing_episode_type (M|A)
                                                           miss_missing_episode_end_date miss_missing_rhi_offered
                                                           miss_missing_rhi_accepted (Y|N) missing_from_type (Home |
                                                           Children's home | Supported accommodation | Foster care |
                                                           School) placement_urn placement_postcode found_location_text
                                                           (Street, Town) found_postcode. Date-times
                                                           yyyy-mm-dd hh:mm:ss.000; midnight exactly = day only
edu_concerns_<yyyy-mm>.csv        education_concerns       PupilRef Date (dd/mm/yyyy) Time (hh:mm or blank) School
                                                           SchoolURN Category "Location text" (Street, Town) Action
edu_exclusions_<yyyy-mm>.csv      education_exclusions     UPN SchoolURN LAESTAB ExclusionType (PERM|SUSP) Reason
                                                           StartDate (dd/mm/yyyy) Sessions AMPM (AM|PM)
youth_sessions_<yyyy-mm>.csv      youth_sessions           session_id date (yyyy-mm-dd) start end (hh:mm) team patch
                                                           location_name latitude longitude yp_contacts age_band
                                                           theme_notes concerns (Y|N) follow_up (Y|N)
rhi_<yyyy-mm>.csv                 return_interviews_rhi    rhi_ref child_ref police_mp_ref date_returned date_rhi_offered
                                                           date_rhi_completed (dd/mm/yyyy) within_72h (Y|N) declined_reason
                                                           push_factors pull_factors (";"-joined) missing_from
                                                           (home|care|school) met_at_street met_at_town seen_at_postcode
                                                           places_mentioned (vague text, never placeable) transport_used
                                                           with_whom_category time_of_day harm_disclosed (CSE|CCE|CL|none)
                                                           info_shared_with_police (Y|N|consent withheld) grading
asb_<yyyy-mm>.csv                 community_safety_asb     asb_ref reported_dt (dd/mm/yyyy hh:mm, or dd/mm/yyyy = day only)
                                                           category easting northing uprn street town outcome cpn_stage
crime_<yyyy-mm>.csv               police_crime             crime_ref reported_dt committed_from_dt committed_to_dt
                                                           (yyyy-mm-ddThh:mm, or yyyy-mm-dd = day only) ho_code
                                                           offence_desc ce_flag (CSE|CCE|CL|blank) nominal_flag
                                                           location_text (Street, Town) premise_type easting northing beat
                                                           district outcome mo_keywords
probation_<yyyy>-Q<n>.csv         probation_cohorts        pdu ward_or_postcode_sector (a ward code) cohort snapshot_date
                                                           (yyyy-mm-dd); one row is one case, no reference
cawn_register.csv                 police_cawn              cawn_ref served_dt (yyyy-mm-dd) basis ("s2 1984"|"s49 1989")
                                                           age_band status (active|expired|breached|withdrawn) review_dt
                                                           location_role location (Street, Town) easting northing
                                                           (rounded to 100 m)
closures_register.csv             community_safety_closures  ref type (notice|order|partial) issued_by served_dt start end
                                                           extended_to (yyyy-mm-dd) premises_class grounds uprn street
                                                           town easting northing

Person keys are plainly invented (`ZZ-000123`) and stand in miss_person_id, PupilRef, UPN and child_ref only.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import numpy as np

from trigpoint.core.county.feeds.wording import County, Records
from trigpoint.core.county.make import make_geography
from trigpoint.core.county.model import Geography, Size
from trigpoint.core.county.records import CountyRecords, make_records
from trigpoint.core.county.tables import month_of
from trigpoint.demo import gtfs
from trigpoint.demo.writers import boundaries, registers, streets, transport
from trigpoint.demo.writers.csv_files import write_csv

_FILE_STEMS = {
    "social_care_missing": ("csc_missing", 8),
    "education_concerns": ("edu_concerns", 4),
    "education_exclusions": ("edu_exclusions", 4),
    "youth_sessions": ("youth_sessions", 3),
    "return_interviews_rhi": ("rhi", 6),
    "community_safety_asb": ("asb", 5),
    "police_crime": ("crime", 2),
    "probation_cohorts": ("probation", 15),
}
"""For each feed, how its files are named and how many days after the month's end they arrive."""

_REGISTER_FILES = {"police_cawn": "cawn_register.csv", "community_safety_closures": "closures_register.csv"}
_BEFORE_LOADING_DAYS = 7


@dataclass(frozen=True, slots=True)
class CountyFile:
    """One file written and the definition that reads it; `rows` counts its data rows (a GeoPackage: its first layer)."""

    path: Path
    definition: str
    received_at: datetime
    extracted_on: date
    rows: int


@dataclass(frozen=True, slots=True)
class CountyFiles:
    """The county's files in the order they are to be loaded: reference layers first, then deliveries as they arrived.

    `timetables` are written beside them and read by no definition yet.
    """

    folder: Path
    county: str
    geography: Geography
    records: CountyRecords
    files: tuple[CountyFile, ...]
    timetables: tuple[Path, ...]


def write_county(folder: Path, *, seed: int, size: str = "county", end: date) -> CountyFiles:
    """Write every file of the county of this seed and size, with 26 months of records up to and including `end`.

    Raises ValueError for a size other than "county" or "village", before anything is written.
    """
    geography = make_geography(seed, _known_size(size))
    records = make_records(geography, seed, end=end)
    first = date.fromisoformat(str(records.county.history.first_day)) - timedelta(days=_BEFORE_LOADING_DAYS)
    layers = _layer_files(folder, geography, records.county, first)
    deliveries = [file for name, feed in records.feeds.items() for file in _feed_files(folder, name, feed)]
    notices = list(_register_files(folder, records, end))
    arrived = sorted([*deliveries, *notices], key=lambda file: (file.received_at, file.path.name))
    timetables = _timetables(folder / "transport", geography, end)
    return CountyFiles(folder, geography.name, geography, records, (*layers, *arrived), timetables)


def _known_size(size: str) -> Size:
    if size == "county":
        return "county"
    if size == "village":
        return "village"
    raise ValueError(f"There is no county of size {size!r}: choose county or village.")


def _layer_files(folder: Path, geography: Geography, county: County, day: date) -> Iterator[CountyFile]:
    layers = folder / "layers"
    write: dict[str, tuple[str, Callable[[Path], int]]] = {
        "ons_districts": ("lad_2024.geojson", lambda path: boundaries.write_districts(path, geography)),
        "ward_district_lookup": (
            "ward_lookup_2024.csv",
            lambda path: boundaries.write_ward_lookup(path, geography),
        ),
        "ons_wards": ("wards_2024.geojson", lambda path: boundaries.write_wards(path, geography)),
        "ons_lsoa": ("lsoa_2021.geojson", lambda path: boundaries.write_lsoas(path, geography)),
        "naptan_stops": ("naptan_stops.csv", lambda path: transport.write_naptan_stops(path, geography)),
        "rail_stations": ("rail_stations.csv", lambda path: transport.write_rail_stations(path, geography)),
        "schools_gias": ("gias_schools.csv", lambda path: registers.write_schools(path, county)),
        "ofsted_providers": (
            "ofsted_providers.csv",
            lambda path: registers.write_ofsted_providers(path, county),
        ),
        "homes": ("homes.csv", lambda path: registers.write_homes(path, county)),
        "food_hygiene": ("food_hygiene.csv", lambda path: registers.write_food_hygiene(path, county)),
        "population_lsoa": ("population_lsoa.csv", lambda path: boundaries.write_population(path, geography)),
        "os_open_roads": ("os_open_roads.gpkg", lambda path: streets.write_open_roads(path, geography)),
        "greenspace": ("greenspace.gpkg", lambda path: streets.write_greenspace(path, geography)),
        "base_shapes": ("base_shapes.gpkg", lambda path: streets.write_base_shapes(path, geography)),
    }
    for definition, (name, write_to) in write.items():
        path = layers / name
        yield CountyFile(path, definition, _at(day, 9), day, write_to(path))
    for path, rows in streets.write_code_point_open(layers, geography).items():
        yield CountyFile(path, "code_point_open", _at(day, 9), day, rows)


def _timetables(folder: Path, geography: Geography, end: date) -> tuple[Path, ...]:
    paths = (folder / "bus_gtfs.zip", folder / "rail_gtfs.zip")
    gtfs.write_bus(paths[0], geography, end=end)
    gtfs.write_rail(paths[1], geography, end=end)
    return paths


def _feed_files(folder: Path, definition: str, feed: Records) -> Iterator[CountyFile]:
    """A file a month in which the feed has rows; its name carries the month, or the quarter of probation's snapshot."""
    stem, days_after = _FILE_STEMS[definition]
    months = month_of(feed.filed_at)
    for month in np.unique(months):
        named = str(month) if definition != "probation_cohorts" else _quarter(str(month))
        path = folder / "records" / definition / f"{stem}_{named}.csv"
        following = date.fromisoformat(f"{month + 1}-01")
        arrives = following + timedelta(days=days_after)
        rows = write_csv(path, feed.table.take(np.flatnonzero(months == month)))
        yield CountyFile(path, definition, _at(arrives, 10), following + timedelta(days=1), rows)


def _register_files(folder: Path, records: CountyRecords, end: date) -> Iterator[CountyFile]:
    for definition, table in records.registers.items():
        path = folder / "notices" / _REGISTER_FILES[definition]
        arrives = end + timedelta(days=2)
        yield CountyFile(path, definition, _at(arrives, 11), arrives, write_csv(path, table))


def _quarter(month: str) -> str:
    return f"{month[:4]}-Q{(int(month[5:7]) + 2) // 3}"


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 30), tzinfo=UTC)
