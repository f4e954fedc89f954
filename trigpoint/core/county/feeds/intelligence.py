"""Police intelligence logs: graded, handled, marked, sanitised text beside them that no definition may name."""

import numpy as np

from trigpoint.core.county.feeds import persons
from trigpoint.core.county.feeds.place_wording import place_texts
from trigpoint.core.county.feeds.positions import placed_at
from trigpoint.core.county.feeds.wording import County, Records, wards_of, worded
from trigpoint.core.county.tables import Strings, iso_date, iso_minute, numbered, table_of

_THEMES = {
    "CSE": "CSE",
    "CCE": "CCE",
    "CL": "County lines",
    "weapons": "Weapons",
    "gangs": "Gangs",
    "cuckooing": "Cuckooing",
    "trafficking": "Trafficking",
}
_ALSO = {"": 80, "Drugs": 14, "HSB": 2, "Trafficking": 4}
_GSC = {"OFFICIAL-SENSITIVE": 62, "OFFICIAL": 28, "RESTRICTED": 3, "PROTECT": 2, "SECRET": 2, "": 3}
_CONDITIONS = {"A1": 30, "A2": 25, "S1": 30, "S2": 15}
_LEGACY = 0.07
_SOURCE = {"1": "B", "2": "E", "3": "E"}
_ASSESSED = {"A": "1", "B": "2", "C": "3", "D": "4", "E": "5"}


def intelligence(county: County, rng: np.random.Generator) -> Records:
    """intel.csv: one row a log, filed when it was created, days or weeks after what it tells of."""
    reports = county.history.reports["intelligence"]
    count = len(reports.event)
    created = np.maximum(reports.reported_at, reports.at)
    until = reports.at + rng.integers(30, 2_880, count).astype("timedelta64[m]")
    until = np.minimum(until, created)
    key = numbered("IR", np.arange(1, count + 1), 6)
    district = county.scene.wards.district_name[county.scene.wards.district[wards_of(county, reports)]]
    spot = place_texts(county, reports, "police", key, district, rng)
    positioned = reports.placed & ((rng.random(count) < 0.6) | (spot.text == ""))
    easting, northing = placed_at(reports.easting_m, reports.northing_m, positioned)
    who = 9_000_000 + rng.integers(0, 2_000_000, count)
    subject, handle, plate = persons.full_names(who), persons.handles(who), persons.plates(who)
    legacy = rng.random(count) < _LEGACY
    theme = np.array([_THEMES.get(word, "CCE") for word in reports.theme.tolist()])
    also = worded(_ALSO, count, rng)
    conditional = np.char.endswith(reports.grade, "/C")
    table = table_of(
        {
            "log_ref": key,
            "created": iso_minute(created),
            "event_from": np.where(reports.day_only, iso_date(reports.at), iso_minute(reports.at)),
            "event_to": np.where(reports.day_only, iso_date(until), iso_minute(until)),
            "grade": np.where(legacy, _older(reports.grade), reports.grade),
            "conditions": np.where(conditional, worded(_CONDITIONS, count, rng), ""),
            "gsc": worded(_GSC, count, rng),
            "sanitised_text": _reworded(subject, handle, plate, theme),
            "theme": np.where(also == "", theme, np.char.add(np.char.add(theme, ";"), also)),
            "location_text": spot.text,
            "e": easting,
            "n": northing,
            "subject": subject,
            "subject_handle": handle,
            "subject_vehicle": plate,
        }
    )
    return Records(
        table,
        created,
        said=spot.said,
        personal=("subject", "subject_handle", "subject_vehicle"),
        embedded=spot.embedded,
    )


def _older(grades: Strings) -> Strings:
    """The same grade as the five-by-five-by-five form wrote it: 2/C/P as E31."""
    cells = []
    for grade in grades.tolist():
        source, assessed, handling = [*grade.split("/"), "", "", ""][:3]
        cells.append(
            f"{_SOURCE.get(source, 'E')}{_ASSESSED.get(assessed, '4')}{'1' if handling == 'P' else '4'}"
        )
    return np.array(cells, dtype=np.str_)


def _reworded(subject: Strings, handle: Strings, plate: Strings, theme: Strings) -> Strings:
    """Text that somebody meant to sanitise."""
    rows = zip(subject.tolist(), handle.tolist(), plate.tolist(), theme.tolist(), strict=True)
    shapes = (
        "{who} is said to meet young people here, uses {handle}",
        "A vehicle {plate} is seen often; the driver may be {who}",
        "Young people spoke of an older person known as {handle} ({theme})",
    )
    return np.array(
        [shapes[n % 3].format(who=s, handle=h, plate=p, theme=t) for n, (s, h, p, t) in enumerate(rows)],
        dtype=np.str_,
    )
