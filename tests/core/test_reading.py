"""Sentences in English and Chinese become scenes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dalle_studio.core.reading import Reader, read_scene
from dalle_studio.core.scene import Lexicon
from tests.core.test_reading_lexicon import in_short, small_lexicon

LEXICON = small_lexicon()
READER = Reader(LEXICON)

ENGLISH = """
an astronaut riding a horse in outer space -> astronaut riding horse @ in outer space
Teddy bears shopping for groceries in the style of ukiyo-e
    -> 3 teddy bear @ in a grocery store ~ ukiyo-e
an astronaut lounging in a tropical resort in space -> astronaut @ in a tropical resort
a pink flamingo on a beach -> flamingo @ on a beach
a red car -> red car
a cat left of a dog in a forest -> cat left of dog @ in a forest
three flamingos in a lake, watercolor -> 3 flamingo @ in a lake ~ watercolour
a bowl of soup that is a portal to another dimension
    -> bowl of ramen @ in outer space ? bowl of soup, portal, another dimension
An astronaut riding a white horse, photorealistic -> astronaut riding white horse
the astronaut rides a horse -> astronaut riding horse
an astronaut on horseback -> astronaut riding horse
a monkey on the back of an elephant -> monkey riding elephant
a horse ridden by an astronaut -> astronaut riding horse
a cat on a horse -> cat riding horse
a cat standing on a horse -> cat on horse
a cat on a bicycle -> cat riding bicycle
a dog riding on a skateboard in a city -> dog riding skateboard @ in a city
a robot driving a car -> robot riding car
two cats riding a dragon at night -> 2 cat riding dragon @ at night
foxes -> 3 fox
mice -> 3 mouse
two wolves -> 2 wolf
a couple of penguins -> 2 penguin
a pair of foxes -> 2 fox
a pair of sunglasses -> sunglasses
several butterflies -> 3 butterfly
four red balloons -> 4 red balloon
3 cats -> 3 cat
7 dogs -> 4 dog
many birds -> 4 bird
a bunch of grapes -> grapes
a group of rabbits -> 3 rabbit
one dog -> dog
a fish -> fish
two fish -> 2 fish
sheep -> sheep
a two-headed dragon -> dragon
a polar bear -> polar bear
a bear and a polar bear -> bear; polar bear
a hot dog -> hot dog
a dog eating a hot dog -> dog eating hot dog
a bouquet of flowers -> bouquet
a girl holding a bouquet of flowers -> girl holding bouquet
a stack of old books -> stack of books
an open book -> book
a slice of pizza -> pizza
a cup of hot coffee -> cup of coffee
two cups of coffee -> 2 cup of coffee
a red car and a blue dog -> red car; blue dog
a red car, a green bus and a yellow bicycle -> red car; green bus; yellow bicycle
a pink bird -> pink bird
a pink flamingo -> flamingo
a black cat and a white cat -> black cat; white cat
an orange cat and an orange -> orange cat; orange
an orange -> orange
a red apple -> red apple
a car that is red -> red car
the car is blue -> blue car
a woman in red -> red woman
a dark green dragon -> green dragon
a golden crown on a red sofa -> yellow crown on red sofa
a red, shiny car -> red car
a red and white umbrella -> red umbrella
a cat with blue eyes -> cat
a crimson rose -> red rose
black and white picture of a cat -> cat ~ black and white
a picture with a green apple in it -> green apple
a painting that shows a dog -> dog
a black and white line art of a fox -> fox ~ line art
a red car on a yellow background -> red car
a blue background with a cat -> cat
a cat, on a plain white background -> cat
a rose against an orange background -> rose
a cat on a sofa -> cat on sofa
a cat sitting on a red chair -> cat on red chair
a bird on top of a car -> bird on car
a vase on a stack of books -> vase on stack of books
a cat on a table -> cat @ on a table
a burger on a wooden table -> hamburger @ on a table
a cat under a tree -> cat under tree
a cat below a rainbow -> rainbow above cat
a balloon above a house -> balloon above house
an airplane flying over a castle -> airplane above castle
a plane flying over a city -> airplane @ in a city
a dog to the left of a cat -> dog left of cat
a dog on the left side of a cat -> dog left of cat
a dog to the right of a big red house -> dog right of red house
a cat on the left and a dog on the right -> cat left of dog
on the left, a cat and on the right, a dog -> cat left of dog
a cat next to two small mice -> cat next to 2 mouse
a cat beside a dog -> cat next to dog
a house near a tree -> house next to tree
a cat and a dog -> cat; dog
cat, dog, bird -> cat; dog; bird
a cat between a dog and a horse -> dog left of cat; cat left of horse
a cat between two trees -> tree left of cat; cat left of tree
between a dog and a cat, a mouse -> dog left of mouse; mouse left of cat
a man holding an umbrella -> man holding umbrella
a boy carrying a present -> boy holding gift box
a girl with a balloon -> girl next to balloon
a king with a sword -> king holding sword
a boy playing the guitar -> boy holding guitar
a panda eating a pizza -> panda eating pizza
a woman drinking coffee -> woman eating cup of coffee
a man reading a book -> man holding book
a mouse eating cheese next to a sleeping cat -> mouse eating cheese; mouse next to cat
a cat wearing a top hat -> cat wearing top hat
a cat in a top hat -> cat wearing top hat
a dog with sunglasses -> dog wearing sunglasses
a frog with a crown -> frog next to crown
a dog with a hat on its head -> dog wearing top hat
a top hat on a cat -> cat wearing top hat
a princess in a pink dress -> princess wearing pink dress
a cat wearing a hat and sunglasses riding a bicycle
    -> cat wearing top hat; cat wearing sunglasses; cat riding bicycle
a cat in a hat on a sofa -> cat wearing top hat; cat on sofa
a penguin pushing a shopping cart -> penguin pushing shopping cart
a teddy bear with a shopping cart -> teddy bear pushing shopping cart
an astronaut riding a horse and holding a sword -> astronaut riding horse; astronaut holding sword
an astronaut riding a horse next to a dog -> astronaut riding horse; astronaut next to dog
a man who is riding a camel -> man riding camel
a sofa with a cat on it -> cat on sofa
a table with a vase on it -> vase @ on a table
a man without a hat -> man
a beach with a red car -> red car @ on a beach
beach, a red car -> red car @ on a beach
a cat in a beautiful dark forest -> cat @ in a forest
a cat standing on a sandy beach -> cat @ on a beach
a fox in front of a castle -> fox @ in front of a castle
a dragon above a castle -> dragon above castle
a castle -> castle
a rocket on the moon -> rocket @ on the moon
the moon above a house -> moon above house
a moon -> moon
a ship at sea -> sailboat @ on the ocean ? ship
a robot in a city at night -> robot @ in a city at night
a robot in a city at sunset -> robot @ in a city
a shark underwater -> shark @ underwater
galaxy, a cat -> cat @ in outer space
a ghost among the stars -> ghost @ in outer space
watercolor of a cat -> cat ~ watercolour
a cat as pixel art -> cat ~ pixel art
a fox in pencil -> fox ~ pencil
a pencil -> pencil
a pencil and a book -> pencil; book
a neon sign of a cat -> cat ~ neon
a cat, 3d render -> cat ~ 3d render
a kitten riding a stallion -> cat riding horse ? kitten, stallion
an automobile near a castle -> car next to castle ? automobile
a lady and a kid -> woman; boy ? lady, kid
a tedy bear and an elephent -> teddy bear; elephant ? tedy, elephent
a flamigno on the baech -> flamingo @ on a beach ? flamigno, baech
a zorblax riding a horse -> horse ? zorblax
a cat riding a zorblax -> cat ? zorblax
a dog and a quokka in the woods -> dog @ in a forest ? quokka
a cute beautiful little fluffy cat running, high quality, 4k -> cat
Photo of a pug wearing sunglasses on a skateboard, highly detailed
    -> dog wearing sunglasses; dog riding skateboard ? pug
a robot dog -> dog
the cat's hat -> cat wearing top hat
a dog and a cat, the cat is wearing a scarf -> cat wearing scarf; dog
a cat, a dog, a fox, a wolf and a bear -> cat; dog; fox; wolf
a jack-o'-lantern -> jack-o'-lantern
a T-Rex in a t-shirt -> t-rex wearing t-shirt
trex on a motorbike -> t-rex riding motorcycle
two teddybears -> 2 teddy bear
there is a cat under the umbrella -> cat under umbrella
an elephant balancing on a ball -> elephant ? ball
a princess in a castle -> princess next to castle
an alien in a car -> alien riding car
a fire engine -> fire truck
in the snow -> @ in the snow
"""
CHINESE = """
一个宇航员在外太空骑马 -> astronaut riding horse @ in outer space
骑马的宇航员 -> astronaut riding horse
一匹马在宇航员的左边 -> horse left of astronaut
戴着礼帽的猫 -> cat wearing top hat
猫的左边有一只狗 -> dog left of cat
三只火烈鸟在海滩上 -> 3 flamingo @ on a beach
泰迪熊在超市买菜，浮世绘风格 -> teddy bear @ in a grocery store ~ ukiyo-e
一辆红色的汽车和一辆蓝色的公共汽车 -> red car; blue bus
红色的车 -> red car
红车 -> red car
一辆红色汽车 -> red car
粉色的鸟 -> pink bird
黑猫 -> black cat
一只黑猫和一只白猫 -> black cat; white cat
一只猫 -> cat
两只狗 -> 2 dog
几只蝴蝶 -> 3 butterfly
一群企鹅 -> 3 penguin
四个苹果 -> 4 apple
五个气球 -> 4 balloon
3只兔子 -> 3 rabbit
泰迪熊们 -> 3 teddy bear
一双眼镜 -> glasses
一束花 -> bouquet ? 一束花
一摞书 -> stack of books
一摞红色的书 -> red book
一件T恤 -> t-shirt
熊猫 -> panda
熊和熊猫 -> bear; panda
北极熊吃热狗 -> polar bear eating hot dog
猫骑着自行车 -> cat riding bicycle
一只猫骑在大象的背上 -> cat riding elephant
坐在马上的国王 -> king riding horse
一个骑着大象的机器人，水彩画 -> robot riding elephant ~ watercolour
乘坐火箭的外星人 -> alien riding rocket
一只猫坐在沙发上 -> cat on sofa
坐在沙发上的猫 -> cat on sofa
一只坐在红色沙发上的猫 -> cat on red sofa
沙发上有一只猫 -> cat on sofa
沙发上坐着一只猫 -> cat on sofa
猫在沙发上面 -> cat on sofa
站在马上的猫 -> cat on horse
苹果在书上 -> apple on book
一只兔子坐在蘑菇下面 -> rabbit under mushroom
树下的女孩 -> girl under tree
月亮在房子上方 -> moon above house
房子上空的飞机 -> airplane above house
鸟飞过城堡 -> bird above castle
一只狗在猫的右边 -> dog right of cat
猫左边的狗 -> dog left of cat
左边是一只猫，右边是一只狗 -> cat left of dog
大象左边是老虎，右边是狮子 -> tiger left of elephant; lion right of elephant
猫旁边的狗 -> dog next to cat
房子旁边有一棵树 -> tree next to house
猫在狗和马之间 -> dog left of cat; cat left of horse
猫和狗之间有一只老鼠 -> cat left of mouse; mouse left of dog
女孩拿着红色的气球 -> girl holding red balloon
抱着猫的女孩 -> girl holding cat
一个女孩抱着一只戴着礼帽的猫 -> cat wearing top hat; girl holding cat
一个手里拿着剑的国王 -> king holding sword
弹吉他的男孩 -> boy holding guitar
熊猫吃汉堡 -> panda eating hamburger
正在喝咖啡的女人 -> woman eating cup of coffee
穿着红裙子的公主 -> princess wearing red dress
戴帽子的狗 -> dog wearing top hat
戴着墨镜和帽子的猫 -> cat wearing sunglasses; cat wearing top hat
一只猫，戴着墨镜，骑着自行车 -> cat wearing sunglasses; cat riding bicycle
不戴帽子的男人 -> man
推着购物车的企鹅 -> penguin pushing shopping cart
机器人推着购物车在超市里 -> robot pushing shopping cart @ in a grocery store
猫和狗 -> cat; dog
猫、狗、鸟 -> cat; dog; bird
猫与狗以及老鼠 -> cat; dog; mouse
森林里的狐狸 -> fox @ in a forest
在森林里有一只狐狸 -> fox @ in a forest
沙滩，红色汽车 -> red car @ on a beach
在美丽的沙滩上的一只螃蟹 -> @ on a beach ? 螃蟹
外太空的猫 -> cat @ in outer space
城堡前的龙 -> dragon @ in front of a castle
城堡 -> castle
月球上的火箭 -> rocket @ on the moon
桌子上有一个苹果 -> apple @ on a table
桌子上的花瓶 -> vase @ on a table
夜晚的城市里的机器人 -> robot @ in a city at night
浮世绘，一只狐狸 -> fox ~ ukiyo-e
一张猫的黑白照片 -> cat ~ black and white
像素画风格的龙 -> dragon ~ pixel art
3D渲染的机器人 -> robot ~ 3d render
一只猫，铅笔画 -> cat ~ pencil
黄色背景上的一辆红车 -> red car
一只猫，白色的背景 -> cat
可爱的小猫在花园里睡觉 -> cat @ in a garden
一张熊猫吃汉堡的照片 -> panda eating hamburger
毛茸茸的大熊猫 -> panda
柴犬骑摩托车 -> dog riding motorcycle ? 柴犬
小孩和奶奶 -> boy ? 小孩, 奶奶
一个奥特曼骑着马 -> horse ? 奥特曼
饕餮 -> ? 饕餮
骑自行车的狐狸和狗 -> fox riding bicycle; dog
一只骑自行车的狐狸和一只戴眼镜的猫 -> fox riding bicycle; cat wearing glasses
a 猫 riding a 马 -> cat riding horse
一只cat在beach上 -> cat @ on a beach
画一只猫，超级可爱，高清 -> cat
宇航员骑着龙飞在太空中 -> astronaut riding dragon @ in outer space
马骑着宇航员 -> horse riding astronaut
雨伞下的青蛙 -> frog under umbrella
"""
GROUNDS = """
a red car on a yellow background -> yellow
a rose against an orange background -> orange
a blue background with a red cat -> blue
a cat, background is blue -> blue
a cat on a plain background ->
a red cat on a beach ->
绿色背景上的一只红色的猫 -> green
一只猫，背景是绿色的 -> green
背景是红色，一只猫 -> red
背景是红色的城堡 ->
"""
NOTES = """
a kitten and a dog -> kitten: cat
an automobile by the seaside -> automobile: car, seaside: on a beach
an elephent -> elephent: elephant
a quokka on a stallion -> quokka: None, stallion: horse
a beautiful photo of a cute cat sitting and running happily ->
a very small dog with long ears, trending on artstation ->
一张可爱的猫的高清照片 ->
一匹骏马和奥特曼 -> 骏马: 马, 奥特曼: None
"""


def cases(table: str) -> list[tuple[str, str]]:
    """The lines “prompt -> expected” of a table."""
    pairs = (line.split("->") for line in table.strip().replace("\n    ->", " ->").splitlines())
    return [(prompt.strip(), expected.strip()) for prompt, expected in pairs]


@pytest.mark.parametrize(("prompt", "expected"), cases(ENGLISH) + cases(CHINESE))
def test_sentence_becomes_scene(prompt: str, expected: str) -> None:
    assert in_short(READER.read(prompt)) == expected


@pytest.mark.parametrize(("prompt", "colour"), cases(GROUNDS))
def test_colour_of_the_background_is_read(prompt: str, colour: str) -> None:
    assert (READER.read(prompt).ground or "") == colour


@pytest.mark.parametrize(("prompt", "expected"), cases(NOTES))
def test_notes_tell_what_unknown_words_were_read_as(prompt: str, expected: str) -> None:
    assert ", ".join(f"{word}: {near}" for word, near in READER.notes(prompt)) == expected


def test_every_name_is_read_back() -> None:
    for thing in LEXICON.things:
        for name in (*thing.names["en"], *thing.names["zh"]):
            assert [each.thing for each in READER.read(name).mentions] == [thing], name
    for setting in LEXICON.settings:
        for phrase in (*setting.names["en"], *setting.names["zh"]):
            assert READER.read(f"cat {phrase}").setting == setting, phrase


def test_every_style_and_colour_is_read_back() -> None:
    for look in LEXICON.looks[1:]:
        for name in (*look.names["en"], *look.names["zh"]):
            assert READER.read(f"cat, {name}").look == look, name
    for colour, words in LEXICON.colours.items():
        for word in (*words["en"], *words["zh"]):
            assert READER.read(f"{word} dragon").mentions[0].colour == colour, word


_PROMPTS = [prompt for prompt, _ in cases(ENGLISH) + cases(CHINESE)]
_PIECES = [
    *"，。的了在上和骑一只两 ,.'-",
    *_PROMPTS,
    *(word for prompt in _PROMPTS for word in prompt.split()),
]


@given(st.text(max_size=80) | st.lists(st.sampled_from(_PIECES), max_size=30).map(" ".join))
def test_any_text_is_read_and_twice_the_same(prompt: str) -> None:
    scene = READER.read(prompt)
    assert scene == READER.read(prompt)
    assert len(scene.mentions) <= 4
    assert all(1 <= mention.count <= 4 for mention in scene.mentions)
    ends = {number for link in scene.links for number in (link.subject, link.object)}
    assert all(link.subject != link.object for link in scene.links)
    assert ends <= set(range(len(scene.mentions)))
    assert scene.unknown == tuple(word for word, _ in READER.notes(prompt))


@given(
    st.lists(st.sampled_from(list("猫狗马的在上骑和一只左边是有，戴着帽子中间之红色背景")), max_size=25).map(
        "".join
    )
)
def test_any_chinese_is_read(prompt: str) -> None:
    assert len(READER.read(prompt).mentions) <= 4


def test_lexicon_without_anything() -> None:
    scene = read_scene("a red cat on a beach, 一只猫", Lexicon((), (), (), {}))
    assert (scene.mentions, scene.setting, scene.look) == ((), None, None)


def test_read_scene_reads_like_a_reader() -> None:
    assert read_scene("a cat", LEXICON) == read_scene("a cat", LEXICON) == READER.read("a cat")
