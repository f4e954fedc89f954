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
    lifted_at = models.DateTimeField(null=True, blank=True, help_text="since when its rows may come back")
    lifted_because = models.CharField(max_length=300, blank=True)
    lifted_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ("id",)

    @classmethod
    def being_published(cls) -> bool:
        """Whether a version may still hold rows that are gone: until it is replaced, nothing is told from it to anybody."""
        return cls.objects.filter(publication=None).exists()


class ErasedMark(models.Model):
    """That a row may not come back: a keyed digest of its feed and key, and nothing else of it. Lifting an erasure takes
    its marks away."""

    erasure = models.ForeignKey(Erasure, on_delete=models.PROTECT, related_name="marks")
    definition = models.CharField(max_length=80)
    mark = models.CharField(max_length=32)

    class Meta:
        indexes = (models.Index(fields=("definition",), name="erased_marks_of_a_feed"),)
