"""Look at a picture file before it is taken into the archive: what it is, how large, and what it says of itself."""

import hashlib
from dataclasses import dataclass, field

from desktop_app.domain.story import Bilingual
from desktop_app.foundation.messages import N_, Message
from desktop_app.pictures.decoding import open_picture, orientation, upright_size
from desktop_app.pictures.embedded import read_embedded
from desktop_app.pictures.formats import recognise
from desktop_app.pictures.payload import payload


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is known of a picture file.

    ``sha256`` is the digest of its bytes, ``payload`` that of its pixels (see :mod:`.payload`). ``width`` and
    ``height`` are pixels after the orientation flag; ``date`` is an ISO day; ``warnings`` are sentences to show.
    """

    sha256: str
    payload: str
    mime: str
    suffix: str
    width: int
    height: int
    caption: Bilingual = Bilingual()
    alt: Bilingual = Bilingual()
    credit: str = ""
    rights: str = ""
    people: tuple[str, ...] = ()
    date: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: tuple[Message, ...] = ()


def inspect(data: bytes, name: str) -> Inspection:
    """Judge picture bytes by their content; ``name`` only names the file in a refusal.

    Pure, and safe from any thread: calls into Exiv2 queue behind one lock. Exiv2 is C++ fed with hostile bytes, so a
    crash of it is the one thing that cannot be caught here; a caller who imports whole folders does well
    to call this in a worker process.

    Raises:
        InputRefusedError: empty, over 200 MB, no picture, SVG, over 200 megapixels, or not decodable.
    """
    form = recognise(data, name)
    image = open_picture(data, form, name)
    width, height = upright_size(image.size, orientation(image))
    pixels = payload(data, form, name)
    embedded = read_embedded(data, form)
    warnings: list[Message] = []
    if not pixels.complete:
        warnings.append(N_("The file ends too early; the lower part of the picture is missing."))
    if not embedded.complete:
        warnings.append(N_("The captions and other data inside the file cannot be read; the picture itself can."))
    return Inspection(
        sha256=hashlib.sha256(data).hexdigest(),
        payload=pixels.digest,
        mime=form.mime,
        suffix=form.suffix,
        width=width,
        height=height,
        caption=embedded.caption,
        alt=embedded.alt,
        credit=embedded.credit,
        rights=embedded.rights,
        people=embedded.people,
        date=embedded.date,
        metadata=embedded.metadata,
        warnings=tuple(warnings),
    )
