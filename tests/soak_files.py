"""Many generated files: `python -m tests.soak_files --files 10000 --seed 1 [--resume FILE]`.

Families of files are brought in once, and then three times each in any order. Every receipt must balance, the current
picture must be the same, and nothing but a refusal in words may escape. Exit code 1 where that fails. Rows are those of
the first time.
"""

import argparse
import random
import sys
from pathlib import Path

from tests.soak import Progress, soak_home

FILES_A_FAMILY = 4


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", type=Path)
    told = parser.parse_args(arguments)
    progress = Progress(told.resume, {"files": told.files, "seed": told.seed})
    with soak_home() as folder:
        from tests.factories.shaken_files import write_definitions

        write_definitions(folder / "home" / "definitions" / "extracts")
        for number in range(progress.done, -(-told.files // FILES_A_FAMILY)):
            part, counts = one_family(folder, number, told.seed)
            progress.add(part, counts)
    print(progress.table())
    bad = ("broken", "tracebacks")
    return 1 if any(row.get(name) for row in progress.totals.values() for name in bad) else 0


def one_family(folder: Path, number: int, seed: int) -> tuple[str, dict[str, int]]:
    """One family of files, by its number."""
    from tests.factories.bringing import LawBroken, check_family
    from tests.factories.shaken_files import family

    rng = random.Random(f"{seed} {number}")
    files = family(rng, FILES_A_FAMILY)
    try:
        counts = check_family(folder, files, rng)
    except LawBroken as broken:
        print(f"family {number}: {broken}", file=sys.stderr)
        return files[0].definition, {"files": len(files), "broken": 1}
    return files[0].definition, {**counts, "broken": 0}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
