#!/usr/bin/env bash
# A second start while the first holds the store: it is told so, and can read the
# newest verified copy; the first goes on undisturbed. One that was started by a double
# click on a file hands it to the first and ends.
#   second.sh PROGRAM
set -uo pipefail
# shellcheck source=test/journey/lib.sh
. "$(dirname "$0")/lib.sh"
BIN=${1:?usage: second.sh PROGRAM}
SHOTS=${SHOTS:-$(mktemp -d)}

stage 1366 768
launch "$BIN" --store "$STORE" --theme light
fill_eso
# shellcheck disable=SC2086 # two coordinates
click $AT_SAVE
end # closing takes a verified copy

launch "$BIN" --store "$STORE" --theme light
FIRST=$APP
cp "$WORK/window" "$WORK/first"
OTHER=$FIRST
launch "$BIN" --store "$STORE" --theme light
shot second
key Tab
key Return # open the copy, to read
reopen
expect "the total in the copy" "$(total_on_screen)" "$ESO_TOTAL"
end

APP=$FIRST OTHER=
$X11 xdotool windowfocus --sync "$(tail -1 "$WORK/first")" || fail "the first window"
reopen
expect "the total in the first window" "$(total_on_screen)" "$ESO_TOTAL"

# A file by double click: the second start ends, the first window shows the file.
printf 'not a pack' >"$WORK/rules.atlaspack"
cp "$WORK/screen/Xvfb_screen0" "$WORK/untouched"
"$BIN" --store "$STORE" "$WORK/rules.atlaspack" >"$WORK/handed.txt" || fail "the second start: $(cat "$WORK/handed.txt")"
until_true 10 "the file in the first window" sh -c "! cmp -s '$WORK/screen/Xvfb_screen0' '$WORK/untouched'"
settle
shot handed
[ ! -e "$STORE.open" ] || fail "the file is still being handed over"
end
