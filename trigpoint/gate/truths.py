"""What was planted in a demo county, for the page that reveals it. A real home has no such file."""

import json
from datetime import datetime
from typing import Any

from trigpoint.core.sharing.viewer import Viewer
from trigpoint.db.audit import record_event
from trigpoint.db.home import current_home

__all__ = ["TRUTHS_FILE", "NothingPlanted", "planted_truths"]

TRUTHS_FILE = "truths.json"


class NothingPlanted(LookupError):
    """This home is no demo, or its truths are not there."""


def planted_truths(viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """The truths as the demo wrote them, in their order. Raises NothingPlanted."""
    home = current_home()
    file = home.root / TRUTHS_FILE
    if not home.demo or not file.is_file():
        raise NothingPlanted("Only a demo county has planted truths.")
    record_event(
        event="truths.revealed", at=at, user=viewer.user, agency=viewer.agency, role=viewer.role, allowed=True
    )
    truths: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return truths
