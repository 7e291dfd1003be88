"""How requests become pictures, with a family that paints flat colours and can be told to fail."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dalle_studio.core.errors import OutOfMemory
from dalle_studio.core.event import Event, Preview, Progress
from dalle_studio.core.format import FORMATS, Format, Size, frame_around
from dalle_studio.core.mask import place_marker
from dalle_studio.core.palette import oklab
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import (
    Extend,
    Generate,
    Intent,
    Keep,
    Place,
    Region,
    Request,
    Sampling,
    Upscale,
    Vary,
)
from dalle_studio.core.subject import subject_of
from dalle_studio.engine.base import Pixels, Sample
from dalle_studio.engine.make import make
from dalle_studio.engine.watch import CancelledByUser, Watch
from tests.support import scene


class FlatFamily:
    """Paints every picture in a colour that tells its seed; keeps what it was asked for."""

    native_px = 256
    multiple_px = 16
    device = "paper"
    precision = "float32"
    software = "crayon 1"
    memory = ""

    def __init__(self, fits: int = 100) -> None:
        self.fits = fits
        self.limit = 100
        self.asked: list[Sample] = []

    def make_room(self) -> str | None:
        return None

    def batch_limit(self, size: Size) -> int:
        return self.limit

    def steps_of(self, sample: Sample) -> int:
        return sample.steps_to_walk

    def sample(self, sample: Sample, first_index: int, watch: Watch) -> Pixels:
        if len(sample.seeds) > self.fits:
            raise MemoryError
        self.asked.append(sample)
        for _ in range(sample.steps_to_walk):
            watch.step()
            watch.preview(first_index, np.zeros((1, 1, 3), np.uint8))
        colours = [(seed % 251, 200, 40) for seed in sample.seeds]
        shape = (len(colours), sample.size.height_px, sample.size.width_px, 3)
        return np.broadcast_to(np.array(colours, np.uint8)[:, None, None], shape).copy()

    def autoencode(self, images: Pixels) -> Pixels:
        return images


def watched() -> tuple[Watch, list[Event]]:
    events: list[Event] = []
    return Watch(events.append, lambda: False), events


SAMPLING = Sampling(seed=5, count=3, steps=8)


@pytest.mark.parametrize("wanted", FORMATS, ids=[f.name for f in FORMATS])
def test_every_format_comes_out_at_its_size_from_a_near_native_size(wanted: Format) -> None:
    watch, _ = watched()
    made = make(Generate(model="m", prompt="a", sampling=SAMPLING, size=wanted.size), FlatFamily(), watch)
    assert [(p.shape[1], p.shape[0]) for p in made.pictures] == [wanted.size.wh] * 3
    assert made.native is not None
    assert 0.4 < made.native.area_px / 256**2 < 1.6
    assert made.native.aspect == pytest.approx(wanted.size.aspect, rel=0.13)


def test_seeds_count_on_from_the_first() -> None:
    watch, _ = watched()
    made = make(Generate(model="m", prompt="a", sampling=SAMPLING), FlatFamily(), watch)
    assert [int(p[0, 0, 0]) for p in made.pictures] == [5, 6, 7]


def test_progress_counts_every_step_of_the_whole_request_once() -> None:
    watch, events = watched()
    regions = tuple(Region("a", place_marker(scene().size, (x, 0.5), 0.2)) for x in (0.2, 0.5, 0.8))
    make(Place(model="m", source=scene(), regions=regions, sampling=SAMPLING), FlatFamily(), watch)
    steps = [(e.step, e.steps) for e in events if isinstance(e, Progress)]
    assert steps == [(n, 24) for n in range(1, 25)]


def test_short_memory_splits_the_batch_and_says_so() -> None:
    watch, events = watched()
    family = FlatFamily(fits=1)
    made = make(Generate(model="m", prompt="a", sampling=SAMPLING), family, watch)
    assert [int(p[0, 0, 0]) for p in made.pictures] == [5, 6, 7]
    assert watch.notes == ["Made in smaller batches: memory was short."]
    assert [len(sample.seeds) for sample in family.asked] == [1, 1, 1]
    last = [e for e in events if isinstance(e, Progress)][-1]
    assert last.step == last.steps


class Narrow(FlatFamily):
    """Has room for squares up to `side_px`, and some ways to make room for more."""

    native_px = 512

    def __init__(self, side_px: int, ways: dict[str, int] | None = None) -> None:
        super().__init__()
        self.side_px = side_px
        self.ways = dict(ways or {})

    def make_room(self) -> str | None:
        if not self.ways:
            return None
        way = next(iter(self.ways))
        self.side_px = self.ways.pop(way)
        return way

    def sample(self, sample: Sample, first_index: int, watch: Watch) -> Pixels:
        watch.step()
        if len(sample.seeds) * sample.size.area_px > self.side_px**2:
            raise MemoryError("far too much")
        watch.expect(1)  # for the one above
        return super().sample(sample, first_index, watch)

    def autoencode(self, images: Pixels) -> Pixels:
        if images[0, ..., 0].size > self.side_px**2:
            raise MemoryError
        return images


def whole(events: list[Event]) -> bool:
    last = [event for event in events if isinstance(event, Progress)][-1]
    return last.step == last.steps


def test_room_is_made_one_way_after_the_other_as_far_as_needed() -> None:
    watch, events = watched()
    family = Narrow(100, {"In tiles.": 200, "Offloaded.": 512, "Layer by layer.": 9999})
    made = make(Generate(model="m", prompt="a", sampling=SAMPLING), family, watch)
    assert [int(p[0, 0, 0]) for p in made.pictures] == [5, 6, 7]
    assert watch.notes == ["Made in smaller batches: memory was short.", "In tiles.", "Offloaded."]
    assert whole(events)
    assert (made.native, family.native_px) == (Size(512, 512), 512)


def requests() -> dict[str, Request]:
    region = Region("a", place_marker(Size(900, 700), (0.4, 0.5), 0.5))
    return {
        "generate": Generate(model="m", prompt="a", sampling=SAMPLING, size=Size(1024, 1024)),
        "vary": Vary(model="m", source=scene(900, 700), sampling=SAMPLING, size=Size(900, 700), how_far=0.4),
        "place": Place(model="m", source=scene(900, 700), regions=(region,), sampling=SAMPLING),
        "extend": Extend(model="m", source=scene(600, 600), sampling=SAMPLING, size=Size(1100, 600)),
    }


@pytest.mark.parametrize("verb", list(requests()))
def test_where_nothing_else_helps_pictures_are_drawn_smaller_and_enlarged(verb: str) -> None:
    (watch, events), request, family = watched(), requests()[verb], Narrow(320, {"In tiles.": 330})
    roomy = make(request, Narrow(9999), watched()[0])
    made = make(request, family, watch)
    assert [p.shape for p in made.pictures] == [p.shape for p in roomy.pictures]
    assert family.native_px == 288
    assert made.native is not None and made.native.area_px < 320**2
    assert "In tiles." in watch.notes
    assert whole(events)
    asked = len(family.asked)
    make(request, family, watched()[0])
    assert {s.size for s in family.asked[asked:]} == {s.size for s in family.asked[:asked]}, "remembered"


def test_a_cancel_is_heard_between_two_ways() -> None:
    family = Narrow(100, {"In tiles.": 100, "Offloaded.": 512})
    watch = Watch(lambda event: None, lambda: not family.ways.get("In tiles."))
    with pytest.raises(CancelledByUser):
        make(Generate(model="m", prompt="a", sampling=replace(SAMPLING, count=1)), family, watch)
    assert "Offloaded." in family.ways


def test_no_memory_for_one_picture_is_an_error_with_a_remedy() -> None:
    watch, _ = watched()
    with pytest.raises(OutOfMemory, match="memory"):
        make(Generate(model="m", prompt="a", sampling=SAMPLING), FlatFamily(fits=0), watch)


def test_batches_keep_to_the_limit_and_previews_to_their_picture() -> None:
    watch, events = watched()
    family = FlatFamily()
    family.limit = 2
    make(Generate(model="m", prompt="a", sampling=SAMPLING), family, watch)
    assert [sample.seeds for sample in family.asked] == [(5, 6), (7,)]
    assert {e.index for e in events if isinstance(e, Preview)} == {0, 2}


def test_place_changes_nothing_outside_the_mask_and_something_inside() -> None:
    watch, _ = watched()
    source = scene(700, 500)
    mask = place_marker(source.size, (0.3, 0.6), 0.3)
    made = make(
        Place(model="m", source=source, regions=(Region("a", mask),), sampling=SAMPLING), FlatFamily(), watch
    )
    for pixels in made.pictures:
        assert np.array_equal(pixels[mask == 0], source.pixels[mask == 0])
        middle = pixels[300, 210].astype(int)
        assert abs(middle - source.pixels[300, 210]).max() > 20


def test_place_looks_at_the_surroundings_of_its_mask() -> None:
    watch, _ = watched()
    source, family = scene(2000, 1000), FlatFamily()
    region = Region("a", place_marker(source.size, (0.1, 0.2), 0.1))
    make(Place(model="m", source=source, regions=(region,), sampling=SAMPLING), family, watch)
    (asked,) = family.asked
    assert asked.masks is not None
    share = (asked.masks[0] > 127).mean()
    assert 0.05 < share < 0.5, "the mask is neither lost in the window nor fills it"


def test_a_thin_stroke_does_not_vanish_in_its_feather() -> None:
    watch, _ = watched()
    source = scene()
    diagonal = np.eye(640, dtype=np.uint8) * 255
    mask = np.maximum.reduce([np.roll(diagonal, shift, axis=1) for shift in range(6)])
    request = Place(model="m", source=source, regions=(Region("a", mask),), sampling=SAMPLING, feather_px=64)
    pixels = make(request, FlatFamily(), watch).pictures[0]
    changed = (pixels != source.pixels).any(axis=2)
    assert changed[mask > 0].mean() > 0.5
    assert not changed[mask == 0].any()


def test_regions_get_noise_of_their_own() -> None:
    watch, _ = watched()
    source, family = scene(), FlatFamily()
    regions = tuple(Region("a", place_marker(source.size, (x, 0.5), 0.2)) for x in (0.2, 0.8))
    make(Place(model="m", source=source, regions=regions, sampling=SAMPLING), family, watch)
    assert not set(family.asked[0].seeds) & set(family.asked[1].seeds)


def placed(source: Picture, region: Region) -> tuple[Pixels, Sample]:
    """The first picture, and what the family was asked."""
    watch, _ = watched()
    family = FlatFamily()
    made = make(Place(model="m", source=source, regions=(region,), sampling=SAMPLING), family, watch)
    (asked,) = family.asked
    return made.pictures[0], asked


def test_what_is_removed_is_not_shown_to_the_model() -> None:
    pixels = np.full((640, 640, 3), 90, np.uint8)
    mask = place_marker(Size(640, 640), (0.4, 0.5), 0.2)
    pixels[mask > 0] = (250, 0, 0)
    made, asked = placed(Picture(pixels), Region("", mask, Intent.REMOVE))
    assert asked.images is not None and not asked.places_things and not asked.makes_place
    assert (np.abs(asked.images[0].astype(int) - 90) < 8).all()
    assert asked.strength < 1
    assert np.array_equal(made[mask == 0], pixels[mask == 0])


@pytest.mark.parametrize(("prompt", "sees_all"), [("a cat on a beach", True), ("", False)])
def test_for_a_prompt_about_the_whole_picture_the_model_sees_the_whole(prompt: str, sees_all: bool) -> None:
    source = scene(1024, 1024)
    mask = place_marker(source.size, (0.3, 0.3), 0.2)
    _, asked = placed(source, Region(prompt, mask, Intent.REMOVE))
    assert asked.masks is not None
    covered = (asked.masks[0] > 127).mean() / ((mask > 127).mean() / 4)
    assert (covered < 6) == sees_all


def test_a_new_background_leaves_every_pixel_of_what_stays() -> None:
    source = scene(512, 512)
    kept = place_marker(source.size, (0.5, 0.5), 0.4)
    made, asked = placed(source, Region("on the moon", 255 - kept, Intent.BACKGROUND))
    assert asked.makes_place and not asked.places_things and asked.strength == 1
    assert np.array_equal(made[kept > 0], source.pixels[kept > 0])
    assert (np.abs(made[kept == 0].astype(int) - (5, 200, 40)).max(axis=1) < 3).mean() > 0.7


@pytest.mark.parametrize("aspect", [3.0, 16 / 9, 9 / 16, 0.4, 7.5])
def test_extend_keeps_the_whole_picture_and_fills_the_rest(aspect: float) -> None:
    watch, events = watched()
    source = scene(300, 260)
    size = frame_around(source.size, aspect)
    request = Extend(model="m", source=source, sampling=replace(SAMPLING, count=1), size=size)
    made = make(request, FlatFamily(), watch)
    (pixels,) = made.pictures
    assert (pixels.shape[1], pixels.shape[0]) == size.wh
    left, top = (size.width_px - 300) // 2, (size.height_px - 260) // 2
    assert np.array_equal(pixels[top : top + 260, left : left + 300], source.pixels)
    outside = np.ones(pixels.shape[:2], bool)
    outside[max(0, top - 40) : top + 300, max(0, left - 40) : left + 340] = False
    if outside.any():
        assert (pixels[outside] == (5, 200, 40)).all(axis=1).mean() < 0.99, (
            "each window has a seed of its own"
        )
        assert (pixels[outside][:, 1:] == (200, 40)).all(axis=1).mean() > 0.9, (
            "nearly all of it is newly painted"
        )
    last = [e for e in events if isinstance(e, Progress)][-1]
    assert last.step == last.steps


@pytest.mark.parametrize(("left_px", "top_px"), [(0, 0), (700, 0), (0, 340), (650, 7)])
def test_extend_keeps_the_picture_wherever_it_lies_in_the_frame(left_px: int, top_px: int) -> None:
    watch, _ = watched()
    source, size = scene(300, 260), Size(1000, 600)
    request = Extend(
        model="m",
        source=source,
        sampling=replace(SAMPLING, count=1),
        size=size,
        left_px=left_px,
        top_px=top_px,
    )
    (pixels,) = make(request, FlatFamily(), watch).pictures
    assert np.array_equal(pixels[request.known.slices], source.pixels)
    outside = np.ones(pixels.shape[:2], bool)
    outside[max(0, top_px - 40) : top_px + 300, max(0, left_px - 40) : left_px + 340] = False
    assert (pixels[outside][:, 1:] == (200, 40)).all(axis=1).mean() > 0.9, "nearly all of it is newly painted"


def test_how_far_walks_more_of_the_schedule() -> None:
    strengths: list[float] = []
    for how_far in (0.0, 0.3, 0.6, 1.0):
        watch, _ = watched()
        family, source = FlatFamily(), scene()
        make(
            Vary(model="m", source=source, sampling=SAMPLING, size=source.size, how_far=how_far),
            family,
            watch,
        )
        strengths.append(family.asked[0].strength)
    assert strengths == sorted(set(strengths))
    assert strengths[0] > 0
    assert strengths[-1] < 1


def test_a_blend_starts_between_the_two_pictures() -> None:
    starts: list[Pixels] = []
    a, b = scene(), scene(300, 640)
    for mix in (0.0, 0.5, 1.0):
        watch, _ = watched()
        family = FlatFamily()
        make(Vary(model="m", source=a, blend=b, mix=mix, sampling=SAMPLING, size=a.size), family, watch)
        images = family.asked[0].images
        assert images is not None
        starts.append(images[0].astype(float))
    assert np.abs(starts[1] - (starts[0] + starts[2]) / 2).mean() < 1
    assert np.abs(starts[0] - starts[2]).mean() > 1


def test_a_near_variation_keeps_the_detail_the_autoencoder_loses() -> None:
    """The family returns the picture blurred, as an autoencoder would; a near variation is sharp again."""
    source = scene(512, 512)

    class Blurring(FlatFamily):
        def sample(self, sample: Sample, first_index: int, watch: Watch) -> Pixels:
            assert sample.images is not None
            return self.autoencode(sample.images)

        def autoencode(self, images: Pixels) -> Pixels:
            small = images[:, ::8, ::8]
            return small.repeat(8, axis=1).repeat(8, axis=2)

    def distance(how_far: float) -> float:
        watch, _ = watched()
        sampling = replace(SAMPLING, count=1)
        request = Vary(model="m", source=source, sampling=sampling, size=source.size, how_far=how_far)
        (pixels,) = make(request, Blurring(), watch).pictures
        return float(np.abs(pixels.astype(float) - source.pixels).mean())

    assert distance(0) < 1
    assert distance(0) < distance(0.5) < distance(1)


class Repainting(FlatFamily):
    """Paints over everything that its mask leaves to it, and is told nothing of what is to be kept."""

    def sample(self, sample: Sample, first_index: int, watch: Watch) -> Pixels:
        painted = super().sample(sample, first_index, watch)
        assert sample.images is not None
        noise = np.random.default_rng(sample.seeds[0]).integers(-60, 60, painted.shape)
        painted = (painted + noise).clip(0, 255).astype(np.uint8)
        return (
            painted if sample.masks is None else np.where(sample.masks[..., None] > 0, painted, sample.images)
        )


def kept(keep: Keep, how_far: float = 0.9, source: Picture | None = None) -> list[Pixels]:
    watch, _ = watched()
    source = source or scene(256, 256)
    request = Vary(
        model="m", source=source, sampling=SAMPLING, size=Size(256, 256), how_far=how_far, keep=keep
    )
    return make(request, Repainting(), watch).pictures


def test_a_kept_palette_comes_back_whatever_the_model_paints() -> None:
    wanted = oklab(scene(256, 256).pixels).mean(axis=(0, 1))

    def distance(keep: Keep) -> float:
        return max(float(np.abs(oklab(each).mean(axis=(0, 1)) - wanted).max()) for each in kept(keep))

    assert distance(Keep.PALETTE) < 0.05 < distance(Keep.FREE)


def test_a_kept_subject_comes_back_sharp_whatever_the_model_paints() -> None:
    source = scene(256, 256)
    subject = subject_of(source.pixels)
    for pixels in kept(Keep.SUBJECT):
        change = np.abs(pixels.astype(int) - source.pixels).mean(axis=2)
        assert change[subject == 255].mean() < 2
        assert change[subject == 0].mean() > 30


def test_what_is_kept_of_a_picture_does_not_depend_on_its_company() -> None:
    for keep in Keep:
        family, together = FlatFamily(), FlatFamily()
        request = Vary(
            model="m", source=scene(), sampling=SAMPLING, size=Size(256, 256), how_far=1, keep=keep
        )
        pictures = make(request, together, watched()[0]).pictures
        alone = replace(request, sampling=replace(SAMPLING, seed=SAMPLING.seed + 1, count=1))
        assert np.array_equal(make(alone, family, watched()[0]).pictures[0], pictures[1])
        seen, mine = together.asked[0].images, family.asked[0].images
        assert seen is not None and mine is not None and np.array_equal(seen[1], mine[0])


def test_upscale_needs_no_model() -> None:
    watch, _ = watched()
    source = scene(100, 60)
    (pixels,) = make(Upscale(model="m", source=source, size=Size(400, 240)), None, watch).pictures
    assert pixels.shape == (240, 400, 3)
    back = pixels.reshape(60, 4, 100, 4, 3).mean(axis=(1, 3))
    assert np.abs(back - source.pixels).mean() < 3


def test_a_cancel_takes_effect_at_the_next_step() -> None:
    seen: list[Event] = []
    watch = Watch(seen.append, lambda: sum(isinstance(e, Progress) for e in seen) >= 3)
    with pytest.raises(CancelledByUser):
        make(Generate(model="m", prompt="a", sampling=SAMPLING), FlatFamily(), watch)
    assert sum(isinstance(e, Progress) for e in seen) == 3
