"""Any paper is set to Word and PDF: every kind of block stands there, in order, on sheets that say what they are."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor
from PIL import Image

from reports.paper.content import Heading, Line, Paper, Picture, said, table
from reports.paper.pdf import paper_pdf
from reports.paper.word import paper_docx
from words.errors import AtlasError

RED, ROWS = "#C0392B", (("甲", "12.5"), ("乙", "=1+1"), ("丙", "#eval(1)"))


def _picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (40, 10), "#336699").save(stream, format="PNG")
    return stream.getvalue()


@pytest.fixture(scope="module")
def paper() -> Paper:
    """One of every kind of block, about nothing that the atlas computes."""
    made = table(("名称", "数量"), ROWS, widths=(3, 1), right=(1,), colours=(None, RED, None), coloured=0)
    blocks = (
        Heading("第一部分"),
        Line("普通一行"),
        Heading("小节", 2),
        made,
        Picture(_picture(), "图注"),
        Line("末行"),
    )
    lead = (Line("要点", strong=True, colour=RED), Line("说明"))
    return Paper("书名", "题目", lead, "每页的眉", "每页的脚", "第 {page} 页 共 {pages} 页", blocks)


@pytest.fixture(scope="module")
def word(paper: Paper) -> docx.document.Document:
    return docx.Document(io.BytesIO(paper_docx(paper)))


@pytest.fixture(scope="module")
def pdf(paper: Paper) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(paper_pdf(paper)))


def _spoken(pdf: pypdf.PdfReader) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pdf.pages))


def test_word_holds_every_block_in_order(word):
    spoken = [one.text for one in word.paragraphs if one.text]
    assert spoken == ["书名", "题目", "要点", "说明", "第一部分", "普通一行", "小节", "图注", "末行"]
    styles = {one.text: one.style.name for one in word.paragraphs}
    assert (styles["第一部分"], styles["小节"]) == ("Heading 1", "Heading 2")
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows] == [["名称", "数量"], *map(list, ROWS)]
    assert word.inline_shapes[0].width == Mm(257)


def test_the_pdf_holds_every_block_in_order(pdf):
    spoken = _spoken(pdf)
    wanted = [
        "书名",
        "题目",
        "要点",
        "说明",
        "第一部分",
        "普通一行",
        "小节",
        "名称",
        "12.5",
        "=1+1",
        "#eval(1)",
        "图注",
        "末行",
    ]
    places = [spoken.find(one) for one in wanted]
    assert -1 not in places
    assert places == sorted(places)
    assert len(pdf.pages[0].images) == 1


def test_colour_falls_on_the_line_and_the_cell_it_was_given_to(word):
    red = RGBColor.from_string(RED[1:])
    coloured = [run.text for one in word.paragraphs for run in one.runs if run.font.color.rgb == red]
    cells = [cell for row in word.tables[0].rows for cell in row.cells]
    assert coloured == ["要点"]
    assert [cell.text for cell in cells if cell.paragraphs[0].runs[0].font.color.rgb == red] == ["乙"]


def test_every_sheet_has_head_foot_and_number(word, pdf):
    section = word.sections[0]
    assert section.header.paragraphs[0].text == "每页的眉"
    assert section.footer.paragraphs[0].text.startswith("每页的脚\t第 ")
    fields = [one.text for one in section.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert all(part in _spoken(pdf) for part in ("每页的眉", "每页的脚", "第1页共1页"))


def test_a_long_table_repeats_its_head(paper):
    long = table(("名称", "数量"), [(f"行{n}", n) for n in range(120)], widths=(1, 1))
    made = dataclasses.replace(paper, blocks=(long,))
    pages = pypdf.PdfReader(io.BytesIO(paper_pdf(made))).pages
    assert len(pages) > 1
    assert all("名称" in page.extract_text() for page in pages)
    heads = docx.Document(io.BytesIO(paper_docx(made))).tables[0].rows[0]._tr.trPr
    assert heads.find(qn("w:tblHeader")) is not None


def test_the_language_is_named_in_the_file(paper):
    english = docx.Document(io.BytesIO(paper_docx(dataclasses.replace(paper, language="en"))))
    assert english.core_properties.language == "en-GB"
    assert docx.Document(io.BytesIO(paper_docx(paper))).core_properties.language == "zh-CN"


def test_the_pdf_embeds_the_chinese_font_alone(pdf):
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object() for font in pdf.pages[0]["/Resources"]["/Font"].values()
    ]
    assert {font["/BaseFont"].split("+")[-1] for font in fonts} == {"NotoSansCJKsc-Regular"}
    assert all({"/FontFile3", "/FontFile2"} & set(font["/FontDescriptor"]) for font in fonts)


def test_a_sign_the_font_lacks_is_refused_loudly(paper):
    with pytest.raises(AtlasError) as refused:
        paper_pdf(dataclasses.replace(paper, header="火\U0001f525"))
    assert refused.value.key == "reports.pdf_glyph"
    assert "U+1F525" in refused.value.facts["codes"]


def test_the_pdf_is_the_same_twice(paper):
    assert paper_pdf(paper) == paper_pdf(paper)


def test_word_names_both_fonts_everywhere_and_leans_on_no_theme(word, paper):
    with zipfile.ZipFile(io.BytesIO(paper_docx(paper))) as parts:
        for name in ("word/styles.xml", "word/document.xml", "word/header1.xml", "word/footer1.xml"):
            assert not re.search(r"w:\w+Theme=", parts.read(name).decode()), name
        theme = parts.read("word/theme/theme1.xml").decode()
    assert set(re.findall(r'<a:ea typeface="([^"]*)"', theme)) == {"宋体"}
    runs = [run for paragraph in word.paragraphs for run in paragraph.runs if run.text]
    assert all(run._r.rPr.rFonts.get(qn("w:eastAsia")) in ("宋体", "黑体") for run in runs)


def test_cells_are_made_safe_to_write():
    made = table(["a"], [["x\x00\x07y\n z"]], widths=(1,))
    assert made.rows == (("xy z",),)
    assert said("🔥") == "[U+1F525]"
