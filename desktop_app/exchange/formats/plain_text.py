"""Plain text, as it is copied from a web page or saved by an editor."""

import re
from collections.abc import Iterable
from itertools import pairwise

from desktop_app.domain.counts import has_han
from desktop_app.exchange.credits import label_alone, read_labelled
from desktop_app.exchange.encoding import decode, looks_like_text
from desktop_app.exchange.furniture import is_furniture
from desktop_app.exchange.limits import Deadline, check_blocks, check_lines
from desktop_app.exchange.page import Page, Part, PartKind
from desktop_app.exchange.picture_lines import split_picture
from desktop_app.exchange.reading import understand
from desktop_app.exchange.wording import ends_sentence, is_address

_LINE_ENDS = re.compile(r"[\n\x85\u2028\u2029]")
_SPACE = " \t\u00a0\u3000\u2002\u2003\u2009\u200b"
_BULLET = re.compile(rf"([•●▪■◆○‣⁃∙])[{_SPACE}]*(?=\S)")
_LONGEST_WRAPPED_LINE = 120
_NARROWEST = 40
_RAGGED = 12


class PlainTextReader:
    """Reads ``.txt``: paragraphs between blank lines, or one a line."""

    id = "txt"
    suffixes = (".txt", ".text", "")

    def sniff(self, data: bytes) -> bool:
        """Whether the bytes look like text without markup."""
        return looks_like_text(data) and not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")

    def read(self, data: bytes, name: str, language: str | None = None) -> Page:  # noqa: ARG002 - the protocol's
        """Understand a text; see ``Reader.read``."""
        deadline = Deadline()
        text = decode(data)
        check_lines(text)
        parts: list[Part] = []
        for line in _paragraphs(text):
            deadline.check()
            parts.append(_part(line))
            check_blocks(len(parts))
        return understand(parts, language=language, deadline=deadline)


def _part(line: str) -> Part:
    match = _BULLET.match(line)
    if match is None:
        return Part(PartKind.TEXT, line)
    return Part(PartKind.ITEM, line[match.end() :], mark=match[1])


def _paragraphs(text: str) -> Iterable[str]:
    """The paragraphs of a text, its wrapped lines joined."""
    lines = _LINE_ENDS.split(text)
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip(_SPACE):
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    groups = [group for group in groups if group]
    width = _wrapped_at(groups)
    for group in groups:
        paragraph = group[0].strip(_SPACE)
        for before, line in pairwise(group):
            if width and _runs_on(before, line, width):
                paragraph += _gap(paragraph, line.strip(_SPACE)) + line.strip(_SPACE)
            else:
                yield paragraph
                paragraph = line.strip(_SPACE)
        yield paragraph


def _wrapped_at(groups: list[list[str]]) -> int:
    """The width that a text seems wrapped at, or 0 where each line is a paragraph.

    A text that separates its paragraphs by blank lines and has no long line is wrapped.
    """
    longest = max(len(line.strip(_SPACE)) for group in groups for line in group)
    if len(groups) < 2 or longest > _LONGEST_WRAPPED_LINE:
        return 0
    return max((len(line.strip(_SPACE)) for group in groups if len(group) > 1 for line in group), default=0)


def _runs_on(before: str, line: str, width: int) -> bool:
    """Whether ``line`` goes on with the paragraph of the line before it."""
    indented = line[:1] in {"\u3000", "\t"} or line.startswith("    ")
    before, line = before.strip(_SPACE), line.strip(_SPACE)
    if indented or _stands_alone(before) or _stands_alone(line):
        return False
    if has_han(before) and has_han(line):
        return width >= 20 and len(before) >= width - 2 and not ends_sentence(before)
    if width < _NARROWEST:
        return False
    if line[0].islower():
        return True
    reach = len(before) + 1 + len(line.split()[0])
    # A line that closes a sentence goes on only where the next word had no room on it.
    return reach > width if ends_sentence(before) else reach > width - _RAGGED or len(before) * 2 > width


def _stands_alone(line: str) -> bool:
    """Whether a line is one that no paragraph runs into or out of."""
    return bool(
        _BULLET.match(line)
        or split_picture(line)
        or read_labelled(line)
        or label_alone(line)
        or is_address(line)
        or is_furniture(line, before_headline=True, at_edge=True)
    )


def _gap(before: str, line: str) -> str:
    """What a wrapped line is joined with: nothing between Chinese characters, a space elsewhere."""
    return "" if has_han(before[-1:]) or has_han(line[:1]) or before.endswith(("，", "、", "。", "；")) else " "
