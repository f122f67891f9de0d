"""The paragraphs of HTML from a clipboard: what a reader of the page sees, without lists' bullets and Word's own notes.

Browsers and Word write HTML in their own ways, seldom well formed; what stands here reads tags one after the other, in
one walk over the text whatever is in it.
"""

import re
from collections import Counter
from html import unescape

_BEGIN, _FINISH = "<!--StartFragment-->", "<!--EndFragment-->"
_SKIPPED = frozenset({"script", "style", "title", "textarea", "head", "xml", "noscript", "template", "select", "svg"})
_BLOCKS = frozenset({
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "blockquote",
    "pre", "section", "article", "header", "footer", "figure", "figcaption", "hr", "body", "form", "aside", "main",
    "nav", "address", "caption", "thead", "tbody", "center",
})  # fmt: skip
_CLOSED_BY_NEXT = frozenset({"p", "li", "dt", "dd"})
_VOID = frozenset(
    {"br", "hr", "img", "wbr", "meta", "link", "input", "col", "base", "source", "area", "embed", "param"}
)
_CELLS = frozenset({"td", "th"})
# What Word and web pages keep in the text without showing it there, or show beside the text.
_HIDDEN_STYLES = (
    "mso-list:ignore", "display:none", "mso-hide:all", "mso-element:field-begin", "mso-element:field-separator",
    "mso-element:comment", "mso-element:footnote", "mso-element:endnote", "mso-element:header", "mso-element:footer",
    "mso-footnote-id", "mso-endnote-id", "mso-comment-reference",
)  # fmt: skip
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:]*)")
_STYLE = re.compile(r"""\bstyle\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_REFERENCE = re.compile(r"""\bclass\s*=\s*["']?[^"'>]{0,80}\b(?:reference|mso(?:comment|footnote))""", re.IGNORECASE)
_MARK = re.compile("[>\"']")
_BLANK = re.compile(r"[ \t\r\n\f]+")
_MOST_TAGS = 50_000  # a page with more is no passage that somebody pastes into a sentence
_LONGEST_BULLET = 4000  # characters of HTML that Word writes for the mark before an item
_LONGEST_TAG = 20_000  # characters that are looked at for a style; a picture within its tag may have millions


class _Paragraphs:
    """Gathers text into paragraphs, and knows which elements are open."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self._now: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._names: Counter[str] = Counter()
        self._hidden = 0
        self._breaks = 0

    def text(self, text: str) -> None:
        """Add what stands between two tags; a blank of the file is a space or, at a line's end, a line break."""
        if self._hidden or not text:
            return
        shown = unescape(_BLANK.sub(lambda run: "\n" if "\n" in run.group() else " ", text))
        if shown.strip(" \n"):
            self._breaks = 0
        self._now.append(shown)

    def finish(self) -> None:
        """End the paragraph."""
        text = "".join(self._now)
        self._now.clear()
        self._breaks = 0
        if text.strip():
            self.done.append(text)

    def start(self, name: str, tag: str) -> None:
        """An element begins."""
        if name == "br":
            self._on_break()
            return
        if name in _BLOCKS:
            if self._open and self._open[-1][0] in _CLOSED_BY_NEXT and (name == self._open[-1][0] or name != "ul"):
                self._pop()
            if not self._hidden:
                self.finish()
        elif name in _CELLS:
            self.text(" ")
        if name not in _VOID and not tag.endswith("/"):
            hidden = _is_hidden(name, tag)
            self._open.append((name, hidden))
            self._names[name] += 1
            self._hidden += hidden

    def end(self, name: str) -> None:
        """An element ends, and with it what is still open inside it."""
        if name in _BLOCKS and not self._hidden:
            self.finish()
        while self._names[name]:
            if self._pop() == name:
                return

    def _pop(self) -> str:
        name, hidden = self._open.pop()
        self._names[name] -= 1
        self._hidden -= hidden
        return name

    def _on_break(self) -> None:
        if self._hidden:
            return
        self._breaks += 1
        if self._breaks > 1:
            self.finish()
        else:
            self._now.append("\n")


def paragraphs_of_markup(markup: str) -> list[str]:
    """Return the paragraphs of ``markup`` in order, entities read, lines broken where ``<br>`` or the file breaks them.

    Nothing of what is hidden, of comments, scripts and styles. Two ``<br>`` one after the other end a paragraph. A page
    of more than 50,000 tags has none: its plain text must do.
    """
    html = _fragment(markup)
    small = html.lower()
    if len(small) != len(html):  # a capital that becomes two small letters would shift the rest
        small = html
    if html.count("<") > _MOST_TAGS:
        return []
    found = _Paragraphs()
    at = 0
    while (begin := html.find("<", at)) >= 0:
        found.text(html[at:begin])
        at = _after_tag(html, small, begin, found)
        if at < 0:
            break
    else:
        found.text(html[at:])
    found.finish()
    return found.done


def _fragment(markup: str) -> str:
    """The part between the marks that a clipboard puts round what was selected."""
    begin = markup.find(_BEGIN)
    if begin < 0:
        return markup
    end = markup.find(_FINISH, begin)
    return markup[begin + len(_BEGIN) : end if end >= 0 else len(markup)]


def _after_tag(html: str, small: str, begin: int, found: _Paragraphs) -> int:
    """Read the tag at ``begin``; return where the text goes on, -1 where it never does."""
    if html.startswith("<!--", begin):
        return _behind(html, "-->", begin)
    if html.startswith(("<!", "<?"), begin):
        if small.startswith("<![if !supportlists]", begin):
            end = small.find("<![endif]", begin, begin + _LONGEST_BULLET)
            begin = end if end >= 0 else begin
        return _behind(html, ">", begin)
    name = _NAME.match(html, begin + 1)
    if name is None:
        found.text("<")
        return begin + 1
    end = _tag_end(html, name.end())
    if end < 0:
        return -1
    element = name.group(1).lower()
    if html[begin + 1] == "/":
        found.end(element)
    elif element in _SKIPPED and html[end - 1] != "/":
        close = small.find(f"</{element}", end)
        return _behind(html, ">", close) if close >= 0 else end + 1 if element == "head" else -1
    else:
        found.start(element, html[name.end() : min(end, name.end() + _LONGEST_TAG)])
    return end + 1


def _behind(html: str, mark: str, begin: int) -> int:
    end = html.find(mark, begin)
    return end + len(mark) if end >= 0 else -1


def _tag_end(html: str, at: int) -> int:
    """Where the ``>`` of a tag stands that is in no quoted value; -1 where there is none."""
    while (mark := _MARK.search(html, at)) is not None:
        if mark.group() == ">":
            return mark.start()
        at = html.find(mark.group(), mark.end()) + 1
        if not at:
            return -1
    return -1


def _is_hidden(name: str, tag: str) -> bool:
    if name == "del" or (name in {"sup", "a", "span"} and _REFERENCE.search(tag) is not None):
        return True
    style = _STYLE.search(tag)
    if style is None:
        return False
    value = re.sub(r"\s", "", style.group(1) or style.group(2) or "").lower()
    return any(word in value for word in _HIDDEN_STYLES)
