"""Ordinary Django models, one a file: people's work, never facts about children."""

from trigpoint.db.models.access_token import AccessToken
from trigpoint.db.models.action import Action, ActionStep, Dose
from trigpoint.db.models.agency import Agency
from trigpoint.db.models.agreement import AdoptedAgreement
from trigpoint.db.models.audit_event import AuditEvent
from trigpoint.db.models.delivery import Delivery
from trigpoint.db.models.erasure import ErasedMark, Erasure
from trigpoint.db.models.evaluation_plan import EvaluationPlan
from trigpoint.db.models.meeting import AgendaItem, Attendance, KeptAnswer, Meeting, Minute
from trigpoint.db.models.meeting_question import MeetingQuestion
from trigpoint.db.models.place import Place, PlaceChange
from trigpoint.db.models.publication import Publication
from trigpoint.db.models.release import Release, ReleaseApproval, ReleaseCell, ReleaseClearance
from trigpoint.db.models.run import Run
from trigpoint.db.models.saved_view import SavedView
from trigpoint.db.models.sense_check import Correction, SenseCheck
from trigpoint.db.models.shared_point import SharedPoint
from trigpoint.db.models.upload import Upload
from trigpoint.db.models.user import User
from trigpoint.db.models.wording import Wording

__all__ = [
    "AccessToken",
    "Action",
    "ActionStep",
    "AdoptedAgreement",
    "Agency",
    "AgendaItem",
    "Attendance",
    "AuditEvent",
    "Correction",
    "Delivery",
    "Dose",
    "ErasedMark",
    "Erasure",
    "EvaluationPlan",
    "KeptAnswer",
    "Meeting",
    "MeetingQuestion",
    "Minute",
    "Place",
    "PlaceChange",
    "Publication",
    "Release",
    "ReleaseApproval",
    "ReleaseCell",
    "ReleaseClearance",
    "Run",
    "SavedView",
    "SenseCheck",
    "SharedPoint",
    "Upload",
    "User",
    "Wording",
]
