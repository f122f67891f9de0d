#!/bin/sh
# Make .venv with the program and what its tests need. Run by make when pyproject.toml is newer than .venv/.ready.
set -eu
cd "$(dirname "$0")/.."

# The first Python on the PATH that is new enough.
python=
for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if command -v "$name" >/dev/null 2>&1 &&
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    echo "diptych: Python 3.11 or later is needed; install it (on Debian: sudo apt-get install python3 python3-venv)." >&2
    exit 1
fi

# Debian's Python comes without the part that makes environments.
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        apt-get update -qq >/dev/null 2>&1 || true
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
    else
        echo "diptych: Python's venv is missing; run: sudo apt-get install python3-venv" >&2
        exit 1
    fi
fi

echo "diptych: making the environment in .venv (once; a few minutes) …" >&2
if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    "$python" -m venv --clear .venv
fi
# pip reads dependency groups since 25.1.
.venv/bin/python -m pip install --quiet --disable-pip-version-check 'pip>=25.1'
.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
touch .venv/.ready
