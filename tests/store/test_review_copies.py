"""Review documents out of an archive: marked, with the open comments, and with the changes of those who made them."""

from pathlib import Path

import pytest
from office import Office

from desktop_app.desk.comments import comment, reply, resolve
from desktop_app.desk.exporting import export
from desktop_app.domain.story import Story
from desktop_app.exchange.formats.review_docx import read_review
from desktop_app.exchange.formats.review_docx.returned import ReturnedReview
from desktop_app.foundation.errors import NotAllowedError


def sent(office: Office, story: Story, folder: Path, *, tracked: bool = False) -> ReturnedReview:
    (file,) = export(office.desk, [story.id], "docx-review", folder, draft=True, tracked=tracked)
    assert file.path.name == f"{story.slug}.review.docx"
    return read_review(file.path.read_bytes())


def test_a_story_on_its_way_leaves_as_a_marked_draft_alone(office: Office, story: Story, tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError, match="not approved"):
        export(office.desk, [story.id], "docx-review", tmp_path / "x.docx")
    review = sent(office, story, tmp_path)
    stands = office.open(story)
    assert (review.origin.story, review.origin.digest) == (story.id, stands.digest)
    assert review.origin.version == str(stands.story.version)
    texts = {one.part: one.after for one in review.rows if one.field == "target"}
    assert texts == {segment.id: segment.target for segment in office.segments(story)}


def test_open_comments_go_with_it_and_resolved_ones_stay(office: Office, story: Story, tmp_path: Path) -> None:
    segment = office.segments(story)[1]
    first = comment(office.desk, story.id, segment.id, "Is it?", by=office["wang"], quote="one").comment
    reply(office.desk, first.id, "是的。", by=office["li"])
    done = comment(office.desk, story.id, segment.id, "Mended", by=office["wang"]).comment
    resolve(office.desk, done.id, by=office["wang"])
    review = sent(office, story, tmp_path)
    notes = [(c.author, c.text, c.quote, c.thread) for one in review.rows for c in one.comments]
    assert notes == [
        (office["wang"].name, "Is it?", "one", first.id),
        (office["li"].name, "是的。", "one", first.id),
    ]


def test_changes_since_the_signed_draft_stand_in_it_by_their_authors(
    office: Office, story: Story, tmp_path: Path
) -> None:
    office.write(story, "Paragraph 0, one.")
    office.through(story, ["li:submit", "wang:claim"])
    office.write(story, "Paragraph 0, the first.", by="wang")
    segment = office.segments(story)[1]
    for tracked in (False, True):
        (row,) = [one for one in sent(office, story, tmp_path, tracked=tracked).rows if one.part == segment.id]
        assert row.before == row.after == "Paragraph 0, the first."
        changes = [(c.kind, c.text, c.author, c.known) for c in row.changes]
        name = office["wang"].name
        assert changes == ([("delete", "one", name, True), ("insert", "the first", name, True)] if tracked else [])


def test_the_same_story_gives_the_same_bytes(office: Office, story: Story, tmp_path: Path) -> None:
    comment(office.desk, story.id, "2", "?", by=office["wang"])
    made = {
        export(office.desk, [story.id], "docx-review", tmp_path / f"{n}.docx", draft=True, tracked=True)[0].sha256
        for n in range(2)
    }
    assert len(made) == 1
