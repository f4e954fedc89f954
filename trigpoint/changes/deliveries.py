"""Bring a delivery in: who may, then the one way in."""

from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

from trigpoint.changes.accounts import account_named
from trigpoint.core.sharing.duties import require_duty, require_own_feed
from trigpoint.db.home import current_home
from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.definitions import DefinitionError, load_definitions
from trigpoint.ingest.load import load
from trigpoint.ingest.receipt import LoadRefused, Progress, Receipt


def receive_delivery(
    *,
    definition: str,
    path: Path,
    by: str,
    at: datetime,
    received_at: datetime | None = None,
    extracted_on: date | None = None,
    accept_reason: str | None = None,
    progress: Progress | None = None,
) -> Receipt:
    """Load one file for `by`. Raises ChangeDenied, LoadRefused, NeedsDecision, or what `progress` raises.

    Then nothing was changed.
    """
    account = account_named(by)
    require_duty("load", role=account.role, user=by)
    owner = _definition_named(definition).agency
    require_own_feed(role=account.role, user=by, agency=account.agency, owner=owner)
    return load(
        definition=definition,
        path=path,
        by=by,
        at=at,
        received_at=received_at,
        extracted_on=extracted_on,
        accept_reason=accept_reason,
        progress=progress,
    )


def known_definitions() -> tuple[Definition, ...]:
    """Every definition that can be loaded here, the home's own among them, by name."""
    by_name = {definition.name: definition for definition in load_definitions(current_home()).values()}
    return tuple(by_name.values())


def feed_titles() -> dict[str, str]:
    """What people call each feed, by its definition's name."""
    return {one.name: one.title for one in load_definitions(current_home()).values()}


def definition_faults() -> tuple[str, ...]:
    """What is wrong with the definitions of this home, in words; an empty tuple means nothing is."""
    try:
        load_definitions(current_home())
    except DefinitionError as fault:
        return (str(fault),)
    return ()


def _definition_named(name: str) -> Definition:
    definitions = load_definitions(current_home())
    if name not in definitions:
        near = get_close_matches(name, definitions, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise LoadRefused(f"There is no definition called {name}.{hint} `trigpoint definitions` lists them.")
    return definitions[name]
