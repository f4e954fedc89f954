"""A Spark cluster as a partnership would run one, in miniature: a standalone master and two workers, on the loopback.

The programs come with pyspark; only Java is the machine's. Everything is stopped by process when the block ends.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

WORKERS = 2
STARTS_WITHIN_S = 90
QUICK_TO_START = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
"""For processes that live a minute: the second compiler of Java would take the cores and never pay them back."""


def what_is_missing() -> str | None:
    """What keeps Spark from running here, in words; None where nothing does."""
    for package in ("pyspark", "sqlglot"):
        if find_spec(package) is None:
            return f"no {package} (pip install 'trigpoint[scale]')"
    return None if _java() else "no Java (on Debian: apt install openjdk-17-jre-headless)"


@contextmanager
def standalone_cluster(folder: Path, *, quick_to_start: bool = True) -> Iterator[str]:
    """Start a cluster whose files lie in `folder`; gives the master's address.

    One that is quick to start never gets fast: benchmarks do without. Raises RuntimeError if it will not start.
    """
    master = f"spark://127.0.0.1:{_free_port()}"
    with _surroundings(QUICK_TO_START if quick_to_start else ""), ExitStack() as running:
        log = running.enter_context(_program(folder, "master", "Master", "--port", master.rpartition(":")[2]))
        _wait_for(log, "I have been elected leader")
        logs = [
            running.enter_context(_program(folder, f"worker{n}", "Worker", "-c", "1", "-m", "1g", master))
            for n in range(WORKERS)
        ]
        for log in logs:
            _wait_for(log, "Successfully registered with master")
        yield master


@contextmanager
def _surroundings(java_options: str) -> Iterator[None]:
    """The variables that the cluster's processes and the driver's inherit, put back afterwards."""
    before = dict(os.environ)
    os.environ.update(_variables() | {"JDK_JAVA_OPTIONS": java_options})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _variables() -> dict[str, str]:
    return {
        "SPARK_HOME": str(_spark()),
        "SPARK_SCALA_VERSION": "2.13",
        "SPARK_LOCAL_IP": "127.0.0.1",
        "JAVA_HOME": str(_java()),
    }


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _spark() -> Path:
    found = find_spec("pyspark")
    if found is None or found.origin is None:
        raise RuntimeError("no pyspark")
    return Path(found.origin).parent


def _java() -> Path | None:
    """The folder of Java, as JAVA_HOME means it."""
    told = os.environ.get("JAVA_HOME")
    if told and Path(told, "bin", "java").is_file():
        return Path(told)
    found = shutil.which("java")
    return Path(found).resolve().parent.parent if found else None


@contextmanager
def _program(folder: Path, name: str, kind: str, *words: str) -> Iterator[Path]:
    """One of Spark's programs, running; gives its log."""
    work, log = folder / name, folder / f"{name}.log"
    work.mkdir(parents=True)
    place = ("-d", str(work)) if kind == "Worker" else ()
    command = (
        f"{_java()}/bin/java", "-Xmx256m", "-Dspark.master.rest.enabled=false", "-cp", f"{_spark()}/jars/*",
        f"org.apache.spark.deploy.{kind.lower()}.{kind}", "--host", "127.0.0.1", "--webui-port", "0", *place, *words,
    )  # fmt: skip
    with log.open("wb") as written:
        process = subprocess.Popen(command, stdout=written, stderr=subprocess.STDOUT, cwd=work)
    try:
        yield log
    finally:
        _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_for(log: Path, words: str) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until:
        if words in log.read_text(errors="replace"):
            return
        time.sleep(0.1)
    raise RuntimeError(
        f"Spark's {log.stem} did not start within {STARTS_WITHIN_S} s:\n{log.read_text()[-2000:]}"
    )
