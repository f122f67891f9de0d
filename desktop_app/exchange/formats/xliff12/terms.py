"""The words that our XLIFF 1.2 files use, and what they stand for; reader and writer look here."""

from desktop_app.domain.story import BlockKind, SegmentStatus

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
TOOL = "diptych"
FACT = "diptych:"
CREDITS_NOTE = f"{FACT}credits"
DRAFT = "draft"
APPROVED = "approved"
CAPTION = "caption"
ALT = "x-alt"

# The states that go with approved="yes", and no others.
APPROVED_STATES = frozenset({"final", "signed-off"})
_STATES = {
    SegmentStatus.UNTRANSLATED: "needs-translation",
    SegmentStatus.DRAFT: "needs-review-translation",
    SegmentStatus.REJECTED: "needs-review-translation",
    SegmentStatus.CONFIRMED: "translated",
    SegmentStatus.REVISED: "translated",
    SegmentStatus.SIGNED_OFF: "signed-off",
}


def state_of(status: SegmentStatus, *, draft: bool) -> tuple[str, str]:
    """The pair of ``approved`` and ``state`` for a segment; they are never set one without the other.

    In an approved story whatever has words is final. A gap stays ``needs-translation`` even there.
    """
    if status is not SegmentStatus.UNTRANSLATED and not draft:
        return "yes", "final"
    state = _STATES[status]
    return ("yes" if state in APPROVED_STATES else "no"), state


def restype_of(kind: BlockKind) -> str:
    """The kind of a block, as the ``restype`` of its group."""
    return f"x-{kind.value.replace(' ', '-')}"


KINDS = {restype_of(kind): kind for kind in BlockKind} | {
    "heading": BlockKind.SUBHEADING,
    "listitem": BlockKind.LIST_ITEM,
    "x-h1": BlockKind.HEADLINE,
    "x-title": BlockKind.HEADLINE,
}
