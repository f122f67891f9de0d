"""What every part of the window is built from: look, texts, actions, tasks, small widgets."""

from desktop_app.gui.kit.singletons import keep_singletons

keep_singletons()  # before the first call into Qt, whichever part of the window is imported first
