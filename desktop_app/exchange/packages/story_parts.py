"""A story as a part of a work package: written as plain data, and read value by value."""

import re
from typing import Any

from desktop_app.domain.comments import Comment, Note, Side
from desktop_app.domain.digest import content_digest, to_plain
from desktop_app.domain.drafting import Part
from desktop_app.domain.records import Version
from desktop_app.domain.signoff import Claim, SignOff
from desktop_app.domain.story import Content, Credit, Languages, StoryState, VersionNumber
from desktop_app.exchange.packages.content_parts import read_content
from desktop_app.exchange.packages.contents import PackedStory, StoryFacts
from desktop_app.exchange.packages.plain import Plain
from desktop_app.exchange.packages.tables import read_rows
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_

_AGAIN = N_("Have the package sent again, or pack the stories once more.")
_NUMBER = re.compile(r"([0-9]{1,6})\.([0-9]{1,6})")
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")  # it names files: no folder, nothing hidden
_LANGUAGE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,34}")
_SIGNATURE = re.compile(r"[0-9a-f]{1,1024}")
_MAX_SLUG = 200


def story_data(story: PackedStory) -> dict[str, Any]:
    """A story as plain data; a base that is the text of now is left out."""
    return {
        "id": story.id,
        "slug": story.slug,
        "languages": [story.languages.source, story.languages.target],
        "story": dict(story.shape),
        "base": None if story.base == story.content else to_plain(story.base),
        "content": to_plain(story.content),
        "versions": [
            {
                "number": str(version.number),
                "digest": version.digest,
                "at": version.at,
                "person": version.person,
                "reason": version.reason,
                "content": to_plain(content),
            }
            for version, content in story.versions
        ],
        "signoffs": [_signoff_data(signoff) for signoff in story.signoffs],
        "facts": _facts_data(story.facts),
        "comments": [_comment_data(comment) for comment in story.comments],
        "rows": {table: [dict(row) for row in rows] for table, rows in story.rows.items()},
    }


_SIGNED = ("id", "step", "person", "at", "digest", "handed", "note")
_TAKEN_BACK = ("withdrawn_at", "withdrawn_by", "withdrawn_reason", "withdrawn_key", "withdrawn_signature")
_STATED = ("stated_version", "key", "signature", "policy", "policy_version", "kept")


def _signoff_data(signoff: SignOff) -> dict[str, Any]:
    row = {name: getattr(signoff, name) for name in (*_SIGNED, *_TAKEN_BACK, *_STATED)}
    return {**row, "version": str(signoff.version)}


def _facts_data(facts: StoryFacts) -> dict[str, Any]:
    claim = facts.claim
    return {
        "state": facts.state.value,
        "version": str(facts.version),
        "policy": facts.policy,
        "policy_version": facts.policy_version,
        "modified": facts.modified,
        "released": str(facts.released) if facts.released is not None else None,
        "released_after": facts.released_after,
        "correcting": str(facts.correcting) if facts.correcting is not None else None,
        "drafter": facts.drafter,
        "drafters": [list(one) for one in facts.drafters],
        "last_editor": facts.last_editor,
        "claim": [claim.step, claim.person, claim.handed] if claim is not None else None,
        "handed_editor": facts.handed_editor,
        "kill_asked_by": facts.kill_asked_by,
        "date": facts.date,
        "source_url": facts.source_url,
        "boilerplate": list(facts.boilerplate),
        "imported_credits": [[credit.step, credit.label, list(credit.names)] for credit in facts.imported_credits],
        "created_at": facts.created_at,
        "updated_at": facts.updated_at,
    }


def _comment_data(comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.id,
        "anchor": comment.anchor,
        "side": comment.side,
        "quote": comment.quote,
        "notes": [[note.id, note.person, note.at, note.text, note.changed_at] for note in comment.notes],
        "resolved_by": comment.resolved_by,
        "resolved_at": comment.resolved_at,
        "moved_to": comment.moved_to,
        "moved_offset": comment.moved_offset,
    }


def read_story(name: str, row: Plain) -> PackedStory:
    """Read the story that the manifest calls ``name``.

    Raises:
        InputRefusedError: a value is missing or of another kind, or a version's text is not the one that was signed.
    """
    slug = row["slug"].short(_MAX_SLUG)
    if row["id"].identity() != name or not _SLUG.fullmatch(slug):
        raise row["id"].refused()
    content = read_content(row["content"])
    return PackedStory(
        name,
        slug,
        _languages(row["languages"]),
        row["story"].mapping(),
        content if row["base"].value is None else read_content(row["base"]),
        content,
        tuple(_version(version) for version in row["versions"].items()),
        tuple(_signoff(signoff) for signoff in row["signoffs"].items()),
        _facts(row["facts"]),
        tuple(_comment(comment, name) for comment in row["comments"].items()),
        read_rows(row["rows"]),
    )


def _languages(row: Plain) -> Languages:
    source, target = (tag.short(35) for tag in row.fields(2))
    if not _LANGUAGE.fullmatch(source) or not _LANGUAGE.fullmatch(target):
        raise row.refused()
    return Languages(source, target)


def _version(row: Plain) -> tuple[Version, Content]:
    content, digest = read_content(row["content"]), row["digest"].digest()
    if content_digest(content) != digest:
        raise InputRefusedError(
            N_("The text of a version is not the one that its digest names."), place=row.place, advice=_AGAIN
        )
    at, person, reason = row["at"].moment(), row["person"].identity_or_none(), row["reason"].short()
    return Version(_number(row["number"]), digest, at, person, reason), content


def _number(row: Plain) -> VersionNumber:
    found = _NUMBER.fullmatch(row.text())
    if found is None:
        raise row.refused()
    return VersionNumber(int(found[1]), int(found[2]))


def _signoff(row: Plain) -> SignOff:
    return SignOff(
        row["id"].identity(),
        row["step"].short(64),
        row["person"].identity(),
        row["at"].moment(),
        row["digest"].digest(),
        row["handed"].digest(),
        _number(row["version"]),
        row["note"].text(),
        row["withdrawn_at"].or_none(Plain.moment),
        row["withdrawn_by"].identity_or_none(),
        row["withdrawn_reason"].text(),
        stated_version=str(stated) if (stated := row["stated_version"].or_none(_number)) is not None else None,
        key=row["key"].or_none(Plain.digest),
        signature=row["signature"].or_none(_signature),
        policy=row["policy"].or_none(lambda name: name.short(64)),
        policy_version=row["policy_version"].or_none(Plain.number),
        kept=row["kept"].or_none(lambda word: word.short(16)),
        withdrawn_key=row["withdrawn_key"].or_none(Plain.digest),
        withdrawn_signature=row["withdrawn_signature"].or_none(_signature),
    )


def _signature(row: Plain) -> str:
    if not _SIGNATURE.fullmatch(text := row.text()):
        raise row.refused()
    return text


def _facts(row: Plain) -> StoryFacts:
    return StoryFacts(
        state=row["state"].word(StoryState),
        version=_number(row["version"]),
        policy=row["policy"].short(64),
        policy_version=row["policy_version"].or_none(Plain.number),
        modified=row["modified"].flag(),
        released=row["released"].or_none(_number),
        released_after=row["released_after"].or_none(Plain.number),
        correcting=row["correcting"].or_none(_number),
        drafter=row["drafter"].identity_or_none(),
        drafters=tuple(_hand(one) for one in row["drafters"].items()),
        last_editor=row["last_editor"].identity_or_none(),
        claim=row["claim"].or_none(_claim),
        handed_editor=row["handed_editor"].identity_or_none(),
        kill_asked_by=row["kill_asked_by"].identity_or_none(),
        date=row["date"].or_none(lambda day: day.short(10)),
        source_url=row["source_url"].text_or_none(),
        boilerplate=row["boilerplate"].texts(),
        imported_credits=tuple(_credit(credit) for credit in row["imported_credits"].items()),
        created_at=row["created_at"].moment(),
        updated_at=row["updated_at"].moment(),
    )


def _hand(row: Plain) -> tuple[str, str]:
    person, part = row.fields(2)
    return person.identity(), part.word(Part).value


def _claim(row: Plain) -> Claim:
    step, person, handed = row.fields(3)
    return Claim(step.short(64), person.identity_or_none(), handed.digest())


def _credit(row: Plain) -> Credit:
    step, label, names = row.fields(3)
    return Credit(step.text(), label.text(), names.texts())


def _comment(row: Plain, story: str) -> Comment:
    side: Side = "source" if row["side"].text() == "source" else "target"
    if row["side"].value != side or not (notes := tuple(_note(note) for note in row["notes"].items())):
        raise row.refused()
    return Comment(
        row["id"].identity(),
        story,
        row["anchor"].identity(),
        side,
        row["quote"].text(),
        notes,
        row["resolved_by"].identity_or_none(),
        row["resolved_at"].or_none(Plain.moment),
        row["moved_to"].identity_or_none(),
        row["moved_offset"].number(),
    )


def _note(row: Plain) -> Note:
    identity, person, at, text, changed_at = row.fields(5)
    return Note(identity.identity(), person.identity(), at.moment(), text.text(), changed_at.or_none(Plain.moment))
