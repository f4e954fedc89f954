"""Bring a delivery in: who may, then the one way in."""

from datetime import date, datetime
from pathlib import Path

from trigpoint.changes.accounts import account_named
from trigpoint.core.sharing.duties import require_duty, require_own_feed
from trigpoint.db.home import current_home
from trigpoint.ingest.definitions import definition_named
from trigpoint.ingest.load import load
from trigpoint.ingest.receipt import Receipt


def receive_delivery(
    *,
    definition: str,
    path: Path,
    by: str,
    at: datetime,
    received_at: datetime | None = None,
    extracted_on: date | None = None,
    accept_reason: str | None = None,
) -> Receipt:
    """Load one file for `by`. Raises ChangeDenied, LoadRefused or NeedsDecision; then nothing was changed."""
    account = account_named(by)
    require_duty("load", role=account.role, user=by)
    owner = definition_named(definition, current_home()).agency
    require_own_feed(role=account.role, user=by, agency=account.agency, owner=owner)
    return load(
        definition=definition,
        path=path,
        by=by,
        at=at,
        received_at=received_at,
        extracted_on=extracted_on,
        accept_reason=accept_reason,
    )
