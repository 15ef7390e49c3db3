"""Files come whole: whatever is written to disk goes through `geo.atomic`, but for a short list that says why."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest
from places import ROOT

FLOORS = ("commands", "app", "reports", "maps", "intake", "analysis", "layers", "geo", "records", "words", "data")
SOURCES = [ROOT / "run.py", ROOT / "cli.py", ROOT / "streamlit_app.py"]
SOURCES += [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]

ALWAYS = {"write_bytes", "write_text", "to_file", "to_excel", "to_parquet", "to_feather", "to_pickle", "to_sql"}
ALWAYS |= {"save", "saveas", "savefig", "savez", "savez_compressed", "savetxt", "tofile", "write_dataframe", "mkstemp"}
ALWAYS |= {"copyfile", "copy2", "copytree", "NamedTemporaryFile", "FileHandler", "RotatingFileHandler"}
ALWAYS |= {"write_inpfile", "hardlink_to"}
WITH_A_PLACE = frozenset({"to_csv", "to_json", "to_html", "to_xml"})  # without one they return text
OF_A_MODULE = {"os": {"replace", "rename", "link"}, "shutil": {"copy", "move"}, "sqlite3": {"connect"}}
MODE = re.compile(r"[rwaxbtU+]{1,4}\Z")

ELSEWHERE = {
    "geo/atomic.py _sync": "the door itself: flushes a file that is whole",
    "geo/atomic.py aside": "the door itself",
    "geo/atomic.py folder_aside": "the door itself",
    "analysis/hydraulics/epanet.py inp_text": "what EPANET's own writer writes, in a temporary folder",
    "geo/files/archive.py _extract": "a stranger's archive unpacked into a temporary folder",
    "geo/files/geojson.py _through_gdal": "a list of features for GDAL, in a temporary folder",
    "geo/files/geopackage.py add_styles": "into the GeoPackage that geo.files.vector is making aside",
    "geo/files/geopackage.py _opened": "reads: the address says mode=ro",
    "geo/files/shapefile_look.py write_index": "the lost .shx of a copy in a temporary folder",
    "geo/files/staging.py _link": "a copy under a plain name, in a temporary folder, where links are not allowed",
    "reports/paper/pdf.py paper_pdf": "what typst reads, in a temporary folder",
    "reports/paper/pdf.py _put": "what typst reads, in a temporary folder",
    "reports/paper/pdf.py _block": "what typst reads, in a temporary folder",
    "intake/site/reading.py read_pasted": "a pasted file to be read, in a temporary folder",
    "app/siting/give.py _uploaded": "an upload to be read, in a temporary folder",
    "records/aside.py set_aside": "a file that cannot be used is given another name",
    "records/aside.py _sound": "reads: the address says mode=ro",
    "commands/bench.py run": "a log grows line by line",
    "geo/worker/limits.py leave_network": "what the kernel is told of this process, under /proc",
    "geo/worker/limits.py confine": "what the kernel is told of this process, under /proc",
    "records/spare_key.py spare_key": "reads: the address says mode=ro",
    "records/spare_key.py _write": "SQLite keeps its own journal",
    "records/file.py _open": "SQLite keeps its own journal",
    "records/file.py _in_memory": "no file",
    "records/schema.py _rows_before": "reads: the address says mode=ro or immutable=1",
    "run.py install": "before anything is installed; a stamp half-written means installing again",
}


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _place(call: ast.Call) -> bool:
    first = [*call.args[:1], *(word.value for word in call.keywords if word.arg in ("path_or_buf", "buf"))]
    return any(not (isinstance(value, ast.Constant) and value.value is None) for value in first)


def _mode(call: ast.Call) -> bool:
    """Whether a call of some `open` or of ZipFile asks for a mode that writes."""
    given = [*call.args[:2], *(word.value for word in call.keywords if word.arg == "mode")]
    texts = [value.value for value in given if isinstance(value, ast.Constant) and isinstance(value.value, str)]
    return any(MODE.match(text) and set(text) & set("wax+") for text in texts)


def _writes(call: ast.Call) -> bool:
    name = _name(call.func)
    module = _name(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    return (
        name in ALWAYS
        or (name in WITH_A_PLACE and _place(call))
        or name in OF_A_MODULE.get(module, ())
        or (name in ("open", "fdopen", "ZipFile", "TarFile") and _mode(call))
    )


def _in_memory(function: ast.AST) -> set[str]:
    """Names that stand for streams in memory."""
    found: set[str] = set()
    for node in ast.walk(function):
        pairs: list[tuple[ast.expr | None, ast.expr]] = []
        if isinstance(node, ast.With):
            pairs = [(item.optional_vars, item.context_expr) for item in node.items]
        elif isinstance(node, ast.Assign):
            pairs = [(target, node.value) for target in node.targets]
        found |= {
            _name(target)
            for target, value in pairs
            if target is not None and isinstance(value, ast.Call) and _name(value.func) in ("BytesIO", "StringIO")
        }
    return found


def writings(source: str) -> list[tuple[str, int]]:
    """Function and line of every call that writes a file otherwise than inside `with aside(…)`."""
    found: list[tuple[str, int]] = []

    def visit(node: ast.AST, function: str, memory: set[str]) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            function, memory = function or node.name, memory | _in_memory(node)
        if isinstance(node, ast.With) and any(
            isinstance(item.context_expr, ast.Call) and _name(item.context_expr.func) in ("aside", "folder_aside")
            for item in node.items
        ):
            return
        if isinstance(node, ast.Call) and _writes(node):
            given = [*node.args[:1], *(word.value for word in node.keywords[:1])]
            if not any(isinstance(value, ast.Name) and value.id in memory for value in given):
                found.append((function, node.lineno))
        for child in ast.iter_child_nodes(node):
            visit(child, function, memory)

    visit(ast.parse(source), "", set())
    return found


@cache
def _all() -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for path in SOURCES:
        for function, line in writings(path.read_text(encoding="utf-8")):
            found.setdefault(f"{path.relative_to(ROOT).as_posix()} {function}", []).append(line)
    return found


def test_files_are_written_through_the_one_door():
    unforeseen = {place: lines for place, lines in _all().items() if place not in ELSEWHERE}
    assert not unforeseen, "write through geo.atomic (aside, put), or say in ELSEWHERE why not"


def test_the_list_of_exceptions_is_not_longer_than_it_must_be():
    assert set(ELSEWHERE) == set(_all())


@pytest.mark.parametrize(
    "line",
    [
        "path.write_text('x', encoding='utf-8')",
        "Path('a').write_bytes(b'')",
        "open(path, 'w')",
        "path.open('ab')",
        "path.open(mode='r+')",
        "zipfile.ZipFile(path, 'w')",
        "frame.to_csv(path, index=False)",
        "frame.to_csv(path_or_buf=path)",
        "frame.to_file(path)",
        "book.save(path)",
        "figure.savefig(path)",
        "os.replace(a, b)",
        "shutil.copyfile(a, b)",
        "shutil.move(a, b)",
        "rasterio.open(path, 'w', **profile)",
        "sqlite3.connect(path)",
    ],
)
def test_every_way_of_writing_is_seen(line: str):
    assert writings(f"def f(path):\n    {line}") == [("f", 2)]


@pytest.mark.parametrize(
    "line",
    [
        "with aside(path) as target: target.write_text('x')",
        "with BytesIO() as stream: book.save(stream)",
        "frame.to_csv(index=False)",
        "open(path, 'rb')",
        "path.open(encoding='utf-8')",
        "archive.open(entry)",
        "text.replace('a', 'b')",
    ],
)
def test_what_writes_nothing_else_is_let_be(line: str):
    assert writings(f"def f(path):\n    {line}") == []
