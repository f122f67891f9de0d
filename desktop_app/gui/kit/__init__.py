"""What every part of the window is built from: look, texts, actions, tasks, small widgets."""
