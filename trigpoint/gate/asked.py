"""A question that has been decided: what the kinds of answer work from, and what every answer says of itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
from numpy.typing import NDArray

from trigpoint.core.sharing.agreement import GRADES, HANDLINGS, LOCATION_ROLES, MARKINGS
from trigpoint.core.sharing.grain import Grain
from trigpoint.core.sharing.policy import FeedGrant, Restrictions, cited
from trigpoint.gate.exposure import exposure_sentence
from trigpoint.gate.kept_words import KeptWords, no_words
from trigpoint.gate.kind_rules import TESTS
from trigpoint.gate.meeting_rules import MeetingRule, package_rules
from trigpoint.gate.plans import LockedPlan
from trigpoint.gate.questions import Question
from trigpoint.gate.shelf import Shelf
from trigpoint.gate.version import Version
from trigpoint.gate.within import Place
from trigpoint.gate.work import WorkClass, work_classes
from trigpoint.store.choices import FeedNamed
from trigpoint.store.counts import occupied_beyond
from trigpoint.store.links import fetch_numbers
from trigpoint.store.own_rows import anything_withdrawn
from trigpoint.store.permitted import (
    PermittedFeed,
    permit_claims,
    permit_people,
    permit_records,
    permit_sites_and_notices,
    permit_times,
    permit_withdrawn,
)
from trigpoint.store.questions import Selection
from trigpoint.store.series import fetch_span

__all__ = ["NOTHING_RECEIVED", "Asked", "known_instant", "permitted_feeds"]

NOTHING_RECEIVED = (
    "No record was received for what was asked. "
    "That is not the same as nothing having happened: see coverage."
)

LONDON = ZoneInfo("Europe/London")
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question with the decision taken on it. `permitted` and `selection` are its dense ids; `grain` its finest
    place; `around` the place its distances are measured from. `of_every_agency` is the same asked of all agencies,
    where a picture names some: it tells what the others would add. `words` gives what is kept of agencies' wordings;
    `exposure` are the dense ids of categories that are no concerns; `shelf` is where runs are kept; `plan` is
    the locked plan that the question follows; `rules` raise the meeting's questions;
    `work` says which records tell of work of our own.
    """

    question: Question
    at: datetime
    version: Version
    restrictions: Restrictions
    permitted: tuple[PermittedFeed, ...]
    selection: Selection
    grain: Grain
    within: tuple[Place, ...]
    around: Place | None
    words: Callable[[tuple[str, ...]], KeptWords] = no_words
    exposure: tuple[int, ...] = ()
    shelf: Shelf = field(default_factory=Shelf)
    plan: LockedPlan | None = None
    rules: tuple[MeetingRule, ...] = field(default_factory=package_rules)
    work: tuple[WorkClass, ...] = field(default_factory=work_classes)
    of_every_agency: "Asked | None" = None

    @contextmanager
    def records(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor on which only `permitted_record` has a name."""
        with self.version.cursor() as cursor:
            yield permit_records(cursor, self.permitted, min(self.grain, Grain.CELL))

    @contextmanager
    def people(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor on which only `permitted_person` has a name. Nothing read from it may enter an answer."""
        with self.version.cursor() as cursor:
            yield permit_people(cursor, self.permitted)

    @contextmanager
    def times(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor on which only `permitted_record` and `permitted_time` have names."""
        with self.version.cursor() as cursor:
            yield permit_times(cursor, self.permitted, min(self.grain, Grain.CELL))

    @contextmanager
    def claims(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor on which only `permitted_record`, `permitted_claim` and `permitted_said` have names."""
        with self.version.cursor() as cursor:
            yield permit_claims(cursor, self.permitted, min(self.grain, Grain.CELL))

    @contextmanager
    def layers(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor on which only `permitted_site` and `permitted_notice` have names."""
        with self.version.cursor() as cursor:
            yield permit_sites_and_notices(cursor, self.permitted)

    def withdrawn(self) -> int:
        """How many permitted records the question would count, had no sense-check withdrawn them."""

        def any_() -> bool:
            with self.version.cursor() as cursor:
                return anything_withdrawn(cursor)

        def find() -> int:
            with self.version.cursor() as cursor:
                permit_withdrawn(cursor, self.permitted, min(self.grain, Grain.CELL))
                return int(fetch_numbers(cursor, self.selection).size)

        if not self.version.recall(("anything withdrawn",), any_):
            return 0
        return self.version.recall(("withdrawn", self.permitted, self.grain, self.selection), find)

    def feeds_telling(self, field: str) -> tuple[int, ...]:
        """Ids of the feeds whose agreements tell this viewer a column of `FIELDS`, ascending."""
        telling = {grant.feed for grant in self.restrictions.grants if field in grant.fields}
        return tuple(sorted(one.id for one in self.version.vocabulary.feeds if one.code in telling))

    def streets_seen(self) -> NDArray[np.bool_]:
        """Which streets may be told, bool[n]: every segment, and the anchor points of permitted records."""
        streets = self.version.streets
        if not streets.anchors:
            return np.ones(len(streets.codes), dtype=bool)
        fine = tuple(one for one in self.permitted if one.places >= Grain.STREET)
        known = Selection(known_at=self.selection.known_at)

        def find() -> NDArray[np.bool_]:
            seen = np.zeros(len(streets.codes), dtype=bool)
            with self.version.cursor() as cursor:
                seen[occupied_beyond(permit_records(cursor, fine, Grain.STREET), known, "street", 0)] = True
            return seen

        return self.version.recall(("anchors", fine, known), find)

    def span(self) -> tuple[int, int] | None:
        """The first and last day of the permitted records, days since 1970-01-01; None where there is none."""
        known = Selection(known_at=self.selection.known_at)

        def find() -> tuple[int, int] | None:
            with self.records() as cursor:
                return fetch_span(cursor, known)

        return self.version.recall(("span", self.permitted, known), find)

    def period(self) -> tuple[date | None, date | None]:
        """The half-open period of the answer: as asked, and where that is open, the months of the permitted records.

        Whole months, because feeds that know only the month put their records on its first day.
        """
        start, end = self.question.period_from, self.question.period_to
        if start and end:
            return start, end
        span = self.span()
        if span is None:
            return start, end
        first, last = (EPOCH + timedelta(days=day) for day in span)
        after = (last.replace(day=1) + timedelta(days=32)).replace(day=1)
        return start or first.replace(day=1), end or after

    def _uses(self, layer: FeedNamed) -> bool:
        """Whether the answer rests on an open layer, so that its licence must be named."""
        if layer.kind == "records" or not (layer.loaded and layer.open):
            return False
        used = _LAYERS_USED.get(self.question.kind)
        if used is None or layer.kind in used:
            return True
        fine = self.grain >= Grain.STREET or self.question.level in ("street", "cell")
        return layer.kind == "streets" and fine

    def _breaks(self, start: date | None, end: date | None, feeds: set[str]) -> list[dict[str, object]]:
        """The changes of definition that fall in the answer's time and touch what it counts."""
        question = self.question
        if question.kind == "picture":
            span = self.span()
            start, end = (EPOCH + timedelta(days=day) for day in span) if span else (None, None)
        return [
            {
                "code": one.code,
                "date": one.day.isoformat(),
                "about": one.about,
                "title": one.title,
                "text": one.text,
            }
            for one in (self.version.breaks if question.kind in _BROKEN else ())
            if (start is None or one.day > start)
            and (end is None or one.day < end)
            and (not one.feeds or feeds & set(one.feeds))
            and (not one.themes or not question.themes or set(one.themes) & set(question.themes))
            and (not one.levels or question.level in one.levels)
        ]

    def _not_counted(self, granted: Iterable[str]) -> str:
        """The sentence on what is no concern; none where the question chose its categories itself."""
        if self.question.categories and self.question.kind not in TESTS:
            return ""
        return exposure_sentence(self.version, self.selection.without_categories, granted)

    def _withdrawn(self, more: Mapping[str, object]) -> dict[str, object]:
        """What an answer that counts records says of those that sense-checks withdrew; nothing where there are none."""
        many = self.withdrawn() if "unplaced" in more else 0
        return {"withdrawn": many} if many else {}

    def about(self, **more: object) -> dict[str, object]:
        """What every answer says of itself: from the question, the agreements and the permitted records alone.

        An answer that counts records, and has counted none, says in `silence` that this is not a nought.
        """
        grants = {grant.feed: grant for grant in self.restrictions.grants}
        vocabulary = self.version.vocabulary
        agencies = {one.id: one.code for one in vocabulary.agencies}
        feeds = [one for one in vocabulary.feeds if one.code in grants]
        layers = [one for one in vocabulary.feeds if self._uses(one)]
        start, end = self.period()
        return {
            "kind": self.question.kind,
            "level": self.question.level_word,
            "period": [start.isoformat() if start else None, end.isoformat() if end else None],
            "filters": self.question.to_dict(),
            "known": self.question.known.isoformat() if self.question.known else None,
            "publication": self.version.number,
            "feeds": [{"code": one.code, "name": one.name, "agency": agencies[one.agency]} for one in feeds],
            "clauses": [_allowed_by(grants[one.code]) for one in feeds],
            "why": [
                {
                    "code": one.feed,
                    "agency": one.agency,
                    "sentence": one.sentence,
                    "clause": cited(one.agreement, one.version, one.clause),
                }
                for one in self.restrictions.left_out
            ],
            "definition_breaks": self._breaks(start, end, {one.code for one in feeds}),
            "attributions": sorted({one.attribution for one in (*feeds, *layers) if one.attribution}),
            "withheld": [],
            "exposure": self._not_counted(grants),
            **({"silence": NOTHING_RECEIVED} if _counted_none(more) else {}),
            **self._withdrawn(more),
            **more,
        }


_BROKEN = TESTS | {"counts", "series", "picture", "coverage", "silence", "shifts", "flows", "times", "change"}
"""Answers whose counts a change of definition may have moved. A picture tells of the whole history."""

_LAYERS_USED = {
    "counts": {"areas", "postcodes", "population"},
    "series": {"areas", "postcodes"},
    "hotspots": {"areas", "postcodes", "streets"},
    "coverage": {"areas", "postcodes"},
    "sites": {"areas"},
    "notices": {"areas"},
    "routes": set(),
    "work": {"areas", "postcodes"},
    "unplaced": {"areas", "streets", "sites"},
    "totals": {"areas"},
    "rates": {"areas", "postcodes", "population"},
    "silence": {"areas", "postcodes"},
    "shifts": {"areas", "postcodes"},
    "change": {"areas", "postcodes"},
}
"""Layers behind an answer beside the feeds it counts. What is drawn, a picture and the rest, stands on all of them."""


def _counted_none(more: Mapping[str, object]) -> bool:
    return "unplaced" in more and not more.get("total") and not more.get("not_tested")


def _allowed_by(grant: FeedGrant) -> dict[str, str]:
    return {"feed": grant.feed, "clause": cited(grant.agreement, grant.version, grant.clause)}


def known_instant(day: date) -> datetime:
    """The instant a day ends in the county, as naive UTC: what was known on it is what was known just before."""
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=LONDON)
    return midnight.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


def permitted_feeds(restrictions: Restrictions, version: Version) -> tuple[PermittedFeed, ...]:
    """The grants in dense ids, in the order of the ids."""
    ids = {one.code: one.id for one in version.vocabulary.feeds}
    permitted = [
        PermittedFeed(
            feed=ids[grant.feed],
            hours="hours" in grant.fields,
            without_roles=_numbers(grant.without_roles, LOCATION_ROLES),
            places=int(grant.finest),
            precise_sites=grant.precise_sites,
            without_handling=_numbers(grant.without_handling, HANDLINGS),
            without_grades=_numbers(grant.without_grades, GRADES),
            without_markings=_numbers(grant.without_markings, MARKINGS),
        )
        for grant in restrictions.grants
    ]
    return tuple(sorted(permitted, key=lambda one: one.feed))


def _numbers(words: frozenset[str], known: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(sorted(known.index(word) for word in words))
