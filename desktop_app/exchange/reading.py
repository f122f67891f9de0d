"""How the lines of a page are understood: headline, paragraphs, pictures, credits, furniture.

Readers turn their format into ``Part`` values in reading order; ``understand`` makes the ``Page``. Every rule here
looks at the same thing, what a line says and where it stands among its neighbours.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop_app.domain.counts import han_characters, has_han
from desktop_app.domain.story import BlockKind, Credit
from desktop_app.exchange.credits import LabelKind, Labelled, label_alone, read_labelled, with_value
from desktop_app.exchange.dates import opens_with_day, read_day
from desktop_app.exchange.furniture import is_closing, is_furniture
from desktop_app.exchange.limits import Deadline, check_blocks
from desktop_app.exchange.outline import Outline, is_prose_line, squeezed
from desktop_app.exchange.page import Page, Part, PartKind, ReadBlock
from desktop_app.exchange.picture_lines import with_pictures
from desktop_app.exchange.wording import ends_sentence, is_address, is_prose, rule_words

_LONGEST_CAPTION_LINE = 60
_LONGEST_CAPTION = 200
_MOST_TOPIC_LINES = 6
_BLOCKS = {
    PartKind.TEXT: BlockKind.PARAGRAPH,
    PartKind.CAPTION: BlockKind.PARAGRAPH,
    PartKind.TITLE: BlockKind.SUBHEADING,
    PartKind.HEADING: BlockKind.SUBHEADING,
    PartKind.DECK: BlockKind.DECK,
    PartKind.ITEM: BlockKind.LIST_ITEM,
    PartKind.QUOTATION: BlockKind.QUOTATION,
}


def language_of(text: str, declared: str | None = None) -> str:
    """Tell the language of a page: what it declares, unless its letters plainly say otherwise.

    University sites copy their templates, so an English page often declares Chinese.
    """
    han = han_characters(text)
    latin = len(re.findall(r"[A-Za-z]", text))
    # A Chinese character carries as much as three to four Latin letters.
    mostly_han = han * 3 >= latin and han > 0
    tag = (declared or "").strip().replace("_", "-").lower()
    if tag.startswith("zh"):
        traditional = "hant" in tag or tag in {"zh-tw", "zh-hk", "zh-mo"}
        return ("zh-Hant" if traditional else "zh-Hans") if mostly_han or latin < 20 else "en"
    if tag and not tag.startswith("en") and re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", tag) and not mostly_han:
        return tag.split("-")[0]
    return "zh-Hans" if mostly_han else "en"


def understand(
    parts: Sequence[Part],
    *,
    language: str | None = None,
    declared_language: str | None = None,
    title: str = "",
    date: str | None = None,
    source_url: str | None = None,
    deadline: Deadline | None = None,
) -> Page:
    """Make a page of its lines.

    ``title``, ``date`` and ``source_url`` are what a format says outside the text (an HTML head): the title helps to
    find the headline, the others count where the text itself names none. ``deadline`` is that of the whole file.

    Raises:
        InputRefusedError: there is no headline, or there are far too many paragraphs, or the time is up.
    """
    lines = with_pictures(parts)
    check_blocks(len(lines))
    spoken = "".join(part.text for part in lines if part.kind is not PartKind.FURNITURE)
    language = language or language_of(spoken, declared_language)
    deadline = deadline or Deadline()
    return _Reading(lines, language, Outline(lines, title, deadline), deadline).page(date, source_url)


class _Reading:
    """One pass over the lines of a page, each judged by what it says and where it stands."""

    def __init__(self, lines: Sequence[Part], language: str, outline: Outline, deadline: Deadline) -> None:
        self._deadline = deadline
        self._lines = lines
        self._language = language
        self._outline = outline
        self._headline = outline.headline
        self._blocks: list[ReadBlock] = []
        self._credits: list[Credit] = []
        self._topics: list[str] = []
        self._boilerplate: list[str] = []
        self._particulars: list[str] = []
        self._date: str | None = None
        self._url: str | None = None
        self._closed = False

    def page(self, date: str | None, source_url: str | None) -> Page:
        """Read every line and put the page together."""
        at = 0
        while at < len(self._lines):
            self._deadline.check()
            at += self._take(at)
        steps = rule_words("byline_steps")
        byline = dict.fromkeys(n for credit in self._credits if credit.step in steps for n in credit.names)
        return Page(
            self._language,
            tuple(self._blocks),
            tuple(self._credits),
            tuple(dict.fromkeys(self._topics)),
            self._date or date,
            self._url or source_url,
            tuple(self._boilerplate),
            tuple(byline),
            tuple(self._particulars),
        )

    # What a line is: each answers with the number of lines that it took

    def _take(self, at: int) -> int:
        part = self._lines[at]
        if at == self._headline:
            self._blocks.append(ReadBlock(BlockKind.HEADLINE, part.text))
            return 1
        if part.kind is PartKind.FURNITURE:
            self._boilerplate.append(part.printed)
            return 1
        if part.kind is PartKind.PICTURE:
            return self._take_picture(at)
        if part.kind is PartKind.CAPTION:
            self._add_text(part)
            return 1
        return self._take_particulars(at) or self._take_furniture(at) or self._take_text(at)

    def _take_picture(self, at: int) -> int:
        part = self._lines[at]
        following = self._lines[at + 1] if at + 1 < len(self._lines) else None
        caption = ""
        if following is not None and at + 1 != self._headline and self._is_caption(following):
            caption = following.text
        alt = "" if squeezed(part.alt) in {squeezed(part.file), squeezed(part.file.rpartition(".")[0])} else part.alt
        self._blocks.append(ReadBlock(BlockKind.PICTURE, file=part.file, caption=caption, alt=alt.strip()))
        return 2 if caption else 1

    @staticmethod
    def _is_caption(part: Part) -> bool:
        """Whether the line under a picture belongs to it."""
        if part.kind is PartKind.CAPTION:
            return True
        if part.kind is not PartKind.TEXT or part.mark or part.linked or len(part.text) > _LONGEST_CAPTION:
            return False
        if part.text.startswith(("•", "一、", "二、")) or read_labelled(part.text) or is_furniture(part.text):
            return False
        if part.glued or part.centred:
            return not (is_prose(part.text) and len(part.text) > (80 if has_han(part.text) else 160))
        return (
            len(part.text) < _LONGEST_CAPTION_LINE and not ends_sentence(part.text) and label_alone(part.text) is None
        )

    def _take_particulars(self, at: int) -> int:
        part = self._lines[at]
        pieces = read_labelled(part.text)
        if pieces:
            self._keep(pieces, part.mark)
            return 1
        if not self._outline.at_edge(at):
            return 0
        if opens_with_day(part.text.strip("[]()（）【】 ")) == len(part.text.strip("[]()（）【】 ")) > 0:
            self._keep(
                (Labelled(LabelKind.DATE, part.text, values=_as_values(read_day(part.text.strip("[]()（）【】 ")))),)
            )
            return 1
        if is_address(part.text):
            self._keep((Labelled(LabelKind.LINK, part.text, values=(part.text,)),))
            return 1
        return self._take_label_and_value(at)

    def _take_label_and_value(self, at: int) -> int:
        """Read ``Topics`` / ``University News``, as pages print them in two lines."""
        part = self._lines[at]
        label = label_alone(part.text)
        if label is None:
            return 0
        value = self._lines[at + 1] if at + 1 < len(self._lines) else None
        if value is not None and value.kind in {PartKind.TEXT, PartKind.ITEM} and at + 1 != self._headline:
            printed = f"{part.printed}\n{value.printed}"
            whole = (
                None if label_alone(value.text) or read_labelled(value.text) else with_value(label, value.text, printed)
            )
            if whole is not None:
                self._keep((whole,))
                return 2 + (self._take_more_topics(at + 2) if whole.kind is LabelKind.TOPICS else 0)
        if label.kind is LabelKind.VIEWS or part.mark or part.text.rstrip().endswith((":", "：")):
            self._boilerplate.append(part.printed)
            return 1
        return 0

    def _take_more_topics(self, at: int) -> int:
        """Read further topics, one a line, where another label closes the list."""
        more: list[Labelled] = []
        for part in self._lines[at : at + _MOST_TOPIC_LINES]:
            if label_alone(part.text) or read_labelled(part.text):
                self._keep(more)
                return len(more)
            if part.kind not in {PartKind.TEXT, PartKind.ITEM} or is_furniture(part.text, at_edge=True):
                return 0
            if ends_sentence(part.text) or len(part.text) > _LONGEST_CAPTION_LINE:
                return 0
            more.append(Labelled(LabelKind.TOPICS, part.printed, values=(part.text,)))
        return 0

    def _keep(self, pieces: Sequence[Labelled], mark: str = "") -> None:
        """File labelled pieces under what they tell; what tells nothing is boilerplate."""
        for number, piece in enumerate(pieces):
            printed = f"{mark} {piece.printed}" if mark and number == 0 else piece.printed
            told = bool(piece.values)
            if piece.kind is LabelKind.CREDIT:
                self._keep_credit(piece)
            elif piece.kind is LabelKind.TOPICS:
                self._topics += piece.values
            elif piece.kind is LabelKind.DATE and told:
                self._date = self._date or piece.values[0]
            elif piece.kind is LabelKind.LINK:
                self._url = self._url or piece.values[0]
            (self._particulars if told else self._boilerplate).extend(
                line for line in (line.strip() for line in printed.split("\n")) if line
            )

    def _keep_credit(self, piece: Labelled) -> None:
        if piece.step == "source" and is_address(piece.values[0]):
            self._url = self._url or piece.values[0]
            return
        self._credits.append(Credit(piece.step, piece.label, piece.values))

    def _take_furniture(self, at: int) -> int:
        part = self._lines[at]
        before = at < self._headline
        known = is_furniture(part.text, before_headline=before, at_edge=self._outline.at_edge(at))
        stray = (part.linked and self._outline.at_edge(at)) or (before and not is_prose_line(part)) or self._closed
        if not (known or stray or self._outline.continues_slogan(at)):
            return 0
        self._closed = self._closed or (at > max(self._outline.last_prose, self._headline) and is_closing(part.text))
        self._boilerplate.append(part.printed)
        return 1

    def _take_text(self, at: int) -> int:
        part = self._lines[at]
        if at == self._headline + 1 and part.text.startswith(("——", "—")) and not ends_sentence(part.text):
            part = replace(part, kind=PartKind.DECK)
        self._add_text(part)
        return 1

    def _add_text(self, part: Part) -> None:
        self._blocks.append(ReadBlock(_BLOCKS[part.kind], part.text))


def _as_values(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)
