"""A place's figures, before a check and now: the same question, asked of each publication as the person may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from trigpoint.web.asking_softly import asked_softly

__all__ = ["Figure", "Figures", "figures_now", "side_by_side"]

NOTED = {"records": "records", "events": "linked events", "withdrawn": "withdrawn by sense-check"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number before and after; None where it is not known."""

    words: str
    before: int | None
    after: int | None

    @property
    def moved(self) -> bool:
        return self.before is not None and self.after is not None and self.before != self.after


@dataclass(frozen=True, slots=True)
class Figures:
    """Both sides. `after_words` says what the right side is; it is empty while nothing was published since."""

    rows: tuple[Figure, ...]
    before_words: str
    after_words: str
    published: bool


def figures_now(
    request: HttpRequest, level: str, units: Sequence[str], period: Mapping[str, object]
) -> dict[str, object]:
    """Records and linked events at some units in a period, what is withdrawn there, and the publication that said so.

    Empty where this person is not told: then there is nothing to compare.
    """
    words = {"level": level, "within": list(units), **{name: str(told) for name, told in period.items()}}
    kept: dict[str, object] = {"period": dict(period), "level": level, "units": list(units)}
    for name, counted in (("records", "records"), ("events", "events")):
        answer = asked_softly(request, "counts", {**words, "counted": counted}).answer
        if answer is None:
            return {}
        kept[name] = int(str(answer.about["total"]))
        if name == "records":
            kept["withdrawn"] = int(str(answer.about.get("withdrawn", 0)))
            kept["publication"] = int(str(answer.about["publication"]))
    return kept


def side_by_side(request: HttpRequest, before: Mapping[str, object], *, at: datetime) -> Figures | None:
    """The place before a check made at `at`, beside what is told now, both as this person may see them; or None.

    `before` holds figures for whom they were told to. Everybody else is told their own: until the next publication
    nothing has moved, and what they are told now was so before; after it they are asked as known the day before.
    """
    if not before.get("units"):
        return None
    period, units, level = before["period"], before["units"], str(before["level"])
    if not isinstance(period, Mapping) or not isinstance(units, list):
        return None
    now = figures_now(request, level, units, period)
    if not now or "publication" not in before:
        return None
    published = int(str(now["publication"])) > int(str(before["publication"]))
    then, words = before, f"Publication {before['publication']}"
    if "records" not in before:
        then = now
        if published:
            day = timezone.localdate(at) - timedelta(days=1)
            then = figures_now(request, level, units, {**period, "known": day.isoformat()})
            words = f"As known on {day:%-d %B %Y}"
        if not then:
            return None
    rows = tuple(
        Figure(told, int(str(then[name])), int(str(now[name])) if published else None)
        for name, told in NOTED.items()
    )
    after = f"Publication {now['publication']}, now" if published else ""
    return Figures(rows, words, after, published)
