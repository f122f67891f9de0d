"""The names in a file from another program as people of this archive, where it is certain whom they mean."""

from collections.abc import Iterable, Iterator

from desktop_app.desk.returning import Told
from desktop_app.domain.name_forms import person_called
from desktop_app.domain.people import Person
from desktop_app.foundation.messages import N_


class FilePeople:
    """Gives every name in a file the id of the person, or itself where nobody, or several people, are called that."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._people = tuple(people)
        self._known: dict[str, str] = {}

    def key(self, name: str) -> str:
        """What a returned file calls whoever has this name."""
        if name not in self._known:
            found = person_called(name, self._people)
            self._known[name] = found.id if found is not None else " ".join(name.split())
        return self._known[name]

    @property
    def strangers(self) -> tuple[str, ...]:
        """The names that were asked for and are nobody's here."""
        known = {person.id for person in self._people}
        return tuple(sorted({key for key in self._known.values() if key and key not in known}))

    def told(self) -> Iterator[Told]:
        """What a plan says of the strangers."""
        for name in self.strangers:
            yield Told(
                N_("Nobody in this archive is called {person}; what they wrote comes home as nobody’s.", person=name)
            )
