"""Whether a record or a place lies at a site that an agency answers for (docs/decisions/0021)."""

from collections.abc import Sequence
from pathlib import Path

import yaml

from trigpoint.db.home import current_home
from trigpoint.gate.connection import current_version
from trigpoint.store.own_sites import SiteThere, sites_of_record, sites_of_units

__all__ = ["REACH_M", "own_classes", "record_at_own_site", "units_at_own_site"]

REACH_M = 150
PACKAGE_DEFINITIONS = Path(__file__).resolve().parent.parent / "definitions"


def own_classes(agency: str) -> frozenset[str]:
    """The classes of sites that an agency answers for: the package's, or the home's own where it has a list."""
    file = current_home().definitions / "own_sites.yaml"
    told = yaml.safe_load((file if file.exists() else PACKAGE_DEFINITIONS / file.name).read_text("utf-8"))
    return frozenset(told.get(agency, ()))


def record_at_own_site(agency: str, delivery: int, row: int) -> bool:
    """Whether a row of a delivery lies at one of the agency's sites, as the newest publication has it."""
    with current_version().cursor() as cursor:
        return _own(agency, sites_of_record(cursor, delivery, row, REACH_M))


def units_at_own_site(agency: str, codes: Sequence[str]) -> bool:
    """Whether one of the agency's sites lies in or near these streets, wards or hexagons."""
    if not codes:
        return False
    with current_version().cursor() as cursor:
        return _own(agency, sites_of_units(cursor, codes, REACH_M))


def _own(agency: str, sites: Sequence[SiteThere]) -> bool:
    vocabulary = current_version().vocabulary
    agencies = {one.id: one.code for one in vocabulary.agencies}
    senders = {one.id: agencies[one.agency] for one in vocabulary.feeds}
    classes = own_classes(agency)
    return any(kind in classes or senders[feed] == agency for kind, feed in sites)
