"""Keys as in other translation tools: a table of what differs from our own, by action.

OmegaT's are from its ``MainMenuShortcuts.properties``. Those of memoQ and Trados are from their manuals where these
say it (confirm, comment, go to next) and otherwise general knowledge, which the dialog admits. Where a tool has no such
action, or uses a key that input methods or writing need, ours stays; where that one is taken, it moves.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.foundation.messages import N_, Message


@dataclass(frozen=True)
class Preset:
    """``keys`` has only what differs from the table of actions; ``note`` says how far the likeness goes."""

    id: str
    title: Message
    note: Message
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)


DEFAULT = "default"

PRESETS = (
    Preset(DEFAULT, N_("Diptych’s own"), N_("Diptych’s own shortcuts; those of Chinese input methods are left alone.")),
    Preset("memoq", N_("memoQ"), N_("As in memoQ, where we know it; the others are Diptych’s own."), {
        "next-unconfirmed": ("Ctrl+G",),
        "go-to": ("Ctrl+Shift+G",),
        "lock": ("Ctrl+Shift+L",),
        "story-list": ("Ctrl+Alt+L",),
    }),
    Preset("trados", N_("Trados"), N_("As in Trados Studio, where we know it; the others are Diptych’s own."), {
        "split": ("Alt+Shift+T",),
        "join": ("Ctrl+Alt+S",),
        "match-1": ("Ctrl+1", "Ctrl+T"),
        "concordance": ("F3",),
        "add-term": ("Ctrl+F2",),
        "comment": ("Ctrl+Shift+N",),
    }),
    Preset("omegat", N_("OmegaT"), N_(
        "As in OmegaT; but {key} confirms, and plain Enter stays with the input method. The others are Diptych’s own.",
        key="Ctrl+Enter",
    ), {
        "next-segment": ("Ctrl+N",),
        "previous-segment": ("Ctrl+P",),
        "next-unconfirmed": ("Ctrl+U",),
        "previous-unconfirmed": ("Ctrl+Alt+U",),
        "new-archive": ("Ctrl+Shift+N",),
        "copy-source": ("Ctrl+Shift+R",),
        "match-1": ("Ctrl+1", "Ctrl+R"),
        "go-to": ("Ctrl+J",),
        "join": ("Ctrl+Shift+J",),
        "add-term": ("Ctrl+Shift+G",),
        "replace": ("Ctrl+K",),
        "concordance": ("F3",),
        "comment": ("Ctrl+Alt+9",),
    }),
)  # fmt: skip


def preset_of(name: str) -> Preset:
    """The preset of an id, our own where there is none of that name (any more)."""
    return next((preset for preset in PRESETS if preset.id == name), PRESETS[0])
