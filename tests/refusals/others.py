"""Refusals of commands, formulas, networks, maps, papers and records, and the tests elsewhere that produce the rest."""

from __future__ import annotations

import argparse
import dataclasses
import os
import socket
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS
from siting_ground import METRIC

import cli
from analysis.asking import Asked, ask
from analysis.formulas.ahp import ahp_weights
from analysis.formulas.rain.tank import _choice
from analysis.hydraulics.layout import lay_out
from analysis.methods.rainwater.record import as_record
from analysis.network.plan import plan_network
from analysis.network.problem import read_arcs, read_nodes
from commands import bench
from commands.asked import answers, changes
from commands.open import free_port
from geo.crs import to_crs
from layers.problem import Problem
from maps.printed import font
from maps.screen.export import single_file
from records.reviews import add_review
from records.sizes import MOST_BYTES
from reports.paper.content import Paper, Picture
from reports.paper.pdf import paper_pdf
from reports.qr import qr_png
from reports.reclaimed.inp import network_inp
from tests.analysis.hydraulics.test_epanet import ASSUMED, _tree
from tests.analysis.network.test_plan import _line, _size
from tests.rain_district import rain_district
from tests.refusals.ways import GEOJSON, Give, Row, paste, site

NODES = pd.DataFrame({"id": ["P", "U"], "kind": ["plant", "user"]})
ARCS = pd.DataFrame({"id": ["a", "b"], "from": ["P", "P"], "to": ["U", "U"], "diameters": [[], []]})


def _arcs(arcs: pd.DataFrame) -> Give:
    return lambda _: read_arcs(arcs, ["P", "U"])


def _data(name: str) -> Give:
    def give(folder: Path) -> None:
        before = os.environ.get("ATLAS_DATA")
        try:
            cli._choose_data(folder / name)
        finally:
            os.environ["ATLAS_DATA"] = before or ""

    return give


def _port(*, free: bool) -> Give:
    def give(_: Path) -> object:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            return free_port("127.0.0.1", taken.getsockname()[1], tries=20 if free else 1)

    return give


def _bench(*names: str) -> Give:
    return lambda _: bench.run(argparse.Namespace(names=list(names)))


def _review(*, full: bool) -> Give:
    def give(folder: Path) -> object:
        before, MOST_BYTES["reviews"] = MOST_BYTES["reviews"], 1 if full else MOST_BYTES["reviews"]
        try:
            return add_review(folder, "0123456789ab", conclusion="agree", reviewer="甲")
        finally:
            MOST_BYTES["reviews"] = before

    return give


def _no_font(_: Path) -> object:
    package, font._PACKAGE = font._PACKAGE, "a_package_that_is_not_there"
    font.font_path.cache_clear()
    try:
        return font.font_path()
    finally:
        font._PACKAGE = package
        font.font_path.cache_clear()


def _project(*, broken: bool, record: bool = False) -> Give:
    def give(_: Path) -> object:
        district = rain_district(without=() if record else ("daily_rain",))
        if broken:
            told = Problem("unreadable", "daily_rain", "water", "error")
            district = dataclasses.replace(district, problems=(*district.problems, told))
        return as_record(ask("rainwater", district, Asked(on=date(2026, 1, 1), subject="P1")).detail, changed={})

    return give


def _paper(png: bytes) -> Give:
    return lambda _: paper_pdf(Paper("题", "", (), "", "", "{page}/{pages}", (Picture(png, "图"),)))


def _sizes(cost: float) -> Give:
    nodes, arcs = _line()
    return lambda _: plan_network(nodes, arcs.assign(diameters=[[_size(100, 100, cost)]] * 3), target_m3=1)


def _laid(elevation: float) -> Give:
    def give(_: Path) -> object:
        nodes, pipes = _tree()
        nodes.loc[1, "elevation_m"] = elevation
        return lay_out(nodes, pipes, assumed=ASSUMED)

    return give


BARE = gpd.GeoDataFrame(geometry=[shapely.Point(107.8, 29.3)])
LONLAT = BARE.set_crs(4490)
FAR = gpd.GeoDataFrame(geometry=[shapely.Point(5e9, 5e9)], crs=4545)
DEEP_FEATURE = GEOJSON.replace("107.851", "1" * 400)
ROWS: Mapping[str, Row] = {
    "cli.bad_answer": Row(lambda _: answers(["site.layer"]), lambda _: answers(["site.layer=红线"])),
    "cli.bad_assumption": Row(lambda _: changes(["price=dear"]), lambda _: changes(["price=3"])),
    "cli.no_such_data": Row(_data("none"), _data(".")),
    "cli.no_such_bench": Row(_bench("none")),
    "cli.port_taken": Row(_port(free=False), _port(free=True)),
    "formulas.wrong_shape": Row(lambda _: ahp_weights(np.ones((2, 3))), lambda _: ahp_weights(np.ones((2, 2)))),
    "formulas.wrong_choice": Row(lambda _: _choice("order", "x", ("a", "b")), lambda _: _choice("order", "a", ("a",))),
    "reclaimed.node_twice": Row(lambda _: read_nodes(NODES.assign(id="P")), lambda _: read_nodes(NODES)),
    "reclaimed.node_kind": Row(lambda _: read_nodes(NODES.assign(kind="well")), lambda _: read_nodes(NODES)),
    "reclaimed.arc_twice": Row(_arcs(ARCS.assign(id="a")), _arcs(ARCS)),
    "maps.link_left": Row(lambda _: single_file('<head></head><img src="http://a.b/c.png">')),
    "maps.print.glyph_missing": Row(lambda _: font.checked("\ue000"), lambda _: font.checked("武隆")),
    "reports.qr_address": Row(lambda _: qr_png("a.b"), lambda _: qr_png("http://a.b")),
    "maps.print.font_missing": Row(_no_font),
    "cli.no_rain_record": Row(_project(broken=False), _project(broken=False, record=True)),
    "cli.rain_record_broken": Row(_project(broken=True), _project(broken=False, record=True)),
    "reports.pdf_warned": Row(_paper(b"no picture")),
    "reclaimed.diameter_wrong": Row(_sizes(float("nan")), _sizes(10)),
    "reclaimed.paper.number_wrong": Row(_laid(float("nan")), _laid(300)),
    "reclaimed.paper.no_inp": Row(lambda _: network_inp(SimpleNamespace(check=None))),
    "geo.notes.crs.missing": Row(lambda _: to_crs(BARE, METRIC), lambda _: to_crs(LONLAT, METRIC)),
    "geo.notes.crs.out_of_range": Row(lambda _: to_crs(FAR, CRS.from_epsg(4490)), lambda _: to_crs(LONLAT, METRIC)),
    "geo.errors.fault_feature": Row(site(DEEP_FEATURE, "a.geojson"), site(GEOJSON, "a.geojson")),
    "geo.errors.pasted.fault_feature": Row(paste(DEEP_FEATURE), paste(GEOJSON)),
    "records.sizes.full_reviews": Row(_review(full=True), _review(full=False)),
}

# Refusals that a test elsewhere produces, and the file it stands in; the key's last part is written there.
ELSEWHERE: Mapping[str, str] = {
    "app.broken": "app/reclaimed/test_page.py",
    "cli.stopped": "commands/test_stopped.py",
    "cli.no_rain_here": "analysis/methods/rainwater/test_outlook.py",
    "data.note.empty": "app/data/test_notes.py",
    "server.no_page": "app/server/test_routes.py",
    "errors.assumption_out_of_range": "analysis/test_assumption.py",
    "errors.choice_wrong": "analysis/test_question.py",
    "errors.unknown_assumption": "analysis/test_assumption.py",
    "errors.unknown_choice": "analysis/test_question.py",
    "errors.unknown_township": "commands/test_cli.py",
    "formulas.no_rain": "analysis/formulas/rain/test_control_rate.py",
    "formulas.not_a_number": "analysis/formulas/test_arguments.py",
    "formulas.out_of_range": "analysis/formulas/test_arguments.py",
    "geo.errors.curves_unread": "intake/site/test_layers.py",
    "geo.errors.dxf_alone.image": "intake/site/test_drawings.py",
    "geo.errors.dxf_many": "intake/site/test_drawings.py",
    "geo.errors.dxf_nested": "intake/site/test_drawings.py",
    "geo.errors.fault_file": "intake/test_faults.py",
    "geo.errors.not_readable": "geo/files/test_vector.py",
    "geo.errors.pasted.fault_file": "intake/test_faults.py",
    "geo.errors.pasted.fault_line": "intake/test_faults.py",
    "geo.errors.raster_needs_nodata": "geo/grids/test_raster.py",
    "geo.errors.row_counts": "geo/files/test_vector.py",
    "geo.errors.worker_answer": "geo/test_worker.py",
    "geo.errors.worker_busy": "geo/test_worker.py",
    "geo.errors.worker_cancelled": "geo/test_worker.py",
    "geo.errors.worker_died": "geo/test_worker.py",
    "geo.errors.worker_fault": "geo/test_worker.py",
    "geo.errors.worker_memory": "geo/test_worker.py",
    "geo.errors.worker_slow": "geo/test_worker.py",
    "geo.notes.crs.mismatch": "geo/shapes/test_relations.py",
    "geo.notes.metric.too_wide": "geo/test_crs.py",
    "geo.notes.offset.bd09": "geo/shapes/test_offset.py",
    "geo.notes.offset.gcj02": "geo/shapes/test_offset.py",
    "geo.notes.simplify.no_coverage": "geo/shapes/test_simplify.py",
    "geo.notes.zonal.crs_mismatch": "geo/grids/test_zonal.py",
    "geo.notes.zonal.not_polygons": "geo/grids/test_zonal.py",
    "intake.no_border": "intake/district/test_new.py",
    "intake.no_rain_days": "intake/rain/test_reading.py",
    "intake.offset.bd09": "intake/points/test_reading.py",
    "intake.offset.gcj02": "intake/points/test_reading.py",
    "intake.rain.no_dates": "intake/rain/test_reading.py",
    "maps.print.not_on_map": "maps/printed/test_picture.py",
    "problems.manifest_unreadable": "layers/versions/test_opening.py",
    "problems.no_such_note": "records/test_notes.py",
    "problems.note_empty": "records/test_notes.py",
    "problems.note_too_long": "records/test_notes.py",
    "problems.rule_unknown": "layers/versions/test_rules.py",
    "problems.source_wrong": "layers/versions/test_settings.py",
    "problems.toml_line": "layers/versions/test_settings.py",
    "problems.unit_mismatch": "layers/reading/test_conversion.py",
    "rainwater.unknown_project": "analysis/methods/rainwater/test_asked.py",
    "rainwater.unknown_wish": "analysis/methods/rainwater/test_asked.py",
    "reclaimed.arc_end": "analysis/network/test_plan.py",
    "reclaimed.column_missing": "analysis/network/test_plan.py",
    "reclaimed.number_wrong": "analysis/network/test_plan.py",
    "reclaimed.paper.check_empty": "analysis/methods/reclaimed/test_built.py",
    "reclaimed.paper.circle": "analysis/hydraulics/test_epanet.py",
    "reclaimed.paper.infeasible": "commands/test_reclaimed.py",
    "reclaimed.paper.no_rate": "analysis/methods/reclaimed/test_ask.py",
    "reclaimed.paper.not_simulated": "analysis/methods/reclaimed/test_built.py",
    "reclaimed.paper.rate_wrong": "commands/test_reclaimed.py",
    "reclaimed.unknown_class": "analysis/methods/reclaimed/test_quality.py",
    "reclaimed.unknown_demand": "analysis/methods/reclaimed/test_demand.py",
    "reclaimed.unknown_use": "analysis/methods/reclaimed/test_quality.py",
    "reclaimed.unknown_wish": "commands/test_reclaimed.py",
    "reclaimed.wish_wrong": "analysis/network/test_plan.py",
    "records.cases.review_conclusion": "records/test_reviews.py",
    "records.cases.review_long": "records/test_reviews.py",
    "records.cases.review_nameless": "records/test_reviews.py",
    "records.cases.unknown": "records/test_cases.py",
    "records.key.different": "commands/test_records.py",
    "records.key.length": "records/test_key.py",
    "records.key.none": "records/test_key.py",
    "records.key.slow": "records/test_key.py",
    "records.key.wrong": "records/test_key.py",
    "records.people.expired": "records/test_key.py",
    "records.people.key_needed": "records/test_key.py",
    "records.sizes.full_cases": "records/test_cases.py",
    "records.sizes.full_notes": "records/test_notes.py",
    "records.store.busy": "records/test_file.py",
    "records.store.foreign": "records/test_file.py",
    "records.store.newer": "records/test_file.py",
    "records.store.set_aside": "records/test_file.py",
    "reports.pdf_glyph": "reports/paper/test_setting.py",
    "siting.errors.cancelled": "app/siting/test_checking.py",
    "siting.errors.no_elevation": "analysis/methods/siting/test_surface.py",
    "siting.errors.weights_sum": "analysis/methods/siting/test_surface.py",
    "siting.page.errors.layer_broken": "commands/test_broken_layer.py",
    "siting.page.errors.no_feature": "app/siting/test_scene.py",
    "siting.page.errors.no_layer": "analysis/methods/siting/test_ask.py",
    "siting.page.errors.no_site": "commands/test_check.py",
    "siting.page.errors.too_big": "app/siting/test_session.py",
    "geo.errors.not_text": "intake/test_faults.py",
}
