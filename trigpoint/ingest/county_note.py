"""How much of a layer of the whole country lies outside the county."""

import pyarrow as pa
import pyarrow.compute as pc

from trigpoint.ingest.definition_model import Definition


def outside_county(accepted: pa.Table, definition: Definition, districts: tuple[str, ...]) -> str | None:
    """A sentence on the accepted rows that lie in no district of the county; None where all do or nobody can tell."""
    column = _district_column(definition)
    if not districts or column is None:
        return None
    told = accepted[column].drop_null()
    inside = pc.sum(pc.is_in(told, pa.array(districts, pa.string()))).as_py() or 0
    outside = len(told) - inside
    return (
        f"{outside} rows lie outside the county's districts: they are kept and not used." if outside else None
    )


def _district_column(definition: Definition) -> str | None:
    """Where a layer says which district a row lies in."""
    if definition.areas is not None:
        return "code" if definition.areas.level == "district" else "parent_code"
    if definition.lookup is not None:
        return "parent_code" if definition.lookup.parent_level == "district" else None
    return "district_code" if definition.postcodes is not None else None
