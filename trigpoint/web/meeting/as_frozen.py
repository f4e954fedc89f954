"""A meeting that is frozen, for whatever shows its places: the answers it kept, and what it did not keep as known then."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from trigpoint.changes.kept_reading import KeptTold, kept_answers
from trigpoint.changes.meetings import MeetingTold
from trigpoint.gate.asked import LONDON
from trigpoint.gate.ledger import publication_in_use
from trigpoint.web.hot_now.sources import Sources, sources_of
from trigpoint.web.pack.frozen import frozen_sources
from trigpoint.web.viewer import viewer_of

__all__ = ["as_frozen"]


def as_frozen(request: HttpRequest, of: MeetingTold | None) -> tuple[Sources, tuple[KeptTold, ...]]:
    """Where to ask of the meeting's places, and what it kept, as this reader may read it; the sources of today and
    nothing where it is not frozen."""
    sources = sources_of(request)
    if of is None or of.frozen_at is None:
        return sources, ()
    viewer = viewer_of(request)
    kept = kept_answers(number=of.number, by=viewer.user, at=timezone.now(), purpose=viewer.purpose)
    in_use = publication_in_use()
    same = in_use is not None and in_use.number == of.publication and not of.recipe.get("known")
    return frozen_sources(sources, kept, _known_on(of), still_in_use=same), kept


def _known_on(of: MeetingTold) -> date:
    """The day as whose answers were kept: that of the freeze, unless it was played later."""
    known = of.recipe.get("known")
    if known:
        return date.fromisoformat(str(known))
    if of.frozen_at is None:
        raise ValueError("A meeting that is not frozen has kept nothing.")
    return of.frozen_at.astimezone(LONDON).date()
