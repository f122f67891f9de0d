"""What one segment or picture said over time, told by command."""

from dataclasses import asdict

from rich.table import Table

from desktop_app.cli.console import Console
from desktop_app.desk.part_history import part_history
from desktop_app.desk.stories import open_story, story_history
from desktop_app.desk.wordings import wordings
from desktop_app.domain.comments import place_numbers
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.ids import moment
from desktop_app.foundation.messages import N_, Message

_STATUSES = {
    "untranslated": N_("Untranslated"),
    "draft": N_("Draft"),
    "confirmed": N_("Confirmed"),
    "revised": N_("Revised"),
    "signed off": N_("Signed off"),
    "rejected": N_("Rejected"),
}


def tell_wordings(console: Console, story: str, place: str) -> None:
    """Say what the texts of one segment or picture said over time, the oldest first.

    Of a text that nobody changed it says since which version it stands.

    Raises:
        WrongUsageError: there is no such story, segment or picture.
    """
    with console.desk() as desk:
        file = open_story(desk, story)
        numbers = place_numbers(file.story.content)
        by_number = {str(number): key for key, number in numbers.items()}
        part = by_number.get(place, place)
        found = wordings(desk, file.story.id, part)
        untouched = [one for one in part_history(desk, file.story.id, part).worded if one.stands and one.version]
        froze = {version.at: version.person for version in story_history(desk, file.story.id)[0]}
    if not found and place not in numbers and place not in by_number:
        raise WrongUsageError(
            N_("There is no segment “{place}” in this story.", place=place),
            subject=file.story.slug,
            advice=N_("Give the id or the number of one; “diptych show {story}” shows them.", story=file.story.slug),
        )
    names = {key: person.name for key, person in file.people.items()}
    begun: set[str] = set()
    who: list[str | None] = []  # of what stood before the first known change: who froze it
    for one in found:
        who.append(names.get((one.person or (froze.get(one.at) if one.field not in begun else "")) or ""))
        begun.add(one.field)
    answer = [{**asdict(one), "person": name} for one, name in zip(found, who, strict=True)]
    rows = [
        (
            moment(one.at).astimezone().strftime("%Y-%m-%d %H:%M"),
            name or "",
            console.text(_STATUSES[one.status]) if one.status in _STATUSES else one.field,
            one.text,
        )
        for one, name in zip(found, who, strict=True)
    ]
    stands = [
        {
            "field": one.field, "text": one.text, "version": one.version, "at": one.author.at,
            "person": names.get(one.author.person or ""),
        }
        for one in untouched
    ]  # fmt: skip
    told: list[Message | Table] = [
        N_("Since version {version} ({when}), and nobody has changed it: {text}", version=one.version, text=one.text,
           when=moment(one.author.at).astimezone().strftime("%Y-%m-%d %H:%M"))
        for one in untouched
    ]  # fmt: skip
    if rows:
        told.append(console.table(N_("When"), N_("Who"), N_("Status"), N_("Text"), rows=rows))
    console.answer({"wordings": answer, "stands": stands}, *(told or [N_("Nothing has been written here yet.")]))
