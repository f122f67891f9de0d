"""``verify --sheet``: the answer to whether a paper and the archive agree."""

import sys

from desktop_app.cli.console import Console
from desktop_app.desk.sheet_checking import CheckedSheet, SheetSignOff, check_sheet, lines_of, read_sheet
from desktop_app.domain.statements import grouped
from desktop_app.foundation.messages import N_, Message

_MOST_STDIN = 65_536  # characters
_SIGNATURES: dict[bool | None, Message] = {
    True: N_("the signature holds"),
    False: N_("the signature does not hold"),
    None: N_("without a signature"),
}


def verify_sheet(console: Console, given: str) -> int:
    """Check a sheet's code or file and answer; 0 where it stands, 1 where it does not.

    Raises:
        InputRefusedError: there is no code in what was given.
        ArchiveUnavailableError: the archive is out of reach.
    """
    code, pdf = read_sheet(sys.stdin.read(_MOST_STDIN) if given == "-" else given)
    with console.desk() as desk:
        found = check_sheet(desk, code, pdf)
    console.answer(_json(console, found), *_lines(console, found))
    return 1 if found.problems else 0


def _json(console: Console, found: CheckedSheet) -> dict[str, object]:
    story = found.story.story if found.story is not None else None
    headline = story.headline() if story is not None else None
    return {
        "ok": not found.problems,
        "verdict": found.verdict.value,
        "checked": found.checked,
        "problems": [{"kind": p.kind, "id": p.id, "reason": console.text(p.reason)} for p in found.problems],
        "story": found.code.story,
        "slug": story.slug if story is not None else None,
        "headline": {"zh": headline.zh, "en": headline.en} if headline is not None else None,
        "state": story.state.value if story is not None else None,
        "version": str(found.code.version) if found.code.version is not None else None,
        "draft": found.code.draft,
        "digest": found.code.digest,
        "event": {"number": found.code.event, "at": found.at},
        "signoffs": [_signoff_json(console, one) for one in found.signoffs],
        "notes": [console.text(note) for note in found.notes],
    }


def _signoff_json(console: Console, one: SheetSignOff) -> dict[str, object]:
    return {
        "step": one.signoff.step,
        "person": one.person.name if one.person is not None else one.signoff.person,
        "at": one.signoff.at,
        "digest": one.signoff.digest,
        "valid": one.why is None,
        "reason": console.text(one.why) if one.why is not None else None,
        "key": one.signoff.key,
        "signature": one.signature,
    }


def _lines(console: Console, found: CheckedSheet) -> list[Message | str]:
    lines: list[Message | str] = [*lines_of(found)]
    lines += [f"  {console.text(problem.reason)}" for problem in found.problems]
    if found.story is not None:
        headline = found.story.story.headline()
        lines += [
            *(text for text in (headline.zh, headline.en) if text),
            N_("{slug}, version {version}, digest {digest}", slug=found.story.story.slug,
               version=str(found.code.version or "—"), digest=found.code.digest),
        ]  # fmt: skip
    lines += [_signoff_line(console, one) for one in found.signoffs]
    return lines + list(found.notes)


def _signoff_line(console: Console, one: SheetSignOff) -> str:
    name = one.person.name if one.person is not None else one.signoff.person
    parts = [console.text(one.step), name, f"{one.signoff.at[:16].replace('T', ' ')} UTC"]
    parts.append(console.text(_SIGNATURES[one.signature]))
    if one.signoff.key is not None:
        parts.append(grouped(one.signoff.key[:16]))
    if one.why is not None:
        parts.append(console.text(one.why))
    return "  " + " · ".join(parts)
