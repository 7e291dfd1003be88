"""What the pickers offer first, in English and Chinese: phrases that stand in a sentence as they are.

Every phrase is understood by `core.reading.Reader`, and each pair says the same, so that `core.glossary` can turn
one into the other.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrase:
    """The same in both languages."""

    en: str
    zh: str


def _phrases(text: str) -> tuple[Phrase, ...]:
    """Read ``English = 中文`` from each line."""
    pairs = (line.partition("=") for line in text.strip().splitlines())
    return tuple(Phrase(english.strip(), chinese.strip()) for english, _, chinese in pairs)


SUBJECTS = _phrases("""
    Teddy bears = 几只泰迪熊
    an astronaut = 一位宇航员
    a pink flamingo = 一只粉色的火烈鸟
    a bowl of ramen = 一碗拉面
    a robot = 一个机器人
    a koala = 一只考拉
    a panda = 一只熊猫
    a mad scientist = 一位疯狂的科学家
    a cat = 一只猫
    two cats = 两只猫
    a dog = 一只小狗
    a fox = 一只狐狸
    a raccoon = 一只浣熊
    a rabbit = 一只兔子
    a hamster = 一只仓鼠
    a hedgehog = 一只刺猬
    a sloth = 一只树懒
    an otter = 一只水獭
    a llama = 一只羊驼
    a lion = 一头狮子
    a tiger = 一只老虎
    a giraffe = 一只长颈鹿
    a polar bear = 一头北极熊
    an elephant = 一头大象
    a monkey = 一只猴子
    a penguin = 一只企鹅
    an owl = 一只猫头鹰
    a parrot = 一只鹦鹉
    a swan = 一只天鹅
    a frog = 一只青蛙
    a turtle = 一只乌龟
    a butterfly = 一只蝴蝶
    a whale = 一头鲸鱼
    a dolphin = 一只海豚
    an octopus = 一只章鱼
    a jellyfish = 一只水母
    a unicorn = 一匹独角兽
    a dragon = 一条龙
    a dinosaur = 一只恐龙
    a mermaid = 一条美人鱼
    a wizard = 一位魔法师
    a witch = 一个女巫
    a fairy = 一位仙女
    a ghost = 一个幽灵
    an alien = 一个外星人
    a ninja = 一个忍者
    a superhero = 一位超级英雄
    a clown = 一个小丑
    a cowboy = 一个西部牛仔
    a king = 一位国王
    a princess = 一位公主
    a chef = 一位厨师
    a detective = 一名侦探
    an artist = 一位画家
    a scientist = 一位科学家
    a dancer = 一位舞者
    a snowman = 一个雪人
    a red bicycle = 一辆红色的自行车
    a yellow taxi = 一辆黄色的出租车
    a steam train = 一列蒸汽火车
    a sailing boat = 一艘帆船
    a rocket = 一枚火箭
    a flying saucer = 一个飞碟
    a castle = 一座城堡
    a sofa = 一张沙发
    a guitar = 一把吉他
    a camera = 一台相机
    a teapot = 一把茶壶
    a cup of coffee = 一杯咖啡
    a hamburger = 一个汉堡
    a birthday cake = 一个生日蛋糕
    a pineapple = 一个菠萝
    a bouquet of flowers = 一束鲜花
    a sunflower = 一朵向日葵
    a cactus = 一盆仙人掌
    a palm tree = 一棵棕榈树
    a crystal ball = 一个水晶球
    a disco ball = 一个迪斯科球
""")

OUTINGS = _phrases("""
    shopping for groceries = 在超市里买菜
    lounging in a tropical resort in space = 在太空的热带度假村里休息
    playing basketball with cats in space = 在太空中和几只猫一起打篮球
    cooking in a kitchen = 在厨房里做饭
    walking in the rain = 在雨中散步
    flying over a city = 在城市上空飞翔
    relaxing on a beach = 在沙滩上放松
    singing on a stage = 在舞台上唱歌
""")
"""What is done, and where."""

ACTIONS = _phrases("""
    riding a horse = 骑着马
    riding a bicycle = 骑着自行车
    riding a skateboard = 踩着滑板
    riding a motorcycle = 骑着摩托车
    riding a unicorn = 骑着独角兽
    riding an elephant = 骑着大象
    riding a dragon = 骑着一条龙
    driving a racing car = 开着赛车
    driving a tractor = 开着拖拉机
    pushing a shopping cart = 推着购物车
    playing the guitar = 弹着吉他
    playing the violin = 拉着小提琴
    playing the trumpet = 吹着小号
    playing the accordion = 拉着手风琴
    eating pizza = 吃着披萨
    eating an ice cream cone = 吃着冰淇淋
    eating a slice of watermelon = 吃着一片西瓜
    drinking coffee = 喝着咖啡
    drinking bubble tea = 喝着奶茶
    reading a book = 读着书
    reading a newspaper = 读着报纸
    holding an umbrella = 打着伞
    holding a balloon = 拿着气球
    holding a magic wand = 举着魔法棒
    holding a bouquet of flowers = 捧着鲜花
    wearing sunglasses = 戴着墨镜
    wearing a top hat = 戴着礼帽
    wearing a crown = 戴着皇冠
    wearing a red scarf = 围着红色的围巾
    wearing headphones = 戴着耳机
    sitting on a sofa = 坐在沙发上
    working on a laptop = 在笔记本电脑前工作
    watching television = 看着电视
    chasing a butterfly = 追着蝴蝶
    jumping over a rainbow = 跳过彩虹
    dancing under a disco ball = 在迪斯科球下跳舞
    sitting by a campfire = 坐在篝火旁
""")

PLACES = _phrases("""
    on a beach = 在沙滩上
    in outer space = 在太空中
    on the moon = 在月球上
    in a tropical resort = 在热带度假村里
    in a tropical resort in space = 在太空的热带度假村里
    in a forest = 在森林里
    in a jungle = 在丛林里
    in a desert = 在沙漠里
    in the snow = 在雪地里
    in the mountains = 在山里
    in a meadow = 在草地上
    underwater = 在水下
    on the ocean = 在海面上
    at sunset = 在夕阳下
    at night = 在夜里
    in the rain = 在雨中
    in a city = 在城市里
    in a city at night = 在夜晚的城市里
    in a grocery store = 在超市里
    in a museum = 在博物馆里
    in a library = 在图书馆里
    in a living room = 在客厅里
    in a kitchen = 在厨房里
    on a stage = 在舞台上
    in a laboratory = 在实验室里
    on mars = 在火星上
    in a space station = 在空间站里
    under the northern lights = 在北极光下
    in a cherry blossom garden = 在樱花园里
    in a sunflower field = 在向日葵田里
    in front of a castle = 在城堡前
    above the clouds = 在云层之上
    in a circus tent = 在马戏团的帐篷里
    in a cafe = 在咖啡馆里
""")

ALL = (*SUBJECTS, *OUTINGS, *ACTIONS, *PLACES)
