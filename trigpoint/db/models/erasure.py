from django.db import models


class Erasure(models.Model):
    """A tombstone: that rows of a delivery are gone, how many and which numbers, why and on whose word. No content."""

    class Kind(models.TextChoices):
        ROWS = "rows", "Rows erased"
        DELIVERY = "delivery", "Delivery withdrawn"
        RETENTION = "retention", "Kept no longer"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    delivery = models.PositiveBigIntegerField(
        help_text="the delivery that was named; others may hold the same rows"
    )
    lines = models.JSONField(default=dict, help_text="numbers of rows by the delivery that held them")
    rows = models.PositiveIntegerField()
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=150)
    agency = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    publication = models.PositiveIntegerField(
        null=True, blank=True, help_text="the first version without them; empty until every other is gone"
    )

    class Meta:
        ordering = ("id",)
