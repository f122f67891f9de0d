"""The words of an approval sheet that are not the story's, in both languages."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.domain.story import Bilingual, StoryState
from desktop_app.domain.workflow import STATE_NAMES
from desktop_app.foundation.messages import N_, Message

NEEDED: dict[str, Message] = {
    "draft": N_("DRAFT – NOT APPROVED"),
    "title": N_("Approval sheet"),
    "no_headline": N_("no headline in this language yet"),
    "slug": N_("Slug"),
    "version": N_("Version"),
    "not_frozen": N_("working text, no version yet"),
    "state": N_("State"),
    "policy": N_("Policy"),
    "policy_version": N_("version {n}", n="{n}"),
    "date": N_("Date"),
    "topics": N_("Topics"),
    "byline": N_("Byline"),
    "counts": N_("Extent"),
    "credits": N_("Page credits"),
    "notices": N_("To be noted"),
    "pictures": N_("Pictures and captions"),
    "no_caption": N_("no caption in this language"),
    "alt": N_("Alternative text: {text}", text="{text}"),
    "photo": N_("Photo: {credit}", credit="{credit}"),
    "not_linked": N_("picture not linked: {file}", file="{file}"),
    "unusable": N_("picture cannot be printed: {file}", file="{file}"),
    "steps": N_("Sign-offs"),
    "step": N_("Step"),
    "person": N_("Signed by"),
    "at": N_("Time"),
    "beijing": N_("Beijing time"),
    "signature": N_("Signature"),
    "waiting": N_("not signed"),
    "left out": N_("left out: released in an emergency, approved afterwards"),
    "approved afterwards": N_("Approved afterwards"),
    "no_signature": N_("without a signature"),
    "key": N_("key {fingerprint}", fingerprint="{fingerprint}"),
    "bad_signature": N_("the signature does not hold"),
    "note": N_("Note: {text}", text="{text}"),
    "history": N_("Sign-offs that count no more"),
    "withdrawn": N_("withdrawn {at} by {name}", at="{at}", name="{name}"),
    "reason": N_("Reason: {text}", text="{text}"),
    "stale": N_("stale: the text or an earlier step changed afterwards"),
    "kept": N_("came home from elsewhere and never counted here"),
    "older": N_("and {n} earlier ones, which the archive keeps", n="{n}"),
    "ink": N_("By hand"),
    "ink_name": N_("Full name"),
    "ink_remark": N_("Remarks"),
    "ink_signature": N_("Signature and date"),
    "digest": N_("Digest of the text (SHA-256)"),
    "code": N_("Code of this sheet"),
    "how": N_(
        "This sheet is about the very words that have this digest. Scan the square with a telephone and give its text "
        "to “Check a sheet…” or to “diptych verify --sheet”: the archive says whether they are the words, and whether "
        "the sign-offs still stand."
    ),
    "made": N_("as of {at} UTC", at="{at}"),
}  # fmt: skip


@dataclass(frozen=True)
class SheetWords:
    """Both catalogs, as the sheet needs them: what ``NEEDED`` names, and any message that comes with a story."""

    zh: Callable[[Message], str]
    en: Callable[[Message], str]

    def both(self, message: Message) -> Bilingual:
        """A message in both languages."""
        return Bilingual(self.zh(message), self.en(message))

    def word(self, name: str) -> Bilingual:
        """One of the sheet's own words."""
        return self.both(NEEDED[name])

    def state(self, state: StoryState) -> Bilingual:
        """What a state is called."""
        return self.both(STATE_NAMES[state])
