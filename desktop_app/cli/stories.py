"""Commands about stories: taking them in, finding and reading them, checking them, and what became of them."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from desktop_app.cli.commands import PATH, Option, command, story_argument
from desktop_app.cli.console import Console
from desktop_app.cli.marked import marked
from desktop_app.cli.wordings import tell_wordings
from desktop_app.desk.checking import Examiner
from desktop_app.desk.comparing import differences
from desktop_app.desk.concordance import Concordance, concordance
from desktop_app.desk.desk import Desk
from desktop_app.desk.importing import Drafter, import_pages, import_pair
from desktop_app.desk.operations import EDITED, sentence_of, told_once
from desktop_app.desk.people import find_person
from desktop_app.desk.stories import (
    ListedStory,
    StoryFile,
    list_stories,
    names_of,
    open_story,
    open_version,
    search,
    story_history,
)
from desktop_app.domain import credits as crediting
from desktop_app.domain.comments import place_numbers
from desktop_app.domain.comparison import TextChange
from desktop_app.domain.people import Person
from desktop_app.domain.publication import out_beside
from desktop_app.domain.records import Event, Hit, StorySummary
from desktop_app.domain.story import Story, StoryState
from desktop_app.domain.story_json import pair, signoff_json, story_json
from desktop_app.domain.workflow import state_words, waiting_title
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.ids import moment
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.language.searching import excerpt

_SEARCHED = {"stories": ("story",), "pictures": ("picture",), "memory": ()}


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    command(
        group,
        "import",
        N_("Take stories in: one story per file, or one story of a Chinese and an English file."),
        click.Argument(["files"], nargs=-1, type=PATH, metavar="FILE…"),
        Option(["--source"], type=PATH, metavar="FILE", says=N_("The Chinese file of a pair.")),
        Option(["--target"], type=PATH, metavar="FILE", says=N_("The English file of a pair.")),
        Option(
            ["--drafter"],
            metavar="PERSON|none",
            says=N_("Who drafts it, and so cannot approve it; else whoever imports it. None: whoever writes first."),
        ),
        Option(["--dry-run"], is_flag=True, says=N_("Read the files and write nothing.")),
    )(_import)
    command(
        group,
        "list",
        N_("List the stories."),
        Option(["--state"], type=click.Choice([state.value for state in StoryState]), says=N_("Only in this state.")),
        Option(["--topic"], says=N_("Only with this topic.")),
        Option(["--query"], says=N_("Only with these words in a headline or name.")),
    )(_list)
    command(
        group,
        "show",
        N_("Show a whole story."),
        story_argument(),
        Option(["--version"], metavar="V", says=N_("As it was in this version.")),
    )(_show)
    command(
        group,
        "search",
        N_("Find words in stories and in what is said of pictures, or in the memory."),
        click.Argument(["query"]),
        Option(["--in", "where"], type=click.Choice(list(_SEARCHED)), says=N_("Only there.")),
        Option(["--limit"], type=click.IntRange(1, 1000), default=50, says=N_("At most so many.")),
    )(_search)
    command(
        group,
        "history",
        N_("Show a story's versions and events, or what one segment said over time."),
        story_argument(),
        Option(["--segment"], metavar="ID", says=N_("Of this segment or picture alone, given by its id or number.")),
    )(_history)
    command(
        group,
        "diff",
        N_("Show what changed between two versions, or between a version and now."),
        story_argument(),
        click.Argument(["old"], metavar="V1"),
        click.Argument(["new"], required=False, metavar="[V2]"),
    )(_diff)


def file_json(file: StoryFile, examiner: Examiner) -> dict[str, Any]:
    """The contract's STORY of a story as it stands."""
    return story_json(
        file.story,
        credits=crediting.told(file.credits, file.credits_zh),
        signoffs=signoffs_json(file),
        people=file.people,
        findings=len(examiner.examine(file.story).findings),
    )


def signoffs_json(file: StoryFile) -> list[dict[str, Any]]:
    """All sign-offs of a story, whether they count or not."""
    return [signoff_json(s, file.people.get(s.person), valid=file.counts(s)) for s in file.signoffs]


def _import(
    console: Console,
    files: tuple[Path, ...],
    source: Path | None,
    target: Path | None,
    drafter: str | None,
    dry_run: bool,
) -> None:
    if (source is None) != (target is None):
        raise WrongUsageError(N_("A pair needs both files."), advice=N_("Give --source and --target together."))
    if source is not None and files:
        raise WrongUsageError(N_("Give either files or a pair."), advice=N_("Import them one after the other."))
    with console.desk() as desk:
        by, drafts = console.actor(desk), _drafter(desk, drafter)
        with console.progress(N_("Importing")) as progress:
            if source is not None and target is not None:
                pair = source, target
                done = import_pair(desk, *pair, by=by, drafter=drafts, dry_run=dry_run, progress=progress)
            else:
                done = import_pages(desk, files, by=by, drafter=drafts, dry_run=dry_run, progress=progress)
        examiner = Examiner(desk)
        answers = [_imported_json(examiner, story, by, dry_run=dry_run) for story in done.stories]
        present = list_stories(desk)
    lines = [
        line for story, answer in zip(done.stories, answers, strict=True) for line in _told(story, answer, present)
    ]
    console.answer({"stories": answers}, *lines, _import_summary(len(answers), dry_run=dry_run))


def _drafter(desk: Desk, named: str | None) -> Person | Drafter:
    if named is None:
        return Drafter.IMPORTER
    return Drafter.FIRST_WRITER if named == "none" else find_person(desk, named)


def _imported_json(examiner: Examiner, story: Story, by: Person | None, *, dry_run: bool) -> dict[str, Any]:
    if not dry_run:
        return file_json(open_story(examiner.desk, story.id), examiner)
    people = {by.id: by} if by else {}
    sides = [crediting.effective(story.imported_credits, (), chinese=chinese) for chinese in (False, True)]
    findings = len(examiner.examine(story).findings)
    return story_json(story, credits=crediting.told(*sides), people=people, findings=findings)


def _told(story: Story, answer: dict[str, Any], present: Sequence[ListedStory]) -> list[Message | str]:
    """What a person wants to know of an imported story: what it is called, and what was left out of it."""
    headline = story.headline()
    lines: list[Message | str] = [f"{story.slug}: {headline.en or headline.zh}"]
    lines += [N_("  left out: {line}", line=line) for line in story.boilerplate]
    same = [one.summary.slug for one in present if one.summary.headline == headline and one.summary.id != story.id]
    if same:
        lines.append(N_("  another story has this headline: {names}", names=", ".join(same)))
    waiting = [p.file for p in story.content.placements() if p.picture is None]
    if waiting:
        lines.append(N_("  pictures to be linked later: {names}", names=", ".join(waiting)))
    if answer["findings"]:
        lines.append(NN_("  {n} finding", "  {n} findings", answer["findings"]))
    return lines


def _import_summary(count: int, *, dry_run: bool) -> Message:
    if dry_run:
        return NN_("{n} story read; nothing was written.", "{n} stories read; nothing was written.", count)
    return NN_("{n} story imported.", "{n} stories imported.", count)


def _list(console: Console, state: str | None, topic: str | None, query: str | None) -> None:
    with console.desk() as desk:
        found = list_stories(desk, state=StoryState(state) if state else None, topic=topic, text=query)
    answers = [
        {
            "id": one.summary.id,
            "slug": one.summary.slug,
            "headline": pair(one.summary.headline),
            "state": one.summary.state.value,
            "version": str(one.summary.version),
            "credits": [{"step": c.step, "label": c.label, "names": list(c.names)} for c in one.credits],
            "topics": list(one.summary.topics),
            "date": one.summary.date,
            "stale": one.stale,
            "released": str(one.summary.released) if one.summary.released else None,
        }
        for one in found
    ]
    rows = [
        (
            one.summary.slug,
            one.summary.headline.en or one.summary.headline.zh,
            _state(console, _words(one), _beside(one.summary), stale=one.stale),
            str(one.summary.version),
        )
        for one in found
    ]
    nothing = N_("There is no such story.") if state or topic or query else N_("There is no story yet.")
    table = console.table(N_("Name"), N_("Headline"), N_("State"), N_("Version"), rows=rows)
    console.answer({"stories": answers}, table if rows else nothing)


def _beside(summary: StorySummary) -> Message | None:
    return out_beside(summary.state, summary.released, summary.correcting, briefly=True)


def _show(console: Console, story: str, version: str | None) -> None:
    with console.desk() as desk:
        file = open_story(desk, story)
        examiner = Examiner(desk)
        answer = file_json(file, examiner)
        shown = file.story
        if version is not None:
            content = open_version(desk, story, version)
            shown = shown.with_content(content)
            answer = (
                answer
                | story_json(shown, credits=crediting.told(file.credits, file.credits_zh))
                | {key: answer[key] for key in ("signoffs", "drafter", "claimed_by")}
            )
            answer |= {"version": version, "findings": len(examiner.examine(shown).findings)}
    said = state_words(shown.state, waiting_title(file.situation))
    title = f"{shown.slug} · {_state(console, said, stale=file.stale)} · {version or shown.version}"
    about = file.publication
    beside = out_beside(shown.state, about.released, about.correcting)
    answer |= {"stale": file.stale, "released": str(about.released) if about.released else None}
    console.answer(answer, title, *([beside] if beside is not None else []), "", *_page(shown, file))


def _words(listed: ListedStory) -> Message:
    """The state of a story, or the step that waits where the state alone would mislead."""
    summary, name = listed.summary, listed.waiting
    step = listed.policy.step(name) if name is not None and summary.claimed_by is None else None
    return state_words(summary.state, step.title if step is not None else None)


def _state(console: Console, state: Message, beside: Message | None = None, *, stale: bool) -> str:
    """A state in words, and beside it what is out meanwhile, and that sign-offs are stale."""
    words = [state, *([beside] if beside is not None else []), *([N_("Sign-off stale")] if stale else [])]
    return " · ".join(console.text(word) for word in words)


def _page(story: Story, file: StoryFile) -> list[Message | str]:
    """A story to be read in a terminal: Chinese, then English, block by block, numbered as the editor's rows."""
    lines: list[Message | str] = []
    numbers = place_numbers(story.content)
    width = len(str(len(numbers)))
    for block in story.content.blocks:
        place = block.placement
        if place is not None:
            lines += _numbered(numbers[block.id], width, [f"[{place.file}]", place.caption.zh, place.caption.en])
            lines.append("")
            continue
        for segment in block.segments:
            lines += _numbered(numbers[segment.id], width, [segment.source, segment.target])
        lines.append("")
    lines += [f"{credit.label}: {', '.join(credit.names)}" for credit in crediting.told(file.credits, file.credits_zh)]
    return lines


def _numbered(number: int, width: int, texts: Sequence[str]) -> list[str]:
    """The texts of one place, its number before the first of them."""
    told = [text for text in texts if text] or [""]
    return [f"{number if not at else '':>{width}}  {text}".rstrip() for at, text in enumerate(told)]


def _search(console: Console, query: str, where: str | None, limit: int) -> None:
    kinds = _SEARCHED[where] if where else tuple(kind for group in _SEARCHED.values() for kind in group)
    with console.desk() as desk:
        started = time.perf_counter()
        if kinds:
            found = search(desk, query, kinds=kinds, limit=limit + 1, whole_words=True)
        else:
            found = [hit for pair in concordance(desk, query, limit=limit + 1) for hit in _memory_hits(pair)]
        spent = (time.perf_counter() - started) * 1000
        names = names_of(desk, found)
    more, found = len(found) > limit, found[:limit]
    hits: list[dict[str, Any]] = []
    lines: list[str] = []
    for hit in found:
        snippet, marks = excerpt(hit.text, hit.spans)
        hits.append(
            {
                "kind": hit.kind,
                "id": hit.owner,
                "name": names.get(hit.owner),
                "field": hit.field,
                "snippet": snippet,
                "marks": [list(mark) for mark in marks],
                "part": hit.part or None,
            }
        )
        lines.append(f"{names.get(hit.owner, hit.owner)} ({hit.field}): {marked(snippet, marks)}")
    told = NN_("{n} hit.", "{n} hits.", len(found))
    if more:
        told = N_("The first {n} hits; --limit shows more.", n=len(found))
    console.answer({"hits": hits, "ms": round(spent, 2)}, *lines, told)


def _memory_hits(pair: Concordance) -> list[Hit]:
    """A pair of the memory as hits on the sides that have the words; its story, or else its origin, is its id."""
    owner = pair.story_id or pair.origin
    sides = (("source", pair.source, pair.source_spans), ("target", pair.target, pair.target_spans))
    return [Hit("memory", owner, pair.segment or "", name, text, spans) for name, text, spans in sides if spans]


def _history(console: Console, story: str, segment: str | None) -> None:
    if segment is not None:
        tell_wordings(console, story, segment)
        return
    with console.desk() as desk:
        versions, events, people = story_history(desk, story)
        file = open_story(desk, story)

    def name(person: str | None) -> str | None:
        return people[person].name if person in people else None

    answer = {
        "versions": [
            {"version": str(v.number), "digest": v.digest, "at": v.at, "person": name(v.person), "reason": v.reason}
            for v in versions
        ],
        "events": [
            {"at": e.at, "person": name(e.person), "account": e.account, "operation": e.operation, "data": dict(e.data)}
            for e in events
        ],
    }
    lines = told_once(events)
    rows = [
        (
            moment(event.at).astimezone().strftime("%Y-%m-%d %H:%M"),
            _with_note(console.text(sentence_of(event, file.policies.told(event.data, file.policy))), event),
            name(event.person) or event.account,
        )
        for event, following in zip(lines, [*lines[1:], None], strict=True)
        if not _one_sitting(event, following)
    ]
    console.answer(answer, console.table(N_("When"), N_("What"), N_("Who"), rows=rows))


def _with_note(text: str, event: Event) -> str:
    note = event.data.get("note")
    return f"{text} — {note}" if note else text


def _one_sitting(event: Event, following: Event | None) -> bool:
    """Whether the next event goes on with the same person's edits, so that one line tells of both."""
    return (
        following is not None and event.operation == following.operation == EDITED and event.person == following.person
    )


def change_json(change: TextChange) -> dict[str, Any]:
    """One changed text as the contract has it."""
    return {"segment": change.segment, "side": change.side, "ops": [list(op) for op in change.ops]}


def _diff(console: Console, story: str, old: str, new: str | None) -> None:
    with console.desk() as desk:
        changes = differences(desk, story, old, new)
    marks = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    lines = [f"{change.side}: " + "".join(marks[sign].format(text) for sign, text in change.ops) for change in changes]
    console.answer(
        {"changes": [change_json(change) for change in changes]},
        *lines,
        NN_("{n} text changed.", "{n} texts changed.", len(changes)),
    )
