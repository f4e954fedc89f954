"""What mended rows of a by-period feed join: the rest of their period, as their own delivery told it."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from trigpoint.ingest.changing import version_rows
from trigpoint.ingest.ledger import Earlier, Said, said_before, same_rows
from trigpoint.ingest.prepare import Prepared
from trigpoint.ingest.steps.settle import Joining


class Joins:
    """The rows of one delivery, by (scope, period): its own, or those that it only said once more."""

    def __init__(self, before: Sequence[Earlier], delivery: int) -> None:
        self._before = before
        self._delivery = delivery
        self._said = said_before(before)

    def __call__(self, scope: str, period: int) -> Joining:
        """What the delivery says of a (scope, period) so far."""
        own = self._own(scope, period)
        version = own or self._repeated(scope, period)
        rows = version_rows(self._before, scope, period, version)
        there = "token" in rows.column_names
        token = rows["token"].to_numpy() if there else np.zeros(len(rows), dtype=np.int64)
        return Joining(rows["content"].combine_chunks(), token, stored=own is not None)

    def copied(self, prepared: Prepared, after_row: int) -> pa.Table | None:
        """The rows that were only said once more, in the periods that now become a version of their own."""
        groups = [(group.scope, group.period) for group in prepared.groups]
        wanted = [(*group, self._repeated(*group)) for group in groups if self._own(*group) is None]
        tables = [
            version_rows(self._before, scope, period, version)
            for scope, period, version in wanted
            if version is not None
        ]
        if not tables:
            return None
        rows = pa.concat_tables(tables)
        numbers = pa.array(np.arange(after_row + 1, after_row + 1 + len(rows)), pa.int32())
        return rows.set_column(rows.schema.get_field_index("row"), "row", numbers)

    def _own(self, scope: str, period: int) -> Said | None:
        said = self._said.get((scope, period), ())
        return next((o for o in said if not o.again and o.arrival.delivery == self._delivery), None)

    def _repeated(self, scope: str, period: int) -> Said | None:
        said = self._said.get((scope, period), ())
        again = next((o for o in said if o.again and o.arrival.delivery == self._delivery), None)
        if again is None:
            return None
        return next((o for o in reversed(said) if not o.again and same_rows(o.digest, again.digest)), None)
