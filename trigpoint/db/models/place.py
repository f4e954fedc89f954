from django.db import models


class Place(models.Model):
    """A named spot that the partnership discusses and owns, drawn as streets or hexagons. Never an address."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        MERGED = "merged", "Merged into another"
        SPLIT = "split", "Split into others"
        CLOSED = "closed", "Closed"

    name = models.CharField(max_length=120)
    level = models.CharField(max_length=20, help_text="street, or a hexagon level")
    units = models.TextField(help_text="codes of its streets or hexagons, ascending, commas between")
    district = models.CharField(max_length=20, blank=True, help_text="code of the district it lies in")
    owner = models.CharField(max_length=40, blank=True, help_text="the agency that answers for it")
    origin = models.CharField(
        max_length=2000, blank=True, help_text="the question whose hotspot it was drawn from"
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return f"place {self.pk}"


class PlaceChange(models.Model):
    """What happened to a place: opened, renamed, redrawn, owner, merged, split, closed, reopened."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="history")
    change = models.CharField(max_length=20)
    other = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="history_elsewhere"
    )
    detail = models.JSONField(default=dict, help_text="what it was before, and what it became")
    by = models.CharField(max_length=150)
    agency = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("place", "at", "id")
