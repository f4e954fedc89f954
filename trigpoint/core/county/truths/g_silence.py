"""(g) A district from which an agency stops sending: a fall that is a silence."""

from dataclasses import replace

import numpy as np

from trigpoint.core.county.truths.ground import where
from trigpoint.core.county.truths.planting import (
    Planting,
    as_date,
    month_end,
    month_start,
    with_reports,
    with_truth,
)
from trigpoint.core.county.truths.truth import CannotPlant, Truth

SILENT_FROM = 15


def plant(planting: Planting, rng: np.random.Generator) -> Planting:
    """Community safety sends nothing of a middling district from month 15 on; everything else there goes on."""
    scene, notes = planting.scene, planting.history.reports["asb"]
    if len(scene.wards.district_code) < 2:
        raise CannotPlant("there is one district only, and none beside it to compare with")
    ward = scene.segments.ward[planting.history.events.segment[notes.event]]
    of = scene.wards.district[ward]
    size = np.bincount(of, minlength=len(scene.wards.district_code))
    middling = np.argsort(size)[len(size) // 4 : -(len(size) // 4) or None]
    district = int(rng.choice(middling))
    start = month_start(planting, SILENT_FROM)
    silent = (of == district) & (notes.at >= start)
    before = int(((of == district) & (notes.at < start)).sum())
    county = with_reports(planting, {**planting.history.reports, "asb": notes.take(~silent)})
    inside = np.flatnonzero(scene.wards.district[scene.segments.ward] == district)
    name, code = str(scene.wards.district_name[district]), str(scene.wards.district_code[district])
    return with_truth(
        replace(county, silent_district=district),
        Truth(
            letter="g",
            title="A district that has gone silent",
            sentence=f"Community safety in {name} has sent nothing since month {SILENT_FROM - 1}: "
            "the fall is a silence, and other agencies see no change.",
            question=5,
            where=replace(where(county, inside, 30_000.0), streets=()),
            from_day=as_date(start),
            to_day=as_date(month_end(county, 26)),
            feeds=("community_safety_asb",),
            agencies=("community_safety",),
            expected={
                "district": code,
                "a_month_before": round(before / (SILENT_FROM - 1), 1),
                "records_since": 0,
                "months_silent": 27 - SILENT_FROM,
            },
        ),
    )
