"""One township: its figures, its problems, and its map and tables as files."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from analysis.asking import Asked, ask
from analysis.finding import Finding
from app.settings import AppSettings, settings
from commands import Answer
from layers.catalogue import CATALOGUE
from layers.district import District
from layers.problem_words import problem_text
from layers.versions.opening import open_district
from words import Language, text
from words.units import inside, quantity

NAME = "township"
KINDS = ("html", "png", "gpkg", "xlsx")


def add(branches: argparse._SubParsersAction, shared: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    branch = branches.add_parser(NAME, parents=[shared], help="figures, map and tables of one township")
    branch.add_argument("code", help="code or name of the township, such as 500156101")
    for kind in KINDS:
        branch.add_argument(f"--{kind}", type=Path, metavar="FILE", help=f"write a {kind.upper()} file")


def code_of(district: District, given: str) -> str:
    """The code of the township of today that goes by this code, name or short name; the text itself when none does."""
    plain = "".join(given.split())
    for column in ("code", "name", "short_name"):
        column_values = district.townships[column].astype("string").str.replace(r"\s", "", regex=True)
        found = district.townships.index[(column_values == plain).fillna(False)]
        if len(found) == 1:
            return str(found[0])
    return given


def counts(district: District, code: str) -> dict[str, int]:
    """How many features of every vector layer that was read lie in the township."""
    found = {layer: district.within(layer, code) for layer in district.frames if layer != "townships"}
    return {layer: len(frame) for layer, frame in found.items() if frame is not None}


def document(district: District, code: str, *, on: date, language: Language) -> dict[str, object]:
    """The township as plain values."""
    township = district.township(code)
    profile = ask("township", district, Asked(on=on))
    findings = [f for f in profile.findings if f.subject == code]
    touching = [p for p in district.problems if p.township == code or (p.layer == "townships" and p.feature == code)]
    return {
        "code": township.code,
        "name": township.name,
        "area_km2": round(township.geometry.area / 1e6, 3),
        "as_of": district.entries["townships"].source.as_of,
        "version": district.version,
        "result_id": profile.id,
        "layers": counts(district, code),
        "indicators": [_indicator(finding, language) for finding in findings],
        "problems": [{"key": p.key, "layer": p.layer, "message": problem_text(p, language)} for p in touching],
        "files": {},
    }


def _indicator(finding: Finding, language: Language) -> dict[str, object]:
    return {
        "id": finding.indicator.id,
        "name": text(f"indicators.{finding.indicator.id}.name", language),
        "value": finding.value,
        "unit": inside(finding.indicator.unit),
        "shown": quantity(finding.value, finding.indicator.unit, language),
        "status": finding.status,
        "as_of": finding.as_of,
        "needs": finding.needs,
        "result_id": finding.result_id,
    }


def makers(
    district: District, code: str, *, language: Language, chosen: AppSettings
) -> dict[str, Callable[[Path], object]]:
    """A function per kind of file that writes it."""

    def html(path: Path) -> None:
        from maps.screen.export import township_file
        from maps.screen.prepared import prepare

        layers = [layer for layer in district.frames if CATALOGUE[layer].themes[0] == "general"]
        page = township_file(
            prepare(district), code, layers=layers, language=language, edition_line=chosen.edition_line
        )
        path.write_text(page, encoding="utf-8")

    def png(path: Path) -> None:
        from maps.printed.picture import township_png

        path.write_bytes(township_png(district, code, language=language, edition_line=chosen.edition_line))

    def gpkg(path: Path) -> None:
        from reports.township.geopackage import township_gpkg

        township_gpkg(district, code, path)

    def xlsx(path: Path) -> None:
        from reports.township.workbook import township_workbook

        path.write_bytes(township_workbook(district, code, language=language))

    return {"html": html, "png": png, "gpkg": gpkg, "xlsx": xlsx}


def run(arguments: argparse.Namespace) -> Answer:
    """Figures of the township, and the files asked for."""
    language: Language = arguments.lang
    chosen = settings()
    district = open_district(chosen.data)
    code = code_of(district, arguments.code)
    told = document(district, code, on=arguments.on, language=language)
    for kind, make in makers(district, code, language=language, chosen=chosen).items():
        path: Path | None = getattr(arguments, kind)
        if path is not None:
            make(path)
            told["files"][kind] = str(path)
    return Answer(told, tuple(lines(told, language)))


def lines(told: dict[str, object], language: Language) -> list[str]:
    """The township for people: name, area, figures, files."""
    head = f"{told['name']} {told['code']}  {told['area_km2']:.1f} km²  "
    head += text("cli.version", language, version=told["version"])
    rows = [f"{row['name']}: {row['shown']}" for row in told["indicators"]]
    written = [text("cli.written", language, file=file) for file in told["files"].values()]
    return [head, *rows, *(row["message"] for row in told["problems"]), *written]
