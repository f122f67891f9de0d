"""The table of all actions with their default keys (design, part 7). A new action is one line here and one handler."""

from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.actions import ActionSpec

MENUS = (
    ("story", N_("&Story")),
    ("edit", N_("&Edit")),
    ("segment", N_("Se&gment")),
    ("go", N_("&Go")),
    ("view", N_("&View")),
    ("help", N_("&Help")),
)

ACTIONS = (
    ActionSpec("import", N_("Import…"), ("Ctrl+I",), "story", N_("Bring in stories and pictures"), "import"),
    ActionSpec("export", N_("Export…"), ("Ctrl+Shift+E",), "story", N_("Export the chosen stories"), "export"),
    ActionSpec("close-tab", N_("Close story"), ("Ctrl+W",), "story", None, "close"),
    ActionSpec("settings", N_("Settings…"), ("Ctrl+,",), "story", None, "settings"),
    ActionSpec("quit", N_("Quit"), ("Ctrl+Q",), "story"),
    ActionSpec("undo", N_("Undo"), ("Ctrl+Z",), "edit", N_("Undo, anywhere in the story"), "undo"),
    ActionSpec("redo", N_("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "edit", None, "redo"),
    ActionSpec("find", N_("Find in the story"), ("Ctrl+F",), "edit", None, "search"),
    ActionSpec("copy-source", N_("Copy the source"), ("Ctrl+Shift+S",), "edit", N_("Put the source text here"), "copy"),
    ActionSpec("confirm-next", N_("Confirm and go on"), ("Ctrl+Return", "Ctrl+Enter"), "segment",
               N_("Confirm and go to the next unconfirmed segment"), "check"),
    ActionSpec("confirm-stay", N_("Confirm and stay"), ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"), "segment"),
    ActionSpec("split", N_("Split at the cursor"), ("Ctrl+T",), "segment", N_("Cut the segment in two here"), "split"),
    ActionSpec("join", N_("Join with the next"), ("Ctrl+J",), "segment", None, "join"),
    ActionSpec("next-segment", N_("Next segment"), ("Ctrl+Down",), "go"),
    ActionSpec("previous-segment", N_("Previous segment"), ("Ctrl+Up",), "go"),
    ActionSpec("next-unconfirmed", N_("Next unconfirmed"), ("Ctrl+Shift+Down",), "go"),
    ActionSpec("previous-unconfirmed", N_("Previous unconfirmed"), ("Ctrl+Shift+Up",), "go"),
    ActionSpec("next-finding", N_("Next finding"), ("F8",), "go", None, "warning"),
    ActionSpec("previous-finding", N_("Previous finding"), ("Shift+F8",), "go"),
    ActionSpec("go-to", N_("Go to segment…"), ("Ctrl+G",), "go"),
    ActionSpec("filter", N_("Filter the list"), ("Ctrl+L",), "go", None, "filter"),
    ActionSpec("palette", N_("Search everything…"), ("Ctrl+Shift+P",), "go",
               N_("Search stories, captions, memory, actions"), "search"),
    ActionSpec("zoom-in", N_("Larger text"), ("Ctrl+=", "Ctrl++"), "view"),
    ActionSpec("zoom-out", N_("Smaller text"), ("Ctrl+-",), "view"),
    ActionSpec("theme", N_("Light or dark"), (), "view", None, "theme"),
    ActionSpec("help", N_("Help"), ("F1",), "help", None, "help"),
)  # fmt: skip
