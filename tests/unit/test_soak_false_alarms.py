"""The soak of false alarms, small: its worlds hold nothing, it would see something, and it goes on where it stopped."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.factories.alarm_maps import map_alarms
from tests.factories.alarm_scan import scan_chances
from tests.factories.alarm_table import broken, table, uniform_lines
from tests.factories.alarm_work import work_alarms
from tests.factories.null_worlds import (
    AGENCIES,
    KINDS,
    MONTHS,
    THEMES,
    Kind,
    NullWorld,
    Size,
    ground_of,
    null_world,
)
from tests.soak_false_alarms import PARTS, main, one_world

SMALL = Size(rings=8, streets=150, records=400)
COMMAND = ["--rings", "6", "--streets", "100", "--records", "200", "--replicates", "9", "--seed", "3"]


def small_world(kind: Kind, level: str = "cell", seed: int = 2) -> NullWorld:
    ground = ground_of("cell" if level == "cell" else "street", SMALL)
    return null_world(kind, ground, SMALL.records, np.random.default_rng(seed))


@pytest.mark.parametrize("kind", KINDS)
def test_a_world_balances_and_follows_one_intensity(kind: Kind) -> None:
    world = small_world(kind)
    assert world.counts().sum() == world.by_month().sum() == SMALL.records * THEMES
    assert np.bincount(world.theme).tolist() == [SMALL.records] * THEMES
    assert world.share.sum() == pytest.approx(1.0)
    assert np.all(world.tellers >> world.agency & 1 == 1)
    assert world.tellers.max() < 1 << len(AGENCIES)
    assert np.array_equal(world.by_month().sum(axis=1), world.counts())
    assert (world.month.min(), world.month.max()) == (0, MONTHS - 1)


def test_the_kinds_differ_in_how_even_they_are() -> None:
    assert np.ptp(small_world("even").share) == 0.0
    clustered = np.sort(small_world("clustered").share)[::-1]
    assert clustered[: clustered.size // 10].sum() > 0.3


def test_a_planted_hotspot_is_found_so_that_none_is_not_blindness() -> None:
    world, streets = small_world("clustered"), small_world("clustered", "street")
    place = int(np.argsort(world.share)[world.ground.units // 2])
    lately = np.flatnonzero((world.theme == 0) & (world.month >= MONTHS - 3))
    unit = world.unit.copy()
    unit[lately[:40]] = place
    planted = replace(world, unit=unit)
    found = map_alarms(planted, streets)
    for name in ("Gi*, all records, hexagons", "Gi*, children, hexagons", "Gi*, own past, hexagons"):
        assert found[name][0] > map_alarms(world, streets)[name][0], name
    assert found["rising, hexagons"][0] >= 1
    chances = scan_chances(planted, 19, np.random.default_rng(1))
    assert chances == {"scan, retrospective": 0.05, "scan, prospective": 0.05}


def test_a_planted_silence_is_found() -> None:
    world, streets = small_world("even"), small_world("even", "street")
    kept = ~((world.agency == 0) & (world.month >= 12) & (world.ground.sector[world.unit] == 0))
    parts = {
        name: getattr(world, name)[kept] for name in ("unit", "day", "month", "theme", "agency", "tellers")
    }
    before = work_alarms(world, streets, np.random.default_rng(1))
    after = work_alarms(replace(world, **parts), streets, np.random.default_rng(1))
    assert after["silence, silent"][0] == before["silence, silent"][0] + 1


def test_one_world_hangs_on_its_number_alone() -> None:
    once = [one_world("clustered", 4, part, SMALL, 3, 9) for part in PARTS]
    again = [one_world("clustered", 4, part, SMALL, 3, 9) for part in reversed(PARTS)]
    assert once == again[::-1]
    assert one_world("clustered", 5, "scan", SMALL, 3, 9) != one_world("clustered", 4, "scan", SMALL, 3, 9)


def test_the_command_goes_on_where_it_stopped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole, parts = tmp_path / "whole.jsonl", tmp_path / "parts.jsonl"
    assert main([*COMMAND, "--worlds", "3", "--resume", str(whole)]) == 0
    told = capsys.readouterr().out
    main([*COMMAND, "--worlds", "1", "--resume", str(parts)])
    main([*COMMAND, "--worlds", "3", "--resume", str(parts), "--part", "scan"])
    main([*COMMAND, "--worlds", "3", "--resume", str(parts)])
    ones, others = (sorted(file.read_text("utf-8").splitlines()) for file in (whole, parts))
    assert ones == others
    assert len(ones) == 3 * len(KINDS) * len(PARTS)
    assert "| Gi*, all records, streets |" in told
    assert "| scan, prospective, clustered | 3 |" in told
    twice = tmp_path / "twice.jsonl"
    twice.write_text("\n".join([*ones, *ones, ""]), encoding="utf-8")
    capsys.readouterr()
    main([*COMMAND, "--worlds", "3", "--resume", str(twice)])
    assert sorted(capsys.readouterr().out.splitlines()) == sorted(told.splitlines())
    with pytest.raises(SystemExit, match="another run"):
        main([*COMMAND, "--worlds", "3", "--replicates", "19", "--resume", str(whole)])


def test_the_table_counts_worlds_and_means() -> None:
    told = [
        {"kind": "even", "world": number, "part": "maps", "found": {"a": [found, 9], "b, each": [found, 9]}}
        for number, found in enumerate((0, 0, 0, 3))
    ]
    rows = table(told).splitlines()
    assert rows[2].startswith("| a | 25.0% (0.6%–80.6%) | 0.75 | – | – |")
    assert rows[3].startswith("| b, each | 8.3% (")


def test_more_than_is_promised_is_said_and_what_is_expected_is_not() -> None:
    def told(name: str, kind: str, hits: int) -> list[dict[str, object]]:
        return [
            {"kind": kind, "world": n, "part": "maps", "found": {name: (int(n < hits), 9)}}
            for n in range(100)
        ]

    assert broken(told("Gi*, all records, hexagons", "clustered", 20)) == [
        "Gi*, all records, hexagons, clustered worlds: 20 of 100"
    ]
    assert broken(told("Gi*, all records, hexagons", "clustered", 8)) == []
    assert broken(told("Gi*, even, hexagons", "clustered", 90)) == []
    assert broken(told("Gi*, even, hexagons", "even", 90)) != []


def test_chances_are_counted_by_tenth() -> None:
    told = [
        json.loads(json.dumps({"kind": "even", "world": n, "part": "scan", "p": {"scan": (n + 1) / 200}}))
        for n in range(200)
    ]
    line = uniform_lines(told)[-1]
    assert line.startswith("| scan, even | 200 | " + "20 | " * 10)
    assert line.endswith("| 0.005 | 1.00 |")
