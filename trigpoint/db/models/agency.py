from django.db import models


class Agency(models.Model):
    """A member of the partnership, or the publisher of open data. Its position is its square's place on every screen."""

    code = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.name
