"""Small worlds of people and events, counted into the cells of a release by hand, as plainly as can be."""

import random
from datetime import date

from trigpoint.core.disclosure.cells import CellKey, Counted, Layer, Within

PEOPLE = Layer(("missing",), ("care",), "people")
EVENTS = Layer(("asb",), ("streets",), "events")
QUARTERS = (date(2024, 1, 1), date(2024, 4, 1))
MONTHS = tuple(date(2024, month, 1) for month in range(1, 7))


def within(wards: int, named: int) -> Within:
    """Wards w0, w1 … in district d; named areas n0 … each across one ward and the next; "" is the rest of a ward."""
    pieces = {
        f"w{ward}/n{area}": (f"w{ward}", f"n{area}")
        for area in range(named)
        for ward in (area % wards, (area + 1) % wards)
    }
    rest = {f"w{ward}/": (f"w{ward}", "") for ward in range(wards)} if named else {}
    return Within({f"w{ward}": "d" for ward in range(wards)}, pieces | rest)


def sightings(seed: int, wards: int, named: int, people: int):
    """(who, ward, piece, month) of each record, thick in some wards and thin in others."""
    rng = random.Random(seed)
    ground = within(wards, named)
    pieces = sorted(ground.of_piece) or [f"w{ward}" for ward in range(wards)]
    weights = [rng.choice((0.02, 0.2, 1, 4)) for _ in pieces]
    found = []
    for who in range(people):
        for piece in rng.choices(pieces, weights, k=rng.choice((1, 1, 2, 3))):
            ward = ground.of_piece[piece][0] if named else piece
            found.append((who, ward, piece if named else "", rng.choice(MONTHS)))
    return found


def cells_of(seen, wards: int, named: int, layer: Layer, *, ward_told: bool = True) -> list[Counted]:
    """Every cell of the closed set, counted by looking at every record for each."""
    ground = within(wards, named)

    def count(match) -> int:
        kept = [one for one in seen if match(one)]
        return len(kept) if layer.counts == "events" else len({who for who, *_ in kept})

    def quarter(day):
        return QUARTERS[(day.month - 1) // 3]

    cells = []
    for start in QUARTERS:

        def add(kind, area, match, offered=True, start=start):
            cells.append(Counted(
                CellKey(layer, start, "quarter", kind, area),
                count(lambda one: quarter(one[3]) == start and match(one)), offered,
            ))  # fmt: skip

        add("district", "d", lambda one: True)
        for ward in ground.district_of_ward:
            add("ward", ward, lambda one, ward=ward: one[1] == ward, ward_told)
        for area in sorted({of for _, of in ground.of_piece.values()} - {""}):
            inside = {piece for piece, (_, of) in ground.of_piece.items() if of == area}
            add("named_area", area, lambda one, inside=inside: one[2] in inside)
        for piece in sorted(ground.of_piece):
            add("piece", piece, lambda one, piece=piece: one[2] == piece, False)
    for month in MONTHS:
        key = CellKey(layer, month, "month", "district", "d")
        cells.append(Counted(key, count(lambda one, month=month: one[3] == month)))
    return cells
