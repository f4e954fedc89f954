from django.db import models


class WordingDecision(models.TextChoices):
    NONE = "", "Not decided"
    CONFIRMED = "confirmed", "The first candidate is right"
    PICKED = "picked", "Picked by a person"
    LEFT = "left", "Left without a place"


class Wording(models.Model):
    """A place as one agency words it. Its text goes when somebody decides, or after 90 days; the digest stays.

    The decision holds for every record, past and to come, in which the same agency uses the same words with the same
    town: it is the alias that the partnership has learned. `candidates` are what the last publication made of the
    text, as JSON: [{kind, ref, name, easting_m, northing_m, weight, quality}], weights summing to at most 1.
    """

    agency = models.CharField(max_length=40)
    digest = models.CharField(
        max_length=32, help_text="hex of the keyed digest that the records' claims hold"
    )
    text = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=80, blank=True, help_text="the column beside it that narrows it down")
    first_received_at = models.DateTimeField()
    text_until = models.DateTimeField(help_text="when the text goes if nobody decides")
    gazetteer = models.CharField(
        max_length=64, blank=True, help_text="the gazetteer that candidates were found in"
    )
    candidates = models.JSONField(default=list)
    decision = models.CharField(max_length=20, choices=WordingDecision.choices, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("agency", "digest"), name="one_wording_an_agency_and_digest"),
        )

    def __str__(self) -> str:
        return f"{self.agency} {self.digest[:8]}"
