"""Colour classes that filters do not move: worked out once for what a viewer may see of a level and period."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from django.http import HttpRequest
from django.utils import timezone

from trigpoint.gate.ledger import publication_in_use
from trigpoint.web.asking import Words, asked
from trigpoint.web.presenters.breaks import breaks, rate_breaks
from trigpoint.web.presenters.plain import plain
from trigpoint.web.viewer import viewer_of


@dataclass(frozen=True, slots=True)
class Classes:
    """Lower bounds of the six classes, of counts, of rates per 1,000, and of the hours of a week."""

    counts: list[int]
    rates: list[float]
    hours: list[int]


MOST_KEPT = 256
_UNFILTERED = ("level", "from", "to", "known")
_kept: OrderedDict[Hashable, Classes] = OrderedDict()
_lock = threading.Lock()


def breaks_for(request: HttpRequest, words: Words) -> Classes:
    """The classes for a level and period, from what this very viewer may see of them unfiltered.

    Kept for the day by viewer and publication: agreements begin and end by days, and nobody is given another's.
    """
    unfiltered = {word: tuple(words[word]) for word in _UNFILTERED if word in words}
    key = (viewer_of(request), publication_in_use(), timezone.localdate(), tuple(sorted(unfiltered.items())))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    whole = asked(request, "picture", {**unfiltered, "grouping": ["units", "week"]})
    found = Classes(
        counts=breaks(whole.columns["count"]),
        rates=rate_breaks(whole.columns["rate_per_1000"]),
        hours=breaks(np.array(plain(whole.parts["week"]["counts"]), dtype=np.int64).ravel()),
    )
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found
