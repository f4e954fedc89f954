"""The real files, as published, faults included: every one loads, and every receipt balances."""

import pyarrow.compute as pc
import pytest

from tests.factories.ingest_files import bring, stored
from trigpoint.ingest.receipt import LoadRefused

pytestmark = pytest.mark.open_data

LAYERS = {
    "ons_districts": {"boundaries/LAD_DEC_24_UK_BSC.geojson": 361, "boundaries/lad_2024_essex.geojson": 14},
    "ons_wards": {
        "boundaries/wards_may2024_essex.gpkg": 257,
        "boundaries/wards_may2024_essex.geojson": 257,
        "boundaries/wards_2022_essex.geojson": 276,
        "boundaries/martinjc_wards_by_lad/E07000066.json": 16,
    },
    "ons_lsoa": {
        "boundaries/lsoa_2011_essex.geojson": 1077,
        "boundaries/lsoa_2021_essex.geojson": 1111,
        "boundaries/martinjc_lsoa11_by_lad/E07000066.json": 110,
    },
    "ward_district_lookup": {"boundaries/Ward_to_LAD_to_CTYUA_to_RGN_to_CTRY_May_2024_Lookup_UK.csv": 8396},
    "code_point_open": {
        f"postcodes/codepo_gb_2025-11/Data/CSV/{area}.csv": rows
        for area, rows in {
            "cm": 18611, "co": 13735, "ss": 11993, "rm": 9985, "ig": 6096, "cb": 11169, "en": 8554,
        }.items()
    },
    "naptan_stops": {
        "transport/naptan_2026-07/150Stops.csv": 8703,
        "transport/naptan_2026-07/158Stops.csv": 821,
        "transport/naptan_2026-07/159Stops.csv": 676,
    },
    "rail_stations": {
        "transport/uk-railway-stations/stations.csv": 2608,
        "transport/naptan_2026-07/910Stops.csv": 2765,
    },
    "population_lsoa": {
        "imd_population/population_mid2020_lsoa11_by_age_essex.csv": 1077,
        "imd_population/census2021_population_lsoa21_essex.csv": 1111,
        "imd_population/census2021_population_ward24_bestfit_essex.csv": 257,
    },
}  # fmt: skip


def test_four_months_of_street_crime_come_in_whole(home, open_data):
    receipts = [
        bring("police_uk_street", open_data / f"police/2024-{month:02d}/2024-{month:02d}-essex-street.csv")
        for month in range(1, 5)
    ]
    assert [receipt.input for receipt in receipts] == [13148, 12722, 14092, 12875]
    assert [receipt.accepted for receipt in receipts] == [13148, 12722, 14092, 12875]
    assert [receipt.unplaced for receipt in receipts] == [155, 101, 524, 614]
    table = stored(receipts[0].delivery)
    assert table["scope"].unique().to_pylist() == ["Essex Police"]
    assert table["period"].unique().to_pylist() == [202401]
    assert pc.sum(pc.equal(pc.list_value_length(table["claims"]), 0)).as_py() == 155


def test_two_forces_share_a_month_without_replacing_one_another(home, open_data):
    essex = bring("police_uk_street", open_data / "police/2024-01/2024-01-essex-street.csv")
    transport = bring("police_uk_street", open_data / "police/2024-01/2024-01-btp-street.csv")
    assert essex.superseded == transport.superseded == transport.duplicate == 0
    assert transport.accepted == transport.input > 5000


def test_the_months_with_altered_headers_are_refused_then_mended_by_aliases(home, open_data):
    path = open_data / "police/2018-01_to_07_headers_altered/2018-01-essex-street.csv"
    with pytest.raises(LoadRefused) as refusal:
        bring("police_uk_street", path)
    message = str(refusal.value)
    folder = home.definitions / "extracts"
    folder.mkdir(parents=True, exist_ok=True)
    mending = message[message.index("{extends") : message.index("}}}") + 3]
    (folder / "police_uk_street.yaml").write_text(mending, encoding="utf-8")
    receipt = bring("police_uk_street", path)
    assert receipt.accepted == receipt.input > 10_000


@pytest.mark.parametrize("definition", LAYERS)
def test_every_published_layer_comes_in_whole(home, open_data, definition):
    for name, rows in LAYERS[definition].items():
        receipt = bring(definition, open_data / name)
        assert (receipt.input, receipt.accepted) == (rows, rows), name


def test_vintages_are_told_by_columns_or_by_the_files_name(home, open_data):
    def vintage(definition, name):
        return stored(bring(definition, open_data / "boundaries" / name).delivery)["vintage"][0].as_py()

    assert vintage("ons_wards", "wards_may2024_essex.gpkg") == "2024"
    assert vintage("ons_wards", "wards_2022_essex.geojson") == "2022"
    assert vintage("ons_wards", "martinjc_wards_by_lad/E07000066.json") == "2013"
    assert vintage("ons_lsoa", "lsoa_2011_essex.geojson") == "2011"


def test_postcodes_without_a_point_are_kept_and_counted(home, open_data):
    receipt = bring("code_point_open", open_data / "postcodes/codepo_gb_2025-11/Data/CSV/en.csv")
    assert receipt.unplaced == 58
    table = stored(receipt.delivery)
    assert table["easting_m"].null_count == 58
    assert set(table["scope"].to_pylist()) == {"EN"}


@pytest.mark.parametrize(
    ("name", "rows", "homes"),
    [
        ("provider_at_march_2022.csv", 3576, 2873),
        ("provider_at_march_2024.csv", 3876, 3219),
        ("provider_at_march_2025.csv", 5600, 4902),
        ("provider_at_march_2025.ods", 5600, 4902),
    ],
)
def test_ofsted_providers_keep_no_place_but_their_district(home, open_data, name, rows, homes):
    receipt = bring("ofsted_providers", open_data / "premises/ofsted_providers" / name)
    assert (receipt.accepted, receipt.unplaced) == (rows, homes)
    table = stored(receipt.delivery)
    for column in ("easting_m", "northing_m", "postcode"):
        assert table[column].null_count == rows
    assert "REDACTED" not in table["name"].to_pylist()
    assert set(table["restricted"].to_pylist()) == {True}


def test_ofsted_providers_of_2025_name_the_published_number_in_the_county(home, open_data):
    receipt = bring("ofsted_providers", open_data / "premises/ofsted_providers/provider_at_march_2025.csv")
    table = stored(receipt.delivery)
    here = table.filter(
        pc.is_in(table["district_name"], pc.cast(["Essex", "Thurrock", "Southend on Sea"], "string"))
    )
    counts = here.group_by("class").aggregate([("ref", "count")]).to_pylist()
    assert {row["class"]: row["ref_count"] for row in counts}["supported_accommodation"] == 32


def test_schools_are_read_from_either_layout_under_one_key(home, open_data):
    subset = bring("schools", open_data / "schools/schools_essex_2018-19_subset.csv")
    primary = bring("schools", open_data / "schools/eng-schools_2018-19/england_ks2final.csv")
    assert (subset.accepted, primary.input) == (639, 16355)
    assert primary.accepted + primary.duplicate == 16355
    assert primary.duplicate == 502
