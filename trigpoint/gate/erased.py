"""How many rows of an answer's feeds were erased: told beside it to whoever may read those feeds' ledger.

The number is of the feeds as a whole, whatever was asked of them: what an erased row told is gone, and so is whether it
would have counted.
"""

from dataclasses import replace

from django.db.models import Sum

from trigpoint.core.sharing.viewer import Viewer
from trigpoint.db.models import Delivery
from trigpoint.gate.answers import Answer
from trigpoint.gate.ledger import readable_lines

__all__ = ["with_erased"]


def with_erased(answer: Answer, viewer: Viewer) -> Answer:
    """The answer with `about["erased"]`, rows; the very same where it counts no records, or none is told to be erased."""
    if "unplaced" not in answer.about:
        return answer
    feeds = answer.about["feeds"]
    codes = [str(one["code"]) for one in feeds] if isinstance(feeds, list) else []
    lines = readable_lines(viewer, Delivery.objects.filter(rows_erased__gt=0, definition__in=codes))
    many = lines.aggregate(many=Sum("rows_erased"))["many"] or 0
    return replace(answer, about={**answer.about, "erased": many}) if many else answer
