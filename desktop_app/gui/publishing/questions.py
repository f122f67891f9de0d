"""What each act asks in words: what will happen, and which note goes with it. No widgets."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from desktop_app.desk.loans import ListedLoan, out_line
from desktop_app.desk.publishing import SentOut
from desktop_app.desk.source_changes import Pending
from desktop_app.desk.stories import StoryFile
from desktop_app.domain.people import Person, called
from desktop_app.domain.story import StoryState
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.foundation.zones import told

_REASON = N_("Reason")
_MAY_STAY_EMPTY = N_("Note (may stay empty)")


@dataclass(frozen=True, slots=True)
class Question:
    """A title, what will happen point by point, the answer, and the note; ``facts`` are lines to look through first.

    ``changed`` are the Chinese sentences that are judged, shown word by word as they were and as they are now.
    """

    title: Message
    points: tuple[Message, ...]
    yes: Message
    label: Message = _REASON
    required: bool = True
    danger: bool = False
    facts: tuple[Message, ...] = ()
    changed: tuple[Pending, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is about: ``comments`` are the ids of those that are open, ``sent`` and ``packages`` went out.

    ``changed`` is what changed in the Chinese and waits to be judged.
    """

    file: StoryFile
    person: Person
    comments: Collection[str]
    sent: Sequence[SentOut]
    packages: Sequence[ListedLoan]
    changed: Sequence[Pending] = ()

    def name(self, person: str | None) -> Message:
        """A person's name, for a reader of either language."""
        return called(self.file.people, person)

    def out(self) -> str:
        """The version that is out, or that a correction is drafted from."""
        about = self.file.publication
        return str(about.released or about.correcting or self.file.story.version)


def release_early(ask: Asked) -> Question:
    """Ask before a release without the reviews that are missing."""
    missing = [step for step in ask.file.policy.steps if step.name not in ask.file.situation.standing.valid]
    names = ", ".join(str(step.credit.en) for step in missing if step.credit is not None)
    points = [
        N_("This very text goes out now, without the reviews and the approval that the policy asks for."),
        N_("Its credits say “{names}: pending”, in every export too.", names=names)
        if names
        else N_("It is listed as an emergency."),
        N_("It stays on the list of emergencies until another person, who neither wrote nor released it, approves it."),
    ]
    if ask.comments:
        points.append(
            NN_(
                "{n} open comment stays open; your reason holds for it too.",
                "{n} open comments stay open; your reason holds for them too.",
                len(ask.comments),
            )
        )
    untranslated = ask.file.story.content.untranslated()
    if untranslated:
        points.append(NN_("{n} segment has no translation.", "{n} segments have no translation.", untranslated))
    return Question(
        N_("Release in an emergency"), tuple(points), N_("Release now"), N_("Why it cannot wait"), danger=True
    )


def approve_later(ask: Asked) -> Question:
    """Ask before what went out in an emergency is approved."""
    early = ask.file.publication.unapproved[0]
    points = [
        N_("I have read version {version} exactly as it went out, both languages side by side, and approve it.",
           version=str(early.version)),
        N_("{name} released it in an emergency: {reason}", name=ask.name(early.person), reason=early.reason),
        N_("Your name takes the place of “pending” in its credits."),
    ]  # fmt: skip
    if early.digest != ask.file.digest:
        points.insert(1, N_("The text on the screen is a later one; the history has version {version}.",
                            version=str(early.version)))  # fmt: skip
    return Question(N_("Approve the emergency release"), tuple(points), N_("Approve"), _MAY_STAY_EMPTY, required=False)


def give_up(ask: Asked) -> Question:
    """Ask before a correction is given up."""
    return Question(
        N_("Give the correction up"),
        (
            N_(
                "Version {version} stands again as it went out: its text, its sign-offs, its credits.",
                version=ask.out(),
            ),
            N_("What was drafted is kept as a version in the history."),
        ),
        N_("Give up"),
        danger=True,
    )


def correct(ask: Asked) -> Question:
    """Ask before a correction begins."""
    points = [
        N_("The story is drafted again and passes every step once more."),
        N_("Version {version} stays out until the correction is released, and is what exports give.", version=ask.out())
        if ask.file.situation.public
        else N_("The story stays down until the correction is released."),
    ]
    if ask.file.publication.changes:
        points.append(N_("The Chinese has changed since: judge that before the first review is signed."))
    return Question(N_("Begin a correction"), tuple(points), N_("Begin"), N_("What has to be corrected"))


def unpublish(ask: Asked) -> Question:
    """Ask before what is out is taken down."""
    about = ask.file.publication
    points = [N_("Version {version} is taken down quietly. Nothing is deleted.", version=ask.out())]
    if about.correcting is not None:
        points.append(N_("The correction that is being drafted goes on, and brings the story back."))
    else:
        points.append(N_("The same words can be released again without a new sign-off; other words need every step."))
    return Question(
        N_("Unpublish the story"), tuple(points), N_("Unpublish"), _MAY_STAY_EMPTY, required=False, danger=True
    )


def republish(ask: Asked) -> Question:
    """Ask before what was taken down comes back."""
    return Question(
        N_("Release again"),
        (
            N_(
                "Version {version} goes out again, in the very words that were approved.",
                version=str(ask.file.story.version),
            ),
            N_("Its sign-offs still hold; no step has to be signed."),
        ),
        N_("Release"),
        _MAY_STAY_EMPTY,
        required=False,
    )


def drop(_ask: Asked) -> Question:
    """Ask before work is given up."""
    return Question(
        N_("Drop the story"),
        (N_("Work on this story ends."), N_("Nothing is deleted; it can be taken up again where it was.")),
        N_("Drop"),
        danger=True,
    )


def restore(_ask: Asked) -> Question:
    """Ask before a dropped story is taken up again."""
    return Question(
        N_("Take the story up again"), (N_("The story stands again where its sign-offs leave it."),), N_("Take up")
    )


def kill(ask: Asked) -> Question:
    """Ask before a kill is asked for, or carried out by the second person."""
    about = ask.file.publication
    points = [
        N_("The story is withdrawn for good: all its versions, and its embargo with them. This cannot be undone.")
    ]
    if about.kill_asked_by is None:
        points.insert(
            0, N_("You ask for it; nothing happens until a second person confirms it with a reason of their own.")
        )
    else:
        points.insert(
            0, N_("{name} asked for it; you carry it out as the second person.", name=ask.name(about.kill_asked_by))
        )
        if about.kill_reason:
            points.insert(1, N_("The reason given: “{reason}”", reason=about.kill_reason))
    facts: tuple[Message, ...] = ()
    if ask.sent:
        points.append(
            NN_(
                "{n} export went out. Tell whoever has it:",
                "{n} exports went out. Tell whoever has them:",
                len(ask.sent),
            )
        )
        facts = tuple(_sent(one) for one in ask.sent)
    if ask.packages:
        points.append(
            NN_(
                "{n} work package went out, and is not taken home once the story is killed. Tell whoever has it:",
                "{n} work packages went out, and are not taken home once the story is killed. Tell whoever has them:",
                len(ask.packages),
            )
        )
        facts += tuple(
            N_("{line} · {file}", line=out_line(one, one.loan.at[:10]), file=one.loan.file) for one in ask.packages
        )
    if not ask.sent and not ask.packages:
        points.append(N_("Nothing of it was ever exported."))
    yes = N_("Kill for good") if about.kill_asked_by is not None else N_("Ask to kill")
    return Question(N_("Kill the story"), tuple(points), yes, danger=True, facts=facts)


def _sent(one: SentOut) -> Message:
    day = one.at[:10]
    if one.version:
        return N_("{day} · {person} · {format}, version {version} · {files}", day=day, person=one.person,
                  format=one.format, version=one.version, files=", ".join(one.files))  # fmt: skip
    return N_("{day} · {person} · {format} · {files}", day=day, person=one.person, format=one.format,
              files=", ".join(one.files))  # fmt: skip


def spare(ask: Asked) -> Question:
    """Ask before the wish to kill is taken back."""
    asked = ask.file.publication.kill_asked_by
    return Question(
        N_("Withdraw the request to kill"),
        (
            N_(
                "{name} asked to kill this story. The request is taken back, and stays in the history.",
                name=ask.name(asked),
            ),
        ),
        N_("Withdraw"),
        _MAY_STAY_EMPTY,
        required=False,
    )


def source_same(ask: Asked) -> Question:
    """Ask before a change of the source is said to have no effect."""
    out = ask.file.story.state in {StoryState.RELEASED, StoryState.UNPUBLISHED}
    point = (
        N_("What is out stays as it is, with the Chinese that it went out with.")
        if out
        else N_("The English stands as it is, and the review can be signed.")
    )
    return Question(
        N_("The changed Chinese has no effect"), (point,), N_("No effect"), N_("Why the English is right as it is"),
        changed=tuple(ask.changed),
    )  # fmt: skip


def source_reopen(ask: Asked) -> Question:
    """Ask before a story is reopened for its changed source."""
    out = ask.file.story.state in {StoryState.RELEASED, StoryState.UNPUBLISHED}
    points = (
        (
            N_("A correction begins with the new Chinese; changed segments keep their English as drafts."),
            N_("Version {version} stays as it is until the correction is released.", version=ask.out()),
        )
        if out
        else (N_("The story goes back to its drafter. All sign-offs so far stop counting and stay in the history."),)
    )
    return Question(
        N_("Reopen for the changed Chinese"), points, N_("Reopen"), N_("What should be done"),
        changed=tuple(ask.changed),
    )  # fmt: skip


def embargo_confirm(ask: Asked) -> Question:
    """Ask before an embargo ends earlier."""
    return replace(
        _wished(ask),
        title=N_("Confirm the end of the embargo"),
        yes=N_("Confirm"),
        label=_MAY_STAY_EMPTY,
        required=False,
    )


def embargo_refuse(ask: Asked) -> Question:
    """Ask before an embargo stays as it was."""
    return replace(
        _wished(ask), title=N_("Leave the embargo as it is"), yes=N_("Leave it"), label=_MAY_STAY_EMPTY, required=False
    )


def _wished(ask: Asked) -> Question:
    embargo = ask.file.publication.embargo
    assert embargo is not None, "there is something to answer"
    assert embargo.wish is not None, "there is something to answer"
    wish = embargo.wish
    now = N_("The embargo holds until {until}.", until=told(embargo.until or wish.at, embargo.zone))
    name = ask.name(wish.person)
    asked = (
        N_(
            "{name} asks to end it at {until}: {reason}",
            name=name,
            until=told(wish.until, wish.zone),
            reason=wish.reason,
        )
        if wish.until is not None
        else N_(
            "{name} asks to lift it, so that the story can go out at any time: {reason}", name=name, reason=wish.reason
        )
    )
    return Question(N_("Embargo"), (now, asked), N_("Confirm"))
