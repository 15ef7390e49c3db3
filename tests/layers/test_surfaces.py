"""Land-cover classes are named by the district's legend, or by the atlas's own ten."""

from dataclasses import replace

from small_district import small_district

from layers.surfaces import surface_of, surface_of_usual


def test_a_district_without_legend_has_the_ten_usual_classes():
    tables = {name: table for name, table in small_district().tables.items() if name != "landcover_legend"}
    district = replace(small_district(), tables=tables)
    assert surface_of(district) == {}
    usual = surface_of_usual(district)
    assert (len(usual), usual[1.0], usual[10.0]) == (10, "paddy", "bare_rock")
