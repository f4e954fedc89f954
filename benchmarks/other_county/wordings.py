"""How many place texts of the demo's county and of the other one are read: `python -m benchmarks.other_county.wordings`.

The judging is that of benchmarks/place_wordings.py; of each feed at most so many texts are drawn.
"""

import argparse
import random
from collections import Counter
from datetime import date

from benchmarks.other_county.county import other_county
from benchmarks.place_wordings import Label, county_gazetteer, judge
from trigpoint.core.county.records import CountyRecords
from trigpoint.core.geography.wording_match import match_wordings
from trigpoint.demo.write import marlshire

LAST_DAY = date(2026, 10, 31)
VERDICTS = ("rightly", "wrongly", "offered first", "offered", "left", "town only", "left: no place meant")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--seed", type=int, default=31)
    words.add_argument("--most", type=int, default=1_500, help="texts of a feed")
    told = words.parse_args()
    for make in (marlshire, other_county):
        geography, records = make(told.seed, "county", LAST_DAY)
        gazetteer = county_gazetteer(geography, records.county.sites)
        labels = _drawn(records, told.most)
        matches = match_wordings([(one.text, one.town) for one in labels], gazetteer)
        found: dict[str, Counter[str]] = {}
        for label, match in zip(labels, matches, strict=True):
            verdict = judge(label, match, gazetteer)
            for feed in (label.feed, "all"):
                found.setdefault(feed, Counter())[verdict] += 1
        print(f"\n| {geography.name} | texts | {' | '.join(VERDICTS)} |\n|{'---|' * (len(VERDICTS) + 2)}")
        for feed, counts in sorted(found.items()):
            shares = " | ".join(f"{counts[verdict] / counts.total():.1%}" for verdict in VERDICTS)
            print(f"| {feed} | {counts.total()} | {shares} |")


def _drawn(records: CountyRecords, most: int) -> list[Label]:
    draw = random.Random(7)
    labels: list[Label] = []
    for feed, said in records.wordings.items():
        rows = list(
            zip(said.text, said.town, said.kind, said.ref, said.easting_m, said.northing_m, strict=True)
        )
        labels += [
            Label(str(text), str(town), str(kind), str(ref), float(x), float(y), feed)
            for text, town, kind, ref, x, y in draw.sample(rows, min(most, len(rows)))
        ]
    return labels


if __name__ == "__main__":
    main()
