from django.db import models


class Publication(models.Model):
    """One store version that was swapped in. The number, never a content hash, is what answers may tell.

    A line stays when its facts are gone: meetings and releases rest on it. `file_name` is empty where nothing was left to
    publish.
    """

    number = models.PositiveIntegerField(primary_key=True)
    file_name = models.CharField(max_length=100, blank=True)
    built_at = models.DateTimeField()
    built_by = models.CharField(max_length=150)
    records = models.PositiveBigIntegerField()
    claims = models.PositiveBigIntegerField()
    deliveries = models.JSONField(default=list)
    seconds = models.FloatField()
    base_map = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ("number",)

    @classmethod
    def in_use(cls) -> "Publication | None":
        """The newest whose facts are kept; None where nothing is published, or nothing is left of what was."""
        newest = cls.objects.order_by("-number").first()
        return newest if newest is not None and newest.file_name else None

    def __str__(self) -> str:
        return f"publication {self.number}"
