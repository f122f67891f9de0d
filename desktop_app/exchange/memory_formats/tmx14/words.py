"""The words of a ``seg``, without the codes in it."""

from collections.abc import Iterator

from lxml import etree

from desktop_app.exchange.limits import MAX_DEPTH, MAX_MEMORY_TEXT
from desktop_app.exchange.xml import line_of, unexplained_entity
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message

_CODES = frozenset({"bpt", "ept", "it", "ph", "ut", "sub"})
_BREAKS = frozenset({"lb", "pb", "cb"})  # TMX 1.4b, section 3.2: values of ``type``


def words_of(variant: etree._Element, space: str) -> str:
    """The words of a variant whose elements are in the namespace ``space``; empty where it has no ``seg``.

    Raises:
        InputRefusedError: the text is too long or too deep, or has an entity that nobody declared.
    """
    segment = variant[-1] if len(variant) else None  # the standard has it last, behind notes and properties
    if segment is None or segment.tag != f"{space}seg":
        segment = variant.find(f"{space}seg")
        if segment is None:
            return ""
    text = "".join(_words(segment, len(space), 0)) if len(segment) else segment.text or ""
    if len(text) > MAX_MEMORY_TEXT:
        raise _refused(
            N_("A text has {length} characters; at most {limit} can be read.", length=len(text), limit=MAX_MEMORY_TEXT),
            segment,
        )
    return text


def _words(element: etree._Element, space: int, depth: int) -> Iterator[str]:
    """The words of an element with children, ``space`` being the length of its namespace in braces."""
    if depth > MAX_DEPTH:
        raise _refused(N_("The file's elements are nested more than {limit} deep.", limit=MAX_DEPTH), element)
    yield element.text or ""
    for child in element:
        if child.tag is etree.Entity:
            raise unexplained_entity(line_of(child))
        if child.tag[space:] not in _CODES:
            yield from _words(child, space, depth + 1)
        elif child.get("type") in _BREAKS:
            yield " "
        yield child.tail or ""


def _refused(reason: Message, element: etree._Element) -> InputRefusedError:
    return InputRefusedError(
        reason,
        place=N_("line {n}", n=line_of(element)),
        advice=N_("Check that the file was made by a translation tool and is not damaged."),
    )
