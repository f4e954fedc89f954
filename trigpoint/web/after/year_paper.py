"""The board's year as a paper: the same words and tables as its page, set by Typst as PDF/UA-1."""

from datetime import datetime
from typing import Any

from trigpoint.gate.asked import LONDON
from trigpoint.gate.marking import NO_ADVERSE_USE_SENTENCE
from trigpoint.web.after.year import Year
from trigpoint.web.after.year_work import Tally
from trigpoint.web.pack.told_pack import STATES, Paper
from trigpoint.web.presenters.words import day_words

__all__ = ["MOST_PAGES", "told_year"]

Json = dict[str, Any]
MOST_PAGES = 3


def told_year(told: Year, *, county: str, marking: str, at: datetime) -> Paper:
    """The paper. It has no drawing: its tables are its figures."""
    made = f"{day_words(at.astimezone(LONDON).date())}, {at.astimezone(LONDON):%H:%M}"
    return Paper(
        {
            "title": f"The year {told.span.words}: {county} partnership",
            "marking": marking,
            "distribution": "For the board. No place finer than a district. Do not forward.",
            "stamp": f"Made {made}",
            "sources": f"Sources: {told.feeds or 'no feed'}, publication {told.publication or 'none'}.",
            "use": NO_ADVERSE_USE_SENTENCE,
            "most_pages": MOST_PAGES,
            "lead": list(told.lead),
            "waiting": ["Part of this was still being worked out when the paper was made."]
            if told.waits
            else [],
            "meetings": _tally(told.meetings),
            "places": _tally(told.places),
            "unmet": list(told.unmet),
            "doubts": list(told.doubts),
            "actions": _tally(told.actions),
            "dose": list(told.dose),
            "notices": list(told.notices),
            "evaluations": list(told.evaluations),
            "checks": _tally(told.checks),
            "questions": list(told.questions),
            "releases": list(told.releases),
            "districts": [list(one) for one in told.districts],
            "districts_period": told.districts_period,
            "health": _health(told),
            "left_out": list(told.left_out),
            "method": told.method,
        },
        {},
    )


def _tally(told: Tally) -> Json:
    return {"heads": list(told.heads), "rows": [[name, *cells] for name, cells in told.rows]}


def _health(told: Year) -> Json:
    return {
        "months": list(told.health.months),
        "agencies": [
            {
                "name": one.name,
                "phrase": one.phrase,
                "warn": one.warn,
                "squares": [
                    {"state": each.state, "words": STATES.get(each.state, each.state)} for each in one.squares
                ],
            }
            for one in told.health.agencies
        ],
        "changed": list(told.health.changed),
        "late": list(told.health.late),
        "refused": told.health.refused,
    }
