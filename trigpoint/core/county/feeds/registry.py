"""Which feeds and registers the county's agencies keep, by the name of the definition that reads each."""

from collections.abc import Callable, Mapping

import numpy as np

from trigpoint.core.county.feeds import (
    community_safety,
    education,
    interviews,
    police,
    probation,
    social_care,
    youth,
)
from trigpoint.core.county.feeds.wording import County, Records
from trigpoint.core.county.notices import closures, warning_notices
from trigpoint.core.county.tables import Table

FEEDS: Mapping[str, Callable[[County, np.random.Generator], Records]] = {
    "social_care_missing": social_care.missing,
    "education_concerns": education.concerns,
    "education_exclusions": education.exclusions,
    "youth_sessions": youth.sessions,
    "return_interviews_rhi": interviews.interviews,
    "community_safety_asb": community_safety.antisocial_behaviour,
    "police_crime": police.crimes,
    "probation_cohorts": probation.cohorts,
}
"""The record feeds."""

REGISTERS: Mapping[str, Callable[[County, np.random.Generator], Table]] = {
    "police_cawn": warning_notices,
    "community_safety_closures": closures,
}
"""The registers of notices."""
