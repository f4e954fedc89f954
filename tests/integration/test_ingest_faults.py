"""Whatever fails at whatever point of a load: afterwards the home is as before or as after, and nothing needs a hand.

`python -m tests.soak_kills` does the same at many more points.
"""

import random

import pytest

from tests.faults.points import Points, full_disk
from tests.faults.trials import FEEDS, FIRST, HOOKS, faults_after, points_of, prepared, run_killed, state

KILLED = 2
"""Points for each feed and hook: 2% of what the soak run does."""
SEED = 20261122
WRITES = {"os.fsync", "os.replace", "os.mkdir", "os.unlink", "open", "write", "sql INSERT", "sql COMMIT"}


def says_the_disk_is_full(fault):
    return "full" in str(fault) or "No space" in str(fault)


@pytest.mark.parametrize("feed", FEEDS)
def test_a_failing_write_anywhere_leaves_the_home_as_before_or_as_after(home, tmp_path, feed):
    points = points_of(tmp_path, feed, "calls")
    assert set(points) >= WRITES
    for number, name in enumerate(points, start=1):
        task = prepared(tmp_path, feed, FIRST + number)
        before = state()
        fault = failing(task, number)
        assert fault is None or says_the_disk_is_full(fault), f"{name}: {fault!r}"
        assert faults_after(before, task) == [], f"{feed}: point {number} of {len(points)}, {name}"


def failing(task, number):
    """What came of the task when the disk filled at that point."""
    try:
        with HOOKS["calls"](Points(number, full_disk)):
            task()
    except Exception as fault:
        return fault
    return None


@pytest.mark.parametrize("hook", ["calls", "lines"])
@pytest.mark.parametrize("feed", FEEDS)
def test_kill_9_at_any_point_leaves_the_home_as_before_or_as_after(home, tmp_path, feed, hook):
    points = points_of(tmp_path, feed, hook)
    last = len(points) * 9 // 10
    chosen = random.Random(f"{SEED}{feed}{hook}").sample(range(1, last), KILLED)
    for number, stop in enumerate(chosen):
        task = prepared(tmp_path, feed, FIRST + number)
        before = state()
        assert run_killed(task, hook, stop), f"the load ended before point {stop} of {len(points)}"
        assert faults_after(before, task) == [], f"{feed}: killed at {points[stop - 1]}"
