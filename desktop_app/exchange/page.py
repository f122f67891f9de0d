"""A page, and how the lines of one are understood: headline, paragraphs, pictures, credits, furniture.

Readers turn their format into ``Part`` values in reading order; ``understand`` makes the ``Page``. It is one module
because every rule here looks at the same thing, the place of a line among its neighbours.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop_app.domain.counts import han_characters, has_han
from desktop_app.domain.story import BlockKind, Credit
from desktop_app.exchange.credits import (
    LabelKind,
    Labelled,
    ends_sentence,
    is_address,
    is_closing,
    is_furniture,
    is_prose,
    is_site_name,
    is_slogan,
    label_alone,
    read_labelled,
    rule_words,
    with_value,
)
from desktop_app.exchange.dates import opens_with_day, read_day
from desktop_app.exchange.limits import check_blocks
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """One part of a page in reading order: text blocks have ``text``, pictures ``file``, ``caption`` and ``alt``.

    ``alt`` is empty where the page merely repeats the file name.
    """

    kind: BlockKind
    text: str = ""
    file: str = ""
    caption: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page, understood. Every visible character of it is in a block, in ``particulars`` or in ``boilerplate``.

    ``particulars`` are the lines, as printed, that credits, topics, date and address were read from;
    ``boilerplate`` are those that are no part of the story. ``date`` is an ISO 8601 day.
    """

    language: str
    blocks: tuple[ReadBlock, ...]
    credits: tuple[Credit, ...] = ()
    topics: tuple[str, ...] = ()
    date: str | None = None
    source_url: str | None = None
    boilerplate: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    particulars: tuple[str, ...] = ()


class PartKind(StrEnum):
    """What a format itself says about one of its lines."""

    TEXT = "text"
    TITLE = "title"
    HEADING = "heading"
    DECK = "deck"
    ITEM = "item"
    QUOTATION = "quotation"
    PICTURE = "picture"
    CAPTION = "caption"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Part:
    """One line or paragraph before it is understood.

    ``mark`` is a printed bullet; ``centred`` and ``linked`` (nothing but links) are how it looks; ``glued`` says that
    it stands in the same paragraph as the picture before it; ``titled`` that its element is named like a headline.
    """

    kind: PartKind
    text: str = ""
    mark: str = ""
    file: str = ""
    alt: str = ""
    centred: bool = False
    linked: bool = False
    glued: bool = False
    titled: bool = False

    @property
    def printed(self) -> str:
        """The line as it stands on the page."""
        return f"{self.mark} {self.text}" if self.mark else self.text


_FILE_NAME = re.compile(
    r"(?P<file>(?P<stem>[^\\/:*?\"<>|\n，。；：！？、,;]{1,80}?)\.(?:jpe?g|png|gif|webp|tiff?|bmp))(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_PICTURE_WORD = re.compile(r"\d|img|dsc|photo|image|picture|pic|figure|图|照片|截图", re.IGNORECASE)
_LONGEST_HEADLINE = {"zh": 80, "en": 250}
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
_WRITTEN = frozenset(_BLOCKS)


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


def split_picture(text: str) -> tuple[str, str] | None:
    """Part a line that opens with a picture's file name into the name and the caption glued to it."""
    match = _FILE_NAME.match(text)
    if match is None:
        return None
    stem, rest = match["stem"], match["rest"]
    if stem != stem.strip() or (" " in stem and not _is_spaced_name(stem, rest)):
        return None
    if len(stem) > 24 and has_han(stem):
        return None
    return match["file"], rest.strip()


def understand(
    parts: Sequence[Part],
    *,
    language: str | None = None,
    declared_language: str | None = None,
    title: str = "",
    date: str | None = None,
    source_url: str | None = None,
) -> Page:
    """Make a page of its lines.

    ``title``, ``date`` and ``source_url`` are what a format says outside the text (an HTML head): the title helps to
    find the headline, the others count where the text itself names none.

    Raises:
        InputRefusedError: there is no headline, or there are far too many paragraphs.
    """
    lines = _with_pictures(parts)
    check_blocks(len(lines))
    spoken = "".join(part.text for part in lines if part.kind is not PartKind.FURNITURE)
    language = language or language_of(spoken, declared_language)
    return _Reading(lines, language, title).page(date, source_url)


def _is_spaced_name(stem: str, rest: str) -> bool:
    """Whether words before ``.jpg`` are a file's name and not the opening of a sentence."""
    if len(stem.split()) > 5 or len(stem) > 50:
        return False
    return not rest.strip() or _PICTURE_WORD.search(stem) is not None


def _with_pictures(parts: Sequence[Part]) -> list[Part]:
    """Part file names from the captions glued to them."""
    lines: list[Part] = []
    for part in parts:
        text = part.text.strip()
        if part.kind not in _WRITTEN and part.kind is not PartKind.PICTURE and not text:
            continue
        found = split_picture(text) if part.kind in {PartKind.TEXT, PartKind.ITEM} else None
        if found is None:
            if text or part.kind is PartKind.PICTURE:
                lines.append(replace(part, text=text))
            continue
        while found is not None:
            file, text = found
            lines.append(Part(PartKind.PICTURE, file=file))
            found = split_picture(text)
        if text:
            lines.append(Part(PartKind.CAPTION, text))
    return lines


class _Reading:
    """One pass over the lines of a page, each judged by what it says and where it stands."""

    def __init__(self, lines: list[Part], language: str, title: str) -> None:
        self._lines = lines
        self._language = language
        prose = [n for n, part in enumerate(lines) if self._is_prose(part) and not self._continues_slogan(n)]
        self._first_prose = prose[0] if prose else len(lines)
        self._headline = self._find_headline(title)
        self._last_prose = prose[-1] if prose else self._headline
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

    # Where a line stands

    @staticmethod
    def _is_prose(part: Part) -> bool:
        return (
            part.kind in {PartKind.TEXT, PartKind.ITEM, PartKind.QUOTATION}
            and not part.linked
            and is_prose(part.text)
            and not is_furniture(part.text, before_headline=True, at_edge=True)
        )

    def _at_edge(self, at: int) -> bool:
        return at < self._first_prose or at > self._last_prose

    def _find_headline(self, title: str) -> int:
        """By element, by the page's own title, by the element's name, by heading, and last by position."""
        lines = self._lines
        for fits in (
            lambda n: lines[n].kind is PartKind.TITLE,
            lambda n: len(lines[n].text) >= 4 and _squeezed(title).startswith(_squeezed(lines[n].text)),
            lambda n: lines[n].titled,
            lambda n: lines[n].kind is PartKind.HEADING and n < self._first_prose,
            lambda n: lines[n].kind is PartKind.TEXT and n < self._first_prose,
        ):
            found = [n for n in range(len(lines)) if fits(n) and self._can_be_headline(n)]
            if found:
                named = [n for n in found if title and _squeezed(title).startswith(_squeezed(lines[n].text))]
                plain = [n for n in found if not lines[n].linked and not is_site_name(lines[n].text)]
                return (named or plain or found)[0]
        raise InputRefusedError(
            N_("No headline was found."),
            place=N_("first lines"),
            advice=N_("Put the headline on a line of its own above the text, without a full stop, and try again."),
        )

    def _can_be_headline(self, at: int) -> bool:
        part = self._lines[at]
        text = part.text
        longest = _LONGEST_HEADLINE["zh" if has_han(text) else "en"]
        if part.kind not in {PartKind.TITLE, PartKind.TEXT, PartKind.HEADING} or not text or len(text) > longest:
            return False
        if part.kind is PartKind.TITLE:
            return not is_furniture(text, before_headline=True)
        if is_furniture(text, before_headline=True, at_edge=True) or self._continues_slogan(at):
            return False
        if part.mark or part.linked or read_labelled(text) or opens_with_day(text) == len(text) or is_address(text):
            return False
        alone = label_alone(text)
        return alone is None and not text.endswith(("。", "；", ";", "，", ",")) and not _has_full_stop(text)

    def _continues_slogan(self, at: int) -> bool:
        """Whether this line is the second half of a slogan: ``… social science, art,`` / ``faculty and staff …``."""
        return (
            at > 0
            and is_slogan(self._lines[at - 1].text)
            and not ends_sentence(self._lines[at - 1].text)
            and (self._lines[at].text[:1].islower() or self._lines[at - 1].text.endswith((",", "，", "、")))
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
        alt = "" if _squeezed(part.alt) in {_squeezed(part.file), _squeezed(part.file.rpartition(".")[0])} else part.alt
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
        if not self._at_edge(at):
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
        known = is_furniture(part.text, before_headline=before, at_edge=self._at_edge(at))
        stray = (part.linked and self._at_edge(at)) or (before and not self._is_prose(part)) or self._closed
        if not (known or stray or self._continues_slogan(at)):
            return 0
        self._closed = self._closed or (at > max(self._last_prose, self._headline) and is_closing(part.text))
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


def _squeezed(text: str) -> str:
    """The text without its spaces, in small letters, for comparison."""
    return re.sub(r"\s+", "", text).casefold()


def _has_full_stop(text: str) -> bool:
    return ends_sentence(text) and text.rstrip("\"'”’»」』)）]】").endswith((".", "。"))


def _as_values(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)
