"""The English words that hold a sentence together, and those that say nothing about its layout.

Phrases leave out their articles, which may stand anywhere within.
"""

from __future__ import annotations

from dalle_studio.core.reading_tags import (
    ABOVE,
    BELOW,
    BESIDE,
    BETWEEN,
    EATEN,
    EATING,
    HELD,
    HOLDING,
    IN,
    LEFT,
    ON,
    PUSHED,
    PUSHING,
    RIDDEN,
    RIDING,
    RIGHT,
    UNDER,
    UPON,
    WEARING,
    WITH,
    WORN,
    Kind,
    Tag,
    Tie,
    listed,
)

ARTICLES = frozenset(("a", "an", "the", "this", "that", "these", "those"))

_TIES: tuple[tuple[Tie, str], ...] = (
    (RIDING, "riding, riding on, riding atop, riding in, rides, rides on, ride, ride on, on back of, on backs of,"
     " sitting astride, astride, mounted on, mounting, driving, drives, driving in, steering, piloting, aboard,"
     " on board of, behind wheel of, riding on back of, sitting on back of, riding on top of"),
    (RIDDEN, "ridden by, driven by, being ridden by, steered by, piloted by, mounted by"),
    (ON, "on, upon, onto"),
    (UPON, "on top of, atop, standing on, stands on, standing on top of, on roof of, balancing on, jumping on,"
     " landing on, perched on, perched atop, dancing on, walking on"),
    (UNDER, "under, beneath, underneath, sheltering under"),
    (BELOW, "below, down below"),
    (ABOVE, "above, over, flying over, flying above, floating over, floating above, hovering over, high above,"
     " hovering above, jumping over, leaping over, up above, in sky above, in air above, soaring over"),
    (LEFT, "left of, to left of, on left of, at left of, on left side of, to left side of, on left hand side of,"
     " left from, to left from"),
    (RIGHT, "right of, to right of, on right of, at right of, on right side of, to right side of,"
     " on right hand side of, right from, to right from"),
    (BESIDE, "next to, beside, near, nearby to, by, close to, alongside, along with, together with, behind,"
     " in front of, surrounded by, facing, looking at, watching, chasing, following, followed by, hugging,"
     " kissing, against, around, among, at side of, by side of, besides, opposite, accompanied by, fighting,"
     " fighting with, playing with, talking to, talking with, dancing with, leading, in back of, towards,"
     " staring at, at foot of, across from, side by side with"),
    (HOLDING, "holding, holds, hold, carrying, carries, carry, holding on to, playing, plays, reading, reads,"
     " waving, lifting, clutching, gripping, juggling, throwing, catching, raising"),
    (HELD, "held by, carried by, in hand of, in hands of, in arms of"),
    (EATING, "eating, eats, eat, drinking, drinks, drink, sipping, devouring, munching, munching on, biting,"
     " biting into, licking, tasting, nibbling, nibbling on, chewing, chewing on, drinking from"),
    (EATEN, "eaten by, being eaten by"),
    (WEARING, "wearing, wears, wear, dressed in, clad in, sporting, wrapped in"),
    (WORN, "worn by"),
    (PUSHING, "pushing, pushes, push, pulling, pulls"),
    (PUSHED, "pushed by, pulled by"),
    (IN, "in, inside, inside of, into, within"),
    (WITH, "with, has, have, having"),
    (BETWEEN, "between, in between, in middle of"),
)  # fmt: skip

_COUNTS = {
    1: "one, 1, single, lone",
    -2: "pair of",
    -3: "bunch of, set of",
    2: "two, 2, couple of, both, pairs of, duo of",
    3: "three, 3, several, few, group of, trio of, groups of, herd of, flock of, pack of, multiple,"
    " school of, family of, team of, handful of, numerous, various, quite few",
    4: "four, five, six, seven, eight, nine, ten, eleven, twelve, dozen, dozens of, many, lots of, lot of,"
    " crowd of, army of, hundred, thousand, hundreds of, thousands of, quartet of, plenty of, countless,"
    " swarm of, tons of",
}

_OTHERS: tuple[tuple[Kind, str], ...] = (
    (Kind.AND, "and, plus, as well as, while, or, then, &"),
    (Kind.NOT, "without, no, not, minus"),
    (Kind.PRONOUN, "it, them, him, itself, on top"),
    (Kind.GROUND, "background, backgrounds, backdrop, on background, on plain background, on solid background"),
    (Kind.PART, """
    eye, eyes, hair, fur, head, heads, back, nose, ear, ears, tail, tails, wing, wings, beard, moustache,
    mustache, hand, hands, arm, arms, leg, legs, paw, paws, foot, feet, mouth, lips, teeth, tooth, horn,
    horns, antler, antlers, mane, feathers, feather, skin, face, faces, spots, stripes, shoulder, shoulders,
    neck, belly, tongue, claw, claws, beak, shell, scales, trunk, tusks, whiskers, wheels, wheel, roof,
    window, windows, body, lap, side, finger, fingers, knee, knees, chest, smile, petals, stem, sails, fins,
    tentacles, freckles, branch, branches, seat, top, eyebrows, hooves, handle, bottom
"""),
)  # fmt: skip

_SKIPPED = """
    picture with, picture that shows, picture showing, painting with, painting that shows, painting showing,
    in style of, in styles of, style of, in manner of, as if, picture of, pictures of, image of, images of,
    photo of, photos of, photograph of, painting of, drawing of, illustration of, portrait of, render of,
    rendering of, sketch of, print of, art of, depiction of, scene of, view of, shot of, close up of, close
    up, closeup of, version of, piece of, pieces of, slice of, slices of, cup of, cups of, glass of, glasses
    of, bowl of, bowls of, plate of, plates of, loaf of, loaves of, bottle of, bottles of, mug of, mugs of,
    jar of, pot of, scoop of, kind of, type of, sort of, made of, made from, made out of, full of, filled
    with, out of, covered in, covered with, in love with, in love, at same time, in middle, in center, in
    centre, in shape of, in form of, one another, each other, there is, there are, here is, i want, i would
    like, show me, give me, draw me, create, generate, in background, in foreground, in distance, in corner,
    in front, of course, on fire, on way, in air, in sky, in hand, in hands, in mouth, in its mouth, in arms,
    black white, side by side, hand in hand, at work, at play, in action, in motion, in line, in row, in
    circle, in group, in pair, in detail, with love, trending on artstation, unreal engine, octane render,
    for sale, style, styles, styled, picture, pictures, image, images, photo, photos, photograph, painting,
    drawing, illustration, portrait, render, rendering, sketch, print, art, artwork, depiction, scene, view,
    shot, version, kind, type, sort, pose, composition, lighting, light, wallpaper, poster, sticker, logo,
    design, quality, resolution, detail, details, 4k, 8k, hd, uhd, hdr, dslr, artstation, masterpiece,
    concept, of, to, at, for, from, as, like, is, are, was, were, be, been, being, am, who, which, what,
    where, when, whose, whom, how, why, its, his, her, hers, their, theirs, my, your, our, i, you, we, us,
    me, he, she, they, there, here, but, so, if, than, very, really, quite, too, also, just, only, even,
    still, some, any, all, every, each, other, another, same, such, own, more, most, much, less, least, much,
    almost, about, across, along, through, toward, past, off, up, down, out, away, back, up, again, ever,
    never, always, often, once, yet, while, during, after, before, until, because, please, can, could, will,
    would, should, may, might, must, do, does, did, done, doing, left, right, middle, center, centre, side,
    big, large, huge, giant, gigantic, enormous, massive, tiny, small, little, miniature, mini, tall, short,
    long, wide, narrow, thick, thin, fat, chubby, slim, skinny, round, square, old, new, young, ancient,
    modern, vintage, antique, retro, futuristic, medieval, victorian, happy, sad, angry, mad, funny, silly,
    goofy, crazy, serious, calm, cute, adorable, sweet, lovely, pretty, beautiful, gorgeous, handsome,
    elegant, fancy, ugly, scary, creepy, spooky, friendly, kind, brave, shy, lazy, sleepy, tired, hungry,
    thirsty, curious, cool, cold, hot, warm, wet, dry, dirty, clean, shiny, glossy, matte, bright, dark,
    pale, vivid, colorful, colourful, rainbow colored, colored, coloured, color, colour, colors, colours,
    soft, hard, smooth, rough, fluffy, furry, fuzzy, hairy, wooden, metal, metallic, plastic, glass, stone,
    paper, golden, magical, magic, mystical, fantasy, mythical, surreal, abstract, realistic, photorealistic,
    hyperrealistic, detailed, high, low, deep, simple, plain, solid, minimal, minimalist, minimalistic, epic,
    dramatic, cinematic, professional, studio, isometric, digital, cozy, cosy, peaceful, quiet, busy,
    crowded, empty, full, open, closed, broken, wild, tame, domestic, baby faced, fresh, ripe, delicious,
    tasty, yummy, juicy, sunny, cloudy, rainy, snowy, foggy, misty, stormy, windy, tropical, sandy, grassy,
    rocky, icy, frozen, distant, far, close, nice, good, great, amazing, awesome, perfect, best, bad, evil,
    wicked, famous, royal, rich, poor, strong, weak, fast, slow, quick, heavy, alone, together, proud, regal,
    majestic, noble, wise, clever, smart, strange, weird, odd, mysterious, unusual, unique, rare, common,
    typical, classic, traditional, japanese, chinese, american, french, italian, german, indian, african,
    english, european, egyptian, british, national, wise, cheerful, joyful, playful, gentle, fierce,
    ferocious, cuddly, plump, muscular, striped, spotted, dotted, patterned, winged, horned, headed, tailed,
    eyed, haired, legged, armed, shaped, sized, life, real, fake, toy, little, upside, sideways, asleep,
    awake, alive, dead, lost, hidden, sits, sit, sat, stands, stand, stood, lies, lie, lay, lays, walks,
    walk, runs, run, ran, jumps, jump, flies, fly, flew, swims, swim, sleeps, sleep, sings, sing, dances,
    dance, smiles, laughs, laugh, looks, look, stares, waits, wait, goes, go, went, comes, come, shines,
    shine, grows, grow, rests, rest, floats, float, hangs, hang, falls, fall, rises, climbs, climb, hides,
    hide, makes, make, made, gets, get, takes, take, gives, give, says, say, sees, see, feels, feel, enjoys,
    enjoy, loves, love, likes, wants, tries, try, lives, live, works, work, plays, uses, use, looks like,
    day, sunlight, sunshine, daylight, time, way, thing, things, something, someone, somebody, anything,
    world, place, places, front, set, part, parts, ground, air, lot, bit, edge, distance, foreground, sight,
    beauty, fun, joy, size, shape, form, number, fashioned, faced, human, humanoid, anthropomorphic, animal,
    electric, cyberpunk, steampunk, gothic, baroque, kawaii, chibi, anime, bokeh, macro, panorama, panoramic,
    symmetrical, centered, aerial, wearing nothing, 's, lit, sun lit, sunlit, moonlit, glowing, sparkling,
    sitting, standing, lying, running, walking, flying, lounging, relaxing, jumping, swimming, sleeping,
    smiling, laughing, crying, shopping, looking, waiting, dancing, singing, overhead, delicate, thirty,
    twenty, first, second, third, last, next, early, late, sleek, rusty, sharp, blurry, giant, busy, fluffy,
    warm, proud, jolly, merry, lucky, grumpy, gloomy, lonely, tidy, messy, fast moving, old fashioned, crisp,
    crystal clear, ornate, intricate, luxurious, luxury, rustic, rural, urban, local, legendary
"""

NOT_SKIPPED = listed("""
    king, ring, wing, string, spring, building, painting, pudding, ceiling, clothing, wedding, dumpling,
    earring, duckling, sibling, thing, bed, seed, weed, moped, shed, sled, reed, red, steed, family,
    butterfly, fish, dish, radish, jellyfish, goldfish, lily, belly, jelly, fly, bully, holly, ally, viking,
    swing, sling, morning, evening, ducking, railing, drawing, being, firefly, dragonfly, starfish,
    swordfish, crayfish, catfish, wand
""")
_SUFFIXES = ("ing", "ed", "ly", "ful", "ous", "ish", "esque", "less", "like", "est")


def english_words() -> dict[str, list[Tag]]:
    """The index entries of this module: every phrase to what it is."""
    found: dict[str, list[Tag]] = {}

    def add(phrases: str, tag: Tag) -> None:
        for phrase in listed(phrases):
            found.setdefault(phrase, [tag])

    for tie, phrases in _TIES:
        add(phrases, Tag(Kind.TIE, tie=tie))
    for number, phrases in _COUNTS.items():
        add(phrases, Tag(Kind.COUNT, number=number))
    for kind, phrases in _OTHERS:
        add(phrases, Tag(kind))
    for side, phrases in ((LEFT, "on left, at left, on left side, to left, on left hand side"),
                          (RIGHT, "on right, at right, on right side, to right, on right hand side")):  # fmt: skip
        add(phrases, Tag(Kind.SIDE, tie=side))
    for phrase in sorted(ARTICLES):
        add(phrase, Tag(Kind.ARTICLE, text=phrase))
    add(_SKIPPED, Tag(Kind.SKIP))
    return found


def seems_no_noun(word: str) -> bool:
    """Whether a word that nothing else knows looks like an adverb, an adjective or a verb form."""
    return len(word) > 4 and word.endswith(_SUFFIXES) and word not in NOT_SKIPPED


def plural(name: str) -> str:
    """The plural of a name: "cup of coffee" gives "cups of coffee", "wolf" gives "wolves"."""
    for link in (" of ", " with ", " in ", " on ", " and "):
        head, found, rest = name.partition(link)
        if found:
            return plural(head) + link + rest
    before, space, noun = name.rpartition(" ")
    return before + space + _plural_noun(noun)


def _plural_noun(noun: str) -> str:
    for ending, many in _IRREGULAR:
        if noun.endswith(ending) and noun not in _REGULAR:
            return noun.removesuffix(ending) + many
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


_IRREGULAR = (
    ("man", "men"), ("mouse", "mice"), ("wolf", "wolves"), ("leaf", "leaves"), ("loaf", "loaves"),
    ("sheep", "sheep"), ("fish", "fish"), ("deer", "deer"), ("moose", "moose"), ("goose", "geese"),
    ("tomato", "tomatoes"), ("potato", "potatoes"), ("mango", "mangoes"), ("knife", "knives"),
    ("calf", "calves"), ("child", "children"), ("foot", "feet"), ("tooth", "teeth"), ("elf", "elves"),
    ("thief", "thieves"), ("volcano", "volcanoes"), ("hero", "heroes"), ("person", "people"),
    ("scarf", "scarves"), ("shelf", "shelves"), ("half", "halves"), ("wife", "wives"), ("fox", "foxes"),
    ("cactus", "cacti"), ("ox", "oxen"), ("octopus", "octopuses"), ("aircraft", "aircraft"),
)  # fmt: skip
_REGULAR = (
    "box",
    "human",
    "talisman",
    "caiman",
    "shaman",
    "hoof",
    "matchbox",
    "mailbox",
    "toolbox",
    "jukebox",
)
_NO_PLURALS = ("ss", "us", "is", "as", "os")


def is_plural(name: str) -> bool:
    """Whether a name is a plural itself, such as "grapes" or "french fries"."""
    head = name.partition(" of ")[0]
    return (head.endswith("s") and not head.endswith(_NO_PLURALS)) or head in ("dice", "clothes")


def singular(name: str) -> str:
    """A plural name without its ending: "cherries" gives "cherry"."""
    if name.endswith("ies") and len(name) > 5:
        return name[:-3] + "y"
    if name.endswith(("shes", "ches", "xes", "oes", "sses")):
        return name[:-2]
    return name[:-1]
