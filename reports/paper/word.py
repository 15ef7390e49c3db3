"""A paper as Word (DOCX, A4 landscape): fonts named for both scripts, heads that repeat, the notice on every sheet.

Word's theme would overrule the fonts named in styles, so its references are taken out and the theme names our own.
Fonts are not embedded: 宋体 and 黑体 are those every Chinese office has.
"""

from __future__ import annotations

import io
import re

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from maps.look.style import INK, QUIET
from reports.paper.content import Heading, Line, Paper, Picture, Table

LATIN, TEXT_FONT, HEAD_FONT = "Times New Roman", "宋体", "黑体"
WIDE_MM, HIGH_MM, BINDING_MM, EDGE_MM = 297, 210, 25, 15
TEXT_MM = WIDE_MM - BINDING_MM - EDGE_MM
HEAD_FILL = "E3EEF2"
_THEME = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
_SIZES = {"body": 10.5, "cell": 8, "title": 18, "heading": 14, "second": 11.5, "edge": 9}


def paper_docx(paper: Paper) -> bytes:
    """The paper as a Word file."""
    document = docx.Document()
    _fix_fonts(document)
    _fix_theme(document)
    _set_page(document, paper)
    document.core_properties.title = paper.title
    document.core_properties.author = ""
    document.core_properties.language = "zh-CN" if paper.language == "zh" else "en-GB"
    _write_title(document, paper)
    for block in paper.blocks:
        if isinstance(block, Heading):
            _write_heading(document, block)
        elif isinstance(block, Line):
            _write_line(document.add_paragraph(), block)
        elif isinstance(block, Table):
            _write_table(document, block)
        else:
            _write_picture(document, block)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _fix_fonts(document: Document) -> None:
    """Every style names its fonts for Latin and Chinese, without references to the theme."""
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        for name in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[name]
        for key, font in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", TEXT_FONT)):
            fonts.set(qn(f"w:{key}"), font)
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:eastAsia"), "zh-CN")
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(_SIZES["body"])
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), TEXT_FONT)
    normal.paragraph_format.space_after = Pt(3)
    for name, size in (("Title", "title"), ("Heading 1", "heading"), ("Heading 2", "second")):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = LATIN, Pt(_SIZES[size]), True
        style.font.color.rgb = RGBColor.from_string(INK[1:])
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), HEAD_FONT)
        style.paragraph_format.keep_with_next = True


def _fix_theme(document: Document) -> None:
    """The theme's own fonts are ours too, for programs that ask it."""
    for relation in document.part.rels.values():
        if relation.reltype == _THEME:
            theme = relation.target_part.blob.decode("utf-8")
            theme = re.sub(r'<a:latin typeface="[^"]*"', f'<a:latin typeface="{LATIN}"', theme)
            theme = re.sub(r'<a:ea typeface="[^"]*"', f'<a:ea typeface="{TEXT_FONT}"', theme)
            relation.target_part._blob = theme.encode("utf-8")


def _set_page(document: Document, paper: Paper) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(WIDE_MM), Mm(HIGH_MM)
    section.left_margin, section.right_margin = Mm(BINDING_MM), Mm(EDGE_MM)
    section.top_margin, section.bottom_margin = Mm(20), Mm(16)
    section.header_distance, section.footer_distance = Mm(9), Mm(8)
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(head, paper.header, size="edge", colour=INK, bold=True)
    foot = section.footer.paragraphs[0]
    for stops in list(document.styles["Footer"].element.iter(qn("w:tabs"))):
        stops.getparent().remove(stops)
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_MM), docx.enum.text.WD_TAB_ALIGNMENT.RIGHT)
    _run(foot, paper.footer + "\t", size="edge", colour=QUIET)
    for piece in re.split(r"(\{page\}|\{pages\})", paper.page_of):
        if piece in ("{page}", "{pages}"):
            _field(_run(foot, "", size="edge", colour=QUIET), "PAGE" if piece == "{page}" else "NUMPAGES")
        else:
            _run(foot, piece, size="edge", colour=QUIET)


def _field(run: Run, code: str) -> None:
    """A field that Word reckons, such as the page's number."""
    _add(run._r, "w:fldChar", fldCharType="begin")
    _add(run._r, "w:instrText").text = code
    for kind in ("separate", "end"):
        _add(run._r, "w:fldChar", fldCharType=kind)


def _add(parent: BaseOxmlElement, tag: str, **values: str) -> BaseOxmlElement:
    """A last child with attributes of Word, for what python-docx has no word for."""
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def _write_title(document: Document, paper: Paper) -> None:
    title = document.add_paragraph(style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for border in title.style.element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
        break
    _run(title, paper.title, size="title", bold=True, east=HEAD_FONT)
    subject = document.add_paragraph()
    subject.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(subject, paper.subject, size="second")
    for line in paper.lead:
        _write_line(document.add_paragraph(), line)


def _write_heading(document: Document, block: Heading) -> None:
    heading = document.add_paragraph(style=f"Heading {block.level}")
    heading.paragraph_format.space_before = Pt(10 if block.level == 1 else 6)
    heading.paragraph_format.space_after = Pt(4)
    _run(heading, block.text, size="heading" if block.level == 1 else "second", bold=True, east=HEAD_FONT)


def _write_line(paragraph: Paragraph, line: Line) -> None:
    size, colour = ("second", line.colour) if line.colour else ("body", INK)
    _run(paragraph, line.text, size=size, bold=line.strong, colour=colour, east=HEAD_FONT if line.strong else TEXT_FONT)


def _write_table(document: Document, block: Table) -> None:
    made = document.add_table(rows=1 + len(block.rows), cols=len(block.heads), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    widths = [Mm(TEXT_MM * share) for share in block.widths]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width  # the grid, which LibreOffice follows; Word follows the cells
    lines = made.rows
    for n, values in enumerate((block.heads, *block.rows)):
        line = lines[n]
        _add(line._tr.get_or_add_trPr(), "w:tblHeader" if n == 0 else "w:cantSplit", val="true")
        own = block.colours[n - 1] if 0 < n <= len(block.colours) else None
        for column, (element, value) in enumerate(zip(line._tr.tc_lst, values, strict=True)):
            cell = _Cell(element, made)
            cell.width = widths[column]
            colour = own if column == block.coloured else None
            bold = n == 0 or colour is not None
            _write_cell(cell, value, right=n > 0 and column in block.right, bold=bold, colour=colour or INK)
            if n == 0:
                _add(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=HEAD_FILL)
    after = document.add_paragraph()
    after.paragraph_format.space_after, after.paragraph_format.line_spacing = Pt(0), Pt(6)


def _write_cell(cell: _Cell, value: str, *, right: bool = False, bold: bool = False, colour: str = INK) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    _run(paragraph, value, size="cell", bold=bold, colour=colour, east=HEAD_FONT if bold else TEXT_FONT)


def _write_picture(document: Document, block: Picture) -> None:
    holder = document.add_paragraph()
    holder.alignment = WD_ALIGN_PARAGRAPH.CENTER
    holder.paragraph_format.keep_with_next = True
    holder.add_run().add_picture(io.BytesIO(block.png), width=Mm(TEXT_MM))
    caption = document.add_paragraph()
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(caption, block.caption, size="edge")


def _run(
    paragraph: Paragraph, text: str, *, size: str, bold: bool = False, colour: str = INK, east: str = TEXT_FONT
) -> Run:
    """A run with both fonts named."""
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.name = Pt(_SIZES[size]), bold, LATIN
    run.font.color.rgb = RGBColor.from_string(colour[1:])
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), east)
    return run
