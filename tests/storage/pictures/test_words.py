"""A search finds words by their beginnings, and Chinese by any part."""

from __future__ import annotations

import sqlite3
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from dalle_studio.storage.pictures.words import TOKENIZER, expression, indexed


def finds(text: str, query: str) -> bool:
    connection = database()
    connection.execute("DELETE FROM search")
    connection.execute("INSERT INTO search VALUES (?)", (indexed(text),))
    statement = "SELECT count(*) FROM search WHERE search MATCH ?"
    return bool(connection.execute(statement, (expression(query),)).fetchone()[0])


@cache
def database() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute(f"""CREATE VIRTUAL TABLE search USING fts5 (text, tokenize = "{TOKENIZER}")""")
    return connection


@settings(max_examples=40)
@given(text=st.text("红色的汽车在海滩上", min_size=1, max_size=12), data=st.data())
def test_chinese_is_found_by_every_part_of_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert finds(f"a {text}!", text[start:end])


@settings(max_examples=40)
@given(text=st.text("红色汽车", max_size=8), query=st.text("红色汽车", min_size=1, max_size=4))
def test_chinese_is_found_by_nothing_else(text: str, query: str) -> None:
    assert finds(text, query) == (query in text)


def test_words_are_found_by_their_beginnings_whatever_the_case_and_accents() -> None:
    text = "A Red CAR outside the Café, painted by Dürer; ｆｕｌｌ ｗｉｄｔｈ: red-car-17.png"
    for query in (
        "car",
        "ca",
        "red",
        "cafe",
        "CAFÉ",
        "durer",
        "full",
        "red-car",
        "17",
        "red car",
        "car painted",
    ):
        assert finds(text, query), query
    assert not finds(text, "ar")
    assert not finds(text, "red bus")


def test_scripts_side_by_side() -> None:
    for query in ("3d", "汽车", "3D红", "海 滩", "かわ", "강아", "แมว", "हिन्"):
        assert finds("3D红色汽车 在海滩上 かわいい 강아지 แมวดำ हिन्दी", query), query


def test_what_is_no_word_is_no_query() -> None:
    for query in ("", "  ", "!!", '"', "* - ^", "\0"):
        assert expression(query) == "", query


@settings(max_examples=40)
@given(st.text(max_size=30))
def test_no_query_is_a_syntax_error(query: str) -> None:
    finds("a red car", query) if expression(query) else None
