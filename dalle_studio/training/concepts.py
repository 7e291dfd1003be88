"""The things a picture can show: their names, their kind, and whether they come in colours.

Each entry of the table reads ``label = name, other name *``. The label is the short name that the
Unicode CLDR gives the emoji, which is how the art is found; it is left out where it equals the first
name. A star marks a thing that may be repainted in any colour.
"""

from __future__ import annotations

from dataclasses import dataclass

TABLE = {
    "animal": """
        dog, puppy; poodle; cat, kitten, kitty; black cat; lion; tiger; leopard; deer, stag; cow; pig; ram;
        ewe = sheep; goat; giraffe; rhinoceros, rhino; hippopotamus = hippo, hippopotamus; mouse; rabbit,
        bunny; chipmunk, squirrel; hedgehog; bat; bear, brown bear; polar bear; koala; panda; sloth;
        kangaroo; fox; wolf; raccoon; monkey; gorilla; rooster; chicken; baby chick = chick, baby chick;
        bird *; penguin; eagle; duck; swan; owl; flamingo, pink flamingo; peacock; parrot; frog; crocodile,
        alligator; turtle, tortoise; lizard; snake; snail; butterfly *; honeybee = bee, honeybee; lady
        beetle = ladybug; spider
    """,
    "mount": """
        horse; unicorn; zebra; camel; llama, alpaca; elephant; dragon *; T-Rex = t-rex, dinosaur,
        tyrannosaurus; sauropod = brontosaurus, long-necked dinosaur
    """,
    "sea": """
        whale; dolphin; seal; fish; tropical fish *; shark; octopus *; jellyfish; crab; lobster
    """,
    "object": """
        bouquet, bouquet of flowers; potted plant, house plant; teapot *; fork and knife with plate = dinner
        plate; amphora = vase, amphora *; compass; carousel horse; roller skate *; traffic_light = traffic
        light; anchor; luggage = suitcase, luggage *; alarm clock *; watch = wristwatch; hourglass not done
        = hourglass; umbrella *; snowman; fire, flame; jack-o-lantern = jack-o'-lantern, pumpkin; wrapped
        gift = gift box, present *; trophy; soccer ball; basketball *; american football = football; tennis
        = tennis racket; bowling = bowling pins; boxing glove *; crystal ball; magic wand; video game = game
        controller; game die = dice; puzzle piece *; nesting dolls; framed picture; artist palette, paint
        palette; yarn = ball of yarn *; glasses; sunglasses; necktie *; t-shirt *; jeans; dress *; kimono;
        handbag *; backpack *; running shoe = sneaker, running shoe *; high-heeled shoe = high heel shoe *;
        crown; top hat; billed cap = baseball cap, cap *; ring = diamond ring; gem stone = gemstone, diamond
        *; megaphone; bell; microphone; headphone = headphones; radio; saxophone; trumpet; guitar; violin;
        drum *; mobile phone = smartphone, phone; telephone *; laptop, computer; television, tv; camera;
        movie camera; light bulb; candle; red paper lantern = paper lantern; books = stack of books, books;
        open book, book; scroll; newspaper; money bag = bag of money; envelope, letter; package = cardboard
        box, package; pencil; paintbrush; scissors; key; old key; hammer; axe; crossed swords; bomb; shield;
        gear; magnet; microscope; telescope; door *; mirror; bed; couch and lamp = sofa, couch; chair *;
        toilet; bathtub; bucket; shopping bags; basket; moai = moai statue; pile of poo = poop emoji; skull;
        red heart = heart *
    """,
    "plant": """
        rose *; hibiscus; sunflower; tulip *; lotus = lotus flower; cherry blossom; evergreen tree = pine
        tree, evergreen tree; deciduous tree = tree, oak tree; palm tree; cactus; four leaf clover; maple
        leaf; mushroom, toadstool *; Christmas tree = christmas tree
    """,
    "food": """
        grapes; watermelon = slice of watermelon, watermelon; tangerine = orange, tangerine; lemon; banana;
        pineapple; mango; red apple = apple *; pear; peach; cherries; strawberry; kiwi fruit; tomato;
        coconut; avocado; eggplant; carrot; ear of corn = corn; hot pepper = chili pepper; broccoli; bread =
        loaf of bread, bread; croissant; pretzel; pancakes, stack of pancakes; waffle; cheese wedge =
        cheese, wedge of cheese; hamburger, burger; french fries; pizza, slice of pizza; hot dog; sandwich;
        taco; burrito; cooking = fried egg; green salad = salad, bowl of salad; popcorn; steaming bowl =
        bowl of ramen, bowl of noodles; spaghetti, plate of pasta; sushi; soft ice cream = ice cream cone,
        ice cream; doughnut = donut, doughnut *; cookie; birthday cake, cake; shortcake = slice of cake;
        cupcake *; pie; lollipop; honey pot; hot beverage = cup of coffee, coffee *; wine glass = glass of
        wine; cocktail glass = cocktail, martini; tropical drink; beer mug, mug of beer; bubble tea
    """,
    "sky": """
        globe showing Americas = planet earth, earth, globe; airplane, plane; small airplane; helicopter *;
        satellite; rocket, spaceship, rocket ship; flying saucer, ufo; crescent moon; full moon = moon, full
        moon; sun; ringed planet = planet, ringed planet, saturn *; star; comet; cloud; rainbow; balloon *;
        kite *
    """,
    "place": """
        volcano; mount fuji; camping = campsite; beach with umbrella = beach umbrella; desert island; hut;
        house *; house with garden = house with a garden, cottage; office building; hospital; bank; school;
        factory; Japanese castle = japanese castle, pagoda; castle; Statue of Liberty = statue of liberty;
        church; mosque; fountain; tent *; ferris wheel; roller coaster; circus tent
    """,
    "vehicle": """
        locomotive = steam train, locomotive; high-speed train, train; tram; bus *; ambulance; fire engine =
        fire truck, fire engine; police car; taxi; automobile = car *; sport utility vehicle = suv, jeep *;
        pickup truck *; delivery truck, truck *; tractor *; racing car, formula one car *; sailboat *;
        canoe; speedboat; ship
    """,
    "ride": """
        motorcycle, motorbike *; motor scooter = scooter *; bicycle, bike *; skateboard
    """,
    "actor": """
        teddy bear; ghost; alien; robot *; clown face = clown
    """,
    "cart": """
        shopping cart
    """,
    "person": """
        baby; boy; girl; man; woman; old man, grandfather; old woman, grandmother; health worker = doctor;
        student; teacher; judge; farmer; cook = chef, cook; mechanic; scientist; singer; artist, painter;
        pilot; astronaut, spaceman; firefighter; police officer; detective; ninja; construction worker;
        prince, king; princess, queen; Santa Claus = santa claus; superhero; mage, wizard; fairy; vampire;
        mermaid; elf; genie; zombie; person surfing = surfer; skier; snowboarder; ballet dancer = dancer
    """,
}

MORE_OFTEN = {
    "astronaut": 6, "horse": 5, "teddy bear": 5, "flamingo": 5, "car": 6, "cat": 5, "dog": 5, "fox": 4,
    "rocket": 4, "pizza": 4, "shopping cart": 3, "mage": 2, "robot": 2, "house": 2, "palm tree": 2,
    "planet": 2, "sailboat": 2, "rabbit": 2, "bear": 2, "panda": 2,
}  # fmt: skip

WITHOUT_ARTICLE = frozenset((
    "books", "bowling pins", "bread", "broccoli", "cheese", "cherries", "coffee", "corn", "crossed swords",
    "dice", "earth", "fire", "french fries", "glasses", "grapes", "headphones", "jeans", "luggage",
    "mount fuji", "nesting dolls", "pancakes", "planet earth", "popcorn", "santa claus", "scissors",
    "shopping bags", "spaghetti", "sunglasses", "sushi",
))  # fmt: skip
SOUNDS_LIKE_YOU = ("unicorn", "ufo")
IRREGULAR_PLURALS = {
    "man": "men", "woman": "women", "mouse": "mice", "wolf": "wolves", "leaf": "leaves", "loaf": "loaves",
    "sheep": "sheep", "fish": "fish", "jellyfish": "jellyfish", "deer": "deer", "tomato": "tomatoes",
    "mango": "mangoes",
}  # fmt: skip


@dataclass(frozen=True)
class Thing:
    """Something that can be named in a caption and pasted into a picture."""

    label: str
    """CLDR short name of the emoji."""
    names: tuple[str, ...]
    """What captions call it, the usual name first."""
    category: str
    """A key of `TABLE`."""
    colourable: bool
    weight: float
    """How often it is drawn, relative to the others (1 to 15)."""

    @property
    def name(self) -> str:
        """The usual name, which also keys its sprites."""
        return self.names[0]


def _thing(entry: str, category: str) -> Thing:
    text = " ".join(entry.replace("*", "").split())
    label, _, listed = text.rpartition(" = ")
    names = tuple(listed.split(", "))
    weight = 2.5 * MORE_OFTEN[names[0]] if names[0] in MORE_OFTEN else 1.0
    return Thing(label or names[0], names, category, "*" in entry, weight)


THINGS = tuple(_thing(entry, category) for category, entries in TABLE.items() for entry in entries.split(";"))
BY_NAME = {thing.name: thing for thing in THINGS}


def things_in(*categories: str) -> tuple[Thing, ...]:
    """All things of the given categories, in table order."""
    return tuple(thing for thing in THINGS if thing.category in categories)


def with_article(name: str) -> str:
    """Put "a" or "an" before a name, or nothing before plurals, materials and proper names."""
    if name in WITHOUT_ARTICLE:
        return name
    vowel = name[0] in "aeiou" and not name.startswith(SOUNDS_LIKE_YOU)
    return f"{'an' if vowel else 'a'} {name}"


def plural(name: str) -> str:
    """The plural of a name: "cup of coffee" gives "cups of coffee". Names without article stay."""
    if name in WITHOUT_ARTICLE:
        return name
    for link in (" of ", " with "):
        head, found, rest = name.partition(link)
        if found:
            return plural(head) + link + rest
    before, space, noun = name.rpartition(" ")
    return before + space + _plural_noun(noun)


def _plural_noun(noun: str) -> str:
    if noun in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[noun]
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
