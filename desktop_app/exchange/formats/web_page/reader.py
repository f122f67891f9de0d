"""From the bytes of a web page to its lines."""

import re

from lxml import etree

from desktop_app.exchange.encoding import decode, looks_like_text
from desktop_app.exchange.formats.web_page.head import declared_address, declared_day, declared_language, title
from desktop_app.exchange.formats.web_page.walk import Walk, too_deep
from desktop_app.exchange.limits import MAX_ELEMENTS, Deadline, check_size
from desktop_app.exchange.page import Page
from desktop_app.exchange.reading import understand
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_

_META_CHARSET = re.compile(rb"<meta[^>]+?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]+?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]+)")
_LOOKS_LIKE_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>])|.{0,600}<html[\s>]",
    re.IGNORECASE | re.DOTALL,
)


class WebPageReader:
    """Reads ``.html``: the page's words in their order, with what the elements say about them."""

    id = "html"
    suffixes = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp")

    def sniff(self, data: bytes) -> bool:
        """Whether the bytes open like an HTML page, in any Unicode encoding."""
        head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
        return looks_like_text(data) and _LOOKS_LIKE_HTML.match(head) is not None

    def read(self, data: bytes, name: str, language: str | None = None) -> Page:  # noqa: ARG002 - the protocol's
        """Understand a web page; see ``Reader.read``."""
        check_size(len(data))
        deadline = Deadline()
        declared = _META_CHARSET.search(data[:8192]) or _XML_CHARSET.match(data)
        text = decode(data, declared=declared[1].decode("ascii") if declared else None)
        root = _parsed(text)
        return understand(
            Walk(root, deadline).parts,
            language=language,
            declared_language=declared_language(root),
            title=title(root),
            date=declared_day(root),
            source_url=declared_address(root),
            deadline=deadline,
        )


def _parsed(text: str) -> etree._Element:
    """Parse leniently, as browsers do, but refuse what the parser had to cut off."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True
    )
    root: etree._Element | None
    try:
        root = etree.fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise _no_page() from error
    for entry in parser.error_log:
        if "XML_PARSE_HUGE" in entry.message or "huge" in entry.message.lower():
            raise too_deep(entry.line)
    if root is None:
        raise _no_page()
    if sum(1 for _ in zip(range(MAX_ELEMENTS + 1), root.iter(), strict=False)) > MAX_ELEMENTS:
        raise InputRefusedError(
            N_("The page has more than {limit} elements.", limit=MAX_ELEMENTS),
            advice=N_("Copy the story's text from the browser into a text file and import that."),
        )
    return root


def _no_page() -> InputRefusedError:
    return InputRefusedError(
        N_("No web page was found in the file."),
        advice=N_("Open it in a browser, save it again as a web page, and try again."),
    )
