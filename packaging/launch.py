"""The script that PyInstaller freezes: it does what the `diptych` command of an installed wheel does."""

import sys

from desktop_app.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
