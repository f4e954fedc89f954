"""The papers of a release: its page and its PDF, of the cells that leave and of nothing else."""

from dataclasses import replace

from trigpoint.changes.release_telling import told_cells_of, told_of
from trigpoint.core.disclosure.cells import CellKey
from trigpoint.db.models import Agency, Release
from trigpoint.gate.evaluation_terms import LONDON
from trigpoint.gate.release_paper import Paper

__all__ = ["paper_of"]


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
