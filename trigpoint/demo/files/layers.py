"""The reference layers: areas, places, properties, registers and timetables, loaded before any delivery."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

from trigpoint.core.county.model import Geography
from trigpoint.core.county.records import CountyRecords
from trigpoint.demo import gtfs
from trigpoint.demo.files.county_file import CountyFile
from trigpoint.demo.writers import boundaries, directories, registers, streets, transport

Writer = Callable[[Path], int]


def layer_files(
    folder: Path, geography: Geography, records: CountyRecords, first: date, end: date
) -> Iterator[CountyFile]:
    """Write the layers and say which definition reads each; most came on the `first` day."""
    for definition, name, write in _single(geography, records, end):
        path = folder / name
        day = _changed_on(name, first)
        yield CountyFile(path, definition, _morning(day), day, write(path))
    layers = folder / "layers"
    for path, rows in streets.write_code_point_open(layers, geography).items():
        yield CountyFile(path, "code_point_open", _morning(first), first, rows)
    for path, rows in registers.write_food_hygiene_xml(layers, records.county).items():
        yield CountyFile(path, "food_hygiene_xml", _morning(first), first, rows)


def _single(geography: Geography, records: CountyRecords, end: date) -> tuple[tuple[str, str, Writer], ...]:
    county = records.county
    later = (records.later_wards, records.later_ward_of_lsoa)
    return (
        ("ons_districts", "layers/lad_2024.geojson", lambda p: boundaries.write_districts(p, geography)),
        ("ward_district_lookup", "layers/ward_lookup_2024.csv", lambda p: boundaries.write_ward_lookup(p, geography)),
        ("ons_wards", "layers/wards_2024.geojson", lambda p: boundaries.write_wards(p, geography)),
        ("ons_lsoa", "layers/lsoa_2021.geojson", lambda p: boundaries.write_lsoas(p, geography)),
        ("lsoa_lookup", "layers/lsoa_lookup_2021.csv", lambda p: boundaries.write_lsoa_lookup(p, geography)),
        ("naptan_stops", "layers/naptan_stops.csv", lambda p: transport.write_naptan_stops(p, geography)),
        ("rail_stations", "layers/rail_stations.csv", lambda p: transport.write_rail_stations(p, geography)),
        ("schools_gias", "layers/gias_schools.csv", lambda p: registers.write_schools(p, county)),
        ("gias_links", "layers/gias_links.csv", lambda p: registers.write_school_links(p, county)),
        ("ofsted_providers", "layers/ofsted_providers.csv", lambda p: registers.write_ofsted_providers(p, county)),
        ("homes", "layers/homes.csv", lambda p: registers.write_homes(p, county)),
        ("food_hygiene", "layers/food_hygiene.csv", lambda p: registers.write_food_hygiene(p, county)),
        ("public_buildings", "layers/public_buildings.csv", lambda p: directories.write_public_buildings(p, county)),
        ("population_lsoa", "layers/population_lsoa.csv", lambda p: boundaries.write_population(p, geography)),
        ("imd", "layers/imd_2025.csv", lambda p: directories.write_deprivation(p, geography)),
        ("os_open_roads", "layers/os_open_roads.gpkg", lambda p: streets.write_open_roads(p, geography)),
        ("greenspace", "layers/greenspace.gpkg", lambda p: streets.write_greenspace(p, geography)),
        ("base_shapes", "layers/base_shapes.gpkg", lambda p: streets.write_base_shapes(p, geography)),
        ("os_open_uprn", "layers/osopenuprn.csv", lambda p: directories.write_properties(p, county)),
        ("onspd", "layers/onspd.csv", lambda p: directories.write_postcode_directory(p, geography)),
        ("bus_timetable", "transport/bus_gtfs.zip", lambda p: gtfs.write_bus(p, geography, end=end)),
        ("rail_timetable", "transport/rail_gtfs.zip", lambda p: gtfs.write_rail(p, geography, end=end)),
        ("ons_wards", "layers/wards_2025.geojson", lambda p: boundaries.write_later_wards(p, geography, *later)),
        (
            "ward_district_lookup",
            "layers/ward_lookup_2025.csv",
            lambda p: boundaries.write_later_ward_lookup(p, geography, records.later_wards),
        ),
    )  # fmt: skip


def _changed_on(name: str, first: date) -> date:
    """The wards of 2025 were published when they came into force; everything else was there before."""
    return date(2025, 5, 2) if "_2025.geojson" in name or name.endswith("lookup_2025.csv") else first


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), tzinfo=UTC)
