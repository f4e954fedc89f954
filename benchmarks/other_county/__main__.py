"""Builds a home of the other county, as the demo's home is built: files written, loaded by the real pipeline, published."""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import yaml


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("home", type=Path, help="where to build it; must not exist")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--size", choices=("village", "county"), default="county")
    told = words.parse_args()
    if told.home.exists():
        words.error(f"{told.home} exists already")
    build(told.home.resolve(), told.seed, told.size)
    return 0


def build(root: Path, seed: int, size: str) -> None:
    """Build the home and say what was loaded. Sets Django up for it."""
    os.environ["TRIGPOINT_HOME"] = str(root)
    os.environ["DJANGO_SETTINGS_MODULE"] = "trigpoint.config.settings"
    from benchmarks.other_county.names import COUNTY
    from trigpoint.upkeep.new_home import write_home

    write_home(root, county=COUNTY, districts=(), owner="analyst", demo=True, at=datetime.now(UTC))
    import django

    django.setup()
    from benchmarks.other_county.county import other_county
    from trigpoint.demo.play import play_county

    played = play_county(root, seed=seed, size=size, at=datetime.now(UTC), tell=print, make=other_county)
    written = {"seed": seed, "size": size, "county": COUNTY}
    (root / "demo.yaml").write_text(yaml.safe_dump(written), encoding="utf-8")
    print(
        f"{COUNTY}: {played.rows_written:,} rows written, {played.rows_input:,} in the receipts, {played.files} files"
    )


if __name__ == "__main__":
    sys.exit(main())
