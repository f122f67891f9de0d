"""A house's own policies: saved as versions, never rewritten; what was signed under one stays signed under it."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from office import Office
from sqlalchemy import event
from sqlalchemy.exc import DatabaseError

from desktop_app.desk import checking, workflow
from desktop_app.desk.auditing import events
from desktop_app.desk.correcting import give_up
from desktop_app.desk.desk import Desk
from desktop_app.desk.home import Home
from desktop_app.desk.house_style import house_style, set_house_style
from desktop_app.desk.importing import import_pages
from desktop_app.desk.live_versions import released_file
from desktop_app.desk.policies import policies
from desktop_app.desk.policy_making import policy_text, read_policy, save_policy, set_usual_policy, use_policy
from desktop_app.desk.stories import list_stories, open_story, story_history, story_row
from desktop_app.desk.terms import add_term
from desktop_app.desk.verification import verify
from desktop_app.desk.waivers import waive_at
from desktop_app.domain.events import ChainHead
from desktop_app.domain.people import Role
from desktop_app.domain.policy import DRAFT_REVISION, THREE_REVIEWS, Policy, to_plain
from desktop_app.domain.story import Bilingual, Story, StoryState
from desktop_app.foundation.errors import (
    ArchiveUnavailableError,
    InputRefusedError,
    NotAllowedError,
    WrongUsageError,
)
from desktop_app.store import people as people_store
from desktop_app.store.models import PolicyRow

SIGNED = ["li:submit", "wang:claim", "wang:sign", "zhao:approval"]


def policy(version: int = 1, credit: str = "House edit", zh: str = "本社编校", name: str = "house") -> Policy:
    """A house's policy of one review, whose title and credit are ``credit`` and ``zh``."""
    draft, review, approval = DRAFT_REVISION.steps
    own = replace(review, titles=Bilingual(zh, credit), credit=Bilingual(zh, credit))
    return Policy(name, Bilingual("本社流程", "House way"), (draft, own, approval), version=version)


def save(office: Office, wanted: Policy, by: str = "zhao") -> Policy:
    return save_policy(office.desk, wanted, by=office[by])[0]


@pytest.fixture
def house(office: Office) -> Office:
    """An office whose new stories go by a policy of its own."""
    save(office, policy())
    set_usual_policy(office.desk, "house", by=office["zhao"])
    return office


def test_saving_makes_the_next_version_and_keeps_the_first(office: Office) -> None:
    first = save(office, policy(version=7))
    second = save(office, policy(credit="Desk edit"))
    assert (first.version, second.version) == (1, 2)
    shelf = policies(office.desk)
    assert [one.steps[1].titles.en for one in shelf.book.versions("house")] == ["House edit", "Desk edit"]
    assert shelf.made["house", 2].person == office["zhao"].id
    assert save_policy(office.desk, policy(credit="Desk edit"), by=office["zhao"])[1].policies is False
    assert policies(office.desk).book.newest("house") == second
    assert verify(office.desk).problems == ()


def test_a_stored_version_cannot_be_written_over(office: Office) -> None:
    save(office, policy())
    for change in ("UPDATE policies SET content='{}'", "DELETE FROM policies"):
        with pytest.raises(DatabaseError, match="append-only"), office.desk.archive.write() as unit:
            unit.session.connection().exec_driver_sql(change)


def test_the_program_s_own_and_unknown_checks_are_refused(office: Office) -> None:
    with pytest.raises(WrongUsageError, match="three-reviews"):
        save(office, THREE_REVIEWS)
    with pytest.raises(WrongUsageError, match="no-such-check"):
        save(office, replace(policy(), blocking=frozenset({"no-such-check"})))
    with pytest.raises(InputRefusedError):
        save(office, replace(policy(), steps=policy().steps[:1]))
    assert policies(office.desk).book.names() == ["draft-revision", "three-reviews"]


@pytest.mark.parametrize("who", ["li", "wang"])
def test_only_an_editor_or_an_archivist_sets_policies(office: Office, who: str) -> None:
    story = office.story()
    acts = (
        lambda: save(office, policy(), by=who),
        lambda: set_usual_policy(office.desk, "three-reviews", by=office[who]),
        lambda: use_policy(office.desk, story.id, "three-reviews", by=office[who]),
    )
    for act in acts:
        with pytest.raises(NotAllowedError) as refused:
            act()
        assert "SUN Yue, ZHAO Qi" in str(refused.value.advice)
    assert save(office, policy(), by="sun").version == 1


def test_a_small_archive_goes_by_the_policies_that_it_was_given(office: Office) -> None:
    home = Home("News Office", "p", ChainHead(1, "0" * 64, "2024-01-29T08:00:00Z"), "", None, None, "o")
    with office.desk.archive.write() as unit:
        people_store.set_fact(unit.session, "home", json.dumps(asdict(home)))
        unit.record("archive made")
    with pytest.raises(NotAllowedError, match="goes by the policies of News Office"):
        save(office, policy())


def test_new_stories_take_the_newest_version_of_the_usual_policy(house: Office, tmp_path: Path) -> None:
    before = house.story()
    save(house, policy(credit="Desk edit"))
    page = tmp_path / "page.txt"
    page.write_text("New Library Opens\n\nThe library opened on Monday.\n", "utf-8")
    (imported,) = import_pages(house.desk, [page], by=house["li"]).stories
    assert [(one.policy.name, one.policy.version) for one in (house.open(before), house.open(imported))] == [
        ("house", 1), ("house", 2),
    ]  # fmt: skip
    with pytest.raises(WrongUsageError):
        set_usual_policy(house.desk, "nothing", by=house["zhao"])


def test_what_was_signed_under_version_one_stays_signed_with_its_words(house: Office) -> None:
    story = house.story()
    house.through(story, [*SIGNED, "zhao:release"])
    save(house, policy(credit="Desk edit", zh="编辑部审定"))
    file = house.open(story)
    assert (file.policy.version, file.story.state, len(file.situation.standing.valid)) == (1, StoryState.RELEASED, 3)
    assert [(one.policy, one.policy_version) for one in file.signoffs] == [("house", 1)] * 3
    assert [(c.label, c.names) for c in file.credits] == [("Draft", ("LI Wei",)), ("House edit", ("WANG Min",))]
    assert [c.label for c in file.credits_zh] == ["翻译", "本社编校"]
    assert not file.stale
    assert verify(house.desk).problems == ()


def test_a_correction_begins_under_the_newest_version_and_history_keeps_the_old_words(house: Office) -> None:
    story = house.story()
    house.through(story, [*SIGNED, "zhao:release"])
    save(house, policy(credit="Desk edit", zh="编辑部审定"))
    house.through(story, ["li:correct", "li:edit"])
    now = house.open(story)
    assert (now.policy.version, now.situation.standing.valid, now.stale) == (2, {}, False)
    with house.desk.archive.read() as session:
        live = released_file(session, story_row(session, story.id))
    assert live is not None
    assert (live.policy.version, [c.label for c in live.credits]) == (1, ["Draft", "House edit"])
    house.through(story, ["li:submit", "wang:claim", "wang:sign", "zhao:approval"])
    told = [str(one.sentence) for one in events(house.desk) if one.operation in {"step signed", "story claimed"}]
    assert [one for one in reversed(told) if "edit" in one] == [
        "Claimed “House edit”", "Signed “House edit” of version 1.0",
        "Claimed “Desk edit”", "Signed “Desk edit” of version 1.1",
    ]  # fmt: skip
    signed = {(one.policy_version, str(title.titles.en)) for one in house.open(story).signoffs
              if (title := house.open(story).signed_step(one)) and title.kind == "review"}  # fmt: skip
    assert signed == {(1, "House edit"), (2, "Desk edit")}
    assert [c.label for c in house.open(story).credits] == ["Draft", "Desk edit"]
    assert verify(house.desk).problems == ()


def test_a_correction_given_up_goes_back_to_the_version_that_is_out(house: Office) -> None:
    story = house.story()
    house.through(story, [*SIGNED, "zhao:release"])
    save(house, policy(credit="Desk edit"))
    house.through(story, ["li:correct", "li:edit"])
    give_up(house.desk, story.id, by=house["li"], note="It was right.")
    file = house.open(story)
    assert (file.policy.version, len(file.situation.standing.valid)) == (1, 3)
    assert [c.label for c in file.credits] == ["Draft", "House edit"]


def test_a_story_changes_its_policy_while_its_draft_is_open(office: Office) -> None:
    story = office.story()
    save(office, policy())
    assert use_policy(office.desk, story.id, "house", by=office["zhao"]).stories == {story.id}
    assert use_policy(office.desk, story.id, "house", by=office["zhao"]).stories == frozenset()
    office.through(story, ["li:submit", "wang:claim"])
    with pytest.raises(NotAllowedError) as refused:
        use_policy(office.desk, story.id, "draft-revision", by=office["zhao"])
    assert refused.value.advice is not None
    office.through(story, ["wang:return"])
    save(office, policy(credit="Desk edit"))
    use_policy(office.desk, story.id, "house", by=office["zhao"])
    office.through(story, ["li:edit", "li:submit"])
    file = office.open(story)
    assert (file.policy.version, list(file.situation.standing.valid), file.stale) == (2, ["draft"], False)
    operations = [one.operation for one in story_history(office.desk, story.slug)[1]]
    assert operations.count("story policy set") == 2
    with pytest.raises(WrongUsageError):
        use_policy(office.desk, story.id, "nothing", by=office["zhao"])


def test_a_step_of_chosen_roles_is_signed_by_nobody_else(office: Office) -> None:
    draft, review, approval = policy().steps
    legal = replace(review, name="legal", titles=Bilingual("法务审读", "Legal"), roles=frozenset({Role.EDITOR}))
    save(office, replace(policy(), steps=(draft, review, legal, approval)))
    story = office.story(policy="house")
    office.through(story, ["li:submit", "wang:claim", "wang:sign"])
    with pytest.raises(NotAllowedError, match=r"“Legal” is signed by people of these roles alone: Editor"):
        office.through(story, ["chen:claim"])
    office.through(story, ["zhao:claim", "zhao:sign"])
    assert office.open(story).situation.standing.next_step == "approval"


@pytest.fixture
def blocked(office: Office) -> Story:
    """A submitted story whose policy blocks by doubled words, with one in it."""
    save(office, replace(policy(), blocking=frozenset({"doubled-word", "doubled-space"})))
    story = office.story(policy="house")
    office.write(story, "We met at the the gate.")
    office.through(story, ["li:submit", "wang:claim"])
    return story


def test_a_blocking_check_forbids_signing_and_says_where(office: Office, blocked: Story) -> None:
    with pytest.raises(NotAllowedError) as refused:
        office.through(blocked, ["wang:sign"])
    assert str(refused.value) == (
        "Not allowed: 1 finding stands in the way of “House edit” (doubled-word 1; segment 2)."
    )
    assert office.open(blocked).situation.standing.next_step == "revision"
    office.write(blocked, "We met at the gate.", by="wang")
    office.through(blocked, ["wang:sign", "zhao:approval"])
    assert office.open(blocked).story.state is StoryState.APPROVED


def test_what_was_set_aside_or_switched_off_stands_in_nobody_s_way(office: Office, blocked: Story) -> None:
    waive_at(office.desk, blocked.slug, "doubled-word", "2", "A quotation.", by=office["wang"])
    office.through(blocked, ["wang:sign", "wang:withdraw", "wang:claim"])
    office.write(blocked, "We met at the the the  gate.", by="wang")
    with pytest.raises(NotAllowedError):
        office.through(blocked, ["wang:sign"])
    style = replace(house_style(office.desk), switched_off=("doubled-word", "doubled-space"))
    set_house_style(office.desk, style, by=office["zhao"])
    office.through(blocked, ["wang:sign"])


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch, office: Office) -> list[bool]:
    """Of every run of the checks from now on, whether the archive was held for writing; ``between`` comes after it."""
    told: list[bool] = []
    run = checking.run_checks

    def watched(*given: object, **named: object) -> object:
        told.append(office.desk.archive.turns.holder is not None)
        return run(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(checking, "run_checks", watched)
    return told


def between(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let something happen after the checks were run and before the signature is written."""
    look = workflow.look_ahead

    def looked(*given: object) -> object:
        found = look(*given)  # type: ignore[arg-type]
        act()
        return found

    monkeypatch.setattr(workflow, "look_ahead", looked)


def test_nobody_waits_for_the_checks_of_a_signature(office: Office, blocked: Story, runs: list[bool]) -> None:
    with pytest.raises(NotAllowedError):
        office.through(blocked, ["wang:sign"])
    assert runs == [False], "the archive was free while they ran, and they ran once"
    office.write(blocked, "We met at the gate.", by="wang")
    office.through(blocked, ["wang:sign"])
    assert runs == [False, False]


MENDED, BROKEN = "We met at the gate.", "We met at the the  gate."
MEANWHILE: list[tuple[str, Callable[[Office, Story], object], str, bool, int]] = [
    ("nothing", lambda _office, _story: None, MENDED, True, 1),
    ("something that tells the checks nothing", lambda office, _story: office.story(slug="other"), MENDED, True, 1),
    ("words that are mended", lambda office, story: office.write(story, MENDED, by="wang"), BROKEN, True, 2),
    ("words that are spoilt", lambda office, story: office.write(story, BROKEN, by="wang"), MENDED, False, 2),
    ("a term", lambda office, _story: add_term(office.desk, "门", "gate", by=office["zhao"]), MENDED, True, 2),
    (
        "a check that is switched off",
        lambda office, _story: set_house_style(
            office.desk, replace(house_style(office.desk), switched_off=("doubled-word", "doubled-space")),
            by=office["zhao"],
        ),
        BROKEN, True, 1,
    ),
    (
        "a finding that is set aside",
        lambda office, story: waive_at(office.desk, story.slug, "doubled-word", "2", "A name.", by=office["wang"]),
        "We met at the the gate.", True, 2,  # whoever sets it aside runs them for the text as it stands
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("act", "words", "signs", "often"), [row[1:] for row in MEANWHILE], ids=[r[0] for r in MEANWHILE]
)
def test_what_happens_after_the_checks_were_run_counts(
    office: Office, blocked: Story, runs: list[bool], monkeypatch: pytest.MonkeyPatch,
    act: Callable[[Office, Story], object], words: str, signs: bool, often: int,
) -> None:  # fmt: skip
    office.write(blocked, words, by="wang")
    between(monkeypatch, lambda: act(office, blocked))
    if signs:
        office.through(blocked, ["wang:sign"])
    else:
        with pytest.raises(NotAllowedError, match="stand in the way"):
            office.through(blocked, ["wang:sign"])
    assert len(runs) == often, "they are run again only where what they go by has changed"
    assert (office.open(blocked).situation.standing.next_step == "approval") is signs


def test_a_draft_and_the_program_s_policies_are_blocked_by_nothing(office: Office) -> None:
    assert not DRAFT_REVISION.blocking | THREE_REVIEWS.blocking
    story = office.story()
    office.write(story, "We met at the the gate.")
    office.through(story, SIGNED)


def test_a_list_reads_the_policies_once(house: Office) -> None:
    for number in range(12):
        house.story(slug=f"story-{number}")
    said: list[str] = []
    with house.desk.archive.read() as session:
        engine = session.get_bind()

    def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", heard)
    try:
        listed = list_stories(house.desk)
    finally:
        event.remove(engine, "before_cursor_execute", heard)
    assert len(listed) == 12
    assert {(one.policy.name, one.policy.version) for one in listed} == {("house", 1)}
    assert sum("FROM policies" in one for one in said) == 1


@pytest.mark.parametrize("content", ["{}", "[", '{"name": "house"}', json.dumps(to_plain(policy(version=2)))])
def test_a_policy_altered_outside_is_reported_and_locks_nobody_out(house: Office, content: str) -> None:
    story = house.story()
    with closing(sqlite3.connect(house.desk.archive.database, isolation_level=None)) as outside:
        (guard,) = outside.execute("SELECT sql FROM sqlite_master WHERE name='policies_refuse_update'").fetchone()
        outside.execute("DROP TRIGGER policies_refuse_update")
        outside.execute("UPDATE policies SET content=?", (content,))
        outside.execute(guard)
    assert verify(house.desk).problems != ()
    assert [one.summary.id for one in list_stories(house.desk)] == [story.id]
    with pytest.raises(ArchiveUnavailableError, match="lost version 1 of the policy “house”"):
        open_story(house.desk, story.id)
    assert policies(house.desk).book.names() == ["draft-revision", "three-reviews"]


def test_credits_of_a_page_are_known_by_the_house_s_wording(house: Office, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(
        "New Library Opens\n\nThe library opened on Monday, and many students came to see it at once.\n\n"
        "Draft: LI Wei\nHouse edit: WANG Min\n",
        "utf-8",
    )
    (story,) = import_pages(house.desk, [page], by=house["li"]).stories
    assert [(one.step, one.label) for one in story.imported_credits] == [("draft", "Draft"), ("revision", "House edit")]
    other = Office.founded(tmp_path / "other")
    (foreign,) = import_pages(other.desk, [page], by=None).stories
    assert ("revision", "House edit") not in [(one.step, one.label) for one in foreign.imported_credits]
    other.desk.close()


def test_a_policy_goes_out_as_a_file_and_comes_in_again(office: Office, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "house.json"
    file.write_text(policy_text(policy()), "utf-8")
    assert read_policy(file) == policy()
    file.write_text("[" * 100_000, "utf-8")
    with pytest.raises(InputRefusedError) as refused:
        read_policy(file)
    assert refused.value.subject == str(file)
    assert save_policy(desk, policy(), by=office["zhao"])[0] == policy()
    with desk.archive.read() as session:
        assert session.get_one(PolicyRow, ("house", 1)).content == to_plain(policy())
