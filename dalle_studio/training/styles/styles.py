"""Styles: how a finished scene is redrawn, and how a caption says so.

A style takes its sprites from one art family, or from several and then filters the picture. Filters
add no film or paper grain: noise that no latent can hold would only teach the model to blur.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dalle_studio.training.draw.arrays import Floats
from dalle_studio.training.draw.frame import Pixels
from dalle_studio.training.styles import craft, ink, paint, tone

Filter = Callable[[Pixels, np.random.Generator], Floats]
"""Takes a picture and returns its redrawing, any float, which is then clipped to 0..255."""

_ANY = ("3d", "flat", "noto")


@dataclass(frozen=True)
class Style:
    """A way of drawing, the caption templates that name it, and the words that ask for it."""

    name: str
    templates: tuple[str, ...]
    """English, with ``{}`` for the scene."""
    templates_zh: tuple[str, ...]
    """Chinese, with ``{}`` for the scene."""
    words: tuple[str, ...]
    """English words and phrases that ask for the style in a prompt, in lower case."""
    words_zh: tuple[str, ...]
    """Chinese words that ask for the style in a prompt."""
    weight: float
    families: tuple[str, ...] = _ANY
    filter: Filter | None = None
    plain_only: bool = False
    """Whether it works on plain white ground alone."""
    shows_colours: bool = True
    """Whether a red thing still looks red: captions name no colours where it does not."""
    has_lines: bool = False
    """Whether it draws a line along every edge."""
    own_ground: bool = False
    """Whether it brings a ground of its own, which is not the picture's in its colours."""

    @property
    def shows_ground(self) -> bool:
        """Whether a plain ground keeps its colour."""
        return self.shows_colours and not self.own_ground


def apply(style: Style, pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Redraw a picture in a style."""
    if style.filter is None:
        return pixels
    return np.clip(style.filter(pixels, rng), 0, 255).astype(np.uint8)


STYLES = (
    Style("none", ("{}",), ("{}",), (), (), 17, ("3d", "3d", "3d", "flat", "noto", "noto")),
    Style(
        "3d render",
        (
            "a 3d render of {}",
            "3d render of {}",
            "{}, 3d render",
            "{}, digital art",
            "a 3d illustration of {}",
            "{}, 3d",
        ),
        ("{}，3D渲染", "{}的3D渲染图", "3D渲染风格的{}", "{}，三维渲染", "{}，数字艺术"),
        ("3d render", "3d", "digital art", "3d illustration"),
        ("3D渲染", "三维渲染", "3D", "三维", "数字艺术"),
        9,
        ("3d",),
        tone.render,
    ),
    Style(
        "flat",
        (
            "a flat illustration of {}",
            "flat vector art of {}",
            "{}, flat design",
            "{}, vector illustration",
            "{} as a flat vector",
        ),
        ("{}，扁平风格", "扁平插画风格的{}", "一幅{}的矢量插画", "{}，扁平设计"),
        ("flat", "flat design", "flat illustration", "vector art", "vector illustration", "flat vector"),
        ("扁平风格", "扁平插画", "扁平设计", "矢量插画", "扁平"),
        7,
        ("flat",),
        tone.flat,
    ),
    Style(
        "cartoon",
        ("a cartoon of {}", "{}, cartoon style", "cartoon drawing of {}", "{} as a cartoon"),
        ("{}，卡通风格", "卡通风格的{}", "一幅{}的卡通画"),
        ("cartoon", "cartoon style", "cartoon drawing"),
        ("卡通风格", "卡通画", "卡通"),
        5,
        ("noto",),
        tone.cartoon,
    ),
    Style(
        "pixel art",
        ("{}, pixel art", "pixel art of {}", "{} as pixel art", "{} in pixel art style"),
        ("{}，像素画", "像素风格的{}", "一幅{}的像素画", "{}，像素风格"),
        ("pixel art", "pixel", "pixel art style"),
        ("像素画", "像素风格", "像素"),
        6,
        filter=craft.pixel_art,
    ),
    Style(
        "pencil",
        ("a pencil sketch of {}", "{}, pencil drawing", "a pencil drawing of {}", "{}, pencil sketch"),
        ("{}，铅笔画", "一幅{}的铅笔素描", "铅笔素描风格的{}", "{}，素描"),
        ("pencil", "pencil sketch", "pencil drawing", "sketch"),
        ("铅笔画", "铅笔素描", "素描", "铅笔"),
        5,
        filter=ink.pencil,
        has_lines=True,
        shows_colours=False,
    ),
    Style(
        "watercolour",
        (
            "a watercolor of {}",
            "{}, watercolor",
            "a watercolor painting of {}",
            "{} as a watercolor painting",
            "{}, watercolour",
            "a watercolour painting of {}",
        ),
        ("{}，水彩画", "一幅{}的水彩画", "水彩风格的{}", "{}，水彩风格"),
        ("watercolour", "watercolor", "watercolor painting", "watercolour painting"),
        ("水彩画", "水彩风格", "水彩"),
        5,
        filter=paint.watercolour,
    ),
    Style(
        "oil",
        ("an oil painting of {}", "{}, oil on canvas", "{}, oil painting", "{} as an oil painting"),
        ("{}，油画", "一幅{}的油画", "油画风格的{}", "{}，布面油画"),
        ("oil painting", "oil", "oil on canvas"),
        ("油画", "油画风格", "布面油画"),
        4,
        filter=paint.oil,
    ),
    Style(
        "impressionist",
        (
            "{}, impressionist painting",
            "an impressionist painting of {}",
            "{} in the style of van gogh",
            "{}, in the style of van gogh",
        ),
        ("{}，印象派", "印象派风格的{}", "一幅{}的印象派油画", "{}，梵高风格", "梵高风格的{}"),
        ("impressionist painting", "impressionist", "impressionism", "in the style of van gogh", "van gogh"),
        ("印象派", "印象派风格", "印象派油画", "梵高风格", "梵高"),
        4,
        filter=paint.impressionist,
    ),
    Style(
        "ukiyo-e",
        (
            "{} in the style of ukiyo-e",
            "{}, ukiyo-e",
            "a ukiyo-e woodblock print of {}",
            "{} as a japanese woodblock print",
        ),
        ("{}，浮世绘风格", "浮世绘风格的{}", "一幅{}的浮世绘", "{}，日本木版画"),
        (
            "ukiyo-e",
            "ukiyoe",
            "woodblock print",
            "japanese woodblock print",
            "japanese woodblock",
            "woodblock",
        ),
        ("浮世绘", "浮世绘风格", "日本木版画", "木版画"),
        7,
        filter=ink.ukiyo_e,
        has_lines=True,
        shows_colours=False,
    ),
    Style(
        "neon",
        ("{}, neon", "a neon sign of {}", "{} in neon lights"),
        ("{}，霓虹风格", "霓虹灯风格的{}", "一块{}的霓虹灯招牌"),
        ("neon", "neon sign", "neon lights"),
        ("霓虹", "霓虹灯", "霓虹风格", "霓虹灯招牌"),
        3.5,
        filter=ink.neon,
        has_lines=True,
        own_ground=True,
    ),
    Style(
        "comic",
        ("{}, comic book style", "{}, pop art", "a comic book panel of {}", "{} in a comic book"),
        ("{}，漫画风格", "漫画风格的{}", "一格{}的漫画", "{}，波普艺术"),
        ("comic", "comic book style", "comic book", "pop art", "comic book panel"),
        ("漫画", "漫画风格", "波普艺术"),
        5,
        filter=ink.comic,
        has_lines=True,
    ),
    Style(
        "line art",
        ("line art of {}", "{}, line art", "a line drawing of {}", "black and white line art of {}"),
        ("{}，线稿", "一幅{}的线描", "线条画风格的{}", "{}，黑白线稿"),
        ("line art", "line drawing", "line"),
        ("线稿", "线描", "线条画"),
        5,
        filter=ink.line_art,
        has_lines=True,
        shows_colours=False,
    ),
    Style(
        "blueprint",
        ("a blueprint of {}", "{}, blueprint", "{} as a blueprint"),
        ("{}，蓝图", "一张{}的蓝图", "蓝图风格的{}"),
        ("blueprint",),
        ("蓝图", "蓝图风格"),
        3,
        filter=ink.blueprint,
        has_lines=True,
        shows_colours=False,
    ),
    Style(
        "chalk",
        ("a chalk drawing of {}", "{}, chalk on a blackboard", "{}, chalk drawing"),
        ("{}，粉笔画", "一幅{}的粉笔画", "黑板上用粉笔画的{}"),
        ("chalk", "chalk drawing", "chalk on a blackboard", "blackboard"),
        ("粉笔画", "粉笔", "黑板画"),
        3,
        filter=ink.chalk,
        has_lines=True,
        own_ground=True,
    ),
    Style(
        "black and white",
        ("a black and white picture of {}", "{}, black and white", "a black and white photo of {}"),
        ("{}，黑白照片", "一张{}的黑白照片", "黑白风格的{}", "{}，黑白"),
        ("black and white", "bw", "black and white picture", "black and white photo", "film noir"),
        ("黑白", "黑白照片", "黑白风格"),
        2,
        filter=tone.black_and_white,
        shows_colours=False,
    ),
    Style(
        "sepia",
        ("a vintage picture of {}", "{}, sepia", "a sepia photo of {}"),
        ("{}，复古照片", "一张{}的老照片", "怀旧风格的{}", "{}，棕褐色调"),
        ("sepia", "vintage picture", "vintage", "vintage photo", "sepia photo"),
        ("复古照片", "老照片", "怀旧风格", "棕褐色调", "复古"),
        2,
        filter=tone.sepia,
        shows_colours=False,
    ),
    Style(
        "vaporwave",
        ("{}, vaporwave", "{}, synthwave style", "{} in vaporwave style", "{}, synthwave"),
        ("{}，蒸汽波风格", "蒸汽波风格的{}", "一幅{}的蒸汽波画", "{}，合成器波风格"),
        ("vaporwave", "synthwave", "synthwave style", "vaporwave style"),
        ("蒸汽波", "蒸汽波风格", "合成器波"),
        3.5,
        filter=tone.vaporwave,
        shows_colours=False,
    ),
    Style(
        "ink wash",
        ("{}, ink wash painting", "an ink wash painting of {}", "{}, sumi-e", "a chinese ink painting of {}"),
        ("{}，水墨画", "一幅{}的水墨画", "水墨风格的{}", "{}，中国画"),
        ("ink wash painting", "ink wash", "sumi-e", "sumi", "chinese ink painting", "ink painting"),
        ("水墨画", "水墨风格", "水墨", "中国画", "国画"),
        4,
        filter=paint.ink_wash,
        shows_colours=False,
    ),
    Style(
        "stained glass",
        ("{}, stained glass", "a stained glass window of {}", "{} as a stained glass window"),
        ("{}，彩色玻璃", "一扇{}的彩色玻璃窗", "彩绘玻璃风格的{}"),
        ("stained glass", "stained glass window"),
        ("彩色玻璃", "彩色玻璃窗", "彩绘玻璃"),
        5,
        filter=craft.stained_glass,
        has_lines=True,
    ),
    Style(
        "mosaic",
        ("{}, mosaic", "a mosaic of {}", "{} as a tile mosaic"),
        ("{}，马赛克", "一幅{}的马赛克", "马赛克风格的{}"),
        ("mosaic", "tile mosaic"),
        ("马赛克", "镶嵌画"),
        8,
        filter=craft.mosaic,
    ),
    Style(
        "paper cut",
        ("{}, paper cut", "a paper cut of {}", "{}, layered paper art", "{} made of paper"),
        ("{}，剪纸风格", "一幅{}的剪纸", "剪纸风格的{}", "{}，纸艺"),
        ("paper cut", "papercut", "paper art", "layered paper art", "made of paper"),
        ("剪纸", "剪纸风格", "纸艺"),
        3.5,
        filter=craft.paper_cut,
    ),
    Style(
        "clay",
        ("{}, clay", "a clay model of {}", "{} made of clay", "{}, claymation"),
        ("{}，黏土风格", "黏土做的{}", "一个{}的黏土模型", "{}，橡皮泥"),
        ("clay", "clay model", "made of clay", "claymation", "plasticine"),
        ("黏土", "黏土风格", "黏土模型", "橡皮泥"),
        6,
        filter=craft.clay,
    ),
    Style(
        "risograph",
        ("{}, risograph print", "a risograph print of {}", "{}, riso print"),
        ("{}，孔版印刷风格", "一张{}的孔版画", "孔版印刷风格的{}"),
        ("risograph print", "risograph", "riso print", "riso"),
        ("孔版印刷", "孔版画"),
        8,
        filter=craft.risograph,
        shows_colours=False,
    ),
    Style(
        "low poly",
        ("{}, low poly", "low poly art of {}", "{} in low poly style"),
        ("{}，低多边形风格", "低多边形风格的{}", "一幅{}的低多边形画"),
        ("low poly", "low poly art", "low poly style"),
        ("低多边形", "低多边形风格"),
        7,
        filter=craft.low_poly,
    ),
    Style(
        "embroidery",
        ("{}, embroidery", "an embroidery of {}", "{} embroidered on linen"),
        ("{}，刺绣", "一幅{}的刺绣", "刺绣风格的{}"),
        ("embroidery", "embroidered", "embroidered on linen"),
        ("刺绣", "刺绣风格"),
        8,
        filter=paint.embroidery,
    ),
)
