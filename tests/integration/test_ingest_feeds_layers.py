"""Reference layers beside the feeds, each in its publisher's own layout."""

import json
from datetime import date

import pytest

from tests.factories.ingest_files import bring, csv_text, put_aside, stored
from trigpoint.core.county.make import make_geography
from trigpoint.demo import gtfs

RATINGS = """<?xml version="1.0" encoding="utf-8"?>
<FHRSEstablishment><Header><ExtractDate>2026-10-01</ExtractDate><ItemCount>3</ItemCount></Header>
<EstablishmentCollection>
<EstablishmentDetail><FHRSID>1</FHRSID><BusinessName>Quay Hotel</BusinessName>
<BusinessType>Hotel/bed &amp; breakfast/guest house</BusinessType><PostCode>ZA1 2BC</PostCode>
<LocalAuthorityCode>901</LocalAuthorityCode><LocalAuthorityName>Marl</LocalAuthorityName>
<Scores><Hygiene>5</Hygiene></Scores><Geocode><Longitude>0.5</Longitude><Latitude>51.7</Latitude></Geocode>
</EstablishmentDetail>
<EstablishmentDetail><FHRSID>2</FHRSID><BusinessName>The Chippy</BusinessName>
<BusinessType>Takeaway/sandwich shop</BusinessType><LocalAuthorityCode>901</LocalAuthorityCode>
<LocalAuthorityName>Marl</LocalAuthorityName><Geocode/></EstablishmentDetail>
<EstablishmentDetail><FHRSID>3</FHRSID><BusinessName>Somebody's cakes</BusinessName>
<BusinessType>Retailers - other</BusinessType><LocalAuthorityCode>901</LocalAuthorityCode>
<LocalAuthorityName>Marl</LocalAuthorityName></EstablishmentDetail>
</EstablishmentCollection></FHRSEstablishment>
"""


def bring_table(folder, definition, header, *rows, name="layer.csv"):
    path = folder / name
    path.write_text(csv_text(header.split("|"), rows), encoding="utf-8")
    return bring(definition, path)


def kept(receipt):
    return stored(receipt.delivery).to_pylist()


def test_ratings_in_xml_are_hotels_and_takeaways_and_no_home_bakers(home, tmp_path):
    path = tmp_path / "FHRS901en-GB.xml"
    path.write_text(RATINGS, encoding="utf-8")
    receipt = bring("food_hygiene_xml", path)
    assert (receipt.input, receipt.accepted) == (3, 3)
    hotel, takeaway, other = kept(receipt)
    assert (hotel["class"], hotel["name"], hotel["postcode"]) == ("hotel", "Quay Hotel", "ZA12BC")
    assert hotel["easting_m"] == pytest.approx(572_900, abs=1_000)
    assert (takeaway["class"], takeaway["easting_m"]) == ("takeaway", None)
    assert (other["class"], other["name"], other["kept"]) == ("other", "", "none")


def test_properties_have_a_point_and_no_address(home, tmp_path):
    row = ["100090123456", "560100.5", "200200.25", "51.7", "0.5"]
    receipt = bring_table(tmp_path, "os_open_uprn", "UPRN|X_COORDINATE|Y_COORDINATE|LATITUDE|LONGITUDE", row)
    (property_,) = kept(receipt)
    assert (property_["uprn"], property_["easting_m"], property_["northing_m"]) == (
        100090123456,
        560100.5,
        200200.25,
    )


DIRECTORY = "pcd|pcd2|pcds|dointr|doterm|oslaua|osward|oseast1m|osnrth1m|osgrdind|oa21|lsoa21"
NEWER_DIRECTORY = "pcd7|pcd8|pcds|dointr|doterm|lad25cd|wd25cd|east1m|north1m|gridind|oa21cd|lsoa21cd"


@pytest.mark.parametrize("header", [DIRECTORY, NEWER_DIRECTORY])
def test_a_postcode_that_ended_is_kept_and_said_to_have(home, tmp_path, header):
    tail = ["E00000001", "E01000001"]
    rows = [
        [
            "ZA1 2BC",
            "ZA1  2BC",
            "ZA1 2BC",
            "198001",
            "",
            "E07999001",
            "E05999001",
            "560100",
            "0200200",
            "1",
            *tail,
        ],
        [
            "ZA1 2BD",
            "ZA1  2BD",
            "ZA1 2BD",
            "198001",
            "202306",
            "E07999001",
            "E05999001",
            "560200",
            "0200300",
            "4",
            *tail,
        ],
        ["ZA1 2BE", "ZA1  2BE", "ZA1 2BE", "198001", "199606", "E07999001", "E05999001", "", "", "9", *tail],
    ]
    receipt = bring_table(tmp_path, "onspd", header, *rows)
    assert [(row["postcode"], row["ended"]) for row in kept(receipt)] == [
        ("ZA12BC", False),
        ("ZA12BD", True),
        ("ZA12BE", True),
    ]
    assert [row["easting_m"] for row in kept(receipt)] == [560100.0, 560200.0, None]
    assert receipt.unplaced == 1


RANK = "Index of Multiple Deprivation (IMD) Rank"
DECILE = "Index of Multiple Deprivation (IMD) Decile"
MOST = " (where 1 is most deprived)"
TENTH = " (where 1 is most deprived 10% of LSOAs)"


@pytest.mark.parametrize(
    ("year", "header", "row"),
    [
        (
            "2011",
            f"LSOA code (2011)|LSOA name (2011)|{RANK}|{DECILE}",
            ["E01000001", "Marl 001A", "29,199", "9"],
        ),
        (
            "2011",
            f"LSOA code (2011)|LSOA name (2011)|{RANK}{MOST}|{DECILE}{TENTH}",
            ["E01000001", "Marl 001A", "29199", "9"],
        ),
        (
            "2021",
            f"LSOA code (2021)|LSOA name (2021)|{RANK}{MOST}|{DECILE}{TENTH}",
            ["E01000001", "Marl 001A", "29199", "9"],
        ),
    ],
)
def test_deprivation_of_either_edition(home, tmp_path, year, header, row):
    (area,) = kept(bring_table(tmp_path, "imd", header, row))
    assert (area["rank"], area["decile"], area["vintage"], area["area_level"]) == (29199, 9, year, 3)
    assert (area["score"], area["children_rank"]) == (None, None)


def test_deprivation_with_scores_and_with_childrens(home, tmp_path):
    header = (
        f"LSOA code (2021)|LSOA name (2021)|Index of Multiple Deprivation (IMD) Score|{RANK}{MOST}|{DECILE}{TENTH}|"
        f"Income Deprivation Affecting Children Index (IDACI) Rank{MOST}|"
        f"Income Deprivation Affecting Children Index (IDACI) Decile{TENTH}"
    )
    (area,) = kept(
        bring_table(tmp_path, "imd", header, ["E01000001", "Marl 001A", "41.2", "812", "1", "905", "2"])
    )
    assert (area["score"], area["children_rank"], area["children_decile"]) == (41.2, 905, 2)


def test_a_small_area_is_followed_across_time_and_into_its_ward(home, tmp_path):
    across = "lsoa11_name|lsoa11_code|change_code|lsoa21_name|lsoa21_code"
    rows = [
        ["Marl 1A", "E01000001", "S", "Marl 1F", "E01000011"],
        ["Marl 1A", "E01000001", "S", "Marl 1G", "E01000012"],
    ]
    split = kept(bring_table(tmp_path, "lsoa_lookup", across, *rows))
    assert [(row["child_code"], row["parent_code"], row["vintage"]) for row in split] == [
        ("E01000001", "E01000011", "2011"),
        ("E01000001", "E01000012", "2011"),
    ]
    assert {(row["child_level"], row["parent_level"]) for row in split} == {(3, 3)}
    wards = "LSOA21CD|LSOA21NM|WD24CD|WD24NM|LAD24CD|LAD24NM|ObjectId"
    row = ["E01000011", "Marl 1F", "E05999001", "Quay", "E07999001", "Marl", "1"]
    (ward,) = kept(bring_table(tmp_path, "lsoa_lookup", wards, row, name="wards.csv"))
    assert (ward["parent_level"], ward["parent_code"], ward["vintage"]) == (2, "E05999001", "2021")


def test_buildings_at_which_records_are_put_for_want_of_a_place(home, tmp_path):
    rows = [
        ["B1", "police_station", "Marl Police Station", "560100", "200200", ""],
        ["B2", "civic_centre", "Marl Civic Centre", "560300", "200200", ""],
        ["B3", "swimming bath", "Marl Baths", "560500", "200200", ""],
    ]
    receipt = bring_table(tmp_path, "public_buildings", "ref|class|name|easting|northing|postcode", *rows)
    assert [row["class"] for row in kept(receipt)] == ["police_station", "civic_centre", "other"]


def test_an_old_number_of_a_school_leads_to_its_new_one(home, tmp_path):
    header = "URN|LinkURN|LinkName|LinkType|LinkEstablishedDate"
    rows = [
        ["900100", "900200", "Marl Academy", "Successor", "01-09-2025"],
        ["900200", "900100", "Marl High", "Predecessor - merged", ""],
    ]
    after, before = kept(bring_table(tmp_path, "gias_links", header, *rows))
    assert (after["ref"], after["other_ref"], after["relation"], after["since"]) == (
        "900100",
        "900200",
        "successor",
        date(2025, 9, 1),
    )
    assert (before["relation"], before["class"]) == ("predecessor", "school")


@pytest.mark.parametrize(
    ("write", "definition"), [(gtfs.write_bus, "bus_timetable"), (gtfs.write_rail, "rail_timetable")]
)
def test_a_timetable_comes_in_whole_and_again_is_nothing_new(home, tmp_path, write, definition):
    path = tmp_path / "gtfs.zip"
    rows = write(path, make_geography(5, "village"), end=date(2026, 10, 31))
    receipt = bring(definition, path)
    assert (receipt.input, receipt.accepted) == (rows, rows)
    assert all(route["stops"] for route in kept(receipt))
    assert bring(definition, path).duplicate == rows


def test_a_row_that_a_layer_cannot_read_is_put_aside_as_any_other(home, tmp_path):
    rows = [[f"B{n}", "library", "Library", "560100", "200200"] for n in range(4)]
    broken = ["B9", "library", "Library", "east", "north"]
    receipt = bring_table(tmp_path, "public_buildings", "ref|class|name|easting|northing", *rows, broken)
    assert (receipt.accepted, receipt.quarantined) == (4, 1)
    assert json.loads(put_aside(receipt.delivery)["stripped"][0].as_py())["ref"] == "B9"


@pytest.mark.open_data
@pytest.mark.parametrize(
    ("definition", "file", "rows", "vintage"),
    [
        (
            "imd",
            "imd_population/imd2019/File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv.gz",
            32844,
            "2011",
        ),
        ("imd", "imd_population/imd2019/File_2_-_IoD2019_Domains_of_Deprivation.csv.gz", 32844, "2011"),
        (
            "population_lsoa",
            "imd_population/imd2019/File_6_-_IoD2019_Population_Denominators.csv.gz",
            32844,
            "2011",
        ),
        ("lsoa_lookup", "boundaries/lookup_lsoa21_ward24_ltla24_essex.csv", 1111, "2021"),
        ("lsoa_lookup", "boundaries/lookup_lsoa11_lsoa21_ltla22_essex.csv", None, "2011"),
        ("lsoa_lookup", "boundaries/lookup_lsoa11_ward17_essex.csv", 1077, "2011"),
        ("gias_links", "schools/gias_links/links_edubasealldata20250422.csv", 33801, None),
    ],
)
def test_published_files_come_in_whole(home, open_data, definition, file, rows, vintage):
    receipt = bring(definition, open_data / file)
    assert receipt.quarantined == 0
    assert receipt.input == receipt.accepted + receipt.duplicate + receipt.superseded
    assert rows is None or receipt.input == rows
    if vintage is not None:
        assert stored(receipt.delivery)["vintage"].unique().to_pylist() == [vintage]


@pytest.mark.open_data
def test_the_ranks_of_the_published_index_are_each_areas_own(home, open_data):
    receipt = bring(
        "imd", open_data / "imd_population/imd2019/File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv.gz"
    )
    table = stored(receipt.delivery)
    ranks = table["rank"].to_numpy()
    # Ties share a rank; deciles are tenths of the ranks.
    assert (ranks.min(), ranks.max()) == (1, 32844)
    assert abs(table["decile"].to_numpy() - ranks * 10 / 32844 - 0.5).max() <= 0.51
