from django.db import models

from trigpoint.db.models.meeting import Meeting
from trigpoint.db.models.place import Place


class SenseCheck(models.Model):
    """What an agency says of a record or a place: does it agree with what it knows? Bitemporal and reversible.

    A record is named by its delivery and row, which no publication renumbers. Nothing of a delivery is ever edited:
    what a check changes is a `Correction`, laid over the facts by the next publication.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Needs a second agency"
        IN_FORCE = "in_force", "In force"
        UNDONE = "undone", "Undone"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True)
    subject = models.CharField(max_length=20, help_text="record, event, hotspot or place")
    delivery = models.PositiveIntegerField(null=True, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=200, blank=True, help_text="level and code of a hotspot's first unit")
    outcome = models.CharField(max_length=20, help_text="see core/workflow/sense_check.py")
    reason = models.CharField(max_length=30, blank=True, help_text="why it is disputed")
    note = models.CharField(max_length=500, blank=True)
    detail = models.JSONField(default=dict, help_text="where to, which role, what with")
    before = models.JSONField(default=dict, help_text="the hotspot as it was told")
    state = models.CharField(max_length=20, choices=State.choices)
    agency = models.CharField(max_length=40)
    role = models.CharField(max_length=20)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    seconded_by = models.CharField(max_length=150, blank=True)
    seconded_agency = models.CharField(max_length=40, blank=True)
    seconded_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=150, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)


class Correction(models.Model):
    """What a check lays over one record from `known_from` on, until `known_to` where it was undone."""

    check_made = models.ForeignKey(SenseCheck, on_delete=models.PROTECT, related_name="corrections")
    delivery = models.PositiveIntegerField()
    row = models.PositiveIntegerField()
    effect = models.CharField(
        max_length=20, help_text="withdrawn, moved, role, same_event, apart, confidential"
    )
    value = models.JSONField(default=dict)
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("delivery", "row")),)
