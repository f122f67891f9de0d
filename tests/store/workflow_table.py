"""The state machine as data: the people, the ways into every state, the reasons, and what each cell must say.

The cells stand in ``tests/data/state-machine``, one file a policy: a block for each state, a line for each act, a
column for each person. A cell is the state that follows (its name with a hyphen, a star where the state stays as it
is) or the key of the reason why not, in brackets. A new act is a line in ``workflow_acts.ACTS`` and a line in every
block; a new state is a line in ``ways`` and a block in both files. Where they differ the test prints the lines as they
would have to be.
"""

from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.people import Role

CELLS = Path(__file__).parent.parent / "data" / "state-machine"
POLICIES = ("draft-revision", "three-reviews")

# key: name, name in Chinese, roles, and who it is in the table
PEOPLE: dict[str, tuple[str, str, tuple[Role, ...], str]] = {
    "li": ("LI Wei", "李蔚", (Role.TRANSLATOR,), "the drafter"),
    "he": ("HE Jing", "何静", (Role.TRANSLATOR, Role.REVISER), "the second drafter: wrote in the draft, also revises"),
    "sun": ("SUN Yue", "孙越", (Role.TRANSLATOR,), "another translator"),
    "wang": ("WANG Min", "王敏", (Role.REVISER,), "the holder: a reviser who has a review in hand, or had it last"),
    "gao": ("GAO Lan", "高岚", (Role.REVISER,), "the signer: a reviser who signed the first review"),
    "chen": ("CHEN Bo", "陈博", (Role.REVISER, Role.TRANSLATOR), "another reviser"),
    "zhao": ("ZHAO Qi", "赵琦", (Role.EDITOR,), "the editor, who approves and releases"),
    "lin": ("LIN Tao", "林涛", (Role.ARCHIVIST,), "the archivist"),
    "bao": ("BAO Rui", "鲍睿", (), "somebody without a role, who may do everything"),
}

_DRAFTED = ["he:edit", "li:edit"]
_SUBMITTED = [*_DRAFTED, "li:submit"]
_HELD = [*_SUBMITTED, "wang:claim", "wang:edit"]
_FREE = [*_HELD, "wang:unclaim"]
_REVISED = [*_SUBMITTED, "gao:claim", "gao:edit", "gao:sign"]
_REOPENED = [*_REVISED, "sun:edit"]
# The last review is WANG's where there is more than one, so that the column of the holder tells something new.
_REVIEWED = {"draft-revision": _REVISED, "three-reviews": [*_REVISED, "chen:sign", "wang:sign"]}


def ways(policy: str) -> dict[str, list[str]]:
    """What people do in turn until a story is in each state; empty where it is so from the start."""
    reviewed = _REVIEWED[policy]
    approved = [*reviewed, "zhao:approve"]
    released = [*approved, "zhao:release"]
    emergency = [*_SUBMITTED, "zhao:release early"]
    more = {
        "in revision, second held": [*_REVISED, "wang:claim", "wang:edit"],
        "in revision, second free": [*_REVISED, "wang:claim", "wang:edit", "wang:unclaim"],
        "in revision, all reviewed": reviewed,
        "in revision, last reviewer wrote": [*_REVISED, "chen:sign", "wang:claim", "wang:edit", "wang:sign"],
    }
    return {
        "sourced": [],
        "drafting": _DRAFTED,
        "drafting, returned": [*_HELD, "wang:return"],
        "drafting, handed on": [*_DRAFTED, "zhao:hand to sun"],
        "submitted": _SUBMITTED,
        "submitted, source changed": [*_SUBMITTED, "zhao:change source"],
        "in revision, held": _HELD,
        "in revision, free": _FREE,
        "in revision, revised": _REVISED,
        "in revision, reopened": _REOPENED,
        **(more if policy == "three-reviews" else {}),
        "approved": approved,
        "approved, under embargo": [*approved, "zhao:embargo"],
        "approved, embargo to be lifted": [*approved, "zhao:embargo", "zhao:lift embargo"],
        "approved, kill asked for": [*approved, "zhao:kill"],
        "released": released,
        "released, source changed": [*released, "zhao:change source"],
        "released, correction drafted": [*released, "zhao:correct", "li:edit"],
        "released, correction submitted": [*released, "zhao:correct", "li:edit", "li:submit"],
        "released in an emergency": emergency,
        "released in an emergency, approved since": [*emergency, "chen:approve later"],
        "released in an emergency, a review signed": [*_REVISED, "zhao:release early"],
        "dropped": [*_SUBMITTED, "zhao:drop"],
        "unpublished": [*released, "zhao:unpublish"],
        "killed": [*_SUBMITTED, "zhao:kill", "chen:kill"],
        "killed, released in an emergency": [*emergency, "zhao:kill", "chen:kill"],
    }


# The sentence of each reason, by the word that stands for it in the cells.
REASONS: dict[str, str] = {
    "state": "the story is “{state}”",
    "claim": "the draft was submitted; claim the review first",
    "held": "{name} has this story in revision",
    "empty": "the story has no English text yet",
    "not-yours": "only the person who drafted the story submits it",
    "drafted": "the person who drafted this version cannot sign “{step}”",
    "wrote": "somebody who wrote in the draft of this version cannot sign “{step}”",
    "sourced-it": "somebody who changed the Chinese of this version cannot sign “{step}”",
    "last": "the last editor of the text cannot sign “{step}”",
    "once": "one person signs at most one review of a version",
    "signed": "the person who signed a review of this version cannot approve it",
    "role": "only a reviser or an editor signs “{step}”",
    "next": "the next step is “{step}”",
    "no-review": "no review is waiting; the next step is “{step}”",
    "recall": "the drafter does not return a story but recalls it, or withdraws the sign-off",
    "return-role": "only a reviser or an editor returns a story",
    "nobody-has": "nobody has this story in hand",
    "nobody-drafts": "nobody has this story in hand; its next step can be assigned",
    "not-holder": "only the person who claimed a review, or an editor, gives it back",
    "ask-reviser": "the story is in revision; ask the reviser to return it",
    "not-submitter": "only the person who submitted the draft recalls it",
    "editor-hands": "only an editor hands a story from one person to another",
    "assign-role": "only a reviser or an editor assigns a step to somebody",
    "other-drafts": "somebody else drafts this story; an editor can hand it over",
    "none-given": "there is no such sign-off to withdraw",
    "not-signer": "a sign-off is withdrawn by the person who gave it",
    "source": "the Chinese source has changed; say first that it has no effect, or reopen the story",
    "no-source": "no change of the source waits to be judged",
    "judge-drafted": "somebody who drafted this version cannot judge it",
    "judge-role": "only a reviser or an editor judges a change of the source",
    "release-role": "only a reviser or an editor releases a story",
    "kill-asked": "somebody asked to kill the story; confirm that or withdraw it first",
    "embargo": "the story is under embargo",
    "ordinary": "the story is approved; release it in the ordinary way",
    "unsigned": "the draft is not signed; submit it first",
    "no-early": "no emergency release of this story waits for an approval",
    "released-it": "the person who released it in an emergency cannot approve it",
    "wrote-it": "somebody who wrote or reviewed this text cannot approve it",
    "approve-role": "only a reviser or an editor approves a story",
    "correcting": "a correction of this story is being drafted already",
    "no-correction": "no correction of this story is being drafted",
    "down-role": "only a reviser or an editor takes a story down",
    "take-down": "a version of this story is released; take it down first",
    "out": "a version of this story is released",
    "drafter-role": "only the drafter, a reviser or an editor does this",
    "role-only": "only a reviser or an editor does this",
    "kill-role": "only a reviser or an editor kills a story",
    "second-kills": "a second person must confirm the kill",
    "no-kill": "nobody has asked to kill this story",
    "no-wish": "nobody has asked to shorten the embargo of this story",
    "second": "a second person must confirm this",
}


@dataclass(frozen=True)
class Block:
    """The cells of one state: by act and person."""

    cells: dict[str, dict[str, str]]


def read_cells(policy: str) -> dict[str, Block]:
    """The table of one policy."""
    blocks: dict[str, Block] = {}
    name = ""
    for line in (CELLS / f"{policy}.txt").read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("== "):
            name = line.removeprefix("== ").strip()
            blocks[name] = Block({})
            continue
        act, *outcomes = (part.strip() for part in line.split("|"))
        blocks[name].cells[act] = dict(zip(PEOPLE, outcomes, strict=True))
    return blocks


def line_of(act: str, outcomes: dict[str, str]) -> str:
    """One line of a block as it stands in the file."""
    return " | ".join([f"{act:<14}", *(f"{outcomes[person]:<15}" for person in PEOPLE)]).rstrip()
