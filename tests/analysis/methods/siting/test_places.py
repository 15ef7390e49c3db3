"""Which rules speak where: in another county of the municipality, and in another province."""

from __future__ import annotations

import pytest
from siting_ground import ASSUMPTIONS, DAY, make_ground, site_at
from wulong import LESHAN, PENGSHUI, WULONG

from analysis.assumption import resolve
from analysis.methods.siting.answer.engine import Verdicts, examine
from analysis.methods.siting.answer.record import check_record
from analysis.methods.siting.check import Inquiry
from analysis.proposal import Proposal
from analysis.rules.thresholds import spoken
from words import LANGUAGES

PLANT = Proposal(sector="chemical", source="surface", demand_m3_per_year=600_000, discharge="sewer", product="纸")


def verdicts(code: str, proposal: Proposal = PLANT, **options: object) -> Verdicts:
    """What all checks say of a proposal in the middle of a district with this code."""
    ground = make_ground(code=code, **options)
    assumed = resolve(spoken(ASSUMPTIONS, ground.district), {})
    return examine(Inquiry(site_at(ground), proposal, ground, assumed, DAY))


def test_in_another_province_what_only_a_municipality_asks_is_unknown():
    here, there = verdicts(WULONG), verdicts(LESHAN)
    silent = {one.check.id for one in there.not_made} - {one.check.id for one in here.not_made}
    assert silent == {"decentralised_source", "geo_hazard", "total", "village_works"}
    assert {there.result(id_).judgement.reason for id_ in silent} == {"no_rule"}


def test_national_thresholds_are_the_same_everywhere():
    for code in (WULONG, PENGSHUI, LESHAN):
        ground = make_ground(code=code)
        assumed = resolve(spoken(ASSUMPTIONS, ground.district), {})
        assert (assumed["siting_chemical_m"], assumed["siting_steep_deg"]) == (1000, 25)
        assert ("siting_well_m" in assumed) is (code != LESHAN)


@pytest.mark.parametrize(
    ("code", "bound", "basis"),
    [
        (WULONG, 3e6, "武隆府办发〔2019〕78号(一)6"),
        (PENGSHUI, 3e6, "重庆市重点监控用水单位名录(2022)"),
        (LESHAN, 5e5, "国家重点监控用水单位名录(2020)"),
    ],
)
def test_the_list_of_the_place_decides_who_is_monitored(code, bound, basis):
    found = verdicts(code).result("monitored")
    assert found.judgement.threshold == bound
    assert [rule.cite() for rule in found.basis] == [basis]
    assert found.verdict == ("study" if bound <= 600_000 else "clear")


def test_thirsty_trades_are_unknown_without_a_list_unless_the_project_says_it():
    short = {"flags": {"water_short_area": True}}
    assert verdicts(WULONG, **short).result("thirsty").verdict == "restricted"
    assert verdicts(PENGSHUI, **short).result("thirsty").verdict == "unknown"
    told = Proposal(sector="chemical", high_use=True)
    assert verdicts(PENGSHUI, told, **short).result("thirsty").verdict == "restricted"


def test_an_estate_owes_a_facility_only_where_a_text_says_so():
    estate = Proposal(sector="housing", roof_area_m2=2000, paved_area_m2=2000, rain_storage_m3=0.0)
    assert verdicts(WULONG, estate).result("rain_facility").judgement.reason == "rain_estate"
    assert verdicts(PENGSHUI, estate).result("rain_facility").judgement.reason == "rain_suited"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("code", "silent"), [(LESHAN, ("重庆", "武隆", "Chongqing", "Wulong")), (PENGSHUI, ("武隆", "Wulong"))]
)
def test_no_record_names_a_place_whose_rules_do_not_speak(code, silent, language):
    told = str([check_record(one, language) for one in verdicts(code).results])
    assert not [word for word in silent if word in told]
