"""Agencies' words for places, as far as they are still kept: read for the agencies a viewer may see, and no other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trigpoint.db.models import SharedPoint, Wording

__all__ = ["KeptWording", "KeptWords", "kept_words", "no_words"]


@dataclass(frozen=True, slots=True)
class KeptWording:
    """One wording: its text ("" once gone), the town told beside it, what it may mean."""

    id: int
    text: str
    town: str
    candidates: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class KeptWords:
    """Undecided wordings by (agency, digest); `judged` are the shared points (feed, easting, northing) decided since."""

    wordings: Mapping[tuple[str, bytes], KeptWording] = field(default_factory=dict)
    judged: frozenset[tuple[str, int, int]] = frozenset()


def kept_words(agencies: tuple[str, ...]) -> KeptWords:
    """What is kept of these agencies' words."""
    rows = Wording.objects.filter(agency__in=agencies, decision="").values_list(
        "pk", "agency", "digest", "text", "town", "candidates"
    )
    wordings = {
        (agency, bytes.fromhex(digest)): KeptWording(number, text, town, tuple(candidates))
        for number, agency, digest, text, town, candidates in rows.iterator()
    }
    points = SharedPoint.objects.values_list("definition", "easting_m", "northing_m")
    return KeptWords(wordings, frozenset((code, x, y) for code, x, y in points))


def no_words(agencies: tuple[str, ...]) -> KeptWords:
    """Nothing is kept: for a desk without a database."""
    return KeptWords()
