"""Where a card leads: the map, with exactly the question whose answer named the place."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

from trigpoint.web.hot_now.period import Months

__all__ = ["place_href", "unit_href"]

PLACE_ZOOM = 15.2


def place_href(row: Mapping[str, object], months: Months) -> str:
    """The map with that hotspot selected. `row` has id, lon and lat."""
    return _map_href(months, {"hotspot": str(row["id"])}, row)


def unit_href(row: Mapping[str, object], months: Months) -> str:
    """The map with that street or cell selected. `row` has code, lon and lat."""
    level = months.test["level"].split(":")[0]
    return _map_href(months, {"unit": f"{level}.{row['code']}"}, row)


def _map_href(months: Months, chosen: Mapping[str, str], row: Mapping[str, object]) -> str:
    camera = f"{row['lon']:.4f},{row['lat']:.4f},{PLACE_ZOOM}"
    level = months.test["level"].split(":")[0]
    query = {**months.test, "level": level, **months.words, **chosen, "at": camera}
    return f"{reverse('map')}?{urlencode(query)}"
