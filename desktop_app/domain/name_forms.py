"""The ways in which a program writes a person's name, told apart from the names of others.

``LI Wei``, ``Wei Li``, ``li wei``, ``Li, Wei``, ``Lǐ Wěi``, ``李蔚`` and ``LI Wei 李蔚`` are one name; ``XIAOMING`` and
``Xiao-Ming`` are spelt alike. Nobody is named by half a name.
"""

import re
import unicodedata
from collections.abc import Iterable

from desktop_app.domain.people import Person

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af·]+")
_LETTERS = re.compile(r"[^\W\d_]+")


def person_called(name: str, people: Iterable[Person]) -> Person | None:
    """The one person whom a name means, None where it is nobody's or could be several people's."""
    latin, han = _latin(name), _han(name)
    if not latin and not han:
        return None
    found = [person for person in people if _is_called(person, latin, han)]
    return found[0] if len(found) == 1 else None


def _is_called(person: Person, latin: str, han: str) -> bool:
    """Whether whatever parts the name has are those of the person; two that contradict one another are nobody's."""
    own_han = {_han(person.zh), _han(person.name)} - {""}
    forms = _forms(person.name)
    if han and own_han and han not in own_han:
        return False
    if latin and forms and latin not in forms:
        return False
    return bool((han and han in own_han) or (latin and latin in forms))


def _han(name: str) -> str:
    return "".join(_HAN.findall(unicodedata.normalize("NFKC", name))).replace("·", "")


def _latin(name: str) -> str:
    """The letters of a name in one row, without accents, case and what stands between them."""
    return "".join(_words(name))


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", _HAN.sub(" ", unicodedata.normalize("NFKC", name)))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    return _LETTERS.findall(bare)


def _forms(name: str) -> set[str]:
    """The name with the family name before and behind the others; empty for one that has no Latin letters."""
    words = _words(name)
    turned = {"".join((*words[at:], *words[:at])) for at in (0, 1, len(words) - 1)}
    return turned - {""}
