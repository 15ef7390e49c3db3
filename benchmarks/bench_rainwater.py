"""Rainwater: tanks in site-days per second against plain NumPy and plain Python, the district, and one project.

Peer and product give the same totals in the same run. Calls of fewer sites than `PARALLEL_FROM` stay on one core.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from analysis.assumption import resolve
from analysis.formulas.rain.tank import TankResult, simulate_tank
from analysis.formulas.rain.tank_steps import PARALLEL_FROM
from analysis.formulas.rain.tank_trace import trace_tank
from analysis.methods.rainwater.assumptions import ASSUMPTIONS
from analysis.methods.rainwater.potential import district_record, potential, township_rain_mm
from analysis.methods.rainwater.projects import answer, local_record, projects_of
from layers.versions.opening import open_district

DATA = Path(__file__).resolve().parents[1] / "data"
YEARS, SITES, MANY, FEW = 30, 10_000, 100_000, 20
Row = dict[str, object]


def run() -> list[Row]:
    """Rows of name, value, unit, peer, ratio (how many times the peer's speed, or value over aim) and aim."""
    return [*_tank_rows(), *_district_rows()]


def _tank_rows() -> list[Row]:
    rain = _rain()
    sites = _sites(SITES)
    _compiled(rain, _slice(sites, 0, 64))  # compiles
    own, found = _timed(lambda: _one_core(rain, sites), times=3)
    plain, peer = _timed(lambda: simulate_tank(rain, **sites, compiled=False), times=1)
    for name in ("yield_m3", "overflow_m3", "time_reliability"):
        np.testing.assert_allclose(
            np.concatenate([getattr(part, name) for part in found]), getattr(peer, name), rtol=1e-9
        )
    slow, _ = _timed(lambda: [_python(rain, sites, site) for site in range(FEW)], times=1)
    large = _sites(MANY)
    many, _ = _timed(lambda: simulate_tank(rain, **large), times=1)
    speed, numpy_speed, python_speed = (n * rain.size / s for n, s in ((SITES, own), (SITES, plain), (FEW, slow)))
    return [
        _row("tank, one core, against NumPy steps", speed, "site-days/s", "≥ 8×", peer=numpy_speed),
        _row("tank, one core, against plain Python", speed, "site-days/s", "≥ 1,000×", peer=python_speed),
        _row("100,000 sites × 30 years, all cores", many, "s", "about 1.5 s a core"),
    ]


def _district_rows() -> list[Row]:
    district, assumed = open_district(DATA), resolve(ASSUMPTIONS, {})
    potential(district, assumed)
    whole, _ = _timed(lambda: potential(district, assumed), times=3)
    record = district_record(district)
    rain = township_rain_mm(district, record)
    project = projects_of(district.frames["projects"])[0]
    one, _ = _timed(lambda: answer(project, local_record(record, rain.get(project.township)), assumed), times=3)
    return [
        _row("usable rain of the district, warm", whole, "s", "< 1 s"),
        _row("one project's answer", one, "s", "< 0.5 s"),
    ]


def _rain() -> np.ndarray:
    """Thirty years, rain on two days of five."""
    random = np.random.default_rng(1990)
    days = round(YEARS * 365.25)
    return np.where(random.random(days) < 0.4, random.gamma(0.8, 9.0, days), 0.0)


def _sites(count: int) -> dict[str, np.ndarray]:
    random = np.random.default_rng(count)
    return {
        "area_m2": random.uniform(80, 20_000, count),
        "runoff_coefficient": random.uniform(0.6, 0.9, count),
        "first_flush_mm": random.uniform(2, 5, count),
        "capacity_m3": random.uniform(1, 400, count),
        "demand_m3": random.uniform(0.1, 40, count),
    }


def _slice(sites: dict[str, np.ndarray], begin: int, end: int) -> dict[str, np.ndarray]:
    return {name: values[begin:end] for name, values in sites.items()}


def _compiled(rain: np.ndarray, sites: dict[str, np.ndarray]) -> TankResult:
    return simulate_tank(rain, **sites)


def _one_core(rain: np.ndarray, sites: dict[str, np.ndarray]) -> list[TankResult]:
    """All sites in calls too small to be shared between threads."""
    step = PARALLEL_FROM - 64
    return [_compiled(rain, _slice(sites, begin, begin + step)) for begin in range(0, SITES, step)]


def _python(rain: np.ndarray, sites: dict[str, np.ndarray], site: int) -> float:
    """One site in plain Python, day after day."""
    one = {name: float(values[site]) for name, values in sites.items()}
    demand = np.full(rain.size, one.pop("demand_m3"))
    return float(trace_tank(rain, **one, demand_m3=demand).yield_m3.sum())


def _timed(act: Callable[[], object], *, times: int) -> tuple[float, object]:
    """The shortest of a few runs, and what the last gave."""
    spent, given = [], None
    for _ in range(times):
        started = time.perf_counter()
        given = act()
        spent.append(time.perf_counter() - started)
    return min(spent), given


def _row(name: str, value: float, unit: str, aim: str, *, peer: float | None = None) -> Row:
    return {
        "name": name,
        "value": value,
        "unit": unit,
        "peer": peer,
        "ratio": value / peer if peer else None,
        "aim": aim,
    }


if __name__ == "__main__":
    for line in run():
        print(line)
