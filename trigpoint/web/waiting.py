"""How much waits for somebody in the unplaced tray: asked once for a person and publication, not with every page."""

import threading
from collections import OrderedDict

from django.http import HttpRequest

from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.denial import BeingMadeAnew, QuestionError, ReadDenied
from trigpoint.gate.ledger import InUse, publication_in_use
from trigpoint.web.asking import asked
from trigpoint.web.presenters.unplaced import waiting_in
from trigpoint.web.viewer import viewer_of

MOST_KEPT = 256
_kept: OrderedDict[tuple[Viewer, InUse | None], int] = OrderedDict()
_lock = threading.Lock()


def unplaced_waiting(request: HttpRequest) -> int:
    """Phrases and shared points that wait for this viewer; 0 for those whom the gate answers nothing."""
    key = (viewer_of(request), publication_in_use())
    with _lock:
        if key in _kept:
            return _kept[key]
    if key[1] is None:
        return 0
    try:
        found = waiting_in(asked(request, "unplaced", {}))
    except (QuestionError, ReadDenied, BeingMadeAnew):
        found = 0
    keep_waiting(request, found)
    return found


def keep_waiting(request: HttpRequest, found: int) -> None:
    """What has just been told of the tray."""
    with _lock:
        _kept[viewer_of(request), publication_in_use()] = found
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)


def forget_waiting() -> None:
    """Somebody has decided: everybody's count is asked anew."""
    with _lock:
        _kept.clear()
