"""Definitions: all that are shipped can be read; one that is wrong says which file and which entry."""

import os

import pytest

from trigpoint.db.home import Home
from trigpoint.ingest.definitions import (
    PACKAGE_DEFINITIONS,
    DefinitionError,
    agencies,
    load_definitions,
    themes,
)

NAMED = [
    "police_uk_street",
    "ons_districts",
    "ons_wards",
    "ons_lsoa",
    "ward_district_lookup",
    "code_point_open",
    "naptan_stops",
    "rail_stations",
    "schools",
    "schools_gias",
    "ofsted_providers",
    "population_lsoa",
    "os_open_roads",
    "food_hygiene",
    "greenspace",
    "homes",
    "base_shapes",
    "social_care_missing",
    "education_concerns",
    "education_exclusions",
    "youth_sessions",
    "return_interviews_rhi",
    "community_safety_asb",
    "probation_cohorts",
    "police_crime",
    "police_cawn",
    "community_safety_closures",
]

SESSIONS = """
title: Sessions
kind: records
agency: youth_service
columns: {ref: ref, date: date, concern: concern}
currency: {by: key, key: [ref]}
records:
  when: {start: [date], formats: [{format: "%Y-%m-%d", precision: day}]}
  category: {column: concern, values: {Yes: with, No: without}}
  claims: []
"""


@pytest.fixture
def own(tmp_path):
    """A home with one definition of its own, and how to write it."""
    (tmp_path / "definitions" / "extracts").mkdir(parents=True)
    home = Home(root=tmp_path, county="Marlshire", demo=False, districts=(), owner="analyst")
    path = tmp_path / "definitions" / "extracts" / "sessions.yaml"

    def written(text):
        stamp = path.stat().st_mtime_ns + 1_000_000 if path.exists() else None
        path.write_text(text, encoding="utf-8")
        if stamp is not None:
            os.utime(path, ns=(stamp, stamp))
        return load_definitions(home)

    return written


def test_every_definition_the_contract_names_is_shipped_and_belongs_to_a_known_agency():
    shipped = load_definitions()
    assert set(NAMED) <= set(shipped)
    assert {definition.agency for definition in shipped.values()} <= {agency.code for agency in agencies()}
    assert shipped["schools_gias"] is shipped["schools"]


def test_bits_of_themes_and_positions_of_agencies_are_fixed_for_ever():
    assert {theme.code: theme.bit for theme in themes()} == {
        code: bit
        for bit, code in enumerate(
            [
                "missing",
                "cse",
                "cce",
                "county_lines",
                "gangs_syv",
                "weapons",
                "drugs_supply",
                "cuckooing",
                "hsb",
                "online_to_offline",
                "trafficking_nrm",
                "asb_vulnerability",
                "exclusion_attendance",
                "radicalisation",
                "violence",
                "other_crime",
                "asb",
            ]
        )
    }
    assert [agency.code for agency in agencies()] == (
        [
            "social_care",
            "education",
            "youth_service",
            "return_interviews",
            "community_safety",
            "probation",
            "police",
            "open_data",
            "safeguarding_board",
            "health",
            "youth_justice",
            "transport_police",
        ]
    )


def test_open_data_says_whom_to_thank():
    silent = {d.name for d in load_definitions().values() if d.open and d.attribution is None}
    assert silent == {"base_shapes"}


def test_words_are_read_as_written(own):
    definition = own(SESSIONS)["sessions"]
    assert definition.records.category.values == {"Yes": "with", "No": "without"}
    assert definition.categories == {"with": "Yes", "without": "No"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: records", "kind: recrods", "kind: Input should be"),
        ("title: Sessions", "titel: Sessions", "titel: Extra inputs"),
        ("start: [date]", "start: [day]", "'day' is used but is not one of its columns"),
        ("key: [ref]", "key: []", "by: key needs the key's columns"),
        (
            "claims: []",
            "claims: [{role: victim, ways: [{quality: 1, area: ref, area_level: ward}]}]",
            "must be one of",
        ),
        ("claims: []", "claims: [{role: home, ways: [{quality: 1, street: ref}]}]", "kept as an LSOA"),
        (
            "claims: []",
            "claims: [{role: placement, ways: [{quality: 1, postcode: ref}]}]",
            "only be given as a site",
        ),
        ("claims: []", "claims: []\n  themes: [sorcery]", "'sorcery' is not a theme"),
        ("claims: []", "claims: []\n  marking: top", "'top' is not one of open"),
        ("columns: {", "columns: [", "line "),
    ],
)
def test_a_wrong_definition_says_which_file_and_what(own, old, new, told):
    with pytest.raises(DefinitionError, match=r"sessions\.yaml") as fault:
        own(SESSIONS.replace(old, new))
    assert told in str(fault.value)


def test_a_home_may_say_only_what_differs(own):
    mended = own("extends: police_uk_street\ncolumns: {crime_id: {aliases: [crime_id]}}\n")["sessions"]
    shipped = load_definitions()["police_uk_street"]
    assert mended.columns["crime_id"].aliases == ("crime_id",)
    assert mended.columns["crime_id"].header == "Crime ID"
    assert mended.columns["month"] == shipped.columns["month"]
    assert mended.records == shipped.records


def test_an_edited_definition_is_read_again(own):
    assert own(SESSIONS)["sessions"].title == "Sessions"
    assert own(SESSIONS.replace("title: Sessions", "title: Changed"))["sessions"].title == "Changed"


def test_definitions_are_yaml_and_nothing_else():
    kinds = {path.suffix for path in PACKAGE_DEFINITIONS.rglob("*") if path.is_file()}
    assert kinds == {".yaml"}
