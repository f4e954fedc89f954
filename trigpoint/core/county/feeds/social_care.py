"""Children's social care: missing episodes, in the statutory return's column names with a local supplement."""

import numpy as np

from trigpoint.core.county.feeds.wording import (
    County,
    Records,
    person_keys,
    postcodes_near,
    street_and_town,
    worded,
)
from trigpoint.core.county.tables import Strings, numbered, sql_datetime, table_of

_FAMILY = {"Home": 85, "School": 8, "Foster care": 7}


def missing(county: County, rng: np.random.Generator) -> Records:
    """csc_missing.csv: one row an episode, filed by the month it began in."""
    reports = county.history.reports["missing"]
    events, children = county.history.events, county.history.children
    count = len(reports.event)
    child = events.child[reports.event]
    home = children.home[child]
    begun = np.where(reports.day_only, reports.at.astype("datetime64[D]").astype("datetime64[m]"), reports.at)
    ended = events.ended[reports.event]
    offered = rng.random(count) < 0.85
    in_street = rng.random(count) < 0.6
    found = street_and_town(county, reports)
    use_text = reports.placed & in_street & (found != "")
    table = table_of(
        {
            "miss_table_id": numbered("M", np.arange(1, count + 1), 6),
            "miss_person_id": person_keys(child, 1),
            "miss_missing_episode_start_date": sql_datetime(begun),
            "miss_missing_episode_type": np.where(rng.random(count) < 0.88, "M", "A"),
            "miss_missing_episode_end_date": sql_datetime(ended),
            "miss_missing_rhi_offered": np.where(offered, "Y", "N"),
            "miss_missing_rhi_accepted": np.where(offered & (rng.random(count) < 0.75), "Y", "N"),
            "missing_from_type": _from(county, home, rng),
            "placement_urn": np.where(home >= 0, county.sites.homes.urn[np.maximum(home, 0)], ""),
            "placement_postcode": _placement_postcode(county, home),
            "found_location_text": np.where(use_text, found, ""),
            "found_postcode": np.where(reports.placed & ~use_text, postcodes_near(county, reports), ""),
        }
    )
    return Records(table, reports.at)


def _from(county: County, home: np.ndarray, rng: np.random.Generator) -> Strings:
    kind = county.sites.homes.kind[np.maximum(home, 0)]
    return np.where(home >= 0, kind, worded(_FAMILY, len(home), rng))


def _placement_postcode(county: County, home: np.ndarray) -> Strings:
    at = county.sites.homes.postcode[np.maximum(home, 0)]
    return np.where(home >= 0, county.scene.postcodes.name[at], "")
