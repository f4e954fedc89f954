"""One file of the demo that has come and been read, and waits for somebody to decide: so that the page is not empty."""

from collections.abc import Sequence
from datetime import datetime

from trigpoint.changes.incoming import Incoming
from trigpoint.changes.upload_reading import read_upload
from trigpoint.changes.uploads import start_upload
from trigpoint.demo.files.county_file import CountyFile

FEED = "community_safety_asb"


def left_undecided(files: Sequence[CountyFile]) -> CountyFile | None:
    """The last district's file of antisocial behaviour; None where no district sent one."""
    sent = [file for file in files if file.definition == FEED]
    return sent[-1] if sent else None


def leave_waiting(file: CountyFile, *, by: str, at: datetime) -> None:
    """Bring the file in as its agency would in the browser, and have it read."""
    incoming = Incoming(file.path.name)
    incoming.write(file.path.read_bytes())
    upload = start_upload(
        file=incoming.finish(),
        definition=file.definition,
        received_at=file.received_at,
        extracted_on=file.extracted_on,
        by=by,
        at=at,
    )
    read_upload.call(upload_id=upload)
