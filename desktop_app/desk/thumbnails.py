"""Small pictures of the masters, from the cache; for lists, which want nothing else of the pictures."""

from platformdirs import user_cache_path

from desktop_app.desk.desk import Desk
from desktop_app.pictures.originals import ThumbnailCache


def thumbnail_cache() -> ThumbnailCache:
    """The cache of thumbnails: of this user, beside no archive, so that reading an archive never writes to it."""
    return ThumbnailCache(user_cache_path("diptych", appauthor=False) / "thumbnails")


def thumbnail(desk: Desk, sha256: str, edge: int) -> bytes:
    """A picture's thumbnail as JPEG or PNG bytes, at most ``edge`` pixels long.

    Raises:
        ArchiveUnavailableError: the master is missing or altered.
        InputRefusedError: it cannot be decoded.
    """
    return thumbnail_cache().fetch(sha256, edge, lambda: desk.originals.read(sha256))
