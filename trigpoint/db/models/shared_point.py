from django.db import models


class SharedPoint(models.Model):
    """What somebody said of a point that suspiciously many records of one feed share."""

    class Decision(models.TextChoices):
        DEFAULT = "default", "A default address: its records have no place"
        REAL = "real", "A real place"

    definition = models.CharField(max_length=80)
    easting_m = models.IntegerField()
    northing_m = models.IntegerField()
    decision = models.CharField(max_length=20, choices=Decision.choices)
    decided_by = models.CharField(max_length=150)
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("definition", "easting_m", "northing_m"), name="one_decision_a_feed_and_point"
            ),
        )

    def __str__(self) -> str:
        return f"{self.definition} {self.decision}"
