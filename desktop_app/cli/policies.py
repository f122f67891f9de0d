"""Commands of the policies: the steps that stories pass, the house's own among them."""

from pathlib import Path
from typing import Any

import click

from desktop_app.cli.commands import PATH, Group, Option, command, story_argument
from desktop_app.cli.console import Console
from desktop_app.desk.policies import PolicyShelf, find_policy, policies
from desktop_app.desk.policy_making import policy_text, read_policy, save_policy, set_usual_policy, use_policy
from desktop_app.desk.stories import open_story
from desktop_app.domain.policy import POLICIES, Policy, to_plain
from desktop_app.foundation.messages import N_, NN_


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    says = N_("The steps that a story must pass: the program's two policies, and the house's own.")
    policy = Group("policy", says=says)
    group.add_command(policy)
    name = click.Argument(["name"], metavar="NAME")
    command(policy, "list", N_("List the policies, their versions, and how many stories go by each."))(_list)
    command(
        policy,
        "show",
        N_("Print a policy as JSON that “policy save” reads."),
        name,
        Option(["--version"], type=int, metavar="N", says=N_("This version; else the newest.")),
    )(_show)
    command(
        policy,
        "save",
        N_("Save the policy of a JSON file as its next version; what was signed keeps its version."),
        click.Argument(["file"], type=PATH, metavar="FILE"),
    )(_save)
    command(policy, "default", N_("Let new stories go by the newest version of a policy."), name)(_default)
    command(
        policy,
        "use",
        N_("Let a story go by the newest version of a policy, while its draft is open."),
        story_argument(),
        name,
    )(_use)


def _list(console: Console) -> None:
    with console.desk() as desk:
        shelf = policies(desk)
    answers = [_policy_json(shelf, name) for name in shelf.book.names()]
    rows = [
        (
            f"{one['name']} *" if one["default"] else one["name"],
            str(one["version"]),
            console.text(find_policy(shelf.book, one["name"]).title),
            " > ".join(one["steps"]),
            str(one["stories"]),
        )
        for one in answers
    ]
    heads = (N_("Name"), N_("Version"), N_("Title"), N_("Steps"), N_("Stories"))
    said = N_("New stories go by “{name}” (*).", name=shelf.usual)
    console.answer({"policies": answers, "default": shelf.usual}, console.table(*heads, rows=rows), said)


def _policy_json(shelf: PolicyShelf, name: str) -> dict[str, Any]:
    """A policy with its versions, the newest one's facts first."""
    versions = shelf.book.versions(name)
    newest = versions[-1]
    return {
        "name": name,
        "version": newest.version,
        "title": {"zh": newest.titles.zh, "en": newest.titles.en},
        "steps": [step.name for step in newest.steps],
        "built_in": name in POLICIES,
        "default": name == shelf.usual,
        "stories": sum(shelf.stories.get((name, one.version), 0) for one in versions),
        "versions": [_version_json(shelf, one) for one in versions],
    }


def _version_json(shelf: PolicyShelf, policy: Policy) -> dict[str, Any]:
    key = (policy.name, policy.version)
    made = shelf.made.get(key)
    return {"version": policy.version, "at": made.at if made else None, "stories": shelf.stories.get(key, 0)}


def _show(console: Console, name: str, version: int | None) -> None:
    with console.desk() as desk:
        shown = find_policy(policies(desk).book, name, version)
    console.answer(to_plain(shown), policy_text(shown))


def _save(console: Console, file: Path) -> None:
    policy = read_policy(file)
    with console.desk() as desk:
        saved, changes = save_policy(desk, policy, by=console.actor(desk))
        earlier = sum(
            count
            for (name, version), count in policies(desk).stories.items()
            if name == saved.name and version != saved.version
        )
    said = N_("Saved “{name}” as version {version}.", name=saved.name, version=saved.version)
    if not changes.policies:
        said = N_("Version {version} of “{name}” says this already.", name=saved.name, version=saved.version)
    lines = [said]
    if earlier:
        lines.append(NN_("{n} story keeps its earlier version.", "{n} stories keep their earlier version.", earlier))
    console.answer({**saved.reference(), "saved": changes.policies, "kept": earlier}, *lines)


def _default(console: Console, name: str) -> None:
    with console.desk() as desk:
        set_usual_policy(desk, name, by=console.actor(desk))
    console.answer({"default": name}, N_("New stories go by “{name}” from now on.", name=name))


def _use(console: Console, story: str, name: str) -> None:
    with console.desk() as desk:
        use_policy(desk, story, name, by=console.actor(desk))
        file = open_story(desk, story)
    said = N_(
        "“{story}” goes by “{name}”, version {version}.",
        story=file.story.slug,
        name=file.policy.name,
        version=file.policy.version,
    )
    console.answer({"story": file.story.id, **file.policy.reference()}, said)
