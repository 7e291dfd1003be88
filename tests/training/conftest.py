"""Sprites drawn on the spot: the tests need neither network nor npm."""
# pyright: reportMissingParameterType=false

from importlib.util import find_spec

import numpy as np
import pytest
import torch

needed = ("cv2", "resvg_py")
collect_ignore_glob = [] if all(map(find_spec, needed)) else ["test_*.py"]


def solid(red: int, green: int, blue: int, height: int = 40, width: int = 56):
    sprite = np.zeros((height, width, 4), np.uint8)
    sprite[:] = (red, green, blue, 255)
    return sprite


@pytest.fixture(scope="session", autouse=True)
def one_thread():
    """Small networks are slower with several threads, and tests share the machine."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def write_shard():
    """Writes a shard of made-up pairs, as `store_pairs` does of drawn ones."""

    def write(folder, start, captions):
        rng, count = np.random.default_rng(start), len(captions)
        np.savez(
            folder / f"{start:08d}.npz",
            pictures=rng.standard_normal((count, 16, 16, 16)).astype(np.float16),
            sketches=rng.standard_normal((count, 16, 16, 16)).astype(np.float16),
            contours=rng.standard_normal((count, 16, 16, 16)).astype(np.float16),
            coverage=rng.integers(0, 256, (count, 16, 16), np.uint8),
            thumbnails=rng.integers(0, 256, (count, 64, 64, 3), np.uint8),
            captions=np.array(captions),
        )

    return write


@pytest.fixture(scope="session")
def write_details():
    """Writes a shard of made-up details, as `store_details` does of drawn ones."""

    def write(folder, start, captions):
        rng, count = np.random.default_rng(start), len(captions)
        pictures, once, sketches, contours = (
            rng.standard_normal((count, 16, 32, 32)).astype(np.float16) for _ in range(4)
        )
        np.savez(
            folder / f"{start:08d}.npz",
            pictures=pictures,
            drawn_once=once,
            sketches=sketches,
            contours=contours,
            coverage=rng.integers(0, 256, (count, 32, 32), np.uint8),
            colours=rng.integers(0, 256, (count, 3, 32, 32), np.uint8),
            captions=np.array(captions),
        )

    return write


@pytest.fixture(scope="session")
def sprites():
    """Every thing is a plain rectangle in a colour of its own, wide or tall."""
    from dalle_studio.training.art.concepts import THINGS
    from dalle_studio.training.art.sprites import Sprites

    rng = np.random.default_rng(0)
    return Sprites(
        {
            f"{thing.name}/3d": solid(*rng.integers(0, 255, 3).tolist(), *rng.integers(30, 70, 2).tolist())
            for thing in THINGS
        }
    )


@pytest.fixture(scope="session")
def magenta_sprites():
    """Every thing is the same magenta rectangle, which no background contains."""
    from dalle_studio.training.art.concepts import THINGS
    from dalle_studio.training.art.sprites import Sprites

    return Sprites({f"{thing.name}/3d": solid(255, 0, 255) for thing in THINGS})
