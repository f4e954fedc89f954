"""Which base map file is in use. It holds published geography only, so it is the same for every signed-in viewer."""

from pathlib import Path

from trigpoint.db.home import current_home
from trigpoint.db.models import Publication

SET_BY_HAND = "base.pmtiles"


def basemap_file() -> Path | None:
    """The PMTiles file set in the home, else the one written with the newest publication; None without either."""
    folder = current_home().basemap
    by_hand = folder / SET_BY_HAND
    if by_hand.is_file():
        return by_hand
    newest = Publication.in_use()
    if newest is None or not newest.base_map:
        return None
    written = folder / newest.base_map
    return written if written.is_file() else None
