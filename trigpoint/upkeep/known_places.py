"""What the database knows of places when a version is built: wordings and judged points, and back what was found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection, models

from trigpoint.db.models import SharedPoint, Wording
from trigpoint.store.build import PointJudged, WordingKnown, WordingMatched

__all__ = ["judged_points", "keep_matches", "known_wordings"]


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
    undecided = Wording.objects.filter(decision="").values_list("pk", "agency", "digest")
    changed = [
        (*_as_stored(match), pk)
        for pk, agency, digest in undecided.iterator()
        if (match := found.get((agency, digest))) is not None
    ]
    # Thousands at a first publication: a list of them is given to the database at once, without building as many queries.
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {Wording._meta.db_table} SET candidates = %s, gazetteer = %s WHERE id = %s AND decision = ''",
            changed,
        )
    return len(changed)


def _as_stored(match: WordingMatched) -> tuple[Any, str]:
    """The candidates and the gazetteer as the database takes them."""
    return models.JSONField().get_db_prep_save(list(match.candidates), connection), match.gazetteer
