"""Make the folder of a home. Needs no database: the settings are read from what is written here."""

import hashlib
import hmac
import secrets
from datetime import datetime
from pathlib import Path

import yaml

FOLDERS = ("deliveries", "quarantine", "store", "spool", "keys", "definitions", "cache", "basemap")


class HomeExistsError(ValueError):
    """There is already a home in that folder; nothing was changed."""


def write_home(
    root: Path,
    *,
    county: str,
    districts: tuple[str, ...],
    owner: str,
    demo: bool,
    at: datetime,
) -> None:
    """Lay out an empty home. `demo` is marked here, at creation, and by nothing later.

    Raises HomeExistsError when the folder already holds a home or anything else.
    """
    if root.exists() and any(root.iterdir()):
        raise HomeExistsError(f"{root} is not empty. Choose another folder, or delete it first.")
    for folder in FOLDERS:
        (root / folder).mkdir(parents=True, exist_ok=True)
    for folder in ("extracts", "layers", "agreements"):
        (root / "definitions" / folder).mkdir()
    (root / "keys").chmod(0o700)
    secret = secrets.token_urlsafe(64)
    write_secret(root / "keys" / "secret.key", secret)
    told = {
        "county": county,
        "districts": list(districts),
        "owner": owner,
        "demo": demo,
        "retention": True,
        "created": at.isoformat(),
    }
    if demo:
        told["demo_mark"] = demo_mark(secret, at.isoformat())
    (root / "home.yaml").write_text(
        yaml.safe_dump(told, sort_keys=False, allow_unicode=True), encoding="utf-8"
    )


def demo_mark(secret: str, created: str) -> str:
    """The mark of a home made as a demo: `demo: true` written into another home's settings later has none."""
    return hmac.new(secret.encode(), f"demo home created {created}".encode(), hashlib.sha256).hexdigest()


def write_secret(file: Path, secret: str) -> None:
    """Write a secret that only its owner can read; the mode is set before the first byte is written."""
    file.touch(mode=0o600, exist_ok=False)
    file.write_text(secret + "\n", encoding="ascii")
