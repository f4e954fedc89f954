"""What changes people's work puts a line in the audit: read off the source, so that a new change cannot forget it."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "trigpoint"
CHANGES = "trigpoint.changes."
RECORDS = frozenset({"record_event", "recorded"})
WRITES = frozenset(
    {"bulk_create", "bulk_update", "create", "delete", "get_or_create", "save", "update", "update_or_create"}
)
KEPT_ROWS = ("objects", "_default_manager", "filter(", "select_for_update")
NOT_A_CHANGE_OF_ITS_OWN = {
    "trigpoint.changes.runs.resume_runs": "runs that a stopped worker left; asking for them was recorded",
}
Called = dict[str, set[str]]


def writes_rows(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITES:
        return False
    receiver = ast.unparse(call.func.value)
    return call.func.attr == "save" or any(word in receiver for word in KEPT_ROWS)


def names_of(module: str, tree: ast.Module) -> dict[str, str]:
    """What each name of a module stands for, where it stands for something of `changes`."""
    told = {node.name: f"{module}.{node.name}" for node in tree.body if isinstance(node, ast.FunctionDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(CHANGES):
            told |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return told


def read(root: Path) -> tuple[Called, set[str], set[str]]:
    """Of every function of `changes`: what it names; which write rows themselves; which record it themselves."""
    calls: Called = {}
    writers: set[str] = set()
    recorders: set[str] = set()
    for file in sorted((root / "changes").glob("*.py")):
        module = CHANGES + file.stem
        tree = ast.parse(file.read_text(encoding="utf-8"))
        known = names_of(module, tree)
        for function in [node for node in tree.body if isinstance(node, ast.FunctionDef)]:
            name = f"{module}.{function.name}"
            spoken = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
            calls[name] = {known[word] for word in spoken if word in known} - {name}
            if spoken & RECORDS:
                recorders.add(name)
            if any(writes_rows(node) for node in ast.walk(function) if isinstance(node, ast.Call)):
                writers.add(name)
    return calls, writers, recorders


def reaching(calls: Called, goal: set[str]) -> set[str]:
    found = set(goal)
    while more := {name for name, named in calls.items() if name not in found and named & found}:
        found |= more
    return found


def asked_from_outside(root: Path) -> set[str]:
    """Functions of `changes` that another room imports."""
    outside: set[str] = set()
    for file in root.rglob("*.py"):
        if file.parent == root / "changes":
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        outside |= set(names_of("elsewhere", tree).values())
    return outside


def unrecorded(root: Path) -> set[str]:
    """Doors of `changes` that write rows and from which no line of the audit can be reached."""
    calls, writers, recorders = read(root)
    inner = set().union(*calls.values())
    doors = asked_from_outside(root) | (set(calls) - inner)
    return (doors & reaching(calls, writers)) - reaching(calls, recorders)


def test_every_change_that_another_room_can_ask_for_is_recorded():
    assert unrecorded(ROOT) == set(NOT_A_CHANGE_OF_ITS_OWN)


def test_a_change_that_forgets_the_audit_is_found(tmp_path):
    (tmp_path / "changes").mkdir()
    (tmp_path / "changes" / "planted.py").write_text(
        "def forget(by):\n    Place.objects.filter(pk=1).update(name=by)\n\n\n"
        "def remember(by):\n    forget(by)\n    record_event(user=by)\n",
        encoding="utf-8",
    )
    (tmp_path / "web.py").write_text("from trigpoint.changes.planted import forget\n", encoding="utf-8")
    assert unrecorded(tmp_path) == {"trigpoint.changes.planted.forget"}
