"""A release is built: counted by the gate, protected beside every release before it, and kept as a draft with its cells."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from trigpoint.changes.accounts import Account
from trigpoint.changes.acting import acting, recorded
from trigpoint.changes.clearances import cleared_feeds
from trigpoint.changes.release_proof import ReleaseRefused, protected
from trigpoint.changes.told_text import told
from trigpoint.core.disclosure.cells import Counted
from trigpoint.core.disclosure.protect import SMALL, Protected
from trigpoint.core.sharing.viewer import DEFAULT_PURPOSE, Viewer
from trigpoint.db.home import current_home
from trigpoint.db.models import Agency, Publication, Release, ReleaseCell
from trigpoint.gate.ask import home_desk
from trigpoint.gate.audiences import audiences_of
from trigpoint.gate.evaluation_terms import LONDON
from trigpoint.gate.marking import DEMO_MARKING
from trigpoint.gate.release_cells import CountedRelease, ReleaseTerms, count_release
from trigpoint.gate.release_rules import shipped_release_rules

__all__ = ["build_release"]


def build_release(
    *,
    audience: str,
    first_on: date,
    quarters: int,
    districts: Sequence[str],
    recipients: Sequence[str],
    by: str,
    at: datetime,
    title: str = "",
    known_on: date | None = None,
) -> int:
    """Count, protect and keep a draft. Gives its number. With `known_on`, of the records known at the end of that day.

    Raises ChangeDenied, ReleaseRefused (an unknown audience or agency, a quarter that is not over, or cells that cannot be
    protected), ReadDenied
    (an agreement does not let it leave, or not to a recipient), QuestionError.
    """
    account = acting(by, "make_release")
    presets = audiences_of(current_home().definitions)
    if audience not in presets:
        raise ReleaseRefused(f"There is no audience '{audience}': choose {', '.join(presets)}.")
    _known_agencies(recipients)
    preset = presets[audience]
    terms = ReleaseTerms(
        preset,
        first_on,
        quarters,
        tuple(districts),
        tuple(sorted(set(recipients))),
        cleared_feeds(audience),
        known_on,
    )
    if terms.end_on > at.astimezone(LONDON).date():
        # told now and again when it is over, its difference would be the few records of its last days
        raise ReleaseRefused(f"The last quarter is not over before {terms.end_on:%-d %B %Y}.")
    viewer = Viewer(account.user, account.agency, account.role, DEFAULT_PURPOSE)
    counted = count_release(viewer, terms, at, home_desk(at))
    found = protected(counted)
    named = told(title or preset.heading, what="the title", longest=200)
    with transaction.atomic():
        row = _row(terms, counted, found, named, account, at)
        _keep_cells(row, counted, found)
        recorded(
            "release.built",
            f"release {row.pk}",
            account,
            at,
            {"audience": audience, "cells": len(counted.cells)},
        )
    return int(row.pk)


def _known_agencies(codes: Sequence[str]) -> None:
    known = set(Agency.objects.values_list("code", flat=True)) - {"open_data"}
    unknown = sorted(set(codes) - known)
    if unknown:
        raise ReleaseRefused(f"There is no agency '{unknown[0]}'.")


def _row(
    terms: ReleaseTerms,
    counted: CountedRelease,
    found: tuple[tuple[Counted, ...], Protected],
    title: str,
    account: Account,
    at: datetime,
) -> Release:
    own = len(counted.cells)
    marking = f"{DEMO_MARKING} · {counted.marking}" if current_home().demo else counted.marking
    return Release.objects.create(
        title=title,
        audience=terms.audience.code,
        publication=Publication.objects.get(number=counted.publication),
        first_on=terms.first_on,
        end_on=terms.end_on,
        recipe=_recipe(terms, counted),
        removed={
            "rules": [
                {"rule": one.rule, "sentence": one.sentence, "records": one.records}
                for one in counted.removed
            ],
            "withheld": _withheld(found[1].withheld[:own]),
        },
        recipients=[{"agency": one, "team": terms.audience.title} for one in terms.recipients],
        marking=marking,
        expires_on=_months_after(at.astimezone(LONDON).date(), terms.audience.expires_months),
        author=account.user,
        made_at=at,
    )


def _withheld(reasons: Sequence[str]) -> dict[str, int]:
    return {reason: reasons.count(reason) for reason in ("small", "secondary", "before")}


def _recipe(terms: ReleaseTerms, counted: CountedRelease) -> dict[str, object]:
    preset, areas = terms.audience, {(one.key.area_kind, one.key.area) for one in counted.cells}
    return {
        "districts": list(terms.districts),
        "layers": [
            {
                "code": asked.code,
                "name": asked.name,
                "themes": list(layer.themes),
                "feeds": list(layer.feeds),
                "counts": layer.counts,
            }
            for asked, layer in counted.layers
        ],
        "words": {
            "title": preset.title,
            "heading": preset.heading,
            "purpose": preset.purpose,
            "use": preset.use,
            "ask": preset.ask,
        },
        "names": sorted(
            [kind, code, name] for (kind, code), name in counted.names.items() if (kind, code) in areas
        ),
        "feeds": [
            {"feed": one.feed, "name": one.name, "agency": one.agency, "clause": one.clause}
            for one in counted.feeds
        ],
        "attributions": list(counted.attributions),
        "district_of_ward": dict(counted.within.district_of_ward),
        "of_piece": {code: list(pair) for code, pair in counted.within.of_piece.items()},
        "cleared": sorted(terms.cleared),
        "known_on": terms.known_on.isoformat() if terms.known_on else None,
        "rules": {
            "withhold_below": shipped_release_rules().withhold_below,
            "round_to": shipped_release_rules().round_to,
        },
    }


def _keep_cells(row: Release, counted: CountedRelease, found: tuple[tuple[Counted, ...], Protected]) -> None:
    """Keep the cells as told; of what is never told only whether it was small, so that later proofs can guard it."""
    code = {layer: asked.code for asked, layer in counted.layers}
    cells, proved = found
    small_below = shipped_release_rules().withhold_below
    rows = [
        ReleaseCell(
            release=row,
            area_kind=one.key.area_kind,
            area=one.key.area,
            period_kind=one.key.period_kind,
            first_on=one.key.first_on,
            theme=code[one.key.layer],
            counts=one.key.layer.counts,
            told=number,
            withheld=why if one.offered else SMALL if one.count < small_below else "",
            offered=one.offered,
        )
        for one, number, why in zip(cells[: len(counted.cells)], proved.told, proved.withheld, strict=False)
    ]
    ReleaseCell.objects.bulk_create(rows, batch_size=1000)


def _months_after(day: date, months: int) -> date:
    number = 12 * day.year + day.month - 1 + months
    return date(number // 12, number % 12 + 1, min(day.day, 28))
