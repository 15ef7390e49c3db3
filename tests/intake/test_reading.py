"""The door of the gate: the same as in place, quick when warm, and closed to what does harm."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from pandas.testing import assert_frame_equal
from small_district import small_district

from intake import reading
from intake.points import reading as points_in_place
from intake.rain import reading as rain_in_place
from intake.site import reading as site_in_place
from intake.site.corners import MOST_CORNERS
from layers.reading.rain.plausible import bounds_of
from words.errors import AtlasError

SQUARE = "\n".join(f"{x},{y}" for x, y in ((483000, 3253000), (484000, 3253000), (484000, 3254000), (483000, 3254000)))
RAIN = "日期,降雨量(mm)\n" + "\n".join(
    f"{day},{n % 7}" for n, day in enumerate(np.arange("1990", "2020", dtype="M8[D]"))
)
USERS = "编号,名称,用途,年用水量(万m³/a),面积,经度,纬度\nU1,甲厂,工业冷却,12,,108.0,29.37\nU2,远厂,冲厕,1,,100,20\n"
PLANTS = "id,name,treat_m3d,eff_class,bod5_mgl,x,y\nW1,甲污水厂,5000,一级A,8.5,485000,3255000\n"


@pytest.fixture(autouse=True, scope="module")
def _warm():
    reading.warm()
    reading.read_pasted(SQUARE, small_district())


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_site_is_read_as_in_place(tmp_path):
    path = _file(tmp_path, "site.txt", SQUARE)
    for apart, here in (
        (reading.read_site(path, small_district()), site_in_place.read_site(path, small_district())),
        (reading.read_pasted(SQUARE, small_district()), site_in_place.read_pasted(SQUARE, small_district())),
    ):
        assert apart == here
        assert apart.geometry.area == pytest.approx(1e6, rel=1e-6)


def test_rain_is_read_as_in_place(tmp_path):
    path = _file(tmp_path, "rain.csv", RAIN)
    apart = reading.read_daily_rain(path, small_district().settings)
    here = rain_in_place.read_daily_rain(path, bounds=bounds_of(small_district().settings))
    assert_frame_equal(apart.frame, here.frame)
    assert (apart.unit, apart.first, apart.last, apart.gaps) == (here.unit, here.first, here.last, 0)


@pytest.mark.parametrize("kind", ["plants", "users"])
def test_points_are_read_as_in_place(tmp_path, kind):
    path = _file(tmp_path, "points.csv", {"plants": PLANTS, "users": USERS}[kind])
    apart = getattr(reading, f"read_{kind}")(path, small_district())
    here = getattr(points_in_place, f"read_{kind}")(path, small_district())
    assert_geodataframe_equal(apart.frame, here.frame)
    assert apart.problems == here.problems
    assert len(apart.problems) == (kind == "users")


def test_a_refusal_names_the_line(tmp_path):
    with pytest.raises(AtlasError) as refusal:
        reading.read_pasted(SQUARE + "\n1 2 3", small_district())
    assert (refusal.value.key, refusal.value.facts["row"]) == ("siting.errors.line_unread", 5)


def test_the_door_costs_little_when_warm(tmp_path):
    path = _file(tmp_path, "rain.csv", RAIN)
    district = small_district()
    calls = (
        (lambda: reading.read_pasted(SQUARE, district), lambda: site_in_place.read_pasted(SQUARE, district)),
        (
            lambda: reading.read_daily_rain(path, district.settings),
            lambda: rain_in_place.read_daily_rain(path, bounds=bounds_of(district.settings)),
        ),
    )
    for apart, here in calls:
        extra = min(_seconds(apart) for _ in range(5)) - min(_seconds(here) for _ in range(5))
        assert extra < 0.3


def test_corners_beyond_what_the_checks_bear_are_smoothed_or_refused():
    def ring(count: int, tooth: float) -> str:
        turn = np.linspace(0, 2 * np.pi, count, endpoint=False)
        far = 800 + tooth * (np.arange(count) % 2)
        places = zip(485000 + far * np.cos(turn), 3255000 + far * np.sin(turn), strict=True)
        return "\n".join(f"{x:.3f},{y:.3f}" for x, y in places)

    read = reading.read_pasted(ring(20_000, 0.0), small_district())
    assert shapely.get_num_coordinates(read.geometry) <= MOST_CORNERS
    assert read.geometry.area == pytest.approx(np.pi * 800**2, rel=0.5 / 400)  # 0.5 m of the radius
    assert [note.facts["before"] for note in read.notes if note.key == "siting.read.thinned"] == [20_001]
    jagged = reading.read_pasted(ring(8000, 100.0), small_district())
    assert shapely.get_num_coordinates(jagged.geometry) == 8001  # borne as it is
    assert _refused(lambda: reading.read_pasted(ring(20_000, 100.0), small_district()))[0] == (
        "siting.errors.too_many_corners"
    )


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _refused(call: Callable[[], object]) -> tuple[str, float]:
    """The key of the refusal and the seconds it took."""
    start = time.perf_counter()
    with pytest.raises(AtlasError) as refusal:
        call()
    return refusal.value.key, time.perf_counter() - start
