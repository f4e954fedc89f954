"""From rows of answers to cards: what each part of a card says, and from which answer."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from trigpoint.core.geography.crs import to_lonlat
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.show import rows
from trigpoint.web.hot_now.card import BAR, AgencyMark, Around, Bar, Steady, Watched
from trigpoint.web.hot_now.classes import CLASSES, class_of
from trigpoint.web.hot_now.links import unit_href
from trigpoint.web.hot_now.period import Months
from trigpoint.web.presenters.analysis_cells import said
from trigpoint.web.presenters.marks import mark_of
from trigpoint.web.presenters.plain import plain, whole, words

__all__ = [
    "WATCHED",
    "agency_marks",
    "around_of",
    "bars_of",
    "category_of",
    "named_notices",
    "rise_of",
    "rising_unnamed",
    "watched_of",
]

Row = Mapping[str, Any]
NEAR_M = 400
TELLING = ("hotel", "bnb", "school", "station", "takeaway", "park", "bus_stop")
"""Which classes say most of a place; three of those that are there stand on its card."""
MOST_AROUND = 3
STEADY = ("persistent", "intensifying")
NOTICE_NAMES = {
    "cawn": "a child abduction warning notice",
    "closure": "a closure",
    "hotel": "a hotel notice",
    "cpn": "a community protection notice",
    "pspo": "a public spaces protection order",
    "dispersal": "a dispersal zone",
}
TALLEST = 40
WATCHED = "Being watched: rising, and no hotspot yet"
_SEES = {
    "sees": "sees it",
    "not": "does not",
    "silent": "is silent here",
    "denied": "is not shown to you here",
}


def rise_of(history: Answer | None, units: Collection[str]) -> Row | None:
    """The strongest rise that shares a street with a place; None where none does."""
    told = rows(history.parts["rising"]) if history is not None else ()
    return next((row for row in told if set(row["units"]) & set(units)), None)


def category_of(history: Answer | None, units: Collection[str]) -> str:
    """The class by months of the strongest hot place that shares a street; "" where none does."""
    told = rows(history.parts["places"]) if history is not None else ()
    return next((str(row["category"]) for row in told if set(row["units"]) & set(units)), "")


def bars_of(picture: Answer, months: Months, silent: Collection[str]) -> tuple[Bar, ...]:
    """A bar for each of the months drawn, its height against the tallest of them."""
    history = picture.parts["history"]
    counts = dict(zip(words(history["month"]), whole(history["count"]), strict=True))
    drawn, named = months.drawn, set(months.named)
    most = max((counts.get(month, 0) for month in drawn), default=0) or 1
    return tuple(
        Bar(
            month=month,
            count=counts.get(month, 0),
            x=at * BAR,
            height=-(-counts.get(month, 0) * TALLEST // most),
            hot=month in named,
            silent=month in silent,
        )
        for at, month in enumerate(drawn)
    )


def around_of(sites: Answer, labels: Mapping[str, str]) -> tuple[Around, ...]:
    """Three telling kinds of place within NEAR_M: those there are fewest of in a county say most, in a fixed order."""
    found: dict[str, int] = {}
    for kind in words(sites.columns["class"]):
        found[kind] = found.get(kind, 0) + 1
    order = [one for one in TELLING if one in found] + sorted(set(found) - set(TELLING))
    return tuple(Around(one, labels.get(one, one), found[one], mark_of(one)) for one in order[:MOST_AROUND])


def agency_marks(
    row: Row,
    agencies: Sequence[tuple[str, str]],
    *,
    silent: Collection[str],
    shown: Collection[str],
) -> tuple[AgencyMark, ...]:
    """All agencies in their fixed order. `shown` are those of whose feeds anything is in the answer."""
    seeing = set(row["agencies"])

    def state(code: str) -> str:
        if code in seeing:
            return "sees"
        if code not in shown:
            return "denied"
        return "silent" if code in silent else "not"

    return tuple(
        AgencyMark(code, name, state(code), f"{name} {_SEES[state(code)]}") for code, name in agencies
    )


def named_notices(near: Table) -> list[dict[str, Any]]:
    """Notices in place at a spot (`Sources.near`) that have begun, each with its name in words."""
    return [
        one | {"name": NOTICE_NAMES.get(one["kind"], one["kind"])}
        for one in rows(near)
        if one["state"] != "not_begun"
    ]


def rising_unnamed(history: Answer | None, named: Collection[str]) -> list[Row]:
    """Places that rise against their own past and are in no hotspot that is named: the one list of them, in the order of the
    answer, under the heading WATCHED wherever it stands. A concern about one source is never among them."""
    told = rows(history.parts["rising"]) if history is not None else ()
    hot = set(named)
    return [row for row in told if row["verdict"] != "few" and row["code"] and not set(row["units"]) & hot]


def watched_of(
    history: Answer | None,
    months: Months,
    named: Collection[str],
    district_codes: Mapping[str, str],
    quadrant: Mapping[str, str],
) -> list[Watched]:
    """Places that rise and are no part of a hotspot that is named."""
    found: list[Watched] = []
    for row in rising_unnamed(history, named):
        code = district_codes.get(row["district"], "")
        found.append(
            Watched(
                name=row["name"],
                ward=row["ward"],
                district=row["district"],
                district_code=code,
                quadrant=quadrant.get(code, ""),
                kind=CLASSES["watched"],
                told=said(row["sentence"]),
                href=unit_href(with_lonlat(row), months),
            )
        )
    return found


def steady_of(
    history: Answer | None,
    named: Collection[str],
    district_codes: Mapping[str, str],
    quadrant: Mapping[str, str],
) -> list[Steady]:
    """Places hot in almost every month of the test of months, and no part of a hotspot that is named."""
    told = rows(history.parts["places"]) if history is not None else ()
    return [
        Steady(row["name"], row["district"], quadrant.get(district_codes.get(row["district"], ""), ""))
        for row in told
        if row["category"].removesuffix(" hot spot") in STEADY and not set(row["units"]) & set(named)
    ]


def with_lonlat(row: Row) -> dict[str, Any]:
    lon, lat = to_lonlat(np.array([row["easting_m"]]), np.array([row["northing_m"]]))
    return {**row, "lon": round(float(lon[0]), 5), "lat": round(float(lat[0]), 5)}


def hotspot_table(answer: Answer) -> list[dict[str, Any]]:
    """Hotspots that have a place, in letter order, with every column of theirs and lon and lat."""
    table: Table = answer.parts["hotspots"]
    columns = {name: plain(column) for name, column in table.items()}
    told = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return [with_lonlat(row) for row in told if row["verdict"] != "few"]


__all__ += ["class_of", "hotspot_table", "steady_of", "with_lonlat"]
