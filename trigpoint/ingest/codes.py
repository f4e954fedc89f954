"""The small whole numbers that stand for words in a delivery's Parquet file. Fixed for ever: old files hold them."""

DETECTION = {"unknown": 0, "reported": 1, "discovered": 2, "referral": 3}
GRADE = {"none": 0, "a": 1, "b": 2, "c": 3, "d": 4, "e": 5}
HANDLING = {"unknown": 0, "p": 1, "c": 2}
MARKING = {"open": 0, "official": 1, "official_sensitive": 2, "secret": 3, "unknown": 4}
"""A marking nobody can read is treated as the most restrictive."""

PRECISION = {"minute": 0, "day": 1, "month": 2}
ROLE = {
    "unknown": 0,
    "occurred": 1,
    "missing_from": 2,
    "found_at": 3,
    "seen_at": 4,
    "met_at": 5,
    "travel_leg": 6,
    "school": 7,
    "home": 8,
    "placement": 9,
    "reporting_station": 10,
}
NEVER_PRIMARY = frozenset({ROLE["home"], ROLE["placement"], ROLE["reporting_station"]})
"""A record is never counted at one of these."""

AREA_LEVEL = {"district": 1, "ward": 2, "lsoa": 3}
NOT_PLOTTABLE = 5
