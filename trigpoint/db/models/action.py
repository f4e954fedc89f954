from django.db import models

from trigpoint.db.models.evaluation_plan import EvaluationPlan
from trigpoint.db.models.meeting import Meeting
from trigpoint.db.models.meeting_question import MeetingQuestion
from trigpoint.db.models.place import Place


class Action(models.Model):
    """A decision of the meeting: an agency will do something at a place by a day; or no action, because.

    `kind` is of the vocabulary in definitions/actions.yaml, which also says its class and what its dose is counted in.
    """

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    question = models.ForeignKey(
        MeetingQuestion, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    kind = models.CharField(max_length=40)
    agency = models.CharField(max_length=40, blank=True, help_text="who will do it; empty for no action")
    what = models.CharField(max_length=300, help_text="the verb and its object, in the meeting's words")
    due_on = models.DateField(null=True, blank=True)
    expected_change = models.CharField(max_length=500, blank=True)
    how_seen = models.CharField(max_length=500, blank=True)
    because = models.CharField(max_length=500, blank=True, help_text="why no action is taken")
    state = models.CharField(max_length=20, help_text="see core/workflow/action.py")
    dose_planned = models.JSONField(
        default=dict, help_text="by the kind's measures, such as sessions and hours"
    )
    plan = models.ForeignKey(EvaluationPlan, on_delete=models.PROTECT, null=True, blank=True)
    superseded_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    decided_by = models.CharField(max_length=150)
    decided_at = models.DateTimeField()
    reminded_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("due_on", "id")


class ActionStep(models.Model):
    """One move of an action from state to state."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="steps")
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    note = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=150)
    agency = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("action", "at", "id")


class Dose(models.Model):
    """What of an action was done on one day. A wrong one is struck out, never edited: what was put stays to be read."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="doses")
    on = models.DateField()
    sessions = models.PositiveIntegerField(default=0)
    hours = models.FloatField(default=0.0)
    patrol_minutes = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    agency = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.CharField(max_length=150, blank=True)
    struck_agency = models.CharField(max_length=40, blank=True)
    struck_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("action", "on", "id")
