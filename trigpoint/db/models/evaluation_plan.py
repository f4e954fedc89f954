from django.db import models


class EvaluationPlan(models.Model):
    """What an evaluation promised before the work was judged. Once locked, no column changes but `state` and `reported_*`.

    Codes are of units, never of people. `basis` says which feeds, how finely, the comparable places were chosen from:
    whoever may see less may not be told them. A post hoc plan names the one it `amends` and stands beside it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        LOCKED = "locked", "Locked"
        REPORTED = "reported", "Reported"

    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    places = models.CharField(
        max_length=2000, help_text="codes of the treated units, ascending, commas between"
    )
    level = models.CharField(max_length=20)
    start = models.DateField(help_text="the day the work begins")
    outcome = models.CharField(
        max_length=1000, blank=True, help_text="which records count, as words of a URL"
    )
    radius_m = models.PositiveIntegerField()
    buffer_m = models.PositiveIntegerField()
    months = models.PositiveIntegerField()
    controls = models.CharField(
        max_length=4000, blank=True, help_text="codes of the comparable places, commas between"
    )
    balance = models.CharField(
        max_length=200,
        blank=True,
        help_text="standardised differences, as measure=difference, commas between",
    )
    smallest_fall = models.FloatField(
        null=True, blank=True, help_text="the smallest fall that can be seen, said before"
    )
    expected = models.FloatField(null=True, blank=True, help_text="records expected without an effect")
    basis = models.CharField(max_length=8000, blank=True, help_text="what it was worked out from, by feed")
    publication = models.PositiveIntegerField(null=True, blank=True, help_text="the publication frozen from")
    method = models.PositiveIntegerField(null=True, blank=True, help_text="the version of the method")
    amends = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="amended_by"
    )
    changed = models.CharField(max_length=200, blank=True, help_text="terms that a post hoc plan changed")
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField()
    locked_by = models.CharField(max_length=150, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    reported_by = models.CharField(max_length=150, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    reported_publication = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"plan {self.pk} ({self.state})"
