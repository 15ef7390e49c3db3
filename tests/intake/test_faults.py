"""What no reader foresaw: refused with the line or the shape, never as a fault without a place."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from small_district import small_district

from geo.reached import each, first_faulty, told
from intake import reading
from intake.rain import reading as rain_in_place
from intake.site import reading as site_in_place
from layers.reading.rain import record as rain_record
from layers.reading.rain.plausible import WORLD
from words import LANGUAGES, text
from words.errors import AtlasError
from words.markup import legible

DISTRICT = small_district()
PLACES = "485000,3250000\n486000,3250000\n486000,3251000\n"
HUGE = "9" * 400
FEATURE = '{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[108.0,29.4]}}'
PASTED = {
    "half a sign": (PLACES + "485500,\ud8003250500", "not_text", {"row": 4}),
    "half a sign in GeoJSON": ('{"type":"Point",\n"coordinates":[\udfff1,2]}', "not_text", {"row": 2}),
    "no JSON": ('{"type":"Point","coordinates":[1,', "json_broken", {"place": 33}),
    "no GeoJSON": ('{"type":"Car"}', "not_geojson", {}),
    "second feature wrong": (
        f'{{"type":"FeatureCollection","features":[{FEATURE},{FEATURE.replace("[108.0,29.4]", "[[]]")}]}}',
        "feature_unreadable",
        {"row": 2},
    ),
    "second feature no object": (
        f'{{"type":"FeatureCollection","features":[{FEATURE},7]}}',
        "feature_unreadable",
        {"row": 2},
    ),
    "too deep": ('{"type":"Polygon","coordinates":' + "[" * 5000, "too_deep", {"most": 32}),
    "long line": ("1," * 60_000, "line_too_long", {"row": 1}),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", PASTED)
def test_a_refused_paste_is_called_a_paste_with_its_place(case, language):
    written, name, facts = PASTED[case]
    for read in (reading.read_pasted, site_in_place.read_pasted):
        with pytest.raises(AtlasError) as refused:
            read(written, DISTRICT)
        assert refused.value.key == f"geo.errors.pasted.{name}"
        assert {key: refused.value.facts[key] for key in facts} == facts
        said = text(refused.value.key, language, **refused.value.facts)
        assert {"zh": "粘贴的文字", "en": "pasted text"}[language] in said
        assert legible(said) == said


def _refused(folder: Path, name: str, content: bytes, read=reading.read_site, **told: object) -> AtlasError:
    path = folder / name
    path.write_bytes(content)
    with pytest.raises(AtlasError) as refused:
        read(path, *told.get("given", (DISTRICT,)))
    return refused.value


def test_files_name_the_line_or_the_shape_of_a_fault(tmp_path):
    collection = '{"type":"FeatureCollection","features":[%s,%s]}' % (FEATURE, FEATURE.replace("108.0", "1" * 400))  # noqa: UP031
    kml = (
        "<kml>"
        + "".join(
            f"<Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>{places}</coordinates></LinearRing>"
            "</outerBoundaryIs></Polygon></Placemark>"
            for places in ("108,29 108.1,29 108.1,29.1", "nan,29 108.1,29 108.1,29.1")
        )
        + "</kml>"
    )
    for name, content, row in (("x.geojson", collection, 2), ("x.kml", kml, 2)):
        refusal = _refused(tmp_path, name, content.encode())
        assert refusal.facts.get("row") == row, (name, refusal.key, refusal.facts)
        assert refusal.facts["file"] == name


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (f'name = "一"\npeople = {HUGE}\n', 2),
        ("name = 'x'\nproduct = 'y'\npeople = " + "9" * 5000, 3),
        ("name = 'x'\npeople = " + "[" * 5000, 2),
    ],
)
def test_a_proposal_names_the_line_of_a_fault(tmp_path, content, row):
    refusal = _refused(tmp_path, "p.toml", content.encode(), reading.read_proposal, given=())
    assert (refusal.key, refusal.facts["row"]) == ("geo.errors.fault_line", row)


def test_a_survey_text_whose_numbers_are_endless_is_refused_with_the_line(tmp_path):
    written = (
        f"[属性描述]\n坐标系=2000国家大地坐标系\n[地块坐标]\n{'9' * 5000},0.25,1,甲,面,,,,@\nJ1,1,3250000,485000\n"
    )
    refusal = _refused(tmp_path, "x.txt", written.encode())
    assert (refusal.key, refusal.facts["row"]) == ("geo.errors.fault_line", 4)


@pytest.mark.parametrize(
    "error", [KeyError("MZ"), ValueError("x"), RecursionError(), ZeroDivisionError(), shapely.GEOSException("x")]
)
def test_whatever_breaks_a_reader_is_told_with_what_it_had_reached(error):
    def read(kind: str, *, broken_at: int) -> None:
        with told("x.csv"):
            for number in each(range(1, 9), kind):
                if number == broken_at:
                    raise error
            raise error

    for kind in ("line", "feature"):
        with pytest.raises(AtlasError) as refused:
            read(kind, broken_at=3)
        assert (refused.value.key, refused.value.facts) == (f"geo.errors.fault_{kind}", {"file": "x.csv", "row": 3})
    with pytest.raises(AtlasError, match="fault_file"):
        read("line", broken_at=99)


def test_the_first_faulty_row_of_a_table_is_found(tmp_path, monkeypatch):
    def read(count: int) -> None:
        if count > 70:
            raise KeyError("x")
        if count < 30:
            raise AtlasError("intake.no_rain_days", file="x")

    assert first_faulty(100, read) == 71
    plain = rain_record.figures_of

    def fails(cells, answers, *, delimiter):
        if (cells == "77").any():
            raise OverflowError
        return plain(cells, answers, delimiter=delimiter)

    monkeypatch.setattr(rain_record, "figures_of", fails)
    path = tmp_path / "rain.csv"
    path.write_text("日期,雨量\n" + "".join(f"2020-01-{n:02d},{77 if n == 20 else 1}\n" for n in range(1, 31)), "utf-8")
    with pytest.raises(AtlasError) as refused:
        rain_in_place.read_daily_rain(path, bounds=WORLD)
    assert (refused.value.key, refused.value.facts["row"]) == ("geo.errors.fault_line", 21)


def test_a_name_of_half_a_sign_is_left_out(tmp_path):
    path = tmp_path / "x.geojson"
    named = FEATURE.replace('"properties":{}', '"properties":{"name":"a\\ud800b"}')
    path.write_text(f'{{"type":"FeatureCollection","features":[{named}]}}', encoding="utf-8")
    name = reading.read_site(path, DISTRICT).own_name
    assert name.startswith("a")
    assert legible(name) == name
