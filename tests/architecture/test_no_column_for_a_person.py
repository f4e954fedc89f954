"""No table, of the deliveries, of the store or of people's work, has a column that could hold somebody (R1).

A column whose name has a forbidden word, or whose type holds anything at all, fails unless it is listed here with the
reason why it holds nobody, or why the person in it is one of the partnership's own users.
"""

import re

import duckdb
import pyarrow as pa
import pytest
from django.apps import apps
from django.db.models import JSONField, TextField

from trigpoint.ingest.quarantined import QUARANTINE
from trigpoint.ingest.schemas import SCHEMAS
from trigpoint.ingest.steps.person_words import words_of
from trigpoint.store.schema import create_statements

FORBIDDEN = words_of(
    """
    name names forename forenames firstname surname lastname fullname initials family maiden alias aliases nickname aka
    person persons people child children pupil student victim victims suspect offender nominal subject patient
    dob birth born birthday age ages gender sex ethnicity religion disability
    upn nhs nino pnc crn passport uln token tokens urn id
    phone mobile tel telephone msisdn email mail plate plates vrm vrn reg registration vehicle handle handles insta
    instagram snap snapchat username user login
    gang gangs crew affiliation rival
    address house flat home mother father parent carer guardian sibling relative contact contacts
    note notes narrative description comment comments text texts free wording remarks summary stripped
    """
)
ANYTHING = (JSONField, TextField)
OWN_USERS = "the partnership's own users, who sign in or did something"
OF_A_PLACE = "what a place is called"
OF_AN_AREA = "an area, and the larger area it lies in"
COUNTS = "how many people an area has, never which"
TYPED = "typed by members of places and roles; refused where it tells of a person"
OWN_NUMBER = "the row's own number"

ALLOWED_TABLES = {
    "db:auth.": OWN_USERS,
    "db:account.": OWN_USERS,
    "db:mfa.": OWN_USERS,
    "db:sessions.": OWN_USERS,
    "db:admin.": OWN_USERS,
    "db:contenttypes.": "Django's own list of tables",
    "db:django_tasks_database.": "work to be done in the background, by numbers of uploads and versions",
    "db:axes.": OWN_USERS,
    "db:usersessions.": OWN_USERS,
}
ALLOWED = {
    "parquet:records.token": "a keyed number that nobody can turn back; counted, never shown",
    "parquet:records.token_window": "which key made the token",
    "parquet:records.claims.street_name": OF_A_PLACE,
    "parquet:records.claims.area_name": OF_A_PLACE,
    "parquet:records.claims.wording": "a keyed digest of words that lie elsewhere",
    "store:definition_break.text": "what a definition's change means, from breaks.yaml",
    "parquet:areas.name": OF_A_PLACE,
    "parquet:areas.parent_code": OF_AN_AREA,
    "parquet:lookup.child_level": OF_AN_AREA,
    "parquet:lookup.child_code": OF_AN_AREA,
    "parquet:lookup.child_name": OF_AN_AREA,
    "parquet:lookup.parent_level": OF_AN_AREA,
    "parquet:lookup.parent_code": OF_AN_AREA,
    "parquet:lookup.parent_name": OF_AN_AREA,
    "parquet:sites.name": OF_A_PLACE,
    "parquet:sites.district_name": OF_A_PLACE,
    "parquet:streets.name": OF_A_PLACE,
    "parquet:shapes.name": OF_A_PLACE,
    "parquet:population.area_name": OF_A_PLACE,
    "parquet:population.people_all": COUNTS,
    "parquet:population.people_10_17": COUNTS,
    "parquet:notices.street_name": OF_A_PLACE,
    "parquet:totals.area_name": OF_A_PLACE,
    "parquet:deprivation.area_name": OF_A_PLACE,
    "parquet:deprivation.children_rank": COUNTS,
    "parquet:deprivation.children_decile": COUNTS,
    "parquet:timetable.name": "what a route is called",
    "parquet:timetable.stops.name": OF_A_PLACE,
    "quarantine:quarantine.stripped": "a row after strip and scanner, shown to its own agency, and gone once mended",
    "quarantine:quarantine.token": "kept so that a mended row counts as the same person; see parquet:records.token",
    "store:agency.name": "an agency",
    "store:area.name": OF_A_PLACE,
    "store:area.parent": OF_AN_AREA,
    "store:category.name": "a kind of event",
    "store:feed.name": "a feed",
    "store:theme.name": "a theme",
    "store:locality.name": OF_A_PLACE,
    "store:route.name": "what a route is called",
    "store:route_stop.name": OF_A_PLACE,
    "store:shape.name": OF_A_PLACE,
    "store:site.name": OF_A_PLACE,
    "store:street.name": OF_A_PLACE,
    "store:population.people_all": COUNTS,
    "store:population.people_10_17": COUNTS,
    "store:deprivation.children_rank": COUNTS,
    "store:deprivation.children_decile": COUNTS,
    "store:record.token": "see parquet:records.token; never leaves the store",
    "store:record.token_window": "which key made the token",
    "store:record.token_agency": "whose key made the token",
    "store:counted.token": "see parquet:records.token; never leaves the store",
    "store:withdrawn.token": "see parquet:records.token; never leaves the store",
    "store:counted.token_window": "which key made the token",
    "store:withdrawn.token_window": "which key made the token",
    "store:counted.person": "a token's place in this version alone, to count by; in no answer",
    "store:withdrawn.person": "a token's place in this version alone, to count by; in no answer",
    "db:db.Agency.name": "an agency",
    "db:db.AccessToken.id": OWN_NUMBER,
    "db:db.AdoptedAgreement.id": OWN_NUMBER,
    "db:db.AdoptedAgreement.text": "an agreement between agencies",
    "db:db.AuditEvent.id": OWN_NUMBER,
    "db:db.AuditEvent.user": OWN_USERS,
    "db:db.AuditEvent.subject": "what was done something to, such as `delivery 12`",
    "db:db.AuditEvent.detail": "figures and codes of what was done; no row of any file",
    "db:db.Delivery.id": OWN_NUMBER,
    "db:db.Delivery.file_name": "what the sender called the file",
    "db:db.Delivery.receipt": "messages with counts, and digests",
    "db:db.Publication.file_name": "a version's own file",
    "db:db.Publication.deliveries": "numbers of deliveries",
    "db:db.Run.id": OWN_NUMBER,
    "db:db.Run.query": "a question about places, in the words of its address",
    "db:db.SavedView.id": OWN_NUMBER,
    "db:db.SavedView.name": "what somebody calls a question of theirs; refused where it tells of a person",
    "db:db.SharedPoint.id": OWN_NUMBER,
    "db:db.Upload.id": OWN_NUMBER,
    "db:db.Upload.file_name": "what the sender called the file",
    "db:db.Upload.preview": "figures, and rows as stripped, until the delivery is decided",
    "db:db.User.id": OWN_NUMBER,
    "db:db.User.username": OWN_USERS,
    "db:db.User.first_name": OWN_USERS,
    "db:db.User.last_name": OWN_USERS,
    "db:db.User.last_login": OWN_USERS,
    "db:db.User.email": OWN_USERS,
    "db:db.ErasedMark.id": OWN_NUMBER,
    "db:db.Erasure.id": OWN_NUMBER,
    "db:db.Erasure.lines": "numbers of rows that are gone, by delivery",
    "db:db.EvaluationPlan.id": OWN_NUMBER,
    "db:db.Meeting.id": OWN_NUMBER,
    "db:db.AgendaItem.id": OWN_NUMBER,
    "db:db.Attendance.id": OWN_NUMBER,
    "db:db.Minute.id": OWN_NUMBER,
    "db:db.KeptAnswer.id": OWN_NUMBER,
    "db:db.Place.id": OWN_NUMBER,
    "db:db.PlaceChange.id": OWN_NUMBER,
    "db:db.MeetingQuestion.id": OWN_NUMBER,
    "db:db.Action.id": OWN_NUMBER,
    "db:db.ActionStep.id": OWN_NUMBER,
    "db:db.Dose.id": OWN_NUMBER,
    "db:db.Release.id": OWN_NUMBER,
    "db:db.ReleaseCell.id": OWN_NUMBER,
    "db:db.ReleaseApproval.id": OWN_NUMBER,
    "db:db.ReleaseClearance.id": OWN_NUMBER,
    "db:db.SenseCheck.id": OWN_NUMBER,
    "db:db.Correction.id": OWN_NUMBER,
    "db:db.Meeting.recipe": "agreements, methods and thresholds",
    "db:db.Minute.text": TYPED,
    "db:db.KeptAnswer.name": "what the meeting calls an answer",
    "db:db.KeptAnswer.query": "a question about places, in the words of its address",
    "db:db.KeptAnswer.permitted": "feeds, and how finely each was told",
    "db:db.KeptAnswer.asker": OWN_USERS,
    "db:db.Meeting.steps_done": "steps of a timetable, and when they were done",
    "db:db.KeptAnswer.rests_on": "numbers of deliveries",
    "db:db.KeptAnswer.listed": "letters, names and codes of places",
    "db:db.Place.name": OF_A_PLACE,
    "db:db.Place.units": "codes of streets or hexagons",
    "db:db.PlaceChange.detail": "names and codes of a place before and after",
    "db:db.MeetingQuestion.text": TYPED,
    "db:db.MeetingQuestion.answer": TYPED,
    "db:db.Action.dose_planned": COUNTS,
    "db:db.ActionStep.note": TYPED,
    "db:db.Dose.note": TYPED,
    "db:db.Release.recipe": "themes, areas, periods and rules",
    "db:db.Release.removed": COUNTS,
    "db:db.Release.recipients": "agencies and teams",
    "db:db.SenseCheck.subject": "record, event, hotspot or place",
    "db:db.SenseCheck.note": TYPED,
    "db:db.SenseCheck.detail": "places, roles and numbers of records",
    "db:db.SenseCheck.before": "figures of a hotspot",
    "db:db.Correction.value": "places, roles and numbers of records",
    "db:db.Wording.id": OWN_NUMBER,
    "db:db.Wording.text": "a place in people's words that passed the scanner; gone when decided or after 90 days",
    "db:db.Wording.text_until": "when those words go",
    "db:db.Wording.candidates": "places of the gazetteer",
}  # fmt: skip


def forbidden_words(column: str) -> frozenset[str]:
    """The forbidden words in a column's own name."""
    own = column.rsplit(".", 1)[-1]
    return frozenset(re.split(r"[^a-z]+", re.sub(r"([a-z])([A-Z])", r"\1_\2", own).lower())) & FORBIDDEN


def needs_a_reason(column: str, holds_anything: bool = False) -> bool:
    # A number given by the store or by the database is one of the row, not of anybody.
    return holds_anything or bool(forbidden_words(column) - {"id" if column.startswith("store:") else ""})


def is_allowed(column: str) -> bool:
    return column in ALLOWED or any(column.startswith(table) for table in ALLOWED_TABLES)


def parquet_columns(prefix, field):
    yield f"{prefix}.{field.name}"
    type_ = field.type
    while pa.types.is_list(type_) or pa.types.is_fixed_size_list(type_):
        type_ = type_.value_type
    if pa.types.is_struct(type_):
        for part in type_:
            yield from parquet_columns(f"{prefix}.{field.name}", part)


def columns_of_deliveries():
    for kind, schema in SCHEMAS.items():
        for field in schema:
            yield from parquet_columns(f"parquet:{kind}", field)
    for field in QUARANTINE:
        yield from parquet_columns("quarantine:quarantine", field)


def columns_of_the_store():
    with duckdb.connect() as store:
        for statement in create_statements():
            store.execute(statement)
        named = "SELECT table_name, column_name FROM information_schema.columns"
        return [f"store:{table}.{column}" for table, column in store.execute(named).fetchall()]


def columns_of_peoples_work():
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            yield f"db:{model._meta.label}.{field.name}", isinstance(field, ANYTHING)


def every_column():
    plain = [(column, False) for column in (*columns_of_deliveries(), *columns_of_the_store())]
    return [*plain, *columns_of_peoples_work()]


def test_no_column_could_hold_somebody():
    strange = [
        column
        for column, anything in every_column()
        if needs_a_reason(column, anything) and not is_allowed(column)
    ]
    assert strange == [], "rename it, or list it here with the reason why it holds nobody"


def test_a_reason_is_given_for_no_column_that_is_not_there():
    known = {column for column, _ in every_column()}
    assert {column for column in ALLOWED if column not in known} == set()


@pytest.mark.parametrize(
    "column",
    [
        "parquet:records.child_name", "parquet:records.dob", "store:record.nhs_number", "store:record.date_of_birth",
        "db:db.Delivery.childName", "parquet:records.claims.phone", "store:site.contact_email", "store:record.vrm",
        "store:record.insta_handle", "store:street.gang", "quarantine:quarantine.surname", "parquet:records.upn",
        "parquet:notices.description", "parquet:records.claims.home_address", "store:record.person_id",
    ],
)  # fmt: skip
def test_a_planted_column_is_caught(column):
    assert needs_a_reason(column)
    assert not is_allowed(column)


def test_a_column_that_holds_anything_is_caught_whatever_its_name():
    assert needs_a_reason("db:db.Delivery.extra", holds_anything=True)
    assert not is_allowed("db:db.Delivery.extra")


def test_deliveries_and_store_hold_no_text_of_a_place_in_peoples_words():
    """A wording is a digest of fixed length wherever it is kept beside records."""
    claim = SCHEMAS["records"].field("claims").type.value_type
    assert claim.field("wording").type == pa.binary(16)
