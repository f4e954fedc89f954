"""The ledger of deliveries, as a viewer may read it: frozen lines, each reading on record.

A line is a row count of one agency's file, so it moves with records that an agreement may hide. Analysts and
information governance keep the ledger and read all of it; everybody else reads their own agency's lines and those of
published open data. Frontline staff read none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from django.db.models import F, Q, QuerySet, Sum

from trigpoint.core.sharing.viewer import Viewer
from trigpoint.db.audit import record_event
from trigpoint.db.home import current_home
from trigpoint.db.models import AdoptedAgreement, Agency, Delivery, Publication
from trigpoint.gate.denial import ReadDenied
from trigpoint.store.delivery_places import read_qualities
from trigpoint.store.quarantine import read_faults

OPEN_DATA = "open_data"
READ_ALL = frozenset({"analyst", "governance"})
READ_OWN = frozenset({"chair", "member", "contributor"})


@dataclass(frozen=True, slots=True)
class InUse:
    """The publication that answers come from."""

    number: int
    built_at: datetime


def publication_in_use() -> InUse | None:
    """The newest publication; None where nothing has been published."""
    newest = Publication.in_use()
    return None if newest is None else InUse(newest.number, newest.built_at)


def agency_names() -> tuple[tuple[str, str], ...]:
    """Every agency's code and name, in the fixed order of their squares."""
    return tuple(Agency.objects.values_list("code", "name"))


def agreement_titles() -> dict[str, str]:
    """What people call each agreement that was ever adopted, by its code: its newest version's title."""
    adopted = AdoptedAgreement.objects.order_by("version").values_list("code", "text")
    return {code: str(text["title"]) for code, text in adopted}


@dataclass(frozen=True, slots=True)
class Fix:
    """One kind of fault in a delivery: the numbers of its rows in the file, where, and what would mend them."""

    rows: tuple[int, ...]
    column: str
    rule: str
    advice: str


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One file received. `input == accepted + quarantined + duplicate + superseded + erased`; `unplaced` are accepted.

    `fixes`, the most rows first, and `qualities`, accepted rows by how well they are placed (1 best, 5 coarsest,
    0 not at all), are told with a single line only.
    """

    number: int
    definition: str
    kind: str
    agency: str
    agency_name: str
    file_name: str
    sha256: str
    received_at: datetime
    extracted_on: date
    covers_from: date | None
    covers_to: date | None
    input: int
    accepted: int
    quarantined: int
    duplicate: int
    superseded: int
    unplaced: int
    status: str
    decided_at: datetime
    decided_by: str
    reason: str
    messages: tuple[str, ...]
    mends: int | None = None
    erased: int = 0
    fixes: tuple[Fix, ...] = ()
    qualities: tuple[tuple[int, int], ...] = ()


def deliveries(viewer: Viewer, at: datetime) -> tuple[DeliveryLine, ...]:
    """The lines this viewer may read, newest first. Raises ReadDenied."""
    readable = _readable(viewer, at, subject="deliveries")
    names = dict(agency_names())
    return tuple(_line(kept, names) for kept in readable.order_by("-received_at", "-id"))


def delivery(viewer: Viewer, number: int, at: datetime) -> DeliveryLine | None:
    """One line, or None where there is none that this viewer may read. Raises ReadDenied."""
    kept = _readable(viewer, at, subject=f"delivery {number}").filter(pk=number).first()
    if kept is None:
        return None
    fixes = _fixes(current_home().quarantine / f"{kept.pk}.parquet") if kept.rows_quarantined else ()
    qualities = tuple(sorted(read_qualities(current_home().deliveries / f"{kept.pk}.parquet").items()))
    return replace(_line(kept, dict(agency_names())), fixes=fixes, qualities=qualities)


def files_before(
    viewer: Viewer, line: DeliveryLine, at: datetime, *, most: int = 12
) -> tuple[DeliveryLine, ...]:
    """The last `most` files of the same feed up to and with `line`, oldest first. Raises ReadDenied."""
    readable = _readable(viewer, at, subject=f"files before delivery {line.number}")
    same = readable.filter(definition=line.definition, received_at__lte=line.received_at)
    names = dict(agency_names())
    return tuple(_line(kept, names) for kept in reversed(same.order_by("-received_at", "-id")[:most]))


def may_see_rows(viewer: Viewer, agency: str) -> bool:
    """Whether the cells of rows put aside may be shown: to analysts and to the agency's own contributors."""
    return viewer.role == "analyst" or (viewer.role == "contributor" and viewer.agency == agency)


def rows_waiting(viewer: Viewer) -> int:
    """Rows in quarantine that this viewer could mend: put aside, and not brought back since. A count, not a question."""
    own = Delivery.objects.filter(status__in=("accepted", "duplicate"))
    if viewer.role == "contributor":
        own = own.filter(agency=viewer.agency)
    elif viewer.role != "analyst":
        return 0
    brought_back = Q(mends__isnull=False)
    told = own.aggregate(
        aside=Sum("rows_quarantined", filter=~brought_back),
        settled=Sum(F("rows_input") - F("rows_quarantined"), filter=brought_back),
    )
    return max((told["aside"] or 0) - (told["settled"] or 0), 0)


def _readable(viewer: Viewer, at: datetime, *, subject: str) -> QuerySet[Delivery]:
    allowed = viewer.role in READ_ALL | READ_OWN
    record_event(
        event="question",
        at=at,
        user=viewer.user,
        agency=viewer.agency or "",
        role=viewer.role,
        purpose=viewer.purpose,
        subject=subject,
        allowed=allowed,
        detail={"kind": "deliveries"},
    )
    if not allowed:
        raise ReadDenied("The ledger of deliveries is not open to your role.", "")
    return readable_lines(viewer, Delivery.objects.all())


def readable_lines(viewer: Viewer, lines: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """Those of the lines that this viewer may read, of whose reading nothing is recorded here."""
    if viewer.role in READ_ALL:
        return lines
    if viewer.role not in READ_OWN:
        return lines.none()
    return lines.filter(agency__in={viewer.agency or OPEN_DATA, OPEN_DATA})


def _line(kept: Delivery, names: Mapping[str, str]) -> DeliveryLine:
    return DeliveryLine(
        number=kept.pk,
        definition=kept.definition,
        kind=kept.kind,
        agency=kept.agency,
        agency_name=names.get(kept.agency, kept.agency),
        file_name=kept.file_name,
        sha256=kept.sha256,
        received_at=kept.received_at,
        extracted_on=kept.extracted_on,
        covers_from=kept.covers_from,
        covers_to=kept.covers_to,
        input=kept.rows_input,
        accepted=kept.rows_accepted,
        quarantined=kept.rows_quarantined,
        duplicate=kept.rows_duplicate,
        superseded=kept.rows_superseded,
        unplaced=kept.rows_unplaced,
        status=kept.status,
        decided_at=kept.decided_at,
        decided_by=kept.decided_by,
        reason=kept.reason,
        messages=tuple(str(told) for told in kept.receipt.get("messages", ())),
        mends=kept.mends,
        erased=kept.rows_erased,
    )


def _fixes(file: Path) -> tuple[Fix, ...]:
    found = [Fix(tuple(rows), column, rule, advice) for (column, rule, advice), rows in read_faults(file)]
    return tuple(sorted(found, key=lambda fix: (-len(fix.rows), fix.rows)))
