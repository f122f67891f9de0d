"""Build what people install, and prove each by its own self-test: the wheel, then the folder made by PyInstaller.

    python packaging/make_package.py [--only wheel|folder]

The wheel is installed into a fresh environment and the folder is made from the same wheel, so that neither test
can find anything in the checkout. The first step that fails stops the run with one line that says which it was.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
BUILD = ROOT / "build"
UNPACKED_WHEEL = BUILD / "wheel"
FOLDER = DIST / "diptych"

# A cold start of a frozen program on a slow disk takes seconds; minutes mean that it hangs.
SELF_TEST_SECONDS = 180
PROGRAM = "diptych.exe" if sys.platform == "win32" else "diptych"


class StepError(Exception):
    """A step of the build failed; carries what it was and the last lines it said."""

    def __init__(self, step: str, said: str) -> None:
        super().__init__(step)
        self.step = step
        self.said = "\n".join(said.strip().splitlines()[-40:])


def clean_environment(home: Path) -> dict[str, str]:
    """Return the environment for a self-test: no display, no way back to the checkout, its own home folder."""
    left_out = ("PYTHON", "VIRTUAL_ENV", "DIPTYCH_", "QT_", "XDG_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return kept | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "USERPROFILE": str(home)}


def run(
    step: str,
    command: list[str | Path],
    *,
    folder: Path,
    environment: dict[str, str] | None = None,
    seconds: int | None = None,
) -> str:
    """Run a command in `folder` and return what it said; raise StepError when it does not end with 0."""
    print(f"{step} …", flush=True)
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            timeout=seconds,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except subprocess.TimeoutExpired as error:
        raise StepError(step, f"no end after {seconds} seconds") from error
    except OSError as error:
        raise StepError(step, str(error)) from error
    if done.returncode != 0:
        raise StepError(step, f"{done.stdout}\n(exit code {done.returncode})")
    return done.stdout


def megabytes(path: Path) -> str:
    """Return the size of a file, or of all files below a folder, in megabytes."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if not file.is_symlink()]
    return f"{sum(file.stat().st_size for file in files if file.is_file()) / 1e6:.1f} MB"


def build_wheel() -> Path:
    """Build the wheel into `dist/` and return it."""
    with tempfile.TemporaryDirectory(prefix="diptych-wheel-") as temporary:
        # Without isolation: the build tools of the environment are used, and no network is needed.
        pip: list[str | Path] = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
        run("building the wheel", [*pip, "--no-build-isolation", "-w", temporary, ROOT], folder=ROOT)
        built = next(Path(temporary).glob("diptych-*.whl"))
        DIST.mkdir(exist_ok=True)
        wheel = DIST / built.name
        shutil.move(built, wheel)
    print(f"  {wheel.relative_to(ROOT)}: {megabytes(wheel)}")
    return wheel


def try_wheel(wheel: Path) -> None:
    """Install the wheel into a fresh environment and run its self-test there."""
    with tempfile.TemporaryDirectory(prefix="diptych-try-") as temporary:
        home = Path(temporary)
        venv.create(home / "venv", with_pip=True)
        scripts = home / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
        pip: list[str | Path] = [scripts / "python", "-m", "pip", "--disable-pip-version-check"]
        install = [*pip, "install", "--quiet", wheel]
        run("installing the wheel into a fresh environment", install, folder=home)
        print(f"  installed with its dependencies: {megabytes(home / 'venv')}")
        self_test("self-test of the installed wheel", scripts / PROGRAM, home)


def self_test(step: str, program: Path, home: Path) -> None:
    """Run `diptych self-test` away from the checkout and print what it said."""
    environment = clean_environment(home)
    said = run(step, [program, "self-test"], folder=home, environment=environment, seconds=SELF_TEST_SECONDS)
    print("\n".join(f"  {line}" for line in said.strip().splitlines()))


def build_folder(wheel: Path) -> None:
    """Unpack the wheel and let PyInstaller make `dist/diptych` of it."""
    for stale in (UNPACKED_WHEEL, FOLDER):
        shutil.rmtree(stale, ignore_errors=True)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(UNPACKED_WHEEL)
    command: list[str | Path] = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", DIST, "--workpath", BUILD / "pyinstaller", ROOT / "packaging" / "diptych.spec"]
    # Not from the checkout: Python looks in the current folder first and would freeze the sources found there.
    run("making the folder with PyInstaller", [*command, "--", "--wheel", UNPACKED_WHEEL], folder=BUILD)
    print(f"  {FOLDER.relative_to(ROOT)}: {megabytes(FOLDER)}")


def try_folder() -> None:
    """Run the self-test of the frozen program."""
    with tempfile.TemporaryDirectory(prefix="diptych-try-") as temporary:
        self_test("self-test of the folder", FOLDER / PROGRAM, Path(temporary))


def main(arguments: list[str] | None = None) -> int:
    """Build and try what is asked for; return a process exit code."""
    parser = argparse.ArgumentParser(description="Build the wheel and the program folder, and run their self-tests.")
    parser.add_argument("--only", choices=("wheel", "folder"), help="try only this one; the wheel is built anyway")
    only: str | None = parser.parse_args(arguments).only
    try:
        wheel = build_wheel()
        if only != "folder":
            try_wheel(wheel)
        if only != "wheel":
            build_folder(wheel)
            try_folder()
    except StepError as failure:
        print(failure.said, file=sys.stderr)
        print(f"make_package: failed at this step: {failure.step}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
