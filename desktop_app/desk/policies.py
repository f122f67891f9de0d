"""The policies that stories go by: those of the program and the house's own, every version of each.

The one way to a story's policy is ``policy_of``; a list reads ``known_policies`` once. Nothing that is stored here is
ever changed: saving makes the next version, and stories and sign-offs keep the version that they name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop_app.desk.desk import Desk
from desktop_app.domain.policy import POLICIES, Policy, PolicyBook
from desktop_app.foundation.errors import ArchiveUnavailableError, WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.store import people as people_store
from desktop_app.store import policies as store
from desktop_app.store.archive import Session
from desktop_app.store.models import StoryRow
from desktop_app.store.policies import Making

USUAL = "draft-revision"  # of an archive that names none
USUAL_FACT = "policy"


@dataclass(frozen=True, slots=True)
class PolicyShelf:
    """The policies of an archive as one looks them over.

    ``usual`` names the one that new stories go by. ``made`` says of each version of the house's own when it was made
    and by whom, ``stories`` how many stories go by each version.
    """

    book: PolicyBook
    usual: str
    made: Mapping[tuple[str, int], Making]
    stories: Mapping[tuple[str, int], int]


def known_policies(session: Session) -> PolicyBook:
    """All policies of the archive, in one short query."""
    return store.known(session)


def policy_of(session: Session, name: str, version: int | None) -> Policy:
    """The policy that a story or a sign-off names; None as the version is the first.

    Raises:
        ArchiveUnavailableError: the archive does not have it any more.
    """
    found = store.get(session, name, version or 1)
    if found is None:
        raise ArchiveUnavailableError(
            N_("The archive has lost version {version} of the policy “{name}”.", version=version or 1, name=name),
            advice=N_("“diptych verify” says what else was altered; go back to a backup."),
        )
    return found


def listed_policy(book: PolicyBook, name: str, version: int | None) -> Policy:
    """The same for a list, which goes on where a policy is lost: a stand-in under which nothing was signed."""
    return book.get(name, version) or replace(POLICIES[USUAL], name=name, version=-(version or 1))


def renew_policy(session: Session, row: StoryRow) -> None:
    """Let a story whose draft begins anew go by the newest version of its policy."""
    newest = known_policies(session).newest(row.policy)
    if newest is not None:
        row.policy_version = newest.version


def policies(desk: Desk) -> PolicyShelf:
    """The policies of an archive with what is known of each version."""
    with desk.archive.read() as session:
        return PolicyShelf(
            known_policies(session),
            people_store.fact(session, USUAL_FACT) or USUAL,
            store.makings(session),
            store.stories_by_policy(session),
        )


def find_policy(book: PolicyBook, name: str, version: int | None = None) -> Policy:
    """One version of a policy by name, the newest where none is asked for.

    Raises:
        WrongUsageError: there is no such policy or version.
    """
    found = book.newest(name) if version is None else book.get(name, version)
    if found is not None:
        return found
    versions = [str(one.version) for one in book.versions(name)]
    if versions:
        raise WrongUsageError(
            N_("The policy “{name}” has no version {version}.", name=name, version=version),
            advice=N_("Its versions are: {versions}.", versions=", ".join(versions)),
        )
    raise WrongUsageError(
        N_("There is no policy called “{name}”.", name=name),
        advice=N_("Choose one of: {names}.", names=", ".join(book.names())),
    )
