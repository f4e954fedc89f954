"""A definition made from a sample: drafted, tried on the sample as often as it is edited, saved into the home."""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from trigpoint.changes.accounts import account_named
from trigpoint.changes.incoming import Spooled, UploadRefused, spooled_file
from trigpoint.changes.upload_preview import preview_json
from trigpoint.changes.upload_reading import GONE, end
from trigpoint.changes.uploads import SAMPLE, NoSuchUpload
from trigpoint.core.sharing.duties import require_duty
from trigpoint.db.audit import record_event
from trigpoint.db.home import Home, current_home
from trigpoint.db.models import Upload
from trigpoint.db.models.upload import UploadStage
from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.definitions import DefinitionError, load_definitions
from trigpoint.ingest.draft import draft_definition
from trigpoint.ingest.preview import preview
from trigpoint.ingest.receipt import LoadRefused

NAME = re.compile(r"[a-z][a-z0-9_]{2,59}")
LONGEST_TEXT = 100_000


@dataclass(frozen=True, slots=True)
class ListedDefinition:
    """`own` where the home has a definition of its own under that name."""

    name: str
    title: str
    kind: str
    agency: str
    own: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample in the spool, and the definition drafted from it."""

    id: str
    file_name: str
    name: str
    draft: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What an edited definition makes of its sample: a fault of the definition in words, or a preview."""

    fault: str
    preview: dict[str, Any]


def listed_definitions() -> tuple[ListedDefinition, ...]:
    """Every definition in force here, by name."""
    home = current_home()
    own = {path.stem for path in home.definitions.glob("*/*.yaml")}
    return tuple(
        ListedDefinition(name, one.title, one.kind, one.agency, name in own)
        for name, one in sorted(load_definitions(home).items())
    )


def start_sample(*, file: Spooled, name: str, agency: str, by: str, at: datetime) -> str:
    """Draft a definition from a file in the spool. Raises ChangeDenied, UploadRefused, LoadRefused."""
    _require_definer(by)
    _refuse_name(name)
    draft = draft_definition(file.path, name, agency)
    with transaction.atomic():
        kept = Upload.objects.create(
            id=file.id,
            definition=SAMPLE,
            agency=agency,
            file_name=file.path.name,
            size_bytes=file.size_bytes,
            stage=UploadStage.READY,
            preview={"name": name, "sample": {"text": draft.text, "remarks": list(draft.remarks)}},
            by=by,
            created_at=at,
            changed_at=at,
        )
        record_event(
            event="definition.drafted", at=at, user=by, subject=name, detail={"sha256_of_sample": file.sha256}
        )
    return str(kept.pk)


def draft_into_home(
    *, path: Path, name: str, agency: str, by: str, at: datetime
) -> tuple[Path, tuple[str, ...]]:
    """Draft a definition from a file that lies on this machine, and save it into the home to be finished by hand.

    Returns where it is and the remarks on it. Raises ChangeDenied, UploadRefused, LoadRefused, DefinitionError; then
    nothing was changed. The file is not kept.
    """
    _require_definer(by)
    _refuse_name(name)
    draft = draft_definition(path, name, agency)
    understood(name, draft.text)
    file = current_home().definitions / "extracts" / f"{name}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(draft.text.encode()).hexdigest()
    with transaction.atomic():
        record_event(
            event="definition.saved", at=at, user=by, subject=name, detail={"sha256": digest, "draft": True}
        )
        _written(file, draft.text)
    return file, draft.remarks


def sample_told(sample_id: str, by: str) -> Sample:
    """Raises NoSuchUpload once it is saved, given up or expired."""
    kept = _sample(sample_id, by)
    drafted = kept.preview["sample"]
    return Sample(
        str(kept.pk), kept.file_name, kept.preview["name"], drafted["text"], tuple(drafted["remarks"])
    )


def try_definition(*, sample_id: str, text: str, by: str, at: datetime) -> Trial:
    """What the definition as edited makes of its sample. Nothing is stored, whatever it says."""
    kept = _sample(sample_id, by)
    path = spooled_file(kept.pk)
    if path is None:
        raise NoSuchUpload(GONE)
    try:
        definition = understood(kept.preview["name"], text)
        found = preview(definition=definition, path=path, name=kept.file_name, by=by, at=at)
    except (DefinitionError, LoadRefused) as fault:
        return Trial(str(fault), {})
    return Trial("", preview_json(found))


def save_definition(*, sample_id: str, name: str, text: str, by: str, at: datetime) -> str:
    """Save it into the home under its name; the sample goes. Raises UploadRefused, DefinitionError."""
    kept = _sample(sample_id, by)
    _refuse_name(name)
    understood(name, text)
    folder = current_home().definitions / "extracts"
    folder.mkdir(parents=True, exist_ok=True)
    with transaction.atomic():
        end(kept, UploadStage.DONE, at=at, by=by)
        digest = hashlib.sha256(text.encode()).hexdigest()
        record_event(event="definition.saved", at=at, user=by, subject=name, detail={"sha256": digest})
        _written(folder / f"{name}.yaml", text)
    return name


def give_up_sample(*, sample_id: str, by: str, at: datetime) -> None:
    """The sample and its draft go."""
    end(_sample(sample_id, by), UploadStage.CANCELLED, at=at, by=by)


def understood(name: str, text: str) -> Definition:
    """The text as the definition it would be in this home. Raises DefinitionError, naming the entry to mend."""
    if len(text) > LONGEST_TEXT:
        raise DefinitionError("The definition is too long.")
    with _home_with(name, text) as home:
        return load_definitions(home)[name]


@contextmanager
def _home_with(name: str, text: str) -> Iterator[Home]:
    """A folder that stands for the home as it would be with the definition in it."""
    home = current_home()
    with tempfile.TemporaryDirectory(dir=home.cache) as folder:
        tried = replace(home, root=Path(folder))
        if home.definitions.is_dir():
            shutil.copytree(home.definitions, tried.definitions)
        (tried.definitions / "extracts").mkdir(parents=True, exist_ok=True)
        (tried.definitions / "extracts" / f"{name}.yaml").write_text(text, encoding="utf-8")
        yield tried


def _written(path: Path, text: str) -> None:
    """Whole or not at all."""
    beside = path.with_suffix(".new")
    beside.write_text(text.replace("\r\n", "\n"), encoding="utf-8")
    beside.replace(path)


def _refuse_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise UploadRefused(
            "The name is lower case letters, digits and underscores, three to sixty of them, as agency_extract."
        )
    if name in load_definitions(current_home()):
        raise UploadRefused(f"There is a definition called {name} already. Choose another name.")


def _sample(sample_id: str, by: str) -> Upload:
    _require_definer(by)
    kept = Upload.objects.filter(pk=sample_id, definition=SAMPLE, stage=UploadStage.READY).first()
    if kept is None:
        raise NoSuchUpload(sample_id)
    return kept


def _require_definer(by: str) -> None:
    require_duty("define", role=account_named(by).role, user=by)
