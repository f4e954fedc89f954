"""What the doctor finds lying about: raw files and texts past their time, and what interrupted loads have left."""

from collections.abc import Iterator
from datetime import datetime

from trigpoint.db.holding import alone_in
from trigpoint.db.home import Home
from trigpoint.db.leavings import RAW_KEPT, UNDECIDED, leavings
from trigpoint.db.models import Upload, Wording
from trigpoint.upkeep.finding import Finding

NEXT_START = "The next start (trigpoint serve), load or publication clears it away."


def leavings_findings(home: Home, at: datetime) -> Iterator[Finding]:
    """What is nobody's and what has been kept too long. While a load runs, nobody can tell what is its own."""
    with alone_in(home) as alone:
        found = leavings(home, at) if alone else None
    if found is not None:
        for path in found.spool:
            yield Finding(f"The spool still holds {path.name}, which nobody is waiting for.", NEXT_START)
        for path in found.hidden:
            yield Finding(f"{path.name} in {path.parent.name} was never finished.", NEXT_START)
        for path in found.orphans:
            yield Finding(f"{path.name} in {path.parent.name} is of no delivery in the ledger.", NEXT_START)
    overdue = Upload.objects.filter(stage__in=UNDECIDED, created_at__lte=at - RAW_KEPT).count()
    if overdue:
        yield Finding(f"{overdue} uploads have waited for a decision for more than 7 days.", NEXT_START)
    texts = Wording.objects.filter(text_until__lte=at).exclude(text="", town="").count()
    if texts:
        yield Finding(f"{texts} texts of places have been kept longer than they may be.", NEXT_START)
