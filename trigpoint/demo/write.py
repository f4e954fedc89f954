"""Write the synthetic county's files, in the agencies' and publishers' own layouts.

Everything in them is invented. CSV is UTF-8 with one header row and CRLF-free line ends unless the table says otherwise.
Blank means not given. `Street, Town` means one text such as `Station Road, Wexmere`, or blank.

Reference layers (loaded first, in this order)

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
transport/bus_gtfs.zip, rail_gtfs.zip   (none yet)      agency stops routes trips stop_times calendar shapes

Records: one file a month (probation: one a quarter)

file                              definition               columns
--------------------------------  -----------------------  ------------------------------------------------------------
csc_missing_<yyyy-mm>.csv         social_care_missing      miss_table_id miss_person_id miss_missing_episode_start_date
                                                           miss_missing_episode_type (M|A)
                                                           miss_missing_episode_end_date miss_missing_rhi_offered
                                                           miss_missing_rhi_accepted (Y|N) missing_from_type (Home |
                                                           Children's home | Supported accommodation | Foster care |
                                                           School) placement_urn placement_postcode found_location_text
                                                           (Street, Town) found_postcode. Date-times
                                                           yyyy-mm-dd hh:mm:ss.000; midnight exactly = day only
edu_concerns_<yyyy-mm>.csv        education_concerns       PupilRef Date (dd/mm/yyyy) Time (hh:mm or blank) School
                                                           SchoolURN Category "Location text" (Street, Town) Action
edu_exclusions_<yyyy-mm>.csv      education_exclusions     UPN SchoolURN LAESTAB ExclusionType (PERM|SUSP) Reason
                                                           StartDate (dd/mm/yyyy) Sessions AMPM (AM|PM)
youth_sessions_<yyyy-mm>.csv      youth_sessions           session_id date (yyyy-mm-dd) start end (hh:mm) team patch
                                                           location_name latitude longitude yp_contacts age_band
                                                           theme_notes concerns (Y|N) follow_up (Y|N)
rhi_<yyyy-mm>.csv                 return_interviews_rhi    rhi_ref child_ref police_mp_ref date_returned date_rhi_offered
                                                           date_rhi_completed (dd/mm/yyyy) within_72h (Y|N) declined_reason
                                                           push_factors pull_factors (";"-joined) missing_from
                                                           (home|care|school) met_at_street met_at_town seen_at_postcode
                                                           places_mentioned (vague text, never placeable) transport_used
                                                           with_whom_category time_of_day harm_disclosed (CSE|CCE|CL|none)
                                                           info_shared_with_police (Y|N|consent withheld) grading
asb_<yyyy-mm>.csv                 community_safety_asb     asb_ref reported_dt (dd/mm/yyyy hh:mm, or dd/mm/yyyy = day only)
                                                           category easting northing uprn street town outcome cpn_stage
crime_<yyyy-mm>.csv               police_crime             crime_ref reported_dt committed_from_dt committed_to_dt
                                                           (yyyy-mm-ddThh:mm, or yyyy-mm-dd = day only) ho_code
                                                           offence_desc ce_flag (CSE|CCE|CL|blank) nominal_flag
                                                           location_text (Street, Town) premise_type easting northing beat
                                                           district outcome mo_keywords
probation_<yyyy>-Q<n>.csv         probation_cohorts        pdu ward_or_postcode_sector (a ward code) cohort snapshot_date
                                                           (yyyy-mm-dd); one row is one case, no reference
cawn_register.csv                 police_cawn              cawn_ref served_dt (yyyy-mm-dd) basis ("s2 1984"|"s49 1989")
                                                           age_band status (active|expired|breached|withdrawn) review_dt
                                                           location_role location (Street, Town) easting northing
                                                           (rounded to 100 m)
closures_register.csv             community_safety_closures  ref type (notice|order|partial) issued_by served_dt start end
                                                           extended_to (yyyy-mm-dd) premises_class grounds uprn street
                                                           town easting northing

Person keys are plainly invented (`ZZ-000123`) and stand in miss_person_id, PupilRef, UPN and child_ref only.
"""
