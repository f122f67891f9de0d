"""The house style in the window: what the archive has decided, section by section, and how it is changed."""
