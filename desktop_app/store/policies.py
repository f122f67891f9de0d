"""The house's policies, one row a version: written once, read for ever."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Text, func, select, type_coerce
from sqlalchemy.orm import Session

from desktop_app.domain.policy import POLICIES, Policy, PolicyBook, from_plain, to_plain
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.store.models import PolicyRow, StoryRow

_log = logging.getLogger(__name__)
# The text as it is stored: what was read once is not read again.
_CONTENT = type_coerce(PolicyRow.content, Text)


@dataclass(frozen=True, slots=True)
class Making:
    """When a version was made, and by whom; ``person`` is an id, ``at`` an ISO moment."""

    at: str
    person: str | None


def add(session: Session, policy: Policy, *, at: str, person: str | None) -> None:
    """Write a version that is not there yet."""
    session.add(PolicyRow(name=policy.name, version=policy.version, content=to_plain(policy), at=at, person=person))
    session.flush()


def get(session: Session, name: str, version: int) -> Policy | None:
    """One version of a policy; None where the archive has none, or none that can be read."""
    if name in POLICIES:
        return PolicyBook().get(name, version)
    query = select(_CONTENT).where(PolicyRow.name == name, PolicyRow.version == version)
    text = session.scalar(query)
    return _policy(name, version, text) if text is not None else None


def known(session: Session) -> PolicyBook:
    """All policies: those of the program, and every version of the house's own that can be read."""
    found = dict(PolicyBook().known)
    for name, version, text in session.execute(select(PolicyRow.name, PolicyRow.version, _CONTENT)):
        policy = _policy(name, version, text)
        if policy is not None and name not in POLICIES:
            found[name, version] = policy
    return PolicyBook(found)


def _policy(name: str, version: int, text: str) -> Policy | None:
    """The policy of a row; None where the row was altered until it is none any more, which ``verify`` reports."""
    policy = _read(text)
    return policy if policy is not None and (policy.name, policy.version) == (name, version) else None


@lru_cache(maxsize=512)
def _read(text: str) -> Policy | None:
    try:
        return from_plain(json.loads(text))
    except (ValueError, TypeError, RecursionError, InputRefusedError) as error:
        _log.info("a policy of the archive cannot be used: %s", error)
        return None


def makings(session: Session) -> dict[tuple[str, int], Making]:
    """Who made each version of the house's own policies, and when."""
    rows = session.execute(select(PolicyRow.name, PolicyRow.version, PolicyRow.at, PolicyRow.person))
    return {(row.name, row.version): Making(row.at, row.person) for row in rows}


def stories_by_policy(session: Session) -> Mapping[tuple[str, int], int]:
    """How many stories go by each version of each policy."""
    version = func.coalesce(StoryRow.policy_version, 1)
    rows = session.execute(select(StoryRow.policy, version, func.count()).group_by(StoryRow.policy, version))
    return {(name, number): count for name, number, count in rows}
