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

from maps.look.style import INK, QUIET
from maps.printed import font
from reports.paper.content import Block, Paper, Picture, Table
from words.errors import AtlasError

FAMILIES = ["Noto Sans CJK SC", "DejaVu Sans"]  # the second for rare signs, such as superscript digits
TEMPLATE = Path(__file__).with_name("sheet.typ")


def paper_pdf(paper: Paper) -> bytes:
    """The paper as PDF.

    AtlasError `reports.pdf_glyph` names what the font lacks, `reports.pdf_warned` what typst complained of,
    `maps.print.font_missing` that there is no font.
    """
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        content = _content(paper, folder)
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
            raise AtlasError("reports.pdf_warned", reason=str(error)[:200]) from error
    if warnings:
        raise AtlasError("reports.pdf_warned", reason="; ".join(str(one) for one in warnings)[:200])
    return pdf


def _put(source: Path, target: Path) -> None:
    """A font alone in a folder of its own: its package ships others that we do not use."""
    try:
        os.symlink(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _content(paper: Paper, folder: Path) -> dict[str, object]:
    """What `sheet.typ` reads; pictures are put into the folder and go by their names."""
    lead = [_block(line, -1, folder) for line in paper.lead]
    blocks = [_block(block, n, folder) for n, block in enumerate(paper.blocks)]
    return {**vars(paper), "lead": lead, "blocks": blocks, "fonts": FAMILIES, "ink": INK, "quiet": QUIET}


def _block(block: Block, n: int, folder: Path) -> dict[str, object]:
    told = {"kind": type(block).__name__.lower(), **vars(block)}
    if isinstance(block, Picture):
        told["png"] = f"{n}.png"
        (folder / f"{n}.png").write_bytes(block.png)
    if isinstance(block, Table):
        told["right"] = sorted(block.right)
    return told


def _check_glyphs(content: object) -> None:
    """AtlasError when a text anywhere in the content has a sign the font lacks."""
    lacking = sorted(_signs(content) - font.covered())
    if lacking:
        raise AtlasError("reports.pdf_glyph", codes=", ".join(f"U+{code:04X}" for code in lacking))


def _signs(content: object) -> set[int]:
    if isinstance(content, str):
        return {ord(sign) for sign in content}
    parts = content.values() if isinstance(content, dict) else content if isinstance(content, list | tuple) else ()
    return {sign for part in parts for sign in _signs(part)}
