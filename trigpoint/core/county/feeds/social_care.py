"""Children's social care: missing episodes, contacts and assessment factors, in the statutory data set's column names."""

import json

import numpy as np

from trigpoint.core.county.feeds import persons
from trigpoint.core.county.feeds.place_wording import place_texts
from trigpoint.core.county.feeds.spellings import yes_or_no
from trigpoint.core.county.feeds.wording import (
    County,
    Late,
    Records,
    person_keys,
    postcodes_near,
    worded,
)
from trigpoint.core.county.scene import nearest
from trigpoint.core.county.tables import Ints, Minutes, Strings, numbered, sql_datetime, table_of

_FAMILY = {"Home": 85, "School": 8, "Foster care": 7}
_SOURCES = {
    "1A": ("Individual: family member", 12),
    "1C": ("Individual: self", 3),
    "2A": ("Schools", 22),
    "2B": ("Education � College", 6),
    "3A": ("Health services: GP", 4),
    "3C": ("Health services: School nurse", 5),
    "3E": ("Health services: A&E", 6),
    "4": ("Housing (local authority or housing association)", 3),
    "5A": ("LA services: social care e.g. adult", 6),
    "6": ("Police", 26),
    "7": ("Other legal agency: courts, probation", 2),
    "8": ("Other: children’s centres, voluntary", 3),
    "9": ("Anonymous", 1),
    "10": ("Unknown", 1),
}
_OUTCOMES = ("No further action", "Early help", "Strategy discussion", "Assessment", "Information and advice")
_THEME_OUTCOMES = {
    "CSE": "CSE concern",
    "CCE": "CCE concern",
    "CL": "County lines concern",
    "gangs": "Gang concern",
    "trafficking": "NRM referral",
}
_FACTORS = {"CSE": "11A", "CCE": "24A", "CL": "24A", "gangs": "13A", "trafficking": "12A"}
_OTHER_FACTORS = {
    "10A": 16,
    "14A": 14,
    "18B": 12,
    "18C": 4,
    "19B": 14,
    "19C": 3,
    "13A": 2,
    "11A": 3,
    "24A": 2,
}
_ASSESSED = 0.45
_OPEN_END = "31/12/9999"


def missing(county: County, rng: np.random.Generator) -> Records:
    """csc_missing.csv: one row an episode, filed when it was written down and again when the child is back."""
    reports = county.history.reports["missing"]
    events, children = county.history.events, county.history.children
    count = len(reports.event)
    child = events.child[reports.event]
    home = np.where(child < len(children.home), children.home[np.minimum(child, len(children.home) - 1)], -1)
    begun = np.where(reports.day_only, reports.at.astype("datetime64[D]").astype("datetime64[m]"), reports.at)
    ended = events.ended[reports.event]
    unresolved = ended > county.history.last_day + 1
    key = numbered("M", np.arange(1, count + 1), 6)
    found = place_texts(
        county, reports, "social_care", key, np.full(count, ""), rng, writes=rng.random(count) < 0.66
    )
    by_postcode = reports.placed & ((found.text == "") | (rng.random(count) < 0.1))
    offered = rng.random(count) < 0.85
    nowhere = np.where(rng.random(count) < 0.5, _OPEN_END, "")
    table = table_of(
        {
            "miss_table_id": key,
            "miss_person_id": person_keys(child, 1),
            "child_name": persons.full_names(child),
            "dob": persons.birthdays(child),
            "miss_missing_episode_start_date": sql_datetime(begun),
            "miss_missing_episode_type": np.where(rng.random(count) < 0.88, "M", "A"),
            "miss_missing_episode_end_date": np.where(unresolved, nowhere, sql_datetime(ended)),
            "miss_missing_rhi_offered": yes_or_no(offered, rng),
            "miss_missing_rhi_accepted": yes_or_no(offered & (rng.random(count) < 0.75), rng),
            "missing_from_type": _from(county, home, rng),
            "placement_urn": np.where(home >= 0, county.sites.homes.urn[np.maximum(home, 0)], ""),
            "placement_postcode": _placement_postcode(county, home),
            "found_location_text": found.text,
            "found_postcode": np.where(by_postcode, postcodes_near(county, reports), ""),
        }
    )
    still_out = np.flatnonzero((ended > reports.reported_at) & ~unresolved)
    late = Late(
        still_out,
        ended[still_out] + np.timedelta64(1440, "m"),
        {"miss_missing_episode_end_date": nowhere[still_out]},
    )
    return Records(
        table,
        reports.reported_at,
        late=(late,),
        said=found.said,
        personal=("miss_person_id", "child_name", "dob"),
        embedded=found.embedded,
    )


def contacts(county: County, rng: np.random.Generator) -> Records:
    """csc_contacts.csv: one row a contact; brothers and sisters get one each, alike but for the number."""
    reports = county.history.reports["contact"]
    events = county.history.events
    sibling = rng.random(len(reports.event)) < 0.07
    each = np.repeat(np.arange(len(reports.event)), np.where(sibling, 2, 1))
    again = np.concatenate([[False], each[1:] == each[:-1]])
    child = events.child[reports.event[each]] + np.where(again, 500_000, 0)
    codes = worded({code: share for code, (_, share) in _SOURCES.items()}, len(reports.event), rng)[each]
    theme = reports.theme[each].tolist()
    usual = worded(dict.fromkeys(_OUTCOMES, 1.0), len(reports.event), rng)[each].tolist()
    table = table_of(
        {
            "cont_contact_id": numbered("CN", np.arange(1, len(each) + 1), 7),
            "cont_person_id": person_keys(child, 1),
            "child_name": persons.full_names(child),
            "dob": persons.birthdays(child),
            "cont_contact_date": sql_datetime(_midnight(reports.at[each])),
            "cont_contact_source_code": codes,
            "cont_contact_source_desc": np.array([_SOURCES[code][0] for code in codes.tolist()]),
            "cont_contact_outcome_json": np.array(
                [json.dumps([_THEME_OUTCOMES[t], u] if t else [u]) for t, u in zip(theme, usual, strict=True)]
            ),
            "ssd_address": _addresses(county, reports.event[each], rng),
            "home_postcode": _home_postcodes(county, reports.event[each], rng),
        }
    )
    return Records(table, reports.reported_at[each], personal=("cont_person_id", "child_name", "dob"))


def assessment_factors(county: County, rng: np.random.Generator) -> Records:
    """csc_assessment_factors.csv: one row an assessment, some six weeks after the contact that led to it."""
    contacts_ = county.history.reports["contact"]
    reports = contacts_.take(
        np.flatnonzero((rng.random(len(contacts_.event)) < _ASSESSED) | (contacts_.theme != ""))
    )
    authorised = reports.at + (rng.integers(10, 55, len(reports.event)) * 1440).astype("timedelta64[m]")
    told = authorised.astype("datetime64[D]") <= county.history.last_day
    reports, authorised = reports.take(told), authorised[told]
    count = len(reports.event)
    child = county.history.events.child[reports.event]
    ticked = rng.random((count, len(_OTHER_FACTORS))) < np.array(list(_OTHER_FACTORS.values())) / 100
    return Records(
        table_of(
            {
                "cinf_table_id": numbered("CF", np.arange(1, count + 1), 6),
                "cinf_assessment_id": numbered("AS", np.arange(1, count + 1), 6),
                "cinf_person_id": person_keys(child, 1),
                "dob": persons.birthdays(child),
                "asmt_auth_date": sql_datetime(_midnight(authorised)),
                "cinf_assessment_factors_json": _factors(reports.theme.tolist(), ticked.tolist()),
                "home_postcode": _home_postcodes(county, reports.event, rng),
            }
        ),
        authorised,
        personal=("cinf_person_id", "dob"),
    )


def _factors(themes: list[str], ticked: list[list[bool]]) -> Strings:
    cells = []
    for theme, ticks in zip(themes, ticked, strict=True):
        codes = {code for code, tick in zip(_OTHER_FACTORS, ticks, strict=True) if tick}
        codes |= {_FACTORS[theme]} if theme in _FACTORS else set()
        cells.append(json.dumps(sorted(codes)))
    return np.array(cells, dtype=np.str_)


def _midnight(at: Minutes) -> Minutes:
    """A database date without a time prints midnight, which means unknown."""
    return at.astype("datetime64[D]").astype("datetime64[m]")


def _addresses(county: County, event: Ints, rng: np.random.Generator) -> Strings:
    """The home as the case system exports it: one JSON text, never named by a definition."""
    segment = county.history.events.segment[event]
    street = county.scene.segments.name[segment].tolist()
    houses = rng.integers(1, 200, len(event)).tolist()
    return np.array(
        [
            json.dumps({"HOUSE": str(h), "STREET": s, "TOWN": "", "UPRN": ""})
            for h, s in zip(houses, street, strict=True)
        ],
        dtype=np.str_,
    )


def _home_postcodes(county: County, event: Ints, rng: np.random.Generator) -> Strings:
    """The postcode of home; blank for those with no fixed address or placed outside the county."""
    segments, postcodes = county.scene.segments, county.scene.postcodes
    at = county.history.events.segment[event]
    closest = nearest(postcodes, segments.easting_m[at], segments.northing_m[at])
    return np.where(rng.random(len(event)) < 0.06, "", postcodes.name[closest])


def _from(county: County, home: np.ndarray, rng: np.random.Generator) -> Strings:
    kind = county.sites.homes.kind[np.maximum(home, 0)]
    return np.where(home >= 0, kind, worded(_FAMILY, len(home), rng))


def _placement_postcode(county: County, home: np.ndarray) -> Strings:
    at = county.sites.homes.postcode[np.maximum(home, 0)]
    return np.where(home >= 0, county.scene.postcodes.name[at], "")
