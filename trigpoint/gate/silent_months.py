"""Months in which a feed that was asked sent nothing, though it was due: silence, which is no fall."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.silence import PROBABLY
from trigpoint.gate.answers import Table
from trigpoint.gate.asked import LONDON, Asked
from trigpoint.gate.kinds.series import month_words
from trigpoint.gate.silences import Histories, histories
from trigpoint.gate.within import Place
from trigpoint.store.questions import Selection

__all__ = ["silent_months"]


def silent_months(asked: Asked) -> Table:
    """Columns month and feed (its name): one row for each month of the history and feed probably silent in it.

    In the whole county, or in every district of the places asked about. It hangs on the feeds asked and on the places
    alone: no other filter makes a feed silent. A month in which nothing was due is never here,
    nor one before the feed began.
    """
    wide = asked.of_every_agency or asked
    on = asked.question.known or asked.at.astimezone(LONDON).date()
    known = Selection(known_at=asked.selection.known_at)
    told = asked.version.recall(("silent", wide.permitted, known, on), lambda: _histories(wide, known))
    words = month_words(told.first, told.months)
    districts = _districts(asked)
    rows = sorted(
        (words[month], one.feed.name)
        for one in told.feeds
        if one.feed.code in asked.restrictions.granted
        for month in _silent(one.found.silent[districts].min(axis=0) if districts else one.found.whole)
    )
    return {"month": [month for month, _ in rows], "feed": [feed for _, feed in rows]}


def _silent(chance: NDArray[np.float64]) -> list[int]:
    """Months probably silent after the first in which the feed sent: a stray old record does not begin a feed."""
    with np.errstate(invalid="ignore"):
        silent, sent = chance >= PROBABLY, chance < PROBABLY
    return np.flatnonzero(silent & (np.cumsum(sent) > 0)).tolist()


def _histories(asked: Asked, known: Selection) -> Histories:
    """Over the whole history, whatever the question's period and filters."""
    question = replace(asked.question, period_from=None, period_to=None)
    return histories(replace(asked, question=question, selection=known), known)


def _districts(asked: Asked) -> list[int]:
    """Dense ids of the districts of the places asked about; none for the whole county, or where one has none."""
    found = {_district(asked, place) for place in asked.within}
    return sorted(found) if found and min(found) >= 0 else []


def _district(asked: Asked, place: Place) -> int:
    version = asked.version
    if place.kind == "district" or place.id < 0:
        return place.id
    if place.kind in ("ward", "lsoa"):
        return int(version.areas(place.kind).parent[place.id])
    if place.kind == "cell":
        return int(version.cells(int(place.column.removeprefix("cell_"))).district[place.id])
    return int(version.streets.district[place.id]) if place.kind == "street" else -1
