"""Publish a new version of the facts: who may, then the one function that does it."""

from datetime import datetime

from trigpoint.changes.accounts import account_named
from trigpoint.core.sharing.duties import require_duty
from trigpoint.upkeep.publish import PublicationResult, publish


def publish_version(*, by: str, at: datetime) -> PublicationResult:
    """Build and swap in a new store version for `by`. Raises ChangeDenied or NothingToPublish."""
    require_duty("publish", role=account_named(by).role, user=by)
    return publish(by=by, at=at)
