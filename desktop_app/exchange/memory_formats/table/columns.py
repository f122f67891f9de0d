"""What the columns of a table hold, told by its header row, and what keeps a cell from being taken for a formula."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from desktop_app.domain.counts import has_han
from desktop_app.domain.story import Languages
from desktop_app.exchange.memory_formats.languages import Nearness, roles
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_

SOURCE = "source"
TARGET = "target"
LAYER = "layer"
ORIGIN = "origin"
DRAFTER = "drafter"
REVISER = "reviser"
DATE = "date"
# The columns beside the two languages, in the order in which they are written.
WRITTEN = (LAYER, ORIGIN, DRAFTER, REVISER, DATE)

_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        SOURCE: ("source", "src", "source text", "source segment", "original", "原文", "源文", "源语", "源语言"),
        TARGET: ("target", "tgt", "trg", "target text", "target segment", "translation", "译文", "目标语", "目标语言"),
        LAYER: ("layer",),
        ORIGIN: ("origin", "file", "document", "story", "来源", "出处", "稿件"),
        DRAFTER: ("drafter", "translator", "author", "created by", "译者", "翻译", "起草"),
        REVISER: ("reviser", "reviewer", "changed by", "modified by", "审校", "校对", "审稿"),
        DATE: ("date", "at", "changed", "modified", "change date", "日期", "时间"),
    }
)
_BY_NAME = {name: role for role, names in _NAMES.items() for name in names}
# What a spreadsheet takes for a formula, be it behind apostrophes (OWASP, “CSV injection”), and the same guarded.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@＝＋－＠]")
_LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "chinese": "zh",
        "simplified chinese": "zh-Hans",
        "中文": "zh",
        "汉语": "zh",
        "简体中文": "zh-Hans",
        "english": "en",
        "英文": "en",
        "英语": "en",
    }
)
_MOST_COLUMNS = 200  # so many are looked at
_LONGEST_TAG = 35  # BCP 47, section 4.4.1
_KNOWN_AND_PASSED_OVER = frozenset({"note", "notes", "comment", "备注", "注释", "id", "set", "score"})


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row each thing stands; ``others`` are the columns beside source and target that are read.

    ``named`` says that a header row told them.
    """

    source: int = 0
    target: int = 1
    others: Mapping[str, int] = field(default_factory=dict)
    named: bool = False

    @property
    def needed(self) -> int:
        """How many cells a row must have."""
        return max(self.source, self.target) + 1


def columns_of(cells: Sequence[str], languages: Languages) -> Columns | None:
    """Understand the first row as a header; None where it is a pair of texts.

    Raises:
        InputRefusedError: every cell is the name of a column in one language, and source or target is not among them.
    """
    found: dict[str, int] = {}
    known = 0
    for at, cell in enumerate(cells[:_MOST_COLUMNS]):
        role = _role(cell, languages)
        known += role is not None or cell.strip().lower() in _KNOWN_AND_PASSED_OVER
        if role is not None:
            found.setdefault(role, at)
    if SOURCE in found and TARGET in found:
        source, target = found.pop(SOURCE), found.pop(TARGET)
        return Columns(source, target, found, named=True)
    # “来源<tab>Source” is a pair of words that happen to be names of columns; “zh<tab>note” is none.
    if known == len(cells) and found and len({has_han(cell) for cell in cells}) == 1:
        raise InputRefusedError(
            N_("The header row does not name a column for the source and one for the translation."),
            place=N_("line {n}", n=1),
            advice=N_("Call them “zh” and “en”, or “source” and “target”."),
        )
    return None


def _role(cell: str, languages: Languages) -> str | None:
    name = " ".join(cell.replace("_", " ").lower().split())
    if name in _BY_NAME:
        return _BY_NAME[name]
    if len(name) > _LONGEST_TAG:
        return None
    as_source, as_target = roles(languages, _LANGUAGE_NAMES.get(name, cell.strip()), languages.source)
    if as_source is Nearness.NONE and as_target is Nearness.NONE:
        return None
    return SOURCE if as_source else TARGET


def guarded(cell: str) -> str:
    """A cell that a spreadsheet shows and does not calculate: an apostrophe goes before what looks like a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """What ``guarded`` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell
