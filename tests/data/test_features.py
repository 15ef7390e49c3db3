"""What the shipped features promise: everything in its township, believable sizes, downhill, connected, declared."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from places import DATA

from data.make.facts import METRIC_CRS, table
from data.make.features.mains import WORN_MATERIALS
from data.make.frames import frame, numeral
from data.make.land.grid import GRID
from layers.catalogue import CATALOGUE
from layers.district import District
from layers.versions.opening import open_district

TOLERANCE_M = 1.0
RANGES = {
    "villages": (170, 230), "roads": (500, 2500), "wastewater_plants": (10, 20), "industrial_parks": (4, 4),
    "reservoirs": (15, 40), "irrigation_districts": (10, 25), "small_water_works": (400, 900), "waterworks": (20, 40),
    "protection_zones": (200, 700), "construction_projects": (20, 60), "reclaimed_mains": (3, 20),
    "scenic_areas": (5, 15), "car_wash_sites": (20, 60), "green_spaces": (50, 150), "pipeline_zones": (26, 60),
}  # fmt: skip

Features = Mapping[str, gpd.GeoDataFrame]


@pytest.fixture(scope="module")
def district() -> District:
    return open_district(DATA)


@pytest.fixture(scope="module")
def features(district: District) -> Features:
    return district.frames


def _today(features: Features) -> gpd.GeoDataFrame:
    units = features["townships"]
    return units[units["valid_to"].isna()].set_index("code")


def test_every_vector_layer_is_made(features: Features) -> None:
    declared = {id_ for id_, layer in CATALOGUE.items() if layer.geometry in ("polygon", "line", "point")}
    assert set(features) == declared


def test_the_shipped_set_opens_without_a_single_problem(district: District) -> None:
    assert district.problems == ()
    assert set(district.entries) == set(CATALOGUE)
    assert {entry.source.status for entry in district.entries.values()} == {"illustrative"}


def test_columns_are_the_declared_fields(features: Features) -> None:
    for layer, rows in features.items():
        assert set(rows.columns) >= {field.name for field in CATALOGUE[layer].fields}, layer
        assert rows.crs == METRIC_CRS


def test_geometries_are_valid_and_of_the_declared_kind(features: Features) -> None:
    kinds = {"polygon": {"Polygon", "MultiPolygon"}, "line": {"LineString"}, "point": {"Point"}}
    for layer, rows in features.items():
        assert set(rows.geom_type) <= kinds[CATALOGUE[layer].geometry], layer
        assert rows.is_valid.all(), layer
        assert not rows.is_empty.any(), layer


def test_keys_are_unique_and_references_lead_somewhere(features: Features) -> None:
    keys = {layer: set(rows[CATALOGUE[layer].key.name]) for layer, rows in features.items()}
    for layer, rows in features.items():
        assert len(keys[layer]) == len(rows), layer
        for field in CATALOGUE[layer].fields:
            if field.refers_to:
                assert set(rows[field.name].dropna()) <= keys[field.refers_to], f"{layer}.{field.name}"


def test_values_keep_to_declared_bounds_and_choices(features: Features) -> None:
    for layer, rows in features.items():
        for field in CATALOGUE[layer].fields:
            values = rows[field.name].dropna()
            if field.choices:
                assert set(values) <= set(field.choices), f"{layer}.{field.name}"
            if field.low is not None and len(values):
                assert values.min() >= field.low, f"{layer}.{field.name}"
            if field.high is not None and len(values):
                assert values.max() <= field.high, f"{layer}.{field.name}"


def test_everything_lies_inside_its_township(features: Features) -> None:
    grown = _today(features).geometry.buffer(TOLERANCE_M)
    for layer, rows in features.items():
        if layer != "townships" and "township" in rows.columns:
            inside = shapely.covers(grown.loc[rows["township"]].to_numpy(), rows.geometry.to_numpy())
            assert inside.all(), f"{layer}: {rows.loc[~inside, 'id'].tolist()[:5]}"


@pytest.mark.parametrize("layer", sorted(RANGES))
def test_counts_are_those_of_such_a_district(features: Features, layer: str) -> None:
    low, high = RANGES[layer]
    assert low <= len(features[layer]) <= high


def test_sites_together_number_four_to_six_hundred(features: Features) -> None:
    sites = ("projects", "water_users", "residential_estates", "public_institutions")
    assert 400 <= sum(len(features[layer]) for layer in sites) <= 600


def test_mains_are_three_to_six_hundred_kilometres(features: Features) -> None:
    assert 300_000 <= features["water_mains"].length.sum() <= 600_000


def test_every_township_has_villages_cisterns_ponds_and_an_intake(features: Features) -> None:
    codes = set(_today(features).index)
    works = features["small_water_works"]
    for kind in ("cistern", "pond"):
        assert set(works.loc[works["kind"] == kind, "township"]) == codes
    for layer in ("villages", "water_intakes", "residential_estates", "public_institutions", "urban_areas"):
        assert set(features[layer]["township"]) == codes, layer


def test_villages_hold_the_people_of_their_township(features: Features) -> None:
    people = table("people").set_index("code")["people"]
    assert features["villages"].groupby("township")["people"].sum().to_dict() == people.to_dict()
    assert people.sum() == 356_748  # census of 2020-11-01


def test_parks_lie_in_the_valleys(district: District, features: Features) -> None:
    parks = features["industrial_parks"].set_index("township")
    assert set(parks.index) == {"500156101", "500156107", "500156108", "500156105"}
    heights, (x, y) = district.rasters["elevation"].values, GRID.centres()
    units = _today(features)
    for code, park in parks.geometry.items():
        inside = shapely.contains_xy(park, *np.broadcast_arrays(x, y))
        around = shapely.contains_xy(units.geometry[code], *np.broadcast_arrays(x, y))
        assert heights[inside].mean() < np.quantile(heights[around], 0.4), code


def test_rivers_and_canals_end_no_higher_than_they_begin(district: District, features: Features) -> None:
    rivers = features["rivers"]
    assert (rivers["upper_m"] >= rivers["lower_m"]).all()
    ends = [shapely.get_coordinates(shapely.get_point(features["canals"].geometry.to_numpy(), at)) for at in (0, -1)]
    head, foot = (district.rasters["elevation"].values.ravel()[GRID.cells(points)] for points in ends)
    assert np.mean(head >= foot) > 0.95


def test_roads_are_one_network(features: Features) -> None:
    roads = features["roads"]
    nodes = pd.unique(roads[["from_node", "to_node"]].to_numpy().ravel())
    number = {node: at for at, node in enumerate(nodes)}
    part = np.arange(len(nodes))
    pairs = np.array([(number[a], number[b]) for a, b in zip(roads["from_node"], roads["to_node"], strict=True)])
    for _ in range(len(nodes)):
        low = np.minimum(part[pairs[:, 0]], part[pairs[:, 1]])
        before = part.copy()
        np.minimum.at(part, pairs[:, 0], low)
        np.minimum.at(part, pairs[:, 1], low)
        if (part == before).all():
            break
    assert set(part) == {0}


def test_a_road_node_is_one_place(features: Features) -> None:
    roads = features["roads"]
    lines = roads.geometry.to_numpy()
    names = np.concatenate((roads["from_node"], roads["to_node"]))
    places = np.vstack([shapely.get_coordinates(shapely.get_point(lines, at)) for at in (0, -1)])
    spread = pd.DataFrame(places, columns=["x", "y"]).groupby(names).agg(["min", "max"])
    assert (spread["x"]["max"] - spread["x"]["min"]).max() < 1e-3
    assert (spread["y"]["max"] - spread["y"]["min"]).max() < 1e-3


def test_protection_zones_are_of_every_kind(features: Features) -> None:
    assert set(features["protection_zones"]["kind"]) == set(CATALOGUE["protection_zones"].field("kind").choices)


def test_estates_greens_and_supply_zones_do_not_overlap(features: Features) -> None:
    for layer in ("residential_estates", "green_spaces", "supply_zones", "industrial_parks"):
        shapes = features[layer].geometry.to_numpy()
        left, right = shapely.STRtree(shapes).query(shapes, predicate="overlaps")
        shared = shapely.area(shapely.intersection(shapes[left], shapes[right]))
        assert shared.max(initial=0.0) < 1.0, layer


def test_the_twenty_seven_of_2019_make_up_today(features: Features) -> None:
    units = features["townships"].set_index("code")
    old = shapely.union_all(units.loc[["500156106", "500156110"]].geometry.to_numpy())
    assert old.symmetric_difference(units.geometry["500156004"]).area < 1.0
    assert set(units["successor"].dropna()) == {"500156003", "500156004", "500156113"}


def test_made_names_say_that_they_are_illustrative(features: Features) -> None:
    for layer in ("reservoirs", "waterworks", "wastewater_plants", "villages", "projects", "construction_projects"):
        assert features[layer]["name"].str.contains("示意").all(), layer


def test_numerals_read_as_names_count() -> None:
    assert [numeral(n) for n in (1, 10, 12, 20, 35, 105, 110, 316)] == [
        "一", "十", "十二", "二十", "三十五", "一百零五", "一百一十", "三百一十六",
    ]  # fmt: skip


def test_an_undeclared_column_is_refused() -> None:
    with pytest.raises(KeyError, match="colour"):
        frame("rivers", [{"id": "R", "colour": "blue", "geometry": shapely.LineString([(0, 0), (1, 1)])}])


def test_renewal_is_planned_where_pipes_are_old_and_poor(features: Features) -> None:
    zones = features["pipeline_zones"]
    due = zones["renewal"].isin(("planned", "under_way"))
    assert due.sum() >= 8
    assert zones.loc[due, "mean_built_year"].max() < 1997
    assert set(zones.loc[due, "main_material"]) <= set(WORN_MATERIALS)
    assert not zones.loc[zones["renewal"] == "done", "main_material"].isin(WORN_MATERIALS).any()


def test_plants_are_approved_before_they_are_built(features: Features) -> None:
    plants = features["wastewater_plants"]
    assert (plants["approved"].dt.year < plants["built_year"]).all()


def test_reclaimed_use_is_what_the_plants_deliver(district: District, features: Features) -> None:
    use = district.tables["water_use"]
    used = use[(use["year"] == use["year"].max()) & (use["source"] == "reclaimed")].groupby("township")["volume_m3"]
    delivered = features["wastewater_plants"].groupby("township")["reused_m3_per_day"].sum() * 365
    delivered = delivered[delivered > 0]
    assert used.sum().to_dict() == pytest.approx(delivered.to_dict(), rel=0.01, abs=300)


def test_irrigation_takes_more_than_its_crops_need_and_less_than_its_reservoir_gives(
    district: District, features: Features
) -> None:
    crops, yields = district.tables["crops"], district.tables["source_yields"]
    crops = crops[crops["year"] == crops["year"].max()]
    needed = (crops["area_m2"] * crops["net_quota_mm"] / 1000).groupby(crops["irrigation_district"]).sum()
    places = features["irrigation_districts"].set_index("id")
    assert (needed < places["intake_m3_per_year"]).all()
    fed = places.dropna(subset=["reservoir"]).groupby("reservoir")["intake_m3_per_year"].sum()
    normal = yields[yields["guarantee_share"] == 0.5].set_index("source")["yield_m3_per_year"]
    assert (fed < normal.reindex(fed.index)).all()


def test_a_reservoir_yields_less_than_its_basin_sheds(district: District, features: Features) -> None:
    yields = district.tables["source_yields"].groupby("source")["yield_m3_per_year"].max()
    reservoirs = features["reservoirs"].set_index("id")
    assert (yields.reindex(reservoirs.index) < reservoirs["basin_area_m2"] * 0.583).all()
