"""What the window has of each act that lets a story out or takes it back: question, work, and what is said then.

When an act may be done, and what the menu calls it, is ``domain.publication_acts``'.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from desktop_app.desk import correcting, embargoes, publishing, source_changes
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.loans import ListedLoan
from desktop_app.desk.publishing import SentOut
from desktop_app.desk.signatures import Signer
from desktop_app.desk.source_changes import Pending
from desktop_app.desk.stories import StoryFile
from desktop_app.domain.comments import CommentWaiver
from desktop_app.domain.people import Person
from desktop_app.domain.publication import Judgement
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.publishing import questions
from desktop_app.gui.publishing.questions import Asked, Question


@dataclass(frozen=True, slots=True)
class Doing:
    """An act that was agreed to: ``file`` is what the person saw, ``comments`` the ids of those that stay open.

    ``signer`` has the person's key, for what is signed.
    """

    file: StoryFile
    by: Person
    note: str
    comments: frozenset[str] = frozenset()
    signer: Signer | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """``done`` is said afterwards, ``short`` stands on the button of a notice.

    ``question`` and ``work``, which runs on the writer thread, are None where the act has a dialog of its own.
    """

    done: Message
    question: Callable[[Asked], Question] | None = None
    work: Callable[[Desk, Doing], Changes] | None = None
    short: Message | None = None


_Simple = Callable[..., Changes]  # of the desk and a story, with who acts and their note


def _plain(act: _Simple, **more: object) -> Callable[[Desk, Doing], Changes]:
    return lambda desk, it: act(desk, it.file.story.id, by=it.by, note=it.note, **more)


def _release_early(desk: Desk, it: Doing) -> Changes:
    waiver = CommentWaiver(it.note, it.comments)
    return publishing.release_early(
        desk, it.file.story.id, by=it.by, note=it.note, seen=it.file.digest, waiver=waiver
    )  # fmt: skip


def _approve_later(desk: Desk, it: Doing) -> Changes:
    seen = it.file.publication.unapproved[0].digest
    return publishing.approve_later(desk, it.file.story.id, by=it.by, note=it.note, seen=seen, signer=it.signer)


def _judge(judgement: Judgement) -> Callable[[Desk, Doing], Changes]:
    return lambda desk, it: source_changes.judge(desk, it.file.story.id, judgement, by=it.by, note=it.note)


DEEDS: Mapping[str, Deed] = MappingProxyType(
    {
        "release-early": Deed(
            N_("Released in an emergency. Another person must approve it."), questions.release_early, _release_early
        ),
        "approve-later": Deed(
            N_("Approved. The credits have your name."),
            questions.approve_later,
            _approve_later,
            N_("Approve it now…"),
        ),
        "correct": Deed(N_("The correction has begun."), questions.correct, _plain(correcting.correct)),
        "give-up": Deed(
            N_("The correction is given up. What was released stands as it was."),
            questions.give_up,
            _plain(correcting.give_up),
            N_("Give up…"),
        ),
        "unpublish": Deed(N_("Unpublished."), questions.unpublish, _plain(publishing.unpublish)),
        "republish": Deed(N_("Released again."), questions.republish, _plain(publishing.republish)),
        "drop": Deed(N_("Dropped."), questions.drop, _plain(publishing.drop)),
        "restore": Deed(N_("The story is taken up again."), questions.restore, _plain(publishing.restore_dropped)),
        "kill": Deed(N_("Done. The history has it."), questions.kill, _plain(publishing.kill), N_("Confirm the kill…")),
        "spare": Deed(N_("The request is withdrawn."), questions.spare, _plain(publishing.spare), N_("Withdraw…")),
        "source": Deed(N_("The new Chinese is taken in.")),
        "source-same": Deed(
            N_("Noted: the English stands as it is."),
            questions.source_same,
            _judge(Judgement.NO_EFFECT),
            N_("No effect…"),
        ),
        "source-reopen": Deed(
            N_("Reopened. It is drafted with the new Chinese."),
            questions.source_reopen,
            _judge(Judgement.REOPEN),
            N_("Reopen…"),
        ),
        "embargo": Deed(N_("Done. The story says until when it stays in."), short=N_("Change…")),
        "embargo-confirm": Deed(
            N_("Confirmed."), questions.embargo_confirm, _plain(embargoes.answer, confirm=True), N_("Confirm…")
        ),
        "embargo-refuse": Deed(
            N_("The embargo stays as it was."),
            questions.embargo_refuse,
            _plain(embargoes.answer, confirm=False),
            N_("Refuse…"),
        ),
    }
)


def question(
    action: str, file: StoryFile, person: Person, *, comments: frozenset[str] = frozenset(),
    sent: Sequence[SentOut] = (), packages: Sequence[ListedLoan] = (), changed: Sequence[Pending] = (),
) -> Question:  # fmt: skip
    """The question of an act that has one; its arguments are those of ``Asked``."""
    ask = DEEDS[action].question
    assert ask is not None, "an act with a dialog of its own asks for itself"
    return ask(Asked(file, person, comments, sent, packages, changed))


def job(action: str, doing: Doing) -> Callable[[Desk], Changes]:
    """What the desk does for an act that goes with a note alone; it runs on the writer thread."""
    work = DEEDS[action].work
    assert work is not None, "an act with a dialog of its own is carried out by that"
    return lambda desk: work(desk, doing)
