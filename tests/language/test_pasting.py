"""Text from Word, web pages and PDF files as a segment takes it: clean, one paragraph, no word lost."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.language.pasting import clean_line, pasted, without_breaks
from desktop_app.language.pasting.markup import paragraphs_of_markup

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Word 15">
<style><!-- p.MsoNormal {margin:0cm;} @page {size:612pt} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head><body>
<!--StartFragment--><p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]><span lang=EN-GB>The&nbsp;president of the
university<o:p></o:p></span></p>
<p class=MsoNormal><span style='mso-element:field-begin'></span><span style='display:none'> HYPERLINK "x" </span>said
&#8220;yes&#8221;<a style='mso-footnote-id:ftn1' href="#_ftn1" title=""><span>[1]</span></a>,<del>never</del> and
left.</p>
<!--EndFragment--></body></html>"""


def test_word_brings_its_words_alone() -> None:
    plain = "·\tThe\u00a0president of the university\r\nsaid “yes”, and left.\r\n"
    taken = pasted(plain, WORD)
    assert taken.text == "The president of the university said “yes”, and left."
    assert taken.paragraphs == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("RMB\u00a01.2\u202fbillion", "RMB 1.2 billion"),
        ("co\u00adop\u200ber\ufeffation\u2060", "cooperation"),
        ("\u202aleft\u202c \u2066right\u2069\u200e", "left right"),
        ("\ufb01nal o\ufb03ce \ufb02ow", "final office flow"),
        ("a\tb \t c", "a b c"),
        ("  ends \u3000", "ends"),
        ("Cafe\u0301", "Café"),
        ("“Curly” – and ‘single’…", "“Curly” – and ‘single’…"),
        ("state\u2011of\u2010the\x1eart", "state-of-the-art"),
        ('\x13 HYPERLINK "http://a.b" \x14the page\x15', "the page"),
        ("• An item", "An item"),
        ("·\tAn item", "An item"),
        ("o\u00a0\u00a0 An item", "An item"),
        ("\uf0b7 An item", "An item"),
        ("\x07null\x00", "null"),
        ("👩\u200d🔬 and 🏳️\u200d🌈 but a\u200db", "👩\u200d🔬 and 🏳️\u200d🌈 but ab"),
        ("\U00020bb7野家 \ud800", "\U00020bb7野家"),
        ("3 · 4 = 12", "3 · 4 = 12"),
        ("o well", "o well"),
    ],
)
def test_no_character_of_another_program_stays(before: str, after: str) -> None:
    assert clean_line(before) == after


@pytest.mark.parametrize(
    ("plain", "text"),
    [
        ("The two sides signed a coop-\neration agreement.", "The two sides signed a cooperation agreement."),
        ("a well-\nknown scholar", "a well-known scholar"),
        ("the Sino-\nGerman centre", "the Sino-German centre"),
        ("the coop\u00ad\neration", "the cooperation"),
        ("pages 3-\n5 of it", "pages 3- 5 of it"),
        ("双方就进一步深化\n合作进行了\r\n交流。", "双方就进一步深化合作进行了交流。"),
        ("成立于\n1960年", "成立于 1960年"),
        ("one\x0bline", "one line"),
    ],
)
def test_lines_of_a_page_become_one(plain: str, text: str) -> None:
    known = {"cooperation", "agreement"}.__contains__
    taken = pasted(plain, known=known)
    assert (taken.text, taken.paragraphs) == (text, 1)


@pytest.mark.parametrize(
    ("plain", "count"),
    [
        ("One line of a page that\ngoes on here and ends.\nShort.", 1),
        ("First paragraph.\n\nSecond one\nof two lines.\n\n\nThird.", 3),
        ("A long paragraph. " * 10 + "\n" + "Another long paragraph. " * 9, 2),
        ("• One\n• Two\n• Three", 3),
        ("   \n \n", 0),
        ("", 0),
    ],
)
def test_paragraphs_are_counted(plain: str, count: int) -> None:
    assert pasted(plain).paragraphs == count


@pytest.mark.parametrize(
    ("markup", "paragraphs"),
    [
        ("<p>One<br>line</p><p>Two", ["One\nline", "Two"]),
        ("One<br><br>Two<br/> <br />Three", ["One", "Two", "Three"]),
        ("<ul><li>A<li>B<ul><li>C</ul></ul>D", ["A", "B", "C", "D"]),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", ["a b", "c"]),
        ("a < b &amp; c &lt; d", ["a < b & c < d"]),
        ("<a title=\"x > y\" href='>'>in</a>", ["in"]),
        ("<script>no('</p>')</script><style>p{}</style>yes", ["yes"]),
        ("<div hidden style = 'DISPLAY : none'>no<p>no</p></div>yes", ["yes"]),
        ("<p style='display:none'>no<p>yes", ["yes"]),
        ('text<sup class="reference"><a>[1]</a></sup>.', ["text."]),
        ("10<sup>th</sup>", ["10th"]),
        ("<!-- <p>no</p> -->yes<!-- never closed", ["yes"]),
        ("cut <b", ["cut"]),
        ("</p></div>yes", ["yes"]),
    ],
)
def test_markup_is_read_as_it_is_seen(markup: str, paragraphs: list[str]) -> None:
    assert [" ".join(one.split(" ")).strip() for one in map(_spaced, paragraphs_of_markup(markup))] == paragraphs


def _spaced(text: str) -> str:
    return " ".join(text.replace("\n", " \n ").split(" ")).replace(" \n ", "\n").strip()


def test_plain_text_is_taken_where_the_markup_says_something_else() -> None:
    assert pasted("what was copied", "<b>rich</b>").text == "what was copied"
    assert pasted("", "<p>only markup</p>").text == "only markup"
    assert pasted("plain words", "<img src=x>").text == "plain words"


def test_exact_paste_changes_line_breaks_alone() -> None:
    assert without_breaks("\nno\u00a0break \r\n\r\n\t next\u200b \u2028 last \n") == "no\u00a0break next\u200b last "


@given(
    st.text(
        alphabet=st.sampled_from("ab \n\t\u00a0\u200d\u3000-•·中。\u00ad\ufb01👩\u2028\x13\x14\x15\ud800Z."),
        max_size=60,
    )
)
def test_a_clean_line_stays_as_it_is(text: str) -> None:
    once = clean_line(text)
    assert "\n" not in once
    assert not once.startswith(" ")
    assert "  " not in once
    assert unicodedata.is_normalized("NFC", once)
    assert [c for c in once if c in "ab中Z."] == [c for c in text if c in "ab中Z."] or "\x13" in text


@given(st.text(alphabet=st.sampled_from("<>/!-\"'= pbridvlae\n&;#1"), max_size=80))
def test_any_markup_is_read_without_a_fault(text: str) -> None:
    taken = pasted("", text)
    assert "\n" not in taken.text


@pytest.mark.parametrize(
    "evil",
    [
        "<a ",
        "<p>",
        "<!--",
        "<a \"<a '",
        "<div><b>",
        " \n",
        " ",
        "a-\n",
        "<style>",
        "<![if !supportLists]>",
        "\u200d",
        "&",
    ],
)
def test_hostile_text_takes_no_longer_than_its_length(evil: str) -> None:
    text = evil * (200_000 // len(evil))
    began = time.process_time()
    pasted(text, text)
    without_breaks(text)
    assert time.process_time() - began < 4
