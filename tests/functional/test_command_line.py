"""The command line as its contract says: words in, one sentence or rows out, and an exit code others can rely on."""

import csv
import io
import json
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.functional.conftest import surroundings, trigpoint
from trigpoint.demo.write import write_county

LAST_DAY = date(2026, 10, 31)
COUNT_COLUMNS = ["code", "name", "count", "rate_per_1000"]
HOTSPOT_COLUMNS = [
    "code",
    "name",
    "easting_m",
    "northing_m",
    "ward_code",
    "count",
    "around",
    "expected",
    "z",
    "p",
    "q",
    "hot",
    "hotspot",
]


@pytest.fixture(scope="module")
def sent_before(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A week of crimes that the demo home has taken, written anew: the home itself keeps no raw file."""
    told = yaml.safe_load((demo_home / "demo.yaml").read_text(encoding="utf-8"))
    folder = tmp_path_factory.mktemp("sent")
    written = write_county(folder, seed=told["seed"], size=told["size"], end=LAST_DAY)
    return next(file.path for file in written.files if file.definition == "police_crime")


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = trigpoint(home, *words)
    return subprocess.run(command, env=surroundings(), capture_output=True, text=True, check=False)


def rows_of(finished: subprocess.CompletedProcess[str]) -> list[dict[str, str]]:
    assert finished.returncode == 0, finished.stderr
    return list(csv.DictReader(io.StringIO(finished.stdout)))


def test_counts_have_the_promised_columns_and_agree_over_levels(demo_home):
    totals = set()
    for level in ("district", "ward", "cell:8"):
        words = ("ask", "counts", "--level", level, "--agency", "police", "--format", "json")
        told = json.loads(run(demo_home, *words).stdout)
        totals.add(sum(row["count"] for row in told["rows"]) + told["about"]["unplaced"])
    assert len(totals) == 1
    rows = rows_of(run(demo_home, "ask", "counts", "--level", "ward", "--format", "csv"))
    assert list(rows[0])[: len(COUNT_COLUMNS)] == COUNT_COLUMNS


def test_hotspots_have_the_promised_columns_and_test_every_cell(demo_home):
    rows = rows_of(run(demo_home, "ask", "hotspots", "--level", "cell:9", "--format", "csv"))
    assert list(rows[0])[: len(HOTSPOT_COLUMNS)] == HOTSPOT_COLUMNS
    assert any(int(row["count"]) == 0 for row in rows)


def test_a_period_without_records_answers_zeros(demo_home):
    words = (
        "ask",
        "counts",
        "--level",
        "ward",
        "--from",
        "1999-01-01",
        "--to",
        "1999-02-01",
        "--format",
        "csv",
    )
    rows = rows_of(run(demo_home, *words))
    assert rows
    assert {row["count"] for row in rows} == {"0"}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("ask", "counts", "--from", "2026-05-01", "--to", "2026-01-01"), 2, "period"),
        (("ask", "counts", "--level", "parish"), 2, "level"),
        (("ask", "counts", "--colour", "red"), 2, "--colour"),
        (("ask", "nonsense"), 2, "nonsense"),
        (("ask", "counts", "--as", "nobody-here"), 2, "nobody-here"),
        (("ask", "counts", "--as", "frontline"), 3, ""),
        (("ask", "counts", "--purpose", "marketing"), 3, "marketing"),
        (("load", "police_crimes", "no-such-file.csv"), 2, "police_crime"),
        (("load", "police_crime", "no-such-file.csv"), 2, "no-such-file.csv"),
        (("load", "police_crime", "no-such-file.csv", "--as", "chair"), 3, "chair"),
        (("publish", "--as", "police-member"), 3, "police-member"),
        (("serve", "--host", "0.0.0.0"), 2, "loopback"),
        (("init", "--county", "Elsewhere"), 2, "not empty"),
    ],
)
def test_what_is_wrong_is_one_clear_sentence_and_an_exit_code(demo_home, words, code, said):
    finished = run(demo_home, *words)
    assert finished.returncode == code, finished.stderr
    assert said in finished.stderr
    assert "Traceback" not in finished.stderr
    assert not finished.stdout


def test_a_contributor_writes_only_its_own_agencys_rows(demo_home, sent_before):
    finished = run(demo_home, "load", "police_crime", str(sent_before), "--as", "contributor")
    assert finished.returncode == 3
    assert "police" in finished.stderr


def test_the_same_file_again_adds_nothing_and_its_receipt_is_json(demo_home, sent_before):
    finished = run(demo_home, "load", "police_crime", str(sent_before), "--json")
    receipt = json.loads(finished.stdout)
    parts = ("accepted", "quarantined", "duplicate", "superseded")
    assert receipt["input"] == sum(receipt[part] for part in parts) == receipt["duplicate"] > 0
    assert receipt["status"] == "duplicate"
    assert {"delivery", "definition", "file", "sha256", "unplaced"} <= set(receipt)


def test_the_demo_opened_again_is_the_same_and_another_seed_is_refused(demo_home):
    size = next(
        line for line in (demo_home / "demo.yaml").read_text().splitlines() if "size" in line
    ).split()[-1]
    assert run(demo_home, "demo", "--size", size, "--no-serve").returncode == 0
    refused = run(demo_home, "demo", "--size", size, "--seed", "2", "--no-serve")
    assert refused.returncode == 2
    assert "another demo county" in refused.stderr


def test_the_doctor_finds_nothing_in_a_home_just_built(demo_home):
    """What other files of tests brought to this worker's home meanwhile waits for a publication: that alone is said."""
    finished = run(demo_home, "doctor")
    waiting = r"\d+ deliveries are not on the map yet\.\s+trigpoint publish\s+1 to mend\.|"
    assert re.fullmatch(waiting + r"Nothing is wrong with this home\.", finished.stdout.strip())
    assert finished.returncode == (0 if finished.stdout.startswith("Nothing") else 2)


def test_people_can_be_added_and_sign_in_words_are_never_arguments(demo_home):
    words = trigpoint(demo_home, "users", "add", "new-member", "--role", "member", "--agency", "police")
    added = subprocess.run(
        words, env=surroundings(), input="a long enough phrase\n", capture_output=True, text=True, check=False
    )
    assert added.returncode == 0, added.stderr
    listed = run(demo_home, "users").stdout
    assert "new-member" in listed


def test_a_broken_definition_is_the_homes_fault_and_the_doctor_names_it(tmp_path):
    home = tmp_path / "home"
    assert run(home, "init", "--county", "Marlshire").returncode == 0
    (home / "definitions" / "extracts" / "police_uk_street.yaml").write_text("", encoding="utf-8")
    for words in (("definitions",), ("load", "police_uk_street", "x.csv")):
        refused = run(home, *words)
        assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)
        assert "police_uk_street.yaml" in refused.stderr
    assert "police_uk_street.yaml" in run(home, "doctor").stdout


def test_a_question_leaves_nothing_where_there_is_no_home(tmp_path):
    refused = run(tmp_path / "nowhere", "ask", "counts")
    assert refused.returncode == 2
    assert "is not a home" in refused.stderr
    assert not (tmp_path / "nowhere").exists()
