"""The quarantine tray: rows put aside, mended in place and tried again. Cells only for those whose rows they are."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from trigpoint.changes.quarantine import (
    NothingToMend,
    WaitingRow,
    deliveries_waiting,
    mend_rows,
    try_all_again,
    waiting_rows,
)
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.gate.ledger import DeliveryLine, may_see_rows
from trigpoint.ingest.receipt import LoadRefused
from trigpoint.web.presenters.receipt import receipt_page
from trigpoint.web.presenters.words import counted
from trigpoint.web.viewer import viewer_of
from trigpoint.web.views.deliveries import told_line

PAGE = 20
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Waiting:
    """One delivery's rows that wait, as many as a page shows."""

    line: DeliveryLine
    rows: tuple[WaitingRow, ...]
    all: int


@require_GET
def every_tray(request: HttpRequest) -> HttpResponse:
    """All that waits in the feeds that the viewer may mend."""
    by, now = request.user.get_username(), timezone.now()
    trays: list[Waiting] = []
    room = MOST_ROWS
    try:
        for number in deliveries_waiting(by):
            if not room:
                break
            found = waiting_rows(delivery=number, by=by, at=now)
            if found:
                trays.append(Waiting(told_line(request, number), found[:room], len(found)))
                room -= len(trays[-1].rows)
    except ChangeDenied as denial:
        raise PermissionDenied(str(denial)) from denial
    return render(request, "pages/quarantine_all.html", {"trays": trays, "full": not room})


@require_http_methods(["GET", "POST"])
def tray(request: HttpRequest, number: int) -> HttpResponse:
    """GET shows a delivery's tray, `fault` one kind of it; POST tries the rows of the form again."""
    line = told_line(request, number)
    if not may_see_rows(viewer_of(request), line.agency):
        if request.method == "POST":
            raise PermissionDenied
        return render(request, "pages/quarantine_numbers.html", {"receipt": receipt_page(line, ())})
    if request.method == "POST":
        return _try_again(request, number)
    rows = waiting_rows(delivery=number, by=request.user.get_username(), at=timezone.now())
    kinds = list(dict.fromkeys((row.column, row.rule) for row in rows))
    told = request.GET.get("fault", "")
    fixes = line.fixes
    only = fixes[int(told) - 1] if told.isdigit() and 0 < int(told) <= len(fixes) else None
    if only is not None:
        rows = tuple(row for row in rows if (row.column, row.rule) == (only.column, only.rule))
    shown = {"waiting": Waiting(line, rows[:PAGE], len(rows)), "only": only, "kinds": len(kinds)}
    return render(request, "pages/quarantine.html", shown)


def _try_again(request: HttpRequest, number: int) -> HttpResponse:
    by, now = request.user.get_username(), timezone.now()
    reason = request.POST.get("reason", "")[:500] or "Mended in the tray."
    try:
        if request.POST.get("act") == "all":
            receipt = try_all_again(delivery=number, by=by, at=now)
        else:
            cells = edited(request.POST, waiting_rows(delivery=number, by=by, at=now))
            receipt = mend_rows(delivery=number, cells=cells, by=by, at=now, reason=reason)
    except (NothingToMend, LoadRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        done = receipt.input - receipt.quarantined
        messages.success(request, f"{counted(done, 'row is', 'rows are')} in. {_left(receipt.quarantined)}")
    return redirect("quarantine", number=number)


def edited(told: QueryDict, rows: tuple[WaitingRow, ...]) -> dict[int, dict[str, str]]:
    """The rows of the form in which a cell was changed, with the cells that were.

    A cell's field is named c-ROW-PLACE. What is not a cell of a row that waits is passed over.
    """
    there: dict[int, dict[str, str]] = {}
    for row in rows:
        names = [f"c-{row.row}-{place}" for place in range(len(row.cells))]
        if any(name in told for name in names):
            pairs = zip(row.cells, names, strict=True)
            there[row.row] = {
                cell.header: str(told[name])
                for cell, name in pairs
                if name in told and told[name] != cell.value
            }
    return {row: cells for row, cells in there.items() if cells}


def _left(quarantined: int) -> str:
    if not quarantined:
        return "They count from the next publication on."
    return f"{counted(quarantined, 'row', 'rows')} still {'needs' if quarantined == 1 else 'need'} you."
