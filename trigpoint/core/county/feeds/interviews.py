"""Return interviews: several places a record, many of them vague, several ticked words in one cell, consent withheld."""

import numpy as np

from trigpoint.core.county.events import Reports
from trigpoint.core.county.feeds import persons
from trigpoint.core.county.feeds.place_wording import place_texts
from trigpoint.core.county.feeds.spellings import joined_choices
from trigpoint.core.county.feeds.wording import (
    County,
    Records,
    Said,
    person_keys,
    postcodes_near,
    streets,
    worded,
)
from trigpoint.core.county.tables import NEVER, Minutes, Strings, british_date, numbered, table_of

_PUSH = ("arguments at home", "placement unhappiness", "school worries", "bullying", "boredom")
_PULL = ("friends", "older peers", "boyfriend or girlfriend", "parties", "money", "family contact")
_HARMS = {"none": 68, "CSE": 9, "CCE": 13, "CL": 6, "CCE;CL": 3, "CSE;CCE": 1}


def interviews(county: County, rng: np.random.Generator) -> Records:
    """rhi.ods: one row an interview, completed, declined or not reached, filed when it was written down."""
    reports = county.history.reports["interview"]
    events = county.history.events
    count = len(reports.event)
    last = county.history.last_day.astype("datetime64[m]")
    returned: Minutes = np.where(events.ended[reports.event] > last, last, events.ended[reports.event])
    completed = rng.random(count) < 0.85
    days_to = rng.choice(np.array([1, 2, 3, 5, 8]), count, p=[0.3, 0.3, 0.15, 0.15, 0.1])
    done = np.where(completed, returned + (days_to * 1440).astype("timedelta64[m]"), NEVER)
    child = events.child[reports.event]
    homes = county.history.children.home
    in_care = homes[np.minimum(child, len(homes) - 1)] >= 0
    reference = numbered("RHI", np.arange(1, count + 1), 6)
    separator = np.where(rng.random(count) < 0.7, ";", "\n").tolist()
    street, town = streets(county, reports)
    by_street = reports.placed & (town != "") & (rng.random(count) < 0.2)
    by_postcode = reports.placed & ~by_street & (rng.random(count) < 0.08)
    places, said, embedded = _places(county, reports, reference, ~(by_street | by_postcode), separator, rng)
    friends = rng.random(count) < 0.12
    table = table_of(
        {
            "rhi_ref": reference,
            "child_name": persons.full_names(child),
            "child_dob": persons.birthdays(child),
            "child_ref": person_keys(child, 3),
            "police_mp_ref": numbered("MP", reports.event + 1, 7),
            "date_returned": british_date(returned),
            "date_rhi_offered": british_date(returned + np.timedelta64(1440, "m")),
            "date_rhi_completed": british_date(done),
            "within_72h": np.where(completed & (days_to <= 3), "Y", "N"),
            "declined_reason": np.where(
                completed, "", worded({"declined": 70, "unable to contact": 30}, count, rng)
            ),
            "push_factors": joined_choices(rng.random((count, len(_PUSH))) < 0.3, _PUSH, separator),
            "pull_factors": np.where(
                friends,
                "friends",
                joined_choices(rng.random((count, len(_PULL))) < 0.3, _PULL, separator),
            ),
            "missing_from": np.where(in_care, "care", worded({"home": 92, "school": 8}, count, rng)),
            "met_at_street": np.where(by_street, street, ""),
            "met_at_town": np.where(by_street, town, ""),
            "seen_at_postcode": np.where(by_postcode, postcodes_near(county, reports), ""),
            "places_mentioned": places,
            "transport_used": worded({"train": 30, "bus": 32, "car": 20, "on foot": 18}, count, rng),
            "with_whom_category": worded({"peer": 55, "older": 25, "unknown": 20}, count, rng),
            "time_of_day": time_of_day(reports.at),
            "harm_disclosed": np.where(reports.theme != "", reports.theme, worded(_HARMS, count, rng)),
            "info_shared_with_police": worded({"Y": 68, "N": 20, "consent withheld": 12}, count, rng),
            "grading": np.full(count, ""),
        }
    )
    return Records(
        table,
        reports.reported_at,
        said=said,
        personal=("child_name", "child_dob", "child_ref"),
        embedded=embedded,
    )


def _places(
    county: County,
    reports: Reports,
    reference: Strings,
    writes: np.ndarray,
    separator: list[str],
    rng: np.random.Generator,
) -> tuple[Strings, Said, tuple[str, ...]]:
    """One cell of one to three places: where they met, and vaguer ones beside it."""
    count = len(reports.event)
    told = place_texts(county, reports, "interview", reference, np.full(count, ""), rng, writes=writes)
    vague = np.array(county.manner.styles["interview"].vague)
    more = rng.random(count)
    added = vague[rng.integers(0, len(vague), count)].tolist()
    cells = []
    for text, chance, word, joint in zip(told.text.tolist(), more.tolist(), added, separator, strict=True):
        cells.append(joint.join([text, word]) if text and chance < 0.25 else text)
    return np.array(cells, dtype=np.str_), told.said, told.embedded


def time_of_day(at: np.ndarray) -> Strings:
    """morning, afternoon, evening or night by the hour."""
    hour = at.astype("datetime64[h]").astype(np.int64) % 24
    return np.array(["night", "morning", "afternoon", "evening"])[np.digitize(hour, [6, 12, 17, 22]) % 4]
