"""The words in which people say where: shortened forms, kinds of place, words that place nothing, places far away.

Both the gazetteer's names and the wordings go through `place_words`, so that only the form in common is compared.
"Street" and "saint" become the same word, st: which of the two was meant never needs to be guessed.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = [
    "BRANDS",
    "CLASS_PHRASES",
    "DENOMINATIONAL",
    "FILLERS",
    "FRONT",
    "GENERIC_ENDINGS",
    "JOINERS",
    "ON_WORDS",
    "OUTSIDE",
    "PREPOSITIONS",
    "SCHOOL_TYPES",
    "STOP",
    "STREET_TYPES",
    "WHOLE_WORDS",
    "place_words",
    "same_word",
]

STOP = ","
"""Stands in a wording's words for any mark that separates: a comma, a bracket, a dash between spaces."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _names(text: str) -> list[str]:
    return text.split(",")


_MARKS = (
    (re.compile(r"\bj\s?/\s?w(ith)?\b|\bjcn?\b|\bjnc\b|\bjnct\b|\bjct\b|\bjunc\b|\bjunction (with|of)\b"), " junction "),
    (re.compile(r"\bco-?op\b"), " coop "),
    (re.compile(r"\bo/s\b"), " outside "),
    (re.compile(r"\br/o\b"), " behind "),
    (re.compile(r"\bn/r\b"), " near "),
    (re.compile(r"\bb\s?(&|and|n)\s?b\b"), " bnb "),
    (re.compile(r"['’`´]"), ""),
    (re.compile(r"[&+]"), " and "),
    (re.compile(r"@"), " at "),
    (re.compile(r"\s[-–—]+\s|[,;:()\[\]|]"), f" {STOP} "),
    (re.compile(r"\s*/\s*"), " junction "),
    (re.compile(r"[^a-z0-9,]+"), " "),
)  # fmt: skip

_PHRASES = {
    ("recreation", "ground"): ("rec",), ("recreational", "ground"): ("rec",), ("rec", "ground"): ("rec",),
    ("recreation", "grd"): ("rec",), ("playing", "fields"): ("playing", "field"), ("play", "park"): ("play", "area"),
    ("railway", "station"): ("station",), ("rail", "station"): ("station",), ("train", "station"): ("station",),
    ("train", "stn"): ("station",), ("railway", "stn"): ("station",), ("sports", "centre"): ("leisure", "centre"),
    ("take", "away"): ("takeaway",), ("sea", "front"): ("seafront",), ("guest", "house"): ("guesthouse",),
    ("in", "front", "of"): ("outside",), ("front", "of"): ("outside",), ("next", "to"): ("near",),
    ("close", "to"): ("near",), ("close", "by"): ("near",), ("across", "from"): ("opposite",),
    ("opposite", "to"): ("opposite",), ("back", "of"): ("behind",), ("rear", "of"): ("behind",),
    ("round", "back"): ("behind",), ("corner", "of"): ("junction",), ("corner", "with"): ("junction",),
    ("junction", "of"): ("junction",), ("junction", "with"): ("junction",), ("mc", "donalds"): ("mcdonalds",),
    ("church", "of", "england"): ("cofe",), ("c", "of", "e"): ("cofe",), ("roman", "catholic"): ("rc",),
    ("high", "school"): ("high",), ("grammar", "school"): ("grammar",), ("primary", "school"): ("primary",),
    ("junior", "school"): ("junior",), ("infant", "school"): ("infant",), ("infants", "school"): ("infant",),
    ("secondary", "school"): ("secondary",), ("bus", "depot"): ("bus", "station"), ("bus", "stn"): ("bus", "station"),
    ("bus", "sta"): ("bus", "station"), ("bus", "interchange"): ("bus", "station"), ("bus", "stops"): ("bus", "stop"),
    ("bus", "shelter"): ("bus", "stop"), ("multi", "storey"): ("multistorey",), ("car", "park"): ("carpark",),
    ("car", "pk"): ("carpark",),
}  # fmt: skip

_SHORT = {
    "street": "st", "saint": "st", "str": "st", "strt": "st", "rd": "road", "ave": "avenue", "av": "avenue",
    "aven": "avenue", "ln": "lane", "la": "lane", "dr": "drive", "drv": "drive", "cl": "close", "clo": "close",
    "ct": "court", "crt": "court", "pl": "place", "sq": "square", "gdns": "gardens", "gdn": "gardens",
    "garden": "gardens", "grdns": "gardens", "cres": "crescent", "cresc": "crescent", "cr": "crescent",
    "terr": "terrace", "ter": "terrace", "tce": "terrace", "pde": "parade", "prde": "parade", "blvd": "boulevard",
    "wy": "way", "wlk": "walk", "grv": "grove", "gro": "grove", "gr": "grove", "rw": "row", "yd": "yard",
    "hl": "hill", "ri": "rise", "esp": "esplanade", "prom": "promenade", "sta": "station", "stn": "station",
    "stat": "station", "pk": "park", "prk": "park", "mkt": "market", "mkts": "market", "ctr": "centre",
    "center": "centre", "cntr": "centre", "sch": "school", "schl": "school", "prim": "primary", "pri": "primary",
    "acad": "academy", "coll": "college", "sec": "secondary", "jnr": "junior", "jun": "junior", "inf": "infant",
    "infants": "infant", "hosp": "hospital", "lib": "library", "gt": "great", "lt": "little", "nth": "north",
    "sth": "south", "mt": "mount", "hse": "house", "nr": "near", "opp": "opposite", "oppo": "opposite",
    "adj": "near", "adjacent": "near", "bhd": "behind", "bhnd": "behind", "btwn": "between", "betw": "between",
    "recreation": "rec", "grds": "ground", "grd": "ground", "fld": "field", "flds": "fields", "pf": "playing field",
    "rbt": "roundabout", "rdbt": "roundabout", "est": "estate", "ind": "industrial", "sr": "senior",
    "supermkt": "supermarket",
    "maccies": "mcdonalds", "maccys": "mcdonalds", "maccas": "mcdonalds", "mcd": "mcdonalds", "mcds": "mcdonalds",
    "maccie": "mcdonalds", "macdonalds": "mcdonalds", "mcdonald": "mcdonalds", "macd": "mcdonalds",
    "tescos": "tesco", "lidls": "lidl", "aldis": "aldi", "asdas": "asda", "spoons": "wetherspoon",
    "wetherspoons": "wetherspoon", "morrison": "morrisons", "sainsbury": "sainsburys", "carpk": "carpark",
}  # fmt: skip

WHOLE_WORDS = frozenset(word for word, same in _SHORT.items() if len(word) > 5 and " " not in same)
"""Long words that are compared as another ("street" as "st"): what a slip may have been meant to be."""

_SILENT = frozenset({"the"})

STREET_TYPES = _words(
    "st road lane avenue close drive court place square gardens crescent terrace parade boulevard way walk grove row yard "
    "hill rise mews view croft green end passage alley quay wharf embankment esplanade promenade bypass highway drove "
    "path approach broadway mount vale circus chase side crossway link field fields bank gate park street loke chare "
    "wynd ride common dene meadow meadows reach"
)
PREPOSITIONS = _words(
    "behind near opposite outside at in on by off of along around round inside beside past above below over under up "
    "down "
    "towards toward from to between via through within beyond top bottom end corner junction and with into onto area side"
)
ON_WORDS = frozenset({"on", "in", "along", "at", "off"})
"""A word before a street that says of whatever stood before it that it is there: an unknown shop on a known street."""
JOINERS = frozenset({"junction", "and", "with", "between", "corner"})
FILLERS = _words(
    "a an my his her their some this that is was were seen met meeting hanging hang hangs out about group groups of lads "
    "girls boys kids youths young people yp children child friend friends mate mates house flat flats address place spot "
    "somewhere area unknown carpark multistorey car cars park-up alley alleyway alleys path footpath cut through cutthrough "
    "steps stairs bench benches entrance exit gate gates side back front rear top bottom end toilets toilet underpass "
    "subway bridge footbridge roundabout lights traffic crossing pavement layby verge shelter stop wall corner middle "
    "again regularly often usually maybe possibly poss approx approximately c circa towards local "
    "shop shops store stores town no number num unit floor stairwell basement garages estate ish "
    "there here main nearby by vicinity location loc located reported found stated states said gathering gathered "
    "please notes tbc went walked taken travelled train bus taxi lift missing returned"
)
"""Words that say nothing about which place; they are passed over and cast no doubt on what was named."""

CLASS_PHRASES: dict[tuple[str, ...], str] = {
    ("chippy",): "takeaway", ("chippie",): "takeaway", ("chip", "shop"): "takeaway", ("chips",): "takeaway",
    ("fish", "and", "chip", "shop"): "takeaway", ("fish", "and", "chips"): "takeaway", ("fish", "shop"): "takeaway",
    ("takeaway",): "takeaway", ("takeaways",): "takeaway", ("kebab", "shop"): "takeaway", ("kebab", "house"): "takeaway",
    ("kebab",): "takeaway", ("kebabs",): "takeaway", ("kebab", "place"): "takeaway", ("chicken", "shop"): "takeaway",
    ("chicken", "place"): "takeaway", ("pizza", "shop"): "takeaway", ("pizza", "place"): "takeaway",
    ("pizza", "takeaway"): "takeaway", ("chinese", "takeaway"): "takeaway", ("indian", "takeaway"): "takeaway",
    ("burger", "place"): "takeaway", ("burger", "bar"): "takeaway", ("chinese",): "takeaway",
    ("sandwich", "shop"): "takeaway", ("sandwich", "bar"): "takeaway",
    ("rec",): "rec", ("park",): "park", ("playing", "field"): "park", ("play", "area"): "park",
    ("playground",): "park", ("swings",): "park", ("skate", "park"): "park", ("skatepark",): "park",
    ("skate", "ramp"): "park", ("football", "pitch"): "park", ("pitches",): "park",
    ("school",): "school", ("school", "gates"): "school", ("school", "gate"): "school", ("primary",): "school",
    ("secondary",): "school", ("academy",): "school", ("high",): "school", ("gates",): "school", ("gate",): "school",
    ("station",): "station", ("platform",): "station", ("bus", "station"): "bus_station", ("bus", "stop"): "bus_stop",
    ("hotel",): "hotel", ("guesthouse",): "bnb", ("bnb",): "bnb",
    ("front",): "front", ("seafront",): "front", ("promenade",): "front", ("beach",): "front",
    ("police", "station"): "police_station", ("civic", "centre"): "civic_centre",
    ("library",): "unlisted", ("hospital",): "unlisted", ("leisure", "centre"): "unlisted", ("pub",): "unlisted",
    ("church",): "unlisted", ("shopping", "centre"): "unlisted", ("precinct",): "unlisted", ("retail", "park"): "unlisted",
    ("industrial", "estate"): "unlisted", ("town", "centre"): "centre", ("village", "hall"): "unlisted",
    ("town", "hall"): "unlisted", ("market",): "unlisted", ("harbour",): "unlisted", ("pier",): "unlisted",
    ("arcade",): "unlisted", ("arcades",): "unlisted", ("cinema",): "unlisted", ("woods",): "unlisted",
    ("youth", "club"): "unlisted", ("youth", "centre"): "unlisted", ("community", "centre"): "unlisted",
    ("supermarket",): "unlisted", ("petrol", "station"): "unlisted", ("garage",): "unlisted", ("river",): "unlisted",
    ("college",): "school", ("fire", "station"): "unlisted", ("taxi", "rank"): "unlisted", ("bowling", "alley"): "unlisted",
    ("city", "centre"): "centre", ("multistorey",): "unlisted",
}  # fmt: skip
"""A kind of place instead of its name. "unlisted" kinds are in no layer: a word of theirs places nothing by itself."""

FRONT = frozenset({"esplanade", "promenade", "seafront", "marine", "beach", "strand"})
"""Words in the names of streets that run along a sea front."""

SCHOOL_TYPES = _words("school high primary secondary junior infant academy college grammar nursery prep")
DENOMINATIONAL = _words(
    "cofe ce rc catholic church voluntary aided controlled va vc community foundation and sixth form of"
)
GENERIC_ENDINGS: dict[str, frozenset[str]] = {
    "takeaway": _words(
"takeaway restaurant cafe fish bar chips chippy kebab kebabs house pizza pizzas chicken burgers burger grill shop "
        "store superstore supermarket ltd limited and co express local sandwich chinese indian thai fast food foods "
        "plc uk gb"
),
    "hotel": _words(
"hotel inn lodge guesthouse bnb ltd limited and"
),
    "bnb": _words(
"hotel inn lodge guesthouse bnb ltd limited and"
),
    "park": _words(
"park rec ground play area playing field fields gardens green common space open memorial"
),
    "school": SCHOOL_TYPES | DENOMINATIONAL,
    "station": frozenset({"station", "rail", "railway"}),
    "bus_station": frozenset({"bus", "station", "stand", "stop", "bay"}),
}  # fmt: skip
BRANDS = _words(
    "mcdonalds kfc lidl aldi tesco asda sainsburys morrisons greggs subway iceland coop spar costa starbucks nandos "
    "wetherspoon dominos boots argos primark wilko halfords poundland"
)

OUTSIDE = frozenset(
    tuple(name.split())
    for name in _names(
        "london,central london,east london,west london,north london,south london,birmingham,manchester,liverpool,leeds,"
        "sheffield,bristol,nottingham,leicester,coventry,bradford,newcastle,sunderland,hull,stoke,derby,southampton,"
        "portsmouth,plymouth,exeter,brighton,oxford,cambridge,norwich,ipswich,peterborough,luton,milton keynes,"
        "northampton,bedford,stevenage,watford,st albans,cardiff,swansea,newport,glasgow,edinburgh,aberdeen,dundee,belfast,"
        "dublin,scotland,wales,ireland,france,paris,kent,suffolk,norfolk,cambridgeshire,hertfordshire,herts,sussex,surrey,"
        "hampshire,bedfordshire,northamptonshire,lincolnshire,yorkshire,lancashire,devon,cornwall,wolverhampton,"
        "walsall,dudley,preston,blackpool,bolton,oldham,rochdale,stockport,middlesbrough,york,doncaster,rotherham,"
        "huddersfield,wakefield,blackburn,burnley,southend,southend on sea,chelmsford,colchester,clacton,basildon,harlow,"
        "brentwood,braintree,thurrock,grays,tilbury,romford,ilford,barking,dagenham,stratford,walthamstow,tottenham,enfield,"
        "edmonton,hackney,islington,camden,brixton,croydon,lewisham,peckham,woolwich,greenwich,hounslow,ealing,harrow,"
        "wembley,tower hamlets,newham,redbridge,havering,barnet,haringey,southwark,lambeth,bromley,bexley,kingston,"
        "liverpool st,liverpool st station,kings cross,euston,paddington,victoria station,waterloo,oxford circus,"
        "camden town,"
        "leicester square,heathrow,gatwick,stansted,margate,ramsgate,dover,folkestone,ashford,maidstone,medway,gillingham,"
        "chatham,dartford,gravesend,canterbury,hastings,eastbourne,crawley,worthing,bournemouth,poole,swindon,gloucester,"
        "cheltenham,great yarmouth,lowestoft,kings lynn,felixstowe,bury st edmunds,sudbury,thetford,skegness,lincoln,"
        "spain,europe,abroad,overseas,out of county,out of area,ooc,another county,different county"
    )
)  # fmt: skip
"""Places that a wording may name and that are outside the county, unless its own gazetteer has the name."""


def same_word(word: str) -> str:
    """The word that this one is compared as."""
    return _SHORT.get(word, word)


def place_words(text: str) -> tuple[str, ...]:
    """A name or a wording as the words that are compared; `STOP` where a mark separates.

    Case, accents and apostrophes are set aside, shortened words are made whole, "the" is left out.
    "St. Mary's Rd" and "saint marys road" give the same. Never raises; nothing sayable gives ().
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    for mark, instead in _MARKS:
        plain = mark.sub(instead, plain)
    words = [
        whole for word in plain.replace(STOP, f" {STOP} ").split() for whole in _SHORT.get(word, word).split()
    ]
    return tuple(_phrased([word for word in words if word not in _SILENT]))


def _phrased(words: list[str]) -> list[str]:
    made: list[str] = []
    at = 0
    while at < len(words):
        for long in (3, 2):
            instead = _PHRASES.get(tuple(words[at : at + long]))
            if instead is not None:
                made += instead
                at += long
                break
        else:
            made.append(words[at])
            at += 1
    return made
