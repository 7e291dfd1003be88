"""Places in nature: what they are called in captions, where things stand, and how often they appear.

Each is drawn in the module that it names; what places share is in `place`.
"""

from __future__ import annotations

from dalle_studio.training.places import (
    castles,
    clouds,
    deserts,
    fields,
    mountains,
    nights,
    rivers,
    seas,
    snow,
    space,
    sunsets,
    underwater,
    woods,
)
from dalle_studio.training.places.place import Background

NATURE = (
    Background(
        space.space,
        (170, 240),
        ("in outer space", "in space", "among the stars", "floating in space", "in the galaxy"),
        ("在外太空", "在太空中", "在星空中", "在宇宙中漂浮", "在银河里"),
        4,
        True,
    ),
    Background(
        space.moon,
        (205, 245),
        ("on the moon", "on the surface of the moon"),
        ("在月球上", "在月球表面"),
        1.5,
    ),
    Background(
        seas.beach,
        (208, 248),
        ("on a beach", "at the beach", "on a sandy beach", "by the sea"),
        ("在沙滩上", "在海滩上", "在海边的沙滩上", "在海边"),
        3,
    ),
    Background(
        seas.resort,
        (208, 246),
        ("in a tropical resort", "at a tropical resort", "by a swimming pool", "on a tropical island"),
        ("在热带度假村", "在热带度假胜地", "在游泳池边", "在热带小岛上"),
        2,
    ),
    Background(
        woods.forest,
        (205, 248),
        ("in a forest", "in the woods", "among trees"),
        ("在森林里", "在树林里", "在树木之间"),
        2.5,
    ),
    Background(woods.jungle, (210, 248), ("in a jungle", "in the rainforest"), ("在丛林里", "在热带雨林里")),
    Background(
        deserts.desert,
        (204, 246),
        ("in a desert", "in the desert", "among sand dunes"),
        ("在沙漠里", "在沙漠中", "在沙丘之间"),
        1.5,
    ),
    Background(
        snow.snow,
        (205, 246),
        ("in the snow", "in a snowy landscape", "in winter"),
        ("在雪地里", "在雪景中", "在冬天"),
        2,
    ),
    Background(
        mountains.mountains,
        (202, 246),
        ("in the mountains", "in front of snowy mountains"),
        ("在山里", "在雪山前"),
        1.5,
    ),
    Background(
        fields.green_meadow,
        (202, 248),
        ("in a meadow", "in a field of flowers", "on the grass"),
        ("在草地上", "在花田里", "在草坪上"),
        2,
    ),
    Background(fields.farm, (205, 246), ("on a farm", "in a field"), ("在农场里", "在田野里")),
    Background(
        underwater.underwater,
        (190, 246),
        ("underwater", "under the sea", "at the bottom of the ocean", "in a coral reef"),
        ("在水下", "在海底", "在大海深处", "在珊瑚礁中"),
        1.5,
        True,
    ),
    Background(
        seas.ocean,
        (180, 228),
        ("on the ocean", "in the sea", "on the water"),
        ("在海面上", "在大海里", "在水面上"),
        1.2,
    ),
    Background(
        sunsets.sunset,
        (202, 245),
        ("at sunset", "under a sunset sky"),
        ("在夕阳下", "在晚霞下"),
        1.5,
    ),
    Background(
        sunsets.sea_at_sunset, (208, 244), ("in front of the sea at sunset",), ("在夕阳下的海边",), 0.7
    ),
    Background(
        nights.night,
        (205, 245),
        ("at night", "under a starry night sky", "in the moonlight"),
        ("在夜里", "在星空下", "在月光下"),
        1.5,
    ),
    Background(mountains.cave, (215, 248), ("in a cave",), ("在山洞里",), 0.7),
    Background(castles.castle, (205, 248), ("in front of a castle",), ("在城堡前",)),
    Background(woods.park, (202, 248), ("in a park",), ("在公园里",), 1.2),
    Background(clouds.rain, (208, 246), ("in the rain",), ("在雨中",)),
    Background(mountains.volcano, (210, 246), ("near a volcano",), ("在火山旁边",), 0.7),
    Background(woods.autumn, (205, 248), ("in autumn", "in an autumn park"), ("在秋天里", "在秋天的公园里")),
    Background(
        rivers.waterfall,
        (216, 248),
        ("in front of a waterfall", "by a waterfall"),
        ("在瀑布前", "在瀑布旁边"),
    ),
    Background(
        rivers.river,
        (218, 248),
        ("on a river bank", "by a river", "by a stream"),
        ("在河岸上", "在河边", "在小溪边"),
    ),
    Background(rivers.lake, (210, 248), ("by a lake", "on the shore of a lake"), ("在湖边", "在湖岸上"), 1.2),
    Background(rivers.pond, (213, 248), ("by a pond",), ("在池塘边",), 0.7),
    Background(
        nights.northern_lights,
        (205, 246),
        ("under the northern lights", "in the tundra at night", "on the ice at night"),
        ("在北极光下", "在夜晚的冻原上", "在夜晚的冰原上"),
    ),
    Background(
        woods.bamboo,
        (208, 248),
        ("in a bamboo grove", "in a bamboo forest"),
        ("在竹林里", "在竹林中"),
    ),
    Background(
        woods.blossom,
        (205, 248),
        ("in a cherry blossom garden", "under cherry blossoms", "in spring"),
        ("在樱花园里", "在樱花树下", "在春天里"),
        1.2,
    ),
    Background(deserts.canyon, (206, 246), ("in a canyon",), ("在峡谷里",), 0.8),
    Background(
        clouds.cloud_tops,
        (170, 240),
        ("above the clouds", "in the sky", "high in the sky"),
        ("在云层之上", "在天空中", "在高空中"),
        1.2,
        True,
    ),
    Background(
        clouds.storm,
        (206, 246),
        ("in a storm", "in a thunderstorm", "under a sky with lightning"),
        ("在暴风雨中", "在雷雨中", "在闪电的天空下"),
    ),
    Background(
        nights.snowy_village,
        (210, 246),
        ("in a snowy village at night", "in a snowy village"),
        ("在下雪的夜晚的村庄里", "在白雪覆盖的村庄里"),
    ),
    Background(
        space.mars, (205, 246), ("on mars", "on the surface of mars"), ("在火星上", "在火星表面"), 1.2
    ),
    Background(
        fields.terraces,
        (212, 248),
        ("in front of rice terraces", "among rice terraces"),
        ("在梯田前", "在梯田间"),
        0.8,
    ),
    Background(
        fields.sunflowers,
        (210, 248),
        ("in a sunflower field", "among sunflowers"),
        ("在向日葵田里", "在向日葵花丛中"),
    ),
)
"""All places in nature."""
