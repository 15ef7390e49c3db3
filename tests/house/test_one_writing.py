"""The same number looks the same on a card, in a card of the map, in its label and in a table."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.finding import Finding
from analysis.methods import township
from app.parts.figure import figure_of
from app.parts.tables import in_unit, number_column
from layers.catalogue import CATALOGUE
from maps.look.rows import rows
from words.units import number

USE = next(one for one in township.INDICATORS if one.id == "water_use_m3")


@pytest.mark.parametrize(("volume_m3", "written"), [(44.9, "0.00449"), (20_000.0, "2.00"), (1_234_567.0, "123.46")])
def test_a_number_looks_the_same_everywhere(volume_m3, written):
    assert number(volume_m3, "m3_per_year") == written
    assert figure_of(Finding(USE, "500156", volume_m3), "zh").value == written
    field = CATALOGUE["water_use"].field("volume_m3")
    row = rows(pd.DataFrame({"volume_m3": [volume_m3]}), CATALOGUE["water_use"], names={})[0]
    assert row[CATALOGUE["water_use"].fields.index(field)] == written
    column = number_column("", USE.unit, values=pd.Series([volume_m3, None]))
    shape = column["type_config"]["format"].removeprefix("%,.").removesuffix("f")
    assert f"{in_unit(pd.Series([volume_m3]), USE.unit)[0]:,.{shape}f}" == written
