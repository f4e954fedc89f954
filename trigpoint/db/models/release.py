from django.db import models

from trigpoint.db.models.publication import Publication


class Release(models.Model):
    """What may leave the room for one audience: a closed set of cells, proved before two people let it go.

    `recipe` is what it was made of (themes, areas, periods, rules, agreements); `removed` what was taken out and why,
    by rule and number. `page` and `document` are the HTML and the PDF as issued.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Being made"
        PROPOSED = "proposed", "Waits for two approvals"
        APPROVED = "approved", "Approved"
        ISSUED = "issued", "Issued"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Restating(models.TextChoices):
        DUE = "due", "To be made again"
        MADE = "made", "Made again"
        CANNOT = "cannot", "Cannot be made again"

    title = models.CharField(max_length=200)
    audience = models.CharField(max_length=40, help_text="a key of definitions/audiences.yaml")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT)
    first_on = models.DateField(help_text="first day of the first period")
    end_on = models.DateField(help_text="the day after the last")
    recipe = models.JSONField(default=dict)
    removed = models.JSONField(default=dict)
    recipients = models.JSONField(default=list, help_text="agencies, each with the team it is for")
    marking = models.CharField(max_length=60)
    expires_on = models.DateField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    page = models.BinaryField(null=True, blank=True)
    document = models.BinaryField(null=True, blank=True)
    author = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=500, blank=True)
    restating = models.CharField(
        max_length=10, choices=Restating.choices, blank=True,
        help_text="rows that it counted are gone: whether another is to be made, is made, or cannot be",
    )  # fmt: skip
    restates = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="restated_by",
        help_text="the release in whose place this one stands",
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return f"release {self.pk} ({self.state})"


class ReleaseCell(models.Model):
    """One cell of a release, as it was told: `told` is the rounded number, empty where it is withheld.

    Kept for ever, of issued releases and refused ones alike: each new release is proved against all that went before.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="cells")
    area_kind = models.CharField(max_length=20, help_text="district, ward, named_area or piece")
    area = models.CharField(max_length=160, help_text="the area's code")
    period_kind = models.CharField(max_length=20, help_text="quarter or month")
    first_on = models.DateField()
    theme = models.CharField(max_length=60, blank=True, help_text="the code of the release's layer")
    counts = models.CharField(max_length=20, help_text="people, or events of feeds without a key of a person")
    told = models.PositiveIntegerField(null=True, blank=True)
    withheld = models.CharField(max_length=20, blank=True, help_text="small, secondary, or before")
    offered = models.BooleanField(
        default=True, help_text="false for what lies between the cells and is never told"
    )

    class Meta:
        ordering = ("release", "id")


class ReleaseApproval(models.Model):
    """What one person said of a release. Two of two agencies must approve; its author cannot."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="approvals")
    by = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    role = models.CharField(max_length=20)
    approved = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("release", "at", "id")
        constraints = (
            models.UniqueConstraint(fields=("release", "by"), name="one_word_a_release_and_person"),
        )


class ReleaseClearance(models.Model):
    """The originator's word that records handled C of one feed may be counted in releases for one audience.

    Given by somebody who acts for the agency they come from, and by nobody else; it ends when they take it back.
    """

    feed = models.CharField(max_length=60)
    audience = models.CharField(max_length=40, help_text="a key of definitions/audiences.yaml")
    agency = models.CharField(max_length=40)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("feed", "audience", "at")
