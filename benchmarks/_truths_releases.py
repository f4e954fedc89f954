"""Truth (o) as somebody outside reads it: the same quarter released as known on two days, and what both give away.

The two releases are built, approved by two agencies and issued through the rooms, for an audience of the judge's own that
is as fine as any may be: district by month, wards and named areas by quarter, of all events and of those of exploitation
alone. Nothing of it stays: neither the audience's definition nor a row. Earlier by the calendar than the rooms would allow
(a quarter is released when it is over), they are still counted as known on their days: that can only give more away.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

from trigpoint.core.disclosure.attack import NotPossible, narrowed
from trigpoint.core.disclosure.cells import CellKey, Relation, Within, interval_of, quarter_of, relations_of
from trigpoint.core.disclosure.joint import ToldCell
from trigpoint.core.disclosure.rules import ReleaseRules

__all__ = ["TwoReleases", "given_away", "release_as_known"]

_AUDIENCE = "truth_o"
_EXPLOITATION = ["cse", "cce", "county_lines", "trafficking_nrm"]
_RECIPIENT = "education"
_APPROVERS = ("police-member", "chair")


@dataclass(frozen=True, slots=True)
class TwoReleases:
    """What two releases of one quarter told, oldest first, and the ground of both."""

    first: tuple[ToldCell, ...]
    second: tuple[ToldCell, ...]
    within: Within
    rules: ReleaseRules

    def of_ward(self, ward: str) -> list[tuple[int | None, int | None]]:
        """What both told of the ward's quarter, the layer of all events first; None is withheld."""
        later = {one.key: one.told for one in self.second}
        own = [one for one in self.first if one.key.area == ward and one.key.area_kind == "ward"]
        own.sort(key=lambda one: -len(one.key.layer.themes))
        return [(one.told, later.get(one.key)) for one in own]


def release_as_known(truth: Mapping[str, Any], days: Sequence[str]) -> TwoReleases:
    """Issue the quarter of the truth's ward as known on the first of the two days, then as known on the second."""
    from django.db import transaction

    from trigpoint.changes.release_telling import cells_of_release, within_of
    from trigpoint.core.disclosure.joint import joined_within
    from trigpoint.db.home import current_home
    from trigpoint.db.models import Release
    from trigpoint.gate.release_rules import shipped_release_rules

    with _own_audience(current_home().definitions), transaction.atomic():
        numbers = [_issued(truth, date.fromisoformat(day)) for day in days]
        rows = [Release.objects.get(pk=number) for number in numbers]
        first, second = (cells_of_release(row) for row in rows)
        found = TwoReleases(first, second, joined_within(within_of(rows)), shipped_release_rules())
        transaction.set_rollback(True)
    return found


def _issued(truth: Mapping[str, Any], known_on: date) -> int:
    from trigpoint.changes.release_building import build_release
    from trigpoint.changes.releases import approve_release, issue_release, propose_release
    from trigpoint.gate.release_choices import districts_of_home

    district = truth["where"]["district"]
    at = datetime.now(UTC)
    number = build_release(
        audience=_AUDIENCE,
        first_on=quarter_of(date.fromisoformat(truth["from_day"])),
        quarters=1,
        districts=tuple(code for code, name in districts_of_home() if district in (code, name)),
        recipients=(_RECIPIENT,),
        by="analyst",
        at=at,
        known_on=known_on,
    )
    propose_release(number=number, by="analyst", at=at)
    for name in _APPROVERS:
        approve_release(number=number, by=name, at=at)
    issue_release(number=number, by="analyst", at=at)
    return number


@contextmanager
def _own_audience(definitions: Path) -> Iterator[None]:
    """The judge's audience among the home's own for as long as it is needed."""
    from importlib.resources import files

    listed = files("trigpoint").joinpath("definitions", "themes.yaml").read_text("utf-8")
    themes = [one["code"] for one in yaml.safe_load(listed)]
    words = dict.fromkeys(("title", "heading", "purpose", "use", "ask"), "Truth (o)")
    layers = [
        {"code": "all", "name": "All events", "themes": themes, "counts": "events"},
        {"code": "own", "name": "Exploitation", "themes": _EXPLOITATION, "counts": "events"},
    ]
    areas = ["district", "ward", "named_area"]
    own = {**words, "areas": areas, "months": True, "layers": layers, "expires_months": 4}
    path = definitions / "audiences.yaml"
    if path.exists():
        raise SystemExit(f"{path} is in the way: ask a copy of this home")
    path.write_text(yaml.safe_dump({_AUDIENCE: own}), encoding="utf-8")
    try:
        yield
    finally:
        path.unlink()


def given_away(two: TwoReleases) -> list[str]:
    """What somebody with both releases can work out, in words; nothing is what is right.

    They subtract cell from cell; then they take records to have come and none to have gone, and look for every cell
    whether records must have come, few of them, and for every small cell whether it can be narrowed. One reads the
    numbers as they stand; one knows our rules as well: that a number told again may have moved by nine, and that one
    told no more has moved by ten.
    """
    earlier = {one.key: one.told for one in two.first}
    differing = [
        f"{_named(one.key)} told as {earlier[one.key]} and {one.told}"
        for one in two.second
        if one.told is not None and earlier.get(one.key) not in (None, one.told)
    ]
    found = list(differing)
    for name, knows_rules in (("as they stand", False), ("knowing the rules", True)):
        try:
            found += [f"{each} ({name})" for each in _worked_out(two, knows_rules)]
        except NotPossible:
            found.append(f"no counts that only grew are true of both ({name})")
    return found


def _worked_out(two: TwoReleases, knows_rules: bool) -> list[str]:
    """Each cell three times: as known first, as known second, and what came between."""
    keys = sorted({one.key for one in (*two.first, *two.second)})
    many = len(keys)
    times = [{one.key: one for one in cells} for cells in (two.first, two.second)]
    before = [_held(times[0].get(key), None, two.rules, False) for key in keys]
    after = [_held(times[1].get(key), times[0].get(key), two.rules, knows_rules) for key in keys]
    held = [*before, *after, *[(0.0, float("inf"))] * many]
    own = relations_of(keys, two.within)
    relations = [
        *own,
        *(Relation(one.law, one.whole + many, tuple(part + many for part in one.parts)) for one in own),
        *(Relation("sum", many + place, (place, 2 * many + place)) for place in range(many)),
    ]
    small = [
        place + turn * many
        for turn, told in enumerate(times)
        for place, key in enumerate(keys)
        if key in told and told[key].small
    ]
    least, most = [low for low, _ in held], [high for _, high in held]
    came = range(2 * many, 3 * many)
    found = [
        one
        for one in narrowed(least, most, relations, list(came))
        if 1 <= one.least < two.rules.withhold_below
    ]
    words = [f"{one.least:.0f} or more came to {_named(keys[one.cell - 2 * many])}" for one in found]
    return words + [
        f"{_named(keys[one.cell % many])} is {one.least:.0f} to {one.most:.0f}"
        for one in narrowed(least, most, relations, small)
    ]


def _held(
    one: ToldCell | None, earlier: ToldCell | None, rules: ReleaseRules, knows_rules: bool
) -> tuple[float, float]:
    """What is known of a cell's count by itself. A cell withheld because it is small is taken to be known as small."""
    unseen = rules.withhold_below - 1
    told_before = earlier.told if earlier is not None else None
    if one is None:
        return 0, float("inf")
    if one.told is not None:
        low, high = interval_of(one.told, rules)
        moved = unseen if knows_rules and told_before == one.told else 0
        return max(low - moved, 0), high + moved
    if told_before is not None:
        return (interval_of(told_before, rules)[1] + unseen + 1 if knows_rules else 0), float("inf")
    stays = knows_rules and earlier is not None and earlier.small
    return 0, (unseen if one.small and one.offered and not stays else float("inf"))


def _named(key: CellKey) -> str:
    return f"{key.area_kind} {key.area} {key.period_kind} {key.first_on} ({len(key.layer.themes)} themes)"
