import uuid

from django.db import models


class UploadStage(models.TextChoices):
    QUEUED = "queued", "Waiting to be read"
    READING = "reading", "Being read"
    READY = "ready", "Read; waiting for a decision"
    ACCEPTING = "accepting", "Being accepted"
    DONE = "done", "Decided"
    REFUSED = "refused", "Refused"
    CANCELLED = "cancelled", "Cancelled"
    EXPIRED = "expired", "Not decided in time"


class Upload(models.Model):
    """A file sent through the browser, from its arrival in the spool until it is decided; then the raw file is gone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    definition = models.CharField(max_length=80)
    agency = models.CharField(max_length=40, help_text="the owner of the feed")
    file_name = models.CharField(max_length=255)
    size_bytes = models.PositiveBigIntegerField()
    stage = models.CharField(max_length=20, choices=UploadStage.choices, default=UploadStage.QUEUED)
    step = models.CharField(max_length=40, blank=True, help_text="what is being done, in a word")
    rows_done = models.PositiveBigIntegerField(default=0)
    rows_all = models.PositiveBigIntegerField(null=True, blank=True)
    cancel_asked = models.BooleanField(default=False)
    preview = models.JSONField(
        default=dict, help_text="counts, changes and faults; the sample of rows as stripped"
    )
    fault = models.CharField(max_length=2000, blank=True, help_text="why it was refused, fit for a screen")
    received_at = models.DateTimeField(null=True, blank=True)
    extracted_on = models.DateField(null=True, blank=True)
    delivery = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="the ledger's line, once there is one"
    )
    by = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.pk} {self.definition} {self.stage}"
