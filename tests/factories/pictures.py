"""The current picture of a feed, worked out slowly and plainly from the ledger and the deliveries' own files."""

from collections import Counter

import pyarrow.parquet as pq

from trigpoint.db.home import current_home
from trigpoint.db.models.delivery import Delivery

NOT_FACTS = {"row", "key"}


def current_picture(definition: str) -> Counter[tuple[str, ...]]:
    """Every row that counts now, as often as it does; where it stood in which file is not part of it."""
    versions: dict[object, list[tuple[tuple[object, ...], tuple[str, ...]]]] = {}
    accepted = Delivery.objects.filter(definition=definition, rows_accepted__gt=0).order_by("pk")
    for line in accepted:
        root = line.mends or line.pk
        table = pq.read_table(current_home().deliveries / f"{line.pk}.parquet")
        for row in table.to_pylist():
            fact = tuple(str(value) for name, value in sorted(row.items()) if name not in NOT_FACTS)
            newness = (line.extracted_on, line.received_at, root)
            if row["key"] is not None:
                versions.setdefault(row["key"], []).append(((*newness, row["row"]), fact))
            else:
                versions.setdefault((row["scope"], row["period"]), []).append((newness, fact))
    return Counter(fact for told in versions.values() for fact in _newest(told))


def _newest(told):
    newest = max(newness for newness, _ in told)
    return [fact for newness, fact in told if newness == newest]


def forget_everything() -> None:
    """A home as it was before its first delivery."""
    home = current_home()
    Delivery.objects.all().delete()
    for folder in (home.deliveries, home.quarantine):
        for file in folder.iterdir():
            file.unlink()
