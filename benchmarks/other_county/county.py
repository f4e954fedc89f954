"""The other county entire: its ground, its everyday, its truths, and what its agencies wrote of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from benchmarks.other_county import truths_of_change as change
from benchmarks.other_county import truths_of_places as places
from benchmarks.other_county.background import called_otherwise, other_history
from benchmarks.other_county.ground import other_ground, other_sites
from benchmarks.other_county.speech import THEIRS
from trigpoint.core.county.feeds.wording import County
from trigpoint.core.county.model import Geography, Size
from trigpoint.core.county.records import CountyRecords, draws, written_down
from trigpoint.core.county.scene import scene_of
from trigpoint.core.county.sites import make_sites
from trigpoint.core.county.truths.plant import Planted, Planter, plant_all

PLANTERS: Mapping[str, Planter] = {
    "g": change.silent_team,
    "j": places.across_the_border,
    "i": places.after_school,
    "m": change.moved_boundary,
    "c": places.one_child,
    "h": places.seafront,
    "b": places.school_gate,
    "e": change.displaced,
    "k": places.hearsay,
    "d": places.new_place,
    "a": places.joint,
    "l": places.operation,
    "o": change.differencing,
    "f": change.no_effect,
    "n": change.new_code,
}


def other_county(seed: int, size: Size, end: date) -> tuple[Geography, CountyRecords]:
    """The other county of a seed, in the form that the demo's writer takes."""
    geography = other_ground(seed, size)
    county, planted = planted_in(geography, seed, end=end)
    return geography, written_down(county, planted, seed)


def planted_in(geography: Geography, seed: int, *, end: date) -> tuple[County, Planted]:
    """The other county's happenings with its truths among them, classed in its own words."""
    scene = scene_of(geography)
    sites = other_sites(make_sites(scene, draws(seed, "other sites")))
    history = other_history(scene, sites, draws(seed, "other history"), end=end)
    planted = plant_all(geography, scene, sites, history, seed, tuple(PLANTERS), PLANTERS)
    told = called_otherwise(planted.history, draws(seed, "other words"))
    planted = replace(planted, history=told)
    return County(planted.scene, sites, told, THEIRS), planted
