"""Return interviews: several places a record, many of them vague, dated by the day of return and a time of day."""

import numpy as np

from trigpoint.core.county.feeds.wording import County, Records, person_keys, postcodes_near, streets, worded
from trigpoint.core.county.tables import NEVER, Minutes, Strings, british_date, numbered, table_of

_PUSH = ("arguments at home", "placement unhappiness", "school worries", "bullying", "boredom")
_PULL = ("friends", "older peers", "boyfriend or girlfriend", "parties", "money", "family contact")
_VAGUE = {"": 45, "up London": 12, "a flat on the front": 12, "round a mate's": 16, "by the shops": 15}


def interviews(county: County, rng: np.random.Generator) -> Records:
    """rhi.csv: one row a completed or declined interview, filed by the day of return."""
    reports = county.history.reports["interview"]
    events = county.history.events
    count = len(reports.event)
    last = county.history.last_day.astype("datetime64[m]")
    returned: Minutes = np.where(events.ended[reports.event] > last, last, events.ended[reports.event])
    completed = rng.random(count) < 0.85
    days_to = rng.choice(np.array([1, 2, 3, 5, 8]), count, p=[0.3, 0.3, 0.15, 0.15, 0.1])
    done = np.where(completed, returned + (days_to * 1440).astype("timedelta64[m]"), NEVER)
    street, town = streets(county, reports)
    by_street = reports.placed & (town != "") & (rng.random(count) < 0.65)
    child = events.child[reports.event]
    in_care = county.history.children.home[child] >= 0
    table = table_of(
        {
            "rhi_ref": numbered("RHI", np.arange(1, count + 1), 6),
            "child_ref": person_keys(child, 3),
            "police_mp_ref": numbered("MP", reports.event + 1, 7),
            "date_returned": british_date(returned),
            "date_rhi_offered": british_date(returned + np.timedelta64(1440, "m")),
            "date_rhi_completed": british_date(done),
            "within_72h": np.where(completed & (days_to <= 3), "Y", "N"),
            "declined_reason": np.where(
                completed, "", worded({"declined": 70, "unable to contact": 30}, count, rng)
            ),
            "push_factors": _several(_PUSH, count, rng),
            "pull_factors": _several(_PULL, count, rng),
            "missing_from": np.where(in_care, "care", worded({"home": 92, "school": 8}, count, rng)),
            "met_at_street": np.where(by_street, street, ""),
            "met_at_town": np.where(by_street, town, ""),
            "seen_at_postcode": np.where(reports.placed & ~by_street, postcodes_near(county, reports), ""),
            "places_mentioned": worded(_VAGUE, count, rng),
            "transport_used": worded({"train": 30, "bus": 32, "car": 20, "on foot": 18}, count, rng),
            "with_whom_category": worded({"peer": 55, "older": 25, "unknown": 20}, count, rng),
            "time_of_day": time_of_day(reports.at),
            "harm_disclosed": worded({"none": 72, "CSE": 9, "CCE": 13, "CL": 6}, count, rng),
            "info_shared_with_police": worded({"Y": 70, "N": 18, "consent withheld": 12}, count, rng),
            "grading": np.full(count, ""),
        }
    )
    return Records(table, returned)


def time_of_day(at: np.ndarray) -> Strings:
    """morning, afternoon, evening or night by the hour."""
    hour = at.astype("datetime64[h]").astype(np.int64) % 24
    return np.array(["night", "morning", "afternoon", "evening"])[np.digitize(hour, [6, 12, 17, 22]) % 4]


def _several(choices: tuple[str, ...], count: int, rng: np.random.Generator) -> Strings:
    ticked = rng.random((count, len(choices))) < 0.3
    return np.array(
        [";".join(c for c, t in zip(choices, row, strict=True) if t) for row in ticked.tolist()],
        dtype=np.str_,
    )
