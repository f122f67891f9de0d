"""The table of all actions with their default keys (design, part 7). A new action is one line here and one handler."""

from collections.abc import Callable

from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.actions import Actions, ActionSpec

MENUS = (
    ("story", N_("&Story")),
    ("edit", N_("&Edit")),
    ("segment", N_("Seg&ment")),
    ("insert", N_("&Insert")),
    ("go", N_("&Go")),
    ("view", N_("&View")),
    ("help", N_("&Help")),
)

NUMBERS = range(1, 10)

ACTIONS = (
    ActionSpec("import", N_("Import…"), ("Ctrl+I",), "story", N_("Bring in stories and pictures"), "import"),
    ActionSpec("export", N_("Export…"), ("Ctrl+Shift+E",), "story", N_("Export the chosen stories"), "export"),
    ActionSpec("align", N_("Align two files…"), (), "story",
               N_("Put a published Chinese page against its English, sentence by sentence"), "link"),
    ActionSpec("link-pictures", N_("Link a folder of pictures…"), (), "story",
               N_("Fill this story's places with the pictures of those names in a folder"), "link"),
    ActionSpec("next-step", N_("Next step of the sign-off…"), ("Ctrl+Alt+Return", "Ctrl+Alt+Enter"), "story",
               N_("Submit, claim, sign, approve or release: whatever comes next"), "sign"),
    ActionSpec("open-archive", N_("Open an archive…"), ("Ctrl+O",), "story", None, "folder"),
    ActionSpec("new-archive", N_("Make an archive…"), ("Ctrl+N",), "story", None, "archive"),
    ActionSpec("back-up", N_("Back up the archive…"), (), "story", N_("Write all of it into one file"), "exports"),
    ActionSpec("verify", N_("Check the whole archive"), (), "story",
               N_("Prove that no text, sign-off, event or picture was altered"), "check-circle"),
    ActionSpec("house-style", N_("House style…"), (), "story",
               N_("What the checks look for: limits, names, patterns of the house"), "check"),
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
    ActionSpec("move-up", N_("Move the sentence up"), ("Alt+Shift+Up",), "segment",
               N_("Move the sentence at the cursor to the segment before")),
    ActionSpec("move-down", N_("Move the sentence down"), ("Alt+Shift+Down",), "segment",
               N_("Move the sentence at the cursor to the next segment")),
    ActionSpec("apply-fix", N_("Make the fix"), ("Ctrl+F8",), "segment",
               N_("Make the fix that the checks offer for this segment")),
    ActionSpec("waive-finding", N_("Waive the finding…"), ("Ctrl+Shift+F8",), "segment",
               N_("Leave the text as it is, and say why")),
    *(ActionSpec(f"match-{n}", N_("Use match {n}", n=n), (f"Ctrl+{n}",), "insert") for n in NUMBERS),
    *(ActionSpec(f"term-{n}", N_("Insert term {n}", n=n), (f"Alt+{n}",), "insert") for n in NUMBERS),
    ActionSpec("add-term", N_("Add a term…"), ("Ctrl+E",), "insert",
               N_("Add what is selected to the termbase"), "terms"),
    ActionSpec("concordance", N_("Concordance…"), ("Ctrl+K",), "go",
               N_("Find words in the memory and in all stories, with their translations"), "memory"),
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
    ActionSpec("stories", N_("Stories"), (), "view", None, "stories"),
    ActionSpec("pictures", N_("Pictures"), (), "view", None, "pictures"),
    ActionSpec("terms", N_("Terms"), (), "view", None, "terms"),
    ActionSpec("memory", N_("Memory"), (), "view", None, "memory"),
    ActionSpec("people", N_("People"), (), "view", None, "people"),
    ActionSpec("changes", N_("Text or changes"), ("F9",), "view", N_("Show the text, or what changed in it"), "eye"),
    ActionSpec("story-list", N_("List of stories"), ("Ctrl+Shift+L",), "view", N_("Show or hide the list of stories")),
    ActionSpec("side-panel", N_("Side panel"), ("F12",), "view", N_("Show or hide checks, history, details")),
    ActionSpec("next-tab", N_("Next story"), ("Ctrl+Tab", "Ctrl+PgDown"), "go"),
    ActionSpec("previous-tab", N_("Previous story"), ("Ctrl+Shift+Tab", "Ctrl+PgUp"), "go"),
    ActionSpec("zoom-in", N_("Larger text"), ("Ctrl+=", "Ctrl++"), "view"),
    ActionSpec("zoom-out", N_("Smaller text"), ("Ctrl+-",), "view"),
    ActionSpec("theme", N_("Light or dark"), (), "view", None, "theme"),
    ActionSpec("language", N_("English / 中文"), (), "view", N_("Change the language of the window"), "language"),
    ActionSpec("help", N_("Help"), ("F1",), "help", None, "help"),
    ActionSpec("shortcuts", N_("Keys"), ("Ctrl+F1",), "help", N_("All keys at a glance")),
    ActionSpec("about", N_("About Diptych"), (), "help"),
)  # fmt: skip


def key_of(action: str) -> str:
    """The first key of an action, as this system writes it."""
    return next(Actions.key_text(spec) for spec in ACTIONS if spec.id == action)


def number_key(family: str) -> Callable[[int], str]:
    """The keys of the numbered actions of a family, ``match`` or ``term``, as this system writes them."""
    return lambda number: key_of(f"{family}-{number}")
