"""`district.toml` and `sources.toml` are read whole or refused by the key that is wrong."""

from datetime import date

import pytest

from layers.versions.settings import read_settings
from layers.versions.sources import read_sources
from words import text
from words.errors import AtlasError

WHOLE = """code = "500156"
name = "武隆区"
metric_crs = "EPSG:4545"
elevation_m = [150, 2100]
[storm]
a = 12.5
[flags]
water_short_area = true
"""
SOURCE = '[townships]\nissuer = "甲"\nas_of = 2024-12-31\nlicence = "x"\nstatus = "official"\n'


def test_settings_are_read(tmp_path):
    (tmp_path / "district.toml").write_text(WHOLE, encoding="utf-8")
    found = read_settings(tmp_path)
    assert (found.code, found.name, found.name_en) == ("500156", "武隆区", "武隆区")
    assert found.metric_crs.to_epsg() == 4545
    assert found.elevation_m == (150, 2100)
    assert found.annual_rain_mm == (0, 12000)
    assert found.flags["water_short_area"] is True


@pytest.mark.parametrize(
    ("old", "new", "setting"),
    [
        ('code = "500156"', "", "code"),
        ('"EPSG:4545"', '"EPSG:0"', "metric_crs"),
        ("[150, 2100]", "[2100, 150]", "elevation_m"),
        ("[150, 2100]", '"high"', "elevation_m"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, old, new, setting):
    (tmp_path / "district.toml").write_text(WHOLE.replace(old, new), encoding="utf-8")
    with pytest.raises(AtlasError) as caught:
        read_settings(tmp_path)
    assert str(caught.value.facts["setting"]) == setting
    assert setting in text(caught.value.key, "zh", **caught.value.facts)


def test_degrees_are_no_metric_system(tmp_path):
    (tmp_path / "district.toml").write_text(WHOLE.replace("4545", "4490"), encoding="utf-8")
    with pytest.raises(AtlasError):
        read_settings(tmp_path)


def test_a_missing_or_broken_file_is_named(tmp_path):
    with pytest.raises(AtlasError, match="no_such_file"):
        read_settings(tmp_path)
    (tmp_path / "district.toml").write_bytes(b"code = \xff")
    with pytest.raises(AtlasError, match="toml_unreadable"):
        read_settings(tmp_path)


def test_sources_are_read_and_none_is_fine(tmp_path):
    assert read_sources(tmp_path) == ({}, ())
    (tmp_path / "sources.toml").write_text(SOURCE, encoding="utf-8")
    found, wrong = read_sources(tmp_path)
    assert (found["townships"].issuer, found["townships"].as_of) == ("甲", date(2024, 12, 31))
    assert found["townships"].status == "official"
    assert wrong == ()


@pytest.mark.parametrize(("old", "new"), [('"official"', '"sure"'), ("2024-12-31", '"2024"'), ('licence = "x"', "")])
def test_a_source_that_lacks_something_is_told_and_costs_no_other(tmp_path, old, new):
    text = SOURCE.replace(old, new) + SOURCE.replace("townships", "rivers")
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    found, (wrong,) = read_sources(tmp_path)
    assert list(found) == ["rivers"]
    assert (wrong.key, str(wrong.facts["layer"])) == ("problems.source_wrong", "townships")


def test_a_line_that_is_no_toml_is_named_and_costs_its_own_entry(tmp_path):
    text = (
        SOURCE
        + "\n"
        + SOURCE.replace("townships", "rivers").replace('"甲"', "甲")
        + SOURCE.replace("townships", "roads")
    )
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    found, (wrong,) = read_sources(tmp_path)
    assert list(found) == ["townships", "roads"]
    line = next(at for at, one in enumerate(text.splitlines(), 1) if one.endswith("= 甲"))
    assert (wrong.key, wrong.facts["line"], wrong.facts["text"]) == ("problems.toml_line", line, "issuer = 甲")


def test_a_file_of_sources_nobody_can_read_is_told_whole(tmp_path):
    (tmp_path / "sources.toml").write_bytes(b"\xff\xfe\xff")
    found, (wrong,) = read_sources(tmp_path)
    assert (found, wrong.key) == ({}, "problems.toml_unreadable")
