"""Pictures of the map: right size, everything said that must be said, no name taken for a formula."""

from __future__ import annotations

import io
import subprocess
import sys
import time

import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image

from layers.catalogue import CATALOGUE
from maps.printed.picture import default_layers, district_png, township_png
from maps.printed.sheet import Sheet
from tests.broken_district import with_broken
from tests.paper_district import HOSTILE, paper_district
from words import text
from words.errors import AtlasError


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Text]:
    """Every text of the pictures saved, as matplotlib holds it; the picture itself is not coloured in, to save time."""
    texts: list[Text] = []

    def keep(sheet: Sheet, *, facts: object) -> bytes:
        texts.extend(found for found in sheet.figure.findobj(Text) if found.get_text())
        return b""

    monkeypatch.setattr(Sheet, "png", keep)
    return texts


def _said(texts: list[Text]) -> list[str]:
    return [found.get_text() for found in texts]


def _picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_a_township_s_picture_has_the_size_asked_for():
    assert _picture(township_png(paper_district(), "W")).size == (1600, 1130)
    assert _picture(township_png(paper_district(), "E", width_px=800, height_px=1000)).size == (800, 1000)


def test_the_file_itself_names_its_source_and_resolution():
    picture = _picture(township_png(paper_district(), "W"))
    assert picture.text["Title"] == "白马镇"
    assert "重庆市武隆区水利局" in picture.text["Source"]
    assert picture.info["dpi"][0] * 0.297 / 0.0254 == pytest.approx(1600, abs=2)


def test_everything_a_map_must_say_is_on_it(written: list[Text]):
    township_png(paper_district(), "W", edition_line="审图号:渝S(2026)001号")
    said = "\n".join(_said(written))
    for words in (
        "白马镇节水一张图", "武隆区", "审图号:渝S(2026)001号", "示意数据", "1:90,000", "图例", "北", "CGCS2000",
        "中央经线 108°E", "EPSG:4545", "1985国家高程基准", "重庆市武隆区水利局(2024-12-31)", "0123456789ab", "107°48′E",
        "29°20′N", "2 km",
    ):  # fmt: skip
        assert words in said, words


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_broken_layer_is_named_at_the_foot_and_one_not_asked_for_is_not(written: list[Text], language: str):
    spoiled = with_broken(paper_district(), "rivers", "villages", "roads")
    township_png(spoiled, "W", layers=["villages"], language=language)
    district_png(spoiled, {"W": 1.0}, indicator_name="x", unit=None, language=language, layers=("roads",))
    joint = text("maps.print.between", language)
    for layer in ("villages", "roads"):
        named = joint.join(text(f"layers.{one}.name", language) for one in ("rivers", layer))
        assert text("maps.broken_note", language, layers=named) in _said(written)


def test_the_edition_line_is_internal_unless_told(written: list[Text]):
    township_png(paper_district(), "W")
    assert "内部资料" in _said(written)


def test_the_legend_tells_what_is_drawn_and_nothing_else(written: list[Text]):
    township_png(paper_district(), "W", layers=["rivers", "urban_areas", "reservoirs"])
    said = _said(written)
    assert {"河流", "干流", "溪沟", "建成区", "旧城改造"} <= set(said)
    assert not {"一级支流", "水库", "村(社区)", "行政村"} & set(said)


def test_neighbours_are_named(written: list[Text]):
    township_png(paper_district(), "W")
    assert {"长坝镇", "浩口苗族仡佬族乡"} <= set(_said(written))


def test_a_township_that_ended_is_not_drawn(written: list[Text]):
    township_png(paper_district(), "W")
    assert "土坎镇" not in _said(written)


def test_hostile_names_are_plain_text(written: list[Text]):
    township_png(paper_district(), "W", layers=["villages"])
    said = _said(written)
    assert any(name.startswith(HOSTILE[:12]) for name in said)
    assert any(name.startswith("$\\frac{水}") for name in said)
    assert "火[U+1F525]村" in said
    assert not [found for found in written if found.get_parse_math() and found.get_text().count("$") > 1]


def test_no_names_overlap(written: list[Text]):
    township_png(paper_district(), "W", layers=["villages"])
    inside = [found for found in written if found.axes is not None]
    renderer = inside[0].figure.canvas.get_renderer()
    boxes = [found.get_window_extent(renderer).shrunk(0.9, 0.8) for found in inside]
    assert len(boxes) > 10
    assert not [(a, b) for n, a in enumerate(boxes) for b in boxes[n + 1 :] if a.overlaps(b)]


def test_official_data_bear_no_mark(written: list[Text]):
    township_png(paper_district(status="official"), "W")
    assert "示意数据" not in _said(written)


def test_heights_are_named_only_where_they_are_declared_and_drawn(written: list[Text]):
    township_png(paper_district(without=["elevation"]), "W")
    assert "1985" not in "".join(_said(written))


def test_the_english_picture_speaks_english(written: list[Text]):
    township_png(paper_district(), "W", language="en", layers=["rivers"])
    said = _said(written)
    assert {"Legend", "N", text("statuses.illustrative", "en")} <= set(said)
    assert any("central meridian 108°E" in line for line in said)


@pytest.mark.parametrize("missing", ["rivers", "villages", "urban_areas", "elevation"])
def test_a_missing_layer_leaves_the_rest_of_the_picture(missing: str):
    assert township_png(paper_district(without=[missing]), "W").startswith(b"\x89PNG")


def test_a_township_with_nothing_on_it_says_so(written: list[Text]):
    township_png(paper_district(without=["rivers", "villages", "urban_areas"]), "E")
    assert text("maps.print.no_features") in _said(written)


def test_only_vector_layers_go_on_the_map():
    for layer in ("elevation", "water_use", "nonsense"):
        with pytest.raises(AtlasError, match=r"print\.not_on_map"):
            township_png(paper_district(), "W", layers=[layer])
    with pytest.raises(AtlasError, match=r"errors\.unknown_township"):
        township_png(paper_district(), "X")


def test_the_picture_is_the_same_every_time():
    assert township_png(paper_district(), "E") == township_png(paper_district(), "E")


def test_the_default_layers_are_those_of_the_general_theme():
    assert {layer.id for layer in default_layers(paper_district())} == {
        "townships",
        "rivers",
        "villages",
        "urban_areas",
    }
    assert all("general" in CATALOGUE[layer.id].themes for layer in default_layers(paper_district()))


def test_a_picture_takes_less_than_two_seconds_of_work():
    district = paper_district()
    township_png(district, "W")
    start = time.process_time()
    township_png(district, "W")
    assert time.process_time() - start < 2.0


def test_classes_values_and_unknown_are_on_the_district_s_picture(written: list[Text]):
    values = {"W": 1_200_000.0, "E": 300_000.0, "N": None}
    breaks = (500_000.0, 1_000_000.0)
    district_png(paper_district(), values, indicator_name="用水量", unit="m3_as_wan_m3", breaks=breaks)
    said = _said(written)
    assert {"用水量(万m³)", "小于 50", "50 – 100", "100 及以上", "数据不足"} <= set(said)
    assert {"白马 120.00", "长坝 30.00", "浩口乡 数据不足"} <= set(said)


def test_zero_is_a_value_and_missing_is_hatched(written: list[Text]):
    district_png(paper_district(), {"W": 0.0, "E": float("nan")}, indicator_name="项目", unit="count", breaks=(5,))
    said = _said(written)
    assert "白马 0" in said
    assert {"长坝 数据不足", "浩口乡 数据不足"} <= set(said)


def test_classes_stay_apart_in_grey():
    """A darker class is darker in grey too, by at least 15 of 255."""
    from maps.printed.district import Choropleth

    shown = Choropleth({}, name="x", unit=None, breaks=(1, 2, 3, 4), theme="network", layers=())
    colours = np.array([[int(colour[n : n + 2], 16) for n in (1, 3, 5)] for colour in shown.colours])
    grey = colours @ [0.299, 0.587, 0.114]
    assert (np.diff(grey) < -15).all()


def test_matplotlib_is_loaded_only_when_a_picture_is_asked_for():
    ask = "import sys, maps.printed.picture, maps.look.qgis_style; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", ask], check=False).returncode == 0


def test_pyplot_stays_out_of_it():
    ask = (
        "import sys; from tests.paper_district import paper_district; from maps.printed.picture import township_png; "
        "township_png(paper_district(), 'W'); sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", ask], check=False).returncode == 0
