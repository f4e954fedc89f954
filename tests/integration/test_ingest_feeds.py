"""The agencies' feeds: one small file each in its own layout, and what became of every part of a row."""

import json
from datetime import datetime

import pyarrow as pa
import pytest

from tests.factories.feed_files import ROWS, bring_rows
from tests.factories.ingest_files import AT, bring, csv_text, put_aside, stored
from trigpoint.ingest.codes import DETECTION, HANDLING, MARKING, PRECISION, ROLE
from trigpoint.ingest.definitions import load_definitions, themes

BITS = {theme.code: 1 << theme.bit for theme in themes()}

FEEDS = {
    "social_care_missing": (
        "miss_table_id miss_person_id miss_missing_episode_start_date miss_missing_episode_type "
        "miss_missing_episode_end_date missing_from_type placement_urn placement_postcode found_location_text "
        "found_postcode",
        ["M1", "ZZ-000001", "2026-03-04 21:15:00.000", "M", "", "Children's home", "SC900001", "ZA1 2BC",
         "12 Quay Lane, Marlport", ""],
    ),
    "education_concerns": (
        "PupilRef|Date|Time|School|SchoolURN|Category|Location text|Action",
        ["ZZ-000002", "04/03/2026", "15:30", "Marl High", "900100", "Weapon concern", "Mill Road, Marlport", "Logged"],
    ),
    "education_exclusions": (
        "UPN SchoolURN LAESTAB ExclusionType Reason StartDate Sessions AMPM",
        ["ZZ-000003", "900100", "8994000", "PERM", "OW", "04/03/2026", "", "AM"],
    ),
    "youth_sessions": (
        "session_id date start end team patch location_name latitude longitude yp_contacts age_band theme_notes "
        "concerns follow_up",
        ["YS1", "2026-03-04", "17:30", "19:30", "North", "Marlport", "Quay", "51.8", "0.5", "7", "14-15",
         "Carrying concerns", "Y", "N"],
    ),
    "return_interviews_rhi": (
        "rhi_ref child_ref date_returned date_rhi_completed met_at_street met_at_town seen_at_postcode "
        "harm_disclosed info_shared_with_police grading",
        ["RHI1", "ZZ-000004", "04/03/2026", "05/03/2026", "Quay Lane", "Marlport", "ZA1 2BC", "CSE;CL",
         "consent withheld", ""],
    ),
    "community_safety_asb": (
        "asb_ref reported_dt category easting northing uprn street town outcome cpn_stage",
        ["ASB1", "04/03/2026", "Cuckooing concern", "", "", "", "Quay Lane", "Marlport", "Visited", ""],
    ),
    "police_crime": (
        "crime_ref reported_dt committed_from_dt committed_to_dt ho_code offence_desc ce_flag nominal_flag "
        "location_text premise_type easting northing beat district outcome mo_keywords",
        ["42/1/26", "2026-07-04T10:00", "2026-07-03T22:10", "2026-07-03T22:40", "92A",
         "Trafficking in controlled drugs", "CL", "N", "5 Quay Lane, Marlport", "Street", "560100", "200200", "B1",
         "Marl", "Charged", ""],
    ),
    "probation_cohorts": (
        "pdu ward_or_postcode_sector cohort snapshot_date",
        ["Marl", "E05999001", "County lines", "2026-03-31"],
    ),
}  # fmt: skip


def feed_file(tmp_path, definition, rows=None, name="feed.csv"):
    header, row = FEEDS[definition]
    columns = header.split("|") if "|" in header else header.split()
    path = tmp_path / name
    path.write_text(csv_text(columns, rows or [row]), encoding="utf-8")
    return path


def only(receipt):
    assert (receipt.input, receipt.accepted) == (1, 1)
    return stored(receipt.delivery).to_pylist()[0]


def claims_of(record):
    return [{name: value for name, value in claim.items() if value is not None} for claim in record["claims"]]


def test_every_shipped_record_feed_is_tried_here():
    shipped = {
        name for name, d in load_definitions().items() if d.kind in ("records", "totals") and not d.open
    }
    assert shipped <= set(ROWS)
    assert set(FEEDS) <= shipped


SENTINELS = ("Zed Sentinel", "Zed", "07700 900123", "943 476 5919")


@pytest.mark.parametrize("definition", sorted(ROWS))
def test_every_feeds_sound_row_comes_in_and_nobodys_name_is_left(home, tmp_path, definition, caplog):
    receipt = bring_rows(tmp_path, definition)
    assert (receipt.input, receipt.accepted, receipt.quarantined) == (1, 1, 0)
    left = [file.read_bytes() for file in home.root.rglob("*") if file.is_file()]
    assert not [name for name in SENTINELS[::2] for content in left if name.encode() in content]
    assert not [name for name in SENTINELS if name in str(stored(receipt.delivery).to_pylist()) + caplog.text]


def test_a_missing_episode_keeps_where_found_and_whose_site_but_no_home(home, tmp_path):
    record = only(bring("social_care_missing", feed_file(tmp_path, "social_care_missing")))
    assert record["occurred_from"] == datetime(2026, 3, 4, 21, 15)
    assert record["occurred_to"] == record["occurred_from"]
    assert (record["theme_mask"], record["marking"]) == (BITS["missing"], MARKING["official_sensitive"])
    assert record["token"] > 0
    found, placement = claims_of(record)
    assert found["role"] == ROLE["found_at"]
    assert found.keys() == {"role", "quality", "candidate", "weight", "wording"}
    assert placement["role"] == ROLE["placement"]
    assert placement.keys() == {"role", "quality", "candidate", "weight", "site_ref"}


def test_midnight_is_an_unknown_hour_and_an_end_before_the_start_is_a_fault(home, tmp_path):
    _, row = FEEDS["social_care_missing"]
    midnight = ["M2", row[1], "2026-03-04 00:00:00.000", *row[3:]]
    backwards = ["M3", *row[1:4], "2026-03-03 20:00:00.000", *row[5:]]
    open_ended = ["M4", *row[1:4], "31/12/9999", *row[5:]]
    path = feed_file(tmp_path, "social_care_missing", [row, midnight, backwards, open_ended])
    receipt = bring("social_care_missing", path)
    precision = stored(receipt.delivery)["time_precision"].to_pylist()
    assert precision == [PRECISION["minute"], PRECISION["day"], PRECISION["minute"]]
    assert [r["rule"] for r in put_aside(receipt.delivery).to_pylist()] == ["the end is before the start"]


def test_a_home_is_kept_as_its_lsoa_only(home, tmp_path):
    bring("ons_lsoa", squares(tmp_path))
    postcode = tmp_path / "za.csv"
    postcode.write_text("ZA1 2BC,10,560500,200500,x,x,x,x,E07999001,E05999001\n", encoding="utf-8")
    bring("code_point_open", postcode)
    _, row = FEEDS["social_care_missing"]
    fostered = [*row[:5], "Foster care", "", "za12bc", "", ""]
    record = only(bring("social_care_missing", feed_file(tmp_path, "social_care_missing", [fostered])))
    (claim,) = claims_of(record)
    assert claim["role"] == ROLE["home"]
    assert (claim["area_level"], claim["area_code"]) == (3, "E01999002")
    assert claim.keys() == {"role", "quality", "candidate", "weight", "area_level", "area_code"}


def squares(tmp_path):
    """Two LSOAs side by side, in metres."""
    import numpy as np
    import pyogrio
    import shapely

    shapes = shapely.to_wkb(
        [shapely.box(559000, 200000, 560000, 201000), shapely.box(560000, 200000, 561000, 201000)]
    )
    path = tmp_path / "lsoa.gpkg"
    codes = np.array(["E01999001", "E01999002"], dtype=object)
    pyogrio.raw.write(
        path, np.asarray(shapes), [codes, codes], ["LSOA21CD", "LSOA21NM"], geometry_type="Polygon",
        crs="EPSG:27700", driver="GPKG",
    )  # fmt: skip
    return path


def test_a_concern_is_at_its_street_before_its_school(home, tmp_path):
    record = only(bring("education_concerns", feed_file(tmp_path, "education_concerns")))
    assert record["occurred_from"] == datetime(2026, 3, 4, 15, 30)
    assert record["theme_mask"] == BITS["weapons"]
    assert [claim["role"] for claim in claims_of(record)] == [ROLE["occurred"], ROLE["school"]]
    assert claims_of(record)[1]["site_ref"] == "900100"


def test_an_exclusion_is_at_its_school(home, tmp_path):
    record = only(bring("education_exclusions", feed_file(tmp_path, "education_exclusions")))
    assert record["category"] == "permanent_exclusion"
    assert record["theme_mask"] == BITS["exclusion_attendance"] | BITS["weapons"]
    assert record["time_precision"] == PRECISION["day"]


def test_a_session_is_a_point_with_an_hour_and_its_own_detection(home, tmp_path):
    record = only(bring("youth_sessions", feed_file(tmp_path, "youth_sessions")))
    assert (record["category"], record["detection"]) == ("session_with_concern", DETECTION["discovered"])
    assert record["occurred_from"] == datetime(2026, 3, 4, 17, 30)
    (claim,) = claims_of(record)
    assert claim["easting_m"] == pytest.approx(572_400, abs=2_000)


def test_an_interview_has_several_places_and_a_handling_condition(home, tmp_path):
    record = only(bring("return_interviews_rhi", feed_file(tmp_path, "return_interviews_rhi")))
    assert record["handling"] == HANDLING["c"]
    assert record["theme_mask"] == BITS["missing"] | BITS["cse"] | BITS["county_lines"]
    met, seen = claims_of(record)
    assert (met["role"], met["street_name"]) == (ROLE["met_at"], "Quay Lane")
    assert (seen["role"], seen["postcode"]) == (ROLE["seen_at"], "ZA12BC")


def test_a_complaint_without_a_grid_reference_falls_back_on_its_street(home, tmp_path):
    _, row = FEEDS["community_safety_asb"]
    gridded = ["ASB2", "05/03/2026 21:10", "Noise", "560100", "200200", *row[5:]]
    nowhere = ["ASB3", "05/03/2026", "Noise", "0", "0", "", "", "", "", ""]
    receipt = bring(
        "community_safety_asb", feed_file(tmp_path, "community_safety_asb", [row, gridded, nowhere])
    )
    assert (receipt.accepted, receipt.unplaced) == (3, 1)
    street, point, none = (claims_of(record) for record in stored(receipt.delivery).to_pylist())
    assert street[0]["street_name"] == "Quay Lane"
    assert (point[0]["easting_m"], point[0]["northing_m"]) == (560100.0, 200200.0)
    assert none == []


def test_a_crime_keeps_its_street_without_the_house_and_summer_time(home, tmp_path):
    record = only(bring("police_crime", feed_file(tmp_path, "police_crime")))
    assert record["occurred_to"] == datetime(2026, 7, 3, 22, 40)
    assert record["utc_offset_min"] == 60
    assert record["detection"] == DETECTION["discovered"]
    assert claims_of(record)[0]["street_name"] == "Quay Lane"


def test_a_probation_case_is_at_a_ward(home, tmp_path):
    record = only(bring("probation_cohorts", feed_file(tmp_path, "probation_cohorts")))
    assert (record["period"], record["key"]) == (202603, None)
    (claim,) = claims_of(record)
    assert (claim["area_level"], claim["area_code"]) == (2, "E05999001")


SENTINEL = "ZZ-SENTINEL-7731"


@pytest.mark.parametrize("definition", ["social_care_missing", "education_concerns", "return_interviews_rhi"])
def test_a_persons_reference_is_nowhere_once_loaded(home, tmp_path, definition, caplog):
    header, row = FEEDS[definition]
    at = (header.split("|") if "|" in header else header.split()).index(
        {"social_care_missing": "miss_person_id", "education_concerns": "PupilRef"}.get(
            definition, "child_ref"
        )
    )
    good = [*row[:at], SENTINEL, *row[at + 1 :]]
    bad = ["32/13/2026" if "2026" in cell else cell for cell in good]
    ragged = [*good, "one too many"]
    receipt = bring(
        definition,
        feed_file(tmp_path, definition, [good, bad, ragged]),
        accept_reason="a test of what is left",
    )
    assert (receipt.accepted, receipt.quarantined) == (1, 2)
    traces = SENTINEL.encode(), SENTINEL.replace("-", "").encode()
    left = [file for file in home.root.rglob("*") if file.is_file()]
    assert not [file for file in left if any(trace in file.read_bytes() for trace in traces)]
    for table in (stored(receipt.delivery), put_aside(receipt.delivery)):
        assert SENTINEL not in json.dumps(table.to_pylist(), default=str)
    assert SENTINEL not in caplog.text
    assert SENTINEL not in json.dumps(receipt.as_dict())


def test_the_same_child_has_one_token_within_an_agency_and_another_elsewhere(home, tmp_path):
    def token(definition, **more):
        _, row = FEEDS[definition]
        at = next(i for i, cell in enumerate(row) if cell.startswith("ZZ-"))
        path = feed_file(
            tmp_path, definition, [[*row[:at], "zz-000009", *row[at + 1 :]]], f"{definition}.csv"
        )
        record = only(bring(definition, path, **more))
        return record["token"], record["token_window"]

    concern, exclusion = token("education_concerns"), token("education_exclusions")
    assert concern == exclusion
    assert token("social_care_missing")[0] != concern[0]
    later = token("return_interviews_rhi", received_at=AT.replace(year=2028))
    assert later[1] == concern[1] + 1


def test_a_telephone_number_typed_as_a_place_is_left_out(home, tmp_path):
    _, row = FEEDS["education_concerns"]
    told = [*row[:6], "ring 01700 900123 Mill Road", row[7]]
    bad = [row[0], "yesterday", *told[2:]]
    receipt = bring("education_concerns", feed_file(tmp_path, "education_concerns", [row, told, row, bad]))
    assert (receipt.accepted, receipt.quarantined) == (3, 1)
    whole = pa.concat_tables([stored(receipt.delivery).select(["claims"])]).to_pylist()
    assert "900123" not in str([whole, put_aside(receipt.delivery).to_pylist()])
    wanted = "2 cells in 'Location text' told of a telephone or another number"
    assert any(message.startswith(wanted) for message in receipt.messages)


def test_a_record_sent_again_is_a_duplicate_and_a_changed_one_replaces(home, tmp_path):
    _, row = FEEDS["police_crime"]
    rows = [[f"42/{n}/26", *row[1:]] for n in range(10)]
    bring("police_crime", feed_file(tmp_path, "police_crime", rows))
    changed = [[*rows[0][:6], "CCE", *rows[0][7:]], *rows[1:], ["42/99/26", *row[1:]]]
    receipt = bring("police_crime", feed_file(tmp_path, "police_crime", changed, "again.csv"))
    assert (receipt.accepted, receipt.duplicate, receipt.superseded) == (2, 9, 0)
    assert stored(receipt.delivery)["row"].to_pylist() == [1, 11]


def test_of_two_rows_under_one_key_in_one_file_the_last_stands(home, tmp_path):
    _, row = FEEDS["police_crime"]
    changed = [*row[:6], "CSE", *row[7:]]
    receipt = bring("police_crime", feed_file(tmp_path, "police_crime", [row, row, changed]))
    assert (receipt.accepted, receipt.duplicate, receipt.superseded) == (1, 1, 1)
    assert stored(receipt.delivery)["row"].to_pylist() == [3]


def test_notices_keep_an_opaque_reference_and_the_later_end(home, tmp_path):
    header = "ref type issued_by served_dt start end extended_to premises_class grounds uprn street town easting northing"
    row = ["CL1", "order", "Police", "2026-03-01", "2026-03-02", "2026-06-01", "2026-09-01", "Takeaway", "Disorder",
           "", "Quay Lane", "Marlport", "560100", "200200"]  # fmt: skip
    path = tmp_path / "closures.csv"
    path.write_text(csv_text(header.split(), [row]), encoding="utf-8")
    notice = only(bring("community_safety_closures", path))
    assert (str(notice["starts_date"]), str(notice["ends_date"])) == ("2026-03-02", "2026-09-01")
    assert notice["ref"] != b"CL1"
    assert len(notice["ref"]) == 16
