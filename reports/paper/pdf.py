"""A paper as PDF, set by typst with Noto Sans CJK SC embedded; refused rather than printed with an empty box.

typst draws what the font lacks as nothing at all, so every text is held against the font first.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

import typst

from maps.look.evidence import VERDICT_HUES
from maps.look.style import INK, QUIET
from maps.printed import font
from reports.paper.content import Block, Heading, Line, Paper, Picture, Table
from words import Language
from words.errors import AtlasError

FAMILIES = ["Noto Sans CJK SC", "DejaVu Sans"]  # the second for rare signs, such as superscript digits
TEMPLATE = Path(__file__).with_name("sheet.typ")


def siting_pdf(paper: Paper, *, language: Language = "zh") -> bytes:
    """The paper as PDF.

    AtlasError `siting.paper.errors.glyph` names what the font lacks, `siting.paper.errors.pdf_warned` what typst
    complained of, `maps.print.font_missing` that there is no font.
    """
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        content = _content(paper, folder, language)
        _check_glyphs(content)
        (folder / "content.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        shutil.copyfile(TEMPLATE, folder / "main.typ")
        fonts = folder / "fonts"
        fonts.mkdir()
        for file in font.files():
            _put(file, fonts / file.name)
        try:
            pdf, warnings = typst.compile_with_warnings(
                str(folder / "main.typ"), root=str(folder), font_paths=[str(fonts)], ignore_system_fonts=True
            )
        except typst.TypstError as error:
            raise AtlasError("siting.paper.errors.pdf_warned", reason=str(error)[:200]) from error
    if warnings:
        raise AtlasError("siting.paper.errors.pdf_warned", reason="; ".join(str(one) for one in warnings)[:200])
    return pdf


def _put(source: Path, target: Path) -> None:
    """A font alone in a folder of its own: its package ships others that we do not use."""
    try:
        os.symlink(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _content(paper: Paper, folder: Path, language: Language) -> dict[str, object]:
    return {
        "title": paper.title,
        "subject": paper.subject,
        "lead": [_line(line) for line in paper.lead],
        "header": paper.header,
        "footer": paper.footer,
        "page_of": paper.page_of,
        "fonts": FAMILIES,
        "lang": language,
        "ink": INK,
        "quiet": QUIET,
        "blocks": [_block(block, n, folder) for n, block in enumerate(paper.blocks)],
    }


def _line(line: Line) -> dict[str, object]:
    colour = VERDICT_HUES.get(line.verdict) if line.verdict else None
    return {"kind": "line", "text": line.text, "strong": line.strong, "colour": colour}


def _block(block: Block, n: int, folder: Path) -> dict[str, object]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text, "level": block.level}
    if isinstance(block, Line):
        return _line(block)
    if isinstance(block, Picture):
        (folder / f"{n}.png").write_bytes(block.png)
        return {"kind": "picture", "file": f"{n}.png", "caption": block.caption}
    return _table(block)


def _table(block: Table) -> dict[str, object]:
    return {
        "kind": "table",
        "heads": block.heads,
        "rows": block.rows,
        "widths": block.widths,
        "right": sorted(block.right),
        "verdict_column": block.verdict_column,
        "colours": [VERDICT_HUES.get(verdict) if verdict else None for verdict in block.verdicts],
    }


def _check_glyphs(content: object) -> None:
    """AtlasError when a text anywhere in the content has a sign the font lacks."""
    signs = set(_signs(content))
    lacking = sorted(code for code in signs if code not in font.covered())
    if lacking:
        raise AtlasError("siting.paper.errors.glyph", codes=", ".join(f"U+{code:04X}" for code in lacking))


def _signs(content: object) -> set[int]:
    if isinstance(content, str):
        return {ord(sign) for sign in content}
    parts = content.values() if isinstance(content, dict) else content if isinstance(content, list | tuple) else ()
    return {sign for part in parts for sign in _signs(part)}
