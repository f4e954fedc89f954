"""Kill a load at many points: `python -m tests.soak_kills --points 300 --seed 1 [--resume FILE]`.

Each trial kills a process (as kill -9 does) at a point drawn from all writes and statements, or from all lines of the
way in, and then looks at the home: as before or as after, the doctor finds nothing, audit and ledger agree, the spool
is clean after the next start, and the next load needs no hand. Exit code 1 where any of that fails.
"""

import argparse
import random
import sys
from pathlib import Path

from tests.soak import Progress, soak_home


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", type=Path)
    told = parser.parse_args(arguments)
    progress = Progress(told.resume, {"points": told.points, "seed": told.seed})
    with soak_home() as folder:
        for number in range(progress.done, told.points):
            part, counts = trial(folder, number, told.seed)
            progress.add(part, counts)
    print(progress.table())
    return 1 if any(row.get("wrong") for row in progress.totals.values()) else 0


def trial(folder: Path, number: int, seed: int) -> tuple[str, dict[str, int]]:
    """One point: which feed and hook it was, and whether it went wrong."""
    from tests.factories.pictures import forget_everything
    from tests.faults.trials import FEEDS, FIRST, faults_after, points_of, prepared, run_killed, state

    chosen = random.Random(f"{seed} {number}")
    feed, hook = chosen.choice(FEEDS), chosen.choice(("calls", "lines"))
    forget_everything()
    points = points_of(folder, feed, hook)
    stop = chosen.randrange(1, len(points) + 1)
    task = prepared(folder, feed, FIRST)
    before = state()
    reached = run_killed(task, hook, stop)
    stored = state().deliveries > before.deliveries
    wrong = faults_after(before, task)
    for what in wrong:
        print(f"trial {number}, {feed}, {hook} {stop} ({points[stop - 1]}): {what}", file=sys.stderr)
    return f"{feed} at {hook}", {
        "points": 1, "killed": int(reached), "before": int(not stored), "after": int(stored), "wrong": len(wrong),
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
