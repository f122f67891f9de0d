#!/bin/bash
# Drives a Lokalize by D-Bus: opens the file $1, does the acts on standard input (a line each: method, TAB, arguments),
# saves the file and says what saving answered. Run inside dbus-run-session, never by a person.
lokalize "$1" >/dev/null 2>&1 &
lokalize=$!
trap 'kill "$lokalize"' EXIT
ask() {
    local method=$1
    shift
    gdbus call --session --timeout 10 -d "org.kde.lokalize-$lokalize" -o /ThisIsWhatYouWant/Editor/0 \
        -m "org.kde.Lokalize.Editor.$method" "$@"
}
for _ in $(seq 100); do
    [ "$(ask entryCount 2>/dev/null)" != "" ] && [ "$(ask entryCount 2>/dev/null)" != "(0,)" ] && break
    read -r -t 0.3 <> <(:)
done
while IFS=$'\t' read -r -a words; do
    ask gotoEntry "${words[1]}" >/dev/null
    ask "${words[@]}" || exit 1
done
ask saveFile
