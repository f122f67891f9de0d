#!/bin/sh
# Open the window on the sample archive. Without a display, do the main job by commands and leave its results in out/.
set -eu
cd "$(dirname "$0")/.."
diptych=$PWD/.venv/bin/diptych
mkdir -p out

has_display() {
    case $(uname -s) in
        Linux | *BSD) [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] ;;
        *) true ;;
    esac
}

if has_display; then
    packaging/qt_libraries.sh
    [ -f out/sample/archive.sqlite ] || "$diptych" sample out/sample
    exec "$diptych" --archive out/sample
fi

echo "There is no display, so the window cannot open. Doing the main job by commands instead:"
archive=out/main-job
story=resources/sample/battery-recycling-progress
rm -rf "$archive"
run() { echo "\$ diptych $*"; "$diptych" --archive "$archive" "$@"; }
"$diptych" init "$archive" --name "YCUT News Centre"
run people add "LI Wen" --zh 李文 --role translator
run people add "CHEN Yuan" --zh 陈原 --role reviser
run people add "ZHAO Min" --zh 赵敏 --role editor
run import --source "$story/zh.txt" --target "$story/en.txt" --as "LI Wen"
slug=$("$diptych" --archive "$archive" list --json | .venv/bin/python -c 'import json, sys; print(json.load(sys.stdin)["stories"][0]["slug"])')
run submit "$slug" --as "LI Wen"
run claim "$slug" --as "CHEN Yuan"
run sign "$slug" --step revision --as "CHEN Yuan"
run sign "$slug" --step approval --as "ZHAO Min"
run export "$slug" --to xliff -o out/story.xlf
run export "$slug" --to nitf -o out/story.xml
run export "$slug" --to pdf -o out/story.pdf
run verify
echo "Done: out/story.xlf (XLIFF), out/story.xml (NITF) and out/story.pdf (pages side by side)."
echo "On a machine with a display, the same command opens the window."
