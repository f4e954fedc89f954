from django.db import models

from trigpoint.db.models.meeting import Meeting
from trigpoint.db.models.place import Place


class MeetingQuestion(models.Model):
    """A question to the meeting, from the analysis (`rule` and `key` say which) or from a member.

    One that is still open when its meeting closes comes back in the next: `carried` counts how often.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ANSWERED = "answered", "Answered"
        ACTIONED = "actioned", "Became an action"
        DROPPED = "dropped", "Not asked any more"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True)
    rule = models.CharField(
        max_length=60, blank=True, help_text="the rule of the analysis; empty for a member's"
    )
    key = models.CharField(max_length=200, blank=True, help_text="tells one question of a rule from another")
    text = models.CharField(max_length=500)
    evidence = models.CharField(max_length=2000, blank=True, help_text="the question's words, to ask it anew")
    asked_of = models.CharField(max_length=40, blank=True, help_text="the agency that may know")
    asked_by_agency = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    answer = models.TextField(blank=True)
    carried = models.PositiveIntegerField(default=0)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    settled_by = models.CharField(max_length=150, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
