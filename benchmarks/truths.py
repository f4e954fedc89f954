"""The fifteen planted truths of counties, asked as the analyst asks: `python -m benchmarks.truths --seeds 1,2`.

    python -m benchmarks.truths [--seeds N,N,…] [--home PATH] [--letters abc] [--keep]

Each county is built as `trigpoint demo` builds it, asked the same questions (`_truths_asked.py`), and only then is its
sealed file of truths opened and the answers held against it (`_truths_judged.py`). Found where real, refused where an
artefact. A build takes minutes; with --home a finished county is asked instead, with --keep those built stay. With
--letters only what those letters take is asked.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import yaml

USUAL_SEEDS = "4711,9091,2027"
"""Their first run, with judging frozen before it, stands in docs/methods/truths.md."""
ALL = "abcdefghijklmno"
FAILURES = ("wrong", "missed")


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--seeds", default=USUAL_SEEDS, help="the counties to build, by commas")
    words.add_argument("--home", type=Path, help="a finished county home to ask instead of building any")
    words.add_argument("--keep", action="store_true", help="leave the homes that were built, and say where")
    words.add_argument("--letters", default=ALL, help="which truths, as o or ac; all are")
    words.add_argument("--judge", type=Path, help=argparse.SUPPRESS)
    words.add_argument(
        "--full", action="store_true", help="as every benchmark takes it; this one is always full"
    )
    told = words.parse_args()
    if told.judge is not None:
        print(json.dumps(judged_home(told.judge, told.letters)))
        return 0
    if told.home is not None:
        report([(_seed_of(told.home), asked_apart(told.home, told.letters))])
        return 0
    report([(seed, _built_and_asked(seed, told.keep, told.letters)) for seed in told.seeds.split(",")])
    return 0


def judged_home(home: Path, letters: str) -> dict[str, Any]:
    """What the analyst is told in a home, and how that stands against its truths. Sets Django up for that home."""
    os.environ["TRIGPOINT_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "trigpoint.config.settings"
    import django

    django.setup()
    from benchmarks._truths_asked import ask_all, ask_as_known
    from benchmarks._truths_judged import judge_all, others_claimed

    answers = ask_all(letters)
    truths = json.loads((home / "truths.json").read_text(encoding="utf-8"))
    for one in truths["truths"]:
        answers |= ask_as_known(one) if one["letter"] == "o" and "o" in letters else {}
    judged = [asdict(one) for one in judge_all(truths, answers, letters)]
    return {"judged": judged, "beside": others_claimed(truths, answers) if letters == ALL else []}


def asked_apart(home: Path, letters: str = ALL) -> dict[str, Any]:
    """`judged_home` in a process of its own, so that one county knows nothing of another."""
    words = [sys.executable, "-m", "benchmarks.truths", "--judge", str(home), "--letters", letters]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"the county in {home} could not be asked:\n{done.stderr}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def report(found: Sequence[tuple[str, dict[str, Any]]]) -> None:
    """The table of what was found, a line for each letter and seed, and a count of verdicts."""
    print("| | seed | asked | found | |\n|---|---|---|---|---|")
    lines = [(one["letter"], seed, one) for seed, county in found for one in county["judged"]]
    for letter, seed, one in sorted(lines, key=lambda line: line[0]):
        verdict = f"**{one['verdict']}**" if one["verdict"] in FAILURES else one["verdict"]
        print(f"| {letter} | {seed} | {one['asked']} | {one['found'].replace('|', '/')} | {verdict} |")
    for seed, county in found:
        many = Counter(one["verdict"] for one in county["judged"])
        print(f"\nSeed {seed}: {', '.join(f'{n} {verdict}' for verdict, n in many.most_common())}.")
        print("\n".join(f"* {line}" for line in county["beside"]))


def _built_and_asked(seed: str, keep: bool, letters: str) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp(prefix=f"truths-{seed}-"))
    home = folder / "home"
    try:
        words = ["--home", str(home), "demo", "--size", "county", "--seed", seed, "--no-serve"]
        surroundings = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        built = subprocess.run(
            [sys.executable, "-m", "trigpoint.cli", *words],
            env=surroundings, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if built.returncode != 0:
            raise SystemExit(f"county {seed} could not be built:\n{built.stdout}\n{built.stderr}")
        print(f"county {seed}: {built.stdout.splitlines()[-1]}", file=sys.stderr, flush=True)
        return asked_apart(home, letters)
    finally:
        if keep:
            print(f"county {seed} stays in {home}", file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _seed_of(home: Path) -> str:
    told = yaml.safe_load((home / "demo.yaml").read_text(encoding="utf-8"))
    return str(told["seed"])


if __name__ == "__main__":
    sys.exit(main())
