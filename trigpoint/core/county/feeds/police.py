"""Police: recorded crime with a flag for child exploitation on some of it; other crime around it as context."""

from typing import NamedTuple

import numpy as np

from trigpoint.core.county.events import Reports
from trigpoint.core.county.feeds import persons
from trigpoint.core.county.feeds.place_wording import place_texts
from trigpoint.core.county.feeds.positions import beat_centres, building_points, placed_at
from trigpoint.core.county.feeds.wording import County, Late, Records, said_again, wards_of, worded
from trigpoint.core.county.tables import Ints, Minutes, Strings, iso_date, iso_minute, table_of


class Offence(NamedTuple):
    """A class of offence, its share of the feed, and the share of it flagged as child exploitation, and how."""

    code: str
    wording: str
    share: float
    flagged: float
    flag: str


_OFFENCES = (
    Offence("105A", "Assault without injury", 24, 0.02, "CSE"),
    Offence("8N", "Assault with injury", 19, 0.03, "CCE"),
    Offence("8L", "Harassment", 11, 0.02, "CSE"),
    Offence("92D", "Possession of controlled drugs", 13, 0.08, "CCE"),
    Offence("92A", "Trafficking in controlled drugs", 5, 0.28, "CL"),
    Offence("10D", "Possession of article with blade or point", 5, 0.16, "CCE"),
    Offence("34B", "Robbery of personal property", 5, 0.10, "CCE"),
    Offence("58C", "Criminal damage", 12, 0.0, ""),
    Offence("22B", "Sexual activity involving a child under 16", 2.2, 0.55, "CSE"),
    Offence("88A", "Sexual grooming", 0.8, 0.80, "CSE"),
    Offence("13", "Child abduction", 0.5, 0.45, "CSE"),
    Offence("106", "Modern slavery", 0.5, 0.85, "CL"),
    Offence("66", "Public order", 2, 0.0, ""),
)
_PREMISES = {
    "Street": 52,
    "Dwelling": 22,
    "Shop": 9,
    "Licensed premises": 6,
    "Transport": 5,
    "Park": 4,
    "Hotel": 2,
}
_OUTCOMES = {
    "Under investigation": 30,
    "Evidential difficulties": 38,
    "Charged": 12,
    "Community resolution": 8,
    "No suspect": 12,
}
_FLAGGED_WHEN_MISSING = 0.6
_WITH_VICTIM = [n for n, o in enumerate(_OFFENCES) if not o.code.startswith(("92", "10D", "66"))]


_CANCELLED = "Cancelled/No crime"
_WINDOW_DAYS = 55


def crimes(county: County, rng: np.random.Generator) -> Records:
    """crime.csv: one row a crime, filed when it was recorded; a late flag or a cancellation sends the row again."""
    reports = county.history.reports["crime"]
    count = len(reports.event)
    offence = _offences(reports.kind, rng)
    reported = np.maximum(reports.reported_at, reports.at)
    begun = _begun(reports, rng)
    until = np.minimum(reports.at + rng.integers(5, 90, count).astype("timedelta64[m]"), reported)
    ward = wards_of(county, reports)
    district = county.scene.wards.district[ward]
    year = reported.astype("datetime64[Y]").astype(np.int64) + 1970
    key = np.array(
        [f"42/{n:06d}/{y % 100:02d}" for n, y in zip(range(1, count + 1), year.tolist(), strict=True)]
    )
    spot = place_texts(county, reports, "police", key, county.scene.wards.district_name[district], rng)
    position = _positions(county, reports, offence, ward, spot.text, rng)
    flag = _flags(reports, offence, rng)
    outcome = worded(_OUTCOMES, count, rng)
    cancelled = (rng.random(count) < 0.02) & (reports.kind == "") & (reports.theme == "")
    known = np.minimum(reports.flagged_at, reported + np.timedelta64(400 * 1440, "m"))
    victim = 8_000_000 + reports.event
    has_victim = np.isin(offence, _WITH_VICTIM)
    table = table_of(
        {
            "crime_ref": key,
            "reported_dt": iso_minute(reported),
            "committed_from_dt": np.where(reports.day_only, iso_date(begun), iso_minute(begun)),
            "committed_to_dt": np.where(reports.day_only, iso_date(until), iso_minute(until)),
            "ho_code": np.array([o.code for o in _OFFENCES])[offence],
            "offence_desc": np.array([o.wording for o in _OFFENCES])[offence],
            "ce_flag": flag,
            "nominal_flag": np.where(rng.random(count) < 0.4, "Y", "N"),
            "victim_name": np.where(has_victim, persons.full_names(victim), ""),
            "victim_dob": np.where(has_victim, persons.birthdays(victim, first_year=1960, years=57), ""),
            "suspect_name": np.where(rng.random(count) < 0.3, persons.full_names(victim, salt=5), ""),
            "location_text": position.text,
            "premise_type": worded(_PREMISES, count, rng),
            "easting": position.easting,
            "northing": position.northing,
            "beat": np.array([f"B{w:03d}" for w in (ward + 1).tolist()]),
            "district": county.scene.wards.district_name[district],
            "outcome": np.where(cancelled, _CANCELLED, outcome),
            "mo_keywords": worded(
                {"": 70, "group": 12, "vehicle": 8, "phone": 6, "school uniform": 4}, count, rng
            ),
        }
    )
    late_flag = np.flatnonzero((flag != "") & (reports.flagged_at > reported))
    gone = np.flatnonzero(cancelled)
    days = (rng.integers(14, 110, len(gone)) * 1440).astype("timedelta64[m]")
    return Records(
        table,
        reported,
        late=(
            Late(late_flag, known[late_flag], {"ce_flag": np.full(len(late_flag), "")}),
            Late(gone, reported[gone] + days, {"outcome": outcome[gone]}),
        ),
        said=said_again(spot.said, key, position.text),
        personal=("victim_name", "victim_dob", "suspect_name"),
        embedded=spot.embedded,
    )


def _offences(kind: Strings, rng: np.random.Generator) -> Ints:
    """The class of each crime, an index: what its report says, else drawn by share."""
    shares = np.array([o.share for o in _OFFENCES])
    drawn = rng.choice(len(_OFFENCES), size=len(kind), p=shares / shares.sum())
    told = {o.code: n for n, o in enumerate(_OFFENCES)}
    return np.array(
        [told.get(k, d) for k, d in zip(kind.tolist(), drawn.tolist(), strict=True)], dtype=np.int64
    )


def _begun(reports: Reports, rng: np.random.Generator) -> Minutes:
    """When it began: for a few, only known to lie in weeks before somebody noticed."""
    weeks = (rng.random(len(reports.event)) < 0.02) & (reports.kind == "")
    days = rng.integers(7, _WINDOW_DAYS, len(reports.event))
    begun: Minutes = np.where(weeks, reports.at - (days * 1440).astype("timedelta64[m]"), reports.at)
    return begun


class Position(NamedTuple):
    """Where a crime is put by the system: text and two coordinates as typed."""

    text: Strings
    easting: Strings
    northing: Strings


def _positions(
    county: County, reports: Reports, offence: Ints, ward: Ints, text: Strings, rng: np.random.Generator
) -> Position:
    """Mostly the point; some at the middle of the beat, some 0, 0, some at the station where custody found it."""
    district = county.scene.wards.district[ward]
    beat_e, beat_n = beat_centres(county)
    desk_e, desk_n, desk = building_points(county, "police_station")
    chance, plain = rng.random(len(offence)), (reports.kind == "") & (reports.theme == "")
    is_drugs = np.array([o.code.startswith("92") for o in _OFFENCES])[offence]
    custody = plain & is_drugs & (chance < 0.08) & np.isfinite(desk_e[district])
    snapped = plain & ~custody & (chance > 0.97)
    easting_m = np.where(custody, desk_e[district], np.where(snapped, beat_e[ward], reports.easting_m))
    northing_m = np.where(custody, desk_n[district], np.where(snapped, beat_n[ward], reports.northing_m))
    lost = plain & ~custody & (chance > 0.90) & (chance < 0.92) & reports.placed
    without = plain & ~custody & (chance > 0.92) & (chance < 0.94) & reports.placed & (text != "")
    easting, northing = placed_at(easting_m, northing_m, (reports.placed | custody) & ~without)
    return Position(
        text=np.where(custody, np.char.upper(desk[district]), text),
        easting=np.where(lost, "0", easting),
        northing=np.where(lost, "0", northing),
    )


def _flags(reports: Reports, offence: Ints, rng: np.random.Generator) -> Strings:
    """The exploitation flag: what the report says, else by class; crimes found through another stream have it oftener."""
    chance = np.where(reports.own, np.array([o.flagged for o in _OFFENCES])[offence], _FLAGGED_WHEN_MISSING)
    flag = np.array([o.flag or "CCE" for o in _OFFENCES])[offence]
    drawn = np.where(rng.random(len(offence)) < chance, flag, "")
    return np.where(reports.theme != "", reports.theme, drawn)
