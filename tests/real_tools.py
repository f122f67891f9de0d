"""Other people's programs, driven as a person would: LibreOffice, Lokalize, OmegaT, the Translate Toolkit.

Each function skips with the reason where its program is not installed.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape

import pytest

OFFICE = Path(__file__).with_name("office_editing.py")
LOKALIZE = Path(__file__).with_name("lokalize_editing.sh")
_PYTHONS = ("/usr/bin/python3", "/opt/libreoffice/program/python")
_OMEGAT = Path("/usr/share/omegat/OmegaT.jar")
_SECONDS = 180
Act = list[Any]


def python_with_uno() -> str:
    """A Python that can speak with LibreOffice."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice Writer is not installed")
    for python in _PYTHONS:
        asked = [python, "-c", "import uno"]
        if Path(python).exists() and not subprocess.run(asked, capture_output=True, check=False).returncode:
            return python
    pytest.skip("no Python with LibreOffice's uno module was found")


def office(folder: Path, acts: list[Act]) -> list[Any]:
    """Let LibreOffice do some acts; files are named without their folder."""
    python = python_with_uno()
    placed = [[name, *(str(folder / v) if name in {"open", "save"} else v for v in rest)] for name, *rest in acts]
    answers: list[Any] = json.loads(_run([python, OFFICE, folder / "profile"], said=json.dumps(placed)))
    return answers


def lokalize(file: Path, acts: list[tuple[str, ...]], *, author: str) -> None:
    """Let Lokalize open a file, do some acts (``setEntryTarget``, ``addEntryNote``) and save it."""
    for program in ("lokalize", "dbus-run-session", "gdbus"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    said = "".join("\t".join(act) + "\n" for act in acts)
    with TemporaryDirectory() as folder:  # its path is short, as sockets want it
        home = Path(folder)
        (home / ".config").mkdir()
        (home / ".config" / "lokalizerc").write_text(
            f"[Identity]\nauthorName={author}\nauthorLocalizedName={author}\nauthorEmail=a@example.org\n"
            "DefaultLangCode=en\nDefaultMailingList=l@example.org\n"
        )
        (home / "run").mkdir(mode=0o700)
        own = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home / "run"), "QT_QPA_PLATFORM": "offscreen"}
        answer = _run(["dbus-run-session", "bash", LOKALIZE, file], said=said, environment=_without_places() | own)
    assert answer.splitlines()[-1:] == ["(true,)"], answer


def _without_places() -> dict[str, str]:
    """The environment without the folders that tests give our own program."""
    return {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}


_PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><source_dir_excludes/>
<target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>ZH-CN</source_lang><target_lang>EN-US</target_lang>
<sentence_seg>false</sentence_seg><source_tok>org.omegat.tokenizer.LuceneSmartChineseTokenizer</source_tok>
<target_tok>org.omegat.tokenizer.LuceneEnglishTokenizer</target_tok>
<support_default_translations>true</support_default_translations><remove_tags>false</remove_tags></project></omegat>
"""
_MEMORY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1"><header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext"
 creationtoolversion="3.6.0_10" segtype="paragraph" srclang="ZH-CN"/><body>{units}</body></tmx>
"""
_UNIT = '<tu><tuv lang="ZH-CN"><seg>{}</seg></tuv><tuv lang="EN-US"><seg>{}</seg></tuv></tu>'


def omegat(file: Path, translations: dict[str, str], folder: Path) -> bytes:
    """Let OmegaT write an XLIFF file with these texts in place of others, as a translator would have typed them."""
    if shutil.which("java") is None or not _OMEGAT.exists():
        pytest.skip("OmegaT is not installed")
    for name in ("source", "target", "omegat", "tm", "glossary", "dictionary"):
        (folder / name).mkdir(parents=True)
    shutil.copy(file, folder / "source" / file.name)
    (folder / "omegat.project").write_text(_PROJECT)
    units = "".join(_UNIT.format(escape(old), escape(new)) for old, new in translations.items())
    (folder / "omegat" / "project_save.tmx").write_text(_MEMORY.format(units=units))
    _run(["java", f"-Duser.home={folder}", "-jar", _OMEGAT, folder, "--mode=console-translate"])
    return (folder / "target" / file.name).read_bytes()


def toolkit(program: str, *arguments: str | Path) -> None:
    """Run a converter of the Translate Toolkit (``xliff2po``, ``po2xliff``)."""
    pytest.importorskip("translate", reason="the Translate Toolkit is in the bench group alone")
    _run([Path(sys.executable).with_name(program), "--progress=none", *arguments])


def _run(words: list[str | Path], *, said: str = "", environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(word) for word in words], input=said, capture_output=True, text=True, timeout=_SECONDS, check=False,
        env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
