"""What the database knows of places when a version is built: wordings and judged points, and back what was found."""

from __future__ import annotations

from collections.abc import Iterable

from trigpoint.db.models import SharedPoint, Wording
from trigpoint.store.build import PointJudged, WordingKnown, WordingMatched

__all__ = ["judged_points", "keep_matches", "known_wordings"]

BATCH = 500


def known_wordings() -> list[WordingKnown]:
    """Every wording of every agency, in the order of its first mention."""
    rows = Wording.objects.order_by("pk").values_list(
        "agency", "digest", "text", "town", "decision", "candidates", "gazetteer"
    )
    return [WordingKnown(agency, bytes.fromhex(digest), *rest) for agency, digest, *rest in rows.iterator()]


def judged_points() -> list[PointJudged]:
    """What has been decided of points that many records of a feed share."""
    rows = SharedPoint.objects.values_list("definition", "easting_m", "northing_m", "decision")
    return [PointJudged(*row) for row in rows]


def keep_matches(matched: Iterable[WordingMatched]) -> int:
    """Remember what wordings were found to mean; how many. One decided meanwhile stays as decided."""
    found = {(one.agency, one.digest.hex()): one for one in matched}
    if not found:
        return 0
    changed = []
    for wording in Wording.objects.filter(decision="").only("pk", "agency", "digest").iterator():
        match = found.get((wording.agency, wording.digest))
        if match is not None:
            wording.candidates = list(match.candidates)
            wording.gazetteer = match.gazetteer
            changed.append(wording)
    Wording.objects.bulk_update(changed, ["candidates", "gazetteer"], batch_size=BATCH)
    return len(changed)
