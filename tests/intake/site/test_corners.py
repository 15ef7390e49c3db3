"""Numbered corners in tables and pasted text, degrees in all spellings, areas stated: the same ground every way."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from pyproj import Transformer
from siting_ground import make_ground

from geo.doubt import UndecidedError
from intake.site.reading import read_pasted, read_site
from words.errors import AtlasError

DISTRICT = make_ground().district
X, Y = 485_000, 3_250_000
FIRST = [(X, Y), (X + 200, Y), (X + 200, Y + 150), (X, Y + 150)]  # 30,000 m2
SECOND = [(x + 400, y) for x, y in FIRST]
TO_DEGREES = Transformer.from_crs(4545, 4490, always_xy=True)
LONLAT = [TO_DEGREES.transform(*corner) for corner in FIRST]


def rows(labels, places):
    return [(label, y, x) for label, (x, y) in zip(labels, places, strict=True)]


NUMBERINGS = {
    "J1 to J4": rows(("J1", "J2", "J3", "J4"), FIRST),
    "1 to 4": rows("1234", FIRST),
    "words": rows([f"界址点{k}" for k in range(1, 5)], FIRST),
    "from five": rows("5678", FIRST),
    "closing row repeated": rows("12341", [*FIRST, FIRST[0]]),
    "closing row counted on": rows("12345", [*FIRST, FIRST[0]]),
}
TWO = {
    "begins anew": rows("12341234", [*FIRST, *SECOND]),
    "begins anew, closed": rows("1234112341", [*FIRST, FIRST[0], *SECOND, SECOND[0]]),
    "counts on": rows([f"J{k}" for k in (1, 2, 3, 4, 1, 5, 6, 7, 8, 5)], [*FIRST, FIRST[0], *SECOND, SECOND[0]]),
}


def as_csv(folder, table):
    (folder / "a.csv").write_text("点号,X,Y\n" + "\n".join(f"{a},{b},{c}" for a, b, c in table), encoding="utf-8")
    return read_site(folder / "a.csv", DISTRICT)


def as_unnamed_csv(folder, table):
    (folder / "a.csv").write_text("编号,X,Y\n" + "\n".join(f"{a},{b},{c}" for a, b, c in table), encoding="gbk")
    return read_site(folder / "a.csv", DISTRICT)


def as_xlsx(folder, table):
    book = Workbook()
    for row in (("点号", "X坐标(m)", "Y坐标(m)"), *table):
        book.active.append(row)
    book.save(folder / "a.xlsx")
    return read_site(folder / "a.xlsx", DISTRICT)


def as_text(_, table):
    return read_pasted("\n".join(f"{a} {b}.000 {c}.000" for a, b, c in table), DISTRICT)


def as_headed_text(_, table):
    return read_pasted("点号\tX\tY\n" + "\n".join(f"{a}\t{b}\t{c}" for a, b, c in table), DISTRICT)


WAYS = (as_csv, as_unnamed_csv, as_xlsx, as_text, as_headed_text)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", NUMBERINGS)
def test_numbered_corners_are_one_polygon(way, kind, tmp_path):
    found = way(tmp_path, NUMBERINGS[kind])
    assert len(found.parcels) == 1
    assert found.geometry.area == pytest.approx(30_000, abs=0.01)
    assert found.own_name == ""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", TWO)
def test_a_second_parcel_is_one_of_its_own(way, kind, tmp_path):
    found = way(tmp_path, TWO[kind])
    assert [shape.area for _, shape in found.parcels] == pytest.approx([30_000, 30_000], abs=0.01)


def test_wells_are_asked_about_and_plain_names_are_places():
    wells = "\n".join(f"井{k} {x} {y}" for k, (x, y) in enumerate(FIRST, 1))
    with pytest.raises(UndecidedError) as refusal:
        read_pasted(wells, DISTRICT)
    assert [doubt.key for doubt in refusal.value.doubts] == ["site.points"]
    assert read_pasted(wells, DISTRICT, answers={"site.points": "points"}).geometry.geom_type == "MultiPoint"
    assert read_pasted(wells, DISTRICT, answers={"site.points": "corners"}).geometry.area == pytest.approx(30_000)


def test_rows_sorted_as_words_are_asked_about():
    table = "点号,X,Y\n" + "\n".join(f"{k},{FIRST[k - 1][1]},{FIRST[k - 1][0]}" for k in (1, 3, 2, 4))
    with pytest.raises(UndecidedError) as refusal:
        read_pasted(table, DISTRICT)
    assert [doubt.key for doubt in refusal.value.doubts] == ["site.order"]
    assert read_pasted(table, DISTRICT, answers={"site.order": "number"}).geometry.area == pytest.approx(30_000)


def parts(value):
    degrees, minutes = int(value), int(value % 1 * 60)
    return degrees, minutes, (value - degrees - minutes / 60) * 3600


SPELLINGS = {
    "signs": "{0}°{1}′{2:.5f}″",
    "quotes": "{0}°{1}'{2:.5f}\"",
    "words": "{0}度{1}分{2:.5f}秒",
    "hyphens": "{0}-{1}-{2:.5f}",
    "colons": "{0}:{1}:{2:.5f}",
    "blanks": "{0} {1} {2:.5f}",
    "one number": "{0}{1:02d}{2:08.5f}",
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("sides", [("", ""), ("E", "N")])
def test_degrees_minutes_and_seconds_in_the_usual_spellings(spelling, sides):
    if sides[0] and spelling in ("blanks", "one number"):
        pytest.skip("not written so")
    lines = [
        ", ".join(SPELLINGS[spelling].format(*parts(value)) + side for value, side in zip(place, sides, strict=True))
        for place in LONLAT
    ]
    found = read_pasted("\n".join(lines), DISTRICT)
    assert found.geometry.area == pytest.approx(30_000, abs=2)
    assert "siting.read.dms" in [note.key for note in found.notes]


def test_a_header_is_no_name_and_says_nothing_of_degrees():
    found = read_pasted("经度,纬度\n" + "\n".join(f"{x:.9f},{y:.9f}" for x, y in LONLAT), DISTRICT)
    assert found.own_name == ""
    assert "siting.read.dms" not in [note.key for note in found.notes]


AREAS = {"3.0": None, "3.02": None, "30.0": "ten", "45.0": "ha_mu", "30000": "ha_m2", "3.3": "none"}


@pytest.mark.parametrize("told", AREAS)
def test_an_area_stated_is_held_against_the_one_drawn(told):
    head = "[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n带号=36\n[地块坐标]\n"
    points = "\n".join(f"J{k},1,{y},{x + 36_000_000}" for k, (x, y) in enumerate(FIRST, 1))
    found = read_pasted(f"{head}4,{told},1,甲,面,,,,@\n{points}\n", DISTRICT)
    said = [note.key.rpartition(".")[2] for note in found.notes if note.key.startswith("intake.site.area.")]
    assert said == ([AREAS[told]] if AREAS[told] else [])


def test_an_area_column_has_its_unit(tmp_path):
    table = "地块,X,Y,面积(亩)\n" + "\n".join(f"甲,{y},{x},45" for x, y in FIRST)  # 45 mu are 30,000 m2
    (tmp_path / "a.csv").write_text(table, encoding="utf-8")
    assert not [note for note in read_site(tmp_path / "a.csv", DISTRICT).notes if "area" in note.key]
    (tmp_path / "a.csv").write_text(table.replace("亩", "公顷"), encoding="utf-8")
    keys = [note.key for note in read_site(tmp_path / "a.csv", DISTRICT).notes]
    assert "intake.site.area.ha_mu" in keys


def test_formulas_without_results_say_so(tmp_path):
    book = Workbook()
    for row in (("X", "Y"), *((f"={y}+0", f"={x}+0") for x, y in FIRST)):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(AtlasError) as refusal:
        read_site(tmp_path / "a.xlsx", DISTRICT)
    assert (refusal.value.key, refusal.value.facts["count"]) == ("intake.site.formulas", 8)


HEADERS = {
    "tabs and sides": ("序号\t北坐标X(m)\t东坐标Y(m)", "{k}\t{y}\t{x}"),
    "full width": ("点号，X坐标，Y坐标", "J{k}，{y}，{x}"),
    "blanks": ("点号  X坐标  Y坐标", "J{k}  {y}  {x}"),
    "a remark": ("拐点编号,横坐标,纵坐标,备注", "{k},{x},{y},"),
    "words alone": ("拐点坐标：", "{k}、{y}，{x}"),
}


@pytest.mark.parametrize("kind", HEADERS)
def test_headers_of_all_kinds_are_no_names(kind):
    head, row = HEADERS[kind]
    written = "\n".join([head, *(row.format(k=k, x=x, y=y) for k, (x, y) in enumerate(FIRST, 1))])
    found = read_pasted(written, DISTRICT)
    assert found.own_name == ""
    assert found.geometry.area == pytest.approx(30_000)


def test_degrees_and_minutes_alone_are_read():
    written = "\n".join(" ".join(f"{int(value)}°{value % 1 * 60:.6f}′" for value in place) for place in LONLAT)
    assert read_pasted(written, DISTRICT).geometry.area == pytest.approx(30_000, abs=5)


def test_a_missing_number_is_said():
    written = "\n".join(f"J{k} {y} {x}" for k, (x, y) in zip((1, 2, 4, 5), FIRST, strict=True))
    notes = read_pasted(written, DISTRICT).notes
    assert [note.facts["numbers"] for note in notes if note.key == "intake.site.numbers_skipped"] == ["3"]
