"""Rows that are truly broken, each kind on purpose: about one in a hundred, to be held in quarantine and nowhere else.

A broken row is a spoiled copy of another, as when somebody half-types an entry and begins again: nothing that
happened is lost by it.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from trigpoint.core.county.tables import Ints, Strings, Table

SHARE = 0.01
_MOST_OF_A_FILE = 6
"""No more than one row in so many of a file is broken: a file of mostly broken rows stops a load."""


class Spoiling(NamedTuple):
    """One kind of fault: the cells it puts in which columns."""

    columns: tuple[str, ...]
    cells: tuple[str, ...]


_NO_DATE = ("31/02/2025", "tbc", "00/00/0000", "n/k", "1st thing Mon")
_NO_TIME = ("2025-02-30T21:15", "2025-13-04T10:00", "tbc", "n/k")
_NO_SQL_DATE = ("2025-02-30 00:00:00.000", "see notes", "2025-13-01 00:00:00.000")
_NO_NUMBER = ("see log", "E?", "approx", "not known")
_NO_COUNT = ("some", "tbc", "see email", "n/k")
_OTHERS = ("Fenland Police", "Norlandshire", "BTP")
_BLANK = ("",)
LOST = "\ufffd"
"""What is left of a letter that a system between could not read."""

SPOILINGS: Mapping[str, tuple[Spoiling, ...]] = {
    "social_care_missing": (
        Spoiling(("miss_missing_episode_start_date",), _NO_SQL_DATE),
        Spoiling(("miss_missing_episode_end_date",), ("2001-01-01 00:00:00.000", "1999-12-31 00:00:00.000")),
        Spoiling(("miss_missing_episode_type",), ("Q", "MISPER", "?")),
        Spoiling(("miss_table_id",), _BLANK),
        Spoiling(("miss_table_id",), (f"M00{LOST}123", f"{LOST}{LOST}0417")),
    ),
    "social_care_contacts": (
        Spoiling(("cont_contact_date",), _NO_SQL_DATE),
        Spoiling(("cont_contact_source_code",), ("99", "6B?", "Pol")),
        Spoiling(("cont_contact_id",), _BLANK),
        Spoiling(("cont_contact_source_code",), (f"2B{LOST}", f"1{LOST}")),
    ),
    "social_care_assessment_factors": (
        Spoiling(("asmt_auth_date",), _NO_SQL_DATE),
        Spoiling(("cinf_table_id",), _BLANK),
    ),
    "education_concerns": (Spoiling(("Date",), _NO_DATE), Spoiling(("Time",), ("break", "P3", "25:61"))),
    "education_exclusions": (
        Spoiling(("StartDate",), _NO_DATE),
        Spoiling(("ExclusionType",), ("EXCL?", "managed move", "-")),
    ),
    "education_cme": (Spoiling(("removed_from_roll",), _NO_DATE), Spoiling(("ref",), _BLANK)),
    "education_attendance": (
        Spoiling(("week_commencing",), _NO_DATE),
        Spoiling(("sessions",), _NO_COUNT),
        Spoiling(("code",), ("??", "Z9")),
    ),
    "youth_sessions": (
        Spoiling(("date",), ("cancelled?", "Fri", "bank hol")),
        Spoiling(("concerns",), ("maybe", "see notes")),
        Spoiling(("session_id",), _BLANK),
    ),
    "return_interviews_rhi": (Spoiling(("date_returned",), _NO_DATE), Spoiling(("rhi_ref",), _BLANK)),
    "safeguarding_board_counts": (Spoiling(("count",), _NO_COUNT),),
    "community_safety_asb": (
        Spoiling(("reported_dt", "_received", "_created"), ("31/02/2025 10:00", "tbc", "n/k")),
        Spoiling(("asb_ref",), _BLANK),
    ),
    "community_safety_closures": (Spoiling(("served_dt", "start"), ("2025-02-30", "tbc")),),
    "community_safety_notices": (
        Spoiling(("start",), ("2025-02-30 10:00", "tbc")),
        Spoiling(("ref",), _BLANK),
    ),
    "community_safety_premises": (Spoiling(("easting",), _NO_NUMBER),),
    "community_safety_lets": (Spoiling(("easting",), _NO_NUMBER),),
    "probation_cohorts": (
        Spoiling(("snapshot_date",), _NO_DATE),
        Spoiling(("cohort",), ("other - see file",)),
    ),
    "police_crime": (
        Spoiling(("committed_from_dt",), _NO_TIME),
        Spoiling(("committed_to_dt",), ("2001-01-01T00:00", "2002-06-30T12:00")),
        Spoiling(("easting",), _NO_NUMBER),
        Spoiling(("crime_ref",), _BLANK),
    ),
    "police_incidents": (
        Spoiling(("created",), ("2025-02-30T10:00:00Z", "n/k", "10:15")),
        Spoiling(("northing",), _NO_NUMBER),
    ),
    "police_missing": (
        Spoiling(("missing_from_dt",), ("31/02/2025 10:00", "this morning", "n/k")),
        Spoiling(("returned_dt",), ("01/01/2001 10:00",)),
        Spoiling(("force",), _OTHERS),
        Spoiling(("risk",), ("Grave", "12")),
    ),
    "police_intelligence": (Spoiling(("event_from",), _NO_TIME), Spoiling(("log_ref",), _BLANK)),
    "police_cawn": (Spoiling(("served_dt",), ("2025-02-30", "tbc")), Spoiling(("status",), ("unclear",))),
    "police_nrm": (Spoiling(("count",), _NO_COUNT),),
    "transport_police_incidents": (Spoiling(("dt",), ("31/02/2025 10:00", "last train")),),
    "health_ae": (Spoiling(("date",), _NO_DATE), Spoiling(("time",), ("late", "25:10", "after school"))),
    "health_totals": (Spoiling(("count",), _NO_COUNT),),
    "youth_justice_cases": (Spoiling(("cases",), _NO_COUNT),),
}
"""The kinds of fault in each feed. Placements have none: whatever row of theirs is no home is left aside."""


def with_broken(table: Table, definition: str, rng: np.random.Generator) -> tuple[Table, int]:
    """The table with spoiled copies of a few rows among its own, and how many."""
    kinds = SPOILINGS.get(definition, ())
    count = min(int(rng.binomial(table.rows, SHARE)), table.rows // _MOST_OF_A_FILE)
    if not kinds or count == 0:
        return table, 0
    copied = rng.choice(table.rows, count, replace=False)
    spoiled = _spoiled(table.take(copied), kinds, rng)
    whole = joined(table, spoiled)
    order = np.argsort(np.concatenate([np.arange(table.rows), copied + 0.5]), kind="stable")
    return whole.take(order), count


def joined(one: Table, other: Table) -> Table:
    """The rows of one table and then those of another with the same columns."""
    return Table(
        {name: np.concatenate([values, other.columns[name]]) for name, values in one.columns.items()}
    )


def _spoiled(rows: Table, kinds: tuple[Spoiling, ...], rng: np.random.Generator) -> Table:
    kind: Ints = rng.integers(0, len(kinds), rows.rows)
    columns: dict[str, Strings] = dict(rows.columns)
    for number, spoiling in enumerate(kinds):
        here = kind == number
        cells = np.array(spoiling.cells)[rng.integers(0, len(spoiling.cells), rows.rows)]
        for name in spoiling.columns:
            columns[name] = np.where(here, cells, columns[name])
    return Table(columns)
