"""How busy people word places: patterns by what they name, and the words that name nothing.

In a pattern {p} is the place, {q} a second one, {t} its town, {n} a house number, {f} a flat, {shop} a shop as people
call it, {way} a direction, {pc} the postcode district, {far} another town of the county.
"""

from dataclasses import dataclass

POLICE, CARE, SCHOOL, YOUTH, RETURN, SAFETY = (
    "police", "social_care", "education", "youth_service", "return_interviews", "community_safety",
)  # fmt: skip
SHOPS = (
    "chippy", "maccies", "offy", "co-op", "corner shop", "spoons", "bookies", "kebab shop", "tesco express",
    "vape shop", "nail bar", "launderette", "premier", "cash machine", "barbers",
)  # fmt: skip
WAYS = ("top end", "north end", "far end", "bottom", "sea end", "east side", "lower end", "town end")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words about a place of a pool, and the agencies whose words they are."""

    words: str
    pool: str
    agencies: tuple[str, ...]


NAMED = (
    Pattern("{p}", "street", (POLICE, SAFETY, CARE)),
    Pattern("{p}, {t}", "street", (POLICE, SAFETY, CARE, RETURN)),
    Pattern("{n} {p}", "street", (POLICE, CARE)),
    Pattern("{n} {p} {t} {pc}", "street", (POLICE, CARE)),
    Pattern("Flat {f}, {n} {p}", "street", (CARE, POLICE)),
    Pattern("o/s {n} {p}, {t}", "street", (POLICE, SAFETY)),
    Pattern("{p} {pc}", "street", (SAFETY, POLICE)),
    Pattern("opp the {shop} on {p}", "street", (RETURN, CARE, YOUTH)),
    Pattern("outside {shop}, {p}", "street", (POLICE, YOUTH, RETURN)),
    Pattern("hangs about by the {shop} {p} after college", "street", (YOUTH, SCHOOL)),
    Pattern("{shop} on {p} in {t}", "street", (RETURN, YOUTH)),
    Pattern("{way} of {p}", "street", (YOUTH, POLICE, SAFETY)),
    Pattern("garages r/o {p}", "street", (POLICE, SAFETY)),
    Pattern("alley between {p} and the back gardens", "street", (SAFETY, YOUTH)),
    Pattern("stairwell of flats {p}", "street", (SAFETY, POLICE, CARE)),
    Pattern("says she was dropped off on {p} by older male", "street", (RETURN, CARE)),
    Pattern("blk Corsa parked up {p} {t} approx 2140hrs", "street", (POLICE, SAFETY)),
    Pattern("bus stop outside {n} {p}", "stop", (POLICE, RETURN)),
    Pattern("bus stop on {p}, {t}", "stop", (RETURN, SCHOOL, YOUTH)),
    Pattern("gets off bus at {p} most days", "stop", (SCHOOL,)),
    Pattern("subway under {p}", "main", (YOUTH, POLICE)),
    Pattern("underpass {p} {t}", "main", (POLICE, SAFETY)),
    Pattern("layby on {p} heading twds {far}", "main", (POLICE,)),
    Pattern("{p} petrol stn, {t}", "main", (POLICE, RETURN)),
    Pattern("jct of {p} and {q}", "junction", (POLICE, SAFETY)),
    Pattern("{p} j/w {q}", "junction", (POLICE,)),
    Pattern("corner of {p} / {q}, {t}", "junction", (CARE, YOUTH, SAFETY)),
    Pattern("{p} nr station", "by_station", (POLICE, RETURN, CARE)),
    Pattern("{p} by the train stn {t}", "by_station", (YOUTH, CARE)),
    Pattern("{t} high st", "high", (YOUTH, RETURN, CARE)),
    Pattern("High St in {t} nr the {shop}", "high", (RETURN, SCHOOL)),
    Pattern("stop outside {p}", "school", (SCHOOL, YOUTH)),
    Pattern("behind {p}", "school", (YOUTH, POLICE, RETURN)),
    Pattern("school gates {p} at 1515", "school", (SCHOOL,)),
    Pattern("{p}, {t} - field at back", "school", (SCHOOL, SAFETY)),
    Pattern("met outside {p} by unknown males in car", "school", (SCHOOL, CARE)),
    Pattern("{p} by the swings", "park", (YOUTH, RETURN)),
    Pattern("{p} {t} toilets", "park", (SAFETY, POLICE)),
    Pattern("skatey in {p}", "park", (YOUTH,)),
    Pattern("benches at {p}, groups of yp drinking", "park", (YOUTH, SAFETY)),
    Pattern("bandstand {p} {t}", "park", (SAFETY, RETURN)),
    Pattern("the rec in {t}", "rec", (YOUTH, RETURN)),
    Pattern("{t} rec by the goalposts", "rec", (YOUTH, SCHOOL)),
    Pattern("{p} train station", "station", (RETURN, POLICE, CARE)),
    Pattern("{p} stn platform 2, BTP attended", "station", (POLICE,)),
    Pattern("taxi rank o/s {p} rail stn", "station", (SAFETY, POLICE)),
    Pattern("{p}", "takeaway", (RETURN, SAFETY)),
    Pattern("{p}, {t}", "takeaway", (POLICE, SAFETY)),
    Pattern("given free food at {p} {t}", "takeaway", (CARE, RETURN)),
    Pattern("{p}", "hotel", (POLICE, CARE)),
    Pattern("rm {f} {p}, {t}", "hotel", (POLICE, SAFETY)),
    Pattern("left {q}, later seen {p}", "two", (SCHOOL, RETURN)),
    Pattern("{p} then walked to {q} {t}", "two", (RETURN, YOUTH)),
    Pattern("somewhere in {t}", "town", (RETURN, CARE)),
    Pattern("{t}", "town", (CARE, POLICE, RETURN)),
    Pattern("{t} area, no further details", "town", (POLICE, SCHOOL)),
    Pattern("went {t} w mates", "town", (YOUTH, RETURN)),
)

VAGUE = (
    "a friend's house", "round the back of the shops", "up town", "her nan's", "n/k", "unknown", "mates flat",
    "refused to say", "would not disclose", "as above", "see log", "in a car", "on a bus somewhere", "not recorded",
    "bf's, address not known", "at an older males address", "usual place", "round the estate", "out and about",
    "the garages", "a hotel, doesnt know the name", "a flat on the front", "by the bins", "down the alley",
    "some park, cant remember which", "at home", "placement", "in the community", "online only - snap",
    "dads", "foster carers address", "where they all go", "trap house - wont say where", "abscontact no loc",
    "various", "the woods", "friend of friends", "her sisters bfs", "driving round all night", "tbc", "-",
    "a party, somewhere near the water", "got a lift, no idea", "the usual chicken shop", "under the bridge",
    "YP did not wish to share", "sofa surfing", "same as last time", "2 streets from home", "N/A",
    "down the rezzy", "the skatey", "offy near his", "maccies",
)  # fmt: skip

OUTSIDE = (
    ("up London", "London"), ("ldn", "London"), ("London, Oxford St", "London"), ("kings x london", "London"),
    ("Liverpool St stn, London", "London"), ("Station Rd, Birmingham", "Birmingham"), ("brum", "Birmingham"),
    ("found by BTP at Birmingham New Street", "Birmingham"), ("Ipswich", "Ipswich"), ("high st ipswich", "Ipswich"),
    ("aunties in Manchester", "Manchester"), ("Manc Piccadilly", "Manchester"), ("Leeds city centre", "Leeds"),
    ("got train to Norwich", "Norwich"), ("NORWICH RAIL STN", "Norwich"), ("bristol, mums cousin", "Bristol"),
    ("trap house in Nottingham", "Nottingham"), ("Sheffield", "Sheffield"), ("Victoria stn London", "London"),
    ("Cardiff - South Wales Police informed", "Cardiff"), ("leicester", "Leicester"), ("Glasgow", "Glasgow"),
    ("Park Road, Liverpool", "Liverpool"), ("coach to Newcastle upon Tyne", "Newcastle upon Tyne"),
    ("placed out of county, Coventry", "Coventry"), ("Church St, Sheffield", "Sheffield"),
)  # fmt: skip

# A street's first word that is also a first name, a shop or a thing: none of these names a place.
LIKE_A_STREET = (
    ("{s} picked her up, loc not known", "name"), ("with {s} and others, wont say where", "name"),
    ("stayed at {s}'s", "name"), ("{s}s house", "name"), ("{s} from yr 10 gave her a lift", "name"),
    ("told {s} she was safe, no location", "name"), ("mate {s}, address not known", "name"),
    ("{s} brand holdall left in a car", "thing"), ("the {s} pub?? not sure which town", "thing"),
    ("says the {s} lot were there, place not given", "thing"), ("carrier bag from {s} bakery, loc n/k", "thing"),
    ("{s} unit staff informed by phone", "thing"), ("nickname {s}, lives up the hill somewhere", "thing"),
)  # fmt: skip
FIRST_NAMES = (
    "Holly", "Hazel", "Ivy", "Jasmine", "Robin", "Martin", "Heather", "Rowan", "Stanley", "George", "Albert",
    "Victoria", "Alexandra", "Nelson", "Percy", "Howard", "Austen", "Bronte", "Clarence", "Gordon", "Kimberley",
    "Olive", "Stuart", "Russell", "Shelley", "Byron",
)  # fmt: skip
THINGS = (
    "Heron", "Swan", "Warren", "Wellington", "Churchill", "Lancaster", "Windsor", "Kingfisher", "Turner", "Milton",
    "Waterloo", "Trafalgar", "Castle", "Cavendish", "Derby", "Chester", "Tudor", "Beaufort", "Constable", "Coopers",
)  # fmt: skip
NOT_IN_THE_COUNTY = (
    "Quenby", "Zennor", "Ambrose", "Yarborough", "Penhaligon", "Zetland", "Uxmore", "Dunbarrow", "Fotheringay",
    "Jevington", "Ilchester", "Outwood", "Vanguard", "Nuneham", "Xavier",
)  # fmt: skip
LOOK_ALIKES = ("{s} {end}", "{n} {s} {end}", "outside the shop on {s} {end}", "seen {s} {end} approx 2200")
SIDES = ("Upper", "Lower", "Old", "New", "Far", "Little")
STREET_ENDINGS = (
    "Road", "Street", "Avenue", "Lane", "Close", "Mews", "Terrace", "Reach", "Square", "Quadrant", "Drive", "Green",
)  # fmt: skip
SHARED = (
    "{p}",
    "{n} {p}",
    "opp {shop} on {p}",
    "{p}, nr the {shop}",
    "{way} of {p}",
    "walking along {p} alone",
)
ASTRAY = ("{p}, {t}", "{n} {p} {t}", "{p}", "outside {shop} {p} {t}")
BARE = ("on {s}", "{s}, by the {shop}", "seen on {s} again", "parked up {s}, 3 males")
WHICH_REC = ("the rec", "rec by the swings", "rec ground {t}", "the rec, {t}")
