"""Releases: built, proposed, approved by two people of two agencies, issued, refused, withdrawn.

Each change is one transaction and one audit event. A release is proved when it is built and again when it is issued,
beside every release that was issued before: to whichever audience.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from trigpoint.changes.accounts import Account
from trigpoint.changes.acting import acting, recorded
from trigpoint.changes.clearances import cleared_feeds
from trigpoint.changes.editing import NoSuchThing, held
from trigpoint.changes.release_telling import (
    ReleaseTold,
    cells_of_release,
    told_cells_of,
    told_of,
    within_of,
)
from trigpoint.changes.told_text import told
from trigpoint.core.disclosure.cells import CellKey, Counted, relations_of
from trigpoint.core.disclosure.joint import ToldCell, beside, joined_within, joint_findings
from trigpoint.core.disclosure.protect import SMALL, CannotProtect, Protected, protect
from trigpoint.core.sharing.duties import DUTIES
from trigpoint.core.sharing.viewer import DEFAULT_PURPOSE, Viewer
from trigpoint.core.workflow.release import (
    ReleaseMoveRefused,
    ReleaseState,
    Word,
    after_word,
    is_open_on,
    moved,
)
from trigpoint.db.home import current_home
from trigpoint.db.models import Agency, Publication, Release, ReleaseApproval, ReleaseCell
from trigpoint.gate.ask import home_desk
from trigpoint.gate.audiences import audiences_of
from trigpoint.gate.evaluation_terms import LONDON
from trigpoint.gate.marking import DEMO_MARKING
from trigpoint.gate.release_cells import CountedRelease, ReleaseTerms, count_release
from trigpoint.gate.release_paper import Paper, paper_document, paper_page
from trigpoint.gate.release_rules import shipped_release_rules

__all__ = [
    "ReleaseRefused",
    "approve_release",
    "build_release",
    "issue_release",
    "list_releases",
    "open_release",
    "paper_of",
    "preview_release",
    "propose_release",
    "refuse_release",
    "release",
    "released_cells",
    "shared_with",
    "withdraw_release",
]

SHOWN = ("title", "state")
PROVED = (ReleaseState.APPROVED, ReleaseState.ISSUED)
"""States whose cells somebody may have, or soon will: beside those that were ever issued."""


class ReleaseRefused(ValueError):
    """The release cannot be made or let go; the message says why."""


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
) -> int:
    """Count, protect and keep a draft. Gives its number.

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
        preset, first_on, quarters, tuple(districts), tuple(sorted(set(recipients))), cleared_feeds(audience)
    )
    if terms.end_on > at.astimezone(LONDON).date():
        # told now and again when it is over, its difference would be the few records of its last days
        raise ReleaseRefused(f"The last quarter is not over before {terms.end_on:%-d %B %Y}.")
    viewer = Viewer(account.user, account.agency, account.role, DEFAULT_PURPOSE)
    counted = count_release(viewer, terms, at, home_desk(at))
    found = _protected(counted)
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


def propose_release(*, number: int, version: int | None = None, by: str, at: datetime) -> None:
    """Put a draft before those who approve. Raises ChangeDenied, ReleaseMoveRefused, ChangedMeanwhile."""
    _move(number, version, ReleaseState.PROPOSED, acting(by, "make_release"), at)


def approve_release(*, number: int, by: str, at: datetime) -> str:
    """Approve; with the second agency's word it is approved. Gives its state. Raises as `refuse_release`."""
    return _word(number, True, "", acting(by, "approve_release"), at)


def refuse_release(*, number: int, reason: str, by: str, at: datetime) -> str:
    """Refuse, saying why. Raises ChangeDenied, ReleaseMoveRefused, TextRefused."""
    why = told(reason, what="the reason", longest=500)
    return _word(number, False, why, acting(by, "approve_release"), at)


def issue_release(*, number: int, version: int | None = None, by: str, at: datetime) -> None:
    """Prove it beside all that were issued before, write its page and its PDF, and open it to those it is for.

    Raises ChangeDenied, ReleaseMoveRefused, ReleaseRefused where it and earlier releases give something away together.
    """
    account = acting(by, "make_release")
    with transaction.atomic():
        row = held(Release, number, version, SHOWN)
        _proved_again(row)
        row.state = moved(ReleaseState(row.state), ReleaseState.ISSUED)
        row.issued_at = at
        row.version += 1
        paper = paper_of(row)
        row.page, row.document = paper_page(paper), paper_document(paper, at=at)
        row.save()
        recorded("release.issued", f"release {number}", account, at, {"recipients": row.recipients})


def withdraw_release(*, number: int, reason: str, version: int | None = None, by: str, at: datetime) -> None:
    """Close a draft or an issued release, saying why. Its cells stay: they were told. Raises as `propose_release`."""
    why = told(reason, what="the reason", longest=500)
    _move(number, version, ReleaseState.WITHDRAWN, acting(by, "make_release"), at, why)


def list_releases(*, by: str) -> tuple[ReleaseTold, ...]:
    """Every release to those who make or approve them, newest first; to others those that they may open."""
    account = acting(by, "read_releases")
    rows = Release.objects.prefetch_related("approvals").defer("page", "document")
    if _keeps_releases(account):
        return tuple(told_of(row) for row in rows)
    return ()


def shared_with(*, by: str, on: date) -> tuple[ReleaseTold, ...]:
    """What is issued, not over, and for this person's agency."""
    account = acting(by, "read_releases")
    return tuple(told_of(row) for row in _shared(account, on))


def release(*, number: int, by: str) -> ReleaseTold:
    """One release, to those who make or approve them. Raises ChangeDenied or NoSuchThing."""
    account = acting(by, "read_releases")
    row = Release.objects.prefetch_related("approvals").filter(pk=number).first()
    if row is None or not _keeps_releases(account):
        raise NoSuchThing(f"There is no release {number}.")
    return told_of(row)


def preview_release(*, number: int, by: str) -> bytes:
    """The page as it would leave, to those who make or approve. Raises as `release`."""
    release(number=number, by=by)
    return paper_page(paper_of(Release.objects.get(pk=number)))


def open_release(*, number: int, form: str, by: str, at: datetime) -> bytes:
    """The page ("html") or the PDF as issued, put on record. Raises NoSuchThing for whom it is not, or not any more."""
    account = acting(by, "read_releases")
    row = Release.objects.filter(pk=number).first()
    on = at.astimezone(LONDON).date()
    if row is None or not (_keeps_releases(account) or row in _shared(account, on)):
        raise NoSuchThing(f"There is no release {number} for you.")
    content = row.page if form == "html" else row.document
    if content is None:
        raise NoSuchThing(f"Release {number} was not issued.")
    recorded("release.opened", f"release {number}", account, at, {"form": form})
    return bytes(content)


def released_cells(*, by: str, on: date) -> tuple[tuple[ReleaseTold, tuple[ToldCell, ...]], ...]:
    """The cells of every release shared with this person: what planning may draw on, and nothing else."""
    account = acting(by, "read_releases")
    return tuple((told_of(row), told_cells_of(row)) for row in _shared(account, on))


def _keeps_releases(account: Account) -> bool:
    return account.role in DUTIES["make_release"] | DUTIES["approve_release"]


def _shared(account: Account, on: date) -> list[Release]:
    issued = (
        Release.objects.filter(state=Release.State.ISSUED)
        .prefetch_related("approvals")
        .defer("page", "document")
    )
    return [
        row
        for row in issued
        if is_open_on(ReleaseState(row.state), row.expires_on, on)
        and (_keeps_releases(account) or account.agency in {one["agency"] for one in row.recipients})
    ]


def _known_agencies(codes: Sequence[str]) -> None:
    known = set(Agency.objects.values_list("code", flat=True)) - {"open_data"}
    unknown = sorted(set(codes) - known)
    if unknown:
        raise ReleaseRefused(f"There is no agency '{unknown[0]}'.")


def _earlier(but: int | None = None) -> list[Release]:
    """Releases whose cells somebody has or soon will have, oldest first."""
    rows = Release.objects.order_by("pk").defer("page", "document")
    return [row for row in rows if row.pk != but and (row.issued_at is not None or row.state in PROVED)]


def _protected(counted: CountedRelease) -> tuple[tuple[Counted, ...], Protected]:
    """The cells with those of earlier releases beside them, and what may be told. Raises ReleaseRefused."""
    earlier, rules = _earlier(), shipped_release_rules()
    cells = beside(counted.cells, [cells_of_release(row) for row in earlier], rules)
    within = joined_within((*within_of(earlier), counted.within))
    try:
        return cells, protect(cells, relations_of([one.key for one in cells], within), rules)
    except CannotProtect as refusal:
        raise ReleaseRefused(
            "This cannot be released: with what earlier releases told, a small count could be worked out."
        ) from refusal


def _proved_again(row: Release) -> None:
    rows = [*_earlier(but=int(row.pk)), row]
    rules = shipped_release_rules()
    findings = joint_findings([cells_of_release(one) for one in rows], joined_within(within_of(rows)), rules)
    if findings:
        raise ReleaseRefused(
            f"Releases issued since it was made tell too much beside it: {len(findings)} cells could be worked out. "
            "Make it again."
        )


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


def _move(
    number: int, version: int | None, to: ReleaseState, account: Account, at: datetime, because: str = ""
) -> None:
    with transaction.atomic():
        row = held(Release, number, version, SHOWN)
        row.state = moved(ReleaseState(row.state), to)
        row.ended_because = because
        row.version += 1
        row.save()
        recorded(f"release.{to.value}", f"release {number}", account, at, {"reason": because})


def _word(number: int, approved: bool, reason: str, account: Account, at: datetime) -> str:
    with transaction.atomic():
        row = held(Release, number, None, SHOWN)
        if row.state != ReleaseState.PROPOSED:
            raise ReleaseMoveRefused(f"A release that is {row.state} waits for nobody's word.")
        given = [Word(one.by, one.agency, one.approved) for one in row.approvals.all()]
        row.state = after_word(row.author, given, Word(account.user, account.agency, approved))
        ReleaseApproval.objects.create(
            release=row,
            by=account.user,
            agency=account.agency,
            role=account.role,
            approved=approved,
            reason=reason,
            at=at,
        )
        row.ended_because = reason
        row.version += 1
        row.save()
        event = "release.approved" if approved else "release.refused"
        recorded(event, f"release {number}", account, at, {"state": row.state, "reason": reason})
    return str(row.state)


def paper_of(row: Release) -> Paper:
    """Everything the release says, to be written as a page or a PDF: of the cells, only those that leave."""
    one = told_of(row)
    names = dict(Agency.objects.values_list("code", "name"))
    return Paper(
        number=one.number,
        title=one.title,
        words=one.words,
        marking=one.marking,
        recipients=tuple(
            f"{names.get(agency, agency)}, {one.audience_title.lower()}" for agency in one.recipients
        ),
        first_on=one.first_on,
        end_on=one.end_on,
        issued_on=one.issued_at.astimezone(LONDON).date() if one.issued_at else None,
        expires_on=one.expires_on,
        layers=tuple((layer.code, layer.name, layer.layer) for layer in one.layers),
        names=one.names,
        district_of_ward=dict(row.recipe["district_of_ward"]),
        sources=tuple(f"{names.get(feed['agency'], feed['agency'])}: {feed['name']}" for feed in one.feeds),
        attributions=one.attributions,
        below=int(row.recipe["rules"]["withhold_below"]),
        round_to=int(row.recipe["rules"]["round_to"]),
        cells={_told_key(cell.key): cell.told for cell in told_cells_of(row)},
    )


def _told_key(key: CellKey) -> CellKey:
    """Without its feeds: nothing a page says depends on them."""
    return replace(key, layer=replace(key.layer, feeds=()))


def _months_after(day: date, months: int) -> date:
    number = 12 * day.year + day.month - 1 + months
    return date(number // 12, number % 12 + 1, min(day.day, 28))
