"""The walls between rooms hold, and each contract catches the violation planted for it."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# contract id -> (a file of the package, the line that breaks the contract)
PLANTED = {
    "layers": ("store/planted.py", "import trigpoint.gate"),
    "core-is-arithmetic": ("core/planted.py", "import duckdb"),
    "keepers-have-four-callers": ("web/planted.py", "import trigpoint.db.audit"),
    "store-knows-no-django": ("store/planted.py", "import django.conf"),
    "no-outside-calls": ("gate/planted.py", "import urllib3"),
    "the-county-is-sealed": ("gate/planted.py", "import trigpoint.core.county.model"),
}


def lint_imports(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
        *words,
    ]
    return subprocess.run(
        [*command, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": "."},
    )


@pytest.fixture
def house(tmp_path):
    """A copy of the package and its contracts, in which a wall may be broken."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    only_python = shutil.ignore_patterns("static", "templates", "definitions", "__pycache__")
    shutil.copytree(ROOT / "trigpoint", tmp_path / "trigpoint", ignore=only_python)
    return tmp_path


def contracts() -> list[dict[str, object]]:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return told["tool"]["importlinter"]["contracts"]


def test_every_contract_has_a_planted_violation():
    assert {contract["id"] for contract in contracts()} == set(PLANTED)


def test_the_house_as_it_stands_keeps_every_contract(house):
    finished = lint_imports(house)
    assert finished.returncode == 0, finished.stdout + finished.stderr


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_violation_is_caught(house, contract):
    file, line = PLANTED[contract]
    (house / "trigpoint" / file).write_text(line + "\n", encoding="utf-8")
    finished = lint_imports(house, "--contract", contract)
    assert finished.returncode == 1, finished.stdout
    assert "BROKEN" in finished.stdout


def test_a_new_room_fails_until_it_is_given_a_layer(house):
    (house / "trigpoint" / "attic").mkdir()
    (house / "trigpoint" / "attic" / "__init__.py").touch()
    finished = lint_imports(house, "--contract", "layers")
    assert finished.returncode == 1
    assert "attic" in finished.stdout
