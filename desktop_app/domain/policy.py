"""The steps a story must pass, and the wording of the credits they leave."""

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.story import Bilingual
from desktop_app.foundation.messages import N_, Message


class StepKind(StrEnum):
    """A draft is written, a review may change the text, an approval may not."""

    DRAFT = "draft"
    REVIEW = "review"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: ``name`` is the contract's word, ``title`` the window's, ``credit`` the wording on the page, if any."""

    name: str
    kind: StepKind
    title: Message
    credit: Bilingual | None


@dataclass(frozen=True, slots=True)
class Policy:
    """The steps in order, the draft first and the approval last.

    ``last_reviewer_may_approve`` lets the signer of the last review also approve (common in 三审三校 offices).
    """

    name: str
    title: Message
    steps: tuple[Step, ...]
    last_reviewer_may_approve: bool = False

    def step(self, name: str) -> Step | None:
        """The step called ``name``, if the policy has it."""
        return next((step for step in self.steps if step.name == name), None)

    def index(self, name: str) -> int:
        """The place of a step; ``ValueError`` where the policy has none of that name."""
        return [step.name for step in self.steps].index(name)

    def reviews(self) -> tuple[Step, ...]:
        """The review steps in order."""
        return tuple(step for step in self.steps if step.kind is StepKind.REVIEW)


DRAFT_REVISION = Policy(
    "draft-revision",
    N_("Draft, revision, approval"),
    (
        Step("draft", StepKind.DRAFT, N_("Draft"), Bilingual("翻译", "Draft")),
        Step("revision", StepKind.REVIEW, N_("Revision"), Bilingual("审校", "Revision")),
        Step("approval", StepKind.APPROVAL, N_("Approval"), None),
    ),
)
THREE_REVIEWS = Policy(
    "three-reviews",
    N_("Three reviews, three proofs"),
    (
        Step("draft", StepKind.DRAFT, N_("Draft"), Bilingual("翻译", "Draft")),
        Step("first", StepKind.REVIEW, N_("First review"), Bilingual("一审一校", "First review")),
        Step("second", StepKind.REVIEW, N_("Second review"), Bilingual("二审二校", "Second review")),
        Step("final", StepKind.REVIEW, N_("Final review"), Bilingual("三审三校", "Final review")),
        Step("approval", StepKind.APPROVAL, N_("Approval"), None),
    ),
    last_reviewer_may_approve=True,
)
POLICIES: dict[str, Policy] = {policy.name: policy for policy in (DRAFT_REVISION, THREE_REVIEWS)}
