"""What comes from the clipboard: text, bold, italics and lists."""

import pytest
from PySide6.QtCore import QMimeData

from services.forms.parts import Run
from services.narasi.markup import Paragraph, parse, write
from ui.narasi_paste import MIME, from_html, from_text, mime_of, paragraphs_from

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>
<!-- p.MsoNormal {font-family:"Times New Roman"; color:red} --></style>
<!--[if gte mso 9]><xml><w:WordDocument>rahasia</w:WordDocument></xml><![endif]--></head>
<body lang=IN><!--StartFragment-->
<p class=MsoNormal><span style='font-size:16.0pt;color:#C00000'>Dasar <b style='mso-bidi-font-weight:normal'>hukum</b>
yang <i>berlaku</i><o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>
Peraturan
Pemerintah Nomor 8;</p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:1.0in;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>a.<span>&nbsp;&nbsp;</span></span><![endif]>Pasal 5 &amp; 6</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><span style='font-family:Symbol;mso-list:
Ignore'>·<span>&nbsp;&nbsp;</span></span>Butir</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<!--EndFragment--></body></html>"""


def test_word_s_text_keeps_bold_italics_and_lists_alone() -> None:
    assert write(from_html(WORD)) == (
        "Dasar **hukum** yang *berlaku*\n\n1. Peraturan Pemerintah Nomor 8;\n\n  a. Pasal 5 & 6\n\n- Butir"
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<ol><li>satu</li><li>dua<ol type=a><li>x</li><li>y</li></ol></li><li>tiga</li></ol>",
         "1. satu\n\n2. dua\n\n  a. x\n\n  b. y\n\n3. tiga"),
        ('<ol start="4"><li><p>empat</p><p>lanjutan</p></li><li><p>lima</p></li></ol>',
         "4. empat\n\n  lanjutan\n\n5. lima"),
        ("<ul><li>a<li>b</ul>sesudah", "- a\n\n- b\n\nsesudah"),
        ("<ol type=a>" + "<li>x</li>" * 10 + "</ol>", "\n\n".join(f"{c}. x" for c in "abcdefghij")),
        ("<ol style='list-style-type: lower-roman'><li>x</li><li>y</li></ol>", "i. x\n\nii. y"),
        ('<b style="font-weight:normal"><p>biasa <span style="font-weight:700">tebal</span></p></b>',
         "biasa **tebal**"),
        ("<h1>Judul</h1><p>satu<br>dua</p>", "**Judul**\n\nsatu\ndua"),
        ("awal<table><tr><th>No<th>Nama<tr><td>1.<td><p>a <b>x</b></p><p>y|z</p><tr><td>2.</table>akhir",
         "awal\n\nNo | Nama\n1\\. | a x y/z\n2\\. |\n\nakhir"),
        ("<table><tr><td>a</td><td><table><tr><td>b</td></tr></table></td></tr></table>", "a\n\nb"),
        ("<table><tr><td>terpotong", "terpotong"),
        ("<p>a<script>alert(1)</script><img src='file:///rahasia'>b</p><style>p{}</style>", "ab"),
        ("<p>1. diketik <del>hapus</del></p><p><b>2.</b> dua</p><p>3.</p>", "1. diketik\n\n**2.** dua\n\n3."),
        ("<p>5 * 3 * 2 = **x**</p>", "5 \\* 3 \\* 2 = \\*\\*x\\*\\*"),
        ("", ""),
    ],
)  # fmt: skip
def test_web_pages(html: str, text: str) -> None:
    found = from_html(html)
    assert "".join(p.plain for p in parse(write(found))) == "".join(p.plain for p in parse(text))
    assert write(found) == text


def test_plain_text_parts_paragraphs_and_its_stars_are_stars() -> None:
    assert write(from_text("satu\r\ndua")) == "satu\n\ndua"
    assert write(from_text("satu\ndua\n\ntiga")) == "satu\ndua\n\ntiga"
    assert write(from_text("1. a\n2. b\n   - c")) == "1. a\n\n2. b\n\n  - c"
    assert from_text("a **b** c\n\nd")[0].plain == "a **b** c"
    assert from_text(" kata ") == [Paragraph((Run(" kata "),))]


def test_what_is_copied_here_comes_back_as_it_was() -> None:
    paragraphs = [Paragraph((Run(" a "), Run("b", bold=True))), Paragraph((Run("c\nd", italic=True),), "2)", 1)]
    assert paragraphs_from(mime_of(paragraphs)) == paragraphs


def test_other_programs_get_text_and_styles() -> None:
    source = mime_of([Paragraph((Run("<a> "), Run("b", bold=True))), Paragraph((Run("c"),), "1.")])
    assert source.text() == "<a> b\n1. c"
    assert "&lt;a&gt; <b>b</b>" in source.html()


def test_a_damaged_clipboard_brings_nothing() -> None:
    for data in (b"[[1]]", b"\xff", b"3", b'[["1.", 0, [["a"]]]]'):
        source = QMimeData()
        source.setData(MIME, data)
        assert paragraphs_from(source) == []
