"""How big each county is: the only place where 'village' and 'county' differ."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.core.county.model import Size


@dataclass(frozen=True, slots=True)
class Plan:
    """Numbers that fix the county's extent and how much of everything it holds. Lengths in metres."""

    west_m: float
    south_m: float
    width_m: float
    height_m: float
    coast_spacing_m: float
    estuary_count: int
    estuary_width_m: float
    has_island: bool
    seats: tuple[int, ...]
    small_towns: tuple[int, ...]
    village_count: int
    hamlet_count: int
    exit_count: int
    least_town_radius_m: float
    mesh_spacing_m: float
    ward_count: int
    lsoa_count: int
    rail_calls: tuple[int, ...]
    bus_route_count: int
    postcode_count: int
    wood_count: int
    people: int


COUNTY = Plan(
    west_m=584_000.0,
    south_m=353_500.0,
    width_m=70_000.0,
    height_m=62_000.0,
    coast_spacing_m=160.0,
    estuary_count=3,
    estuary_width_m=3000.0,
    has_island=True,
    seats=(152_000, 96_000, 84_000, 70_000, 60_000, 52_000, 46_000, 40_000, 36_000, 32_000, 28_000, 25_000),
    small_towns=(
        *(22_000, 20_000, 18_000, 17_000, 16_000, 15_000, 14_000, 13_000),
        *(12_000, 11_000, 10_000, 9_000, 8_000, 7_500, 7_000, 6_500),
    ),
    village_count=120,
    hamlet_count=330,
    exit_count=7,
    least_town_radius_m=580.0,
    mesh_spacing_m=1050.0,
    ward_count=200,
    lsoa_count=1000,
    rail_calls=(9, 7, 5),
    bus_route_count=60,
    postcode_count=20_000,
    wood_count=420,
    people=1_400_000,
)

VILLAGE = Plan(
    west_m=612_000.0,
    south_m=380_000.0,
    width_m=7_000.0,
    height_m=6_500.0,
    coast_spacing_m=120.0,
    estuary_count=1,
    estuary_width_m=300.0,
    has_island=False,
    seats=(14_000,),
    small_towns=(),
    village_count=2,
    hamlet_count=2,
    exit_count=2,
    least_town_radius_m=840.0,
    mesh_spacing_m=900.0,
    ward_count=4,
    lsoa_count=12,
    rail_calls=(1,),
    bus_route_count=2,
    postcode_count=260,
    wood_count=5,
    people=17_000,
)


def plan_for(size: Size) -> Plan:
    """The plan of a size; raises ValueError for any other word."""
    if size == "county":
        return COUNTY
    if size == "village":
        return VILLAGE
    raise ValueError(f"No county of size {size!r}: choose 'village' or 'county'")
