"""The other county's everyday: how much of each thing, in which months, and in which words its agencies class it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from trigpoint.core.county.events import History, make_history
from trigpoint.core.county.feeds.wording import worded
from trigpoint.core.county.reporting import Reports, words
from trigpoint.core.county.scene import Scene
from trigpoint.core.county.sites import Sites
from trigpoint.core.county.tables import Floats

_MORE = 1.2
"""History is drawn for so many more children than there are, and then thinned."""

_KEPT = {
    "missing": 0.85, "concern": 0.7, "exclusion": 0.9, "session": 0.75, "asb": 1.0, "crime": 0.65, "incident": 0.95,
    "intelligence": 0.8, "ae": 0.9, "btp": 0.6, "contact": 0.85, "cme": 0.9, "probation": 0.9, "interview": 0.7,
}  # fmt: skip
_BY_MONTH = (0.70, 0.72, 0.80, 0.90, 0.95, 1.0, 0.98, 0.92, 0.90, 0.95, 0.82, 0.75)
"""January first: here early summer is the busy time, and half-term and bonfire weeks in October."""
_SEASONAL = ("asb", "incident", "crime", "missing", "ae")

_CALLED: Mapping[str, Mapping[str, float]] = {
    "asb": {
        "Rowdy youths": 24, "Kids congregating": 8, "Vulnerable young person": 9, "Drug dealing": 10,
        "Needles / drug litter": 8, "Loud music": 11, "Street drinkers": 7, "Motorbikes/mopeds": 11, "Cuckooing ?": 3,
        "Beggars": 3, "Rowdy behaviour": 6,
    },
    "incident": {
        "Rowdy or nuisance": 26, "Assault": 15, "Concern - child": 9, "Concern for welfare": 10, "Suspicious male": 12,
        "Drug use": 8, "Domestic incident": 8, "Shop theft": 7, "Knife seen": 4, "Road related": 1,
    },
    "concern": {
        "Adult at gates": 8, "Unknown adult near school": 6, "Unexplained money or items": 12, "New phone/trainers": 6,
        "Missing from lessons": 14, "CSE/CCE worry": 10, "Suspected exploitation": 8, "Knife": 5, "Weapon concern": 4,
        "Drugs": 14, "Vape / THC": 6, "Online contact": 7,
    },
}  # fmt: skip
"""What an agency calls it where nothing else says so; a word that a definition does not know is a plain concern there."""


def other_history(scene: Scene, sites: Sites, rng: np.random.Generator, *, end: date) -> History:
    """Two years of the county: other volumes than the demo's, and a year that is busiest in early summer."""
    drawn = make_history(replace(scene, children=round(scene.children * _MORE)), sites, rng, end=end)
    thinned = {name: _thinned(name, notes, rng) for name, notes in drawn.reports.items()}
    return replace(drawn, reports=thinned)


def called_otherwise(history: History, rng: np.random.Generator) -> History:
    """The history with every unnamed complaint, incident and concern classed in this county's words."""
    reports = dict(history.reports)
    for name, choices in _CALLED.items():
        notes = reports[name]
        reports[name] = replace(
            notes, kind=words(np.where(notes.kind == "", worded(choices, len(notes.kind), rng), notes.kind))
        )
    return replace(history, reports=reports)


def _thinned(name: str, notes: Reports, rng: np.random.Generator) -> Reports:
    month = notes.at.astype("datetime64[M]").astype(np.int64) % 12
    season: Floats = np.asarray(_BY_MONTH)[month] if name in _SEASONAL else np.ones(len(month))
    return notes.take(rng.random(len(month)) < _KEPT[name] * season)
