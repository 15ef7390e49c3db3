"""The tables of the standards, item by item: classes, two uses of each standard, and what a class leaves open."""

from __future__ import annotations

from analysis.formulas.water_quality import CLASSES, COLD_WATER_C, REMOVABLE, USES


def _limits(id_: str) -> dict[str, float]:
    return dict(CLASSES[id_].limits)


def test_class_1a_and_1b_by_gb_18918_table_1():
    assert _limits("class_1a") == {
        "cod": 50, "bod5": 10, "ss": 10, "las": 0.5, "tn": 15, "nh3n": 5, "tp": 0.5, "colour_dilution": 30,
        "coliform": 1_000,
    }  # fmt: skip
    assert _limits("class_1b") == {
        "cod": 60, "bod5": 20, "ss": 20, "las": 1, "tn": 20, "nh3n": 8, "tp": 1, "colour_dilution": 30,
        "coliform": 10_000,
    }  # fmt: skip


def test_lower_classes_leave_items_open_rather_than_at_nothing():
    assert _limits("class_2") == {
        "cod": 100, "bod5": 30, "ss": 30, "las": 2, "nh3n": 25, "tp": 3, "colour_dilution": 40, "coliform": 10_000
    }  # fmt: skip
    assert _limits("class_3") == {"cod": 120, "bod5": 60, "ss": 50, "las": 5, "tp": 5, "colour_dilution": 50}
    assert _limits("quasi_iv") == {
        "cod": 30, "bod5": 6, "ss": 10, "las": 0.5, "tn": 15, "nh3n": 1.5, "tp": 0.3, "colour_dilution": 30,
        "coliform": 1_000,
    }  # fmt: skip


def test_ammonia_in_cold_water_is_the_value_in_brackets():
    cold = {id_: one.nh3n_cold for id_, one in CLASSES.items()}
    assert cold == {"quasi_iv": 3.0, "class_1a": 8.0, "class_1b": 15.0, "class_2": 30.0, "class_3": None}
    assert COLD_WATER_C == 12


def test_outdoor_and_indoor_uses_of_gb_t_18920():
    road, toilet = USES["road"], USES["toilet"]
    assert dict(road.most) == {
        "colour": 30, "turbidity": 10, "bod5": 10, "nh3n": 8, "las": 0.5, "tds": 1000, "ecoli": 0
    }  # fmt: skip
    assert dict(toilet.most) == {
        "colour": 15, "turbidity": 5, "bod5": 10, "nh3n": 5, "las": 0.5, "tds": 1000, "ecoli": 0, "iron": 0.3,
        "manganese": 0.1,
    }  # fmt: skip
    assert dict(road.least) == dict(toilet.least) == {"dissolved_oxygen": 2.0, "chlorine": 1.0}
    assert road.ph == toilet.ph == (6.0, 9.0)
    assert USES["greening"].most is road.most
    assert USES["car_wash"].most is toilet.most


def test_rivers_and_lakes_of_gb_t_18921():
    assert dict(USES["scenic_river"].most) == {
        "bod5": 10, "turbidity": 10, "tp": 0.5, "tn": 15, "nh3n": 5, "colour": 20, "coliform": 1000
    }  # fmt: skip
    assert dict(USES["scenic_lake"].most) == {
        "bod5": 6, "turbidity": 5, "tp": 0.3, "tn": 10, "nh3n": 3, "colour": 20, "coliform": 1000
    }  # fmt: skip
    assert USES["wetland"].most == USES["scenic_river"].most


def test_cooling_and_process_of_gb_t_19923_differ_in_silica_alone():
    cooling, process = dict(USES["cooling"].most), dict(USES["process"].most)
    assert {id_ for id_ in cooling if cooling[id_] != process[id_]} == {"silica"}
    assert (cooling["silica"], process["silica"]) == (50, 30)
    assert (cooling["cod"], cooling["nh3n"], cooling["tn"], cooling["tp"]) == (50, 5, 15, 0.5)
    assert (cooling["chloride"], cooling["hardness"], cooling["coliform"]) == (250, 450, 2000)
    assert (cooling["turbidity"], cooling["bod5"], cooling["tds"]) == (5, 10, 1000)
    assert (cooling["iron"], cooling["manganese"]) == (0.3, 0.1)
    assert USES["cooling"].confidence == "low"


def test_crops_of_gb_20922_from_fibre_to_vegetables():
    items = ("bod5", "cod", "ss", "las", "coliform")
    told = {use: tuple(USES[use].most[item] for item in items) for use in USES if use.startswith("farm_")}
    assert told == {
        "farm_fibre": (100, 200, 100, 8, 40_000), "farm_dry": (80, 180, 90, 8, 40_000),
        "farm_paddy": (60, 150, 80, 5, 40_000), "farm_vegetables": (40, 100, 60, 5, 20_000),
    }  # fmt: skip
    assert {(USES[use].most["tds"], USES[use].most["chloride"]) for use in told} == {(1000, 350)}


def test_green_space_open_to_people_asks_for_more_than_closed():
    open_, closed = USES["green_25499"], USES["green_25499_closed"]
    assert (open_.most["turbidity"], closed.most["turbidity"]) == (5, 10)
    assert (open_.most["coliform"], closed.most["coliform"]) == (200, 1000)
    assert open_.most["bod5"] == closed.most["nh3n"] == 20
    assert dict(open_.least) == {"chlorine": 0.2}
    assert dict(open_.most) == {
        "turbidity": 5, "tds": 1000, "bod5": 20, "nh3n": 20, "las": 1.0, "chloride": 250, "coliform": 200
    }  # fmt: skip
    assert dict(closed.most) == dict(open_.most) | {"turbidity": 10, "coliform": 1000}


def test_filtration_and_disinfection_take_out_no_dissolved_matter():
    assert {"ss", "turbidity", "colour", "coliform"} <= REMOVABLE
    assert not REMOVABLE & {"bod5", "cod", "nh3n", "tn", "tp", "tds", "chloride", "hardness", "iron", "las"}
