"""Early prevention: places that rise and are no hotspot yet, those that come back with a season, what goes with risk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from trigpoint.gate.answers import Answer
from trigpoint.gate.show import rows
from trigpoint.web.asking import asked
from trigpoint.web.asking_softly import asked_softly
from trigpoint.web.hot_now.places import WATCHED, rising_unnamed
from trigpoint.web.presenters.analysis_cells import said
from trigpoint.web.presenters.choices import coded
from trigpoint.web.standing_words import standing_level, standing_months

__all__ = ["Back", "Early", "Goes", "Rising", "early"]

MOST = 12
PREVENTION = "detached_youth_work"
SEASONAL_P = 0.05


@dataclass(frozen=True, slots=True)
class Rising:
    """A place with more than its own past lately, that no test of hotspots names. `seasonal`: it may be the season."""

    name: str
    where: str
    told: str
    seasonal: bool


@dataclass(frozen=True, slots=True)
class Back:
    """A place that comes back with a school holiday or a season; `decide` and `look` are where to go on from it."""

    name: str
    where: str
    told: str
    decide: str
    look: str


@dataclass(frozen=True, slots=True)
class Goes:
    """A class of place near which more is recorded in this county, times what is elsewhere. Of no site by itself."""

    name: str
    times: str


@dataclass(frozen=True, slots=True)
class Early:
    """For `parts/early.html`. A sentence stands where a part is not told, or not yet."""

    watched: str
    rising: list[Rising]
    rising_sentence: str
    back: list[Back]
    back_sentence: str
    back_source: str
    returning: list[str]
    goes: list[Goes]
    goes_sentence: str


def early(request: HttpRequest) -> Early:
    """Asked as the person signed in, only what the gate answers."""
    level, months = standing_level(request), standing_months(request, 24)
    history = asked_softly(request, "emerging", {"level": [level], **months})
    rising, rising_sentence = _rising(request, level)
    facilities = asked_softly(request, "facilities", {"level": ["cell:9"], **months})
    return Early(
        watched=WATCHED,
        rising=rising,
        rising_sentence=rising_sentence,
        back=_back(history.answer) if history.answer is not None else [],
        back_sentence=str(history.answer.about["returning_sentence"])
        if history.answer is not None
        else history.sentence,
        back_source=str(history.answer.about["returning_source"]) if history.answer is not None else "",
        returning=_returning(history.answer) if history.answer is not None else [],
        goes=_goes(request, facilities.answer) if facilities.answer is not None else [],
        goes_sentence=facilities.sentence,
    )


def _rising(request: HttpRequest, level: str) -> tuple[list[Rising], str]:
    """The places that *Hot now* watches, in its order, from its own questions; and why they are not told."""
    year = standing_months(request, 12)
    history = asked_softly(request, "emerging", {"level": [level], "to": year["to"]})
    named = asked_softly(request, "hotspots", {"level": [level], "background": ["past"], **year})
    if history.answer is None or named.answer is None:
        return [], history.sentence or named.sentence
    hot = [str(unit) for row in rows(named.answer.parts["hotspots"]) for unit in row["units"]]
    found = [
        Rising(str(row["name"]), _where(row), said(str(row["sentence"])), _seasonal(row))
        for row in rising_unnamed(history.answer, hot)
    ]
    return found[:MOST], ""


def _back(history: Answer) -> list[Back]:
    """Each with a prevention action offered before the next time, and its ground on the map to draw a place on."""
    found = []
    for row in rows(history.parts["returning"]):
        what = f"run youth-work sessions before and in the next {row['label'].split(',')[0]}"
        level, code = str(history.about["level"]).split(":")[0], str(row["code"])
        found.append(
            Back(
                name=str(row["name"]),
                where=_where(row),
                told=said(str(row["sentence"])),
                decide=urlencode({"kind": PREVENTION, "what": what}),
                look=urlencode({"level": level, "unit": f"{level}.{code}"}),
            )
        )
    return found[:MOST]


def _returning(history: Answer) -> list[str]:
    """Hot places that come and go: what came with a season may come with the next."""
    return [
        f"{row['name']}, {_where(row)}"
        for row in rows(history.parts["places"])
        if row["verdict"] != "few"
        and row["code"]
        and str(row["category"]).startswith(("oscillating", "sporadic", "historical"))
    ][:MOST]


def _seasonal(row: Mapping[str, Any]) -> bool:
    told = row.get("rise_season_p")
    return isinstance(told, float) and told > SEASONAL_P


def _goes(request: HttpRequest, facilities: Answer) -> list[Goes]:
    labels = {one["code"]: one["name"] for one in coded(asked(request, "choices", {}).parts["classes"])}
    best: dict[str, float] = {}
    for row in rows(facilities.columns):
        kind, risk = str(row["class"]), float(row["relative_risk"])
        if risk > 1 and float(row["class_held"]) >= 0.5:
            best[kind] = max(best.get(kind, 0.0), risk)
    return [
        Goes(labels.get(kind, kind), f"{risk:.1f}")
        for kind, risk in sorted(best.items(), key=lambda one: (-one[1], one[0]))
    ]


def _where(row: Mapping[str, Any]) -> str:
    return ", ".join(part for part in (str(row["ward"]), str(row["district"])) if part)
