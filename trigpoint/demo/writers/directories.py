"""Public buildings, properties, the postcode directory and deprivation, in their publishers' layouts."""

from pathlib import Path

import numpy as np

from trigpoint.core.county.feeds.positions import degrees
from trigpoint.core.county.feeds.wording import County
from trigpoint.core.county.model import Geography
from trigpoint.core.county.tables import Ints, decimal, numbered, table_of, whole
from trigpoint.demo.writers.boundaries import COUNTY_CODE
from trigpoint.demo.writers.csv_files import write_csv

_ENDED_EVERY = 37
_DECILES = 10


def write_public_buildings(path: Path, county: County) -> int:
    """Police stations, civic centres and the like: where records are put when nobody knows where they belong."""
    buildings = county.sites.buildings
    columns = {
        "ref": numbered("PB", np.arange(1, len(buildings.kind) + 1), 4),
        "class": buildings.kind,
        "name": buildings.name,
        "easting": whole(buildings.easting_m),
        "northing": whole(buildings.northing_m),
        "postcode": county.scene.postcodes.name[buildings.postcode],
    }
    return write_csv(path, table_of(columns))


def write_properties(path: Path, county: County) -> int:
    """OS Open UPRN: numbers and positions, no address."""
    addresses = county.sites.addresses
    longitude, latitude = degrees(addresses.easting_m, addresses.northing_m)
    columns = {
        "UPRN": whole(addresses.uprn),
        "X_COORDINATE": decimal(addresses.easting_m, 2),
        "Y_COORDINATE": decimal(addresses.northing_m, 2),
        "LATITUDE": decimal(latitude, 7),
        "LONGITUDE": decimal(longitude, 7),
    }
    return write_csv(path, table_of(columns), encoding="utf-8-sig")


def write_postcode_directory(path: Path, geography: Geography) -> int:
    """The ONS Postcode Directory: live postcodes, and one in thirty-seven more that ended, with the month it did."""
    postcodes = geography.postcodes
    live: Ints = np.arange(len(postcodes.codes))
    ended = live[::_ENDED_EVERY]
    at = np.concatenate([live, ended])
    gone = np.arange(len(at)) >= len(live)
    codes = np.array(postcodes.codes)[at]
    codes = np.where(gone, _retired(codes), codes)
    longitude, latitude = degrees(postcodes.easting_m[at], postcodes.northing_m[at])
    ward, lsoa = postcodes.ward[at], postcodes.lsoa[at]
    month = np.array([f"20{15 + n % 10}{n % 12 + 1:02d}" for n in range(len(at))])
    columns = {
        "pcd": np.array([f"{code.split(' ')[0]:<4}{code.split(' ')[1]}" for code in codes.tolist()]),
        "pcd2": np.array([f"{code.split(' ')[0]:<4} {code.split(' ')[1]}" for code in codes.tolist()]),
        "pcds": codes,
        "dointr": np.full(len(at), "198001"),
        "doterm": np.where(gone, month, ""),
        "oscty": np.full(len(at), COUNTY_CODE),
        "oslaua": np.array(geography.districts.codes)[geography.wards.parent[ward]],
        "osward": np.array(geography.wards.codes)[ward],
        "usertype": np.full(len(at), "0"),
        "oseast1m": whole(postcodes.easting_m[at]),
        "osnrth1m": whole(postcodes.northing_m[at]),
        "osgrdind": np.where(np.arange(len(at)) % 53 == 0, "5", "1"),
        "oa21": np.array([f"E{n:08d}" for n in (90_000_000 + lsoa.astype(np.int64)).tolist()]),
        "lsoa21": np.array(geography.lsoas.codes)[lsoa],
        "lat": decimal(latitude, 6),
        "long": decimal(longitude, 6),
    }
    return write_csv(path, table_of(columns))


def _retired(codes: np.ndarray) -> np.ndarray:
    """The same postcodes with a nought for their sector, which no live one has."""
    return np.array([f"{code[: code.index(' ')]} 0{code[-2:]}" for code in codes.tolist()])


def write_deprivation(path: Path, geography: Geography) -> int:
    """Deprivation by LSOA: smooth over the map, worst in the middles of the towns, ranked within the county only."""
    lsoas = geography.lsoas
    easting_m, northing_m = lsoas.easting_m, lsoas.northing_m
    score = np.full(len(lsoas.codes), 9.0)
    for town in geography.towns:
        gap = np.hypot(easting_m - town.easting_m, northing_m - town.northing_m) / (town.radius_m * 0.6)
        score += 0.09 * town.people**0.5 * np.exp(-(gap**2))
    score += 4.0 * np.sin(easting_m / 1_700.0) * np.cos(northing_m / 2_300.0)
    score = np.maximum(score, 1.0)
    rank = np.empty(len(score), dtype=np.int64)
    rank[np.argsort(-score, kind="stable")] = np.arange(1, len(score) + 1)
    ward = lsoas.parent
    columns = {
        "LSOA code (2021)": np.array(lsoas.codes),
        "LSOA name (2021)": np.array(lsoas.names),
        "Local Authority District code (2024)": np.array(geography.districts.codes)[
            geography.wards.parent[ward]
        ],
        "Local Authority District name (2024)": np.array(geography.districts.names)[
            geography.wards.parent[ward]
        ],
        "Index of Multiple Deprivation (IMD) Score": decimal(score, 3),
        "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)": rank,
        "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)": np.minimum(
            (rank - 1) * _DECILES // len(rank) + 1, _DECILES
        ),
    }
    return write_csv(path, table_of(columns))
