"""The version of a story that is out, as it went out, whatever is drafted beside it."""

from dataclasses import replace

from desktop_app.desk.published import made_credits
from desktop_app.desk.stories import StoryFile, story_file
from desktop_app.domain import credits as crediting
from desktop_app.domain.digest import content_digest
from desktop_app.domain.drafting import former_drafters
from desktop_app.domain.publication import STANDING, since_release, standing_in_emergency
from desktop_app.domain.signoff import signed_under, standing
from desktop_app.domain.story import StoryState, VersionNumber
from desktop_app.store import history as history_store
from desktop_app.store import publication as publication_store
from desktop_app.store import stories as story_store
from desktop_app.store.archive import Session
from desktop_app.store.models import StoryRow


def released_file(session: Session, row: StoryRow) -> StoryFile | None:
    """The version that is out with what counts of it, whatever is drafted beside it; None where none is out."""
    if row.released is None:
        return None
    number = VersionNumber.parse(row.released)
    if row.state in STANDING:
        return story_file(session, row)
    content = history_store.version_content(session, row.id, number)
    working = story_store.load(session, row.id)
    assert content is not None, "what was released was frozen"
    assert working is not None, "the row is there, so the story is"
    story = replace(working, content=content, version=number, state=StoryState.RELEASED, modified=False)
    story = replace(story, claimed_by=None, claimed_step=None)
    file = story_file(session, row, working)
    digest = content_digest(content)
    signoffs = since_release(file.signoffs, row.released_after, StoryState.RELEASED, correcting=False)
    found = publication_store.emergencies(session, story=row.id)
    early = next((one for one in reversed(found) if one.version == number), None)
    policy = signed_under(file.policies, signoffs, file.policy)
    stands = standing_in_emergency(policy, signoffs, early) if early else standing(policy, signoffs, digest, None)
    made = {
        chinese: made_credits(
            policy, stands.valid, early, file.people, chinese=chinese, drafted=former_drafters(row.drafters)
        )
        for chinese in (False, True)
    }
    return replace(
        file,
        story=story,
        digest=digest,
        situation=replace(file.situation, state=StoryState.RELEASED, policy=policy, standing=stands, claim=None),
        credits=crediting.effective(story.imported_credits, made[False], chinese=False),
        credits_zh=crediting.effective(story.imported_credits, made[True], chinese=True),
        publication=replace(file.publication, emergency=early),
        current=tuple(signoffs),
    )
