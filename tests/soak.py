"""What the long runs share: a home of their own, and a file in which they write how far they have come."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@contextmanager
def soak_home() -> Iterator[Path]:
    """An empty home in a temporary folder, and Django ready for it. Call it once a process, before any import."""
    with tempfile.TemporaryDirectory(prefix="trigpoint-soak-") as folder:
        root = Path(folder) / "home"
        os.environ.update(
            TRIGPOINT_HOME=str(root),
            TRIGPOINT_LOOPBACK="1",
            DJANGO_SETTINGS_MODULE="trigpoint.config.settings",
        )
        from trigpoint.upkeep.new_home import write_home

        write_home(root, county="Marlshire", districts=(), owner="analyst", demo=False, at=AT)
        import django

        django.setup()
        from trigpoint.upkeep.prepare import prepare_home

        prepare_home(by="soak", at=AT)
        yield Path(folder)


class Progress:
    """Totals so far, written after every step, so that a run that was stopped goes on where it was."""

    def __init__(self, file: Path | None, run: dict[str, Any]) -> None:
        self._file = file
        self.run = run
        self.done = 0
        self.totals: dict[str, dict[str, int]] = {}
        if file is not None and file.exists():
            kept = json.loads(file.read_text(encoding="utf-8"))
            if kept["run"] != run:
                raise SystemExit(f"{file} is of another run: {kept['run']}. Choose another file.")
            self.done, self.totals = kept["done"], kept["totals"]

    def add(self, part: str, counts: dict[str, int]) -> None:
        """One more step of `part` is done."""
        row = self.totals.setdefault(part, {})
        for name, count in counts.items():
            row[name] = row.get(name, 0) + count
        self.done += 1
        if self._file is not None:
            fresh = self._file.with_name(f".{self._file.name}")
            fresh.write_text(json.dumps({"run": self.run, "done": self.done, "totals": self.totals}), "utf-8")
            fresh.replace(self._file)

    def table(self) -> str:
        """The totals, one line a part and one for all."""
        names = list(dict.fromkeys(name for row in self.totals.values() for name in row))
        whole = {name: sum(row.get(name, 0) for row in self.totals.values()) for name in names}
        rows = [*sorted(self.totals.items()), ("all", whole)]
        width = max(len(part) for part, _ in rows)
        head = " ".join([f"{'':<{width}}", *(f"{name:>12}" for name in names)])
        lines = [
            " ".join([f"{part:<{width}}", *(f"{row.get(name, 0):>12,}" for name in names)])
            for part, row in rows
        ]
        return "\n".join([head, *lines])
