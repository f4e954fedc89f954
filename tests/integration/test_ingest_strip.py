"""The door as a whole: what tells of people is nowhere once a file is in; places in words are kept apart; an agency
writes only its own rows; and the county's own layers decide what is exchanged and what is a name.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import shapely
import yaml

from tests.factories.feed_files import bring_rows, feed_row
from tests.factories.ingest_files import bring, csv_text, put_aside, stored
from trigpoint.db.models.delivery import Delivery
from trigpoint.db.models.wording import Wording, WordingDecision
from trigpoint.ingest.keys import destroy_keys_before, window_of
from trigpoint.ingest.reference import Reference
from trigpoint.ingest.wordings import TEXT_KEPT, WordingSaid, keep_wordings, said_in

COLUMNS = ["ref", "day", "owner", "easting", "northing", "where", "remarks", "person", "kind"]
SIGHTINGS = {
    "title": "Sightings",
    "kind": "records",
    "agency": "community_safety",
    "columns": {name: name for name in COLUMNS},
    "currency": {"by": "key", "key": ["ref"]},
    "owner": {"column": "owner", "values": {"us": "community_safety", "them": "police"}},
    "records": {
        "when": {"start": ["day"], "formats": [{"format": "%Y-%m-%d", "precision": "day"}]},
        "category": {"column": "kind", "values": {"Noise": "noise"}},
        "claims": [
            {
                "role": "occurred",
                "ways": [
                    {"quality": 2, "easting": "easting", "northing": "northing"},
                    {"quality": 3, "text": "where", "split": ";"},
                ],
            }
        ],
        "token": {"column": "person", "space": "nominal"},
    },
}
ROW = ["r1", "2026-03-04", "us", "571250", "194550", "", "quiet", "ZZ-000001", "Noise"]
SENTINELS = ["Kayleigh", "Zzyzx", "07700", "900123", "AB12", "kayz", "12/03/2010", "mandem", "ZZ-000001"]


@pytest.fixture
def feed(home):
    """A home with a feed of its own."""
    folder = home.definitions / "extracts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sightings.yaml").write_text(yaml.safe_dump(SIGHTINGS), encoding="utf-8")
    return home


def row(number, **cells):
    told = {**dict(zip(COLUMNS, ROW, strict=True)), "ref": f"r{number}", **cells}
    return [told[name] for name in COLUMNS]


def send(folder: Path, rows, name="sightings.csv", **more):
    path = folder / name
    path.write_text(csv_text(COLUMNS, rows), encoding="utf-8")
    return bring("sightings", path, accept_reason="a law is being tested", **more)


def everything_kept(home) -> bytes:
    """Every byte of the home, and every line of its tables that a delivery writes."""
    files = b"".join(file.read_bytes() for file in sorted(home.root.rglob("*")) if file.is_file())
    lines = [
        *Delivery.objects.values("receipt", "file_name", "reason"),
        *Wording.objects.values("text", "town"),
    ]
    return files + json.dumps(lines).encode()


HOSTILE = [
    {"where": "Kayleigh Smith's house"},
    {"where": "behind Lidl; call 07700 900123; the Rec"},
    {"where": "AB12 CDE"},
    {"remarks": "insta kayz"},
    {"remarks": "DOB 12/03/2010"},
    {"remarks": "with Zzyzx Kepes of the E7 mandem"},
    {"kind": "Kayleigh Smith"},
    {"day": "Kayleigh Smith"},
    {"easting": "Kayleigh Smith"},
    {"easting": "07700900123"},
    {"owner": "Kayleigh Smith"},
]


def test_nothing_that_tells_of_a_person_is_anywhere_once_a_file_is_in(feed, tmp_path):
    receipt = send(
        tmp_path, [row(n, **{"easting": "", "northing": "", **cells}) for n, cells in enumerate(HOSTILE)]
    )
    assert (receipt.input, receipt.accepted, receipt.quarantined) == (11, 7, 4)
    kept = everything_kept(feed)
    told = json.dumps(receipt.as_dict()) + json.dumps(put_aside(receipt.delivery).to_pylist(), default=repr)
    for sentinel in SENTINELS:
        assert sentinel.encode() not in kept
        assert sentinel not in told
    assert sum(message.startswith(("1 cell in", "2 cells in")) for message in receipt.messages) >= 5


def test_what_is_left_of_a_cell_with_several_places_stays(feed, tmp_path):
    cell = "behind Lidl; call 07700 900123; ///filled.count.soap; the Rec"
    receipt = send(tmp_path, [row(1, easting="", northing="", where=cell)])
    assert len(stored(receipt.delivery)["claims"][0]) == 2
    assert sorted(Wording.objects.values_list("text", flat=True)) == ["behind Lidl", "the Rec"]


def test_words_of_the_definitions_own_pass_whatever_they_look_like(home, tmp_path):
    told = {
        **SIGHTINGS,
        "records": {**SIGHTINGS["records"], "category": {"column": "kind", "values": {"PC Smith": "noise"}}},
    }
    folder = home.definitions / "extracts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sightings.yaml").write_text(yaml.safe_dump(told), encoding="utf-8")
    assert send(tmp_path, [row(1, kind="pc  smith")]).accepted == 1


def test_a_time_stamp_in_a_column_of_words_is_nobodys_birthday(feed, tmp_path):
    receipt = send(tmp_path, [row(1, remarks="2026-03-04T10:00:00Z"), row(2, remarks="04/03/2010")])
    assert [message for message in receipt.messages if "told of" in message] == [
        "1 cell in 'remarks' told of a date: that was left out before anything was kept."
    ]


def test_an_agency_writes_only_its_own_rows(feed, tmp_path):
    receipt = send(tmp_path, [row(1), row(2, owner="them"), row(3, owner="strangers"), row(4, owner="")])
    assert (receipt.accepted, receipt.quarantined) == (1, 3)
    rules = put_aside(receipt.delivery)["rule"].to_pylist()
    assert rules[0] == "a row that belongs to another agency"
    assert rules[1:] == ["a word that the definition does not know"] * 2


def test_a_wording_is_remembered_once_and_never_again_once_decided(feed, tmp_path):
    send(tmp_path, [row(n, easting="", northing="", where="behind Lidl") for n in range(3)])
    known = Wording.objects.get()
    assert (known.agency, known.text, known.decision) == ("community_safety", "behind Lidl", "")
    assert known.text_until - known.first_received_at == TEXT_KEPT
    Wording.objects.update(text="", decision=WordingDecision.LEFT)
    receipt = send(tmp_path, [row(9, easting="", northing="", where="Behind  LIDL")], "again.csv")
    known.refresh_from_db()
    assert (known.text, Wording.objects.count()) == ("", 1)
    assert stored(receipt.delivery)["claims"][0][0]["wording"].as_py().hex() == known.digest


def test_keeping_the_same_wordings_twice_adds_nothing_and_agencies_do_not_share_them(home):
    said = [WordingSaid(bytes([n]) * 16, f"place {n}", "") for n in range(3)]
    at = datetime(2026, 3, 4, tzinfo=UTC)
    assert [
        keep_wordings("police", said, received_at=at, at=at),
        keep_wordings("police", said, received_at=at, at=at),
    ] == [3, 0]
    assert keep_wordings("education", said[:1], received_at=at, at=at) == 1
    assert Wording.objects.filter(digest="00" * 16).count() == 2


def test_only_wordings_of_accepted_rows_are_said_in_them(feed, tmp_path):
    receipt = send(tmp_path, [row(1, easting="", northing="", where="behind Lidl"), row(2)])
    held = bytes.fromhex(Wording.objects.get().digest)
    told = [WordingSaid(held, "behind Lidl", ""), WordingSaid(b"x" * 16, "elsewhere", "")]
    assert said_in(stored(receipt.delivery), told) == (told[0],)


def add_layer(home, kind, rows, **columns):
    """A layer's accepted file and its line in the ledger, as a load leaves them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from trigpoint.ingest.schemas import SCHEMAS

    line = Delivery.objects.create(
        definition=f"my_{kind}", kind=kind, agency="open_data", file_name="a", sha256=f"{kind}", size_bytes=1,
        received_at=datetime(2026, 1, 1, tzinfo=UTC), extracted_on=date(2026, 1, 1), rows_input=rows,
        rows_accepted=rows, rows_quarantined=0, rows_duplicate=0, rows_superseded=0, status="accepted",
        decided_at=datetime(2026, 1, 1, tzinfo=UTC), decided_by="tests", parquet_sha256="x",
    )  # fmt: skip
    schema = SCHEMAS[kind]
    table = pa.table(
        [pa.array(columns.get(n, [None] * rows), schema.field(n).type) for n in schema.names], schema=schema
    )
    home.deliveries.mkdir(exist_ok=True)
    pq.write_table(table, home.deliveries / f"{line.pk}.parquet")


def test_the_countys_boundaries_decide_what_is_exchanged(feed, tmp_path):
    swapped = row(1, easting="194550", northing="571250")
    first = send(tmp_path, [swapped])
    assert Reference(feed).extent() is None
    box = shapely.to_wkb(shapely.box(540_000, 170_000, 630_000, 250_000))
    add_layer(feed, "areas", 1, level=[1], code=["E07000001"], wkb=[box])
    assert Reference(feed).extent() == (540_000, 170_000, 630_000, 250_000)
    second = send(tmp_path, [row(2, easting="194550", northing="571250"), row(3)], "second.csv")
    at_first, then, right = (
        stored(first.delivery)["claims"][0][0].as_py(),
        stored(second.delivery)["claims"][0][0].as_py(),
        stored(second.delivery)["claims"][1][0].as_py(),
    )
    assert (at_first["easting_m"], at_first["quality"]) == (194_550, 2)
    assert (then["easting_m"], then["northing_m"], then["quality"]) == (571_250, 194_550, 3)
    assert (right["easting_m"], right["quality"]) == (571_250, 2)
    assert any("exchanged" in message for message in second.messages)


def test_a_street_of_the_gazetteer_lets_its_name_pass_and_a_shopkeepers_does_not(feed, tmp_path):
    add_layer(feed, "streets", 1, code=["1"], name=["Rebecca Meade"])
    add_layer(
        feed, "sites", 3, name=["Kayleigh Smith", "Kayleigh's Barbers on Quay Lane", "Tyler House Home"],
        restricted=[False, False, True],
    )  # fmt: skip
    names = Reference(feed).place_names()
    assert names == {"rebecca meade", "kayleighs barbers on quay lane"}
    places = ["behind Rebecca Meade", "Rebecca Meads", "Kayleigh Smith"]
    send(tmp_path, [row(n, easting="", northing="", where=place) for n, place in enumerate(places)])
    assert list(Wording.objects.values_list("text", flat=True)) == ["behind Rebecca Meade"]


def test_a_file_entered_late_is_tokenised_with_a_key_that_still_exists(feed, tmp_path):
    early, now = datetime(2023, 6, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    first = send(tmp_path, [row(1)], received_at=early)
    destroy_keys_before(feed.keys, window_of(now.date()))
    late = send(tmp_path, [row(2)], "late.csv", received_at=early)
    today = send(tmp_path, [row(3)], "today.csv", received_at=now)
    tokens = [
        stored(one.delivery).select(["token", "token_window"]).to_pylist()[0] for one in (first, late, today)
    ]
    assert tokens[0]["token_window"] == window_of(early.date())
    assert tokens[0]["token"] != tokens[1]["token"] == tokens[2]["token"]
    assert tokens[1]["token_window"] == tokens[2]["token_window"] == window_of(now.date())


def test_words_in_columns_of_numbers_and_dates_are_left_out_and_the_cell_stays_faulty(home, tmp_path):
    told = "ask Zebedee Quillfeather 07700 900123"
    rows = [
        feed_row("community_safety_asb", asb_ref="A1", easting=told, northing="200200"),
        feed_row("community_safety_asb", asb_ref="A2", reported_dt="mum rang 07700900123"),
        feed_row("community_safety_asb", asb_ref="A3", easting="see log", northing="200200"),
        feed_row("community_safety_asb", asb_ref="A4"),
    ]
    receipt = bring_rows(tmp_path, "community_safety_asb", *rows, accept_reason="a law is being tested")
    assert (receipt.accepted, receipt.quarantined) == (1, 3)
    aside = "".join(put_aside(receipt.delivery)["stripped"].to_pylist())
    assert "Zebedee" not in aside
    assert "07700" not in aside
    assert "see log" in aside
    assert sum("in words where a number or a date belongs" in message for message in receipt.messages) == 2
