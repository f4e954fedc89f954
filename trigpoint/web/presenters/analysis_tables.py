"""Which tables of an answer a page shows, in which order, with which of their columns: what matters first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["TABLES", "Shown"]

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of an answer ("" its own rows), its title, the columns shown; all of them where none are named.

    `keep` are the rows shown, `most` the column whose highest come first, `first` rows that come before all others; else
    they stand as they were answered. What is `folded` is opened by those who want it.
    """

    part: str
    title: str
    columns: tuple[str, ...] = ()
    keep: Callable[[Row], bool] | None = None
    most: str = ""
    first: Callable[[Row], bool] | None = None
    folded: bool = False
    empty: str = ""


def _not_sending(row: Row) -> bool:
    return bool(row["verdict"] != "sending")


def _changed(row: Row) -> bool:
    return bool(row["verdict"] != "no change seen")


def _a_hundredth(row: Row) -> bool:
    return bool(row["of_whole"] >= 0.01)


def _any_figure(row: Row) -> bool:
    return any(row[name] is not None for name in ("before", "after", "value"))


def _some(row: Row) -> bool:
    return bool(row["units"])


TABLES: dict[str, tuple[Shown, ...]] = {
    "questions": (),
    "hotspots": (
        Shown(
            "hotspots",
            "The hotspots",
            ("letter", "name", "ward", "count", "people", "p", "agencies", "since", "stays"),
            empty="Nothing passes the test here.",
        ),
    ),
    "emerging": (
        Shown(
            "rising",
            "Rising: more than their own past",
            ("name", "ward", "sentence", "people", "rise_p"),
            empty="No place has more than its own past and the county's months would give.",
        ),
        Shown(
            "returning",
            "Back with a school holiday or a season",
            ("name", "ward", "label", "sentence", "people"),
            empty="No place comes back with a school holiday or a season, as far as can be told.",
        ),
        Shown(
            "places",
            "Hot over time",
            ("name", "ward", "category", "since", "count", "last", "people"),
            empty="No place has been hot over time.",
        ),
        Shown("classes", "How many places of each pattern", ("category", "units"), keep=_some),
    ),
    "scan": (
        Shown(
            "",
            "The clusters, the most likely first",
            (
                "rank",
                "name",
                "ward",
                "first_day",
                "last_day",
                "observed",
                "expected",
                "ratio",
                "p",
                "recurrence_days",
                "people",
                "silent_feeds",
            ),
            empty="No cluster was found.",
        ),
    ),
    "joint": (
        Shown(
            "",
            "The hotspots, and who shows them",
            ("letter", "name", "ward", "count", "people", "joined_only", "alone", "gone_without", "p"),
            empty="Nothing passes the test here.",
        ),
        Shown(
            "shares", "Whose records make each", ("letter", "agency", "of_whole", "gone"), keep=_a_hundredth
        ),
        Shown(
            "agencies",
            "Agency by agency",
            ("agency", "events", "told_alone", "hotspots", "only_alone", "lost_without"),
        ),
        Shown(
            "pairs", "Two agencies together", ("agency", "beside", "hotspots", "only_together"), folded=True
        ),
        Shown(
            "agreement", "Do they show the same places", ("agency", "beside", "s", "differing"), folded=True
        ),
    ),
    "around": (
        Shown("gaps", "What to ask", ("sentence",)),
        Shown("classes", "By kind of place", ("class", "count", "nearest_m", "mean", "words")),
        Shown("", "One by one, the nearest first", folded=True),
        Shown("notices", "Notices", folded=True),
        Shown("areas", "Counted by area, not placed", ("class", "name", "count")),
    ),
    "facilities": (
        Shown("", "Where risk is higher", ("class", "how", "distance_m", "relative_risk", "held")),
        Shown("not_chosen", "Kinds of place that made no difference", ("class", "class_held")),
        Shown(
            "quarters",
            "Quarter by quarter",
            ("class", "near_m", "quarter", "near", "share", "of_county", "ratio", "ratio_low", "ratio_high"),
        ),
        Shown("trends", "Rising or falling near them", ("class", "near_m", "trend_z", "trend_p")),
    ),
    "silence": (
        Shown(
            "",
            "Not sending, or perhaps not",
            ("sentence",),
            keep=_not_sending,
            most="probability",
            empty="Every feed is sending in every district.",
        ),
        Shown(
            "feeds", "How each feed sends", ("feed", "cadence", "months", "gaps", "gap_months"), folded=True
        ),
    ),
    "flows": (
        Shown("returns", "Back to the same place", ("sentence",)),
        Shown("", "From and to", ("from_name", "to_name", "journeys", "people", "direct")),
        Shown("stations", "To the nearest station", ("from_name", "station", "journeys", "people", "direct")),
    ),
    "times": (
        Shown(
            "window",
            "Is it more than usual",
            ("compared_with", "count", "share", "expected_share", "ratio", "decided_in", "decided", "p"),
        ),
        Shown(
            "routes",
            "Route by route",
            ("name", "count", "share", "expected_share", "ratio", "p", "q"),
            first=lambda row: row["q"] is not None and row["q"] <= 0.05 and (row["ratio"] or 0) > 1,
            most="ratio",
        ),
        Shown("days", "By day of the week", ("weekday", "count", "share")),
        Shown("hours", "By hour of the day", ("hour", "count", "share")),
    ),
    "repeats": (
        Shown(
            "",
            "Pairs of events near each other",
            ("from_m", "to_m", "from_days", "to_days", "observed", "expected", "ratio", "p"),
        ),
    ),
    "concentration": (Shown("", "How much lies in how few"),),
    "accuracy": (
        Shown(
            "",
            "How well each way said what came",
            ("method", "forecasts", "hits", "records", "hit_rate", "pai", "pei", "rri"),
        ),
    ),
    "rates": (
        Shown(
            "",
            "Wards, the highest rate first (small numbers allowed for)",
            (
                "name",
                "count",
                "population",
                "rate_per_1000",
                "shrunken_per_1000",
                "shrunken_lower",
                "shrunken_upper",
                "state_allowing",
            ),
            most="shrunken_per_1000",
        ),
    ),
    "density": (),
    "shifts": (
        Shown("", "Theme by theme", ("verdict", "sentence"), first=_changed),
        Shown(
            "stages", "Stricter and stricter", ("theme", "stage", "odds_ratio", "low", "high"), folded=True
        ),
    ),
    "worth": (
        Shown(
            "",
            "Wordings, those worth most first",
            ("id", "agency", "records", "meanings", "elsewhere", "change", "entering", "leaving"),
            empty="No unplaced wording could change the map.",
        ),
    ),
    "evaluation": (
        Shown(
            "",
            "What was counted and compared",
            ("title", "places", "before", "after", "value", "lower", "upper"),
            keep=_any_figure,
        ),
        Shown("controls", "The places compared with"),
        Shown("balance", "How alike they were before", folded=True),
        Shown("periods", "Month by month", folded=True),
        Shown("like_peaks", "Places at a like peak", folded=True),
    ),
}
