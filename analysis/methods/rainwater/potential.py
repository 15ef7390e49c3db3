"""可利用量 by township: what hardened catchments and cisterns could give to demand within reach.

Three methods side by side: the annual formula of GB 50555, the seasonal-factor form, and the daily balance, which is
preferred wherever there is a daily record. Low and high take every coefficient at the end that gives less or more.
The runoff of all land (产流量, module `cover`) is another thing and never added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.formulas.rain.record import FREQUENCIES, Record, at_frequencies, record_of, seasonal_factors
from analysis.formulas.rain.runoff import annual_yield_m3
from analysis.formulas.rain.tank import simulate_tank
from analysis.methods.rainwater.assumptions import BY_ID
from analysis.methods.rainwater.catchments import (
    BUILT,
    cisterns,
    hardened,
    incomplete,
    of_layers,
    uncovered,
)
from geo.grids import zonal
from layers.district import District

METHODS = ("gb50555", "seasonal", "daily")
CASES = ("low", "central", "high")
Range = Mapping[str, float | None]


@dataclass(frozen=True)
class Potential:
    """A township's usable rain: m³ a year by method and case, by frequency of years (daily method), and what limits it.

    `rain_mm` is the township's mean annual rain, none where neither grid nor record is there. `cistern_m3` is none
    where no layer tells of cisterns. `limited` says whether demand within reach was known and limits the volume,
    `partly` that some catchment or cistern is unknown, so that the volume is a lower bound.
    """

    township: str
    rain_mm: float | None
    usable_m3: Mapping[str, Range]
    years_m3: Mapping[str, float | None]
    catchment_m2: float | None
    cistern_m3: float | None
    demand_m3: float | None
    limited: bool
    needs: tuple[str, ...] = field(default_factory=tuple)
    partly: bool = False


def headline(found: Potential) -> tuple[str, Range]:
    """The method shown first and its range: the daily balance where there is a record, else GB 50555."""
    method = "daily" if found.usable_m3["daily"]["central"] is not None else "gb50555"
    return method, found.usable_m3[method]


def township_rain(district: District, record: Record | None, *, least_share: float) -> pd.DataFrame:
    """By township the `mean` annual rain and the `known_share` of its land, 0–1.

    From the grid, NaN where that tells of less than the least share; without a grid the record's mean everywhere.
    """
    grid, codes = district.rasters.get("rainfall"), district.townships.index
    if grid is None:
        mean = record.mean_mm if record is not None else np.nan
        return pd.DataFrame({"mean": mean, "known_share": 1.0}, index=codes)
    found = zonal.means(grid, district.townships[["code", "geometry"]].to_crs(grid.crs))
    return found.assign(mean=found["mean"].where(found["known_share"] >= least_share))


def district_record(district: District) -> Record | None:
    """The district's daily record with at least one whole year, else none."""
    table = district.tables.get("daily_rain")
    if table is None or table.empty:
        return None
    record = record_of(table)
    return record if record.whole_years else None


def ends(assumed: Mapping[str, float], case: str) -> dict[str, float]:
    """Assumptions with the catchment's coefficients at the end that gives less (`low`) or more (`high`).

    A coefficient the planner changed stays where it was put.
    """
    if case == "central":
        return dict(assumed)
    moved = dict(assumed)
    for id_ in ("psi_roof", "psi_paved", "rain_usable_share", "flush_roof_mm", "flush_ground_mm"):
        known = BY_ID[id_]
        if assumed[id_] == known.default:
            more = known.low if "flush" in id_ else known.high
            less = known.high if "flush" in id_ else known.low
            moved[id_] = more if case == "high" else less
    return moved


def potential(district: District, assumed: Mapping[str, float]) -> list[Potential]:
    """The usable rain of every township of today, in the order of their codes."""
    record = district_record(district)
    rain = township_rain(district, record, least_share=assumed["known_cells_share"])["mean"]
    places = hardened(district, assumed)
    tanks = _cistern_supply(district, rain, assumed)
    lacking = [layer for layer in (*BUILT, "industrial_parks", "small_water_works") if layer not in district.frames]
    if record is None:
        lacking.append("daily_rain")
    if places is None:
        lacking += [name for name in ("landcover", "landcover_legend") if not district.has(name)]
        return [_unknown(code, rain, tanks, tuple(lacking)) for code in district.townships.index]
    totals = {(m, c): _by_method(places, m, rain, record, ends(assumed, c)) for m in METHODS for c in CASES}
    years = _by_year(places, rain, record, assumed)
    blank, bounded, partly = (
        uncovered(district, least_share=assumed["known_cells_share"]),
        of_layers(district),
        incomplete(district),
    )
    return [
        _unknown(code, rain, tanks, (*lacking, "landcover"))
        if code in blank
        else _one(code, rain, places, tanks, totals, years, tuple(lacking), bounded=bounded, partly=code in partly)
        for code in district.townships.index
    ]


def _one(
    code: str,
    rain: pd.Series,
    places: pd.DataFrame,
    tanks: pd.Series | None,
    totals: Mapping[tuple[str, str], pd.Series | None],
    years: Mapping[str, pd.Series] | None,
    lacking: tuple[str, ...],
    *,
    bounded: bool,
    partly: bool,
) -> Potential:
    own = places[places["township"] == code]
    known = pd.notna(rain[code])
    cistern = _of_cisterns(tanks, code)

    def volume(series: pd.Series | None) -> float | None:
        return float(series.get(code, 0.0)) + (cistern or 0.0) if known and series is not None else None

    demand = float(own["demand_m3"].sum()) if bounded else None
    return Potential(
        township=code,
        rain_mm=float(rain[code]) if pd.notna(rain[code]) else None,
        usable_m3={method: {case: volume(totals[method, case]) for case in CASES} for method in METHODS},
        years_m3={name: volume(years[name]) if years else None for name in FREQUENCIES},
        catchment_m2=float((own["roof_m2"] + own["paved_m2"]).sum()),
        cistern_m3=cistern,
        demand_m3=demand,
        limited=bounded,
        needs=lacking if known else (*lacking, "rainfall"),
        partly=partly,
    )


def _of_cisterns(tanks: pd.Series | None, code: str) -> float | None:
    return None if tanks is None else float(tanks.get(code, 0.0))


def _unknown(code: str, rain: pd.Series, tanks: pd.Series | None, lacking: tuple[str, ...]) -> Potential:
    return Potential(
        township=code,
        rain_mm=float(rain[code]) if pd.notna(rain[code]) else None,
        usable_m3={method: dict.fromkeys(CASES) for method in METHODS},
        years_m3=dict.fromkeys(FREQUENCIES),
        catchment_m2=None,
        cistern_m3=_of_cisterns(tanks, code) if pd.notna(rain[code]) else None,
        demand_m3=None,
        limited=False,
        needs=lacking,
    )


def _by_method(
    places: pd.DataFrame, method: str, rain: pd.Series, record: Record | None, assumed: Mapping[str, float]
) -> pd.Series | None:
    """m³ a year by township, never more than the demand of each catchment; none where the method has no record."""
    if method != "gb50555" and record is None:
        return None
    if places.empty:
        return pd.Series(dtype=float)
    local = places["township"].map(rain).fillna(0.0).to_numpy()
    if method == "daily" and record is not None:
        volume = _daily_m3(places, local, record, assumed)
    else:
        roof_share, paved_share = _usable_shares(record if method == "seasonal" else None, assumed)
        volume = _annual(places["roof_m2"], local, assumed["psi_roof"], roof_share)
        volume = volume + _annual(places["paved_m2"], local, assumed["psi_paved"], paved_share)
    return pd.Series(np.minimum(volume, places["demand_m3"])).groupby(places["township"].to_numpy()).sum()


def _usable_shares(record: Record | None, assumed: Mapping[str, float]) -> tuple[float, float]:
    """The usable share of roofs and of paved ground: by the seasons of a record, without one the assumed share."""
    if record is None:
        return assumed["rain_usable_share"], assumed["rain_usable_share"]
    alpha, beta_roof = seasonal_factors(record, first_flush_mm=assumed["flush_roof_mm"])
    _, beta_ground = seasonal_factors(record, first_flush_mm=assumed["flush_ground_mm"])
    return alpha * beta_roof, alpha * beta_ground


def _annual(area_m2: pd.Series, rain_mm: np.ndarray, coefficient: float, share: float) -> np.ndarray:
    area = area_m2.to_numpy()
    return np.where(area > 0, annual_yield_m3(np.maximum(area, 1e-9), rain_mm, coefficient, usable_share=share), 0.0)


@dataclass(frozen=True)
class _Sites:
    """Catchments as tanks: arrays of shape (sites,) that `simulate_tank` takes by name."""

    area_m2: np.ndarray
    runoff_coefficient: np.ndarray
    first_flush_mm: np.ndarray
    capacity_m3: np.ndarray
    demand_m3: np.ndarray


def _sites(places: pd.DataFrame, local_mm: np.ndarray, mean_mm: float, assumed: Mapping[str, float]) -> _Sites:
    """Every catchment with the tank it has, else the reference tank, its demand spread evenly over the year.

    The record is scaled to each place by its area: a roof under twice the rain collects like one twice the size,
    but for first flush, which is scaled back so that its depth stays what it is.
    """
    area = (places["roof_m2"] + places["paved_m2"]).to_numpy()
    roof = places["roof_m2"].to_numpy() / area
    factor = np.maximum(local_mm / mean_mm, 1e-6)
    wanted = places["demand_m3"].to_numpy(dtype=float)
    own = places["tank_m3"].fillna(0.0).to_numpy()
    tank = np.where(own > 0, own, area * assumed["rain_reference_tank_mm"] / 1000)
    return _Sites(
        area_m2=area * factor,
        runoff_coefficient=roof * assumed["psi_roof"] + (1 - roof) * assumed["psi_paved"],
        first_flush_mm=(roof * assumed["flush_roof_mm"] + (1 - roof) * assumed["flush_ground_mm"]) / factor,
        capacity_m3=tank,
        demand_m3=np.where(np.isfinite(wanted), wanted / 365.25, tank),
    )


def _daily_m3(places: pd.DataFrame, local_mm: np.ndarray, record: Record, assumed: Mapping[str, float]) -> np.ndarray:
    """Mean yield of a year over the whole years of the record."""
    sites = _sites(places, local_mm, record.mean_mm, assumed)
    done = simulate_tank(record.whole.rain_mm, **vars(sites))
    return done.yield_m3 / len(record.whole_years)


def _by_year(
    places: pd.DataFrame, rain: pd.Series, record: Record | None, assumed: Mapping[str, float]
) -> dict[str, pd.Series] | None:
    """By frequency, the yearly yield of the daily method that so many years reach; storage is carried over."""
    if record is None:
        return None
    if places.empty:
        return {name: pd.Series(dtype=float) for name in FREQUENCIES}
    sites = _sites(places, places["township"].map(rain).fillna(0.0).to_numpy(), record.mean_mm, assumed)
    stored, yearly = np.zeros(len(places)), {}
    for year in record.whole_years:
        done = simulate_tank(record.of_year(year).rain_mm, **vars(sites), initial_m3=stored)
        stored = np.minimum(done.end_m3, sites.capacity_m3)
        yearly[year] = pd.Series(done.yield_m3).groupby(places["township"].to_numpy()).sum()
    table = pd.DataFrame(yearly)
    found = {code: at_frequencies(row) for code, row in table.to_dict("index").items()}
    return {name: pd.Series({code: values[name] for code, values in found.items()}) for name in FREQUENCIES}


def _cistern_supply(district: District, rain: pd.Series, assumed: Mapping[str, float]) -> pd.Series | None:
    """What the cisterns of each township can supply in a year: V(1 − α)/K, the inverse of GB/T 50596's sizing.

    None where no layer tells of cisterns. One that does not tell its catchment gives what its volume can, one on
    unknown ground collects with the least efficiency.
    """
    frame = cisterns(district)
    if frame is None:
        return None
    if frame.empty:
        return pd.Series(dtype=float)
    supply = frame["volume_m3"] * (1 - assumed["rain_cistern_loss_share"]) / assumed["rain_cistern_k"]
    collected = frame["catchment_area_m2"].astype(float) * frame["township"].map(rain) / 1000
    efficiency = frame["catchment_surface"].map(EFFICIENCY).astype(float).fillna(min(EFFICIENCY.values()))
    return np.fmin(supply, collected * efficiency).groupby(frame["township"]).sum()


# Annual collection efficiency of surfaces under 1,000–1,500 mm of rain, middle of GB/T 50596-2010's ranges.
EFFICIENCY = {
    "concrete": 0.85,
    "cement_tile": 0.85,
    "machine_tile": 0.575,
    "hand_tile": 0.525,
    "stone": 0.80,
    "earth_yard": 0.45,
    "slope_sparse": 0.375,
    "slope_grass": 0.325,
}
