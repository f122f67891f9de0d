"""Words of comments that are written and not posted: they stay until they are posted or given up."""

from dataclasses import dataclass, replace

from desktop_app.domain.comments import Side


@dataclass(frozen=True, slots=True)
class Draft:
    """A comment that is being written on a segment or picture."""

    anchor: str
    side: Side = "target"
    quote: str = ""
    text: str = ""


class Drafts:
    """All that is not posted in one story: new comments by anchor, answers by thread, new wordings by note."""

    def __init__(self) -> None:
        self.new: dict[str, Draft] = {}
        self.answers: dict[str, str] = {}
        self.wordings: dict[str, str] = {}

    def begun(self, anchor: str, side: Side, quote: str) -> Draft:
        """The draft on a segment: the one that was begun before, about these words where some are selected."""
        held = self.new.get(anchor, Draft(anchor, side, quote))
        return replace(held, side=side, quote=quote) if quote else held

    def keep(self, draft: Draft) -> None:
        """Keep a draft as long as it has words."""
        if draft.text.strip():
            self.new[draft.anchor] = draft
        else:
            self.new.pop(draft.anchor, None)

    def any(self) -> str:
        """The first words that are not posted, empty where there are none."""
        texts = [*(draft.text for draft in self.new.values()), *self.answers.values(), *self.wordings.values()]
        return next((text for text in texts if text.strip()), "")

    def clear(self) -> None:
        """Forget them all."""
        for kind in (self.new, self.answers, self.wordings):
            kind.clear()


def keep_text(kept: dict[str, str], key: str, text: str) -> None:
    """Keep words under a key, or forget them where none are left."""
    if text.strip():
        kept[key] = text
    else:
        kept.pop(key, None)
