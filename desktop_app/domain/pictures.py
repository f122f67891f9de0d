"""A catalogued photograph: its master file by digest, and what is known about it in both languages."""

from dataclasses import dataclass, field

from desktop_app.domain.story import Bilingual


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of the catalogue.

    ``sha256`` names the master in ``originals/``; ``payload`` is the digest of its pixels alone. ``width`` and
    ``height`` are pixels after the orientation flag. ``date`` is an ISO day. ``metadata`` is what the file says.
    """

    id: str
    sha256: str
    payload: str
    file: str
    mime: str
    width: int
    height: int
    caption: Bilingual = Bilingual()
    alt: Bilingual = Bilingual()
    credit: str = ""
    rights: str = ""
    people: tuple[str, ...] = ()
    date: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
