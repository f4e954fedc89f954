from django.db import models


class DeliveryStatus(models.TextChoices):
    ACCEPTED = "accepted", "Accepted"
    DUPLICATE = "duplicate", "Already had"
    REFUSED = "refused", "Refused"
    WAITING = "waiting", "Waiting for a decision"
    WITHDRAWN = "withdrawn", "Withdrawn by its agency"


class Delivery(models.Model):
    """One file received: its ledger line. The rows lie in an immutable Parquet file named after `id`."""

    definition = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    agency = models.CharField(max_length=40)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    size_bytes = models.PositiveBigIntegerField()
    received_at = models.DateTimeField(help_text="when the partnership had it; may be back-dated")
    extracted_on = models.DateField(help_text="the extract's own date: decides which of two is newer")
    covers_from = models.DateField(null=True, blank=True)
    covers_to = models.DateField(null=True, blank=True)
    rows_input = models.PositiveIntegerField()
    rows_accepted = models.PositiveIntegerField()
    rows_quarantined = models.PositiveIntegerField()
    rows_duplicate = models.PositiveIntegerField()
    rows_superseded = models.PositiveIntegerField()
    rows_erased = models.PositiveIntegerField(default=0)
    rows_unplaced = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=20, choices=DeliveryStatus.choices)
    decided_at = models.DateTimeField(help_text="the real instant, whatever received_at says")
    decided_by = models.CharField(max_length=150)
    reason = models.CharField(max_length=500, blank=True)
    receipt = models.JSONField(default=dict)
    mends = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="the delivery whose quarantined rows this one brings back, mended"
    )
    parquet_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    rows_input=models.F("rows_accepted")
                    + models.F("rows_quarantined")
                    + models.F("rows_duplicate")
                    + models.F("rows_superseded")
                    + models.F("rows_erased")
                ),
                name="a_receipt_balances",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.definition}"
