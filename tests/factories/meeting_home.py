"""A home whose publications are worlds, with the line of a delivery for each of their feeds: what a freeze rests on."""

from datetime import UTC, date, datetime

from tests.factories.world import FEEDS, World, agreement, write_file
from trigpoint.db.models import AdoptedAgreement, Agency, Delivery, Publication

DELIVERIES = {feed[0]: number for number, feed in enumerate(FEEDS, start=1)}
"""The delivery that each feed's records came with."""
AT = datetime(2024, 7, 5, 9, 0, tzinfo=UTC)
ADOPTED = datetime(2024, 1, 1, tzinfo=UTC)


def publish_world(home, world: World, number: int) -> None:
    """Make the world the home's publication of that number."""
    home.store.mkdir(exist_ok=True)
    write_file(home.store / f"{number}.duckdb", world)
    Publication.objects.create(
        number=number, file_name=f"{number}.duckdb", built_at=AT, built_by="tests", records=len(world.records),
        claims=0, seconds=0.1, deliveries=list(DELIVERIES.values()),
    )  # fmt: skip


def deliver() -> None:
    """A line in the ledger for each feed, and agencies for them."""
    for place, (code, agency, kind, _) in enumerate(FEEDS):
        Agency.objects.get_or_create(code=agency, defaults={"name": agency, "position": 50 + place})
        Delivery.objects.create(
            pk=DELIVERIES[code], definition=code, kind=kind, agency=agency, file_name=f"{code}.csv", sha256=code,
            size_bytes=1, received_at=ADOPTED, extracted_on=date(2024, 1, 1), rows_input=1, rows_accepted=1,
            rows_quarantined=0, rows_duplicate=0, rows_superseded=0, status="accepted", decided_at=ADOPTED,
            decided_by="tests",
        )  # fmt: skip


def adopt(*agreements_told) -> None:
    """Put these in the place of whatever was adopted: mappings of what `agreement` takes, with its agency."""
    AdoptedAgreement.objects.all().delete()
    for told in agreements_told:
        made = agreement(**told)
        whole = {
            "code": made.code, "version": 1, "title": made.code, "agency": made.code, "feeds": "all", "fields": "all",
            "purposes": ["safeguarding", "meeting"], "purposes_clause": "2",
            "audiences": [{"agencies": "all", "roles": "all", "finest": "point", "hours": True, "clause": "4"}],
            "otherwise_clause": "4", "expires": None,
            "clauses": {"2": "purposes", "4": "audiences", "5": "sites", "9": "end"},
        }  # fmt: skip
        AdoptedAgreement.objects.create(
            code=made.code, version=1, title=made.code, text=whole | {k: v for k, v in told.items()}, sha256=made.code,
            adopted_at=ADOPTED, adopted_by="tests",
        )  # fmt: skip
