"""Every feed's and register's files, written in their forms, with the day each would have come."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from trigpoint.core.county.feeds.registers import sent_registers
from trigpoint.core.county.feeds.sending import Sent, sent_files
from trigpoint.core.county.records import CountyRecords, draws
from trigpoint.demo.files.county_file import CountyFile
from trigpoint.demo.files.sheets import write_sent


def delivery_files(folder: Path, records: CountyRecords, seed: int) -> Iterator[CountyFile]:
    """Write every delivery of the county under `folder`, a folder a definition."""
    for sent in sent_by_all(records, seed):
        path = write_sent(folder / sent.definition, sent)
        yield CountyFile(
            path=path,
            definition=sent.definition,
            received_at=datetime.combine(_day(sent.received_on), time(10, 30), tzinfo=UTC),
            extracted_on=_day(sent.covers_to) + timedelta(days=1),
            rows=sent.rows,
            broken=sent.broken,
        )


def sent_by_all(records: CountyRecords, seed: int) -> Iterator[Sent]:
    """Every file that the county's agencies send, feed by feed."""
    history = records.county.history
    span = (history.first_day, history.last_day)
    for name, feed in records.feeds.items():
        yield from sent_files(name, feed, *span, draws(seed, f"sending {name}"))
    for name, table in records.registers.items():
        yield from sent_registers(name, table, *span, draws(seed, f"sending {name}"))


def _day(day: object) -> date:
    return date.fromisoformat(str(day))
