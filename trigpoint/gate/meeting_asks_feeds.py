"""What each rule asks of feeds, notices and what stands around: one function a rule, evidence in, questions out."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from math import hypot
from typing import Any

from trigpoint.core.analysis.meeting_questions import Raised
from trigpoint.gate.meeting_asks import Asking
from trigpoint.gate.meeting_evidence import Evidence

__all__ = ["around_notice", "of_feeds"]

MISSING = ("social_care_missing", "police_missing")
INTERVIEWS = ("return_interviews_rhi",)
LOOK_BACK_DAYS = 153
"""Five months: how long without an interview before it is asked about."""
LEAST_MISSING = 10
"""Fewer episodes than this in a ward say nothing of whether anybody speaks with the children."""
ENDS_WITHIN_DAYS = 60
STAYS = ("hotel", "bnb")
NEAR_M = 200
VISITED_M = 50
LEAST_STAYS = 2
STATES_IN_FORCE = ("active", "ends_soon")
NOTICE_WORDS = {
    "cawn": "warning notice",
    "closure": "closure",
    "hotel": "hotel notice",
    "cpn": "community protection notice",
    "pspo": "public spaces protection order",
    "dispersal": "dispersal zone",
}


def of_feeds(found: Evidence, asking: Asking) -> Iterator[Raised]:
    yield from _silent(found, asking)
    yield from _no_interview(found, asking)
    yield from _notices(found, asking)
    yield from _never_visited(found, asking)
    yield from _definitions(found, asking)
    yield from _one_report(found, asking)


def _silent(found: Evidence, asking: Asking) -> Iterator[Raised]:
    answer = found.put(
        "silence", period_from=None, period_to=found.asked.question.period_to, level="district"
    )
    if answer is None:
        return
    feeds = {one.code: one for one in found.asked.version.vocabulary.feeds}
    agencies = {one.id: one.code for one in found.asked.version.vocabulary.agencies}
    districts = found.asked.version.areas("district")
    names = dict(zip(districts.codes, districts.names, strict=True))
    for row in Evidence.rows_of(answer.columns):
        if row["verdict"] != "silent":
            continue
        feed = feeds[row["feed"]]
        agency = agencies[feed.agency]
        yield asking.raised(
            "silent_feed", f"{row['feed']} in {row['district']}", float(row["probability"]), owner=agency,
            place=names.get(row["district"], row["district"]), of=row["district"],
            evidence=("silence", f"feed={row['feed']}"),
            feed=feed.name, since=row["since"], agency=asking.name(agency), told=row["sentence"],
        )  # fmt: skip


def _no_interview(found: Evidence, asking: Asking) -> Iterator[Raised]:
    known = {one.code for one in found.asked.version.vocabulary.feeds}
    wanted = [tuple(one for one in feeds if one in known) for feeds in (MISSING, INTERVIEWS)]
    if not all(wanted):
        return
    end = found.asked.question.period_to or found.day
    since = end - timedelta(days=LOOK_BACK_DAYS)
    missing, interviews = (
        found.put(
            "counts", key=str(feeds), feeds=feeds, themes=(), period_from=since, period_to=end, level="ward",
            counted="events",
        )
        for feeds in wanted
    )  # fmt: skip
    # an agency whose feed this viewer may not see is not thereby silent
    if missing is None or interviews is None or not interviews.about["feeds"]:
        return
    spoken = {row["code"]: row["count"] for row in Evidence.rows_of(interviews.columns)}
    for row in Evidence.rows_of(missing.columns):
        if row["count"] >= LEAST_MISSING and not spoken.get(row["code"], 0):
            yield asking.raised(
                "no_interview", str(row["code"]), min(1.0, row["count"] / 50), place=str(row["name"]), of=str(row["code"]),
                evidence=("counts", "level=ward&feed=" + "&feed=".join(wanted[0])), missing=row["count"],
                since=since, told=f"{row['count']} missing, no interview",
            )  # fmt: skip


def _notices(found: Evidence, asking: Asking) -> Iterator[Raised]:
    answer = found.gaps
    if answer is None:
        return
    wards = found.asked.version.areas("ward")
    names = dict(zip(wards.codes, wards.names, strict=True))
    elsewhere = 0
    for row in Evidence.rows_of(answer.parts["notices"]):
        notice = NOTICE_WORDS.get(row["kind"], row["kind"])
        place = names.get(row["ward_code"], "the county")
        subject = f"{row['kind']} {row['place'] or row['ward_code']} {row['served']}"
        ends = date.fromisoformat(row["ends"]) if row["ends"] else None
        evidence = ("around", "level=ward")
        ending = ends is not None and found.day <= ends <= found.day + timedelta(days=ENDS_WITHIN_DAYS)
        if ends and ending and row["hotspots"]:
            sooner = 1.0 - (ends - found.day).days / (2 * ENDS_WITHIN_DAYS)
            yield asking.raised(
                "notice_ending", subject, sooner, place=place, of=row["ward_code"], evidence=evidence, notice=notice,
                day=ends, told=around_notice(row),
            )  # fmt: skip
        elsewhere += ending and not row["hotspots"]
        if row["gap"]:
            yield asking.raised(
                "notice_alone", subject, 0.6, place=place, of=row["ward_code"], evidence=evidence, notice=notice, months=12,
                told="No record tested within reach of it.",
            )  # fmt: skip
    if elsewhere:
        yield asking.raised(
            "notices_ending", "notices away from hotspots", 0.6, evidence=("notices", ""), n=elsewhere,
            day=found.day + timedelta(days=ENDS_WITHIN_DAYS), told="None of them at a hotspot.",
        )  # fmt: skip


def around_notice(row: Mapping[str, Any]) -> str:
    """Records tested around a notice and the hotspots there; those of its ward where it is told no finer."""
    many, point = row["records"], row["kept"] == "point"
    records = "No count is told" if many is None else f"{many:,} {'record' if many == 1 else 'records'}"
    where = "around it, at" if point else "in its ward, which holds"
    return f"{records} {where} hotspot {', '.join(row['hotspots'])}"


def _never_visited(found: Evidence, asking: Asking) -> Iterator[Raised]:
    """Hotels and guest houses near a hotspot that never had a hotel notice: two or more of them."""
    hot, sites = found.hotspots, found.put("sites", of=("sites",), classes=STAYS)
    notices = found.put("notices", of=("notices",), on=found.day)
    if hot is None or sites is None:
        return
    visited = [
        (row["easting_m"], row["northing_m"])
        for row in (Evidence.rows_of(notices.columns) if notices else [])
        if row["kind"] == "hotel" and row["easting_m"] is not None
    ]
    stays = [row for row in Evidence.rows_of(sites.columns) if row["easting_m"] is not None]
    for row in Evidence.rows_of(hot.parts["hotspots"]):
        if not row["code"]:
            continue
        near = [one for one in stays if _away_m(one, row["easting_m"], row["northing_m"]) <= NEAR_M]
        never = [one for one in near if all(_away_m(one, *at) > VISITED_M for at in visited)]
        if len(never) >= LEAST_STAYS:
            place = f"{row['name']}, {row['ward']}"
            yield asking.raised(
                "never_visited", str(row["code"]), min(1.0, 0.4 + 0.2 * len(never)), owner=(row["agencies"] or [""])[0],
                place=place, of=row["district"], distance=NEAR_M,
                evidence=("around", f"around={row['code']}&radius={NEAR_M}"),
                places=f"{len(never)} hotels and guest houses stand", told="; ".join(sorted(one["name"] for one in never)),
            )  # fmt: skip


def _away_m(site: dict[str, float], easting_m: float, northing_m: float) -> float:
    return hypot(site["easting_m"] - easting_m, site["northing_m"] - northing_m)


def _definitions(found: Evidence, asking: Asking) -> Iterator[Raised]:
    answer = found.hotspots
    told = answer.about.get("definition_breaks", ()) if answer else ()
    for one in told if isinstance(told, list) else ():
        yield asking.raised(
            "changed_definition", f"definition {one['code']}", 0.7, evidence=("coverage", ""), title=one["title"],
            day=one["date"], told=str(one["text"]),
        )  # fmt: skip


def _one_report(found: Evidence, asking: Asking) -> Iterator[Raised]:
    """Events that look like one report told round, by the ward: an event's own place is not the question."""
    answer = found.put("events", level="ward")
    if answer is None:
        return
    wards = found.asked.version.areas("ward")
    names = dict(zip(wards.codes, wards.names, strict=True))
    for row in Evidence.rows_of(answer.columns):
        if not row["circular"]:
            continue
        agencies = str(row["agencies"]).split()
        yield asking.raised(
            "one_report", f"told round in {row['ward_code'] or row['district_code']}", 0.9,
            place=names.get(row["ward_code"], "the county"),
            of=row["ward_code"] or row["district_code"], evidence=("events", "level=ward"),
            agencies=asking.names(agencies), told=f"{row['records']:,} records in {row['month']}, {row['reason']}",
        )  # fmt: skip
