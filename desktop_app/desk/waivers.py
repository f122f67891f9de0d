"""Setting findings aside, with a reason, and taking that back.

A waiver holds for one finding in exactly the text that it was given for; whoever changes that text gets the finding
back. A waiver whose text or segment is gone stays as a record and does nothing.
"""

from collections.abc import Sequence

from desktop_app.desk.checking import Examined, Examiner, story_pairs
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.stories import open_story, story_row
from desktop_app.domain.findings import Finding, Waiver
from desktop_app.domain.people import Person
from desktop_app.domain.story import Story
from desktop_app.foundation.errors import NotAllowedError, WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.waiving import text_key
from desktop_app.store import stories as story_store
from desktop_app.store import waivers as store

MAX_REASON = 1000  # characters


def waive(
    desk: Desk, story: str, findings: Sequence[Finding], reason: str, *, by: Person
) -> tuple[list[Waiver], Changes]:
    """Set findings of a story aside, as the story is stored now. What is set aside already stays as it is.

    Raises:
        NotAllowedError: there is no reason.
        WrongUsageError: no such story, or a finding is about a segment that it does not have.
    """
    reason = " ".join(reason.split())
    if not reason or len(reason) > MAX_REASON:
        raise NotAllowedError(
            N_("A finding is set aside with a reason of 1 to {n} characters.", n=MAX_REASON),
            advice=N_("Say in a note why the text is right as it is."),
        )
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        held = story_store.load(unit.session, row.id)
        assert held is not None, "the row is there, so the story is"
        pairs = list(story_pairs(held))
        parts = {pair.id for pair in pairs}
        given = {(one.check, one.segment, one.text): one for one in store.of_story(unit.session, row.id)}
        made: list[Waiver] = []
        for finding in findings:
            if finding.segment is not None and finding.segment not in parts:
                raise WrongUsageError(
                    N_("The story has no such segment any more."),
                    subject=row.slug,
                    advice=N_("Run the checks again, and set aside what they say of the text as it stands."),
                )
            key = (finding.check, finding.segment, text_key(pairs, finding))
            if key not in given:
                waiver = Waiver(desk.new_id(), row.id, finding.segment, finding.check, key[2], reason, by.id, unit.at)
                store.add(unit.session, waiver)
                given[key] = waiver
                made.append(waiver)
        if made:
            checks = sorted({waiver.check for waiver in made})
            ids = [waiver.id for waiver in made]
            name = ", ".join(checks)
            unit.record("finding waived", person=by.id, story=row.id, name=name, note=reason, waivers=ids)
        return made, Changes(stories=frozenset([row.id])) if made else Changes()


def lift(desk: Desk, waiver: str, *, by: Person) -> Changes:
    """Take a waiver back: its finding stands again.

    Raises:
        WrongUsageError: there is no such waiver.
    """
    with desk.archive.write() as unit:
        held = store.get(unit.session, waiver)
        if held is None:
            raise WrongUsageError(
                N_("There is no waiver “{id}”.", id=waiver),
                advice=N_("“diptych waive --list STORY” shows those of a story."),
            )
        store.remove(unit.session, waiver)
        unit.record(
            "waiver lifted", person=by.id, story=held.story, name=held.check, note=held.reason, waivers=[waiver]
        )
        return Changes(stories=frozenset([held.story]))


def waivers(desk: Desk, story: str | None = None) -> list[Waiver]:
    """The waivers of a story, or of the whole archive, in the order in which they were given.

    Raises:
        WrongUsageError: there is no such story.
    """
    with desk.archive.read() as session:
        return store.every(session) if story is None else store.of_story(session, story_row(session, story).id)


def findings_at(examined: Examined, story: Story, check: str, place: str) -> list[Finding]:
    """The standing findings of one check at one place: a segment's or picture's id, or its number from 1.

    Raises:
        WrongUsageError: the check finds nothing there.
    """
    keys = [key for block in story.content.blocks for key in ([s.id for s in block.segments] or [block.id])]
    segment = keys[int(place) - 1] if place.isascii() and place.isdigit() and 0 < int(place) <= len(keys) else place
    found = [one for one in examined.findings if one.check == check and one.segment == segment]
    if not found:
        raise WrongUsageError(
            N_("The check “{check}” finds nothing at “{place}”.", check=check, place=place),
            subject=story.slug,
            advice=N_("“diptych check {story}” shows what stands, with check and place.", story=story.slug),
        )
    return found


def waive_at(
    desk: Desk, story: str, check: str, place: str, reason: str, *, by: Person
) -> tuple[list[Waiver], Changes]:
    """Set aside what one check finds at one place, an id or a number.

    Raises:
        NotAllowedError: there is no reason.
        WrongUsageError: no such story, or the check finds nothing there.
    """
    held = open_story(desk, story).story
    found = findings_at(Examiner(desk).examine(held), held, check, place)
    return waive(desk, held.id, found, reason, by=by)
