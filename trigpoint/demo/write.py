"""Write the synthetic county's files, in the agencies' and publishers' own layouts.

Everything in them is invented. CSV is UTF-8 with one header row and plain line feeds unless the table says otherwise.
Blank means not given. `Street, Town` means one text such as `Station Road, Wexmere`, or blank.

Reference layers (those of one morning in this order)
file                              definition            columns
--------------------------------  --------------------  ---------------------------------------------------------------
layers/lad_2024.geojson           ons_districts         LAD24CD LAD24NM (EPSG:4326)
layers/ward_lookup_2024.csv       ward_district_lookup  (BOM) WD24CD WD24NM WD24NMW LAD24CD LAD24NM LAD24NMW CTYUA24CD
                                                        CTYUA24NM CTYUA24NMW RGN24CD RGN24NM RGN24NMW CTRY24CD CTRY24NM
                                                        CTRY24NMW ObjectId
layers/wards_2024.geojson         ons_wards             WD24CD WD24NM LAD24CD LAD24NM (EPSG:4326)
layers/lsoa_2021.geojson          ons_lsoa              LSOA21CD LSOA21NM (EPSG:4326)
layers/codepo_<area>.csv          code_point_open       no header, one file per postcode area: postcode ("ZA1 2BC"),
                                                        quality, easting, northing, country, NHS region, NHS HA, county,
                                                        district, ward
layers/naptan_stops.csv           naptan_stops          the 43 columns of NaPTAN Stops.csv (bus stops)
layers/rail_stations.csv          rail_stations         stationName lat long crsCode iataAirportCode constituentCountry
layers/gias_schools.csv           schools_gias          (cp1252, dates dd-mm-yyyy) URN, LA (code), LA (name),
                                                        EstablishmentNumber, EstablishmentName, TypeOfEstablishment
                                                        (code|name), EstablishmentStatus (code|name), OpenDate, CloseDate,
                                                        PhaseOfEducation (code|name), StatutoryLowAge, StatutoryHighAge,
                                                        Street, Locality, Town, County (name), Postcode,
                                                        DistrictAdministrative (code|name), AdministrativeWard (code|name),
                                                        Easting, Northing
layers/ofsted_providers.csv       ofsted_providers      (BOM, three title lines, then the 2025 header) addresses REDACTED
layers/homes.csv                  homes                 URN class name easting northing opened closed (class is
                                                        "Children's home" or "Supported accommodation"; dates yyyy-mm-dd)
layers/food_hygiene.csv           food_hygiene          FHRSID LocalAuthorityBusinessID BusinessName BusinessType
                                                        BusinessTypeID AddressLine1..4 PostCode RatingValue RatingKey
                                                        RatingDate LocalAuthorityCode LocalAuthorityName SchemeType
                                                        NewRatingPending Longitude Latitude. BusinessType is
                                                        "Hotel/bed & breakfast/guest house" (both; a hotel's name holds
                                                        "Hotel" or "Lodge", a B&B's "Guest House" or "B&B") or
                                                        "Takeaway/sandwich shop"
layers/population_lsoa.csv        population_lsoa       lsoa21_name lsoa21_code total_population 0 1 ... 89 90+
layers/os_open_roads.gpkg         os_open_roads         layer road_link: id fictitious road_classification road_function
                                                        form_of_way road_classification_number name_1 name_1_lang name_2
                                                        name_2_lang road_structure length length_uom loop primary_route
                                                        trunk_road start_node end_node road_number_toid road_name_toid;
                                                        layer road_node: id form_of_road_node (EPSG:27700)
layers/greenspace.gpkg            greenspace            layer greenspace_site: id function distinctive_name_1 (EPSG:27700;
                                                        function "Public Park Or Garden", "Play Space", ...)
layers/base_shapes.gpkg           base_shapes           layer base_shapes: class name (EPSG:27700; class is one of sea land
                                                        neighbour_land built wood park water rail river)
layers/food_hygiene_<nnn>.xml     food_hygiene_xml      half of the districts, one file each: FHRSEstablishment / Header,
                                                        EstablishmentCollection / EstablishmentDetail with the names above
                                                        and Scores, Geocode / Longitude Latitude; the CSV has the others
layers/osopenuprn.csv             os_open_uprn          UPRN X_COORDINATE Y_COORDINATE LATITUDE LONGITUDE
layers/onspd.csv                  onspd                 pcd pcd2 pcds dointr doterm oscty oslaua osward usertype oseast1m
                                                        osnrth1m osgrdind oa21 lsoa21 msoa21 lat long imd (terminated
                                                        postcodes too; doterm yyyymm)
layers/imd_2025.csv               imd                   "LSOA code (2021)" "LSOA name (2021)" "Local Authority District
                                                        code (2024)" "Local Authority District name (2024)" "Index of
                                                        Multiple Deprivation (IMD) Score" "... Rank (where 1 is most
                                                        deprived)" "... Decile (where 1 is most deprived 10% of LSOAs)"
layers/lsoa_lookup_2021.csv       lsoa_lookup           LSOA21CD LSOA21NM WD24CD WD24NM LAD24CD LAD24NM ObjectId
layers/wards_2025.geojson         ons_wards             WD25CD WD25NM LAD25CD LAD25NM: the boundaries of May 2025
layers/public_buildings.csv       public_buildings      ref class (police_station|civic_centre|hospital|library|leisure
                                                        centre) name easting northing postcode
layers/gias_links.csv             gias_links            URN LinkURN LinkName LinkType (Predecessor|Successor)
                                                        LinkEstablishedDate (dd-mm-yyyy)
transport/{bus,rail}_gtfs.zip     {bus,rail}_timetable  GTFS: agency stops routes trips stop_times calendar shapes

Records and notices
CSV unless told otherwise; `+` marks columns a definition must not name: they hold invented names, dates of birth,
telephones, handles, plates and person references other than the one that becomes a token. A small share of rows is
broken on purpose (see core/county/feeds/breakage.py): a date that is none, a word for a coordinate, no key, an end
before its start, letters lost in a key, another force's row, a totals row at the foot. `place text` means free text
as typed ("behind the chippy, Station Rd"), blank, or a vague word ("up London").

file                                        definition, how often, days after; columns
------------------------------------------  --------------------------------------------------------------------------
csc_missing_<yyyy-mm>.csv                   social_care_missing, monthly, 8 (BOM). miss_table_id miss_person_id (token)
                                            +child_name +dob miss_missing_episode_start_date
                                            miss_missing_episode_type (M|A) miss_missing_episode_end_date (blank or
                                            31/12/9999 = open) miss_missing_rhi_offered miss_missing_rhi_accepted
                                            (Y|N|Yes|No|1|0|blank) missing_from_type (Home | Children's home | Supported
                                            accommodation | Foster care | School) placement_urn placement_postcode
                                            found_location_text (place text) found_postcode. yyyy-mm-dd hh:mm:ss.000;
                                            midnight = day only. Closed episodes and amended rows are sent again
csc_contacts_<yyyy-mm>.csv                  social_care_contacts, monthly, 8. cont_contact_id cont_person_id (token)
                                            +child_name +dob cont_contact_date (yyyy-mm-dd 00:00:00.000)
                                            cont_contact_source_code (1A..10) cont_contact_source_desc (mojibake; do not
                                            name) cont_contact_outcome_json (["MACE referral"...]) +ssd_address (JSON)
                                            home_postcode (role home)
csc_assessment_factors_<yyyy-mm>.csv        social_care_assessment_factors, monthly, 9. cinf_table_id
                                            cinf_assessment_id cinf_person_id (token) +dob asmt_auth_date (yyyy-mm-dd
                                            00:00:00.000) cinf_assessment_factors_json (["10A", "11A", "24A"])
                                            home_postcode (role home)
csc_placements_<yyyy>-Q<n>.csv              social_care_placements, quarterly, 10, whole register. clap_cla_placement_id
                                            clap_person_id(+) clap_cla_placement_start_date (dd/mm/yyyy)
                                            clap_cla_placement_type (H5 K1 K2 P2 R1 S1 U1..U6 T0 Z1)
                                            clap_cla_placement_urn (SC999999 or 7 digits, blank for U/P)
                                            clap_cla_placement_distance clap_cla_placement_provider
                                            clap_cla_placement_postcode clap_cla_placement_end_date
                                            clap_cla_placement_change_reason. One row a placement, so a home stands
                                            several times; only H5 K1 K2 R1 are sites
edu_exclusions_<yyyy-mm>.csv                education_exclusions, monthly, 5, a line of group captions above the header.
                                            UPN (token) +PupilName SchoolURN LAESTAB ExclusionType (PERM|SUSP) Reason
                                            StartDate (dd/mm/yyyy, 1-Sep-25) Sessions AMPM. A month is sent whole; each
                                            term the last month is restated with a few rows gone
edu_cme_<yyyy-mm>.csv                       education_cme, monthly, 6. ref +pupil_name +dob last_school_urn
                                            removed_from_roll (dd/mm/yyyy; in three months Excel serials) reason ward
                                            (ward name)
edu_attendance_<yyyy>_HT<n>.tsv             education_attendance, each half-term, 7, tabs. school_urn LAESTAB school
                                            week_commencing (dd/mm/yyyy) code (N O G U B C PA SA) sessions
                                            (number, c = suppressed, x = not collected). Secondary schools and PRUs
edu_concerns_<yyyy-mm>.csv                  education_concerns, monthly, 5. PupilRef (token) +Pupil Date (dd/mm/yyyy or
                                            1-Sep-25) Time (hh:mm or blank) School (name as typed) SchoolURN Category
                                            "Location text" (place text) Action. A month is sent whole
youth_sessions_<yyyy-mm>.xlsx               youth_sessions, monthly, 4, workbook, two title lines, sheet "Sessions".
                                            session_id week_commencing (date cell) date (date cell, or text "Fri 3rd")
                                            start end (hh:mm) team patch location_name (place text) what3words latitude
                                            longitude (half of sessions) yp_contacts age_band theme_notes (;) concerns
                                            (Y|N|Yes|No|blank) follow_up +worker +worker_mobile
rhi_<yyyy-mm>.ods                           return_interviews_rhi, monthly, 6, OpenDocument. rhi_ref +child_name
                                            +child_dob child_ref (token) police_mp_ref date_returned date_rhi_offered
                                            date_rhi_completed (dd/mm/yyyy) within_72h declined_reason push_factors
                                            pull_factors (";" or line break) missing_from met_at_street met_at_town
                                            seen_at_postcode places_mentioned (place texts, ";" or line break)
                                            transport_used with_whom_category time_of_day harm_disclosed (none|CSE|CCE|
                                            CL, ";") info_shared_with_police (Y|N|consent withheld) grading (blank)
board_counts_<yyyy>-Q<n>.xlsx               safeguarding_board_counts, quarterly, 15, workbook, three title lines, totals
                                            row at the foot ("Total"). district (name) quarter (2026-Q1) measure count
                                            (multiple of 5, or <5)
asb_<district>_<yyyy-mm>.csv|xlsx           community_safety_asb, monthly, 5, one file a district, four layouts:
                                            A  asb_ref reported_dt (dd/mm/yyyy hh:mm or dd/mm/yyyy) category easting
                                               northing uprn street town outcome cpn_stage +complainant +phone
                                            B  (cp1252) "Ref No" "Date Reported" Type X Y (metres, degrees, or exchanged)
                                               Location (place text) Town Result Stage +"Reported By"
                                            C  "Case ID" Received (1-Sep-25) "Complaint Type" "Grid Ref" (TF 912 845, and
                                               other letters) Address (Street, Town) Outcome +Contact
                                            D  (xlsx, one title line) SRNumber Created (date-time cell) "Category
                                               Description" UPRN Street Locality Status
closures_<yyyy>-Q<n>.csv                    community_safety_closures, quarterly, 9, whole register. ref type
                                            (notice|order|partial) issued_by served_dt start end extended_to
                                            (yyyy-mm-dd) premises_class grounds uprn street town easting northing
premises_<yyyy>-<mm>.csv                    community_safety_premises, half-yearly, 9, whole register. licence_no
                                            premises_name licence_type (Pub | Off licence | Nightclub | Late night
                                            refreshment | Members' club) address postcode uprn easting northing granted
                                            surrendered (dd/mm/yyyy) +licence_holder
lets_<yyyy>-<mm>.csv                        community_safety_lets, half-yearly, 9, whole register. ref register (HMO |
                                            Short-let) address postcode uprn easting northing licence_start licence_end
                                            (dd/mm/yyyy) max_occupants +licensee +licensee_phone
notices_<yyyy>-Q<n>.csv                     community_safety_notices, quarterly, 9, whole register. ref type (CPW | CPN |
                                            PSPO | Dispersal) issued_by start end (yyyy-mm-dd hh:mm) grounds street town
                                            easting northing boundary_wkt (EPSG:27700, PSPO and Dispersal) +issued_to
probation_<yyyy>-Q<n>.csv                   probation_cohorts, quarterly, 15. pdu ward_or_postcode_sector (a ward code,
                                            or ZM1 2) cohort snapshot_date (yyyy-mm-dd). One row a case, no reference
crime_<yyyy-mm-dd>.csv                      police_crime, weekly (the Monday it begins), 5. crime_ref reported_dt
                                            committed_from_dt committed_to_dt (yyyy-mm-ddThh:mm, or yyyy-mm-dd = day
                                            only) ho_code
                                            offence_desc ce_flag (CSE|CCE|CL|blank; may come weeks later in a row sent
                                            again) nominal_flag +victim_name +victim_dob +suspect_name location_text
                                            (place text; "Marlshire Police Station" for custody) premise_type easting
                                            northing (0,0; snap points; station) beat district outcome ("Cancelled/No
                                            crime" in rows sent again) mo_keywords. One file from the BI tool instead has
                                            the headers CrimeReference ReportedDateTime CommittedFrom CommittedTo
                                            HOCode OffenceDescription CEFlag LocationText PremiseType Easting Northing
                                            Beat District Outcome and American times (09/30/2025 09:05:00 PM)
storm_<yyyy-mm>.csv                         police_incidents, monthly, 3. incident_no created closed
                                            (yyyy-mm-ddThh:mm:ssZ, UTC) opening_code closing_code qualifiers (;)
                                            location (place text) easting northing grade (1-4) +caller +caller_phone
compact_<yyyy-mm>.csv                       police_missing, monthly, 4. mp_ref force (owner: "Marlshire" is ours)
                                            +name +dob reported missing_from_dt (dd/mm/yyyy hh:mm)
                                            missing_from_location (Home | Care | School, no address) risk
                                            (High|Medium|Low|NAR|Absent) returned_dt found_location_text (place text)
                                            found_e found_n found_by flags (CSE;CCE;3in90) prevention_interview_dt
                                            person_ref (token)
intel_<yyyy-mm>.csv                         police_intelligence, monthly, 5. log_ref created event_from event_to
                                            (yyyy-mm-ddThh:mm) grade (2/C/P or B24, E41 legacy) conditions
                                            (blank|A1|A2|S1|S2)
                                            gsc (OFFICIAL | OFFICIAL-SENSITIVE | SECRET | RESTRICTED | PROTECT | blank)
                                            +sanitised_text theme (";": CSE CCE "County lines" Cuckooing Weapons "Gangs"
                                            Drugs HSB Trafficking) location_text (place text) e n
cawn_<yyyy>-<mm>.csv                        police_cawn, half-yearly, 3, whole register. cawn_ref served_dt (yyyy-mm-dd)
                                            basis ("s2 1984"|"s49 1989") age_band status (active|expired|breached|
                                            withdrawn) review_dt +adult_name +child_name location_role location (Street,
                                            Town) easting northing (rounded to 100 m) breaches (1-3) last_breach_dt
nrm_<yyyy>-Q<n>.csv                         police_nrm, quarterly, 40. district (name) month (yyyy-mm) exploitation_type
                                            count (number or <5)
btp_<yyyy-mm>.csv                           transport_police_incidents, monthly, 7. station_crs line incident dt
                                            (dd/mm/yyyy hh:mm). No reference: a month is sent whole
ae_<yyyy-mm>.csv                            health_ae, monthly, 9. date (dd/mm/yyyy) time (hh:mm) +nhs_no age_band weapon
                                            (knife|blunt object|fists or feet|bottle|unknown) location_text (place text)
                                            geocode_confidence (high|low|none) easting northing. A month is sent whole
health_totals_<yyyy>-Q<n>.csv               health_totals, quarterly, 30. district (name) quarter service measure count
                                            (number, <5 or c); totals row at the foot
yj_cases_<yyyy>-Q<n>.xlsx                   youth_justice_cases, quarterly, 20, workbook, two title lines. ward_code
                                            ward_name quarter (2026-Q1) offence_category cases (number or <5)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from trigpoint.core.county.make import make_geography
from trigpoint.core.county.model import Geography, Size
from trigpoint.core.county.records import CountyRecords, make_records
from trigpoint.demo.files.county_file import CountyFile
from trigpoint.demo.files.deliveries import delivery_files
from trigpoint.demo.files.layers import layer_files
from trigpoint.demo.files.sentinels import sentinels_of

__all__ = ["CountyFile", "CountyFiles", "MakeCounty", "marlshire", "write_county"]

_BEFORE_LOADING_DAYS = 7
MakeCounty = Callable[[int, Size, date], tuple[Geography, CountyRecords]]


@dataclass(frozen=True, slots=True)
class CountyFiles:
    """The county's files in the order they are to be loaded: as they arrived, reference layers before deliveries.

    `sentinels` is every invented name, date of birth, identifier, telephone, handle and plate in them.
    """

    folder: Path
    county: str
    geography: Geography
    records: CountyRecords
    files: tuple[CountyFile, ...]
    sentinels: frozenset[str]


def marlshire(seed: int, size: Size, end: date) -> tuple[Geography, CountyRecords]:
    """The county of the demo: its ground and what its agencies wrote."""
    geography = make_geography(seed, size)
    return geography, make_records(geography, seed, end=end)


def write_county(
    folder: Path, *, seed: int, size: str = "county", end: date, make: MakeCounty = marlshire
) -> CountyFiles:
    """Write every file of the county of this seed and size, with 26 months of records up to and including `end`.

    `make` makes another county than the demo's, for measuring with.

    Raises ValueError for a size other than "county" or "village", before anything is written.
    """
    geography, records = make(seed, _known_size(size), end)
    first = date.fromisoformat(str(records.county.history.first_day)) - timedelta(days=_BEFORE_LOADING_DAYS)
    layers = list(layer_files(folder, geography, records, first, end))
    deliveries = sorted(
        delivery_files(folder / "records", records, seed), key=lambda file: (file.received_at, file.path.name)
    )
    # The sort is stable: layers of one morning stay in the order in which they build on one another.
    files = sorted([*layers, *deliveries], key=lambda file: file.received_at)
    return CountyFiles(folder, geography.name, geography, records, tuple(files), sentinels_of(records))


def _known_size(size: str) -> Size:
    known: tuple[Size, ...] = ("county", "village")
    for each in known:
        if each == size:
            return each
    raise ValueError(f"There is no county of size {size!r}: choose county or village.")
