"""Food hygiene ratings in the scheme's XML: one authority a file."""

from pathlib import Path
from xml.sax.saxutils import escape

from trigpoint.core.county.tables import Table

_IN_ORDER = (
    *("FHRSID", "LocalAuthorityBusinessID", "BusinessName", "BusinessType", "BusinessTypeID"),
    *("AddressLine2", "AddressLine3", "PostCode", "RatingValue", "RatingKey", "RatingDate"),
    *("LocalAuthorityCode", "LocalAuthorityName"),
)
_AFTER = ("SchemeType", "NewRatingPending")
_SCORES = "<Scores><Hygiene>5</Hygiene><Structural>5</Structural><ConfidenceInManagement>5</ConfidenceInManagement></Scores>"


def write_ratings(path: Path, table: Table) -> int:
    """Write the establishments and return how many; elements without a value are left out, as the scheme does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = {name: column.tolist() for name, column in table.columns.items()}
    details = "".join(
        _detail({name: values[row] for name, values in columns.items()}) for row in range(table.rows)
    )
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n<FHRSEstablishment><Header><ExtractDate>2026-01-01</ExtractDate>'
        f"<ItemCount>{table.rows}</ItemCount><ReturnCode>Success</ReturnCode></Header>"
        f"<EstablishmentCollection>{details}</EstablishmentCollection></FHRSEstablishment>\n",
        encoding="utf-8",
    )
    return table.rows


def _detail(row: dict[str, str]) -> str:
    place = (
        f"<Geocode><Longitude>{row['Longitude']}</Longitude><Latitude>{row['Latitude']}</Latitude></Geocode>"
        if row["Longitude"]
        else "<Geocode />"
    )
    before = "".join(_element(name, row[name]) for name in _IN_ORDER)
    after = "".join(_element(name, row[name]) for name in _AFTER)
    return f"<EstablishmentDetail>{before}{_SCORES}{after}{place}</EstablishmentDetail>"


def _element(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""
