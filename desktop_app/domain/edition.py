"""An edition: one version of a story made ready to leave the house, with everything a writer needs and no more."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.domain.pictures import Picture
from desktop_app.domain.story import Bilingual, Content, Credit, Story, VersionNumber


@dataclass(frozen=True, slots=True)
class SignedStep:
    """A sign-off as the world outside sees it: names and words instead of ids. ``at`` is an ISO moment in UTC.

    ``label`` is the English wording of the credit, ``titles`` what the step is called in both languages.
    """

    step: str
    label: str
    person: str
    person_zh: str
    at: str
    digest: str
    version: VersionNumber
    titles: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """What is exported.

    ``story`` is the version's text. ``digest`` is that version's. ``credits`` and ``credits_zh`` are the lines of the
    page in both languages, made from the sign-offs (or those that came with a published page). ``signed`` are the
    sign-offs that count. ``draft`` says that the story is not approved, so that every page must be marked.
    ``previous`` is the draft as it was submitted, where the text changed since. ``pictures`` has the catalogue's
    record of every linked placement by picture id, ``files`` the bytes of its master by picture id.
    ``house`` names the archive (the office) for provider and copyright fields.
    ``embargo`` is the moment until which it must not be published, as an ISO moment in UTC, with its zone.
    """

    story: Story
    digest: str
    credits: tuple[Credit, ...] = ()
    credits_zh: tuple[Credit, ...] = ()
    signed: tuple[SignedStep, ...] = ()
    draft: bool = False
    previous: Content | None = None
    previous_version: VersionNumber | None = None
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    house: str = ""
    embargo: tuple[str, str] | None = None

    @property
    def pending(self) -> bool:
        """Whether it went out in an emergency, and a review of it is still to be given."""
        return any(credit.pending for credit in self.credits)
