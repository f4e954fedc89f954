"""Which feeds and registers the county's agencies keep, by the name of the definition that reads each."""

from collections.abc import Callable, Mapping

import numpy as np

from trigpoint.core.county.feeds import (
    attendance,
    community_safety,
    control_room,
    education,
    intelligence,
    interviews,
    placements,
    police,
    premises,
    probation,
    social_care,
    totals,
    visitors,
    youth,
)
from trigpoint.core.county.feeds.wording import County, Records
from trigpoint.core.county.notices import closures, warning_notices
from trigpoint.core.county.tables import Table

FEEDS: Mapping[str, Callable[[County, np.random.Generator], Records]] = {
    "social_care_missing": social_care.missing,
    "social_care_contacts": social_care.contacts,
    "social_care_assessment_factors": social_care.assessment_factors,
    "social_care_placements": placements.placements,
    "education_concerns": education.concerns,
    "education_exclusions": education.exclusions,
    "education_cme": education.missing_education,
    "education_attendance": attendance.attendance,
    "youth_sessions": youth.sessions,
    "return_interviews_rhi": interviews.interviews,
    "safeguarding_board_counts": totals.board_counts,
    "community_safety_asb": community_safety.antisocial_behaviour,
    "community_safety_premises": premises.licensed_premises,
    "community_safety_lets": premises.lets,
    "community_safety_notices": premises.notices,
    "probation_cohorts": probation.cohorts,
    "police_crime": police.crimes,
    "police_incidents": control_room.incidents,
    "police_missing": control_room.missing_persons,
    "police_intelligence": intelligence.intelligence,
    "police_nrm": totals.referrals,
    "transport_police_incidents": visitors.railway,
    "health_ae": visitors.emergency,
    "health_totals": totals.health_totals,
    "youth_justice_cases": totals.youth_justice,
}
"""The feeds."""

REGISTERS: Mapping[str, Callable[[County, np.random.Generator], Table]] = {
    "police_cawn": warning_notices,
    "community_safety_closures": closures,
}
"""The registers of notices."""
