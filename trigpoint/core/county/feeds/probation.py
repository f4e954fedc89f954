"""Probation: cases by ward or postcode sector at each quarter's end, no reference and no hour."""

import numpy as np

from trigpoint.core.county.events import Reports
from trigpoint.core.county.feeds.wording import County, Records, postcodes_near, wards_of, worded
from trigpoint.core.county.scene import ward_codes
from trigpoint.core.county.tables import Strings, iso_date, table_of

_COHORTS = {"CSE/CSA offence": 38, "County lines": 34, "Serious youth violence": 28}


def cohorts(county: County, rng: np.random.Generator) -> Records:
    """probation.csv: one row a case, dated by the day of the quarter on which the snapshot was taken."""
    reports = county.history.reports["probation"]
    count = len(reports.event)
    wards = county.scene.wards
    ward = wards_of(county, reports)
    sector = np.array([code[:-2] for code in postcodes_near(county, reports).tolist()], dtype=np.str_)
    by_sector = rng.random(count) < 0.3
    snapshot = np.minimum(quarter_ends(reports.at), county.history.last_day)
    table = table_of(
        {
            "pdu": wards.district_name[wards.district[ward]],
            "ward_or_postcode_sector": np.where(
                reports.placed, np.where(by_sector, sector, _ward_codes(county, reports)), ""
            ),
            "cohort": worded(_COHORTS, count, rng),
            "snapshot_date": iso_date(snapshot.astype("datetime64[m]")),
        }
    )
    order = np.lexsort((table.columns["cohort"], table.columns["ward_or_postcode_sector"], snapshot))
    return Records(table.take(order), snapshot[order].astype("datetime64[m]"))


def _ward_codes(county: County, reports: Reports) -> Strings:
    """The ward's code as it was on the day, not as it is now."""
    return ward_codes(county.scene, county.history.events.segment[reports.event], reports.at)


def quarter_ends(at: np.ndarray) -> np.ndarray:
    """The last day of the calendar quarter each instant lies in."""
    month = at.astype("datetime64[M]").astype(np.int64)
    following = (month // 3 + 1) * 3
    return following.astype("datetime64[M]").astype("datetime64[D]") - 1
