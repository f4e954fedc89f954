"""What was planted in a demo county, for the page that reveals it. A real home has no such file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trigpoint.core.sharing.viewer import Viewer
from trigpoint.db.audit import record_event
from trigpoint.db.home import current_home

__all__ = ["TRUTHS_FILE", "NothingPlanted", "Planted", "planted_truths"]

TRUTHS_FILE = "truths.json"


class NothingPlanted(LookupError):
    """This home is no demo, or its truths are not there."""


@dataclass(frozen=True, slots=True)
class Planted:
    """The truths as the demo wrote them, and by letter why this county has not got the others."""

    truths: tuple[Mapping[str, Any], ...]
    unplanted: Mapping[str, str]


def planted_truths(viewer: Viewer, at: datetime) -> Planted:
    """What was planted in this demo; who looked, and when, is in the audit. Raises NothingPlanted."""
    home = current_home()
    file = home.root / TRUTHS_FILE
    if not home.demo or not file.is_file():
        raise NothingPlanted("Only a demo county has planted truths.")
    record_event(
        event="truths.revealed", at=at, user=viewer.user, agency=viewer.agency, role=viewer.role, allowed=True
    )
    told = json.loads(file.read_text(encoding="utf-8"))
    return Planted(tuple(told["truths"]), told["unplanted"])
