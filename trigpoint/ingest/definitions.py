"""A definition says in YAML what a file holds and how it becomes facts; it is never a program."""

import contextlib
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from trigpoint.db.home import Home
from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.definition_words import Agency, Break, Theme

Entry = TypeVar("Entry", Theme, Agency, Break)
PACKAGE_DEFINITIONS = Path(__file__).resolve().parent.parent / "definitions"
FOLDERS = ("layers", "extracts")


class DefinitionError(ValueError):
    """A definition cannot be used; the message names the file and the entry to mend."""


def load_definitions(home: Home | None = None) -> dict[str, Definition]:
    """Every definition by the name used on the command line; a home's own stand before the package's.

    Raises DefinitionError, naming the file and the entry, where one cannot be understood.
    """
    return dict(_understood(tuple(stood for root in _roots(home) for stood in _stand_of(root)), home))


def themes(home: Home | None = None) -> tuple[Theme, ...]:
    """The themes with their bits, in the order of the bits; a home may add its own."""
    known = {theme.code: theme for root in _roots(home) for theme in _list_of(Theme, root / "themes.yaml")}
    return tuple(sorted(known.values(), key=lambda theme: theme.bit))


def agencies(home: Home | None = None) -> tuple[Agency, ...]:
    """The agencies in the order of their squares on every screen; a home may add its own."""
    known = {
        agency.code: agency for root in _roots(home) for agency in _list_of(Agency, root / "agencies.yaml")
    }
    return tuple(sorted(known.values(), key=lambda agency: agency.position))


def breaks(home: Home | None = None) -> tuple[Break, ...]:
    """The days on which definitions changed, earliest first; a home may add its own, or say one of them otherwise.

    Raises DefinitionError where one names a feed or a theme that there is not.
    """
    known = {told.code: told for root in _roots(home) for told in _list_of(Break, root / "breaks.yaml")}
    _refuse_strangers(known.values(), set(load_definitions(home)), {theme.code for theme in themes(home)})
    return tuple(sorted(known.values(), key=lambda told: (told.date, told.code)))


def _refuse_strangers(told: Iterable[Break], feeds: Collection[str], codes: Collection[str]) -> None:
    for one in told:
        named = () if one.feeds == "all" else one.feeds
        strange = [*(set(named) - set(feeds)), *(set(one.themes) - set(codes))]
        if strange:
            raise DefinitionError(f"breaks.yaml: {one.code} names '{min(strange)}', which there is not.")


def _roots(home: Home | None) -> list[Path]:
    return [PACKAGE_DEFINITIONS, *([home.definitions] if home is not None else [])]


def _definition_files(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted((root / folder).glob("*.yaml"))


def _as_it_stands(file: Path) -> Iterator[tuple[Path, int, int]]:
    """The file, if there is one, with what changes when it is edited."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        facts = file.stat()
        yield file, facts.st_mtime_ns, facts.st_size


Stand = tuple[tuple[str, int, int], ...]
"""Files by their paths, with what changes when one is edited."""


def _stand_of(root: Path) -> Iterator[tuple[str, int, int]]:
    """The definitions below `root` and its themes, looked at for every delivery: a folder at a time, which is quick."""
    for folder in FOLDERS:
        yield from _stand_in(f"{root}{os.sep}{folder}")
    for path, changed, size in _as_it_stands(root / "themes.yaml"):
        yield str(path), changed, size


def _stand_in(folder: str) -> Stand:
    try:
        with os.scandir(folder) as entries:
            files = [entry for entry in entries if entry.name.endswith(".yaml")]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    found = []
    for entry in sorted(files, key=lambda entry: entry.name):
        with contextlib.suppress(FileNotFoundError):
            facts = entry.stat()
            found.append((entry.path, facts.st_mtime_ns, facts.st_size))
    return tuple(found)


@lru_cache(maxsize=8)
def _understood(stand: Stand, home: Home | None) -> Mapping[str, Definition]:
    """All definitions, read once for as long as no file changes (`stand`): reading them takes a tenth of a second."""
    paths = [Path(told) for told, _, _ in stand]
    files = {path.stem: path for path in paths if path.name != "themes.yaml"}
    contents = {name: _extended(path, _read_mapping(path)) for name, path in files.items()}
    own = {name: told for name, told in contents.items() if "alias_of" not in told}
    definitions = {name: _definition(name, files[name], told) for name, told in own.items()}
    for name in contents.keys() - own.keys():
        definitions[name] = _aliased(files[name], contents[name], definitions)
    _refuse_unknown_codes(definitions, {theme.code for theme in themes(home)}, files)
    return dict(sorted(definitions.items()))


def _refuse_unknown_codes(
    definitions: Mapping[str, Definition], known: Collection[str], files: Mapping[str, Path]
) -> None:
    for name, definition in definitions.items():
        strange = sorted(set(definition.themes_used) - set(known))
        if strange:
            raise DefinitionError(f"{files[name].name}: '{strange[0]}' is not a theme of themes.yaml.")


# The reader written in C, where PyYAML was built with it, is ten times faster.
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _WordsAsWritten(_Loader):  # type: ignore[misc, valid-type]
    """YAML 1.2's words: Yes, No, On and Off are words, as in the agencies' files, and dates stay text."""


_WordsAsWritten.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if not tag.endswith((":bool", ":timestamp"))]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_WordsAsWritten.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))


def _read_yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_WordsAsWritten)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark is not None else ""
        raise DefinitionError(f"{path.name}{where} is not valid YAML.") from fault
    except UnicodeDecodeError as fault:
        raise DefinitionError(f"{path.name} is not UTF-8 text.") from fault


def _read_mapping(path: Path) -> dict[str, Any]:
    told = _read_yaml(path)
    if not isinstance(told, dict):
        raise DefinitionError(f"{path.name} must be a list of 'name: value' entries.")
    return told


def _definition(name: str, path: Path, told: Mapping[str, Any]) -> Definition:
    try:
        return Definition.model_validate({"name": name, **told})
    except ValidationError as fault:
        raise DefinitionError(f"{path.name}: {_first_fault(fault)}") from fault


def _extended(path: Path, told: dict[str, Any]) -> dict[str, Any]:
    """A home's definition may say only what differs from the package's definition it extends."""
    if "extends" not in told:
        return told
    base = next((f for f in _definition_files(PACKAGE_DEFINITIONS) if f.stem == told["extends"]), None)
    if base is None:
        raise DefinitionError(f"{path.name}: extends names no definition of the package.")
    return _merged(_read_mapping(base), {name: part for name, part in told.items() if name != "extends"})


def _merged(base: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for name, part in more.items():
        under = merged.get(name)
        if isinstance(part, Mapping) and isinstance(under, str):
            under = {"header": under}  # a bare word stands for a column's header
        merged[name] = (
            _merged(under, part) if isinstance(part, Mapping) and isinstance(under, Mapping) else part
        )
    return merged


def _aliased(path: Path, told: Mapping[str, Any], definitions: Mapping[str, Definition]) -> Definition:
    if told["alias_of"] not in definitions:
        raise DefinitionError(f"{path.name}: alias_of names no other definition.")
    return definitions[told["alias_of"]]


def _list_of(model: type[Entry], path: Path) -> tuple[Entry, ...]:
    return tuple(
        model.model_validate(entry) for there in _as_it_stands(path) for entry in _entries(model, *there)
    )


@lru_cache(maxsize=16)
def _entries(
    model: type[Theme] | type[Agency] | type[Break], path: Path, _mtime_ns: int, _size: int
) -> tuple[Theme | Agency | Break, ...]:
    """A list of entries, read once for as long as the file does not change."""
    try:
        return tuple(model.model_validate(entry) for entry in _read_yaml(path) or ())
    except ValidationError as fault:
        raise DefinitionError(f"{path.name}: {_first_fault(fault)}") from fault


def _first_fault(fault: ValidationError) -> str:
    # A misspelt entry explains the missing one, so it is told first.
    error = min(fault.errors(), key=lambda error: error["type"] != "extra_forbidden")
    place = " → ".join(str(part) for part in error["loc"]) or "the definition"
    return f"{place}: {error['msg'].removeprefix('Value error, ')}"
