"""What things are called in the other county. All invented; none stands on an English map as far as its writer knows."""

COUNTY = "Sallowshire"
TOWNS = (
    "Gannerby", "Thrushcombe", "Ockerstead", "Wimberholt", "Pelterwick", "Yarmondley", "Cruxford Abbas",
    "Dravenham", "Hesselmarsh", "Quernbury", "Lostrigg", "Tollemere", "Vannock", "Isselbridge", "Merkington",
    "Brodderley", "Nether Cawle", "Sprattlewick", "Fossingdon", "Ullerswell", "Kittlebourne", "Rackenford Quay",
    "Stavertoft", "Jorrowby", "Embleswick", "Chantrey Moor", "Zeldham", "Aulderby",
)  # fmt: skip
VILLAGE_FIRST = (
    "Abber", "Bodger", "Cawder", "Dimmer", "Ecker", "Fanner", "Gibber", "Harker", "Imber", "Jakker", "Kemmer",
    "Lubber", "Moffer", "Nabber", "Orrer", "Pikker", "Quaver", "Rasker", "Skelter", "Tunder", "Umber", "Vosper",
    "Wragger", "Yonder", "Zimmer",
)  # fmt: skip
VILLAGE_LAST = (
    "combe", "ford", "wich", "cott", "hythe", "leigh", "bury", "stoke", "minster", "barrow", "shaw", "thwaite",
    "pool", "dale", "rigg", "fold", "hope", "keld", "nest", "oak", "rise", "slade", "tye", "wade", "yard",
)  # fmt: skip

STREET_WORDS = {
    "Victoria": "Adelaide", "Albert": "Leopold", "George": "Ernest", "Albion": "Britannia",
    "Orchard": "Perry", "Meadow": "Ings", "Hill": "Bank", "Spring": "Spout",
    "Elm": "Wych", "Oak": "Holm", "Ash": "Rowans", "Beech": "Mast", "Cedar": "Cypress", "Chestnut": "Conker",
    "Hawthorn": "May Tree", "Hazel": "Cobnut", "Lime": "Linden", "Maple": "Plane", "Willow": "Withy",
    "Alma": "Sebastopol", "Balmoral": "Braemar", "Windsor": "Kensal", "Clarence": "Cumber", "Gordon": "Havelock",
    "Wellington": "Marlborough", "Nelson": "Collingwood", "Trafalgar": "Camperdown", "Waterloo": "Vittoria",
    "Cromwell": "Fairfax", "York": "Furness", "Cambridge": "Girton", "Oxford": "Keble", "Durham": "Finchale",
    "Lincoln": "Torksey", "Malvern": "Wenlock", "Severn": "Ribble", "Trent": "Nidd", "Avon": "Wharfe",
    "Swallow": "Dunlin", "Robin": "Wagtail", "Kingfisher": "Halcyon", "Heron": "Egret", "Skylark": "Pipit",
    "Primrose": "Cowslip", "Bluebell": "Campion", "Manor": "Moot Hall", "Abbey": "Friary", "Priory": "Nunnery",
    "Vicarage": "Parsonage", "Castle": "Bailey", "Farm": "Byre", "Brewery": "Hop Kiln", "Quarry": "Delph",
    "Cavendish": "Lascelles", "Russell": "Wyndham", "Stanley": "Conyers", "Bedford": "Ampthill",
    "Churchill": "Asquith", "Coronation": "Regatta", "Jubilee": "Festival", "Milton": "Herrick", "Byron": "Clare",
    "Tennyson": "Cowper", "Dickens": "Trollope", "Newton": "Hooke", "Brunel": "Locke", "Fairfield": "Goosefield",
    "Netmakers": "Saltpan", "Ropewalk": "Hempwalk", "Tidewell": "Ebbwell", "Capstan": "Windlass",
}  # fmt: skip
"""First words of streets (and of the schools, parks and takeaways named after them). No new word stands among the old."""

STREET_ENDINGS = {
    "Drive": "Chase", "Gardens": "Garth", "Terrace": "Villas", "Row": "Fold", "Place": "Parade", "Mews": "Wynd",
    "View": "Dene", "Rise": "Mount", "Walk": "Ginnel",
}  # fmt: skip

ENDS_OF_SITES = {
    "Fish Bar": "Fryer", "Pizza": "Pizzeria", "Kebab House": "Ocakbasi Grill", "Chicken": "Peri Peri",
    "Chinese Takeaway": "Wok", "Sandwich Bar": "Deli", "Spice": "Tandoori",
}  # fmt: skip
OWNERS = (
    "Dino's", "Golden", "Big Al's", "Lucky Star", "Mr Chan's", "Sultan's", "Uncle Bob's", "Captain's", "Bella",
    "New World", "Royal", "Tasty", "Hassan's", "Ruby", "Star", "Village", "Corner", "Top", "Best", "Oceans",
)  # fmt: skip
PUBS = {
    "Crown": "Three Tuns", "Swan": "Eel's Foot", "Plough": "Harrow", "Railway": "Engine", "King's Head": "Duke's Arms",
    "White Hart": "Hind", "Red Lion": "Griffin", "Anchor": "Lobster Pot", "Ship": "Brig", "Bell": "Hammer",
    "Wheatsheaf": "Barley Mow", "George": "Regent", "Fox and Hounds": "Hare and Whippet", "Rose and Crown": "Thistle",
    "Queen Vic": "Old Bess", "Jolly Sailor": "Drunken Duck", "Cock Robin": "Magpie", "Marl Inn": "Sallow Inn",
}  # fmt: skip
