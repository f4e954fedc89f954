"""Schools that became academies within the county's two years: before, their rows carry another number."""

import numpy as np

from trigpoint.core.county.sites import Schools
from trigpoint.core.county.tables import Bools, Ints, Minutes, Strings, whole

ACADEMIES_FROM = np.datetime64("2025-09-01", "m")
ACADEMIES_FROM_SPELT = "01-09-2025"
_EVERY = 17
_EARLIER_BY = 700_000


def became_academy(schools: Schools) -> Bools:
    """Which schools did: every seventeenth of those that teach 11-year-olds and older."""
    return np.asarray((schools.phase == "secondary") & (np.arange(len(schools.urn)) % _EVERY == 0))


def earlier_urn(urn: Ints) -> Ints:
    """The number a school had before it became an academy."""
    return urn - _EARLIER_BY


def urn_then(schools: Schools, school: Ints, at: Minutes) -> Strings:
    """Each school's number at the instant of a row."""
    before = became_academy(schools)[school] & (at < ACADEMIES_FROM)
    return whole(np.where(before, earlier_urn(schools.urn[school]), schools.urn[school]))
