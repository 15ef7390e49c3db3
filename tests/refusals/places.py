"""Refusals of districts, layers, rain and settings, and what each asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely import Point, box

from app.settings import settings as app_settings
from geo.crs import require_metric
from geo.doubt import Answers
from geo.files.vector import write_geopackage, write_shapefile
from geo.placing import recognise, refuse
from intake.district.new import Order, make_district
from intake.points.reading import read_users
from intake.rain.reading import read_daily_rain
from layers.catalogue import CATALOGUE
from layers.reading.rain.in_place import read_in_place
from layers.reading.rain.plausible import Bounds
from layers.versions.opening import open_district
from layers.versions.rules import read_rules
from layers.versions.settings import read_settings
from layers.writing import write_layer
from tests import rain_dress, rain_forms
from tests.intake.district.test_new import BOW_TIE, _townships
from tests.layers.versions.test_rules import WHOLE as RULE
from tests.layers.versions.test_settings import WHOLE as SETTINGS
from tests.refusals.files import PLACE, _tif
from tests.refusals.ways import DISTRICT, Give, Row
from tests.small_district import A, small_district, write_small_district

SHAPES = [box(480_000, 3_250_000, 490_000, 3_260_000), box(490_000, 3_250_000, 500_000, 3_260_000)]


def new(frame: gpd.GeoDataFrame | None = None, **told: object) -> Give:
    """A district made from township polygons."""

    def give(folder: Path) -> object:
        write_geopackage({"townships": _townships() if frame is None else frame}, folder / "t.gpkg")
        given = {"name_field": "name", "code_field": "code", "out": folder / f"made{len(list(folder.iterdir()))}"}
        return make_district(Order(folder / "t.gpkg", **(given | told)))

    return give


def _undeclared(**told: object) -> Give:
    def give(folder: Path) -> object:
        write_shapefile(_townships(), folder / "bare.shp")
        (folder / "bare.prj").unlink(missing_ok=True)
        given = {"name_field": "name", "code_field": "code", "out": folder / f"made{len(list(folder.iterdir()))}"}
        return make_district(Order(folder / "bare.shp", **(given | told)))

    return give


def _points(folder: Path) -> gpd.GeoDataFrame:
    return _townships().set_geometry([Point(485_000, 3_255_000), Point(495_000, 3_255_000)])


def _with_raster(make: Give) -> Give:
    def give(folder: Path) -> object:
        make(folder)
        return new(dem=folder / "a.tif")(folder)

    return give


def _occupied(folder: Path) -> object:
    (folder / "full").mkdir()
    (folder / "full" / "x").write_text("x")
    return new(out=folder / "full")(folder)


def _unusable(folder: Path) -> object:
    (folder / "file").write_text("x")
    return new(out=folder / "file" / "below")(folder)


def users(content: str) -> Give:
    """A table of water users."""

    def give(folder: Path) -> object:
        (folder / "users.csv").write_text(content, encoding="utf-8")
        return read_users(folder / "users.csv", small_district())

    return give


USERS = "id,name,use,lon,lat,m3_per_year\n1,甲,process,107.85,29.36,1000\n"


def rain(write: Callable[[Path], Path], **answers: str) -> Give:
    """A rain record handed in."""
    given = {f"rain.{key}": value for key, value in answers.items()}
    bounds = Bounds(700, 2000, 350, "district")
    return lambda folder: read_daily_rain(write(folder / "rain"), Answers(given), bounds=bounds)


def in_place(write: Callable[[Path], Path]) -> Give:
    """A rain record as the layer of a data folder."""
    return lambda folder: read_in_place(write(folder / "rain"), DISTRICT.settings)


CLEAN = next(iter(rain_forms.CLEAN.values()))
OPEN = {
    "date_order": lambda path: rain_forms.text_file(path, [rain_forms.MM, *[["01/02/03", 1], ["02/03/04", 2]]]),
    "running": lambda path: rain_forms.text_file(path, [["日期", "累计降水量(mm)"], *rain_forms.days()]),
    "comma": lambda path: rain_forms.text_file(
        path, [rain_forms.MM, *[[row[0], "1,234"] for row in rain_forms.days()]], sep="\t"
    ),
    "sheet": lambda path: rain_forms.book(
        path, ("甲站", [rain_forms.MM, *rain_forms.days()]), ("乙站", [rain_forms.MM, *rain_forms.days()])
    ),
}
for _key, _, _write in (rain_forms.ASKED | rain_dress.ASKED).values():
    OPEN.setdefault(_key.removeprefix("rain."), _write)
RAIN = {
    **{f"problems.rain_open_{key}": Row(in_place(write), in_place(CLEAN)) for key, write in OPEN.items()},
    **{key: Row(rain(write), rain(CLEAN)) for key, write in (rain_forms.REFUSED | rain_dress.REFUSED).values()},
    "intake.rain.no_such_question": Row(rain(CLEAN, colour="red"), rain(CLEAN)),
    "intake.no_rain_columns": Row(rain(lambda path: rain_forms.text_file(path, [["a", "b"], ["x", "y"]])), rain(CLEAN)),
}


def folder_with(name: str, content: str) -> Give:
    """A data folder with one of its texts replaced, opened."""

    def give(folder: Path) -> object:
        write_small_district(folder)
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
        return open_district(folder)

    return give


def _sound(folder: Path) -> object:
    return open_district(write_small_district(folder / "sound"))


def _townships_as(change: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]) -> Give:
    def give(folder: Path) -> object:
        write_small_district(folder)
        write_layer(change(small_district().frames["townships"]), CATALOGUE["townships"], folder=folder)
        return open_district(folder)

    return give


def _no_townships(folder: Path) -> object:
    write_small_district(folder)
    for part in (folder / "shapefiles").glob("townships.*"):
        part.unlink()
    return open_district(folder)


def _undeclared_townships(folder: Path) -> object:
    write_small_district(folder)
    (folder / "shapefiles" / "townships.prj").unlink()
    return open_district(folder)


def settings(content: str) -> Give:
    """The settings of a district."""

    def give(folder: Path) -> object:
        (folder / "district.toml").write_text(content, encoding="utf-8")
        return read_settings(folder)

    return give


def rules(content: str, name: str = "own.toml") -> Give:
    """The rules of a district."""

    def give(folder: Path) -> object:
        (folder / "rules").mkdir(exist_ok=True)
        (folder / "rules" / name).write_text(content, encoding="utf-8")
        return read_rules(folder)

    return give


def atlas(content: str) -> Give:
    """The settings of the installation."""

    def give(folder: Path) -> object:
        (folder / "atlas.toml").write_text(content, encoding="utf-8")
        return app_settings({}, file=folder / "atlas.toml")

    return give


def _placed(bounds: tuple[float, float, float, float], declared: str, words: str = "geo.notes.crs") -> Give:
    reference = (107.2, 29.0, 108.1, 29.7)

    def give(_: Path) -> None:
        reading = recognise(bounds, require_or_geographic(declared), reference=reference)
        refuse(reading, ask="problems.crs_missing", words=words, file="a.gpkg")

    return give


def require_or_geographic(code: str) -> object:
    """The system of a code."""
    from pyproj import CRS

    return CRS.from_user_input(code)


HERE = (450_000.0, 3_230_000.0, 460_000.0, 3_240_000.0)
NORTH_FIRST = (29.2, 107.5, 29.3, 107.6)
AWAY = (450_000.0, 4_230_000.0, 460_000.0, 4_240_000.0)
PLACES = {
    f"{words}.{key}": Row(_placed(bounds, declared, words), _placed(HERE, "EPSG:4545", words))
    for words in ("geo.notes.crs", "intake.crs")
    for key, bounds, declared in (
        ("contradicted", HERE, "EPSG:4546"),
        ("swapped", NORTH_FIRST, "EPSG:4490"),
        ("declared_elsewhere", AWAY, "EPSG:4545"),
    )
    if (words, key) != ("intake.crs", "declared_elsewhere")  # both callers say so in words of their own
}
NEW = {
    "intake.no_crs": Row(_undeclared(), _undeclared(crs="EPSG:4545")),
    "intake.no_field": Row(new(name_field="名称"), new(name_field="name")),
    "intake.no_file": Row(new(dem=Path("none.tif")), new()),
    "intake.no_rows": Row(new(_townships().iloc[:0]), new()),
    "intake.empty_name": Row(new(_townships(name=["甲镇", ""])), new()),
    "intake.decimal_code": Row(new(_townships(code=["990001001.5", "990001002"])), new()),
    "intake.code_twice": Row(new(_townships(code=["990001001", "990001001"])), new()),
    "intake.not_polygon": Row(lambda folder: new(_points(folder))(folder), new()),
    "intake.border_held": Row(
        new(_townships().set_geometry([BOW_TIE, SHAPES[1]]), answers={"townships.border": "stop"}),
        new(_townships().set_geometry([BOW_TIE, SHAPES[1]]), answers={"townships.border": "mended"}),
    ),
    "intake.metric_elsewhere": Row(new(metric_crs="EPSG:4534"), new(metric_crs="EPSG:4545")),
    "geo.notes.crs.not_metric": Row(lambda _: require_metric(require_or_geographic("EPSG:4490")), new()),  # type: ignore[arg-type]
    "intake.out_exists": Row(_occupied, new()),
    "intake.out_unusable": Row(_unusable, new()),
    "intake.raster_elsewhere": Row(
        _with_raster(_tif(transform=PLACE @ PLACE.translation(900_000, 0))), _with_raster(_tif(fill=300))
    ),
    "intake.raster_value": Row(_with_raster(_tif(fill=-32_768)), _with_raster(_tif(fill=300))),
    "problems.missing_column": Row(users("name,lon,lat\n甲,107.9,29.4\n"), users(USERS)),
    "intake.no_places": Row(users("id,name,use,m3_per_year\n1,甲,process,1000\n"), users(USERS)),
    "intake.no_points": Row(users(USERS.replace(",1000", ",")), users(USERS)),
}
LAYERS = {
    "problems.no_such_file": Row(_no_townships, _sound),
    "problems.crs_missing": Row(
        lambda _: refuse(recognise(HERE, None, reference=(0, 0, 1, 1)), ask="problems.crs_missing", file="a.shp"),
        _placed(HERE, "EPSG:4545"),
    ),
    "problems.no_township": Row(_townships_as(lambda frame: frame.assign(valid_to=pd.Timestamp("2020-01-01"))), _sound),
    "problems.no_township_because": Row(_townships_as(lambda frame: frame.assign(code=f"{A}.0")), _sound),
    "problems.setting_wrong": Row(settings(SETTINGS.replace("[150, 2100]", "[2100, 150]")), settings(SETTINGS)),
    "problems.toml_unreadable": Row(settings("code = "), settings(SETTINGS)),
    "problems.rule_wrong": Row(rules(RULE.replace('clause = "3"\n', "")), rules(RULE)),
    "problems.rule_twice": Row(rules(RULE + RULE[RULE.index("[[rule]]") :]), rules(RULE)),
    "app.setting_unknown": Row(atlas('colour = "red"\n'), atlas('data = "data"\n')),
    "app.setting_unread": Row(atlas("data = data\n"), atlas('data = "data"\n')),
    "app.setting_no_text": Row(atlas("data = 3\n"), atlas('data = "data"\n')),
    "app.setting_no_edition": Row(atlas('edition = "red"\n'), atlas('edition = "public"\n')),
    "app.setting_no_host": Row(atlas('allowed_hosts = ["a b"]\n'), atlas('allowed_hosts = ["a.b"]\n')),
    "app.setting_no_site": Row(atlas('framed_by = ["a b"]\n'), atlas('framed_by = ["https://a.b"]\n')),
    "app.setting_no_port": Row(atlas("port = 99999999\n"), atlas("port = 8501\n")),
}
ROWS = {**RAIN, **PLACES, **NEW, **LAYERS}
