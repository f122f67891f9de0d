"""The one JSON shape of a story: what import and show answer, and what a work package carries."""

from collections.abc import Iterable, Mapping
from typing import Any

from desktop_app.domain.people import Person
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.story import Bilingual, Block, Content, Credit, Story


def pair(text: Bilingual) -> dict[str, str]:
    """A text in both languages."""
    return {"zh": text.zh, "en": text.en}


def block_json(block: Block) -> dict[str, Any]:
    """One block: its segments, or the picture placed there."""
    if block.placement is None:
        return {
            "id": block.id,
            "kind": block.kind.value,
            "segments": [
                {
                    "id": segment.id,
                    "source": segment.source,
                    "target": segment.target,
                    "status": segment.status.value,
                    "locked": segment.locked,
                }
                for segment in block.segments
            ],
        }
    place = block.placement
    return {
        "id": block.id,
        "kind": block.kind.value,
        "picture": place.picture,
        "file": place.file,
        "caption": pair(place.caption),
        "alt": pair(place.alt),
        "credit": place.credit,
        "rights": place.rights,
    }


def credit_json(credit: Credit) -> dict[str, Any]:
    """One credit."""
    return {"step": credit.step, "label": credit.label, "names": list(credit.names)}


def signoff_json(signoff: SignOff, person: Person | None, *, valid: bool) -> dict[str, Any]:
    """One sign-off; ``person`` is a name, and ``withdrawn`` tells when and why it was taken back.

    ``kept`` says of one that came home and never counts here why (``domain.homecoming.Kept``).
    """
    withdrawn = {"at": signoff.withdrawn_at, "reason": signoff.withdrawn_reason} if signoff.withdrawn_at else None
    return {
        "step": signoff.step,
        "person": person.name if person else signoff.person,
        "at": signoff.at,
        "digest": signoff.digest,
        "version": str(signoff.version),
        "note": signoff.note,
        "valid": valid,
        "withdrawn": withdrawn,
        "kept": signoff.kept,
        "key": signoff.key,
        "signature": signoff.signature,
    }


def story_json(
    story: Story,
    *,
    credits: Iterable[Credit],
    signoffs: Iterable[dict[str, Any]] = (),
    people: Mapping[str, Person] | None = None,
    findings: int = 0,
    content: Content | None = None,
) -> dict[str, Any]:
    """A whole story. ``content`` shows another version's text than the current one."""
    shown = story.with_content(content) if content is not None else story
    names = people or {}

    def name(person: str | None) -> str | None:
        return names[person].name if person is not None and person in names else None

    return {
        "id": story.id,
        "slug": story.slug,
        "state": story.state.value,
        "version": str(story.version),
        "policy": story.policy,
        "policy_version": story.policy_version,
        "languages": {"source": story.languages.source, "target": story.languages.target},
        "headline": pair(shown.headline()),
        "blocks": [block_json(block) for block in shown.content.blocks],
        "credits": [credit_json(credit) for credit in credits],
        "byline": list(shown.content.byline),
        "dateline": shown.content.dateline,
        "topics": list(shown.content.topics),
        "date": story.date,
        "source_url": story.source_url,
        "boilerplate": list(story.boilerplate),
        "drafter": name(story.drafter),
        "claimed_by": name(story.claimed_by),
        "signoffs": list(signoffs),
        "findings": findings,
    }
