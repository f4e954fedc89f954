"""How well events are linked in the synthetic county: `python -m benchmarks linking`.

The county knows which reports tell one happening. Each feed's themes are stood in for by one bit a stream, so theme
agreement here is coarser than in a home.
"""

import time
from collections import Counter, defaultdict
from datetime import date
from itertools import combinations

import numpy as np

from trigpoint.core.analysis.linking import Told, event_of, find_links, reasons_in_words
from trigpoint.core.county.make import make_geography
from trigpoint.core.county.records import make_county

SAME_THEME = {"interview": "missing"}


def main() -> None:
    county = make_county(make_geography(1, "county"), 1, end=date(2026, 10, 31))
    told, truth = _told(county.history.reports)
    started = time.perf_counter()
    links = find_links(told)
    found = time.perf_counter()
    event = event_of(told.number, links)
    joined = time.perf_counter()
    print(f"{len(truth):,} reports with a place; {len(links.first):,} links in {found - started:.2f} s, "
          f"joined into {len(np.unique(event)):,} events in {joined - found:.2f} s")  # fmt: skip
    same = _pairs(event, told.feed)
    right = np.mean([truth[a] == truth[b] for a, b in same])
    true = _pairs(truth, told.feed)
    print(f"of {len(same):,} pairs joined, {right:.1%} are one happening")
    print(
        f"of {len(true):,} pairs that are one happening, {np.mean([event[a] == event[b] for a, b in true]):.1%} are joined"
    )
    _by_reason(links, truth)


def _told(reports):
    names = [name for name, each in reports.items() if len(each.event)]
    bit = {name: 1 << place for place, name in enumerate(names)}
    parts = []
    for place, name in enumerate(names):
        each = reports[name].take(np.asarray(reports[name].placed, dtype=bool))
        mask = bit[SAME_THEME.get(name, name)]
        parts.append((
            np.full(len(each.event), place), each.easting_m, each.northing_m, each.at.astype(np.int64), each.day_only,
            np.full(len(each.event), mask, dtype=np.uint64), each.event,
        ))  # fmt: skip
    feed, x, y, at, by_day, mask, truth = (np.concatenate(column) for column in zip(*parts, strict=True))
    at = np.where(by_day, at // 1440 * 1440, at)
    return Told(np.arange(len(feed)), feed, x, y, at, by_day, mask), truth


def _pairs(group, feed):
    members = defaultdict(list)
    for place, one in enumerate(group.tolist()):
        members[one].append(place)
    return [
        (a, b)
        for each in members.values()
        if len(each) > 1
        for a, b in combinations(each, 2)
        if feed[a] != feed[b]
    ]


def _by_reason(links, truth):
    one = truth[links.first] == truth[links.second]
    many, right, stated = Counter(), Counter(), {}
    for reason, is_one, p in zip(
        links.reason.tolist(), one.tolist(), links.probability.tolist(), strict=True
    ):
        many[reason] += 1
        right[reason] += is_one
        stated[reason] = p
    for reason, n in many.most_common():
        print(
            f"  {', '.join(reasons_in_words(reason)):<58} {n:>6,}  stated {stated[reason]:.2f}  true {right[reason] / n:.2f}"
        )


if __name__ == "__main__":
    main()
