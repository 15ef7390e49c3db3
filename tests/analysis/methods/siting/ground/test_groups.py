"""Which features a rule speaks of: by kind, standing, rank, size and use; none told apart from not known."""

from __future__ import annotations

import pytest
from shapely import LineString, MultiLineString, Point, box
from siting_ground import X, Y, far_zones, frame, make_ground, square, zone

from analysis.methods.siting.ground.found import Ground

HERE = Point(X, Y)


def ids(ground: Ground, group: str) -> list[str] | None:
    """The keys in a group, none where the data set does not know."""
    found = ground.group(group)
    return None if found.missing else sorted(found.frame["id"])


ZONED = make_ground(layers={"protection_zones": frame("protection_zones", [
    zone("geo_hazard_prone", square(), id="low", grade="low"),
    zone("geo_hazard_prone", square(), id="high", grade="high"),
    zone("geo_hazard_prone", square(), id="untold"), zone("decentralised_source", square(), id="yes", official=True),
    zone("decentralised_source", square(), id="no", official=False),
    zone("decentralised_source", square(), id="empty", official=None),
])})  # fmt: skip


@pytest.mark.parametrize(
    ("group", "found"),
    [
        ("zone:geo_hazard_prone", ["high", "low", "untold"]),
        ("zone:geo_hazard_prone:not_low", ["high", "untold"]),  # what is not told may be high
        ("zone:decentralised_source:official", ["yes"]),
        ("zone:decentralised_source:unofficial", ["empty", "no"]),
        ("zone:karst", None),  # no zone of the kind at all: nobody has told of it
    ],
)
def test_zones_by_kind_and_standing(group, found):
    assert ids(ZONED, group) == found


def test_a_kind_told_whole_is_known_even_where_none_of_it_is_approved():
    only = frame("protection_zones", [zone("decentralised_source", square(), id="no", official=False)])
    assert ids(make_ground(layers={"protection_zones": only}), "zone:decentralised_source:official") == []
    assert ids(make_ground(without=("protection_zones",)), "zone:flood") is None


def rivers(*rows: tuple) -> dict:
    line = LineString([(X, Y), (X + 100, Y)])
    told = [{"id": id_, "name": name, "yangtze_tributary": tributary, "important_tributary": important,
             "geometry": line} for id_, name, tributary, important in rows]  # fmt: skip
    return {"rivers": frame("rivers", told)}


RANKED = rivers(
    ("R1", "乌江", True, True), ("R2", "溪", False, False), ("R3", "长江", None, None), ("R4", "沟", None, None)
)


@pytest.mark.parametrize(
    ("which", "found"),
    [("all", ["R1", "R2", "R3", "R4"]), ("important", ["R1"]), ("stem", ["R3"]), ("untold", ["R4"])],
)
def test_shores_by_the_rank_of_their_river(which, found):
    assert ids(make_ground(layers=RANKED), f"shore:centre:{which}") == found
    assert ids(make_ground(without=("rivers",)), f"shore:centre:{which}") is None


def test_a_shore_is_the_range_or_the_water_where_drawn_else_half_the_width_from_the_line():
    line = LineString([(X, Y), (X + 1000, Y)])
    told = [{"id": "R1", "name": "甲", "width_m": 30.0, "geometry": line},
            {"id": "R2", "name": "乙", "width_m": None, "geometry": line}]  # fmt: skip
    lake = frame("reservoirs", [{"id": "L1", "geometry": box(X + 600, Y - 50, X + 1000, Y + 50)}])
    drawn = [zone("river_management", box(X, Y - 60, X + 300, Y + 60), id="Z1", river="R1")]
    ground = make_ground(layers={"rivers": frame("rivers", told), "reservoirs": lake}, zones=drawn)
    (wide,), (bare,) = ground.group("shore:width:all").shapes, ground.group("shore:centre:all").shapes
    # R1 is drawn to 300 m and again from 600 m; R2 has the lake alone. Half the width goes beyond the ends too
    assert wide.bounds == pytest.approx((X + 285, Y - 15, X + 615, Y + 15))
    assert bare.bounds == pytest.approx((X, Y, X + 600, Y))
    assert "Z1" in ids(ground, "shore:range:all")
    assert ids(ground, "shore:water:all") == ["L1"]
    assert ids(ground, "shore:range:untold") == ["Z1"]
    assert ids(ground, "shore:water:untold") == []


@pytest.mark.parametrize(
    ("group", "found"),
    [("in:core+buffer", ["buffer", "core"]), ("in:core", ["core"]), ("beyond:core", ["buffer", "general"]),
     ("untold", ["none"])],
)  # fmt: skip
def test_zones_by_their_own_class(group, found):
    rows = [zone("scenic", square(), id=id_, zone=None if id_ == "none" else id_)
            for id_ in ("core", "buffer", "general", "none")]  # fmt: skip
    ground = make_ground(layers={"protection_zones": frame("protection_zones", rows)})
    assert ids(ground, f"zone:scenic:{group}") == found


@pytest.mark.parametrize(("named", "left"), [("R1", ["R2"]), ("R2", ["R1"]), (None, ["R1", "R2"])])
def test_rivers_without_a_drawn_range_are_those_no_range_names(named, left):
    told = [zone("river_management", square(), river=named), zone("flood", square(), river="R2")]
    ground = make_ground(layers=rivers(("R1", "甲", True, True), ("R2", "乙", True, True)), zones=told)
    assert ids(ground, "river:unranged") == left


def intake(id_: str, kind: str, *, drinking: bool | None = True, central: bool | None = False, at=HERE, **more) -> dict:
    return {"id": id_, "kind": kind, "drinking_source": drinking, "centralised": central, "geometry": at, **more}


def test_sources_scattered_and_undesignated_by_what_they_are():
    rows = [
        intake("W1", "well"), intake("W2", "spring"), intake("R1", "river"), intake("V1", "reservoir"),
        intake("F1", "well", drinking=False), intake("U1", "well", drinking=None), intake("C0", "well", central=None),
        intake("C1", "well", central=True, at=Point(X + 5000, Y)), intake("C2", "river", central=True),
    ]  # fmt: skip
    ground = make_ground(layers={"water_intakes": frame("water_intakes", rows)})
    assert ids(ground, "well:scattered") == ["W1", "W2"]
    assert ids(ground, "reservoir:scattered") == ["V1"]
    assert ids(ground, "corridor:scattered:1000:100") == ["R1"]
    assert ids(ground, "well:undesignated") == ["C1"]
    assert ids(ground, "corridor:undesignated:1000:100") == ["C2"]
    assert ids(make_ground(without=("water_intakes",)), "well:scattered") is None


def test_an_approved_zone_names_its_source_or_lies_over_it():
    rows = [intake(id_, "well", central=True, at=Point(X + east, Y)) for id_, east in
            (("named", 0), ("covered", 2000), ("draft", 4000), ("bare", 6000))]  # fmt: skip
    zones = [
        zone("drinking_source_1", square(9_000), intake="named"),
        zone("drinking_source_1", square(2_000)),
        zone("drinking_source_1", square(4_000), official=False, intake="draft"),
        zone("drinking_source_2", square(6_000), intake="bare"),
    ]
    ground = make_ground(layers={"water_intakes": frame("water_intakes", rows)}, zones=zones)
    assert ids(ground, "well:undesignated") == ["bare", "draft"]
    assert ground.group("well:undesignated").draft
    assert not ground.group("zone:drinking_source_1").draft


@pytest.mark.parametrize(("up", "down", "ends"), [(1000, 100, (200, 1300)), (3000, 5000, (0, 4000))])
def test_a_corridor_reaches_up_and_down_its_river_and_not_past_its_ends(up, down, ends):
    # the river is drawn downstream, from west to east, over 4 km; the intake lies 1,200 m from its spring
    line = LineString([(X, Y), (X + 4000, Y)])
    rows = [intake("I1", "river", at=Point(X + 1200, Y + 30))]
    layers = {
        "rivers": frame("rivers", [{"id": "R1", "geometry": line}]),
        "water_intakes": frame("water_intakes", rows),
    }
    (shape,) = make_ground(layers=layers).group(f"corridor:scattered:{up}:{down}").shapes
    assert shape.bounds == pytest.approx((X + ends[0], Y, X + ends[1], Y))


def test_a_corridor_follows_the_part_of_a_river_that_is_nearest():
    parts = MultiLineString([[(X, Y), (X + 2000, Y)], [(X, Y + 5000), (X + 2000, Y + 5000)]])
    rows = [intake("I1", "river", at=Point(X + 1000, Y + 4990))]
    layers = {
        "rivers": frame("rivers", [{"id": "R1", "geometry": parts}]),
        "water_intakes": frame("water_intakes", rows),
    }
    (shape,) = make_ground(layers=layers).group("corridor:scattered:300:100").shapes
    assert shape.bounds == pytest.approx((X + 700, Y + 5000, X + 1100, Y + 5000))


def test_a_central_reservoir_source_is_its_whole_water_and_the_intake_where_it_is_not_drawn():
    lake = box(X + 100, Y, X + 900, Y + 500)
    rows = [
        intake("V1", "reservoir", central=True, reservoir="L1"),
        intake("V2", "reservoir", central=True, reservoir="L9"),
        intake("V3", "reservoir", reservoir="L1"),
    ]
    water = frame("reservoirs", [{"id": "L1", "geometry": lake}])
    layers = {"reservoirs": water, "water_intakes": frame("water_intakes", rows)}
    ground = make_ground(layers=layers)
    assert [shape.equals(lake) for shape in ground.group("reservoir:undesignated").shapes] == [True, False]
    assert ground.group("reservoir:scattered").shapes[0].equals(HERE)


WORKS = [
    {"id": "W1", "level": "town", "capacity_m3_per_day": 1000.0, "people": 10.0, "geometry": HERE},
    {"id": "W2", "level": "village", "capacity_m3_per_day": 999.0, "people": 9_999.0, "geometry": HERE},
    {"id": "W3", "level": "village", "capacity_m3_per_day": 10.0, "people": 10_000.0, "geometry": HERE},
    {"id": "W4", "level": "county", "capacity_m3_per_day": 50_000.0, "people": 90_000.0, "geometry": HERE},
]


def test_mains_are_of_scale_from_so_much_water_or_so_many_people_on():
    line = LineString([(X, Y), (X + 100, Y)])
    mains = [{"id": f"M{at}", "waterworks": f"W{at}", "geometry": line} for at in (1, 2, 3, 4)]
    layers = {"waterworks": frame("waterworks", WORKS), "water_mains": frame("water_mains", mains)}
    ground = make_ground(layers=layers)
    assert ids(ground, "main:scale:1000:10000") == ["M1", "M3"]
    assert ids(ground, "main:small:1000:10000") == ["M2"]
    assert ids(ground, "main:scale:999:10000") == ["M1", "M2", "M3"]
    assert ids(ground, "village:works") == ["W1", "W2", "W3"]
    assert ids(make_ground(without=("waterworks",)), "main:small:1000:10000") is None


def test_irrigation_works_are_those_that_water_fields():
    works = [
        {"id": "S1", "kind": "pond", "use": "irrigation", "geometry": HERE},
        {"id": "S2", "kind": "canal", "use": "multiple", "geometry": HERE},
        {"id": "S3", "kind": "pond", "use": "domestic", "geometry": HERE},
        {"id": "S4", "kind": "cistern", "use": "irrigation", "geometry": HERE},
    ]
    lakes = [{"id": use, "use": use, "geometry": square()} for use in ("irrigation", "multiple", "supply")]
    layers = {"small_water_works": frame("small_water_works", works), "reservoirs": frame("reservoirs", lakes)}
    ground = make_ground(layers=layers)
    assert ids(ground, "irrigation:works") == ["S1", "S2"]
    assert ids(ground, "irrigation:reservoirs") == ["irrigation", "multiple"]


def test_a_shape_that_is_empty_is_no_feature():
    rows = [zone("flood", square(), id="one"), zone("flood", Point(), id="none"), *far_zones()]
    ground = make_ground(layers={"protection_zones": frame("protection_zones", rows)})
    assert "none" not in ids(ground, "zone:flood")
    assert len(ground.group("zone:flood").shapes) == 2
