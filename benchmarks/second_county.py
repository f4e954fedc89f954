"""The matcher on a county whose wordings were written by somebody who had not read it: `python -m benchmarks.second_county`.

    python -m benchmarks.second_county [--count N] [--seed N] [--wrong N]

Rightly: sure, and within 150 m of the ground that was meant (a town: that town; a village given to the ward of its own
name is rightly placed). Wrongly: sure of anything else, or sure of a place where none, or several alike, were meant. The
rest is left to people; of it, the right place may be offered first.
"""

import argparse
from collections import Counter

import numpy as np

from benchmarks.place_wordings import county_gazetteer
from tests.factories.second_county import second_county_wordings
from tests.factories.second_county_truths import Named, Outside, Worded
from trigpoint.core.county.make import make_geography
from trigpoint.core.county.scene import scene_of
from trigpoint.core.county.sites import make_sites
from trigpoint.core.geography.gazetteer import Gazetteer
from trigpoint.core.geography.wording_match import Candidate, Match, match_wordings

GEOGRAPHY_SEED = 4242
COARSE = ("ward", "district")


def is_right(one: Candidate, truth: Named, gazetteer: Gazetteer) -> bool:
    """Whether a candidate is the place that was meant."""
    if truth.kind == "locality" or one.kind == "locality":
        return truth.kind == one.kind and one.name.casefold() == truth.name.casefold()
    if one.kind in COARSE or one.kind == "outside":
        return False
    at = gazetteer.by_ref.get((one.kind, one.ref.partition("@")[0]))
    points = [(one.easting_m, one.northing_m)] if at is None else gazetteer.items[at].points.tolist()
    return any(truth.accepts(x, y) for x, y in points)


def judge(told: Worded, match: Match, gazetteer: Gazetteer) -> str:
    truth = told.truth
    if not match.sure:
        if not isinstance(truth, Named):
            return "left, rightly"
        right = [is_right(one, truth, gazetteer) for one in match.candidates]
        return "offered first" if right[:1] == [True] else "offered" if any(right) else "left"
    first = match.candidates[0]
    if isinstance(truth, Outside):
        return "outside, rightly" if first.kind == "outside" else "wrongly"
    if isinstance(truth, Named):
        if (
            truth.kind == "locality"
            and first.kind == "ward"
            and first.name.casefold() == truth.name.casefold()
        ):
            return "rightly: its own ward"
        if (
            first.kind == "locality"
            and truth.kind != "locality"
            and first.name.casefold() == truth.town.casefold()
        ):
            return "right town only"
        return "rightly" if is_right(first, truth, gazetteer) else "wrongly"
    return "town only, none meant" if first.kind in ("locality", *COARSE) else "wrongly"


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--count", type=int, default=4000)
    words.add_argument("--seed", type=int, default=11)
    words.add_argument("--wrong", type=int, default=0, help="show so many of those placed wrongly, and left")
    words.add_argument(
        "--full", action="store_true", help="as every benchmark takes it; nothing more is done"
    )
    told = words.parse_args()
    geography = make_geography(GEOGRAPHY_SEED, "county")
    sites = make_sites(scene_of(geography), np.random.default_rng([GEOGRAPHY_SEED, 1]))
    gazetteer = county_gazetteer(geography, sites)
    said = second_county_wordings(geography, sites, seed=told.seed, count=told.count)
    matches = match_wordings([(one.text, one.town_hint) for one in said], gazetteer)
    report(said, matches, gazetteer, told.wrong)


def report(said: list[Worded], matches: list[Match], gazetteer: Gazetteer, shown: int) -> None:
    verdicts = [judge(one, match, gazetteer) for one, match in zip(said, matches, strict=True)]
    counts = Counter(verdicts)
    for verdict, many in counts.most_common():
        print(f"  {verdict:<24}{many:>6,}  {many / len(said):6.2%} of all")
    named = [v for one, v in zip(said, verdicts, strict=True) if isinstance(one.truth, Named)]
    found = sum(v.startswith("rightly") or v == "offered first" for v in named)
    print(f"  wrongly placed: {counts['wrongly'] / len(said):.2%} of all (aim: at most 1%)")
    print(
        f"  name a gazetteer place: {len(named):,}; placed or offered first: {found / len(named):.1%} (aim: 85%)"
    )
    for wanted in ("wrongly", "left", "offered", "right town only", "town only, none meant"):
        rows = [(o, m) for o, m, v in zip(said, matches, verdicts, strict=True) if v == wanted]
        for one, match in rows[:: max(1, len(rows) // shown) if shown else 1][:shown]:
            first = [(c.kind, c.name, round(c.weight, 2)) for c in match.candidates[:2]]
            meant = getattr(one.truth, "name", None) or type(one.truth).__name__
            print(f"    {wanted}: {one.text!r} ({one.town_hint}) meant {meant!r}, got {first}")


if __name__ == "__main__":
    main()
