from django.db import models


class AdoptedAgreement(models.Model):
    """One version of a data sharing agreement as the partnership adopted it. Its text is kept whole and never edited."""

    code = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.JSONField()
    sha256 = models.CharField(max_length=64)
    adopted_at = models.DateTimeField()
    adopted_by = models.CharField(max_length=150)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("code", "version")
        constraints = (
            models.UniqueConstraint(fields=("code", "version"), name="one_text_for_each_agreement_version"),
        )

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"
