"""Signatures in the archive: who may hand keys in, what a sign-off needs, and what verify says of each that fails."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from office import Office

from desktop_app.desk import embargoes, policy_making, publishing, signing_keys
from desktop_app.desk.approval_sheets import approval_sheet
from desktop_app.desk.desk import Desk
from desktop_app.desk.exporting import export
from desktop_app.desk.people import add_person, list_people, remove_person
from desktop_app.desk.publishing import approve_later, release_early
from desktop_app.desk.signatures import Signer, check_signature, fault_coming_in, signer_for
from desktop_app.desk.stories import open_story
from desktop_app.desk.verification import verify
from desktop_app.desk.workflow import give_back, sign, submit, withdraw
from desktop_app.domain.people import Person
from desktop_app.domain.policy import POLICIES
from desktop_app.domain.statements import KeyEnd, fingerprint_of, signed_signoff, statement_of
from desktop_app.domain.story import Story, StoryState
from desktop_app.foundation import ed25519, sealed_key
from desktop_app.foundation.errors import InputRefusedError, NotAllowedError, WrongUsageError
from desktop_app.foundation.key_store import KeyPlace, KeyStore
from desktop_app.store import foundations, history
from desktop_app.store.dialects.sqlite import guards
from desktop_app.store.models import StoryRow

PASSPHRASE = "four words in a row"
FORGE_WORDS = "UPDATE segments SET target = 'Forged.' WHERE rowid = (SELECT min(rowid) FROM segments)"


@pytest.fixture(autouse=True)
def _cheap_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed_key.seal, "__kwdefaults__", {"cost": 1 << 10})


@pytest.fixture
def store(tmp_path: Path) -> KeyStore:
    return KeyStore(tmp_path / "keys")


def keyed(office: Office, name: str) -> Signer:
    """Enrol a fresh key of a person; what they sign with."""
    signer = Signer.of(private := ed25519.new_private())
    signing_keys.enrol(office.desk, office[name], by=office["sun"], public=ed25519.public_of(private))
    return signer


def signed(office: Office, story: Story) -> dict[str, Signer]:
    """Take a story through its steps with signatures of two of three people."""
    keys = {name: keyed(office, name) for name in ("li", "wang")}
    submit(office.desk, story.id, by=office["li"], signer=keys["li"])
    office.through(story, ["wang:claim"])
    sign(office.desk, story.id, step="revision", by=office["wang"], note="read twice", signer=keys["wang"])
    office.through(story, ["zhao:sign"])
    return keys


def reasons(desk: Desk, kind: str = "signature") -> list[str]:
    return [str(problem.reason) for problem in verify(desk).problems if problem.kind == kind]


# Keys


def test_a_translator_s_key_waits_until_the_archivist_confirms_it(office: Office, store: KeyStore) -> None:
    desk, li, sun = office.desk, office["li"], office["sun"]
    key, _ = signing_keys.new_key(desk, li, by=li, store=store, passphrase=lambda: PASSPHRASE)
    assert key.waiting
    assert person(desk, li).key is None
    with pytest.raises(NotAllowedError, match="only an archivist or editor confirms keys"):
        signing_keys.enrol(desk, li, by=li)

    confirmed, _ = signing_keys.enrol(desk, li, by=sun)

    assert confirmed.active
    assert (confirmed.enrolled_by, person(desk, li).key) == (sun.id, key.fingerprint)
    assert verify(desk).problems == ()


def person(desk: Desk, who: Person) -> Person:
    return next(one for one in list_people(desk) if one.id == who.id)


def test_anybody_confirms_keys_while_there_is_no_archivist_and_no_editor(office: Office, store: KeyStore) -> None:
    desk = office.desk
    for name in ("sun", "zhao"):
        remove_person(desk, office[name], by=office[name])
    key, _ = signing_keys.new_key(desk, office["li"], by=office["wang"], store=store, passphrase=lambda: PASSPHRASE)
    assert key.active


def test_a_key_of_another_is_asked_for_by_an_archivist_alone(office: Office, store: KeyStore) -> None:
    with pytest.raises(NotAllowedError) as refused:
        signing_keys.new_key(office.desk, office["li"], by=office["wang"], store=store, passphrase=lambda: PASSPHRASE)
    assert "SUN Yue" in str(refused.value.advice)
    assert not store.folder.exists()
    with pytest.raises(NotAllowedError):
        signing_keys.enrol(office.desk, office["li"], by=office["wang"], public=ed25519.public_of(b"\x07" * 32))


def test_a_person_has_one_key_at_a_time_and_a_key_is_one_person_s(office: Office, store: KeyStore) -> None:
    desk, li, sun = office.desk, office["li"], office["sun"]
    public = ed25519.public_of(b"\x07" * 32)
    signing_keys.enrol(desk, li, by=sun, public=public)
    with pytest.raises(NotAllowedError, match="has the key"):
        signing_keys.new_key(desk, li, by=sun, store=store, passphrase=lambda: PASSPHRASE)
    with pytest.raises(NotAllowedError, match="has or had this very key"):
        signing_keys.enrol(desk, office["wang"], by=sun, public=public)

    signing_keys.retire(desk, li, by=li, reason=KeyEnd.REPLACED)

    for name in ("li", "wang"):
        with pytest.raises(NotAllowedError, match="has or had this very key"):
            signing_keys.enrol(desk, office[name], by=sun, public=public)
    signing_keys.enrol(desk, li, by=sun, public=ed25519.public_of(b"\x08" * 32))
    assert [key.active for key in signing_keys.list_keys(desk).keys] == [False, True]


def test_the_database_itself_refuses_a_second_key(office: Office) -> None:
    keyed(office, "li")
    with closing(sqlite3.connect(office.desk.archive.database)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(
            "INSERT INTO person_keys SELECT 'f', person, public, asked_at, enrolled_at, enrolled_by, NULL, NULL, '' "
            "FROM person_keys"
        )


def test_everybody_retires_their_own_key_and_only_an_archivist_another_s(office: Office) -> None:
    keyed(office, "li")
    keyed(office, "wang")
    with pytest.raises(NotAllowedError, match="whose key it is"):
        signing_keys.retire(office.desk, office["li"], by=office["wang"], reason=KeyEnd.LOST)
    signing_keys.retire(office.desk, office["li"], by=office["li"], reason=KeyEnd.LOST)
    signing_keys.retire(office.desk, office["wang"], by=office["sun"], reason=KeyEnd.LEFT)
    with pytest.raises(WrongUsageError, match="has no key"):
        signing_keys.retire(office.desk, office["li"], by=office["li"], reason=KeyEnd.LOST)


def test_somebody_who_signs_with_a_key_stays_among_the_people(office: Office) -> None:
    he, _ = add_person(office.desk, "HE Jing")
    signing_keys.enrol(office.desk, he, by=office["sun"], public=ed25519.public_of(b"\x07" * 32))
    with pytest.raises(NotAllowedError):
        remove_person(office.desk, he, by=office["sun"])


def test_a_refused_enrolment_leaves_no_private_key_behind(office: Office, store: KeyStore) -> None:
    desk, li = office.desk, office["li"]

    def passphrase() -> str:
        keyed(office, "li")  # somebody was quicker
        return PASSPHRASE

    with pytest.raises(NotAllowedError):
        signing_keys.new_key(desk, li, by=office["sun"], store=store, passphrase=passphrase)
    assert list(store.folder.iterdir()) == []


def test_keys_travel_as_files(office: Office, store: KeyStore, tmp_path: Path) -> None:
    desk, li, sun = office.desk, office["li"], office["sun"]
    key, _ = signing_keys.new_key(desk, li, by=sun, store=store, passphrase=lambda: PASSPHRASE)
    signing_keys.export_public(desk, li, tmp_path / "li.pem")
    assert fingerprint_of(signing_keys.read_public(tmp_path / "li.pem")) == key.fingerprint
    signing_keys.export_private(desk, li, tmp_path / "li.json", store=store, passphrase=lambda: "never asked")
    with pytest.raises(InputRefusedError, match="no public key"):
        signing_keys.read_public(tmp_path / "li.json")

    laptop = KeyStore(tmp_path / "laptop")
    with pytest.raises(NotAllowedError, match="not on this computer"):
        signer_for(desk, li, laptop, lambda: PASSPHRASE)
    with pytest.raises(InputRefusedError, match="the key in this file is"):
        signing_keys.take(tmp_path / "li.json", store=laptop, passphrase=lambda: PASSPHRASE, wanted="0" * 64)
    with pytest.raises(NotAllowedError, match="does not open"):
        signing_keys.take(tmp_path / "li.json", store=laptop, passphrase=lambda: "another one")
    assert laptop.place(key.fingerprint) is None
    signing_keys.take(tmp_path / "li.json", store=laptop, passphrase=lambda: PASSPHRASE)
    signer = signer_for(desk, li, laptop, lambda: PASSPHRASE)
    assert signer is not None
    assert signer.fingerprint == key.fingerprint


class Keeping(KeyringBackend):
    """A keyring in this process."""

    priority = 5  # type: ignore[assignment] # a property of the class in keyring

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring() -> Iterator[Keeping]:
    before, ring = keyring.get_keyring(), Keeping()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def never() -> str:
    raise AssertionError("a passphrase was asked for")


def test_a_key_in_the_keyring_signs_without_a_question(
    office: Office, story: Story, store: KeyStore, ring: Keeping
) -> None:
    desk, li = office.desk, office["li"]
    key, _ = signing_keys.new_key(desk, li, by=office["sun"], store=store, passphrase=None)
    assert store.place(key.fingerprint) is KeyPlace.KEYRING
    submit(desk, story.id, by=li, signer=signer_for(desk, li, store, never))
    assert verify(desk).problems == ()
    assert open_story(desk, story.id).signoffs[0].key == key.fingerprint

    ring.kept["diptych", key.fingerprint] = ed25519.new_private().hex()
    with pytest.raises(InputRefusedError, match="another key"):
        signer_for(desk, li, store, never)


def test_a_refused_enrolment_leaves_nothing_in_the_keyring(office: Office, store: KeyStore, ring: Keeping) -> None:
    class Quicker(Keeping):
        def set_password(self, service: str, username: str, password: str) -> None:
            super().set_password(service, username, password)
            keyed(office, "li")

    quicker = Quicker()
    keyring.set_keyring(quicker)
    with pytest.raises(NotAllowedError):
        signing_keys.new_key(office.desk, office["li"], by=office["sun"], store=store, passphrase=None)
    assert quicker.kept == {}


# Signing


def test_a_sign_off_is_signed_and_the_signature_holds(office: Office, story: Story) -> None:
    keys = signed(office, story)
    file = office.open(story)
    draft, revision, approval = file.signoffs
    assert (draft.key, revision.key, approval.key) == (keys["li"].fingerprint, keys["wang"].fingerprint, None)
    assert file.unproven == {}
    found = verify(office.desk)
    assert found.problems == ()
    assert found.checked["signatures"] == 2
    public = next(key.public for key in signing_keys.list_keys(office.desk).keys if key.person == office["wang"].id)
    statement = statement_of(story.id, revision)
    assert revision.signature is not None
    assert check_signature(statement, revision.signature, public)
    assert not check_signature(replace(statement, note="read once"), revision.signature, public)


def test_somebody_who_has_a_key_signs_with_it_or_not_at_all(office: Office, story: Story) -> None:
    keyed(office, "li")
    stranger = Signer.of(ed25519.new_private())
    for signer in (None, stranger):
        with pytest.raises(NotAllowedError, match="not on this computer"):
            submit(office.desk, story.id, by=office["li"], signer=signer)
    assert office.open(story).signoffs == ()


def test_a_signer_without_an_enrolled_key_gives_no_signature(office: Office, story: Story) -> None:
    submit(office.desk, story.id, by=office["li"], signer=Signer.of(ed25519.new_private()))
    assert office.open(story).signoffs[0].key is None
    assert verify(office.desk).problems == ()


def test_a_house_can_demand_signatures(office: Office, story: Story) -> None:
    desk = office.desk
    with pytest.raises(NotAllowedError, match="only an archivist"):
        signing_keys.demand(desk, on=True, by=office["li"])
    assert signing_keys.demand(desk, on=True, by=office["sun"]).people
    assert not signing_keys.demand(desk, on=True, by=office["sun"]).people
    with pytest.raises(NotAllowedError, match="demands a signature"):
        submit(desk, story.id, by=office["li"])
    submit(desk, story.id, by=office["li"], signer=keyed(office, "li"))
    signing_keys.demand(desk, on=False, by=office["sun"])
    office.through(story, ["wang:claim", "wang:sign"])
    assert not signing_keys.list_keys(desk).demanded


def test_a_waiting_key_signs_nothing(office: Office, story: Story) -> None:
    private = ed25519.new_private()
    signing_keys.enrol(office.desk, office["li"], by=office["li"], public=ed25519.public_of(private))
    submit(office.desk, story.id, by=office["li"], signer=Signer.of(private))
    assert office.open(story).signoffs[0].key is None


def test_a_retired_key_proves_what_was_signed_before(office: Office, story: Story) -> None:
    keys = signed(office, story)
    for name in ("li", "wang"):
        signing_keys.retire(office.desk, office[name], by=office["sun"], reason=KeyEnd.LOST)
    assert verify(office.desk).problems == ()
    assert office.open(story).unproven == {}
    withdraw(office.desk, story.id, by=office["zhao"], note="again")
    give_back(office.desk, story.id, by=office["wang"], note="once more")
    submit(office.desk, story.id, by=office["li"], signer=keys["li"])
    assert office.open(story).signoffs[-1].key is None  # a retired key signs nothing


def test_what_comes_in_needs_a_key_that_is_active_now(office: Office, story: Story) -> None:
    signed(office, story)
    draft = office.open(story).signoffs[0]
    with office.desk.archive.read() as session:
        assert fault_coming_in(session, signed_signoff(story.id, draft)) is None
        assert fault_coming_in(session, signed_signoff("another story", draft)) is not None
        assert fault_coming_in(session, signed_signoff(story.id, replace(draft, key="0" * 64))) is not None
        assert fault_coming_in(session, signed_signoff(story.id, replace(draft, key=None, signature=None))) is None
    signing_keys.retire(office.desk, office["li"], by=office["li"], reason=KeyEnd.LOST)
    with office.desk.archive.read() as session:
        assert "retired here before it came home" in str(fault_coming_in(session, signed_signoff(story.id, draft)))


# What verify says


def outside(office: Office, *changes: str) -> None:
    """Change the database as an outsider does, its guards taken off and put back."""
    with closing(sqlite3.connect(office.desk.archive.database, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for change in changes:
            assert connection.execute(change).rowcount == 1, change
        for statement in guards():
            connection.execute(statement)


REVISION = "WHERE step = 'revision'"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (f"UPDATE signoffs SET note = 'read once' {REVISION}", "one of the two was altered"),
        (f"UPDATE signoffs SET at = '2024-01-01T00:00:00.000000Z' {REVISION}", "one of the two was altered"),
        (f"UPDATE signoffs SET handed = 'ab' {REVISION}", "one of the two was altered"),
        (f"UPDATE signoffs SET minor = 7 {REVISION}", "one of the two was altered"),
        (f"UPDATE signoffs SET policy_version = 9 {REVISION}", "one of the two was altered"),
        (f"UPDATE signoffs SET signature = upper(signature) || '00' {REVISION}", "its event names another signature"),
        (f"UPDATE signoffs SET signature = NULL, key = NULL {REVISION}", "its signature was taken away"),
        (f"UPDATE signoffs SET signature = NULL {REVISION}", "its event names another signature"),
        (f"UPDATE signoffs SET key = 'ab' {REVISION}", "its event names another signature"),
        ("UPDATE signoffs SET person = (SELECT person FROM signoffs WHERE step = 'draft') WHERE step = 'revision'",
         "belongs to another person"),
        ("DELETE FROM person_keys WHERE person = (SELECT person FROM signoffs WHERE step = 'revision')",
         "is not known here"),
        ("UPDATE person_keys SET person = (SELECT person FROM signoffs WHERE step = 'approval') "
         "WHERE person = (SELECT person FROM signoffs WHERE step = 'revision')", "belongs to another person"),
        ("UPDATE person_keys SET enrolled_at = NULL "
         "WHERE person = (SELECT person FROM signoffs WHERE step = 'revision')", "nobody confirmed"),
        ("UPDATE person_keys SET public = '" + "07" * 32 + "' "
         "WHERE person = (SELECT person FROM signoffs WHERE step = 'revision')", "was altered"),
    ],
)  # fmt: skip
def test_verify_names_each_signature_that_does_not_hold(office: Office, story: Story, change: str, told: str) -> None:
    signed(office, story)
    outside(office, change)
    (reason,) = [one for one in reasons(office.desk) if "“revision”" in one]
    assert told in reason
    name = "LI Wei" if "SET person = (SELECT person FROM signoffs WHERE step = 'draft')" in change else "WANG Min"
    assert reason.startswith(f"{story.slug}, “revision”, {name}: ")


def test_a_backdated_statement_of_a_retired_key_is_found_by_the_order_of_events(office: Office, story: Story) -> None:
    keys = signed(office, story)
    signing_keys.retire(office.desk, office["li"], by=office["sun"], reason=KeyEnd.LOST)
    forged = replace(office.open(story).signoffs[0], id=office.desk.new_id(), note="forged")
    signature = keys["li"].sign(statement_of(story.id, forged).message()).hex()
    forged = replace(forged, signature=signature)
    with office.desk.archive.write() as unit:
        history.add_signoff(unit.session, story.id, forged)
        unit.record("story merged", person=office["li"].id, story=story.id, files=["forged"])

    (reason,) = reasons(office.desk)
    assert "was retired before" in reason
    assert list(office.open(story).unproven) == [forged.id]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (f"UPDATE signoffs SET note = 'read once' {REVISION}", "one of the two was altered"),
        (f"UPDATE signoffs SET signature = NULL, key = NULL {REVISION}", "its signature was taken away"),
        ("DELETE FROM person_keys WHERE person = (SELECT person FROM signoffs WHERE step = 'revision')",
         "is not known here"),
    ],
)  # fmt: skip
def test_nothing_goes_on_or_out_over_a_signature_that_does_not_hold(
    office: Office, story: Story, change: str, told: str
) -> None:
    signer = keyed(office, "wang")
    office.through(story, ["li:submit", "wang:claim"])
    sign(office.desk, story.id, step="revision", by=office["wang"], signer=signer)
    outside(office, change)
    acts = [
        lambda: office.act(story, "sign", "zhao"),
        lambda: release_early(office.desk, story.id, by=office["zhao"], note="The minister comes."),
    ]
    before = office.open(story)
    for act in acts:
        with pytest.raises(NotAllowedError, match=f"signature of WANG Min on .* does not hold: .*{told}"):
            act()
    assert office.open(story) == before
    office.through(story, ["zhao:return"])
    assert office.open(story).story.state is StoryState.DRAFTING


def test_an_approved_story_stays_in_while_a_signature_does_not_hold(
    office: Office, story: Story, tmp_path: Path
) -> None:
    signed(office, story)
    outside(office, f"UPDATE signoffs SET note = 'read once' {REVISION}")
    for act in (
        lambda: office.act(story, "release", "zhao"),
        lambda: export(office.desk, [story.id], "nitf", tmp_path / "out.xml"),
    ):
        with pytest.raises(NotAllowedError, match="signature of WANG Min on “Revision” does not hold"):
            act()
    assert not (tmp_path / "out.xml").exists()
    export(office.desk, [story.id], "nitf", tmp_path / "draft.xml", draft=True)


@pytest.mark.parametrize(
    ("done", "change"),
    [
        (["li:submit", "wang:claim", "wang:sign", "zhao:sign"], FORGE_WORDS),
        (
            ["li:submit", "wang:claim", "wang:sign", "zhao:sign", "zhao:release"],
            FORGE_WORDS,
        ),
        ([], "UPDATE stories SET state = 'approved'"),
        (["li:submit", "wang:claim", "wang:sign"], "UPDATE stories SET state = 'released', released = '1.0'"),
    ],
)
def test_what_was_altered_since_or_never_approved_leaves_as_a_draft_alone(
    office: Office, story: Story, tmp_path: Path, done: list[str], change: str
) -> None:
    office.through(story, done)
    outside(office, change)
    with pytest.raises(NotAllowedError, match="not the one that was approved"):
        export(office.desk, [story.id], "nitf", tmp_path / "out.xml")
    export(office.desk, [story.id], "nitf", tmp_path / "draft.xml", draft=True)
    assert 'diptych-status" content="approved' not in (tmp_path / "draft.xml").read_text("utf-8")
    assert approval_sheet(office.desk, story.id).draft
    for act in ("release", "sign"):
        with pytest.raises(NotAllowedError):
            office.act(story, act, "zhao")


WANG = "(SELECT id FROM people WHERE name = 'WANG Min')"
REVIEWED_BY_WANG = f"""INSERT INTO signoffs (id, story, sequence, step, person, at, digest, handed, major, minor, note,
    policy, policy_version) SELECT id || 'x', story, 2, 'revision', {WANG}, at, digest, handed, major, minor, note,
    policy, policy_version FROM signoffs"""


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (f"UPDATE signoffs SET person = {WANG} WHERE step = 'approval'", "a sign-off"),
        ("UPDATE stories SET drafter = NULL", "the story's own record"),
        ("UPDATE embargoes SET until = '2024-01-01T00:00:00.000Z'", "the embargo"),
        ("UPDATE events SET data = '{}' WHERE operation = 'step signed' AND data LIKE '%approval%'", "an event"),
        ("UPDATE events SET account = 'x' WHERE operation = 'person added' AND data LIKE '%WANG%'", "an event"),
        ("DELETE FROM events WHERE operation = 'story claimed'", "an event"),
        ("UPDATE people SET name = 'SUN Qi' WHERE name = 'WANG Min'", "a person's entry"),
        ("UPDATE people SET zh = '' WHERE name = 'LI Wei'", "a person's entry"),
        ("INSERT INTO facts VALUES ('signatures', 'welcome')", "a setting of the house"),
        (f"INSERT INTO person_keys SELECT digest, {WANG}, digest, at, at, NULL, NULL, NULL, '' FROM signoffs "
         "WHERE step = 'approval'", "a person's key"),
    ],
)  # fmt: skip
def test_statements_without_signatures_are_held_against_the_events(
    office: Office, story: Story, tmp_path: Path, change: str, what: str
) -> None:
    office.through(story, ["li:submit", "wang:claim", "wang:sign", "zhao:sign"])
    until = "2024-03-01T00:00:00.000Z"
    embargoes.set_embargo(office.desk, story.id, until, "UTC", by=office["zhao"], reason="The journal asks.")
    outside(office, change)
    with pytest.raises(NotAllowedError):
        office.act(story, "release", "zhao")
    with pytest.raises(NotAllowedError, match=rf"altered from outside: {what}\."):
        export(office.desk, [story.id], "nitf", tmp_path / "out.xml")
    sheet = approval_sheet(office.desk, story.id)
    assert sheet.draft
    assert any(what in str(notice) for notice in sheet.notices)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM person_keys WHERE person = (SELECT id FROM people WHERE name = 'CHEN Bo')",
        "UPDATE person_keys SET person = (SELECT id FROM people WHERE name = 'SUN Yue')",
        "UPDATE person_keys SET retired_at = asked_at",
    ],
)
def test_no_key_of_the_house_may_be_altered(office: Office, story: Story, change: str) -> None:
    """A key that is gone, or somebody else's now, would let its owner's name stand without a signature."""
    keyed(office, "chen")
    office.through(story, ["li:submit", "wang:claim", "wang:sign"])
    outside(office, change)
    with pytest.raises(NotAllowedError, match=r"altered from outside: a person's key\."):
        office.act(story, "sign", "zhao")


def test_a_policy_by_which_an_earlier_sign_off_was_given_is_looked_at_too(office: Office, story: Story) -> None:
    own = replace(POLICIES["draft-revision"], name="house")
    policy_making.save_policy(office.desk, own, by=office["zhao"])
    policy_making.use_policy(office.desk, story.id, "house", by=office["zhao"])
    office.through(story, ["li:submit"])
    with office.desk.archive.read() as session:
        (draft,) = history.signoffs(session, story.id)
        assert foundations.altered(session, story.id, [draft.id], ("draft-revision", 1)) is None
    outside(office, "UPDATE policies SET at = '2024-01-01T00:00:00.000000Z'")
    with office.desk.archive.read() as session:
        assert str(foundations.altered(session, story.id, [draft.id], ("draft-revision", 1))) == "the policy"


def test_a_record_set_back_to_what_it_was_before_an_act_on_several_stories_is_found(
    office: Office, story: Story
) -> None:
    """What the story's own events say last is not enough: one of several stories may have written it since."""
    with closing(sqlite3.connect(office.desk.archive.database)) as connection:
        ((before,),) = connection.execute("SELECT dateline FROM stories").fetchall()
    office.through(story, ["li:submit"])
    with office.desk.archive.write() as unit:
        unit.session.get_one(StoryRow, story.id).dateline = "SHANGHAI"
        unit.record("house rows written", stories=[story.id])
    with office.desk.archive.read() as session:
        assert foundations.altered(session, story.id, [], ("draft-revision", 1)) is None
    outside(office, f"UPDATE stories SET dateline = '{before}'")
    with office.desk.archive.read() as session:
        what = foundations.altered(session, story.id, [], ("draft-revision", 1))
    assert str(what) == "the story's own record"


def test_nobody_signs_over_a_statement_that_somebody_put_in(office: Office, story: Story) -> None:
    office.through(story, ["li:submit"])
    outside(office, REVIEWED_BY_WANG)
    with pytest.raises(NotAllowedError, match=r"altered from outside: a sign-off\."):
        office.act(story, "approval", "zhao")


def test_nobody_approves_afterwards_what_an_altered_record_lets_them(office: Office, story: Story) -> None:
    office.through(story, ["li:submit", "wang:claim", "wang:edit", "wang:unclaim"])
    office.through(story, ["zhao:claim", "zhao:sign"])
    release_early(office.desk, story.id, by=office["chen"], note="The minister comes.")
    outside(office, "UPDATE emergencies SET hands = '[]'")
    with pytest.raises(NotAllowedError, match=r"altered from outside: the release in an emergency\."):
        approve_later(office.desk, story.id, by=office["wang"])


# Withdrawals and later approvals


def test_a_withdrawal_is_signed_by_whoever_has_a_key(office: Office, story: Story) -> None:
    desk, keys = office.desk, signed(office, story)
    for signer in (None, keys["li"]):
        with pytest.raises(NotAllowedError, match="not on this computer"):
            withdraw(desk, story.id, by=office["wang"], note="Wrong.", signer=signer)
    withdraw(desk, story.id, by=office["wang"], note="Wrong.", signer=keys["wang"])
    withdraw(desk, story.id, by=office["zhao"], note="So is mine.")
    _, revision, approval = office.open(story).signoffs
    assert (revision.withdrawn_key, approval.withdrawn_key) == (keys["wang"].fingerprint, None)
    found = verify(desk)
    assert (found.problems, found.checked["signatures"]) == ((), 3)


def test_a_house_that_demands_signatures_keeps_nobody_without_a_key_from_taking_back(
    office: Office, story: Story
) -> None:
    office.act(story, "submit", "li")
    signing_keys.demand(office.desk, on=True, by=office["sun"])
    withdraw(office.desk, story.id, by=office["li"], note="Wrong.")
    assert office.open(story).signoffs[0].withdrawn_by == office["li"].id


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE withdrawals SET reason = 'It was late.'", "one of the two was altered"),
        ("UPDATE withdrawals SET at = '2024-01-01T00:00:00.000000Z'", "one of the two was altered"),
        ("UPDATE withdrawals SET signature = NULL, key = NULL", "its signature was taken away"),
        ("UPDATE withdrawals SET signature = upper(signature) || '00'", "its event names another signature"),
    ],
)
def test_verify_names_a_withdrawal_whose_signature_does_not_hold(
    office: Office, story: Story, change: str, told: str
) -> None:
    keys = signed(office, story)
    withdraw(office.desk, story.id, by=office["wang"], note="Wrong.", signer=keys["wang"])
    outside(office, change)
    (reason,) = reasons(office.desk)
    assert told in reason
    assert reason.startswith(f"{story.slug}, “revision, withdrawn”, WANG Min: ")


def out_early(office: Office, story: Story) -> None:
    """Let a story out in an emergency, for CHEN to approve."""
    office.act(story, "submit", "li")
    release_early(office.desk, story.id, by=office["zhao"], note="The minister comes.")


def test_what_is_approved_afterwards_is_signed_as_everything_else(office: Office, story: Story) -> None:
    desk = office.desk
    out_early(office, story)
    signing_keys.demand(desk, on=True, by=office["sun"])
    stranger = add_person(desk, "Nobody Much")[0]
    for person in (stranger, office["chen"]):
        with pytest.raises(NotAllowedError, match="demands a signature"):
            approve_later(desk, story.id, by=person)
    signer = keyed(office, "chen")
    with pytest.raises(NotAllowedError, match="not on this computer"):
        approve_later(desk, story.id, by=office["chen"])
    assert office.open(story).publication.unapproved

    approve_later(desk, story.id, by=office["chen"], note="Read.", signer=signer)

    early = office.open(story).publication.emergency
    assert early is not None
    assert (early.approved_by, early.approval_key) == (office["chen"].id, signer.fingerprint)
    found = verify(desk)
    assert (found.problems, found.checked["signatures"]) == ((), 1)


def test_a_house_without_keys_approves_afterwards_as_before(office: Office, story: Story) -> None:
    out_early(office, story)
    approve_later(office.desk, story.id, by=office["chen"])
    early = office.open(story).publication.emergency
    assert early is not None
    assert (early.approved_by, early.approval_key) == (office["chen"].id, None)
    assert verify(office.desk).problems == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE emergencies SET approval_note = 'Not read.'", "one of the two was altered"),
        ("UPDATE emergencies SET approved_by = (SELECT id FROM people WHERE name = 'WANG Min')",
         "belongs to another person"),
        ("UPDATE emergencies SET approval_signature = NULL, approval_key = NULL", "its signature was taken away"),
        ("UPDATE emergencies SET approval_signature = NULL", "its event names another signature"),
    ],
)  # fmt: skip
def test_nothing_rests_on_a_later_approval_whose_signature_does_not_hold(
    office: Office, story: Story, change: str, told: str
) -> None:
    out_early(office, story)
    approve_later(office.desk, story.id, by=office["chen"], note="Read.", signer=keyed(office, "chen"))
    office.act(story, "unpublish", "zhao")
    outside(office, change)
    (reason,) = reasons(office.desk)
    assert told in reason
    assert reason.startswith(f"{story.slug}, “approved afterwards”, ")
    with pytest.raises(NotAllowedError, match=f"on the approval afterwards does not hold: .*{told}"):
        publishing.republish(office.desk, story.id, by=office["zhao"])


def test_a_signature_serves_one_purpose(office: Office, story: Story) -> None:
    """What was signed as a sign-off is no withdrawal and no approval, whatever the fields say."""
    keys = signed(office, story)
    withdraw(office.desk, story.id, by=office["wang"], note="read twice", signer=keys["wang"])
    outside(office, "UPDATE withdrawals SET signature = (SELECT signature FROM signoffs WHERE step = 'revision')")
    assert len(reasons(office.desk)) == 1


# What rests on altered records


def test_a_withdrawal_that_was_taken_out_is_found(office: Office, story: Story) -> None:
    office.through(story, ["li:submit", "wang:claim", "wang:sign", "wang:withdraw"])
    revision = next(one for one in office.open(story).signoffs if one.step == "revision")
    outside(office, "DELETE FROM withdrawals")
    with office.desk.archive.read() as session:
        what = foundations.altered(session, story.id, [revision.id], ("draft-revision", 1))
    assert str(what) == "the withdrawal of a sign-off"


def test_a_policy_of_the_house_that_was_altered_lets_nothing_through(office: Office, story: Story) -> None:
    own = replace(POLICIES["draft-revision"], name="house")
    policy_making.save_policy(office.desk, own, by=office["zhao"])
    policy_making.use_policy(office.desk, story.id, "house", by=office["zhao"])
    office.through(story, ["li:submit", "wang:claim", "wang:sign"])
    outside(office, "UPDATE policies SET content = replace(content, '\"Revision\"', '\"Look\"')")
    with pytest.raises(NotAllowedError, match="altered from outside: the policy"):
        office.act(story, "sign", "zhao")


def test_the_strip_learns_which_signature_does_not_hold(office: Office, story: Story) -> None:
    signed(office, story)
    outside(office, f"UPDATE signoffs SET note = 'read once' {REVISION}")
    file = office.open(story)
    revision = next(one for one in file.signoffs if one.step == "revision")
    assert list(file.unproven) == [revision.id]


@pytest.mark.parametrize(
    "make",
    [
        lambda desk, person: signing_keys.enrol(desk, person, by=person, public=b"\x09" * 32),
        lambda desk, person: signing_keys.retire(desk, person, by=person, reason=KeyEnd.LOST),
        lambda desk, person: signing_keys.demand(desk, on=True, by=person),
    ],
    ids=["enrol", "retire", "demand"],
)
def test_each_act_about_keys_leaves_one_event(office: Office, make: Callable[[Desk, Person], object]) -> None:
    if "retire" in make.__code__.co_names:
        keyed(office, "sun")
    before = verify(office.desk).checked["events"]
    make(office.desk, office["sun"])
    found = verify(office.desk)
    assert found.checked["events"] == before + 1
    assert found.problems == ()
