"""Papers of a network whose places bear hostile names: each opens again, and nothing in it runs or hides."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from dataclasses import replace

import ezdxf
import openpyxl
import pytest
import wntr
from paper_district import paper_district

from analysis.hydraulics.check import check
from analysis.hydraulics.epanet import names_of
from analysis.hydraulics.layout import lay_out
from reports.book.sheets import sheet_title
from reports.reclaimed.dxf import network_dxf
from reports.reclaimed.geopackage import network_gpkg
from reports.reclaimed.inp import network_inp
from reports.reclaimed.paper import NetworkPaper
from reports.reclaimed.workbook import network_workbook
from tests.reports.reclaimed.test_documents import ASSUMED, SHARED, _nodes, _pipes
from words.markup import legible

HOSTILE = {
    "formula": "=cmd|' /C calc'!A0",
    "plus": "+1+cmd|x",
    "minus": "-2+3+cmd|x",
    "at": "@SUM(1+9)*cmd",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "hidden": "\x00=1+1",
    "section": "a\n[JUNCTIONS]\nX 1 2",
    "group": "a\n  0\nLINE\n  8\n0",
    "codes": "%%d^J\\P{\\H9;x}",
    "controls": "a\x00\x07\x08\x0b\x1b[31m\x7f\x9bz",
    "non-signs": "a\ufffe\uffffz",
    "quotes": "'a''\"b\"; drop table pipes; --",
    "xml": "<a>&amp;]]></a><!--",
    "lines": "a\x85b\u2028c\u2029d",
    "long": "长" * 40_000,
    "sheet": "'[]:*?/\\",
    "suffix": "P_a",
}
ILLEGIBLE = {chr(n) for n in (*range(9), 11, 12, *range(14, 32), 0x7F, 0x9B, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))}


@pytest.fixture(scope="module", params=HOSTILE)
def name(request) -> str:
    return HOSTILE[request.param]


@pytest.fixture(scope="module")
def paper(name) -> NetworkPaper:
    """A network whose plant, user and pipe bear the name, as name and as id."""
    nodes = _nodes()
    nodes.loc[[0, 2], "name"] = name
    pipes = _pipes(nodes).replace({"from_node": {"P": name}, "id": {"a": name}})
    nodes.loc[0, "id"] = name
    drawn = pipes.rename(columns={"from_node": "from", "to_node": "to", "m3_per_year": "flow_m3"})
    found = check(
        lay_out(nodes, drawn.assign(dn_mm=drawn["dn"].astype(float)), assumed=ASSUMED | SHARED),
        assumed=ASSUMED | SHARED,
    )
    told = found.pipes.loc[pipes["id"]].reset_index(drop=True)
    pipes = pipes.assign(
        average_m3_per_s=told["flow_average_m3_per_s"],
        peak_m3_per_s=told["flow_peak_m3_per_s"],
        velocity_m_per_s=told["velocity_peak_m_per_s"],
        pump_head_m=told["pump_head_m"],
        class_mpa=told["class_mpa"].astype(float),
        regulated=told["regulated"],
    )
    figures = {"volume_m3": 450_000.0, "cost_yuan_per_year": 400_000.0, "capital_yuan": 3_200_000.86, "gap": 0.004}
    return NetworkPaper(paper_district(), nodes, pipes, "abcdef012345", True, figures=figures, check=found)


def kept(name: str) -> str:
    """What of a name a reader may see."""
    return "".join(sign for sign in name if sign not in ILLEGIBLE)


def test_the_drawing_opens_with_as_many_shapes(paper, name):
    drawn = ezdxf.read(io.StringIO(network_dxf(paper).decode("utf-8")))
    plain = replace(paper, nodes=paper.nodes.assign(name="甲"))
    usual = ezdxf.read(io.StringIO(network_dxf(plain).decode("utf-8")))
    assert [one.dxftype() for one in drawn.modelspace()] == [one.dxftype() for one in usual.modelspace()]
    assert not drawn.audit().has_errors
    said = "".join(one.dxf.text for one in drawn.modelspace().query("TEXT"))
    assert not ILLEGIBLE & set(said)
    assert "%%" not in said


def test_epanet_reads_the_network_and_nothing_more(paper, name, tmp_path):
    path = tmp_path / "n.inp"
    path.write_bytes(network_inp(paper))
    model = wntr.network.WaterNetworkModel(str(path))
    assert (model.num_reservoirs, model.num_pipes) == (1, 3)
    assert {"U1", "U2", "J"} <= set(model.junction_name_list)
    assert model.num_junctions == 3 + model.num_pumps + model.num_valves
    assert not ILLEGIBLE & set(path.read_text("utf-8"))


def test_the_workbook_opens_and_runs_nothing(paper, name):
    book = openpyxl.load_workbook(io.BytesIO(network_workbook(paper)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    texts = [cell for cell in cells if isinstance(cell.value, str)]
    assert all(cell.quotePrefix for cell in texts if cell.value[0] in "=+-@\t\r\n")
    seen = kept(name).replace("\r\n", "\n").replace("\r", "\n")[:30_000]
    assert any(cell.value.replace("_x000D_", "\n").replace("\r", "\n").startswith(seen) for cell in texts)


def test_the_geopackage_opens_with_the_name(paper, name, tmp_path):
    path = network_gpkg(paper, tmp_path / "n.gpkg")
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("pragma integrity_check").fetchone() == ("ok",)
        (table,) = [row[0] for row in file.execute("select table_name from gpkg_contents") if "节点" in row[0]]
        values = [value for row in file.execute(f'select * from "{table}"') for value in row]
    assert kept(name) in values


def test_a_sheet_bears_a_title_excel_takes(name):
    title = sheet_title(name, ["-"])
    assert 1 <= len(title) <= 31
    assert not set(title) & (ILLEGIBLE | set("[]:*?/\\'\n\r\t"))


def test_halves_of_pairs_go_and_whole_ones_stay():
    assert legible("a\ud800z\udfff𠀀龘\t\n") == "az𠀀龘\t\n"
    assert sheet_title("\ud800", []) == "-"


@pytest.mark.parametrize("end", ["_p", "_a", "_c", "_u", "_b", "_v", "_peak"])
def test_no_id_takes_a_name_made_for_epanet(end):
    assert names_of(["a", f"a{end}"], prefix="N") == {"a": "a", f"a{end}": "N1"}
