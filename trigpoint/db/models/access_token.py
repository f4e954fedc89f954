from django.db import models


class AccessToken(models.Model):
    """A key with which a program asks as the person who made it. Only a digest of it is kept: it is shown once.

    The key is 256 random bits, so that a plain digest cannot be turned back or guessed. `by` is a user's name.
    """

    by = models.CharField(max_length=150, help_text="the user who made it, and as whom it asks")
    label = models.CharField(max_length=60, help_text="what the user calls it, such as the program it is for")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the key, in hexadecimal")
    purpose = models.CharField(
        max_length=60, help_text="the purpose every question asked with it is recorded under"
    )
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return f"token {self.pk} of {self.by}"
