"""The four layouts in which districts send antisocial behaviour, and the reporting tool's layout of crime."""

import numpy as np

from trigpoint.core.county.feeds.forms import Form
from trigpoint.core.county.feeds.spellings import american_minute
from trigpoint.core.county.tables import Strings, Table

ASB_FORMS = {
    "A": Form(),
    "B": Form(encoding="cp1252"),
    "C": Form(),
    "D": Form("xlsx", title=("Service requests - antisocial behaviour",), dates=("Created",)),
}
_ASB = {
    "B": {
        "Ref No": "asb_ref",
        "Date Reported": "reported_dt",
        "Type": "category",
        "X": "_x",
        "Y": "_y",
        "Location": "_location",
        "Town": "town",
        "Result": "outcome",
        "Stage": "cpn_stage",
        "Reported By": "complainant",
    },
    "C": {
        "Case ID": "asb_ref",
        "Received": "_received",
        "Complaint Type": "category",
        "Grid Ref": "_grid_ref",
        "Address": "_address",
        "Outcome": "outcome",
        "Contact": "phone",
    },
    "D": {
        "SRNumber": "asb_ref",
        "Created": "_created",
        "Category Description": "category",
        "UPRN": "_uprn",
        "Street": "street",
        "Locality": "town",
        "Status": "outcome",
    },
}
_REPORTING_TOOL = {
    "CrimeReference": "crime_ref",
    "ReportedDateTime": "reported_dt",
    "CommittedFrom": "committed_from_dt",
    "CommittedTo": "committed_to_dt",
    "HOCode": "ho_code",
    "OffenceDescription": "offence_desc",
    "CEFlag": "ce_flag",
    "LocationText": "location_text",
    "PremiseType": "premise_type",
    "Easting": "easting",
    "Northing": "northing",
    "Beat": "beat",
    "District": "district",
    "Outcome": "outcome",
}


def asb_table(table: Table, layout: str) -> Table:
    """A district's rows in its own headers and its own way of shouting."""
    if layout == "A":
        return Table({name: values for name, values in table.columns.items() if not name.startswith("_")})
    columns = {header: table.columns[name] for header, name in _ASB[layout].items()}
    if layout == "B":
        columns["Type"] = np.char.upper(columns["Type"])
    return Table(columns)


def american_table(table: Table) -> Table:
    """Crimes as the reporting tool exports them: its own headers and American times."""
    columns = {header: table.columns[name] for header, name in _REPORTING_TOOL.items()}
    for header in ("ReportedDateTime", "CommittedFrom", "CommittedTo"):
        columns[header] = _american(columns[header])
    return Table(columns)


def _american(cells: Strings) -> Strings:
    """ISO text as American text; what is no date stays as it is."""
    return np.array([_american_cell(cell) for cell in cells.tolist()], dtype=np.str_)


def _american_cell(cell: str) -> str:
    if len(cell) == 10 and cell[4] == "-" and cell[7] == "-":
        return f"{cell[5:7]}/{cell[8:10]}/{cell[:4]}"
    try:
        at = np.array([cell], dtype="datetime64[m]")
    except ValueError:
        return cell
    return str(american_minute(at)[0])
