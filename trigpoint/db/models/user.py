from django.contrib.auth.models import AbstractUser
from django.db import models


class Role(models.TextChoices):
    """What a person may be in the partnership; an agreement says what each role may see."""

    ANALYST = "analyst", "Analyst"
    MEMBER = "member", "Meeting member"
    CHAIR = "chair", "Meeting chair"
    CONTRIBUTOR = "contributor", "Contributor"
    FRONTLINE = "frontline", "Frontline"
    GOVERNANCE = "governance", "Information governance"


class User(AbstractUser):
    """A person acting for an agency in one role. Nothing of a child is ever kept here."""

    role = models.CharField(max_length=20, choices=Role.choices, default=Role.MEMBER)
    agency = models.ForeignKey("db.Agency", on_delete=models.PROTECT, null=True, blank=True)
