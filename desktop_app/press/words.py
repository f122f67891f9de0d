"""The words on a page that are not the story's own: what is needed, and the set in both languages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop_app.domain.story import Bilingual, StoryState
from desktop_app.domain.workflow import STATE_NAMES
from desktop_app.foundation.messages import N_, Message

# A value that stands for itself, so that the braces outlive the translation and are filled in on the page.
_NEEDED: dict[str, Message] = {
    "draft": N_("DRAFT – NOT APPROVED"),
    "embargo": N_("EMBARGOED until {until}", until="{until}"),
    "page": N_("Page {page} of {pages}", page="{page}", pages="{pages}"),
    "version": N_("Version {version}", version="{version}"),
    "digest": N_("Digest {digest}", digest="{digest}"),
    "signed": N_("Sign-off"),
    "signed_by": N_("Signed by"),
    "signed_at": N_("Time (UTC)"),
    "signed_version": N_("Version"),
    "signed_digest": N_("Digest"),
    "photo": N_("Photo: {credit}", credit="{credit}"),
    "not_linked": N_("picture not linked: {file}", file="{file}"),
    "unusable": N_("picture cannot be printed: {file}", file="{file}"),
}


@dataclass(frozen=True, slots=True)
class PageWords:
    """The page's own words in both languages; ``{braces}`` are filled in by the page."""

    draft: Bilingual
    embargo: Bilingual
    page: Bilingual
    version: Bilingual
    digest: Bilingual
    signed: Bilingual
    signed_by: Bilingual
    signed_at: Bilingual
    signed_version: Bilingual
    signed_digest: Bilingual
    photo: Bilingual
    not_linked: Bilingual
    unusable: Bilingual
    states: Mapping[StoryState, Bilingual]


def needed_words() -> dict[str, Message]:
    """Every message that a page needs, by the name of its field; others as ``state:approved``."""
    states = {f"state:{state.value}": name for state, name in STATE_NAMES.items()}
    return _NEEDED | states


def page_words(zh: Callable[[Message], str], en: Callable[[Message], str]) -> PageWords:
    """Translate all of them: give ``Catalog.text`` of the Chinese and of the English catalog."""

    def both(message: Message) -> Bilingual:
        return Bilingual(zh(message), en(message))

    return PageWords(
        **{name: both(message) for name, message in _NEEDED.items()},
        states={state: both(name) for state, name in STATE_NAMES.items()},
    )
