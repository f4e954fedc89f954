"""Colour classes that filters do not move: worked out once for what a viewer may see of a level and period."""

import threading
from collections import OrderedDict
from collections.abc import Hashable

from django.http import HttpRequest
from django.utils import timezone

from trigpoint.gate.ledger import publication_in_use
from trigpoint.web.asking import Words, asked
from trigpoint.web.presenters.breaks import breaks
from trigpoint.web.viewer import viewer_of

MOST_KEPT = 256
_UNFILTERED = ("level", "from", "to", "known")
_kept: OrderedDict[Hashable, list[int]] = OrderedDict()
_lock = threading.Lock()


def breaks_for(request: HttpRequest, words: Words) -> list[int]:
    """The classes for a level and period, from what this very viewer may see of them unfiltered.

    Kept for the day by viewer and publication: agreements begin and end by days, and nobody is given another's.
    """
    unfiltered = {word: tuple(words[word]) for word in _UNFILTERED if word in words}
    key = (viewer_of(request), publication_in_use(), timezone.localdate(), tuple(sorted(unfiltered.items())))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    whole = asked(request, "picture", {**unfiltered, "grouping": ["units"]})
    found = breaks(whole.columns["count"])
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found
