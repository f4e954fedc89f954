"""Places told in people's own words. A delivery's rows hold a keyed digest; the words themselves lie in one table,
and go from it when somebody has decided what they mean, or after 90 days.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from trigpoint.db.models.wording import Wording
from trigpoint.ingest.keys import row_digests

TEXT_KEPT = timedelta(days=90)
LONGEST_TEXT, LONGEST_TOWN = 120, 80
"""What is longer is a story, not a place."""
_NOISE = re.compile(r"[^\w']+")


@dataclass(frozen=True, slots=True)
class WordingSaid:
    """A place in an agency's words: `digest` (16 bytes) is what its records hold; `town` is "" where none was told."""

    digest: bytes
    text: str
    town: str


def normal_wording(text: str) -> str:
    """Words as they are compared: case, punctuation and spaces do not matter."""
    return _NOISE.sub(" ", text.casefold().replace("’", "'")).strip()


def wording_digests(
    agency: str, texts: pa.StringArray, towns: pa.StringArray, secret: bytes
) -> pa.FixedSizeBinaryArray:
    """The digest of each text with the town beside it; equal for texts that `normal_wording` takes for the same."""
    agencies = pa.array([agency] * len(texts), pa.string())
    plain = [
        pa.array([normal_wording(one or "") for one in told.to_pylist()], pa.string())
        for told in (texts, towns)
    ]
    return row_digests([agencies, *plain], secret, "wording")


def said_in(accepted: pa.Table, wordings: Iterable[WordingSaid]) -> tuple[WordingSaid, ...]:
    """Those of the wordings that some accepted row holds: nothing is remembered of rows that were not accepted."""
    if "claims" not in accepted.column_names:
        return ()
    claims = pc.list_flatten(accepted["claims"].combine_chunks())
    held = set(pc.unique(pc.struct_field(claims, "wording")).to_pylist())
    return tuple(said for said in wordings if said.digest in held)


def keep_wordings(
    agency: str, wordings: Iterable[WordingSaid], *, received_at: datetime, at: datetime
) -> int:
    """Remember the texts that are new; how many there were. One that is known stays as it is: where it has been
    decided its text is gone, and does not come back. Its 90 days run from `at`, when it was loaded: a file received
    long ago and loaded today must still be seen by somebody.
    """
    wanted = {said.digest.hex(): said for said in wordings}
    known = set(
        Wording.objects.filter(agency=agency, digest__in=list(wanted)).values_list("digest", flat=True)
    )
    new = [
        Wording(
            agency=agency,
            digest=digest,
            text=said.text[:LONGEST_TEXT],
            town=said.town[:LONGEST_TOWN],
            first_received_at=received_at,
            text_until=at + TEXT_KEPT,
        )
        for digest, said in wanted.items()
        if digest not in known
    ]
    Wording.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)
