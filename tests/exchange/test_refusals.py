"""Files that are no stories: refused at once, in one plain sentence with advice, by whatever name they come."""

import random
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from desktop_app.exchange.formats import BITEXT_READERS, READERS, bitext_reader_for, reader_for
from desktop_app.exchange.limits import MAX_BLOCKS, Deadline
from desktop_app.exchange.xml import parse
from desktop_app.foundation.errors import InputRefusedError

HOSTILE = Path(__file__).resolve().parents[3] / "shared" / "data" / "interop" / "hostile"
SECONDS = 10


def _read(data: bytes, name: str) -> object:
    bitext = bitext_reader_for(name, data)
    return reader_for(name, data).read(data, name) if bitext is None else bitext.read(data, name)


def refusal(data: bytes, name: str) -> InputRefusedError:
    begun = time.process_time()
    with pytest.raises(InputRefusedError) as caught:
        _read(data, name)
    assert time.process_time() - begun < SECONDS
    return caught.value


def assert_plain(error: InputRefusedError) -> None:
    """One sentence that a person can read: capital, full stop, no code, and what to do."""
    reason = str(error.reason)
    assert reason[0].isupper()
    assert reason.endswith(".")
    assert ". " not in reason.replace(".. ", "")
    assert not any(word in reason for word in ("Error", "Traceback", "codec", "None", "b'"))
    assert error.advice is not None
    assert str(error.advice).endswith(".")


def zipped() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return file.getvalue()


NO_TEXTS = {
    "empty": b"",
    "blank": b" \r\n\t\n",
    "mark alone": b"\xef\xbb\xbf",
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(50),
    "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(50),
    "zip": zipped(),
    "random": random.Random(7).randbytes(4096),
    "random without zeros": bytes(random.Random(8).choices(range(1, 256), k=4096)),
    "noise in a text": b"Headline\n" + bytes(random.Random(9).choices(range(0x20, 0x100), k=4096)),
    "nothing but prose": b"The station was opened on Monday by the president of the university.\n" * 3,
    "21 MB": b"Headline\n" + b"The station was opened on Monday.\n" * 640_000,
    "a long line": b"Headline\n" + b"x" * 3_000_000,
    "too many lines": b"Headline\n" + b"ab\n" * (MAX_BLOCKS + 10),
}


@pytest.mark.parametrize("ending", [".txt", ".html", ""])
@pytest.mark.parametrize("kind", NO_TEXTS)
def test_what_is_no_story_is_refused_in_one_sentence(kind: str, ending: str) -> None:
    assert_plain(refusal(NO_TEXTS[kind], f"story{ending}"))


def test_web_page_beyond_every_story_is_refused() -> None:
    assert_plain(refusal(b"<h1>Headline</h1>" + b"<p>ab" * (MAX_BLOCKS + 10), "story.html"))


@pytest.mark.parametrize("kind", ["empty", "png", "zip", "random", "21 MB"])
@pytest.mark.parametrize("ending", [suffix for reader in BITEXT_READERS for suffix in reader.suffixes])
def test_what_is_no_bilingual_file_is_refused_in_one_sentence(kind: str, ending: str) -> None:
    assert_plain(refusal(NO_TEXTS[kind], f"story{ending}"))


@pytest.mark.parametrize("name", ["story.doc", "story.pdf", "story.xyz", "story.jpg"])
def test_unknown_kinds_are_refused_with_the_known_ones(name: str) -> None:
    error = refusal(b"Headline\n\nA text.\n", name)
    assert_plain(error)
    assert ".txt" in str(error.advice)


def hostile_files() -> list[Path]:
    return sorted(path for path in HOSTILE.glob("*") if path.name != "expected.tsv")


@pytest.mark.parametrize("ending", [*(reader.suffixes[0] for reader in READERS), ".xlf"])
@pytest.mark.parametrize("path", hostile_files(), ids=lambda path: path.name)
def test_hostile_files_under_our_names_are_read_as_text_or_refused(path: Path, ending: str) -> None:
    data = path.read_bytes()
    begun = time.process_time()
    try:
        _read(data, f"a{ending}")
    except InputRefusedError as error:
        refused: InputRefusedError | None = error
    else:
        refused = None
    assert time.process_time() - begun < SECONDS
    if refused is not None:
        assert_plain(refused)


def expected(word: str) -> list[str]:
    if not (HOSTILE / "expected.tsv").is_file():
        return []
    rows = [line.split("\t") for line in (HOSTILE / "expected.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    # The GB bytes of bad-utf8.tmx are well-formed UTF-8 by chance (Cyrillic letters): no XML parser can refuse them.
    names = [name for name, what in rows if what.startswith(word) and name != "bad-utf8.tmx"]
    return [name for name in names if name.endswith((".xlf", ".tmx"))]


@pytest.mark.parametrize("name", expected("refuse"))
def test_xml_that_must_be_refused_is_refused_by_the_parser(name: str) -> None:
    if name == "html-as-xliff.xlf":
        assert str(refusal((HOSTILE / name).read_bytes(), name).reason).startswith("This is no XLIFF file")
        return
    with pytest.raises(InputRefusedError) as caught:
        parse((HOSTILE / name).read_bytes(), name=name)
    assert_plain(caught.value)
    assert caught.value.subject == name


@pytest.mark.parametrize("name", expected("import") + expected("accept"))
def test_xml_that_must_be_read_is_parsed(name: str) -> None:
    assert parse((HOSTILE / name).read_bytes(), name=name).tag == "tmx"


def test_reader_gives_up_when_its_time_is_over() -> None:
    now = iter([0.0, 19.0, 21.0])
    deadline = Deadline(20, lambda: next(now))
    deadline.check()
    with pytest.raises(InputRefusedError, match=r"^The file takes longer than 20 seconds to read\.$"):
        deadline.check()


PROSE = "The station was opened on Monday by the president of the university. "
SLOW = {
    "one label on end.txt": "Head\n" + ("Draft: " + "a," * 190 + "\n") * 4_000,
    "credit lines.txt": "Head\n" + "Draft: LI Wei; Revision: WANG Fang, Jan. 29, 2024 Views: 12\n" * 10_000,
    "wrapped.txt": "Head\n\n" + ("the quick brown fox jumps over the lazy dog again and\n" * 5 + "\n") * 5_000,
    "file names.txt": "Head\n" + "a" * 70 + " .jp" * 200_000,
    "breaks.html": "<h1>Head</h1><p>" + "a<br>" * 50_000,
    "navigation.html": "<h1>Head</h1>" + "<div class=nav>" * 150 + "<p>word</p>" * 10_000,
    "style.html": "<h1>Head</h1><p style='" + "a:b;" * 500_000 + f"'>{PROSE}</p>",
    "comments.html": "<html>" + "<!-- -->" * 500_000 + "<h1>Head</h1>",
}


@pytest.mark.parametrize("name", SLOW)
def test_texts_made_to_be_slow_are_not(name: str) -> None:
    data = SLOW[name].encode()
    begun = time.process_time()
    assert reader_for(name, data).read(data, name).blocks[0].text == "Head"
    assert time.process_time() - begun < SECONDS
