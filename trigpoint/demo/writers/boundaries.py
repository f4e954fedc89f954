"""Areas and what is counted in them, in the layouts of the Office for National Statistics."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.county.model import OLDEST_AGE, Areas, Geography
from trigpoint.core.county.tables import table_of
from trigpoint.demo.writers.csv_files import write_csv
from trigpoint.demo.writers.shapes import write_geojson

COUNTY_CODE = "E10999001"
REGION = ("E12999001", "Synthetic Region")


def write_districts(path: Path, geography: Geography) -> int:
    """Local authority districts, December 2024 column names."""
    areas = geography.districts
    return write_geojson(
        path, areas.polygons, {"LAD24CD": np.array(areas.codes), "LAD24NM": np.array(areas.names)}
    )


def write_wards(path: Path, geography: Geography) -> int:
    """Wards, May 2024 column names, each with its district."""
    wards, districts = geography.wards, geography.districts
    columns = {
        "WD24CD": np.array(wards.codes),
        "WD24NM": np.array(wards.names),
        "LAD24CD": np.array(districts.codes)[wards.parent],
        "LAD24NM": np.array(districts.names)[wards.parent],
    }
    return write_geojson(path, wards.polygons, columns)


def write_lsoas(path: Path, geography: Geography) -> int:
    """Lower layer super output areas, 2021 column names."""
    areas = geography.lsoas
    return write_geojson(
        path, areas.polygons, {"LSOA21CD": np.array(areas.codes), "LSOA21NM": np.array(areas.names)}
    )


def write_ward_lookup(path: Path, geography: Geography) -> int:
    """The ward to district to county lookup of May 2024, which opens with a byte order mark."""
    wards, districts = geography.wards, geography.districts
    count = len(wards.codes)
    fixed = {
        "CTYUA24CD": COUNTY_CODE,
        "CTYUA24NM": geography.name,
        "CTYUA24NMW": "",
        "RGN24CD": REGION[0],
        "RGN24NM": REGION[1],
        "RGN24NMW": "",
        "CTRY24CD": "E92000001",
        "CTRY24NM": "England",
        "CTRY24NMW": "Lloegr",
    }
    columns = {
        "WD24CD": np.array(wards.codes),
        "WD24NM": np.array(wards.names),
        "WD24NMW": np.full(count, ""),
        "LAD24CD": np.array(districts.codes)[wards.parent],
        "LAD24NM": np.array(districts.names)[wards.parent],
        "LAD24NMW": np.full(count, ""),
        **{name: np.full(count, value) for name, value in fixed.items()},
        "ObjectId": np.arange(1, count + 1),
    }
    return write_csv(path, table_of(columns), encoding="utf-8-sig")


def write_population(path: Path, geography: Geography) -> int:
    """Residents by single year of age, 90 and over together; numbers carry a decimal point as published."""
    people = geography.population.people
    ages = [str(age) for age in range(OLDEST_AGE)] + [f"{OLDEST_AGE}+"]
    spelt = {age: people[:, index].astype(np.float64) for index, age in enumerate(ages)}
    columns = {
        "lsoa21_name": np.array(geography.lsoas.names),
        "lsoa21_code": np.array(geography.lsoas.codes),
        "total_population": people.sum(axis=1).astype(np.float64),
        **spelt,
    }
    return write_csv(path, table_of(columns))


def write_later_wards(path: Path, geography: Geography, later: Areas, ward_of_lsoa: NDArray[np.int64]) -> int:
    """Wards as drawn in May 2025, with that year's column names. `ward_of_lsoa` must make up the very same wards."""
    if len(ward_of_lsoa) != len(geography.lsoas.codes):
        raise ValueError("an LSOA lies in no ward of 2025")
    return write_geojson(path, later.polygons, _later_columns(geography, later))


def write_later_ward_lookup(path: Path, geography: Geography, later: Areas) -> int:
    """The ward to district lookup of May 2025."""
    return write_csv(path, table_of(_later_columns(geography, later)), encoding="utf-8-sig")


def _later_columns(geography: Geography, later: Areas) -> dict[str, NDArray[np.str_]]:
    districts = geography.districts
    return {
        "WD25CD": np.array(later.codes),
        "WD25NM": np.array(later.names),
        "LAD25CD": np.array(districts.codes)[later.parent],
        "LAD25NM": np.array(districts.names)[later.parent],
    }


def write_lsoa_lookup(path: Path, geography: Geography) -> int:
    """Which ward and district each LSOA lies in, by most of its area."""
    lsoas, wards, districts = geography.lsoas, geography.wards, geography.districts
    ward = lsoas.parent
    columns = {
        "LSOA21CD": np.array(lsoas.codes),
        "LSOA21NM": np.array(lsoas.names),
        "WD24CD": np.array(wards.codes)[ward],
        "WD24NM": np.array(wards.names)[ward],
        "LAD24CD": np.array(districts.codes)[wards.parent[ward]],
        "LAD24NM": np.array(districts.names)[wards.parent[ward]],
        "ObjectId": np.arange(1, len(lsoas.codes) + 1),
    }
    return write_csv(path, table_of(columns), encoding="utf-8-sig")
