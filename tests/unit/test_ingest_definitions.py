"""Definitions: all that are shipped can be read; one that is wrong says which file and which entry."""

import os
from datetime import date

import pytest

from trigpoint.db.home import Home
from trigpoint.ingest.definitions import (
    PACKAGE_DEFINITIONS,
    DefinitionError,
    agencies,
    breaks,
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
    "social_care_contacts",
    "social_care_assessment_factors",
    "social_care_placements",
    "education_cme",
    "education_attendance",
    "safeguarding_board_counts",
    "community_safety_premises",
    "community_safety_lets",
    "community_safety_notices",
    "police_incidents",
    "police_missing",
    "police_intelligence",
    "police_nrm",
    "transport_police_incidents",
    "health_ae",
    "health_totals",
    "youth_justice_cases",
    "food_hygiene_xml",
    "os_open_uprn",
    "onspd",
    "imd",
    "bus_timetable",
    "rail_timetable",
    "lsoa_lookup",
    "public_buildings",
    "gias_links",
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


def test_every_agencys_feed_says_how_often_it_comes():
    feeds = [d for d in load_definitions().values() if d.kind in ("records", "totals") and not d.open]
    seldom = {d.name for d in feeds if d.cadence == "irregular"}
    assert seldom == set()
    assert {d.agency for d in feeds if d.terms_only} == {"education"}
    assert {d.name for d in feeds if d.expected_by_district} == {"community_safety_asb"}


NEVER_READ = frozenset(
    {
        "name", "dob", "birth", "upn", "nhs", "phone", "mobile", "telephone", "email", "worker", "caller",
        "complainant", "contact", "licensee", "licence_holder", "suspect", "victim", "nominal", "nominal_flag",
        "sanitised_text", "adult_name", "child_name", "issued_to",
    }
)  # fmt: skip


def test_no_definition_reads_a_column_that_is_about_a_person():
    tokens = {
        (d.name, d.records.token.column) for d in load_definitions().values() if d.records and d.records.token
    }
    columns = {
        (d.name, name, header)
        for whole in load_definitions().values()
        for d in whole.variants
        for name, column in d.columns.items()
        for header in (column.header, *column.aliases)
        if header and (d.name, name) not in tokens and not d.open
    }
    of_places = {"premises_name", "ward_name", "location_name"}
    named = {
        entry for entry in columns if set(entry[2].casefold().replace(" ", "_").split("_")) & set(NEVER_READ)
    }
    named |= {entry for entry in columns if entry[2].casefold() in NEVER_READ}
    allowed = {(d, n, h) for d, n, h in named if h in of_places or d == "homes" or h == "School"}
    contacts = {(d, n, h) for d, n, h in named if h.startswith("cont_contact") or h == "yp_contacts"}
    assert named - allowed - contacts == set()


def test_an_owner_must_say_which_words_are_the_definitions_own_agency(own):
    owned = SESSIONS + "owner: {column: concern, values: {Marl: police}, otherwise: another}\n"
    with pytest.raises(DefinitionError, match="own agency"):
        own(owned)
    assert own(owned.replace("police", "youth_service"))["sessions"].named.count("concern") == 2


def test_breaks_are_told_in_the_order_of_their_days_and_name_feeds_that_there_are():
    told = breaks()
    assert [one.date for one in told] == sorted(one.date for one in told)
    assert {one.code for one in told} >= {
        "absent_abolished",
        "intelligence_3x5x2",
        "cce_factor",
        "probation_unified",
        "supported_accommodation_registered",
        "attendance_codes_2024",
    }


def test_a_break_concerns_its_feeds_and_a_theme_only_where_that_is_asked_for():
    absent = next(one for one in breaks() if one.code == "absent_abolished")
    assert absent.concerns("police_missing", ())
    assert absent.concerns("police_missing", {"missing", "cse"})
    assert not absent.concerns("police_missing", {"cse"})
    assert not absent.concerns("police_crime", ())


def test_the_synthetic_countys_own_breaks_can_be_a_homes(own, tmp_path):
    own(SESSIONS)
    home = Home(root=tmp_path, county="Marlshire", demo=True, districts=(), owner="analyst")
    text = (PACKAGE_DEFINITIONS.parent / "demo" / "breaks.yaml").read_text(encoding="utf-8")
    (tmp_path / "definitions" / "breaks.yaml").write_text(text, encoding="utf-8")
    boundaries = next(one for one in breaks(home) if one.code == "wards_may_2025")
    assert (boundaries.date, boundaries.levels) == (date(2025, 5, 1), ("ward",))
    assert boundaries.concerns("police_crime", {"cse"})


OWN_BREAK = "- {code: wards, date: 2025-05-01, feeds: all, levels: [ward], title: Wards, text: New wards.}\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (OWN_BREAK, None),
        (OWN_BREAK.replace("2025-05-01", "May 2025"), "date"),
        (OWN_BREAK.replace("feeds: all", "feeds: [sorcery]"), "'sorcery'"),
        (OWN_BREAK.replace("levels:", "level:"), "level"),
    ],
)
def test_a_home_adds_its_own_breaks(own, tmp_path, text, told):
    own(SESSIONS)
    home = Home(root=tmp_path, county="Marlshire", demo=False, districts=(), owner="analyst")
    (tmp_path / "definitions" / "breaks.yaml").write_text(text, encoding="utf-8")
    if told is None:
        assert {one.code for one in breaks(home)} - {one.code for one in breaks()} == {"wards"}
        return
    with pytest.raises(DefinitionError, match=r"breaks\.yaml") as fault:
        breaks(home)
    assert told in str(fault.value)


def test_definitions_are_yaml_and_nothing_else():
    kinds = {path.suffix for path in PACKAGE_DEFINITIONS.rglob("*") if path.is_file()}
    assert kinds == {".yaml"}


def test_layouts_name_their_categories_and_themes_though_the_definition_itself_has_none():
    definition = load_definitions()["community_safety_asb"]
    assert definition.records is None
    assert definition.categories["drug_use"] == "Drug use"
    assert {"asb", "drugs_supply", "cuckooing"} <= set(definition.themes_used)
