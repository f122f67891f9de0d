"""Make the icons of the window from the Lucide family, and the PNG sizes of the program's own icon.

Run from a checkout, in the development environment (an `npm` command is needed for the first part):

    python packaging/make_icons.py              everything
    python packaging/make_icons.py --own-only   only the PNGs of resources/icons/diptych.svg

The icons are named by what they mean in Diptych, so that a drawing can be exchanged without touching code.
They keep `stroke="currentColor"`: whoever paints them puts the colour of the theme in its place.
`resources/icons/diptych.svg` is our own drawing and is edited by hand; this script only renders it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parent.parent
ICONS = ROOT / "resources" / "icons"
OWN_ICON = ICONS / "diptych.svg"
PNG_FOLDER = ROOT / "packaging" / "icons"
PNG_SIZES = (16, 24, 32, 48, 64, 128, 256)

LUCIDE = "lucide-static@1.62.0"
PROVENANCE = "<!-- Lucide 1.62.0, ISC: see LICENSES.md -->"

# Our name: the name of the drawing in Lucide.
MEANINGS = {
    # the rail
    "stories": "newspaper",
    "pictures": "images",
    "terms": "book-a",
    "memory": "database",
    "exports": "package",
    "people": "users-round",
    "settings": "settings",
    # states, sign-offs, findings
    "check": "check",
    "check-circle": "circle-check",
    "circle": "circle",
    "circle-dot": "circle-dot",
    "circle-half": "contrast",
    "lock": "lock",
    "unlock": "lock-open",
    "warning": "triangle-alert",
    "error": "circle-x",
    "info": "info",
    # what a person does with a story
    "claim": "hand",
    "submit": "send",
    "return": "corner-up-left",
    "sign": "pen-line",
    "release": "megaphone",
    "comment": "message-square",
    "history": "history",
    "import": "file-input",
    "export": "file-output",
    "printer": "printer",
    "archive": "archive",
    # editing
    "undo": "undo-2",
    "redo": "redo-2",
    "copy": "copy",
    "split": "split",
    "join": "merge",
    "plus": "plus",
    "trash": "trash-2",
    "refresh": "refresh-cw",
    "link": "link",
    # pictures
    "image-missing": "image-off",
    "image-plus": "image-plus",
    # finding one's way
    "search": "search",
    "filter": "funnel",
    "close": "x",
    "chevron-left": "chevron-left",
    "chevron-right": "chevron-right",
    "chevron-down": "chevron-down",
    "chevron-up": "chevron-up",
    "eye": "eye",
    "folder": "folder",
    "file-text": "file-text",
    "calendar": "calendar",
    "user": "user",
    "users": "users",
    "theme": "sun-moon",
    "language": "languages",
    "help": "circle-question-mark",
}


class IconError(Exception):
    """A drawing is missing or is not what the window expects; the message says which."""


def fetch(package: str, folder: Path) -> Path:
    """Unpack an npm package (`name@version`) below `folder` and return the folder of its files."""
    packed = subprocess.run(
        ["npm", "pack", package, "--json", "--loglevel=error", "--pack-destination", str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    described = json.loads(packed.stdout)
    # npm 10 answers a list of packages, npm 11 a mapping from name to package.
    entry = next(iter(described.values() if isinstance(described, dict) else described))
    with tarfile.open(folder / entry["filename"]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def small(drawing: str) -> str:
    """Return a Lucide drawing without its comment, its class and its line breaks."""
    bare = re.sub(r"<!--.*?-->", "", drawing, flags=re.DOTALL)
    bare = re.sub(r'\s+class="[^"]*"', "", bare)
    bare = re.sub(r"\s+", " ", bare).strip()
    bare = re.sub(r"\s*(/?>)\s*", r"\1", bare)
    if 'viewBox="0 0 24 24"' not in bare or 'stroke="currentColor"' not in bare:
        raise IconError("a drawing is not on the 24-unit grid or has a colour of its own")
    return f"{PROVENANCE}\n{bare}\n"


def make_family(folder: Path) -> None:
    """Write every icon of `MEANINGS`, and remove those that no longer have a meaning."""
    ICONS.mkdir(parents=True, exist_ok=True)
    for meaning, lucide_name in MEANINGS.items():
        source = folder / "icons" / f"{lucide_name}.svg"
        if not source.is_file():
            raise IconError(f"{LUCIDE} has no drawing {lucide_name!r}, wanted for {meaning!r}")
        target = ICONS / f"{meaning}.svg"
        target.write_text(small(source.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    for icon in ICONS.glob("*.svg"):
        if icon != OWN_ICON and icon.stem not in MEANINGS:
            icon.unlink()


def render_own_icon() -> None:
    """Write the program's icon as PNG in every size."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication([])
    renderer = QSvgRenderer(str(OWN_ICON))
    if not renderer.isValid():
        raise IconError(f"{OWN_ICON} cannot be drawn")
    PNG_FOLDER.mkdir(parents=True, exist_ok=True)
    for side in PNG_SIZES:
        image = QImage(QSize(side, side), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        if not image.save(str(PNG_FOLDER / f"diptych-{side}.png")):
            raise IconError(f"the icon of {side} pixels cannot be written to {PNG_FOLDER}")
    del application


def main(arguments: list[str] | None = None) -> int:
    """Make what is asked for; return a process exit code."""
    parser = argparse.ArgumentParser(description="Make the icons.")
    parser.add_argument("--own-only", action="store_true", help="only render the program's own icon")
    own_only: bool = parser.parse_args(arguments).own_only
    if not own_only:
        with tempfile.TemporaryDirectory(prefix="diptych-icons-") as temporary:
            make_family(fetch(LUCIDE, Path(temporary)))
        print(f"{len(MEANINGS)} icons in {ICONS}")
    render_own_icon()
    print(f"the program's icon in {len(PNG_SIZES)} sizes in {PNG_FOLDER}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (IconError, OSError, subprocess.CalledProcessError) as error:
        detail = error.stderr if isinstance(error, subprocess.CalledProcessError) else error
        sys.exit(f"make_icons: {detail}")
