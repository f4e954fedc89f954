"""Two people at one thing: whoever saves second is shown both versions, and nothing of either is lost."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.db import models

__all__ = ["ChangedMeanwhile", "NoSuchThing", "held"]

Thing = TypeVar("Thing", bound=models.Model)


class NoSuchThing(LookupError):
    """There is nothing of that number; the message says what was looked for."""


class ChangedMeanwhile(RuntimeError):
    """Somebody changed this since it was read. `now` is what it says by now, by the names of its columns."""

    def __init__(self, subject: str, version: int, now: Mapping[str, str]) -> None:
        super().__init__("Someone changed this while you were writing. Here are both.")
        self.subject = subject
        self.version = version
        self.now = dict(now)


def held(model: type[Thing], number: int, version: int | None, shown: Sequence[str]) -> Thing:
    """The row of that number, locked until the transaction ends, if it is still as its reader saw it.

    `version` is what the reader was shown, None where the change cannot overwrite anybody's; `shown` are the columns
    that somebody may have changed. Raises NoSuchThing, or ChangedMeanwhile with what the row says now. The caller
    raises `row.version` by one and saves within the same transaction.
    """
    word = str(model._meta.verbose_name)
    found = model._default_manager.select_for_update().filter(pk=number).first()
    if found is None:
        raise NoSuchThing(f"There is no {word} {number}.")
    held_version: int = found.version  # type: ignore[attr-defined]  # every table that people edit has one
    if version is not None and held_version != version:
        now = {name: str(getattr(found, name)) for name in shown}
        raise ChangedMeanwhile(f"{word} {number}", held_version, now)
    return found
