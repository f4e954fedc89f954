"""Words by which the scanner knows that a text may name somebody, and words by which it knows a place.

Given names in use in Britain, written down from general knowledge. Those that are often a place's or a thing's name
as well count only beside something else that looks like a name.
"""


def words_of(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


GIVEN = words_of("""
    aaliyah aaron abdul abdullah abdi abigail abbie abby abu adeel adele adil adnan adrian agnieszka ahmad ahmed aidan
    aiden aimee aisha aishah akeem alana alastair alejandro aleksander alesha alessia alexei alfie ali alicia alina
    alisha alishba aliyah alistair alyssa amaan amanda amelia amelie amina aminah amir amira amirah amy anastasia
    anaya andre andrea andrei andrew andy angela angelina anisa anita anna annabel annabelle anne annie anthony antonio
    anya archie ariana arjun arman arthur asha ashleigh asif asim aurora ava ayaan ayan ayesha aylin ayub barbara barry
    bartosz beatrice becky benjamin bethany bethan bilal billie billy bobby bogdan bradley brandon brayden brendan
    brian bridget brianna bronwyn caitlin callum cameron carl carly carmen caroline carolyn casey cassandra cassie
    catherine cathy cecilia cedric cerys chanel chantelle charlene charles charlie charlotte chelsie cheryl chidi
    chinedu chloe chris christian christina christine christopher ciara claire clara claudia clive cody colin connie
    connor conor constance corey courtney craig cristian curtis cynthia daisy damian damien daniel daniella danielle
    danny daria darius darren daryl dave david deborah debbie declan deepak demi denis denise dennis derek destiny
    diana diane diego dilan dimitri divya dominic dominika donna donovan doris dorota dorothy duncan dwayne dylan
    ebony edith edward edyta eileen ekaterina elaine eleanor elena eliana elif elijah elisha eliza elizabeth ella ellen
    elliot elliott ellie elodie eloise elsie emilia emily emma emmanuel eric erica erin esme esmee esther ethan eugene
    eva evan evelyn evie ewa ezra fahad faisal farah farhan fatima fatimah fatoumata felicity femi fernando finlay
    finley fiona frances francesca francis frankie freddie frederick freya gabriel gabriela gabriella gabrielle
    gareth gary gavin gemma geoff geoffrey george georgie georgina gerald geraldine gillian gina giorgia giovanni
    glenn gloria gordon graham grzegorz habiba hafsa haider hamza hana hannah haris harley harriet harrison harry
    haroon hasan hashim hassan hayden heidi helen helena henry hiba hollie hugo humza hussain hussein ian ibrahim
    idris ieuan iga igor ikram ilyas imaan iman imani imogen imran inaaya ioana iqra irene irina isaac isabel isabella
    isabelle isha ishaan isla ismail ivan jacinta jackie jackson jacob jacqueline jaden jaime jake jakub jamal james
    jamie jane janet janice janine jared jasmin jasmine jason javier jaxon jayden jayne jean jeff jeffrey jemma
    jenna jennifer jenny jeremy jermaine jerome jessica jessie jimmy joanna joanne jodie joe joel joey johanna john
    johnny jolene jonah jonas jonathan jonny joseph josephine josh joshua josiah joyce juan judith julia julian
    juliana julie julien justin justyna kacper kai kaitlyn kamal kamil kamila karen karim karina karl karolina kasia
    kasim katarzyna kate katelyn katherine kathleen kathryn kathy katie katrina kayden kayla kayleigh keeley keiran
    keith keira kelly kelsey kelvin kenneth kenny kerry kevin khadija khadijah khalid kian kiara kieran kiera kieron
    kimberly kirsty kofi krish kristian krystian krzysztof kwame kyle kyra lacey lara latisha latoya laura lauren
    layla leah leanne leila leighton lena leo leon leona leonardo leonie leroy lewis lexi liam lianne libby lillian
    lily-may linda lindsey lisa logan lola lorna lorraine louis louise luca lucas lucia lucinda lucy luis luiz lukas
    luke lukasz lydia lyla lynn lynne maciej maddie maddison madeleine madison magdalena mahdi mahmoud maisie maja
    malachi malgorzata malik marc marcel marcin marco marcus margaret maria mariam marian marie marina mario marius
    marjorie marlon marta martha martin martyn maryam mason mateo mateusz matilda matthew maureen max maxine maya
    megan mehmet melanie melissa mia micah michael michaela michal michelle miguel mihai mikayla mike mikolaj mila
    millie mina miriam misha mitchell moesha mohamed mohammad mohammed mohamud molly mollie monica monika muhammad
    muhammed mustafa myles nadia nadine naeem naima nancy naomi natalia natalie natasha nathan nathaniel neha neil
    nelly niamh nicholas nick nicola nicole nicolas nigel nikita nikki nikola nina noah noor nora noreen oleksandr
    olga oliver olivia oluwaseun oscar osman otis owen pamela paige patricia patrick patryk paul paula pauline pavel
    pawel penelope peter petra phil philip phillip phillipa phoebe pietro piotr poppy-mae priya przemyslaw rachael
    rachel radu rafael rafal rahul rajesh ramon rania raphael rashid raul rayan rayhan rebecca reece reginald rehan
    rebekah rhianna rhiannon rhys ricardo richard rihanna riley rita robbie robert roberta roberto robyn rochelle
    rodney roger rohan roman ronald ronnie rory rosalind rosemarie rosie ross roxanne rufus rukhsana russell ryan sabina
    sabrina sadie safa safia saif sairah salma salman sam samantha samina samir samira samuel sandra sanjay saoirse
    sara sarah sasha scarlett scott sean sebastian selena selina serena seren shabana shahid shakira shana shanelle
    shania shanice shannon sharon shaun shauna sheila shelley sherrie shreya siddharth simon simone siobhan skye
    sofia sofie solomon sonia sophia sophie spencer stacey stefan stephanie stephen steve steven stewart stuart
    sue suleiman suleman sulaiman sumaya susan susanna susannah suzanne svetlana sylvia szymon tahir tamara tamsin
    tanisha tanya tara tariq tasha tatiana taylor teddy tegan teresa terence terry theo theodore theresa thomas tia
    tiana tiffany tim timothy toby tom tomas tomasz tommy toni tony tracey tracy travis trevor tristan tunde tyler
    tyrese uma umar usman valentina valerie vanessa vera veronica viktor vikram vincent violeta vivian vivienne
    wanda wayne wendy wiktoria wilfred wojciech xander yasin yasmin yasmine yahya yousef yusuf yvette yvonne zac zach
    zachary zahra zain zainab zak zakariya zara zayn zeeshan zoe zofia zuzanna
""")
"""Seldom anything but somebody's name: enough by itself."""

GIVEN_TOO = words_of("""
    ace adam alan alex albert alec alexander alexandra alfred alice allan allen amber angel april art ash ashley aspen
    august autumn barclay basil bella belle ben bert beth beverley blake blossom bob bonnie brad brandy brook brooke
    brooklyn bruce bryony buddy candice carter celeste chad chase chelsea cherry chester clarence clark clay clayton
    clifford clifton clover cole coral crystal dale dan dawn dean dee denver dex dexter dion don douglas drew duke
    dustin earl ed eddie eden edgar edmund edwin elis ellis elm eliot ember emerald ernest erica eve faith felix fern
    fleur flora florence forest frank fred gail gale garth gene georgia gilbert ginger giles glen grace grant greg guy
    devon gwen hal harmony jan harper harvey hazel heath heather hector herbert holly honey hope howard hugh hunter ida india
    indigo iris ivor ivy jack jade jasper jay jess jet jewel jim jo jock jody jordan joy jude julius june juniper kay
    ken kent kim kimberley king kingsley kirk kit lance laurel lawrence lee leigh lee-ann len lennox leonard leslie
    lesley lester lex liberty lilly lily lincoln linden lionel lloyd louie luna lyn mabel magnus maple marcia mark
    marley marshall mary matt maurice may melody mercy meredith merlin miles milly milo milton montgomery morgan nell
    nelson neville noel norman norris octavia olive ollie orla otto paddy page paris parker pat pearl peggy penny percy
    perry pete pip piper poppy porter preston primrose prince princess quentin quinn ralph ray raymond reg reggie
    rex ricky rio river rob robin rocky roland rolf ron rosa rosalie rosamund rose rosemary rowan roy royal ruby rupert
    ruth sage saffron sally sandy savannah scarlet seth shane shirley sid sidney sienna sierra sky sol sonny stan
    stanley star stella sterling storm summer sunny sybil sydney ted tess thea tobias trent troy ty tyrone tyson
    ursula val vernon vic victor victoria viola violet virginia wade wallace walter warren warwick wesley whitney will
    willow wilson winifred winston winter woody xavier york
""")
"""Given names that are places and things as often: they count only with a family name, or what looks like one."""

FAMILY = words_of("""
    smith jones taylor brown williams wilson johnson davies robinson wright thompson evans walker white roberts
    hughes edwards thomas hall harris clarke jackson turner cooper morris ward moore morgan harrison watson
    baker davis patel allen mitchell anderson phillips lee bell parker kelly davidson bennett miller cook shaw richards
    simpson carter richardson marshall collins adams gray murphy bailey begum khan ahmed ali hussain singh kaur shah
    akhtar mahmood malik rahman uddin islam chowdhury miah begum sharma kumar gupta mehta nowak kowalski kowalczyk
    wisniewski popescu ionescu okafor okonkwo adeyemi adebayo mensah osei boateng abdi yusuf hassan mohamed
    nguyen tran chen wang zhang silva santos fernandes pereira jenkins griffiths rogers stevens watts ellis
    holmes lloyd powell butler barnes fisher perry cox mason hunt palmer gibson ross reynolds owen rees pritchard
    atkinson armstrong dixon hudson graham elliott payne spencer freeman stone gordon campbell stewart macdonald
    mcdonald mckenzie macleod reid murray robertson hamilton sullivan doherty gallagher byrne doyle kennedy obrien
    oconnor oneill ryan walsh connolly burke daly nolan quinn foley flynn higgins sweeney stevenson hopkins
    fletcher saunders sanders matthews andrews peters francis newman bradley pearson webb harvey dawson booth
    chapman mills wells knight wood green hill king clark lewis james scott young martin cole day dean
""")
"""Common family names; most are street names too, so they count only beside a given name, a title or an initial."""

STREETS = words_of("""
    street st road rd avenue ave av lane ln drive dr close cl court ct place pl square sq gardens gdns garden crescent
    cres terrace ter way walk rise hill row mews green grove view end parade pde broadway chase mead meadow meadows
    field fields croft gate path approach link yard side vale heights reach grange orchard acres acre cross tye corner
    common oaks mount shaw esplanade quay bank ride boulevard glade leys estate bypass by-pass down cut heath brook
    hatch bridge farm dale springs leas piece ridge villas wharf dock hamlet pavement quarter spur alley passage loop
    causeway drove track ring circus front promenade prom seafront pier harbour marina cottages buildings
    vue edge glen valley dene fall spring bungalows groves moorings circle folly pits fells leaf
    junction roundabout underpass subway flyover layby lay-by lock weir ford island point bay wood woods copse spinney
    warren wall holt pasture arterial wynd snicket twitchel ginnel hythe strand sands north south east west
""")
SITES = words_of("""
    park rec recreation ground playground pitch pitches station stn school college academy university campus library
    church chapel mosque temple synagogue cathedral abbey priory hospital clinic surgery pharmacy chemist hotel inn pub
    arms head tavern bar club hall centre center shop shops shopping mall arcade precinct market supermarket superstore
    store stores retail express local metro garage services petrol bus stop train rail depot car carpark parking
    stadium arena gym leisure pool baths skate skatepark bowl theatre cinema museum gallery house lodge manor villa
    castle tower towers court block flats apartments point hostel refuge home homes nursery hub foyer youth community
    village town city cafe café coffee restaurant takeaway chicken kebab kebabs pizza chippy fish chips grill diner
    bakery bakers bakery butchers barbers barber salon nails hair hairdressers newsagents news offlicence off-licence
    off wine wines cars taxis cabs motors tyres carpets beds furniture vets dental dentist opticians care nursing
    memorial statue fountain clock allotments cemetery crematorium woods nature reserve country lake river beach
    ambulance infants infant junior primary secondary high grammar catholic rc ce
    tandoori spice balti curry noodle wok sushi burger burgers subs desserts ice bingo casino bookmakers bet betting
    tattoo vape vapes phones mobiles laundrette launderette dry bargain pound pawn wholesale trade industrial business
    fc afc rfc cc football cricket rugby bowls tennis golf sailing boxing wells well cider whisky ward wing
    referral unit units sch playing lion
""")
"""What follows a name that is a place's, and not somebody's."""

BEFORE = words_of("""
    st saint saints sts king queen prince princess duke earl lord lady sir royal old new great little upper lower north
    south east west opposite opp o/s
""")
"""What stands before a name that is a saint's, a ruler's or a pub's. `the` serves only before GIVEN_TOO."""

FUNCTION = words_of("""
    a an and are area around as at back behind beside between but by down for from front in inside into is it its just
    near nearby next no not of off on one opp opposite or out outside over past rear round seen side so some than that
    the then there they this through to towards under until up via was were when where which who with within
""")

DWELLINGS = "house|flat|home|place|address|bedroom|room|gaff|yard|garden|bedsit|caravan|crib|drum|apartment|car|vehicle|van"
"""Whose house it is names somebody."""

OWNERS = words_of("""
    children childrens women womens men mens ladies people peoples king queen prince princess bishop abbot lord lady
    doctor doctors nurse nurses farmer farmers worker workers soldier sailor fisherman gentleman vicar keeper keepers
    warden governor mayor players members tenants residents visitors students student teachers staff driver drivers
    customs bowls
""")
"""Whose house is everybody's: the children's home, the Bishop's House."""

CHAINS = frozenset(
    {
        "marks and spencer",
        "marks spencer",
        "john lewis",
        "paddy power",
        "dorothy perkins",
        "jack wills",
        "bella italia",
        "frankie and bennys",
        "ben and jerrys",
        "harry ramsdens",
        "thomas cook",
        "peter jones",
        "jack daniels",
        "jimmy johns",
        "harvey nichols",
        "jo malone",
        "ted baker",
        "paul smith",
        "ernest jones",
        "robert dyas",
        "charles tyrwhitt",
        "st john ambulance",
        "toni and guy",
        "harley davidson",
        "wendys",
    }
)
"""Chains named after somebody, as a gazetteer's names are compared."""
