"""From the pieces of a sentence to its scene: which colour, number and relation belongs to which thing.

English says "subject, relation, object". Chinese does too with verbs (A骑B), but puts places after their noun
(A在B上面), and whole clauses before it (骑B的A).
"""

from __future__ import annotations

from dalle_studio.core.reading_en import is_plural
from dalle_studio.core.reading_said import DESCRIBING, Clause, Said, is_loose, without_compounds
from dalle_studio.core.reading_tags import (
    BETWEEN,
    LEFT,
    ON,
    RIDING,
    RIGHT,
    SEATED,
    UPON,
    WEARABLE,
    WITH,
    Kind,
    Sense,
    Tag,
    Tie,
)
from dalle_studio.core.scene import Mention, Relation, Scene, Setting, Thing

MAX_MENTIONS = 4
_SITS = "坐着"
_NOUN_COMES = (Kind.BREAK, Kind.ARTICLE, Kind.COUNT, Kind.HAVE, Kind.THING, Kind.COLOUR)
_CLOSING = (Kind.DE, Kind.BREAK, Kind.AND, Kind.LOOK)


def parse(tags: list[Tag]) -> Scene:
    """The scene of a sentence, without its unknown words."""
    return _Grammar(without_compounds(tags)).scene()


class _Grammar:
    """Goes through the pieces from left to right."""

    def __init__(self, tags: list[Tag]) -> None:
        self._tags, self._at = tags, 0
        self._said = Said()
        self._clause = Clause()
        self._outer: list[Clause] = []
        self._last: int | None = None
        self._noun = Kind.BREAK
        """What the last noun named: THING, PLACE, UNKNOWN, or BREAK for none in this clause."""
        self._located: int | None = None
        """Subject of the last 在, -1 for none yet; None where no 在 is open."""
        self._again: int | None = None
        """Noun of the last spot: “大象左边是老虎，右边是狮子”."""
        self._middle: list[int] = []
        """Things that something is between."""
        self._side: Tie | None = None
        self._posture = ""
        """First character of the last 坐在, 站在 and the like."""
        self._negated = False

    def scene(self) -> Scene:
        """Read everything."""
        for place, tag in enumerate(self._tags):
            self._at = place
            self._take(tag)
        self._give_colour_back()
        self._said.sort_sides()
        said = self._said
        setting = said.place[1] if said.place else None
        return Scene(tuple(said.mentions), tuple(said.links), setting, said.look, ground=said.ground)

    def _take(self, tag: Tag) -> None:
        match tag.kind:
            case Kind.THING if tag.thing is not None:
                self._thing(tag, tag.thing)
            case Kind.TIE if tag.tie is not None:
                self._tie(tag, tag.tie)
            case Kind.SPOT if tag.tie is not None:
                self._spot(tag.tie)
            case Kind.PLACE if tag.setting is not None:
                self._place(tag, tag.setting)
            case Kind.AT:
                self._locate()
            case Kind.PRONOUN | Kind.PART:
                self._back_reference(tag)
            case Kind.SIDE:
                self._on_side(tag.tie or LEFT)
            case _:
                self._take_small(tag)

    def _take_small(self, tag: Tag) -> None:
        match tag.kind:
            case Kind.COLOUR:
                self._clause.colour = self._clause.colour or tag.colour
            case Kind.COUNT:
                self._clause.count = tag.number
            case Kind.ARTICLE:
                self._give_colour_back()
                self._clause.count, self._clause.definite = None, tag.text.lower() in ("the", "that", "this")
            case Kind.LOOK:
                self._said.look, self._clause.tie = tag.look, None
            case Kind.OWNER if self._noun is Kind.THING:
                self._clause.tie, self._clause.subject = WITH, self._last
            case Kind.NOT:
                self._negated = True
            case Kind.GROUND:
                self._said.colour_ground(self._clause.colour, self._tags[self._at + 1 :])
                self._drop(Kind.PLACE)
            case Kind.UNKNOWN:
                self._unknown()
            case Kind.AND | Kind.BREAK:
                self._pause(tag.kind)
            case _:
                pass

    def _thing(self, tag: Tag, thing: Thing) -> None:
        if self._negated:
            self._negated, self._clause = False, Clause()
            return
        number = self._mention(tag, thing)
        if number is None:
            self._clause, self._outer = Clause(), []
            return
        self._attach(number)
        self._noun, self._last = Kind.THING, number
        if self._side is not None:
            self._said.sides[number], self._side = self._side, None

    def _mention(self, tag: Tag, thing: Thing) -> int | None:
        """Note a thing; None where there are too many."""
        said, inner = self._said.mentions, self._clause
        outer = self._outer[-1] if self._outer and inner.waiting and inner.tie is None else Clause()
        colour, count = inner.colour or outer.colour, inner.count or outer.count
        if inner.definite:
            for number, mention in enumerate(said):
                if mention.thing == thing and colour in (None, mention.colour):
                    return number
        inner.colour = inner.count = None
        inner.definite = False
        if len(said) == MAX_MENTIONS:
            return None
        if count is not None and count < 0:
            count = 1 if is_plural(thing.name) else -count
        elif tag.plural and count in (None, 1):
            count = 3
        said.append(Mention(thing, colour, min(4, count or 1)))
        return len(said) - 1

    def _attach(self, number: int) -> None:
        """Join a thing to what was said before it."""
        clause = self._clause
        if clause.tie is not None and clause.tie.sense is Sense.BETWEEN:
            self._between(number)
        elif clause.tie is not None:
            if clause.subject is None:
                clause.waiting = clause.tie, (number,)
            else:
                self._said.link(clause.subject, clause.tie, number)
            clause.tie = None
        elif clause.waiting is not None and self._located is None:
            if self._before() is Kind.AND:  # “戴着墨镜和帽子的猫”
                clause.waiting = clause.waiting[0], (*clause.waiting[1], number)
            else:
                self._resolve(number)
        elif self._last is not None and self._is_worn_too(number):
            self._said.link(self._said.parents[self._last][0], RIDING, number, Relation.WEARING)

    def _resolve(self, number: int) -> None:
        """The noun that a clause was said of has come; it may be the object of the clause around."""
        waiting, self._clause.waiting = self._clause.waiting, None
        if waiting is not None:
            if waiting[0].sense is Sense.BETWEEN and len(self._middle) == 2:
                self._said.put_between(number, self._middle)
            else:
                for each in waiting[1]:
                    self._said.link(number, waiting[0], each)
        if self._outer:
            self._clause = self._outer.pop()
            self._clause.colour = self._clause.count = None
            self._attach(number)

    def _is_worn_too(self, number: int) -> bool:
        """ "wearing a hat and sunglasses"."""
        parent = self._said.parents.get(self._last if self._last is not None else -1)
        worn = self._said.mentions[number].thing.category in WEARABLE
        return (
            worn
            and self._before() in (Kind.AND, Kind.BREAK)
            and bool(parent)
            and parent[1] is Relation.WEARING
        )

    def _before(self) -> Kind:
        """Kind of the piece before this one's description."""
        at = self._at - 1
        while at >= 0 and self._tags[at].kind in (*DESCRIBING, Kind.DE):
            at -= 1
        return self._tags[at].kind if at >= 0 else Kind.BREAK

    def _place(self, tag: Tag, setting: Setting) -> None:
        if self._clause.tie is None and " " in tag.text:
            self._give_colour_back()
        self._drop(Kind.PLACE)
        self._located = None
        if self._negated:
            self._negated = False
        elif self._said.place is None or tag.number >= self._said.place[0]:
            self._said.place = tag.number, setting

    def _unknown(self) -> None:
        following = self._next()
        if following in (Kind.THING, Kind.PLACE):  # an adjective or a part of the name
            return
        tag, before = self._tags[self._at], self._before_raw()
        noun = before in (Kind.ARTICLE, Kind.COUNT, Kind.COLOUR, Kind.AND, Kind.BREAK)
        if noun or tag.zh or self._clause.tie is not None:
            self._drop(Kind.UNKNOWN if noun else self._noun)
        self._negated = False

    def _before_raw(self) -> Kind:
        return self._tags[self._at - 1].kind if self._at else Kind.BREAK

    def _next(self, offset: int = 1) -> Kind:
        place = self._at + offset
        return self._tags[place].kind if place < len(self._tags) else Kind.BREAK

    def _drop(self, noun: Kind) -> None:
        """A noun that is no thing takes its colour, number and relation with it."""
        clause = self._clause
        clause.tie = clause.colour = clause.count = None
        clause.definite = False
        self._noun = noun

    def _give_colour_back(self) -> None:
        """A colour without a noun after it belongs to the one before: "a car that is red"."""
        colour, tie = self._clause.colour, self._clause.tie
        self._clause.colour = None
        fits = tie is None or tie.sense is Sense.IN
        if colour and self._last is not None and fits and self._noun is Kind.THING:
            mention = self._said.mentions[self._last]
            if mention.colour is None:
                self._said.mentions[self._last] = Mention(mention.thing, colour, mention.count)

    def _pause(self, kind: Kind) -> None:
        colour_follows = self._next() in (Kind.COLOUR, Kind.SKIP, Kind.THING)
        if not colour_follows:
            self._give_colour_back()
        if kind is Kind.BREAK:
            if self._clause.tie is not None and self._clause.tie.sense is not Sense.BETWEEN:
                self._clause.tie = None
            self._located, self._negated = None, False
        if not (self._tags[self._at].zh or self._located is not None):
            self._noun = Kind.BREAK if kind is Kind.BREAK else self._noun

    # relations

    def _tie(self, tag: Tag, tie: Tie) -> None:
        clause = self._clause
        self._located = None
        if tag.text == _SITS and (self._before_raw() is Kind.SPOT or self._next() in _CLOSING):
            return  # “沙发上坐着一只猫”, “坐着的猫”
        if tag.zh and self._opens_clause():
            self._nest()
            clause = self._clause
            clause.subject = None
        elif clause.tie is not None and clause.subject is not None and clause.tie.verb and not tag.zh:
            return  # "riding on top of"
        else:
            self._give_colour_back()
            clause.count = None
            clause.subject = None if self._noun is Kind.UNKNOWN else self._subject(tie)
        if self._noun is Kind.UNKNOWN and not tag.zh:
            clause.tie = None
            return
        clause.tie = tie
        if tie.sense is Sense.BETWEEN:
            self._middle = []

    def _nest(self) -> None:
        """A clause before its noun begins."""
        self._outer.append(self._clause)
        self._clause = Clause()

    def _opens_clause(self) -> bool:
        """Whether a Chinese verb or 在 begins a clause that describes a later noun."""
        clause = self._clause
        if clause.count is not None or clause.tie is not None or clause.waiting is not None:
            return True
        if self._last is None:
            return clause.colour is not None
        return self._before_raw() in (Kind.BREAK, Kind.AND) and self._describes()

    def _describes(self) -> bool:
        """Whether “object 的 thing” follows."""
        kinds = [tag.kind for tag in self._tags[self._at + 1 :]]
        while kinds and kinds[0] in (*DESCRIBING, Kind.DE):
            kinds.pop(0)
        if not kinds or kinds.pop(0) is not Kind.THING:
            return False
        while kinds and kinds[0] is Kind.SPOT:
            kinds.pop(0)
        if not kinds or kinds.pop(0) is not Kind.DE:
            return False
        return next((kind for kind in kinds if kind not in DESCRIBING), Kind.BREAK) is Kind.THING

    def _subject(self, tie: Tie) -> int | None:
        pause = self._before_raw() in (Kind.AND, Kind.BREAK)
        return self._said.subject(self._last, tie, pause=pause)

    def _back_reference(self, tag: Tag) -> None:
        """ "with a cat on it", "with a hat on its head"."""
        clause = self._clause
        tie = clause.tie or (UPON if tag.text.lower().startswith("on") else None)
        usable = tie is not None and tie.sense not in (Sense.WITH, Sense.IN, Sense.BETWEEN)
        subject = self._last
        if usable and tie is not None and subject:
            parent = self._said.parents.get(subject)
            self._said.links[:] = [link for link in self._said.links if not is_loose(link, subject, parent)]
            self._said.link(subject, tie, parent[0] if parent else subject - 1)
        noun = self._noun
        self._drop(noun)

    # between, sides, and Chinese places

    def _between(self, number: int) -> None:
        """ "between a cat and a dog", "between two trees"."""
        self._middle.append(number)
        mention = self._said.mentions[number]
        if len(self._middle) == 1 and mention.count > 1 and len(self._said.mentions) < MAX_MENTIONS:
            half = mention.count // 2
            self._said.mentions[number] = Mention(mention.thing, mention.colour, mention.count - half)
            self._said.mentions.append(Mention(mention.thing, mention.colour, half))
            self._middle.append(number + 1)
        if len(self._middle) == 2:
            subject, self._clause.tie = self._clause.subject, None
            if subject is None:
                self._clause.waiting = BETWEEN, (number,)
            else:
                self._said.put_between(subject, self._middle)

    def _on_side(self, side: Tie) -> None:
        """ "on the left": of the thing before, or of the next where the clause has none yet."""
        leads = self._before_raw() in (Kind.AND, Kind.BREAK) and self._next() in _NOUN_COMES
        if self._noun is Kind.THING and self._last is not None and not leads:
            self._said.sides[self._last] = side
        else:
            self._side = side

    def _locate(self) -> None:
        """在: its noun and a spot follow."""
        self._posture = self._tags[self._at].text[:1]
        if self._opens_clause():
            self._nest()
            self._located = -1
        elif self._noun is not Kind.BREAK or self._next() is not Kind.THING or not self._describes():
            subject = self._subject(UPON)
            self._located = -1 if subject is None else subject
        else:
            self._located = -1

    def _spot(self, tie: Tie) -> None:
        """“…上面”, “…左边”: of the noun before it."""
        located, self._located = self._located, None
        following = self._next()
        if tie is ON and located is not None:
            tie = {"站": UPON, "坐": SEATED}.get(self._posture, tie)
        if self._again is not None and following is Kind.HAVE and self._before_raw() is Kind.BREAK:
            self._clause.waiting = tie, (self._again,)
            return
        leads = following is Kind.HAVE and self._before_raw() is Kind.BREAK and tie in (LEFT, RIGHT)
        alone = leads or self._noun is not Kind.THING or self._last is None or located == self._last
        if alone or self._last is None:
            if tie in (LEFT, RIGHT) and self._noun is not Kind.PLACE:
                self._on_side(tie)
            return
        if tie.sense is Sense.BETWEEN:
            self._middle = [self._last - 1, self._last] if self._last else []
            if not self._middle:
                return
        spot = self._last
        if located is not None and located >= 0 and following is not Kind.HAVE:
            self._spot_link(located, tie, spot)
        elif self._waits(located, following):
            self._clause.waiting, self._again = (tie, (spot,)), spot

    def _spot_link(self, subject: int, tie: Tie, spot: int) -> None:
        if tie.sense is Sense.BETWEEN:
            self._said.put_between(subject, self._middle)
        else:
            self._said.link(subject, tie, spot)
        self._last = subject

    def _waits(self, located: int | None, following: Kind) -> bool:
        """Whether a spot tells where the next thing is; not so after “骑在马上”."""
        waiting = self._clause.waiting
        ridden = self._last in self._said.parents or (waiting is not None and self._last in waiting[1])
        ridden = ridden and located is None
        seated = following is Kind.TIE and self._tags[self._at + 1].text == _SITS
        return seated or (following is not Kind.TIE and not (ridden and following is not Kind.HAVE))
