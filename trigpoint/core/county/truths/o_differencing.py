"""(o) Two records that two monthly releases give away between them."""

from dataclasses import replace

import numpy as np

from trigpoint.core.county.tables import Bools
from trigpoint.core.county.truths.ground import quiet_spot, where
from trigpoint.core.county.truths.planting import (
    Planting,
    add,
    as_date,
    clear,
    moments,
    month_end,
    month_start,
    take_ground,
    with_reports,
    with_truth,
)
from trigpoint.core.county.truths.truth import Truth

HAPPENED_IN, FIRST_RELEASE, SECOND_RELEASE = 22, 23, 24
LATE = 2
AT_LEAST = 6
KIND, THEME = "22B", "CSE"


def plant(planting: Planting, rng: np.random.Generator) -> Planting:
    """Two crimes of month 22 reach the police in month 24; no other crime of that ward and month comes late."""
    spot = quiet_spot(planting, rng)
    county = clear(planting, spot)
    ward = int(county.scene.segments.ward[spot.segment])
    days = np.arange(month_start(county, HAPPENED_IN), month_end(county, HAPPENED_IN) + 1)
    county = _all_prompt(county, ward)
    short = max(AT_LEAST - int(_of(county, ward).sum()), 0)
    county = add(county, "crime", moments(days[:20], short, rng), spot.segment, rng, prompt=True)
    timely = int(_of(county, ward).sum())
    county = add(
        county, "crime", moments(days, LATE, rng), spot.segment, rng, prompt=True, kind=KIND, theme=THEME
    )
    county = _held_back(county, spot.segment)
    told = where(county, [spot.segment])
    return with_truth(
        take_ground(county, spot),
        Truth(
            letter="o",
            title="Two records between two releases",
            sentence=f"The release after month {FIRST_RELEASE} counts {timely} crimes in this ward for month "
            f"{HAPPENED_IN}, the next one {timely + LATE}: the difference is two children's records.",
            question=12,
            where=told,
            from_day=as_date(month_start(county, HAPPENED_IN)),
            to_day=as_date(month_end(county, SECOND_RELEASE)),
            feeds=("police_crime",),
            agencies=("police",),
            expected={
                "ward": told.wards[0],
                "month": HAPPENED_IN,
                "first_release": timely,
                "second_release": timely + LATE,
                "difference": LATE,
                "known_after": as_date(month_end(county, FIRST_RELEASE)).isoformat(),
                "known_by": as_date(month_end(county, SECOND_RELEASE)).isoformat(),
            },
        ),
    )


def _of(planting: Planting, ward: int) -> Bools:
    """Which crime notes are of the ward (by their event's street) and the month."""
    notes, segments = planting.history.reports["crime"], planting.scene.segments
    of = segments.ward[planting.history.events.segment[notes.event]]
    first, last = month_start(planting, HAPPENED_IN), month_end(planting, HAPPENED_IN)
    return np.asarray((of == ward) & (notes.at >= first) & (notes.at < last + 1), dtype=np.bool_)


def _all_prompt(planting: Planting, ward: int) -> Planting:
    """Every crime of the ward and month, written down within six hours."""
    notes, chosen = planting.history.reports["crime"], _of(planting, ward)
    soon = np.where(chosen, notes.at + np.timedelta64(360, "m"), notes.reported_at)
    changed = replace(notes, reported_at=soon, flagged_at=np.where(chosen, soon, notes.flagged_at))
    return with_reports(planting, {**planting.history.reports, "crime": changed})


def _held_back(planting: Planting, segment: int) -> Planting:
    """The two crimes, written down in the middle of the month of the second release."""
    history = planting.history
    notes = history.reports["crime"]
    chosen = (history.events.segment[notes.event] == segment) & (notes.kind == KIND) & (notes.theme == THEME)
    late = month_start(planting, SECOND_RELEASE).astype("datetime64[m]") + np.timedelta64(14 * 1440, "m")
    when = np.where(chosen, late, notes.reported_at)
    changed = replace(notes, reported_at=when, flagged_at=np.where(chosen, late, notes.flagged_at))
    return with_reports(planting, {**history.reports, "crime": changed})
