"""The patterns of what must not stand in a text that tells a place: numbers, plates, dates, handles, people, gangs.

Each was tried on the street names of a real county; what they stop wrongly is counted in the scanner's tests.
"""

import re
from dataclasses import dataclass

from trigpoint.ingest.steps.person_words import DWELLINGS, words_of

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DIGIT_WORDS = "zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|triple"
_KIN = (
    r"mum|mam|mom|mother|dad|father|step\s?-?(?:mum|dad|mother|father|brother|sister)|brother|sister|cousin|uncle|"
    r"aunt(?:ie|y)?|nan(?:na)?|gran(?:ny|dma|dad|dpa)?|son|daughter|boyfriend|girlfriend|bf|gf|partner|wife|husband|"
    r"friend|mate|carer|foster\s\w+"
)
GRID_REFERENCE = re.compile(r"\b[HNST][A-HJ-Z] ?(?:\d{2} ?\d{2}|\d{3} ?\d{3}|\d{4} ?\d{4}|\d{5} ?\d{5})\b")

NUMBERS = re.compile(
    r"\d{5,}"
    r"|\d{4,}[ -]\d{3,}|\d{3,}[ -]\d{4,}|\d{3} \d{3}"
    r"|(?:\+|\b00)\d[\d ()-]{7,}\d|\b0\d(?:[ ().-]?\d){7,}"
    r"|\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b",
    re.IGNORECASE,
)
"""Telephones, NHS, pupil, property and police numbers, bank cards; numbers of National Insurance."""
SPELLED = re.compile(rf"(?:\b(?:{_DIGIT_WORDS})\b[\s,-]*){{6,}}", re.IGNORECASE)
DATES = re.compile(
    r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\b(?:19|20)\d{2}[/.-]\d{1,2}[/.-]\d{1,2}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?[\s/.-]+(?:of\s+)?(?:{_MONTHS})[a-z]*[\s/.,-]+(?:(?:19|20)\d{{2}}|\d{{2}})\b",
    re.IGNORECASE,
)
BIRTH = re.compile(r"\bd\.?\s?o\.?\s?b\b|\bdate of birth\b|\bborn\b|\bb/?day\b|\bbirthday\b", re.IGNORECASE)
LINKS = re.compile(
    r"https?:|\bwww\.|\b[\w-]+\.(?:com|co\.uk|org|net|gov\.uk|ac\.uk|io|tv|gg|uk)\b|\S@|@\w", re.IGNORECASE
)
HANDLES = re.compile(
    r"\b(?:insta(?:gram)?|snapchat|tik ?tok|telegram|discord|whats ?app|kik|wickr|facebook|onlyfans|roblox|xbox live)\b"
    r"|\b(?:snap|sc|ig|fb|tg|psn|handle|username|user ?name|gamertag)\s*[:=@-]\s*\S"
    r"|\b(?:snap|sc|ig|fb|tg|psn|handle|username|gamertag)\s+(?=\w*[\d_.])\w[\w.]{2,}",
    re.IGNORECASE,
)
UNDERSCORED = re.compile(r"[A-Za-z]_|_[A-Za-z]")
_SHORT = "the|and|off|via|bus|rec|car|pub|top|for|not|but|bar|gym|kfc|spa|one|two|old|new|opp|exi?t|jct|way|end|est"
"""Three letters that follow a postcode's or a road's number in good faith."""
PLATES = re.compile(
    r"\b[A-Za-z]{2}\d{2}[A-Za-z]{3}\b"
    rf"|\b[A-Z]{{2}}\d{{2}} (?!(?:{_SHORT.upper()})\b)[A-Z]{{3}}\b"
    rf"|\b(?:[a-z]{{2}}\d{{2}}|[A-Z][a-z]\d{{2}}) (?!(?:{_SHORT})\b)[a-z]{{3}}\b"
    rf"|\b[A-Z]\d{{1,3}} (?!(?:{_SHORT.upper()})\b)[A-Z]{{3}}\b|\b[A-Z]\d{{1,3}}[A-Z]{{3}}\b"
    r"|\b[A-Z]{3} \d{1,3}[A-Z]\b|\b[A-Z]{3}\d{1,3}[A-Z]\b|\b[A-Z]{1,2}[IZ][A-Z]? \d{4}\b"
    r"|\b(?:[Rr]eg|REG|[Pp]late|[Ii]ndex|VRM|vrm)\b\.?:?\s*(?:no\.?\s*)?\w*\d"
)
"""Number plates of today and of before 2001, and whatever follows `reg`. A road's number is none."""
PEOPLE = re.compile(
    r"\b(?:mr|mrs|mister|messrs)\b\.?\s+[a-z]"
    rf"|\b(?:{_KIN})\s+of\b"
    rf"|\b(?:(?:his|her|their|my|your|yp|child|the)\s+)?(?:{_KIN}|victim|suspect|offender|perp\w*|dealer|lad|girl|boy)['’]?s"
    rf"\s+(?:\w+\s+)?(?:{DWELLINGS})\b"
    r"|\b(?:his|her|their)\s+(?:own\s+)?(?:house|flat|home|place|address|bedroom|gaff|yard|bedsit|caravan|car)\b"
    r"|\b(?:s?he|they|who|child|yp|girl|boy|lad|family|victim|suspect|male|female)\s+(?:lives?|living|stays|resides?)\b"
    r"|\b(?:lives?|living|residing|resides?|resident)\s+(?:at|with)\b|\bhome address\b|\bstay(?:s|ing|ed)\s+with\b"
    r"|\b(?:known as|goes by|nick ?name[ds]?|street name|surname|first name|full name|name is|named)\b(?!\s+the\b)"
    r"|\b(?:aka|a\.k\.a\.?)\s+(?!the\b|local)"
    r"|\b(?:initials|nhs|upn|nino|ni number|passport|crn|pnc|nominal)\b(?:\s*(?:no|number|id|:|#)|\s+\S*\d)",
    re.IGNORECASE,
)
TITLES = re.compile(
    r"\b(?:Miss|Ms|MISS|MS|Mx)\.?\s+[A-Z]|\b(?:PC|WPC|PCSO|Sgt|SGT|Insp|DI|DCI)\.?\s+(?:\d{2,}|(?!World)[A-Z][a-z]+)"
    r"|(?:^|\b(?:with|by|of|to|from|and|see|met)\s+)(?:Dr|DR|dr|Prof|Cllr|Rev)\.?\s+[A-Z][a-z]+"
)
GANGS = re.compile(
    r"\b(?:gangs?|gangstas?|man ?dem|mandem|opps|opp block|crew|posse|bo[iy]z|bois|youngers|olders|affiliat\w*|rivals?|"
    r"drill (?:group|rapper|artist)s?)\b"
    r"|\b(?:deal(?:er|ing)?|drugs?|county|phone|trap|graft)\s*-?\s*lines?\b|\bline (?:called|named|known)\b"
    r"|\b(?:block|street|estate|road|postcode|ends|town)\s+(?:boys|lads|mob|nation)\b|\b[A-Z]{1,2}\d{1,2}\s+(?:boys|lads|mob)\b"
    r"|\b(?:boys|mob)\s+(?:turf|territory|area|patch)\b|\b(?:turf|territory)\s+of\b",
    re.IGNORECASE,
)
POSSESSED = re.compile(
    rf"\b([^\W\d_][\w-]*?)(?:['’]s|s['’]|['’])\s+((?:(?:new|old|mum|dad|nan|top|ground|floor)['’]?s?\s+)?(?:{DWELLINGS}))\b",
    re.IGNORECASE,
)
OF_SOMEBODY = re.compile(
    rf"\b(?:{DWELLINGS}|door)\s+of\s+(?!the\b|a\b|an\b)([A-Za-z][\w'’-]+)", re.IGNORECASE
)
PEOPLE_BEFORE = words_of("""
    with met meeting meets saw boyfriend girlfriend male female suspect victim boy girl lad man woman pupil
    student child named called friend mate mum dad brother sister cousin uncle aunt auntie by
""")
"""Two capitalised words that no list knows are somebody's name after these."""
_KIN_WORDS = words_of("""
    mum mam mom mother dad father step stepmum stepdad stepmother stepfather stepbrother stepsister brother
    sister cousin uncle aunt auntie aunty nan nanna gran granny grandma grandad grandpa grandad son daughter
    boyfriend girlfriend bf gf partner wife husband friend mate carer foster victim suspect offender dealer lad
    girl boy
""")
_PEOPLE_WORDS = _KIN_WORDS | words_of("""
    mr mrs mister messrs yp child family male female his her their my your she he they who lives live living
    stays reside resides residing resident home stay staying stayed known goes nick nickname nicknamed nicknames
    street surname first full name named aka a initials nhs upn nino ni passport crn pnc nominal perp
    perpetrator perps
""")
_GANG_WORDS = words_of("""
    gang gangs gangsta gangstas man mandem opps opp crew posse boiz boyz bois youngers olders rival rivals drill
    deal dealer dealing drug drugs county phone trap graft line block street estate road postcode ends town boys
    mob turf territory lads affiliate affiliated affiliates affiliation affiliations
""")
_HANDLE_WORDS = words_of("""
    insta instagram snapchat tik tiktok telegram discord whats whatsapp kik wickr facebook onlyfans roblox xbox
    snap sc ig fb tg psn handle username user gamertag
""")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a pattern's hit tells. The pattern is tried where the text has a digit (if it `needs_digit`), and one of the
    `hints` among its words or word-beginnings in front of an apostrophe (None: always)."""

    tells: str
    pattern: re.Pattern[str]
    hints: frozenset[str] | None = None
    needs_digit: bool = False


RULES = (
    Rule("a telephone or another number", NUMBERS, needs_digit=True),
    Rule("a telephone or another number", SPELLED, frozenset(_DIGIT_WORDS.split("|"))),
    Rule("a number plate", PLATES, needs_digit=True),
    Rule("a date", DATES, needs_digit=True),
    Rule("a date of birth", BIRTH, words_of("d dob date born b bday birthday")),
    Rule("an address of the web or of mail", LINKS),
    Rule("a handle", UNDERSCORED),
    Rule("a handle", HANDLES, _HANDLE_WORDS),
    Rule("a person", PEOPLE, _PEOPLE_WORDS),
    Rule("a person", TITLES),
    Rule("a gang", GANGS, _GANG_WORDS),
)
OF_NUMBERS = frozenset({"a telephone or another number", "a number plate", "a date"})
"""Rules that reference numbers would break by their nature."""


OF_WORDS = frozenset({"a person", "a gang"})
"""Rules that a gazetteer's name may break all the same."""
