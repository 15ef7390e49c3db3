"""Drawings: what is ground becomes the area it is, what is not is counted, and what is open is asked about."""

from __future__ import annotations

import math
from itertools import pairwise

import ezdxf
import pytest
from siting_ground import make_ground

from geo.doubt import UndecidedError
from intake.site.reading import SiteFile, read_site
from words.errors import AtlasError

DISTRICT = make_ground().district
X, Y = 485_000.0, 3_250_000.0
PLOT = [(X, Y), (X + 200, Y), (X + 200, Y + 150), (X, Y + 150)]  # 30,000 m2
INNER = [(X + 50, Y + 50), (X + 110, Y + 50), (X + 110, Y + 100), (X + 50, Y + 100)]  # 3,000 m2


def keys(found: SiteFile) -> list[str]:
    return [note.key for note in found.notes]


@pytest.fixture
def drawn(tmp_path):
    """A function that draws, saves and reads a drawing."""

    def read(draw, *, version="R2010", **answers):
        document = ezdxf.new(version)
        draw(document, document.modelspace())
        document.saveas(tmp_path / "a.dxf")
        given = {f"site.{key}": value for key, value in answers.items()}
        return read_site(tmp_path / "a.dxf", DISTRICT, answers=given)

    return read


def asked(drawn, draw, **answers) -> dict[str, list[str]]:
    with pytest.raises(UndecidedError) as refusal:
        drawn(draw, **answers)
    return {doubt.key: [choice.value for choice in doubt.choices] for doubt in refusal.value.doubts}


def four_lines(_, space, *, off=0.0):
    for at, start in enumerate(PLOT):
        end = PLOT[(at + 1) % 4]
        space.add_line((start[0] + off, start[1]), end)


def test_lines_that_meet_within_a_decimetre_are_a_ring(drawn):
    found = drawn(lambda d, s: four_lines(d, s, off=0.07))
    assert found.geometry.area == pytest.approx(30_000, abs=25)
    assert "intake.site.joined" in keys(found)


def test_lines_that_do_not_meet_are_asked_about_and_never_a_road(drawn):
    draw = lambda d, s: four_lines(d, s, off=0.5)  # noqa: E731
    assert set(asked(drawn, draw)) == {"site.open_ring"}
    three = lambda d, s: [s.add_line(a, b) for a, b in pairwise(PLOT)]  # noqa: E731
    assert asked(drawn, three) == {"site.open_ring": ["close", "line"]}
    assert drawn(three, open_ring="close").geometry.area == pytest.approx(30_000)
    assert drawn(three, open_ring="line").geometry.geom_type == "MultiLineString"


def test_an_arc_closes_a_ring_with_lines(drawn):
    def draw(_, space):  # a square of 100 m with a half circle of radius 50 m on its top
        space.add_line((X, Y), (X + 100, Y))
        space.add_line((X + 100, Y), (X + 100, Y + 100))
        space.add_arc((X + 50, Y + 100), 50, 0, 180)
        space.add_line((X, Y + 100), (X, Y))

    assert drawn(draw).geometry.area == pytest.approx(10_000 + math.pi * 50**2 / 2, rel=1e-3)


def test_blocks_are_resolved_with_scale_rotation_and_nesting(drawn):
    def draw(document, space):
        inner = document.blocks.new("UNIT")
        inner.add_lwpolyline([(0, 0), (10, 0), (10, 5), (0, 5)], close=True)  # 50 m2
        outer = document.blocks.new("OUTER")
        outer.add_blockref("UNIT", (0, 0), dxfattribs={"xscale": 2, "yscale": 2})  # 200 m2
        outer.add_attdef("NO", (0, 0))
        space.add_blockref("OUTER", (X, Y), dxfattribs={"rotation": 90, "xscale": 10, "yscale": 10, "layer": "红线"})

    found = drawn(draw)
    assert found.geometry.area == pytest.approx(20_000)
    assert found.geometry.bounds == pytest.approx((X - 100, Y, X, Y + 200))
    assert found.own_name == "红线"


CURVES = {
    "circle": (lambda s: s.add_circle((X, Y), 50), math.pi * 2_500),
    "ellipse": (lambda s: s.add_ellipse((X, Y), (100, 0), 0.5), math.pi * 5_000),
    "hatch": (lambda s: s.add_hatch().paths.add_polyline_path(PLOT, is_closed=True), 30_000),
    "three-dimensional polyline": (lambda s: s.add_polyline3d([(*p, 400) for p in PLOT], close=True), 30_000),
    "mirrored": (
        lambda s: s.add_lwpolyline([(-x, y) for x, y in PLOT], close=True, dxfattribs={"extrusion": (0, 0, -1)}),
        30_000,
    ),
    "spline": (
        lambda s: s.add_spline([(X + 50 * math.cos(k / 5), Y + 50 * math.sin(k / 5)) for k in [*range(31), 0]]),
        math.pi * 2_500,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", CURVES)
def test_every_closed_kind_has_its_area(kind, drawn):
    draw, area = CURVES[kind]
    assert drawn(lambda _, space: draw(space)).geometry.area == pytest.approx(area, rel=2e-3)


def test_an_inner_ring_is_a_hole_unless_told_otherwise(drawn):
    def draw(_, space):
        space.add_lwpolyline(PLOT, close=True)
        space.add_lwpolyline(INNER, close=True)

    found = drawn(draw)
    assert found.geometry.area == pytest.approx(27_000)
    assert "intake.site.holes" in keys(found)
    assert drawn(draw, inner="land").geometry.area == pytest.approx(30_000)


def test_a_fill_on_its_border_is_not_read_twice(drawn):
    def draw(_, space):
        space.add_lwpolyline(PLOT, close=True)
        space.add_hatch().paths.add_polyline_path(INNER, is_closed=True)

    found = drawn(draw)
    assert found.geometry.area == pytest.approx(30_000)
    assert "intake.site.left.fills" in keys(found)


def test_paper_frozen_and_switched_off_layers_are_counted_not_read(drawn):
    def draw(document, space):
        document.layers.add("旧").off()
        document.layers.add("冻").freeze()
        space.add_lwpolyline(PLOT, close=True)
        for layer in ("旧", "冻", "冻"):
            space.add_lwpolyline(INNER, close=True, dxfattribs={"layer": layer})
        document.layout("Layout1").add_lwpolyline(INNER, close=True)
        space.add_text("说明")

    found = drawn(draw)
    assert found.geometry.area == pytest.approx(30_000)
    counted = {note.key.rpartition(".")[2]: note.facts["count"] for note in found.notes if "dxf_" in note.key}
    assert counted == {"dxf_paper": 1, "dxf_off": 1, "dxf_frozen": 2, "dxf_kind": 1}


ACIS = "100\nAcDbEntity\n100\nAcDbModelerGeometry\n70\n1\n1\nbody"
ALONE = {
    "solid": f"3DSOLID\n5\nAA\n8\n红线\n{ACIS}",
    "region": f"REGION\n5\nAA\n8\n红线\n{ACIS}",
    "proxy": "ACAD_PROXY_ENTITY\n8\n红线",
    "xref": "INSERT\n8\n红线\n2\nBASE\n10\n0\n20\n0",
}
BORDER = "".join(f"10\n{x}\n20\n{y}\n" for x, y in PLOT)


@pytest.mark.parametrize("kind", ALONE)
def test_what_has_no_outline_is_called_what_it_is(kind, tmp_path):
    path, start = tmp_path / "a.dxf", "0\nSECTION\n2\nENTITIES\n0\n"
    path.write_text(f"{start}{ALONE[kind]}\n0\nENDSEC\n0\nEOF\n", encoding="utf-8")
    with pytest.raises(AtlasError) as refusal:
        read_site(path, DISTRICT)
    assert refusal.value.key == f"geo.errors.dxf_alone.{kind}"
    border = f"LWPOLYLINE\n8\n红线\n90\n4\n70\n1\n{BORDER}0\n"
    path.write_text(f"{start}{border}{ALONE[kind]}\n0\nENDSEC\n0\nEOF\n", encoding="utf-8")
    found = read_site(path, DISTRICT)
    assert found.geometry.area == pytest.approx(30_000)
    assert f"geo.errors.note.dxf_{kind}" in keys(found)


def test_a_drawing_of_nothing_but_a_picture_is_called_so(drawn):
    def draw(document, space):
        picture = document.add_image_def("a.png", (10, 10))
        space.add_image(picture, insert=(X, Y), size_in_units=(100, 100))

    with pytest.raises(AtlasError) as refusal:
        drawn(draw)
    assert refusal.value.key == "geo.errors.dxf_alone.image"


@pytest.mark.parametrize(("unit", "per_metre"), [("mm", 1000), ("cm", 100), ("km", 0.001), ("ft", 1 / 0.3048)])
def test_another_unit_than_the_metre_is_asked_about_and_turned(unit, per_metre, drawn):
    places = [(x * per_metre, y * per_metre) for x, y in PLOT]
    draw = lambda _, s: s.add_lwpolyline(places, close=True)  # noqa: E731
    assert asked(drawn, draw) == {"site.unit": [unit]}
    found = drawn(draw, unit=unit)
    assert found.geometry.area == pytest.approx(30_000, abs=0.01)
    assert found.geometry.bounds == pytest.approx((X, Y, X + 200, Y + 150), abs=0.001)
    assert drawn(draw, unit=unit, crs="EPSG:4545").geometry.area == pytest.approx(30_000, abs=0.01)


def test_numbers_that_fit_no_system_in_any_unit_are_asked_about(drawn):
    places = [(x * 7, y * 7) for x, y in PLOT]
    draw = lambda _, s: s.add_lwpolyline(places, close=True)  # noqa: E731
    assert asked(drawn, draw) == {"site.system": []}
    with pytest.raises(AtlasError) as refusal:
        drawn(draw, system="EPSG:none")
    assert refusal.value.key == "geo.notes.crs.unknown"


def test_the_layer_is_chosen_from_a_list(drawn):
    def draw(_, space):
        space.add_lwpolyline(PLOT, close=True, dxfattribs={"layer": "红线"})
        space.add_lwpolyline(INNER, close=True, dxfattribs={"layer": "建筑"})

    assert asked(drawn, draw) == {"site.layer": ["建筑", "红线"]}
    assert drawn(draw, layer="红线").geometry.area == pytest.approx(30_000)
    with pytest.raises(AtlasError) as refusal:
        drawn(draw, layer="道路")
    assert refusal.value.key == "intake.answer_unknown"


def test_names_written_in_ascii_or_gbk_are_chinese(drawn, tmp_path):
    draw = lambda _, s: s.add_lwpolyline(PLOT, close=True, dxfattribs={"layer": "红线"})  # noqa: E731
    assert drawn(draw, version="R2000").own_name == "红线"  # ezdxf writes \U+7EA2\U+7EBF
    content = (tmp_path / "a.dxf").read_text(encoding="cp1252").replace("\\U+7EA2\\U+7EBF", "红线")
    (tmp_path / "b.dxf").write_bytes(content.replace("ANSI_1252", "ANSI_936").encode("gbk"))
    assert read_site(tmp_path / "b.dxf", DISTRICT).own_name == "红线"


def _chain(document, space):
    for at in range(12):
        block = document.blocks.new(f"B{at}")
        if at:
            for _ in range(10):
                block.add_blockref(f"B{at - 1}", (0, 0))
        else:
            block.add_lwpolyline(PLOT, close=True)
    space.add_blockref("B11", (0, 0))


def _circle_of_blocks(document, space):
    for name, other in (("A", "B"), ("B", "A")):
        document.blocks.new(name).add_blockref(other, (0, 0))
    space.add_blockref("A", (0, 0))


def _grid(document, space):
    document.blocks.new("A").add_lwpolyline(PLOT, close=True)
    many = {"row_count": 30_000, "column_count": 30_000, "row_spacing": 1, "column_spacing": 1}
    space.add_blockref("A", (0, 0), dxfattribs=many)


@pytest.mark.parametrize(
    ("draw", "key"), [(_chain, "dxf_nested"), (_circle_of_blocks, "dxf_nested"), (_grid, "dxf_many")]
)
def test_blocks_that_would_never_end_are_refused(draw, key, drawn):
    with pytest.raises(AtlasError) as refusal:
        drawn(draw)
    assert refusal.value.key == f"geo.errors.{key}"
