"""A package that comes home is held against the events that it brings: who carries it cannot change what was said."""

import io
import json
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from journeys import Roads, away, back, home, planned, send
from office import Office
from test_forging import outside, rewrite_history
from workflow_acts import ACTS

from desktop_app.desk import embargoes, publishing, workflow
from desktop_app.desk.auditing import event_numbers
from desktop_app.desk.desk import open_desk
from desktop_app.desk.home_plan import told_on_trust
from desktop_app.desk.homecoming import open_home
from desktop_app.desk.signatures import Signer
from desktop_app.desk.signing_keys import enrol
from desktop_app.desk.verification import verify
from desktop_app.domain.events import EventLink
from desktop_app.domain.story import Story
from desktop_app.exchange.packages.container import OpenContainer, write_container
from desktop_app.foundation import ed25519
from desktop_app.foundation.errors import InputRefusedError, NotAllowedError
from desktop_app.store.audit import GENESIS
from desktop_app.store.witnessed import broken_at, last_told

Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def roads(tmp_path: Path) -> Roads:
    return Roads(tmp_path)


def rewritten(path: Path, parts: dict[str, Callable[[bytes], bytes]], facts: Change = lambda _facts: None) -> Path:
    """The package as somebody who carries it writes it anew, all digests right."""
    with OpenContainer(io.BytesIO(path.read_bytes()), "x") as container:
        told, found = dict(container.facts), {one: container.read(one) for one in container.parts}
    facts(told)
    out = path.with_name(f"carried-{path.name}")
    with out.open("w+b") as target:
        write_container(target, told, {name: parts.get(name, bytes)(data) for name, data in found.items()}.items())
    return out


def forged(path: Path, story: Story, change: Change) -> Path:
    def of_story(data: bytes) -> bytes:
        row = json.loads(data)
        change(row)
        return json.dumps(row).encode()

    return rewritten(path, {f"stories/{story.id}.json": of_story})


def reviewed_away(office: Office, roads: Roads) -> tuple[Story, Path]:
    """WANG signs the review offline, and takes it back."""
    story = office.story()
    office.act(story, "submit", "li")
    there = roads.out(office, [story], to="wang")
    there.through(story, ["wang:claim", "wang:edit", "wang:sign", "wang:withdraw"])
    return story, roads.back(there, by="wang")


def not_withdrawn(data: dict[str, Any]) -> None:
    for one in data["signoffs"]:
        one.update(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")


def test_a_withdrawal_is_not_blanked_on_the_way(office: Office, roads: Roads) -> None:
    story, path = reviewed_away(office, roads)
    with pytest.raises(InputRefusedError, match="something else of the withdrawal of a sign-off than its own") as error:
        planned(office, forged(path, story, not_withdrawn))
    assert story.slug in str(error.value.place)
    (one,) = planned(office, path).stories
    assert not any(verdict.counts for verdict in one.effect.verdicts)


def stranger_signs(data: dict[str, Any]) -> None:
    last = dict(data["signoffs"][-1], id="stranger", step="revision", person=data["facts"]["drafter"])
    data["signoffs"].append(dict(last, withdrawn_at=None, withdrawn_by=None, withdrawn_reason=""))


def in_another_order(data: dict[str, Any]) -> None:
    data["signoffs"].reverse()


def nobody_drafted(data: dict[str, Any]) -> None:
    data["facts"]["drafters"] = []
    data["facts"]["last_editor"] = data["facts"]["drafter"]


def drop(table: str) -> Change:
    def change(data: dict[str, Any]) -> None:
        data["rows"][table].pop()

    return change


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (stranger_signs, "a sign-off"),
        (in_another_order, "a sign-off"),
        (lambda data: data["signoffs"].pop(), "a sign-off"),
        (lambda data: data["signoffs"][-1].update(note="Read twice."), "a sign-off"),
        (lambda data: data["signoffs"][-1].update(withdrawn_reason="Oh."), "the withdrawal of a sign-off"),
        (lambda data: data["facts"].update(state="approved"), "the story's own record"),
        (nobody_drafted, "the story's own record"),
        (drop("wordings"), "who wrote which words"),
        (drop("embargoes"), "the embargo"),
    ],
)
def test_what_a_package_says_of_itself_its_events_have_to_say_too(
    office: Office, roads: Roads, change: Change, what: str
) -> None:
    story = office.story()
    office.act(story, "submit", "li")
    embargoes.set_embargo(
        office.desk, story.id, "2030-01-01T00:00:00.000Z", "UTC", by=office["zhao"], reason="The journal asks."
    )
    there = roads.out(office, [story], to="wang")
    there.through(story, ["wang:claim", "wang:edit", "wang:sign", "wang:withdraw"])
    path = roads.back(there, by="wang")
    with pytest.raises(InputRefusedError, match=f"something else of {what} than"):
        open_home(office.desk, forged(path, story, change))


def renamed(data: bytes) -> bytes:
    return data.replace(b"I overlooked something.", b"I overlooked nothing...")


@pytest.mark.parametrize(
    "change",
    [
        renamed,
        lambda data: data.rsplit(b"\n", 2)[0] + b"\n",
        lambda _data: b"",
        lambda data: data.replace(b'"account": "', b'"account": "\\ud800'),
    ],
)
def test_a_chain_that_is_not_whole_is_refused(office: Office, roads: Roads, change: Callable[[bytes], bytes]) -> None:
    _, path = reviewed_away(office, roads)
    with pytest.raises(InputRefusedError, match="events in the package"):
        open_home(office.desk, rewritten(path, {"audit.jsonl": change}))


def test_what_an_event_touched_may_be_nested_beyond_all_measure() -> None:
    link = EventLink(1, "v1", "", None, "", "", None, "{}", "[" * 200_000, GENESIS, "")
    assert last_told([link]) == {}
    assert broken_at([link]) == 1


def test_events_of_another_small_archive_are_refused(office: Office, roads: Roads) -> None:
    _, path = reviewed_away(office, roads)
    _, other = reviewed_away(office, roads)
    with OpenContainer(io.BytesIO(other.read_bytes()), "x") as container:
        audit, head = container.read("audit.jsonl"), container.facts["head"]
    taken = rewritten(path, {"audit.jsonl": lambda _data: audit}, lambda facts: facts.update(head=head))
    with pytest.raises(InputRefusedError, match="those of another archive"):
        open_home(office.desk, taken)
    told = rewritten(path, {}, lambda facts: facts["answers"].update(origin="elsewhere"))
    with pytest.raises(InputRefusedError, match="those of another archive"):
        open_home(office.desk, told)


def test_what_came_home_taken_back_stays_so_whatever_a_later_package_says(office: Office, roads: Roads) -> None:
    """Whoever works the whole chain out anew leaves out a withdrawal here that is known at home already."""
    story = office.story()
    office.act(story, "submit", "li")
    there = away(office, send(office, [story], roads.file(), to="wang"), roads.folder())
    there.through(story, ["wang:claim", "wang:edit", "wang:sign"])
    copy = roads.folder()
    there.desk.close()
    shutil.copytree(there.desk.folder, copy)
    there, other = (Office.moved(folder, roads.folder()) for folder in (there.desk.folder, copy))
    there.act(story, "withdraw", "wang")
    home(office, roads.back(there, by="wang"))
    home(office, back(other, roads.file(), by="wang"))
    other.desk.close()
    revision = office.open(story).signoffs[1]
    assert revision.withdrawn_reason == "I overlooked something."
    assert list(office.open(story).situation.standing.valid) == ["draft"]


def at_random(office: Office, story: Story, chance: random.Random, count: int) -> None:
    """Do what somebody may do, again and again, and be refused now and then."""
    for _ in range(count):
        act, person = chance.choice(sorted(ACTS.keys() - {"kill"})), office[chance.choice(sorted(office.people))]
        file = office.open(story)
        if ACTS[act].guard(file, person) is None:
            with suppress(NotAllowedError):  # a small archive releases nothing
                ACTS[act].do(office.desk, file, person)


@pytest.mark.parametrize(
    ("seed", "acts"), [(1, 60), (2, 60), *(pytest.param(seed, 150, marks=pytest.mark.proof) for seed in range(3, 15))]
)
def test_the_events_bear_out_whatever_was_done_honestly(office: Office, roads: Roads, seed: int, acts: int) -> None:
    chance = random.Random(seed)
    stories = [office.story(policy=policy) for policy in ("draft-revision", "three-reviews")]
    at_random(office, stories[0], chance, acts)  # it may be out then, and nothing more be done to it there
    there = roads.out(office, stories, to="wang")
    for story in stories:
        at_random(there, story, chance, acts)
    events = event_numbers(there.desk)
    assert len(events) > 10
    path = roads.back(there, by="wang")
    open_home(office.desk, path).close()
    home(office, path)
    assert verify(office.desk).problems == ()


# Statements with signatures, and without


def keyed(office: Office, name: str) -> Signer:
    signer = Signer.of(private := ed25519.new_private())
    enrol(office.desk, office[name], by=office["sun"], public=ed25519.public_of(private))
    return signer


def taken_back_away(office: Office, roads: Roads, signer: Signer) -> tuple[Story, Office]:
    """What WANG signed at home, and takes back offline."""
    story = office.story()
    office.through(story, ["li:submit", "wang:claim"])
    workflow.sign(office.desk, story.id, step="revision", by=office["wang"], signer=signer)
    there = roads.out(office, [story], to="wang")
    workflow.withdraw(there.desk, story.id, by=office["wang"], note="This is wrong.", signer=signer)
    assert verify(there.desk).problems == ()
    return story, there


def test_a_withdrawal_comes_home_with_its_signature(office: Office, roads: Roads) -> None:
    signer = keyed(office, "wang")
    story, there = taken_back_away(office, roads, signer)
    home(office, roads.back(there, by="wang"))
    revision = office.open(story).signoffs[1]
    assert (revision.withdrawn_reason, revision.withdrawn_key) == ("This is wrong.", signer.fingerprint)
    found = verify(office.desk)
    assert (found.problems, found.checked["signatures"]) == ((), 2)


def reworked(there: Office, *changes: str) -> Office:
    """The small archive after somebody changed its rows and worked the whole chain out anew."""
    folder = there.desk.folder
    there.desk.close()
    outside(folder, *changes)
    rewrite_history(folder)
    return Office(open_desk(folder), there.people)


def test_a_withdrawal_takes_effect_whoever_spoiled_its_signature(office: Office, roads: Roads) -> None:
    story, there = taken_back_away(office, roads, keyed(office, "wang"))
    there = reworked(there, "UPDATE withdrawals SET reason = 'Nothing to see.'")
    home(office, roads.back(there, by="wang"))
    revision = office.open(story).signoffs[1]
    assert (revision.withdrawn_by, revision.withdrawn_key) == (office["wang"].id, None)
    assert verify(office.desk).problems == ()


def test_what_is_left_out_of_statements_and_events_alike_leaves_no_trace(office: Office, roads: Roads) -> None:
    """The help says so: nothing here knows that there was a withdrawal, and the sign-off has its true signature."""
    signer = keyed(office, "wang")
    story, there = taken_back_away(office, roads, signer)
    there = reworked(
        there,
        "DELETE FROM withdrawals",
        "UPDATE events SET data = '{}', operation = 'story edited' WHERE operation = 'sign-off withdrawn'",
        "UPDATE events SET touched = (SELECT json_remove(touched, '$.\"' || k.key || '\"') FROM json_each(touched) k"
        " WHERE k.key LIKE 'withdrawals/%') WHERE touched LIKE '%withdrawals/%'",
    )
    home(office, roads.back(there, by="wang"))
    assert office.open(story).signoffs[1].withdrawn_at is None


def test_a_package_vouches_for_others_only_before_the_eyes_of_whoever_takes_it(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story], to="li")
    there.through(story, ["li:submit", "wang:claim", "wang:sign", "zhao:sign"])
    (one,) = planned(office, roads.back(there)).stories
    assert one.on_trust == (office["zhao"].id, office["wang"].id)
    said = str(told_on_trust(one, {person.id: person for person in office.people.values()}))
    assert "in the package that LI Wei had: ZHAO Qi, WANG Min;" in said


def test_whoever_a_package_was_for_and_whoever_has_a_key_are_not_named(office: Office, roads: Roads) -> None:
    signer = keyed(office, "wang")
    story = office.story()
    there = roads.out(office, [story], to="li")
    there.through(story, ["li:submit", "wang:claim"])
    workflow.sign(there.desk, story.id, step="revision", by=office["wang"], signer=signer)
    (one,) = planned(office, roads.back(there)).stories
    assert [verdict.counts for verdict in one.effect.verdicts] == [True, True]
    assert one.on_trust == ()


def test_a_package_for_nobody_in_particular_vouches_for_nobody(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story], to=None)
    there.act(story, "submit", "li")
    (one,) = planned(office, roads.back(there)).stories
    assert one.on_trust == (office["li"].id,)
    assert "for nobody in particular: LI Wei;" in str(told_on_trust(one, {office["li"].id: office["li"]}))


def test_a_later_approval_goes_out_with_its_signature(office: Office, roads: Roads) -> None:
    story = office.story()
    office.act(story, "submit", "li")
    publishing.release_early(office.desk, story.id, by=office["zhao"], note="The minister comes.")
    publishing.approve_later(office.desk, story.id, by=office["chen"], signer=keyed(office, "chen"))
    there = roads.out(office, [story], to="li")
    found = verify(there.desk)
    assert (found.problems, found.checked["signatures"]) == ((), 1)
    there = reworked(there, "UPDATE emergencies SET approval_note = 'Never read.'")
    assert [problem.kind for problem in verify(there.desk).problems] == ["signature"]
    there.desk.close()
