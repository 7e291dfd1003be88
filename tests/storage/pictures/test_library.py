"""What a library answers, and what the user can think of its pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from dalle_studio.core.errors import CannotWrite, UnreadablePicture
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Parent, Recipe
from dalle_studio.storage.library import RECIPE_KEY, open_picture
from dalle_studio.storage.pictures.library import Library
from dalle_studio.storage.pictures.row import Filter
from tests.storage.pictures.shelf import found, names, only, opened, variation
from tests.storage.samples import MADE, generated, noise


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with opened(tmp_path) as library:
        yield library


def test_a_saved_picture_is_whole_on_disk_and_listed_with_all_its_facts(library: Library) -> None:
    picture = generated("红色汽车")
    row = library.save(picture, "红色汽车")
    assert row.path == library.folder / date.today().isoformat() / "红色汽车.png"
    assert open_picture(row.path).sha256 == row.sha256 == picture.sha256
    assert (row.prompt, row.negative_prompt, row.verb) == ("红色汽车", "fog", "generate")
    assert (row.model, row.seed, row.steps, row.elapsed_s) == ("starter", 9, 16, 1.25)
    assert (row.width_px, row.height_px, row.created) == (32, 24, MADE.created)
    assert library.rows() == (row,) and library.row(row.path) == row
    assert library.row(library.folder / "other.png") is None is library.row(Path("/elsewhere.png"))
    recipe = library.recipe(row)
    assert recipe is not None and recipe.to_json() == (picture.recipe.to_json() if picture.recipe else "")
    assert library.open(row).sha256 == picture.sha256


def test_another_library_of_the_same_folder_sees_it_at_once(library: Library, tmp_path: Path) -> None:
    with opened(tmp_path) as other:
        assert not other.has_changed()
        library.save(generated(), "a")
        assert other.has_changed() and not other.has_changed()
        assert names(other) == ["a.png"]
        assert not library.has_changed(), "its own work is no news"
        other.set_star([only(other).id], True)
        assert library.has_changed() and only(library).starred


def test_pages_come_last_first_by_ids_that_fit(library: Library) -> None:
    rows = [
        library.save(generated("红车" if number % 2 else "fox", seed=number), f"{number}")
        for number in range(7)
    ]
    library.set_star([rows[3].id, rows[5].id], True)
    library.add_to([rows[1].id, rows[3].id], "Beach")
    assert [row.name for row in library.rows(offset=2, limit=3)] == ["4.png", "3.png", "2.png"]
    for filter_, expected in [
        (Filter(), "6543210"),
        (Filter(query="车"), "531"),
        (Filter(starred=True), "53"),
        (Filter(collection="Beach"), "31"),
        (Filter(collection="Beach", starred=True), "3"),
        (Filter(query="红车", collection="Beach", starred=True), "3"),
        (Filter(query="fox", collection="Beach"), ""),
        (Filter(query="starred"), ""),
        (Filter(collection="Mountains"), ""),
        (Filter(query="!?"), ""),
    ]:
        shown = "".join(row.path.stem for row in library.rows(filter_))
        assert (shown, library.count(filter_)) == (expected, len(expected)), filter_
        ids = library.ids(filter_)
        assert "".join(row.path.stem for row in library.page(ids)) == expected, filter_
        assert ids.tolist() == [row.id for row in library.rows(filter_)]
        some = [row.id for row in rows[2:6]]
        assert library.ids(filter_, some).tolist() == [id_ for id_ in ids if id_ in some], filter_
    library.forget([rows[6].id])
    assert library.page([rows[6].id, rows[5].id]) == (library.row(rows[5].path),)


def test_collections_come_and_go_with_their_pictures(library: Library) -> None:
    a, b = (library.save(generated(seed=seed), name) for seed, name in ((1, "a"), (2, "b")))
    library.add_to([a.id, b.id], "  夏 天 ")
    library.add_to([a.id], "beach")
    library.add_to([a.id], "   ")
    assert library.collections() == ("beach", "夏 天")
    assert library.rows()[1].collections == ("beach", "夏 天")
    assert found(library, "beach") == ["a.png"] and found(library, "天") == ["b.png", "a.png"]
    library.remove_from([a.id, b.id], "夏 天")
    assert library.collections() == ("beach",) and found(library, "天") == []
    library.forget([a.id])
    assert library.collections() == ()


def test_kept_and_stars_stay(library: Library, tmp_path: Path) -> None:
    row = library.save(generated(), "a")
    library.set_kept([row.id], True)
    library.set_star([row.id], True)
    with opened(tmp_path) as other:
        assert only(other) == replace(row, starred=True, kept=True)
    library.set_star([row.id], False)
    assert not only(library).starred and only(library).kept


def test_families(library: Library) -> None:
    mother = generated()
    row = library.save(mother, "mother")
    children = [library.save(variation(mother, seed), f"child {seed}") for seed in (5, 6)]
    assert library.children(row) == tuple(children)
    assert library.parents(children[0].parents) == (row,)
    library.forget([row.id])
    assert library.parents(children[0].parents) == (Parent("", mother.sha256),)
    library.forget([children[0].id])
    assert library.children(row) == (children[1],)


def test_what_was_deleted_comes_back_with_its_marks_and_its_place(library: Library) -> None:
    rows = [library.save(generated(seed=seed), f"{seed}") for seed in (1, 2, 3)]
    library.add_to([rows[1].id], "Beach")
    library.forget([rows[1].id])
    assert names(library) == ["3.png", "1.png"] and found(library, "beach") == []
    back = library.bring_back(rows[1].id, rows[1].path.with_name("2-2.png"))
    assert back is not None and back.collections == ("Beach",) and back.id == rows[1].id
    assert names(library) == ["3.png", "2-2.png", "1.png"] and found(library, "beach") == ["2-2.png"]
    assert library.bring_back(rows[1].id, Path("/elsewhere/2.png")) is None


def test_a_new_picture_under_a_deleted_ones_name_has_none_of_its_marks(library: Library) -> None:
    row = library.save(generated(seed=1), "a")
    library.set_star([row.id], True)
    library.forget([row.id])
    row.path.unlink()
    again = library.save(generated(seed=2), "a")
    assert again.path == row.path and not again.starred


@pytest.mark.parametrize("side_px", [256, 512])
def test_thumbnails_are_made_kept_and_made_again(library: Library, tmp_path: Path, side_px: int) -> None:
    row = library.save(Picture(noise(1200, 600)), "wide")
    data = library.thumbnail(row, side_px)
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.size) == ("JPEG", (side_px, side_px // 2))
    (kept,) = (path for path in (tmp_path / "cache").rglob("*") if path.is_file())
    kept.write_bytes(data[:100])  # as after a power cut
    assert library.thumbnail(row, side_px) == data == kept.read_bytes()
    row.path.unlink()
    assert library.thumbnail(row, side_px) == data
    kept.unlink()
    with pytest.raises(UnreadablePicture):
        library.thumbnail(row, side_px)


def test_thumbnails_without_a_cache_folder(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    with opened(tmp_path) as library:
        assert library.thumbnail(library.save(generated(), "a"), 256).startswith(b"\xff\xd8")


def test_names_and_prompts_that_are_no_unicode(library: Library, tmp_path: Path) -> None:
    whole = generated().recipe
    assert whole is not None
    request = {**whole.request, "prompt": "half a pair \ud83d and a \0"}
    recipe = Recipe(whole.verb, request, whole.parents, whole.provenance)
    info = PngImagePlugin.PngInfo()
    info.add_itxt(RECIPE_KEY, recipe.to_json())
    library.folder.mkdir(exist_ok=True)
    Picture(noise()).image.save(library.folder / "a.png", pnginfo=info)
    library.scan()
    assert found(library, "half") == ["a.png"]
    row = only(library)
    strange = row.path.with_name("caf\udce9.png")
    try:
        row.path.rename(strange)
    except OSError:  # a file system that takes Unicode only
        pytest.skip("the file system refuses the name")
    library.scan()
    assert only(library).path == strange
    assert only(library).id == row.id
    library.add_to([row.id], "odd \ud83d")
    assert found(library, "odd") == [strange.name]
    assert library.thumbnail(only(library), 256)
    nobody = Parent("half \ud83d.png", "half \ud83d")
    assert library.parents([nobody]) == (nobody,)


def test_a_picture_the_index_could_not_take_is_safe_and_found_later(library: Library, tmp_path: Path) -> None:
    library.save(generated(), "a")
    with library._database.write() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    library._database._writer.execute(f"PRAGMA max_page_count = {pages}")  # a full disk, to SQLite
    with pytest.raises(CannotWrite) as caught:
        for seed in range(2, 200):
            library.save(generated("word " * 300 + str(seed), seed=seed), f"{seed}")
    assert "full" in caught.value.message and "saved as" in caught.value.message
    with opened(tmp_path) as other:
        before = other.count()
        assert other.scan().added == 1
        assert other.count() == before + 1 == len(list((tmp_path / "pictures").rglob("*.png")))
