"""The words of a source or target without the inline codes in it: stories carry no mark-up.

The text in codes of the standard is kept (``g``, ``mrk``, ``sub``), native code goes (``ph``, ``bpt`` and the like). A
line break (``x`` of ctype ``lb``) becomes a space.
"""

from lxml import etree

from desktop_app.exchange.xml import local_name

_NATIVE_CODE = frozenset({"bpt", "ept", "it", "ph", "x", "bx", "ex"})


def words_of(element: etree._Element) -> str:
    """The words of an element, without the codes in it."""
    return (element.text or "") + "".join(words_inside(child) + (child.tail or "") for child in element)


def words_inside(element: etree._Element) -> str:
    """The words that an inline element stands for."""
    if local_name(element) not in _NATIVE_CODE:
        return words_of(element)
    if element.get("ctype") == "lb":
        return " "
    return "".join(words_of(sub) for sub in element if local_name(sub) == "sub")
