"""The question before a release: which text goes out, what stands open in it, and who still works on it elsewhere."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.desk.loans import ListedLoan, holders
from desktop_app.desk.stories import StoryFile
from desktop_app.foundation.ids import moment
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.review.dialogs import CommentsAsking, Standing, story_card, warnings_of
from desktop_app.gui.review.open_comments import NONE_OPEN, OpenComments


class ReleaseDialog(CommentsAsking):
    """States what is let out as the dialog of a sign-off states what is signed."""

    def __init__(
        self, look: Look, texts: Texts, file: StoryFile, standing: Standing, loans: Sequence[ListedLoan] = (),
        parent: QWidget | None = None, comments: OpenComments = NONE_OPEN,
    ) -> None:  # fmt: skip
        """``loans`` are the packages that the story is out with."""
        super().__init__(texts, texts(N_("Release the story")), texts(N_("Release")), parent)
        self.setMinimumWidth(look.theme.px(480))
        self._line(texts(N_("The approved text is released. After this it changes by correction alone.")), "heading")
        facts = [(N_("Version"), texts(N_("{version}, unchanged", version=str(file.story.version))))]
        languages = file.story.languages.source, file.story.languages.target
        self.body.addWidget(story_card(self, look, texts, file.story.headline(), languages, facts))
        away = [(_away(one, texts), "warning") for one in holders(loans)]
        for sentence, role in (*warnings_of(standing), *away):
            self._line(texts(sentence), role)
        self._add_comments(texts, comments)
        self.note_field.hide()
        self.yes.setDefault(True)
        (self.comments.reason_field if comments.ids else self.no).setFocus()

    def _line(self, text: str, role: str) -> None:
        label = QLabel(text, self)
        label.setProperty("role", role)
        label.setWordWrap(True)
        self.body.addWidget(label)


def _away(one: ListedLoan, texts: Texts) -> Message:
    day = texts.day(moment(one.loan.at).astimezone().date())
    if one.called is None:
        return N_("! It is out since {day}: what is changed there does not go out with it.", day=day)
    return N_(
        "! {name} has it offline since {day}: what is changed there does not go out with it.", name=one.called, day=day
    )
