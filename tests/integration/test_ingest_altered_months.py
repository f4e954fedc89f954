"""Essex's months whose header was altered: a definition's aliases, and nothing else, bring them in with the others."""

import pytest
import yaml

from tests.factories.ingest_files import bring
from trigpoint.ingest.receipt import LoadRefused

pytestmark = pytest.mark.open_data

ALTERED = [f"2018-01_to_07_headers_altered/2018-{month:02d}" for month in range(1, 8)]
PLAIN = [f"{m}/{m}" for m in ("2018-10", "2018-11", "2018-12", "2019-01", "2019-02")]
PLAIN += [f"2024-{month:02d}/2024-{month:02d}" for month in range(1, 5)]


def file(open_data, name):
    return open_data / "police" / f"{name}-essex-street.csv"


def refused(open_data, name):
    with pytest.raises(LoadRefused) as refusal:
        bring("police_uk_street", file(open_data, name))
    return str(refusal.value)


def paste(home, told):
    """What somebody does who reads the refusal: put its lines in the file that it names."""
    named, lines = told[told.index("definitions/") :].split(": ", 1)
    lines = lines[: lines.index("}}}") + 3]
    target = home.definitions.parent / named
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(lines + "\n", encoding="utf-8")
    return yaml.safe_load(lines)


def test_the_refusal_names_the_likely_columns_and_the_lines_that_mend_it(home, open_data):
    told = refused(open_data, ALTERED[0])
    for shown, found in (
        ("Crime ID", "crime_id"),
        ("Reported by", "reported_by"),
        ("Crime type", "crime_type"),
    ):
        assert f"'{shown}' is not in the file, which has '{found}'" in told
    mending = paste(home, told)
    assert mending["extends"] == "police_uk_street"
    assert set(mending) == {"extends", "columns"}
    assert all(set(column) == {"aliases"} for column in mending["columns"].values())
    receipt = bring("police_uk_street", file(open_data, ALTERED[0]))
    assert receipt.accepted == receipt.input > 10_000


def test_with_the_aliases_all_sixteen_months_come_in_whole(home, open_data):
    paste(home, refused(open_data, ALTERED[0]))
    receipts = [bring("police_uk_street", file(open_data, name)) for name in (*ALTERED, *PLAIN)]
    assert sum(receipt.input for receipt in receipts) == 252_135
    assert sum(receipt.accepted for receipt in receipts) == 252_135
    assert sum(receipt.unplaced for receipt in receipts) == 1_981
    assert sum(receipt.input for receipt in receipts[:7]) == 115_065
