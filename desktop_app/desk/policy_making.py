"""Setting the house's policies: saving the next version, choosing the usual one, and putting a story under one."""

import json
from dataclasses import replace
from pathlib import Path

from desktop_app.desk.cataloguing import read_file
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.home import read_home
from desktop_app.desk.policies import USUAL_FACT, find_policy, known_policies
from desktop_app.desk.stories import story_file, story_row
from desktop_app.domain.people import Person
from desktop_app.domain.policy import POLICIES, Policy, from_plain, may_set_policies, to_plain
from desktop_app.domain.workflow import may_change_policy
from desktop_app.foundation.errors import InputRefusedError, NotAllowedError, WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.language.checks import CHECKS
from desktop_app.store import people as people_store
from desktop_app.store import policies as store
from desktop_app.store.archive import Session

_MOST_POLICIES = 100
_MAX_BYTES = 1 << 20


def read_policy(path: Path) -> Policy:
    """Read a policy of a JSON file.

    Raises:
        InputRefusedError: it cannot be read, or no story could go by it; the error names the field.
    """
    data = read_file(path, _MAX_BYTES)
    try:
        return from_plain(json.loads(data))
    except (ValueError, RecursionError) as error:
        raise InputRefusedError(
            N_("This is not JSON: {why}", why=str(error)),
            subject=str(path),
            advice=N_("“diptych policy show” prints a policy as it is read."),
        ) from error
    except InputRefusedError as error:
        error.subject = error.subject or str(path)
        raise


def policy_text(policy: Policy) -> str:
    """Write a policy as the JSON that ``read_policy`` reads."""
    return json.dumps(to_plain(policy), ensure_ascii=False, indent=1)


def save_policy(desk: Desk, policy: Policy, *, by: Person | None) -> tuple[Policy, Changes]:
    """Save a house's policy as its next version, whatever number it comes with; return it as it was saved.

    Stories and sign-offs go on by the version that they name. Where it says what the newest version says, nothing is
    written.

    Raises:
        InputRefusedError: no story could go by it.
        WrongUsageError: it has the name of one of the program's, blocks by a check that does not exist, or there are
            too many.
        NotAllowedError: the person's role forbids it.
    """
    policy = from_plain(to_plain(policy))
    _require_own(policy)
    with desk.archive.write() as unit:
        require_ruler(unit.session, by)
        book = known_policies(unit.session)
        newest = book.newest(policy.name)
        if newest is None and len(book.names()) >= _MOST_POLICIES:
            raise WrongUsageError(
                N_("An archive has at most {n} policies.", n=_MOST_POLICIES),
                advice=N_("Save a new version of one that is there."),
            )
        if newest is not None and replace(policy, version=newest.version) == newest:
            return newest, Changes()
        saved = replace(policy, version=newest.version + 1 if newest is not None else 1)
        store.add(unit.session, saved, at=unit.at, person=by.id if by else None)
        unit.record(
            "policy saved",
            person=by.id if by else None,
            name=saved.name,
            version=str(saved.version),
            steps=[step.name for step in saved.steps],
        )
    return saved, Changes(policies=True)


def _require_own(policy: Policy) -> None:
    if policy.name in POLICIES:
        raise WrongUsageError(
            N_("“{name}” is a policy of the program and stays as it is.", name=policy.name),
            advice=N_("Give yours another name; it may begin as a copy."),
        )
    unknown = sorted(policy.blocking - {check.id for check in CHECKS})
    if unknown:
        raise WrongUsageError(
            N_("There is no check called “{name}”.", name=unknown[0]),
            subject="blocking",
            advice=N_("The checks are: {known}.", known=", ".join(check.id for check in CHECKS)),
        )


def set_usual_policy(desk: Desk, name: str, *, by: Person | None) -> Changes:
    """Let new stories go by the newest version of a policy; those that are there stay with theirs.

    Raises:
        WrongUsageError: there is no such policy.
        NotAllowedError: the person's role forbids it.
    """
    with desk.archive.write() as unit:
        require_ruler(unit.session, by)
        find_policy(known_policies(unit.session), name)
        if people_store.fact(unit.session, USUAL_FACT) == name:
            return Changes()
        people_store.set_fact(unit.session, USUAL_FACT, name)
        unit.record("usual policy set", person=by.id if by else None, name=name)
    return Changes(policies=True)


def use_policy(desk: Desk, story: str, name: str, *, by: Person | None) -> Changes:
    """Let a story go by the newest version of a policy, as long as its draft is open and no sign-off counts.

    Raises:
        WrongUsageError: there is no such story or policy.
        NotAllowedError: the story is past its draft, or the person's role forbids it.
    """
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        require_ruler(unit.session, by)
        file = story_file(unit.session, row)
        policy = find_policy(file.policies, name)
        if policy == file.policy:
            return Changes()
        reason = may_change_policy(file.situation)
        if reason is not None:
            raise NotAllowedError(
                N_("Not allowed: {reason}.", reason=reason),
                subject=row.slug,
                advice=N_("A story changes its policy while its draft is open: return it to its drafter first."),
            )
        row.policy, row.policy_version, row.updated_at = policy.name, policy.version, unit.at
        unit.record(
            "story policy set",
            person=by.id if by else None,
            story=row.id,
            name=policy.name,
            version=str(policy.version),
            **policy.reference(),
        )
    return Changes(stories=frozenset({row.id}), policies=True)


def require_ruler(session: Session, by: Person | None) -> None:
    """Refuse where a person's roles do not let them set policies; an archive without people lets everybody.

    A small archive goes by the policies that it was given: one of its own would mean nothing where its stories go home.

    Raises:
        NotAllowedError: with whom to ask.
    """
    home = read_home(session)
    if home is not None:
        raise NotAllowedError(
            N_("This small archive goes by the policies of {house}.", house=home.house),
            advice=N_("They are set there, and come along with the next work package."),
        )
    people = people_store.everybody(session)
    reason = may_set_policies(by, people)
    if reason is None:
        return
    able = [person.name for person in people if may_set_policies(person, people) is None]
    advice = N_("Ask one of: {names}.", names=", ".join(able)) if able else N_("Give somebody the role of an editor.")
    raise NotAllowedError(N_("Not allowed: {reason}.", reason=reason), advice=advice)
