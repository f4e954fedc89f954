"""What Django must know of a home before it can start: where it is and what its home.yaml says."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import yaml
from django.core.exceptions import ImproperlyConfigured

from trigpoint.upkeep.new_home import demo_mark

DATABASE_VARIABLE = "TRIGPOINT_DATABASE_URL"
HOME_VARIABLE = "TRIGPOINT_HOME"


class HomeSettingsError(ImproperlyConfigured):
    """The home's own settings cannot be used; the message says which line to mend."""


@dataclass(frozen=True, slots=True)
class HomeSettings:
    """The lines of home.yaml; a folder without one is a home not yet made."""

    root: Path
    county: str
    demo: bool
    districts: tuple[str, ...]
    owner: str
    database: str | None
    hosts: tuple[str, ...]
    agency_emails: Mapping[str, str]
    reminders: bool
    retention: bool
    mail: Mapping[str, object]

    @property
    def erases_by_itself(self) -> bool:
        """Whether what agreements let nobody keep goes each day: where home.yaml says so (a new one does), not in a demo."""
        return self.retention and not self.demo


def read_home_settings(root: Path) -> HomeSettings:
    """Read home.yaml. Raises HomeSettingsError when it is not a mapping."""
    file = root / "home.yaml"
    try:
        told = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {}
    except yaml.YAMLError as error:
        raise HomeSettingsError(f"{file} is not YAML: {error}") from error
    if not isinstance(told, dict):
        raise HomeSettingsError(f"{file} must be a list of 'name: value' lines.")
    return HomeSettings(
        root=root,
        county=str(told.get("county", "")),
        demo=_is_demo(root, told),
        districts=tuple(str(code) for code in told.get("districts") or ()),
        owner=str(told.get("owner", "analyst")),
        database=os.environ.get(DATABASE_VARIABLE) or told.get("database"),
        hosts=tuple(str(host) for host in told.get("hosts") or ()),
        agency_emails={code: str(one) for code, one in _mapping(file, told, "agency_emails").items()},
        reminders=_yes(file, told, "reminders"),
        retention=_yes(file, told, "retention", unsaid=False),
        mail=_mapping(file, told, "mail"),
    )


def _yes(file: Path, told: dict[str, Any], name: str, *, unsaid: bool = True) -> bool:
    """What the line says, `unsaid` where there is none. Raises HomeSettingsError for anything but yes and no."""
    found = told.get(name, unsaid)
    if not isinstance(found, bool):
        raise HomeSettingsError(f"{file}: {name} is yes or no.")
    return found


def _mapping(file: Path, told: dict[str, Any], name: str) -> dict[str, Any]:
    """The lines under a name. Raises HomeSettingsError for anything but a list of lines."""
    found = told.get(name) or {}
    if not isinstance(found, dict):
        raise HomeSettingsError(f"{file}: {name} must be a list of 'name: value' lines.")
    return {str(word): value for word, value in found.items()}


MAIL_WORDS = frozenset({"host", "port", "user", "tls", "from"})


def mail_settings(home: HomeSettings) -> dict[str, object]:
    """Django's settings for e-mail: files in the home's `outbox` unless home.yaml names a mail server under `mail`.

    The server's password lies in `keys/mail.password`, never in home.yaml. Raises HomeSettingsError for another word.
    """
    if strange := sorted(set(home.mail) - MAIL_WORDS):
        raise HomeSettingsError(f"mail in home.yaml does not know {', '.join(strange)}.")
    sender = str(home.mail.get("from") or "trigpoint@localhost")
    if not home.mail.get("host"):
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {
            "EMAIL_BACKEND": backend,
            "EMAIL_FILE_PATH": home.root / "outbox",
            "DEFAULT_FROM_EMAIL": sender,
        }
    password = home.root / "keys" / "mail.password"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": str(home.mail["host"]),
        "EMAIL_PORT": int(str(home.mail.get("port") or 587)),
        "EMAIL_HOST_USER": str(home.mail.get("user") or ""),
        "EMAIL_HOST_PASSWORD": password.read_text(encoding="utf-8").strip() if password.exists() else "",
        "EMAIL_USE_TLS": home.mail.get("tls") is not False,
        "EMAIL_TIMEOUT": 30,
        "DEFAULT_FROM_EMAIL": sender,
    }


def _is_demo(root: Path, told: dict[str, Any]) -> bool:
    """True for a home made as a demo. Raises HomeSettingsError when one that was not says it is."""
    if told.get("demo") is not True:
        return False
    file = root / "keys" / "secret.key"
    secret = file.read_text(encoding="ascii").strip() if file.exists() else ""
    if told.get("demo_mark") != demo_mark(secret, str(told.get("created"))):
        raise HomeSettingsError(
            f"{root / 'home.yaml'} says demo: true, but this home was not created as a demo. Set it to false."
        )
    return True


def database_settings(home: HomeSettings) -> dict[str, object]:
    """Django's DATABASES entry: the home's SQLite file, or the PostgreSQL named by one setting.

    What stands after a "?" in the address (sslmode, sslrootcert, connect_timeout, …) is handed to PostgreSQL.
    """
    if not home.database:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home.root / "trigpoint.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(str(home.database))
    if parts.scheme not in {"postgresql", "postgres"}:
        raise HomeSettingsError("database must be empty (SQLite in the home) or start with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def secret_key(home: HomeSettings) -> str:
    """The home's own key, made by `init`; a home not yet made has one that can sign nothing lasting."""
    file = home.root / "keys" / "secret.key"
    if file.exists():
        return file.read_text(encoding="ascii").strip()
    return os.urandom(48).hex()
