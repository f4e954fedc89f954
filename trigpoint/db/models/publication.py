from django.db import models


class Publication(models.Model):
    """One store version that was swapped in. The number, never a content hash, is what answers may tell."""

    number = models.PositiveIntegerField(primary_key=True)
    file_name = models.CharField(max_length=100)
    built_at = models.DateTimeField()
    built_by = models.CharField(max_length=150)
    records = models.PositiveBigIntegerField()
    claims = models.PositiveBigIntegerField()
    deliveries = models.JSONField(default=list)
    seconds = models.FloatField()
    base_map = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"publication {self.number}"
