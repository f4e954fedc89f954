from typing import Any, NoReturn, Self

from django.db import models


class AppendOnlyError(RuntimeError):
    """Somebody tried to change or remove what has been recorded."""


class AppendOnlyQuerySet(models.QuerySet["AuditEvent"]):
    """A set of events that can be read and added to, and nothing else."""

    def update(self, **_: Any) -> NoReturn:
        raise AppendOnlyError("an audit event is never changed")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("an audit event is never removed")


class AuditEvent(models.Model):
    """What was asked, shown, refused or changed, by whom and why. No foreign keys; append-only."""

    at = models.DateTimeField(help_text="the real instant")
    user = models.CharField(max_length=150)
    agency = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=20, blank=True)
    purpose = models.CharField(max_length=60, blank=True)
    event = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    allowed = models.BooleanField()
    clause = models.CharField(max_length=120, blank=True)
    detail = models.JSONField(default=dict)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("event", "at")), models.Index(fields=("user", "at")))

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.event}"

    def save(self: Self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("an audit event is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError("an audit event is never removed")
