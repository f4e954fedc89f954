"""What the rules for the meeting's questions look at: further answers, each asked once, under the same decision."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import LONDON, Asked
from trigpoint.gate.asked_beside import asked_beside
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.kinds.around import answer_around
from trigpoint.gate.kinds.counts import answer_counts
from trigpoint.gate.kinds.emerging import answer_emerging
from trigpoint.gate.kinds.events import answer_events
from trigpoint.gate.kinds.hotspots import answer_hotspots
from trigpoint.gate.kinds.joint import answer_joint
from trigpoint.gate.kinds.notices import answer_notices
from trigpoint.gate.kinds.silence import answer_silence
from trigpoint.gate.kinds.sites import answer_sites
from trigpoint.gate.show import rows

__all__ = ["Evidence"]

Row = Mapping[str, Any]
_ANSWERS = {
    "hotspots": answer_hotspots,
    "emerging": answer_emerging,
    "joint": answer_joint,
    "around": answer_around,
    "notices": answer_notices,
    "silence": answer_silence,
    "sites": answer_sites,
    "counts": answer_counts,
    "events": answer_events,
}


@dataclass(slots=True)
class Evidence:
    """Answers to further questions, each worked out when a rule first looks at it.

    A question that cannot be answered here (too few months, no streets) is None, and raises nothing: the rules that
    rest on it ask nothing. `passed_over` says which, and why.
    """

    asked: Asked
    passed_over: dict[str, str] = field(default_factory=dict)
    _kept: dict[str, Answer | None] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day of asking, in the county."""
        return self.asked.question.on or self.asked.at.astimezone(LONDON).date()

    def put(
        self, kind: str, *, key: str = "", of: tuple[str, ...] = ("records",), **words: Any
    ) -> Answer | None:
        """The answer to a further question; `key` tells two questions of one kind apart."""
        name = f"{kind} {key}".strip()
        if name not in self._kept:
            try:
                put = asked_beside(self.asked, kind, of=frozenset(of), **words)
                self._kept[name] = _ANSWERS[kind](put)
            except QuestionError as refusal:
                self._kept[name] = None
                self.passed_over[name] = str(refusal)
        return self._kept[name]

    def at_level(self) -> dict[str, Any]:
        """The question's own level, as words for a further one; a place is compared with its own past where it can be."""
        question = self.asked.question
        past = "past" if question.period_from else "even"
        return {
            "level": question.level,
            "resolution": question.resolution,
            "background": question.background or past,
        }

    @property
    def hotspots(self) -> Answer | None:
        return self.put("hotspots", **self.at_level())

    @property
    def joint(self) -> Answer | None:
        return self.put("joint", **self.at_level())

    @property
    def gaps(self) -> Answer | None:
        """Hotspots and the notices around them."""
        return self.put("around", of=("records", "sites", "notices"), on=self.day, **self.at_level())

    @staticmethod
    def rows_of(table: Table) -> list[dict[str, Any]]:
        return list(rows(table))
