"""Do evaluations keep their word? `python -m tests.soak_evaluations --closures 100 --seed 1 [--resume FILE] [--home HOME]`.

Closures that changed nothing are invented in towns of five kinds (tests/factories/null_closures.py) and, with --home, in a
finished county: at any place, at the busiest, and at those that stood highest above their own past, as real ones are
chosen. Each is judged as the gate judges it, and its sentence is read: how often does it tell a change? The same places
are then given a fall of 30%, of 50%, and of the size that was promised to be seen. The tables go into
docs/methods/evaluation.md. Every answer is written down at once, so that a run that was stopped goes on where it was. Exit
code 1 where a change is told of more than 5%, by more than chance.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import numpy as np
from scipy.stats import beta

from tests.factories.null_worlds import Size

MONTHS = (6, 12)
LEVEL, SURELY = 0.05, 0.999
EACH = 10
"""Closures a town."""
COUNTY = "county"
Told = dict[str, Any]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--closures", type=int, default=100, help="of each kind of town, choice and length")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", type=Path)
    parser.add_argument("--home", type=Path, help="a finished county as well, best a copy")
    parser.add_argument(
        "--only", action="append", help="only this kind of town (or 'county'); may be given twice"
    )
    for name in ("streets", "records"):
        parser.add_argument(
            f"--{name}", type=int, default=getattr(Size(), name) * (3 if name == "records" else 1)
        )
    asked = parser.parse_args(arguments)
    size = Size(streets=asked.streets, records=asked.records)
    run = {"seed": asked.seed, "size": [size.streets, size.records]}
    _set_up(asked.home)
    told = _read(asked.resume, run)
    done = {(one["world"], one["choice"], one["months"], one["number"]) for one in told}
    for one in _closures(asked, size, done):
        told.append(one)
        if asked.resume is not None:
            with asked.resume.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps({"run": run, **one}) + "\n")
    print("\n".join([*null_table(told), "", *power_table(told)]))
    worse = broken(told)
    for line in worse:
        print(f"more than it promises: {line}", file=sys.stderr)
    return 1 if worse else 0


def _read(file: Path | None, run: dict[str, Any]) -> list[Told]:
    told = (
        [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file and file.exists() else []
    )
    if any(one.pop("run") != run for one in told):
        raise SystemExit(f"{file} is of another run. Choose another file.")
    return told


def _set_up(home: Path | None) -> None:
    """Django, for a home or for none: nothing of the gate can be read without it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trigpoint.config.settings" if home else "tests.settings")
    if home is not None:
        os.environ["TRIGPOINT_HOME"] = str(home)
    django.setup()


def _closures(asked: argparse.Namespace, size: Size, done: set[tuple[Any, ...]]) -> Iterator[Told]:
    from tests.factories.null_closures import CHOICES, WORLDS, Town, county, of_home, one_closure, town

    whole = county(of_home()) if asked.home is not None else None
    for at, world in enumerate((*WORLDS, *((COUNTY,) if whole else ()))):
        if asked.only and world not in asked.only:
            continue
        for number in range(asked.closures):
            seeds = [asked.seed, at, number // EACH]
            where: Town | None = whole if world == COUNTY else None
            for choice in CHOICES:
                for months in MONTHS:
                    if (world, choice, months, number) in done:
                        continue
                    if where is None:
                        where = town(WORLDS[at], size, np.random.default_rng(seeds))
                    rng = np.random.default_rng([*seeds, number, CHOICES.index(choice), months])
                    told = one_closure(where, choice, months, rng)
                    yield {"world": world, "choice": choice, "months": months, "number": number, **told}


def broken(told: list[Told]) -> list[str]:
    """Where a change is told more often than promised, by more than chance."""
    worse = []
    for world, choice, months, ones in _groups(told):
        hits, tries = sum(one["tells"] for one in ones), len(ones)
        if hits and float(beta.ppf(1 - SURELY, hits, tries - hits + 1)) > LEVEL:
            worse.append(f"{world}, {choice} place, {months} months: {hits} of {tries}")
    return worse


def null_table(told: list[Told]) -> list[str]:
    """Markdown: of closures with no effect, how many are told to have one."""
    lines = [
        "| records | place | months | closures | a change told | a rise | a peak | not compared "
        "| with Poisson's errors alone | ring at 5% | ring, Poisson's |",
        "|---" * 11 + "|",
    ]
    for world, choice, months, ones in _groups(told):
        compared = [one for one in ones if one["compared"]]
        shares = [
            _share([one["tells"] for one in ones], interval=True),
            _share([one["tells"] and one["verdict"] == "rose" for one in ones]),
            _share([one["verdict"] == "peak" for one in ones]),
            _share([not one["compared"] for one in ones]),
            *(_share([one[name] for one in compared]) for name in ("poisson", "ring", "ring_poisson")),
        ]
        lines.append(f"| {world} | {choice} | {months} | {len(ones)} | " + " | ".join(shares) + " |")
    return lines


def power_table(told: list[Told]) -> list[str]:
    """Markdown: of closures with an effect of known size, how often a fall is told."""
    names = [f"{share:.0%}" for share in (0.3, 0.5)]
    lines = [
        "| records | place | months | smallest fall said, median | "
        + " | ".join(f"−{one}: told where it was to be seen | −{one}: told elsewhere" for one in names)
        + " | the fall that was said itself |",
        "|---" * (5 + 2 * len(names)) + "|",
    ]
    for world, choice, months, ones in _groups(told):
        compared = [one for one in ones if one["compared"]]
        cells = []
        for share, name in zip((0.3, 0.5), names, strict=True):
            wide = [one for one in compared if 0 < one["smallest"] <= share]
            rest = [one for one in compared if not 0 < one["smallest"] <= share]
            cells += [_share([one["seen"][name] for one in group], counted=True) for group in (wide, rest)]
        promised = [one["seen"]["promised"] for one in compared if one["smallest"]]
        least = [one["smallest"] or np.inf for one in compared]
        median = float(np.median(least)) if least else float("nan")
        words = f"−{median:.0%}" if np.isfinite(median) else "none"
        cells.append(_share(promised, counted=True))
        lines.append(f"| {world} | {choice} | {months} | {words} | " + " | ".join(cells) + " |")
    return lines


def _groups(told: list[Told]) -> Iterator[tuple[str, str, int, list[Told]]]:
    for key in dict.fromkeys((one["world"], one["choice"], one["months"]) for one in told):
        yield *key, [one for one in told if (one["world"], one["choice"], one["months"]) == key]


def _share(which: list[bool], *, interval: bool = False, counted: bool = False) -> str:
    hits, tries = sum(which), len(which)
    if not tries:
        return "–"
    said = f"{hits / tries:.1%}" if not counted else f"{hits / tries:.0%} of {tries}"
    if not interval:
        return said
    low = float(beta.ppf(0.025, hits, tries - hits + 1)) if hits else 0.0
    return f"{said} ({low:.1%}–{float(beta.ppf(0.975, hits + 1, tries - hits)):.1%})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
