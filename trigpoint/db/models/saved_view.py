from django.db import models


class SavedView(models.Model):
    """A question of the map that somebody gave a name: never an answer. Whoever opens it asks anew, as themselves.

    `query` is the query part of the map's address. A view that is shared can be opened by its link by everybody who
    may sign in; it stays its owner's to rename and to take back.
    """

    name = models.CharField(max_length=80)
    owner = models.CharField(max_length=150, db_index=True, help_text="the account that saved it")
    query = models.CharField(max_length=2000, blank=True, help_text="the question's words, as a URL has them")
    shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return f"view {self.pk} of {self.owner}"
