"""Until when a story stays in: set or put off by one person, shortened or lifted by two, told in its own zone."""

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.home import require_at_home
from desktop_app.desk.stories import StoryFile, story_file, story_row
from desktop_app.desk.workflow import require
from desktop_app.domain import publication
from desktop_app.domain.people import Person
from desktop_app.domain.publication import Embargo, EmbargoWish
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.foundation.zones import told
from desktop_app.store import publication as store
from desktop_app.store.archive import Unit
from desktop_app.store.models import StoryRow


def set_embargo(desk: Desk, story: str, until: str, zone: str, *, by: Person, reason: str) -> Changes:
    """Hold a story back until a moment; one earlier than the embargo that holds waits for a second person.

    Raises:
        NotAllowedError: a version is out, the role forbids it, or there is no reason.
        WrongUsageError: the moment has passed.
    """
    with desk.archive.write() as unit:
        require_at_home(unit.session)
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        if until <= unit.at:
            raise WrongUsageError(
                N_("{moment} has passed.", moment=told(until, zone)), subject=row.slug,
                advice=N_("Give a moment to come, or lift the embargo (--lift)."),
            )  # fmt: skip
        now = file.publication.embargo
        if now is not None and now.holds(unit.at) and until < (now.until or ""):
            return _ask(unit, row, file, EmbargoWish(until, zone, reason.strip(), by.id, unit.at), by)
        wish = now.wish if now is not None else None
        require(lambda at, who, why: publication.may_set_embargo(at, who, why, wish), file, by, reason)
        store.put_embargo(unit.session, Embargo(row.id, until, zone, reason.strip(), by.id, unit.at))
        row.updated_at = unit.at
        unit.record("embargo set", person=by.id, story=row.id, until=until, zone=zone, note=reason.strip())
        return Changes(stories=frozenset({row.id}))


def lift(desk: Desk, story: str, *, by: Person, reason: str) -> Changes:
    """Ask to lift the embargo; a second person confirms it.

    Raises:
        NotAllowedError: the role forbids it, or there is no reason.
        WrongUsageError: there is no embargo to lift.
    """
    with desk.archive.write() as unit:
        require_at_home(unit.session)
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        now = file.publication.embargo
        if now is None or not now.holds(unit.at):
            raise WrongUsageError(
                N_("The story is not under embargo."), subject=row.slug, advice=N_("Nothing keeps it from going out.")
            )
        return _ask(unit, row, file, EmbargoWish(None, now.zone, reason.strip(), by.id, unit.at), by)


def _ask(unit: Unit, row: StoryRow, file: StoryFile, wish: EmbargoWish, by: Person) -> Changes:
    require(publication.may_shorten_embargo, file, by, wish.reason)
    now = file.publication.embargo
    assert now is not None, "only what holds can be shortened"
    store.put_embargo(unit.session, Embargo(row.id, now.until, now.zone, now.reason, now.person, now.at, wish))
    row.updated_at = unit.at
    unit.record(
        "embargo change asked for" if wish.until is not None else "embargo lifting asked for",
        person=by.id,
        story=row.id,
        until=wish.until,
        zone=wish.zone,
        note=wish.reason,
    )
    return Changes(stories=frozenset({row.id}))


def answer(desk: Desk, story: str, *, confirm: bool, by: Person, note: str = "") -> Changes:
    """Confirm, as the second person, that an embargo ends earlier, or refuse it; whoever asked takes it back so.

    Raises:
        NotAllowedError: nobody asked, the same person asked, or the role forbids it.
    """
    with desk.archive.write() as unit:
        require_at_home(unit.session)
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        now = file.publication.embargo
        wish = now.wish if now is not None else None
        require(lambda at, who, _note: publication.may_answer_embargo(at, who, wish, confirm=confirm), file, by, note)
        assert now is not None, "the guard has seen a wish"
        assert wish is not None, "the guard has seen a wish"
        kept = Embargo(row.id, now.until, now.zone, now.reason, now.person, now.at)
        changed = Embargo(row.id, wish.until, wish.zone, wish.reason, wish.person, wish.at)
        store.put_embargo(unit.session, changed if confirm else kept)
        row.updated_at = unit.at
        changed_to = "embargo changed" if wish.until is not None else "embargo lifted"
        unit.record(
            changed_to if confirm else "embargo change refused", person=by.id, story=row.id, until=wish.until,
            zone=wish.zone, asked_by=wish.person, note=note.strip(),
        )  # fmt: skip
        return Changes(stories=frozenset({row.id}))
