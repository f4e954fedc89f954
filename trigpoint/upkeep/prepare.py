"""Bring a home's database to what this version of the program expects; safe to run at every start."""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from trigpoint.db.audit import record_event
from trigpoint.db.home import current_home
from trigpoint.db.models import AdoptedAgreement, Agency, User

PACKAGE_DEFINITIONS = Path(__file__).resolve().parent.parent / "definitions"


def prepare_home(*, by: str, at: datetime) -> None:
    """Create or upgrade the tables, the agencies, the shipped agreement and the owner's account."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    home = current_home()
    (home.cache / "static").mkdir(parents=True, exist_ok=True)
    with transaction.atomic():
        know_agencies(home.definitions)
        adopt_agreements(PACKAGE_DEFINITIONS / "agreements", by=by, at=at)
        adopt_agreements(home.definitions / "agreements", by=by, at=at)
        if not User.objects.filter(username=home.owner).exists():
            owner = User(username=home.owner, role="analyst")
            owner.set_unusable_password()
            owner.save()
            record_event(event="account_made", at=at, user=by, subject=home.owner)


def is_prepared() -> bool:
    """Whether the database is as this version of the program expects it."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def know_agencies(home_definitions: Path) -> None:
    """Write the agencies named by the package's and the home's definitions; a home's own come after."""
    for folder in (PACKAGE_DEFINITIONS, home_definitions):
        file = folder / "agencies.yaml"
        if not file.exists():
            continue
        for told in yaml.safe_load(file.read_text(encoding="utf-8")):
            Agency.objects.update_or_create(
                code=told["code"], defaults={"name": told["name"], "position": told["position"]}
            )


def adopt_agreements(folder: Path, *, by: str, at: datetime) -> None:
    """Adopt each agreement of a folder whose version has not been adopted yet; an earlier version of it ends."""
    for file in sorted(folder.glob("*.yaml")):
        text: dict[str, Any] = json.loads(
            json.dumps(yaml.safe_load(file.read_text(encoding="utf-8")), default=str)
        )
        code, version = str(text["code"]), int(text["version"])
        if AdoptedAgreement.objects.filter(code=code, version=version).exists():
            continue
        AdoptedAgreement.objects.filter(code=code, ended_at=None).update(ended_at=at)
        AdoptedAgreement.objects.create(
            code=code,
            version=version,
            title=str(text["title"]),
            text=text,
            sha256=hashlib.sha256(json.dumps(text, sort_keys=True).encode()).hexdigest(),
            adopted_at=at,
            adopted_by=by,
        )
        record_event(event="agreement_adopted", at=at, user=by, subject=f"{code} v{version}")
