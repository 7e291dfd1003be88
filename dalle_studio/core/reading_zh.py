"""The Chinese words that hold a sentence together, and those that say nothing about its layout."""

from __future__ import annotations

import re

from dalle_studio.core.reading_tags import (
    ABOVE,
    BELOW,
    BESIDE,
    BETWEEN,
    EATING,
    HOLDING,
    IN,
    LEFT,
    ON,
    PUSHING,
    RIDING,
    RIGHT,
    UNDER,
    UPON,
    WEARING,
    Kind,
    Tag,
    Tie,
)

MEASURES = frozenset(
    "个只匹辆头条座棵朵架艘把本杯顶副位名块片张台件双对支枝根颗粒串束盆盘碗瓶罐袋盒箱群队家间栋幢所"
    "幅艇列节枚面扇盏口尾峰株丛堆摞叠套身轮道份种些部层根匹滴团篮筐壶听封弯桶排组尊股锅卷处坨"
)
_VERBS: tuple[tuple[Tie, str], ...] = (
    (RIDING, "骑 骑着 骑在 骑上 骑了 正骑着 正在骑 乘着 乘坐 驾驶 驾驶着 开着 驾着 开车"
     " 踩着 玩 玩着 滑着 划着 划 坐着 乘 开"),
    (HOLDING, "拿 拿着 抱 抱着 举着 握着 捧着 提着 端着 打着 撑着 弹 弹着 弹奏 拉着 吹 吹着 演奏"
     " 看着书 读 读着 阅读 挥舞着 搂着 怀抱 怀抱着 手持 手拿 手捧 叼着 扛着 打"),
    (EATING, "吃 吃着 正在吃 喝 喝着 正在喝 啃 啃着 舔 舔着 品尝 享用 咬着 在吃 在喝"),
    (WEARING, "戴 戴着 戴了 穿 穿着 穿了 背着 佩戴 佩戴着 身穿 头戴 身着 披着 系着 围着 打扮成"),
    (PUSHING, "推 推着 正在推 拖着"),
    (BESIDE, "挨着 靠着 靠近 紧挨着 追 追着 追赶 追逐 牵着 领着 跟着 看着 望着 面对 对着 陪着 伴随着 邻近"),
    (ABOVE, "飞过 飞越 越过 跳过 飞跃 掠过"),
)  # fmt: skip
_SPOTS: tuple[tuple[Tie, str], ...] = (
    (RIDING, "背上 的背上"),
    (ON, "上 上面 上边 身上 头上 之上 上头"),
    (UPON, "顶上 的顶上 顶部 房顶上 屋顶上"),
    (ABOVE, "上方 上空 正上方 头顶 的头顶 头顶上"),
    (BELOW, "下方 正下方"),
    (UNDER, "下面 下边 底下 之下 下 脚下 树荫下"),
    (LEFT, "左边 左侧 左面 左方 左手边 的左"),
    (RIGHT, "右边 右侧 右面 右方 右手边 的右"),
    (BESIDE, "旁边 旁 身边 附近 边上 前面 后面 对面 前 后 前方 后方 身旁 周围 身后 面前 背后 身前 一旁"),
    (IN, "里 里面 中 内 之中 里边 里头 内部 当中"),
    (BETWEEN, "之间 中间 正中间"),
)
_COUNTS = {
    -3: "一组 一套",
    1: "一 一双 一副 1 １ 单 某 那 这 每",
    2: "两 二 俩 2 一对 成双 两个 俩个",
    3: "三 几 3 仨 一群 好几 若干 数 一些 几个 一队 一堆 一排",
    4: "四 五 六 七 八 九 十 4 许多 很多 众多 好多 无数 多 大量 百 千 万 十几 几十 成群",
}
_OTHERS: tuple[tuple[Kind, str], ...] = (
    (Kind.AND, "和 与 跟 以及 还有 同 及 并且 并 、 而且 同时 一边 另 另外 另一"),
    (Kind.DE, "的"),
    (Kind.AT, "在 位于 从 坐在 站在 躺在 放在 停在 趴在 睡在 蹲在 正在 摆在 落在 靠在 挂在 飞在"
     " 浮在 漂在 坐 站 躺"),
    (Kind.HAVE, "有 是 有着 放着 站着 停着 摆着 躺着 趴着 长着 飞着 挂着"),
    (Kind.NOT, "没有 没 不带 不戴 不穿 无"),
    (Kind.GROUND, "背景 底色 背景上 背景下 背景前 背景里 背景中 纯色背景"),
    (Kind.PART, "眼睛 头发 毛发 尾巴 耳朵 翅膀 胡子 胡须 毛 爪子 嘴 嘴里 嘴巴 手 手里 手中 手上 脸 鼻子 脖子"
     " 牙齿 眼 腿 脚 皮肤 羽毛 犄角 肚子 斑点 条纹 花纹 怀里"),
    (Kind.BREAK, "， 。 ； ！ ？ ： …"),
)  # fmt: skip
_SKIPPED = """
    米色 束 了 着 过 地 得 吧 呢 吗 啊 呀 哦 嘛 们 很 最 更 太 非常 特别 十分 超 超级 极其 真 好 也 都 就 还
    又 再 才 只 正 被 把 让 给 对 从 向 往 到 去 来 为 为了 以 用 由 于 之 其 它 他 她 它们 他们 她们 我 你
    我们 我想 想要 想 要 请 请画 请给 画 画着 黑板 黑板上 画的 画面 绘制 画作 生成 创作 图 图片 图像 图画
    照片 相片 插画 插图 绘画 作品 海报 壁纸 头像 贴纸 风格 风 样式 效果 质感 画风 笔触 手绘 高清 超清 高质量
    高品质 精美 精致 细节 细腻 丰富 逼真 写实 真实 超现实 梦幻 奇幻 魔幻 科幻 唯美 浪漫 温馨 可爱 萌 呆萌
    超萌 漂亮 美丽 好看 帅 帅气 英俊 优雅 华丽 丑 丑陋 大 小 巨大 巨型 超大 大大 小小 微小 迷你 高 矮 高大 长
    短 长长 宽 窄 胖 瘦 肥 胖乎乎 圆 圆圆 圆滚滚 方 厚 薄 老 旧 古老 年轻 年老 新 新鲜 现代 古代 古典 传统
    复古 未来 未来感 快乐 开心 高兴 幸福 愉快 欢快 悲伤 难过 伤心 生气 愤怒 搞笑 滑稽 疯狂 严肃 冷静 安静
    害羞 懒 懒洋洋 慵懒 困 疲惫 饿 饥饿 好奇 勇敢 聪明 凶猛 凶 威武 强壮 神秘 神奇 奇怪 独特 特殊 普通 经典
    毛茸茸 蓬松 柔软 光滑 闪亮 闪闪 闪闪发光 发光 明亮 亮 暗 昏暗 深 浅 淡 鲜艳 彩色 五彩 五彩缤纷 多彩 缤纷
    色彩 颜色 色 木 木制 木头 金属 塑料 玻璃 石 石头 纸 破 破旧 干净 脏 热 冷 温暖 热腾腾 热气腾腾 冒着热气
    美味 好吃 多汁 晴朗 晴天 宁静 平静 热闹 繁忙 空 空旷 满 远 近 远处 近处 前景 中央 中心 一起 正 走 走着
    走路 行走 散步 跑 跑着 奔跑 跑步 跳 跳着 跳跃 跳舞 飞 飞着 飞翔 飞行 飞舞 游 游着 游泳 睡 睡着 睡觉 休息
    放松 度假 笑 笑着 微笑 大笑 哭 哭泣 唱 唱歌 玩 玩着 玩耍 嬉戏 工作 等待 等 看 看着 凝视 漂浮 悬浮 漂 浮
    冲浪着 闲逛 逛 购物 买 卖 开 关 打开 盛开 开放 绽放 生长 长着 停 停着 放 放着 挂着 摆着 站着 坐下 躺着
    趴着 蹲着 立着 手 手里 手中 手上 头上戴着帽 自己 一样 一般 像 好像 似的 如同 仿佛 样子 形状 形 状 造型
    主题 场景 景色 风景 景象 画面中 全身 半身 特写 近景 远景 镜头 光 光线 阳光 灯光 氛围 气氛 感觉 感 型 年
    岁 时 时候 时刻 世界 地方 东西 里 上 下 中 前 后 左 右 外 内 间 边 面 侧 方 部 等等 各种 各式 所有 全 整
    整个 那个 这个 那些 这些 某个 每个 别 不 没 会 能 可以 应该 正要 准备 喜欢 爱 爱着 做 拍 拍摄 拍照
    做饭 做菜 烹饪 下厨
    摄影 设计 制作 变 变成 成 成为 一张 一幅 一副画 幅 张 一个 帮我 帮 给我 来 下着 位 感的 系 款 版 卡哇伊
    野生 家养 吉祥物 人物 动物 角色 吃惊 卧 卧着 卧在 摆 中国 日本 美国 法国 英国 德国 意大利 那 这 该 在一起
"""
_OPENING = re.compile("^[在于从到]?(?:一[个片座条间家张处所栋]|一)?")
_CLOSING = re.compile(
    "(?:的)?(?:上面|里面|下面|前面|旁边|之中|之上|之间|附近|中间|中央|表面|边上|上|里|中|下|内|旁|前|边)$"
)


def chinese_words() -> dict[str, list[Tag]]:
    """The index entries of this module: every phrase to what it is."""
    found: dict[str, list[Tag]] = {}

    def add(phrases: str, tag: Tag) -> None:
        for phrase in phrases.split():
            found.setdefault(phrase, []).append(tag)

    for tie, phrases in _VERBS:
        add(phrases, Tag(Kind.TIE, tie=tie, zh=True))
    for tie, phrases in _SPOTS:
        add(phrases, Tag(Kind.SPOT, tie=tie, zh=True))
    for number, phrases in _COUNTS.items():
        add(phrases, Tag(Kind.COUNT, number=number, zh=True))
    for kind, phrases in _OTHERS:
        add(phrases, Tag(kind, zh=True))
    for phrase in _SKIPPED.split():
        found.setdefault(phrase, [Tag(Kind.SKIP, zh=True)])
    return found


def bare_place(phrase: str) -> list[str]:
    """A place's phrase with less and less around it: “在沙滩上” gives “沙滩上” and “沙滩”."""
    inner = _OPENING.sub("", phrase)
    core = _CLOSING.sub("", inner)
    return [each for each in dict.fromkeys((inner, core)) if each and each != phrase]


def bare_name(name: str) -> str:
    """A name without number and measure word: “一束花” gives “束花” gives “花”."""
    if len(name) > 2 and name[0] == "一" and name[1] in MEASURES:
        return name[2:]
    return name


def short_colours(words: tuple[str, ...]) -> list[str]:
    """A colour's words with and without 色."""
    both = [
        word for each in words for word in (each, each.removesuffix("色"), each.removesuffix("色") + "色")
    ]
    return [word for word in dict.fromkeys(both) if word]
