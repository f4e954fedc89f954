"""Invented names. Places are compounds that stand on no English map; street names are the ordinary ones."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

COUNTY = "Marlshire"
MAIN_TOWN = "Brackwater"
# Seats of the districts after the main town, then small towns: chosen by hand so that none is a real place.
SEAT_NAMES = (
    "Kelderby", "Whitstow", "Ostlerham", "Tarrowmere", "Fennickby", "Carvelstead", "Garrowhithe", "Horricksett",
    "Merrowgate", "Pellanford", "Thornastow",
)  # fmt: skip
SMALL_TOWN_NAMES = (
    "Drosselby", "Gimmerham", "Sedgerstow", "Quillbourne", "Market Wrackle", "Lapwingham", "Ormesett",
    "Tesselworth", "Inklebury", "Cobbenford", "Yafflesham", "Dunmerwick", "Jessamley",
)  # fmt: skip
SEASIDE_NAMES = ("Skerrowmouth", "Elverstrand", "Ulverness")
DISTRICT_NAMES = (
    "Brackwater", "Kelderby", "Whitstow", "Ostlerham", "Tarrow Vale", "Fennick Levels", "Carvel Valley",
    "Garrow Vale", "Horrick Hills", "Merrowgate", "Pellan and Tessel", "Thornastow",
)  # fmt: skip
MAIN_WARDS = ("Central", "Seafront", "Quays", "Northgate", "Lantern", "Coldharbour", "Marsh End")
_FIRST = (
    "Aldmer", "Bittern", "Brindle", "Chaffin", "Clovers", "Corran", "Curlew", "Dapple", "Dotterel", "Dowsel",
    "Dunnock", "Elvers", "Fallows", "Fenna", "Foxtail", "Gadwall", "Godwit", "Gorsel", "Hempers", "Hobbin",
    "Hornbeam", "Inkle", "Kestrel", "Drumble", "Lanner", "Larksel", "Lintel", "Lorrin", "Madder", "Mallow", "Mirkle",
    "Osier", "Ossel", "Pightle", "Pinnock", "Plovers", "Quarren", "Redwing", "Rookers", "Sallow", "Selvers", "Siskin",
    "Skirrel", "Sorrel", "Tansy", "Teasel", "Throstle", "Tormel", "Ullock", "Vellan", "Vetch", "Warbler", "Wexel",
    "Whimbrel", "Widgeon", "Wrenna",
)  # fmt: skip
_LAST = (
    "by", "ton", "ham", "ley", "stow", "wick", "thorpe", "worth", "hurst", "stead", "den", "toft", "cote", "holt",
    "well", "gate", "mere", "sett", "wold", "bourne",
)  # fmt: skip
_BEFORE = ("Great ", "Little ", "Upper ", "Nether ", "North ", "South ", "Old ", "Long ")
_AFTER = (
    " St Mary",
    " St Giles",
    " Magna",
    " Parva",
    " Green",
    " Street",
    " End",
    " Heath",
    "-by-Marl",
    " Abbots",
)

_STREET_FIRST = (
    "Station", "Mill", "Church", "Chapel", "School", "Victoria", "Albert", "King's", "Queen's", "George", "Albion",
    "Park", "Garden", "Orchard", "Meadow", "Field", "Hill", "Spring", "Well", "Bridge", "River", "Brook", "Grove",
    "Elm", "Oak", "Ash", "Beech", "Birch", "Cedar", "Chestnut", "Hawthorn", "Hazel", "Holly", "Laburnum", "Larch",
    "Lime", "Maple", "Poplar", "Rowan", "Sycamore", "Willow", "Yew", "Acacia", "Almond", "Cherry", "Plum", "Pear",
    "Alexandra", "Alma", "Inkerman", "Balmoral", "Windsor", "Sandringham", "Osborne", "Clarence", "Gordon",
    "Gladstone", "Wellington", "Nelson", "Trafalgar", "Waterloo", "Wellesley", "Cromwell", "Stuart", "Tudor",
    "Lancaster", "York", "Gloucester", "Salisbury", "Stafford", "Warwick", "Devon", "Cornwall", "Dorset", "Surrey",
    "Kent", "Derby", "Richmond", "Cambridge", "Oxford", "Durham", "Carlisle", "Chester", "Lincoln", "Wells",
    "Hereford", "Ripon", "Selby", "Whitby", "Malvern", "Cotswold", "Chiltern", "Mendip", "Pennine", "Cheviot",
    "Snowdon", "Severn", "Trent", "Avon", "Tyne", "Tees", "Derwent", "Lark", "Linnet", "Swallow", "Martin", "Robin",
    "Kingfisher", "Heron", "Curlew", "Plover", "Lapwing", "Skylark", "Nightingale", "Goldfinch", "Mallard", "Swan",
    "Primrose", "Bluebell", "Foxglove", "Clover", "Heather", "Lavender", "Bramble", "Honeysuckle", "Ivy", "Jasmine",
    "Manor", "Abbey", "Priory", "Vicarage", "Rectory", "Glebe", "Tithe Barn", "Castle", "Hall", "Lodge", "Grange",
    "Farm", "Barn", "Dairy", "Shepherd's", "Smithy", "Forge", "Saddlers", "Coopers", "Weavers", "Tanners", "Bakers",
    "Potters", "Fullers", "Brewery", "Maltings", "Granary", "Quarry", "Sandpit", "Gravel", "Brickfield", "Kiln",
    "Cavendish", "Russell", "Harcourt", "Stanley", "Percy", "Howard", "Beaufort", "Somerset", "Grosvenor",
    "Portland", "Bedford", "Norfolk", "Arundel", "Belgrave", "Granville", "Melbourne", "Palmerston", "Peel",
    "Disraeli", "Churchill", "Attlee", "Baldwin", "Coronation", "Jubilee", "Empire", "Mafeking", "Ladysmith",
    "Kimberley", "Milton", "Byron", "Keats", "Shelley", "Tennyson", "Wordsworth", "Coleridge", "Browning",
    "Hardy", "Dickens", "Austen", "Bronte", "Kipling", "Ruskin", "Chaucer", "Spenser", "Marlowe", "Dryden",
    "Constable", "Turner", "Gainsborough", "Reynolds", "Hogarth", "Newton", "Faraday", "Darwin", "Brunel",
    "Stephenson", "Telford", "Wren", "Nash", "Fairfield", "Northfield", "Eastfield", "Westfield", "Southfield",
    "Highfield", "Broadmead", "Longmead", "Springfield", "Greenway", "Ridge", "Valley", "Woodside", "Hillside",
    "Moor", "Heath", "Common", "Warren", "Copse", "Coppice", "Spinney", "Covert", "Paddock", "Pightle", "Croft",
)  # fmt: skip
_OLD = (
    "High Street", "Church Street", "Corn Street", "Market Place", "Mill Lane", "Chapel Row", "Bridge Street",
    "Sheep Street", "Silver Street", "Butcher Row", "Castle Street", "Priory Street", "St Mary's Street",
    "St Peter's Street", "Bell Lane", "Swan Street", "George Street", "King Street", "Queen Street", "Cross Street",
    "Union Street", "New Street", "Back Lane", "Pound Lane", "Church Walk", "Meeting House Lane", "Malthouse Lane",
    "Friars Street", "Crown Yard", "Angel Passage", "Cobblers Lane", "Orange Street", "Water Lane", "Tanner Street",
    "Horn Street", "Vine Street", "East Street", "West Street", "North Street", "South Street", "St John's Street",
)  # fmt: skip
MAIN_OLD = (
    "Corn Street", "Netmakers Street", "Ropewalk", "Mill Lane", "Gate Lane", "Dyers Row", "Jetty Road", "Chapel Row",
    "Tidewell Road", "Prospect Road", "Anchor Street", "Cross Street", "Ferry Road", "Union Street", "Lock Street",
    "Cooper Street", "Pilot Street", "Weir Street", "Customs House Lane", "Chandlers Row", "Herring Lane",
    "Lantern Hill", "Sailmakers Row", "Capstan Street", "Oyster Row", "Quay Street", "Tidemill Lane",
)  # fmt: skip
_ENDINGS = {
    "core": ("Street", "Street", "Street", "Lane", "Row", "Place", "Walk", "Yard"),
    "terrace": ("Street", "Street", "Road", "Road", "Terrace", "Road", "Avenue"),
    "suburb": ("Road", "Avenue", "Drive", "Road", "Way", "Gardens", "Crescent", "Rise"),
    "estate": ("Drive", "Way", "Avenue", "Road", "Crescent", "Rise", "Gardens", "View"),
    "close": ("Close", "Close", "Court", "Mews", "Place", "Close", "Croft", "Walk"),
    "village": ("Lane", "Road", "Close", "Lane", "Hill", "Way"),
}


def place_names(rng: np.random.Generator, taken: tuple[str, ...]) -> Iterator[str]:
    """Village names without end until the stock is spent; none repeats and none is in `taken`."""
    rounds = [(first, last) for last in _LAST for first in rng.permutation(_FIRST).tolist()]
    endings = rng.permuted(np.tile(np.arange(len(_LAST)), (len(_FIRST), 1)), axis=1)
    turn = {first: 0 for first in _FIRST}
    stems = []
    for first, _ in rounds:
        last = _LAST[int(endings[_FIRST.index(first), turn[first]])]
        turn[first] += 1
        if first[-1] != last[0]:
            stems.append(first + last)
    seen = set(taken)
    for stem in stems:
        draw = rng.random()
        name = stem
        if draw < 0.16:
            name = str(rng.choice(_BEFORE)) + stem
        elif draw < 0.30:
            name = stem + str(rng.choice(_AFTER))
        if name not in seen and stem not in seen:
            seen.update((name, stem))
            yield name


class StreetNamer:
    """Hands out street names for one settlement, each once."""

    def __init__(self, rng: np.random.Generator, old: tuple[str, ...] = ()) -> None:
        self._rng = rng
        self._old = list(old) + [name for name in rng.permutation(_OLD).tolist() if name not in old]
        self._used: set[str] = set()

    def take(self, name: str) -> str:
        """`name` itself, noted as used."""
        self._used.add(name)
        return name

    def has(self, name: str) -> bool:
        return name in self._used

    def next(self, style: str) -> str:
        """A name not yet used here, in the style of the quarter: one of the keys of the endings."""
        if style == "core":
            while self._old:
                name = self._old.pop(0)
                if name not in self._used:
                    return self.take(name)
        for _ in range(60):
            first = _STREET_FIRST[int(self._rng.integers(len(_STREET_FIRST)))]
            endings = _ENDINGS[style]
            name = f"{first} {endings[int(self._rng.integers(len(endings)))]}"
            if name not in self._used:
                return self.take(name)
        return self._last_resort(style)

    def _last_resort(self, style: str) -> str:
        for side in ("North", "South", "East", "West", "Upper", "Lower"):
            for first in _STREET_FIRST:
                name = f"{side} {first} {_ENDINGS[style][0]}"
                if name not in self._used:
                    return self.take(name)
        raise ValueError("This settlement has more streets than there are names")
