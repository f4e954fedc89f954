"""One place of a paper: its words, its map and its charts, from the answers about it."""

from collections.abc import Mapping
from typing import Any

import shapely

from trigpoint.gate.answers import Answer
from trigpoint.gate.in_place import IN_PLACE_M
from trigpoint.gate.show import rows
from trigpoint.web.hot_now.health import silent_months
from trigpoint.web.pack.charts import Months, months_chart, week_chart
from trigpoint.web.pack.gathering import Gathered, PlaceHeard
from trigpoint.web.pack.place_map import NOTICE_LETTERS, Ground, Pin, place_map
from trigpoint.web.pack.sentences import NOT_HERE, near_lines, route_words, week_words, work_lines
from trigpoint.web.presenters.definition_breaks import definition_breaks
from trigpoint.web.presenters.evidence import cannot_show, figures_of
from trigpoint.web.presenters.expected import banded_months
from trigpoint.web.presenters.words import events_tested_words, times_expected_sentence

__all__ = ["OPEN_KINDS", "told_place"]

Json = dict[str, Any]
Pictures = dict[str, bytes]
WIDE, NARROW = 520, 380
"""How wide a map is drawn, so that its letters are read at the size it stands on the page."""
SQUARISH = 1.3
OPEN_KINDS = ("school", "hotel", "bnb", "station", "bus_stop", "takeaway", "park")
"""Kinds of place that may stand on paper. Homes and supported accommodation are never drawn, named or listed,
whoever makes the paper: it is handed on."""
COMPARED = {"More": "more than around places like it", "Fewer": "fewer than around places like it"}


def told_place(all_of_it: Gathered, place: PlaceHeard, pictures: Pictures) -> Json:
    """What the page of a place says; its drawings are put into `pictures` by name."""
    card, row = place.card, place.row
    where = ", ".join(one for one in (f"{card.ward} ward" if card.ward else "", card.district) if one)
    figures = figures_of(row)
    lead = times_expected_sentence(figures.around or 0.0, figures.expected or 0.0)
    return {
        "letter": card.letter,
        "name": card.name,
        "where": where,
        "since": f"{card.since}.",
        "kind": card.kind.words,
        "means": card.kind.means,
        "lead": lead,
        "chance": card.chance,
        "people": card.people,
        "agencies": _agencies(place),
        "counted": _counted(place),
        "around": _around(all_of_it, place),
        "map": _map(all_of_it, place, pictures),
        "months": _months(all_of_it, place, pictures),
        "week": _week(place, pictures),
        "unknown": _unknown(all_of_it, place),
        "in_place": _in_place(place),
        "asks": _asks(place),
    }


def _agencies(place: PlaceHeard) -> list[Json]:
    """In their fixed order: how many records each told, or that it told none, is silent, or is not shown."""
    told = _by_code(place.picture, "agency")
    most = max(told.values(), default=0) or 1
    lines = []
    for mark in place.card.agencies:
        count = told.get(mark.code, 0)
        words = {"silent": "silent here", "denied": NOT_HERE}.get(mark.state, "nothing here")
        shown = mark.state != "denied" and count > 0
        lines.append(
            {
                "name": mark.name,
                "count": count if shown else None,
                "share": count / most if shown else 0,
                "words": f"{count:,}" if shown else words,
            }
        )
    return lines


def _by_code(picture: Answer | None, part: str) -> dict[str, int]:
    if picture is None or part not in picture.parts:
        return {}
    return {str(one["code"]): int(one["count"]) for one in rows(picture.parts[part])}


def _counted(place: PlaceHeard) -> str:
    if place.picture is None:
        return ""
    total = int(str(place.picture.about["total"]))
    figures = figures_of(place.row)
    around = None if figures.around is None else int(figures.around)
    told = events_tested_words(
        int(place.row["count"]), around=around, expected=figures.expected, records=total
    )
    return f"{told} An event told twice counts once."


def _around(all_of_it: Gathered, place: PlaceHeard) -> list[Json]:
    if place.around is None:
        return []
    found = {str(one["class"]): one for one in rows(place.around.parts["classes"])}
    lines: list[Json] = []
    usual: list[str] = []
    for kind in OPEN_KINDS:
        one = found.get(kind)
        if one is None or not one["count"]:
            continue
        label = all_of_it.labels.get(kind, kind)
        first = str(one["words"]).split(" ", 1)[0]
        noun = label.lower() if one["count"] != 1 else label.lower().removesuffix("s")
        told = f"{one['count']} {noun}"
        if first in COMPARED:
            lines.append({"kind": kind, "words": f"{told}, {COMPARED[first]}"})
        elif one["mean"] is not None:
            usual.append(told)
        else:
            lines.append({"kind": kind, "words": told})
    if usual:
        lines.append({"kind": "usual", "words": f"About as many as usual: {', '.join(usual)}"})
    return lines


def _map(all_of_it: Gathered, place: PlaceHeard, pictures: Pictures) -> Json | None:
    if place.frame is None:
        return None
    card, name = place.card, f"map-{place.card.letter.lower()}.svg"
    ground = Ground(
        letter=card.letter,
        place=place.ground,
        units=place.units,
        streets=all_of_it.heard.sources.lines(*place.frame.box),
        pins=(*_site_pins(place), *_notice_pins(all_of_it)),
        ring=_ring(place),
    )
    across, down = (place.frame.east_m - place.frame.west_m), (place.frame.north_m - place.frame.south_m)
    wide = NARROW if across / down > SQUARISH else WIDE
    pictures[name] = place_map(ground, place.frame, wide, round(wide * down / across))
    around = "; ".join(one["words"] for one in _around(all_of_it, place))
    return {
        "file": name,
        "alt": f"Map of the streets around {card.name}, marked {card.letter}: the hotspot is outlined, streets with more "
        f"records are thicker and darker. {f'Within a ten-minute walk: {around}.' if around else ''}".strip(),
        "caption": f"Records placed on {'streets' if not shapely.area(place.ground) else 'the ground'}, "
        f"{_period(all_of_it)}: thicker and darker is more, what is outlined is hot. Dotted: ten minutes’ walk. "
        f"Source: the feeds on the last page; streets: county base map.",
    }


def _period(all_of_it: Gathered) -> str:
    months = all_of_it.agenda.months
    return f"{months.first:%B %Y} to {months.last_day:%B %Y}"


def _site_pins(place: PlaceHeard) -> list[Pin]:
    if place.around is None:
        return []
    found = [one for one in rows(place.around.columns) if one["class"] in OPEN_KINDS]
    order = sorted(found, key=lambda one: OPEN_KINDS.index(one["class"]))
    return [
        Pin(one["class"], one["easting_m"], one["northing_m"]) for one in order if one["class"] != "bus_stop"
    ]


def _notice_pins(all_of_it: Gathered) -> list[Pin]:
    """Notices in force that are told by their point, and are not about somebody."""
    told = rows(all_of_it.notices.columns) if all_of_it.notices is not None else ()
    return [
        Pin(one["kind"], one["easting_m"], one["northing_m"])
        for one in told
        if one["kind"] in NOTICE_LETTERS
        and one["state"] in ("active", "ends_soon")
        and one["kept"] == "point"
        and not one["coarse"]
        and one["easting_m"] is not None
    ]


def _ring(place: PlaceHeard) -> Any:
    parts = place.around.parts if place.around is not None else {}
    wkb = list(parts["rings"]["wkb"]) if "rings" in parts else []
    return shapely.from_wkb(wkb[-1]) if wkb else None


def _months(all_of_it: Gathered, place: PlaceHeard, pictures: Pictures) -> Json | None:
    if place.picture is None or place.county is None:
        return None
    told = banded_months(place.picture, place.county)
    chart = _chart(all_of_it, place, told)
    if not chart.months:
        return None
    name = f"months-{place.card.letter.lower()}.svg"
    pictures[name] = months_chart(chart, 400, 132)
    silent = sum(chart.silent)
    return {
        "file": name,
        "alt": f"Records a month at {place.card.name}: {chart.counts[0]} in {chart.months[0]}, {chart.counts[-1]} in "
        f"{chart.months[-1]}, at most {max(chart.counts)}. {silent} of the months silent.",
        "note": (
            "Grey: what the place’s own share of the county gives in nine months of ten. "
            if chart.high
            else ""
        )
        + ("Hatched: a feed was silent; that is not zero. " if silent else "")
        + "Source: the feeds on the last page.",
    }


def _chart(all_of_it: Gathered, place: PlaceHeard, told: Mapping[str, Any]) -> Months:
    history = list(rows(place.picture.parts["history"])) if place.picture is not None else []
    end = f"{all_of_it.agenda.months.end:%Y-%m}"
    months = [str(one["month"]) for one in history if str(one["month"]) < end][-24:]
    at = [place for place, one in enumerate(history) if str(one["month"]) in set(months)]
    coverage = all_of_it.agenda.coverage
    silent = frozenset[str]()
    if coverage is not None:
        silent = silent_months(coverage, place.row["agencies"], place.card.district_code)
    breaks = definition_breaks(place.picture) if place.picture is not None else ()

    def part(name: str) -> list[float]:
        return [float(told[name][one]) for one in at] if name in told else []

    return Months(
        months=months,
        counts=[int(history[one]["count"]) for one in at],
        low=part("expected_low"),
        high=part("expected_high"),
        silent=[month in silent for month in months],
        breaks=[(f"{one.day:%Y-%m}", one.title) for one in breaks],
    )


def _week(place: PlaceHeard, pictures: Pictures) -> Json | None:
    if place.picture is None or "week" not in place.picture.parts:
        return None
    counts = [list(one["counts"]) for one in rows(place.picture.parts["week"])]
    name = f"week-{place.card.letter.lower()}.svg"
    pictures[name] = week_chart(counts, 400, 138)
    words = week_words(counts, int(str(place.picture.about.get("without_hour", 0))))
    return {
        "file": name,
        "alt": f"Hours of the week at {place.card.name}. {words}",
        "words": words,
        "routes": route_words(_by_code(place.picture, "detection")),
    }


def _unknown(all_of_it: Gathered, place: PlaceHeard) -> list[str]:
    """Silences, what is not shown, what could not be placed: what nobody may take for nothing."""
    lines = [mark.words for mark in place.card.agencies if mark.state == "silent"]
    if place.picture is not None:
        lines += cannot_show(place.picture)
    if place.around is not None:
        lines += [
            str(one["sentence"])
            for one in rows(place.around.parts["gaps"])
            if "opening date" in str(one["sentence"])
        ]
    lines.append(f"Where the county’s unplaced records belong. {all_of_it.agenda.unplaced_words}")
    return [one if one.endswith(".") else f"{one}." for one in dict.fromkeys(lines)]


def _in_place(place: PlaceHeard) -> list[str]:
    notices = near_lines(list(rows(place.near)), IN_PLACE_M) if place.near is not None else []
    work = work_lines(list(rows(place.around.parts["work"]))) if place.around is not None else []
    return [*notices, *work]


def _asks(place: PlaceHeard) -> list[str]:
    return [place.card.question_text] if place.card.question_text else []
