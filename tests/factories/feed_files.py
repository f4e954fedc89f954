"""One sound row of every agency's feed in its own columns, and how to bring rows like it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.factories.ingest_files import bring, csv_text, stored
from trigpoint.ingest.definitions import themes
from trigpoint.ingest.receipt import Receipt

BITS = {theme.code: 1 << theme.bit for theme in themes()}
"""The themes' bits."""

ROWS: Mapping[str, Mapping[str, str]] = {
    "social_care_missing": {
        "miss_table_id": "M1",
        "miss_person_id": "ZZ-000001",
        "child_name": "Zed Sentinel",
        "dob": "2011-02-03",
        "miss_missing_episode_start_date": "2026-03-04 21:15:00.000",
        "miss_missing_episode_type": "M",
        "miss_missing_episode_end_date": "",
        "miss_missing_rhi_offered": "Y",
        "miss_missing_rhi_accepted": "N",
        "missing_from_type": "Children's home",
        "placement_urn": "SC900001",
        "placement_postcode": "ZA1 2BC",
        "found_location_text": "behind the chippy, Quay Lane",
        "found_postcode": "",
    },
    "social_care_contacts": {
        "cont_contact_id": "C1",
        "cont_person_id": "ZZ-000001",
        "child_name": "Zed Sentinel",
        "dob": "2011-02-03",
        "cont_contact_date": "2026-03-04 00:00:00.000",
        "cont_contact_source_code": "2B",
        "cont_contact_source_desc": "Education \ufffd College",
        "cont_contact_outcome_json": '["MACE referral", "CSE concern"]',
        "ssd_address": '{"HOUSE": "12", "STREET": "Quay Lane"}',
        "home_postcode": "",
    },
    "social_care_assessment_factors": {
        "cinf_table_id": "F1",
        "cinf_assessment_id": "A1",
        "cinf_person_id": "ZZ-000001",
        "dob": "2011-02-03",
        "asmt_auth_date": "2026-03-04 00:00:00.000",
        "cinf_assessment_factors_json": '["10A", "19B", "24A"]',
        "home_postcode": "",
    },
    "social_care_placements": {
        "clap_cla_placement_id": "P1",
        "clap_person_id": "ZZ-000001",
        "clap_cla_placement_start_date": "04/03/2026",
        "clap_cla_placement_type": "K2",
        "clap_cla_placement_urn": "SC900001",
        "clap_cla_placement_distance": "4.2",
        "clap_cla_placement_provider": "PR1",
        "clap_cla_placement_postcode": "ZA1 2BC",
        "clap_cla_placement_end_date": "",
        "clap_cla_placement_change_reason": "",
    },
    "education_exclusions": {
        "UPN": "ZZ-000003",
        "PupilName": "Zed Sentinel",
        "SchoolURN": "900100",
        "LAESTAB": "994000",
        "ExclusionType": "PERM",
        "Reason": "OW",
        "StartDate": "1-Sep-25",
        "Sessions": "",
        "AMPM": "AM",
    },
    "education_cme": {
        "ref": "CME1",
        "pupil_name": "Zed Sentinel",
        "dob": "2011-02-03",
        "last_school_urn": "900100",
        "removed_from_roll": "04/03/2026",
        "reason": "Moved, destination unknown",
        "ward": "Marl Quay",
    },
    "education_attendance": {
        "school_urn": "900100",
        "LAESTAB": "994000",
        "school": "Marl High",
        "week_commencing": "02/03/2026",
        "code": "O",
        "sessions": "42",
    },
    "education_concerns": {
        "PupilRef": "ZZ-000002",
        "Pupil": "Zed Sentinel",
        "Date": "04/03/2026",
        "Time": "15:30",
        "School": "Marl High",
        "SchoolURN": "900100",
        "Category": "Weapon concern",
        "Location text": "behind Lidl",
        "Action": "Logged",
    },
    "youth_sessions": {
        "session_id": "YS1",
        "week_commencing": "2026-03-02",
        "date": "2026-03-04",
        "start": "17:30",
        "end": "19:30",
        "team": "North",
        "patch": "Marlport",
        "location_name": "Central Park",
        "what3words": "",
        "latitude": "51.8",
        "longitude": "0.5",
        "yp_contacts": "7",
        "age_band": "14-15",
        "theme_notes": "Carrying concerns",
        "concerns": "Y",
        "follow_up": "N",
        "worker": "Zed Sentinel",
        "worker_mobile": "07700 900123",
    },
    "return_interviews_rhi": {
        "rhi_ref": "RHI1",
        "child_name": "Zed Sentinel",
        "child_dob": "03/02/2011",
        "child_ref": "ZZ-000004",
        "police_mp_ref": "MP1",
        "date_returned": "04/03/2026",
        "date_rhi_offered": "05/03/2026",
        "date_rhi_completed": "06/03/2026",
        "within_72h": "Y",
        "declined_reason": "",
        "push_factors": "bullying",
        "pull_factors": "friends",
        "missing_from": "home",
        "met_at_street": "Quay Lane",
        "met_at_town": "Marlport",
        "seen_at_postcode": "ZA1 2BC",
        "places_mentioned": "the Rec;up London",
        "transport_used": "train",
        "with_whom_category": "peer",
        "time_of_day": "evening",
        "harm_disclosed": "CSE;CL",
        "info_shared_with_police": "consent withheld",
        "grading": "",
    },
    "safeguarding_board_counts": {
        "district": "Marl",
        "quarter": "2026-Q1",
        "measure": "MACE referrals",
        "count": "35",
    },
    "community_safety_asb": {
        "asb_ref": "ASB1",
        "reported_dt": "04/03/2026",
        "category": "Cuckooing concern",
        "easting": "",
        "northing": "",
        "uprn": "",
        "street": "Quay Lane",
        "town": "Marlport",
        "outcome": "Visited",
        "cpn_stage": "",
        "complainant": "Zed Sentinel",
        "phone": "07700 900123",
    },
    "community_safety_premises": {
        "licence_no": "PREM1",
        "premises_name": "The Ship",
        "licence_type": "Pub",
        "address": "1 Quay Lane",
        "postcode": "ZA1 2BC",
        "uprn": "100090000001",
        "easting": "560100",
        "northing": "200200",
        "granted": "01/02/2020",
        "surrendered": "",
        "licence_holder": "Zed Sentinel",
    },
    "community_safety_lets": {
        "ref": "HMO1",
        "register": "HMO",
        "address": "2 Quay Lane",
        "postcode": "ZA1 2BC",
        "uprn": "100090000002",
        "easting": "560100",
        "northing": "200200",
        "licence_start": "01/02/2024",
        "licence_end": "",
        "max_occupants": "6",
        "licensee": "Zed Sentinel",
        "licensee_phone": "07700 900123",
    },
    "community_safety_notices": {
        "ref": "N1",
        "type": "PSPO",
        "issued_by": "Council",
        "start": "2026-03-04 00:00",
        "end": "2029-03-03 23:59",
        "grounds": "Street drinking",
        "street": "",
        "town": "Marlport",
        "easting": "",
        "northing": "",
        "boundary_wkt": "POLYGON ((560000 200000, 560400 200000, 560400 200400, 560000 200400, 560000 200000))",
        "breaches": "",
        "last_breach": "",
        "issued_to": "Zed Sentinel",
    },
    "probation_cohorts": {
        "pdu": "Marl",
        "ward_or_postcode_sector": "E05999001",
        "cohort": "County lines",
        "snapshot_date": "2026-03-31",
    },
    "police_crime": {
        "crime_ref": "42/1/26",
        "reported_dt": "2026-07-04T10:00",
        "committed_from_dt": "2026-07-03T22:10",
        "committed_to_dt": "2026-07-03T22:40",
        "ho_code": "92A",
        "offence_desc": "Trafficking in controlled drugs",
        "ce_flag": "CL",
        "nominal_flag": "N",
        "victim_name": "Zed Sentinel",
        "victim_dob": "2011-02-03",
        "suspect_name": "Zed Sentinel",
        "location_text": "Quay Lane, Marlport",
        "premise_type": "Street",
        "easting": "560100",
        "northing": "200200",
        "beat": "B1",
        "district": "Marl",
        "outcome": "Charged",
        "mo_keywords": "",
    },
    "police_incidents": {
        "incident_no": "20260704-00001",
        "created": "2026-07-04T21:30:00Z",
        "closed": "2026-07-04T22:30:00Z",
        "opening_code": "Concern for safety",
        "closing_code": "",
        "qualifiers": "CCE;Youth",
        "location": "outside the Co-op",
        "easting": "",
        "northing": "",
        "grade": "2",
        "caller": "Zed Sentinel",
        "caller_phone": "07700 900123",
    },
    "police_missing": {
        "mp_ref": "MP1",
        "force": "Marlshire",
        "name": "Zed Sentinel",
        "dob": "03/02/2011",
        "reported": "04/03/2026 22:00",
        "missing_from_dt": "04/03/2026 21:15",
        "missing_from_location": "Care",
        "risk": "Medium",
        "returned_dt": "05/03/2026 03:00",
        "found_location_text": "the bus station",
        "found_e": "560100",
        "found_n": "200200",
        "found_by": "Police",
        "flags": "CCE;3in90",
        "prevention_interview_dt": "",
        "person_ref": "ZZ-000005",
    },
    "police_intelligence": {
        "log_ref": "IR1",
        "created": "2026-03-09T10:00",
        "event_from": "2026-03-04T20:00",
        "event_to": "2026-03-04T22:00",
        "grade": "2/B/P",
        "conditions": "",
        "gsc": "OFFICIAL-SENSITIVE",
        "sanitised_text": "Zed Sentinel was seen",
        "theme": "County lines;Drugs",
        "location_text": "Quay Lane, Marlport",
        "e": "560100",
        "n": "200200",
    },
    "police_nrm": {
        "district": "Marl",
        "month": "2026-03",
        "exploitation_type": "County lines",
        "count": "<5",
    },
    "transport_police_incidents": {
        "station_crs": "MRP",
        "line": "Main line",
        "incident": "Suspected county lines",
        "dt": "04/03/2026 16:10",
    },
    "health_ae": {
        "date": "04/03/2026",
        "time": "23:40",
        "nhs_no": "943 476 5919",
        "age_band": "16-17",
        "weapon": "knife",
        "location_text": "the front",
        "geocode_confidence": "high",
        "easting": "560100",
        "northing": "200200",
    },
    "health_totals": {
        "district": "Marl",
        "quarter": "2026-Q1",
        "service": "Sexual health",
        "measure": "Exploitation proforma completed",
        "count": "c",
    },
    "youth_justice_cases": {
        "ward_code": "E05999001",
        "ward_name": "Marl Quay",
        "quarter": "2026-Q1",
        "offence_category": "Weapons",
        "cases": "<5",
    },
}
"""A row of each feed, column by column. `Zed Sentinel` stands where a person's name would."""


def feed_row(definition: str, **cells: str) -> dict[str, str]:
    """The feed's sound row with other cells; a column's spaces are written as underscores."""
    row = dict(ROWS[definition])
    for name, value in cells.items():
        column = name if name in row else name.replace("_", " ")
        if column not in row:
            raise KeyError(f"{definition} has no column {name}")
        row[column] = value
    return row


def bring_rows(
    folder: Path, definition: str, *rows: Mapping[str, str], name: str = "", **more: Any
) -> Receipt:
    """Load these rows (the sound one where none is given) as the analyst."""
    written = rows or (ROWS[definition],)
    path = folder / (name or f"{definition}.csv")
    path.write_text(_text(list(written), "\t" if path.suffix == ".tsv" else ","), encoding="utf-8")
    return bring(definition, path, **more)


def _text(rows: Sequence[Mapping[str, str]], separator: str) -> str:
    header = list(rows[0])
    text = csv_text(header, [[row[column] for column in header] for row in rows])
    return text if separator == "," else text.replace(",", separator)


def one(receipt: Receipt) -> dict[str, Any]:
    """The one row a delivery stored."""
    (row,) = stored(receipt.delivery).to_pylist()
    return dict(row)


def claims_of(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A record's candidates, each with the fields that it fills."""
    return [{name: value for name, value in claim.items() if value is not None} for claim in record["claims"]]
