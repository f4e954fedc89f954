"""(n) A shift from sexual to criminal exploitation that is a new code."""

from dataclasses import replace

import numpy as np

from trigpoint.core.county.reporting import words
from trigpoint.core.county.tables import Bools, Strings
from trigpoint.core.county.truths.ground import whole_county
from trigpoint.core.county.truths.planting import Planting, as_date, month_start, with_reports, with_truth
from trigpoint.core.county.truths.truth import CannotPlant, Truth

CODE_FROM = 13
CSE, CCE = 0.11, 0.12
"""What share of contacts is about each, before and after alike."""


def plant(planting: Planting, rng: np.random.Generator) -> Planting:
    """Until month 13 social care had no code for criminal exploitation and wrote it under the sexual one."""
    notes = planting.history.reports["contact"]
    start = month_start(planting, CODE_FROM)
    before = notes.at < start
    if min(before.sum(), (~before).sum()) * CCE < 1:
        raise CannotPlant("too few contacts are known for one of them to be about criminal exploitation")
    theme = notes.theme
    for period, codes in ((before, ("CSE", "CSE")), (~before, ("CSE", "CCE"))):
        theme = _coded(theme, period, codes, rng)
    shares = [
        float((theme[period] == code).mean()) for period in (before, ~before) for code in ("CSE", "CCE")
    ]
    changed = replace(notes, theme=words(theme))
    county = with_reports(planting, {**planting.history.reports, "contact": changed})
    return with_truth(
        county,
        Truth(
            letter="n",
            title="A new code, not a new harm",
            sentence="Criminal exploitation has had a code of its own since month 13; the two together are as many as "
            "before.",
            question=11,
            where=whole_county(county),
            from_day=as_date(start),
            to_day=as_date(county.history.last_day),
            feeds=("social_care_contacts", "social_care_assessment_factors"),
            agencies=("social_care",),
            expected={
                "code_from": as_date(start).isoformat(),
                "cse_share_before": round(shares[0], 3),
                "cce_share_before": shares[1],
                "cse_share_after": round(shares[2], 3),
                "cce_share_after": round(shares[3], 3),
                "both_share_before": round(shares[0] + shares[1], 3),
                "both_share_after": round(shares[2] + shares[3], 3),
            },
        ),
    )


def _coded(theme: Strings, period: Bools, codes: tuple[str, str], rng: np.random.Generator) -> Strings:
    """The themes with just the shares of a period coded as told, and none of its others about either."""
    inside = np.flatnonzero(period)
    open_to = inside[np.isin(theme[inside], ("", "CSE", "CCE"))]
    first, second = round(CSE * len(inside)), max(round(CCE * len(inside)), 1)
    chosen = rng.permutation(open_to)[: first + second]
    changed = theme.copy()
    changed[open_to] = ""
    changed[chosen[:first]], changed[chosen[first:]] = codes
    return changed
