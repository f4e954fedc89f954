import uuid

from django.db import models


class RunStage(models.TextChoices):
    QUEUED = "queued", "Waiting to begin"
    RUNNING = "running", "Being worked out"
    DONE = "done", "Worked out"
    FAILED = "failed", "Not worked out"
    STOPPED = "stopped", "Stopped"


class Run(models.Model):
    """A question that takes more than a moment, worked out in the background for whoever asked. Its result is no row:
    it lies beside the store version, under a key that carries what the viewer is permitted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    query = models.TextField(help_text="the question's words, as a URL has them")
    publication = models.PositiveIntegerField()
    stage = models.CharField(max_length=20, choices=RunStage.choices, default=RunStage.QUEUED)
    done = models.PositiveBigIntegerField(default=0)
    whole = models.PositiveBigIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    fault = models.CharField(
        max_length=2000, blank=True, help_text="why there is no result, fit for a screen"
    )
    by = models.CharField(max_length=150)
    purpose = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.kind} {self.stage}"
