"""How a quota stands: prescribed by the instrument of the place, or only a value to refer to."""

from __future__ import annotations

import pytest
from wulong import LESHAN, PENGSHUI, WULONG, heard

from analysis.rules.quotas import KIND, standing_of


@pytest.mark.parametrize(
    ("code", "sector", "standard", "expected"),
    [
        (WULONG, "industry", "重庆市第二三产业用水定额(2020年版)", ("prescribed", "chongqing_industry_quotas")),
        (WULONG, "services", "渝水〔2021〕56号 附表", ("prescribed", "chongqing_industry_quotas")),
        (WULONG, "industry", "示意定额(暂定值)", ("reference", "chongqing_industry_quotas")),
        (PENGSHUI, "domestic", "GB/T 50331-2002 第五区", ("reference", "chongqing_domestic_quotas")),
        (PENGSHUI, "agriculture", "重庆市灌溉用水定额(2017年修订版)", ("prescribed", "chongqing_irrigation_quotas")),
        # a quota of one sector is none of another
        (WULONG, "domestic", "重庆市第二三产业用水定额(2020年版)", ("reference", "chongqing_domestic_quotas")),
        # what Chongqing prescribes is only a reference in Leshan, where no rule prescribes any
        (LESHAN, "industry", "重庆市第二三产业用水定额(2020年版)", ("reference", None)),
        (WULONG, "mining", "渝水〔2021〕56号", ("reference", None)),
    ],
)
def test_a_quota_stands_by_place_sector_and_standard(code, sector, standard, expected):
    standing, rule = standing_of(heard(KIND, code=code), sector=sector, standard=standard)
    assert (standing, None if rule is None else rule.id) == expected


def test_without_any_rule_every_quota_is_a_reference():
    assert standing_of((), sector="industry", standard="渝水〔2021〕56号") == ("reference", None)
