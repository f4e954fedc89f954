"""Ordinary Django models, one a file: people's work, never facts about children."""

from trigpoint.db.models.agency import Agency
from trigpoint.db.models.agreement import AdoptedAgreement
from trigpoint.db.models.audit_event import AuditEvent
from trigpoint.db.models.delivery import Delivery
from trigpoint.db.models.publication import Publication
from trigpoint.db.models.user import User

__all__ = ["AdoptedAgreement", "Agency", "AuditEvent", "Delivery", "Publication", "User"]
