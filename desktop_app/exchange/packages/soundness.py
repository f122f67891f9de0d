"""Whether the parts of a package fit together: ids are unique, what is named is there, statements name their texts."""

from collections.abc import Collection, Hashable, Iterable

from desktop_app.exchange.packages.contents import PackedStory, WorkPackage
from desktop_app.exchange.packages.tables import people_in
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message

_AGAIN = N_("Have the package sent again, or pack the stories once more.")
_OF_STORY = frozenset({"assignments", "embargoes"})  # one row a story


def check_package(package: WorkPackage, parts: Collection[str]) -> None:
    """Refuse a package whose values are sound one by one and make no sense together.

    Raises:
        InputRefusedError: the place names the part.
    """
    _once("people.json", (person.id for person in package.people))
    _once("people.json", (person.name.casefold() for person in package.people))
    _once("keys.json", (key.fingerprint for key in package.keys))
    _once("policies.json", ((one.policy.name, one.policy.version) for one in package.policies))
    _once("pictures.json", (packed.picture.id for packed in package.pictures))
    _once("pictures.json", (packed.picture.sha256 for packed in package.pictures))
    _once("terms.json", (term.id for term in package.terms))
    _once("manifest.json", (story.id for story in package.stories))
    _once("manifest.json", (story.slug for story in package.stories))
    stories = package.stories
    _once("stories", (block.id for story in stories for block in story.content.blocks))
    _once("stories", (segment.id for story in stories for segment in story.content.segments()))
    _once("stories", (signoff.id for story in stories for signoff in story.signoffs))
    _once("stories", (comment.id for story in stories for comment in story.comments))
    _once("stories", (note.id for story in stories for comment in story.comments for note in comment.notes))
    _once_by_table(stories)
    people = {person.id for person in package.people}
    _there("manifest.json", {package.made_by, package.made_for}, people)
    _there(
        "keys.json", (name for key in package.keys for name in (key.person, key.enrolled_by, key.retired_by)), people
    )
    pictures = {packed.picture.id for packed in package.pictures}
    for story in stories:
        _check_story(story, people, pictures)
    for packed in package.pictures:
        if f"pictures/{packed.picture.sha256}" not in parts:
            raise _refused(N_("A part is missing from the package."), f"pictures/{packed.picture.sha256}")
    masters = {f"pictures/{packed.picture.sha256}" for packed in package.pictures}
    for part in parts:
        if part.startswith("pictures/") and part not in masters:
            raise _refused(N_("A picture is in no catalogue entry."), part)


def _check_story(story: PackedStory, people: Collection[str], pictures: Collection[str]) -> None:
    place, facts = f"stories/{story.id}.json", story.facts
    _once(place, (version.number for version, _ in story.versions))
    _once(place, ((row["person"], row["major"], row["minor"], row["part"], row["field"])
                  for row in story.rows.get("accepted_changes", ())))  # fmt: skip
    named = {facts.drafter, facts.last_editor, facts.handed_editor, facts.kill_asked_by}
    named |= {facts.claim.person} if facts.claim is not None else set()
    named |= {person for person, _ in facts.drafters}
    named |= {version.person for version, _ in story.versions}
    named |= {name for signoff in story.signoffs for name in (signoff.person, signoff.withdrawn_by)}
    named |= {name for one in story.comments for name in (one.resolved_by, *(note.person for note in one.notes))}
    _there(place, named | people_in(story.rows), people)
    _there(place, (at.picture for at in story.content.placements()), pictures)
    texts = {version.number: version.digest for version, _ in story.versions}
    for signoff in story.signoffs:
        if texts.get(signoff.version) != signoff.digest:
            raise _refused(N_("A sign-off names a text that the package does not have."), f"{place}: {signoff.id}")
        if (signoff.withdrawn_at is None) != (signoff.withdrawn_by is None):
            raise _refused(N_("A value is not what it has to be."), f"{place}: {signoff.id}")
        if (signoff.key is None) != (signoff.signature is None):
            raise _refused(N_("A value is not what it has to be."), f"{place}: {signoff.id}")
        if (signoff.withdrawn_key is None) != (signoff.withdrawn_signature is None):
            raise _refused(N_("A value is not what it has to be."), f"{place}: {signoff.id}")
    if facts.released is not None and facts.released not in texts:
        raise _refused(N_("The version that is out is not in the package."), place)
    if max(texts, default=facts.version) > facts.version:
        raise _refused(N_("A version of a story is newer than the story."), place)


def _once_by_table(stories: Iterable[PackedStory]) -> None:
    seen: set[tuple[str, object]] = set()
    for story in stories:
        for table, rows in story.rows.items():
            if table in _OF_STORY and len(rows) > 1:
                raise _refused(N_("Two things in the package have one name."), f"stories/{story.id}.json: {table}")
            for row in rows:
                key = row.get("id") or row.get("segment") if table != "accepted_changes" else None
                if key is not None and (table, key) in seen:
                    raise _refused(N_("Two things in the package have one name."), f"stories/{story.id}.json: {key}")
                seen.add((table, key))


def _once(place: str, names: Iterable[Hashable]) -> None:
    seen: set[Hashable] = set()
    for name in names:
        if name in seen:
            raise _refused(N_("Two things in the package have one name."), f"{place}: {name}")
        seen.add(name)


def _there(place: str, names: Iterable[object], known: Collection[str]) -> None:
    for name in names:
        if name is not None and name not in known:
            raise _refused(N_("Something is named that is not in the package."), f"{place}: {name}")


def _refused(reason: Message, place: str) -> InputRefusedError:
    return InputRefusedError(reason, place=place, advice=_AGAIN)
