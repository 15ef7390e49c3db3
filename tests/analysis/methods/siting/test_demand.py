"""What a project needs a year: as told, by quota and size, by area, and what no row fits."""

from __future__ import annotations

import pandas as pd
import pytest
from siting_ground import ASSUMED

from analysis.methods.siting.demand import demand_of, quota_of, yearly_m3_per_value
from analysis.proposal import Proposal

COLUMNS = ["name", "sector", "item", "unit", "general_value", "advanced_value", "standard"]
ROWS = [
    ("白酒", "industry", "liquor", "m³/t", 10.0, 8.0, "甲定额"),
    ("白酒", "industry", "liquor", "m³/kL", 12.0, None, "乙定额"),
    ("城镇居民生活", "domestic", "urban_domestic", "L/(人·d)", 140.0, 100.0, "丙定额"),
    ("水稻", "agriculture", "rice", "m³/亩", 350.0, 320.0, "丁定额"),
]
QUOTAS = pd.DataFrame(ROWS, columns=COLUMNS)


def wanted(proposal: Proposal, *, area_m2: float = 10_000.0) -> tuple[float | None, str]:
    found = demand_of(proposal, QUOTAS, area_m2=area_m2, assumed=ASSUMED)
    return found.m3_per_year, found.how


def test_what_is_told_goes_before_the_quota_and_the_quota_before_the_area():
    liquor = {"product": "白酒", "output": 300.0, "output_unit": "t"}
    assert wanted(Proposal(demand_m3_per_year=700.0, **liquor)) == (700.0, "told")
    assert wanted(Proposal(demand_m3_per_year=0.0, **liquor)) == (0.0, "told")
    assert wanted(Proposal(**liquor)) == (3000.0, "quota")  # 300 t at 10 m³
    assert wanted(Proposal(product="白酒")) == (60 * 365.0, "area")  # 60 m³ a day and hectare, one hectare


def test_people_at_home_need_their_litres_every_day():
    # 1,000 people at 140 L a day and 365 days; 250 people a quarter of it
    assert wanted(Proposal(sector="housing", people=1000)) == (pytest.approx(51_100), "quota")
    assert wanted(Proposal(sector="housing", people=250)) == (pytest.approx(12_775), "quota")
    assert wanted(Proposal(sector="housing")) == (80 * 365.0, "area")


def test_crops_need_theirs_by_the_mu():
    # 10,000 m² are 15 mu; rice at 350 m³ each
    assert wanted(Proposal(sector="farming", product="rice")) == (pytest.approx(5250), "quota")
    assert wanted(Proposal(sector="farming", product="水稻"), area_m2=2_000 / 3) == (pytest.approx(350), "quota")


@pytest.mark.parametrize(
    ("sector", "m3_per_ha_day"),
    [("industry", 60), ("chemical", 60), ("housing", 80), ("public", 60), ("tourism", 60), ("logistics", 30)],
)
def test_by_area_each_use_has_its_index(sector, m3_per_ha_day):
    found = wanted(Proposal(sector=sector), area_m2=25_000.0)
    assert found == (pytest.approx(m3_per_ha_day * 2.5 * 365), "area")


@pytest.mark.parametrize("sector", ["road", "mining", "livestock", "tailings", "waterworks", "farming"])
def test_where_no_index_speaks_of_the_sector_the_demand_is_unknown(sector):
    assert wanted(Proposal(sector=sector)) == (None, "unknown")


def test_the_quota_is_the_first_row_whose_unit_fits_the_size():
    by_tonne = quota_of(Proposal(product="白酒", output=20.0, output_unit="t"), QUOTAS, area_m2=1.0)
    assert (by_tonne.standard, by_tonne.general_m3, by_tonne.advanced_m3) == ("甲定额", 200.0, 160.0)
    by_volume = quota_of(Proposal(product="liquor", output=20.0, output_unit="kL"), QUOTAS, area_m2=1.0)
    assert (by_volume.standard, by_volume.general_m3, by_volume.advanced_m3) == ("乙定额", 240.0, None)
    assert (by_volume.general_value, by_volume.advanced_value, by_volume.unit) == (12.0, None, "m³/kL")
    assert by_volume.sector == "industry"


@pytest.mark.parametrize(
    "told",
    [{"product": "啤酒", "output": 1.0, "output_unit": "t"}, {"product": "白酒", "output": 1.0, "output_unit": "瓶"},
     {"product": "白酒"}, {"sector": "public", "people": 10}],
)  # fmt: skip
def test_without_product_row_or_size_there_is_no_quota(told):
    assert quota_of(Proposal(**told), QUOTAS, area_m2=1.0) is None
    assert quota_of(Proposal(**told), None, area_m2=1.0) is None


@pytest.mark.parametrize(
    ("unit", "output_unit", "expected"),
    [
        ("m³/t", "t", 3.0), ("m3/t", "t", 3.0), ("L/t", "t", 0.003), ("L/(床·d)", "床", 1.095),
        ("m³/\uff08床·d\uff09", "床", 1095.0), ("m³", "t", None), ("t/m³", "m³", None), ("m³/ t", "t", 3.0),
    ],
)  # fmt: skip
def test_a_quota_unit_is_a_volume_over_the_unit_of_the_output(unit, output_unit, expected):
    found = yearly_m3_per_value(unit, Proposal(output=3.0, output_unit=output_unit), area_m2=1.0)
    assert found == (None if expected is None else pytest.approx(expected))


def test_an_output_of_nothing_needs_nothing():
    assert wanted(Proposal(product="白酒", output=0.0, output_unit="t")) == (0.0, "quota")
