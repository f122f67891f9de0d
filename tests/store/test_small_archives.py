"""A work package becomes a small archive that is equal and can be proved, and what it says too much is not believed."""

import io
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import Office
from test_packing import read, with_picture

from desktop_app.desk import correcting, duties, embargoes, new_folders, publishing, source_changes
from desktop_app.desk.backups import restore
from desktop_app.desk.comments import comment, resolve
from desktop_app.desk.desk import Desk, Progress, open_desk
from desktop_app.desk.home import home_of
from desktop_app.desk.homecoming import open_home, plan_home
from desktop_app.desk.loans import list_loans
from desktop_app.desk.memory import add_units, look_up
from desktop_app.desk.packing import pack, survey
from desktop_app.desk.people import current_person, list_people
from desktop_app.desk.policy_making import save_policy
from desktop_app.desk.signatures import Signer
from desktop_app.desk.signing_keys import enrol, list_keys, retire
from desktop_app.desk.small_archives import unpack
from desktop_app.desk.stories import StoryFile, open_story, story_history
from desktop_app.desk.terms import add_term, all_terms
from desktop_app.desk.verification import verify
from desktop_app.desk.waivers import waivers
from desktop_app.desk.workflow import submit
from desktop_app.domain.memory import MemoryUnit
from desktop_app.domain.policy import THREE_REVIEWS
from desktop_app.domain.statements import KeyEnd
from desktop_app.domain.story import Story, StoryState
from desktop_app.exchange.packages.container import OpenContainer, write_container
from desktop_app.exchange.packages.house_parts import read_person
from desktop_app.exchange.packages.plain import Plain
from desktop_app.foundation import ed25519
from desktop_app.foundation.errors import (
    ArchiveUnavailableError,
    CancelledError,
    InputRefusedError,
    NotAllowedError,
    WrongUsageError,
)
from desktop_app.foundation.messages import N_
from desktop_app.language.source_update import NewSource

ACTS = ("edit", "submit", "claim", "sign", "return", "withdraw", "release", "correct", "unpublish", "drop", "restore")
PEOPLE = ("li", "sun", "wang", "chen", "zhao")


@contextmanager
def opened(folder: Path) -> Iterator[Desk]:
    desk = open_desk(folder)
    try:
        yield desk
    finally:
        desk.close()


def acted(office: Office, story: Story, acts: list[tuple[str, str]]) -> None:
    """Let people do what they may; what is refused is passed over."""
    for person, act in acts:
        try:
            office.act(story, act, person)
        except NotAllowedError:
            continue


def without_reasons(file: StoryFile) -> StoryFile:
    """A story as it stands elsewhere: why a kill or a correction was asked for stays in the events of the archive."""
    return replace(file, publication=replace(file.publication, kill_reason="", correction_reason=""))


def round_trip(office: Office, acts: list[tuple[str, str]], folder: Path) -> None:
    """Out, unpacked, proved, and packed to go home: nothing is lost and nothing is added."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    story = office.story()
    acted(office, story, acts)
    pack(office.desk, [story.id], folder / "x.diptych", by=office["zhao"], made_for=office["li"])
    made = unpack(folder / "x.diptych", folder / "small")
    assert made.problems == ()
    with opened(folder / "small") as small:
        assert open_story(small, story.id) == without_reasons(office.open(story))
        assert verify(small).problems == ()
        pack(small, [], folder / "home.diptych", by=office["li"])
        (home,) = read(folder / "home.diptych").stories
        (out,) = read(folder / "x.diptych").stories
        assert replace(home, shape=out.shape) == out
        assert home.base == office.open(story).story.content
    assert verify(office.desk).problems == ()


PLANS = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(ACTS)), max_size=14)
PROPER = [
    ("li", "submit"), ("wang", "claim"), ("wang", "edit"), ("wang", "sign"), ("zhao", "sign"), ("zhao", "release"),
    ("li", "correct"), ("li", "edit"), ("li", "submit"), ("chen", "claim"),
]  # fmt: skip


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=PLANS)
def test_whatever_was_done_to_a_story_goes_out_and_home_again(office: Office, tmp_path: Path, plan: list) -> None:
    round_trip(office, plan, tmp_path / "trip")


@pytest.mark.parametrize("length", [0, 1, 2, 5, 8, 10])
def test_a_story_goes_out_and_home_again_from_every_state(office: Office, tmp_path: Path, length: int) -> None:
    round_trip(office, PROPER[:length], tmp_path / "trip")


@pytest.mark.proof
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=PLANS, length=st.integers(0, len(PROPER)))
def test_many_histories_go_out_and_home_again(office: Office, tmp_path: Path, plan: list, length: int) -> None:
    round_trip(office, PROPER[:length] + plan, tmp_path / "trip")


@pytest.fixture(scope="module")
def home(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A house that has packed two stories as ``x.diptych``, with everything that a package can carry."""
    folder = tmp_path_factory.mktemp("home")
    office = Office.moved(template, folder / "archive")
    first, second = office.story(slug="first"), office.story(slug="second")
    with_picture(office, first, folder)
    save_policy(office.desk, replace(THREE_REVIEWS, name="house"), by=office["zhao"])
    add_term(office.desk, "北京大学", "Peking University", by=office["sun"])
    add_term(office.desk, "天气", "weather", by=office["sun"])
    units = [MemoryUnit("第0段第一句！", "Paragraph nought, one!")]
    add_units(office.desk, units, origin="old.tmx", digest="0" * 64, by=office["sun"])
    office.through(first, ["li:submit", "wang:claim", "wang:edit", "wang:sign", "zhao:sign", "zhao:release"])
    noted = comment(office.desk, second.id, "1", "Is this his title?", by=office["wang"]).comment
    resolve(office.desk, noted.id, by=office["li"])
    pack(office.desk, ["first", "second"], folder / "x.diptych", by=office["zhao"], made_for=office["wang"])
    yield office
    office.desk.close()


@pytest.fixture
def packed(home: Office, tmp_path: Path) -> Path:
    """A copy of that package."""
    return Path(shutil.copy(home.desk.folder.parent / "x.diptych", tmp_path / "x.diptych"))


def test_what_stands_beside_the_signoffs_comes_along(office: Office, tmp_path: Path) -> None:
    """An assignment, an embargo, an early release and a source that waits to be judged are as they are at home."""
    desk, early, late = office.desk, office.story(), office.story()
    embargoes.set_embargo(
        desk, late.id, "2030-01-01T00:00:00.000000Z", "Asia/Shanghai", by=office["zhao"], reason="press"
    )
    office.act(late, "submit", "li")
    duties.assign(desk, late.id, to=office["wang"], by=office["zhao"], note="please")
    office.act(early, "submit", "li")
    publishing.release_early(desk, early.id, by=office["zhao"], note="flood")
    segment = office.segments(early)[1]
    source_changes.take_in(desk, early.id, NewSource(texts={segment.id: "另一句话。"}), by=office["zhao"])
    pack(desk, [early.id, late.id], tmp_path / "x.diptych", by=None, made_for=office["wang"])
    unpack(tmp_path / "x.diptych", tmp_path / "small")
    with opened(tmp_path / "small") as small:
        for story in (early, late):
            there, here = open_story(small, story.id), office.open(story)
            assert there == here
        assert office.open(early).publication.emergency is not None
        assert office.open(early).publication.changes
        assert office.open(late).publication.embargo is not None
        assert verify(small).problems == ()


def test_a_small_archive_has_everything_that_work_needs(home: Office, packed: Path, tmp_path: Path) -> None:
    made = unpack(packed, tmp_path / "small")
    assert (made.house, made.made_for) == (home.desk.house().name, home["wang"])
    with opened(tmp_path / "small") as small:
        assert current_person(small) == home["wang"]
        assert list_people(small) == list_people(home.desk)
        assert [term.source for term in all_terms(small)] == ["北京大学"]
        assert look_up(small, "第0段第一句！")[0].unit.target == "Paragraph nought, one!"
        for slug in ("first", "second"):
            assert open_story(small, slug) == open_story(home.desk, slug)
            assert waivers(small, slug) == waivers(home.desk, slug)
        origin = home_of(small)
        assert origin is not None
        assert (origin.package, origin.house, origin.edition) == (made.package, home.desk.house().name, 0)
        assert verify(small).problems == ()
        assert [event.operation for event in story_history(small, "first")[1]] == ["package unpacked", "story unpacked"]
    assert home_of(home.desk) is None


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"house": "Elsewhere"}'])
def test_a_small_archive_that_forgot_its_house_is_not_taken_for_one(home: Office, packed: Path, damage: str) -> None:
    unpack(packed, packed.parent / "small")
    with opened(packed.parent / "small") as small:
        with closing(sqlite3.connect(small.archive.database)) as altered, altered:
            altered.execute("UPDATE facts SET value = ? WHERE key = 'home'", (damage,))
        editor, policy = home["zhao"], replace(THREE_REVIEWS, name="own")
        for act in (
            lambda: publishing.release(small, "second", by=editor),
            lambda: publishing.kill(small, "second", by=editor, note="Why."),
            lambda: correcting.correct(small, "first", by=editor, note="Why."),
            lambda: embargoes.lift(small, "second", by=editor, reason="Why."),
            lambda: save_policy(small, policy, by=editor),
            lambda: pack(small, ["second"], packed.parent / "x2.diptych", by=editor),
        ):
            with pytest.raises(ArchiveUnavailableError, match="which house"):
                act()
        assert open_story(small, "first") == open_story(home.desk, "first"), "what it holds can still be read"


def test_a_story_of_its_own_travels_home_too_and_every_answer_counts(
    home: Office, packed: Path, tmp_path: Path
) -> None:
    unpack(packed, tmp_path / "small")
    with opened(tmp_path / "small") as small:
        away = Office(small, home.people)
        begun = away.story(slug="begun-away")
        away.write(away.open(begun).story, "Written away.")
        first = pack(small, [], tmp_path / "1.diptych", by=home["wang"])
        second = pack(small, [], tmp_path / "2.diptych", by=home["wang"])
        assert (first.edition, second.edition) == (1, 2)
        assert list_loans(small) == []
        package = read(tmp_path / "2.diptych")
        assert package.answers is not None
        assert (package.answers.package, package.answers.edition) == (read(packed).id, 2)
        assert package.answers.head == read(packed).head
        by_slug = {story.slug: story for story in package.stories}
        assert by_slug["begun-away"].base.blocks == ()
        assert len(package.audit) == package.head.number
        assert (package.audit[-1].sequence, package.audit[-1].hash) == (package.head.number, package.head.hash)
        assert verify(small).problems == ()


def test_a_small_archive_always_goes_home_whole_whatever_is_named(home: Office, packed: Path, tmp_path: Path) -> None:
    unpack(packed, tmp_path / "small")
    with opened(tmp_path / "small") as small:
        done = pack(small, ["second"], tmp_path / "on.diptych", by=home["wang"], made_for=home["chen"])
        assert done.edition == 1
        assert len(done.stories) == len(read(packed).stories) == survey(small, ["second"]).stories == 2
        assert list_loans(small, open_only=False) == []
        with pytest.raises(WrongUsageError):
            pack(small, ["no-such"], tmp_path / "no.diptych", by=None)
        assert verify(small).problems == ()
    with closing(open_home(home.desk, tmp_path / "on.diptych")) as file:
        assert not plan_home(home.desk, file, by=home["zhao"]).conflicts


def test_a_package_from_elsewhere_is_told_how_work_comes_home(home: Office, packed: Path, tmp_path: Path) -> None:
    unpack(packed, tmp_path / "small")
    with (
        opened(tmp_path / "small") as small,
        closing(open_home(small, packed)) as file,
        pytest.raises(InputRefusedError) as refused,
    ):
        plan_home(small, file, by=None)
    assert "packed there again, with “diptych pack -o" in str(refused.value.advice)


@pytest.mark.parametrize("field", ["name", "zh"])
def test_no_name_that_does_not_print_comes_in_a_package(field: str) -> None:
    row = {"id": "018d5000-0000-7000-8000-0000000000aa", "name": "LI Wei", "zh": "李蔚", "roles": [], "key": None}
    assert read_person(Plain(row, "people.json")).name == "LI Wei"
    with pytest.raises(InputRefusedError):
        read_person(Plain({**row, field: "LI\u202eWei"}, "people.json"))


def test_what_is_published_is_decided_at_home(home: Office, packed: Path, tmp_path: Path) -> None:
    unpack(packed, tmp_path / "small")
    with opened(tmp_path / "small") as small:
        away = Office(small, home.people)
        released, draft = open_story(small, "first").story, open_story(small, "second").story
        away.through(draft, ["li:submit", "wang:claim", "wang:sign", "zhao:sign"])
        for story, act in ((draft, "release"), (draft, "drop"), (draft, "kill"), (released, "correct"),
                           (released, "unpublish")):  # fmt: skip
            with pytest.raises(NotAllowedError, match="at home"):
                away.act(story, act, "zhao")
        assert verify(small).problems == ()


def test_two_places_that_open_one_package_can_be_told_apart(home: Office, packed: Path, tmp_path: Path) -> None:
    origins = set()
    for name in ("a", "b"):
        unpack(packed, tmp_path / name)
        with opened(tmp_path / name) as small:
            pack(small, [], tmp_path / f"{name}.diptych", by=home["wang"])
        answer = read(tmp_path / f"{name}.diptych").answers
        assert answer is not None
        origins.add(answer.origin)
    assert len(origins) == 2


def test_signatures_come_along_and_hold_and_a_bad_one_is_named(office: Office, tmp_path: Path) -> None:
    story = office.story()
    private = bytes(range(32))
    enrol(office.desk, office["li"], by=office["sun"], public=ed25519.public_of(private))
    submit(office.desk, story.id, by=office["li"], signer=Signer.of(private))
    retire(office.desk, office["li"], by=office["sun"], reason=KeyEnd.LOST)
    pack(office.desk, [story.id], tmp_path / "x.diptych", by=None, made_for=office["li"])
    assert unpack(tmp_path / "x.diptych", tmp_path / "small").problems == ()
    with opened(tmp_path / "small") as small:
        assert verify(small).problems == ()
        assert list_keys(small).keys == list_keys(office.desk).keys

    def forge(data: dict) -> None:
        signed = data["signoffs"][0]
        signed["signature"] = ("0" if signed["signature"][0] != "0" else "1") + signed["signature"][1:]

    (problem,) = unpack(altered(tmp_path / "x.diptych", story.id, forge), tmp_path / "bad").problems
    assert problem.id == office.open(story).signoffs[0].id
    with opened(tmp_path / "bad") as bad:
        assert [one.id for one in verify(bad).problems] == [problem.id]


# What a package may not do


def altered(file: Path, story: str, change: Callable[[dict], None], part: str = "") -> Path:
    """The package as somebody with the program's own means would make it anew, with one part otherwise."""
    name = part or f"stories/{story}.json"
    with OpenContainer(io.BytesIO(file.read_bytes()), "x") as container:
        facts = dict(container.facts)
        parts = {one: container.read(one) for one in container.parts}
    data = json.loads(parts[name])
    change(data)
    parts[name] = json.dumps(data).encode()
    out = file.with_name("altered.diptych")
    with out.open("w+b") as target:
        write_container(target, facts, parts.items())
    return out


@pytest.mark.parametrize("told", ["submitted", "in revision", "approved", "released", "unpublished"])
def test_a_state_stands_no_higher_than_its_signoffs(office: Office, tmp_path: Path, told: str) -> None:
    story = office.story()
    office.act(story, "submit", "li")
    pack(office.desk, [story.id], tmp_path / "x.diptych", by=None)

    def raise_it(data: dict) -> None:
        data["facts"]["state"] = told
        data["facts"]["released"] = data["facts"]["version"] if told == "released" else None

    unpack(altered(tmp_path / "x.diptych", story.id, raise_it), tmp_path / "small")
    with opened(tmp_path / "small") as small:
        file = open_story(small, story.id)
        assert file.story.state is StoryState.SUBMITTED
        assert not file.situation.public
        assert verify(small).problems == ()


def test_a_state_without_any_signoff_is_a_draft(office: Office, tmp_path: Path) -> None:
    story = office.story()
    pack(office.desk, [story.id], tmp_path / "x.diptych", by=None)

    def raise_it(data: dict) -> None:
        data["facts"]["state"] = "approved"

    unpack(altered(tmp_path / "x.diptych", story.id, raise_it), tmp_path / "small")
    with opened(tmp_path / "small") as small:
        assert open_story(small, story.id).story.state is StoryState.DRAFTING


def test_a_text_that_was_changed_leaves_its_signoffs_behind(office: Office, tmp_path: Path) -> None:
    story = office.story()
    office.through(story, ["li:submit", "wang:claim", "wang:sign", "zhao:sign"])
    pack(office.desk, [story.id], tmp_path / "x.diptych", by=None)

    def write(data: dict) -> None:
        data["content"]["blocks"][0]["segments"][0][2] = "Another headline"
        data["base"] = None

    unpack(altered(tmp_path / "x.diptych", story.id, write), tmp_path / "small")
    with opened(tmp_path / "small") as small:
        file = open_story(small, story.id)
        assert file.story.state not in {StoryState.APPROVED, StoryState.RELEASED}
        assert not any(file.counts(one) for one in file.signoffs)


def _foreign_digest(data: dict) -> None:
    data["signoffs"][0]["digest"] = "5e" * 32


def _other_text(data: dict) -> None:
    data["versions"][0]["content"]["blocks"][0]["segments"][0][2] = "Other words"


def _unknown_policy(data: dict) -> None:
    data["facts"]["policy"] = "nobodys"


@pytest.mark.parametrize("change", [_foreign_digest, _other_text, _unknown_policy])
def test_what_does_not_fit_together_is_refused_and_leaves_nothing(
    office: Office, tmp_path: Path, change: Callable[[dict], None]
) -> None:
    story = office.story()
    office.act(story, "submit", "li")
    pack(office.desk, [story.id], tmp_path / "x.diptych", by=None)
    with pytest.raises(InputRefusedError) as refused:
        unpack(altered(tmp_path / "x.diptych", story.id, change), tmp_path / "new" / "small")
    assert refused.value.subject.endswith("altered.diptych")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "settings_", [{"house-style": "{"}, {"house-style": '{"patterns": 7}'}, {"sentence-rules": "[]"}, {"policy": "x"}]
)
def test_settings_by_which_nobody_could_work_are_refused(packed: Path, tmp_path: Path, settings_: dict) -> None:
    file = altered(packed, "", lambda data: data.update(settings_), "settings.json")
    with pytest.raises(InputRefusedError) as refused:
        unpack(file, tmp_path / "small")
    assert str(refused.value.place).startswith("settings.json")
    assert not (tmp_path / "small").exists()


def test_a_picture_that_is_another_than_its_entry_says_is_refused(packed: Path, tmp_path: Path) -> None:
    file = altered(packed, "", lambda data: data[0].update(payload="5e" * 32), "pictures.json")
    with pytest.raises(InputRefusedError, match="picture"):
        unpack(file, tmp_path / "small")
    assert not (tmp_path / "small").exists()


def test_an_answer_on_its_way_home_is_not_unpacked(home: Office, packed: Path, tmp_path: Path) -> None:
    unpack(packed, tmp_path / "small")
    with opened(tmp_path / "small") as small:
        pack(small, [], tmp_path / "home.diptych", by=home["wang"])
    with pytest.raises(InputRefusedError, match="way home"):
        unpack(tmp_path / "home.diptych", tmp_path / "again")


def test_every_byte_altered_is_refused_or_changes_nothing(packed: Path, tmp_path: Path) -> None:
    whole = packed.read_bytes()
    refused = 0
    for at in range(0, len(whole), max(1, len(whole) // 60)):
        data = bytearray(whole)
        data[at] ^= 0x10
        file = tmp_path / "flipped.diptych"
        file.write_bytes(data)
        try:
            read(file)
        except InputRefusedError:
            refused += 1
        else:
            assert read(file) == read(packed)
    assert refused > 50
    with pytest.raises(InputRefusedError):
        unpack(file, tmp_path / "small")
    assert not (tmp_path / "small").exists()


@pytest.mark.parametrize("keep", [0, 10, 1000, -1])
def test_a_truncated_package_is_refused(packed: Path, tmp_path: Path, keep: int) -> None:
    file = tmp_path / "short.diptych"
    file.write_bytes(packed.read_bytes()[:keep])
    with pytest.raises(InputRefusedError):
        unpack(file, tmp_path / "small")
    assert not (tmp_path / "small").exists()


def test_a_stopped_unpacking_leaves_nothing(packed: Path, tmp_path: Path) -> None:
    for last in (0, 1, 3, 6, 9, 12, 10_000):
        asked = iter(range(last + 1))

        def check(asked: Iterator[int] = asked) -> None:
            if next(asked, None) is None:
                raise CancelledError(N_("stopped"))

        try:
            unpack(packed, tmp_path / "new" / "small", progress=Progress(check=check))
        except CancelledError:
            assert not (tmp_path / "new").exists()
            assert last < 10_000
    assert (tmp_path / "new" / "small" / "archive.sqlite").is_file()


def test_a_folder_with_something_in_it_is_left_alone(packed: Path, tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "mine.txt").write_text("mine")
    for place in (tmp_path / "small", tmp_path / "small" / "mine.txt"):
        with pytest.raises(ArchiveUnavailableError):
            unpack(packed, place)
    assert [path.name for path in (tmp_path / "small").iterdir()] == ["mine.txt"]
    (tmp_path / "empty").mkdir()
    unpack(packed, tmp_path / "empty")
    assert sorted(path.name for path in (tmp_path / "empty").iterdir())[:1] == ["archive.sqlite"]


def test_a_disk_that_fails_halfway_leaves_nothing(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = new_folders.os.replace

    def fails(source: Path, target: Path) -> None:
        if target.name == "archive.sqlite":
            raise OSError(28, "No space left on device")
        moved(source, target)

    monkeypatch.setattr(new_folders.os, "replace", fails)
    with pytest.raises(ArchiveUnavailableError, match="room"):
        unpack(packed, tmp_path / "small")
    assert not (tmp_path / "small").exists()


def test_a_package_given_for_an_archive_or_a_backup_says_what_to_do(packed: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveUnavailableError) as refused:
        open_desk(packed)
    assert "unpack" in str(refused.value.advice)
    with pytest.raises(InputRefusedError) as no_backup:
        restore(packed, tmp_path / "x")
    assert "unpack" in str(no_backup.value.advice)
