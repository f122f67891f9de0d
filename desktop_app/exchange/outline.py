"""The outline of a page: which line is the headline, and where the paragraphs of the story begin and end."""

import re
from collections.abc import Sequence

from desktop_app.domain.counts import has_han
from desktop_app.exchange.credits import label_alone, read_labelled
from desktop_app.exchange.dates import opens_with_day
from desktop_app.exchange.furniture import is_furniture, is_site_name, is_slogan
from desktop_app.exchange.limits import Deadline
from desktop_app.exchange.page import Part, PartKind
from desktop_app.exchange.wording import ends_sentence, is_address, is_prose
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_

_LONGEST_HEADLINE = {"zh": 80, "en": 250}


class Outline:
    """Where the lines of a page stand. ``headline``, ``first_prose`` and ``last_prose`` are positions in ``lines``."""

    def __init__(self, lines: Sequence[Part], title: str, deadline: Deadline) -> None:
        """Find them; ``title`` is what the format says outside the text.

        Raises:
            InputRefusedError: there is no headline, or no time left to find it.
        """
        self._deadline = deadline
        self.lines = lines
        prose = [n for n, part in enumerate(lines) if is_prose_line(part) and not self.continues_slogan(n)]
        self.first_prose = prose[0] if prose else len(lines)
        self.headline = self._find_headline(title)
        self.last_prose = prose[-1] if prose else self.headline

    def at_edge(self, at: int) -> bool:
        """Whether no paragraph of the story stands before a line, or none behind it."""
        return at < self.first_prose or at > self.last_prose

    def _find_headline(self, title: str) -> int:
        """By element, by the page's own title, by the element's name, by heading, and last by position."""
        lines = self.lines
        for fits in (
            lambda n: lines[n].kind is PartKind.TITLE,
            lambda n: len(lines[n].text) >= 4 and squeezed(title).startswith(squeezed(lines[n].text)),
            lambda n: lines[n].titled,
            lambda n: lines[n].kind is PartKind.HEADING and n < self.first_prose,
            lambda n: lines[n].kind is PartKind.TEXT and n < self.first_prose,
        ):
            found = [n for n in range(len(lines)) if fits(n) and self._can_be_headline(n)]
            if found:
                named = [n for n in found if title and squeezed(title).startswith(squeezed(lines[n].text))]
                plain = [n for n in found if not lines[n].linked and not is_site_name(lines[n].text)]
                return (named or plain or found)[0]
        raise InputRefusedError(
            N_("No headline was found."),
            place=N_("first lines"),
            advice=N_("Put the headline on a line of its own above the text, without a full stop, and try again."),
        )

    def _can_be_headline(self, at: int) -> bool:
        self._deadline.check()
        part = self.lines[at]
        text = part.text
        longest = _LONGEST_HEADLINE["zh" if has_han(text) else "en"]
        if part.kind not in {PartKind.TITLE, PartKind.TEXT, PartKind.HEADING} or not text or len(text) > longest:
            return False
        if part.kind is PartKind.TITLE:
            return not is_furniture(text, before_headline=True)
        if is_furniture(text, before_headline=True, at_edge=True) or self.continues_slogan(at):
            return False
        if part.mark or part.linked or read_labelled(text) or opens_with_day(text) == len(text) or is_address(text):
            return False
        alone = label_alone(text)
        return alone is None and not text.endswith(("。", "；", ";", "，", ",")) and not _has_full_stop(text)

    def continues_slogan(self, at: int) -> bool:
        """Whether this line is the second half of a slogan: ``… social science, art,`` / ``faculty and staff …``."""
        return (
            at > 0
            and is_slogan(self.lines[at - 1].text)
            and not ends_sentence(self.lines[at - 1].text)
            and (self.lines[at].text[:1].islower() or self.lines[at - 1].text.endswith((",", "，", "、")))
        )


def is_prose_line(part: Part) -> bool:
    """Whether a line is a paragraph of sentences and no furniture."""
    return (
        part.kind in {PartKind.TEXT, PartKind.ITEM, PartKind.QUOTATION}
        and not part.linked
        and is_prose(part.text)
        and not is_furniture(part.text, before_headline=True, at_edge=True)
    )


def squeezed(text: str) -> str:
    """The text without its spaces, in small letters, for comparison."""
    return re.sub(r"\s+", "", text).casefold()


def _has_full_stop(text: str) -> bool:
    return ends_sentence(text) and text.rstrip("\"'”’»」』)）]】").endswith((".", "。"))
