"""The gate over published rows on Spark: decided, recorded, restricted and controlled exactly as on one machine."""

from datetime import datetime
from pathlib import Path

from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.answers import Answer
from trigpoint.gate.ask import Desk, answer
from trigpoint.gate.connection import adopted_agreements, record_question
from trigpoint.gate.questions import Question
from trigpoint.gate.version import Version
from trigpoint.store.distributed import Dataset, connect

__all__ = ["ask_distributed", "distributed_version"]


def distributed_version(
    master: str,
    directory: str,
    *,
    scratch: Path,
    driver_host: str = "127.0.0.1",
    memory: str = "1g",
    cores: int = 2,
) -> Version:
    """A dataset that `publish --parquet` wrote, open on a cluster.

    `directory` is as every worker reaches it: a shared folder, or an address such as "hdfs://…". The rest is as
    for `connect`. Raises DatasetError where there is no dataset, ImportError without the extra `scale`.
    """
    session = connect(master, scratch=scratch, driver_host=driver_host, memory=memory, cores=cores)
    dataset = Dataset(session, directory)
    return Version(dataset.publication(), dataset.cursor)  # type: ignore[arg-type]  # the same words, another engine


def ask_distributed(viewer: Viewer, question: Question, at: datetime, version: Version) -> Answer:
    """As `ask`, of a version that lies on a cluster. Agreements, accounts and the audit stay this home's."""
    return answer(viewer, question, at, Desk(version, adopted_agreements(at), record_question))
