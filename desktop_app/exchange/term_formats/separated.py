"""Terms as a table of text: CSV (RFC 4180) and its sister with tabs, as spreadsheets open and save them.

The first row names the columns, in English or Chinese; without one, the first two columns are source and target.
Several forms in one cell stand between ``|``, ``;`` or ``、``; a backslash before one of these keeps it a plain sign.

A spreadsheet would run a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula. Such a cell is written with
an apostrophe before it, which is taken off again when the file is read.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from desktop_app.domain.counts import has_han
from desktop_app.domain.story import Languages
from desktop_app.domain.terms import Term, TermKind, tidied
from desktop_app.exchange.encoding import decode
from desktop_app.exchange.term_formats.entries import CHOOSE, StatedTerm, TermFile, check_count
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message

COLUMNS = ("zh", "en", "kind", "short", "zh-short", "allowed", "forbidden", "note")
_FIELDS = MappingProxyType({
    "zh": "source", "en": "target", "kind": "kind", "short": "short", "zh-short": "source_short", "allowed": "allowed",
    "forbidden": "forbidden", "note": "note",
})  # fmt: skip
_ALIASES = """
zh: zh zhhans zhcn zhhant zhtw chinese source src sourceterm chineseterm term
zh: 中文 汉语 原文 源语 源文 中文术语 术语 词条 中文名称 中文名 中文词 中
en: en enus engb english target tgt targetterm englishterm translation approved
en: 英文 英语 译文 译名 译法 英文译名 英文名称 英文术语 英文名 英文词 英 翻译 推荐译法 标准译法 规范译名 统一译法
kind: kind type category class 类别 类型 种类 分类
short: short shortform abbreviation abbr acronym enshort englishshort 英文简称 英文缩写 缩写 简写
zh-short: zhshort chineseshort sourceshort 简称 中文简称 中文缩写
allowed: allowed allow admitted variant variants synonym synonyms alternatives also
allowed: 允许 可用 其他译法 别名 备选 可用译法 允许译法
forbidden: forbidden forbid deprecated avoid banned donotuse notallowed
forbidden: 禁用 禁用译法 禁用词 不用 禁止 错误译法
note: note notes comment comments remark remarks definition 备注 说明 注释 注 附注
"""
_KINDS = """
person: person people name 人名 人物 姓名 人员
organisation: organisation organization org institution unit company 机构 单位 组织 组织机构 机构名
place: place location geography 地名 地点 地方
work: work title book film 作品 书名 作品名
term: term noun 术语 词语
"""
_SEPARATORS = "|;；、"
_SPLIT = re.compile(r"\\([\\|;；、])|([|;；、])")
_NEEDS_ESCAPE = re.compile(r"[\\|;；、]")
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@＝＋－＠]")
_NOT_WORD = re.compile(r"[\W_]+")
_DELIMITERS = "\t,;"
_LOOKED_AT = 20  # rows
_PAIR = 2


def _table(text: str) -> dict[str, str]:
    rows = (line.split(": ", 1) for line in text.strip().splitlines())
    return {alias: name for name, aliases in rows for alias in aliases.split()}


_COLUMN_OF = _table(_ALIASES)
_KIND_OF = _table(_KINDS)


@dataclass(frozen=True, slots=True)
class SeparatedFormat:
    """A table with one separator to write; every separator is understood."""

    id: str
    title: Message
    suffixes: tuple[str, ...]
    delimiter: str

    def read(self, data: bytes, name: str, languages: Languages) -> TermFile:
        """Understand the bytes; see ``TermFormat.read``. A row without its source or target is refused."""
        try:
            rows = _rows(decode(data, advice=CHOOSE))
            if not rows:
                raise InputRefusedError(
                    N_("The file is empty."), advice=N_("Check that the file was saved or downloaded completely.")
                )
            columns = _header(rows[0][1], languages)
            if columns is None:
                columns = {"zh": 1, "en": 0} if _is_turned(rows, languages) else {"zh": 0, "en": 1}
            else:
                rows = rows[1:]
            check_count(len(rows))
            return TermFile(tuple(_stated(line, row, columns) for line, row in rows))
        except InputRefusedError as error:
            error.subject = error.subject or name
            raise

    def write(self, terms: Sequence[Term], languages: Languages) -> bytes:  # noqa: ARG002 - the columns' names are fixed
        """Make the bytes; see ``TermFormat.write``. UTF-8 with its mark, or a spreadsheet would not know it."""
        text = io.StringIO()
        table = csv.writer(text, delimiter=self.delimiter)
        table.writerow(COLUMNS)
        table.writerows([_guarded(cell) for cell in _cells(term)] for term in terms)
        return text.getvalue().encode("utf-8-sig")


CSV = SeparatedFormat("csv", N_("CSV table"), (".csv",), ",")
TSV = SeparatedFormat("tsv", N_("Table with tabs"), (".tsv", ".txt", ".tab"), "\t")


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows that have anything in them, each with the number of the line on which it ends."""
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                found.append((reader.line_num, row))
                check_count(len(found) - 1)
    except csv.Error as error:
        raise InputRefusedError(
            N_("The table cannot be read ({detail}).", detail=str(error)),
            place=N_("line {n}", n=reader.line_num),
            advice=N_("Open it in a spreadsheet and save it as CSV again."),
        ) from error
    return found


def _delimiter(text: str) -> str:
    """The separator that gives most rows of the beginning two columns or more; the tab before the comma."""
    lines = [line for line in text.split("\n") if line.strip()][:_LOOKED_AT]
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        if len(_header(_cut(lines[0] if lines else "", delimiter), Languages()) or ()) >= _PAIR:
            return delimiter
        count = sum(1 for line in lines if len(_cut(line, delimiter)) >= _PAIR)
        if count > most:
            best, most = delimiter, count
    return best


def _cut(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _header(row: Sequence[str], languages: Languages) -> dict[str, int] | None:
    """The place of each column, or None where the row names no source and target and so is a term itself."""
    found: dict[str, int] = {}
    own = {_plain(languages.source): "zh", _plain(languages.target): "en"}
    for place, cell in enumerate(row):
        name = own.get(_plain(cell)) or _COLUMN_OF.get(_plain(cell))
        if name is not None:
            found.setdefault(name, place)
    return found if {"zh", "en"} <= set(found) else None


def _is_turned(rows: Sequence[tuple[int, Sequence[str]]], languages: Languages) -> bool:
    """Whether a table without a header has the English first: Chinese is told by its characters."""
    if not languages.source.startswith("zh") or languages.target.startswith(("zh", "ja")):
        return False
    pairs = [row[:_PAIR] for _, row in rows[:_LOOKED_AT] if len(row) >= _PAIR]
    return bool(pairs) and all(has_han(second) and not has_han(first) for first, second in pairs)


def _plain(cell: str) -> str:
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", cell).casefold())


def _stated(line: int, row: Sequence[str], columns: Mapping[str, int]) -> StatedTerm:
    cells = {name: _unguarded(row[place].strip()) if place < len(row) else "" for name, place in columns.items()}
    term = tidied(
        Term(
            "",
            cells["zh"],
            cells["en"],
            TermKind(_KIND_OF.get(_plain(cells.get("kind", "")), "term")),
            _split(cells.get("zh-short", "")),
            cells.get("short", ""),
            _split(cells.get("allowed", "")),
            _split(cells.get("forbidden", "")),
            cells.get("note", ""),
        )
    )
    if not term.source or not term.target:
        raise InputRefusedError(
            N_("The row has no translation.") if term.source else N_("The row has no term to translate."),
            place=N_("line {n}", n=line),
            advice=N_("Each row needs the term and its translation, in two columns."),
        )
    return StatedTerm(term, frozenset(_FIELDS[name] for name in columns) - {"source", "target"})


def _cells(term: Term) -> tuple[str, ...]:
    return (
        term.source,
        term.target,
        term.kind.value,
        term.short,
        _joined(term.source_short),
        _joined(term.allowed),
        _joined(term.forbidden),
        term.note,
    )


def _joined(forms: Sequence[str]) -> str:
    return " | ".join(_NEEDS_ESCAPE.sub(r"\\\g<0>", form) for form in forms)


def _split(cell: str) -> tuple[str, ...]:
    """Cut a cell at its separators; ``\\;`` is a plain semicolon."""
    forms, now, end = [], "", 0
    for match in _SPLIT.finditer(cell):
        now += cell[end : match.start()] + (match[1] or "")
        end = match.end()
        if match[2]:
            forms.append(now)
            now = ""
    return tuple(form.strip() for form in (*forms, now + cell[end:]) if form.strip())


def _guarded(cell: str) -> str:
    return "'" + cell if _FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell
