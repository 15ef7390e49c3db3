"""What the product wrote of a site or a township is read as a site with the same area and name."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from _pytest.mark import ParameterSet
from own_files import NAMES, SHAPES
from siting_ground import make_ground
from small_district import HOSTILE, SQUARES, A, D, small_district

from analysis.asking import Asked
from analysis.methods.siting.subject import site_subject
from analysis.proposal import Proposal
from geo.doubt import UndecidedError
from geo.files.vector import write_geopackage, write_shapefile
from intake.site.reading import SiteFile, read_pasted, read_site
from layers.district import District
from reports.siting.case import SitingCase, case_of
from reports.siting.geopackage import siting_gpkg
from reports.siting.placemarks import siting_kml
from reports.township.geopackage import township_gpkg
from reports.township.placemarks import township_kml
from words import LANGUAGES

DISTRICT = make_ground().district
DAY = date(2026, 1, 2)


def read_first(path: Path, district: District) -> SiteFile:
    """The site in the first of the layers a file offers."""
    try:
        return read_site(path, district)
    except UndecidedError as error:
        (doubt,) = error.doubts
        return read_site(path, district, answers={doubt.key: doubt.choices[0].value})


@cache
def checked(shape: str) -> SitingCase:
    """A checked site without a name of its own; what is asked about is drawn to the millimetre."""
    return case_of(DISTRICT, Asked(on=DAY, subject=site_subject(SHAPES[shape], Proposal())))


def light_and_long(every: Iterable[tuple[str, str]], *, light: Container[tuple[str, str]]) -> list[ParameterSet]:
    """The pairs, those not in `light` for the long run alone."""
    return [pytest.param(*pair, marks=[] if pair in light else [pytest.mark.long]) for pair in every]


@pytest.mark.parametrize(
    ("shape", "name"),
    light_and_long(
        [*((shape, "甲地块") for shape in SHAPES), *(("a hole", name) for name in NAMES)],
        light=[("land in a hole", "甲地块"), *(("a hole", name) for name in NAMES[1:3])],
    ),
)
def test_a_checked_site_comes_back_with_its_area_and_name(shape, name, tmp_path):
    case = replace(checked(shape), called=name)
    site = case.verdicts.site
    assert site.area_m2 == pytest.approx(SHAPES[shape].area, rel=2e-6)
    for language in LANGUAGES:
        package = siting_gpkg(case, tmp_path / f"{language}.gpkg", language=language)
        (tmp_path / f"{language}.kml").write_text(siting_kml(case, language=language), encoding="utf-8")
        for path in (package, tmp_path / f"{language}.kml"):
            found = read_first(path, DISTRICT)
            assert found.own_name == name
            assert found.geometry.area == pytest.approx(site.area_m2, abs=0.01)
            assert found.geometry.symmetric_difference(site.geometry).area < 0.01
    assert read_pasted((tmp_path / "zh.kml").read_text(encoding="utf-8"), DISTRICT).own_name == name


@pytest.mark.parametrize(
    ("code", "language"),
    light_and_long([(code, one) for code in SQUARES for one in LANGUAGES], light=[(A, "zh"), (D, "en")]),
)
def test_a_township_comes_back_as_a_site_with_its_area_and_name(code, language, tmp_path):
    small = small_district()
    township_gpkg(small, code, tmp_path / "a.gpkg", language=language)
    (tmp_path / "a.kml").write_text(township_kml(small, code, language=language), encoding="utf-8")
    for name in ("a.gpkg", "a.kml"):
        found = read_first(tmp_path / name, small)
        assert found.own_name == small.township(code).name
        assert found.geometry.area == pytest.approx(1e8, abs=0.01)


def test_no_name_breaks_out_of_its_place_in_a_kml():
    small = small_district()
    code = next(code for code in SQUARES if small.township(code).name == HOSTILE)
    assert "<script" not in township_kml(small, code)
    assert "&lt;script" in township_kml(small, code)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("crs", [4490, 4545, 4326])
def test_a_site_written_here_is_read_with_its_area_and_name(crs, shape, tmp_path):
    frame = gpd.GeoDataFrame({"名称": ["甲"]}, geometry=[SHAPES[shape]], crs=4545).to_crs(crs)
    write_geopackage({"场地": frame}, tmp_path / "a.gpkg")
    write_shapefile(frame, tmp_path / "a.shp")
    for name in ("a.gpkg", "a.shp"):
        found = read_site(tmp_path / name, DISTRICT)
        assert found.own_name == "甲"
        assert found.geometry.area == pytest.approx(SHAPES[shape].area, abs=0.01)
        assert shapely.get_num_interior_rings(found.geometry) == shapely.get_num_interior_rings(SHAPES[shape])
