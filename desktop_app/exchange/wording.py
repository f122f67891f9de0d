"""The wording of news pages in ``rules/pages.json``, and what can be told of a text by itself."""

import json
import re
from collections.abc import Mapping
from functools import cache

from desktop_app.domain.counts import has_han
from desktop_app.foundation.resources import resource

_FINAL_STOP = re.compile(r"[.!?。！？…][\"'”’»」』)）\]】]*$")
_ABBREVIATION = re.compile(r"\b(?:Ltd|Inc|Corp|Co|etc|Jr|Sr|No|Univ|Dept|[A-Z])\.$")
_LONGEST_CLOSE = 24  # a full stop and the quotation marks behind it; looking no further keeps long lines cheap
URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


@cache
def page_rules() -> Mapping[str, object]:
    """Read the wording from ``resources/rules/pages.json``."""
    found: dict[str, object] = json.loads(resource("rules", "pages.json").read_text(encoding="utf-8"))
    return found


def rule_words(section: str, name: str | None = None) -> tuple[str, ...]:
    """One list of the rules file, as it is written there."""
    found = page_rules()[section]
    if name is not None and isinstance(found, dict):
        found = found[name]
    return tuple(found) if isinstance(found, list) else ()


def is_prose(text: str) -> bool:
    """Whether a text is a paragraph of sentences: long enough and closed by a full stop."""
    return len(text) >= (20 if has_han(text) else 40) and ends_sentence(text)


def ends_sentence(text: str) -> bool:
    """Whether a text is closed by a full stop or its like; an abbreviation (``Co., Ltd.``) does not close it."""
    end = text[-_LONGEST_CLOSE:]
    return _FINAL_STOP.search(end) is not None and _ABBREVIATION.search(end) is None


def is_address(text: str) -> bool:
    """Whether a text is one web address and nothing else."""
    return URL.fullmatch(text) is not None
