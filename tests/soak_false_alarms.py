"""False alarms: `python -m tests.soak_false_alarms --worlds 200 --replicates 199 --seed 1 [--resume FILE] [--part scan]`.

Worlds of one district's size in which nothing happens, of two kinds (tests/factories/null_worlds.py). Each method is asked
of each world as the product asks it; every world's answers are written down at once, so that a run that was stopped goes
on where it was. The table goes into docs/methods/false-alarms.md. Exit code 1 where a method that promises 5% has more,
by more than chance.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from tests.factories.alarm_maps import map_alarms
from tests.factories.alarm_scan import knox_chances, scan_chances
from tests.factories.alarm_table import Told, broken, table
from tests.factories.alarm_work import work_alarms
from tests.factories.null_worlds import KINDS, Kind, Size, ground_of, null_world

PARTS = ("maps", "work", "knox", "scan")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=200, help="of each kind")
    parser.add_argument("--replicates", type=int, default=199)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", type=Path)
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part; may be given twice")
    for name in Size.__slots__:
        parser.add_argument(f"--{name}", type=int, default=getattr(Size(), name))
    asked = parser.parse_args(arguments)
    size = Size(asked.rings, asked.streets, asked.records)
    run = {
        "seed": asked.seed,
        "replicates": asked.replicates,
        "size": [size.rings, size.streets, size.records],
    }
    kept = _Kept(asked.resume, run)
    for number in range(asked.worlds):
        for kind in KINDS:
            for part in asked.part or PARTS:
                if (kind, number, part) not in kept.done:
                    kept.add(
                        kind, number, part, one_world(kind, number, part, size, asked.seed, asked.replicates)
                    )
    print(table(kept.told))
    worse = broken(kept.told)
    for line in worse:
        print(f"more than it promises: {line}", file=sys.stderr)
    return 1 if worse else 0


def one_world(kind: Kind, number: int, part: str, size: Size, seed: int, replicates: int) -> dict[str, Any]:
    """What one part says of one world, by its number: the same for the same seed, whatever else is run."""
    seeds = [seed, KINDS.index(kind), number]
    rng = np.random.default_rng([*seeds, PARTS.index(part)])
    world = null_world(kind, ground_of("cell", size), size.records, np.random.default_rng([*seeds, 100]))
    chances: dict[str, Callable[..., dict[str, float]]] = {"scan": scan_chances, "knox": knox_chances}
    if part in chances:
        return {"p": chances[part](world, replicates, rng)}
    streets = null_world(kind, ground_of("street", size), size.records, np.random.default_rng([*seeds, 101]))
    return {"found": work_alarms(world, streets, rng) if part == "work" else map_alarms(world, streets)}


class _Kept:
    """One line for each part of each world, in a file if there is one: several processes may write to the same."""

    def __init__(self, file: Path | None, run: dict[str, Any]) -> None:
        self._file, self._run = file, run
        self.done: set[tuple[str, int, str]] = set()
        self.told: list[Told] = []
        for line in file.read_text("utf-8").splitlines() if file is not None and file.exists() else ():
            one = json.loads(line)
            if one.pop("run") != run:
                raise SystemExit(f"{file} is of another run. Choose another file.")
            self._count(one)

    def _count(self, one: Told) -> None:
        """Two processes may have come to the same part of a world, and then said the same of it: it counts once."""
        key = (one["kind"], one["world"], one["part"])
        if key not in self.done:
            self.done.add(key)
            self.told.append(one)

    def add(self, kind: Kind, number: int, part: str, found: dict[str, Any]) -> None:
        one = {"kind": kind, "world": number, "part": part, **found}
        self._count(one)
        if self._file is not None:
            with self._file.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps({"run": self._run, **one}) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
