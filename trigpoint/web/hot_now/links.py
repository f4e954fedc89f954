"""Where a card leads: the map, with exactly the question whose answer named the place."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

from trigpoint.web.hot_now.period import TEST, Months

__all__ = ["place_href"]

PLACE_ZOOM = 15.2


def place_href(row: Mapping[str, object], months: Months) -> str:
    """The map with that hotspot selected. `row` has id, lon and lat."""
    camera = f"{row['lon']:.4f},{row['lat']:.4f},{PLACE_ZOOM}"
    query = {**TEST, **months.words, "hotspot": str(row["id"]), "at": camera}
    return f"{reverse('map')}?{urlencode(query)}"
