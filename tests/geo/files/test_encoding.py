"""Texts are decoded by what they show, not by what is said about them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.files.encoding import choose, codec_named, decode, text_codec, unscrambled

TOWNS = ["巷口镇", "桐梓镇", "火炉镇", "江口镇", "羊角街道", "凤山街道", "白马镇", "仙女山街道"]
TRADITIONAL = ["龍潭鄉", "後坪鄉", "鳳來鎮", "雙河鄉", "滄溝鄉"]


@pytest.mark.parametrize("declared", [None, "utf-8", "gb18030", "cp1252", "iso8859-1"])
def test_chinese_is_recognised_whatever_is_declared(declared):
    assert choose([town.encode("gb18030") for town in TOWNS], declared=declared).codec == "gb18030"
    assert choose([town.encode("utf-8") for town in TOWNS], declared=declared).codec == "utf-8"


def test_traditional_chinese_in_big5_is_recognised():
    choice = choose([town.encode("big5") for town in TRADITIONAL])
    assert (choice.codec, choice.sure) == ("big5", True)


def test_western_text_follows_its_declaration():
    values = ["Montréal".encode("latin-1"), "São Miguel".encode("latin-1")]
    assert choose(values, declared="iso8859-1").codec == "iso8859-1"
    assert choose([value.decode("latin-1").encode("utf-8") for value in values], declared="utf-8").codec == "utf-8"


def test_two_byte_chinese_that_happens_to_be_utf8_is_still_chinese():
    assert "目".encode("gb18030").decode("utf-8") == "Ŀ"
    assert choose(["目".encode("gb18030")]).codec == "gb18030"


def test_rare_four_byte_characters_survive():
    name = "㵲𬇕镇"
    value = name.encode("gb18030")
    choice = choose([value, *(town.encode("gb18030") for town in TOWNS)])
    assert decode(value, choice.codec) == (name, True)


def test_half_a_character_at_the_end_is_left_out_and_told():
    assert decode("羊角街道".encode("gb18030")[:-1], "gb18030") == ("羊角街", False)
    assert decode("羊角街道".encode()[:-1], "utf-8") == ("羊角街", False)


@pytest.mark.parametrize(
    ("said", "codec"),
    [
        ("UTF-8", "utf-8"),
        ("\ufeffUTF-8\r\n", "utf-8"),
        ("65001", "utf-8"),
        ("GBK", "gb18030"),
        ("936", "gb18030"),
        ("cp936", "gb18030"),
        ("ANSI 936", "gb18030"),
        ("GB2312", "gb18030"),
        ("ISO-8859-1", "iso8859-1"),
        ("88591", "iso8859-1"),
        ("1252", "cp1252"),
        ("BIG5", "big5"),
        ("OEM", None),
        ("", None),
        ("nonsense", None),
        ("base64", None),
        (None, None),
    ],
)
def test_encoding_names_are_understood_as_people_write_them(said, codec):
    assert codec_named(said) == codec


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_text_file_is_read_in_its_own_encoding(codec):
    whole = "名称,代码\n" + "\n".join(f"{town},{i}" for i, town in enumerate(TOWNS))
    assert whole.encode(codec).decode(text_codec(whole.encode(codec))) == whole


def test_bytes_with_nulls_are_no_text():
    assert text_codec(b"a\0b") is None


def test_text_read_wrongly_and_saved_is_restored():
    scrambled = {town.encode("utf-8").decode("gb18030", errors="strict"): town for town in ("凤山街道", "白马街道")}
    assert next(iter(scrambled)) == "鍑ゅ北琛楅亾"
    assert unscrambled(list(scrambled)) == scrambled
    latin = {town.encode("gb18030").decode("latin-1"): town for town in TOWNS}
    assert unscrambled(list(latin)) == latin


def test_right_text_is_left_alone():
    assert unscrambled(TOWNS) is None
    assert unscrambled(["Montréal", "São Miguel"]) is None
    assert unscrambled(["plain"]) is None
    assert unscrambled([]) is None


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(TOWNS), min_size=2, max_size=8), st.sampled_from(["utf-8", "gb18030"]))
def test_any_mixture_of_names_comes_back_whole(names, codec):
    values = [name.encode(codec) for name in names]
    choice = choose(values)
    assert [decode(value, choice.codec)[0] for value in values] == names


def test_one_damaged_value_does_not_decide_over_the_others():
    values = [f"白马镇第{n}村".encode() for n in range(20)]
    assert choose([*values, b"\xc8\xfe\xff"]).codec == "utf-8"
    assert choose([value.decode().encode("gb18030") for value in values] + ["一".encode()]).codec == "gb18030"
