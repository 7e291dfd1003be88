"""Things stand inside the frame, in the order the sentence gives them, and always in the same way."""
# pyright: reportMissingParameterType=false

from itertools import product

import numpy as np
import pytest

from dalle_studio.core.format import Size
from dalle_studio.core.layout import arrange
from dalle_studio.core.scene import Link, Mention, Relation, Scene, Setting, Thing

CATEGORIES = ("animal", "mount", "object", "vehicle", "person", "sky", "plant", "hat", "ride", "clothes")
FRAMES = (Size(256, 256), Size(1536, 512), Size(512, 1536), Size(864, 1536))
SETTINGS = (
    None,
    Setting("on a beach", {"en": ("on a beach",)}, (0.8, 0.95)),
    Setting("on the ocean", {"en": ("on the ocean",)}, (0.5, 0.6)),
    Setting("in space", {"en": ("in space",)}, (0.6, 0.95), floating=True),
)


def thing(name="cat", category="animal", size=1.0):
    return Thing(name, {"en": (name,), "zh": (name,)}, category, size)


def shape(mention):
    """Wide, tall and square drawings, by name."""
    return ((1.0, 0.6), (0.5, 1.0), (1.0, 1.0))[len(mention.thing.name) % 3]


def place(scene, frame=FRAMES[0], seed=0, fill=None):
    return arrange(scene, frame, shape, np.random.default_rng(seed), fill)


def random_scene(rng, setting):
    count = int(rng.integers(1, 5))
    names = ("cat", "horse", "skateboard", "tree", "umbrella", "bicycle", "rocket", "top hat")
    mentions = tuple(
        Mention(
            thing(str(rng.choice(names)), str(rng.choice(CATEGORIES)), float(rng.uniform(0.4, 2))),
            count=int(rng.integers(1, 5)),
        )
        for _ in range(count)
    )
    links = tuple(
        Link(int(rng.integers(count)), list(Relation)[int(rng.integers(11))], int(rng.integers(count)))
        for _ in range(int(rng.integers(0, 5)))
    )
    return Scene(mentions, links, setting)


def corners(each):
    """Left, top, right and lower edge of a placement."""
    width, height = (side * each.size for side in shape(each.mention))
    angle = np.radians(each.turn_deg)
    sine, cosine = abs(np.sin(angle)), abs(np.cos(angle))
    width, height = width * cosine + height * sine, width * sine + height * cosine
    return each.x - width / 2, each.y - height, each.x + width / 2, each.y


@pytest.mark.parametrize(("frame", "setting"), [*product(FRAMES, SETTINGS)])
def test_everything_is_inside_the_frame_whatever_the_links(frame, setting):
    for seed in range(60):
        scene = random_scene(np.random.default_rng(seed), setting)
        placements = place(scene, frame, seed)
        assert {each.number for each in placements} == set(range(len(scene.mentions)))
        for each in placements:
            left, top, right, foot = corners(each)
            assert left >= -1, scene
            assert top >= -1, scene
            assert right <= frame.width_px + 1, scene
            assert foot <= frame.height_px + 1, scene
            assert each.size > 1


def test_same_chance_gives_the_same_layout():
    for seed in range(20):
        scene = random_scene(np.random.default_rng(seed), SETTINGS[1])
        assert place(scene, seed=seed) == place(scene, seed=seed)


@pytest.mark.parametrize("relation", [Relation.LEFT_OF, Relation.RIGHT_OF])
@pytest.mark.parametrize("counts", [(1, 1), (2, 1), (3, 3), (4, 4)])
def test_left_is_left_and_right_is_right(relation, counts):
    mentions = (Mention(thing("cat"), count=counts[0]), Mention(thing("horse"), count=counts[1]))
    for seed in range(20):
        placed = place(Scene(mentions, (Link(0, relation, 1),)), seed=seed)
        ones, others = ([each.x for each in placed if each.number == number] for number in (0, 1))
        assert max(ones) < min(others) if relation is Relation.LEFT_OF else min(ones) > max(others)


def test_a_rider_is_left_of_somebody_with_all_it_rides():
    mentions = (Mention(thing("cat")), Mention(thing("horse", "mount")), Mention(thing("dog")))
    links = (Link(0, Relation.RIDING, 1), Link(2, Relation.LEFT_OF, 0))
    cat, horse, dog = sorted(place(Scene(mentions, links)), key=lambda each: each.number)
    assert dog.x < min(cat.x, horse.x)


def test_every_copy_is_drawn_once():
    for count in range(1, 5):
        placed = place(Scene((Mention(thing("cat"), count=count), Mention(thing("car", "vehicle")))))
        assert [each.number for each in placed].count(0) == count


@pytest.mark.parametrize("relation", [Relation.RIDING, Relation.ON, Relation.UNDER, Relation.ABOVE])
@pytest.mark.parametrize("counts", [(2, 1), (1, 2), (3, 2)])
def test_what_is_shared_out_keeps_its_number(relation, counts):
    mentions = (Mention(thing("cat"), count=counts[0]), Mention(thing("tree", "plant"), count=counts[1]))
    placed = place(Scene(mentions, (Link(0, relation, 1),)))
    assert [each.number for each in placed].count(0) == counts[0]
    assert [each.number for each in placed].count(1) == counts[1]


def test_riders_are_above_the_ground_and_behind_the_mount():
    mentions = (Mention(thing("cat")), Mention(thing("horse", "mount")))
    rider, mount = place(Scene(mentions, (Link(0, Relation.RIDING, 1),), SETTINGS[1]))
    assert (rider.number, mount.number) == (0, 1)
    assert rider.y < mount.y
    assert mount.grounded
    assert not rider.grounded


def test_on_a_skateboard_one_stands_upon_the_board():
    mentions = (Mention(thing("cat")), Mention(thing("skateboard", "ride")))
    board, rider = place(Scene(mentions, (Link(0, Relation.RIDING, 1),), SETTINGS[1]))
    assert (board.number, rider.number) == (1, 0)
    assert abs(board.turn_deg) > 10
    assert rider.y < board.y


def test_above_and_under():
    mentions = (Mention(thing("bird")), Mention(thing("moon", "sky")))
    above = place(Scene(mentions, (Link(0, Relation.ABOVE, 1),)))
    under = place(Scene(mentions, (Link(0, Relation.UNDER, 1),)))
    ys = [{each.number: each.y for each in placed} for placed in (above, under)]
    assert ys[0][0] < ys[0][1]
    assert ys[1][0] > ys[1][1]


def test_what_hangs_in_the_sky_does_not_stand():
    placed = place(Scene((Mention(thing("rocket", "sky")),), setting=SETTINGS[1]))
    assert not placed[0].grounded
    assert placed[0].y < 0.95 * 256


def test_things_fill_the_place_they_are_given():
    for seed in range(10):
        (placed,) = place(Scene((Mention(thing("rocks", "object")),)), Size(200, 200), seed, fill=0.94)
        left, top, right, foot = corners(placed)
        assert max(right - left, foot - top) > 0.8 * 200


def test_an_empty_scene_has_no_placements():
    assert place(Scene()) == []
