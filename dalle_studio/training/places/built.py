"""Places that people built, with what captions call them and where things stand in them."""

from __future__ import annotations

from dalle_studio.training.places import (
    cities,
    gardens,
    halls,
    homes,
    laboratories,
    outings,
    shops,
    shows,
    sports,
    streets,
)
from dalle_studio.training.places.nature import NATURE
from dalle_studio.training.places.place import Background

TABLE = Background(
    homes.table,
    (205, 240),
    ("on a table", "on a wooden table"),
    ("在桌子上", "在木桌上"),
    1.5,
)
_HOMES = (
    Background(
        homes.living_room,
        (216, 246),
        ("in a living room", "at home", "in a cozy room"),
        ("在客厅里", "在家里", "在温馨的房间里"),
        1.5,
    ),
    Background(homes.bedroom, (222, 248), ("in a bedroom",), ("在卧室里",)),
    Background(homes.kitchen, (208, 246), ("in a kitchen",), ("在厨房里",), 1.2),
    Background(homes.bathroom, (212, 246), ("in a bathroom",), ("在浴室里", "在洗手间里"), 0.8),
    TABLE,
)
_SHOPS = (
    Background(
        shops.grocery,
        (212, 246),
        ("in a grocery store", "in a supermarket", "shopping for groceries"),
        ("在超市里", "在杂货店里", "在买菜"),
        2.5,
    ),
    Background(shops.cafe, (212, 246), ("in a cafe", "in a coffee shop"), ("在咖啡馆里", "在咖啡店里"), 1.2),
    Background(
        shops.market,
        (212, 246),
        ("at a market", "in a street market", "at a farmers market"),
        ("在集市上", "在市场里", "在菜市场里"),
    ),
    Background(shops.toy_shop, (212, 246), ("in a toy shop", "in a toy store"), ("在玩具店里",)),
)
_HALLS = (
    Background(halls.classroom, (214, 246), ("in a classroom", "at school"), ("在教室里", "在学校里"), 1.2),
    Background(halls.office, (210, 246), ("in an office",), ("在办公室里",)),
    Background(halls.library, (212, 246), ("in a library",), ("在图书馆里",)),
    Background(
        halls.museum,
        (212, 246),
        ("in a museum", "in an art gallery", "at an art gallery"),
        ("在博物馆里", "在美术馆里", "在画廊里"),
    ),
    Background(
        shows.stage,
        (218, 246),
        ("on a stage", "at a concert", "on a concert stage"),
        ("在舞台上", "在音乐会上", "在演唱会上"),
        1.2,
    ),
    Background(
        sports.gym,
        (206, 246),
        ("in a gym", "on a basketball court"),
        ("在体育馆里", "在篮球场上"),
        0.9,
    ),
    Background(
        shows.circus,
        (216, 246),
        ("in a circus tent", "at the circus", "in a circus"),
        ("在马戏团里", "在马戏团的帐篷里"),
        0.9,
    ),
    Background(gardens.greenhouse, (210, 246), ("in a greenhouse",), ("在温室里",), 0.9),
    Background(
        laboratories.space_station,
        (208, 246),
        ("in a space station", "inside a spaceship"),
        ("在空间站里", "在宇宙飞船里"),
        1.2,
    ),
    Background(
        laboratories.laboratory,
        (212, 246),
        ("in a laboratory", "in a lab"),
        ("在实验室里",),
        0.9,
    ),
    Background(
        sports.pool_hall, (228, 248), ("at an indoor pool", "in a swimming hall"), ("在游泳馆里",), 0.6
    ),
)
_STREETS = (
    Background(
        cities.city,
        (206, 248),
        ("in a city", "in the city", "on a city street", "downtown"),
        ("在城市里", "在城市的街道上", "在市中心"),
        2,
    ),
    Background(
        cities.city_at_night,
        (206, 248),
        ("in a city at night", "on a city street at night", "on a street with neon signs"),
        ("在夜晚的城市里", "在夜晚的街道上", "在霓虹灯下的街道上"),
        1.8,
    ),
    Background(
        cities.skyline_at_night,
        (218, 248),
        ("in front of a city skyline at night",),
        ("在城市夜景前",),
        1.2,
    ),
    Background(
        streets.street,
        (214, 248),
        ("on a street", "in a small town", "in a village"),
        ("在街上", "在小镇上", "在村子里"),
    ),
    Background(
        streets.lantern_street,
        (206, 248),
        ("on a street with red lanterns", "on a street in China"),
        ("在挂满红灯笼的街上", "在中国的老街上", "在红灯笼下的街道上"),
        1.2,
    ),
    Background(gardens.garden, (204, 240), ("in a garden",), ("在花园里",), 1.2),
    Background(
        outings.playground, (208, 246), ("at a playground", "in a playground"), ("在游乐场上", "在操场上")
    ),
    Background(
        outings.harbour, (224, 248), ("in a harbor", "at the harbor", "on a pier"), ("在港口", "在码头上")
    ),
    Background(
        outings.bridge,
        (200, 248),
        ("on a bridge over a river", "on a bridge"),
        ("在河上的桥上", "在桥上"),
    ),
    Background(
        outings.train_station,
        (208, 246),
        ("at a train station", "in a train station"),
        ("在火车站", "在火车站里", "在站台上"),
    ),
    Background(
        sports.stadium,
        (204, 248),
        ("in a football stadium", "in a stadium", "on a football field"),
        ("在足球场上", "在体育场里"),
        1.2,
    ),
)
BUILT = _HOMES + _SHOPS + _HALLS + _STREETS
BACKGROUNDS = NATURE + BUILT
