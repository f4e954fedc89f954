"""Mapped facilities. The cursor must have been given `permitted_site`."""

from datetime import date

import duckdb

from trigpoint.store.questions import Columns, fetch, in_any, question_sql

__all__ = ["SITE_CLASSES", "STAFFED_CLASSES", "fetch_sites"]

SITE_CLASSES = {
    "school": ("School", "Schools"),
    "childrens_home": ("Children's home", "Children's homes"),
    "supported_accommodation": ("Supported accommodation", "Supported accommodation"),
    "hotel": ("Hotel", "Hotels"),
    "bnb": ("Bed and breakfast", "Bed and breakfasts"),
    "takeaway": ("Takeaway", "Takeaways"),
    "park": ("Park", "Parks"),
    "bus_stop": ("Bus stop", "Bus stops"),
    "station": ("Station", "Stations"),
}
"""Classes of site, in the order of the legend: one of them, many of them. What no class is named for is of these."""

STAFFED_CLASSES = {
    "police_station": ("Police station", "Police stations"),
    "library": ("Library", "Libraries"),
    "leisure_centre": ("Leisure centre", "Leisure centres"),
    "civic_centre": ("Civic centre", "Civic centres"),
    "hospital": ("Hospital", "Hospitals"),
}
"""Places with staff who can watch over a place: told only where they are asked for by name."""


def fetch_sites(
    cursor: duckdb.DuckDBPyConnection,
    *,
    classes: tuple[str, ...],
    feeds: tuple[int, ...] = (),
    open_from: date | None = None,
    open_to: date | None = None,
    within: tuple[tuple[str, int], ...] = (),
) -> Columns:
    """Permitted sites open at some time in the half-open period, by class, name and id.

    A site kept coarse has kept = 'area', no name and no point. Raises ValueError for an unknown class.
    """
    parts = [_classes(classes)]
    parts += [f"feed IN ({', '.join(str(int(one)) for one in feeds)})"] if feeds else []
    parts += [f"(opened IS NULL OR opened < DATE '{open_to:%Y-%m-%d}')"] if open_to else []
    parts += [f"(closed IS NULL OR closed > DATE '{open_from:%Y-%m-%d}')"] if open_from else []
    parts += [in_any(within)] if within else []
    return fetch(cursor, question_sql("sites", filter=" AND ".join(parts)))


def _classes(classes: tuple[str, ...]) -> str:
    for one in classes:
        if one not in SITE_CLASSES and one not in STAFFED_CLASSES:
            raise ValueError(f"there is no class of site {one!r}")
    return "class IN (" + ", ".join(f"'{one}'" for one in classes or tuple(SITE_CLASSES)) + ")"
