"""In another place commands and papers name no other place; a district adds rules and ends ours."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pypdf
import pytest
from small_district import write_small_district
from wulong import LESHAN, PENGSHUI

import cli

SILENT = {LESHAN: ("重庆", "武隆", "渝", "Chongqing", "Wulong"), PENGSHUI: ("武隆", "Wulong")}
SITE = "107.9, 29.36"


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {code: write_small_district(tmp_path_factory.mktemp(code), code=code) for code in SILENT}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path):
    """Run a command line on a data folder; gives what it printed."""
    monkeypatch.setenv("ATLAS_STATE", str(tmp_path / "state"))

    def command(*words: object, data: Path) -> str:
        assert cli.main([str(word) for word in (*words, "--data", data)]) == 0
        return capsys.readouterr().out

    return command


def _in_docx(path: Path) -> str:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
        return "\n".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", SILENT)
def test_no_command_or_paper_names_another_place(run, places, tmp_path, code, language):
    site = tmp_path / "site.csv"
    site.write_text("lon,lat\n107.90,29.36\n", encoding="utf-8")
    word, pdf = tmp_path / "check.docx", tmp_path / "check.pdf"
    data = places[code]
    said = [
        run("layers", "--json", "--lang", language, data=data),
        run("township", f"{code}001", "--json", "--lang", language, data=data),
        run("rainwater", "--json", "--lang", language, data=data),
        run("check", site, "--json", "--lang", language, "--docx", word, "--pdf", pdf, data=data),
        _in_docx(word),
        "\n".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages),
    ]
    for part in said:
        assert part
        assert not [(word, part[max(part.find(word) - 60, 0) :][:120]) for word in SILENT[code] if word in part]


def test_a_district_adds_a_rule_and_ends_one_of_ours(run, tmp_path):
    data, site = write_small_district(tmp_path / "data", code=LESHAN), tmp_path / "site.csv"
    site.write_text("lon,lat\n107.90,29.36\n", encoding="utf-8")

    def basis(check: str) -> tuple[str, list[str]]:
        told = json.loads(run("check", site, "--json", data=data))
        return next((one["verdict"], one["basis"]) for one in told["checks"] if one["id"] == check)

    assert basis("decentralised_source") == ("unknown", [])
    assert basis("chemical")[1] == ["长江保护法第二十六条"]
    (data / "rules").mkdir()
    (data / "rules" / "own.toml").write_text(
        f"""ends = ["yangtze_26"]
instrument = "某市水源办法"
issuer = "某市"
codes = ["{LESHAN}"]
since = 2020-01-01
confidence = "high"
source = "made for a test"

[[rule]]
id = "own_chemical"
kind = "siting"
clause = "第三条"
asks = {{ siting_chemical_m = 2000 }}
""",
        encoding="utf-8",
    )
    assert basis("chemical")[1] == []
