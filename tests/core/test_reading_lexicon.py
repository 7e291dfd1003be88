"""A small lexicon of its own for the tests of reading, and how a scene is written down there in short."""

from __future__ import annotations

from dalle_studio.core.scene import Lexicon, Look, Scene, Setting, Thing

_THINGS = """
animal: cat, kitty | 猫, 猫咪; dog, puppy | 狗, 小狗; black cat | 黑猫; fox | 狐狸; wolf | 狼
animal: mouse | 老鼠; rabbit | 兔子
animal: bear, brown bear | 熊; polar bear | 北极熊; panda | 熊猫; penguin | 企鹅
animal: flamingo, pink flamingo | 火烈鸟
animal: bird * | 鸟; frog | 青蛙; turtle | 乌龟; tiger | 老虎; lion | 狮子; butterfly * | 蝴蝶
animal: sheep | 绵羊; duck | 鸭子; monkey | 猴子
mount: horse | 马; elephant | 大象; unicorn | 独角兽; dragon * | 龙; t-rex, dinosaur | 霸王龙, 恐龙
mount: camel | 骆驼
sea: whale | 鲸鱼; shark | 鲨鱼; fish | 鱼; octopus * | 章鱼; jellyfish | 水母
object: bouquet, bouquet of flowers | 花束; umbrella * | 雨伞, 伞; guitar | 吉他; sofa, couch * | 沙发
object: chair * | 椅子
object: book, open book | 书; gift box, present * | 礼物; vase * | 花瓶; pencil | 铅笔; mirror | 镜子
object: scissors | 剪刀; sword | 剑
object: stack of books | 一摞书; teapot * | 茶壶; crown | 皇冠; alarm clock * | 闹钟
object: jack-o'-lantern, pumpkin | 南瓜灯, 南瓜
plant: rose * | 玫瑰; tulip * | 郁金香; tree, oak tree | 树; palm tree | 棕榈树; cactus | 仙人掌
plant: mushroom * | 蘑菇
food: pizza, slice of pizza | 披萨; hot dog | 热狗; hamburger, burger | 汉堡; red apple = apple * | 苹果
food: banana | 香蕉
food: orange, tangerine | 橙子; grapes | 葡萄; cup of coffee, coffee * | 咖啡
food: bowl of ramen, bowl of noodles | 拉面
food: ice cream cone, ice cream | 冰淇淋; spaghetti | 意大利面; birthday cake, cake | 蛋糕, 生日蛋糕
food: cheese | 奶酪
sky: rocket, spaceship | 火箭; airplane, plane | 飞机; ufo, flying saucer | 飞碟; moon, full moon | 月亮
sky: star | 星星; cloud | 云
sky: rainbow | 彩虹; balloon * | 气球; kite * | 风筝; sun | 太阳
place: volcano | 火山; castle | 城堡; house * | 房子; tent * | 帐篷
vehicle: bus * | 公共汽车, 公交车; car * | 汽车, 车; fire truck, fire engine | 消防车; sailboat * | 帆船
vehicle: steam train | 火车; pickup truck * | 皮卡
ride: motorcycle, motorbike * | 摩托车; bicycle, bike * | 自行车; skateboard | 滑板
actor: teddy bear | 泰迪熊; robot * | 机器人; alien | 外星人; ghost | 幽灵
cart: shopping cart | 购物车
person: boy | 男孩; girl | 女孩; man | 男人; woman | 女人; old man, grandfather | 老人
person: astronaut | 宇航员; king | 国王; princess | 公主
person: mage, wizard | 巫师; chef, cook | 厨师; ninja | 忍者; police officer | 警察
hat: top hat, hat | 礼帽, 帽子; baseball cap, cap | 棒球帽
eyewear: glasses | 眼镜; sunglasses | 墨镜, 太阳镜
clothes: dress * | 连衣裙, 裙子; t-shirt * | T恤; scarf * | 围巾
"""
_SETTINGS = """
in outer space, in space, among the stars, in the galaxy | 在外太空, 在太空中, 在银河里 | floating
on a beach, at the beach, on a sandy beach, by the sea | 在沙滩上, 在海滩上, 在海边
in a tropical resort, at a tropical resort, by a swimming pool | 在热带度假村, 在泳池边
in a forest, in the woods, among trees | 在森林里, 在树林中
in the snow, in winter | 在雪地里, 在冬天
underwater, under the sea | 在水下, 在海底 | floating
on the ocean, in the sea, on the water | 在大海上, 在海面上
in a lake, on a lake | 在湖里, 在湖面上
on the moon, on the surface of the moon | 在月球上
at night, under a starry night sky | 在夜晚, 在星空下
at sunset | 在日落时, 在夕阳下
in a city, on a city street | 在城市里, 在城市的街道上
in a city at night | 在夜晚的城市里
in front of a castle | 在城堡前
in a grocery store, shopping for groceries | 在超市里, 在超市买菜
in a garden | 在花园里
on a table, on a wooden table | 在桌子上, 在木桌上
"""
_LOOKS = """
none | 
watercolour, watercolor, watercolor painting | 水彩, 水彩画
ukiyo-e, japanese woodblock print | 浮世绘
pixel art, pixel | 像素画, 像素艺术
pencil, pencil drawing, pencil sketch | 铅笔画, 素描
oil, oil painting | 油画
neon, neon sign, neon lights | 霓虹, 霓虹灯
black and white, black and white picture | 黑白, 黑白照片
3d render, 3d | 3D渲染
line art, line drawing, black and white line art | 线稿
"""
_COLOURS = (
    "red 红色; blue 蓝色; green 绿色; yellow 黄色; pink 粉色; orange 橙色; purple 紫色; black 黑色; white 白色;"
    " brown 棕色; gray grey 灰色"
)


def _parts(text: str, sign: str) -> list[str]:
    return [each.strip() for each in text.split(sign) if each.strip()]


def _things() -> list[Thing]:
    things: list[Thing] = []
    for line in _parts(_THINGS, "\n"):
        category, _, entries = line.partition(":")
        for entry in _parts(entries, ";"):
            colourable = "*" in entry
            english, chinese = (
                _parts(side, ",") for side in entry.replace("*", "").rpartition("=")[2].split("|")
            )
            size = 0.5 if category in ("object", "food", "plant") else 1.0
            languages = {"en": tuple(english), "zh": tuple(chinese)}
            things.append(Thing(english[0], languages, category, size, colourable))
    return things


def _settings() -> list[Setting]:
    settings: list[Setting] = []
    for line in _parts(_SETTINGS, "\n"):
        english, chinese, *more = line.split("|")
        names = {"en": tuple(_parts(english, ",")), "zh": tuple(_parts(chinese, ","))}
        settings.append(Setting(names["en"][0], names, floating=bool(more)))
    return settings


def _looks() -> list[Look]:
    looks: list[Look] = []
    for entry in _parts(_LOOKS.replace("\n", ";"), ";"):
        english, chinese = (tuple(_parts(side, ",")) for side in entry.split("|"))
        looks.append(Look(english[0], {"en": english, "zh": chinese}, ("3d",)))
    return looks


def small_lexicon() -> Lexicon:
    """About 100 things, 17 settings, 8 looks and 11 colours, with names in English and Chinese."""
    colours = {
        entry.split()[0]: {"en": tuple(entry.split()[:-1]), "zh": (entry.split()[-1],)}
        for entry in _parts(_COLOURS, ";")
    }
    return Lexicon(tuple(_things()), tuple(_settings()), tuple(_looks()), colours)


def in_short(scene: Scene) -> str:
    """Links first, then what stands alone, then @ setting, ~ look, ? unknown words."""

    def mention(number: int) -> str:
        each = scene.mentions[number]
        return " ".join(
            filter(None, [str(each.count) * (each.count > 1), each.colour or "", each.thing.name])
        )

    linked = {number for link in scene.links for number in (link.subject, link.object)}
    told = [f"{mention(each.subject)} {each.relation} {mention(each.object)}" for each in scene.links]
    told += [mention(number) for number in range(len(scene.mentions)) if number not in linked]
    text = "; ".join(told)
    text += f" @ {scene.setting.name}" if scene.setting else ""
    text += f" ~ {scene.look.name}" if scene.look else ""
    return (text + (f" ? {', '.join(scene.unknown)}" if scene.unknown else "")).strip()
