"""Who may know of a sense-check: a check on a record tells nothing that the gate would not tell of that record.

Another agency's check on a record that its reader is not told of (kept back by feed, handling, grade, marking or role) is,
for that reader, like one that was never made: not listed, not to be opened, agreed to or taken back. That holds as the
record is now and as it will be: what an agency marks confidential goes from the lists of those who are shown no such
records at once, not with the next publication, so that nobody learns what was marked (docs/decisions/0021).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from trigpoint.changes.accounts import Account
from trigpoint.changes.checks_to_come import to_come
from trigpoint.core.sharing.viewer import DEFAULT_PURPOSE, Viewer
from trigpoint.core.workflow.sense_check import corrects
from trigpoint.db.models import Delivery, SenseCheck
from trigpoint.gate.told_records import HowTold, RecordNamed, how_told

__all__ = ["HowTold", "Reader", "is_own", "seen"]

NARROWS = frozenset({"confidential", "role"})
"""Effects after which a record may be told to fewer."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, why and when: what may be known of a check hangs on all three."""

    account: Account
    at: datetime
    purpose: str = DEFAULT_PURPOSE

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.account.user, self.account.agency, self.account.role, self.purpose)


def is_own(check: SenseCheck, account: Account) -> bool:
    """Whether it was made by the account's own agency, which alone can make one of its records."""
    return bool(account.agency) and account.agency == check.agency


def seen(checks: Iterable[SenseCheck], reader: Reader) -> dict[int, HowTold]:
    """How each check is told to its reader, by its number. A place is everybody's at the table."""
    found: dict[int, HowTold] = {}
    asked: dict[int, RecordNamed] = {}
    checks = list(checks)
    feeds = _feeds(checks)
    for check in checks:
        if is_own(check, reader.account) or not corrects(check.subject):
            found[check.pk] = HowTold.PLACED
        elif check.delivery in feeds and check.row is not None:
            asked[check.pk] = RecordNamed(check.delivery, check.row, feeds[check.delivery], _level(check))
        else:
            found[check.pk] = HowTold.HIDDEN
    told = how_told(reader.viewer, dict.fromkeys(asked.values()), reader.at)
    found |= {number: told[one] for number, one in asked.items()}
    for check in checks:
        if check.pk in asked and found[check.pk] != HowTold.HIDDEN:
            found[check.pk] = _as_it_will_be(check, asked[check.pk], found[check.pk], reader)
    return found


def _as_it_will_be(check: SenseCheck, named: RecordNamed, now: HowTold, reader: Reader) -> HowTold:
    correction = to_come(check)
    if correction is None or correction.effect not in NARROWS:
        return now
    then = how_told(reader.viewer, [named], reader.at, correction=correction)[named]
    return min(now, then, key=list(HowTold).index)


def _level(check: SenseCheck) -> str:
    """How finely the check names its place; "" where it names none."""
    return str(dict(check.before).get("level") or check.unit.partition("|")[0])


def _feeds(checks: Iterable[SenseCheck]) -> dict[int, str]:
    """The feed of each delivery that a check is about."""
    numbers = {check.delivery for check in checks if check.delivery is not None}
    return dict(Delivery.objects.filter(pk__in=numbers).values_list("pk", "definition"))
